"""When was a document issued, going by the dates stated beside its text?

A word processor writes when the file was made and when it was last saved. A file
made from an old one keeps the old date, and one saved again by its receiver gets
a new one. So a date is taken only where the two lie close together, and then the
later: the day on which what is read was finished. Found nowhere else, such a date
is better than none; a date that the text states always comes first.
"""

import email.utils
import re
from datetime import UTC, date, datetime

from tawatur.intake.dates import stated_date
from tawatur.model.document import Stated

_DAY = re.compile(r"\s*(?:D:)?((?:19|20)\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])")
_MILLISECONDS = 100_000_000_000  # a count as high is of milliseconds: of seconds, it is year 5138
_APART = 31  # days: reports are finished within weeks


def day_of(value: str | None) -> str | None:
    """Return the day of an ISO or PDF date ("2021-03-04T08:15Z", "D:20210304…") as EDTF."""
    found = _DAY.match(value or "")
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None


def stated_day(value: object) -> str | None:
    """Return the day that a feed or a row of data states in whatever form, as EDTF.

    Numbers are seconds or milliseconds since 1970; "4/3/2021", which may be either
    of two days, is its year.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value / 1000 if abs(value) >= _MILLISECONDS else value
        try:
            return datetime.fromtimestamp(seconds, UTC).date().isoformat()
        except (ValueError, OverflowError, OSError):
            return None
    if not isinstance(value, str):
        return None
    day = day_of(value)
    if day is not None:
        return day
    try:
        return email.utils.parsedate_to_datetime(value[:100]).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        found = stated_date(value[:100], "en")
        return found[0] if found is not None else None


def finished(made: str | None, saved: str | None, found_in: str) -> Stated | None:
    """Return the day on which a file was finished, where its dates agree within a month."""
    first, last = day_of(made), day_of(saved)
    if first is None or last is None:
        only = first or last
        return Stated(only, found_in) if only is not None else None
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days
    return Stated(last, found_in) if 0 <= days <= _APART else None
