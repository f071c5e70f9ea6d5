"""In which order are the books of the desk listed? What needs a person first stands first."""

from datetime import date

from tawatur.model.desk import Commitment, Lesson, Request, last_day
from tawatur.model.meeting import Meeting
from tawatur.model.moment import Moment

Urgency = tuple[bool, str, str]
"""Closed, the day that counts (ISO; ``9999-12-31`` where none is told), id."""


def urgency(item: Commitment | Lesson | Request | Meeting) -> Urgency:
    """Return by what an item is ordered: open before closed, the earliest day first.

    Of a commitment the last day that it could be due counts, so that what is overdue stands
    first; of a request the last day on which it can have been made: the longest waiting first;
    of a meeting its last day, of a lesson the day on which it was learnt.
    """
    match item:
        case Commitment():
            told, closed = item.due, item.status != "open"
        case Request():
            told, closed = item.since, item.status != "open"
        case Lesson():
            told, closed = item.on, item.status != "noted"
        case _:
            told, closed = item.when, item.closed
    day = (last_day(told) if told else None) or date.max
    return closed, day.isoformat(), item.id


def sides(item: Commitment | Lesson | Request | Meeting) -> tuple[str, str | None]:
    """Return by whom and to whom an item is listed.

    A meeting by its series, or its name; a lesson by that on which it was learnt.
    """
    if isinstance(item, Meeting):
        return item.series or item.name, None
    if isinstance(item, Lesson):
        return item.by, item.about
    return item.by, item.to


def before(one: str, other: str) -> bool:
    """Return whether one EDTF date lies surely before another."""
    return Moment.parse(one).before(Moment.parse(other)) is True
