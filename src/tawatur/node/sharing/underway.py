"""Which bundle is on its way to whom over the network, and which requests came already?

One bundle at most is on its way to each partner. It lies here, encrypted for that partner,
until the partner says that it has it: what a cut line lost goes again, byte for byte. Nonces
lie here for as long as their signatures count, so that a restart does not forget them.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tawatur.model.ids import NodeId

_TABLES = """
CREATE TABLE IF NOT EXISTS underway(party TEXT PRIMARY KEY, number INTEGER NOT NULL,
                                    file BLOB) STRICT;
CREATE TABLE IF NOT EXISTS nonces(nonce TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS nonces_by_end ON nonces(until);
"""


@dataclass(frozen=True, slots=True)
class Lying:
    """A bundle on its way; without a file it was refused, and is to be written anew."""

    number: int
    file: bytes | None


class Underway:
    """What is on its way, in one file. Safe for threads; several processes may share it."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it."""
        self._lock = threading.RLock()
        self._db = sqlite3.connect(
            path, timeout=30.0, isolation_level=None, check_same_thread=False
        )
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("PRAGMA secure_delete = ON")
        self._db.executescript(_TABLES)
        path.chmod(0o600)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the right to change what is on its way, for this thread and process."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def to(self, party: NodeId) -> Lying | None:
        """Return what is on its way to a party."""
        with self._lock:
            row = self._db.execute(
                "SELECT number, file FROM underway WHERE party = ?", (party,)
            ).fetchone()
        return None if row is None else Lying(*row)

    def put(self, party: NodeId, lying: Lying) -> None:
        """Say what is on its way to a party."""
        with self._lock:
            self._db.execute(
                "INSERT OR REPLACE INTO underway VALUES (?, ?, ?)",
                (party, lying.number, lying.file),
            )

    def arrived(self, party: NodeId, taken: frozenset[int]) -> None:
        """Forget what is on its way to a party, if that has it."""
        with self._lock:
            lying = self.to(party)
            if lying is not None and lying.number in taken:
                self._db.execute("DELETE FROM underway WHERE party = ?", (party,))

    def spend(self, nonce: str, until: int, now: int) -> bool:
        """See `tawatur.sharing.wire.Nonces`."""
        with self._lock:
            self._db.execute("DELETE FROM nonces WHERE until < ?", (now,))
            made = self._db.execute("INSERT OR IGNORE INTO nonces VALUES (?, ?)", (nonce, until))
            return made.rowcount == 1
