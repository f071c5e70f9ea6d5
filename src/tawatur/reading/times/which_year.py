"""Which year does a date mean that names none?"""

import datetime as dt
import re

from tawatur.reading.times.values import Context, month_near

STEP = {"L": -1, "T": 0, "X": 1}
"""Last, this, next: by how many."""
# Days ahead up to which a date without its year is to come, by what the nearest verb says:
# past, nothing, future. The best of a grid on the news of 1989-2000 in TimeBank.
SOON = {-1: 45, 0: 150, 1: 240}
_BESIDE = 45  # days from the date spoken of, within which a story goes on
_FAR_BACK = 120  # days before the text, beyond which a story has its own year


def direction_of(rel: str, context: Context) -> int:
    """Return whether a name counts forwards (1) or back (-1): as it says, or the nearest verb."""
    if "X" in rel:
        return 1
    return -1 if "L" in rel or not context.tense > 0 else 1


def year_for(month: int, day: int | None, rel: str, context: Context) -> str:
    """Return the year of a month or day that names none, by what was said and the tense."""
    now = context.day
    if (
        not rel
        and not context.known
        and context.said.last
        and re.match(r"\d{4}", context.said.last)
    ):
        return context.said.last[:4]
    if "T" in rel:
        return f"{now.year:04}"
    if not rel and day is not None and (year := _year_told_of(month, day, context)):
        return year
    if rel:
        direction = 1 if "X" in rel else -1
        if day is not None and month == now.month:
            return f"{now.year - (direction < 0 and day > now.day):04}"
        return f"{month_near(now, month, direction, strictly=True):04}"
    ahead = (month - now.month) * 30.5 + (day - now.day if day is not None else 0)
    if ahead < 0:
        return f"{now.year + (ahead + 365 <= SOON[context.tense]):04}"
    return f"{now.year - (ahead > SOON[context.tense]):04}"


def _year_told_of(month: int, day: int, context: Context) -> str | None:
    """Return the year of a story that lies far back and goes on: "14 May 2012 … on 3 May"."""
    said = context.said.told
    if said is None or not context.known or context.tense > 0:
        return None
    try:
        told = dt.date.fromisoformat(said)
        beside = dt.date(told.year, month, day)
    except ValueError:
        return None
    if abs((dt.date(context.day.year, month, min(day, 28)) - context.day).days) < _BESIDE:
        return None
    if abs((beside - told).days) > _BESIDE or (context.day - told).days < _FAR_BACK:
        return None
    return f"{told.year:04}" if told.year < context.day.year else None


def year_of_weekday(wanted: int, month: int, day: int, near: int) -> str | None:
    """Return the year, ``near`` or next to it, in which the day falls on that weekday."""
    for year in (near, near + 1, near - 1):
        try:
            if dt.date(year, month, day).isoweekday() == wanted:
                return f"{year:04}"
        except ValueError:
            continue
    return None
