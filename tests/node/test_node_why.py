"""Whatever is worked out answers why: by which claims, whose words and which rule."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tawatur.errors import UnknownIdError, UsageError
from tawatur.model.claim import Claim, Verdict
from tawatur.model.hypothesis import Bears
from tawatur.model.ids import NodeId
from tawatur.model.label import Viewer
from tawatur.model.picture import Missing, RelationKind
from tawatur.node import Because, Node
from tawatur.node.judging.entities import RelationLine
from tawatur.node.views import WorkedOut

REPORTS = {
    "bureau.txt": (
        "Tarsane, 9 May 2021\n\nThe Security Bureau is part of the Ministry of Interior, the "
        "governor of Tarsane said. The Security Bureau arrested 4 traders in Tarsane on 8 May, "
        "residents said.\n"
    ),
    "market.txt": (
        "Tarsane, 4 May 2021. It was not immediately clear who had attacked the market of Wadril. "
        "It may have been a patrol that had lost its way. The search party found no bodies in the "
        "lake, the mayor said.\n"
    ),
}
STRANGER = Viewer(NodeId("n-0000000000000000"))


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    """Give a node that holds two reports: one of a relation, one of gaps."""
    for name, text in REPORTS.items():
        (tmp_path / name).write_text(text)
    with Node.init(tmp_path / "node", command="test") as made:
        made.add([tmp_path / name for name in REPORTS])
        yield made


def _relation(node: Node) -> RelationLine:
    (whole,) = node.who.all(about="interior")
    (relation,) = node.who.view(whole.id).relations
    return relation


def _left(node: Node) -> Claim:
    return next(node.claim(claim) for e in node.events(about="traders") for claim in e.claims)


def _says(found: Because) -> list[str]:
    return [str(each.why) for each in found.grounds]


def _kept_from_a_stranger(node: Node, given: str) -> bool:
    """Return whether an id answers a stranger as one that there is not."""
    answers = []
    for each in (given, f"{given[:2]}{'0' * 16}{given[18:]}"):
        with pytest.raises(UnknownIdError) as refused:
            node.why(each, viewer=STRANGER)
        answers.append(str(refused.value).replace(each.partition("/")[0], ""))
    return answers[0] == answers[1]


def test_why_of_a_relation_names_the_words_the_rule_and_what_counts_through_it(node: Node) -> None:
    """And the claim that says so; by the entry of either of the two."""
    relation = _relation(node)
    assert relation.kind is RelationKind.PART
    found = node.why(relation.id)
    assert (found.kind, found.id) == (WorkedOut.RELATION, relation.id)
    assert found.of == f"{relation.a.name} – {relation.b.name}"
    assert [each.claim.id for each in found.claims] == [relation.claim.id]
    assert {"relations, is part of", "table relations.tsv"} == {each.name for each in found.rules}
    assert _says(found) == [
        "“part of” ties Security Bureau to Ministry of Interior.",
        "What Security Bureau does counts as done by Ministry of Interior too.",
    ]
    other = node.why(f"{relation.a.id}/1")
    assert (other.grounds, other.claims) == (found.grounds, found.claims)


def test_why_of_a_relation_shows_what_people_said_of_its_claim_and_names(node: Node) -> None:
    """A judgement, and a ruling on one of the two; a rejected claim ties nothing."""
    relation = _relation(node)
    node.judge(relation.claim.id, Verdict.ACCEPT, why="read twice")
    ruling = node.who.not_same(relation.a.id, relation.b.id, "two bodies")
    found = node.why(relation.id)
    assert [each.why for each in found.judgements] == ["read twice"]
    assert [each.ruling.id for each in found.rulings] == [ruling.id]
    node.judge(relation.claim.id, Verdict.REJECT, why="another bureau")
    with pytest.raises(UnknownIdError):
        node.why(relation.id)


@pytest.mark.parametrize("number", ["0", "2", "one", "", "١", "-1"])
def test_there_is_no_relation_beyond_the_last(node: Node, number: str) -> None:
    """Nor one that no number names."""
    with pytest.raises(UnknownIdError, match="relation"):
        node.why(f"{_relation(node).b.id}/{number}")


def test_why_of_a_gap_names_what_is_supposed_about_it(node: Node) -> None:
    """The claim comes first; what supposes nothing is no gap."""
    unknown, not_found = node.gaps()
    found = node.why(unknown.claim)
    assert found.kind is WorkedOut.GAP
    assert [each.claim.id for each in found.claims] == [unknown.claim, *unknown.supposed]
    assert [e.claim for e in found.grounds if e.claim] == [unknown.claim, *unknown.supposed]
    assert {"gaps", "table not_found.tsv"} <= {each.name for each in found.rules}
    assert not_found.kind is Missing.NOT_FOUND
    assert "It says that something was looked for and not found." in _says(
        node.why(not_found.claim)
    )
    assert node.why(unknown.supposed[0]).kind is WorkedOut.CLAIM


def test_why_of_an_explanation_tells_roots_claims_and_weighings(node: Node) -> None:
    """And who wrote it; the weighing tells whether the claim tells explanations apart."""
    claim = _left(node)
    event = next(e for e in node.events(about="traders") if claim.id in e.claims)
    first = node.boards.add(event.id, "they fled", why="their shops were empty")
    weighed = node.boards.weigh(first.id, claim.id, Bears.AGAINST, "they were arrested")
    found = node.why(first.id)
    assert (found.kind, found.of) == (WorkedOut.HYPOTHESIS, "they fled")
    assert node.why(event.id).of == event.headline
    assert [each.claim.id for each in found.claims] == [claim.id]
    assert {each.ruling.id for each in found.rulings} == {first.id, weighed.id}
    says = _says(found)
    assert says[0] == "Independent roots against it, at least: 1."
    assert says[-1] == "It speaks against the explanation."

    alone = node.why(weighed.id)
    assert alone.of == node.why(claim.id).of == claim.quote
    assert (alone.kind, [c.claim.id for c in alone.claims]) == (WorkedOut.BEARING, [claim.id])
    assert _says(alone)[1:] == ["It speaks against all that it was weighed for, or against none."]
    second = node.boards.add(event.id, "they were taken")
    node.boards.weigh(second.id, claim.id, Bears.FOR, "residents say so")
    told = "It speaks against some of the explanations that it was weighed for."
    assert _says(node.why(weighed.id))[1:] == [told]


def test_of_two_weighings_of_one_claim_the_earlier_says_that_the_later_counts(node: Node) -> None:
    """What is taken back is asked no more."""
    claim = _left(node)
    event = next(e for e in node.events(about="traders") if claim.id in e.claims)
    cause = node.boards.add(event.id, "they fled")
    early, late = (
        node.boards.weigh(cause.id, claim.id, bears, "so") for bears in (Bears.FOR, Bears.NEITHER)
    )
    later = "A later weighing of the same claim counts."
    assert later in _says(node.why(early.id))
    assert later not in _says(node.why(late.id))
    node.rulings.withdraw(late.id, "not so")
    assert later not in _says(node.why(early.id))
    with pytest.raises(UnknownIdError):
        node.why(late.id)


def test_what_a_person_rules_otherwise_is_not_worked_out(node: Node) -> None:
    """That two are one has its reason with it."""
    relation = _relation(node)
    ruling = node.who.not_same(relation.a.id, relation.b.id, "two bodies")
    with pytest.raises(UsageError, match="is not worked out"):
        node.why(ruling.id)


def test_for_whoever_may_not_see_it_no_such_id_exists(node: Node) -> None:
    """Of a gap, a relation, an explanation and a weighing."""
    claim = _left(node)
    event = next(e for e in node.events(about="traders") if claim.id in e.claims)
    cause = node.boards.add(event.id, "they fled")
    weighed = node.boards.weigh(cause.id, claim.id, Bears.FOR, "so")
    for given in (node.gaps()[0].claim, _relation(node).id, cause.id, weighed.id):
        assert node.why(given)
        assert _kept_from_a_stranger(node, given)


def test_why_of_an_entity_of_one_name_in_two_texts_says_that_nothing_parts_them(
    node: Node, tmp_path: Path
) -> None:
    """Every claim in which it takes part or speaks is named, whatever else the text calls it."""
    texts = (
        "Tarsane, 3 May 2021. Ahmed Sidi, mayor of Tarsane, said that the road was closed.\n",
        "Wadril, 4 May 2021. Ahmed Sidi, a footballer, said that his club won the match.\n",
    )
    paths = [tmp_path / "mayor.txt", tmp_path / "player.txt"]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text)
    node.add(paths)
    (man,) = node.who.all(about="Sidi")
    found = node.why(man.id)
    assert _says(found) == ["The texts have the same name, Ahmed Sidi, and nothing parts them."]
    assert {each.file for each in found.claims} == {"mayor.txt", "player.txt"}
