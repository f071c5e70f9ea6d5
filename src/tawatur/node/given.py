"""What a person gave, checked: words as they are kept, a period, the beginning of an id."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tawatur.errors import AmbiguousIdError, Message, UnknownIdError, UsageError
from tawatur.model.moment import Moment


def said(value: str, what: Message) -> str:
    """Return ``value`` without white space around it.

    Raises:
        UsageError: Nothing is left of it; ``what`` names it.
    """
    if not value.strip():
        raise UsageError("{0} is empty", what)
    return value.strip()


def told(value: str | None) -> str | None:
    """Return ``value`` without white space around it, None for nothing."""
    return (value or "").strip() or None


def edtf(value: str | None) -> str | None:
    """Return an EDTF date as it is, None for none.

    Raises:
        UsageError: It is no date.
    """
    if value is None or not value.strip():
        return None
    try:
        return Moment.parse(value.strip()).edtf
    except ValueError as cause:
        raise UsageError(
            "{0} is not a date; write one as 2021, 2021-03 or 2021-03-31", repr(value.strip())
        ) from cause


def happened(value: str | None, today: date) -> str | None:
    """Return the EDTF date of what has happened as it is, None for none.

    Raises:
        UsageError: It is no date, or surely after ``today`` (of UTC) wherever it happened.
    """
    when = edtf(value)
    latest = today + timedelta(days=1)  # a day begins up to fourteen hours before it does in UTC
    if when is not None and Moment.parse(latest.isoformat()).before(Moment.parse(when)) is True:
        raise UsageError("{0} is still to come", when)
    return when


LEAST_GIVEN = 3
"""Characters of an id, its letters and hyphen apart, that a shortened one must have."""


def begins(id: str, given: str) -> bool:  # noqa: A002 - the model's word
    """Return whether ``given`` is an id, or a beginning of it long enough to stand for it."""
    return id == given or (long_enough(given) and id.startswith(given))


def long_enough(given: str) -> bool:
    """Return whether what may be the beginning of an id has enough characters for one."""
    return len(given.partition("-")[2]) >= LEAST_GIVEN


def between(given: str) -> tuple[str, str]:
    """Return the first and the last id, both included, for which ``given`` can stand."""
    return given, given + "\x7f" if long_enough(given) else given


def only(kind: str, given: str, found: list[Any]) -> Any:
    """Return the one thing found by what may be the beginning of its id.

    Raises:
        UnknownIdError: There is none; ``kind`` names what was looked for.
        AmbiguousIdError: There are several.
    """
    if not found:
        raise UnknownIdError(kind, given)
    if len(found) > 1:
        raise AmbiguousIdError(given, [getattr(f, "id", f) for f in found])
    return found[0]


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day of ``since`` to the last day of ``until``; either may be open."""

    since: Moment | None = None
    until: Moment | None = None

    @classmethod
    def parse(cls, since: str | None, until: str | None) -> "Period":
        """Return the period that two EDTF dates bound.

        Raises:
            UsageError: One of them is no date.
        """
        try:
            return cls(
                Moment.parse(since) if since else None, Moment.parse(until) if until else None
            )
        except ValueError as cause:
            raise UsageError(
                "{0} is not a date; write one as 2021, 2021-03 or 2021-03-31", repr(since or until)
            ) from cause

    @property
    def days(self) -> tuple[int, int]:
        """The first and the last day of it, as `days_of` counts them."""
        since = self.since.lower if self.since else None
        until = self.until.upper if self.until else None
        return _ordinal(since, _EARLIEST), _ordinal(until, _LATEST)

    def holds(self, *values: str | None) -> bool:
        """Return whether the first known of ``values`` (EDTF) could lie within."""
        if self == ANY_TIME:
            return True
        found, (first, last) = days_of(*values), self.days
        return found is not None and found[1] >= first and found[0] <= last


ANY_TIME = Period()
_EARLIEST, _LATEST = 0, date.max.toordinal() + 1


def days_of(*values: str | None) -> tuple[int, int] | None:
    """Return the first and the last possible day of the first known of ``values`` (EDTF).

    Days count from the one before 0001-01-01, which stands for any time; None if none is known.
    """
    for value in values:
        try:
            moment = Moment.parse(value) if value else None
        except ValueError:
            continue  # a duration, which is no place in time
        if moment is not None:
            return _ordinal(moment.lower, _EARLIEST), _ordinal(moment.upper, _LATEST)
    return None


def _ordinal(day: date | None, open_: int) -> int:
    return day.toordinal() if day else open_
