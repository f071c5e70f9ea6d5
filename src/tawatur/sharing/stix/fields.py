"""Fields of foreign JSON, whatever they hold: what is not of the kind expected is not there."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tawatur.sharing.stix.terms import TAWATUR_EXTENSION

Object = Mapping[str, Any]
"""An object of JSON that came from outside."""

NAME = 200
"""Characters of a name in a line."""

_CONTROLS = {n: "\ufffd" for n in (*range(32), *range(127, 160)) if chr(n) not in "\t\n\r\x85"}


def text_in(each: Object, name: str) -> str:
    """Return a field that is text, empty if it is none."""
    value = each.get(name)
    return value if isinstance(value, str) else ""


def texts_in(each: Object, name: str) -> list[str]:
    """Return what of a field's list is text."""
    value = each.get(name)
    return [v for v in value if isinstance(v, str) and v] if isinstance(value, list) else []


def objects_in(each: Object, name: str) -> list[Object]:
    """Return what of a field's list is an object."""
    value = each.get(name)
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def object_in(each: Object, name: str) -> Object:
    """Return a field that is an object, an empty one if it is none."""
    value = each.get(name)
    return value if isinstance(value, dict) else {}


def extension_of(each: Object) -> Object:
    """Return what Tawatur's extension holds on an object, nothing if it is not there."""
    return object_in(object_in(each, "extensions"), TAWATUR_EXTENSION)


def time_of(value: object) -> datetime | None:
    """Return a STIX timestamp as UTC, None for none.

    Raises:
        ValueError: It is no time with a place on the clock of UTC.
    """
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(f"not a time: {value!r}")  # noqa: TRY004 - of the value, not of the caller
    time = datetime.fromisoformat(value)
    if time.tzinfo is None:
        raise ValueError(f"a time without a zone: {value!r}")
    try:
        return time.astimezone(UTC)
    except OverflowError as cause:
        raise ValueError(f"a time beyond the calendar: {value!r}") from cause


def shown(text: str) -> str:
    """Return a text that does nothing to a terminal: one mark for each control character."""
    return text.translate(_CONTROLS)


def one_line(text: str) -> str:
    """Return a name or heading as one line that is not too long to show."""
    line = " ".join(shown(text).split())
    return line if len(line) <= NAME else line[: NAME - 1] + "…"
