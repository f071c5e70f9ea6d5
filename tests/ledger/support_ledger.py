"""What the ledger's tests share: drafts, signers, and every ledger in one dress."""

import contextlib
import hashlib
import re
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.ledger.support_postgres import Server

from tawatur.ledger import MemoryLedger, Signer, TableLedger, database_of
from tawatur.ledger.blobs import Fault, no_fault
from tawatur.ledger.database import Database
from tawatur.model.entry import Draft, Kind, Payload
from tawatur.model.ids import ActorId, EntryId, NodeId, id_of
from tawatur.model.label import Label, Terms, Tlp

HOME = NodeId("n-4t9x0a7c2m5k8q1w")
NEIGHBOUR = NodeId("n-7h3d6b0z9y2v5r8p")
OFFICER = ActorId("a-2c5e8g1j4m7p0s3v")
START = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
SIGNER = Signer.from_seed("node.example/anzifat", bytes(range(32)))


def counted(start: int = 1) -> Callable[[int], bytes]:
    """Return a source of nonces that gives the same ones each time."""
    state = [start]

    def take(count: int) -> bytes:
        state[0] += 1
        return hashlib.shake_256(b"nonce %d" % state[0]).digest(count)

    return take


def entry_id(number: int) -> EntryId:
    """Return the id of the n-th entry of a story."""
    return EntryId(id_of("e", hashlib.sha256(b"entry %d" % number).digest()))


def draft(
    number: int,
    said: str = "قال مصدر أمني مطلع إن القافلة عبرت الحدود",
    *,
    kind: Kind = Kind.ACQUISITION,
    blobs: tuple[bytes, ...] = (),
    body: dict[str, Any] | None = None,
) -> Draft:
    """Return a draft that says something."""
    label = Label.of(
        Terms(HOME, Tlp.AMBER, frozenset({NEIGHBOUR}), expires=START + timedelta(days=900))
    )
    full = {"said": said, "number": number, "weight": 0.25} if body is None else body
    at = START + timedelta(seconds=number)
    return Draft(entry_id(number), kind, at, OFFICER, Payload(label, full), blobs)


def drafts(numbers: Sequence[int]) -> list[Draft]:
    """Return several."""
    return [draft(number) for number in numbers]


def erasing(number: int, reason: str = "taken in by mistake") -> Draft:
    """Return the draft of an erasure."""
    body = {"reason": reason, "authority": "head of the desk"}
    return draft(number, kind=Kind.ERASURE, body=body)


def in_memory(_folder: Path) -> MemoryLedger:
    """Return a new ledger in memory."""
    return MemoryLedger(SIGNER, HOME, entropy=counted())


@dataclass(frozen=True)
class Place:
    """Where one ledger is kept: a folder, and a database in it or on a server."""

    folder: Path
    server: Server | None = None

    @cached_property
    def name(self) -> str:
        """The name of its database on the server."""
        assert self.server is not None
        return self.server.made()

    @property
    def store(self) -> str:
        """What the settings would say."""
        return "sqlite" if self.server is None else self.server.address(self.name)

    def database(self, *, busy_s: float = 30) -> Database:
        """Return its database."""
        return database_of(self.store, self.folder / "ledger.db", busy_s=busy_s)

    def open(
        self,
        fault: Fault = no_fault,
        *,
        busy_s: float = 30,
        signer: Signer = SIGNER,
        database: Database | None = None,
    ) -> TableLedger:
        """Return the ledger, made if need be."""
        return TableLedger(
            database or self.database(busy_s=busy_s),
            self.folder / "blobs",
            signer,
            HOME,
            entropy=counted(),
            fault=fault,
        )

    def do(self, statement: str) -> list[tuple[Any, ...]]:
        """Run a statement in SQLite's words behind the ledger's back; return what it finds."""
        if self.server is not None:
            statement = re.sub(r"x'([0-9a-f]*)'", r"'\\x\1'::bytea", statement)
            statement = re.sub(r"zeroblob\((\d+)\)", r"decode(repeat('00', \1), 'hex')", statement)
            return self.server.do(self.name, statement)
        with contextlib.closing(sqlite3.connect(self.folder / "ledger.db")) as other, other:
            return other.execute(statement).fetchall()

    def raw(self) -> bytes:
        """Return every byte of the database and of the folder."""
        files = [file.read_bytes() for file in self.folder.rglob("*") if file.is_file()]
        held = b"" if self.server is None else self.server.bytes_of(self.name)
        return held + b"".join(files)


def on_disk(folder: Path, fault: Fault = no_fault, *, busy_s: float = 30) -> TableLedger:
    """Return the SQLite ledger in ``folder``, made if need be."""
    return Place(folder).open(fault, busy_s=busy_s)
