"""Addresses and feeds on the command line, from a web site on this machine."""

import gzip
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.simulators.site import Site, dripping, in_turn, page, serving_site

from tawatur.cli.fetching import follow
from tawatur.node import Node
from tawatur.settings import Network, load, save

REPORT = "<html><title>Zakar</title><p>The minister said that twelve were killed at Zakar.</p>"
FEED = """<rss version="2.0"><channel><item><link>/report</link></item>
<item><link>/gone</link></item><item><link>/busy</link></item></channel></rss>"""


@pytest.fixture(autouse=True)
def _interruptible() -> Iterator[None]:
    """Commands can be interrupted, even where the tests were begun as a background job."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def site() -> Iterator[Site]:
    """A site with a feed of three entries, of which one can be had."""
    pages = {
        "/report": page(REPORT),
        "/feed": page(FEED, Content_Type="application/rss+xml"),
        "/busy": page("x", 500),
    }
    with serving_site(pages) as served:
        yield served


@pytest.fixture
def folder(tmp_path: Path, site: Site) -> Path:
    """A node that may fetch from the site."""
    path = tmp_path / "node"
    Node.init(path).close()
    network = Network(allowed=True, private=(site.place,), pause=0.0)
    save(path, replace(load(path), network=network))
    return path


def _begun(folder: Path, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tawatur", "--node", str(folder), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1"},
    )


def _done(folder: Path, *words: str) -> tuple[int, list[str], list[str]]:
    process = _begun(folder, *words)
    out, err = process.communicate(timeout=120)
    return process.returncode, out.splitlines(), err.splitlines()


def test_add_takes_an_address(folder: Path, site: Site) -> None:
    """The document shows from where it came; the same again is held."""
    assert _done(folder, "add", site.url("/report")) == (
        0,
        ["1 taken, 0 already held, 0 refused"],
        [],
    )
    assert _done(folder, "add", site.url("/report"))[1] == ["0 taken, 1 already held, 0 refused"]
    with Node.open(folder) as node:
        (line,) = node.documents()
    (came,) = (x for x in _done(folder, "document", line.id)[1] if x.startswith("taken in"))
    assert came.count(site.url("/report")) == 1
    assert ", fetched from there 20" in came
    assert came.endswith(", with a record (`tawatur evidence`)")
    out = str(folder.parent / "report.warc.gz")
    assert _done(folder, "evidence", line.id, "-o", out) == (0, [f"wrote {out}"], [])
    assert gzip.decompress(Path(out).read_bytes()).startswith(b"WARC/1.1\r\n")
    assert _done(folder, "add", site.url("/gone")) == (
        3,
        ["0 taken, 0 already held, 1 refused"],
        [f"refused {site.url('/gone')}: {site.place} answered 404"],
    )


def test_watch_once_says_what_came(folder: Path, site: Site) -> None:
    """A line for each entry, a count, and what a crontab needs: the exit status."""
    status, out, err = _done(folder, "watch", site.url("/feed"), "--once")
    assert status == 3
    assert out[0].startswith("taken in: d-")
    assert out[0].endswith(site.url("/report"))
    assert out[1:] == ["1 taken, 0 already held, 1 refused, 1 to be tried again"]
    assert err[0] == f"refused {site.url('/gone')}: {site.place} answered 404"
    assert err[1].startswith(f"not yet {site.url('/busy')}: {site.place} answered 500; tried again")
    assert _done(folder, "watch", site.url("/feed"), "--once") == (0, ["nothing new"], [])


def _followed(folder: Path, site: Site, *, rounds: int, pause: float) -> list[float]:
    """Return the pauses between rounds of a feed; the last is interrupted."""
    paused: list[float] = []

    def sleep(seconds: float) -> None:
        paused.append(seconds)
        if len(paused) == rounds:
            raise KeyboardInterrupt

    with Node.open(folder) as node:
        follow(node.watch(site.url("/feed")), pause, sleep)
    return paused


def test_a_feed_that_cannot_be_had_is_asked_less_often(folder: Path, site: Site) -> None:
    """Twice as long each time, as long as it says, a day at most; then as before."""
    there, fault = site.pages["/feed"], page("x", 500)
    site.pages["/feed"] = in_turn(fault, fault, page("x", 429, Retry_After="9000"), there)
    assert _followed(folder, site, rounds=5, pause=900.0) == [1800.0, 3600.0, 9000.0, 900.0, 900.0]
    site.pages["/feed"] = fault
    assert _followed(folder, site, rounds=9, pause=900.0)[-2:] == [86400.0, 86400.0]


def test_a_feed_that_another_command_follows_is_left_alone(folder: Path, site: Site) -> None:
    """For this round."""
    with Node.open(folder) as other:
        rounds = other.watch(site.url("/feed")).round()
        next(rounds)
        assert _followed(folder, site, rounds=2, pause=900.0) == [900.0, 900.0]


def test_watch_ends_in_the_middle_of_a_page(folder: Path, site: Site) -> None:
    """What is on its way is dropped; what came before is kept."""
    site.pages["/gone"] = dripping(0.2)
    process = _begun(folder, "watch", site.url("/feed"))
    assert process.stdout is not None
    assert process.stdout.readline().startswith("taken in")
    while "/gone" not in site.asked:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (0, "stopped; what came is kept\n", "")


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_watch_ends_cleanly_when_interrupted(folder: Path, site: Site, kind: int) -> None:
    """Between two rounds: what came is kept and said, no trace of the program is shown."""
    process = _begun(folder, "watch", site.url("/feed"), "--every", "1h")
    assert process.stdout is not None
    shown = [process.stdout.readline() for _ in range(2)]
    assert shown[1].startswith("1 taken")
    process.send_signal(kind)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert out == "stopped; what came is kept\n"
    assert "Traceback" not in err
    with Node.open(folder) as node:
        assert len(node.documents()) == 1
        node.verify()
