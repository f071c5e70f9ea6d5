"""What TAXII costs, beside medallion and OpenTAXII: pages, pulls, posts.

``python -m benchmarks.taxii [--sizes 1000,10000] [--peer-sizes 1000] [--ledgers sqlite]``. For
each size a node is made with its ledger in SQLite and one with its ledger in PostgreSQL, on a
server of the bench's own that writes to the disk before it answers. It is filled with so many
objects, two thirds of them not for the partner who asks, and served by ``tawatur serve
--taxii``; ``taxii_bench.py`` (in ``measure/taxii`` of TAWATUR_EVAL_DATA) asks it over HTTP with
a password. medallion keeps its objects in memory. OpenTAXII needs another SQLAlchemy than this
environment may hold and has its own, made once from the package index; it keeps its objects in
SQLite and is asked without a password. What a peer has not answered in two minutes is "-".

Beside what the clock says stands what the server's processor does in a second: the program that
asks parses every page while the server waits. Its own limit is the row "bare socket", which
sends pages of the same bytes and does nothing else. Floors at a million objects: a page
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
import threading
import time
import urllib.error
import urllib.request
import venv
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.ledger.support_postgres import serving

from tawatur import settings
from tawatur.model.ids import NodeId
from tawatur.model.label import Label, Terms
from tawatur.node import Node
from tawatur.sharing.parcels import Parcel, parcel_of

_STEPS = ("first:30", "manifest:30", "one:30", "pull", "after:30", "load:16x20", "rss")
_MANY = 9_000
_PATIENCE_S = 120
_OPENTAXII = ("opentaxii==0.9.3", "sqlalchemy<2", "gunicorn")
COLUMNS = (
    "first ms", "last/first", "manifest ms", "one ms", "pull/s at 100", "pull/s at 1000",
    "by processor", "post/s", "by processor", "16 clients/s", "MiB",
)  # fmt: skip
_ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
_OPENTAXII_CONFIG = """
domain: localhost
auth_api:
  class: opentaxii.auth.sqldb.SQLDatabaseAPI
  parameters: {{db_connection: "sqlite:///{0}/auth.db", create_tables: yes, secret: bench}}
taxii1:
taxii2:
  title: bench
  public_discovery: true
  max_content_length: 104857600
  allow_custom_properties: true
  persistence_api:
    class: opentaxii.persistence.sqldb.Taxii2SQLDatabaseAPI
    parameters: {{db_connection: "sqlite:///{0}/data.db", create_tables: yes}}
"""


def measure() -> Path:
    """Return the folder of the measuring programs."""
    folder = Path(os.environ.get("TAWATUR_EVAL_DATA", "/nowhere")) / "measure" / "taxii"
    if not folder.is_dir():
        sys.exit("TAWATUR_EVAL_DATA names no folder with measure/taxii")
    return folder


def fill(folder: Path, count: int, ledger: str = "sqlite") -> tuple[str, str]:
    """Make a node with so many objects; return the collection that is asked, and the password."""
    from stix_gen import objects  # noqa: PLC0415 - of that folder

    with Node.init(folder / "theirs", name="Theirs") as theirs:
        card = theirs.partners.sealed_card()
    with Node.init(folder / "ours", name="Ours", ledger=ledger) as ours:
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
    """Return what the measuring program found, by step; from one that takes too long on, none."""
    found: dict[str, dict[str, Any]] = {}
    began = _processor(pid)
    who = ["--auth", auth] if auth else []
    with subprocess.Popen(
        [sys.executable, measure() / "taxii_bench.py", "--url", url, *who, "--pid", str(pid),
         "--limit", str(limit), "--fresh", *steps],
        stdout=subprocess.PIPE, text=True, env=_ENVIRONMENT,
    ) as ran:  # fmt: skip
        (late := threading.Timer(_PATIENCE_S, ran.kill)).start()
        for line in ran.stdout or ():
            late.cancel()
            (late := threading.Timer(_PATIENCE_S, ran.kill)).start()
            row = json.loads(line)
            ended = _processor(pid)
            found[row["step"].partition(":")[0]] = {**row, "processor_s": ended - began}
            began = ended
        late.cancel()
    return found


def _processor(pid: int) -> float:
    """Return the seconds of processor that a process and those below it have had."""
    seconds = 0.0
    with suppress(FileNotFoundError):
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        seconds = (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        seconds += sum(map(_processor, map(int, below)))
    return seconds


def figures(url: str, auth: str, pid: int, post: int) -> list[str]:
    """Return one line of the table."""
    small = asked(url, auth, pid, *_STEPS, limit=100)
    large = asked(url, auth, pid, "pull", limit=1000)
    posted = asked(url, auth, pid, f"post:{post}", "rss", limit=1000)

    def told(rows: dict[str, dict[str, Any]], step: str, name: str) -> Any:
        return rows.get(step, {}).get(name, "-")

    def worked(rows: dict[str, dict[str, Any]], step: str, count: Any) -> Any:
        seconds = rows.get(step, {}).get("processor_s")
        return round(count / seconds) if seconds and count != "-" else "-"

    first, last = (told(small, step, "median_ms") for step in ("first", "after"))
    ratio = round(last / first, 2) if "-" not in (first, last) else "-"
    found = (
        first, ratio, told(small, "manifest", "median_ms"), told(small, "one", "median_ms"),
        told(small, "pull", "objects_per_s"), told(large, "pull", "objects_per_s"),
        worked(large, "pull", told(large, "pull", "objects")),
        told(posted, "post", "objects_per_s"),
        worked(posted, "post", told(posted, "post", "accepted")),
        told(small, "load", "requests_per_s"),
        told(posted, "rss", "mib"),
    )  # fmt: skip
    return list(map(str, found))


def ours(count: int, ledger: str) -> list[str]:
    """Return the figures of a node with so many objects, whose ledger is kept there."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inbox, secret = fill(folder, count, ledger)
        port = _free()
        command = [sys.executable, "-m", "tawatur", "-n", str(folder / "ours"), "serve", "--taxii",
                   "--port", str(port)]  # fmt: skip
        url = f"http://127.0.0.1:{port}/tawatur/collections/{inbox}/"
        with running(command, port) as pid:
            return figures(url, f"bench:{secret}", pid, 20)


def medallion(count: int) -> list[str]:
    """Return the figures of medallion's memory back end with so many objects."""
    with tempfile.TemporaryDirectory() as folder:
        port = _free()
        seed = [sys.executable, str(measure() / "medallion_seed.py"), str(count), folder, str(port)]
        subprocess.run(seed, check=True, env=_ENVIRONMENT)
        command = [sys.executable, "-m", "medallion.scripts.run", f"{folder}/config.json",
                   "--port", str(port)]  # fmt: skip
        url = f"http://127.0.0.1:{port}/api1/collections/91a7b528-80eb-42ed-a74d-c6fbd5a26116/"
        with running(command, port) as pid:
            return figures(url, "user:pass", pid, 2)


def opentaxii(count: int) -> list[str]:
    """Return the figures of OpenTAXII's SQLite back end with so many objects."""
    programs = Path(".tools/opentaxii").absolute() / "bin"
    if not (programs / "gunicorn").exists():
        venv.create(programs.parent, with_pip=True)
        install = [str(programs / "pip"), "install", "-qq", *_OPENTAXII]
        subprocess.run(install, check=True)
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.yml"
        config.write_text(_OPENTAXII_CONFIG.format(folder))
        told = {**_ENVIRONMENT, "OPENTAXII_CONFIG": str(config), "PYTHONPATH": str(measure())}
        script = str(Path(__file__).with_name("opentaxii_seed.py"))
        seed = [str(programs / "python"), script, str(count)]
        said = subprocess.run(seed, check=True, env=told, stdout=subprocess.PIPE, text=True)
        root, collection = said.stdout.split()[-2:]
        port = _free()
        command = [str(programs / "gunicorn"), "-w", "1", "-b", f"127.0.0.1:{port}",
                   "-t", "600", "otx_wsgi:app"]  # fmt: skip
        url = f"http://127.0.0.1:{port}/taxii2/{root}/collections/{collection}/"
        with running(command, port, cwd=folder, env=told) as pid:
            return figures(url, "", pid, 2)


def bare_socket(count: int) -> list[str]:
    """Return what the measuring program can take: pages of 1,000 from a socket, as they are."""
    from stix_gen import objects  # noqa: PLC0415 - of that folder

    page = json.dumps({"objects": list(objects(1000))}, ensure_ascii=False).encode()[:-1]
    more = b'%s,"more":true,"next":"1"}' % page, b'%s,"more":false}' % page
    head = (
        b"HTTP/1.1 200 OK\r\ncontent-type: application/taxii+json;version=2.1\r\ncontent-length: "
    )
    replies = [b"%s%d\r\n\r\n%s" % (head, len(body), body) for body in more]
    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=_sending, args=(door, replies, count // 1000), daemon=True).start()
        url = f"http://127.0.0.1:{door.getsockname()[1]}/"
        pulled = asked(url, "", os.getpid(), "pull", limit=1000)["pull"]
    return ["-"] * 5 + [str(pulled["objects_per_s"])] + ["-"] * 5


def _sending(door: socket.socket, replies: list[bytes], pages: int) -> None:
    """Answer whoever comes with so many pages, whatever they ask."""
    line, _ = door.accept()
    for at in range(pages):
        while not line.recv(65_536).endswith(b"\r\n\r\n"):
            pass
        line.sendall(replies[at == pages - 1])
    line.close()


@contextmanager
def _ledger(kind: str) -> Iterator[str]:
    """Give what ``[ledger] store`` says of a new ledger of a kind."""
    if kind == "sqlite":
        yield kind
        return
    with serving(durable=True) as server:
        yield server.address(server.made())


def _free() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000,1000000")
    parser.add_argument("--peer-sizes", default="1000,10000,100000")
    parser.add_argument("--ledgers", default="sqlite,postgresql")
    given = parser.parse_args()
    sys.path.insert(0, str(measure()))
    print("objects", "server", *COLUMNS, sep="\t")
    print(100_000, "bare socket", *bare_socket(100_000), sep="\t", flush=True)
    for size in map(int, given.sizes.split(",")):
        for ledger in given.ledgers.split(","):
            with _ledger(ledger) as address:
                print(size, f"tawatur, {ledger}", *ours(size, address), sep="\t", flush=True)
    for size in map(int, filter(None, given.peer_sizes.split(","))):
        print(size, "OpenTAXII", *opentaxii(size), sep="\t", flush=True)
        print(size, "medallion", *medallion(size), sep="\t", flush=True)


if __name__ == "__main__":
    main()
