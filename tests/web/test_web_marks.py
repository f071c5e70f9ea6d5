"""Marks nest and overlap; the text under them stays what it is."""

from hypothesis import given
from hypothesis import strategies as st

from tawatur.model.document import Aside
from tawatur.model.span import Span
from tawatur.web.marks import Mark, Run, parts, stretches

LETTERS = "ابجد \nabc\u064b"


def spans(length: int) -> st.SearchStrategy[Span]:
    """Return spans within a text of ``length``."""
    ends = st.tuples(st.integers(0, length), st.integers(0, length))
    return ends.filter(lambda e: e[0] != e[1]).map(lambda e: Span(min(e), max(e)))


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark], list[Aside]]:
    """Return a text, marks on it, and asides of it."""
    text = draw(st.text(LETTERS, min_size=1, max_size=40))
    found = draw(st.lists(spans(len(text)), max_size=8))
    marks = [Mark(span, "claim", f"c{n}") for n, span in enumerate(found)]
    asides = [Aside(span, "menu") for span in draw(st.lists(spans(len(text)), max_size=3))]
    return text, marks, asides


def runs(text: str, marks: list[Mark], asides: list[Aside]) -> list[list[Run]]:
    """Return the paragraphs of the whole text."""
    cut = stretches(text, Span(0, len(text)), asides, marks)
    return [list(paragraph.runs) for stretch in cut for paragraph in stretch.paragraphs]


@given(marked())
def test_no_character_is_added_or_lost(case: tuple[str, list[Mark], list[Aside]]) -> None:
    """Asides apart, the paragraphs are the lines that hold more than white space."""
    text, marks, _ = case
    shown = ["".join(run.text for run in paragraph) for paragraph in runs(text, marks, [])]
    assert shown == [line for line in text.split("\n") if line.strip()]


@given(marked())
def test_a_character_is_under_exactly_the_marks_that_hold_it(
    case: tuple[str, list[Mark], list[Aside]],
) -> None:
    """However they overlap, and whatever is an aside."""
    text, marks, asides = case
    shown: dict[str, str] = {mark.key: "" for mark in marks}
    for paragraph in runs(text, marks, asides):
        for run in paragraph:
            assert run.text
            for mark in run.marks:
                shown[mark.key] += run.text
    for mark in marks:
        whole = mark.span.of(text).replace("\n", "")
        assert shown[mark.key].replace(" ", "") == whole.replace(" ", "")


@given(marked())
def test_a_mark_begins_once(case: tuple[str, list[Mark], list[Aside]]) -> None:
    """An id stands on one element."""
    text, marks, asides = case
    begins = [m.key for p in runs(text, marks, asides) for run in p for m in run.begins]
    assert len(begins) == len(set(begins))


@given(st.text(LETTERS, max_size=300), st.integers(1, 50))
def test_parts_are_the_text_in_order(text: str, size: int) -> None:
    """And none is longer than twice the size asked for."""
    cut = parts(text, size)
    assert "".join(part.of(text) for part in cut) == text
    assert all(len(part) <= 2 * size for part in cut)


def test_overlapping_claims_are_cut_where_they_meet() -> None:
    """Two claims that share «مقتل 12 مدنياً» make three runs, the middle under both."""
    text = "غارة أسفرت عن مقتل 12 مدنياً، نقلاً عن مصدر"
    shared = "مقتل 12 مدنياً"
    at = text.index(shared)
    first = Mark(Span(0, at + len(shared)), "claim", "c1")
    second = Mark(Span(at, len(text)), "claim", "c2")
    (paragraph,) = runs(text, [second, first], [])
    assert [[m.key for m in run.marks] for run in paragraph] == [["c1"], ["c1", "c2"], ["c2"]]
    assert paragraph[1].text == shared


def test_an_aside_cuts_the_text_and_keeps_its_words() -> None:
    """A menu stands in its own stretch, to be folded away."""
    text = "الرئيسية | أخبار\nقال الناطق."
    cut = stretches(text, Span(0, len(text)), [Aside(Span(0, 16), "menu")], [])
    assert [stretch.kind for stretch in cut] == ["menu", ""]
    assert [p.span.of(text) for s in cut for p in s.paragraphs] == text.split("\n")
    assert cut[0].paragraphs[0].runs[0].text == "الرئيسية | أخبار"
