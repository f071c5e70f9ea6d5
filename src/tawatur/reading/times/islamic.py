"""What do dates of the Islamic calendar say?"""

import re
from dataclasses import replace

from hijridate import Gregorian, Hijri

from tawatur.reading.pieces import Pieces
from tawatur.reading.times.matched import letters_at, number_at
from tawatur.reading.times.values import Context, Meaning, Timex, fixed, grain
from tawatur.reading.times.which_year import SOON

HIJRI_YEARS = 1500
"""A smaller number of a year is of this calendar."""


def hijri_date_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """A date or a month of the Islamic calendar; without its year, the nearest."""
    month, day, year = (number_at(match, line, g) for g in ("mon", "d", "y"))
    rel, second = letters_at(match, "rel"), number_at(match, line, "d2")
    if second is not None and year is not None:
        first, last = _hijri_timex(year, month, day), _hijri_timex(year, month, second)
        return fixed(replace(first, end=last.value)) if first and last else None
    if rel and year is None and month is not None:
        tense = -1 if "L" in rel else 1 if "X" in rel else 0
        return lambda context: near_hijri(month, day, tense, context, told=True)
    return hijri(year, month, day)


def hijri(year: int | None, month: int | None, day: int | None) -> Meaning | None:
    """Islamic dates by the Umm al-Qura calendar, as the civil days that they cover."""
    if year is None:
        return lambda context: near_hijri(month or 1, day, context.tense, context)
    timex = _hijri_timex(year, month, day)
    return fixed(timex) if timex else None


def near_hijri(
    month: int, day: int | None, tense: int, context: Context, *, told: bool = False
) -> Timex:
    """Return the Islamic month, or its day, that lies nearest; to come, if the tense says so.

    Where "last" or "next" is ``told``, the one before or after the present.
    """
    if not context.known:
        return Timex(None)
    try:
        now = Gregorian(context.day.year, context.day.month, context.day.day).to_hijri()
    except (ValueError, OverflowError):
        return Timex(None)
    ahead = (month - now.month) * 29.5 + ((day - now.day) if day else 0)
    year = now.year
    if told and tense:
        year += (ahead <= 0) if tense > 0 else -(ahead >= 0)
    elif ahead < 0:
        year += ahead + 354 <= SOON[tense]
    else:
        year -= ahead > SOON[tense]
    return _hijri_timex(year, month, day) or Timex(None)


def _hijri_timex(year: int, month: int | None, day: int | None) -> Timex | None:
    if not 1343 <= year <= 1500:
        return None
    try:
        first = Hijri(year, month or 1, day or 1).to_gregorian()
        if day:
            return Timex(first.isoformat())
        last_month = month or 12
        final = Hijri(year, last_month, Hijri(year, last_month, 1).month_length()).to_gregorian()
    except (ValueError, OverflowError):
        return None
    if month is None:  # sightings of the moon move a year by a day: its months are sure
        return Timex(grain(first, "M"), end=grain(final, "M"))
    return Timex(first.isoformat(), end=final.isoformat())


def hijri_part(year: int, month: int, months: int) -> Timex | None:
    """Return some months of an Islamic year as the civil months that they touch."""
    first = _hijri_timex(year, month, None)
    last = _hijri_timex(year, month + months - 1, None)
    if first is None or last is None or first.value is None or last.end is None:
        return None
    return Timex(first.value[: len("2020-08")], end=last.end[: len("2020-08")])
