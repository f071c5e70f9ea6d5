"""What does a ledger need of the database that keeps its rows?

One writer at a time, snapshots to read from, and that what was overwritten can be
made to leave the storage. `Database` holds what the kinds of it share: a connection
for each thread and process, and formats of the tables that lead to one another.
`SqliteDatabase` and `PostgresDatabase` say the rest. Statements are in the SQL that
both understand, with ``?`` where a value stands.
"""

import contextlib
import os
import threading
import weakref
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from tawatur.errors import LedgerError

APPLICATION_ID = int.from_bytes(b"Tawa")
BUSY_S = 30.0
TABLES = (
    "entries", "payloads", "blobs", "entry_blobs", "hashes", "checkpoints", "releases", "erasing",
)  # fmt: skip
"""What a ledger consists of, whichever database keeps it; columns are in one order in all."""


@dataclass(frozen=True, slots=True)
class Format:
    """One version of the tables: the statements that make it of the one before, and back."""

    forward: tuple[str, ...]
    back: tuple[str, ...] = ()  # nothing leads back from the first


def statements(tables: str) -> list[str]:
    """Return the statements of a text that has a semicolon between them."""
    return [each for part in tables.split(";") if (each := part.strip())]


def steps_between(formats: Sequence[Format], at: int, to: int, name: str) -> list[str]:
    """Return the statements that bring tables from format ``at`` to ``to``, forward or back.

    Args:
        formats: From format 1 on.
        at: That of the tables; 0 where there are none.
        to: That which is wanted.
        name: What errors call what holds them.

    Raises:
        LedgerError: They are of a format that is not known here.
    """
    if at > len(formats):
        raise LedgerError(
            "{0} was written by a newer Tawatur (format {1}, this one knows {2}); "
            "update Tawatur; nothing was changed",
            name,
            at,
            len(formats),
        )
    forward = [step for each in formats[at:to] for step in each.forward]
    return forward + [step for each in reversed(formats[to:at]) for step in each.back]


class Database(ABC):
    """The tables of a ledger. Threads may share it; a forked process opens its own connections."""

    formats: ClassVar[tuple[Format, ...]]
    """From format 1 on; the last is the one that is written."""

    def __init__(self, name: str, busy_s: float) -> None:
        """Set how errors call it, and how many seconds it waits for another process."""
        self.name, self._busy_s = name, busy_s
        self._local = threading.local()
        self._opened = weakref.WeakSet[Any]()  # a thread's goes with it
        self._inherited: list[Any] = []

    # What each kind says

    @abstractmethod
    def connect(self) -> Any:
        """Return a new connection, with ``pid`` and ``closed``; it begins no transaction itself."""

    @abstractmethod
    def begin(self, *, write: bool) -> None:
        """Begin a transaction: the only one that writes, or one that reads one snapshot."""

    @abstractmethod
    def rollback(self) -> None:
        """End the transaction, if there is one, as if it had not been; raises nothing."""

    @abstractmethod
    def run(self, connection: Any, sql: str, values: Sequence[Any]) -> Any:
        """Run one statement over a connection and return its cursor."""

    @abstractmethod
    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each of ``rows``."""

    @abstractmethod
    def stream(self, sql: str, *values: Any) -> Iterator[Any]:
        """Yield what a query finds within a snapshot, in bounded memory."""

    @abstractmethod
    def version(self) -> int:
        """Return the format of the tables, 0 where there are none yet.

        Raises:
            VerificationError: What is there is no ledger.
        """

    @abstractmethod
    def set_version(self, version: int) -> None:
        """Write down the format of the tables, within a transaction."""

    @abstractmethod
    def settle(self) -> bool:
        """Make what was overwritten leave the storage; False if others still read it."""

    @abstractmethod
    def check(self) -> None:
        """Check, within a snapshot, what belongs to this kind of database.

        Raises:
            VerificationError: It is damaged, or its tables are not those of a ledger.
        """

    @abstractmethod
    def translated(self) -> contextlib.AbstractContextManager[None]:
        """Raise what the storage raises as an error of the tree."""

    # What they share

    @property
    def connection(self) -> Any:
        """This thread's connection."""
        connection = getattr(self._local, "connection", None)
        if connection is None or connection.pid != os.getpid() or connection.closed:
            if connection is not None and connection.pid != os.getpid():
                # The parent process's: to be neither used nor closed here.
                self._inherited.append(connection)
            connection = self._local.connection = self.connect()
            self._opened.add(connection)
        return connection

    def execute(self, sql: str, *values: Any) -> Any:
        """Run one statement and return its cursor."""
        return self.run(self.connection, sql, values)

    def one(self, sql: str, *values: Any) -> Any:
        """Return the first row that a query finds, or None."""
        return self.execute(sql, *values).fetchone()

    def all(self, sql: str, *values: Any) -> list[Any]:
        """Return all rows that a query finds."""
        found: list[Any] = self.execute(sql, *values).fetchall()
        return found

    def apart(self, sql: str, *values: Any) -> Any:
        """Return the first row that a query finds now, whatever snapshot this thread holds."""
        with contextlib.closing(self.connect()) as connection:
            return self.run(connection, sql, values).fetchone()

    def commit(self) -> None:
        """Make the transaction durable."""
        self.execute("COMMIT")

    def migrate(self, to: int) -> None:
        """Make the tables, or bring them to another format; within a transaction that writes.

        Raises:
            LedgerError: They are of a format that is not known here.
        """
        for statement in steps_between(self.formats, self.version(), to, self.name):
            self.execute(statement)
        self.set_version(to)

    def remove(self) -> None:
        """Take the tables away with all that is in them, and end the transaction."""
        for table in TABLES:
            self.execute(f"DROP TABLE {table}")
        self.commit()

    def made_of(self) -> Iterator[str]:
        """Yield the statements that make tables of the format that these have."""
        for each in self.formats[: self.version()]:
            yield from each.forward

    def close(self) -> None:
        """Close this process's connections; the next use opens new ones."""
        for connection in list(self._opened):
            if connection.pid == os.getpid():
                connection.close()
        self._opened.clear()
        self._local = threading.local()
