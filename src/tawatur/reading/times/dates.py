"""What do dates of the civil calendar say: a day, a week or a part of a month, a month?"""

import datetime as dt
import re
from calendar import monthrange

from tawatur.reading.pieces import Pieces
from tawatur.reading.times.matched import letters_at, months_of, number_at, sense_at
from tawatur.reading.times.values import Context, Meaning, Timex, fixed, full_year, moved
from tawatur.reading.times.which_year import STEP, year_for, year_of_weekday


def date_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """A day of a month, with or without its year."""
    month, other = months_of(match, line)
    day, year = number_at(match, line, "d"), number_at(match, line, "y")
    second = number_at(match, line, "d2")
    rel, part = letters_at(match, "rel"), sense_at(match, line, "part")
    of_year = letters_at(match, "yrel")
    wanted = number_at(match, line, "wd")
    if month != other or day is None or not 1 <= day <= 31:
        return None

    def meaning(context: Context) -> Timex | None:
        y = f"{full_year(year):04}" if year is not None else year_for(month, day, rel, context)
        if of_year:
            y = f"{context.day.year + STEP[of_year]:04}"
        if wanted and year is None and not of_year and context.known:
            y = year_of_weekday(wanted, month, day, int(y)) or y
        value = f"{y}-{month:02}-{day:02}"
        if second is not None:
            return Timex(value, end=f"{y}-{month:02}-{second:02}")
        if part and part != "DT" and context.language != "ar":
            return Timex(f"{value}T{part}", "TIME")
        return Timex(value)

    return meaning


def day_of_month_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The eighth of this month, le 8 du mois dernier."""
    day, rel = number_at(match, line, "d"), letters_at(match, "rel")
    sense = line.senses[match.start("u")]
    if day is None or not 1 <= day <= 31 or sense is None or sense.number != "s":
        return None

    def meaning(context: Context) -> Timex | None:
        month = moved(context.day.replace(day=1), "M", STEP[rel])
        return Timex(f"{month.year:04}-{month.month:02}-{day:02}", anchor="publication")

    return meaning


def dtg_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """A military date-time group, "251234Z OCT 09": day, hour and minute, then month and year."""
    group, month = line.words[match.start("n")], months_of(match, line)[0]
    year = number_at(match, line, "y")
    if not re.fullmatch(r"\d{6}", group) or year is None:
        return None
    day, hour, minute = int(group[:2]), int(group[2:4]), int(group[4:])
    if not (1 <= day <= 31 and hour < 24 and minute < 60):
        return None
    value = f"{full_year(year):04}-{month:02}-{day:02}T{hour:02}:{minute:02}"
    return fixed(Timex(value, "TIME"))


def month_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """A month, with its year, with "last" or "next", or alone."""
    month, other = months_of(match, line)
    year, rel, of_year = (
        number_at(match, line, "y"),
        letters_at(match, "rel"),
        letters_at(match, "yrel"),
    )

    def meaning(context: Context) -> Timex | None:
        y = f"{full_year(year):04}" if year is not None else year_for(month, None, rel, context)
        if of_year:
            y = f"{context.day.year + STEP[of_year]:04}"
        value = f"{y}-{month:02}"
        return Timex(value, end=f"{y}-{other:02}" if other != month else None)

    return meaning


def week_of_month_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The first week of October, the last week of May: seven days of the month."""
    sense = line.senses[match.start("u")]
    if sense is None or sense.value != "W" or sense.number != "s":
        return None
    month, _ = months_of(match, line)
    year, number = number_at(match, line, "y"), number_at(match, line, "n")
    if number is not None and not 1 <= number <= _WEEKS_OF_A_MONTH:
        return None

    def meaning(context: Context) -> Timex | None:
        y = full_year(year) if year is not None else int(year_for(month, None, "", context))
        final = monthrange(y, month)[1]
        first = (number - 1) * 7 + 1 if number is not None else final - 6
        return Timex(f"{y:04}-{month:02}-{first:02}", end=f"{y:04}-{month:02}-{first + 6:02}")

    return meaning


_WEEKS_OF_A_MONTH = 4


def part_of_month_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The first half of May, la seconde quinzaine de mai, the second third: days of the month."""
    month, _ = months_of(match, line)
    year, number = number_at(match, line, "y"), number_at(match, line, "n")
    at = match.start("u")
    sense = line.senses[at]
    size = _PARTS_OF_MONTH.get(sense.value if sense else f"{line.values[at]:g}")
    if size is None or (number is not None and not 1 <= number <= _MONTH_HAS // size):
        return None
    first = ((number or _MONTH_HAS // size) - 1) * size + 1

    def meaning(context: Context) -> Timex | None:
        y = full_year(year) if year is not None else int(year_for(month, first, "", context))
        closing = first + size > _MONTH_HAS
        last = monthrange(y, month)[1] if closing else first + size - 1
        return Timex(f"{y:04}-{month:02}-{first:02}", end=f"{y:04}-{month:02}-{last:02}")

    return meaning


_MONTH_HAS = 30  # days, as its halves and thirds are counted
_PARTS_OF_MONTH = {"H": 15, "0.5": 15, "15": 15, "T": 10, "0.3333": 10}


def week_of_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The week of 10 February: from that day on."""
    sense = line.senses[match.start("u")]
    month, day, year = (
        months_of(match, line)[0],
        number_at(match, line, "d"),
        number_at(match, line, "y"),
    )
    if sense is None or sense.value != "W" or sense.number != "s" or day is None:
        return None

    def meaning(context: Context) -> Timex | None:
        y = full_year(year) if year is not None else int(year_for(month, day, "", context))
        try:
            first = dt.date(y, month, day)
        except ValueError:
            return None
        return Timex(first.isoformat(), end=(first + dt.timedelta(days=6)).isoformat())

    return meaning


def numeric_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """25/10/2009, 10/20/2029, 11 - 01 - 2021: in the order of the text, or as only it can be."""
    a, b, year = (number_at(match, line, g) for g in ("a", "b", "y"))
    if a is None or b is None or year is None:
        return None
    slash = line.kinds[match.start("a") + 1] == "/"

    def meaning(context: Context) -> Timex | None:
        # American with slashes, where nothing but the language tells; then it is a guess.
        guess = context.said.month_first is None and slash
        day, month = (b, a) if context.said.month_first or guess else (a, b)
        if month > 12:
            day, month, guess = month, day, False
        if month > 12 or day > 31:
            return None
        doubt = "UNCERTAIN" if guess and day <= 12 and day != month else None
        return Timex(f"{full_year(year):04}-{month:02}-{day:02}", mod=doubt)

    return meaning


def iso_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Year, month and day in figures: 2009-10-25."""
    year, month, day = (number_at(match, line, g) for g in ("y", "b", "d"))
    if month is None or month > 12:
        return None
    return fixed(Timex(f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")))
