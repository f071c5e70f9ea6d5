"""Which events, conflicts and gaps does somebody ask for, and which part of them?

A listing is narrowed by words, a period or a place, and cut to a part. Where nothing narrows
it, the rows before and behind that part are not looked at: that is what makes the first page
of a large node quick.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from tawatur import weighing
from tawatur.model.picture import Conflict, Event, Gap, NearMiss
from tawatur.model.reading import EntityType, EventType
from tawatur.node.given import ANY_TIME, Period
from tawatur.node.indexing.orders import EventOrder, ordered
from tawatur.node.seeing.pictures import Fits
from tawatur.node.seeing.sight import Sight
from tawatur.weighing.names import same_name

P = TypeVar("P", Conflict, NearMiss)


@dataclass(frozen=True, slots=True)
class Events:
    """Which events somebody asks for, and in which order.

    Attributes:
        about: Words that a claim, its names or its sources must all hold, names in any script.
        period: When a claim may be set.
        place: A place that a claim names, in any spelling or script.
        type: Only those of this type.
        contested: Only those of which a claim stands in a conflict that nobody settled or
            dismissed, or only the others.
        order: What they are ordered by.
        reverse: The other way round.
    """

    about: str | None = None
    period: Period = ANY_TIME
    place: str | None = None
    type: EventType | None = None
    contested: bool | None = None
    order: EventOrder = EventOrder.DOCUMENTS
    reverse: bool = False

    def fits(self, contested: Container[str]) -> Fits | None:
        """Return what says of an id and a type whether they fit; None where all do.

        Args:
            contested: The ids of the events that are.
        """
        if self.type is None and self.contested is None:
            return None
        return lambda id_, type_: (
            (self.type is None or type_ == self.type)
            and (self.contested is None or (id_ in contested) == self.contested)
        )


def events(
    sight: Sight, asked: Events, contested: Mapping[str, Event], start: int, end: int | None
) -> tuple[Event, ...]:
    """Return the events from the ``start``-th on, before the ``end``-th; see `Node.events`."""
    fits = asked.fits(contested)
    told = bool(asked.about) or asked.period != ANY_TIME
    if end is not None and not (told or asked.place or asked.contested):
        found = sight.pictures.events_by(asked.order, start, end, reverse=asked.reverse, fits=fits)
        return tuple(found)
    among: Iterable[Event]
    if told:
        among = sight.pictures.events_of(sight.told(asked.about, asked.period))
    else:
        among = contested.values() if asked.contested else sight.pictures.all(Event)
    some = (
        event
        for event in among
        if (not asked.place or any(one_place(asked.place, name) for name in event.where))
        and (fits is None or fits(event.id, event.type))
    )
    return tuple(ordered(some, asked.order, reverse=asked.reverse)[start:end])


def event_count(sight: Sight, asked: Events, contested: Mapping[str, Event]) -> int:
    """Return how many events are of the type that is asked for, contested or not."""
    of_type = sum(1 for event in contested.values() if asked.type in (None, event.type))
    if asked.contested:
        return of_type
    pictures = sight.pictures
    whole = pictures.count(Event) if asked.type is None else pictures.count_of_type(asked.type)
    return whole - of_type


def conflicts(sight: Sight, about: str | None, start: int, end: int | None) -> tuple[Conflict, ...]:
    """Return a part of the conflicts of claims about ``about``, by id; see `Node.conflicts`."""
    if end is not None and not about:
        return tuple(sight.pictures.by_id(Conflict, start, end))
    return tuple(_about(sight, Conflict, about))[start:end]


def near_misses(sight: Sight, about: str | None, end: int | None) -> tuple[NearMiss, ...]:
    """Return the first near misses of claims about ``about``, by id; see `Node.near_misses`."""
    if end is not None and not about:
        return tuple(sight.pictures.by_id(NearMiss, 0, end))
    return tuple(_about(sight, NearMiss, about))[:end]


def gaps(sight: Sight, about: str | None, start: int, end: int | None) -> tuple[Gap, ...]:
    """Return a part of the gaps, by document and place; see `Node.gaps`."""
    wanted = set(sight.told(about)) if about else None
    missing = sight.missing()
    some = dict(missing if about else missing[start:end])
    told = (
        claim
        for document in dict.fromkeys(some.values())
        for claim in sight.claims(document=document)
    )
    found = tuple(
        gap
        for gap in weighing.gaps(told)
        if gap.claim in some
        and (wanted is None or not wanted.isdisjoint((gap.claim, *gap.supposed)))
    )
    return found[start:end] if about else found


def one_place(given: str, name: str) -> bool:
    """Return whether two names are of one place, in any spelling or script."""
    kinds = EntityType.COUNTRY_OR_CITY, EntityType.LOCATION
    return any(same_name(given, name, kind) for kind in kinds)


def _about(sight: Sight, kind: type[P], about: str | None) -> Iterator[P]:
    """Yield those of a kind of which a side holds the words, all if none are given."""
    wanted = set(sight.told(about)) if about else None
    found = sight.pictures.all(kind)
    yield from (pair for pair in found if wanted is None or {pair.a, pair.b} & wanted)
