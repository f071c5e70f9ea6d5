"""In which database lie tables that can be made again: what is derived from a ledger?

A `Store` is a connection that knows its format and can forget. Statements are SQLite's, as the
index writes them; `PostgresStore` puts them into the server's words, so that what uses a store
need not know which it is; what fails is raised as `sqlite3.Error` by either. `SqliteStore` is
SQLite's own connection and costs nothing more.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from tawatur.ledger.database import statements
from tawatur.ledger.opening import SQLITE, verify_speaks

_LOG_PAGES = 16_000
"""Pages of the write-ahead log before it is worked in: a document's keys lie on forty of them, and
what is worked in seldom is worked in once for several documents."""

_CACHE_KIB, _WIDE_KIB = 64 << 10, 256 << 10
"""Of the tables that are kept at hand: keys lie all over the file, and the indexes of a million
claims take the greater."""
_MAPPED = 1 << 31
"""Bytes of a file that are read as memory, where that is asked for."""


class Store(Protocol):
    """A connection to tables that can be made again. One caller at a time, of any thread."""

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction has begun."""

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> Any:
        """Run one statement and return its cursor."""

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]], /) -> Any:
        """Run one statement for each of ``rows``."""

    def begin(self) -> None:
        """Begin the only transaction that writes; others wait for it."""

    def hold(self) -> None:
        """Begin one that reads: what it reads is of one moment, whoever writes meanwhile."""

    def commit(self) -> None:
        """End it; what others read from now on has all of it."""

    def rollback(self) -> None:
        """End it as if it had not been."""

    def format(self) -> int:
        """Return the format of the tables, 0 where there are none."""

    def make(self, tables: str, format: int) -> None:  # noqa: A002 - the word for it
        """Throw everything away and make these tables, within a transaction."""

    def forget(self) -> None:
        """Make sure that what was deleted is no longer in the files."""

    def widen(self) -> None:
        """Keep more of the tables at hand from now on: for whoever writes all over large ones."""

    def map(self) -> None:
        """Read files as memory, where there are any: for whoever reads all over and writes nothing.

        What the disk refuses then ends the process.
        """

    def close(self) -> None:
        """Let go of it."""


class SqliteStore(sqlite3.Connection):
    """A store in a file."""

    def begin(self) -> None:
        """See `Store.begin`."""
        self.execute("BEGIN IMMEDIATE")

    def hold(self) -> None:
        """See `Store.hold`; the moment is that of the first reading."""
        self.execute("BEGIN")

    def format(self) -> int:
        """See `Store.format`."""
        return int(self.execute("PRAGMA user_version").fetchone()[0])

    def make(self, tables: str, format: int) -> None:  # noqa: A002 - as in `Store`
        """See `Store.make`."""
        shadows = [f"{name}_" for name in self._texts()]  # go with their table
        listed = self.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        for (name,) in listed:
            if not name.startswith(tuple(shadows)):
                self.execute(f'DROP TABLE "{name}"')
        for statement in statements(tables):
            self.execute(statement)
        self.execute(f"PRAGMA user_version = {format}")

    def forget(self) -> None:
        """See `Store.forget`."""
        for table in self._texts():  # deleted words lie in their lists until these are merged
            self.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")
        self.execute("VACUUM")
        self.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def widen(self) -> None:
        """See `Store.widen`."""
        self.execute(f"PRAGMA cache_size = -{_WIDE_KIB}")

    def map(self) -> None:
        """See `Store.map`; SQLite maps two gigabytes at the most."""
        self.execute(f"PRAGMA mmap_size = {_MAPPED}")

    def _texts(self) -> list[str]:
        """Return the tables for full-text search."""
        found = self.execute(
            "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'"
        ).fetchall()
        return [name for (name,) in found]


def store_of(setting: str, file: Path, name: str) -> Store:
    """Return the store that a setting names, open.

    A file that is not it goes: what is erased from now on would stay there.

    Args:
        setting: ``sqlite``, or the address of a PostgreSQL database.
        file: Where SQLite's tables are.
        name: What a server calls the tables: of its schema.

    Raises:
        LedgerError: It names neither, or what speaks to PostgreSQL is not installed.
        sqlite3.Error: It cannot be used.
    """
    if setting != SQLITE:
        verify_speaks(setting)
        from tawatur.ledger.postgres_store import PostgresStore  # noqa: PLC0415 - an extra

        store = PostgresStore(setting, name)
        for end in ("", "-wal", "-shm"):
            Path(f"{file}{end}").unlink(missing_ok=True)
        return store
    # One caller at a time is the user's promise; which thread it is does not matter.
    kept = sqlite3.connect(
        file, timeout=30.0, isolation_level=None, check_same_thread=False, factory=SqliteStore
    )
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",  # what is lost is worked out again
        f"wal_autocheckpoint = {_LOG_PAGES}",
        f"cache_size = -{_CACHE_KIB}",
        "secure_delete = ON",
    ):
        kept.execute(f"PRAGMA {pragma}")
    return kept
