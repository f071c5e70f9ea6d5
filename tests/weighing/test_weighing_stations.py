"""Stations: what descriptions rule out, and all that they do not."""

import pytest
from tests.weighing.factory import claim, outlet, person, unnamed

from tawatur.model.claim import Claim
from tawatur.model.reading import Link, SourceKind
from tawatur.weighing.roots import independent_roots
from tawatur.weighing.stations import STATIONS, needing_a_root, stations_of, stations_of_named

SERVICE, LIVELIHOOD = frozenset({"service"}), frozenset({"livelihood"})


@pytest.mark.parametrize(
    ("description", "language", "stations"),
    [
        ("a senior army officer", "en", SERVICE),
        ("a security source in Bamako", "en", SERVICE),
        ("a herder from the village", "en", LIVELIHOOD),
        ("un haut gradé de l'armée", "fr", SERVICE),
        ("un berger du village", "fr", LIVELIHOOD),
        ("ضابط كبير في الجيش", "ar", SERVICE),
        ("مصدر أمني رفيع المستوى", "ar", SERVICE),
        ("بائع في السوق", "ar", LIVELIHOOD),
    ],
)
def test_a_description_says_what_somebody_is(
    description: str, language: str, stations: frozenset[str]
) -> None:
    """With adjectives before it, and with where or of what behind it."""
    assert stations_of(description, language) == stations


@pytest.mark.parametrize(
    ("description", "language"),
    [
        ("a source close to the negotiators", "en"),
        ("a source close to army officers", "en"),
        ("a rebel commander", "en"),
        ("a retired army officer", "en"),
        ("an army officer's wife", "en"),
        ("a shepherd association leader", "en"),
        ("an official", "en"),
        ("a resident of the town", "en"),
        ("the mayor", "en"),
        ("un officier", "fr"),
        ("un marchand d'armes", "fr"),
        ("بائع سلاح", "ar"),
        ("ضابط متقاعد", "ar"),
        ("شاهد عيان", "ar"),
        ("a shepherd", "und"),
        ("", "en"),
    ],
)
def test_whoever_may_be_anybody_may_be_anybody(description: str, language: str) -> None:
    """Close to officers, once an officer, an officer's wife: a shepherd may be that."""
    assert stations_of(description, language) == STATIONS


def test_a_title_says_that_somebody_serves_the_state() -> None:
    """A name alone says nothing, in any language."""
    assert stations_of_named("العقيد ديمبا سوقاري") == SERVICE
    assert stations_of_named("le ministère de la Défense") == SERVICE
    assert stations_of_named("Demba Soukari") == STATIONS


@pytest.mark.parametrize(
    ("described", "hosts", "needed"),
    [
        ([], [], 0),
        ([SERVICE, SERVICE], [], 1),
        ([SERVICE, LIVELIHOOD], [], 2),
        ([SERVICE, LIVELIHOOD], [SERVICE], 1),
        ([SERVICE, LIVELIHOOD], [STATIONS], 1),
        ([SERVICE, LIVELIHOOD], [STATIONS, STATIONS], 0),
        ([LIVELIHOOD], [SERVICE, SERVICE], 1),
        ([STATIONS, STATIONS], [SERVICE], 0),
    ],
)
def test_so_many_can_be_none_of_the_named(
    described: list[frozenset[str]], hosts: list[frozenset[str]], needed: int
) -> None:
    """All shepherds may be one, and whoever vouches without a source may have heard one."""
    assert needing_a_root(described, hosts) == needed


COLONEL = person("Colonel Demba Soukari")
SHEPHERD, OFFICER = unnamed("a shepherd of the village"), unnamed("a senior army officer")


def _said(document: str, *chain: Link, publisher: str | None = None) -> Claim:
    words = "19 soldiers were killed in an attack"
    return claim(words, document, chain=chain, language="en", publisher=publisher)


@pytest.mark.parametrize(
    ("claims", "ends"),
    [
        ([_said("d-1", SHEPHERD), _said("d-2", OFFICER)], (2, 2)),
        ([_said("d-1", SHEPHERD), _said("d-2", SHEPHERD), _said("d-3", OFFICER)], (2, 3)),
        ([_said("d-1", SHEPHERD), _said("d-2", unnamed("a source"))], (1, 2)),
        ([_said("d-1", SHEPHERD), _said("d-2", COLONEL)], (2, 2)),
        ([_said("d-1", SHEPHERD), _said("d-2", person("Demba Soukari"))], (1, 2)),
        ([_said("d-1", OFFICER), _said("d-2", COLONEL)], (1, 2)),
        ([_said("d-1", SHEPHERD), _said("d-2", publisher="Sahel Courier")], (1, 2)),
        ([_said("d-1", SHEPHERD), _said("d-2", outlet("Sahel Courier"), OFFICER)], (2, 2)),
    ],
)
def test_what_is_ruled_out_raises_the_lower_end_alone(
    claims: list[Claim], ends: tuple[int, int]
) -> None:
    """The upper end takes them for two anyhow."""
    interval = independent_roots(claims)
    assert (interval.at_least, interval.at_most) == ends
    assert any("by what the texts call them" in str(r) for r in interval.reasons) == (
        interval.at_least == 2
    )


def test_a_description_that_a_reader_took_for_a_name_names_nobody() -> None:
    """Who is called "a rebel commander" may be the source of the other report."""
    rebel = Link(SourceKind.PERSON, "a rebel commander")
    interval = independent_roots([_said("d-1", rebel), _said("d-2", OFFICER)])
    assert (interval.at_least, interval.at_most) == (1, 2)
    assert not any(root.named for root in interval.roots)


def test_an_outlet_whose_report_is_held_is_one_whatever_it_was_taken_for() -> None:
    """A reader that takes its name for a group's adds no root."""
    first = _said("d-1", COLONEL, publisher="Sahel Courier")
    cited = Link(SourceKind.GROUP, "Sahel Courier")
    interval = independent_roots([first, _said("d-2", cited, publisher="Kourma Post")])
    assert (interval.at_least, interval.at_most) == (1, 1)
