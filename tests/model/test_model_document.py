"""A document's main part and its asides share no character and leave none out."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tawatur.model.document import Aside, Extraction, Extractor, Sifting, sifted_parts
from tawatur.model.ids import ActorId, RenditionId
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


@st.composite
def sifted(draw: st.DrawFn) -> tuple[Extraction, tuple[Sifting, ...]]:
    """Return a text with people's words on what is content in it, overlapping ones among them."""
    extraction = draw(extractions())
    length, said = len(extraction.text), []
    for _ in range(draw(st.integers(0, 5)) if length else 0):
        start = draw(st.integers(0, length - 1))
        span = Span(start, draw(st.integers(start + 1, length)))
        content = draw(st.booleans())
        said.append(Sifting(RenditionId("r-1"), span, content, ActorId("a-1")))
    return extraction, tuple(said)


@given(sifted())
def test_the_last_word_on_a_character_holds(given: tuple[Extraction, tuple[Sifting, ...]]) -> None:
    """Content or not, as whoever spoke last of it said; else as the extractor saw it."""
    extraction, said = given
    left_out = {i for a in extraction.asides for i in range(a.span.start, a.span.end)}
    for sifting in said:
        place = set(range(sifting.span.start, sifting.span.end))
        left_out = left_out - place if sifting.content else left_out | place
    after = extraction.sifted(said)
    assert {i for a in after.asides for i in range(a.span.start, a.span.end)} == left_out
    assert after.text == extraction.text


@given(sifted())
def test_parts_do_not_overlap_and_stand_in_order(
    given: tuple[Extraction, tuple[Sifting, ...]],
) -> None:
    """So that a number means one of them."""
    extraction, said = given
    parts = sifted_parts(extraction.asides, said)
    assert all(a.span.end <= b.span.start for a, b in pairwise(parts))


@given(sifted())
def test_what_was_brought_back_is_still_listed(
    given: tuple[Extraction, tuple[Sifting, ...]],
) -> None:
    """And nothing else that is content: a person can undo what they see."""
    extraction, said = given
    for part in sifted_parts(extraction.asides, said):
        if not part.left_out:
            assert part.sifting in said
            assert any(part.span.overlap(aside.span) for aside in extraction.asides)
