"""When does each expression of a text say that something is?

A time expression is found as a pattern over the kinds of its pieces
(`tawatur.reading.pieces`), the same grammar for Arabic, French and English: the
tables say what a word does, the patterns how such words combine. Then it is given
a value from what it says itself, what was mentioned before it, and the anchor. A
value that the text does not support is None; "April 2012" is a month.

Text after the sentence of an expression never changes its span or value.
"""

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from hijridate import Hijri

from tawatur.model.moment import Moment
from tawatur.model.reading import TimeExpression, TimeType
from tawatur.model.span import Span
from tawatur.model.text import Folded
from tawatur.reading.pieces import LANGUAGES, Pieces, pieces
from tawatur.reading.time_values import (
    Context,
    Meaning,
    Timex,
    duration,
    edtf,
    grain,
    month_near,
    moved,
    resolve,
    weekday,
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What "yesterday" counts from.

    ``record`` says that the text is the record of a conversation, such as a cable:
    what it quotes counts from the day of the conversation, the first complete
    date within two weeks before publication, not from the day it was sent.
    """

    published: Moment | None = None
    record: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    first: int  # piece
    last: int  # piece, inclusive
    meaning: Meaning


def time_expressions(
    text: str, folded: Folded, spans: tuple[Span, ...], language: str, anchor: Anchor
) -> tuple[TimeExpression, ...]:
    """Return the time expressions of the main stretches, in order, never overlapping.

    Args:
        text: The rendition.
        folded: The same, folded.
        spans: Its main stretches in order; an expression lies within one of them.
        language: ``ar``, ``fr`` or ``en``; any other gives nothing.
        anchor: What relative expressions count from.
    """
    out = []
    for span, timex, counted in timexes(text, folded, spans, language, anchor):
        date = timex.type == "TIME" or timex.start is not None
        kind = TimeType.DATE if date else TimeType(timex.type)
        out.append(TimeExpression(span, edtf(timex, counted), kind, timex.anchor))
    return tuple(out)


def timexes(
    text: str,
    folded: Folded,
    spans: tuple[Span, ...],
    language: str,
    anchor: Anchor,
    *,
    intervals: bool = True,
) -> tuple[tuple[Span, Timex, Moment | None], ...]:
    """Return span, TIMEX3 value and what it counts from, as `time_expressions` does.

    Without ``intervals``, "from 2010 to 2014" is two expressions, as TimeML has it.
    """
    if language not in LANGUAGES:
        return ()
    line = pieces(folded, language)
    starts = [span.start for span in spans]
    out: list[tuple[Span, Timex, Moment | None]] = []
    last: str | None = None
    counted = anchor.published
    seen_day = False
    previous: tuple[int, Timex] | None = None
    for found in _chosen(line, text, folded, language, intervals=intervals):
        span = folded.original(line.starts[found.first], line.ends[found.last])
        home = bisect_right(starts, span.start) - 1
        if home < 0 or span.end > spans[home].end:
            continue
        future = _speaks_of_future(line, found.first, language)
        timex = resolve(found.meaning, counted, last, language, future=future)
        if timex is None:
            continue
        if previous and _apposed(line, previous[0], found.first) and timex.type != "SET":
            timex = replace(previous[1], mod="APPROX" if timex.mod == "APPROX" else timex.mod)
        out.append((span, timex, counted))
        previous = (found.last, timex)
        if timex.value and timex.type != "DURATION" and re.match(r"\d{4}", timex.value):
            last = timex.value
            if anchor.record and not seen_day and (day := _meeting(last, anchor.published)):
                counted, seen_day = day, True
    return tuple(out)


def _meeting(value: str, published: Moment | None) -> Moment | None:
    """Return the day that ``value`` names, if it lies in the two weeks before publication."""
    if published is None or published.lower is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return None
    day = Moment.parse(value)
    gap = (published.lower - day.lower).days if day.lower else -1
    return day if 0 < gap <= 14 else None


def _apposed(line: Pieces, before: int, first: int) -> bool:
    """Return whether only "that is" stands between two expressions."""
    between = line.kinds[before + 1 : first]
    return len(between) <= 3 and between.strip(",") == "="


_STOPS = frozenset(".;")
_FAR = 12  # pieces before an expression in which a word may say that it is to come


def _speaks_of_future(line: Pieces, first: int, language: str) -> bool:
    """Return whether a word of the same sentence, near the expression, says that it is to come."""
    if "u" in line.kinds[max(0, first - 1) : first + 1]:
        return True
    before = range(first - 1, max(-1, first - _FAR), -1)
    after = range(first + 1, min(len(line.kinds), first + _FAR))
    for side in (before, after) if language == "fr" else (before,):
        for at in side:
            kind, word = line.kinds[at], line.words[at]
            if kind in _STOPS:
                break
            if kind == "F" or (kind == "_" and _future_verb(word, language)):
                return True
    return False


def _future_verb(word: str, language: str) -> bool:
    if language == "fr":
        return len(word) > 4 and word.endswith(("era", "eront", "ira", "iront", "dra", "dront"))
    return language == "ar" and bool(re.match(r"س[يتن]\w{3,}", word))


# ---------------------------------------------------------------- finding


_STRETCH = re.compile(r"[^_~]+")  # no expression holds a word that is in no table
# French and English leave "since", "during", "between" outside an expression (TimeML),
# Arabic has them inside.
_OUTSIDE = frozenset("iurbfp")
_INSIDE = frozenset(("dans", "within"))


@lru_cache(maxsize=1)  # one text is asked again when its publication is bounded
def _chosen(
    line: Pieces, text: str, folded: Folded, language: str, *, intervals: bool
) -> tuple[_Found, ...]:
    """Return the expressions, earliest and longest first where patterns compete, then joined."""
    found: list[tuple[int, int, int, Meaning]] = []
    for stretch in _STRETCH.finditer(line.kinds):
        for order, pattern, build in _applicable(frozenset(stretch.group()), language):
            for match in pattern.finditer(line.kinds, stretch.start(), stretch.end() + 2):
                first, end = match.span()
                while language != "ar" and line.kinds[first] in _OUTSIDE and first < end - 1:
                    if line.words[first] in _INSIDE:
                        break
                    first += 1
                if language == "en" and line.kinds[first] == "l" and line.kinds[first + 1] in "MOD":
                    first += 1
                if end <= first or _misread(line, text, folded, first):
                    continue
                if _broken(line, text, folded, first, end - 1):
                    continue
                meaning = build(match, line)
                if meaning is not None:
                    found.append((first, -end, order, meaning))
    found.sort(key=lambda f: f[:3])
    chosen: list[_Found] = []
    for first, minus_end, _, meaning in found:
        if chosen and first <= chosen[-1].last:
            continue
        chosen.append(_Found(first, -minus_end - 1, meaning))
    return tuple(_joined(line, text, folded, chosen) if intervals else chosen)


def _broken(line: Pieces, text: str, folded: Folded, first: int, last: int) -> bool:
    """Return whether an empty line lies within the pieces."""
    if last == first:
        return False
    span = folded.original(line.starts[first], line.ends[last])
    return text.count("\n", span.start, span.end) > 1


_NOW_FOLDED, _NAME = "الان", "آلان"  # "now", and the name Alan: one word when folded


def _misread(line: Pieces, text: str, folded: Folded, first: int) -> bool:
    """Return whether the first word is another one that folding made alike."""
    if line.words[first] != _NOW_FOLDED:
        return False
    return text.startswith(_NAME, folded.at(line.starts[first]))


def _joined(line: Pieces, text: str, folded: Folded, chosen: list[_Found]) -> list[_Found]:
    """Join "between A and B", "from A to B", and put begin, since, until around a date."""
    out: list[_Found] = []
    at = 0
    while at < len(chosen):
        one = chosen[at]
        before = line.kinds[one.first - 1] if one.first else ""
        if at + 1 < len(chosen):
            other = chosen[at + 1]
            gap = line.kinds[one.last + 1 : other.first]
            opened = before == "b" or (before == "p" and _says_from(line, one.first - 1))
            years = before not in "bp" and gap == "-"
            if ((opened and gap in ("a", "ap", "al", "u", "v", "-")) or years) and not _broken(
                line, text, folded, one.first, other.last
            ):
                first = one.first - (before == "b")
                out.append(_Found(first, other.last, _interval(one.meaning, other.meaning)))
                at += 2
                continue
        out.append(one)
        at += 1
    return out


def _says_from(line: Pieces, at: int) -> bool:
    return line.words[at] in ("من", "de", "du", "from")


def _interval(one: Meaning, other: Meaning) -> Meaning:
    """From one date to another; a month without a year takes that of the end."""

    def meaning(context: Context) -> Timex | None:
        end = other(context)
        start = one(context)
        if start is None or end is None or not start.value or not end.value:
            return start
        if "DURATION" in (start.type, end.type):
            return start
        first, last = start.value, end.end or end.value
        if (beside := one(replace(context, last=end.value, known=False))) and beside.value:
            first = beside.value
        if first[:4] == last[:4] and first[:4].isdecimal() and first > last:
            first = f"{int(first[:4]) - 1:04}{first[4:]}"  # from November to February 2018
        return Timex(first, "DATE", start.mod, None, None, last)

    return meaning


# ---------------------------------------------------------------- meanings


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
    return -1 if "L" in rel or not context.future else 1


def _full_year(number: int) -> int:
    if number >= 100:
        return number
    return number + (2000 if number < 50 else 1900)


def _months_of(match: re.Match[str], line: Pieces) -> tuple[int, int]:
    """Return the month, and the second one of a pair (the same, if it is another name)."""
    numbers = [
        int(sense.value)
        for at in range(match.start("mon"), match.end("mon"))
        if (sense := line.senses[at]) and sense.letter in "MO"
    ]
    return numbers[0], numbers[-1]


def _year_for(month: int, day: int | None, rel: str, context: Context) -> str:
    if not rel and not context.known and context.last and re.match(r"\d{4}", context.last):
        return context.last[:4]
    if "T" in rel:
        return f"{context.day.year:04}"
    direction = _direction(rel, context)
    strictly = bool(rel)
    if day is not None and month == context.day.month:
        later = day > context.day.day
        if direction < 0:
            return f"{context.day.year - (later and strictly):04}"
        return f"{context.day.year + (not later and day != context.day.day):04}"
    return f"{month_near(context.day, month, direction, strictly=strictly):04}"


def _date(match: re.Match[str], line: Pieces) -> Meaning | None:
    """A day of a month, with or without its year."""
    month, other = _months_of(match, line)
    day, year = _number(match, line, "d"), _number(match, line, "y")
    second = _number(match, line, "d2")
    rel, part = _group(match, "rel"), _sense(match, line, "part")
    wanted = _number(match, line, "wd")
    if month != other or day is None or not 1 <= day <= 31:
        return None

    def meaning(context: Context) -> Timex | None:
        y = f"{_full_year(year):04}" if year is not None else _year_for(month, day, rel, context)
        if wanted and year is None and context.known:
            y = _year_of_weekday(wanted, month, day, int(y)) or y
        value = f"{y}-{month:02}-{day:02}"
        if second is not None:
            return Timex(value, end=f"{y}-{month:02}-{second:02}")
        if part and part != "DT" and context.language != "ar":
            return Timex(f"{value}T{part}", "TIME")
        return Timex(value)

    return meaning


def _year_of_weekday(wanted: int, month: int, day: int, near: int) -> str | None:
    """Return the year, ``near`` or next to it, in which the day falls on that weekday."""
    for year in (near, near + 1, near - 1):
        try:
            if dt.date(year, month, day).isoweekday() == wanted:
                return f"{year:04}"
        except ValueError:
            continue
    return None


def _dtg(match: re.Match[str], line: Pieces) -> Meaning | None:
    """A military date-time group, "251234Z OCT 09": day, hour and minute, then month and year."""
    group, month = line.words[match.start("n")], _months_of(match, line)[0]
    year = _number(match, line, "y")
    if not re.fullmatch(r"\d{6}", group) or year is None:
        return None
    day, hour, minute = int(group[:2]), int(group[2:4]), int(group[4:])
    if not (1 <= day <= 31 and hour < 24 and minute < 60):
        return None
    value = f"{_full_year(year):04}-{month:02}-{day:02}T{hour:02}:{minute:02}"
    return _fixed(Timex(value, "TIME"))


def _month(match: re.Match[str], line: Pieces) -> Meaning | None:
    """A month, with its year, with "last" or "next", or alone."""
    month, other = _months_of(match, line)
    year, rel = _number(match, line, "y"), _group(match, "rel")

    def meaning(context: Context) -> Timex | None:
        y = f"{_full_year(year):04}" if year is not None else _year_for(month, None, rel, context)
        value = f"{y}-{month:02}"
        return Timex(value, end=f"{y}-{other:02}" if other != month else None)

    return meaning


def _numeric(match: re.Match[str], line: Pieces) -> Meaning | None:
    """25/10/2009, 10/20/2029, 11 - 01 - 2021: day first unless that cannot be, or in English."""
    a, b, year = (_number(match, line, g) for g in ("a", "b", "y"))
    if a is None or b is None or year is None:
        return None
    slash = line.kinds[match.start("a") + 1] == "/"

    def meaning(context: Context) -> Timex | None:
        day, month = a, b
        if month > 12 or (context.language == "en" and slash and a <= 12):
            day, month = month, day
        if month > 12 or day > 31:
            return None
        return Timex(f"{_full_year(year):04}-{month:02}-{day:02}")

    return meaning


def _iso(match: re.Match[str], line: Pieces) -> Meaning | None:
    year, month, day = (_number(match, line, g) for g in ("y", "b", "d"))
    if month is None or month > 12:
        return None
    return _fixed(Timex(f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")))


def _fixed(timex: Timex) -> Meaning:
    return lambda _: timex


def _year(match: re.Match[str], line: Pieces) -> Meaning | None:
    year = _number(match, line, "y")
    if year is None:
        return None
    if _group(match, "era") or (
        1300 <= year <= 1460 and "J" in match.group() and "ar" in line.words
    ):
        return _hijri(year, None, None)
    if not 1500 <= year <= 2100 and "J" not in match.group():
        return None
    end = _number(match, line, "y2")
    return _fixed(Timex(f"{year:04}", end=f"{end:04}" if end else None))


def _hijri_date(match: re.Match[str], line: Pieces) -> Meaning | None:
    month, day, year = (_number(match, line, g) for g in ("mon", "d", "y"))
    return _hijri(year, month, day)


def _hijri(year: int | None, month: int | None, day: int | None) -> Meaning | None:
    """Islamic dates by the Umm al-Qura calendar, as the civil days that they cover."""
    if year is None or not 1343 <= year <= 1500:
        return _fixed(Timex(None)) if year is None else None
    try:
        first = Hijri(year, month or 1, day or 1).to_gregorian()
        if day:
            return _fixed(Timex(first.isoformat()))
        last_month = month or 12
        final = Hijri(year, last_month, Hijri(year, last_month, 1).month_length()).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return _fixed(Timex(first.isoformat(), end=final.isoformat()))


def _weekday(match: re.Match[str], line: Pieces) -> Meaning | None:
    wanted, rel, part = (
        _number(match, line, "wd"),
        _group(match, "rel"),
        _sense(match, line, "part"),
    )
    if wanted is None:
        return None

    def meaning(context: Context) -> Timex | None:
        if "T" in rel:
            direction = 1 if context.future else -1
            day = weekday(context.day, wanted, direction)
        else:
            day = weekday(context.day, wanted, _direction(rel, context), strictly=bool(rel))
        if part:
            return Timex(f"{day.isoformat()}T{part}", "TIME")
        return Timex(day.isoformat())

    return meaning


def _deixis(match: re.Match[str], line: Pieces) -> Meaning | None:
    code, part = _sense(match, line, "r"), _sense(match, line, "part")
    if code in ("", "D"):
        code = "D0"
    references = {"PRESENT": "PRESENT_REF", "PAST": "PAST_REF", "FUTURE": "FUTURE_REF"}
    if code in references:
        return _fixed(Timex(references[code], anchor=code.lower()))
    if code == "UNTIL_NOW":
        return _fixed(Timex("UNTIL_NOW", anchor="present"))
    if code == "THEN":
        return lambda context: Timex(
            _day_mentioned(context) or "PAST_REF", anchor="the date before"
        )
    found = re.fullmatch(r"D([+-]?\d)([A-Z]{2})?", code)
    if found is None:
        return None
    shift, part = int(found[1]), found[2] or part

    def meaning(context: Context) -> Timex | None:
        day = (context.day + dt.timedelta(days=shift)).isoformat()
        if part:
            return Timex(f"{day}T{part}", "TIME", anchor="publication")
        return Timex(day, anchor="publication")

    return meaning


def _day_mentioned(context: Context) -> str | None:
    return context.last if context.last and "X" not in context.last else None


def _same(match: re.Match[str], line: Pieces) -> Meaning | None:
    what = _sense(match, line, "same")
    size = {"year": 4, "month": 7, "day": 10, "date": 10}[what]
    return lambda context: Timex(
        (_day_mentioned(context) or "")[:size] or None, anchor="the date before"
    )


def _relday(match: re.Match[str], line: Pieces) -> Meaning | None:
    shift, part = _number(match, line, "n") or 0, _sense(match, line, "part")

    def meaning(context: Context) -> Timex | None:
        if not context.last or not re.match(r"\d{4}-\d\d-\d\d", context.last):
            return Timex(None, anchor="the date before")
        try:
            day = dt.date.fromisoformat(context.last[:10]) + dt.timedelta(days=shift)
        except (ValueError, OverflowError):
            return None
        value = day.isoformat() + (f"T{part}" if part else "")
        return Timex(value, "TIME" if part else "DATE", anchor="the date before")

    return meaning


def _unit(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Last month, this year, next week; plural: the past years."""
    at = match.start("u")
    sense = line.senses[at]
    rel = _group(match, "rel")
    if sense is None or not rel or _is_other_noun(match, line):
        return None
    unit, plural = sense.value, sense.number == "p"
    month = None
    if "mon" in match.re.groupindex and match.start("mon") >= 0:
        month, _ = _months_of(match, line)
    if plural:
        if "T" in rel and "L" not in rel and "X" not in rel:
            return _fixed(Timex("PRESENT_REF", anchor="present")) if unit == "D" else None
        return _fixed(Timex(duration(None, unit), "DURATION"))
    count = -1 if "L" in rel else 1 if "X" in rel else 0

    def meaning(context: Context) -> Timex | None:
        if unit in ("H", "MIN", "S"):
            return Timex(duration(1, unit), "DURATION")
        day = moved(context.day, "W" if unit == "WE" else unit, count)
        if month is not None:
            year = _year_for(month, None, rel, context)
            if not context.known:
                year = f"{month_near(context.day, month, -1 if count < 0 else 1):04}"
            return Timex(f"{year}-{month:02}", anchor="publication")
        return Timex(grain(day, unit), anchor="publication")

    return meaning


def _this_unit(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The end of the year, the beginning of the month: the current one."""
    sense = line.senses[match.start("u")]
    if sense is None or sense.number != "s" or sense.value in ("H", "MIN", "S", "WE"):
        return None
    unit = sense.value
    mod = {"B": "START", "I": "MID", "N": "END"}[match.group().lstrip("liurbfpGEA")[0]]

    def meaning(context: Context) -> Timex | None:
        return Timex(grain(context.day, unit), mod=mod, anchor="publication")

    return meaning


def _part(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The evening, the night: of the day that was mentioned before."""
    part = _sense(match, line, "part")

    def meaning(context: Context) -> Timex | None:
        known = context.last and re.match(r"\d{4}-\d\d-\d\d", context.last)
        day = context.last[:10] if known and context.last else context.day.isoformat()
        return Timex(f"{day}T{part}", "TIME", anchor="the date before")

    return meaning


def _short_year(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Read "en 97"; only French writes a year of the last century with two figures."""
    at = match.start("y")
    if line.words[at - 1] != "en" or (line.values[at] or 0) < 50:
        return None
    return _fixed(Timex(f"19{line.words[at]}"))


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
    return count, second, unit


_MODS = {"A": "APPROX", "G": "MORE_THAN", "E": "LESS_THAN"}


def _mod(match: re.Match[str]) -> str | None:
    marks = _group(match, "mod") + _group(match, "mod2")
    return next((_MODS[mark] for mark in marks if mark in _MODS), None)


def _duration(match: re.Match[str], line: Pieces) -> Meaning | None:
    counted = _counted(match, line)
    if _group(match, "mid") and not _plural(line, match.start("u")):
        return None  # "33 million last year"
    if counted is None or (counted[2] == "Y" and _is_age(line, match.start(), match.end())):
        return None
    return _fixed(Timex(duration(counted[0], counted[2]), "DURATION", _mod(match)))


def _plural(line: Pieces, at: int) -> bool:
    sense = line.senses[at]
    return sense is not None and (sense.number == "p" or line.words[at] == "mois")


_AGED = frozenset(("age", "agee", "ages", "agees", "aged", "عمره", "عمرها"))


def _is_age(line: Pieces, first: int, end: int) -> bool:
    """Return whether a length in years is somebody's age: "aged 19 years", "Mr X, 87 ans,"."""
    if any(word in _AGED for word in line.words[max(0, first - 2) : first]):
        return True
    if line.words[end : end + 1] == ("old",) or line.words[end : end + 2] == ("-", "old"):
        return True
    if line.words[end : end + 2] == ("من", "العمر"):
        return True
    if line.kinds[first - 1 : first] == "(" and line.kinds[end : end + 1] == ")":
        return True
    before, after = line.kinds[first - 1 : first], line.kinds[end : end + 1]
    return before == "," and after in ("", ",", ".", "a", ")")


def _ago(match: re.Match[str], line: Pieces) -> Meaning | None:
    after = match.group()[-1] in "gB"
    if after and line.words[match.end() - 1] not in ("ago", "earlier"):
        return None  # only English has the word behind
    return _offset(match, line, -1)


def _hence(match: re.Match[str], line: Pieces) -> Meaning | None:
    return _offset(match, line, 1)


def _offset(match: re.Match[str], line: Pieces, sign: int) -> Meaning | None:
    """Three days ago, in two months; from an event, it has no value of its own."""
    counted = _counted(match, line)
    if counted is None:
        return None
    count, second, unit = counted
    mod = _mod(match)
    of_event = bool(_group(match, "event")) and _says_from(line, match.start("event"))

    def meaning(context: Context) -> Timex | None:
        if of_event:
            return Timex(None, "DATE", mod, anchor="an event")
        if unit in ("H", "MIN", "S"):
            return Timex(duration(count, unit), "DURATION", mod, anchor="publication")
        if count is None:
            if sign < 0 and unit in ("Y", "10Y", "100Y") and context.known:
                return Timex(f"[..{context.day.year - 1}]", anchor="publication")
            return Timex("PAST_REF" if sign < 0 else "FUTURE_REF", anchor="publication")
        if not context.known:
            return Timex(None, "DATE", mod, anchor="publication")
        day = _by(context.day, unit, sign * count)
        fine = {"W": "D", "10Y": "Y", "100Y": "Y"}.get(unit, unit)
        value = grain(day, fine)
        if second is not None:
            return Timex(
                value, "DATE", "APPROX", end=grain(_by(context.day, unit, sign * second), fine)
            )
        return Timex(value, "DATE", mod, anchor="publication")

    return meaning


def _by(day: dt.date, unit: str, count: float) -> dt.date:
    if count != int(count) and unit == "Y":
        return moved(day, "M", round(count * 12))
    return moved(day, unit, int(count))


def _within(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Within two or three months: from the one to the other after the anchor."""
    counted = _counted(match, line)
    if counted is None or counted[0] is None or counted[1] is None:
        return _duration(match, line)
    count, second, unit = counted

    def meaning(context: Context) -> Timex | None:
        if not context.known or second is None or count is None:
            return Timex(duration(count, unit), "DURATION")
        early, late = _by(context.day, unit, count), _by(context.day, unit, second)
        return Timex(early.isoformat(), "DATE", "APPROX", end=late.isoformat())

    return meaning


def _since(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Since about eight years: a start where the length is told, else a length."""
    counted = _counted(match, line)
    if counted is None:
        return None
    count, _, unit = counted
    mod = _mod(match)

    def meaning(context: Context) -> Timex | None:
        start = mod not in ("MORE_THAN", "LESS_THAN") and count is not None and context.known
        if not start or count is None or unit in ("H", "MIN", "S"):
            return Timex(duration(count, unit), "DURATION", mod)
        began = grain(_by(context.day, unit, -count), {"W": "D", "10Y": "Y"}.get(unit, unit))
        length = duration(count, unit)
        return Timex(length, "DURATION", mod, start=began if began[-1].isdigit() else None)

    return meaning


def _decade(match: re.Match[str], line: Pieces) -> Meaning | None:
    decade = _number(match, line, "dec")
    if decade is None:
        return None
    century = _number(match, line, "cent")
    if decade >= 100:
        return _fixed(Timex(f"{decade // 10:03}X"))
    if decade % 10 or decade < 10:
        return None
    base = 19 if century is None else century - 1
    return _fixed(Timex(f"{base}{decade // 10}X"))


def _century(match: re.Match[str], line: Pieces) -> Meaning | None:
    number, rel = _number(match, line, "n"), _group(match, "rel")
    if number is not None:
        return _fixed(Timex(f"{number - 1:02}XX")) if 0 < number < 23 else None
    shift = -1 if "L" in rel else 1 if "X" in rel else 0

    def meaning(context: Context) -> Timex | None:
        # Without any anchor a text of today is meant: "last century" is the twentieth.
        base = context.day.year // 100 if context.known else 20
        return Timex(f"{base + shift:02}XX")

    return meaning


def _set(match: re.Match[str], line: Pieces) -> Meaning | None:
    code = _sense(match, line, "k")
    if code:
        return _fixed(Timex(None if code == "X" else code, "SET"))
    if _group(match, "wd"):
        return _fixed(Timex(f"XXXX-WXX-{_number(match, line, 'wd')}", "SET"))
    if _group(match, "mon"):
        return _fixed(Timex(f"XXXX-{_months_of(match, line)[0]:02}", "SET"))
    counted = _counted(match, line)
    if counted is None:
        return None
    return _fixed(Timex(duration(counted[0] or 1.0, counted[2]), "SET"))


def _season(match: re.Match[str], line: Pieces) -> Meaning | None:
    code, year, rel = _sense(match, line, "s"), _number(match, line, "y"), _group(match, "rel")
    middle = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}[code]

    def meaning(context: Context) -> Timex | None:
        if year is not None:
            return Timex(f"{_full_year(year):04}-{code}")
        if "T" in rel:
            return Timex(f"{context.day.year:04}-{code}")
        if not context.known:
            return Timex(None)
        near = month_near(context.day, middle, _direction(rel, context))
        return Timex(f"{near:04}-{code}")

    return meaning


def _quarter(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The third quarter (of 1990), the first half."""
    number, year = _number(match, line, "n"), _number(match, line, "y")
    sense = line.senses[match.start("u")]
    if number is None or sense is None or sense.value != "Q" or not 1 <= number <= 4:
        return None
    rel = _group(match, "rel")

    def meaning(context: Context) -> Timex | None:
        if year is not None:
            return Timex(f"{year:04}-Q{number}")
        near = context.day.year + (-1 if "L" in rel else 1 if "X" in rel else 0)
        if not rel and (number - 1) * 3 + 1 > context.day.month:
            near -= not context.future
        return Timex(f"{near:04}-Q{number}")

    return meaning


def _clock(match: re.Match[str], line: Pieces) -> Meaning | None:
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
        elif context.last and re.match(r"\d{4}-\d\d-\d\d", context.last):
            day = context.last[:10]
        else:
            day = context.day.isoformat()
        return Timex(f"{day}T{hour:02}:{minute:02}", "TIME")

    return meaning


def _holiday(match: re.Match[str], line: Pieces) -> Meaning | None:
    month, day = (int(part) for part in _sense(match, line, "h").split("-"))
    year = _number(match, line, "y")

    def meaning(context: Context) -> Timex | None:
        y = f"{year:04}" if year else _year_for(month, day, "", context)
        return Timex(f"{y}-{month:02}-{day:02}")

    return meaning


def _framed(build: Build) -> Build:
    """Let words for begin, middle, end, about, since and until stand around a date."""

    def framed(match: re.Match[str], line: Pieces) -> Meaning | None:
        inner = build(match, line)
        if inner is None:
            return None
        frame, hold = _group(match, "frame"), _hold(match, line)
        mod = {"B": "START", "I": "MID", "N": "END", "A": "APPROX"}.get(frame[:1])
        if not mod and not hold:
            return inner

        def meaning(context: Context) -> Timex | None:
            timex = inner(context)
            if timex is None or timex.type in ("DURATION", "SET"):
                return timex
            return replace(timex, mod=mod or timex.mod, open=hold or timex.open)

        return meaning

    return framed


def _hold(match: re.Match[str], line: Pieces) -> str | None:
    """Return "since" or "until" if the word before the expression, or its first, says so."""
    first = match.start()
    kind = line.kinds[first : first + 1]
    before = line.kinds[first - 1 : first] if first else ""
    kinds = before + (kind if kind in ("i", "u") else "")
    if "i" in kinds:
        return "since"
    return "until" if "u" in kinds else None


# ---------------------------------------------------------------- grammar

_N = "[mdznw!]"
_UNIT = "[JKHU1]"
_PAIR = r"(?P<mon>[MO](?:[/-][MO]|\([MO]\)|[MO](?![a-zA-Z]))?)"
_REL = "(?P<rel>[LXT]?)"
_MOD = "(?P<mod>[GAE]{0,4})"  # bounded: a row of them is no expression, and costs its square
_FRAME = "[iu]?(?:l(?=[BIN]))?(?P<frame>(?:[BIN][-]?p?l?)?)"
_YEAR = r"(?P<y>y)"

_RULES: tuple[tuple[str, Build], ...] = (
    # days
    (
        rf"(?:(?P<part>P)p?)?l?[HR1]?(?:(?P<wd>D),?)?l?[H1]?(?P<d>[mdo])p?K?{_PAIR}(?:\.?,?p?J?{_YEAR}j?)?{_REL}(?!h)",
        _date,
    ),
    (
        rf"b?(?:(?P<part>P)p?)?l?H?(?P<d>[mdo])[a-](?P<d2>[md])p?K?{_PAIR}(?:,?p?J?{_YEAR})?{_REL}",
        _date,
    ),
    (r"(?P<a>[md])(?P<sep>[/.-])(?P<b>[md])(?P=sep)(?P<y>[ymdz])", _numeric),
    (r"(?P<y>y)(?P<sep>[/-])(?P<b>m)(?P=sep)(?P<d>[md])", _iso),
    (r"(?:Pp?)?l?[HR1]?(?:D,?)?(?P<d>[mdo])p?K?(?P<mon>c)(?:p?J?(?P<y>[yn])h?)?", _hijri_date),
    (r"K(?P<mon>c)(?:p?J?(?P<y>[yn])h?)?", _hijri_date),
    (r"(?P<mon>c)p?J?(?P<y>[yn])h?", _hijri_date),
    (r"(?P<n>n)W(?P<mon>[MO])(?P<y>[mdzy])", _dtg),
    # months
    (rf"l?K?{_PAIR}\.?,?p?J?{_YEAR}(?P<rel>)", _month),
    (rf"l?K?{_PAIR}(?P<rel>[LXT])", _month),
    (rf"(?P<rel>[LXT]){_PAIR}", _month),
    (rf"(?:(?<=[piruBINb])|K)l?{_PAIR}(?P<y>)(?P<rel>)", _month),
    (r"l?K?(?P<mon>M(?:[/-][MO]|\([MO]\))?)(?P<y>)(?P<rel>)", _month),
    (rf"l?(?P<u>K)(?P<rel>[LXT])\({_PAIR}\)?", _unit),
    (rf"(?P<rel>[LXT])(?P<u>K),?\({_PAIR}\)", _unit),
    # years, decades, centuries
    (r"l?J,?(?P<y>y)(?P<era>h?)(?![JKHU%$])", _year),
    (r"(?P<y>y)(?P<era>h)", _year),
    (r"(?:(?<=[piubarBINvft,(/tGEA8-])|^)(?P<y>y)(?!\s*[JKHU%$:]|[-/][md][-/])", _year),
    (r"(?P<y>y)(?=[),.;:a~-])(?!-[md]-)", _year),
    (r"l?(?P<dec>Z)(?:p?C(?P<rel>L)|p?C(?P<cent>o))?", _decade),
    (r"l?2(?P<dec>[yz])", _decade),
    (r"l?C(?P<n>o)", _century),
    (r"l?(?P<n>o)C", _century),
    (r"C(?P<n>)(?P<rel>[LXT])", _century),
    (r"(?<=p)(?P<y>z)(?![a-zA-Z%$_])", _short_year),
    (r"l?(?P<s>S)p?J?(?P<y>y)(?P<rel>)", _season),
    (r"l?(?P<s>S)(?P<y>)(?P<rel>[LXT])", _season),
    (r"(?P<rel>[LXT])(?P<s>S)(?P<y>)", _season),
    # what counts from now, or from what was mentioned
    (r"(?:(?P<part>P)p?)?H?(?P<r>R)(?:,?H?D)?", _deixis),
    (r"H?(?P<r>R)p?(?P<part>P)", _deixis),
    (r"(?:(?P<part>P)p?|(?<![pTetoH0g]))(?P<r>1)(?:D)?(?![LXTQo_]?[LXTQo])", _deixis),
    (r"l?(?P<same>t)", _same),
    (r"l?(?P<n>x)(?P<part>P?)", _relday),
    (rf"(?P<rel>[LXT])l?(?P<u>{_UNIT})", _unit),
    (rf"l(?P<rel>[LX])(?P<u>{_UNIT})", _unit),
    (rf"l?(?P<u>{_UNIT})(?P<rel>[LXT])", _unit),
    (rf"l?[BIN][-]?p?l?(?P<u>{_UNIT})(?P<rel>)(?![yLXTD])", _this_unit),
    (r"l(?P<part>P)", _part),
    (r"l?H?(?P<wd>D)(?P<rel>[LXT]?)(?P<part>P?)", _weekday),
    (r"(?P<rel>[LXT])(?P<wd>D)(?P<part>P?)", _weekday),
    (r"(?P<part>P)p?H?(?P<wd>D)(?P<rel>[LXT]?)", _weekday),
    (rf"g{_MOD}q?(?P<n>{_N}|q)?(?P<u>{_UNIT}|V)(?:Q)?(?P<mod2>A?)(?=(?P<event>p?))", _ago),
    (rf"{_MOD}(?P<n>{_N}|q)(?P<u>{_UNIT})g", _ago),
    (rf"{_MOD}(?P<n>!)(?P<u>{_UNIT})B", _ago),
    (r"l?(?P<u>J)-[gB]U?", _ago),
    (rf"{_MOD}(?P<u>{_UNIT})g", _ago),
    (rf"f{_MOD}(?P<n>{_N}|q)?(?P<u>{_UNIT}|V)(?!p?[yLXTD])Q?(?P<mod2>A?)(?=(?P<event>p?))", _hence),
    # lengths
    (rf"r{_MOD}(?P<n>[V]|{_N})v(?P<n2>{_N})(?P<u>{_UNIT})", _within),
    (rf"i{_MOD}q?(?P<n>{_N}|q)?(?P<u>{_UNIT}|V)Q?(?P<mod2>A?)", _since),
    (rf"l?T?{_MOD}[LXo]?(?P<n>{_N})-?(?P<mid>[LX]?)(?P<u>{_UNIT})(?P<mod2>A?)[LX]?", _duration),
    (rf"l?{_MOD}(?P<n>{_N}|V)[va-](?P<n2>{_N})(?P<u>{_UNIT})", _duration),
    (rf"l?[LX0]q(?P<u>{_UNIT})", _duration),
    (rf"0(?P<n>{_N})(?P<u>{_UNIT})", _duration),
    (rf"{_MOD}q(?P<u>{_UNIT})", _duration),
    (rf"l?(?P<u>{_UNIT})(?P<n>w)[LX]", _duration),
    (rf"{_MOD}(?P<u>V)(?P<mod2>A?)[LX]?", _duration),
    (rf"(?P<mod>[GE]|(?<=r))(?P<u>{_UNIT})(?!p?[yLXTD])", _duration),
    # what repeats
    (rf"e(?P<n>{_N})?(?P<u>{_UNIT}|V)", _set),
    (r"e(?P<wd>D)", _set),
    (r"e(?P<mon>[MO])", _set),
    (r"(?P<k>k)", _set),
    (rf"(?<=3)(?P<u>{_UNIT})", _set),
    # clock
    (r"(?P<h>[mdz])(?::(?P<min>[mdz]))?(?P<ap>Y)W?,?(?P<wd>D)?", _clock),
    (r"(?P<h>[mdz])s(?P<min>[mdz])?", _clock),
    (r"s(?P<h>[mdz]):(?P<min>[mdz])", _clock),
    (r"(?P<h>7)(?P<y>y?)", _holiday),
    (r"(?:(?P<rel>[LXT])|l)?(?P<n>o)-?(?P<u>U)(?:p?J?(?P<y>y))?", _quarter),
)

# "October 23" is a day in English alone; elsewhere the figure belongs to what follows.
_MONTH_FIRST = (
    rf"l?(?:(?P<wd>D),?)?l?(?:(?P<part>P)p?)?{_PAIR}\.?(?P<d>[mdo])"
    rf"(?![:/.][mdz]|[HKJU%$])(?:,?{_YEAR})?(?P<rel>)"
)

# The letters of which an expression of each kind holds at least one: a stretch of text
# without them is not searched. Kinds that may stand in a frame are the first group.
_FRAMED: dict[Build, str] = {
    _date: "MO", _month: "MO", _numeric: "/.-", _iso: "y", _hijri_date: "c", _year: "y",
    _decade: "Z2", _century: "C", _season: "S", _same: "t", _relday: "x", _unit: "JKHU1",
    _weekday: "D", _quarter: "U", _holiday: "7", _short_year: "z",
}  # fmt: skip
_UNFRAMED: dict[Build, str] = {
    _duration: "JKHU1V", _since: "i", _ago: "gB", _hence: "f", _set: "ke3", _clock: "Ys", _dtg: "W",
    _within: "r", _deixis: "R1", _this_unit: "BIN", _part: "P",
}  # fmt: skip


@lru_cache(maxsize=4096)
def _applicable(
    letters: frozenset[str], language: str
) -> tuple[tuple[int, re.Pattern[str], Build], ...]:
    """Return the rules that a stretch with these letters may hold, with their rank."""
    return tuple(
        (rank, pattern, build)
        for rank, (pattern, needs, build) in enumerate(_grammar(language))
        if not letters.isdisjoint(needs)
    )


@cache
def _grammar(language: str) -> tuple[tuple[re.Pattern[str], frozenset[str], Build], ...]:
    """Return the compiled rules in order of preference among equally long ones."""
    rules = ((_MONTH_FIRST, _date), *_RULES) if language == "en" else _RULES
    out: list[tuple[re.Pattern[str], frozenset[str], Build]] = []
    for pattern, build in rules:
        if build in _FRAMED:
            framed = re.compile(rf"{_FRAME}(?:{pattern})")
            out.append((framed, frozenset(_FRAMED[build]), _framed(build)))
        else:
            out.append((re.compile(pattern), frozenset(_UNFRAMED[build]), build))
    return tuple(out)
