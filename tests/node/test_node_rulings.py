"""What a person rules of things worked out lasts, is somebody's, and can be taken back."""

import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tawatur.errors import UnknownIdError, UsageError
from tawatur.model.entry import Kind
from tawatur.model.ids import DocumentId, NodeId
from tawatur.model.label import Tlp, Viewer
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


REPORTS = (
    "Captain Sami Dulane said on 4 May 2021 that the road to Wadril was closed.",
    "Colonel Sami Dulane told reporters in Tarsane on 5 May 2021 that the road was open.",
    "Samy Dulane, an officer, denied on 6 May 2021 that the army held Wadril.",
    "The Wadril Relief Committee said on 7 May 2021 that Sami Doulane led the convoy.",
    "Lieutenant Sami Dulan announced on 8 May 2021 that the convoy had reached Tarsane.",
)


@pytest.mark.parametrize("seed", range(3))
def test_of_twenty_viewers_none_learns_of_a_ruling_on_words_hidden_from_them(
    tmp_path: Path, seed: int
) -> None:
    """Each may see other reports: rulings, entities and events of each are as if it were not."""
    chance = random.Random(seed)
    viewers = [Viewer(NodeId(f"n-{number:016x}")) for number in range(1, 21)]
    for number, text in enumerate(REPORTS):
        (tmp_path / f"{number}.txt").write_text(text)
    with Node.init(tmp_path / "node") as node:
        node.add(sorted(tmp_path.glob("*.txt")))
        documents = [line.id for line in node.documents()]
        given = {v: set(chance.sample(documents, chance.randint(0, 4))) for v in viewers}
        for document in documents:
            also = [v.party for v in viewers if document in given[v]]
            node.labels.change(document, {"tlp": Tlp.GREEN}, also=also)
        for _ in range(4):
            one, other = chance.sample(documents, 2)
            before = {v: _seen(node, v) for v in viewers}
            ruled = node.rulings.record(
                Sameness,
                "known from the field",
                a=_name(node, one),
                b=_name(node, other),
                same=chance.random() < 0.5,
            )
            for v in viewers:
                told = {line.ruling.id for line in node.rulings.lines(viewer=v)}
                if not {one, other} <= given[v]:
                    assert ruled.id not in told
                    assert _seen(node, v) == before[v]


def _name(node: Node, document: DocumentId) -> Place:
    """Return where the name of the officer stands in a report."""
    view = node.document(document)
    found = re.search(r"Sam\w Do?ulan\w?", view.extraction.text)
    assert found is not None
    return Place(view.rendition, Span(*found.span()))


def _seen(node: Node, viewer: Viewer) -> tuple[object, ...]:
    """Return what a viewer sees that rulings can change."""
    return (
        node.entities(viewer=viewer),
        node.events(viewer=viewer),
        node.rulings.lines(viewer=viewer),
    )
