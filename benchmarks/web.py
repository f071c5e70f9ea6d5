"""How long does the server take for a page of a large node?

    script/bench web [CLAIMS] [--folder FOLDER] [--times N]

A node of so many claims (100,000 unless told) is filled by an invented press and its index
built, or taken from FOLDER, where it is also kept for the next time. Then each page is asked
for N times (50), one after the other, in this process: what a browser adds is not in it. The
last row is a judgement in the queue with the page of the next proposal. Prints a table as
Markdown: milliseconds, the middle and the 99th of a hundred, and kilobytes.
"""

import argparse
import html
import re
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.press import Press
from benchmarks.weighing import Archive
from fastapi.testclient import TestClient
from httpx import Response

from tawatur.node import Node
from tawatur.web import app

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
        "/review",
        "/review?language=fr&type=ASSAULT",
        "/review/shares",
        "/review/differing",
        f"/search?q={word}",
        f"/search/typed?q={word[:4]}",
        "/commitments",
        "/requests",
        "/sources",
    ]


def measured(ask: Callable[[], Response], times: int) -> tuple[float, float, int]:
    """Return the middle and the 99th of a hundred, in milliseconds, and the size in kilobytes."""
    taken, size = [], 0
    for _ in range(times):
        began = time.perf_counter()
        answer = ask()
        taken.append(1e3 * (time.perf_counter() - began))
        assert answer.status_code == 200, answer.url  # noqa: S101 - a measure of nothing else
        size = len(answer.content)
    taken.sort()
    return taken[len(taken) // 2], taken[len(taken) * 99 // 100], size // 1000


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


def main() -> None:
    """Print the table; see the module."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("claims", type=int, nargs="?", default=100_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--times", type=int, default=50)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        node = filled(given.folder or Path(name) / "node", given.claims)
        client = TestClient(app(node, "once"), base_url="http://127.0.0.1")
        client.get("/start?token=once")
        print(f"{node.claim_count():,} claims in {node.overview().documents:,} documents\n")
        print("| page | middle, ms | p99, ms | KB |")
        print("|---|---|---|---|", flush=True)
        for address in pages(node):
            middle, late, size = measured(partial(client.get, address), given.times)
            print(f"| `{address[:40]}` | {middle:.0f} | {late:.0f} | {size} |", flush=True)
        middle, late, size = measured(partial(judged, client), given.times)
        print(f"| shown, judged, and the next shown | {middle:.0f} | {late:.0f} | {size} |")
        node.close()


if __name__ == "__main__":
    main()
