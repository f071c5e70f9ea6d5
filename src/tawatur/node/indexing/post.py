"""What went between this node and its partners, as the index keeps it.

A row for each entry that records a piece of post: what is proposed, released, told
afterwards (notices), answered (receipts that this node gave), acknowledged (receipts that it
got) and disclosed to persons. All of them together say who has what; no row is ever changed
by another, so that it does not matter in which order they came.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from tawatur.ledger import Store
from tawatur.model.entry import Entry, Kind, Payload
from tawatur.model.ids import EntryId, NodeId
from tawatur.node.indexing.rows import rows_of

TABLES = """
CREATE TABLE post(entry TEXT PRIMARY KEY, seq INTEGER NOT NULL, kind TEXT NOT NULL,
                  id TEXT NOT NULL, party TEXT NOT NULL, about TEXT, item TEXT, whole TEXT,
                  inward INTEGER NOT NULL, time TEXT NOT NULL, body BLOB NOT NULL) STRICT;
CREATE INDEX post_by_id ON post(id);
CREATE INDEX post_by_about ON post(about);
CREATE INDEX post_by_item ON post(item);
CREATE INDEX post_by_whole ON post(whole);
CREATE INDEX post_by_kind ON post(kind, party);
"""

KINDS = frozenset(
    {
        Kind.PROPOSAL,
        Kind.RELEASE,
        Kind.NOTICE,
        Kind.RECEIPT,
        Kind.ACKNOWLEDGEMENT,
        Kind.HANDOVER,
        Kind.DISCLOSURE,
    }
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of post.

    ``id`` names the release, notice, proposal or disclosure; of receipts, given and got, the
    letter that they answer. ``about`` is the release that it changes, ``item`` what it is of
    here, ``whole`` the document that holds the item, or the item itself.
    """

    entry: EntryId
    kind: Kind
    id: str
    party: NodeId
    about: str | None
    item: str | None
    whole: str | None
    inward: bool
    time: datetime  # UTC
    body: Mapping[str, Any]


class Post:
    """The pieces of post of one node."""

    def __init__(self, db: Store) -> None:
        """Nothing is read yet; the table is the index's."""
        self._db = db

    def take(self, entry: Entry, payload: Payload) -> None:
        """Work an entry in."""
        body = payload.body
        self._db.execute(
            "INSERT OR REPLACE INTO post VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                entry.header.id,
                entry.seq,
                entry.header.kind,
                body["id"],
                body.get("to") or body["from"],
                body.get("about"),
                body.get("item"),
                body.get("whole") or body.get("item"),
                "from" in body,
                entry.header.time.isoformat(),
                msgspec.msgpack.encode(body),
            ),
        )

    def of(self, *kinds: Kind, inward: bool | None = None, **where: str | None) -> list[Piece]:
        """Return the pieces of some kinds, in log order.

        Args:
            kinds: Which.
            inward: Only those that came, or those that went; both if None.
            where: Columns and what must stand in them.
        """
        clauses = [f"kind IN ({','.join('?' * len(kinds))})"]
        values: list[object] = list(kinds)
        if inward is not None:
            clauses.append("inward = ?")
            values.append(inward)
        for column, value in where.items():
            clauses.append(f"{column} = ?")
            values.append(value)
        return list(self._rows(" AND ".join(clauses), values))

    def holding(self, given: str) -> list[Piece]:
        """Return what was released of an item or of what is in it, in log order."""
        return list(self._rows("kind = 'release' AND (item = ?1 OR whole = ?1)", [given]))

    def about(self, given: str) -> list[Piece]:
        """Return every piece of an item or of what is in it, in log order."""
        return list(self._rows("item = ?1 OR whole = ?1", [given]))

    def relayed(self, items: Iterable[str]) -> set[str]:
        """Return those of some items that came under terms of others than who handed them over."""
        rows = rows_of(
            self._db, "SELECT item, party, body FROM post WHERE kind = 'receipt' AND item", items
        )
        return {
            item
            for item, party, body in rows
            if (label := msgspec.msgpack.decode(body).get("label"))
            and any(terms["originator"] != party for terms in label["terms"])
        }

    def taken_in(self, letter: str) -> list[Piece]:
        """Return the receipts on releases of items whose ids begin with a letter, in log order."""
        where = "kind = 'receipt' AND item >= ?1 || '-' AND item < ?1 || '.'"
        return list(self._rows(where, [letter]))

    def _rows(self, where: str, values: list[object]) -> Iterator[Piece]:
        rows = self._db.execute(
            "SELECT entry, kind, id, party, about, item, whole, inward, time, body "
            f"FROM post WHERE {where} ORDER BY seq",
            values,
        ).fetchall()
        for entry, kind, id_, party, about, item, whole, inward, time, body in rows:
            yield Piece(
                EntryId(entry),
                Kind(kind),
                id_,
                NodeId(party),
                about,
                item,
                whole,
                bool(inward),
                datetime.fromisoformat(time),
                msgspec.msgpack.decode(body),
            )
