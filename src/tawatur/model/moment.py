"""When: an EDTF value as an interval whose bounds may be open.

Covers what reports need of EDTF (ISO 8601-2:2019, clauses 4 and 5): years,
months, days, intervals with open or unknown ends (``2010/2014``, ``2021-01/..``),
seasons, unspecified digits (``199X``, ``XXXX-11-01``), "no later than" (``[..2008]``),
and the qualifiers ``~ ? %``. "April 2012" is a month, never a day of
it. Comparison is three-valued: ``None`` means that the text cannot tell.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_PART = re.compile(
    r"(-?\d{4}|\d{3}X|\d\dXX|XXXX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?(?:T[0-9:Z+-]+)?([~?%])?"
)
_UP_TO = re.compile(r"\[\.\.([^\],.\[]+)\]")  # "[..2008]": one unknown day, no later than that
_OPEN = {"", ".."}
# Northern-hemisphere months of ISO 8601-2 seasons 21 to 24; winter runs into the next year.
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}


@dataclass(frozen=True, slots=True)
class Moment:
    """An EDTF value; ``lower`` and ``upper`` are its first and last possible day, or open."""

    edtf: str
    lower: date | None
    upper: date | None

    @classmethod
    def parse(cls, edtf: str) -> "Moment":
        """Return the moment that ``edtf`` writes.

        Raises:
            ValueError: Not an EDTF value of the kinds above, or its end lies before its start.
        """
        parts = edtf.split("/")
        lower: date | None
        upper: date | None
        if len(parts) == 1 and (up_to := _UP_TO.fullmatch(edtf)):
            lower, upper = None, _bounds(up_to[1])[1]
        elif len(parts) == 1:
            lower, upper = _bounds(edtf)
        elif len(parts) == 2:
            lower = None if parts[0] in _OPEN else _bounds(parts[0])[0]
            upper = None if parts[1] in _OPEN else _bounds(parts[1])[1]
        else:
            raise ValueError(f"not an EDTF value: {edtf!r}")
        if lower and upper and upper < lower:
            raise ValueError(f"ends before it begins: {edtf!r}")
        return cls(edtf, lower, upper)

    @property
    def uncertain(self) -> bool:
        """Whether the text itself says about, perhaps, or both."""
        return any(mark in self.edtf for mark in "~?%")

    def before(self, other: "Moment") -> bool | None:
        """Return True if surely earlier, False if surely not, None if it cannot be told."""
        if self.upper and other.lower and self.upper < other.lower:
            return True
        if self.lower and other.upper and self.lower >= other.upper:
            return False
        return None

    def meets(self, other: "Moment") -> bool:
        """Return whether one day could belong to both."""
        return self.before(other) is not True and other.before(self) is not True

    def within(self, other: "Moment") -> bool:
        """Return whether every day of this one surely lies in ``other``."""
        starts = other.lower is None or (self.lower is not None and self.lower >= other.lower)
        ends = other.upper is None or (self.upper is not None and self.upper <= other.upper)
        return starts and ends


def _bounds(part: str) -> tuple[date | None, date | None]:
    """Return first and last possible day of one date of an EDTF value, None where open.

    A digit X may be any digit; where no digit of the year is told, both ends are open.
    """
    match = _PART.fullmatch(part)
    if not match:
        raise ValueError(f"not an EDTF date: {part!r}")
    month, day = (0 if group in (None, "XX") else int(group) for group in match.group(2, 3))
    if day and not month:
        raise ValueError(f"a day of no month: {part!r}")
    if match[1] == "XXXX":
        _days(2000, month, day)  # a leap year: 29 February is possible
        return None, None
    first = max(int(match[1].replace("X", "0")), date.min.year if "X" in match[1] else -9999)
    last = int(match[1].replace("X", "9"))
    return _days(first, month, day)[0], _days(last, month, day)[1]


def _days(year: int, month: int, day: int) -> tuple[date, date]:
    """Return first and last day of a year, or of its month or season, or the day twice."""
    if day:
        return (only := date(year, month, day)), only
    if month in _SEASONS:
        first, last = _SEASONS[month]
        end_year = year + (last < first)
        return date(year, first, 1), date(end_year, last, monthrange(end_year, last)[1])
    if month:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, 1, 1), date(year, 12, 31)
