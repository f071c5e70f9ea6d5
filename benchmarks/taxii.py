"""What TAXII costs, beside medallion: pages, pulls, posts.

``python -m benchmarks.taxii [--sizes 1000,10000] [--peer-sizes 1000]``. A node is filled with
so many objects, two thirds of them not for the partner who asks, and served by ``tawatur serve
--taxii``; ``taxii_bench.py`` (in ``measure/taxii`` of TAWATUR_EVAL_DATA) asks it over HTTP with
a password. medallion keeps its objects in memory; OpenTAXII needs another SQLAlchemy than this
environment may hold, and is measured by the README there. Floors at a million objects: a page
of 100 under 15 ms at any depth, last by first under 1.3, one object under 10 ms, 30,000 objects
a second at 1,000 a page, 5,000 a second posted in thousands, 300 MB, 16 clients without an error.
"""

import argparse
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from tawatur import settings
from tawatur.model.ids import NodeId
from tawatur.model.label import Label, Terms
from tawatur.node import Node
from tawatur.sharing.parcels import Parcel, parcel_of

_STEPS = ("first:30", "manifest:30", "one:30", "pull", "after:30", "load:16x20", "rss")
_MANY = 9_000
COLUMNS = (
    "first ms", "last/first", "manifest ms", "one ms", "pull/s at 100", "pull/s at 1000",
    "post/s", "16 clients/s", "MiB",
)  # fmt: skip


def measure() -> Path:
    """Return the folder of the measuring programs."""
    folder = Path(os.environ.get("TAWATUR_EVAL_DATA", "/nowhere")) / "measure" / "taxii"
    if not folder.is_dir():
        sys.exit("TAWATUR_EVAL_DATA names no folder with measure/taxii")
    return folder


def fill(folder: Path, count: int) -> tuple[str, str]:
    """Make a node with so many objects; return the collection that is asked, and the password."""
    sys.path.insert(0, str(measure()))
    from stix_gen import objects  # type: ignore[import-not-found]  # noqa: PLC0415 - of that folder

    with Node.init(folder / "theirs", name="Theirs") as theirs:
        card = theirs.partners.sealed_card()
    with Node.init(folder / "ours", name="Ours") as ours:
        partner = ours.partners.add(card).id
        secret, line = ours.taxii.account("bench", partner, password=True)
        told = replace(ours.settings, taxii=settings.Taxii(accounts=(line,), requests_per_minute=0))
        inbox = next(each.id for each in ours.taxii.collections() if each.alias == "inbox")
        others = [Label.of(Terms(ours.id, audience=frozenset({NodeId(f"n-{n}")}))) for n in "ab"]
        labels = [Label.of(Terms(ours.id, audience=frozenset({partner}))), *others]
        texts = (json.dumps(each, ensure_ascii=False).encode() for each in objects(count))
        while some := list(itertools.islice(texts, _MANY)):
            parcels = [p for p in map(parcel_of, some) if isinstance(p, Parcel)]
            for at, label in enumerate(labels):
                ours.taxii.shelves.put(inbox, parcels[at::3], label)
    settings.save(folder / "ours", told)
    return inbox, secret


@contextmanager
def running(command: list[str], port: int, **more: Any) -> Iterator[int]:
    """Run a server until it is no longer needed; give its process."""
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more
    ) as server:
        try:
            for _ in range(600):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/taxii2/", timeout=60).close()
                except urllib.error.HTTPError:
                    break  # it asks who asks
                except OSError:
                    time.sleep(0.2)
                else:
                    break
            yield server.pid
        finally:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()


def asked(url: str, auth: str, pid: int, *steps: str, limit: int) -> dict[str, dict[str, Any]]:
    """Return what the measuring program found, by step."""
    who = ["--auth", auth] if ":" in auth else ["--header", f"Authorization:{auth}"]
    ran = subprocess.run(
        [sys.executable, measure() / "taxii_bench.py", "--url", url, *who, "--pid", str(pid),
         "--limit", str(limit), "--fresh", *steps],
        stdout=subprocess.PIPE, text=True, check=False, timeout=1800,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    rows = [json.loads(line) for line in ran.stdout.splitlines()]
    return {row["step"].partition(":")[0]: row for row in rows}


def figures(url: str, auth: str, pid: int, post: str) -> list[str]:
    """Return one line of the table."""
    small = asked(url, auth, pid, *_STEPS, limit=100)
    large = asked(url, auth, pid, "pull", limit=1000)
    posted = asked(url, auth, pid, f"post:{post}", "rss", limit=1000)

    def told(rows: dict[str, dict[str, Any]], step: str, name: str) -> Any:
        return rows.get(step, {}).get(name, "-")

    first, last = (told(small, step, "median_ms") for step in ("first", "after"))
    ratio = round(last / first, 2) if "-" not in (first, last) else "-"
    found = (
        first, ratio, told(small, "manifest", "median_ms"), told(small, "one", "median_ms"),
        told(small, "pull", "objects_per_s"), told(large, "pull", "objects_per_s"),
        told(posted, "post", "objects_per_s"), told(small, "load", "requests_per_s"),
        told(posted, "rss", "mib"),
    )  # fmt: skip
    return list(map(str, found))


def ours(count: int) -> list[str]:
    """Return the figures of a node with so many objects."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inbox, secret = fill(folder, count)
        port = _free()
        command = [sys.executable, "-m", "tawatur", "-n", str(folder / "ours"), "serve", "--taxii",
                   "--port", str(port)]  # fmt: skip
        url = f"http://127.0.0.1:{port}/tawatur/collections/{inbox}/"
        with running(command, port) as pid:
            return figures(url, f"bench:{secret}", pid, "20")


def medallion(count: int) -> list[str]:
    """Return the figures of medallion's memory back end with so many objects."""
    with tempfile.TemporaryDirectory() as folder:
        port = _free()
        seed = [sys.executable, str(measure() / "medallion_seed.py"), str(count), folder, str(port)]
        subprocess.run(seed, check=True, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
        command = [sys.executable, "-m", "medallion.scripts.run", f"{folder}/config.json",
                   "--port", str(port)]  # fmt: skip
        url = f"http://127.0.0.1:{port}/api1/collections/91a7b528-80eb-42ed-a74d-c6fbd5a26116/"
        with running(command, port) as pid:
            return figures(url, "user:pass", pid, "2")


def _free() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000,1000000")
    parser.add_argument("--peer-sizes", default="1000")
    given = parser.parse_args()
    print("objects", "server", *COLUMNS, sep="\t")
    for size in map(int, given.sizes.split(",")):
        print(size, "tawatur", *ours(size), sep="\t", flush=True)
    for size in map(int, filter(None, given.peer_sizes.split(","))):
        print(size, "medallion", *medallion(size), sep="\t", flush=True)


if __name__ == "__main__":
    main()
