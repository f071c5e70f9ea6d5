"""A name or time marked by hand counts like one that a reader found, until it is taken back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tawatur.errors import RoleNeededError, UnknownIdError, UsageError
from tawatur.intake import extract
from tawatur.model.account import AccountRole, Person
from tawatur.model.claim import Claim, Verdict
from tawatur.model.document import Extraction
from tawatur.model.entry import Kind
from tawatur.model.ids import ActorId, NodeId
from tawatur.model.marking import MarkedAs
from tawatur.model.reading import AUTHOR, EntityType, SourceKind
from tawatur.model.span import Span
from tawatur.node import Node
from tawatur.node.judging.reviewing import link_at, place_at, time_at

TEXT = """Flooding along the Orsa

The bridge fell on market day, the ferryman of Torvik said.
At dawn the greyhound had warned the council.
The council met on 3 May 2021 in Torvik.
"""


pytestmark = pytest.mark.usefixtures("each_store")


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    """Return a node that holds one report."""
    path = tmp_path / "flood.txt"
    path.write_text(TEXT, "utf-8")
    with Node.init(tmp_path / "node", name="Observer") as opened:
        opened.add([path])
        yield opened


def place(node: Node, words: str) -> tuple[str, Span]:
    """Return the document, and where words stand in it."""
    (line,) = node.documents()
    start = node.document(line.id).extraction.text.index(words)
    return line.id, Span(start, start + len(words))


def named(node: Node) -> set[str]:
    """Return the names of all entities."""
    return {entity.name for entity in node.entities()}


def test_a_name_marked_by_hand_is_an_entity_of_the_picture(node: Node) -> None:
    """Listed, found by search, shown in the text, chosen as a speaker; a rebuild keeps it."""
    document, span = place(node, "the greyhound")
    assert "the greyhound" not in named(node)
    node.markings.name(document, span, EntityType.PERSON)
    for _ in range(2):
        assert "the greyhound" in named(node)
        (entity,) = node.who.all(about="greyhound")
        assert (entity.type, entity.documents) == (EntityType.PERSON, (document,))
        node.rebuild()
    view = node.document(document)
    assert [e.name for e in view.reading.entities if span in e.mentions] == ["the greyhound"]
    link = link_at(view, span)
    assert (link.kind, link.entity) == (SourceKind.PERSON, view.markings[0].id)
    claim = next(c for c in node.claims() if "had warned" in c.quote)
    node.judge(claim.id, Verdict.CORRECT, chain=(AUTHOR, link))
    (entity,) = node.who.all(about="greyhound")
    assert [each.id for each in node.who.view(entity.id).by] == [claim.id]


def test_words_that_name_somebody_again_are_one_more_mention(node: Node) -> None:
    """Said so, or because they are the same words."""
    document, first = place(node, "the greyhound")
    _, again = place(node, "the ferryman")
    node.markings.name(document, first, EntityType.PERSON)
    node.markings.name(document, again, EntityType.PERSON, like=first)
    (entity,) = (e for e in node.document(document).reading.entities if first in e.mentions)
    assert entity.mentions == tuple(sorted((first, again)))


def test_a_time_marked_by_hand_dates_what_is_chosen_by_it(node: Node) -> None:
    """The words of a claim tell that time from then on."""
    document, span = place(node, "market day")
    node.markings.time(document, span, "2021-04-28")
    assert time_at(node.document(document), span) == "2021-04-28"


def test_a_place_marked_by_hand_is_the_place_of_a_claim(node: Node) -> None:
    """With the kind that the person gave it."""
    document, span = place(node, "The bridge")
    node.markings.name(document, span, EntityType.FACILITY)
    assert place_at(node.document(document), span).type is EntityType.FACILITY


def test_what_is_taken_back_is_as_if_it_had_not_been(node: Node) -> None:
    """Both entries stay in the ledger."""
    document, span = place(node, "the greyhound")
    before, picture = node.document(document), named(node)
    marking = node.markings.name(document, span, EntityType.PERSON)
    node.markings.withdraw(document, marking.id, why="a nickname of a boat")
    assert named(node) == picture
    assert node.document(document) == before
    kinds = [entry.header.kind for entry in node.ledger.entries(0)]
    assert kinds.count(Kind.MARKING) == 2
    with pytest.raises(UnknownIdError, match=marking.id):
        node.markings.withdraw(document, marking.id)


def later(name: str, content: bytes, media_type: str | None) -> Extraction:
    """Return what a later extractor could make of bytes: one line more at the head."""
    found = extract(name, content, media_type=media_type)
    again = extract("later.txt", ("LATER\n\n" + found.text).encode())
    return replace(again, extractor=replace(again.extractor, version="99"))


def test_a_marking_holds_for_a_newer_text_where_its_words_stand(node: Node) -> None:
    """It is carried there like a judgement."""
    document, span = place(node, "the greyhound")
    node.markings.name(document, span, EntityType.PERSON)
    node.extract_again(later)
    view = node.document(document)
    assert view.extraction.text.startswith("LATER")
    (marking,) = view.markings
    assert marking.span.of(view.extraction.text) == "the greyhound"
    assert "the greyhound" in named(node)


@pytest.mark.parametrize(
    ("words", "when"),
    [("the greyhound", "some day"), ("the greyhound", ""), ("3 May 2021", "2021-05-03")],
)
def test_what_tells_no_time_or_tells_it_already_is_refused(
    node: Node, words: str, when: str
) -> None:
    """Nothing is recorded."""
    document, span = place(node, words)
    size = node.ledger.size
    with pytest.raises(UsageError):
        node.markings.time(document, span, when)
    assert node.ledger.size == size


def test_a_name_that_stands_nowhere_or_is_one_already_is_refused(node: Node) -> None:
    """Nothing is recorded."""
    document, span = place(node, "the greyhound")
    node.markings.name(document, span, EntityType.PERSON)
    size = node.ledger.size
    for wrong, like in ((span, None), (Span(9_000, 9_004), None), (Span(2, 5), Span(9_000, 9_004))):
        with pytest.raises(UsageError):
            node.markings.name(document, wrong, EntityType.PERSON, like=like)
    assert node.ledger.size == size


def test_who_only_reads_marks_nothing(node: Node) -> None:
    """It takes an analyst."""
    reader = Person(
        ActorId("a-0000000000000002"),
        "Layla",
        node.id,
        frozenset({AccountRole.READER}),
        frozenset(),
    )
    document, span = place(node, "the greyhound")
    with pytest.raises(RoleNeededError):
        node.asked_by(reader).markings.name(document, span, EntityType.PERSON)


def test_who_may_not_see_the_document_sees_no_name_marked_in_it(node: Node) -> None:
    """A marking goes under the label of its document."""
    guest = Person(
        ActorId("a-0000000000000003"),
        "Guest",
        NodeId("n-00000000000000zz"),
        frozenset(AccountRole),
        frozenset(),
    )
    document, span = place(node, "the greyhound")
    before = node.asked_by(guest).entities()
    marking = node.markings.name(document, span, EntityType.PERSON)
    assert node.asked_by(guest).entities() == before
    with pytest.raises(UnknownIdError):
        node.asked_by(guest).markings.withdraw(document, marking.id)


MET = "The council met"


def claim_of(node: Node, words: str) -> Claim:
    """Return the claim that holds words."""
    return next(claim for claim in node.claims() if words in claim.quote)


def torvik(node: Node) -> tuple[str, Span]:
    """Return where the council met: the last place of a name that stands in several."""
    (line,) = node.documents()
    start = node.document(line.id).extraction.text.rindex("Torvik")
    return line.id, Span(start, start + len("Torvik"))


def test_a_name_wrongly_found_is_none_whatever_reads_the_text_again(node: Node) -> None:
    """There alone, or wherever the same words stand; a rebuild and a newer text keep it so."""
    document, span = torvik(node)
    assert "Torvik" in named(node)
    node.markings.name(document, place(node, "Torvik")[1], EntityType.COUNTRY_OR_CITY)
    node.markings.unmark(document, span)
    (entity,) = (e for e in node.document(document).reading.entities if e.name == "Torvik")
    assert span not in entity.mentions
    node.markings.unmark(document, entity.mentions[0], everywhere=True, why="a boat")
    for again in (node.rebuild, lambda: node.reread(everything=True), lambda: later_text(node)):
        assert "Torvik" not in named(node)
        again()
    assert "Torvik" not in named(node)


def later_text(node: Node) -> None:
    """Have the text made anew by a later extractor."""
    node.extract_again(later)


def test_a_proposed_claim_is_without_what_is_no_name_or_time(node: Node) -> None:
    """It stays a proposal in its words; undone, it is as it was."""
    document, span = torvik(node)
    _, day = place(node, "3 May 2021")
    before = claim_of(node, MET)
    assert ([n.name for n in before.content.where], before.content.when) == (
        ["Torvik"],
        "2021-05-03",
    )
    made = [node.markings.unmark(document, each) for each in (span, day)]
    claim = claim_of(node, MET)
    assert (claim.id, claim.status, claim.quote) == (before.id, before.status, before.quote)
    assert (claim.content.where, claim.content.when) == ((), None)
    for each in made:
        node.markings.withdraw(document, each.id)
    assert claim_of(node, MET) == before


def test_a_judged_claim_stays_as_it_was_left_and_leads_to_no_such_name(node: Node) -> None:
    """A person's word on a claim holds until they change it."""
    document, span = torvik(node)
    node.judge(claim_of(node, MET).id, Verdict.ACCEPT)
    node.markings.unmark(document, span, everywhere=True)
    claim = claim_of(node, MET)
    assert [(n.name, n.group) for n in claim.content.where] == [("Torvik", "")]
    assert claim.content.when == "2021-05-03"


def test_a_speaker_whose_words_are_no_name_is_kept_in_these_words(node: Node) -> None:
    """The chain stays; only the way to a name goes."""
    document, span = place(node, "the greyhound")
    node.markings.name(document, span, EntityType.PERSON)
    link = link_at(node.document(document), span)
    node.judge(claim_of(node, "had warned").id, Verdict.CORRECT, chain=(AUTHOR, link))
    (by_hand,) = node.document(document).markings
    assert node.markings.unmark(document, span).id == by_hand.id  # a person's own is taken back
    assert node.document(document).markings == ()
    assert claim_of(node, "had warned").content.chain[1].source_text == "the greyhound"


def test_what_is_marked_as_nothing_is_refused(node: Node) -> None:
    """Where there is no mark there is none to take away; nothing is recorded."""
    document, span = place(node, "the greyhound")
    size = node.ledger.size
    with pytest.raises(UsageError, match="no name or time is marked"):
        node.markings.unmark(document, span)
    with pytest.raises(UsageError, match="no name or time is marked"):
        node.markings.unmark(document, torvik(node)[1], marked_as=MarkedAs.TIME)
    assert node.ledger.size == size


def test_words_can_be_a_name_again(node: Node) -> None:
    """The later word counts, by whoever."""
    document, span = torvik(node)
    node.markings.unmark(document, span, everywhere=True)
    node.markings.name(document, span, EntityType.FACILITY)
    (entity,) = (e for e in node.document(document).reading.entities if e.name == "Torvik")
    assert (entity.type, entity.mentions) == (EntityType.FACILITY, (span,))
