"""What do single days, weeks, months and years say: last, this, the next, the same one?"""

import re
from dataclasses import replace

from tawatur.reading.pieces import Pieces
from tawatur.reading.times.counting import OF_THE_DAY, said_day, until_now
from tawatur.reading.times.matched import letters_at, modifier_at, months_of, sense_at
from tawatur.reading.times.values import (
    Context,
    Meaning,
    Timex,
    duration,
    fixed,
    grain,
    month_near,
    moved,
)
from tawatur.reading.times.which_year import year_for


def unit_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Last month, this year, next week; plural: the past years."""
    at = match.start("u")
    sense = line.senses[at]
    rel = letters_at(match, "rel")
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
        month, _ = months_of(match, line)
    count = -1 if "L" in rel else 1 if "X" in rel else 0
    few = line.kinds[at - 1 : at] == "q"
    if few and count <= 0 and (not plural or unit not in ("D", "W")):
        return fixed(Timex(duration(None, unit), "DURATION"))
    if sense_at(match, line, "rel") == "past" and unit not in ("D", "W", "WE"):
        return lambda context: until_now(1, unit, context)
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
            return last_weeks
        if count > 0:
            return fixed(Timex(duration(None, unit), "DURATION", "AHEAD", anchor="future"))
        return fixed(Timex(duration(None, unit), "DURATION"))
    told = "previous" if sense_at(match, line, "rel") == "previous" else "last"

    def meaning(context: Context) -> Timex | None:
        if told == "previous" and context.said.last and not plural:
            return beside(context.said.last, unit, count)
        if unit in OF_THE_DAY:
            return Timex(duration(1, unit), "DURATION")
        day = moved(context.day, "W" if unit == "WE" else unit, count)
        if month is not None:
            year = year_for(month, None, rel, context)
            if not context.known:
                year = f"{month_near(context.day, month, -1 if count < 0 else 1):04}"
            return Timex(f"{year}-{month:02}", anchor="publication")
        return Timex(grain(day, unit), anchor="publication")

    return meaning


_OF_MANY = ("iers", "ains")  # derniers, prochains


def last_weeks(context: Context) -> Timex:
    """The past weeks: from about a month ago until now."""
    timex = Timex(duration(None, "W"), "DURATION")
    if not context.known:
        return timex
    return replace(timex, start=grain(moved(context.day, "M", -1), "M"), mod="PAST")


def beside(said: str, unit: str, count: int) -> Timex:
    """The year before, the following day: counted from what was mentioned last."""
    day = said_day(said, unit)
    if day is None:
        return Timex(None, anchor="the date before")
    return Timex(grain(moved(day, unit, count), unit), anchor="the date before")


def this_unit_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The end of the year, the beginning of the month: the current one."""
    sense = line.senses[match.start("u")]
    if sense is None or sense.number != "s" or sense.value in (*OF_THE_DAY, "WE"):
        return None
    unit = sense.value
    at = match.start() + len(match.group()) - len(match.group().lstrip("liurbfpGEA"))
    mod = modifier_at(line, at)

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


def _is_other_noun(match: re.Match[str], line: Pieces) -> bool:
    """Return whether "this" after an Arabic unit, or an indefinite unit, means something else."""
    unit, rel = match.start("u"), match.start("rel")
    if rel < unit or line.words[unit][0] < "\u0600":
        return False
    return not line.words[unit].startswith("ال") or not line.words[rel].startswith("ال")
