"""A part of a list is that part of the whole list, whatever is hidden from whoever asks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tawatur import samples
from tawatur.model.account import AccountRole, Person
from tawatur.model.claim import Verdict
from tawatur.model.ids import ActorId
from tawatur.node import Node

pytestmark = pytest.mark.usefixtures("each_store")


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    """Give a node that holds the first reports, of which one is in a compartment."""
    with Node.init(tmp_path / "node", name="Observer") as opened:
        opened.add(samples.paths()[:6])
        told = max(opened.documents(), key=lambda line: line.claims)
        opened.labels.change(told.id, {"compartments": frozenset({"BLUE"})})
        yield opened


def others(node: Node) -> Node:
    """Return the node as somebody sees it who was let into no compartment."""
    reader = frozenset({AccountRole.READER})
    return node.asked_by(Person(ActorId("a-2"), "Layla", node.id, reader, frozenset()))


def test_a_part_of_a_list_is_that_part_of_the_whole(node: Node) -> None:
    """Of events, conflicts, near misses and gaps; the counts are those of the whole."""
    assert 0 < others(node).event_count() < node.event_count()
    assert node.gap_count() > 0
    for seen in (node, others(node)):
        for limit, offset in ((3, 0), (4, 3), (50, 2), (5, 9_000)):
            part = slice(offset, offset + limit)
            assert seen.events(limit=limit, offset=offset) == seen.events()[part]
            assert seen.conflicts(limit=limit, offset=offset) == seen.conflicts()[part]
            assert seen.gaps(limit=limit, offset=offset) == seen.gaps()[part]
            assert seen.near_misses(limit=limit) == seen.near_misses()[:limit]
        assert seen.event_count() == len(seen.events())
        assert seen.pair_counts() == (len(seen.conflicts()), len(seen.near_misses()))
        assert seen.gap_count() == len(seen.gaps())


def test_a_rejected_claim_is_no_gap(node: Node) -> None:
    """Taken back, it is one again."""
    gap, count = node.gaps()[0], node.gap_count()
    act = node.reviewing.judge(gap.claim, Verdict.REJECT)
    assert node.gap_count() == count - 1
    node.reviewing.undo(act.entries)
    assert node.gap_count() == count
