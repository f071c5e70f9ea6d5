"""How do a ledger's tables lie on a disk of one's own?

In one SQLite file in WAL mode; a transaction is durable when it ends (synchronous
FULL), and any number of processes take turns at writing.

What is erased is overwritten in place: payload, nonce and digest of a blob keep
their place and length as zeros, and no row that ever held content moves to
another page, where a stale copy could outlive it. `secure_delete` and the
truncation of the write-ahead log do the rest. Known costs: the place and the
length stay until the file is rewritten; a reader that keeps a snapshot open
delays the truncation.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tawatur.errors import (
    LedgerError,
    StorageFullError,
    VerificationError,
)
from tawatur.ledger.blobs import sync_folder
from tawatur.ledger.database import APPLICATION_ID, BUSY_S, Database, Format

_FIRST = Format(
    (
        (
            "CREATE TABLE entries (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
            " kind TEXT NOT NULL, header BLOB NOT NULL) STRICT"
        ),
        "CREATE INDEX entries_kind ON entries (kind, seq)",
        # Only ever appended to, and overwritten in place with zeros of the same length.
        (
            "CREATE TABLE payloads (seq INTEGER PRIMARY KEY, nonce BLOB NOT NULL,"
            " payload BLOB NOT NULL) STRICT"
        ),
        # Indexed by two bytes of the digest: index entries move between pages and leave copies.
        (
            "CREATE TABLE blobs (blob INTEGER PRIMARY KEY, digest BLOB NOT NULL,"
            " bucket INTEGER NOT NULL) STRICT"
        ),
        "CREATE INDEX blobs_bucket ON blobs (bucket)",
        (
            "CREATE TABLE entry_blobs (seq INTEGER NOT NULL, position INTEGER NOT NULL,"
            " blob INTEGER NOT NULL, PRIMARY KEY (seq, position)) STRICT, WITHOUT ROWID"
        ),
        "CREATE INDEX entry_blobs_blob ON entry_blobs (blob, seq)",
        (
            "CREATE TABLE hashes (log TEXT NOT NULL, level INTEGER NOT NULL,"
            " place INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (log, level, place))"
            " STRICT, WITHOUT ROWID"
        ),
        (
            "CREATE TABLE checkpoints (log TEXT NOT NULL, size INTEGER NOT NULL,"
            " note TEXT NOT NULL, PRIMARY KEY (log, size)) STRICT, WITHOUT ROWID"
        ),
        (
            "CREATE TABLE releases (log TEXT NOT NULL, place INTEGER NOT NULL,"
            " commitment BLOB NOT NULL, PRIMARY KEY (log, place)) STRICT, WITHOUT ROWID"
        ),
        # Erasures that are signed and stored, but whose traces may not all be wiped yet.
        "CREATE TABLE erasing (seq INTEGER PRIMARY KEY) STRICT",
    )
)
_LISTING = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name"


class _Connection(sqlite3.Connection):
    """A connection that remembers which process opened it."""

    pid: int
    closed = False  # SQLite's are never lost


class SqliteDatabase(Database):
    """A ledger's tables in one SQLite file."""

    formats = (_FIRST,)

    def __init__(self, file: Path, *, busy_s: float = BUSY_S) -> None:
        """Name the file; it is made, with owner-only permission, when it is first opened."""
        super().__init__(file.name, busy_s)
        self._file = file

    def connect(self) -> _Connection:
        """See `Database.connect`."""
        connection = sqlite3.connect(
            self._file,
            timeout=self._busy_s,
            isolation_level=None,
            check_same_thread=False,  # close() may be called by another thread
            factory=_Connection,
        )
        connection.pid = os.getpid()
        for pragma in (
            "secure_delete = ON",
            "synchronous = FULL",
            "temp_store = MEMORY",
            "trusted_schema = OFF",
            "cell_size_check = ON",
            "journal_mode = WAL",
        ):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        return connection

    def begin(self, *, write: bool) -> None:
        """See `Database.begin`."""
        self.execute("BEGIN IMMEDIATE" if write else "BEGIN")

    def rollback(self) -> None:
        """See `Database.rollback`."""
        with contextlib.suppress(sqlite3.Error):
            if self.connection.in_transaction:
                self.execute("ROLLBACK")

    def run(
        self, connection: sqlite3.Connection, sql: str, values: Sequence[Any]
    ) -> sqlite3.Cursor:
        """See `Database.run`."""
        return connection.execute(sql, values)

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """See `Database.many`."""
        self.connection.executemany(sql, rows)

    def stream(self, sql: str, *values: Any) -> Iterator[Any]:
        """See `Database.stream`."""
        found: sqlite3.Cursor = self.execute(sql, *values)
        return found

    def version(self) -> int:
        """See `Database.version`."""
        if not self._file.exists():
            descriptor = os.open(self._file, os.O_CREAT | os.O_RDWR, 0o600)
            os.close(descriptor)
            sync_folder(self._file.parent)
        (application,) = self.one("PRAGMA application_id")
        (version,) = self.one("PRAGMA user_version")
        if application == version == 0 and self.one(_LISTING) is None:
            return 0
        if application != APPLICATION_ID:
            raise VerificationError(self.name, "it is not a ledger")
        if version < 1:
            raise VerificationError(self.name, f"it is of an unknown format {version}")
        return int(version)

    def set_version(self, version: int) -> None:
        """See `Database.set_version`."""
        self.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        self.execute(f"PRAGMA user_version = {version}")

    def remove(self) -> None:
        """See `Database.remove`; the file goes as well."""
        super().remove()
        self.settle()
        self.close()
        for end in ("", "-wal", "-shm"):
            Path(f"{self._file}{end}").unlink(missing_ok=True)
        sync_folder(self._file.parent)

    def settle(self) -> bool:
        """See `Database.settle`; the rows were overwritten where they are."""
        busy, _, _ = self.one("PRAGMA wal_checkpoint(TRUNCATE)")
        return not busy

    def check(self) -> None:
        """See `Database.check`."""
        faults = self.all("PRAGMA integrity_check(1)")
        if faults != [("ok",)]:
            raise VerificationError(self.name, f"damaged: {faults[0][0]}")
        with contextlib.closing(sqlite3.connect(":memory:")) as model:
            for statement in self.made_of():
                model.execute(statement)
            expected = model.execute(_LISTING).fetchall()
        if self.all(_LISTING) != expected:
            raise VerificationError(self.name, "it holds other tables than a ledger has")

    @contextlib.contextmanager
    def translated(self) -> Iterator[None]:
        """See `Database.translated`."""
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code == sqlite3.SQLITE_FULL:
                raise StorageFullError("the disk is full; nothing of the batch was kept") from error
            if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                raise LedgerError(
                    "another process held the ledger for more than {0} s", f"{self._busy_s:g}"
                ) from error
            if code in {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}:
                raise LedgerError("the storage refused: {0}", error) from error
            raise VerificationError(self.name, f"damaged: {error}") from error
        except UnicodeDecodeError as error:  # a damaged schema, quoted in SQLite's own message
            raise VerificationError(self.name, "damaged: not UTF-8") from error
