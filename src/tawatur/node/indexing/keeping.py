"""What the desk keeps beside its items, as the index has it: one row for each entry.

Areas of interest, what border notices were held against, subjects and looks at them, as which
request another was taken up. Rows are
found by their kind and by what they are about; each is seen under its own label.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import msgspec

from tawatur.ledger import Store
from tawatur.model.entry import Entry, Kind, Payload
from tawatur.node.given import between
from tawatur.node.indexing.derived import packed

TABLES = """
CREATE TABLE kept(entry TEXT PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL,
                  about TEXT NOT NULL, seq INTEGER NOT NULL, label INTEGER NOT NULL,
                  body BLOB NOT NULL) STRICT;
CREATE INDEX kept_by_about ON kept(kind, about);
CREATE INDEX kept_by_id ON kept(id);
"""

KINDS = frozenset({Kind.INTEREST, Kind.MANDATE, Kind.PROBE, Kind.SUBJECT})


class Keeping:
    """Those rows of one index."""

    def __init__(self, db: Store) -> None:
        """Nothing is read yet; the table is the index's."""
        self._db = db

    def take(self, entry: Entry, payload: Payload, label: int) -> None:
        """Work an entry in, under the number of its label."""
        body, header = payload.body, entry.header
        about = str(body.get("about", ""))
        row = (header.id, body["id"], header.kind, about, entry.seq, label, packed(body))
        self._db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def forget(self, entries: Collection[str]) -> None:
        """Forget entries that are erased."""
        rows = [(entry,) for entry in entries]
        self._db.executemany("DELETE FROM kept WHERE entry = ?", rows)

    def of(
        self, kind: Kind, among: str = "", about: str | None = None
    ) -> Iterator[Mapping[str, Any]]:
        """Yield the bodies of entries of a kind, in log order.

        Args:
            kind: Which.
            among: The labels that may be seen, as SQL in brackets; all if empty.
            about: Only what is about this.
        """
        seen = f"AND label IN {among}" if among else ""
        rows = self._db.execute(
            f"SELECT body FROM kept WHERE kind = ?1 AND (?2 IS NULL OR about = ?2) {seen} "
            "ORDER BY seq",
            (kind.value, about),
        ).fetchall()
        for (body,) in rows:
            yield msgspec.msgpack.decode(body)

    def count(self, kind: Kind, about: str) -> int:
        """Return how many entries of a kind are about something."""
        query = "SELECT count(*) FROM kept WHERE kind = ? AND about = ?"
        return int(self._db.execute(query, (kind.value, about)).fetchone()[0])

    def like(self, kind: Kind, given: str, among: str) -> list[str]:
        """Return the ids of a kind that begin with ``given`` and may be seen, in order."""
        rows = self._db.execute(
            f"SELECT DISTINCT id FROM kept WHERE kind = ? AND id BETWEEN ? AND ? "
            f"AND label IN {among} ORDER BY id",
            (kind.value, *between(given)),
        )
        return [row[0] for row in rows]
