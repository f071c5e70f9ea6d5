"""What needs a person now? A line for each item, and each line says why it is there."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from tawatur.errors import Message
from tawatur.model.desk import Commitment, Due, Request, Review, Sitting, last_day

AHEAD = 14
"""Days ahead of which a last day is told."""
AGO = 30
"""Days after which an open request is told to wait."""


def due(
    commitments: Iterable[Commitment],
    requests: Iterable[Request],
    reviews: Iterable[tuple[Review, date]],
    today: date,
) -> Iterator[Due]:
    """Yield what is overdue, due within `AHEAD` days, waits for `AGO` days or is disputed.

    Args:
        commitments: In the order in which they are to stand.
        requests: Likewise.
        reviews: With the day on which each is next held.
        today: The day on which it is asked.
    """
    for promise in commitments:
        for why in _of_promise(promise, today):
            yield Due(promise.id, why, promise.what, promise.by)
    for wish in requests:
        for why in _of_request(wish, today):
            yield Due(wish.id, why, wish.what, wish.next_step)
    for review, day in reviews:
        if day <= today + timedelta(days=AHEAD):
            yield Due(review.id, Message("review on {0}", (day.isoformat(),)), review.name, None)


def next_day(review: Review, sittings: Iterable[Sitting]) -> date:
    """Return the day on which a review is next held: the first, or its weeks after the last."""
    held = [sitting.day for sitting in sittings if sitting.review == review.id]
    return max(held) + timedelta(weeks=review.weeks) if held else review.start


def _of_promise(item: Commitment, today: date) -> Iterator[Message]:
    if item.overdue(today):
        yield Message("overdue since {0}", (_until(item.due),))
    elif item.status == "open" and _soon(item.due, today):
        yield Message("due by {0}", (_until(item.due),))
    yield from _disputed(item)


def _of_request(item: Request, today: date) -> Iterator[Message]:
    waiting = item.waiting(today)
    if item.status == "open" and _soon(item.needed_by, today):
        yield Message("needed by {0}", (_until(item.needed_by),))
    elif waiting is not None and waiting >= AGO:
        yield Message("waiting {0} days, at least", (str(waiting),))
    yield from _disputed(item)


def _disputed(item: Commitment | Request) -> Iterator[Message]:
    if item.rivals:
        yield Message("different things were written at once; settle it by a step")


def _until(told: str | None) -> str:
    """Return the last day that a time can mean, as EDTF; a time without an end as it is told."""
    return str((last_day(told) if told else None) or told)


def _soon(told: str | None, today: date) -> bool:
    upper = last_day(told) if told else None
    return upper is not None and upper <= today + timedelta(days=AHEAD)
