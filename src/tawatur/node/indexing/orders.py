"""By what are events listed, and which columns of the index are that?

A key is made of columns of one event alone, its id last, so that what is hidden from somebody
moves nothing that he may see. Text is compared by code points. An event of which the first column
is not told comes last, in either direction.

One index holds all the columns, in the order in which events are listed unless somebody asks for
another; for another they are sorted when that is asked. An index for each order would be written
with every event, on pages that lie all over.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec

from tawatur.model.picture import Event
from tawatur.model.text import fold_words
from tawatur.weighing.events import moment


class EventOrder(StrEnum):
    """What a list of events is ordered by."""

    DOCUMENTS = "documents"
    CLAIMS = "claims"
    ROOTS = "roots"
    DATE = "date"
    PLACE = "place"

    def falls(self, reverse: bool) -> bool:
        """Return whether the greatest come first: numbers and days fall, names rise."""
        return (self is not EventOrder.PLACE) != reverse


class Weight(NamedTuple):
    """What one event is ordered by, as the columns of its row have it."""

    documents: int
    claims: int
    at_least: int  # independent roots
    at_most: int
    happened: str  # its first possible day, the last where that is open; empty for neither
    place: str  # the first that is named, folded; empty where none is
    type: str
    id: str

    @classmethod
    def of(cls, event: "Event | Weighed") -> "Weight":
        """Return that of an event."""
        when = moment(event.when)
        day = (when.lower or when.upper) if when else None
        return cls(
            len(event.documents),
            len(event.claims),
            event.roots.at_least,
            event.roots.at_most,
            day.isoformat() if day else "",
            fold_words(event.where[0]) if event.where else "",
            event.type,
            event.id,
        )

    def key(self, order: EventOrder) -> tuple[Any, ...]:
        """Return what it is compared by."""
        return tuple(getattr(self, column) for column in COLUMNS[order])


class _Roots(msgspec.Struct, frozen=True):
    at_least: int
    at_most: int


class Weighed(msgspec.Struct, frozen=True):
    """A packed event, as far as it is ordered by."""

    id: str
    type: str
    documents: tuple[str, ...]
    claims: tuple[str, ...]
    when: str | None
    where: tuple[str, ...]
    roots: _Roots


COLUMNS: Mapping[EventOrder, tuple[str, ...]] = {
    EventOrder.DOCUMENTS: ("documents", "claims", "happened", "id"),
    EventOrder.CLAIMS: ("claims", "documents", "happened", "id"),
    EventOrder.ROOTS: ("at_least", "at_most", "happened", "id"),
    EventOrder.DATE: ("happened", "id"),
    EventOrder.PLACE: ("place", "happened", "id"),
}
"""The columns that the key of each order is made of."""

TABLES = """
;
CREATE TABLE events(id TEXT PRIMARY KEY, component TEXT NOT NULL, body BLOB NOT NULL,
                    documents INTEGER NOT NULL, claims INTEGER NOT NULL,
                    at_least INTEGER NOT NULL, at_most INTEGER NOT NULL,
                    happened TEXT NOT NULL, place TEXT NOT NULL, type TEXT NOT NULL) STRICT;
CREATE INDEX events_by_component ON events(component, id, type);
CREATE INDEX events_listed ON events(documents, claims, happened, id, component, type,
                                     at_least, at_most, place)
"""


def row(id: str, component: str, body: bytes) -> tuple[Any, ...]:  # noqa: A002 - the model's word
    """Return a packed event as a row of the table."""
    return (id, component, body, *Weight.of(msgspec.msgpack.decode(body, type=Weighed))[:-1])


def queries(order: EventOrder, *, reverse: bool) -> Iterator[tuple[str, bool]]:
    """Yield the SQL of the keys of an order, each with component and type, as they come.

    With each comes whether the first column is told there.
    """
    first, direction = COLUMNS[order][0], "DESC" if order.falls(reverse) else "ASC"
    select = f"SELECT {', '.join(COLUMNS[order])}, component, type FROM events"
    by = "ORDER BY " + ", ".join(f"{column} {direction}" for column in COLUMNS[order])
    if order in (EventOrder.DATE, EventOrder.PLACE):
        yield f"{select} WHERE {first} <> '' {by}", True
        yield f"{select} WHERE {first} = '' {by}", False
    else:
        yield f"{select} {by}", True
