"""Explanations and what claims say to them outlive readings, and are somebody's."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tawatur.errors import UnknownIdError, UsageError
from tawatur.model.claim import Verdict
from tawatur.model.hypothesis import Bears
from tawatur.model.ids import NodeId
from tawatur.model.label import Viewer
from tawatur.node import Node

REPORT = (
    "Tarsane, 6 May 2021. The ministry said that the letter is a forgery. General Karim Dulane "
    "said that the mayor left Wadril on Monday."
)


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    """Give a node that holds one report."""
    (tmp_path / "a.txt").write_text(REPORT)
    with Node.init(tmp_path / "node", command="test") as made:
        made.add([tmp_path / "a.txt"])
        yield made


def test_an_event_and_a_document_are_explained_apart(node: Node) -> None:
    """Each has its own board; that of the document offers what its text says of a report."""
    document, event = node.documents()[0].id, node.events(about="mayor")[0].id
    origin = node.boards.add(document, "a clerk wrote it")
    cause = node.boards.add(event[:8], "he fled")
    boards = {board.about: board for board in node.boards.all()}
    assert [e.id for e in boards[document].explanations] == [origin.id]
    assert [e.id for e in boards[event].explanations] == [cause.id]
    assert boards[document].offers[0].report == "letter"
    assert boards[event].offers == ()


def test_boards_stand_after_a_rebuild_and_follow_the_latest_word(node: Node) -> None:
    """What is rejected as a claim weighs nothing."""
    event = node.events(about="mayor")[0]
    claim = event.claims[0]
    cause = node.boards.add(event.id, "he fled", why="his house was empty")
    node.boards.weigh(cause.id, claim, Bears.FOR, "he left")
    node.boards.weigh(cause.id, claim, Bears.AGAINST, "he came back on Tuesday")
    node.rebuild()
    (explanation,) = node.boards.of(event.id).explanations
    assert (explanation.speak_for, explanation.speak_against) == ((), (claim,))
    assert explanation.contradicted == 1
    node.judge(claim, Verdict.REJECT)
    assert all(not e.speak_against for b in node.boards.all() for e in b.explanations)


def test_a_hypothesis_that_is_taken_back_takes_its_weighings_along(node: Node) -> None:
    """They stay on record and count for nothing."""
    event = node.events(about="mayor")[0]
    cause = node.boards.add(event.id, "he fled")
    node.boards.weigh(cause.id, event.claims[0], Bears.FOR, "he left")
    node.rulings.withdraw(cause.id, "he was on leave")
    assert node.boards.all() == ()
    assert node.boards.of(event.id).evidence == ()


def test_what_cannot_be_explained_is_refused(node: Node) -> None:
    """No empty sentence, no claim, no ruling of another kind."""
    event = node.events(about="mayor")[0]
    with pytest.raises(UsageError):
        node.boards.add(event.id, "  ")
    with pytest.raises(UsageError):
        node.boards.add(event.claims[0], "he fled")
    with pytest.raises(UnknownIdError):
        node.boards.add("v-0000000000000000", "he fled")
    cause = node.boards.add(event.id, "he fled")
    bearing = node.boards.weigh(cause.id, event.claims[0], Bears.FOR, "he left")
    with pytest.raises(UnknownIdError):
        node.boards.weigh(bearing.id, event.claims[0], Bears.FOR, "he left")


def test_who_may_not_see_the_report_sees_no_board(node: Node) -> None:
    """Neither the explanation nor that there is one."""
    node.boards.add(node.documents()[0].id, "a clerk wrote it")
    assert node.boards.all(viewer=Viewer(NodeId("n-0000000000000000"))) == ()
