"""An index worked out in several processes is the one that a single process works out."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tawatur.errors import NodeError
from tawatur.node import Node
from tawatur.node.indexing import abreast
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
