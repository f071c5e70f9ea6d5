"""A document in two languages is one text of several passages, each in its own."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.intake import extract, passages
from tawatur.model.document import Aside, Extraction, Extractor
from tawatur.model.span import Span

ARABIC = "قال المجلس إن الطريق إلى ودريل فتحت أمام الشاحنات بعد شهر من الإغلاق."
FRENCH = "Le conseil a déclaré que la route de Wadril était ouverte aux camions depuis un mois."
ENGLISH = "The council said that it had opened the road to Widril after a month."
GERMAN = (
    "Der Rat teilte mit, dass die Straße nach Widril nach einem Monat wieder für Lastwagen offen "
    "ist und dass die Brücke noch in diesem Jahr instand gesetzt werden soll, wie es hieß."
)


def told(*paragraphs: str) -> list[tuple[str, int, int]]:
    """Return language, first and last paragraph of each passage."""
    found = passages(extract("note.txt", "\n\n".join(paragraphs).encode()))
    return [(p.language, p.first, p.last) for p in found]


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        ((ARABIC, ARABIC), [("ar", 1, 2)]),
        ((ARABIC, FRENCH, FRENCH), [("ar", 1, 1), ("fr", 2, 3)]),
        ((ENGLISH, ARABIC, ENGLISH), [("en", 1, 1), ("ar", 2, 2), ("en", 3, 3)]),
        (("Tinkawer", ARABIC, ENGLISH), [("ar", 1, 2), ("en", 3, 3)]),
        ((ARABIC, "BBC News", ARABIC), [("ar", 1, 3)]),
        ((ARABIC, GERMAN), [("ar", 1, 1), ("und", 2, 2)]),
    ],
    ids=["one", "two", "three", "name first", "name within", "of no known language"],
)
def test_neighbours_of_one_language_are_one_passage(
    paragraphs: tuple[str, ...], expected: list[tuple[str, int, int]]
) -> None:
    """A line of few words goes with those before it, at the head with those behind it."""
    assert told(*paragraphs) == expected


def test_asides_are_no_paragraphs() -> None:
    """An Arabic page's English menu makes no document in two languages."""
    text = f"{ENGLISH}\n\n{ARABIC}"
    made = Extraction(
        text, "text/plain", "utf-8", Extractor("tawatur.plain", "1"), "ar",
        asides=(Aside(Span(0, len(ENGLISH)), "menu"),),
    )  # fmt: skip
    assert [(p.language, p.first, p.last) for p in passages(made)] == [("ar", 1, 1)]


@given(st.lists(st.sampled_from([ARABIC, FRENCH, ENGLISH, GERMAN, "2021", "نعم"]), max_size=8))
def test_every_paragraph_is_in_one_passage(paragraphs: list[str]) -> None:
    """In order, counted without a gap, and no two neighbours in one language."""
    made = Extraction(
        "\n\n".join(paragraphs), "text/plain", "utf-8", Extractor("tawatur.plain", "1"), "und"
    )
    found = passages(made)
    assert [n for p in found for n in range(p.first, p.last + 1)] == list(
        range(1, len(paragraphs) + 1)
    )
    assert all(a.language != b.language for a, b in pairwise(found))
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
