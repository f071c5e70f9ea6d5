"""An index worked out in several processes is the one that a single process works out."""

import os
import signal
from pathlib import Path

import pytest

from tawatur.errors import NodeError
from tawatur.node import Node, abreast
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


def _killed(_: object, __: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _sum(opened: object, number: int) -> int:
    assert opened == Path.cwd()
    return 10 * number
