"""Which events, conflicts and gaps does somebody ask for, and which part of them?

A listing is narrowed by words, a period or a place, and cut to a part. Where nothing narrows
it, the rows before and behind that part are not looked at: that is what makes the first page
of a large node quick.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TypeVar

from tawatur import weighing
from tawatur.model.picture import Conflict, Event, Gap, NearMiss
from tawatur.model.reading import EntityType, EventType
from tawatur.node.given import ANY_TIME, Period
from tawatur.node.indexing.orders import EventOrder
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

    @property
    def told(self) -> bool:
        """Whether they are narrowed by what is told of them: words or times."""
        return bool(self.about) or self.period != ANY_TIME


def _types(sight: Sight, asked: Events, contested: Mapping[str, str]) -> Mapping[str, str] | None:
    """Return the types of the events that are asked for, by id; None where nothing narrows them.

    Of those that are not contested, without words or times, None as well.
    """
    if asked.told:
        types = sight.events_told(asked.about, asked.period)
    elif asked.contested:
        types = contested
    else:
        return None
    return {
        id_: type_
        for id_, type_ in types.items()
        if (asked.type is None or type_ == asked.type)
        and (asked.contested is None or (id_ in contested) == asked.contested)
    }


def events(
    sight: Sight, asked: Events, contested: Mapping[str, str], start: int, end: int | None
) -> tuple[Event, ...]:
    """Return the events from the ``start``-th on, before the ``end``-th; see `Node.events`.

    ``contested`` are the types of those that are, by id.
    """
    types = _types(sight, asked, contested)

    def fits(id_: str, type_: str) -> bool:
        if types is not None:
            return id_ in types
        return (asked.type is None or type_ == asked.type) and id_ not in contested

    by_order = partial(sight.pictures.events_by, asked.order, reverse=asked.reverse, fits=fits)
    if not asked.place:
        return tuple(by_order(start, end))
    there = (
        event
        for event in by_order(0, None)
        if any(one_place(asked.place, name) for name in event.where)
    )
    return tuple(islice(there, start, end))


def event_count(sight: Sight, asked: Events, contested: Mapping[str, str]) -> int:
    """Return how many events are asked for, wherever; see `events`."""
    types = _types(sight, asked, contested)
    if types is not None:
        return len(types)
    pictures = sight.pictures
    if asked.type is None:
        return pictures.count(Event) - len(contested)
    of_type = sum(1 for type_ in contested.values() if type_ == asked.type)
    return pictures.count_of_type(asked.type) - of_type


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
