"""A figure reads in each language with its bound and its unit, whatever its source's language."""

import csv
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support_words import PACKAGE

from tawatur import figures
from tawatur.i18n import LANGUAGES, catalogue, said, translator
from tawatur.model.picture import Reason


def units() -> set[str]:
    """Return the units of measure and of money that the tables of any language give."""
    held: set[str] = set()
    for path in (PACKAGE / "reading" / "tables").glob("*/units.tsv"):
        rows = (line for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
        for row in csv.DictReader(rows, delimiter="\t"):
            if row["kind"] in {"measure", "money"}:
                held.add(row["unit"])
    return held


def test_every_unit_that_the_reader_gives_has_words() -> None:
    """In the three languages, each with the place of its number."""
    given = units()
    assert len(given) > 50
    assert {unit for unit in given if figures.measure(unit) is None} == set()
    for language in set(LANGUAGES) - {"en"}:
        words = catalogue(language)
        for message in (*figures._UNITS.values(), *figures._BOUNDS.values()):
            assert words[message].count("{0}") == 1, (language, message)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "One counts at least 14 km, the other 9 km."),
        ("fr", "L’un compte au moins 14 km, l’autre 9 km."),
        ("ar", "أحدهما يذكر العدد على الأقل 14 كم والآخر 9 كم."),
    ],
)
def test_a_reason_says_what_is_measured_in_the_readers_language(language: str, told: str) -> None:
    """The unit of the source's text is not its noun: no text has "km" in Arabic."""
    lengths = figures.in_signs("14", "at least", "km"), figures.in_signs("9", None, "km")
    assert said(Reason("One counts {0}, the other {1}.", lengths), translator(language)) == told


@pytest.mark.parametrize(
    ("value", "held", "told"),
    [
        (2e7, "20000000", "20\u202f000\u202f000 US dollars"),
        (9999.0, "9999", "9999 US dollars"),
        (12345.67, "12345.67", "12\u202f345.67 US dollars"),
        (0.123456, "0.123456", "0.123456 US dollars"),
    ],
)
def test_a_long_number_has_its_thousands_apart(value: float, held: str, told: str) -> None:
    """And no power of ten; where comma and point mean the one or the other, a space says it."""
    assert figures.number(value) == held
    assert figures.in_words(figures.in_signs(held, None, "USD"), translator("en")) == told
    assert figures.in_words("10000-20000", translator("en")) == "10\u202f000-20\u202f000"


def test_a_counted_noun_is_no_unit() -> None:
    """It stands in the text's own words beside the figure, or not at all."""
    assert figures.in_signs("14", "about", "person") == "≈ 14"
    assert figures.in_signs("300-400", None, None) == "300-400"


@pytest.mark.parametrize(
    "words", ["14 lorries", "≈ nothing", "km", "", "≥ 3 lorries", "2021-06-08"]
)
def test_what_is_no_figure_stays_as_it_is(words: str) -> None:
    """Whatever else fills a place of a sentence."""
    assert figures.in_words(words, translator("ar")) == words


@given(st.text(max_size=40), st.sampled_from(LANGUAGES))
def test_any_words_fill_a_place(words: str, language: str) -> None:
    """None is lost: what comes out is what went in, or holds its number."""
    out = figures.in_words(words, translator(language))
    digits = "".join(re.findall(r"[0-9]", words))
    assert out == words or digits in "".join(re.findall(r"[0-9]", out))
