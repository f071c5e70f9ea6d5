"""How fast is each station of the line, and how much memory does a thousand reports take?

    script/bench [COUNT]

Makes COUNT varied reports (1,000 unless told, about 5 MB) out of the samples: names,
figures and dates replaced by a seeded choice, paragraphs shuffled, so that no two are copies
by chance. Prints documents per second for intake, reading, ledger with index (weighing), and
the whole `add`, peak memory of the process and of its workers together, and the ratio of
reading to a named peer, Python's own `re` splitting the same text into words.
"""

import json
import os
import random
import re
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tawatur.intake import extract
from tawatur.node import Node
from tawatur.reading import read
from tawatur.samples import paths

_CHARACTERS = 4_000
"""Of each report, about: with Arabic's two bytes a letter a thousand make some 5 MB."""


def varied(count: int, folder: Path) -> list[Path]:
    """Write ``count`` reports into ``folder`` and return their paths; equal on every run."""
    chance = random.Random(1)
    texts = [extract(p.name, p.read_bytes()) for p in paths()]
    blocks: dict[str, list[str]] = {}
    for extraction in texts:
        main = "\n".join(s.of(extraction.text) for s in extraction.main())
        pieces = [b.strip() for b in re.split(r"\n+|(?<=[.؟]) ", main) if len(b.strip()) > 60]
        blocks.setdefault(extraction.language, []).extend(pieces)
    languages = ["ar"] * 6 + ["fr"] * 2 + ["en"] * 2
    made = []
    for number in range(count):
        language = chance.choice(languages)
        lines, size = [f"{_title(language)} {number}"], 0
        while size < _CHARACTERS:
            line = _renumbered(chance.choice(blocks[language]), chance)
            lines.append(line)
            size += len(line)
        path = folder / f"{number:05}.txt"
        path.write_text("\n\n".join(lines), "utf-8")
        made.append(path)
    return made


def _title(language: str) -> str:
    return {"ar": "تقرير رقم", "fr": "Rapport numéro"}.get(language, "Report number")


def _renumbered(text: str, chance: random.Random) -> str:
    """Return ``text`` with its figures and some of its words otherwise."""
    words = re.sub(r"\d{2,4}", lambda m: str(chance.randint(10, 10 ** len(m[0]) - 1)), text).split()
    for _ in range(len(words) // 8):
        words[chance.randrange(len(words))] = chance.choice(words)
    return " ".join(words)


def rate(work: Callable[[], int]) -> float:
    """Return how many things a second ``work`` does, which returns how many it did."""
    began = time.perf_counter()
    count = work()
    return count / (time.perf_counter() - began)


class Memory(threading.Thread):
    """Watches the memory of this process and its children, shared pages counted once."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        super().__init__(daemon=True)
        self.peak = 0
        self.stopped = threading.Event()

    def run(self) -> None:
        """Look five times a second."""
        while not self.stopped.wait(0.2):
            self.peak = max(self.peak, sum(map(_proportional, self.family())))

    @staticmethod
    def family() -> Iterator[int]:
        """Yield the ids of this process and of those below it."""
        return _family(os.getpid())


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _proportional(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0
    return int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1]) * 1024  # type: ignore[index]


def _rebuilt(node: Node, documents: int) -> int:
    node.rebuild()
    return documents


def measure(count: int) -> dict[str, float]:
    """Return the figures, by name."""
    figures: dict[str, float] = {"documents": count}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "reports"
        folder.mkdir()
        reports = varied(count, folder)
        size = sum(p.stat().st_size for p in reports)
        figures["megabytes"] = round(size / 1e6, 2)
        some = reports[: min(count, 150)]
        extractions = [extract(p.name, p.read_bytes()) for p in some[:3]]
        [read(e) for e in extractions]  # tables loaded
        figures["intake, documents/s, one core"] = rate(
            lambda: len([extractions.append(extract(p.name, p.read_bytes())) for p in some])  # type: ignore[func-returns-value]
        )
        extractions = extractions[3:]
        figures["reading, documents/s, one core"] = rate(
            lambda: len([read(e) for e in extractions])
        )
        words = re.compile(r"\w+")
        peer = rate(lambda: len([words.findall(e.text) for e in extractions for _ in range(20)]))
        figures["reading, times the cost of re.findall words"] = (
            peer / figures["reading, documents/s, one core"]
        )
        memory = Memory()
        memory.start()
        with Node.init(Path(name) / "node") as node:
            figures["add (all stations), documents/s"] = rate(lambda: len(node.add(reports).taken))
            seen = node.overview()
            figures["claims"], figures["events"] = seen.claims, seen.events
            figures["conflicts"] = seen.conflicts
            figures["rebuild (index, weighing), documents/s"] = rate(lambda: _rebuilt(node, count))
            more = _one(name)
            figures["one more document, seconds"] = 1 / rate(lambda: len(node.add([more]).taken))
            figures["verify, entries/s"] = rate(lambda: node.verify().size)
            figures["search, seconds"] = 1 / rate(lambda: len(node.search("الحدود")) and 1)
            figures["brief, seconds"] = 1 / rate(lambda: 1 if node.brief(about="الحدود") else 0)
        memory.stopped.set()
        memory.join()
        figures["peak memory of all processes, MB"] = memory.peak / 1e6
        figures["peak memory of the process, MB"] = (
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        )
    return {name: round(value, 3) for name, value in figures.items()}


def _one(name: str) -> Path:
    path = Path(name) / "one-more.txt"
    path.write_text("قال مصدر أمني إن الهجوم أسفر عن مقتل 31 جنديا أمس.", "utf-8")
    return path


def main() -> None:
    """Print the figures as a table, or as JSON with ``--json``."""
    arguments = [a for a in sys.argv[1:] if a != "--json"]
    figures = measure(int(arguments[0]) if arguments else 1_000)
    if "--json" in sys.argv:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:48}{value:>14,.3f}".rstrip("0").rstrip("."))


if __name__ == "__main__":
    main()
