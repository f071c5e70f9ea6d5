"""What do lengths of time say that count from a day: ago, in, within, since?"""

import re
from dataclasses import replace

from tawatur.reading.pieces import Pieces, says_from
from tawatur.reading.times.counting import (
    HOURS_OF_A_DAY,
    OF_THE_DAY,
    counted_off,
    day_off,
    hours_off,
    said_day,
)
from tawatur.reading.times.durations import duration_meaning
from tawatur.reading.times.matched import count_of, letters_at, modifier, words_of
from tawatur.reading.times.values import Context, Meaning, Timex, duration, finer, grain


def from_said_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Two days later, three months before that: counted from the date spoken of."""
    counted = count_of(match, line)
    at = match.start("way") if match.group("way") else match.start("way2")
    if counted is None or (counted[0] is None and counted[2] not in OF_THE_DAY):
        return None
    if line.kinds[at] == "B" and line.words[at] != "earlier":
        return None
    if line.kinds[at] == "N" and (line.words[at] != "later" or line.kinds[at + 1 : at + 2] == "T"):
        return None  # "two days late", "three weeks later this year"
    number, unit = counted[0], counted[2]
    sign, mod = (-1 if line.kinds[at] in "6B" else 1), modifier(match)

    def meaning(context: Context) -> Timex | None:
        if unit in OF_THE_DAY:
            near = hours_off(context, sign * (number or 0), unit)
            return Timex(duration(number, unit), "DURATION", mod, near=near)
        day = said_day(context.said.last, unit)
        if day is None or number is None:
            return Timex(None, "DATE", mod, anchor="the date before")
        value = counted_off(day, sign * number, unit)
        if (
            context.said.last
            and len(context.said.last) == len("2018-02")
            and unit in ("D", "W", "2W")
        ):
            value = value[: len("2018-02")]
        return Timex(value, "DATE", mod, anchor="the date before")

    return meaning


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
    counted = count_of(match, line)

    def meaning(context: Context) -> Timex | None:
        if counted and counted[2] in OF_THE_DAY:
            number = counted[0]
            told = number is None or number >= HOURS_OF_A_DAY  # "after 16 hours" may be a clock's
            near = hours_off(context, number, counted[2]) if told else None
            return Timex(None, near=near, anchor="an event")
        if context.tense <= 0 and counted and counted[0] and counted[1] is None:
            coarse = counted[2] in ("M", "Y", "10Y")
            day = said_day(context.said.last if coarse else context.said.day, counted[2])
            if day is not None:
                value = counted_off(day, counted[0], counted[2])
                return Timex(value, "DATE", modifier(match), anchor="the date before")
        return from_now(context)

    return meaning


def _offset(match: re.Match[str], line: Pieces, sign: int) -> Meaning | None:
    """Three days ago, in two months; from an event, it has no value of its own."""
    counted = count_of(match, line)
    if counted is None:
        return None
    count, second, unit = counted
    mod = modifier(match)
    of_event = bool(letters_at(match, "event")) and says_from(line, match.start("event"))

    def meaning(context: Context) -> Timex | None:
        if unit in OF_THE_DAY:
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
        day = day_off(context.day, unit, sign * count)
        value = grain(day, finer(unit))
        if second is not None:
            end = grain(day_off(context.day, unit, sign * second), finer(unit))
            return Timex(value, "DATE", "APPROX", end=end)
        return Timex(value, "DATE", mod, anchor="publication")

    return meaning


def within_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Within two or three months: from the one to the other after the anchor."""
    counted = count_of(match, line)
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
        if not context.known or count is None or unit in OF_THE_DAY:
            return whole
        late = day_off(context.day, unit, second or count)
        if second is None:
            told = context.tense < 0
            ahead = context.tense > 0 and context.language == "ar"
            if not (ends or ahead) or (told and context.language == "ar"):
                return whole
            day = said_day(context.said.day, "D") if told else None
            if day is not None and day < context.day:  # a term that was set on the day told of
                until = day_off(day, unit, count).isoformat()
                return replace(whole, start=day.isoformat(), until=until)
            return replace(whole, until=late.isoformat())
        early = day_off(context.day, unit, count)
        return Timex(early.isoformat(), "DATE", "APPROX", end=late.isoformat())

    return meaning


_VERB_WITHIN = 3  # pieces: an Arabic verb stands before its subject


def since_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Since about eight years: a start where the length is told, else a length."""
    counted = count_of(match, line)
    if counted is None:
        return None
    count, _, unit = counted
    mod = modifier(match)
    before = line.words[max(0, match.start() - _VERB_WITHIN) : match.start()]
    if not words_of("ar", "endings").isdisjoint(before):
        return _offset(match, line, -1)  # "it ended two years ago": Arabic says "since" of both

    def meaning(context: Context) -> Timex | None:
        start = mod not in ("MORE_THAN", "LESS_THAN") and count is not None and context.known
        if not start or count is None or unit in OF_THE_DAY:
            return Timex(duration(count, unit), "DURATION", mod)
        began = grain(day_off(context.day, unit, -count), finer(unit))
        length = duration(count, unit)
        return Timex(length, "DURATION", mod, start=began if began[-1].isdigit() else None)

    return meaning
