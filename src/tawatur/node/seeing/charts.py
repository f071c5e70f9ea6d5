"""What charts show of a node: things with their place in time, and who did what to whom.

A *bar* is one event or promise (`tawatur.node.indexing.bars`). A *tie* is what claims say that one
actor did to another; it is made of claims alone, each with its speaker, and never of how often two
are named together. Both are worked out from what one viewer may see. Nothing here counts, orders or
places people by how much is said of them.

Known cost: after each change of the node the first chart puts the bars of all events in order
again, of which it reads those alone that changed; the first network looks at whom the claims of
every bar name.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import combinations

from tawatur.model.claim import Claim, Status
from tawatur.model.desk import Commitment
from tawatur.model.ids import ClaimId, EntityId, EventId
from tawatur.model.label import Viewer
from tawatur.model.picture import Conflict, ConflictKind, Entity, Event, RootInterval
from tawatur.model.reading import EventType
from tawatur.node.given import Period
from tawatur.node.indexing.bars import Bar, BarKind, BarsRead, Drawn, Told, by_start, minutes
from tawatur.node.indexing.books import Wanted
from tawatur.node.indexing.identity import Known, LocalId
from tawatur.node.indexing.words import stems
from tawatur.node.seeing.narrowing import one_place
from tawatur.node.seeing.positions import Position, position_of
from tawatur.node.seeing.sight import Sight
from tawatur.weighing import independent_roots

_KEPT = 4
"""Viewers for whom what was worked out is kept."""


@dataclass(frozen=True, slots=True)
class Link:
    """A contradiction between two events, or within one; ``b`` is then equal to ``a``."""

    conflict: Conflict
    a: EventId
    b: EventId


@dataclass(frozen=True, slots=True)
class Spot:
    """An event that names a place, and where that is; None where it cannot be told."""

    bar: Bar  # without start and end where no time is told
    position: Position | None


class TieKind(StrEnum):
    """What a claim says that one did to another, in groups of happenings."""

    MET = "met"
    HELPED = "helped"
    PROMISED = "promised"
    ASKED = "asked"
    THREATENED = "threatened"
    ACCUSED = "accused"
    ATTACKED = "attacked"


_TIES: Mapping[EventType, TieKind] = {
    EventType.CONSULT: TieKind.MET,
    EventType.AGREE: TieKind.MET,
    EventType.SUPPORT: TieKind.HELPED,
    EventType.COOPERATE: TieKind.HELPED,
    EventType.CONCEDE: TieKind.HELPED,
    EventType.AID: TieKind.HELPED,
    EventType.REQUEST: TieKind.ASKED,
    EventType.THREATEN: TieKind.THREATENED,
    EventType.SANCTION: TieKind.THREATENED,
    EventType.ACCUSE: TieKind.ACCUSED,
    EventType.CRIME: TieKind.ACCUSED,
    EventType.ASSAULT: TieKind.ATTACKED,
    EventType.COERCE: TieKind.ATTACKED,
}


@dataclass(frozen=True, slots=True)
class Tie:
    """What claims say that ``a`` did to ``b``, and which claims deny it; of a meeting a < b.

    ``denied`` are claims that deny this very thing, and those that contradict one of ``claims``
    by denying it.
    """

    a: EntityId
    b: EntityId
    kind: TieKind
    claims: tuple[ClaimId, ...]
    denied: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True)
class TieView:
    """A tie with its claims, and how many independent roots stand behind those that say so."""

    tie: Tie
    a: Entity
    b: Entity
    claims: tuple[Claim, ...]
    denied: tuple[Claim, ...]
    roots: RootInterval | None  # None where all there is denies it


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a chart is narrowed to; whatever is empty narrows nothing.

    ``actor`` is the id of an entity or words of its name. ``since`` and ``until`` are EDTF.
    """

    words: str = ""
    actor: str = ""
    place: str = ""
    type: EventType | None = None
    status: Status | None = None
    kind: BarKind | None = None
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Charts:
    """The charts of one node; `Node.charts` is where the doors find them."""

    sight: Callable[[Viewer | None], Sight]
    kept: "Kept"

    def bars(self, by: Narrowed = Narrowed(), *, viewer: Viewer | None = None) -> tuple[Bar, ...]:
        """Return what has a place in time, first that whose beginning is not told, then by start.

        Raises:
            UsageError: A time that narrows is no EDTF date.
        """
        seen, (first, last) = self._seen(viewer), window(by)
        return tuple(bar for bar in seen.fitting(seen.bars, by) if bar.meets(first, last))

    def undated(self, *, viewer: Viewer | None = None) -> int:
        """Return how many events have no time at all."""
        return len(self._seen(viewer).undated)

    def links(self, bars: Iterable[Bar], *, viewer: Viewer | None = None) -> tuple[Link, ...]:
        """Return the contradictions that lie wholly within ``bars``, in order of id."""
        shown = {bar.id for bar in bars}
        return tuple(
            link for link in self._seen(viewer).links if link.a in shown and link.b in shown
        )

    def spots(self, by: Narrowed = Narrowed(), *, viewer: Viewer | None = None) -> tuple[Spot, ...]:
        """Return the events that name a place, with its position, by start.

        An actor narrows nothing here: where a person has been is not drawn.

        Raises:
            UsageError: A time that narrows is no EDTF date.
        """
        seen, (first, last) = self._seen(viewer), window(by)
        by = replace(by, actor="")
        if by == Narrowed():
            return tuple(seen.spots.values())
        bars = seen.bars if by.since or by.until else (*seen.undated, *seen.bars)
        return tuple(
            seen.spots[bar.id]
            for bar in seen.fitting(bars, by)
            if bar.where and bar.meets(first, last)
        )

    def ties(self, by: Narrowed = Narrowed(), *, viewer: Viewer | None = None) -> tuple[Tie, ...]:
        """Return who did what to whom, by the names of both: nobody is ranked.

        Args:
            by: The claims must be about events that fit; with an actor, one of the two is it.
            viewer: Whose picture it is.

        Raises:
            UsageError: A time that narrows is no EDTF date.
        """
        seen = self._seen(viewer)
        actors = seen.actors(by.actor) if by.actor else None
        about = Narrowed(by.words, "", by.place, None, None, None, by.since, by.until)
        if about != Narrowed():
            shown = {c for bar in self.bars(about, viewer=viewer) for c in seen.claims[bar.id]}
        return tuple(
            tie
            for tie in seen.ties
            if (actors is None or not actors.isdisjoint((tie.a, tie.b)))
            and (about == Narrowed() or not shown.isdisjoint((*tie.claims, *tie.denied)))
        )

    def shown(self, ties: Sequence[Tie], *, viewer: Viewer | None = None) -> tuple[TieView, ...]:
        """Return ties with their claims, denials and roots."""
        sight, entities = self.sight(viewer), self._seen(viewer).entities
        ids = {claim for tie in ties for claim in (*tie.claims, *tie.denied)}
        held = {id_: cited.claim for id_, cited in sight.cited(ids).items()}
        families, who = sight.pictures.around(held.values())
        return tuple(
            TieView(
                tie,
                entities[tie.a],
                entities[tie.b],
                claims,
                tuple(held[each] for each in tie.denied),
                independent_roots(claims, families, who) if claims else None,
            )
            for tie in ties
            for claims in (tuple(held[each] for each in tie.claims),)
        )

    def entities(
        self, ids: Iterable[EntityId], *, viewer: Viewer | None = None
    ) -> dict[EntityId, Entity]:
        """Return entities by id, those that may be seen."""
        known = self._seen(viewer).entities
        return {each: known[each] for each in ids if each in known}

    def conflict(self, given: str, *, viewer: Viewer | None = None) -> Conflict:
        """Return one contradiction by its id, or by the beginning of it.

        Raises:
            UnknownIdError: None that may be seen.
            AmbiguousIdError: Several begin so.
        """
        return self.sight(viewer).pictures.like(Conflict, given)

    def events_of(
        self, claims: Collection[ClaimId], *, viewer: Viewer | None = None
    ) -> tuple[Event, ...]:
        """Return the events that hold one of ``claims``, in order of id."""
        return self.sight(viewer).pictures.events_of(claims)

    def _seen(self, viewer: Viewer | None) -> "_Seen":
        return self.kept.seen(self.sight(viewer))


def window(by: Narrowed) -> tuple[int | None, int | None]:
    """Return the first minute of ``since`` and the last of ``until``, None where open.

    Raises:
        UsageError: One of them is no EDTF date.
    """
    Period.parse(by.since or None, by.until or None)
    return (
        minutes(by.since)[0] if by.since else None,
        minutes(by.until)[1] if by.until else None,
    )


# ------------------------------------------------------------ what is worked out


class _Seen:
    """All bars, contradictions and ties of one sight, each worked out when first asked for."""

    def __init__(self, sight: Sight, read: BarsRead) -> None:
        """Work out nothing yet."""
        self._sight, self._read = sight, read

    def fitting(self, bars: Iterable[Bar], by: Narrowed) -> Iterator[Bar]:
        """Yield the bars that fit all but the times."""
        tests: list[Callable[[Bar], bool]] = []
        if by.type is not None:
            tests.append(lambda bar: bar.type is by.type)
        if by.kind is not None:
            tests.append(lambda bar: bar.kind is by.kind)
        if by.status is not None:
            tests.append(lambda bar: bar.status == by.status)
        if by.place:
            there = {name for name in self.where if one_place(by.place, name)}
            tests.append(lambda bar: not there.isdisjoint(bar.where))
        if by.actor:
            named = {place for actor in self.actors(by.actor) for place in self.places[actor]}
            naming = {told.claim for told in self.told if not named.isdisjoint(told.named)}
            tests.append(lambda bar: not naming.isdisjoint(self.claims[bar.id]))
        if by.words:
            held = set(self._sight.told(by.words))
            tests.append(lambda bar: not held.isdisjoint(self.claims[bar.id]))
        for test in tests:
            bars = filter(test, bars)
        return iter(bars)

    def actors(self, given: str) -> set[EntityId]:
        """Return whom an id, or words of a name, stand for."""
        if given in self.entities:
            return {EntityId(given)}
        wanted = frozenset(stems(given))
        return {
            id_
            for id_, entity in self.entities.items()
            if wanted and any(wanted <= set(stems(name.text)) for name in entity.names)
        }

    @cached_property
    def bars(self) -> tuple[Bar, ...]:
        """What has a place in time, by start, that without one first."""
        return tuple(sorted((bar for bar in self._all if bar.dated), key=by_start))

    @cached_property
    def undated(self) -> tuple[Bar, ...]:
        """What has none."""
        return tuple(bar for bar in self._all if not bar.dated)

    @cached_property
    def spots(self) -> dict[str, Spot]:
        """What names a place, by id, in the order of `undated` and `bars`."""
        every = (*self.undated, *self.bars)
        return {bar.id: Spot(bar, position_of(bar.where)) for bar in every if bar.where}

    @cached_property
    def claims(self) -> dict[str, tuple[ClaimId, ...]]:
        """The claims of each bar."""
        events = {bar.id: tuple(each.claim for each in told) for bar, told in self._drawn}
        return {**events, **{promise.id: promise.claims for promise in self._promises}}

    @cached_property
    def where(self) -> frozenset[str]:
        """All names of places."""
        return frozenset(name for bar in self._all for name in bar.where)

    @property
    def told(self) -> Iterator[Told]:
        """Whom the claims of events name."""
        return (told for _, held in self._drawn for told in held)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The contradictions between events."""
        at = self._event_of
        return tuple(
            Link(conflict, at[conflict.a], at[conflict.b])
            for conflict in self._conflicts
            if conflict.a in at and conflict.b in at
        )

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """What claims tie, by the names of both and the kind."""
        entity_at = {place: id_ for id_, places in self.places.items() for place in places}
        return _ties(self.told, self._conflicts, entity_at, self.entities)

    @cached_property
    def entities(self) -> dict[EntityId, Entity]:
        """Everybody who is named."""
        return {each.entity.id: each.entity for each in self._known}

    @cached_property
    def places(self) -> dict[EntityId, frozenset[LocalId]]:
        """The named things that each entity is."""
        return {k.entity.id: frozenset(name.place for name in k.members) for k in self._known}

    @cached_property
    def _known(self) -> tuple[Known, ...]:
        return self._sight.known()

    @cached_property
    def _drawn(self) -> tuple[Drawn, ...]:
        return tuple(self._sight.pictures.drawn(self._read))

    @cached_property
    def _event_of(self) -> dict[ClaimId, EventId]:
        return {told.claim: EventId(bar.id) for bar, held in self._drawn for told in held}

    @cached_property
    def _conflicts(self) -> tuple[Conflict, ...]:
        return tuple(self._sight.pictures.all(Conflict))

    @cached_property
    def _promises(self) -> tuple[Commitment, ...]:
        return tuple(self._sight.desk(Wanted(Commitment)))

    @cached_property
    def _all(self) -> tuple[Bar, ...]:
        events = (bar for bar, _ in self._drawn)
        return (*events, *(_promised(promise, self._sight) for promise in self._promises))


class Kept:
    """What was read and worked out; whoever asks one node shares it."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._read = BarsRead()
        self._seen: dict[tuple[object, ...], _Seen] = {}

    def seen(self, sight: Sight) -> _Seen:
        """Return what was worked out for whoever sees the same, or where it will be kept."""
        key = sight.key
        if key not in self._seen:
            # What was worked out before a change may hold words that the change erased.
            stale = [each for each in self._seen if each[0] != key[0]]
            for each in stale or list(self._seen)[: max(0, len(self._seen) - _KEPT + 1)]:
                del self._seen[each]
            self._seen[key] = _Seen(sight, self._read)
        return self._seen[key]


# ------------------------------------------------------------ how it is worked out


def _promised(promise: Commitment, sight: Sight) -> Bar:
    """Return the bar of a promise: from when it was said to when it is due."""
    said = [
        bounds
        for cited in sight.cited(promise.claims).values()
        if cited.claim.published
        for bounds in (minutes(cited.claim.published),)
    ]
    start = min((first for first, _ in said if first is not None), default=None)
    first, end = minutes(promise.due) if promise.due else (None, None)
    if start is None or (end is not None and end < start):
        start = first
    return Bar(
        id=promise.id,
        kind=BarKind.PROMISE,
        type=None,
        words=promise.what,
        language="und",
        when=promise.due or "",
        start=start,
        end=end,
        where=(),
        who=tuple(name for name in (promise.by, promise.to) if name),
        status=promise.status,
    )


def _ties(
    told: Iterable[Told],
    conflicts: Iterable[Conflict],
    entity_at: Mapping[LocalId, EntityId],
    entities: Mapping[EntityId, Entity],
) -> tuple[Tie, ...]:
    """Return what claims tie, by the names of both and the kind."""
    against: dict[ClaimId, list[ClaimId]] = defaultdict(list)
    for conflict in conflicts:
        if conflict.kind is ConflictKind.POLARITY:
            against[conflict.a].append(conflict.b)
            against[conflict.b].append(conflict.a)
    said: dict[tuple[EntityId, EntityId, TieKind], list[ClaimId]] = defaultdict(list)
    denied: dict[tuple[EntityId, EntityId, TieKind], list[ClaimId]] = defaultdict(list)
    for each in told:
        for tied in _tied(each, entity_at):
            (denied if each.denied else said)[tied].append(each.claim)
    found = (
        Tie(
            a,
            b,
            kind,
            claims,
            tuple(
                dict.fromkeys(
                    (*denied.get((a, b, kind), ()), *(o for c in claims for o in against[c]))
                )
            ),
        )
        for a, b, kind in {**said, **denied}
        for claims in (tuple(said.get((a, b, kind), ())),)
    )
    return tuple(
        sorted(found, key=lambda t: (entities[t.a].name, entities[t.b].name, t.kind, t.a, t.b))
    )


def _tied(
    told: Told, entity_at: Mapping[LocalId, EntityId]
) -> Iterator[tuple[EntityId, EntityId, TieKind]]:
    """Yield whom one claim ties: each actor to each recipient, those who meet to one another."""
    kind = TieKind.PROMISED if told.promised else _TIES.get(told.type)
    if kind is None or len(told.by) + len(told.to) < 2:
        return
    by, to = (
        [entity for each in of if (entity := entity_at.get((told.document, each))) is not None]
        for of in (told.by, told.to)
    )
    if kind is TieKind.MET:
        pairs: Iterable[tuple[EntityId, EntityId]] = combinations(sorted({*by, *to}), 2)
    else:
        pairs = ((a, b) for a in dict.fromkeys(by) for b in dict.fromkeys(to) if a != b)
    yield from ((a, b, kind) for a, b in pairs)
