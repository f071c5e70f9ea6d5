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
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from hijridate import Gregorian, Hijri

from tawatur.model.moment import Moment
from tawatur.model.reading import TimeExpression, TimeType
from tawatur.model.span import Span
from tawatur.model.text import Folded
from tawatur.reading.pieces import LANGUAGES, Pieces, pieces
from tawatur.reading.time_values import (
    Context,
    Meaning,
    Said,
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
    ``country`` is that of the outlet, ISO 3166-1 alpha-2: it tells 3 April from 4 March
    where 03/04 could be both.
    """

    published: Moment | None = None
    record: bool = False
    country: str | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    first: int  # piece
    last: int  # piece, inclusive
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class _Hold:
    """A word before a date that makes an open interval of it: since, until."""

    at: int  # piece
    open: str  # since, until, deadline (until, counted from now)
    ahead: bool  # "starting", "from … on": the next one, if a weekday or a month


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
    last_day: str | None = None
    counted = anchor.published
    seen_day = False
    previous: tuple[int, Timex] | None = None
    after_clock = 0  # piece
    month_first = _month_first(line, language, anchor)
    for found in _chosen(line, text, folded, language, intervals=intervals):
        if found.first < after_clock:
            continue
        span = folded.original(line.starts[found.first], line.ends[found.last])
        home = bisect_right(starts, span.start) - 1
        if home < 0 or span.end > spans[home].end:
            continue
        hold = _hold(line, found.first)
        if hold and _misread(line, text, folded, hold.at):
            hold = None
        tense = _tense(line, found.first, found.last, language)
        if hold and hold.open == "since":
            tense = 1 if hold.ahead else -1
        said = Said(last, last_day, month_first)
        timex = resolve(found.meaning, counted, said, language, tense)
        if timex is None or (timex.value in _NO_TIMEX and not intervals):
            continue
        if hold and timex.type in ("DATE", "TIME") and timex.value not in _VAGUE:
            timex = replace(timex, open=hold.open)
            if intervals:
                span = folded.original(line.starts[hold.at], line.ends[found.last])
        if intervals and re.fullmatch(r"\d{4}-\d\d-\d\d", timex.value or "") and not timex.end:
            clock = _CLOCK_BEHIND.match(line.kinds, found.last + 1)
            if clock and not _broken(line, text, folded, found.last, clock.end() - 1):
                after_clock = clock.end()
                span = Span(span.start, folded.original(0, line.ends[clock.end() - 1]).end)
        if previous and _apposed(line, previous[0], found.first) and timex.type != "SET":
            timex = replace(previous[1], mod="APPROX" if timex.mod == "APPROX" else timex.mod)
        out.append((span, timex, counted))
        previous = (found.last, timex)
        if timex.until:
            last = last_day = timex.until
        if timex.value and timex.type != "DURATION" and re.match(r"\d{4}", timex.value):
            last = timex.value
            if re.match(r"\d{4}-\d\d-\d\d", last):
                last_day = last[:10]
            if anchor.record and not seen_day and (day := _meeting(last, anchor.published)):
                counted, seen_day = day, True
    return tuple(out)


_FIGURES = re.compile(r"([md])([/.-])([md])\2([ymdz])")
_MONTH_FIRST_COUNTRIES = frozenset(("US", "PH", "FM", "MH", "PW", "GU", "PR"))


def _month_first(line: Pieces, language: str, anchor: Anchor) -> bool | None:
    """Return whether 03/04/2015 is a day of March: None where only the language hints at it.

    Any date of the same text that can be read in one way only decides, and so does one
    that is the day of publication in one of them; else the country of the outlet.
    """
    day = anchor.published.edtf[:10] if anchor.published else ""
    votes = {True: 0, False: 0}
    for match in _FIGURES.finditer(line.kinds):
        first, second, year = (int(line.values[match.start(n)] or 0) for n in (1, 3, 4))
        if first != second:
            votes[True] += second > 12 or day == f"{_full_year(year):04}-{first:02}-{second:02}"
            votes[False] += first > 12 or day == f"{_full_year(year):04}-{second:02}-{first:02}"
    if bool(votes[True]) != bool(votes[False]):
        return votes[True] > 0
    if anchor.country:
        return anchor.country.upper() in _MONTH_FIRST_COUNTRIES
    return None if language == "en" else False


_NO_TIMEX = ("UNTIL_NOW", "UNTIL_THEN", "SINCE_THEN", "OCCASION")  # TimeML marks none of them
_VAGUE = ("PAST_REF", "FUTURE_REF", *_NO_TIMEX)


def _hold(line: Pieces, first: int) -> _Hold | None:
    """Return the "since" or "until" right before an expression, an article apart."""
    at = first - 1
    while at >= 0 and line.kinds[at] in "lp" and first - at < _HOLD_GAP:
        at -= 1
    if at < 0 or (sense := line.senses[at]) is None:
        return None
    if sense.letter == "i":
        return _Hold(at, "since", sense.value == "ahead")
    if sense.value == "deadline":
        return _Hold(at, "deadline", False)
    if sense.letter == "u" or sense.value == "until":
        return _Hold(at, "until", False)
    return _Hold(at, "since", False) if sense.value == "after" else None


_HOLD_GAP = 3
_CLOCK_BEHIND = re.compile(r"[,-]?[pas]?[mdz](?::[mdz](?::[mdz])?|s[mdz]?)Y?W?")  # ", 14:05"


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


_FAR = 12  # pieces before an expression in which a word may say that it is to come


def _tense(line: Pieces, first: int, last: int, language: str) -> int:
    """Return 1 if the nearest word of the sentence that tells says "to come", -1 if "past", else 0."""
    if any(_looks_ahead(line, at) for at in range(max(0, first - 2), first + 1)):
        return 1
    before = range(first - 1, max(-1, first - _FAR), -1)
    after = range(last + 1, min(len(line.kinds), last + _FAR))
    for side, stops in ((before, ".;"), (after, ".;,")):
        for at in side:
            kind = line.kinds[at]
            if kind in stops:
                break
            if kind == "F" or (kind == "_" and _future_verb(line.words[at], language)):
                return 1
            if kind == "4" or (kind == "_" and _past_verb(line.words[at], language)):
                return -1
    return 0


def _looks_ahead(line: Pieces, at: int) -> bool:
    sense = line.senses[at]
    return sense is not None and (sense.letter == "u" or sense.value in ("ahead", "until"))


def _future_verb(word: str, language: str) -> bool:
    if language == "fr":
        return len(word) > 4 and word.endswith(("era", "eront", "ira", "iront", "dra", "dront"))
    return language == "ar" and bool(re.match(r"س[يتن]\w{3,}", word))


def _past_verb(word: str, language: str) -> bool:
    return language == "en" and len(word) > 4 and word.endswith("ed")


# ---------------------------------------------------------------- finding


_STRETCH = re.compile(r"[^_~]+")  # no expression holds a word that is in no table
# TimeML leaves "since", "during", "between" outside an expression; readings have "since" and
# "until" inside, as they are part of the value.
_OUTSIDE = frozenset("iurbfp")
_HOLDING = frozenset("iu")


def _inside(line: Pieces, at: int, *, intervals: bool) -> bool:
    """Return whether "in", "within" is part of a length: "dans deux jours"."""
    sense = line.senses[at]
    deadline = sense is not None and sense.value == "deadline"
    return line.words[at] == "dans" or (intervals and deadline)



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
                outside = _OUTSIDE - _HOLDING if intervals else _OUTSIDE
                while language != "ar" and line.kinds[first] in outside and first < end - 1:
                    if _inside(line, first, intervals=intervals):
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
    if not intervals:
        return tuple(chosen)
    joined = _joined(line, text, folded, chosen)
    taken = {at for found in joined for at in range(found.first, found.last + 1)}
    since = _since_events(line, text, folded, language)
    events = (found for found in since if found.last not in taken)
    return tuple(sorted((*joined, *events), key=lambda found: found.first))


_EVENT = {
    "ar": re.compile(r"i_{1,4}(?![_p]{0,3}[HJKUmdyw])"),
    "fr": re.compile(r"(?:il|i(?=_))_(?:p_)?(?![a-zA-Z]{0,2}[JKHUmdyw])"),
    "en": re.compile(r"il_{1,2}(?=[.,;~)p])(?!p?[JKHUmdyw])"),
}
_NO_EVENT = frozenset(
    "ان دخول que il elle elles ils on lors longtemps toujours peu quand".split()
)


def _since_events(line: Pieces, text: str, folded: Folded, language: str) -> Iterator[_Found]:
    """Yield "since the coup", "depuis l'attaque": expressions whose date the words do not tell."""
    for match in _EVENT[language].finditer(line.kinds):
        word = line.words[match.start() + 1]
        if word in _NO_EVENT or line.words[match.end() - 1] in _NO_EVENT:
            continue
        if not _misread(line, text, folded, match.start()):
            yield _Found(match.start(), match.end() - 1, _fixed(Timex("OCCASION", anchor="an event")))


def _broken(line: Pieces, text: str, folded: Folded, first: int, last: int) -> bool:
    """Return whether an empty line lies within the pieces."""
    if last == first:
        return False
    span = folded.original(line.starts[first], line.ends[last])
    return text.count("\n", span.start, span.end) > 1


# Words that folding makes alike: "now" and the name Alan; "since" and the article.
_ALIKE = {"الان": "آلان", "des": "des"}


def _misread(line: Pieces, text: str, folded: Folded, first: int) -> bool:
    """Return whether the first word is another one that folding made alike."""
    other = _ALIKE.get(line.words[first])
    if other is None:
        return False
    start = folded.at(line.starts[first])
    return text[start : start + len(other)].lower() == other


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
            years = gap in ("-", "/") and _are_years(line, one, other)
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


def _are_years(line: Pieces, one: _Found, other: _Found) -> bool:
    return line.kinds[one.last] == "y" and line.kinds[other.first : other.last + 1] == "y"


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
    return -1 if "L" in rel or not context.tense > 0 else 1


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


# Days ahead up to which a date without its year is to come, by what the nearest verb says:
# past, nothing, future. The best of a grid on the news of 1989-2000 in TimeBank.
_SOON = {-1: 45, 0: 150, 1: 240}


def _year_for(month: int, day: int | None, rel: str, context: Context) -> str:
    now = context.day
    if not rel and not context.known and context.last and re.match(r"\d{4}", context.last):
        return context.last[:4]
    if "T" in rel:
        return f"{now.year:04}"
    if rel:
        direction = 1 if "X" in rel else -1
        if day is not None and month == now.month:
            return f"{now.year - (direction < 0 and day > now.day):04}"
        return f"{month_near(now, month, direction, strictly=True):04}"
    ahead = (month - now.month) * 30.5 + (day - now.day if day is not None else 0)
    if ahead < 0:
        return f"{now.year + (ahead + 365 <= _SOON[context.tense]):04}"
    return f"{now.year - (ahead > _SOON[context.tense]):04}"


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
    """25/10/2009, 10/20/2029, 11 - 01 - 2021: in the order of the text, or as only it can be."""
    a, b, year = (_number(match, line, g) for g in ("a", "b", "y"))
    if a is None or b is None or year is None:
        return None
    slash = line.kinds[match.start("a") + 1] == "/"

    def meaning(context: Context) -> Timex | None:
        # American with slashes, where nothing but the language tells; then it is a guess.
        guess = context.month_first is None and slash
        day, month = (b, a) if context.month_first or guess else (a, b)
        if month > 12:
            day, month, guess = month, day, False
        if month > 12 or day > 31:
            return None
        doubt = "UNCERTAIN" if guess and day <= 12 and day != month else None
        return Timex(f"{_full_year(year):04}-{month:02}-{day:02}", mod=doubt)

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
    rel = _group(match, "rel")
    if rel and year is None and month is not None:
        tense = -1 if "L" in rel else 1 if "X" in rel else 0
        return lambda context: _near_hijri(month, day, tense, context)
    return _hijri(year, month, day)


def _hijri(year: int | None, month: int | None, day: int | None) -> Meaning | None:
    """Islamic dates by the Umm al-Qura calendar, as the civil days that they cover."""
    if year is None:
        return lambda context: _near_hijri(month or 1, day, context.tense, context)
    timex = _hijri_timex(year, month, day)
    return _fixed(timex) if timex else None


def _near_hijri(month: int, day: int | None, tense: int, context: Context) -> Timex:
    """Return the Islamic month, or its day, that lies nearest; to come, if the tense says so."""
    if not context.known:
        return Timex(None)
    try:
        now = Gregorian(context.day.year, context.day.month, context.day.day).to_hijri()
    except (ValueError, OverflowError):
        return Timex(None)
    ahead = (month - now.month) * 29.5 + ((day - now.day) if day else 0)
    year = now.year
    if ahead < 0:
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
    return Timex(first.isoformat(), end=final.isoformat())


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
            direction = 1 if context.tense > 0 else -1
            day = weekday(context.day, wanted, direction)
        else:
            day = weekday(context.day, wanted, _direction(rel, context), strictly=bool(rel))
        if part:
            return Timex(f"{day.isoformat()}T{part}", "TIME")
        return Timex(day.isoformat())

    return meaning


def _night(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The night of Tuesday to Wednesday."""
    first, second = _number(match, line, "wd"), _number(match, line, "wd2")
    if first is None or second is None or second != first % 7 + 1:
        return None

    def meaning(context: Context) -> Timex | None:
        end = weekday(context.day, second, _direction("", context))
        day = end - dt.timedelta(days=1)
        return Timex(f"{day.isoformat()}TNI", "TIME", end=end.isoformat())

    return meaning


def _overnight(match: re.Match[str], line: Pieces) -> Meaning | None:
    """In the night, without a day: that before publication."""
    if line.words[match.start()] not in _IN_THE_NIGHT:
        return None

    def meaning(context: Context) -> Timex | None:
        before = (context.day - dt.timedelta(days=1)).isoformat()
        return Timex(f"{before}TNI", "TIME", anchor="publication", end=context.day.isoformat())

    return meaning


_IN_THE_NIGHT = ("dans la nuit", "overnight")


def _deixis(match: re.Match[str], line: Pieces) -> Meaning | None:
    code, part = _sense(match, line, "r"), _sense(match, line, "part")
    if code in ("", "D"):
        code = "D0"
    references = {"PRESENT": "PRESENT_REF", "PAST": "PAST_REF", "FUTURE": "FUTURE_REF"}
    if code in references:
        return _fixed(Timex(references[code], anchor=code.lower()))
    if code == "UNTIL_NOW":
        return _fixed(Timex("UNTIL_NOW", anchor="present"))
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
    return context.last if context.last and "X" not in context.last else None


_THEN_ALONE = {"since": "SINCE_THEN", "depuis": "SINCE_THEN", "d'ici la": "UNTIL_THEN"}


def _then(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Read "since" or "d'ici là" without a date of its own: since, until the date before."""
    code = _THEN_ALONE.get(line.words[match.start()])
    after = line.kinds[match.end() : match.end() + 1]
    if code is None or (after == "_" and code == "SINCE_THEN"):
        return None
    return lambda context: Timex(code, end=_day_mentioned(context), anchor="the date before")


def _the_past(match: re.Match[str], line: Pieces) -> Meaning | None:
    return _fixed(Timex("PAST_REF")) if _sense(match, line, "rel") == "past" else None


def _held_season(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Before the summer, since spring: the next or the last one."""
    sense = line.senses[match.start()]
    if sense is None or (sense.letter in "gf" and sense.value not in ("deadline", "after")):
        return None
    since = sense.letter in "if"
    code = _sense(match, line, "s")
    month = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]

    def meaning(context: Context) -> Timex | None:
        if not context.known:
            return Timex(None)
        near = month_near(context.day, month, -1 if since else 1)
        # A season is bounded by its beginning alone: before the summer is before June.
        value = f"{near:04}-{month:02}"
        return Timex(value, mod="APPROX", open="since" if since else "deadline")

    return meaning


def _occasion(match: re.Match[str], line: Pieces) -> Meaning | None:
    """After the feast of sacrifice, before the elections: dated only where a calendar tells."""
    sense = line.senses[match.start()]
    code = _sense(match, line, "on")
    if sense is None or (sense.letter in "gf" and sense.value not in ("deadline", "after")):
        return None
    if code == "-":
        return _fixed(Timex("OCCASION", anchor="an event"))
    month, day = (int(part) for part in code.split("-"))
    since = sense.letter in "if"

    def meaning(context: Context) -> Timex | None:
        timex = _near_hijri(month, day, 1 if context.tense > 0 or not since else 0, context)
        opened = "since" if since else "deadline"
        return replace(timex, open=opened, mod="APPROX") if timex.value else timex

    return meaning


def _same(match: re.Match[str], line: Pieces) -> Meaning | None:
    what = _sense(match, line, "same")
    size = {"year": 4, "month": 7, "day": 10, "date": 10}[what]
    return lambda context: Timex(
        (_day_mentioned(context) or "")[:size] or None, anchor="the date before"
    )


def _relday(match: re.Match[str], line: Pieces) -> Meaning | None:
    shift, part = _number(match, line, "n") or 0, _sense(match, line, "part")

    def meaning(context: Context) -> Timex | None:
        if context.last_day is None:
            return Timex(None, anchor="the date before")
        try:
            day = dt.date.fromisoformat(context.last_day) + dt.timedelta(days=shift)
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
    if _sense(match, line, "rel") == "past" and unit not in ("D", "W", "WE"):
        return lambda context: _until_now(1, unit, context)
    count = -1 if "L" in rel else 1 if "X" in rel else 0
    if plural:
        if "T" in rel and "L" not in rel and "X" not in rel:
            return _fixed(Timex("PRESENT_REF", anchor="present")) if unit == "D" else None
        if unit == "D" and count < 0:  # some day of these weeks
            return lambda context: Timex(
                duration(None, unit), "DURATION", near=grain(context.day, "M") if context.known else None
            )
        return _fixed(Timex(duration(None, unit), "DURATION"))
    told = "previous" if _sense(match, line, "rel") == "previous" else "last"

    def meaning(context: Context) -> Timex | None:
        if told == "previous" and context.last and not plural:
            return _beside(context.last, unit, count)
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


def _until_now(count: int, unit: str, context: Context) -> Timex:
    """The past decade: a length that ends now."""
    timex = Timex(duration(count, unit), "DURATION")
    if not context.known or unit in ("H", "MIN", "S"):
        return timex
    began = grain(_by(context.day, unit, -count), {"W": "D", "10Y": "Y", "100Y": "Y"}.get(unit, unit))
    return replace(timex, start=began if began[-1].isdigit() else None, mod="PAST")


def _beside(said: str, unit: str, count: int) -> Timex:
    """The year before, the following day: counted from what was mentioned last."""
    day = _said_day(said, unit)
    if day is None:
        return Timex(None, anchor="the date before")
    return Timex(grain(moved(day, unit, count), unit), anchor="the date before")


def _this_unit(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The end of the year, the beginning of the month: the current one."""
    sense = line.senses[match.start("u")]
    if sense is None or sense.number != "s" or sense.value in ("H", "MIN", "S", "WE"):
        return None
    unit = sense.value
    at = match.start() + len(match.group()) - len(match.group().lstrip("liurbfpGEA"))
    mod = _mod_of(line, at)

    def meaning(context: Context) -> Timex | None:
        return Timex(grain(context.day, unit), mod=mod, anchor="publication", whole=True)

    return meaning


def _part(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The evening, the night: of the day that was mentioned before."""
    part, now = _sense(match, line, "part"), bool(_group(match, "rel"))

    def meaning(context: Context) -> Timex | None:
        day = (not now and context.last_day) or context.day.isoformat()
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
    if "&" in (_group(match, "half"), _group(match, "half2")) and count is not None:
        count += 0.5
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
    if line.words[match.end() : match.end() + 1] in _FROM_EVENT:
        return _fixed(Timex(duration(counted[0], counted[2]), "DURATION", anchor="an event"))
    if line.words[match.start() : match.end()] in _SOME_DAY and line.kinds[match.start() - 1] != "r":
        return _fixed(Timex("FUTURE_REF"))
    return _fixed(Timex(duration(counted[0], counted[2]), "DURATION", _mod(match)))


_FROM_EVENT = (("before",), ("after",), ("avant",), ("apres",))
_SOME_DAY = (("un", "jour"), ("one", "day"))


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


def _from_said(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Two days later, three months before that: counted from the date spoken of."""
    counted = _counted(match, line)
    at = match.start("way") if match.group("way") else match.start("way2")
    if counted is None or counted[0] is None:
        return None
    count, _, unit = counted
    sign, mod = (1 if line.kinds[at] == "5" else -1), _mod(match)

    def meaning(context: Context) -> Timex | None:
        if unit in ("H", "MIN", "S"):
            return Timex(duration(count, unit), "DURATION", mod)
        day = _said_day(context.last, unit)
        if day is None:
            return Timex(None, "DATE", mod, anchor="the date before")
        value = _counted_off(day, sign * count, unit)
        if context.last and len(context.last) == len("2018-02") and unit in ("D", "W", "2W"):
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


def _ago(match: re.Match[str], line: Pieces) -> Meaning | None:
    after = match.group()[-1] in "gB"
    if after and line.words[match.end() - 1] not in ("ago", "earlier"):
        return None  # only English has the word behind
    return _offset(match, line, -1)


def _hence(match: re.Match[str], line: Pieces) -> Meaning | None:
    """In three days; "after three days" counts from the date spoken of, unless it is to come."""
    from_now = _offset(match, line, 1)
    opening = line.senses[match.start()]
    if from_now is None or opening is None or opening.value != "after":
        return from_now
    counted = _counted(match, line)

    def meaning(context: Context) -> Timex | None:
        if context.tense <= 0 and counted and counted[0] and counted[1] is None:
            day = _said_day(context.last_day, counted[2])
            if day is not None:
                value = _counted_off(day, counted[0], counted[2])
                return Timex(value, "DATE", _mod(match), anchor="the date before")
        return from_now(context)

    return meaning


def _counted_off(day: dt.date, count: float, unit: str) -> str:
    fine = {"W": "D", "2W": "D", "10Y": "Y", "100Y": "Y"}.get(unit, unit)
    return grain(_by(day, unit, count), fine)


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
    if counted is None or counted[0] is None:
        return _duration(match, line)
    count, second, unit = counted
    opening = line.senses[match.start()]
    # "Within ten days" is a span from now on; Arabic has the same words for how long it took.
    ends = opening is not None and opening.value == "deadline"

    def meaning(context: Context) -> Timex | None:
        whole = Timex(duration(count, unit), "DURATION")
        if not context.known or count is None or unit in ("H", "MIN", "S"):
            return whole
        late = _by(context.day, unit, second or count)
        if second is None:
            told = context.language == "ar" and context.tense < 0
            return replace(whole, until=late.isoformat()) if ends and not told else whole
        early = _by(context.day, unit, count)
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
    at = match.start("dec")
    if line.kinds[at] == "Z" and line.words[at][0].isdecimal() and decade < 100:
        if line.kinds[at - 1 : at] not in tuple("l~BIN"):
            return None  # "in his 30s"
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
    part = "H" if line.values[match.start("u")] == 0.5 else None  # a half
    if sense is not None and (sense.letter == "9" or sense.value in ("Q", "HY")):
        part = sense.value[0]
    rel = _group(match, "rel")
    if number is None and rel == "L" and year is not None:
        number = 2 if part == "H" else 4
    if number is None or part is None or not 1 <= number <= (4 if part == "Q" else 2):
        return None
    months = 3 if part == "Q" else 6

    def meaning(context: Context) -> Timex | None:
        if year is not None:
            return Timex(f"{year:04}-{part}{number}")
        near = context.day.year + (-1 if "L" in rel else 1 if "X" in rel else 0)
        if not rel and (number - 1) * months + 1 > context.day.month:
            near -= not context.tense > 0
        return Timex(f"{near:04}-{part}{number}")

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
        else:
            day = context.last_day or context.day.isoformat()
        return Timex(f"{day}T{hour:02}:{minute:02}", "TIME")

    return meaning


def _holiday(match: re.Match[str], line: Pieces) -> Meaning | None:
    month, day = (int(part) for part in _sense(match, line, "h").split("-"))
    year = _number(match, line, "y")

    def meaning(context: Context) -> Timex | None:
        y = f"{year:04}" if year else _year_for(month, day, "", context)
        return Timex(f"{y}-{month:02}-{day:02}")

    return meaning


def _mod_of(line: Pieces, at: int) -> str:
    """Return what the word at ``at`` makes of a date: its begin, middle, end; "later this week"."""
    sense = line.senses[at]
    if sense is not None and sense.value:
        return sense.value.upper()
    return {"B": "START", "I": "MID", "N": "END", "A": "APPROX"}[line.kinds[at]]


def _framed(build: Build) -> Build:
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
            return replace(timex, mod=mod, whole=build is _unit)

        return meaning

    return framed


# ---------------------------------------------------------------- grammar

_N = "[mdznw!]"
_UNIT = "[JKHU1]"
_PAIR = r"(?P<mon>[MO](?:[/-][MO]|\([MO]\)|[MO](?![a-zA-Z]))?)"
_REL = "(?P<rel>[LXT]?)"
_MOD = "(?P<mod>[GAE]*)"
_FRAME = "(?:l(?=[BIN]))?(?P<frame>(?:[BIN][-]?p?l?)?)"
_FRAME_OR_ABOUT = _FRAME.replace("[BIN]", "[BINA]")
_YEAR = r"(?P<y>y)"

_RULES: tuple[tuple[str, Build], ...] = (
    # days
    (
        rf"(?:l?(?P<part>P)p?)?l?[HR1]?(?:(?P<wd>D),?)?l?[H1]?(?P<d>[mdo])p?K?{_PAIR}(?:\.?,?p?J?{_YEAR}j?)?{_REL}(?!h)",
        _date,
    ),
    (
        rf"b?(?:l?(?P<part>P)p?)?l?H?(?P<d>[mdo])(?:[a,]+[mdo])*[a-](?P<d2>[mdo])p?K?{_PAIR}"
        rf"(?:,?p?J?{_YEAR})?{_REL}",
        _date,
    ),
    (r"(?P<a>[md])(?P<sep>[/.-])(?P<b>[md])(?P=sep)(?P<y>[ymdz])", _numeric),
    (r"(?P<y>y)(?P<sep>[/-])(?P<b>m)(?P=sep)(?P<d>[md])", _iso),
    (r"(?:Pp?)?l?[HR1]?(?:D,?)?(?P<d>[mdo])p?K?(?P<mon>c)(?:p?J?(?P<y>[yn])h?)?", _hijri_date),
    (r"K(?P<mon>c)(?:p?J?(?P<y>[yn])h?)?(?P<rel>[LXT]?)", _hijri_date),
    (r"l?(?P<mon>c)(?P<rel>[LXT])", _hijri_date),
    (r"(?<=[iufgrbNBI])l?(?P<mon>c)", _hijri_date),
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
    (r"T(?P<y>y)(?P<era>)", _year),
    (r"l?J(?P<y>w)(?P<era>)", _year),
    (r"l?8p?(?P<y>y)(?P<era>)", _year),
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
    (r"(?:(?P<part>P)p?)?H?(?P<r>R)(?:,?H?(?P<wd>D))?", _deixis),
    (r"(?P<rel>T)(?P<part>P)", _part),
    (r"l?(?P<part>P)p?l?H?(?P<wd>D)[pal-]{0,3}(?P<wd2>D)", _night),
    (r"P", _overnight),
    (r"H?(?P<r>R)p?(?P<part>P)", _deixis),
    (r"(?:(?P<part>P)p?|(?<![pTetoH0g]))(?P<r>1)(?P<wd>D)?(?![LXTQo_]?[LXTQo])", _deixis),
    (r"l?(?P<same>t)", _same),
    (r"[iu](?=[.,;:~)_])", _then),
    (r"l(?P<rel>L)(?=[_.,;:~)])", _the_past),
    (r"(?P<hold>[iufg])p?l?(?P<s>S)(?![yLXT])", _held_season),
    (r"(?P<hold>[iufg])p?(?P<on>>)", _occasion),
    (r"l?(?P<n>x)(?P<part>P?)", _relday),
    (rf"(?P<rel>[LXT])l?(?P<u>{_UNIT})", _unit),
    (rf"l(?P<rel>[LX])(?P<u>{_UNIT})", _unit),
    (rf"l?(?P<u>{_UNIT})(?P<rel>[LXT])", _unit),
    (rf"l?[BIN][-]?p?l?(?P<u>{_UNIT})(?P<rel>)(?![yLXTD])", _this_unit),
    (r"l(?P<part>P)", _part),
    (r"l?H?(?P<wd>D)(?P<rel>[LXT]?)(?P<part>P?)", _weekday),
    (r"(?P<rel>[LXT])(?P<wd>D)(?P<part>P?)", _weekday),
    (r"(?P<part>P)p?H?(?P<wd>D)(?P<rel>[LXT]?)", _weekday),
    (
        rf"g{_MOD}q?(?P<n>{_N}|q)?(?P<u>{_UNIT}|V)(?P<half>&?)"
        r"(?!p?[yLXTDMOc])Q?(?P<mod2>A?)(?=(?P<event>p?))",
        _ago,
    ),
    (rf"{_MOD}(?P<n>{_N}|q)(?P<half>&?)(?P<u>{_UNIT})g", _ago),
    (rf"{_MOD}(?P<n>!)(?P<u>{_UNIT})B", _ago),
    (r"l?(?P<u>J)-[gB]U?", _ago),
    (rf"{_MOD}(?P<u>{_UNIT})g", _ago),
    (
        rf"f{_MOD}(?P<n>{_N}|q)?(?P<u>{_UNIT}|V)(?P<half>&?)(?!p?[yLXTD])Q?(?P<mod2>A?)"
        r"(?=(?P<event>p?))",
        _hence,
    ),
    (rf"f{_MOD}(?P<n>V|{_N})v(?P<n2>{_N})(?P<u>{_UNIT})(?=(?P<event>p?))", _hence),
    (rf"{_MOD}(?P<n>{_N}|q)(?P<u>{_UNIT})(?P<way>[56])(?P<way2>)", _from_said),
    (rf"(?P<way>)(?P<way2>[56])p?{_MOD}(?P<n>{_N}|q)?(?P<u>{_UNIT}|V)", _from_said),
    # lengths
    (rf"r{_MOD}(?P<n>[V]|{_N})v(?P<n2>{_N})(?P<u>{_UNIT})", _within),
    (rf"[rfu]{_MOD}(?P<n>{_N})(?P<u>{_UNIT})", _within),
    (rf"[rfu]{_MOD}(?P<u>V)", _within),
    (rf"i{_MOD}q?(?P<n>{_N}|q)?(?P<u>{_UNIT}|V)(?P<half>&?)Q?(?P<mod2>A?)", _since),
    (rf"l?T?{_MOD}[LXo]?(?P<n>{_N})(?P<half>&?)-?(?P<mid>[LX]?)(?P<u>{_UNIT})(?P<half2>&?)(?P<mod2>A?)[LX]?", _duration),
    (rf"l?{_MOD}(?P<n>{_N}|V)[va-](?P<n2>{_N})(?P<u>{_UNIT})", _duration),
    (rf"l?[LX0]q(?P<u>{_UNIT})", _duration),
    (rf"0(?P<n>{_N})(?P<u>{_UNIT})", _duration),
    (rf"{_MOD}q(?P<u>{_UNIT})", _duration),
    (rf"l?(?P<u>{_UNIT})(?P<n>w)[LX]", _duration),
    (r"(?P<mod>[GAE]*)(?P<u>V)(?P<half>&?)(?P<mod2>A?)[LX]?", _duration),
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
    (r"(?:(?P<rel>[LXT])|l)?(?P<n>o)-?(?P<u>U)(?:p?l?J?(?P<y>y))?", _quarter),
    (r"l?(?P<n>o)(?P<u>@)p?l?J?(?P<y>y)", _quarter),
    (r"l(?P<rel>[LX])(?P<n>)(?P<u>[U@])p?l?J?(?P<y>y)", _quarter),
    (r"(?P<u>9)(?P<n>o)(?:p?l?J?(?P<y>y))?(?P<rel>[LXT]?)", _quarter),
)

# "October 23" is a day in English alone; elsewhere the figure belongs to what follows.
_MONTH_FIRST_RANGE = (
    rf"l?{_PAIR}\.?(?P<d>[mdo])-(?P<d2>[md])(?![:/.][mdz]|[HKJU%$])(?:,?{_YEAR})?(?P<rel>)"
)
_MONTH_FIRST = (
    rf"l?(?:(?P<wd>D),?)?l?(?:(?P<part>P)p?)?{_PAIR}\.?(?P<d>[mdo])"
    rf"(?![:/.][mdz]|[HKJU%$])(?:,?{_YEAR})?(?P<rel>)"
)

# The letters of which an expression of each kind holds at least one: a stretch of text
# without them is not searched. Kinds that may stand in a frame are the first group.
_FRAMED: dict[Build, str] = {
    _date: "MO", _month: "MO", _numeric: "/.-", _iso: "y", _hijri_date: "c", _year: "yw",
    _decade: "Z2", _century: "C", _season: "S", _same: "t", _relday: "x", _unit: "JKHU1",
    _weekday: "D", _quarter: "U9@", _holiday: "7", _short_year: "z",
}  # fmt: skip
_UNFRAMED: dict[Build, str] = {
    _duration: "JKHU1V", _since: "i", _ago: "gB", _hence: "f", _set: "ke3", _clock: "Ys", _dtg: "W",
    _within: "rfu", _deixis: "R1", _night: "P", _then: "iu", _the_past: "L", _held_season: "S", _occasion: ">", _overnight: "P", _from_said: "56", _this_unit: "BIN", _part: "P",
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
    rules = ((_MONTH_FIRST_RANGE, _date), (_MONTH_FIRST, _date), *_RULES) if language == "en" else _RULES
    out: list[tuple[re.Pattern[str], frozenset[str], Build]] = []
    for pattern, build in rules:
        if build in _FRAMED:
            frame = _FRAME_OR_ABOUT if build in (_date, _month, _year) else _FRAME
            framed = re.compile(rf"{frame}(?:{pattern})")
            out.append((framed, frozenset(_FRAMED[build]), _framed(build)))
        else:
            out.append((re.compile(pattern), frozenset(_UNFRAMED[build]), build))
    return tuple(out)
