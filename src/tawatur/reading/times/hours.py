"""What do hours and parts of the day say?"""

import datetime as dt
import re

from tawatur.reading.pieces import Pieces
from tawatur.reading.times.matched import letters_at, number_at, sense_at
from tawatur.reading.times.values import Context, Meaning, Timex, weekday
from tawatur.reading.times.which_year import direction_of


def night_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The night of Tuesday to Wednesday."""
    first, second = number_at(match, line, "wd"), number_at(match, line, "wd2")
    if first is None or second is None or second != first % 7 + 1:
        return None

    def meaning(context: Context) -> Timex | None:
        end = weekday(context.day, second, direction_of("", context))
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


def part_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The evening, the night: of the day that was mentioned before."""
    part, now = sense_at(match, line, "part"), bool(letters_at(match, "rel"))
    # Of one night French says "dans la nuit".
    mod = "EVERY" if line.words[match.start() : match.end()] == ("la", "nuit") else None

    def meaning(context: Context) -> Timex | None:
        day = (not now and context.said.day) or context.day.isoformat()
        return Timex(f"{day}T{part}", "TIME", mod, anchor="the date before")

    return meaning


_AT = ("a", "vers")


def hour_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Read "à 23 heures" as a time of day; "of 23 hours" is a length."""
    sense = line.senses[match.start("u")]
    hour = number_at(match, line, "h")
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
    hour, minute = number_at(match, line, "h"), number_at(match, line, "min") or 0
    half = sense_at(match, line, "ap")
    if hour is None or hour > 24 or minute > 59:
        return None
    hour = hour % 12 + 12 * (half == "PM") if half else hour
    wanted = number_at(match, line, "wd")

    def meaning(context: Context) -> Timex | None:
        if wanted:
            day = weekday(context.day, wanted, direction_of("", context)).isoformat()
        else:
            day = context.said.day or context.day.isoformat()
        return Timex(f"{day}T{hour:02}:{minute:02}", "TIME")

    return meaning
