"""What do seasons, quarters of a year, feasts and other occasions say?"""

import datetime as dt
import re
from dataclasses import replace

from tawatur.reading.pieces import Pieces
from tawatur.reading.times.islamic import HIJRI_YEARS, hijri_part, near_hijri
from tawatur.reading.times.matched import letters_at, number_at, sense_at
from tawatur.reading.times.values import Context, Meaning, Timex, fixed, full_year, month_near
from tawatur.reading.times.which_year import STEP, direction_of, year_for


def held_season_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Before the summer, since spring: the next or the last one."""
    sense = line.senses[match.start()]
    if sense is None or (sense.letter in "gf" and sense.value not in ("deadline", "after")):
        return None
    since = sense.letter in "if"
    code, rel = sense_at(match, line, "s"), letters_at(match, "rel")
    month = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]

    def meaning(context: Context) -> Timex | None:
        if not context.known:
            return Timex(None)
        near = month_near(context.day, month, -1 if since else 1)
        if "L" in rel and near == context.day.year:
            near -= month + 2 >= context.day.month  # of a summer that goes on, the one before
        if "X" in rel and near == context.day.year and month == context.day.month:
            near += 1  # of a summer that goes on, the next one
        # A season is bounded by its beginning alone: before the summer is before June.
        value = f"{near:04}-{month:02}"
        return Timex(value, mod="APPROX", open="since" if since else "deadline")

    return meaning


def occasion_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """After the feast of sacrifice, before the elections: dated only where a calendar tells."""
    sense = line.senses[match.start()]
    code = sense_at(match, line, "on")
    if sense is None or (sense.letter in "gf" and sense.value not in ("deadline", "after")):
        return None
    if code == "-":
        return fixed(Timex("OCCASION", anchor="an event"))
    month, day = (int(part) for part in code.split("-"))
    since = sense.letter in "if"

    def meaning(context: Context) -> Timex | None:
        timex = near_hijri(month, day, 1 if context.tense > 0 or not since else 0, context)
        opened = "since" if since else "deadline"
        return replace(timex, open=opened, mod="APPROX") if timex.value else timex

    return meaning


def season_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """A season with its year, or the last or next one."""
    code, rel = sense_at(match, line, "s"), letters_at(match, "rel")
    year = number_at(match, line, "y")
    middle = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}[code]
    if line.words[match.start() : match.end()] == ("ete",):
        return None  # "a été"

    def meaning(context: Context) -> Timex | None:
        if year is not None:
            return Timex(f"{full_year(year):04}-{code}")
        if "T" in rel:
            return Timex(f"{context.day.year:04}-{code}")
        if not context.known:
            return Timex(None)
        near = month_near(context.day, middle, direction_of(rel, context))
        return Timex(f"{near:04}-{code}")

    return meaning


def quarter_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The third quarter (of 1990), the first half."""
    number, year = number_at(match, line, "n"), number_at(match, line, "y")
    of_year = STEP.get(letters_at(match, "yrel"), 0)
    sense = line.senses[match.start("u")]
    part = "H" if line.values[match.start("u")] == 0.5 else None  # a half
    if sense is not None and (sense.letter == "9" or sense.value in ("Q", "HY")):
        part = sense.value[0]
    rel = letters_at(match, "rel")
    if number is None and rel == "L" and (year is not None or "yrel" in match.re.groupindex):
        number, rel = 2 if part == "H" else 4, ""
    if number is None or part not in ("H", "Q") or not 1 <= number <= (4 if part == "Q" else 2):
        return None
    months = 3 if part == "Q" else 6

    def meaning(context: Context) -> Timex | None:
        if year is not None and year < HIJRI_YEARS:
            return hijri_part(year, (number - 1) * months + 1, months)
        if year is not None:
            return Timex(f"{year:04}-{part}{number}")
        near = context.day.year + (-1 if "L" in rel else 1 if "X" in rel else of_year)
        if not rel and not of_year and (number - 1) * months + 1 > context.day.month:
            near -= context.tense < 0
        return Timex(f"{near:04}-{part}{number}")

    return meaning


def holiday_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """A feast of the civil calendar that has a fixed day."""
    year, fixed_day = number_at(match, line, "y"), sense_at(match, line, "h")
    if fixed_day == "EASTER":
        return lambda context: _easter_near(year, context)
    month, day = (int(part) for part in fixed_day.split("-"))

    def meaning(context: Context) -> Timex | None:
        y = f"{year:04}" if year else year_for(month, day, "", context)
        return Timex(f"{y}-{month:02}-{day:02}")

    return meaning


def _easter_near(year: int | None, context: Context) -> Timex | None:
    """Return Easter of the year told, else the nearest one that the verb allows."""
    if year is None and not context.known:
        return Timex(None)
    if year is None:
        day = easter(context.day.year)
        year = context.day.year
        if context.tense > 0 and day < context.day:
            year += 1
        elif context.tense <= 0 and day > context.day:
            year -= 1
    return Timex(easter(year).isoformat())


def easter(year: int) -> dt.date:
    """Return the Sunday of Easter, Gregorian (Gauss, as corrected for all years since 1583)."""
    golden, century = year % 19, year // 100
    moon = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    moon -= (moon // 28) * (1 - (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday_ = (year + year // 4 + moon + 2 - century + century // 4) % 7
    shift = moon - weekday_
    month = 3 + (shift + 40) // 44
    return dt.date(year, month, shift + 28 - 31 * (month // 4))
