"""A part of a list is that part of the whole list, whatever is hidden from whoever asks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tawatur import samples
from tawatur.model.account import AccountRole, Person
from tawatur.model.claim import Verdict
from tawatur.model.ids import ActorId
from tawatur.node import Node


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """Give a node that holds the first reports, of which one is in a compartment."""
    folder: Path = tmp_path_factory.mktemp("paging") / "node"
    with Node.init(folder, name="Observer") as opened:
        opened.add(samples.paths()[:6])
        told = max(opened.documents(), key=lambda line: line.claims)
        opened.labels.change(told.id, {"compartments": frozenset({"BLUE"})})
        yield opened


@pytest.fixture(params=["everything", "not what is in a compartment"])
def seen(node: Node, request: pytest.FixtureRequest) -> Node:
    """Return the node as somebody sees it."""
    if request.param == "everything":
        return node
    reader = frozenset({AccountRole.READER})
    return node.asked_by(Person(ActorId("a-2"), "Layla", node.id, reader, frozenset()))


@pytest.mark.parametrize(("limit", "offset"), [(3, 0), (4, 3), (50, 2), (5, 9_000)])
def test_a_part_of_a_list_is_that_part_of_the_whole(seen: Node, limit: int, offset: int) -> None:
    """Of events, conflicts, near misses and gaps; the counts are those of the whole."""
    part = slice(offset, offset + limit)
    assert seen.events(limit=limit, offset=offset) == seen.events()[part]
    assert seen.conflicts(limit=limit, offset=offset) == seen.conflicts()[part]
    assert seen.gaps(limit=limit, offset=offset) == seen.gaps()[part]
    assert seen.near_misses(limit=limit) == seen.near_misses()[:limit]
    assert seen.event_count() == len(seen.events())
    assert seen.pair_counts() == (len(seen.conflicts()), len(seen.near_misses()))
    assert seen.gap_count() == len(seen.gaps())


def test_something_is_hidden_and_something_is_not(node: Node) -> None:
    """So that the parts say something."""
    reader = Person(ActorId("a-2"), "Layla", node.id, frozenset({AccountRole.READER}), frozenset())
    assert 0 < node.asked_by(reader).event_count() < node.event_count()
    assert node.gap_count() > 0


def test_a_rejected_claim_is_no_gap(node: Node) -> None:
    """Taken back, it is one again."""
    gap, count = node.gaps()[0], node.gap_count()
    act = node.reviewing.judge(gap.claim, Verdict.REJECT)
    assert node.gap_count() == count - 1
    node.reviewing.undo(act.entries)
    assert node.gap_count() == count
