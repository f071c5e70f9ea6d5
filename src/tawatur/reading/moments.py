"""When does each expression of a text say that something is?

A time expression is found as a pattern over the kinds of its pieces
(`tawatur.reading.pieces`), the same grammar for Arabic, French and English: the
tables say what a word does, the patterns how such words combine. Then it is given
a value from what it says itself, what was mentioned before it, and the anchor. A
value that the text does not support is None; "April 2012" is a month.

Text after the sentence of an expression never changes its span or value.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from tawatur.model.moment import Moment
from tawatur.model.reading import TimeExpression, TimeType
from tawatur.model.span import Span
from tawatur.model.text import Folded
from tawatur.reading.cues import group
from tawatur.reading.pieces import LANGUAGES, Pieces, pieces, says_from
from tawatur.reading.times.events import Events, event_noun
from tawatur.reading.times.grammar import applicable
from tawatur.reading.times.values import (
    Context,
    Meaning,
    Said,
    Timex,
    edtf,
    fixed,
    full_year,
    grain,
    resolve,
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
    ahead: bool | None  # "starting": the next one, if a weekday or a month; None: as the verb says


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
        date = timex.type == "TIME" or timex.start or timex.near or timex.mod == "AHEAD"
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
    told: str | None = None
    counted = anchor.published
    seen_day = False
    previous: tuple[int, Timex] | None = None
    after_clock = 0  # piece
    events = Events(language, folded.text)
    month_first = _month_first(line, language, anchor)
    for found in _chosen(line, text, folded, language, intervals=intervals):
        if found.first < after_clock:
            continue
        span = folded.original(line.starts[found.first], line.ends[found.last])
        home = bisect_right(starts, span.start) - 1
        if home < 0 or span.end > spans[home].end:
            continue
        hold = _hold(line, found.first)
        if hold is None and language == "en" and intervals:
            hold = _from_on(line, found)
        if hold and _misread(line, text, folded, hold.at):
            hold = None
        tense = _tense(line, found.first, found.last, language)
        if hold and hold.open == "since" and hold.ahead is not None:
            tense = 1 if hold.ahead else -1
        said = Said(last, last_day, month_first, told)
        timex = resolve(found.meaning, counted, said, language, tense)
        if timex is None or (not intervals and _unmarked(timex)):
            continue
        if hold and (_as_of(hold, timex, counted) or (timex.end and _is_from(line, hold.at))):
            hold = None
        dated = timex.type in ("DATE", "TIME") and timex.anchor != "a period"
        if hold and dated and timex.value not in _VAGUE:
            timex = replace(timex, open=hold.open)
            if intervals:
                span = folded.original(line.starts[hold.at], line.ends[found.last])
        if intervals and timex.anchor == "an event":
            timex, head = events.dated(line, found.first, found.last, timex)
            span = Span(span.start, folded.original(0, line.ends[head]).end)
            if timex.value == "BEFORE":
                continue  # of an event without a date it tells nothing
        if intervals and not _dateline(line, found, timex, anchor):
            events.remember(line, found.first, found.last, timex)
        if intervals and _DAY.fullmatch(timex.value or "") and not timex.end:
            clock = _clock_behind(line, found.last + 1)
            if clock is not None and not _broken(line, text, folded, found.last, clock):
                after_clock = clock + 1
                span = Span(span.start, folded.original(0, line.ends[clock]).end)
        if previous and timex.type not in _LENGTHS and _apposed(line, previous[0], found.first):
            timex = replace(previous[1], mod="APPROX" if timex.mod == "APPROX" else timex.mod)
        out.append((span, timex, counted))
        previous = (found.last, timex)
        if timex.until:
            last = last_day = timex.until
        if timex.value and timex.type != "DURATION" and re.match(r"\d{4}", timex.value):
            last = timex.value
            if re.match(r"\d{4}-\d\d-\d\d", last):
                last_day = last[:10]
                if _NAMED_DAY.search(line.kinds, found.first, found.last + 1):
                    told = last_day
            if anchor.record and not seen_day and (day := _meeting(last, anchor.published)):
                counted, seen_day = day, True
    return tuple(out)


def _dateline(line: Pieces, found: _Found, timex: Timex, anchor: Anchor) -> bool:
    """Return whether it is the day of publication, with its year: no event is told of by it."""
    day = anchor.published.edtf if anchor.published else None
    return timex.value == day and "y" in line.kinds[found.first : found.last + 1]


def forget() -> None:
    """Forget the pieces of the last text: they take eight times the room of the text itself."""
    _chosen.cache_clear()
    pieces.cache_clear()


def _as_of(hold: _Hold, timex: Timex, published: Moment | None) -> bool:
    """Return whether "by Tuesday evening" says as of when, the hour having passed.

    "Nobody had claimed it by Tuesday evening" tells the hour of the news, no term.
    """
    if hold.open != "until" or "T" not in (timex.value or "") or published is None:
        return False
    day = (timex.value or "")[: len("2018-02-01")]
    return published.upper is not None and day <= published.upper.isoformat()


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
            votes[True] += second > 12 or day == f"{full_year(year):04}-{first:02}-{second:02}"
            votes[False] += first > 12 or day == f"{full_year(year):04}-{second:02}-{first:02}"
    if bool(votes[True]) != bool(votes[False]):
        return votes[True] > 0
    if anchor.country:
        return anchor.country.upper() in _MONTH_FIRST_COUNTRIES
    return None if language == "en" else False


_LENGTHS = ("DURATION", "SET")  # "8 May, that is a month after" is so long, no day
_NO_TIMEX = ("UNTIL_NOW", "UNTIL_THEN", "SINCE_THEN", "OCCASION")  # TimeML marks none of them


def _unmarked(timex: Timex) -> bool:
    """Return whether TimeML marks no such expression."""
    return timex.value in _NO_TIMEX or timex.anchor == "a period"


_VAGUE = ("PAST_REF", "FUTURE_REF", *_NO_TIMEX)


def _hold(line: Pieces, first: int) -> _Hold | None:
    """Return the "since" or "until" right before an expression, an article apart."""
    at = first - 1
    while at >= 0 and line.kinds[at] in "lp" and first - at < _HOLD_GAP:
        at -= 1
    if at < 0 or (sense := line.senses[at]) is None:
        return None
    if sense.letter == "i":
        return _Hold(at, "since", _AHEAD.get(sense.value, False))
    if sense.value == "deadline" and sense.letter != "r":  # "dans les" is a term of lengths alone
        return _Hold(at, "deadline", ahead=False)
    if line.words[at].startswith("jusqu"):
        return _Hold(at, "deadline", ahead=False)  # French has it counted from now
    if sense.letter == "u" or sense.value == "until":
        return _Hold(at, "until", ahead=False)
    return _Hold(at, "since", ahead=False) if sense.value == "after" else None


def _from_on(line: Pieces, found: _Found) -> _Hold | None:
    """Return "from" before a day to come, as in "will be open from 8 February"."""
    at = found.first - 1
    if at < 0 or not _is_from(line, at) or line.kinds[found.last + 1 : found.last + 2] == "a":
        return None
    dated = re.search("[MO]|D", line.kinds[found.first : found.last + 1])
    if not dated or _tense(line, at, found.last, "en") <= 0:
        return None
    return _Hold(at, "since", ahead=True)


def _is_from(line: Pieces, at: int) -> bool:
    return line.words[at] in ("from", "as of")


_AHEAD = {"ahead": True, "either": None}
_HOLD_GAP = 3
_CLOCK_BEHIND = re.compile(  # ", 14:05", "at around 2 p.m.", "à 14 heures", "vers 14 heures"
    r"[,-]?[pas]?A?[mdz](?::[mdz](?::[mdz])?|s[mdz]?|(?=Y))Y?W?|[aA][mdzw]U|[ap]?P(?![a-zA-Z])"
)
_AT = ("a", "vers")


def _clock_behind(line: Pieces, after: int) -> int | None:
    """Return the last piece of the time of day that stands right behind a date."""
    clock = _CLOCK_BEHIND.match(line.kinds, after)
    if clock is None:
        return None
    last, opening = clock.end() - 1, line.words[after]
    if line.kinds[last] == "U":
        sense = line.senses[last]
        return last if sense is not None and sense.value == "H" and opening in _AT else None
    if line.kinds[last] == "P" and line.kinds[after] == "a":
        return last if opening in _AT else None  # "3 May and the night" are two
    return last


_NAMED_DAY = re.compile("[mdo].?[MOc]|[MO].?[mdo]|[md][/.-][md]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:T[A-Z]{2})?")


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
    """Return 1 if the nearest word that tells says "to come", -1 if "past", 0 if none does."""
    around = line.words[max(0, first - _FAR) : last + _FAR]
    # "By Tuesday evening nobody had claimed it" tells the hour of the news, no term.
    told = "P" in line.kinds[first : last + 1] and not _HAD.isdisjoint(around)
    if not told and any(_looks_ahead(line, at) for at in range(max(0, first - 2), first + 1)):
        return 1
    before = range(first - 1, max(-1, first - _FAR), -1)
    opens = line.kinds[max(0, first - _HOLD_GAP) : first].rstrip("lpiu")[-1:] in ("", ".", ";")
    behind = last + 1 + (opens and line.kinds[last + 1 : last + 2] == ",")  # "Jeudi, ils iront"
    after = range(behind, min(len(line.kinds), last + _FAR))
    for side, stops in ((before, ".;"), (after, ".;,")):
        for at in side:
            kind = line.kinds[at]
            if kind in stops:
                break
            if kind == "F" or (kind == "_" and _future_verb(line.words[at], language)):
                return 1
            if language == "en" and at > 1 and line.words[at - 2 : at] in _TO_BE:
                continue  # "to be held", "will be closed"
            if language == "fr" and side is before and kind == "_" and line.words[at - 1] in _DONE:
                return -1  # "s'est tenue", "ont été vus"
            if kind == "4" or (kind == "_" and _past_verb(line.words[at], language)):
                return -1
    return 0


_HAD = frozenset(("had", "has", "avait", "avaient", "لم", "ولم"))
_TO_BE = frozenset((verb, "be") for verb in ("to", "will", "shall", "would", "must", "should"))
_DONE = frozenset(("est", "sont", "ont", "avait", "avaient", "etait", "etaient", "ete", "furent"))


def _looks_ahead(line: Pieces, at: int) -> bool:
    sense = line.senses[at]
    return sense is not None and (sense.letter == "u" or sense.value in ("ahead", "until"))


_FUTURE_ENDINGS = tuple(stem + end for stem in "eidurv" for end in ("ra", "ront"))


def _future_verb(word: str, language: str) -> bool:
    if language == "fr":
        return len(word) > 4 and word.endswith(_FUTURE_ENDINGS)
    return language == "ar" and bool(re.match(r"س[يتن]\w{3,}", word))


def _past_verb(word: str, language: str) -> bool:
    return language == "en" and (word in group("en", "past") or _ENDS_ED.search(word) is not None)


_ENDS_ED = re.compile(r"...ed$")


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
    decade = line.kinds[at + 1] in "2Z"  # "dans les années 1990"
    return not decade and (line.words[at] == "dans" or (intervals and deadline))


@lru_cache(maxsize=1)  # one text is asked again when its publication is bounded
def _chosen(
    line: Pieces, text: str, folded: Folded, language: str, *, intervals: bool
) -> tuple[_Found, ...]:
    """Return the expressions, earliest and longest first where patterns compete, then joined."""
    found: list[tuple[int, int, int, Meaning]] = []
    for stretch in _STRETCH.finditer(line.kinds):
        for order, pattern, build in applicable(frozenset(stretch.group()), language):
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
                if end == first + 1 and _in_a_title(line, first):
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
    joined = [_since_act(line, found) for found in _joined(line, text, folded, chosen)]
    taken = {at for found in joined for at in range(found.first, found.last + 1)}
    since = _since_events(line, text, folded, language)
    acts = (*since, *_before_events(line), *_late_events(line, language))
    events = (found for found in acts if found.last not in taken and found.first not in taken)
    return tuple(sorted((*joined, *events), key=lambda found: found.first))


_EVENT = {
    "ar": re.compile(r"i_{1,4}(?![_p]{0,3}[HJKUmdyw])"),
    "fr": re.compile(r"(?:il|i(?=_))_(?:p_)?(?![a-zA-Z]{0,2}[JKHUmdyw])"),
    "en": re.compile(r"il_{1,2}(?=[.,;~)p])(?!p?[JKHUmdyw])"),
}
_NO_EVENT = frozenset(
    [
        "ان",
        "دخول",
        "que",
        "il",
        "elle",
        "elles",
        "ils",
        "on",
        "lors",
        "longtemps",
        "toujours",
        "peu",
        "quand",
    ]
)


def _since_events(line: Pieces, text: str, folded: Folded, language: str) -> Iterator[_Found]:
    """Yield "since the coup", "depuis l'attaque": expressions whose date the words do not tell."""
    for match in _EVENT[language].finditer(line.kinds):
        word = line.words[match.start() + 1]
        if word in _NO_EVENT or line.words[match.end() - 1] in _NO_EVENT:
            continue
        if not _misread(line, text, folded, match.start()):
            yield _Found(
                match.start(), match.end() - 1, fixed(Timex("OCCASION", anchor="an event"))
            )


_SINCE_ACT = re.compile(r"i[l_p]{1,8}[pr]l?$")  # since, the act, and the preposition of its date


def _since_act(line: Pieces, found: _Found) -> _Found:
    """Return "since his arrest in May 2022" as one expression: since that date."""
    dated = _DATED.search(line.kinds, found.first, found.last + 1)
    if not dated:
        return found
    since = _SINCE_ACT.search(line.kinds, max(0, found.first - _ACT_WITHIN), found.first)
    if since is None:
        return found

    def meaning(context: Context) -> Timex | None:
        timex = found.meaning(context)
        return replace(timex, open="since") if timex and timex.type == "DATE" else timex

    return _Found(since.start(), found.last, meaning)


_DATED = re.compile("[yMOcD]")
_ACT_WITHIN = 11  # pieces


def _before_events(line: Pieces) -> Iterator[_Found]:
    """Yield "before the summit", "قبل قمة": dated only where the text tells when that is."""
    for match in _BEFORE.finditer(line.kinds):
        if line.words[match.start()] in ("قبل", "avant", "before"):
            before = fixed(Timex("BEFORE", anchor="an event"))
            yield _Found(match.start(), match.end() - 1, before)


def _late_events(line: Pieces, language: str) -> Iterator[_Found]:
    """Yield "the latest" of "هجمات العاصمة الأخيرة": near the present, where that is known."""
    for match in _LATE.finditer(line.kinds) if language == "ar" else ():
        at = match.end() - 1
        if line.words[at] == "الاخيره" and event_noun(line.words[match.start()], language):
            yield _Found(at, at, _of_late)


def _of_late(context: Context) -> Timex:
    near = grain(context.day, "M") if context.known else None
    return Timex("PAST_REF", near=near, anchor="past")


_LATE = re.compile(r"__?L")
_BEFORE = re.compile(r"[gu]l?X?_{1,2}X?")


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


_TITLE = re.compile("~_{1,2}$")  # a quotation of two or three words


def _in_a_title(line: Pieces, at: int) -> bool:
    """Return whether "today" ends a short quotation, as in the names of newspapers."""
    today = line.kinds[at] in "R1" and line.kinds[at + 1 : at + 2] == "~"
    return today and bool(_TITLE.search(line.kinds[max(0, at - 3) : at]))


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
            opened = before == "b" or (before == "p" and says_from(line, one.first - 1))
            years = gap in ("-", "/") and _are_years(line, one, other)
            years = years or (gap == "a" and _are_days(line, one, other))
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


_TO = ("to", "au", "الي")


def _are_days(line: Pieces, one: _Found, other: _Found) -> bool:
    """Return whether "to" stands between two days: "27 January to 3 February"."""
    first, second = (line.kinds[f.first : f.last + 1] for f in (one, other))
    dated = all(re.search("[md].*[MO]", kinds) for kinds in (first, second))
    return dated and line.words[one.last + 1] in _TO


def _are_years(line: Pieces, one: _Found, other: _Found) -> bool:
    return line.kinds[one.last] == "y" and line.kinds[other.first : other.last + 1] == "y"


_DAY_LONG = len("2018-02-01")


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
        if (beside := one(replace(context, said=Said(end.value), known=False))) and beside.value:
            first = beside.value
        if first[:_DAY_LONG] == last[:_DAY_LONG] and "T" in first + last:
            return start  # from 8 p.m. to 6 a.m.
        if first[:4] == last[:4] and first[:4].isdecimal() and first > last:
            first = f"{int(first[:4]) - 1:04}{first[4:]}"  # from November to February 2018
        return Timex(first, "DATE", start.mod, None, None, last)

    return meaning
