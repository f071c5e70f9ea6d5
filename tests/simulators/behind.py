"""A node that is behind: commands were cut off before they worked in what they wrote."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tawatur.node import Node

_TOWNS = ("Widril", "Kasmar", "Ordeth", "Belqan", "Tamrit", "Zoghra")


def reports(folder: Path, count: int) -> list[Path]:
    """Write so many invented reports in a new folder; some tell of one event."""
    folder.mkdir()
    for number in range(count):
        town = _TOWNS[number % len(_TOWNS)]
        (folder / f"{number}.txt").write_text(
            f"{town}, 6 May 2021. Colonel Hadi Marw{number}an told reporters that the army "
            f"attacked {town} on 3 May. At least {number % 7 + 2} soldiers were killed, the mayor "
            "said."
        )
    return sorted(folder.iterdir())


@contextmanager
def no_catching_up(node: Node) -> Iterator[None]:
    """Have commands end where they would work in what they wrote."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(node._upkeep), "catch_up", lambda self, progress=None: None)
        yield


def left_behind(node: Node, folder: Path, count: int) -> None:
    """Take reports in as a command does that is cut off before it works them out."""
    with no_catching_up(node), pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(node._index), "_derive", lambda self, documents: False)
        node.add(reports(folder, count))
        node._upkeep.applied()


def nothing_beside(node: Node) -> None:
    """Have nothing worked in beside a node that answers at once."""
    beside = node._upkeep._beside
    assert beside is not None
    beside.end()
