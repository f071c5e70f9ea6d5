"""Words that stand in another text are found there, at the place with the same text around."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tawatur.model.carrying import Carrier, places_of
from tawatur.model.claim import ClaimJudgement, Content, Named, Verdict
from tawatur.model.document import Extraction, Extractor, Rendition
from tawatur.model.ids import ActorId, BlobDigest, DocumentId, RenditionId
from tawatur.model.reading import EntityType, Link, Quantity, SourceKind
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
