"""Time expressions are found where they stand, and say no more than the text does."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.support_reading import cases

from tawatur.model.moment import Moment
from tawatur.model.reading import TimeExpression, TimeType
from tawatur.model.span import Span
from tawatur.model.text import fold
from tawatur.reading.moments import Anchor, time_expressions


def read(text: str, language: str, published: str | None = None) -> tuple[TimeExpression, ...]:
    """Return what is read in the whole of ``text``."""
    anchor = Anchor(Moment.parse(published) if published else None)
    spans = (Span(0, len(text)),) if text else ()
    return time_expressions(text, fold(text), spans, language, anchor)


def pairs(text: str, language: str, published: str | None = None) -> list[tuple[str, str | None]]:
    """Return text and value of each expression."""
    return [(t.span.of(text), t.value) for t in read(text, language, published)]


@pytest.mark.parametrize(
    ("language", "published", "text", "found"),
    cases("times.tsv", "language", "published", "text", "found"),
)
def test_expressions_are_found_and_dated(
    language: str, published: str, text: str, found: str
) -> None:
    """Neither more precise than the words, nor dated without an anchor."""
    read_so = [f"{said} = {value or '-'}" for said, value in pairs(text, language, published)]
    assert " ; ".join(read_so) == found


@pytest.mark.parametrize(("country", "value"), [("US", "2015-03-04"), ("KE", "2015-04-03")])
def test_the_country_of_the_outlet_tells_the_order(country: str, value: str) -> None:
    """Nairobi puts the day first, in English as well."""
    text = "on 03/04/2015 there"
    found = time_expressions(text, fold(text), (Span(0, len(text)),), "en", Anchor(country=country))
    assert [t.value for t in found] == [value]


def test_an_empty_line_ends_an_expression() -> None:
    """What two paragraphs hold is never one date."""
    assert all("\n\n" not in said for said, _ in pairs("في 5\n\nمارس 2015", "ar"))


def test_what_is_outside_the_main_stretches_is_not_read() -> None:
    """Menus and headlines of others have dates of their own."""
    text = "عام 2010 ثم عام 2012"
    found = time_expressions(text, fold(text), (Span(0, 8),), "ar", Anchor())
    assert [t.span.of(text) for t in found] == ["عام 2010"]


def test_a_record_counts_from_the_day_of_the_conversation() -> None:
    """A cable sent on Friday tells what was said on Monday: "now" is Monday."""
    text = "استقبل الوزير السفير في 8 يونيو. وقال إن الوضع الآن أفضل."
    anchor = Anchor(Moment.parse("2012-06-12"), record=True)
    found = time_expressions(text, fold(text), (Span(0, len(text)),), "ar", anchor)
    assert [t.value for t in found] == ["2012-06-08", "2012-06-08"]


_OF_TIME = """
في منذ بين و و2014 2010 عام أعوام شهر 5 17 يناير تشرين الأول / ( ) الماضي المقبل الجاري
قبل بعد سنوات ثلاث شهرين أكثر من نحو أمس الأربعاء يوم مطلع نهاية القرن التسعينيات كل
الآن قال مالي ، . le la semaine dernière mars 2012 il y a depuis trois ans early last
Thursday of the May 3 to
"""
WORDS = st.sampled_from((*_OF_TIME.split(), "\n", "\n\n"))


@settings(max_examples=150, deadline=None)
@given(words=st.lists(WORDS, max_size=25), language=st.sampled_from(["ar", "fr", "en"]))
def test_spans_lie_in_the_text_in_order_and_values_parse(words: list[str], language: str) -> None:
    """Whatever the order of words, every value is EDTF."""
    text = " ".join(words)
    at = 0
    for found in read(text, language, "2021-01-11"):
        assert at <= found.span.start < found.span.end <= len(text)
        at = found.span.end
        if found.value and found.type is TimeType.DATE:
            Moment.parse(found.value)


@settings(max_examples=100, deadline=None)
@given(
    words=st.lists(WORDS, max_size=20),
    more=st.lists(WORDS, max_size=20),
    language=st.sampled_from(["ar", "fr", "en"]),
)
def test_text_after_a_paragraph_changes_nothing_in_it(
    words: list[str], more: list[str], language: str
) -> None:
    """Reading goes forward only."""
    text = " ".join(words) + "."
    longer = text + "\n\n" + " ".join(more)
    before = [(t.span, t.value) for t in read(text, language, "2021-01-11")]
    after = [(t.span, t.value) for t in read(longer, language, "2021-01-11")]
    assert after[: len(before)] == before


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=60), language=st.sampled_from(["ar", "fr", "en", "und"]))
def test_no_text_is_an_error(text: str, language: str) -> None:
    """Superscripts, marks and other scripts included."""
    read(text, language)


def test_dates_of_the_gold_documents_are_found() -> None:
    """No year that the annotators dated is lost."""
    root = os.environ.get("TAWATUR_EVAL_DATA")
    if not root:
        pytest.skip("TAWATUR_EVAL_DATA is not set: the gold annotations are elsewhere")
    hits = total = 0
    for path in sorted((Path(root) / "gold").glob("0*.json")):
        gold = json.loads(path.read_text("utf-8"))
        text = (Path(root) / "documents" / gold["doc"]).read_bytes().decode("utf-8")
        said = {t.span.of(text) for t in read(text, "ar")}
        years = [g["text"] for g in gold["times"] if g["text"].strip()[-4:].isdigit()]
        total += len(years)
        hits += sum(any(year in s or s in year for s in said) for year in years)
    assert total
    assert hits / total >= 0.95
