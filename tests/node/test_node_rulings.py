"""What a person rules of things worked out lasts, is somebody's, and can be taken back."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tawatur.errors import UnknownIdError, UsageError
from tawatur.model.entry import Kind
from tawatur.model.ids import DocumentId, NodeId
from tawatur.model.label import Viewer
from tawatur.model.ruling import Place, Sameness
from tawatur.model.span import Span
from tawatur.node import Node

NAMES = ("Hudlestone arrived in Tarsane on Monday.", "Mr Huddleston left Tarsane on Friday.")
STRANGER = Viewer(NodeId("n-0000000000000000"))


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    """Give a node that holds two reports."""
    for at, text in enumerate(NAMES):
        (tmp_path / f"{at}.txt").write_text(text)
    with Node.init(tmp_path / "node", command="test") as made:
        made.add([tmp_path / "0.txt", tmp_path / "1.txt"])
        yield made


def _first_words(node: Node, document: DocumentId, length: int) -> Place:
    view = node.document(document)
    return Place(view.rendition, Span(0, length))


def _ruled(node: Node) -> Sameness:
    one, other = (line.id for line in node.documents())
    return node.rulings.record(
        Sameness,
        "one man, says his office",
        a=_first_words(node, one, 5),
        b=_first_words(node, other, 5),
        same=True,
    )


def test_a_ruling_is_signed_listed_and_names_the_words(node: Node) -> None:
    """It is an entry of the ledger, by the one who made it, with the reason."""
    ruling = _ruled(node)
    (line,) = node.rulings.lines()
    assert line.ruling == ruling
    assert line.by == "operator"
    assert sorted(line.words) == ["Hudle", "Mr Hu"]
    (entry,) = node.ledger.entries(kinds=(Kind.RULING,))
    assert entry.payload is not None
    assert entry.payload.body["why"] == "one man, says his office"
    assert node.verify().size == node.ledger.size


def test_it_stands_after_a_rebuild_and_is_gone_when_taken_back(node: Node) -> None:
    """Taking back is one more entry; the first one stays in the ledger."""
    ruling = _ruled(node)
    node.rebuild()
    assert node.rulings.all(Sameness) == (ruling,)
    assert node.rulings.withdraw(ruling.id, "two brothers") == ruling
    node.rebuild()
    assert node.rulings.lines() == ()
    assert len(list(node.ledger.entries(kinds=(Kind.RULING,)))) == 2
    with pytest.raises(UnknownIdError):
        node.rulings.withdraw(ruling.id, "again")


def test_without_a_reason_nothing_is_ruled(node: Node) -> None:
    """The reason is part of the record."""
    ruling = _ruled(node)
    with pytest.raises(UsageError):
        node.rulings.withdraw(ruling.id, "  ")
    assert [line.ruling for line in node.rulings.lines()] == [ruling]


def test_who_may_not_see_a_document_sees_no_ruling_on_its_words(node: Node) -> None:
    """Another organisation was given neither text."""
    _ruled(node)
    assert node.rulings.lines(viewer=STRANGER) == ()


def test_it_is_erased_with_either_document(node: Node) -> None:
    """Its reason may name what had to go."""
    _ruled(node)
    node.erase(node.documents()[0].id, why="wrongly taken in")
    assert node.rulings.lines() == ()
    (entry,) = node.ledger.entries(kinds=(Kind.RULING,))
    assert entry.payload is None


def test_the_time_is_the_nodes(tmp_path: Path) -> None:
    """The clock is an argument."""
    at = datetime(2026, 3, 1, tzinfo=UTC)
    (tmp_path / "a.txt").write_text(NAMES[0])
    Node.init(tmp_path / "node").close()
    with Node.open(tmp_path / "node", clock=lambda: at) as node:
        node.add([tmp_path / "a.txt"])
        place = _first_words(node, node.documents()[0].id, 4)
        assert node.rulings.record(Sameness, "x", a=place, b=place, same=False).time == at
