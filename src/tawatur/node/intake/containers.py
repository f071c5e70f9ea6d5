"""What was unpacked or refused before, so that taking it again costs its hash alone?

A container (an archive, a mail with attachments) is known by a keyed id over its bytes and
the place it came from. Beside it stand the ids of the documents that came out of it:
it counts as held only while every one of them is. Bytes that give nothing to read (a logo,
a spreadsheet) are known by a keyed id over them and their name; beside it stands why. Both ids
are one version's: a later one, which may read more, finds none.

This is no record of what was said, only a shortcut: without it a container is unpacked again,
and what it holds is found to be held. So it lies in a file of its own that may be deleted, and
an erasure empties it.
"""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from tawatur.errors import Message
from tawatur.model.ids import DocumentId

_SCHEMA = """
PRAGMA synchronous = OFF;
PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS containers(id TEXT PRIMARY KEY, documents TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS refused(id TEXT PRIMARY KEY, why BLOB NOT NULL) WITHOUT ROWID;
"""


class Containers:
    """What a node took whole or refused for good; opened when first asked."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened: sqlite3.Connection | None = None

    def is_whole(self, container: str, holds: Callable[[DocumentId], bool]) -> bool:
        """Return whether everything in a container was taken, and all of it is still held."""
        found = self._noted("SELECT documents FROM containers WHERE id = ?", container)
        return found is not None and all(holds(DocumentId(id_)) for id_ in found.split())

    def note(self, container: str, documents: Iterable[DocumentId]) -> None:
        """Note that everything in a container was taken, as these documents."""
        listed = " ".join(dict.fromkeys(documents))
        self._note("INSERT OR REPLACE INTO containers VALUES (?, ?)", container, listed)

    def refusal(self, named: str) -> Message | None:
        """Return why bytes of one name were refused for good, None if they were not."""
        found = self._noted("SELECT why FROM refused WHERE id = ?", named)
        try:
            return None if found is None else msgspec.json.decode(found, type=Message)
        except msgspec.MsgspecError:
            return None

    def refuse(self, named: str, why: Message) -> None:
        """Note that bytes of one name are refused for good."""
        self._note("INSERT OR REPLACE INTO refused VALUES (?, ?)", named, msgspec.json.encode(why))

    def forget(self) -> None:
        """Forget everything: one of the documents was erased."""
        if not self._path.exists():
            return
        try:
            with self._db:
                self._db.execute("DELETE FROM containers")
                self._db.execute("DELETE FROM refused")
        except sqlite3.DatabaseError:
            self.close()
            self._path.unlink()

    def close(self) -> None:
        """Let go of the file."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _noted(self, question: str, id_: str) -> Any:
        """Return what is noted under an id; None where it is damaged: it is only a shortcut."""
        if self._opened is None and not self._path.exists():
            return None
        try:
            found = self._db.execute(question, (id_,)).fetchone()
        except sqlite3.DatabaseError:
            return None
        return found[0] if found else None

    def _note(self, statement: str, id_: str, noted: str | bytes) -> None:
        with suppress(sqlite3.DatabaseError), self._db:
            self._db.execute(statement, (id_, noted))

    @property
    def _db(self) -> sqlite3.Connection:
        if self._opened is None:
            opened = sqlite3.connect(self._path, timeout=30.0, check_same_thread=False)
            opened.executescript(_SCHEMA)
            self._opened = opened
        return self._opened
