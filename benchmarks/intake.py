"""How many web pages a second does intake read, and does a page cost the same in a large archive?

    script/bench intake [COUNT] [--seconds N] [--full] [--processes N] [--plot FILE]

Makes COUNT invented pages of 30 KB (10,000 unless told; see ``benchmarks.webpages``) in a
temporary folder and reads each with ``intake.extract``, in one process and in four; the
same pages with trafilatura alone, the peer. Prints pages per second, by the clock and of
processor time (which tells more on a machine that others use), the peak memory of all
processes, how much of the reports either finds and how much of what it takes is report.
Then what a page costs, in milliseconds of processor time, among the first 1,000, 3,000,
10,000 and 30,000 (and 100,000 with ``--full``; the COUNT pages again and again), and what one
more page costs the node itself in ``add`` (entries, index, weighing; the workers' reading knows
no archive) as it grows: for ``--seconds`` each at most (600), so that the last size told is
what was reached.
``--plot`` writes the two costs as an SVG.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path

import trafilatura
from benchmarks.copies import news
from benchmarks.plot import Costs, plotted
from benchmarks.stations import Memory
from benchmarks.webpages import web_page

from tawatur.intake import extract
from tawatur.node import Node

PROCESSES = (1, 4)
_SCORED = 400  # pages on which it is looked at what was found
_BATCH = 50
_ALONE = 10  # one process reads so many times fewer pages: its rate needs no more
_SIZES = (1_000, 3_000, 10_000, 30_000)
_FULL = 100_000


def main_text(content: bytes) -> str:
    """Return what intake takes for the report."""
    taken = extract("page.html", content)
    return "\n".join(span.of(taken.text) for span in taken.main())


def peer(content: bytes) -> str:
    """Return what trafilatura alone takes for it."""
    return trafilatura.extract(content, include_comments=False) or ""


READERS: dict[str, Callable[[bytes], str]] = {"tawatur": main_text, "trafilatura": peer}


def _read(reader: str, paths: Sequence[Path]) -> float:
    """Return the seconds of processor time that the pages took; runs in a worker."""
    began = time.process_time()
    for path in paths:
        READERS[reader](path.read_bytes())
    return time.process_time() - began


def rate(reader: str, paths: Sequence[Path], processes: int) -> tuple[float, float, float]:
    """Return pages per second, per second of processor time, and the peak memory of all in MB."""
    with ProcessPoolExecutor(processes, get_context("forkserver")) as pool:
        warm = [pool.submit(_read, reader, paths[:_BATCH]) for _ in range(2 * processes)]
        for each in warm:
            each.result()
        memory = Memory()
        memory.start()
        began = time.perf_counter()
        batches = list(_batches(paths))
        spent = sum(pool.map(_read, [reader] * len(batches), batches))
        wall = time.perf_counter() - began
        memory.stopped.set()
        memory.join()
    return len(paths) / wall, len(paths) / spent, memory.peak / 1e6


def quality(reader: str, count: int) -> tuple[float, float]:
    """Return the share of the reports found, and the share of what was taken that is report."""
    found = wanted = said = 0
    for number in range(count):
        page = web_page(number)
        taken = _squeezed(READERS[reader](page.content))
        paragraphs = [_squeezed(paragraph) for paragraph in page.report]
        found += sum(len(p) for p in paragraphs if p in taken)
        wanted += sum(map(len, paragraphs))
        said += len(taken)
    return found / wanted, min(1.0, found / max(1, said))


def page_costs(
    paths: Sequence[Path], sizes: Iterable[int], processes: int, seconds: float
) -> Iterator[tuple[int, float]]:
    """Yield what a page costs as more and more were read by the same workers."""
    endless, done = cycle(paths), 0
    until = time.perf_counter() + seconds
    with ProcessPoolExecutor(processes, get_context("forkserver")) as pool:
        for size in sizes:
            spent = 0.0
            batches = list(_batches(islice(endless, size - done)))
            for each in pool.map(_read, ["tawatur"] * len(batches), batches):
                spent += each
                if time.perf_counter() > until:
                    pool.shutdown(wait=False, cancel_futures=True)
                    return
            yield size, 1e3 * spent / (size - done)
            done = size


def add_costs(
    folder: Path, sizes: Iterable[int], processes: int, seconds: float
) -> Iterator[tuple[int, float]]:
    """Yield what adding a page costs a node as it grows: news where data are set, wrapped."""
    until = time.perf_counter() + seconds
    told, done = _articles(), 0
    with Node.init(folder / "node") as node:
        for size in sizes:
            paths = [_written(folder, n, next(told)) for n in range(done, size)]
            spent = 0.0
            for some in _batches(paths, 100):
                before = time.process_time()
                node.add(some, processes=processes)
                spent += time.process_time() - before
                if time.perf_counter() > until:
                    return
            yield size, 1e3 * spent / (size - done)
            done = size


def _batches(paths: Iterable[Path], size: int = _BATCH) -> Iterator[list[Path]]:
    remaining = iter(paths)
    while some := list(islice(remaining, size)):
        yield some


def _articles() -> Iterator[tuple[str, ...] | None]:
    """Yield reports for the pages; None for the page's own where no data are set."""
    if not os.environ.get("TAWATUR_EVAL_DATA"):
        while True:
            yield None
    for title, text in news():
        yield (title, *(line for line in text.splitlines() if line.strip()))


def _written(folder: Path, number: int, report: tuple[str, ...] | None = None) -> Path:
    path = folder / f"{number:06}.html"
    path.write_bytes(web_page(number, report).content)
    return path


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def page_figures(paths: Sequence[Path]) -> Iterator[tuple[str, float]]:
    """Yield the figures of the pages at ``paths`` by name, each when it is known."""
    yield "pages", len(paths)
    yield "cores", len(os.sched_getaffinity(0))
    yield "bytes of a page", sum(p.stat().st_size for p in paths) / len(paths)
    for processes in PROCESSES:
        some = paths if processes > 1 else paths[: max(_BATCH, len(paths) // _ALONE)]
        per_second = {}
        for reader in READERS:
            what = f"{reader}, {processes} process{'es' if processes > 1 else ''}"
            wall, per_second[reader], memory = rate(reader, some, processes)
            yield f"{what}, pages/s", wall
            yield f"{what}, pages per second of processor time", per_second[reader]
            yield f"{what}, peak memory of all, MB", memory
        ratio = per_second["tawatur"] / per_second["trafilatura"]
        yield f"ratio to trafilatura, {processes}", ratio
    for reader in READERS:
        found, right = quality(reader, min(len(paths), _SCORED))
        yield f"{reader}, share of the reports found", found
        yield f"{reader}, share of what it takes that is report", right


def main() -> None:
    """Print the figures; see the module."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("count", type=int, nargs="?", default=10_000)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--processes", type=int, default=max(PROCESSES))
    parser.add_argument("--plot", type=Path)
    given = parser.parse_args()
    sizes = (*_SIZES, _FULL) if given.full else _SIZES
    how = (sizes, given.processes, given.seconds)
    costs: dict[str, Costs] = {}
    with tempfile.TemporaryDirectory() as name:
        paths = [_written(Path(name), number) for number in range(given.count)]
        for what, value in page_figures(paths):
            print(f"{what:60}{value:>12,.3f}".rstrip("0").rstrip("."), flush=True)
        costs["a page read"] = _told("a page read", page_costs(paths, *how))
    with tempfile.TemporaryDirectory() as name:
        costs["a page added"] = _told("a page added", add_costs(Path(name), *how))
    if given.plot is not None:
        given.plot.write_text(plotted(costs, "documents so far"), "utf-8")


def _told(name: str, costs: Iterable[tuple[int, float]]) -> Costs:
    kept = []
    for size, ms in costs:
        print(f"{name + f', {size:,} so far':60}{ms:>12,.2f} ms", flush=True)
        kept.append((size, ms))
    return kept


if __name__ == "__main__":
    main()
