"""Which containers were taken in whole, so that taking one again costs its hash alone?

A container (an archive, a mail with attachments) is known by a keyed id over its bytes and
the place it came from. Beside it stand the ids of the documents that came out of it:
it counts as held only while every one of them is. This is no record of what was said, only a
shortcut: without it a container is unpacked again, and what it holds is found to be held.
So it lies in a file of its own that may be deleted, and an erasure empties it.
"""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from tawatur.model.ids import DocumentId

_SCHEMA = """
PRAGMA synchronous = OFF;
PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS containers(id TEXT PRIMARY KEY, documents TEXT NOT NULL) WITHOUT ROWID;
"""


class Containers:
    """The containers of a node that were taken whole; opened when first asked."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened: sqlite3.Connection | None = None

    def is_whole(self, container: str, holds: Callable[[DocumentId], bool]) -> bool:
        """Return whether everything in a container was taken, and all of it is still held."""
        if self._opened is None and not self._path.exists():
            return False
        try:
            found = self._db.execute(
                "SELECT documents FROM containers WHERE id = ?", (container,)
            ).fetchone()
        except sqlite3.DatabaseError:
            return False  # unpacked again, it will be found to be held
        return found is not None and all(holds(DocumentId(id_)) for id_ in found[0].split())

    def note(self, container: str, documents: Iterable[DocumentId]) -> None:
        """Note that everything in a container was taken, as these documents."""
        listed = " ".join(dict.fromkeys(documents))
        with suppress(sqlite3.DatabaseError), self._db:
            self._db.execute("INSERT OR REPLACE INTO containers VALUES (?, ?)", (container, listed))

    def forget(self) -> None:
        """Forget every container: one of the documents was erased."""
        if not self._path.exists():
            return
        try:
            with self._db:
                self._db.execute("DELETE FROM containers")
        except sqlite3.DatabaseError:
            self.close()
            self._path.unlink()

    def close(self) -> None:
        """Let go of the file."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    @property
    def _db(self) -> sqlite3.Connection:
        if self._opened is None:
            opened = sqlite3.connect(self._path, timeout=30.0, check_same_thread=False)
            opened.executescript(_SCHEMA)
            self._opened = opened
        return self._opened
