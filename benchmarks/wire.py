"""Does an exchange between nodes lose, double or misdirect anything on lines that do not hold?

Stories drawn by seeds (`tests.simulators.exchanging`): three nodes release, recall and call each
other, while every request is lost, cut, delayed, doubled, reordered or altered at the draw of a
lot, and processes are killed between two steps. When the faults end, each node must have what it
was given, once, and nothing else; all receipts must be back, and every ledger whole. A story
that ends otherwise stops the run with its seed.

    script/bench wire [STORIES] [FIRST SEED]
"""

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.simulators.exchanging import circle
from tests.simulators.proxy import Fault

_TOGETHER = 25
"""Stories that the same nodes live through, one after the other."""


def main(stories: int = 500, first: int = 0) -> None:
    """Play the stories and say what happened in them."""
    began = time.monotonic()
    faults: Counter[Fault] = Counter()
    given = recalled = kills = 0
    for at in range(first, first + stories, _TOGETHER):
        with tempfile.TemporaryDirectory() as folder, circle(Path(folder)) as played:
            for seed in range(at, min(at + _TOGETHER, first + stories)):
                try:
                    played.run(seed, steps=2)
                except AssertionError as why:
                    raise SystemExit(f"story {seed}: {why}") from why
        for line in played.lines.values():
            faults += line.faults
        given += len(played.story.given)
        recalled += len(played.story.recalled)
        kills += played.kills
        done = min(at + _TOGETHER, first + stories) - first
        print(f"{done} stories, {time.monotonic() - began:.0f} s", flush=True)
    print(f"items given {given}, recalled {recalled}, processes killed {kills}")
    for fault, count in sorted(faults.items(), key=lambda each: -each[1]):
        print(f"  {count:6} requests: {fault.value}")
    print("nothing lost, nothing doubled, nothing with the wrong node")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
