"""What do time line, map and network cost with 20,000 events: to make, and to move in a browser?

    script/bench charts [CLAIMS] [--node FOLDER]

A node's ledger is filled by an invented press (``benchmarks.press``) whose places are real
towns, 45,000 claims on some 20,000 events unless told otherwise, or a node made before is
taken. Then, of each page: the time that the server takes the first time after a change and
from then on (median and 99th percentile of 40), bytes sent, script sent (compressed), and in
Chromium the milliseconds of scripting in each frame while a hand drags the drawing for two
seconds, from a trace of the browser (95th percentile and most). What painting takes is printed
beside it, and judged by nobody without a graphics card. Prints a table as Markdown.
"""

import argparse
import gzip
import json
import queue
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import httpx
from benchmarks import press
from benchmarks.weighing import Archive
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

import tawatur.reading
from tawatur.node import Node
from tawatur.web import serve
from tawatur.web.visits import STATIC

_CLAIMS = 45_000
_TIMES = 40
_DRAGS = 120  # movements of a hand, one each frame
_PAGES = (
    "/timeline",
    "/timeline?since=2015&until=2016",
    "/timeline?type=ASSAULT",
    "/map",
    "/map?at=30,10,4.00",
    "/actors",
)


def towns() -> list[str]:
    """Return towns that the reader knows, for the press to write of."""
    table = Path(tawatur.reading.__file__).parent / "tables/names/cities.tsv"
    rows = [line.split("\t") for line in table.read_text("utf-8").splitlines()[3:]]
    return [row[3].split("|")[0] for row in rows if len(row) > 3 and row[3]]


def filled(folder: Path, claims: int) -> None:
    """Make a node of so many claims in ``folder``, its index worked out."""
    press._PLACES[:] = towns()  # noqa: SLF001 - the same press, of places that are on the map
    archive = Archive(folder, press.Press())
    archive.grow(claims)
    archive.node.rebuild()
    archive.node.close()


def served(node: Node) -> str:
    """Serve a node; return the link that opens it."""
    links: queue.Queue[str] = queue.Queue()
    threading.Thread(
        target=serve, args=(node,), kwargs={"port": 0, "announce": links.put}, daemon=True
    ).start()
    return links.get(timeout=60)


def asked(client: httpx.Client, address: str) -> tuple[float, str]:
    """Return milliseconds until a page was there, and the page."""
    began = time.perf_counter()
    text = client.get(address).text
    return (time.perf_counter() - began) * 1000, text


def script_of(page: str) -> int:
    """Return the bytes of script that a page has fetched, compressed."""
    names = set(re.findall(r'src="/static/([^"]+\.js)"', page))
    names |= {"vendor/moving.js"} if names & {"vendor/map.js", "vendor/timeline.js"} else set()
    return sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in names)


def dragged(browser: Browser, context: BrowserContext, address: str) -> dict[str, float] | None:
    """Return milliseconds by frame while a hand drags what an address draws; None if it cannot."""
    page = context.new_page()
    page.goto(address)
    page.wait_for_timeout(1500)
    area = page.locator(".live")
    if not area.count():
        page.close()
        return None
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace.json"
        browser.start_tracing(page=page, path=trace, categories=["devtools.timeline"])
        _drag(page)
        browser.stop_tracing()
        events = json.loads(trace.read_text("utf-8"))["traceEvents"]
    page.close()
    return _frames(events)


def _drag(page: Page) -> None:
    box = page.locator(".live").bounding_box()
    assert box is not None  # noqa: S101 - it was counted before
    x, y = box["x"] + box["width"] / 2, box["y"] + 60
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(_DRAGS):
        page.mouse.move(x + 3 * (step if step < _DRAGS / 2 else _DRAGS - step), y)
        page.wait_for_timeout(12)
    page.mouse.up()


def _frames(events: list[dict[str, Any]]) -> dict[str, float]:
    """Return what script and painting took between one frame and the next."""
    script = {"FunctionCall", "EventDispatch", "FireAnimationFrame", "TimerFire", "EvaluateScript"}
    paint = {"Paint", "Layerize", "PrePaint", "Layout", "UpdateLayoutTree", "Commit"}
    frames = sorted(e["ts"] for e in events if e.get("name") == "FireAnimationFrame")
    spent: dict[str, list[float]] = {"script": [], "paint": []}
    for first, last in pairwise(frames):
        within = [e for e in events if e.get("ph") == "X" and first <= e["ts"] < last]
        for kind, names in (("script", script), ("paint", paint)):
            outer = _outermost([e for e in within if e["name"] in names])
            spent[kind].append(sum(e.get("dur", 0) for e in outer) / 1000)
    return {
        "frames": float(len(frames)),
        "script p95": _high(spent["script"], 95),
        "script most": max(spent["script"], default=0.0),
        "paint p95": _high(spent["paint"], 95),
    }


def _outermost(events: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield events that lie in no other, so that no time counts twice."""
    end = 0.0
    for event in sorted(events, key=lambda e: (e["ts"], -e.get("dur", 0))):
        if event["ts"] >= end:
            end = event["ts"] + event.get("dur", 0)
            yield event


def _high(values: list[float], percent: int) -> float:
    return quantiles(values, n=100)[percent - 1] if len(values) > 1 else max(values, default=0.0)


def measured(node: Node) -> Iterator[str]:
    """Yield the rows of the table."""
    link = served(node)
    base = link.split("/start")[0]
    chromium = next(p for n in ("chromium", "chromium-browser") if (p := shutil.which(n)))
    with httpx.Client(base_url=base, timeout=300) as client, sync_playwright() as play:
        client.get(link, follow_redirects=True)
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        cookies = [{"name": k, "value": v, "url": base} for k, v in client.cookies.items()]
        context.add_cookies(cookies)  # type: ignore[arg-type]  # a dict of three is one
        for address in _PAGES:
            first, text = asked(client, address)
            times = [asked(client, address)[0] for _ in range(_TIMES)]
            row = f"| `{address}` | {first:.0f} | {median(times):.0f} | {_high(times, 99):.0f} "
            row += f"| {len(text.encode()) / 1000:.0f} | {script_of(text) / 1000:.0f} "
            moved = dragged(browser, context, base + address)
            if moved is None:
                yield row + "| - | - | - |"
            else:
                yield (
                    f"{row}| {moved['script p95']:.1f} | {moved['script most']:.1f} "
                    f"| {moved['paint p95']:.1f} |"
                )
        browser.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("claims", type=int, nargs="?", default=_CLAIMS)
    parser.add_argument("--node", type=Path, help="a node made before, kept; made if not there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.node or Path(folder) / "node"
        if not path.exists():
            filled(path, given.claims)
        with Node.open(path) as node:
            seen = node.overview()
            print(f"{seen.claims:,} claims, {seen.events:,} events, {seen.conflicts:,} conflicts\n")
            print(
                "| Page | first, ms | median, ms | p99, ms | kB | script, kB compressed "
                "| script per frame p95, ms | most, ms | painting p95, ms |"
            )
            print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
            for row in measured(node):
                print(row, flush=True)


if __name__ == "__main__":
    main()
