"""The node's derived index: everything worked out from the ledger, kept as it changes.

A SQLite database beside the ledger that can be deleted and built again. `apply`
takes entries in log order and works out again only what they touch: the claims
of the documents concerned, and the connected components (of copies, names and
claims) that changed. A rebuild gives the same rows; a test holds it so.

Invariants: one transaction per `apply`; ``applied`` is the number of ledger
entries worked in; nothing here is needed to prove anything. What a viewer may
see of it is decided in `tawatur.node.sight`.
"""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, Protocol, TypeVar

import msgspec

from tawatur.errors import NodeError, StorageFullError, TawaturError, UnknownIdError
from tawatur.ledger import store_of
from tawatur.model.account import Account
from tawatur.model.carrying import Carrier, ungrouped
from tawatur.model.claim import (
    Claim,
    ClaimJudgement,
    Status,
    entities_of,
    family_of,
    fold_claims,
    speaking,
    standing,
)
from tawatur.model.document import (
    Acquisition,
    Gloss,
    Part,
    Rendition,
    Sifting,
    sifted_parts,
)
from tawatur.model.entry import Entry, Kind, Payload
from tawatur.model.ids import (
    ActorId,
    BlobDigest,
    ClaimId,
    DocumentId,
    EntityId,
    EntryId,
    RenditionId,
    keyed_id,
)
from tawatur.model.label import Label, join
from tawatur.model.marking import Marking, with_marked
from tawatur.model.picture import Copy, Event, Picture
from tawatur.model.reading import LocalEntity, Reading
from tawatur.model.ruling import Place, Ruling, Sameness
from tawatur.model.span import Span
from tawatur.node import (
    bodies,
    books,
    border_rows,
    identity,
    keeping,
    labels,
    lists,
    post,
    standings,
    waiting,
)
from tawatur.node.abreast import A, Abreast, B
from tawatur.node.derived import Derived, Shown, derived, packed
from tawatur.node.families import TABLES, Families
from tawatur.node.graph import Changes, Compared, Graph, Tie, schema
from tawatur.node.identity import OPEN, Identities, Known, Placed, Seen, Veil
from tawatur.node.material import Material, Rows, spoken, unpacked, weighed_rows
from tawatur.node.standings import Standings
from tawatur.node.veils import Veils
from tawatur.weighing.events import ClaimPrint
from tawatur.weighing.oppositions import print_link

FORMAT = 21
"""Version of the tables and of what stands in them; another one is built again."""

_FEW, _MANY, _STEP = 4, 64, 256
"""Documents that are worked out again in one step, for whose end other commands wait: by this
process alone; where there are enough to start others, or these have been started; at most. In a
larger step the processes wait less for one another, and a page of the file that holds keys of
several documents is written once for them."""
_NODES, _CLAIMS = 64, 8
"""Nodes of a graph that are compared, and claims that are weighed, in place of one document."""
_AT_ONCE = 16
"""Nodes of a graph that are compared in one go, and claims that are weighed: what is loaded for one
may serve another, and to hand a process its work costs what ten small components do."""
_KEPT = 16
"""Answers that are kept until an entry comes."""
_STEPS = frozenset(
    {Kind.READING, Kind.JUDGEMENT, Kind.SIFTING, Kind.MARKING, Kind.GLOSS, Kind.REDACTION}
)
"""The kinds that are said of one rendition."""
_WEIGHED = ("events", "conflicts", "near")
"""The tables of what components of claims come to."""

_TABLES = (
    """
CREATE TABLE meta(key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
CREATE TABLE labels(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE acquisitions(entry TEXT PRIMARY KEY, seq INTEGER NOT NULL, document TEXT NOT NULL,
                          label INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
CREATE INDEX acquisitions_by_document ON acquisitions(document, seq, label);
CREATE INDEX acquisitions_by_label ON acquisitions(label, document, seq);
CREATE TABLE documents(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
                       title TEXT NOT NULL DEFAULT '',
                       language TEXT NOT NULL DEFAULT 'und', publisher TEXT, published TEXT,
                       characters INTEGER NOT NULL DEFAULT 0, claims INTEGER NOT NULL DEFAULT 0)
    STRICT;
CREATE TABLE renditions(id TEXT PRIMARY KEY, entry TEXT NOT NULL, seq INTEGER NOT NULL,
                        document TEXT NOT NULL) STRICT;
CREATE INDEX renditions_by_document ON renditions(document, seq);
CREATE TABLE steps(entry TEXT PRIMARY KEY, seq INTEGER NOT NULL, rendition TEXT NOT NULL,
                   kind TEXT NOT NULL, author TEXT NOT NULL) STRICT;
CREATE INDEX steps_by_rendition ON steps(rendition, seq);
CREATE INDEX steps_by_kind ON steps(kind, rendition, author);
CREATE TABLE claims(id TEXT PRIMARY KEY, document TEXT NOT NULL, start INTEGER NOT NULL,
                    status TEXT NOT NULL, type TEXT NOT NULL, read INTEGER NOT NULL,
                    urgency INTEGER NOT NULL, missing INTEGER NOT NULL, component TEXT,
                    body BLOB NOT NULL) STRICT;
CREATE INDEX claims_missing ON claims(document, start, id) WHERE missing = 1;
CREATE INDEX claims_by_status ON claims(status, type, document);
CREATE TABLE claim_prints(id TEXT PRIMARY KEY, print BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX claims_by_document ON claims(document, start);
CREATE INDEX claims_by_component ON claims(component);
CREATE TABLE former(id TEXT PRIMARY KEY, document TEXT NOT NULL, body BLOB NOT NULL) STRICT;
CREATE INDEX former_by_document ON former(document);
CREATE TABLE events(id TEXT PRIMARY KEY, component TEXT NOT NULL, body BLOB NOT NULL,
                    documents INTEGER NOT NULL, claims INTEGER NOT NULL, happened TEXT NOT NULL)
    STRICT;
CREATE INDEX events_by_component ON events(component);
CREATE INDEX events_by_weight ON events(documents, claims, happened, id, component);
CREATE TABLE conflicts(id TEXT PRIMARY KEY, component TEXT NOT NULL, body BLOB NOT NULL) STRICT;
CREATE INDEX conflicts_by_component ON conflicts(component);
CREATE TABLE near(id TEXT PRIMARY KEY, component TEXT NOT NULL, body BLOB NOT NULL) STRICT;
CREATE INDEX near_by_component ON near(component);
CREATE TABLE stale(document TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE moved(document TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE unsettled(claim TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE rulings(id TEXT PRIMARY KEY, kind TEXT NOT NULL, seq INTEGER NOT NULL,
                     label INTEGER NOT NULL, entry TEXT NOT NULL) STRICT;
CREATE TABLE ruled(entry TEXT NOT NULL, document TEXT NOT NULL, seq INTEGER NOT NULL,
                   PRIMARY KEY(entry, document)) STRICT, WITHOUT ROWID;
CREATE INDEX ruled_by_document ON ruled(document);
CREATE TABLE partners(id TEXT PRIMARY KEY, entry TEXT NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE accounts(id TEXT PRIMARY KEY, entry TEXT NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE actors(id TEXT PRIMARY KEY, entry TEXT NOT NULL, name TEXT NOT NULL) STRICT;
CREATE VIRTUAL TABLE words USING fts5(document UNINDEXED, title, body,
                                      tokenize="unicode61 remove_diacritics 0")
"""
    + TABLES
    + labels.TABLES
    + lists.TABLES
    + post.TABLES
    + waiting.TABLES
    + books.TABLES
    + border_rows.TABLES
    + keeping.TABLES
    + identity.TABLES
    + standings.TABLES
    + schema("events_of")
)


class Weight(msgspec.Struct, frozen=True):
    """What events are listed by, out of the whole of one."""

    id: str
    documents: tuple[str, ...]
    claims: tuple[str, ...]
    when: str | None

    @classmethod
    def of(cls, event: Event) -> "Weight":
        """Return that of an event."""
        return cls(event.id, event.documents, event.claims, event.when)

    @property
    def key(self) -> tuple[int, int, str, str]:
        """Greater for what stands earlier in a list."""
        return len(self.documents), len(self.claims), self.when or "", self.id


P = ParamSpec("P")
R = TypeVar("R")


def undamaged(listing: Callable[P, R]) -> Callable[P, R]:
    """Make ``listing`` say what to do where the index does not hold what it was given."""

    @wraps(listing)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return listing(*args, **kwargs)
        except (sqlite3.Error, msgspec.MsgspecError, UnicodeDecodeError) as cause:
            raise NodeError("index.db is damaged; run `tawatur rebuild`") from cause

    return guarded


class Entries(Protocol):
    """What the index needs of the ledger."""

    def entry(self, id: EntryId) -> Entry:  # noqa: A002 - the ledger's word
        """Return one entry; its payload is None once erased."""
        ...

    def blob(self, digest: BlobDigest) -> bytes:
        """Return a blob's bytes."""
        ...


class Index:
    """One open connection to a node's index; not shared between threads."""

    def __init__(
        self,
        path: Path,
        key: bytes,
        ledger: Entries,
        beside: "Callable[[], Index] | None" = None,
        store: str = "sqlite",
    ) -> None:
        """Open the index; one that is missing or of another format is made anew.

        Args:
            path: The file, where it is kept in one.
            key: The node's id key.
            ledger: Where payloads and blobs are.
            beside: Opens the same index in another process; without it there is only this one.
            store: ``sqlite``, or the address of the PostgreSQL database that keeps it.
        """
        self._key, self._ledger = key, ledger
        self._veils = Veils()
        self._kept: dict[object, Any] = {}
        self._kept_at = -1  # by how many entries were worked in
        self._abreast = None if beside is None else Abreast(beside)
        try:
            # Several nodes may share a server's database.
            self.db = store_of(store, path, keyed_id("index", key, "store").replace("-", "_"))
            if self.db.format() != FORMAT:
                self.clear(only_other_format=True)
        except sqlite3.Error as cause:
            raise _refusal(cause) from cause
        self._families = Families(self.db)
        self.heads = labels.Heads(self.db)
        self.lists = lists.Lists(self.db)
        self.post = post.Post(self.db)
        self.waiting = waiting.Waiting(self.db)
        self.books = books.Books(self.db)
        self.keeping = keeping.Keeping(self.db)
        self.identities = Identities(self.db, key)
        self.standings = Standings(self.db)
        self._about: Graph[ClaimPrint] = Graph(self.db, "events_of", self._claim_prints, _one_event)
        self._graphs: dict[str, tuple[Graph[Any], Callable[[set[str], Changes], None]]] = {
            "copies": (self._families.texts, self._rejoined),
            "translations": (self._families.facts, self._rejoined),
            "names": (self.identities.names, self._renamed),
            "events_of": (self._about, self._linked),
        }

    def close(self) -> None:
        """Close the connection."""
        if self._abreast is not None:
            self._abreast.end()
        self.db.close()

    def clear(self, *, only_other_format: bool = False) -> None:
        """Throw everything away; the next `apply` begins at entry 0."""
        with self._transaction():
            if only_other_format and self.db.format() == FORMAT:
                return  # another process was faster
            self.db.make(_TABLES, FORMAT)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Hold a transaction; after any failure nothing of it is there.

        Raises:
            StorageFullError: The disk is full.
            NodeError: The index is damaged; it can be deleted.
        """
        try:
            self.db.begin()
            try:
                yield
                self.db.commit()
            except BaseException:
                if self.db.in_transaction:
                    self.db.rollback()
                raise
        except sqlite3.Error as cause:
            raise _refusal(cause) from cause

    @property
    def applied(self) -> int:
        """How many ledger entries are worked in."""
        row = self.db.execute("SELECT value FROM meta WHERE key = 'applied'").fetchone()
        return int(row[0]) if row else 0

    def purge(self) -> None:
        """Make sure that what was deleted is no longer in the files."""
        self.db.execute(
            "DELETE FROM labels WHERE id NOT IN (SELECT label FROM acquisitions UNION "
            "SELECT label FROM desk UNION SELECT label FROM reviews UNION "
            "SELECT label FROM kept UNION SELECT label FROM rulings)"
        )
        self.db.forget()

    # ------------------------------------------------------------ working entries in

    def apply(self, entries: Iterable[Entry], enough: Callable[[], bool]) -> bool:
        """Work ``entries`` in, in log order, until ``enough()``; return whether all are in.

        The first must be the one after those applied. One transaction: after a failure
        nothing of it is there. While there is time, documents are worked out again as well.
        """
        with self._transaction():
            done, complete = self.applied, True
            for entry in entries:
                if entry.seq < done:
                    continue  # another process was faster
                if entry.seq != done:
                    raise NodeError("index.db is damaged; run `tawatur rebuild`")
                self._mark("stale", self._take(entry))
                done = entry.seq + 1
                if enough():
                    complete = False
                    break
            self.db.execute("INSERT OR REPLACE INTO meta VALUES ('applied', ?)", (done,))
        if complete and not enough():
            # So that little is left when many come one after the other. A transaction of its
            # own, since other processes see what the first one wrote only now.
            with self._transaction():
                while self._derive(self._stale(_FEW)) and not enough():
                    pass
        return complete

    def settle(self, enough: Callable[[], bool]) -> bool:
        """Work out what `apply` left to be worked out, until ``enough()``; return whether all is.

        First each document by itself, then what is fresh in the graphs, then whose families that
        changed, then the components: what many entries touched since is worked out once. Each
        step is a transaction of its own, since other processes see what the one before wrote.
        """
        steps = (self._derive_some, self._compare_some, self._follow_some, self._weigh_some)
        while any(self._done(step) for step in steps):
            if enough():
                break
        return not self.unsettled

    def _done(self, step: Callable[[], bool]) -> bool:
        with self._transaction():
            return step()

    @property
    def unsettled(self) -> bool:
        """Whether something has still to be worked out again."""
        fresh = (f"{name}_fresh" for name in self._graphs)
        return any(
            self._one(f"SELECT EXISTS (SELECT 1 FROM {table})")
            for table in ("stale", *fresh, "moved", "unsettled")
        )

    @property
    def position(self) -> tuple[int, int]:
        """How many entries are worked in, and how many documents have still to be."""
        return self.applied, self.stale

    @property
    def stale(self) -> int:
        """How many documents have still to be worked out again by themselves."""
        return int(self._one("SELECT count(*) FROM stale"))

    def _mark(self, table: str, ids: Iterable[str]) -> None:
        """Note what has to be worked out again."""
        rows = [(each,) for each in ids]
        self.db.executemany(f"INSERT OR IGNORE INTO {table} VALUES (?)", rows)

    def _portion(self, found: Callable[[int], list[str]], each: int = 1) -> list[str]:
        """Return what is worked out in one step.

        Args:
            found: Gives the first things that wait, at most so many.
            each: So many of them are in place of one document.
        """
        some = found(_STEP * each)
        started = self._abreast is not None and self._abreast.started
        return some if started or len(some) >= _MANY * each else some[: _FEW * each]

    def _derive_some(self) -> bool:
        """Put some documents that changed in their place; return whether there were any."""
        return self._derive(self._portion(self._stale))

    def _stale(self, most: int) -> list[str]:
        return self._first("SELECT document FROM stale LIMIT ?", most)

    def _derive(self, documents: list[str]) -> bool:
        """Put documents in their place; return whether there are any."""
        some = list(map(DocumentId, documents))
        with ExitStack() as stack:
            for graph, _ in self._graphs.values():
                stack.enter_context(graph.together())
            for new in self._each(Index.derived, some, len(some)):
                self._place(new)
        self.db.executemany("DELETE FROM stale WHERE document = ?", [(each,) for each in some])
        return bool(some)

    def _compare_some(self) -> bool:
        """Compare some of the fresh nodes of one graph; return as above."""
        for name, (graph, changed) in self._graphs.items():
            some = self._portion(graph.fresh, _NODES)
            if some:
                parts = [(name, some[at : at + _AT_ONCE]) for at in range(0, len(some), _AT_ONCE)]
                found = self._each(Index.compared, parts, len(parts))
                changed(set(some), graph.join(each for part in found for each in part))
                return True
        return False

    def compared(self, fresh: tuple[str, list[str]]) -> list[Compared]:
        """Return what fresh nodes of the graph called so come to; changes nothing."""
        name, nodes = fresh
        graph, _ = self._graphs[name]
        return graph.compared(nodes)

    def _rejoined(self, _: set[str], changes: Changes) -> None:
        """Note the families that changes in a graph of documents touch."""
        self._mark("moved", self._families.rejoined(changes))

    def _renamed(self, spellings: set[str], changes: Changes) -> None:
        """Give spellings that were compared their entities, and note the claims that this moves."""
        self._mark("unsettled", self._claims_of(self.identities.settle(spellings | changes.ends)))

    def _linked(self, claims: set[str], changes: Changes) -> None:
        """Note the components of claims that were compared."""
        self._mark("unsettled", claims | changes.ends)

    def _follow_some(self) -> bool:
        """Have the claims weighed again of a few families that changed; return as above."""
        some = self._first("SELECT document FROM moved LIMIT ?", _FEW)
        families = frozenset[str]().union(*self._families.families(some))
        self._mark("unsettled", self._claims_of(families))
        self.db.executemany("DELETE FROM moved WHERE document = ?", [(e,) for e in families])
        return bool(some)

    def _weigh_some(self) -> bool:
        """Weigh some components again; return as above."""
        some = self._portion(self._unsettled, _CLAIMS)
        self._weigh_again(some)
        return bool(some)

    def _unsettled(self, most: int) -> list[str]:
        return self._first("SELECT claim FROM unsettled LIMIT ?", most)

    def _first(self, query: str, count: int) -> list[str]:
        return [row[0] for row in self.db.execute(query, (count,))]

    def _take(self, entry: Entry) -> set[str]:
        """Work one entry in, and return the documents that are to be worked out again."""
        if entry.payload is None:
            return set()
        body = entry.payload.body
        match entry.header.kind:
            case Kind.ACQUISITION:
                self._acquired(entry, bodies.acquisition(entry.payload))
            case Kind.RENDITION:
                row = (body["id"], entry.header.id, entry.seq, body["document"])
                self.db.execute("INSERT OR REPLACE INTO renditions VALUES (?, ?, ?, ?)", row)
                return {body["document"]}
            case kind if kind in _STEPS:
                return self._stepped(entry, RenditionId(body["rendition"]))
            case kind if kind in bodies.ITEMS or kind == Kind.REVIEW:
                self.books.take(entry, entry.payload, self._label(entry.payload.label))
            case kind if kind in keeping.KINDS:
                self.keeping.take(entry, entry.payload, self._label(entry.payload.label))
            case Kind.LABEL:
                for target in self.heads.take(entry, entry.payload):
                    self._relabel(target)
            case Kind.CONFIRMATION:
                self.heads.confirm(entry, entry.payload)
            case Kind.COMMUNITY:
                self.lists.take(entry, entry.payload)
            case Kind.RULING:
                return self._ruled(entry, entry.payload)
            case Kind.PARTNER:
                partner = (body["id"], entry.header.id, packed(body))
                self.db.execute("INSERT OR REPLACE INTO partners VALUES (?, ?, ?)", partner)
            case Kind.ACTOR:
                name = (body["id"], entry.header.id, body["name"])
                self.db.execute("INSERT OR REPLACE INTO actors VALUES (?, ?, ?)", name)
            case Kind.ACCOUNT:
                account = bodies.value_of(Account, body)
                kept = (account.id, entry.header.id, packed(account))
                self.db.execute("INSERT OR REPLACE INTO accounts VALUES (?, ?, ?)", kept)
            case Kind.ERASURE:
                self.db.execute("INSERT OR REPLACE INTO meta VALUES ('erased', ?)", (entry.seq,))
                return self._erase([leaf["entry"] for leaf in body["leaves"]])
            case kind if kind in post.KINDS:
                self.post.take(entry, entry.payload)
            case _:
                pass  # a kind without a derived row, or of a later version
        return set()

    def _acquired(self, entry: Entry, acquisition: Acquisition) -> None:
        label = self._label(acquisition.label)
        self.db.execute(
            "INSERT OR REPLACE INTO acquisitions VALUES (?, ?, ?, ?, ?)",
            (entry.header.id, entry.seq, acquisition.document, label, packed(acquisition)),
        )
        self.db.execute("INSERT OR IGNORE INTO documents(id) VALUES (?)", (acquisition.document,))

    def _relabel(self, entry: EntryId) -> None:
        """Put the label that now holds for an entry in its rows."""
        number = self._label(self.label_of(entry))
        for table in ("acquisitions", "desk", "reviews", "kept", "rulings"):
            self.db.execute(f"UPDATE {table} SET label = ? WHERE entry = ?", (number, entry))
        self.books.relabelled(entry)
        body = self._one("SELECT body FROM acquisitions WHERE entry = ?", entry)
        if body is not None:
            known = msgspec.msgpack.decode(body, type=Acquisition)
            now = packed(replace(known, label=self.label_of(entry)))
            self.db.execute("UPDATE acquisitions SET body = ? WHERE entry = ?", (now, entry))

    def label_of(self, entry: EntryId) -> Label:
        """Return the label that holds for an entry: its own, or those put in its place, joined.

        Raises:
            UnknownIdError: There is no such entry, or it is erased.
        """
        payload = self._ledger.entry(entry).payload
        if payload is None:
            raise UnknownIdError("entry", entry)
        return join(payload.label.originators[0], self.heads.of(entry).values() or [payload.label])

    def _stepped(self, entry: Entry, rendition: RenditionId) -> set[str]:
        """Work in what was read, judged or noted on a rendition; returns as `_take` does."""
        kind = entry.header.kind
        row = (entry.header.id, entry.seq, rendition, kind, entry.header.author)
        self.db.execute("INSERT OR REPLACE INTO steps VALUES (?, ?, ?, ?, ?)", row)
        found = self._one("SELECT document FROM renditions WHERE id = ?", rendition)
        return set() if found is None or kind in (Kind.GLOSS, Kind.REDACTION) else {found}

    def _ruled(self, entry: Entry, payload: Payload) -> set[str]:
        """Work a ruling in; returns as `_take` does."""
        ruling = bodies.ruling(payload)
        if ruling is None:
            return set()
        self.db.execute(
            "INSERT OR REPLACE INTO rulings VALUES (?, ?, ?, ?, ?)",
            (
                ruling.id,
                payload.body["ruling"],
                entry.seq,
                self._label(payload.label),
                entry.header.id,
            ),
        )
        self.db.executemany(
            "INSERT OR IGNORE INTO ruled SELECT ?, document, ? FROM renditions WHERE id = ?",
            [(entry.header.id, entry.seq, place.rendition) for place in ruling.places],
        )
        return {d for place in ruling.places if (d := self.document_at(place)) is not None}

    def _erase(self, entries: list[str]) -> set[str]:
        """Forget the rows of erased entries, and what hung on them."""
        documents = set()
        for entry in entries:
            for table in ("acquisitions", "renditions"):
                found = self._one(f"SELECT document FROM {table} WHERE entry = ?", entry)
                documents |= {DocumentId(found)} if found else set()
            step = self._one(
                "SELECT document FROM renditions r JOIN steps s ON s.rendition = r.id "
                "WHERE s.entry = ?",
                entry,
            )
            documents |= {DocumentId(step)} if step else set()
        self.heads.forget(entries)
        self.books.forget(entries)
        self.keeping.forget(entries)
        for table in (
            "acquisitions", "renditions", "steps", "rulings", "ruled", "partners",
            "actors", "accounts", "papers", "post", "met",
        ):  # fmt: skip
            self.db.executemany(
                f"DELETE FROM {table} WHERE entry = ?",
                [(entry,) for entry in entries],
            )
        return {str(document) for document in documents}

    # ------------------------------------------------------------ one document

    def rendition(self, document: DocumentId) -> Rendition | None:
        """Return the newest rendition of ``document``, None if nothing of it is left.

        What is content in it is as people sifted it.
        """
        return next(self._renditions(document), None)

    def renditions(self, document: DocumentId) -> tuple[Rendition, ...]:
        """Return all renditions of ``document``, newest first, each as people sifted it."""
        return tuple(self._renditions(document))

    def _renditions(self, document: DocumentId) -> Iterator[Rendition]:
        for bare in self._bare(document):
            extraction = bare.extraction.sifted(self.siftings(bare))
            yield replace(bare, extraction=extraction)

    def _bare(self, document: DocumentId) -> Iterator[Rendition]:
        """Yield the renditions of ``document``, newest first, as their extractors made them."""
        if not self._one("SELECT 1 FROM acquisitions WHERE document = ?", document):
            return
        rows = self.db.execute(
            "SELECT entry FROM renditions WHERE document = ? ORDER BY seq DESC", (document,)
        ).fetchall()
        for (entry,) in rows:
            payload = self._ledger.entry(EntryId(entry)).payload
            if payload is not None:
                blob = self._ledger.blob(BlobDigest(payload.body["text_blob"]))
                yield bodies.rendition(payload, blob.decode("utf-8"))

    def bare(self, rendition: RenditionId) -> Rendition:
        """Return a rendition as its extractor made it.

        Raises:
            UnknownIdError: There is none.
        """
        document = self._one("SELECT document FROM renditions WHERE id = ?", rendition)
        for bare in self._bare(DocumentId(document or "")):
            if bare.id == rendition:
                return bare
        raise UnknownIdError("rendition", rendition)

    def siftings(self, rendition: Rendition) -> tuple[Sifting, ...]:
        """Return people's words on what is content, as they hold for ``rendition``, oldest first.

        Args:
            rendition: Of a document that is held; it need not be held itself.
        """
        carriers = self._carriers(rendition)
        found = (bodies.sifting(payload) for _, payload in self._said(rendition, Kind.SIFTING))
        placed = ((each, carriers[each.rendition].place(each.span)) for each in found)
        return tuple(replace(sifting, span=span) for sifting, span in placed if span)

    def parts(self, rendition: Rendition) -> tuple[Part, ...]:
        """Return what is left out of a rendition or was brought back, in order of place."""
        return sifted_parts(self.bare(rendition.id).extraction.asides, self.siftings(rendition))

    def markings(self, rendition: Rendition) -> tuple[Marking, ...]:
        """Return the names and times that people marked, as they hold for ``rendition``.

        Args:
            rendition: Of a document that is held.

        Returns:
            Those not withdrawn whose words stand in it, oldest first.
        """
        carriers = self._carriers(rendition)
        found = (bodies.marking(payload) for _, payload in self._said(rendition, Kind.MARKING))
        newest = {marking.id: marking for marking in found}
        placed = (
            replace(
                each,
                rendition=rendition.id,
                span=place,
                like=carriers[each.rendition].place(each.like) if each.like else None,
            )
            for each in newest.values()
            if not each.withdrawn and (place := carriers[each.rendition].place(each.span))
        )
        return tuple(placed)

    def glosses(self, rendition: Rendition) -> tuple[tuple[Label, Gloss, str, Span | None], ...]:
        """Return the notes on a document, in order of place, each with its label.

        Returns:
            Label, note, the text that it was made on, and its place in ``rendition``; None
            where the words do not stand there. Those come last.
        """
        newest = {
            gloss.id: (self.label_of(entry), gloss)
            for entry, payload in self._said(rendition, Kind.GLOSS)
            for gloss in (bodies.gloss(payload),)
        }
        carriers = self._carriers(rendition)
        placed = []
        for label, gloss in newest.values():
            if not gloss.withdrawn:
                carrier = carriers[gloss.rendition]
                place = carrier.place(gloss.span)
                placed.append((label, gloss, carrier.old.extraction.text, place))
        placed.sort(key=lambda each: (each[3] is None, each[3] or each[1].span, each[1].id))
        return tuple(placed)

    def glossed(self, given: str) -> tuple[DocumentId, ...]:
        """Return the documents with a note whose id begins with ``given``."""
        rows = self.db.execute(
            "SELECT s.entry, r.document FROM steps s JOIN renditions r ON s.rendition = r.id "
            "WHERE s.kind = ? ORDER BY s.seq",
            (Kind.GLOSS,),
        ).fetchall()
        entries = (
            (self._ledger.entry(EntryId(entry)).payload, document) for entry, document in rows
        )
        found = (DocumentId(d) for p, d in entries if p and p.body["id"].startswith(given))
        return tuple(dict.fromkeys(found))

    def rulings(self) -> Iterator[tuple[int, Ruling]]:
        """Yield the rulings that hold, in log order, each with its label's number."""
        rows = self.db.execute("SELECT entry, label FROM rulings ORDER BY seq").fetchall()
        for entry, label in rows:
            payload = self._ledger.entry(EntryId(entry)).payload
            ruling = bodies.ruling(payload) if payload else None
            if ruling is not None and not ruling.withdrawn:
                yield label, ruling

    def document_at(self, place: Place) -> DocumentId | None:
        """Return the document in whose text a place lies, None if this node does not hold it."""
        found = self._one("SELECT document FROM renditions WHERE id = ?", place.rendition)
        return DocumentId(found) if found else None

    def now_at(self, place: Place) -> Place | None:
        """Return where the words of a place stand in the newest text of their document."""
        document = self.document_at(place)
        newest = next(self._bare(document), None) if document else None
        if newest is None or newest.id == place.rendition:
            return place if newest else None
        span = self._carriers(newest)[place.rendition].place(place.span)
        return Place(newest.id, span) if span else None

    def actors(self) -> dict[ActorId, str]:
        """Return the names of those who work on this node, by id."""
        return {ActorId(i): name for i, name in self.db.execute("SELECT id, name FROM actors")}

    def author(self, entry: EntryId) -> ActorId:
        """Return by whom an entry was made."""
        return self._ledger.entry(entry).header.author

    def made(self, rendition: RenditionId) -> datetime:
        """Return when a rendition was recorded, UTC."""
        entry = self._one("SELECT entry FROM renditions WHERE id = ?", rendition)
        return self._ledger.entry(EntryId(entry)).header.time

    def former(self, document: DocumentId) -> tuple[Claim, ...]:
        """Return the claims of a document that a newer text of it replaced, by place."""
        rows = self.db.execute("SELECT body FROM former WHERE document = ?", (document,))
        found = (msgspec.msgpack.decode(body, type=Claim) for (body,) in rows)
        return tuple(sorted(found, key=lambda claim: (claim.rendition, claim.span, claim.id)))

    def claim(self, id: ClaimId) -> Claim:  # noqa: A002 - the model's word
        """Return one claim, in force or replaced, by its whole id; KeyError if there is none."""
        body = self._one("SELECT body FROM former WHERE id = ?", id)
        return msgspec.msgpack.decode(body, type=Claim) if body else self.claims_by_id([id])[id]

    def reading(self, rendition: Rendition) -> Reading | None:
        """Return the newest reading by the reader that speaks, with what people marked."""
        reading = speaking(self.readings(rendition.id))
        if reading is None:
            return None
        return with_marked(reading, rendition.extraction.text, self.markings(rendition))

    def _whole_reading(self, rendition: Rendition) -> Reading | None:
        """Return that reading with who and what any of the readers names."""
        readings = self.readings(rendition.id)
        if (first := speaking(readings)) is None:
            return None
        whole = replace(first, entities=entities_of(readings.values()))
        return with_marked(whole, rendition.extraction.text, self.markings(rendition))

    def readings(self, rendition: RenditionId) -> dict[str, Reading]:
        """Return the newest reading of a rendition by each family of readers."""
        rows = self.db.execute(
            "SELECT entry FROM steps WHERE rendition = ? AND kind = 'reading' ORDER BY seq",
            (rendition,),
        ).fetchall()
        payloads = (self._ledger.entry(EntryId(row[0])).payload for row in rows)
        found = (bodies.reading(payload) for payload in payloads if payload)
        return {family_of(reading.reader): reading for reading in found}

    def acquisitions(self, document: DocumentId) -> list[tuple[int, Acquisition]]:
        """Return the acquisitions of ``document`` in log order, each with its label's number."""
        rows = self.db.execute(
            "SELECT label, body FROM acquisitions WHERE document = ? ORDER BY seq", (document,)
        )
        return [(label, msgspec.msgpack.decode(body, type=Acquisition)) for label, body in rows]

    def taken_in_by(self, document: DocumentId) -> list[EntryId]:
        """Return every entry by which a document came, in log order."""
        rows = self.db.execute(
            "SELECT entry FROM acquisitions WHERE document = ? ORDER BY seq", (document,)
        )
        return [EntryId(row[0]) for row in rows]

    def entries_of(self, document: DocumentId) -> list[EntryId]:
        """Return every entry that holds anything of ``document``, in log order."""
        rows = self.db.execute(
            "SELECT entry, seq FROM acquisitions WHERE document = ?1 "
            "UNION SELECT entry, seq FROM renditions WHERE document = ?1 "
            "UNION SELECT s.entry, s.seq FROM steps s JOIN renditions r ON s.rendition = r.id "
            "WHERE r.document = ?1 "
            "UNION SELECT entry, seq FROM ruled WHERE document = ?1 "
            "UNION SELECT l.entry, l.seq FROM labelled l JOIN acquisitions a "
            "ON a.entry = l.target WHERE a.document = ?1 "
            "UNION SELECT l.entry, l.seq FROM labelled l JOIN steps s ON s.entry = l.target "
            "JOIN renditions r ON s.rendition = r.id WHERE r.document = ?1 ORDER BY 2",
            (document,),
        )
        return [EntryId(row[0]) for row in rows]

    def derived(self, document: DocumentId) -> Derived:
        """Return what ``document`` comes to by itself, from what the ledger holds of it."""
        renditions = self.renditions(document)
        rendition = renditions[0] if renditions else None
        claims, former = self._in_force(renditions)
        reading = self._whole_reading(rendition) if rendition else None
        return derived(document, rendition, claims, former, reading, self._key)

    def _place(self, new: Derived) -> None:
        """Put what a document comes to in place of what it came to, and note what that touches."""
        document, shown = new.document, new.shown
        self._show(document, shown, len(new.claims))
        text, keys = (shown.text, shown.keys) if shown else (None, b"")
        self._mark("moved", self._families.show(document, text, keys))
        self._set_claims(new)
        self.standings.show(document, new.voices)
        if self.identities.show(document, new.names, self._samenesses(document)):
            self._mark("unsettled", self._claims_of([document]))
        self._mark("moved", self._families.tell(document, new.facts, new.fact_keys))

    def _show(self, document: DocumentId, shown: Shown | None, claims: int) -> None:
        """Bring the line of a document and the words by which it is found up to date."""
        number = self._one("SELECT number FROM documents WHERE id = ?", document)
        self.db.execute("DELETE FROM words WHERE rowid = ?", (number,))
        if shown is None:
            self.db.execute("DELETE FROM documents WHERE id = ?", (document,))
            return
        self.db.execute(
            "UPDATE documents SET title = ?, language = ?, publisher = ?, published = ?, "
            "characters = ?, claims = ? WHERE number = ?",
            (
                shown.title,
                shown.language,
                shown.publisher,
                shown.published,
                shown.characters,
                claims,
                number,
            ),
        )
        self.db.execute(
            "INSERT INTO words(rowid, document, title, body) VALUES (?, ?, ?, ?)",
            (number, document, *shown.words),
        )

    def _set_claims(self, new: Derived) -> None:
        """Put the claims of a document, and what its text says against itself, in place."""
        document = new.document
        self.db.execute("DELETE FROM former WHERE document = ?", (document,))
        self.db.executemany(
            "INSERT INTO former VALUES (?, ?, ?)", [(i, document, body) for i, body in new.former]
        )
        rows = self.db.execute(
            "SELECT id, body, urgency FROM claims WHERE document = ?", (document,)
        )
        old = {id_: (body, urgency) for id_, body, urgency in rows}
        now = {claim.id: (claim.body, claim.urgency) for claim in new.claims}
        gone = [id_ for id_, held in old.items() if now.get(id_) != held]
        fresh = [claim for claim in new.claims if old.get(claim.id) != now[claim.id]]
        self._drop_components(gone)
        for table in ("claims", "claim_prints"):
            self.db.executemany(f"DELETE FROM {table} WHERE id = ?", [(i,) for i in gone])
        self.db.executemany(
            "INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)",
            [
                (c.id, document, c.start, c.status, c.type, c.read, c.urgency, c.missing, c.body)
                for c in fresh
            ],
        )
        self.db.executemany(
            "INSERT INTO claim_prints VALUES (?, ?)", [(c.id, c.print) for c in fresh]
        )
        # What a text says against itself stands under the document, as an event under a claim.
        for table in ("conflicts", "near"):
            self.db.execute(f"DELETE FROM {table} WHERE component = ?", (document,))
        self._keep([(document, {"conflicts": new.conflicts, "near": new.near})])
        self._linked(set(), self._about.change(gone, {c.id: c.keys for c in fresh}))

    def _keep(
        self, found: Collection[tuple[str, Mapping[str, Iterable[tuple[str, bytes]]]]]
    ) -> None:
        """Keep rows by table, each under the name of what they were worked out from."""
        for table in _WEIGHED:
            kept = [(i, name, body) for name, rows in found for i, body in rows.get(table, ())]
            if table == "events":
                weights = (msgspec.msgpack.decode(body, type=Weight) for _, _, body in kept)
                rows = [(*row, *weight.key[:3]) for row, weight in zip(kept, weights, strict=True)]
                self.db.executemany("INSERT OR REPLACE INTO events VALUES (?, ?, ?, ?, ?, ?)", rows)
            else:
                self.db.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", kept)

    def _in_force(self, renditions: Sequence[Rendition]) -> tuple[list[Claim], list[Claim]]:
        """Return the claims in force of one document, and those that a newer text replaced.

        In force are the claims on the newest rendition, with the judgements on older ones
        whose words stand in it as well; and what people judged on an older one where they do
        not. So no claim counts twice, and no judgement is lost.

        Args:
            renditions: Of the document, newest first.
        """
        claims: list[Claim] = []
        former: list[Claim] = []
        for age, rendition in enumerate(renditions):
            counted = {judgement for claim in claims for judgement in claim.judgements}
            for claim in self._folded(rendition, self.judged(rendition)):
                if age == 0:
                    claims.append(claim)
                elif claim.judgements and not counted & set(claim.judgements):
                    claims.append(replace(claim, content=ungrouped(claim.content)))
                else:
                    former.append(claim)
        return claims, former

    def as_read(self, rendition: RenditionId) -> tuple[Claim, ...]:
        """Return what the readers of a text propose, as if nobody had judged it."""
        return self._folded(self.bare(rendition), {})

    def _folded(
        self, rendition: Rendition, judged: Mapping[EntryId, ClaimJudgement]
    ) -> tuple[Claim, ...]:
        steps: list[Reading | tuple[EntryId, ClaimJudgement]] = []
        carriers = self._carriers(rendition)
        for entry, payload in self._said(rendition, Kind.READING, Kind.JUDGEMENT):
            if entry in judged:
                judgement = judged[entry]
                carried = carriers[judgement.rendition].judgement(judgement)
                steps += [(entry, carried)] if carried else []
            elif "reading" not in payload.body:
                continue  # taken back, or left out
            elif payload.body["rendition"] == rendition.id:
                steps.append(bodies.reading(payload))
        acquired = [acquisition for _, acquisition in self.acquisitions(rendition.document)]
        expiries = [a.expires for a in acquired if a.expires is not None]
        return fold_claims(
            rendition,
            steps,
            id_of=lambda span: self._claim_id(rendition.id, span),
            learnt=min(a.time for a in acquired),
            purpose=next((a.purpose for a in acquired if a.purpose), None),
            # Held as long as one taking-in allows it.
            expires=max(expiries) if len(expiries) == len(acquired) else None,
        )

    def judged(self, rendition: Rendition) -> dict[EntryId, ClaimJudgement]:
        """Return the judgements on a document that hold, on whichever text, in log order."""
        found = self._said(rendition, Kind.JUDGEMENT)
        return standing({entry: bodies.judgement(payload) for entry, payload in found})

    def judgements(self, rendition: RenditionId) -> dict[EntryId, ClaimJudgement]:
        """Return those of them that hold for one text, as they hold there, in log order."""
        new = self.bare(rendition)
        carriers = self._carriers(new)
        carried = (
            (entry, carriers[judgement.rendition].judgement(judgement))
            for entry, judgement in self.judged(new).items()
        )
        return {entry: judgement for entry, judgement in carried if judgement}

    def _said(self, rendition: Rendition, *kinds: Kind) -> Iterator[tuple[EntryId, Payload]]:
        """Yield what was read, judged or noted on any rendition of the same document."""
        marks = ",".join("?" * len(kinds))
        # From the renditions to the steps: the other way all readings would be looked at.
        rows = self.db.execute(
            "SELECT s.entry FROM renditions r CROSS JOIN steps s WHERE s.rendition = r.id "
            f"AND r.document = ? AND s.kind IN ({marks}) ORDER BY s.seq",
            (rendition.document, *kinds),
        ).fetchall()
        for (entry,) in rows:
            payload = self._ledger.entry(EntryId(entry)).payload
            if payload is not None:
                yield EntryId(entry), payload

    def _carriers(self, rendition: Rendition) -> "_Carriers":
        return _Carriers(rendition, self.bare)

    def _claim_id(self, rendition: RenditionId, span: Span) -> ClaimId:
        return ClaimId(keyed_id("c", self._key, rendition, span.start, span.end))

    def _samenesses(self, document: DocumentId) -> Iterator[Placed]:
        """Yield what people ruled of names in ``document``, where the words are still names."""
        rows = self.db.execute(
            "SELECT r.entry FROM rulings r JOIN ruled d ON d.entry = r.entry WHERE d.document = ?",
            (document,),
        ).fetchall()
        for (entry,) in rows:
            payload = self._ledger.entry(EntryId(entry)).payload
            ruling = bodies.ruling(payload) if payload else None
            if isinstance(ruling, Sameness) and not ruling.withdrawn:
                a, b = self.named_at(ruling.a), self.named_at(ruling.b)
                if a is not None and b is not None and a != b:
                    yield Placed(ruling.id, ruling.same, a, b)

    def named(self, document: DocumentId) -> tuple[Rendition, tuple[LocalEntity, ...]]:
        """Return the newest text of a document that is held, with who and what it names."""
        rendition = next(self._bare(document))
        reading = self._whole_reading(rendition)
        return rendition, reading.entities if reading else ()

    def named_at(self, place: Place) -> tuple[DocumentId, str] | None:
        """Return the named thing whose name stands at a place, None where none does today."""
        document, now = self.document_at(place), self.now_at(place)
        if document is None or now is None:
            return None
        found = {
            entity.id: max((span.overlap(now.span) for span in entity.mentions), default=0)
            for entity in self.named(document)[1]
        }
        local = max(found, key=lambda id_: (found[id_], id_), default=None)
        return (document, local) if local is not None and found[local] else None

    # ------------------------------------------------------------ components of claims

    def _weigh_again(self, seeds: Collection[str]) -> None:
        """Work the components of claims that hold ``seeds`` out again."""
        held = {row[0] for row in self._rows("SELECT id FROM claims WHERE id", seeds)}
        # The largest first: nobody waits at the end for one that was begun late.
        components = sorted(map(sorted, self._about.components(held)), key=len, reverse=True)
        parts = list(_together(components))
        found = self._each(Index.weighed, parts, len(components))
        weighed = [rows for part in found for rows in part]
        members = {claim: component[0] for component in components for claim in component}
        self._drop_components(members)
        self._keep([(of[0], rows) for of, rows in zip(components, weighed, strict=True)])
        for of, rows in zip(components, weighed, strict=True):
            self.waiting.keep(of[0], rows["waiting"])
            self.standings.keep(of[0], rows["standings"])
        self.db.executemany(
            "UPDATE claims SET component = ? WHERE id = ?",
            [(name, claim) for claim, name in members.items()],
        )
        self.db.executemany(
            "DELETE FROM unsettled WHERE claim = ?", [(i,) for i in {*seeds, *members}]
        )

    def weighed(self, components: Iterable[Collection[str]]) -> list[dict[str, Rows]]:
        """Return what each of some components of claims comes to, as the tables hold it."""
        return [self.weighed_rows(self.material(claims)) for claims in components]

    def veiled(self, components: Iterable[Collection[str]], veil: Veil) -> Iterator[Picture]:
        """Return the pictures of several sets of claims, each alone; see `material`."""
        return map(unpacked, self.veiled_rows(components, veil))

    def veiled_rows(
        self, components: Iterable[Collection[str]], veil: Veil
    ) -> Iterator[Mapping[str, Rows]]:
        """Return them packed, by the table that would keep them."""
        erased = int(self._one("SELECT value FROM meta WHERE key = 'erased'") or 0)
        self._veils.renew(self.applied, erased)
        seen: Seen = {}
        return self._veils.pictures(
            map(frozenset, components),
            veil,
            lambda claims: self.material(claims, veil, seen),
            lambda materials: self._each(Index.weighed_rows, materials, len(materials)),
        )

    def known(self, veil: Veil) -> tuple[Known, ...]:
        """Return who and what documents name, as `Identities.known`.

        Kept until an entry comes.
        """
        return self.kept(("known", veil), lambda: self.identities.known(veil))

    def kept(self, key: tuple[object, ...], make: Callable[[], R]) -> R:
        """Return what was made under a key since the last entry came, made now if nothing was.

        The last few are kept, for those from whom different things are hidden.
        """
        if self._kept_at != self.applied:
            self._kept_at, self._kept = self.applied, {}
        found: R = self._kept.pop(key) if key in self._kept else make()
        self._kept[key] = found
        while len(self._kept) > _KEPT:
            del self._kept[next(iter(self._kept))]
        return found

    def matching(self, match: str) -> frozenset[int]:
        """Return the numbers of the documents that full-text search finds."""
        query = "SELECT rowid FROM words WHERE words MATCH ?"
        return self.kept(
            ("words", match),
            lambda: frozenset(row[0] for row in self.db.execute(query, (match,))),
        )

    def weighed_rows(self, material: Material) -> dict[str, Rows]:
        """Return the events and the conflicts of some claims, as the tables hold them."""
        return weighed_rows(material, self._key)

    def material(
        self, claims: Collection[str], veil: Veil = OPEN, seen: Seen | None = None
    ) -> Material:
        """Return what weighing needs of ``claims`` alone, as if there were no others.

        Args:
            claims: Their ids.
            veil: Documents and rulings that count for nothing, a document not even as a copy
                between two others.
            seen: Who was found to be one behind this veil already; more is added.
        """
        hidden = veil.documents
        found = sorted(self._rows("SELECT id, body, document, status FROM claims WHERE id", claims))
        documents = {DocumentId(document) for _, _, document, _ in found}
        accepted = [i for i, _, _, status in found if status != Status.REJECTED]
        groups = self._groups(documents, hidden)
        return Material(
            claims=[body for _, body, _, _ in found],
            # Which pairs were compared may have turned on a hidden one.
            edges=[] if hidden else self._about.edges({i for i, *_ in found}),
            prints=self._packed_prints(accepted) if len(accepted) > 1 else [],
            keys=[self._about.keys(i) for i in accepted] if hidden and len(accepted) > 1 else [],
            families=groups,
            who=self.identities.who(documents, veil, seen),
            quotes=list(self._families.quotes(documents, groups, hidden)),
        )

    def beside(
        self, documents: Collection[DocumentId], veil: Veil = OPEN
    ) -> tuple[
        tuple[tuple[DocumentId, ...], ...],
        dict[tuple[DocumentId, str], EntityId],
        tuple[tuple[DocumentId, DocumentId], ...],
    ]:
        """Return what is weighed beside the claims of ``documents``, as seen behind ``veil``.

        Returns:
            The families that hold one of them, who each of their names stands for, and the
            pairs of them of which one quotes the other.
        """
        hidden = veil.documents
        groups = self._groups(documents, hidden)
        who = spoken(self.identities.who(documents, veil))
        return groups, who, self._families.quotes(documents, groups, hidden)

    def _groups(
        self, documents: Iterable[str], hidden: frozenset[str]
    ) -> tuple[tuple[DocumentId, ...], ...]:
        families = self._families.families(documents, hidden)
        return tuple(tuple(map(DocumentId, sorted(f))) for f in sorted(families, key=min))

    def _each(
        self, work: "Callable[[Index, A], B]", things: Iterable[A], count: int
    ) -> Iterator[B]:
        """Yield what ``work`` makes of each of so many things, in other processes if it is much."""
        if self._abreast is not None and count >= (_FEW if self._abreast.started else _MANY):
            return self._abreast.map(work, things)
        return (work(self, thing) for thing in things)

    def _drop_components(self, claims: Iterable[str]) -> None:
        """Forget the events and conflicts of every component that ``claims`` were weighed in.

        Its other claims forget it too: of a component that came apart no part may drop what
        another part was given since, under the same name.
        """
        names = {
            row[0] for row in self._rows("SELECT DISTINCT component FROM claims WHERE id", claims)
        }
        held = [(name,) for name in sorted(names - {None})]
        for table in _WEIGHED:
            self.db.executemany(f"DELETE FROM {table} WHERE component = ?", held)
        self.waiting.drop(held)
        self.standings.drop(held)
        self.db.executemany("UPDATE claims SET component = NULL WHERE component = ?", held)

    # ------------------------------------------------------------ rows to values

    def claims_by_id(self, claims: Collection[str]) -> dict[str, Claim]:
        """Return those of ``claims`` that there are."""
        rows = self._rows("SELECT id, body FROM claims WHERE id", claims)
        return {i: msgspec.msgpack.decode(body, type=Claim) for i, body in rows}

    def copies(
        self, document: DocumentId, hidden: frozenset[str] = frozenset()
    ) -> tuple[Copy, ...]:
        """Return the documents that share a text with ``document``, with the evidence."""
        return self._families.copies(document, hidden)

    def family(
        self, document: DocumentId, hidden: frozenset[str] = frozenset()
    ) -> tuple[DocumentId, ...]:
        """Return the documents that hold one text with ``document``, itself among them, sorted."""
        return tuple(DocumentId(d) for d in sorted(self._families.family(document, hidden)))

    def _claims_of(self, documents: Iterable[str]) -> set[str]:
        return {
            row[0]
            for document in documents
            for row in self.db.execute("SELECT id FROM claims WHERE document = ?", (document,))
        }

    def _packed_prints(self, claims: Collection[str]) -> Rows:
        """Return claims and their prints, in order of the ids."""
        return sorted(self._rows("SELECT id, print FROM claim_prints WHERE id", claims))

    def _claim_prints(self, claims: Collection[str]) -> Mapping[str, ClaimPrint]:
        return {i: _claim_print(body) for i, body in self._packed_prints(claims)}

    def _rows(self, query: str, ids: Iterable[str]) -> list[tuple[Any, ...]]:
        """Return the rows of ``query``, which ends in a column, for those ``ids`` in it."""
        wanted = json.dumps(sorted(ids))
        found = self.db.execute(f"{query} IN (SELECT value FROM json_each(?))", (wanted,))
        rows: list[tuple[Any, ...]] = found.fetchall()
        return rows

    def _label(self, label: Label) -> int:
        text = bodies.label_text(label)
        self.db.execute("INSERT OR IGNORE INTO labels(text) VALUES (?)", (text,))
        return int(self._one("SELECT id FROM labels WHERE text = ?", text))

    def _one(self, query: str, *parameters: Any) -> Any:
        row = self.db.execute(query, parameters).fetchone()
        return row[0] if row else None


def _together(components: Iterable[list[str]]) -> Iterator[list[list[str]]]:
    """Yield components in their order, several in one go where they are small."""
    part: list[list[str]] = []
    for component in components:
        part.append(component)
        if sum(map(len, part)) >= _AT_ONCE:
            yield part
            part = []
    if part:
        yield part


class _Carriers(dict[RenditionId, Carrier]):
    """The ways from the renditions of a document to one of them, each made when first asked."""

    def __init__(self, new: Rendition, bare: Callable[[RenditionId], Rendition]) -> None:
        super().__init__({new.id: Carrier(new, new)})
        self._new, self._bare = new, bare

    def __missing__(self, old: RenditionId) -> Carrier:
        self[old] = carrier = Carrier(self._bare(old), self._new)
        return carrier


@lru_cache(maxsize=10_000)
def _claim_print(body: bytes) -> ClaimPrint:
    """Return a print as it was packed; what was told of late is compared with most often."""
    return msgspec.msgpack.decode(body, type=ClaimPrint)


def _refusal(cause: sqlite3.Error) -> TawaturError:
    """Return what a person is told of a failure of the database."""
    if "full" in str(cause):
        return StorageFullError("the disk is full; free some space and try again")
    return NodeError("index.db cannot be used ({0}); delete it, and it is made again", cause)


def _one_event(a: ClaimPrint, b: ClaimPrint) -> Tie | None:
    edge = print_link(a, b)
    return None if edge is None else Tie(edge.strength)
