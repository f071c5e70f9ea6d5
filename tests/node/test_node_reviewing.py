"""Proposals wait in the order in which they matter, and whatever is made of one can be undone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tawatur import samples
from tawatur.errors import UsageError
from tawatur.model.claim import Claim, Status, Verdict
from tawatur.model.ids import ActorId
from tawatur.model.reading import SourceKind
from tawatur.model.span import Span
from tawatur.node import Node
from tawatur.node.indexing.waiting import Turn, Which
from tawatur.node.judging.reviewing import Reviewing, link_at, place_at, time_at

pytestmark = pytest.mark.usefixtures("each_store")


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    """Return a node that holds three of the sample reports."""
    with Node.init(tmp_path / "node", name="مرصد السهل") as opened:
        opened.add(samples.paths()[6:9])
        yield opened


def all_turns(node: Node) -> list[Turn]:
    """Return the whole queue, asked for one by one."""
    found: list[Turn] = []
    while (following := node.reviewing.next(after=found[-1] if found else None)) is not None:
        found.append(following.turn)
    return found


def someone_else(node: Node, *, blind: bool = False) -> Reviewing:
    """Return the reviews as another person of the organisation makes them."""
    person = replace(node.person, actor=ActorId("a-0000000000000002"), name="Layla")
    return replace(node.asked_by(person).reviewing, blind=blind)


def first(node: Node) -> Claim:
    """Return the claim that is shown first."""
    found = node.reviewing.next()
    assert found is not None
    return found.claim


def test_every_proposal_has_its_turn_the_most_pressing_first(node: Node) -> None:
    """None is left out, none comes twice; a rebuild gives the same order."""
    turns = all_turns(node)
    assert {turn.claim for turn in turns} == {claim.id for claim in node.claims()}
    assert turns == sorted(turns, key=lambda turn: turn.key)
    assert len({turn.urgency for turn in turns}) > 2
    node.rebuild()
    assert all_turns(node) == turns


def test_what_is_contradicted_comes_before_what_is_not(node: Node) -> None:
    """And says so."""
    found = node.reviewing.next()
    assert found is not None
    assert found.conflicts
    assert "it is contradicted" in str(found.why[0])


def test_who_judges_one_has_the_rest_left(node: Node) -> None:
    """Whatever the verdict."""
    before = all_turns(node)
    node.reviewing.judge(before[0].claim, Verdict.ACCEPT)
    node.reviewing.judge(before[1].claim, Verdict.REJECT)
    left = {turn.claim for turn in all_turns(node)}
    assert left == {turn.claim for turn in before[2:]}
    assert node.reviewing.left() == len(left)


def test_the_queue_can_be_narrowed(node: Node) -> None:
    """To a language, a type, a document."""
    for turn in all_turns(node)[:3]:
        claim = node.claim(turn.claim)
        wanted = Which(claim.language, claim.content.event_type, claim.document)
        found = node.reviewing.next(wanted)
        assert found is not None
        assert found.claim.document == claim.document
        assert found.claim.content.event_type is claim.content.event_type
    assert node.reviewing.next(Which(language="xx")) is None


@pytest.mark.parametrize("verdict", [Verdict.ACCEPT, Verdict.REJECT])
def test_a_judgement_undone_leaves_the_claim_as_it_was(node: Node, verdict: Verdict) -> None:
    """Both stay in the ledger, which is whole."""
    claim, turns, size = first(node), all_turns(node), node.ledger.size
    act = node.reviewing.judge(claim.id, verdict)
    assert act.claims[0].status is not Status.PROPOSED
    assert node.reviewing.undo(act.entries).claims == (claim,)
    assert (all_turns(node), node.ledger.size) == (turns, size + 2)
    with pytest.raises(UsageError):
        node.reviewing.undo(act.entries)
    node.verify()


def test_a_correction_undone_gives_back_what_was_read(node: Node) -> None:
    """And an earlier correction of the same field."""
    claim = first(node)
    once = node.reviewing.judge(claim.id, Verdict.CORRECT, corrected={"when": "2020"})
    again = node.reviewing.judge(claim.id, Verdict.CORRECT, corrected={"when": "2021"})
    assert again.claims[0].content.when == "2021"
    node.reviewing.undo(again.entries)
    assert node.claim(claim.id).content.when == "2020"
    node.reviewing.undo(once.entries)
    assert node.claim(claim.id) == claim


def test_who_looked_before_somebody_judged_is_told(node: Node) -> None:
    """Nothing is recorded."""
    claim = first(node)
    node.reviewing.judge(claim.id, Verdict.ACCEPT, seen="")
    with pytest.raises(UsageError, match="operator changed this meanwhile"):
        node.reviewing.judge(claim.id, Verdict.REJECT, seen="")
    assert node.claim(claim.id).status is Status.ACCEPTED


def test_a_claim_split_in_two_can_be_made_one_again(node: Node) -> None:
    """With the chain that it had."""
    claim = max(node.claims(), key=lambda claim: len(claim.quote))
    at = claim.span.start + claim.quote.index(" ", len(claim.quote) // 2) + 1
    halves = node.reviewing.split(claim.id, at)
    assert [half.content.chain for half in halves.claims] == [claim.content.chain] * 2
    assert halves.claims[0].span.end <= at == halves.claims[1].span.start
    whole = node.reviewing.join(halves.claims[0].id, halves.claims[1].id)
    assert whole.claims[0].span == claim.span
    standing = {c.id for c in node.claims() if c.status is not Status.REJECTED}
    assert standing & {half.id for half in halves.claims} <= {whole.claims[0].id}
    node.reviewing.undo(whole.entries)
    node.reviewing.undo(halves.entries)
    assert node.claim(claim.id) == claim


def test_a_split_taken_back_returns_the_claim_that_was_split(node: Node) -> None:
    """Whoever takes it back stands before it again."""
    claim = max(node.claims(), key=lambda each: len(each.quote))
    at = claim.span.start + claim.quote.index(" ", len(claim.quote) // 2)
    halves = node.reviewing.split(claim.id, at)
    back = node.reviewing.undo(halves.entries)
    assert [each.id for each in back.claims] == [claim.id]
    assert node.claim(claim.id).status is Status.PROPOSED


def test_a_cut_outside_the_claim_is_refused(node: Node) -> None:
    """At its ends too."""
    claim = first(node)
    for at in (0, claim.span.start, claim.span.end):
        with pytest.raises(UsageError):
            node.reviewing.split(claim.id, at)


def test_words_that_no_reader_proposed_become_a_claim(node: Node) -> None:
    """Which is weighed like any other, counts as no accepted proposal, and can be taken back."""
    line = node.documents()[0]
    act = node.reviewing.mark(line.id, Span(0, 12))
    assert act.claims[0].status is Status.ACCEPTED
    assert any(act.claims[0].id in event.claims for event in node.events())
    assert node.reviewing.shares() == ()
    with pytest.raises(UsageError, match="a claim already"):
        node.reviewing.mark(line.id, Span(0, 12))
    with pytest.raises(UsageError, match="is no stretch of it"):
        node.reviewing.mark(line.id, Span(0, 10**7))
    node.reviewing.undo(act.entries)
    assert act.claims[0].id not in {claim.id for claim in node.claims()}


def test_words_chosen_in_the_text_become_speaker_place_and_time(node: Node) -> None:
    """With the entity, the kind and the value that a reader found there."""
    view = node.document(node.documents()[0].id)
    entity = view.reading.entities[0]
    assert link_at(view, entity.mentions[0]).entity == entity.id
    assert link_at(view, entity.mentions[0], SourceKind.OUTLET).kind is SourceKind.OUTLET
    assert place_at(view, entity.mentions[0]).group == entity.id
    time = next(each for each in view.reading.times if each.value)
    assert time_at(view, time.span) == time.value
    with pytest.raises(UsageError):
        time_at(view, entity.mentions[0])


def test_shares_count_what_became_of_proposals(node: Node) -> None:
    """By language and type."""
    one, two, three = (node.claim(turn.claim) for turn in all_turns(node)[:3])
    node.reviewing.judge(one.id, Verdict.ACCEPT)
    node.reviewing.judge(two.id, Verdict.REJECT)
    node.reviewing.judge(three.id, Verdict.CORRECT, corrected={"when": "1999"})
    shares = node.reviewing.shares()
    assert sum(share.judged for share in shares) == 3
    assert [sum(s.accepted for s in shares), sum(s.corrected for s in shares)] == [1, 1]


def test_where_two_people_differ_one_word_is_kept(node: Node) -> None:
    """The other is taken back with a reason, and nothing is left to settle."""
    claim, other = first(node), someone_else(node)
    mine = node.reviewing.judge(claim.id, Verdict.ACCEPT)
    theirs = other.judge(claim.id, Verdict.REJECT)
    ((found, opinions),) = node.reviewing.differing()
    assert (found.status, len(opinions)) == (Status.REJECTED, 2)
    with pytest.raises(UsageError, match="reason"):
        node.reviewing.settle(claim.id, mine.entries[0], " ")
    with pytest.raises(UsageError, match="is no judgement on"):
        node.reviewing.settle(claim.id, "i-0000000000000000", "قرئ ثانية")
    node.reviewing.settle(claim.id, mine.entries[0], "قرئ النص ثانية")
    assert node.claim(claim.id).status is Status.ACCEPTED
    assert node.reviewing.differing() == ()
    with pytest.raises(UsageError):
        other.undo(theirs.entries)


def test_only_ones_own_word_is_taken_back(node: Node) -> None:
    """Another's stays."""
    act = someone_else(node).judge(first(node).id, Verdict.ACCEPT)
    with pytest.raises(UsageError):
        node.reviewing.undo(act.entries)


def test_a_second_reviewer_does_not_see_the_first_ones_word(node: Node) -> None:
    """Where the node asks for it, until they gave their own."""
    claim, other = first(node), someone_else(node, blind=True)
    node.reviewing.judge(claim.id, Verdict.ACCEPT)
    asked = other.second()
    assert asked is not None
    assert asked.claim.id == claim.id
    assert (asked.claim.status, asked.claim.judgements) == (Status.PROPOSED, ())
    assert other.differing() == ()
    other.judge(claim.id, Verdict.REJECT, seen="")  # as their form has it
    assert other.at(claim.id).claim.status is Status.REJECTED
    assert len(other.differing()) == 1
    assert other.second() is None
