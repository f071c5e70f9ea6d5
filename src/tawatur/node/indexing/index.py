"""The node's derived index: everything worked out from the ledger, kept as it changes.

A SQLite database beside the ledger that can be deleted and built again. `apply`
takes entries in log order and works out again only what they touch: the claims
of the documents concerned, and the connected components (of copies, names and
claims) that changed. A rebuild gives the same rows; a test holds it so.

Invariants: one transaction per `apply`; ``applied`` is the number of ledger
entries worked in; nothing here is needed to prove anything. What a viewer may
see of it is decided in `tawatur.node.seeing.sight`.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import msgspec

from tawatur.errors import NodeError, StorageFullError, TawaturError, UnknownIdError
from tawatur.ledger import store_of
from tawatur.model.entry import Entry
from tawatur.model.ids import ActorId, DocumentId, EntryId, keyed_id
from tawatur.model.label import Label, join
from tawatur.model.ruling import Ruling
from tawatur.node import bodies
from tawatur.node.indexing import books, keeping, labels, lists, post, waiting
from tawatur.node.indexing.abreast import FEW, Abreast, Work
from tawatur.node.indexing.components import AT_ONCE, Components
from tawatur.node.indexing.derived import Derived, Shown
from tawatur.node.indexing.entering import PRESSING, Entering
from tawatur.node.indexing.families import Families
from tawatur.node.indexing.graph import Changes, Compared, Graph
from tawatur.node.indexing.identity import Identities, Known, Speaking, Veil
from tawatur.node.indexing.rows import value
from tawatur.node.indexing.standings import Standings
from tawatur.node.indexing.tables import FORMAT, TABLES
from tawatur.node.indexing.texts import Entries, Texts
from tawatur.node.processes import rarely_collected
from tawatur.weighing import Heard, heard

_NODES, _CLAIMS = 64, 8
"""Nodes of a graph that are compared, and claims that are weighed, in place of one document."""
_KEPT = 16
"""Answers that are kept until what they turn on is another."""

_ANYTHING = ("applied", "worked")
_NAMES = ("named",)
"""What answers turn on: rows of ``meta``, each the step that changed such tables last."""


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
        self._kept: dict[tuple[object, ...], tuple[tuple[str, ...], tuple[int, ...], Any]] = {}
        try:
            # Several nodes may share a server's database.
            self.db = store_of(store, path, keyed_id("index", key, "store").replace("-", "_"))
            if self.db.format() != FORMAT:
                self.clear(only_other_format=True)
        except sqlite3.Error as cause:
            raise _refusal(cause) from cause
        self._abreast = Abreast(self, beside, self.db.widen)
        self.families = Families(self.db)
        self.heads = labels.Heads(self.db)
        self.lists = lists.Lists(self.db)
        self.post = post.Post(self.db)
        self.waiting = waiting.Waiting(self.db)
        self.books = books.Books(self.db)
        self.keeping = keeping.Keeping(self.db)
        self.identities = Identities(self.db, key)
        self.standings = Standings(self.db)
        self.texts = Texts(self.db, ledger, key, self.label_of)
        self.components = Components(
            self.db,
            key,
            self.families,
            self.identities,
            self.waiting,
            self.standings,
            self._abreast,
        )
        self._entering = Entering(
            self.db,
            self.heads,
            self.lists,
            self.post,
            self.books,
            self.keeping,
            self.label_of,
            self.texts.document_at,
        )
        self._graphs: dict[str, tuple[Graph[Any], Callable[[set[str], Changes], None]]] = {
            "copies": (self.families.texts, self._rejoined),
            "translations": (self.families.facts, self._rejoined),
            "names": (self.identities.names, self._renamed),
            "events_of": (self.components.graph, self.components.link),
        }

    def close(self) -> None:
        """Close the connection."""
        self._abreast.end()
        self.db.close()

    def clear(self, *, only_other_format: bool = False) -> None:
        """Throw everything away; the next `apply` begins at entry 0."""
        with self._transaction():
            if only_other_format and self.db.format() == FORMAT:
                return  # another process was faster
            worked = self.state[1] if self.db.format() == FORMAT else 0
            self.db.make(TABLES, FORMAT)
            self.db.execute("INSERT INTO meta VALUES ('worked', ?)", (worked + 1,))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Hold a transaction; after any failure nothing of it is there.

        Raises:
            StorageFullError: The disk is full.
            NodeError: The index is damaged; it can be deleted.
        """
        try:
            if self.db.in_transaction:  # what is read was held still; now it is another
                self.db.rollback()
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

    @contextmanager
    def still(self) -> Iterator[None]:
        """Hold what is read to one state, whoever writes meanwhile, until this index does."""
        self.db.hold()
        try:
            yield
        finally:
            if self.db.in_transaction:
                self.db.rollback()

    @property
    def applied(self) -> int:
        """How many ledger entries are worked in."""
        return int(value(self.db, "SELECT value FROM meta WHERE key = 'applied'") or 0)

    def purge(self) -> None:
        """Make sure that what was deleted is no longer in the files."""
        self._entering.purge()

    # ------------------------------------------------------------ working entries in

    def apply(self, entries: Iterable[Entry], enough: Callable[[], bool]) -> bool:
        """Work ``entries`` in, in log order, until ``enough()``; return whether all are in.

        The first must be the one after those applied. One transaction: after a failure
        nothing of it is there. While there is time, documents are worked out again as well.
        """
        self._abreast.forget()
        with self._transaction():
            done, complete = self.applied, True
            for entry in entries:
                if entry.seq < done:
                    continue  # another process was faster
                if entry.seq != done:
                    raise NodeError("index.db is damaged; run `tawatur rebuild`")
                touched = self._entering.take(entry)
                self._mark("stale", touched)
                if entry.header.kind in PRESSING:
                    self._note_pressing(touched)
                done = entry.seq + 1
                if enough():
                    complete = False
                    break
            self.db.execute("INSERT OR REPLACE INTO meta VALUES ('applied', ?)", (done,))
            self._moved_on()
        self.press(enough)
        if complete and not enough():
            # So that little is left when many come one after the other. A transaction of its
            # own, since other processes see what the first one wrote only now.
            with self._transaction():
                while self._derive(self._deriving(self._stale(FEW))):
                    self._moved_on()
                    if enough():
                        break
        return complete

    def settle(self, enough: Callable[[], bool]) -> bool:
        """Work out what `apply` left to be worked out, until ``enough()``; return whether all is.

        First what is pressing, then each document by itself, then what is fresh in the graphs,
        then whose families that changed, then the components: what many entries touched since
        is worked out once. Each step is a transaction of its own, since other processes see
        what the one before wrote.
        """
        steps = (
            self._press_some,
            self._derive_some,
            self._compare_some,
            self._follow_some,
            self._weigh_some,
        )
        with rarely_collected():
            while any(self._done(step) for step in steps):
                if enough():
                    break
        return not self.unsettled

    def press(self, enough: Callable[[], bool] = lambda: False) -> None:
        """Work out the documents of which people said something, until ``enough()``."""
        while self.pressing and self._done(self._press_some) and not enough():
            pass

    def _done(self, step: Callable[[], bool]) -> bool:
        try:
            with self._transaction():
                done = step()
                if done:
                    self._moved_on()
        except BaseException:
            self._abreast.forget()
            raise
        return done

    def _moved_on(self) -> None:
        """Note, at the end of a transaction, that what is worked out is another."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES ('worked', ?)", (self.state[1] + 1,))

    def _changed(self, what: str) -> None:
        """Note that tables on which kept answers turn are others after this transaction."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (what, self.state[1] + 1))

    @property
    def unsettled(self) -> bool:
        """Whether something has still to be worked out again."""
        tables = ("stale", *(f"{name}_fresh" for name in self._graphs), "moved", "unsettled")
        # in one query: every answer asks it several times
        any_of = " OR ".join(f"EXISTS (SELECT 1 FROM {table})" for table in tables)
        return bool(value(self.db, f"SELECT {any_of}"))

    @property
    def state(self) -> tuple[int, int]:
        """How many entries are worked in, and the count of steps: equal for what is the same."""
        at = self._at()
        return at.get("applied", 0), at.get("worked", 0)

    def _at(self) -> dict[str, int]:
        return dict(self.db.execute("SELECT key, value FROM meta").fetchall())

    @property
    def pressing(self) -> bool:
        """Whether people said something of documents that has still to be worked out."""
        return bool(value(self.db, "SELECT EXISTS (SELECT 1 FROM pressing)"))

    @property
    def stale(self) -> int:
        """How many documents have still to be worked out again by themselves."""
        return int(value(self.db, "SELECT count(*) FROM stale"))

    def _mark(self, table: str, ids: Iterable[str]) -> None:
        """Note what has to be worked out again."""
        rows = [(each,) for each in ids]
        self.db.executemany(f"INSERT OR IGNORE INTO {table} VALUES (?)", rows)

    def _press_some(self) -> bool:
        """Work out a few pressing documents with the components of their claims; as below.

        So that what people say counts at once, however much else waits; what it comes to further
        off, where names that were one are two, is worked out in its turn.
        """
        some = self._first("SELECT document FROM pressing LIMIT ?", FEW)
        if not some:
            return False
        before = self.components.together_with(self.components.of_documents(some))
        self._derive(self._deriving(some))
        claims, spellings = self.components.of_documents(some), self.identities.spellings(some)
        nodes = {"copies": some, "translations": some, "names": spellings, "events_of": claims}
        for name, (graph, changed) in self._graphs.items():
            fresh = graph.fresh_among(nodes[name])
            changed(fresh, graph.join(graph.compared(fresh)))
        self.components.weigh_again(self.components.unsettled_among(before | claims))
        self.db.executemany("DELETE FROM pressing WHERE document = ?", [(e,) for e in some])
        return True

    def _note_pressing(self, documents: Iterable[str]) -> None:
        """Note documents of which people said something, those of which anything is shown.

        While an index is built again, what was said of old comes with all else.
        """
        self.db.executemany(
            "INSERT OR IGNORE INTO pressing SELECT id FROM documents "
            "WHERE id = ? AND characters > 0",
            [(document,) for document in documents],
        )

    def _derive_some(self) -> bool:
        """Put some documents that changed in their place; return whether there were any."""
        work = self._abreast.step("derive", self.state, self._stale, self._deriving)
        return work is not None and self._derive(work)

    def _stale(self, most: int) -> list[str]:
        return self._first("SELECT document FROM stale LIMIT ?", most)

    def _deriving(self, documents: list[str]) -> Work[Derived]:
        """Begin to work documents out again."""
        some = list(map(DocumentId, documents))
        return Work(documents, self._abreast.each(_derived, some, len(some)))

    def _derive(self, work: Work[Derived]) -> bool:
        """Put documents in their place; return whether there are any."""
        with ExitStack() as stack:
            for graph, _ in self._graphs.values():
                stack.enter_context(graph.together())
            for new in work.found:
                self._place(new)
        documents = [(each,) for each in work.settles]
        self.db.executemany("DELETE FROM stale WHERE document = ?", documents)
        return bool(documents)

    def _place(self, new: Derived) -> None:
        """Put what a document comes to in place of what it came to, and note what that touches."""
        document, shown = new.document, new.shown
        self._show(document, shown, len(new.claims))
        text, keys = (shown.text, shown.keys) if shown else (None, b"")
        self._mark("moved", self.families.show(document, text, keys))
        self.components.put(new)
        if self.standings.show(document, new.voices):
            self._changed("voiced")
        if self.identities.show(document, new.names, self.texts.samenesses(document)):
            self._changed("named")
            self.components.mark(self.components.of_documents([document]))
        self._mark("moved", self.families.tell(document, new.facts, new.fact_keys))

    def _show(self, document: DocumentId, shown: Shown | None, claims: int) -> None:
        """Bring the line of a document and the words by which it is found up to date."""
        number = value(self.db, "SELECT number FROM documents WHERE id = ?", document)
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

    def _compare_some(self) -> bool:
        """Compare some of the fresh nodes of one graph; return as above."""
        for name, (graph, changed) in self._graphs.items():
            if graph.sort_some():
                return True
            comparing = partial(self._comparing, name)
            work = self._abreast.step(name, self.state, graph.fresh, comparing, _NODES)
            if work is not None:
                found = graph.join(each for part in work.found for each in part)
                changed(set(work.settles), found)
                return True
        return False

    def _comparing(self, name: str, nodes: list[str]) -> Work[list[Compared]]:
        """Begin to compare fresh nodes of the graph called so."""
        parts = [(name, nodes[at : at + AT_ONCE]) for at in range(0, len(nodes), AT_ONCE)]
        return Work(nodes, self._abreast.each(Index.compared, parts, len(parts)))

    def compared(self, fresh: tuple[str, list[str]]) -> list[Compared]:
        """Return what fresh nodes of the graph called so come to; changes nothing."""
        name, nodes = fresh
        graph, _ = self._graphs[name]
        return graph.compared(nodes)

    def _rejoined(self, _: set[str], changes: Changes) -> None:
        """Note the families that changes in a graph of documents touch."""
        self._mark("moved", self.families.rejoined(changes))

    def _renamed(self, spellings: set[str], changes: Changes) -> None:
        """Give spellings that were compared their entities, and note the claims that this moves."""
        if spellings or changes.ends:
            self._changed("named")
        self.components.mark(
            self.components.of_documents(self.identities.settle(spellings | changes.ends))
        )

    def _follow_some(self) -> bool:
        """Have the claims weighed again of a few families that changed; return as above."""
        some = self._first("SELECT document FROM moved LIMIT ?", FEW)
        families = frozenset[str]().union(*self.families.families(some))
        self.components.mark(self.components.of_documents(families))
        self.db.executemany("DELETE FROM moved WHERE document = ?", [(e,) for e in families])
        return bool(some)

    def _weigh_some(self) -> bool:
        """Weigh some components again; return as above."""
        components = self.components
        work = self._abreast.step(
            "weigh", self.state, components.unsettled, components.weighing, _CLAIMS
        )
        if work is not None:
            components.keep(work)
        return work is not None

    def _first(self, query: str, count: int) -> list[str]:
        return [row[0] for row in self.db.execute(query, (count,))]

    # ------------------------------------------------------------ labels, rulings, people

    def label_of(self, entry: EntryId) -> Label:
        """Return the label that holds for an entry: its own, or those put in its place, joined.

        Raises:
            UnknownIdError: There is no such entry, or it is erased.
        """
        payload = self._ledger.entry(entry).payload
        if payload is None:
            raise UnknownIdError("entry", entry)
        return join(payload.label.originators[0], self.heads.of(entry).values() or [payload.label])

    def rulings(self) -> Iterator[tuple[int, Ruling]]:
        """Yield the rulings that hold, in log order, each with its label's number."""
        rows = self.db.execute("SELECT entry, label FROM rulings ORDER BY seq").fetchall()
        for entry, label in rows:
            payload = self._ledger.entry(EntryId(entry)).payload
            ruling = bodies.ruling(payload) if payload else None
            if ruling is not None and not ruling.withdrawn:
                yield label, ruling

    def actors(self) -> dict[ActorId, str]:
        """Return the names of those who work on this node, by id."""
        return {ActorId(i): name for i, name in self.db.execute("SELECT id, name FROM actors")}

    def author(self, entry: EntryId) -> ActorId:
        """Return by whom an entry was made."""
        return self._ledger.entry(entry).header.author

    # ------------------------------------------------------------ kept until it is another

    def known(self, veil: Veil) -> tuple[Known, ...]:
        """Return who and what documents name, as `Identities.known`; kept until names change."""
        return self.kept(("known", veil), lambda: self.identities.known(veil), _NAMES)

    def speaking(self, veil: Veil) -> Speaking:
        """Return who speaks in documents, as `Identities.speaking`; kept until names change."""
        return self.kept(("speaking", veil), lambda: self.identities.speaking(veil), _NAMES)

    def heard(self, veil: Veil) -> Heard:
        """Return the sources that may be seen; kept until names change or who speaks does."""

        def make() -> Heard:
            return heard(self.standings.voices(veil.documents), *self.speaking(veil), self._key)

        return self.kept(("heard", veil), make, (*_NAMES, "voiced"))

    def kept(
        self, key: tuple[object, ...], make: Callable[[], R], on: tuple[str, ...] = _ANYTHING
    ) -> R:
        """Return what was made under a key, made now if what it turns on is another since.

        The last few are kept, for those from whom different things are hidden.
        """
        at = self._at()

        def stamp(on: tuple[str, ...]) -> tuple[int, ...]:
            return tuple(at.get(each, 0) for each in on)

        # What was made before a change may hold words that the change erased.
        self._kept = {k: held for k, held in self._kept.items() if held[1] == stamp(held[0])}
        found: R = self._kept.pop(key)[2] if key in self._kept else make()
        self._kept[key] = on, stamp(on), found
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


def _derived(index: Index, document: DocumentId) -> Derived:
    return index.texts.derived(document)


def _refusal(cause: sqlite3.Error) -> TawaturError:
    """Return what a person is told of a failure of the database."""
    if "full" in str(cause):
        return StorageFullError("the disk is full; free some space and try again")
    return NodeError("index.db cannot be used ({0}); delete it, and it is made again", cause)
