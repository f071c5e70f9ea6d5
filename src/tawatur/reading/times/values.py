"""Which date does an expression mean, once it is known what it counts from?

A `Sense of time` is first worked out as a TIMEX3 value (TimeML 1.2.1: ``1999-W43``,
``1998-Q3``, ``P2Y``, ``PRESENT_REF``), the convention that annotated collections use,
and then written as EDTF. What an expression counts from may be known only within
bounds; it is then worked out from both bounds, and only what agrees is kept:
"next 1 November" without any date is ``XXXX-11-01``.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tawatur.model.moment import Moment

# Two days that share no year, month, day or weekday: what they agree on needs no anchor.
_APART = (date(1003, 3, 10), date(1562, 8, 21))


@dataclass(frozen=True, slots=True)
class Timex:
    """A TIMEX3 value; ``open`` says that it begins ("since") or ends ("until") there."""

    value: str | None
    type: str = "DATE"  # DATE, TIME, DURATION, SET
    # START, MID, END, APPROX, MORE_THAN, LESS_THAN as in TimeML; EARLIER, LATER: of now;
    # PAST, AHEAD: a length until or from now; EVERY: of no one day; UNCERTAIN: the day and the
    # month may be swapped
    mod: str | None = None
    open: str | None = None  # since, until, deadline
    anchor: str | None = None
    end: str | None = None  # second value, of an interval
    start: str | None = None  # when a length that lasts until now began
    near: str | None = None  # the month of a vague length: "the past days"
    whole: bool = False  # a frame around the present unit: "since the beginning of the year"
    until: str | None = None  # when a length that begins now will have passed
    shift: tuple[str, int] | None = None  # unit and count by which it lies off an event


@dataclass(frozen=True, slots=True)
class Said:
    """What a text has told so far: its last date, the last complete one (TIMEX3 values).

    ``told`` is the last complete one that it names itself: neither "today" nor "on Monday".
    ``month_first`` is whether it writes 4/15 for a day of April, None where it is a guess.
    """

    last: str | None = None
    day: str | None = None
    month_first: bool | None = None
    told: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression may count from: a day, what was mentioned before, what the words say."""

    day: date
    said: Said
    tense: int  # 1 where the sentence speaks of what is to come, -1 of the past, 0 where unclear
    known: bool  # whether the day is known at all
    language: str


Meaning = Callable[[Context], Timex | None]


def resolve(
    meaning: Meaning, published: Moment | None, said: Said, language: str, tense: int
) -> Timex | None:
    """Return the value of ``meaning`` as far as both bounds of ``published`` agree on it."""
    lower = published.lower if published else None
    upper = published.upper if published else None
    known = lower is not None and upper is not None
    days = (lower or _APART[0], upper or _APART[1])
    first, second = (meaning(Context(day, said, tense, known, language)) for day in days)
    if first is None or second is None or first == second:
        return first
    return replace(
        first, value=_shared(first.value, second.value), end=_shared(first.end, second.end)
    )


def _shared(one: str | None, other: str | None) -> str | None:
    """Return what two values have in common, digits that differ as X; None if nothing."""
    if one == other or one is None or other is None:
        return one if one == other else None
    a, b = one.split("-"), other.split("-")
    if len(a) != len(b) or "W" in one or "Q" in one or "T" in one:
        return None
    parts = [x if x == y else "X" * len(x) for x, y in zip(a, b, strict=True)]
    while parts and set(parts[-1]) == {"X"}:
        parts.pop()
    return "-".join(parts) if any(set(part) != {"X"} for part in parts) else None


def fixed(timex: Timex) -> Meaning:
    """Return the meaning that is ``timex`` whatever it counts from."""
    return lambda _: timex


# ---------------------------------------------------------------- counting

_DAYS = {"D": 1, "W": 7, "2W": 14}
_MONTHS = {"M": 1, "Q": 3, "HY": 6, "Y": 12, "10Y": 120, "100Y": 1200, "50Y": 600}


def moved(day: date, unit: str, count: int) -> date:
    """Return ``day`` moved by ``count`` units; the day of the month is cut to fit."""
    try:
        if unit in _DAYS:
            return day + timedelta(days=count * _DAYS[unit])
        months = day.year * 12 + day.month - 1 + count * _MONTHS.get(unit, 0)
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return day


def grain(day: date, unit: str) -> str:
    """Return the TIMEX3 value of the ``unit`` that holds ``day``."""
    if unit == "D":
        return day.isoformat()
    if unit in ("W", "WE"):
        iso = day.isocalendar()
        return f"{iso[0]:04}-W{iso[1]:02}" + ("-WE" if unit == "WE" else "")
    if unit == "M":
        return f"{day.year:04}-{day.month:02}"
    if unit == "Q":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    if unit == "10Y":
        return f"{day.year // 10:03}X"
    if unit == "100Y":
        return f"{day.year // 100:02}XX"
    return f"{day.year:04}"


def finer(unit: str) -> str:
    """Return the unit in which a date counted off in ``unit`` is told: a fortnight ago, a day."""
    return _FINER.get(unit, unit)


_FINER = {"W": "D", "2W": "D", "10Y": "Y", "100Y": "Y"}


def full_year(number: int) -> int:
    """Return the year that two figures write, 50 to 99 in the last century."""
    if number >= 100:
        return number
    return number + (2000 if number < 50 else 1900)


def weekday(day: date, wanted: int, direction: int, *, strictly: bool = False) -> date:
    """Return the nearest ``wanted`` weekday (Monday 1) before (-1) or after (+1) ``day``."""
    step = (day.isoweekday() - wanted) % 7 if direction < 0 else (wanted - day.isoweekday()) % 7
    if strictly and step == 0:
        step = 7
    return day + timedelta(days=direction * step)


def month_near(day: date, month: int, direction: int, *, strictly: bool = False) -> int:
    """Return the year of the nearest ``month`` before or after the one of ``day``."""
    if direction < 0:
        return day.year - (month > day.month or (strictly and month == day.month))
    return day.year + (month < day.month or (strictly and month == day.month))


_TIMES = {
    "10Y": (10, "Y"), "50Y": (50, "Y"), "100Y": (100, "Y"), "2W": (2, "W"), "WE": (2, "D"),
    "Q": (3, "M"), "HY": (6, "M"),
}  # fmt: skip


def duration(count: float | None, unit: str) -> str:
    """Return the ISO 8601 duration; ``X`` stands for a number the text does not tell."""
    factor, letter = _TIMES.get(unit, (1, unit))
    clock = "T" if letter in ("H", "MIN", "S") else ""
    letter = "M" if letter == "MIN" else letter
    if count is None:
        return f"P{clock}X{letter}"
    amount = count * factor
    if letter == "Y" and amount != int(amount) and (amount * 2) == int(amount * 2):
        return f"P{int(amount)}Y6M"
    if letter in ("M", "D", "W") and amount != int(amount):
        return f"P{clock}{amount:g}{letter}"
    return f"P{clock}{int(amount) if amount == int(amount) else f'{amount:g}'}{letter}"


# ---------------------------------------------------------------- EDTF

_SEASONS = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}


def edtf(timex: Timex, published: Moment | None) -> str | None:
    """Return the value as EDTF or as an ISO 8601 duration; None where the text does not tell."""
    value = timex.value
    if timex.near:
        return f"{timex.near}~"
    if value is None or timex.mod == "EVERY":
        return None
    if value == "PRESENT_REF":
        return _now(published)
    if value == "FUTURE_REF" or timex.mod == "AHEAD":
        now = timex.start or _day(published)
        return f"{now}/.." if now else None
    if value == "UNTIL_NOW":
        now = _now(published)
        return f"../{now}" if now else None
    if value in ("UNTIL_THEN", "SINCE_THEN"):
        return _since_or_until_then(value, timex.end, published)
    if timex.until and (now := timex.start or _day(published)):
        return f"{now}/{timex.until}"
    if timex.start:
        now = _day(published) if timex.mod == "PAST" else ".."
        return f"{timex.start}~/{now}"
    if value in ("PAST_REF", "OCCASION"):
        return None
    if value.startswith("[.."):
        return value
    if value.startswith("P") and timex.end and "X" not in value:
        return f"{value}/{timex.end}"
    if value.startswith("P"):
        return None if "X" in value or (timex.type == "SET" and value == "PX") else value
    if timex.type == "SET":
        return "P1W" if value.startswith("XXXX-W") else "P1Y"  # every Friday, every May
    final = timex.mod == "END" and timex.open in ("until", "deadline")
    held = final or (timex.whole and timex.open and timex.mod != "MID")
    written = _written(value, "LATER" if held else timex.mod)
    if written is None:
        return None
    if timex.end:
        end = _written(timex.end, None)
        if end is None:
            return None
        written = f"{written.split('/')[0]}/{end.split('/')[-1]}"
    if timex.mod == "APPROX":
        written = "/".join(part + "~" for part in written.split("/"))
    if timex.mod == "UNCERTAIN":
        written += "?"
    written = _opened(written, timex, published)
    first, _, second = written.partition("/")
    if first == second:
        written = first  # "later on Wednesday", of a Wednesday
    try:
        Moment.parse(written)
    except ValueError:
        return None
    return written


def _since_or_until_then(value: str, then: str | None, published: Moment | None) -> str | None:
    said = _written(then, None) if then else None
    if said is None:
        return None
    if value == "SINCE_THEN":
        return f"{said.split('/')[0]}/.."
    return _opened(said, Timex(said, open="deadline"), published)


def _opened(written: str, timex: Timex, published: Moment | None) -> str:
    """Return ``written`` as an interval from now, from it on, or up to it, as its words ask."""
    first, last = written.split("/", maxsplit=1)[0], written.rsplit("/", maxsplit=1)[-1]
    now = _day(published)
    if timex.mod in ("LATER", "EARLIER") and now and not first <= now <= last:
        return written  # "later that day"
    if timex.mod == "LATER" and now:
        return f"{now}/{last}"
    if timex.mod == "EARLIER" and now:
        return f"{first}/{now}"
    if timex.open == "since":
        return f"{first}/.."
    if timex.open == "deadline" and now and now < last[: len(now)]:
        return f"{now}/{last}"
    return f"../{last}" if timex.open else written


def _now(published: Moment | None) -> str | None:
    if published is None or published.lower is None or published.upper is None:
        return None
    return published.edtf


def _day(published: Moment | None) -> str | None:
    if published is None or published.lower is None or published.upper is None:
        return None
    return published.edtf.split("/")[0].rstrip("~?%")


def _written(value: str, mod: str | None) -> str | None:
    value = value.split("T", maxsplit=1)[0]
    if "WXX" in value or "QX" in value:
        return None
    if match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        year, week = int(match[1]), int(match[2])
        try:
            first = date.fromisocalendar(year, week, 6 if match[3] else 1)
        except ValueError:
            return None
        last = date.fromisocalendar(year, week, 7)
        return f"{first}/{last}"
    if match := re.fullmatch(r"(\d{4})-([QH])(\d)", value):
        size = 3 if match[2] == "Q" else 6
        start = (int(match[3]) - 1) * size + 1
        if not 1 <= start <= 13 - size:
            return None
        if mod in ("LATER", "EARLIER"):
            final = _whole(f"{match[1]}-{start + size - 1:02}").split("/")[1]
            return f"{match[1]}-{start:02}-01/{final}"
        return f"{match[1]}-{start:02}/{match[1]}-{start + size - 1:02}"
    if match := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return f"{match[1]}-{_SEASONS[match[2]]}"
    if mod in ("START", "MID", "END"):
        return _part(value, mod)
    if mod in ("LATER", "EARLIER"):
        return _whole(value)
    return value


def _whole(value: str) -> str:
    """Return a year or a month as the interval of its days."""
    if re.fullmatch(r"\d{4}", value):
        return f"{value}-01-01/{value}-12-31"
    if match := re.fullmatch(r"(\d{4})-(\d\d)", value):
        final = monthrange(int(match[1]), int(match[2]))[1]
        return f"{value}-01/{value}-{final}"
    return value


def _part(value: str, mod: str) -> str:
    """Return the beginning, middle or end of a year, month or decade; EDTF has no code for it."""
    if re.fullmatch(r"\d{4}", value):
        return f"{value}-{ {'START': '01', 'MID': '06', 'END': '12'}[mod] }~".replace(" ", "")
    if match := re.fullmatch(r"(\d{4})-(\d\d)", value):
        final = monthrange(int(match[1]), int(match[2]))[1]
        if mod == "MID":
            return f"{value}-15~"
        first, last = ("01", "10~") if mod == "START" else ("20~", str(final))
        return f"{value}-{first}/{value}-{last}"
    if match := re.fullmatch(r"(\d{3})X", value):
        first, last = {"START": ("0", "3~"), "MID": ("4~", "6~"), "END": ("7~", "9")}[mod]
        return f"{match[1]}{first}/{match[1]}{last}"
    return value
