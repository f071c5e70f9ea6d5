"""What people mark stands beside what a reader found, and what they say is none is gone."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tawatur.model.ids import ActorId, MarkingId, RenditionId
from tawatur.model.marking import MarkedAs, Marking, with_marked
from tawatur.model.reading import EntityType, LocalEntity, Publication, Reading, TimeExpression
from tawatur.model.span import Span

TEXT = "قال العقيد صابر إن السوق أغلق، وقال صابر إن السوق فتح يوم الاثنين"
WHEN = datetime(2021, 7, 1, tzinfo=UTC)


def at(words: str, nth: int = 0) -> Span:
    """Return the place of words in the text, from 0 the first."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


READ = Reading(
    "rules/1",
    "ar",
    Publication(None, None),
    entities=(
        LocalEntity("e1", EntityType.PERSON, "العقيد صابر", (at("العقيد صابر"), at("صابر", 1))),
        LocalEntity("e2", EntityType.PERSON, "السوق", (at("السوق"), at("السوق", 1))),
    ),
    times=(TimeExpression(at("يوم الاثنين"), "2021-07-05"),),
)


def marking(span: Span, number: int = 0, **said: Any) -> Marking:
    """Return a person's word on a place of the text."""
    id_ = MarkingId(f"m-{number:016d}")
    rendition, by = RenditionId("r-0000000000000001"), ActorId("a-0000000000000001")
    return Marking(id=id_, rendition=rendition, span=span, by=by, time=WHEN, **said)


def mentions(reading: Reading) -> set[Span]:
    """Return every place where something is named."""
    return {span for entity in reading.entities for span in entity.mentions}


def test_one_place_that_is_no_name_leaves_the_others() -> None:
    """A name goes with its last place."""
    one = with_marked(READ, TEXT, [marking(at("السوق"), no=MarkedAs.NAME)])
    assert mentions(READ) - mentions(one) == {at("السوق")}
    both = [marking(at("السوق"), no=MarkedAs.NAME), marking(at("السوق", 1), 1, no=MarkedAs.NAME)]
    assert [e.id for e in with_marked(READ, TEXT, both).entities] == ["e1"]


def test_the_same_words_are_no_name_anywhere_if_somebody_says_so() -> None:
    """A longer name that holds them is another."""
    told = with_marked(READ, TEXT, [marking(at("صابر", 1), no=MarkedAs.NAME, everywhere=True)])
    assert mentions(READ) - mentions(told) == {at("صابر", 1)}
    told = with_marked(READ, TEXT, [marking(at("السوق"), no=MarkedAs.NAME, everywhere=True)])
    assert [e.id for e in told.entities] == ["e1"]


def test_a_name_goes_by_a_place_that_is_left() -> None:
    """Not by the words that are none."""
    told = with_marked(READ, TEXT, [marking(at("العقيد صابر"), no=MarkedAs.NAME)])
    assert told.entities[0].name == "صابر"


def test_words_that_a_later_reader_cuts_otherwise_are_still_none() -> None:
    """If most of them are the same."""
    cut = Span(at("يوم الاثنين").start + 4, at("يوم الاثنين").end)
    assert with_marked(READ, TEXT, [marking(cut, no=MarkedAs.TIME)]).times == ()
    assert with_marked(READ, TEXT, [marking(at("فتح"), no=MarkedAs.TIME)]).times == READ.times


def test_the_later_word_counts() -> None:
    """None first and a name then is a name, and the other way round none."""
    none = marking(at("السوق"), no=MarkedAs.NAME, everywhere=True)
    name = marking(at("السوق"), 1, type=EntityType.FACILITY)
    assert at("السوق") in mentions(with_marked(READ, TEXT, [none, name]))
    assert at("السوق") not in mentions(with_marked(READ, TEXT, [name, none]))


PLACES = st.builds(lambda a, b: Span(min(a, b), max(a, b) + 1), *[st.integers(0, 60)] * 2)


@given(PLACES, st.sampled_from(MarkedAs), st.booleans())
def test_what_is_none_takes_only_away(span: Span, no: MarkedAs, everywhere: bool) -> None:
    """Nothing is found by it, whatever it points at; said twice it is said once."""
    said = [marking(span, no=no, everywhere=everywhere)]
    once = with_marked(READ, TEXT, said)
    assert mentions(once) <= mentions(READ)
    assert set(once.times) <= set(READ.times)
    assert all(entity.mentions for entity in once.entities)
    if everywhere or span in mentions(READ) | {time.span for time in READ.times}:
        assert with_marked(READ, TEXT, said * 2) == once
