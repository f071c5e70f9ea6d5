"""What a person says of a contradiction outlives readings and rebuilds, and is somebody's."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tawatur.errors import UnknownIdError, UsageError
from tawatur.intake import extract
from tawatur.model.document import Extraction
from tawatur.model.ids import NodeId
from tawatur.model.label import Viewer
from tawatur.model.picture import Conflict
from tawatur.model.ruling import Outcome
from tawatur.node import Node

DENIAL = (
    "Tarsane, 4 May 2021. Defence minister Karim Dulane said that the army attacked the village "
    "of Wadril on Monday. The mayor of Wadril, Selma Berrak, denied that the army attacked the "
    "village of Wadril on Monday."
)


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    """Give a node with one report in which two voices contradict each other."""
    (tmp_path / "denial.txt").write_text(DENIAL)
    with Node.init(tmp_path / "node", command="test") as made:
        made.add([tmp_path / "denial.txt"])
        yield made


def _conflict(node: Node) -> Conflict:
    return node.conflicts()[0]


def test_it_is_found_again_after_a_later_text_and_a_rebuild(node: Node) -> None:
    """The words decide, not the id, which a later text changes."""
    conflict = _conflict(node)
    ruling = node.settling.settle(conflict.id, Outcome.SETTLED, "the mayor was not there")

    def later(name: str, content: bytes, media_type: str | None) -> Extraction:
        found = extract(name, content, media_type=media_type)
        again = extract("later.txt", ("A NEW HEAD\n\n" + found.text).encode())
        return replace(again, extractor=replace(again.extractor, version="99"))

    node.extract_again(later)
    node.rebuild()
    again = _conflict(node)
    assert again.id != conflict.id
    assert node.settling.of([again]) == {again.id: ruling}


def test_the_latest_word_that_holds_counts(node: Node) -> None:
    """Taken back, the one before it is in force again."""
    conflict = _conflict(node)
    first = node.settling.settle(conflict.id, Outcome.SETTLED, "corrected since")
    second = node.settling.settle(conflict.id, Outcome.DISMISSED, "two villages")
    assert node.settling.of([conflict]) == {conflict.id: second}
    node.rulings.withdraw(second.id, "one village after all")
    assert node.settling.of([conflict]) == {conflict.id: first}
    node.rulings.withdraw(first.id, "the correction was withdrawn")
    assert node.settling.of([conflict]) == {}


def test_a_shortened_id_has_more_than_a_letter(node: Node) -> None:
    """Or one character would be some conflict or source today and another tomorrow."""
    conflict, source = _conflict(node).id, node.sources.lines()[0].source.id
    assert node.charts.conflict(conflict[:5]).id == conflict
    assert node.sources.one(source[:5]).line.source.id == source
    for least in (1, 2, 3, 4):
        with pytest.raises(UnknownIdError):
            node.charts.conflict(conflict[:least])
        with pytest.raises(UnknownIdError):
            node.sources.one(source[:least])


def test_what_stays_open_is_not_closed(node: Node) -> None:
    """Whoever keeps it open has looked into it."""
    conflict = _conflict(node)
    node.settling.settle(conflict.id, Outcome.OPEN, "asked the mayor")
    assert conflict in node.settling.unsettled(node.conflicts())
    node.settling.settle(conflict.id, Outcome.SETTLED, "she answered")
    assert conflict not in node.settling.unsettled(node.conflicts())


def test_without_a_reason_or_a_conflict_nothing_is_recorded(node: Node) -> None:
    """Both are refused."""
    with pytest.raises(UsageError):
        node.settling.settle(_conflict(node).id, Outcome.SETTLED, " ")
    with pytest.raises(UnknownIdError):
        node.settling.settle("x-0000000000000000", Outcome.SETTLED, "why")
    assert node.rulings.lines() == ()


def test_who_may_not_see_the_report_sees_nothing_of_it(node: Node) -> None:
    """Neither the conflict nor what it comes to."""
    conflict = _conflict(node)
    node.settling.settle(conflict.id, Outcome.SETTLED, "corrected since")
    stranger = Viewer(NodeId("n-0000000000000000"))
    assert node.settling.of([conflict], viewer=stranger) == {}
