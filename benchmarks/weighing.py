"""What does weighing cost as an archive grows: from nothing, and for one document more?

    script/bench weighing [CLAIMS …] [--additions N] [--copies N] [--views N] [--plot FILE]

For each number of claims (1,000, 10,000 and 100,000 unless told) a node's ledger is filled by
an invented press (``benchmarks.press``), readings included, so that no reader is measured; then
its index is rebuilt: seconds by the clock, processor seconds of all processes together, and
their peak memory. At the largest the cost of N additions (500), one document each, until the
node can show it; and at the smallest after that what a document costs that joins two events of
which one is told by N copies of one text (10,000). Then N viewers (20) ask for all events of
the node of 10,000 claims, each of whom a third of the documents is hidden from, one after the
other, and again. Prints the tables as Markdown; ``--plot`` writes the cost of a claim as an SVG.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from benchmarks.plot import plotted
from benchmarks.press import Press, Report
from benchmarks.stations import Memory

from tawatur.model.entry import Draft
from tawatur.model.ids import ActorId, DocumentId, NodeId
from tawatur.model.label import Label, Terms, Viewer
from tawatur.node import Node
from tawatur.node.drafting import Drafter
from tawatur.node.folder import Folder, keys_of
from tawatur.node.views import Incoming

_SIZES = (1_000, 10_000, 100_000)
_VIEWED = 10_000
_BATCH = 200  # reports appended at once
_COMMUNITIES, _SEEN = 12, 8
"""Documents go to one of so many communities, of which a viewer belongs to so many."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What something took: seconds by the clock and of processors, megabytes at the most."""

    wall: float
    processor: float
    memory: float


class Archive:
    """A node whose ledger is filled without a reader."""

    def __init__(self, folder: Path, press: Press, audiences: int = 0) -> None:
        """Make a node in a new folder.

        Args:
            folder: Where.
            press: Where reports come from.
            audiences: To how many communities, in turn, documents are given.
        """
        self.node = Node.init(folder)
        self._reports = press.reports()
        key = keys_of(Folder(folder)).ids
        writer = replace(self.node.person, actor=ActorId("a-press"))
        self._drafter = Drafter(self.node.id, writer, key, _now, os.urandom)
        self._labels = [
            Label.of(Terms(self.node.id, audience=frozenset(_members(number))))
            for number in range(audiences)
        ]
        self.documents = self.claims = 0

    def grow(self, claims: int) -> None:
        """Append reports to the ledger until it holds so many claims."""
        while self.claims < claims:
            self.append(islice(self._reports, min(_BATCH, 1 + (claims - self.claims) // 10)))

    def append(self, reports: Iterable[Report]) -> list[DocumentId]:
        """Append reports to the ledger in one step; return their documents."""
        drafts: list[Draft] = []
        documents = []
        for report in reports:
            label = self._labels[self.documents % len(self._labels)] if self._labels else None
            content = report.extraction.text.encode()
            thing = Incoming("report.txt", "the press")
            document = self._drafter.document_id(content)
            rendition, text = self._drafter.rendition(document, report.extraction)
            reading = self._drafter.reading(rendition, report.reading)
            drafts += [self._drafter.acquisition(thing, content, label=label), text, reading]
            documents.append(document)
            self.documents += 1
            self.claims += len(report.reading.claims)
        self.node.ledger.append(drafts)
        return documents

    def add(self, reports: Iterable[Report]) -> tuple[float, float]:
        """Append reports; return what it took until the node could show the last of them.

        Returns:
            Seconds by the clock, and of a processor.
        """
        began, before = time.perf_counter(), time.process_time()
        documents = self.append(reports)
        self.node.document(documents[-1])
        return time.perf_counter() - began, time.process_time() - before

    def additions(self, count: int) -> list[tuple[float, float]]:
        """Return what each of so many additions of one report took, as `add`."""
        return [self.add([report]) for report in islice(self._reports, count)]


def spent(work: Callable[[], object]) -> Spent:
    """Return what ``work`` takes, in this process and in those that it starts."""
    memory = Memory()
    memory.start()
    wall, processor = time.perf_counter(), _processor()
    work()
    wall, processor = time.perf_counter() - wall, _processor() - processor
    memory.stopped.set()
    memory.join()
    return Spent(wall, processor, memory.peak / 1e6)


def _processor() -> float:
    """Return the processor seconds of this process and of those below it so far."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    alive = sum(_seconds_of(pid) for pid in Memory.family())
    return ended.ru_utime + ended.ru_stime + alive


def _seconds_of(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _now() -> datetime:
    return datetime.now(UTC)


def _party(number: int) -> NodeId:
    return NodeId(f"n-{number:02}")


def _members(community: int, views: int = 64) -> Iterator[NodeId]:
    """Yield the viewers who belong to a community: to two of three, each to others."""
    for number in range(views):
        if (community * (2 * number + 1) + number) % _COMMUNITIES < _SEEN:
            yield _party(number)


def rebuilds(folder: Path, sizes: Iterable[int]) -> Iterator[tuple[Archive, Spent]]:
    """Yield an archive of each size, and what it took to rebuild its index."""
    for size in sizes:
        archive = Archive(folder / str(size), Press())
        archive.grow(size)
        yield archive, spent(archive.node.rebuild)


def _tell_additions(archive: Archive, count: int) -> None:
    size, costs = archive.claims, archive.additions(count)
    print(f"\n{count} additions of one document at {size:,} claims:\n")
    print("| seconds | median | p99 | longest |")
    print("|---|---|---|---|")
    for what, each in zip(
        ("by the clock", "of a processor"), zip(*costs, strict=True), strict=True
    ):
        sorted_ = sorted(each)
        late = sorted_[len(sorted_) * 99 // 100]
        print(f"| {what} | {sorted_[len(sorted_) // 2]:.3f} | {late:.3f} | {sorted_[-1]:.3f} |")
    sys.stdout.flush()


def _tell_join(folder: Path, copies: int) -> None:
    press = Press()
    archive = Archive(folder / "copies", press)
    one, other, joining = press.chained()
    held = list(press.copies(one, copies))
    for start in range(0, copies, _BATCH):
        archive.append(held[start : start + _BATCH])
    archive.append(press.copies(other, 5))
    taken = spent(archive.node.rebuild)
    seconds, processor = archive.add(press.copies(joining, 1))
    largest = max(len(event.claims) for event in archive.node.events())
    print(
        f"\n{copies:,} copies of one text are worked out in {taken.wall:.0f} s "
        f"({taken.processor:.0f} s of processors); one document that joins their event with "
        f"another: {seconds:.2f} s ({processor:.2f} s of a processor). The largest event has "
        f"{largest:,} claims.",
        flush=True,
    )
    archive.node.close()


def _tell_views(folder: Path, views: int) -> None:
    archive = Archive(folder / "views", Press(), _COMMUNITIES)
    archive.grow(_VIEWED)
    archive.node.rebuild()
    viewers = [Viewer(_party(number)) for number in range(views)]

    def asked() -> list[float]:
        return [_seconds(archive.node, viewer) for viewer in viewers]

    first, again = asked(), asked()
    archive.grow(archive.claims + 1)
    after = asked()
    print(f"\n{views} viewers of {archive.claims:,} claims, a third hidden from each:\n")
    print("| all events asked for | the first viewer | a later one, in the middle | all |")
    print("|---|---|---|---|")
    for what, costs in (("the first time", first), ("again", again), ("one document on", after)):
        later = sorted(costs[1:])
        print(
            f"| {what} | {costs[0]:.2f} s | {later[len(later) // 2]:.2f} s | {sum(costs):.1f} s |"
        )
    sys.stdout.flush()
    archive.node.close()


def _seconds(node: Node, viewer: Viewer) -> float:
    began = time.perf_counter()
    node.events(viewer=viewer)
    return time.perf_counter() - began


def main() -> None:
    """Print the tables; see the module."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("claims", type=int, nargs="*", default=list(_SIZES))
    parser.add_argument("--additions", type=int, default=500)
    parser.add_argument("--copies", type=int, default=10_000)
    parser.add_argument("--views", type=int, default=20)
    parser.add_argument("--plot", type=Path)
    given = parser.parse_args()
    costs = []
    load = os.getloadavg()[0]
    print(f"{len(os.sched_getaffinity(0))} cores, {load:.1f} others at work at the beginning\n")
    print("| claims | documents | rebuild, s | of processors, s | a claim, ms | peak memory, MB |")
    print("|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for archive, taken in rebuilds(folder, given.claims):
            each = 1e3 * taken.processor / archive.claims
            costs.append((archive.claims, each))
            print(
                f"| {archive.claims:,} | {archive.documents:,} | {taken.wall:.1f} "
                f"| {taken.processor:.1f} | {each:.2f} | {taken.memory:.0f} |",
                flush=True,
            )
            if archive.claims >= max(given.claims) and given.additions:
                _tell_additions(archive, given.additions)
            archive.node.close()
        if given.plot is not None:
            given.plot.write_text(plotted({"a claim rebuilt": costs}, "claims"), "utf-8")
        if given.copies:
            _tell_join(folder, given.copies)
        if given.views:
            _tell_views(folder, given.views)


if __name__ == "__main__":
    main()
