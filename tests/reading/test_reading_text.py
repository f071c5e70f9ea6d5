"""Sentences end where the writer ends them, and never at a stretch that is no content."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.model.span import Span
from tawatur.model.text import fold
from tawatur.reading.text import CLOSE, OPEN, WORD, sentences, tokens


def cut(text: str, language: str = "ar", *spans: Span, breaks: tuple[int, ...] = ()) -> list[str]:
    """Return the sentences of ``text`` as strings."""
    words = tokens(text, language)
    found = sentences(words, spans or (Span(0, len(text)),), language, breaks)
    return [words.span(s.first, s.end).of(text) for s in found]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param(
            "وصل الوفد. من أرسله؟ لا أحد يعلم؛ ثم غادر.",
            "ar",
            ["وصل الوفد.", "من أرسله؟", "لا أحد يعلم؛", "ثم غادر."],
            id="Arabic question mark and semicolon",
        ),
        pytest.param(
            "Gen. Diarra left. He won.", "en", ["Gen. Diarra left.", "He won."], id="Gen."
        ),
        pytest.param("J. Doe paid 2.3 million.", "en", ["J. Doe paid 2.3 million."], id="initial"),
        pytest.param(
            "M. Ba a parlé. Il est parti.", "fr", ["M. Ba a parlé.", "Il est parti."], id="M."
        ),
        pytest.param(
            '"We go." He left.', "en", ['"We go."', "He left."], id="mark after the full stop"
        ),
    ],
)
def test_a_sentence_ends_where_the_writer_ends_it(
    text: str, language: str, expected: list[str]
) -> None:
    """A sentence ends where the writer ends it."""
    assert cut(text, language) == expected


def test_a_sentence_never_crosses_an_aside() -> None:
    """A sentence never crosses an aside."""
    text = "قال الوزير إن القائمة طويلة جدا ولم تنته"
    assert cut(text, "ar", Span(0, 10), Span(14, len(text))) == ["قال الوزير", text[14:]]


def test_the_number_of_a_paragraph_is_no_part_of_its_first_sentence() -> None:
    """The number of a paragraph is no part of its first sentence."""
    text = "موجز 1. قال الوزير إن الوضع هادئ. 2. أضاف أنه راض."
    breaks = (text.index("1."), text.index("2."))
    assert cut(text, "ar", breaks=breaks)[1:] == ["قال الوزير إن الوضع هادئ.", "أضاف أنه راض."]


def test_a_short_line_without_full_stop_is_a_heading() -> None:
    """A short line without full stop is a heading."""
    text = "مصالح مشتركة\nقال الوزير إن الوضع هادئ."
    words = tokens(text, "ar")
    found = sentences(words, (Span(0, len(text)),), "ar")
    assert [s.heading for s in found] == [True, False]


@pytest.mark.parametrize(
    "text", ['قال "نعم" وخرج', "قال “نعم” وخرج", "قال «نعم» وخرج", "قال ”نعم“ وخرج"]
)
def test_quotation_marks_are_told_apart_by_their_neighbours(text: str) -> None:
    """Quotation marks are told apart by their neighbours."""
    kinds = tokens(text, "ar").kinds
    assert (kinds.count(OPEN), kinds.count(CLOSE)) == (1, 1)
    assert kinds.index(OPEN) < kinds.index(CLOSE)


@given(
    st.text(alphabet="قال إن «»“”\".،؛?\n()a1 ’'-", max_size=80),
    st.sampled_from(["ar", "fr", "en"]),
)
def test_sentences_stand_in_order_and_hold_every_word(text: str, language: str) -> None:
    """Sentences stand in order and hold every word."""
    words = tokens(text, language)
    found = sentences(words, (Span(0, len(text)),) if text else (), language)
    assert all(a.end <= b.first for a, b in pairwise(found))
    held = {k for s in found for k in range(s.first, s.end)}
    assert all(k in held for k in range(len(words)) if words.kinds[k] == 0)


def test_a_tatweel_that_stands_alone_is_no_word() -> None:
    """It folds to nothing, and the reader still reads the line."""
    words = tokens("ـ قال ــ الوزير", "ar")
    assert [w for w, k in zip(words.words, words.kinds, strict=True) if k == WORD] == [
        "قال",
        "الوزير",
    ]


@given(st.text(alphabet="اأبـ\u064b \n\u200f'’ab1", max_size=40))
def test_the_way_back_is_the_same_asked_in_order(text: str) -> None:
    """Walking the offsets gives what asking for each one gives."""
    folded = fold(text)
    way = folded.way()
    assert [way(i) for i in range(len(folded.text))] == [
        folded.at(i) for i in range(len(folded.text))
    ]
