"""A text is made again by a later extractor, by no other, and within the limits of a worker."""

from dataclasses import replace

import pytest

from tawatur.errors import IntakeError
from tawatur.model.document import Extraction, Extractor, Stated
from tawatur.node.renewal import extracted, renewed
from tawatur.node.work import Limits
from tawatur.node.workers import Workers
from tawatur.settings import Intake

HELD = Extraction("text", "text/plain", "utf-8", Extractor("tawatur.plain", "0.9"), "en")


def by(name: str, version: str, settings: str = "") -> Extraction:
    """Return a text as this extractor would make it."""
    return replace(HELD, extractor=Extractor(name, version, settings))


@pytest.mark.parametrize(
    ("found", "later"),
    [
        (by("tawatur.plain", "0.10"), True),
        (by("tawatur.plain", "1"), True),
        (by("tawatur.plain", "0.9", "damaged bytes replaced"), True),
        (by("tawatur.page", "0.1"), True),
        (by("tawatur.plain", "0.9"), False),
        (by("tawatur.plain", "0.8.7"), False),
        (by("tawatur.plain", "0.8", "damaged bytes replaced"), False),
    ],
    ids=[
        "0.10 after 0.9",
        "1 after 0.9",
        "other settings",
        "other format",
        "same",
        "older",
        "both",
    ],
)
def test_only_a_later_extractor_makes_another_text(found: Extraction, later: bool) -> None:
    """Versions count as numbers."""
    assert (renewed(HELD, found) is not None) is later


def test_what_a_container_stated_stays() -> None:
    """The bytes of a feed's entry do not say whose feed it was."""
    held = replace(HELD, publisher=Stated("Plain Observer", "feed title"))
    found = renewed(held, by("tawatur.plain", "9"))
    assert found is not None
    assert found.publisher == held.publisher
    held = replace(HELD, publisher=Stated("Plain Observer", "head"))
    found = renewed(held, by("tawatur.plain", "9"))
    assert found is not None
    assert found.publisher is None


def test_the_bytes_are_parsed_in_a_worker() -> None:
    """Which refuses what this version refuses."""
    with Workers(1, Limits.of(Intake())) as workers:
        made = extracted(workers, "a.txt", b"The council met on 3 March 2021.", "text/plain")
        damaged = extracted(workers, "a.pdf", b"%PDF-1.7 and no more", "application/pdf")
        assert made().text == "The council met on 3 March 2021."
        with pytest.raises(IntakeError):
            damaged()
