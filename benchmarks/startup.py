"""How long does a person wait for a command that has little to do?

    script/bench startup

Best of five of each command on a node of the twelve samples, wall clock and processor time,
and how many times as long as the peer: the same Python, doing nothing (`python -c pass`).
Modules are compiled beforehand, as they are where a package is installed.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tawatur import init
from tawatur.samples import paths

_TIMES = 5

PEER = ("-c", "pass")
COMMANDS = (
    ("--version",),
    ("--help",),
    ("documents",),
    ("claims",),
    ("status",),
    ("search", "الحدود"),
    ("verify",),
)


def seconds(words: tuple[str, ...], node: Path) -> tuple[float, float]:
    """Return the shortest wall clock and processor time of ``python`` with ``words``."""
    found = []
    for _ in range(_TIMES + 1):
        began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, *words],
            env={
                **{k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"},
                "PYTHONPYCACHEPREFIX": str(node.parent / "compiled"),
                "TAWATUR_NODE": str(node),
            },
            stdout=subprocess.DEVNULL,
            check=True,
        )
        wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        found.append((wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime))
    walls, processor = zip(*found[1:], strict=True)  # the first compiles
    return min(walls), min(processor)


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        node = Path(folder) / "node"
        with init(node) as made:
            made.add(paths())
        peer, _ = seconds(PEER, node)
        print(f"{'':24}{'wall, s':>10}{'processor, s':>14}{'times python -c pass':>22}")
        for words in COMMANDS:
            wall, processor = seconds(("-m", "tawatur", *words), node)
            print(f"{' '.join(words):24}{wall:>10.3f}{processor:>14.3f}{wall / peer:>22.1f}")


if __name__ == "__main__":
    main()
