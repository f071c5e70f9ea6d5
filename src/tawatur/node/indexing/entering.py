"""Which rows does an entry of the ledger make in the index, and which does it end?

One entry at a time, in log order. Nothing is worked out here: an entry says of which
documents everything has to be worked out again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import msgspec

from tawatur.ledger import Store
from tawatur.model.account import Account
from tawatur.model.document import Acquisition
from tawatur.model.entry import Entry, Kind, Payload
from tawatur.model.ids import DocumentId, EntryId, RenditionId
from tawatur.model.label import Label
from tawatur.model.ruling import Place
from tawatur.node import bodies
from tawatur.node.indexing import keeping, post
from tawatur.node.indexing.books import Books
from tawatur.node.indexing.derived import packed
from tawatur.node.indexing.keeping import Keeping
from tawatur.node.indexing.labels import Heads
from tawatur.node.indexing.lists import Lists
from tawatur.node.indexing.post import Post
from tawatur.node.indexing.rows import value

_STEPS = frozenset(
    {Kind.READING, Kind.JUDGEMENT, Kind.SIFTING, Kind.MARKING, Kind.GLOSS, Kind.REDACTION}
)
"""The kinds that are said of one rendition."""
BULK = frozenset({Kind.ACQUISITION, Kind.RENDITION, Kind.READING})
"""What an intake brings by the thousand. It adds, and takes from nobody what may be seen: a page
may be shown without it. Every other kind of entry counts in the next page."""
PRESSING = frozenset(Kind) - BULK
"""The kinds after which the documents that they touch are worked out before all others."""


@dataclass(frozen=True, slots=True)
class Entering:
    """Puts entries in the tables of an open index; the caller holds the transaction."""

    _db: Store
    _heads: Heads
    _lists: Lists
    _post: Post
    _books: Books
    _keeping: Keeping
    _label_of: Callable[[EntryId], Label]
    _document_at: Callable[[Place], DocumentId | None]

    def take(self, entry: Entry) -> set[str]:
        """Work one entry in, and return the documents that are to be worked out again."""
        if entry.payload is None:
            return set()
        body = entry.payload.body
        match entry.header.kind:
            case Kind.ACQUISITION:
                self._acquired(entry, bodies.acquisition(entry.payload))
            case Kind.RENDITION:
                row = (body["id"], entry.header.id, entry.seq, body["document"])
                self._db.execute("INSERT OR REPLACE INTO renditions VALUES (?, ?, ?, ?)", row)
                return {body["document"]}
            case kind if kind in _STEPS:
                return self._stepped(entry, RenditionId(body["rendition"]))
            case kind if kind in bodies.ITEMS or kind == Kind.REVIEW:
                self._books.take(entry, entry.payload, self._label(entry.payload.label))
            case kind if kind in keeping.KINDS:
                self._keeping.take(entry, entry.payload, self._label(entry.payload.label))
            case Kind.LABEL:
                for target in self._heads.take(entry, entry.payload):
                    self._relabel(target)
            case Kind.CONFIRMATION:
                self._heads.confirm(entry, entry.payload)
            case Kind.COMMUNITY:
                self._lists.take(entry, entry.payload)
            case Kind.RULING:
                return self._ruled(entry, entry.payload)
            case Kind.PARTNER:
                partner = (body["id"], entry.header.id, packed(body))
                self._db.execute("INSERT OR REPLACE INTO partners VALUES (?, ?, ?)", partner)
            case Kind.ACTOR:
                name = (body["id"], entry.header.id, body["name"])
                self._db.execute("INSERT OR REPLACE INTO actors VALUES (?, ?, ?)", name)
            case Kind.ACCOUNT:
                account = bodies.value_of(Account, body)
                kept = (account.id, entry.header.id, packed(account))
                self._db.execute("INSERT OR REPLACE INTO accounts VALUES (?, ?, ?)", kept)
            case Kind.ERASURE:
                self._db.execute("INSERT OR REPLACE INTO meta VALUES ('erased', ?)", (entry.seq,))
                return self._erase([leaf["entry"] for leaf in body["leaves"]])
            case kind if kind in post.KINDS:
                self._post.take(entry, entry.payload)
            case _:
                pass  # a kind without a derived row, or of a later version
        return set()

    def _acquired(self, entry: Entry, acquisition: Acquisition) -> None:
        label = self._label(acquisition.label)
        self._db.execute(
            "INSERT OR REPLACE INTO acquisitions VALUES (?, ?, ?, ?, ?)",
            (entry.header.id, entry.seq, acquisition.document, label, packed(acquisition)),
        )
        self._db.execute("INSERT OR IGNORE INTO documents(id) VALUES (?)", (acquisition.document,))

    def _relabel(self, entry: EntryId) -> None:
        """Put the label that now holds for an entry in its rows."""
        number = self._label(self._label_of(entry))
        for table in ("acquisitions", "desk", "reviews", "kept", "rulings"):
            self._db.execute(f"UPDATE {table} SET label = ? WHERE entry = ?", (number, entry))
        self._books.relabelled(entry)
        body = value(self._db, "SELECT body FROM acquisitions WHERE entry = ?", entry)
        if body is not None:
            known = msgspec.msgpack.decode(body, type=Acquisition)
            now = packed(replace(known, label=self._label_of(entry)))
            self._db.execute("UPDATE acquisitions SET body = ? WHERE entry = ?", (now, entry))

    def _stepped(self, entry: Entry, rendition: RenditionId) -> set[str]:
        """Work in what was read, judged or noted on a rendition; returns as `take` does."""
        kind = entry.header.kind
        row = (entry.header.id, entry.seq, rendition, kind, entry.header.author)
        self._db.execute("INSERT OR REPLACE INTO steps VALUES (?, ?, ?, ?, ?)", row)
        found = value(self._db, "SELECT document FROM renditions WHERE id = ?", rendition)
        return set() if found is None or kind in (Kind.GLOSS, Kind.REDACTION) else {found}

    def _ruled(self, entry: Entry, payload: Payload) -> set[str]:
        """Work a ruling in; returns as `take` does."""
        ruling = bodies.ruling(payload)
        if ruling is None:
            return set()
        self._db.execute(
            "INSERT OR REPLACE INTO rulings VALUES (?, ?, ?, ?, ?)",
            (
                ruling.id,
                payload.body["ruling"],
                entry.seq,
                self._label(payload.label),
                entry.header.id,
            ),
        )
        self._db.executemany(
            "INSERT OR IGNORE INTO ruled SELECT ?, document, ? FROM renditions WHERE id = ?",
            [(entry.header.id, entry.seq, place.rendition) for place in ruling.places],
        )
        return {d for place in ruling.places if (d := self._document_at(place)) is not None}

    def _erase(self, entries: list[str]) -> set[str]:
        """Forget the rows of erased entries, and what hung on them."""
        documents = set()
        for entry in entries:
            for table in ("acquisitions", "renditions"):
                found = value(self._db, f"SELECT document FROM {table} WHERE entry = ?", entry)
                documents |= {DocumentId(found)} if found else set()
            step = value(
                self._db,
                "SELECT document FROM renditions r JOIN steps s ON s.rendition = r.id "
                "WHERE s.entry = ?",
                entry,
            )
            documents |= {DocumentId(step)} if step else set()
        self._heads.forget(entries)
        self._books.forget(entries)
        self._keeping.forget(entries)
        for table in (
            "acquisitions", "renditions", "steps", "rulings", "ruled", "partners",
            "actors", "accounts", "papers", "post", "met",
        ):  # fmt: skip
            self._db.executemany(
                f"DELETE FROM {table} WHERE entry = ?",
                [(entry,) for entry in entries],
            )
        return {str(document) for document in documents}

    def _label(self, label: Label) -> int:
        text = bodies.label_text(label)
        self._db.execute("INSERT OR IGNORE INTO labels(text) VALUES (?)", (text,))
        return int(value(self._db, "SELECT id FROM labels WHERE text = ?", text))

    def purge(self) -> None:
        """Make sure that what was deleted is no longer in the files."""
        self._db.execute(
            "DELETE FROM labels WHERE id NOT IN (SELECT label FROM acquisitions UNION "
            "SELECT label FROM desk UNION SELECT label FROM reviews UNION "
            "SELECT label FROM kept UNION SELECT label FROM rulings)"
        )
        self._db.forget()
