"""A TAXII server on the loopback address, over shelves in a folder, with a clock that is told."""

import base64
import json
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import uvicorn

from tawatur.errors import Message
from tawatur.model.ids import NodeId
from tawatur.model.label import Circumstances, Label, Terms, Viewer
from tawatur.sharing.parcels import Parcel, parcel_of
from tawatur.sharing.shelves import Shelves
from tawatur.sharing.taxii import (
    Answer,
    Asked,
    Collection,
    Doorkeeper,
    Limits,
    Root,
    Server,
    password_hash,
)
from tawatur.sharing.taxii.pace import Pace

ME, AHMAD, BERTA, CARLO = map(NodeId, ("n-me", "n-ahmad", "n-berta", "n-carlo"))
EVERYBODY = (ME, AHMAD, BERTA, CARLO)
NOW = datetime(2031, 3, 1, tzinfo=UTC)
MEDIA = "application/taxii+json;version=2.1"
SPACE = UUID("7c5f7dbb-3b35-4f0e-9f6a-6a2e2f5a3c11")
SHELF = str(uuid5(SPACE, "shelf"))
READ_ONLY = str(uuid5(SPACE, "read only"))
WRITE_ONLY = str(uuid5(SPACE, "write only"))
FOR_BERTA = str(uuid5(SPACE, "for Berta"))
_HASH = password_hash("Password0")


def for_(*parties: NodeId, by: NodeId = ME, **more: Any) -> Label:
    """Return the label that gives something to some."""
    return Label.of(Terms(by, audience=frozenset(parties), **more))


def stix(number: int, *, version: int = 0, kind: str = "note", spec: str | None = "2.1") -> bytes:
    """Return a version of an object."""
    when = (datetime(2025, 1, 1, tzinfo=UTC) + timedelta(seconds=version)).isoformat()
    content = {
        "type": kind,
        **({"spec_version": spec} if spec else {}),
        "id": f"{kind}--{uuid5(SPACE, str(number))}",
        "created": "2025-01-01T00:00:00.000Z",
        "modified": f"{when[:19]}.000Z",
        "content": f"هجوم قرب الحدود {number}",
        "object_refs": [f"report--{uuid5(SPACE, 'of it')}"],
    }
    return json.dumps(content, ensure_ascii=False).encode()


def parcel(number: int, **more: Any) -> Parcel:
    """Return a parcel of `stix`."""
    found = parcel_of(stix(number, **more))
    assert isinstance(found, Parcel)
    return found


@dataclass
class World:
    """The organisations and the clock that shelves and servers ask; records in a list."""

    now: datetime = NOW
    parties: dict[NodeId, Viewer] = field(
        default_factory=lambda: {party: Viewer(party) for party in EVERYBODY}
    )
    recorded: list[tuple[NodeId, str, int]] = field(default_factory=list)

    def viewers(self) -> tuple[Viewer, ...]:
        """Return who there is."""
        return tuple(self.parties.values())

    def at(self) -> Circumstances:
        """Return what is so."""
        return Circumstances(self.now)

    def shelves(self, folder: Path) -> Shelves:
        """Return shelves in a folder."""
        return Shelves(folder / "shelves.db", self.viewers, self.at)

    def accept(
        self, sender: Viewer, collection: Collection, parcels: Sequence[Parcel]
    ) -> Sequence[Message | None]:
        """Take all of it."""
        self.recorded.append((sender.party, collection.id, len(parcels)))
        return [None] * len(parcels)

    def recalled(self, sender: Viewer, collection: Collection, id: str) -> None:  # noqa: A002
        """Remember it."""
        self.recorded.append((sender.party, id, -1))

    def refused(self, sender: Viewer, why: Message) -> None:
        """Remember it."""
        self.recorded.append((sender.party, str(why), 0))

    def server(self, shelves: Shelves, *, limits: Limits | None = None, **more: Any) -> Server:
        """Return a server over shelves, with one root of four collections."""
        of_all = for_(AHMAD, BERTA, CARLO)
        collections = (
            Collection(SHELF, "What there is", of_all, alias="all", writers=of_all),
            Collection(READ_ONLY, "To read", for_(AHMAD, BERTA)),
            Collection(WRITE_ONLY, "To write", for_(AHMAD), can_read=False, writers=for_(AHMAD)),
            Collection(FOR_BERTA, "Of Berta alone", for_(BERTA), writers=for_(BERTA)),
        )
        doors = Doorkeeper({p: (p, _HASH) for p in EVERYBODY}, self.parties.get, failures=Pace(0))
        roots = more.pop("roots", (Root("root", "Reports", lambda: collections),))
        return Server(
            shelves, doors, self, roots, self.at, b"k" * 32,
            limits=limits or Limits(a_minute=0), **more,
        )  # fmt: skip


class Clocked(World):
    """With the time of the machine."""

    def at(self) -> Circumstances:
        """Return what is so."""
        return Circumstances(datetime.now(UTC))


def asked(method: str, path: str, query: str = "", body: bytes = b"", **headers: str) -> Asked:
    """Return a request for a path below the collections of the root."""
    sent = {"accept": MEDIA, "content-type": MEDIA, "host": "here", **headers}
    return Asked(method, f"/root/collections/{path}", query, sent, "127.0.0.1", body)


def got(server: Server, who: NodeId, path: str, query: str = "") -> Any:
    """Return what one gets, as JSON."""
    answer = server.answer(asked("GET", path, query), Viewer(who))
    assert answer.status == 200, answer
    return json.loads(answer.body)


def posted(server: Server, who: NodeId, *objects: bytes, to: str = SHELF) -> Answer:
    """Return the answer to an envelope."""
    body = b'{"objects":[' + b",".join(objects) + b"]}"
    return server.answer(asked("POST", f"{to}/objects/", "", body), Viewer(who))


def basic(who: NodeId, password: str = "Password0") -> str:  # noqa: S107 - the tests' own
    """Return an Authorization header."""
    return "Basic " + base64.b64encode(f"{who}:{password}".encode()).decode()


@contextmanager
def listening(
    application: Any, *, server: type[uvicorn.Server] = uvicorn.Server, **more: Any
) -> Iterator[str]:
    """Serve an application; give its address without a slash at the end.

    Args:
        application: What answers.
        server: What takes connections.
        more: How uvicorn serves it.
    """
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    door.bind(("127.0.0.1", 0))
    door.listen(64)
    usual = {"log_level": "error", "access_log": False, "lifespan": "off"}
    config = uvicorn.Config(application, **{**usual, **more})
    serving = server(config)
    thread = threading.Thread(target=serving.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    while not serving.started:
        time.sleep(0.01)
    try:
        scheme = "https" if "ssl_certfile" in more else "http"
        yield f"{scheme}://127.0.0.1:{door.getsockname()[1]}"
    finally:
        serving.should_exit = True
        thread.join()
