"""Words that a person gave, as they are kept: checked, and without white space around."""

from tawatur.errors import Message, UsageError
from tawatur.model.moment import Moment


def said(value: str, what: str) -> str:
    """Return ``value`` without white space around it.

    Raises:
        UsageError: Nothing is left of it; ``what`` names it.
    """
    if not value.strip():
        raise UsageError("{0} is empty", Message(what))
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
