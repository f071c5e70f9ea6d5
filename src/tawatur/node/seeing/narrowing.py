"""Which events, conflicts and gaps does somebody ask for, and which part of them?

A listing is narrowed by words, a period or a place, and cut to a part. Where nothing narrows
it, the rows before and behind that part are not looked at: that is what makes the first page
of a large node quick.
"""

from collections.abc import Iterator
from typing import TypeVar

from tawatur import weighing
from tawatur.model.picture import Conflict, Event, Gap, NearMiss
from tawatur.model.reading import EntityType
from tawatur.node.given import ANY_TIME, Period
from tawatur.node.indexing.components import Weight
from tawatur.node.seeing.sight import Sight
from tawatur.weighing.names import same_name

P = TypeVar("P", Conflict, NearMiss)


def events(
    sight: Sight,
    about: str | None,
    period: Period,
    place: str | None,
    start: int,
    end: int | None,
) -> tuple[Event, ...]:
    """Return the events from the ``start``-th on, before the ``end``-th; see `Node.events`."""
    if end is not None and not (about or place) and period == ANY_TIME:
        return tuple(sight.pictures.events_by_weight(start, end))
    wanted = None
    if about or period != ANY_TIME:
        wanted = {claim.id for claim in sight.claims(about=about, period=period)}
    found = [
        event
        for event in sight.pictures.all(Event)
        if (wanted is None or wanted & set(event.claims)) and (not place or _at(place, event))
    ]
    found.sort(key=lambda event: Weight.of(event).key, reverse=True)
    return tuple(found[start:end])


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
    wanted = {claim.id for claim in sight.claims(about=about)} if about else None
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


def _at(place: str, event: Event) -> bool:
    """Return whether a claim about an event names a place."""
    kinds = EntityType.COUNTRY_OR_CITY, EntityType.LOCATION
    return any(same_name(place, name, kind) for name in event.where for kind in kinds)


def _about(sight: Sight, kind: type[P], about: str | None) -> Iterator[P]:
    """Yield those of a kind of which a side holds the words, all if none are given."""
    wanted = {claim.id for claim in sight.claims(about=about)} if about else None
    found = sight.pictures.all(kind)
    yield from (pair for pair in found if wanted is None or {pair.a, pair.b} & wanted)
