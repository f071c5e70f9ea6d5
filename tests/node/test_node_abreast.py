"""An index worked out in several processes is the one that a single process works out."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.simulators.behind import left_behind, no_catching_up

from tawatur.errors import NodeError
from tawatur.node import Node
from tawatur.node.indexing import abreast, index
from tawatur.samples import paths


def _picture(node: Node) -> tuple[object, ...]:
    return (node.documents(), sorted(node.events(), key=lambda e: e.id), node.conflicts())


def test_several_processes_give_what_one_gives(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of documents and of components, whichever process had them."""
    node.add(paths())
    kept = _picture(node)
    monkeypatch.setattr(abreast, "_MANY", 2)
    node.rebuild()
    assert _picture(node) == kept


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have several processes work on a few things in each step, and on the next ones meanwhile."""
    monkeypatch.setattr(abreast, "_MANY", 2)
    monkeypatch.setattr(abreast, "_STEP", 4)
    monkeypatch.setattr(index, "_NODES", 2)
    monkeypatch.setattr(index, "_CLAIMS", 2)


@pytest.mark.usefixtures("small_steps")
def test_what_is_worked_on_ahead_gives_what_one_step_gives(node: Node, tmp_path: Path) -> None:
    """Each of the later steps of a kind takes up what was begun in the one before."""
    left_behind(node, tmp_path / "more", 30)
    node._upkeep.catch_up()
    ahead = _picture(node)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(abreast, "_MANY", 10**6)
        patch.setattr(abreast, "_STEP", 256)
        node._index._abreast.end()
        node.rebuild()
    assert _picture(node) == ahead


@pytest.mark.usefixtures("small_steps")
def test_what_was_worked_on_ahead_counts_if_nothing_came_between(
    node: Node, tmp_path: Path
) -> None:
    """What another process erased meanwhile does not come back."""
    left_behind(node, tmp_path / "more", 30)
    node._index.settle(lambda: True)
    (gone,) = node._index.db.execute("SELECT document FROM stale LIMIT 1").fetchone()
    with Node.open(node.folder) as other, no_catching_up(other):
        other.erase(gone, why="a promise to a source")
    node._upkeep.catch_up()
    held = "SELECT count(*) FROM {0} WHERE document = ?"
    counts = [
        node._index.db.execute(held.format(table), (gone,)).fetchone()[0]
        for table in ("words", "claims")
    ]
    assert counts == [0, 0]


def test_a_process_that_is_ended_from_outside_is_told() -> None:
    """Its work is refused in words, and the next is done by new processes."""
    several = abreast.Abreast(None, Path.cwd)
    try:
        with pytest.raises(NodeError, match="ended from outside"):
            list(several.map(_killed, [1]))
        assert list(several.map(_sum, range(9))) == [10 * n for n in range(9)]
    finally:
        several.end()


_BEGUN = """
import operator, os, time
from tawatur.node.indexing.abreast import Abreast
several = Abreast(None, os.getpid)
print(*set(several.map(operator.add, [0] * 40)), flush=True)
time.sleep(600)
"""


def test_processes_end_with_whoever_started_them() -> None:
    """However that ends: killed, it had no time to end them itself."""
    command = [sys.executable, "-c", _BEGUN]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        beside = [int(pid) for pid in started.stdout.readline().split()]
        assert beside
        assert any(map(_runs, beside))
        started.kill()
    end = time.monotonic() + 30
    while any(map(_runs, beside)):
        assert time.monotonic() < end
        time.sleep(0.05)


def _runs(process: int) -> bool:
    """Whether a process does; one that ended may wait for somebody to ask how."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text("ascii")
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def _killed(_: object, __: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _sum(opened: object, number: int) -> int:
    assert opened == Path.cwd()
    return 10 * number
