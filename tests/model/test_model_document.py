"""A document's main part and its asides share no character and leave none out."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tawatur.model.document import Aside, Extraction, Extractor
from tawatur.model.span import Span


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    """Return a text with asides anywhere, overlapping and adjacent ones among them."""
    text = draw(st.text(st.sampled_from("أب \nab"), max_size=60))
    asides = []
    for _ in range(draw(st.integers(0, 6)) if text else 0):
        start = draw(st.integers(0, len(text) - 1))
        asides.append(Aside(Span(start, draw(st.integers(start + 1, len(text)))), "menu"))
    extractor = Extractor("tawatur.plain", "1")
    return Extraction(text, "text/plain", "utf-8", extractor, "ar", asides=tuple(asides))


@given(extractions())
def test_main_and_asides_are_the_whole_text(extraction: Extraction) -> None:
    """Every character is content or aside, never both."""
    main = [i for span in extraction.main() for i in range(span.start, span.end)]
    aside = {i for a in extraction.asides for i in range(a.span.start, a.span.end)}
    assert len(main) == len(set(main))
    assert not set(main) & aside
    assert set(main) | aside == set(range(len(extraction.text)))


@given(extractions())
def test_main_is_in_order_and_in_as_few_stretches_as_can_be(extraction: Extraction) -> None:
    """No two stretches touch."""
    main = extraction.main()
    assert all(a.end < b.start for a, b in pairwise(main))
