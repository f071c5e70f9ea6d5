"""How many web pages a second does intake read, and does a page cost the same in a large archive?

    script/bench intake [COUNT] [--seconds N] [--plot FILE] [--json]

Makes COUNT invented pages of 30 KB (10,000 unless told; see ``benchmarks.webpages``) in a
temporary folder and reads each with ``intake.extract``, in one process and in four; the
same pages with trafilatura alone, the peer. Prints pages per second, the peak memory of all
processes, how much of the reports either finds and how much of what it takes is report.
Then the cost of a page among the first hundredth, tenth and all of COUNT times ten (the
pages again and again), and the cost of ``add``, all stations, as the node grows: for
``--seconds`` at most (600), so that the last size told is what was reached. ``--plot``
writes the two costs as an SVG.
"""

import argparse
import json
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
from benchmarks.stations import Memory
from benchmarks.webpages import web_page

from tawatur.intake import extract
from tawatur.node import Node

PROCESSES = (1, 4)
_SCORED = 400  # pages on which it is looked at what was found
_BATCH = 50
_ALONE = 10  # one process reads so many times fewer pages: its rate needs no more
_SIZES = (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)

Costs = list[tuple[int, float]]
"""Documents so far, and the milliseconds that each of the last ones took."""


def main_text(content: bytes) -> str:
    """Return what intake takes for the report."""
    taken = extract("page.html", content)
    return "\n".join(span.of(taken.text) for span in taken.main())


def peer(content: bytes) -> str:
    """Return what trafilatura alone takes for it."""
    return trafilatura.extract(content, include_comments=False) or ""


READERS: dict[str, Callable[[bytes], str]] = {"tawatur": main_text, "trafilatura": peer}


def _read(reader: str, paths: Sequence[Path]) -> int:
    for path in paths:
        READERS[reader](path.read_bytes())
    return len(paths)


def rate(reader: str, paths: Sequence[Path], processes: int) -> tuple[float, float]:
    """Return pages per second, and the peak of all processes' memory in MB."""
    with ProcessPoolExecutor(processes, get_context("forkserver")) as pool:
        warm = [pool.submit(_read, reader, paths[:_BATCH]) for _ in range(2 * processes)]
        for each in warm:
            each.result()
        memory = Memory()
        memory.start()
        began = time.perf_counter()
        batches = list(_batches(paths))
        done = sum(pool.map(_read, [reader] * len(batches), batches))
        wall = time.perf_counter() - began
        memory.stopped.set()
        memory.join()
    return done / wall, memory.peak / 1e6


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


def page_costs(paths: Sequence[Path], seconds: float) -> Costs:
    """Return what a page costs as more and more were read by the same four workers."""
    costs: Costs = []
    whole = 10 * len(paths)
    sizes = [whole // 100, whole // 10, whole]
    endless, done = cycle(paths), 0
    until = time.perf_counter() + seconds
    with ProcessPoolExecutor(max(PROCESSES), get_context("forkserver")) as pool:
        for size in sizes:
            began = time.perf_counter()
            batches = list(_batches(islice(endless, size - done)))
            for _ in pool.map(_read, ["tawatur"] * len(batches), batches):
                if time.perf_counter() > until:
                    pool.shutdown(wait=False, cancel_futures=True)
                    return costs
            costs.append((size, 1e3 * (time.perf_counter() - began) / (size - done)))
            done = size
    return costs


def add_costs(folder: Path, seconds: float) -> Costs:
    """Return what adding a page costs as a node grows: news where data are set, wrapped."""
    costs: Costs = []
    until = time.perf_counter() + seconds
    told, done = _articles(), 0
    with Node.init(folder / "node") as node:
        for size in _SIZES:
            paths = [_written(folder, n, next(told)) for n in range(done, size)]
            spent = 0.0
            for some in _batches(paths, 100):
                began = time.perf_counter()
                node.add(some, processes=max(PROCESSES))
                spent += time.perf_counter() - began
                if time.perf_counter() > until:
                    return costs
            costs.append((size, 1e3 * spent / (size - done)))
            done = size
    return costs


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


def plotted(lines: dict[str, Costs]) -> str:
    """Return an SVG of costs by size, both axes logarithmic."""
    from math import log10  # noqa: PLC0415 - of the plot alone

    points = [point for costs in lines.values() for point in costs]
    low, high = min(log10(ms) for _, ms in points), max(log10(ms) for _, ms in points)
    floor, ceiling = int(low // 1), int(high // 1) + 1
    left, right, top, bottom = 70, 620, 20, 300
    first, last = 2, 5

    def x(size: float) -> float:
        return left + (right - left) * (log10(size) - first) / (last - first)

    def y(ms: float) -> float:
        return bottom - (bottom - top) * (log10(ms) - floor) / (ceiling - floor)

    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 350" font-size="13">']
    for power in range(first, last + 1):
        at = x(10**power)
        out.append(f'<path d="M{at:.0f} {top}V{bottom}" stroke="#ddd"/>')
        out.append(f'<text x="{at:.0f}" y="320" text-anchor="middle">{10**power:,}</text>')
    for power in range(floor, ceiling + 1):
        at = y(10**power)
        out.append(f'<path d="M{left} {at:.0f}H{right}" stroke="#ddd"/>')
        out.append(f'<text x="60" y="{at + 4:.0f}" text-anchor="end">{10**power:g} ms</text>')
    for (name, costs), colour in zip(lines.items(), ("#1b6ca8", "#b4472e"), strict=False):
        if not costs:
            continue
        path = " ".join(f"{x(size):.1f},{y(ms):.1f}" for size, ms in costs)
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        size, ms = costs[-1]
        out.append(f'<text x="{x(size) + 8:.0f}" y="{y(ms) + 4:.0f}" fill="{colour}">{name}</text>')
    out.append('<text x="345" y="342" text-anchor="middle">documents so far</text></svg>')
    return "\n".join(out) + "\n"


def measure(count: int, seconds: float) -> tuple[dict[str, float], dict[str, Costs]]:
    """Return the figures by name, and the costs by size."""
    figures: dict[str, float] = {"pages": count, "cores": len(os.sched_getaffinity(0))}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [_written(folder, number) for number in range(count)]
        figures["bytes of a page"] = sum(p.stat().st_size for p in paths) / count
        for processes in PROCESSES:
            some = paths if processes > 1 else paths[: max(_BATCH, count // _ALONE)]
            rates = {}
            for reader in READERS:
                what = f"{reader}, {processes} process{'es' if processes > 1 else ''}"
                rates[reader], memory = rate(reader, some, processes)
                figures[f"{what}, pages/s"] = rates[reader]
                figures[f"{what}, peak memory of all, MB"] = memory
            figures[f"ratio to trafilatura, {processes}"] = rates["tawatur"] / rates["trafilatura"]
        for reader in READERS:
            found, right = quality(reader, min(count, _SCORED))
            figures[f"{reader}, share of the reports found"] = found
            figures[f"{reader}, share of what it takes that is report"] = right
        costs = {"a page read": page_costs(paths, seconds)}
    with tempfile.TemporaryDirectory() as name:
        costs["a page added"] = add_costs(Path(name), seconds)
    return figures, costs


def main() -> None:
    """Print the figures; see the module."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("count", type=int, nargs="?", default=10_000)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    figures, costs = measure(given.count, given.seconds)
    if given.plot is not None:
        given.plot.write_text(plotted(costs), "utf-8")
    if given.json:
        print(json.dumps({"figures": figures, "costs": costs}))
        return
    for name, value in figures.items():
        print(f"{name:56}{value:>12,.3f}".rstrip("0").rstrip("."))
    for name, sizes in costs.items():
        for size, ms in sizes:
            print(f"{name + f', {size:,} so far':56}{ms:>12,.2f} ms")


if __name__ == "__main__":
    main()
