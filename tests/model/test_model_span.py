"""A span is a stretch of code points; overlap and likeness are symmetric."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.model.span import Span

spans = st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda p: Span(p[0], p[0] + p[1]))


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 4), (-1, 3)])
def test_what_is_empty_or_reversed_is_no_span(start: int, end: int) -> None:
    """A citation always has characters."""
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@given(spans, spans)
def test_overlap_counts_the_shared_code_points(one: Span, other: Span) -> None:
    """As sets of positions would."""
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert one.overlap(other) == other.overlap(one) == len(shared)
    assert one.holds(other) == (len(shared) == len(other))


@given(spans, spans)
def test_likeness_is_one_for_the_same_place_and_zero_apart(one: Span, other: Span) -> None:
    """In between it is intersection over union."""
    union = set(range(one.start, one.end)) | set(range(other.start, other.end))
    assert one.likeness(other) == one.overlap(other) / len(union)
    assert (one.likeness(other) == 1.0) == (one == other)


@given(st.text(min_size=1), st.data())
def test_a_span_cites_code_points(text: str, data: st.DataObject) -> None:
    """Its length is that of its characters, Arabic and astral ones alike."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert len(Span(start, end).of(text)) == len(Span(start, end)) == end - start
