"""Which day lies so many days, weeks, months or years off?"""

import datetime as dt
import re
from dataclasses import replace

from tawatur.reading.times.values import Context, Timex, duration, finer, grain, moved

OF_THE_DAY = ("H", "MIN", "S")
"""Units finer than a day."""
HOURS_OF_A_DAY = 24


def until_now(count: float, unit: str, context: Context) -> Timex:
    """The past decade, the last three weeks: a length that ends now."""
    timex = Timex(duration(count, unit), "DURATION")
    if not context.known or unit in OF_THE_DAY:
        return timex
    began = grain(day_off(context.day, unit, -count), finer(unit))
    return replace(timex, start=began if began[-1].isdigit() else None, mod="PAST")


def from_now(length: Timex, count: float, unit: str, context: Context) -> Timex:
    """The next six weeks: a length that begins now."""
    if not context.known or unit in OF_THE_DAY:
        return length
    return replace(length, until=day_off(context.day, unit, count).isoformat())


def said_day(said: str | None, unit: str) -> dt.date | None:
    """Return the day that the last date mentioned begins, if it is fine enough for ``unit``."""
    need = {"Y": 4, "10Y": 4, "M": 7}.get(unit, 7)
    if not said or not re.match(r"\d{4}(-\d\d){0,2}(T|$)", said) or len(said) < need:
        return None
    said = said[:10]
    try:
        return dt.date.fromisoformat(said + "-01-01"[len(said) - 4 :] if len(said) < 10 else said)
    except ValueError:
        return None


def hours_off(context: Context, count: float | None, unit: str) -> str | None:
    """Return the day so many hours from the date spoken of; a few are of the same day."""
    day = said_day(context.said.day, "D")
    if day is None:
        return None
    days = int(count or 0) // HOURS_OF_A_DAY if unit == "H" else 0
    return moved(day, "D", days).isoformat()


def counted_off(day: dt.date, count: float, unit: str) -> str:
    """Return the day or longer period so far from a day, one unit finer than what is counted."""
    return grain(day_off(day, unit, count), finer(unit))


def day_off(day: dt.date, unit: str, count: float) -> dt.date:
    """Return the day so many units off, also half years."""
    if count != int(count) and unit == "Y":
        return moved(day, "M", round(count * 12))
    return moved(day, unit, int(count))
