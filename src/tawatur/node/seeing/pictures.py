"""Which events, conflicts and near misses may a viewer see, and what stands around them?

The rows of the index are everybody's. A component that holds a claim which is hidden from the
viewer, or whose names or families are others without what is hidden, is worked out again from
the visible claims; the rows serve for all others. Which of the two it was does not show.
"""

import json
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from functools import partial
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import Any, TypeAlias, TypeVar

import msgspec

from tawatur.model.claim import Claim, Status
from tawatur.model.ids import ClaimId, DocumentId, EntityId
from tawatur.model.picture import Conflict, Event, Lineage, NearMiss, Picture
from tawatur.model.reading import EventType
from tawatur.node.given import begins, between, only
from tawatur.node.indexing.bars import BarsRead, Drawn, drawn_in
from tawatur.node.indexing.index import Index
from tawatur.node.indexing.material import unpacked_standings
from tawatur.node.indexing.orders import EventOrder, Weighed, Weight, queries
from tawatur.node.indexing.rows import rows_of
from tawatur.node.indexing.standings import Grounds, Veiled
from tawatur.node.indexing.veils import Otherwise
from tawatur.node.seeing.allowed import Allowed
from tawatur.weighing import lineage

T = TypeVar("T", Event, Conflict, NearMiss)

Fits: TypeAlias = Callable[[str, str], bool]
"""Says of the id and the type of an event whether it is meant."""

_BY_ID = attrgetter("id")
_COPIES_TOLD = 200
"""Documents of one event of which it is looked up how they share their texts."""


class Pictures:
    """What is worked out from the claims that one viewer may see; `Sight.pictures` is it."""

    def __init__(self, index: Index, allowed: Allowed) -> None:
        """Look nothing up yet."""
        self._index, self._db = index, index.db
        self._hidden, self._veil = allowed.hidden, allowed.veil

    # ------------------------------------------------------------ all of a kind

    def all(self, kind: type[T]) -> Iterator[T]:
        """Yield all events, conflicts or near misses, in order of id."""
        table, veiled = _table(kind), self.veiled()
        rows = self._db.execute(f"SELECT component, body FROM {table} ORDER BY id").fetchall()
        elsewhere = self._elsewhere(kind, veiled)
        kept = (_unpacked(body, kind) for of, body in rows if of not in elsewhere)
        anew = _among(veiled.values(), kind)
        yield from merge(kept, sorted(anew, key=_BY_ID), key=_BY_ID)

    def drawn(self, read: BarsRead) -> Iterator[Drawn]:
        """Yield all events as bars, with their claims, in order of id.

        Args:
            read: What was read of them before.
        """
        components = self._otherwise()
        rows = self._index.components.veiled_rows(components.values(), self._veil)
        anew = [drawn_in(body) for row in rows for _, body in row["bars"]]
        kept = (drawn for of, drawn in read.renewed(self._db) if of not in components)
        yield from merge(kept, sorted(anew, key=_bar_id), key=_bar_id)

    def count(self, kind: type[T]) -> int:
        """Return how many of a kind there are."""
        veiled = self.veiled()
        elsewhere = list(self._elsewhere(kind, veiled))
        marks = ",".join("?" * len(elsewhere))
        query = f"SELECT count(*) FROM {_table(kind)} WHERE component NOT IN ({marks})"
        kept = int(self._db.execute(query, elsewhere).fetchone()[0])
        return kept + sum(1 for _ in _among(veiled.values(), kind))

    def by_id(self, kind: type[T], start: int, end: int) -> Iterator[T]:
        """Yield those of a kind by id, from the ``start``-th on, before the ``end``-th.

        The others are not unpacked.
        """
        veiled = self.veiled()
        anew = {each.id: each for each in _among(veiled.values(), kind)}
        rows = self._db.execute(f"SELECT id, component FROM {_table(kind)} ORDER BY id")
        elsewhere = self._elsewhere(kind, veiled)
        kept = (id_ for id_, component in rows if component not in elsewhere)
        for id_ in islice(merge(kept, sorted(anew)), start, end):
            yield anew.get(id_) or self._row(id_, kind)

    def events_by(
        self,
        order: EventOrder,
        start: int,
        end: int | None,
        *,
        reverse: bool = False,
        fits: Fits | None = None,
    ) -> Iterator[Event]:
        """Yield the events that fit in an order, from the ``start``-th on, before the ``end``-th.

        The others are not unpacked.

        Args:
            order: What they are ordered by, the greatest first where numbers or days fall.
            start: How many are passed over.
            end: Where it ends; None for nowhere.
            reverse: The other way round.
            fits: Which are meant, by id and type; all unless told.
        """
        veiled = self.veiled()
        anew = {
            Weight.of(event).key(order): event
            for event in _among(veiled.values(), Event)
            if fits is None or fits(event.id, event.type)
        }
        falls = order.falls(reverse)
        own = sorted(anew, reverse=falls)

        def keys() -> Iterator[tuple[Any, ...]]:
            for query, told in queries(order, reverse=reverse):
                kept = (
                    row[:-2]
                    for row in self._db.execute(query)
                    if row[-2] not in veiled and (fits is None or fits(row[-3], row[-1]))
                )
                here = (key for key in own if (key[0] != "") is told)
                yield from merge(kept, here, reverse=falls)

        for key in islice(keys(), start, end):
            yield anew.get(key) or self._row(key[-1], Event)

    def count_of_type(self, type: EventType) -> int:  # noqa: A002 - the model's word
        """Return how many events are of a type."""
        veiled = self.veiled()
        marks = ",".join("?" * len(veiled))
        query = f"SELECT count(*) FROM events WHERE type = ? AND component NOT IN ({marks})"
        kept = int(self._db.execute(query, [type, *veiled]).fetchone()[0])
        return kept + sum(1 for event in _among(veiled.values(), Event) if event.type is type)

    def _row(self, id: str, kind: type[T]) -> T:  # noqa: A002 - the model's word
        query = f"SELECT body FROM {_table(kind)} WHERE id = ?"
        return _unpacked(self._db.execute(query, (id,)).fetchone()[0], kind)

    def like(self, kind: type[T], given: str) -> T:
        """Return the one of a kind whose id begins with ``given``.

        Raises:
            UnknownIdError: None that may be seen.
            AmbiguousIdError: Several begin so.
        """
        table, veiled = _table(kind), self.veiled()
        rows = self._db.execute(
            f"SELECT component, body FROM {table} WHERE id BETWEEN ? AND ?", between(given)
        ).fetchall()
        elsewhere = self._elsewhere(kind, veiled)
        found = [_unpacked(body, kind) for of, body in rows if of not in elsewhere]
        found += [each for each in _among(veiled.values(), kind) if begins(each.id, given)]
        one: T = only(table[:-1], given, found)
        return one

    def _elsewhere(self, kind: type[T], veiled: Iterable[str]) -> frozenset[str]:
        """Return under what rows of a kind stand that are not the viewer's."""
        # What a text says against itself stands under the document, as an event never does.
        return frozenset(veiled) if kind is Event else self._hidden.union(veiled)

    # ------------------------------------------------------------ around documents and claims

    def events_in(self, documents: Iterable[str]) -> Iterator[Event]:
        """Yield the events that documents tell of, those of most documents first."""
        found = self._of(self._index.components.holding(documents), Event, self.veiled())
        yield from sorted(found, key=lambda event: (-len(event.documents), event.id))

    def conflicts_with(self, documents: Collection[str]) -> Iterator[Conflict]:
        """Yield the conflicts of which a side stands in one of some documents, by id."""
        rows = rows_of(self._db, "SELECT id, component FROM claims WHERE document", documents)
        claims = {row[0] for row in rows}
        # What a text says against itself stands under the document.
        under = {component for _, component in rows if component is not None} | set(documents)
        found = self._of(under, Conflict, self.veiled())
        yield from sorted((c for c in found if c.a in claims or c.b in claims), key=_BY_ID)

    def beside(self, claim: ClaimId) -> tuple[Event | None, tuple[Conflict, ...]]:
        """Return the event that holds a claim, and the conflicts that it is a side of."""
        row = self._db.execute(
            "SELECT component, document FROM claims WHERE id = ?", (claim,)
        ).fetchone()
        if row is None:
            return None, ()
        component, document = row
        veiled = self.veiled()
        events = self._of([component], Event, veiled)
        conflicts = self._of([component, document], Conflict, veiled)
        return (
            next((event for event in events if claim in event.claims), None),
            tuple(each for each in conflicts if claim in {each.a, each.b}),
        )

    def _of(
        self, components: Iterable[str], kind: type[T], veiled: Mapping[str, Picture]
    ) -> Iterator[T]:
        """Yield those of a kind that components come to, of each by id."""
        for component in components:
            if component in veiled:
                yield from _among([veiled[component]], kind)
            else:
                query = f"SELECT body FROM {_table(kind)} WHERE component = ? ORDER BY id"
                for (body,) in self._db.execute(query, (component,)).fetchall():
                    yield _unpacked(body, kind)

    def events_of(self, claims: Iterable[ClaimId]) -> tuple[Event, ...]:
        """Return the events that hold one of ``claims``, in order of id, from what may be seen."""
        wanted = frozenset(claims)
        components = self._components_of(wanted)
        found = self._of(sorted(components), Event, self.veiled(components))
        return tuple(sorted((e for e in found if wanted & set(e.claims)), key=_BY_ID))

    def types_of(self, claims: Iterable[ClaimId]) -> dict[str, str]:
        """Return the types of the events that hold one of ``claims``, by id, in no order.

        Of components of one event nothing is unpacked: it holds all their claims but those
        that were rejected.
        """
        wanted = frozenset(claims)
        components = self._components_of(wanted)
        veiled = self.veiled(components)
        anew = (e for e in _among(veiled.values(), Event) if wanted & set(e.claims))
        types: dict[str, str] = {event.id: event.type for event in anew}
        alone: dict[str, tuple[str, str]] = {}
        several: set[str] = set()
        query = "SELECT component, id, type FROM events WHERE component"
        for component, id_, type_ in rows_of(self._db, query, components - veiled.keys()):
            if component in alone:
                several.add(component)
            alone[component] = id_, type_
        types.update(one for component, one in alone.items() if component not in several)
        for (body,) in rows_of(self._db, "SELECT body FROM events WHERE component", several):
            event = msgspec.msgpack.decode(body, type=Weighed)
            if not wanted.isdisjoint(event.claims):
                types[event.id] = event.type
        return types

    def _components_of(self, claims: Iterable[ClaimId]) -> set[str]:
        """Return the components of claims; one that was rejected is in no event."""
        query = (
            "SELECT DISTINCT component FROM claims "
            f"WHERE component IS NOT NULL AND status <> '{Status.REJECTED}' AND id"
        )
        return {row[0] for row in rows_of(self._db, query, claims)}

    def told_in(self, claims: Iterable[ClaimId]) -> list[tuple[ClaimId, str]]:
        """Return the documents of claims."""
        query = "SELECT id, document FROM claims WHERE id IN (SELECT value FROM json_each(?))"
        return list(self._db.execute(query, (json.dumps(list(claims)),)))

    def lineage(self, event: Event) -> Lineage:
        """Return who had what is told of an event from whom, as far as may be seen.

        Of more than `_COPIES_TOLD` documents the later ones are copies without their share.
        """
        documents = frozenset(event.documents)
        copies = partial(self._index.families.copies, hidden=self._hidden)
        shared = (each for document in event.documents[:_COPIES_TOLD] for each in copies(document))
        return lineage(
            self._index.components.claims(event.claims).values(),
            *self._index.components.beside(documents, self._veil),
            (each for each in shared if {each.a, each.b} <= documents),
        )

    def around(
        self, claims: Iterable[Claim]
    ) -> tuple[tuple[tuple[DocumentId, ...], ...], dict[tuple[DocumentId, str], EntityId]]:
        """Return the families of the documents of claims, and whom their names stand for."""
        documents = {claim.document for claim in claims}
        families, who, _ = self._index.components.beside(documents, self._veil)
        return families, who

    def grounds(self) -> Grounds:
        """Return what sources are weighed by."""

        def veiled() -> Veiled:
            components = self._otherwise()
            rows = self._index.components.veiled_rows(components.values(), self._veil)
            return dict(zip(components, map(unpacked_standings, rows), strict=True))

        index, veil = self._index, self._veil
        return Grounds(
            index.standings, lambda: index.speaking(veil), lambda: index.heard(veil), veiled
        )

    # ------------------------------------------------------------ worked out again

    def veiled(self, among: Container[str] | None = None) -> dict[str, Picture]:
        """Return the components seen otherwise, each weighed from its visible claims.

        Args:
            among: Only those of these.
        """
        components = self._otherwise()
        if among is not None:
            components = {of: seen for of, seen in components.items() if of in among}
        found = self._index.components.veiled(components.values(), self._veil)
        return dict(zip(components, found, strict=True))

    def _otherwise(self) -> Otherwise:
        return self._index.components.otherwise(self._veil)


def _bar_id(drawn: Drawn) -> str:
    return drawn[0].id


def _table(kind: type[Event | Conflict | NearMiss]) -> str:
    """Return the table of a kind, which a picture calls so as well."""
    return {Event: "events", Conflict: "conflicts", NearMiss: "near"}[kind]


def _among(pictures: Iterable[Picture], kind: type[T]) -> Iterator[T]:
    """Yield those of a kind in pictures."""
    for picture in pictures:
        yield from getattr(picture, _table(kind))


def _unpacked(body: bytes, kind: type[T]) -> T:
    return msgspec.msgpack.decode(body, type=kind)
