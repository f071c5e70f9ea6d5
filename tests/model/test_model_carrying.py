"""Words that stand in another text are found there, at the place with the same text around."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tawatur.model.carrying import IN_PART, Carrier, places_of
from tawatur.model.claim import ClaimJudgement, Content, Named, Verdict
from tawatur.model.document import Aside, Extraction, Extractor, Rendition
from tawatur.model.ids import ActorId, BlobDigest, DocumentId, RenditionId
from tawatur.model.reading import (
    AUTHOR,
    Ask,
    EntityType,
    Link,
    LocalEntity,
    Proposal,
    Publication,
    Quantity,
    Reading,
    SourceKind,
    verify_reading,
)
from tawatur.model.span import Span

WORDS = st.lists(st.sampled_from(["قال", "مصدر", "said", "12", "(a+b)", "été"]), min_size=1)


def rendition(id_: str, text: str) -> Rendition:
    """Return a text of one document."""
    made = Extraction(text, "text/plain", "utf-8", Extractor("tawatur.plain", id_), "ar")
    return Rendition(RenditionId(id_), DocumentId("d-1"), BlobDigest(""), made)


def carrier(old: str, new: str) -> Carrier:
    """Return the way from one text to another."""
    return Carrier(rendition("1", old), rendition("2", new))


@given(
    before=WORDS, quote=WORDS, after=WORDS, head=WORDS, gap=st.sampled_from([" ", "\n", "\t \n"])
)
def test_words_kept_are_found_whatever_white_space_parts_them(
    before: list[str], quote: list[str], after: list[str], head: list[str], gap: str
) -> None:
    """The place found holds the same words in the same order."""
    old = " ".join([*before, *quote, *after])
    start = len(" ".join(before)) + 1
    new = gap.join([*head, *before, *quote, *after])
    place = carrier(old, new).place(Span(start, start + len(" ".join(quote))))
    assert place is not None
    assert place.of(new).split() == quote


@given(words=WORDS, text=st.text(st.sampled_from("قا ab1\n"), max_size=40))
def test_every_place_holds_the_words(words: list[str], text: str) -> None:
    """And nothing but white space between them."""
    for place in places_of(" ".join(words), text):
        assert place.of(text).split() == words


def test_words_that_are_gone_have_no_place() -> None:
    """One letter less is another word."""
    assert carrier("قالت الوزارة ذلك", "قال الوزير ذلك").place(Span(0, 12)) is None


def test_of_equal_words_those_with_the_same_neighbours_count() -> None:
    """Two denials in one report: each finds its own, though the order has changed."""
    old = "The ministry denied it. On Monday the governor denied it."
    new = "On Monday the governor denied it. The ministry denied it."
    way = carrier(old, new)
    first, second = places_of("denied it.", old)
    assert [way.place(first), way.place(second)] == list(reversed(places_of("denied it.", new)))


def test_of_equal_words_with_equal_neighbours_the_nearest_counts() -> None:
    """A line that a page repeats stays where it was, as far as can be told."""
    line = "قال المصدر ذلك\n"
    old, new = line * 300, "عنوان\n" + line * 300
    for at in (20, 150, 280):
        place = carrier(old, new).place(Span(at * len(line), (at + 1) * len(line) - 1))
        assert place is not None
        assert abs(place.start - (at * len(line) + 6)) <= 2 * len(line)


def test_a_judgement_goes_with_the_places_within_it() -> None:
    """Source and figure move along; ids of entities, which another reading counts anew, go."""
    old = "MENU\nThe clinic said that 12 people died."
    new = "The clinic said\nthat 12 people died."
    way = carrier(old, new)
    content = Content(
        chain=(Link(SourceKind.BODY, "The clinic", Span(5, 15), "e1", "said", Span(16, 20)),),
        who=(Named("people", EntityType.PERSON, None, "e2"),),
        quantities=(Quantity(Span(26, 28), 12.0),),
    )
    judged = ClaimJudgement(
        RenditionId("1"), Span(5, 41), Verdict.ACCEPT, content, ("chain",), ActorId("a-1")
    )
    moved = way.judgement(judged)
    assert moved is not None
    assert (moved.rendition, moved.span) == ("2", Span(0, len(new)))
    link = moved.content.chain[0]
    assert link.span is not None
    assert link.cue_span is not None
    assert (link.span.of(new), link.cue_span.of(new), link.entity) == ("The clinic", "said", None)
    assert [q.span.of(new) for q in moved.content.quantities] == ["12"]
    assert [n.group for n in moved.content.who] == [""]
    assert re.sub(r"\s", " ", moved.span.of(new)) == judged.span.of(old)


def test_a_judgement_on_words_that_are_gone_stays_behind() -> None:
    """It holds for the text that it was made on, and for no other."""
    judged = ClaimJudgement(
        RenditionId("1"), Span(0, 4), Verdict.REJECT, Content(chain=()), (), ActorId("a-1")
    )
    assert carrier("MENU text", "text alone").judgement(judged) is None
    same = rendition("1", "MENU text")
    assert Carrier(same, same).judgement(judged) == judged


OLD = "MENU\nThe clinic said\nthat 12 people died in Wadril. The mayor denied it."


def at(words: str) -> Span:
    """Return where words stand in the old text."""
    start = OLD.index(words)
    return Span(start, start + len(words))


READ = Reading(
    "llm/1 m",
    "en",
    Publication("2021", None),
    entities=(
        LocalEntity("e1", EntityType.ORGANISATION, "The clinic", (at("The clinic"),)),
        LocalEntity("e2", EntityType.COUNTRY_OR_CITY, "Wadril", (at("Wadril"),)),
        LocalEntity("e3", EntityType.PERSON, "The mayor", (at("The mayor"),)),
    ),
    quantities=(Quantity(at("MENU"), None), Quantity(at("12"), 12.0)),
    claims=(
        Proposal(
            "c1",
            at("12 people died in Wadril"),
            (
                AUTHOR,
                Link(SourceKind.BODY, "The clinic", at("The clinic"), "e1", "said", at("said")),
            ),
            where=("e2",),
            quantities=(1,),
        ),
        Proposal(
            "c2", at("denied it."), (AUTHOR, Link(SourceKind.PERSON, "The mayor", at("The mayor")))
        ),
    ),
    requests=(Ask("c1", by="e1", to="e3"),),
)


def carried(new: str, *left_out: Span) -> Reading:
    """Return what holds of the reading in a text of which some is no content."""
    way = carrier(OLD, new)
    extraction = replace(
        way.new.extraction, asides=tuple(Aside(span, "by hand") for span in left_out)
    )
    return Carrier(way.old, replace(way.new, extraction=extraction)).reading(READ)


def test_a_reading_goes_with_the_words_that_it_is_of() -> None:
    """Every part of it stands in the new text; figures have other numbers there."""
    new = "The clinic said that 12 people died in Wadril. The mayor denied it."
    found = carried(new)
    verify_reading(found, new)
    assert found.reader == READ.reader
    assert [c.span.of(new) for c in found.claims] == ["12 people died in Wadril", "denied it."]
    assert [q.span.of(new) for q in found.quantities] == ["12"]
    assert found.claims[0].quantities == (0,)
    assert found.requests == READ.requests


def test_a_claim_goes_with_its_source_or_not_at_all() -> None:
    """Without its source it would be the author's word."""
    new = "The clinic said\nthat 12 people died in Wadril. Somebody denied it."
    found = carried(new)
    verify_reading(found, new)
    assert [c.id for c in found.claims] == ["c1"]
    assert found.requests == (Ask("c1", by="e1", to=None),)
    assert [e.id for e in found.entities] == ["e1", "e2"]


def test_what_is_left_out_is_read_no_more() -> None:
    """The reader has seen all that is still content."""
    found = carried(OLD, at("The mayor denied it."))
    verify_reading(found, OLD)
    assert ([c.id for c in found.claims], found.reader) == (["c1"], READ.reader)


def test_a_reader_that_has_not_seen_all_of_a_text_is_named_so() -> None:
    """Once, however often it is carried on."""
    new = OLD + " Ten more were hurt."
    found = carried(new)
    assert found.reader == READ.reader + IN_PART
    assert carrier(new, new + " More.").reading(found).reader == found.reader


@given(
    keep=st.lists(st.booleans(), min_size=12, max_size=12),
    aside=st.none() | st.tuples(st.integers(0, 60), st.integers(1, 30)),
)
def test_whatever_goes_along_stands_where_it_says(
    keep: list[bool], aside: tuple[int, int] | None
) -> None:
    """Words dropped anywhere, a stretch left out anywhere: what is left can be signed."""
    new = " ".join(word for word, kept in zip(OLD.split(), keep, strict=False) if kept) or "."
    left_out = [Span(aside[0], sum(aside))] if aside and sum(aside) <= len(new) else []
    found = carried(new, *left_out)
    verify_reading(found, new)
    assert not any(claim.span.overlap(span) for claim in found.claims for span in left_out)
