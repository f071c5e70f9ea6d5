"""A gap is what somebody says is missing; what is supposed stays beside it."""

from dataclasses import replace

import pytest
from tests.weighing.factory import claim

from tawatur.model.claim import Status
from tawatur.model.picture import Gap, Missing
from tawatur.model.reading import Modality
from tawatur.model.span import Span
from tawatur.weighing import gaps

UNKNOWN = claim("It is not known who fired first", "d-1", language="en")
UNKNOWN = replace(UNKNOWN, content=replace(UNKNOWN.content, gap=UNKNOWN.span))
GUESS = claim("It may have been a patrol", "d-1", start=40, language="en", modality=Modality.HEDGED)
GUESS = replace(GUESS, content=replace(GUESS.content, gap=UNKNOWN.span))


def test_a_supposition_stands_beside_its_gap() -> None:
    """And is none itself, in whatever order they come."""
    wanted = (Gap(UNKNOWN.id, Missing.NOT_KNOWN, (GUESS.id,)),)
    assert gaps([UNKNOWN, GUESS]) == gaps([GUESS, UNKNOWN]) == wanted


def test_a_gap_of_another_text_is_another() -> None:
    """At the same characters though it is."""
    other = claim("It may have been a patrol", "d-2", start=40, language="en")
    other = replace(other, content=replace(other.content, gap=Span(0, 5)))
    assert gaps([UNKNOWN, other]) == (Gap(UNKNOWN.id, Missing.NOT_KNOWN, ()),)


def test_what_was_rejected_is_no_gap() -> None:
    """Nor a supposition."""
    assert gaps([replace(UNKNOWN, status=Status.REJECTED)]) == ()
    rejected = replace(GUESS, status=Status.REJECTED)
    assert gaps([UNKNOWN, rejected])[0].supposed == ()


@pytest.mark.parametrize(
    ("language", "quote"),
    [
        ("en", "Divers searched the lake for two days and found no bodies"),
        ("en", "The rescuers found nothing in the wreck"),
        ("fr", "Les gendarmes n'ont trouvé aucune arme dans la maison"),
        ("fr", "Aucune trace des otages"),
        ("ar", "ولم يُعثر على جثث في الموقع"),
        ("ar", "انسحبت الدورية دون العثور على المفقودين"),
    ],
)
def test_what_was_looked_for_in_vain_is_a_gap(language: str, quote: str) -> None:
    """By the words of the three languages."""
    (gap,) = gaps([claim(quote, language=language)])
    assert gap.kind is Missing.NOT_FOUND


@pytest.mark.parametrize(
    ("language", "quote"),
    [
        ("en", "The rescuers found two men in the wreck"),
        ("fr", "Les gendarmes ont trouvé trois armes"),
        ("ar", "عثرت الدورية على جثتين"),
    ],
)
def test_what_was_found_is_no_gap(language: str, quote: str) -> None:
    """Though it was looked for."""
    assert gaps([claim(quote, language=language)]) == ()
