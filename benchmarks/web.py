"""How long does the server take for a page of a large node?

    script/bench web [CLAIMS] [--folder FOLDER] [--times N]

A node of so many claims (100,000 unless told) is filled by an invented press and its index
built, or taken from FOLDER, where it is also kept for the next time. Then each page is asked
for N times (50), one after the other, in this process, with the collector of the language held as
`serve` holds it: what a browser adds is not in it. The last row is a judgement in the queue with
the page of the next proposal. Prints a table as Markdown: milliseconds by the clock and of a
processor, of each the middle and the 99th of a hundred, and kilobytes. Then in Chromium, of a
served node: from a key until the next proposal is shown, and until a first page can be used.
"""

import argparse
import html
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.press import Press
from benchmarks.web_charts import served
from benchmarks.weighing import Archive
from fastapi.testclient import TestClient
from httpx import Response
from playwright.sync_api import sync_playwright

from tawatur.node import Node
from tawatur.web import app
from tawatur.web.pauses import short_pauses

HERE = {"sec-fetch-site": "same-origin"}


def filled(folder: Path, claims: int) -> Node:
    """Return the node in ``folder``; one that is not there is made."""
    if (folder / "tawatur.toml").exists():
        return Node.open(folder)
    archive = Archive(folder, Press())
    archive.grow(claims)
    archive.node.rebuild()
    return archive.node


def pages(node: Node) -> list[str]:
    """Return the addresses that are measured."""
    (line,) = node.documents(limit=1)
    claim = node.claims(document=line.id)[0]
    word = max(claim.quote.split(), key=len)
    return [
        "/",
        "/documents",
        "/documents?page=100",
        f"/documents/{line.id}",
        "/claims",
        "/claims?status=proposed&page=40",
        f"/claims?q={word}",
        "/review",
        "/review?language=fr&type=ASSAULT",
        "/review/shares",
        "/review/differing",
        f"/search?q={word}",
        f"/search/typed?q={word[:4]}",
        "/commitments",
        "/requests",
        "/events",
        "/events?page=300",
        f"/events?q={word}",
        f"/events?since={claim.published or '2021'}",
        "/events?contested=yes",
        f"/events/{node.events(limit=1)[0].id}",
        "/conflicts",
        f"/conflicts/{node.conflicts(limit=1)[0].id}",
        "/gaps",
        "/boards",
        "/entities",
        "/briefs",
        "/state",
        "/timeline",
        "/map",
        "/actors",
        "/live",
        "/sources",
    ]


def measured(ask: Callable[[], Response], times: int) -> str:
    """Return the columns of a row: see the module."""
    clock, processor, size = [], [], 0
    ask()  # what is kept from then on is made
    for _ in range(times):
        began, worked = time.perf_counter(), time.process_time()
        answer = ask()
        clock.append(1e3 * (time.perf_counter() - began))
        processor.append(1e3 * (time.process_time() - worked))
        assert answer.status_code == 200, answer.url  # noqa: S101 - a measure of nothing else
        size = len(answer.content)
    columns = (f"{median(of):.0f} | {_late(of):.0f}" for of in (clock, processor))
    return f"{' | '.join(columns)} | {size // 1000}"


def _late(taken: list[float]) -> float:
    """Return the 99th of a hundred."""
    return sorted(taken)[len(taken) * 99 // 100]


def judged(client: TestClient) -> Response:
    """Accept the proposal that is shown first; return the page of the next."""
    page = client.get("/review").text
    claim = re.search(r'data-claim="(c-\w+)"', page)
    fields = dict(re.findall(r'name="(csrf|here|seen)" value="([^"]*)"', page))
    assert claim is not None  # noqa: S101 - more wait than are asked for
    answer: Response = client.post(
        f"/review/{claim[1]}",
        data={"act": "accept", **{k: html.unescape(v) for k, v in fields.items()}},
        headers=HERE,
    )
    return answer


def in_browser(node: Node, times: int) -> Iterator[str]:
    """Yield what a person waits for in Chromium, in words."""
    link = served(node)
    base = link.split("/start", maxsplit=1)[0]
    chromium = next(p for n in ("chromium", "chromium-browser") if (p := shutil.which(n)))
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(link)
        usable = []
        for _ in range(times // 5):
            page.goto(f"{base}/")
            usable.append(
                page.evaluate(
                    "performance.timing.domContentLoadedEventEnd"
                    " - performance.timing.navigationStart"
                )
            )
        yield f"first page usable: {median(usable):.0f} ms"
        for key, what in (("n", "next"), ("a", "accepted, and the next")):
            page.goto(f"{base}/review")
            waits = []
            for _ in range(times):
                page.wait_for_timeout(150)  # nobody reads faster, and the page takes root
                waits.append(page.evaluate(_UNTIL_ANOTHER, key))
            late = sorted(waits)[len(waits) * 95 // 100]
            yield f"{what}, from the key until it is shown: {median(waits):.0f} ms, p95 {late:.0f}"
        browser.close()


_UNTIL_ANOTHER = """key => new Promise((done) => {
  const before = document.querySelector("#review [data-claim]").dataset.claim;
  const began = performance.now();
  const look = () => {
    const now = document.querySelector("#review [data-claim]");
    const other = now !== null && now.dataset.claim !== before;
    if (other) requestAnimationFrame(() => done(performance.now() - began));
    else requestAnimationFrame(look);
  };
  document.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  look();
})"""


def main() -> None:
    """Print the table; see the module."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("claims", type=int, nargs="?", default=100_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--times", type=int, default=50)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, short_pauses():
        node = filled(given.folder or Path(name) / "node", given.claims)
        client = TestClient(app(node, "once"), base_url="http://127.0.0.1")
        client.get("/start?token=once")
        print(f"{node.claim_count():,} claims in {node.overview().documents:,} documents\n")
        print("| page | middle, ms | p99, ms | processor, middle, ms | p99, ms | KB |")
        print("|---|---:|---:|---:|---:|---:|", flush=True)
        for address in pages(node):
            row = measured(partial(client.get, address), given.times)
            print(f"| `{address[:40]}` | {row} |", flush=True)
        row = measured(partial(judged, client), given.times)
        print(f"| shown, judged, and the next shown | {row} |\n", flush=True)
        for said in in_browser(node, given.times):
            print(said, flush=True)
        node.close()


if __name__ == "__main__":
    main()
