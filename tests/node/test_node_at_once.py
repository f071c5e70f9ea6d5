"""A node that answers at once shows what was worked in last, and nothing that may not be seen."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.simulators.behind import left_behind, no_catching_up, nothing_beside, reports

from tawatur.model.claim import Status, Verdict
from tawatur.model.ids import NodeId
from tawatur.model.label import Tlp, Viewer
from tawatur.node import Node

WAIT = 60
MOST = 0.3
"""Seconds of a processor that one page may take while reports come."""


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    """Give a node that holds twelve reports."""
    with Node.init(tmp_path / "node", command="test") as made:
        made.add(reports(tmp_path / "first", 12))
        yield made


@pytest.fixture
def pages(node: Node) -> Iterator[Node]:
    """Give the same node, open again, as pages ask it."""
    with Node.open(node.folder, command="serve") as served:
        served.answer_at_once()
        yield served


def picture(node: Node) -> tuple[object, ...]:
    """Return what there is to see."""
    return (
        {line.id for line in node.documents()},
        {claim.id: (claim.status, claim.content) for claim in node.claims()},
        set(node.events()),
        set(node.conflicts()),
        set(node.entities()),
        {(bar.id, bar.status) for bar in node.charts.bars()},
    )


def test_what_came_is_worked_in_beside(node: Node, pages: Node, tmp_path: Path) -> None:
    """A listing shows what was worked in last, and all of it in the end; the line says so."""
    before = picture(pages)
    left_behind(node, tmp_path / "more", 30)
    assert len(pages.documents()) <= 42
    assert pages.live.coming() > 0
    until = time.monotonic() + WAIT
    while pages.live.coming() and time.monotonic() < until:
        time.sleep(0.05)
        pages.overview()
    after = picture(pages)
    assert before != after
    node.rebuild()
    assert after == picture(node) == picture(pages)


def test_what_was_never_worked_in_is_in_no_listing(node: Node, pages: Node, tmp_path: Path) -> None:
    """And what is listed is as it was; asking costs no more than usual."""
    before = picture(pages)
    nothing_beside(pages)
    left_behind(node, tmp_path / "more", 30)
    assert picture(pages) == before
    assert pages.overview().documents == len(pages.documents()) == 12


def test_a_judgement_counts_at_once(node: Node, pages: Node, tmp_path: Path) -> None:
    """Whoever gave it, while much else waits; its event is there, and nothing else moves."""
    nothing_beside(pages)
    left_behind(node, tmp_path / "more", 30)
    claim, other = pages.claims()[:2]
    events = {event.id for event in pages.events() if other.id not in event.claims}
    assert pages.judge(claim.id, Verdict.ACCEPT).status is Status.ACCEPTED
    assert pages.claim(claim.id).status is Status.ACCEPTED
    assert pages.claim_count(Status.ACCEPTED) == 1
    with no_catching_up(node):
        node.judge(other.id, Verdict.REJECT, why="it is not said there")
    assert pages.claim(other.id).status is Status.REJECTED
    assert {event.id for event in pages.events()} >= events
    assert pages.live.coming() > 0


def test_what_is_erased_is_gone_from_the_next_page(node: Node, pages: Node, tmp_path: Path) -> None:
    """With its claims and its words in events, while much else waits."""
    nothing_beside(pages)
    gone = node.documents()[0]
    words = {claim.id for claim in node.claims(document=gone.id)}
    left_behind(node, tmp_path / "more", 30)
    with no_catching_up(node):
        node.erase(gone.id, why="the source asked for it")
    assert gone.id not in {line.id for line in pages.documents()}
    assert words.isdisjoint(claim.id for claim in pages.claims())
    assert all(words.isdisjoint(event.claims) for event in pages.events())
    assert all(gone.id not in event.documents for event in pages.events())
    assert pages.live.coming() > 0


def test_a_right_withdrawn_is_gone_from_the_next_page(
    node: Node, pages: Node, tmp_path: Path
) -> None:
    """A partner sees no word more of what was closed to them, while much else waits."""
    nothing_beside(pages)
    partner, line = Viewer(NodeId("n-partner")), node.documents()[0]
    node.labels.change(line.id, {"tlp": Tlp.GREEN}, also=[partner.party])
    assert [seen.id for seen in pages.documents(viewer=partner)] == [line.id]
    left_behind(node, tmp_path / "more", 30)
    with no_catching_up(node):
        node.labels.change(line.id, {}, no_more=[partner.party])
    assert pages.documents(viewer=partner) == ()
    assert pages.claims(viewer=partner) == ()
    assert pages.events(viewer=partner) == ()
    assert pages.live.coming() > 0


def test_a_page_waits_for_no_intake(node: Node, pages: Node, tmp_path: Path) -> None:
    """Asked again and again while three hundred reports come, it costs what it costs at rest."""
    more = reports(tmp_path / "more", 300)
    command = [
        sys.executable,
        "-m",
        "tawatur",
        "--node",
        str(node.folder),
        "add",
        str(more[0].parent),
    ]
    costs = []
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ) as adding:
        while adding.poll() is None:
            began = time.thread_time()
            pages.overview()
            pages.documents(limit=20)
            pages.events(limit=20)
            costs.append(time.thread_time() - began)
            time.sleep(0.1)
    assert adding.returncode == 0
    assert len(costs) > 10
    assert max(costs) < MOST
    assert picture(pages)[0] == picture(node)[0]
    node.rebuild()
    assert picture(node) == picture(pages)
