"""By what are sources weighed? Who speaks in each document, and what became of it in events.

Two tables, kept as documents come: ``voices`` has who speaks in the claims of one document,
``standings`` what each root says in an event with what the other roots make of it, a row of the
component that the event is in. `Grounds` sets them together for one viewer: of a component with
hidden claims stands what was worked out from the visible ones, which all share who see the same.

Known cost: to list the sources the roots of all events are counted, and of contradictions both
sides are looked up; all voices are read where a name, or who speaks in a document, is another
since. Nothing of it grows with the square of anything.
"""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeAlias

import msgspec

from tawatur.ledger import Store
from tawatur.model.ids import ClaimId, DocumentId, SourceId
from tawatur.model.picture import Conflict, Standing
from tawatur.model.reading import EventType
from tawatur.node.indexing.identity import Speaking
from tawatur.node.indexing.rows import value
from tawatur.weighing import Against, Heard, Voice, contradictions

TABLES = """
;
CREATE TABLE voices(document TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE standings(component TEXT NOT NULL, root TEXT NOT NULL, confirmed INTEGER NOT NULL,
                       subject TEXT NOT NULL, body BLOB NOT NULL) STRICT;
CREATE INDEX standings_by_component ON standings(component);
CREATE INDEX standings_by_root ON standings(root, confirmed, subject, component)
"""

Veiled: TypeAlias = Mapping[str, Collection[Standing]]


class _Counted(msgspec.Struct, frozen=True):
    """A standing, as far as is counted."""

    subject: str
    later: tuple[ClaimId, ...] = ()


class Standings:
    """The two tables in an open database; the caller holds the transaction."""

    def __init__(self, db: Store) -> None:
        """Return what stands in ``db``, in which `TABLES` were made."""
        self._db = db

    def show(self, document: str, voices: bytes | None) -> bool:
        """Put the voices of a document, packed, in place of older ones; None in place of any.

        Returns:
            Whether they are others.
        """
        if voices == value(self._db, "SELECT body FROM voices WHERE document = ?", document):
            return False
        if voices is None:
            self._db.execute("DELETE FROM voices WHERE document = ?", (document,))
        else:
            self._db.execute("INSERT OR REPLACE INTO voices VALUES (?, ?)", (document, voices))
        return True

    def keep(self, component: str, rows: Iterable[tuple[str, bytes]]) -> None:
        """Keep the standings of a component, packed, by root."""
        self._db.executemany(
            "INSERT INTO standings VALUES (?, ?, ?, ?, ?)",
            [
                (component, root, bool(counted.later), counted.subject, body)
                for root, body in rows
                for counted in (msgspec.msgpack.decode(body, type=_Counted),)
            ],
        )

    def drop(self, components: Iterable[tuple[str]]) -> None:
        """Forget the standings of components."""
        self._db.executemany("DELETE FROM standings WHERE component = ?", components)

    def voices(self, hidden: Collection[str]) -> Iterator[Voice]:
        """Yield who speaks in the documents that are not hidden."""
        for document, body in self._db.execute("SELECT document, body FROM voices").fetchall():
            if document not in hidden:
                yield from msgspec.msgpack.decode(body, type=tuple[Voice, ...])

    def counts(self) -> Iterator[tuple[str, bool, str, int]]:
        """Yield how many standings each root has by subject, those confirmed apart."""
        yield from self._db.execute(
            "SELECT root, confirmed, subject, count(*) FROM standings "
            "GROUP BY root, confirmed, subject"
        )

    def all(self) -> Iterator[tuple[str, Standing]]:
        """Yield every standing, each with its component."""
        rows = self._db.execute("SELECT component, body FROM standings").fetchall()
        return ((component, _standing(body)) for component, body in rows)

    def of_roots(self, roots: Collection[str]) -> Iterator[tuple[str, Standing]]:
        """Yield the standings of some roots, each with its component."""
        return self._read("SELECT component, body FROM standings WHERE root", roots)

    def in_components(self, components: Collection[str]) -> Iterator[tuple[str, Standing]]:
        """Yield the standings in some components, each with its component."""
        return self._read("SELECT component, body FROM standings WHERE component", components)

    def components(self, claims: Collection[ClaimId]) -> set[str]:
        """Return the components in which claims were weighed."""
        query = "SELECT component FROM claims WHERE id IN (SELECT value FROM json_each(?))"
        return {row[0] for row in self._db.execute(query, (json.dumps(sorted(claims)),))} - {None}

    def _read(self, query: str, wanted: Collection[str]) -> Iterator[tuple[str, Standing]]:
        """Yield the rows of ``query``, which ends in a column, where that is ``wanted``."""
        values = (json.dumps(sorted(wanted)),)
        rows = self._db.execute(f"{query} IN (SELECT value FROM json_each(?))", values).fetchall()
        return ((component, _standing(body)) for component, body in rows)


def _standing(body: bytes) -> Standing:
    return msgspec.msgpack.decode(body, type=Standing)


@dataclass(frozen=True, slots=True)
class Counts:
    """In how many cases each source is a root, in how many it was confirmed, on what subject."""

    cases: Counter[SourceId] = field(default_factory=Counter)
    confirmed: Counter[SourceId] = field(default_factory=Counter)
    subjects: Counter[tuple[SourceId, EventType]] = field(default_factory=Counter)


@dataclass(frozen=True)
class Grounds:
    """What one viewer's sources are weighed by; a root has one key in all components.

    Good until an entry comes. ``speaking`` gives who speaks, ``heard`` the sources, ``find``
    what stands in components with hidden claims.
    """

    standings: Standings
    speaking: Callable[[], Speaking]
    heard: Callable[[], Heard]
    find: Callable[[], Veiled]

    @cached_property
    def veiled(self) -> Veiled:
        """By component with hidden claims, what stands there without these."""
        return self.find()

    @cached_property
    def _speaking(self) -> Speaking:
        return self.speaking()

    def counts(self, of: Heard) -> Counts:
        """Return how many cases each source is a root of."""
        found = Counts()
        for root, is_confirmed, subject, count in self._counts():
            source = of.of.get(self._root(root))
            if source is not None:
                found.cases[source] += count
                found.confirmed[source] += count if is_confirmed else 0
                found.subjects[source, EventType(subject)] += count
        return found

    def _counts(self) -> Iterator[tuple[str, bool, str, int]]:
        yield from self.standings.counts()
        for _, s in self.standings.in_components(self.veiled):
            yield s.root, bool(s.later), s.subject, -1
        for held in self.veiled.values():
            yield from ((s.root, bool(s.later), s.subject, 1) for s in held)

    def contradictions(
        self, conflicts: Collection[Conflict]
    ) -> tuple[Against, tuple[Standing, ...]]:
        """Return what contradicts what, and the standings that hold a side of it."""
        sides = {side for conflict in conflicts for side in (conflict.a, conflict.b)}
        held = tuple(s for s in self.beside(sides) if not sides.isdisjoint(s.claims))
        return contradictions(conflicts, held), held

    def all(self) -> list[Standing]:
        """Return every standing."""
        return self._seen(self.standings.all(), self.veiled)

    def beside(self, claims: Collection[ClaimId]) -> list[Standing]:
        """Return the standings in the components of claims."""
        components = self.standings.components(claims)
        return self._seen(self.standings.in_components(components), components)

    def of(self, some: Heard) -> list[Standing]:
        """Return the standings of which the root is one of ``some`` sources."""
        roots = {root for root, *_ in self.standings.counts() if self._root(root) in some.of}
        found = self._seen(self.standings.of_roots(roots), self.veiled)
        return [standing for standing in found if standing.root in some.of]

    def _seen(
        self, found: Iterable[tuple[str, Standing]], components: Iterable[str]
    ) -> list[Standing]:
        """Return standings, in place of those of veiled ``components`` what may be seen there.

        By event and root: which of them were worked out anew does not show.
        """
        kept = [standing for component, standing in found if component not in self.veiled]
        anew = [standing for each in components for standing in self.veiled.get(each, ())]
        everywhere = map(self._everywhere, (*kept, *anew))
        return sorted(everywhere, key=lambda standing: (standing.event, standing.root))

    def _everywhere(self, standing: Standing) -> Standing:
        root = self._root(standing.root)
        return standing if root == standing.root else replace(standing, root=root)

    def _root(self, root: str) -> str:
        """Return the key of a root that holds in all components: an entity's by its id."""
        kind, _, place = root.partition(" ")
        if kind != "e":
            return root
        document, _, local = place.partition(" ")
        who, _ = self._speaking
        return f"e {who.get((DocumentId(document), local), place)}"
