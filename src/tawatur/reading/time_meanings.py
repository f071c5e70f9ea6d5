"""What does each kind of time expression say, before it is known what it counts from?

One function per kind of rule of `tawatur.reading.time_grammar`: from the match of the rule in
the kinds of the pieces to a meaning, which gives the value once the day of the text, what it
mentioned before and the tense of the sentence are known. None where the words say something else.
"""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from hijridate import Gregorian, Hijri

from tawatur.model.text import fold
from tawatur.reading.pieces import LANGUAGES, Pieces, says_from
from tawatur.reading.tables import rows
from tawatur.reading.time_values import (
    Context,
    Meaning,
    Timex,
    duration,
    finer,
    fixed,
    full_year,
    grain,
    month_near,
    moved,
    weekday,
)

Build = Callable[[re.Match[str], Pieces], Meaning | None]


def _number(match: re.Match[str], line: Pieces, group: str) -> int | None:
    at = match.start(group) if group in match.re.groupindex else -1
    if at < 0 or match.end(group) == at:
        return None
    value = line.values[at]
    sense = line.senses[at]
    if value is not None:
        return int(value)
    return int(sense.value) if sense and sense.value.lstrip("-").isdigit() else None


def _sense(match: re.Match[str], line: Pieces, group: str) -> str:
    at = match.start(group) if group in match.re.groupindex else -1
    if at < 0 or match.end(group) == at:
        return ""
    sense = line.senses[at]
    return sense.value if sense else ""


def _group(match: re.Match[str], group: str) -> str:
    return (match.group(group) or "") if group in match.re.groupindex else ""


def _direction(rel: str, context: Context) -> int:
    if "X" in rel:
        return 1
    return -1 if "L" in rel or not context.tense > 0 else 1


def _months_of(match: re.Match[str], line: Pieces) -> tuple[int, int]:
    """Return the month, and the second one of a pair (the same, if it is another name)."""
    numbers = [
        int(sense.value)
        for at in range(match.start("mon"), match.end("mon"))
        if (sense := line.senses[at]) and sense.letter in "MO"
    ]
    return numbers[0], numbers[-1]


# Days ahead up to which a date without its year is to come, by what the nearest verb says:
# past, nothing, future. The best of a grid on the news of 1989-2000 in TimeBank.
_SOON = {-1: 45, 0: 150, 1: 240}


def _year_for(month: int, day: int | None, rel: str, context: Context) -> str:
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
        return f"{now.year + (ahead + 365 <= _SOON[context.tense]):04}"
    return f"{now.year - (ahead > _SOON[context.tense]):04}"


_BESIDE = 45  # days from the date spoken of, within which a story goes on
_FAR_BACK = 120  # days before the text, beyond which a story has its own year


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


def date_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """A day of a month, with or without its year."""
    month, other = _months_of(match, line)
    day, year = _number(match, line, "d"), _number(match, line, "y")
    second = _number(match, line, "d2")
    rel, part = _group(match, "rel"), _sense(match, line, "part")
    of_year = _group(match, "yrel")
    wanted = _number(match, line, "wd")
    if month != other or day is None or not 1 <= day <= 31:
        return None

    def meaning(context: Context) -> Timex | None:
        y = f"{full_year(year):04}" if year is not None else _year_for(month, day, rel, context)
        if of_year:
            y = f"{context.day.year + _STEP[of_year]:04}"
        if wanted and year is None and not of_year and context.known:
            y = _year_of_weekday(wanted, month, day, int(y)) or y
        value = f"{y}-{month:02}-{day:02}"
        if second is not None:
            return Timex(value, end=f"{y}-{month:02}-{second:02}")
        if part and part != "DT" and context.language != "ar":
            return Timex(f"{value}T{part}", "TIME")
        return Timex(value)

    return meaning


_STEP = {"L": -1, "T": 0, "X": 1}


def _year_of_weekday(wanted: int, month: int, day: int, near: int) -> str | None:
    """Return the year, ``near`` or next to it, in which the day falls on that weekday."""
    for year in (near, near + 1, near - 1):
        try:
            if dt.date(year, month, day).isoweekday() == wanted:
                return f"{year:04}"
        except ValueError:
            continue
    return None


def day_of_month_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The eighth of this month, le 8 du mois dernier."""
    day, rel = _number(match, line, "d"), _group(match, "rel")
    sense = line.senses[match.start("u")]
    if day is None or not 1 <= day <= 31 or sense is None or sense.number != "s":
        return None

    def meaning(context: Context) -> Timex | None:
        month = moved(context.day.replace(day=1), "M", _STEP[rel])
        return Timex(f"{month.year:04}-{month.month:02}-{day:02}", anchor="publication")

    return meaning


def dtg_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """A military date-time group, "251234Z OCT 09": day, hour and minute, then month and year."""
    group, month = line.words[match.start("n")], _months_of(match, line)[0]
    year = _number(match, line, "y")
    if not re.fullmatch(r"\d{6}", group) or year is None:
        return None
    day, hour, minute = int(group[:2]), int(group[2:4]), int(group[4:])
    if not (1 <= day <= 31 and hour < 24 and minute < 60):
        return None
    value = f"{full_year(year):04}-{month:02}-{day:02}T{hour:02}:{minute:02}"
    return fixed(Timex(value, "TIME"))


def month_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """A month, with its year, with "last" or "next", or alone."""
    month, other = _months_of(match, line)
    year, rel, of_year = (
        _number(match, line, "y"),
        _group(match, "rel"),
        _group(match, "yrel"),
    )

    def meaning(context: Context) -> Timex | None:
        y = f"{full_year(year):04}" if year is not None else _year_for(month, None, rel, context)
        if of_year:
            y = f"{context.day.year + _STEP[of_year]:04}"
        value = f"{y}-{month:02}"
        return Timex(value, end=f"{y}-{other:02}" if other != month else None)

    return meaning


def week_of_month_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The first week of October, the last week of May: seven days of the month."""
    sense = line.senses[match.start("u")]
    if sense is None or sense.value != "W" or sense.number != "s":
        return None
    month, _ = _months_of(match, line)
    year, number = _number(match, line, "y"), _number(match, line, "n")
    if number is not None and not 1 <= number <= _WEEKS_OF_A_MONTH:
        return None

    def meaning(context: Context) -> Timex | None:
        y = full_year(year) if year is not None else int(_year_for(month, None, "", context))
        final = monthrange(y, month)[1]
        first = (number - 1) * 7 + 1 if number is not None else final - 6
        return Timex(f"{y:04}-{month:02}-{first:02}", end=f"{y:04}-{month:02}-{first + 6:02}")

    return meaning


_WEEKS_OF_A_MONTH = 4


def part_of_month_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The first half of May, la seconde quinzaine de mai, the second third: days of the month."""
    month, _ = _months_of(match, line)
    year, number = _number(match, line, "y"), _number(match, line, "n")
    at = match.start("u")
    sense = line.senses[at]
    size = _PARTS_OF_MONTH.get(sense.value if sense else f"{line.values[at]:g}")
    if size is None or (number is not None and not 1 <= number <= _MONTH_HAS // size):
        return None
    first = ((number or _MONTH_HAS // size) - 1) * size + 1

    def meaning(context: Context) -> Timex | None:
        y = full_year(year) if year is not None else int(_year_for(month, first, "", context))
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
        _months_of(match, line)[0],
        _number(match, line, "d"),
        _number(match, line, "y"),
    )
    if sense is None or sense.value != "W" or sense.number != "s" or day is None:
        return None

    def meaning(context: Context) -> Timex | None:
        y = full_year(year) if year is not None else int(_year_for(month, day, "", context))
        try:
            first = dt.date(y, month, day)
        except ValueError:
            return None
        return Timex(first.isoformat(), end=(first + dt.timedelta(days=6)).isoformat())

    return meaning


def numeric_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """25/10/2009, 10/20/2029, 11 - 01 - 2021: in the order of the text, or as only it can be."""
    a, b, year = (_number(match, line, g) for g in ("a", "b", "y"))
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
    year, month, day = (_number(match, line, g) for g in ("y", "b", "d"))
    if month is None or month > 12:
        return None
    return fixed(Timex(f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")))


def year_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """A year of the civil or, if it says so, of the Islamic calendar."""
    year = _number(match, line, "y")
    if year is None:
        return None
    if _group(match, "era") or (
        1300 <= year <= 1460 and "J" in match.group() and "ar" in line.words
    ):
        return _hijri(year, None, None)
    if not 1500 <= year <= 2100 and "J" not in match.group():
        return None
    if "J" not in match.group() and (
        _is_amount(line, match.start("y")) or _is_bare_number(line, match.start("y"), year)
    ):
        return None
    end = _number(match, line, "y2")
    if end is not None and end < _CENTURY:
        end += year - year % _CENTURY
    if "y2" in match.re.groupindex and end != year + 1:
        return None
    return fixed(Timex(f"{year:04}", end=f"{end:04}" if end else None))


_CENTURY = 100
_UNMARKED_FROM = 1900  # an older year has a word of time before it, or stands in brackets
_BEFORE_YEARS = frozenset("piubBINfrT(/-8J")  # in, since, until, before, between; a range


def _is_bare_number(line: Pieces, at: int, year: int) -> bool:
    """Return whether nothing says that the figure is a year: n° 1905, STATE 1794."""
    before = line.words[at - 1] if at else ""
    if before == "°" or any(before in _words(language, "numbered") for language in LANGUAGES):
        return True
    if line.kinds[at - 2 : at - 1] == "y" and line.kinds[at - 1] in "av":
        at -= 2  # between 1530 and 1630
    return year < _UNMARKED_FROM and (not at or line.kinds[at - 1] not in _BEFORE_YEARS)


def _is_amount(line: Pieces, at: int) -> bool:
    """Return whether the figure counts something: "between 1500 and 1800 hectares"."""
    if line.kinds[at - 1 : at] in ("G", "E") and at:
        return True  # no year is "more than 1900"
    if line.kinds[at + 1 : at + 2] in ("a", "v", "-") and line.kinds[at + 2 : at + 3] == "y":
        at += 2
    if line.kinds[at + 1 : at + 2] in ("%", "$"):
        return True
    after = line.words[at + 1 : at + 2]
    counts = line.kinds[at + 1 : at + 2] == "_" and after[0] in _words(
        _language(line, at), "counted"
    )
    return counts and not after[0].startswith("ال")


def named_year_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """A year that says which one of its kind: "the 1996 bombing", "انتخابات 2019"."""
    year = _number(match, line, "y")
    at = match.start("y")
    if year is None or not 1900 <= year < 2050:
        return None
    language = _language(line, at)
    before, after = line.words[at - 1], line.words[at + 1 : at + 2]
    if before in _words(language, "numbered"):
        return None
    named = line.kinds[at + 1 : at + 2] == "_"
    if named and (after[0] in _words(language, "counted") or after[0].endswith("s")):
        return None
    alone = before in _POSSESSIVES or (named and after[0] in _CONJUNCTIONS)
    if named and language != "ar" and not alone:
        return None
    if named and not after[0].startswith("ال") and language == "ar":
        return None
    return fixed(Timex(f"{year:04}"))


_CONJUNCTIONS = frozenset(("that", "when", "where", "which", "who", "while", "as", "but", "if"))
_POSSESSIVES = frozenset(("the", "its", "his", "her", "their", "our", "a", "an"))


@cache
def _words(language: str, table: str) -> frozenset[str]:
    return frozenset(fold(row["word"]).text for row in rows(language, table))


def _language(line: Pieces, at: int) -> str:
    """Return ``ar`` beside Arabic words; the tables of the other two serve both."""
    around = line.words[max(0, at - 1)][:1] + "".join(line.words[at + 1 : at + 2])[:1]
    return "ar" if any("\u0600" <= letter <= "\u06ff" for letter in around) else "en"


def hijri_date_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """A date or a month of the Islamic calendar; without its year, the nearest."""
    month, day, year = (_number(match, line, g) for g in ("mon", "d", "y"))
    rel, second = _group(match, "rel"), _number(match, line, "d2")
    if second is not None and year is not None:
        first, last = _hijri_timex(year, month, day), _hijri_timex(year, month, second)
        return fixed(replace(first, end=last.value)) if first and last else None
    if rel and year is None and month is not None:
        tense = -1 if "L" in rel else 1 if "X" in rel else 0
        return lambda context: _near_hijri(month, day, tense, context, told=True)
    return _hijri(year, month, day)


def _hijri(year: int | None, month: int | None, day: int | None) -> Meaning | None:
    """Islamic dates by the Umm al-Qura calendar, as the civil days that they cover."""
    if year is None:
        return lambda context: _near_hijri(month or 1, day, context.tense, context)
    timex = _hijri_timex(year, month, day)
    return fixed(timex) if timex else None


def _near_hijri(
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
        year += ahead + 354 <= _SOON[tense]
    else:
        year -= ahead > _SOON[tense]
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


def weekday_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """A weekday: the last or the next one, as "last" and "next" or the verb say."""
    wanted, rel, part = (
        _number(match, line, "wd"),
        _group(match, "rel"),
        _sense(match, line, "part"),
    )
    if wanted is None:
        return None
    if line.words[match.start("wd")].endswith("s") and not rel:
        return fixed(Timex(f"XXXX-WXX-{wanted}", "SET"))  # "on Fridays", "les lundis"

    def meaning(context: Context) -> Timex | None:
        if "T" in rel:
            direction = 1 if context.tense > 0 else -1
            day = weekday(context.day, wanted, direction)
        else:
            day = weekday(context.day, wanted, _direction(rel, context), strictly=bool(rel))
        if part:
            return Timex(f"{day.isoformat()}T{part}", "TIME")
        return Timex(day.isoformat())

    return meaning


def night_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The night of Tuesday to Wednesday."""
    first, second = _number(match, line, "wd"), _number(match, line, "wd2")
    if first is None or second is None or second != first % 7 + 1:
        return None

    def meaning(context: Context) -> Timex | None:
        end = weekday(context.day, second, _direction("", context))
        day = end - dt.timedelta(days=1)
        return Timex(f"{day.isoformat()}TNI", "TIME", end=end.isoformat())

    return meaning


def overnight_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """In the night, without a day: that before publication."""
    words = line.words[match.start()]
    if words.startswith(_IN_THE) and words not in _IN_THE_NIGHT:
        return part_meaning(match, line)
    if words not in _IN_THE_NIGHT:
        return None

    def meaning(context: Context) -> Timex | None:
        before = (context.day - dt.timedelta(days=1)).isoformat()
        return Timex(f"{before}TNI", "TIME", anchor="publication", end=context.day.isoformat())

    return meaning


_IN_THE = ("en ", "dans la ", "au ", "in the ")
_IN_THE_NIGHT = ("dans la nuit", "overnight")


def deixis_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Yesterday, now, recently: what counts from the day of the text."""
    code, part = _sense(match, line, "r"), _sense(match, line, "part")
    if code in ("", "D"):
        code = "D0"
    if "/" in code:  # a period of history that has a name
        first, last = code.split("/")
        return fixed(Timex(first, end=last, anchor="a period"))
    references = {"PRESENT": "PRESENT_REF", "PAST": "PAST_REF"}
    if code == "FUTURE":
        # In a text without a date, from the day that it speaks of.
        return lambda context: Timex(
            "FUTURE_REF", start=None if context.known else context.said.told, anchor="future"
        )
    if code == "LATELY":  # some day of these weeks
        return lambda context: replace(_last_weeks(context), value="PAST_REF", anchor="past")
    if code in references:
        return fixed(Timex(references[code], anchor=code.lower()))
    if code == "UNTIL_NOW":
        return fixed(Timex("UNTIL_NOW", anchor="present"))
    if code in ("UNTIL_THEN", "SINCE_THEN"):
        return lambda context: Timex(code, end=_day_mentioned(context), anchor="the date before")
    if code == "THEN":
        return lambda context: Timex(
            _day_mentioned(context) or "PAST_REF", anchor="the date before"
        )
    found = re.fullmatch(r"D([+-]?\d)([A-Z]{2})?", code)
    if found is None:
        return None
    shift, part = int(found[1]), found[2] or part
    wanted = _number(match, line, "wd")

    def meaning(context: Context) -> Timex | None:
        moment = context.day + dt.timedelta(days=shift)
        if wanted and context.known and moment.isoweekday() != wanted:
            # "Yesterday, Tuesday" of a Thursday was written on the Wednesday before.
            moment = weekday(moment, wanted, 1 if shift > 0 else -1)
        day = moment.isoformat()
        if part:
            return Timex(f"{day}T{part}", "TIME", anchor="publication")
        return Timex(day, anchor="publication")

    return meaning


def _day_mentioned(context: Context) -> str | None:
    return context.said.last if context.said.last and "X" not in context.said.last else None


_THEN_ALONE = {"since": "SINCE_THEN", "depuis": "SINCE_THEN", "d'ici la": "UNTIL_THEN"}


def then_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Read "since" or "d'ici là" without a date of its own: since, until the date before."""
    code = _THEN_ALONE.get(line.words[match.start()].replace("' ", "'"))
    after = line.kinds[match.end() : match.end() + 1]
    if code is None or (after == "_" and code == "SINCE_THEN"):
        return None
    return lambda context: Timex(code, end=_day_mentioned(context), anchor="the date before")


def the_past_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The past, as a noun."""
    return fixed(Timex("PAST_REF")) if _sense(match, line, "rel") == "past" else None


def held_season_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Before the summer, since spring: the next or the last one."""
    sense = line.senses[match.start()]
    if sense is None or (sense.letter in "gf" and sense.value not in ("deadline", "after")):
        return None
    since = sense.letter in "if"
    code, rel = _sense(match, line, "s"), _group(match, "rel")
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
    code = _sense(match, line, "on")
    if sense is None or (sense.letter in "gf" and sense.value not in ("deadline", "after")):
        return None
    if code == "-":
        return fixed(Timex("OCCASION", anchor="an event"))
    month, day = (int(part) for part in code.split("-"))
    since = sense.letter in "if"

    def meaning(context: Context) -> Timex | None:
        timex = _near_hijri(month, day, 1 if context.tense > 0 or not since else 0, context)
        opened = "since" if since else "deadline"
        return replace(timex, open=opened, mod="APPROX") if timex.value else timex

    return meaning


def same_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The same year, that day: what was mentioned last, as coarse as asked."""
    what = _sense(match, line, "same")
    if what == "week":
        return lambda context: _beside(context.said.told or context.said.last or "", "W", 0)
    if what == "day":
        return lambda context: Timex(
            context.said.day or _day_mentioned(context), anchor="the date before"
        )
    size = {"year": 4, "month": 7, "day": 10, "date": 10}[what]
    return lambda context: Timex(
        (_day_mentioned(context) or "")[:size] or None, anchor="the date before"
    )


_OF_EVENT = (("de",), ("du",), ("d'",), ("des",), ("of",), ("من",), ("ل",))


def relday_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The next day, the day before: counted from the last complete date."""
    shift, part = _number(match, line, "n") or 0, _sense(match, line, "part")
    after = line.words[match.end() : match.end() + 1]
    around = line.words[match.end() - 1].endswith((" after", " before"))
    if after in _OF_EVENT or (around and line.kinds[match.end() : match.end() + 1] in ("_", "l")):
        # "the day after the attack"
        return fixed(Timex(None, anchor="an event", shift=("D", shift)))

    def meaning(context: Context) -> Timex | None:
        if context.said.day is None:
            return Timex(None, anchor="the date before")
        try:
            day = dt.date.fromisoformat(context.said.day) + dt.timedelta(days=shift)
        except (ValueError, OverflowError):
            return None
        value = day.isoformat() + (f"T{part}" if part else "")
        return Timex(value, "TIME" if part else "DATE", anchor="the date before")

    return meaning


def unit_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Last month, this year, next week; plural: the past years."""
    at = match.start("u")
    sense = line.senses[at]
    rel = _group(match, "rel")
    if sense is None or not rel or _is_other_noun(match, line):
        return None
    if sense.value in ("MIN", "S") and sense.number == "s":
        return None  # "at the last minute"
    unit = sense.value
    plural = sense.number == "p" or (
        line.words[at] == "mois" and line.words[match.start("rel")].endswith(_OF_MANY)
    )
    month = None
    if "mon" in match.re.groupindex and match.start("mon") >= 0:
        month, _ = _months_of(match, line)
    count = -1 if "L" in rel else 1 if "X" in rel else 0
    few = line.kinds[at - 1 : at] == "q"
    if few and count <= 0 and (not plural or unit not in ("D", "W")):
        return fixed(Timex(duration(None, unit), "DURATION"))
    if _sense(match, line, "rel") == "past" and unit not in ("D", "W", "WE"):
        return lambda context: _until_now(1, unit, context)
    if plural:
        if "T" in rel and "L" not in rel and "X" not in rel:
            return fixed(Timex("PRESENT_REF", anchor="present")) if unit == "D" else None
        if unit == "D" and count < 0:  # some day of these weeks
            return lambda context: Timex(
                duration(None, unit),
                "DURATION",
                near=grain(context.day, "M") if context.known else None,
            )
        if unit == "W" and count < 0:
            return _last_weeks
        if count > 0:
            return fixed(Timex(duration(None, unit), "DURATION", "AHEAD", anchor="future"))
        return fixed(Timex(duration(None, unit), "DURATION"))
    told = "previous" if _sense(match, line, "rel") == "previous" else "last"

    def meaning(context: Context) -> Timex | None:
        if told == "previous" and context.said.last and not plural:
            return _beside(context.said.last, unit, count)
        if unit in _OF_THE_DAY:
            return Timex(duration(1, unit), "DURATION")
        day = moved(context.day, "W" if unit == "WE" else unit, count)
        if month is not None:
            year = _year_for(month, None, rel, context)
            if not context.known:
                year = f"{month_near(context.day, month, -1 if count < 0 else 1):04}"
            return Timex(f"{year}-{month:02}", anchor="publication")
        return Timex(grain(day, unit), anchor="publication")

    return meaning


_OF_MANY = ("iers", "ains")  # derniers, prochains


def _last_weeks(context: Context) -> Timex:
    """The past weeks: from about a month ago until now."""
    timex = Timex(duration(None, "W"), "DURATION")
    if not context.known:
        return timex
    return replace(timex, start=grain(moved(context.day, "M", -1), "M"), mod="PAST")


def _until_now(count: float, unit: str, context: Context) -> Timex:
    """The past decade, the last three weeks: a length that ends now."""
    timex = Timex(duration(count, unit), "DURATION")
    if not context.known or unit in _OF_THE_DAY:
        return timex
    began = grain(_by(context.day, unit, -count), finer(unit))
    return replace(timex, start=began if began[-1].isdigit() else None, mod="PAST")


def _is_next(match: re.Match[str]) -> bool:
    """Return whether a length is of what is to come, by a word before its unit or the last."""
    return "X" in _group(match, "mid") + _group(match, "rel") + match.group()[-1]


def _from_now(length: Timex, count: float, unit: str, context: Context) -> Timex:
    """The next six weeks: a length that begins now."""
    if not context.known or unit in _OF_THE_DAY:
        return length
    return replace(length, until=_by(context.day, unit, count).isoformat())


def _beside(said: str, unit: str, count: int) -> Timex:
    """The year before, the following day: counted from what was mentioned last."""
    day = _said_day(said, unit)
    if day is None:
        return Timex(None, anchor="the date before")
    return Timex(grain(moved(day, unit, count), unit), anchor="the date before")


def this_unit_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The end of the year, the beginning of the month: the current one."""
    sense = line.senses[match.start("u")]
    if sense is None or sense.number != "s" or sense.value in (*_OF_THE_DAY, "WE"):
        return None
    unit = sense.value
    at = match.start() + len(match.group()) - len(match.group().lstrip("liurbfpGEA"))
    mod = _mod_of(line, at)

    def meaning(context: Context) -> Timex | None:
        return Timex(grain(context.day, unit), mod=mod, anchor="publication", whole=True)

    return meaning


def the_unit_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Over the weekend, in the quarter: the one that ended last."""
    sense = line.senses[match.start("u")]
    if sense is None or sense.value not in ("WE", "Q") or sense.number != "s":
        return None
    unit = sense.value

    def meaning(context: Context) -> Timex | None:
        back = moved(context.day, "W", -1) if unit == "WE" else moved(context.day, "M", -2)
        ahead = unit == "WE" and context.tense > 0
        return Timex(grain(context.day if ahead else back, unit), anchor="publication")

    return meaning


def part_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The evening, the night: of the day that was mentioned before."""
    part, now = _sense(match, line, "part"), bool(_group(match, "rel"))
    # Of one night French says "dans la nuit".
    mod = "EVERY" if line.words[match.start() : match.end()] == ("la", "nuit") else None

    def meaning(context: Context) -> Timex | None:
        day = (not now and context.said.day) or context.day.isoformat()
        return Timex(f"{day}T{part}", "TIME", mod, anchor="the date before")

    return meaning


def short_year_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Read "en 97"; only French writes a year of the last century with two figures."""
    at = match.start("y")
    if line.words[at - 1] != "en" or (line.values[at] or 0) < 50:
        return None
    return fixed(Timex(f"19{line.words[at]}"))


def _is_other_noun(match: re.Match[str], line: Pieces) -> bool:
    """Return whether "this" after an Arabic unit, or an indefinite unit, means something else."""
    unit, rel = match.start("u"), match.start("rel")
    if rel < unit or line.words[unit][0] < "\u0600":
        return False
    return not line.words[unit].startswith("ال") or not line.words[rel].startswith("ال")


def _counted(match: re.Match[str], line: Pieces) -> tuple[float | None, float | None, str] | None:
    """Return count, second count and unit of "two or three months"; count None if not told."""
    sense = line.senses[match.start("u")]
    if sense is None:
        return None
    unit = sense.value
    if sense.letter == "V":
        count: float | None = 2.0
    elif "n" in match.re.groupindex and match.start("n") >= 0:
        count = line.values[match.start("n")]
        if count is None:
            word = line.senses[match.start("n")]
            count = 2.0 if word and (word.letter == "V" or word.value == "2") else None
    elif sense.number == "p":
        count = None
    else:
        count = 1.0
    second = None
    if "n2" in match.re.groupindex and match.start("n2") >= 0:
        second = line.values[match.start("n2")]
    if "&" in (_group(match, "half"), _group(match, "half2")) and count is not None:
        count += 0.5
    return count, second, unit


_MODS = {"A": "APPROX", "G": "MORE_THAN", "E": "LESS_THAN"}


def _mod(match: re.Match[str]) -> str | None:
    marks = _group(match, "mod") + _group(match, "mod2")
    return next((_MODS[mark] for mark in marks if mark in _MODS), None)


def duration_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """A length: "for eight years", "two or three months"."""
    counted = _counted(match, line)
    if _group(match, "mid") and not _plural(line, match.start("u")):
        return None  # "33 million last year"
    if counted is None or (counted[2] == "Y" and _is_age(line, match.start(), match.end())):
        return None
    quarter = counted[2] == "Q" and line.words[match.start("u") - 1] == "a"
    if quarter and (_mod(match) or line.words[match.start() - 1] == "by"):
        return None  # "less than a quarter" of something
    way = line.words[match.end() : match.end() + 1]
    if way in _FROM_EVENT:
        shift = (counted[2], _FROM_EVENT[way] * int(counted[0])) if counted[0] else None
        so_long = duration(counted[0], counted[2])
        return fixed(Timex(so_long, "DURATION", anchor="an event", shift=shift))
    if (
        line.words[match.start() : match.end()] in _SOME_DAY
        and line.kinds[match.start() - 1] != "r"
    ):
        return fixed(Timex("FUTURE_REF"))
    end = duration(counted[1], counted[2]) if counted[1] is not None else None
    length = Timex(duration(counted[0], counted[2]), "DURATION", _mod(match), end=end)
    count, unit = counted[0], counted[2]
    past = "L" in _group(match, "mid") + _group(match, "rel")
    past = past and line.words[match.start()] != "last"  # "expected to last three weeks"
    if past and count is not None and counted[1] is None:
        return lambda context: _until_now(count, unit, context)
    if _is_next(match) and count is not None and counted[1] is None:
        return lambda context: _from_now(length, count, unit, context)
    ahead = line.words[match.start() - 1 : match.start()] == ("in",)
    if not ahead or count is None or unit in _OF_THE_DAY:
        return fixed(length)

    def meaning(context: Context) -> Timex | None:
        if context.tense <= 0 or not context.known:
            return length
        if counted[1] is not None:  # "will leave in two or three weeks"
            first, last = (_by(context.day, unit, n).isoformat() for n in (count, counted[1]))
            return Timex(first, "DATE", "APPROX", end=last)
        return replace(
            length, near=_counted_off(context.day, count, unit)
        )  # "will end in ten days"

    return meaning


_OF_THE_DAY = ("H", "MIN", "S")
_FROM_EVENT = {("before",): -1, ("after",): 1, ("avant",): -1, ("apres",): 1}
_SOME_DAY = (("un", "jour"), ("one", "day"))


def _plural(line: Pieces, at: int) -> bool:
    sense = line.senses[at]
    return sense is not None and (sense.number == "p" or line.words[at] == "mois")


_HAS = (("a",), ("avait",))
_WHO = (("il",), ("elle",), ("qui",))
_AGED = frozenset(("age", "agee", "ages", "agees", "aged", "عمره", "عمرها", "العمر"))


def _is_age(line: Pieces, first: int, end: int) -> bool:
    """Return whether a length in years is somebody's age: "aged 19 years", "Mr X, 87 ans,"."""
    if any(word in _AGED for word in line.words[max(0, first - 2) : first]):
        return True
    told = line.words[max(0, first - 2) : first]
    if told[-1:] in _HAS and told[:-1] in _WHO:
        return True  # "il a 45 ans"
    if line.words[end : end + 1] == ("old",) or line.words[end : end + 2] == ("-", "old"):
        return True
    if line.words[end : end + 2] == ("من", "العمر"):
        return True
    if line.kinds[first - 1 : first] == "(" and line.kinds[end : end + 1] == ")":
        return True
    before, after = line.kinds[first - 1 : first], line.kinds[end : end + 1]
    return before == "," and after in ("", ",", ".", "a", ")")


def from_said_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Two days later, three months before that: counted from the date spoken of."""
    counted = _counted(match, line)
    at = match.start("way") if match.group("way") else match.start("way2")
    if counted is None or (counted[0] is None and counted[2] not in _OF_THE_DAY):
        return None
    if line.kinds[at] == "B" and line.words[at] != "earlier":
        return None
    if line.kinds[at] == "N" and (line.words[at] != "later" or line.kinds[at + 1 : at + 2] == "T"):
        return None  # "two days late", "three weeks later this year"
    number, unit = counted[0], counted[2]
    sign, mod = (-1 if line.kinds[at] in "6B" else 1), _mod(match)

    def meaning(context: Context) -> Timex | None:
        if unit in _OF_THE_DAY:
            near = _hours_off(context, sign * (number or 0), unit)
            return Timex(duration(number, unit), "DURATION", mod, near=near)
        day = _said_day(context.said.last, unit)
        if day is None or number is None:
            return Timex(None, "DATE", mod, anchor="the date before")
        value = _counted_off(day, sign * number, unit)
        if (
            context.said.last
            and len(context.said.last) == len("2018-02")
            and unit in ("D", "W", "2W")
        ):
            value = value[: len("2018-02")]
        return Timex(value, "DATE", mod, anchor="the date before")

    return meaning


def _said_day(said: str | None, unit: str) -> dt.date | None:
    """Return the day that the last date mentioned begins, if it is fine enough for ``unit``."""
    need = {"Y": 4, "10Y": 4, "M": 7}.get(unit, 7)
    if not said or not re.match(r"\d{4}(-\d\d){0,2}(T|$)", said) or len(said) < need:
        return None
    said = said[:10]
    try:
        return dt.date.fromisoformat(said + "-01-01"[len(said) - 4 :] if len(said) < 10 else said)
    except ValueError:
        return None


def ago_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Three days ago."""
    after = match.group()[-1] in "gB"
    if after and line.words[match.end() - 1] not in ("ago", "earlier"):
        return None  # only English has the word behind
    return _offset(match, line, -1)


def hence_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """In three days; "after three days" counts from the date spoken of, unless it is to come."""
    from_now = _offset(match, line, 1)
    opening = line.senses[match.start()]
    if from_now is None or opening is None or opening.value != "after":
        return from_now
    counted = _counted(match, line)

    def meaning(context: Context) -> Timex | None:
        if counted and counted[2] in _OF_THE_DAY:
            number = counted[0]
            told = number is None or number >= _HOURS_OF_A_DAY  # "after 16 hours" may be a clock's
            near = _hours_off(context, number, counted[2]) if told else None
            return Timex(None, near=near, anchor="an event")
        if context.tense <= 0 and counted and counted[0] and counted[1] is None:
            coarse = counted[2] in ("M", "Y", "10Y")
            day = _said_day(context.said.last if coarse else context.said.day, counted[2])
            if day is not None:
                value = _counted_off(day, counted[0], counted[2])
                return Timex(value, "DATE", _mod(match), anchor="the date before")
        return from_now(context)

    return meaning


def _hours_off(context: Context, count: float | None, unit: str) -> str | None:
    """Return the day so many hours from the date spoken of; a few are of the same day."""
    day = _said_day(context.said.day, "D")
    if day is None:
        return None
    days = int(count or 0) // _HOURS_OF_A_DAY if unit == "H" else 0
    return moved(day, "D", days).isoformat()


_HOURS_OF_A_DAY = 24


def _counted_off(day: dt.date, count: float, unit: str) -> str:
    return grain(_by(day, unit, count), finer(unit))


def _offset(match: re.Match[str], line: Pieces, sign: int) -> Meaning | None:
    """Three days ago, in two months; from an event, it has no value of its own."""
    counted = _counted(match, line)
    if counted is None:
        return None
    count, second, unit = counted
    mod = _mod(match)
    of_event = bool(_group(match, "event")) and says_from(line, match.start("event"))

    def meaning(context: Context) -> Timex | None:
        if unit in _OF_THE_DAY:
            return Timex(duration(count, unit), "DURATION", mod, anchor="publication")
        if of_event:
            shift = (unit, sign * int(count)) if count is not None else None
            return Timex(None, "DATE", mod, anchor="an event", shift=shift)
        if count is None:
            if unit == "D" and sign < 0 and context.known:  # "a few days ago", as "the past days"
                return Timex("PAST_REF", near=grain(context.day, "M"), anchor="publication")
            if sign < 0 and unit in ("Y", "10Y", "100Y") and context.known:
                return Timex(f"[..{context.day.year - 1}]", anchor="publication")
            return Timex("PAST_REF" if sign < 0 else "FUTURE_REF", anchor="publication")
        if not context.known:
            return Timex(None, "DATE", mod, anchor="publication")
        quarter = re.fullmatch(r"\d{4}(-[QH]\d)", context.said.last or "")
        if quarter and unit == "Y":
            # Beside the third quarter, "a year ago" is the third quarter of the year before.
            return Timex(f"{context.day.year + sign * int(count):04}{quarter[1]}")
        day = _by(context.day, unit, sign * count)
        value = grain(day, finer(unit))
        if second is not None:
            end = grain(_by(context.day, unit, sign * second), finer(unit))
            return Timex(value, "DATE", "APPROX", end=end)
        return Timex(value, "DATE", mod, anchor="publication")

    return meaning


def _by(day: dt.date, unit: str, count: float) -> dt.date:
    if count != int(count) and unit == "Y":
        return moved(day, "M", round(count * 12))
    return moved(day, unit, int(count))


def within_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Within two or three months: from the one to the other after the anchor."""
    counted = _counted(match, line)
    if counted is None or counted[0] is None:
        return duration_meaning(match, line)
    count, second, unit = counted
    if unit == "Q" and line.words[match.start()] == "by":
        return None  # "fell by a quarter"
    opening = line.senses[match.start()]
    # "Within ten days" is a span from now on; Arabic has the same words for how long it took.
    ends = opening is not None and opening.value == "deadline"

    def meaning(context: Context) -> Timex | None:
        whole = Timex(duration(count, unit), "DURATION")
        if not context.known or count is None or unit in _OF_THE_DAY:
            return whole
        late = _by(context.day, unit, second or count)
        if second is None:
            told = context.tense < 0
            ahead = context.tense > 0 and context.language == "ar"
            if not (ends or ahead) or (told and context.language == "ar"):
                return whole
            day = _said_day(context.said.day, "D") if told else None
            if day is not None and day < context.day:  # a term that was set on the day told of
                until = _by(day, unit, count).isoformat()
                return replace(whole, start=day.isoformat(), until=until)
            return replace(whole, until=late.isoformat())
        early = _by(context.day, unit, count)
        return Timex(early.isoformat(), "DATE", "APPROX", end=late.isoformat())

    return meaning


_VERB_WITHIN = 3  # pieces: an Arabic verb stands before its subject


def since_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Since about eight years: a start where the length is told, else a length."""
    counted = _counted(match, line)
    if counted is None:
        return None
    count, _, unit = counted
    mod = _mod(match)
    before = line.words[max(0, match.start() - _VERB_WITHIN) : match.start()]
    if not _words("ar", "endings").isdisjoint(before):
        return _offset(match, line, -1)  # "it ended two years ago": Arabic says "since" of both

    def meaning(context: Context) -> Timex | None:
        start = mod not in ("MORE_THAN", "LESS_THAN") and count is not None and context.known
        if not start or count is None or unit in _OF_THE_DAY:
            return Timex(duration(count, unit), "DURATION", mod)
        began = grain(_by(context.day, unit, -count), finer(unit))
        length = duration(count, unit)
        return Timex(length, "DURATION", mod, start=began if began[-1].isdigit() else None)

    return meaning


def decade_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The nineties, the 1990s."""
    decade = _number(match, line, "dec")
    if decade is None:
        return None
    century = _number(match, line, "cent")
    at = match.start("dec")
    figure = line.kinds[at] == "Z" and line.words[at][0].isdecimal() and decade < 100
    if figure and line.kinds[at - 1 : at] not in tuple("l~BIN"):
        return None  # "in his 30s"
    if decade >= 100:
        return fixed(Timex(f"{decade // 10:03}X"))
    if decade % 10 or decade < 10:
        return None
    base = 19 if century is None else century - 1
    return fixed(Timex(f"{base}{decade // 10}X"))


def century_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The nineteenth century, the last century."""
    number, rel = _number(match, line, "n"), _group(match, "rel")
    if number is not None:
        return fixed(Timex(f"{number - 1:02}XX")) if 0 < number < 23 else None
    shift = -1 if "L" in rel else 1 if "X" in rel else 0

    def meaning(context: Context) -> Timex | None:
        # Without any anchor a text of today is meant: "last century" is the twentieth.
        base = context.day.year // 100 if context.known else 20
        return Timex(f"{base + shift:02}XX")

    return meaning


_PAPERS = frozenset(("quotidien", "hebdomadaire", "mensuel"))


def set_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """What repeats: every Monday, yearly."""
    code = _sense(match, line, "k")
    if line.words[match.start()] in _PAPERS and line.kinds[match.start() - 1 : match.start()] in (
        "l", "!", "p",
    ):  # fmt: skip
        return None  # "le quotidien El Watan"
    if code:
        return fixed(Timex(None if code == "X" else code, "SET"))
    if "day" in match.re.groupindex:  # "five tankers a day"
        told = re.search("[mdznw#]", line.kinds[max(0, match.start() - 3) : match.start()])
        return fixed(Timex("P1D", "SET")) if told else None
    if _group(match, "wd"):
        return fixed(Timex(f"XXXX-WXX-{_number(match, line, 'wd')}", "SET"))
    if _group(match, "mon"):
        return fixed(Timex(f"XXXX-{_months_of(match, line)[0]:02}", "SET"))
    if _group(match, "part"):
        return fixed(Timex("P1D", "SET"))
    counted = _counted(match, line)
    if counted is None:
        return None
    return fixed(Timex(duration(counted[0] or 1.0, counted[2]), "SET"))


def season_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """A season with its year, or the last or next one."""
    code, year, rel = _sense(match, line, "s"), _number(match, line, "y"), _group(match, "rel")
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
        near = month_near(context.day, middle, _direction(rel, context))
        return Timex(f"{near:04}-{code}")

    return meaning


def quarter_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The third quarter (of 1990), the first half."""
    number, year = _number(match, line, "n"), _number(match, line, "y")
    of_year = _STEP.get(_group(match, "yrel"), 0)
    sense = line.senses[match.start("u")]
    part = "H" if line.values[match.start("u")] == 0.5 else None  # a half
    if sense is not None and (sense.letter == "9" or sense.value in ("Q", "HY")):
        part = sense.value[0]
    rel = _group(match, "rel")
    if number is None and rel == "L" and (year is not None or "yrel" in match.re.groupindex):
        number, rel = 2 if part == "H" else 4, ""
    if number is None or part not in ("H", "Q") or not 1 <= number <= (4 if part == "Q" else 2):
        return None
    months = 3 if part == "Q" else 6

    def meaning(context: Context) -> Timex | None:
        if year is not None and year < _HIJRI_YEARS:
            return _hijri_part(year, (number - 1) * months + 1, months)
        if year is not None:
            return Timex(f"{year:04}-{part}{number}")
        near = context.day.year + (-1 if "L" in rel else 1 if "X" in rel else of_year)
        if not rel and not of_year and (number - 1) * months + 1 > context.day.month:
            near -= context.tense < 0
        return Timex(f"{near:04}-{part}{number}")

    return meaning


_HIJRI_YEARS = 1500


def _hijri_part(year: int, month: int, months: int) -> Timex | None:
    """Return some months of an Islamic year as the civil months that they touch."""
    first = _hijri_timex(year, month, None)
    last = _hijri_timex(year, month + months - 1, None)
    if first is None or last is None or first.value is None or last.end is None:
        return None
    return Timex(first.value[: len("2020-08")], end=last.end[: len("2020-08")])


_AT = ("a", "vers")


def hour_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Read "à 23 heures" as a time of day; "of 23 hours" is a length."""
    sense = line.senses[match.start("u")]
    hour = _number(match, line, "h")
    if sense is None or sense.value != "H" or line.words[match.start("h") - 1] not in _AT:
        return None
    if hour is None or not 0 <= hour <= 24:
        return None

    def meaning(context: Context) -> Timex | None:
        day = context.said.day or context.day.isoformat()
        return Timex(f"{day}T{hour:02}:00", "TIME")

    return meaning


def clock_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """A time of day, on the day named beside it or the last one mentioned."""
    hour, minute = _number(match, line, "h"), _number(match, line, "min") or 0
    half = _sense(match, line, "ap")
    if hour is None or hour > 24 or minute > 59:
        return None
    hour = hour % 12 + 12 * (half == "PM") if half else hour
    wanted = _number(match, line, "wd")

    def meaning(context: Context) -> Timex | None:
        if wanted:
            day = weekday(context.day, wanted, _direction("", context)).isoformat()
        else:
            day = context.said.day or context.day.isoformat()
        return Timex(f"{day}T{hour:02}:{minute:02}", "TIME")

    return meaning


def holiday_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """A feast of the civil calendar that has a fixed day."""
    year, fixed_day = _number(match, line, "y"), _sense(match, line, "h")
    if fixed_day == "EASTER":
        return lambda context: _easter_near(year, context)
    month, day = (int(part) for part in fixed_day.split("-"))

    def meaning(context: Context) -> Timex | None:
        y = f"{year:04}" if year else _year_for(month, day, "", context)
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


def _mod_of(line: Pieces, at: int) -> str:
    """Return what the word at ``at`` makes of a date: its begin, middle, end; "later this week"."""
    sense = line.senses[at]
    if sense is not None and sense.value:
        return sense.value.upper()
    return {"B": "START", "I": "MID", "N": "END", "A": "APPROX"}[line.kinds[at]]


def framed(build: Build) -> Build:
    """Let words for begin, middle and end stand before a date."""

    def framed(match: re.Match[str], line: Pieces) -> Meaning | None:
        inner = build(match, line)
        if inner is None:
            return None
        if not _group(match, "frame"):
            return inner
        mod = _mod_of(line, match.start("frame"))

        def meaning(context: Context) -> Timex | None:
            timex = inner(context)
            if timex is None or timex.type in ("DURATION", "SET"):
                return timex
            return replace(timex, mod=mod, whole=build is unit_meaning)

        return meaning

    return framed
