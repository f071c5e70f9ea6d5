"""What do words say that point from the day of the text, or from one told before?"""

import datetime as dt
import re
from dataclasses import replace

from tawatur.reading.pieces import Pieces
from tawatur.reading.times.matched import letters_at, number_at, sense_at
from tawatur.reading.times.units import beside, last_weeks
from tawatur.reading.times.values import Context, Meaning, Timex, fixed, weekday
from tawatur.reading.times.which_year import direction_of


def weekday_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """A weekday: the last or the next one, as "last" and "next" or the verb say."""
    wanted, rel, part = (
        number_at(match, line, "wd"),
        letters_at(match, "rel"),
        sense_at(match, line, "part"),
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
            day = weekday(context.day, wanted, direction_of(rel, context), strictly=bool(rel))
        if part:
            return Timex(f"{day.isoformat()}T{part}", "TIME")
        return Timex(day.isoformat())

    return meaning


def deixis_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Yesterday, now, recently: what counts from the day of the text."""
    code, part = sense_at(match, line, "r"), sense_at(match, line, "part")
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
        return lambda context: replace(last_weeks(context), value="PAST_REF", anchor="past")
    if code in references:
        return fixed(Timex(references[code], anchor=code.lower()))
    if code == "UNTIL_NOW":
        return fixed(Timex("UNTIL_NOW", anchor="present"))
    if code in ("UNTIL_THEN", "SINCE_THEN"):
        return lambda context: Timex(code, end=day_mentioned(context), anchor="the date before")
    if code == "THEN":
        return lambda context: Timex(day_mentioned(context) or "PAST_REF", anchor="the date before")
    found = re.fullmatch(r"D([+-]?\d)([A-Z]{2})?", code)
    if found is None:
        return None
    shift, part = int(found[1]), found[2] or part
    wanted = number_at(match, line, "wd")

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


def day_mentioned(context: Context) -> str | None:
    """Return the day that the text spoke of last, unless it is to come or unknown."""
    return context.said.last if context.said.last and "X" not in context.said.last else None


_THEN_ALONE = {"since": "SINCE_THEN", "depuis": "SINCE_THEN", "d'ici la": "UNTIL_THEN"}


def then_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Read "since" or "d'ici là" without a date of its own: since, until the date before."""
    code = _THEN_ALONE.get(line.words[match.start()].replace("' ", "'"))
    after = line.kinds[match.end() : match.end() + 1]
    if code is None or (after == "_" and code == "SINCE_THEN"):
        return None
    return lambda context: Timex(code, end=day_mentioned(context), anchor="the date before")


def the_past_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The past, as a noun."""
    return fixed(Timex("PAST_REF")) if sense_at(match, line, "rel") == "past" else None


def same_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The same year, that day: what was mentioned last, as coarse as asked."""
    what = sense_at(match, line, "same")
    if what == "week":
        return lambda context: beside(context.said.told or context.said.last or "", "W", 0)
    if what == "day":
        return lambda context: Timex(
            context.said.day or day_mentioned(context), anchor="the date before"
        )
    size = {"year": 4, "month": 7, "day": 10, "date": 10}[what]
    return lambda context: Timex(
        (day_mentioned(context) or "")[:size] or None, anchor="the date before"
    )


_OF_EVENT = (("de",), ("du",), ("d'",), ("des",), ("of",), ("من",), ("ل",))


def relday_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The next day, the day before: counted from the last complete date."""
    shift, part = number_at(match, line, "n") or 0, sense_at(match, line, "part")
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
