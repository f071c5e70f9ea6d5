"""What a document states, and why it is dated so, is said in words that can be translated."""

import pytest

from tawatur.i18n import LANGUAGES, catalogue, said, translator
from tawatur.intake import extract
from tawatur.model.document import Stated
from tawatur.node.seeing.provenance import found_in, reason
from tawatur.reading import read
from tawatur.samples import paths


@pytest.mark.parametrize("path", paths(), ids=lambda p: p.stem)
def test_every_reason_and_place_of_the_samples_is_known(path: object) -> None:
    """Whatever the reader gives as a reason has its translations; in English nothing changes."""
    extraction = extract(path.name, path.read_bytes())  # type: ignore[attr-defined]  # a path
    for sentence in read(extraction).published.reasons:
        message = reason(sentence)
        assert catalogue("ar").get(message.template), sentence
        if not sentence.startswith("stated in "):
            assert str(message) == sentence
    for stated in (extraction.publisher, extraction.published, *extraction.markings):
        if stated is not None:
            assert catalogue("fr").get(found_in(stated).template), stated


def test_a_reason_keeps_the_words_of_the_text() -> None:
    """Only what is around them is translated."""
    sentence = "before «next May», the first one after 2021-03"
    assert said(reason(sentence), translator("fr")) == (
        "avant «next May», le premier après 2021-03"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reason_of_a_later_version_is_shown_as_it_is(language: str) -> None:
    """It is a sentence, if a foreign one."""
    assert said(reason("the moon was {full}"), translator(language)) == "the moon was {full}"


def test_a_place_that_has_no_words_is_named() -> None:
    """A page's own metadata have no end of names."""
    assert str(found_in(Stated("x", "meta dc.publisher"))) == (
        "the metadata of the file: meta dc.publisher"
    )
