"""What is a listing, and how does a spreadsheet get one: rows of named values, written as CSV.

One row is one mapping from column to value. The names, and the words of a value, are English
whatever the interface language, so that a program reads the same everywhere.
"""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TextIO

from tawatur.errors import Message

Row = Mapping[str, object]
"""One thing in a listing: column to value."""

_RUN = ("=", "+", "-", "@", "\t", "\n")
"""First characters of what spreadsheets run, or pass over on their way to it."""


def write_csv(rows: Iterable[Row], columns: Sequence[str], out: TextIO) -> None:
    """Write rows as CSV, every key of them a column; ``columns`` are the heads where no row is."""
    writer = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(out, list(row), lineterminator="\n")
            writer.writeheader()
        writer.writerow({name: _safe(cell(value, str)) for name, value in row.items()})
    if writer is None:
        csv.writer(out, lineterminator="\n").writerow(columns)


def cell(value: object, say: Callable[[object], str]) -> str:
    """Return what a cell says of a value; lists are joined by semicolons."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return cell(_of_label(value) if "tlp" in value else value.get("id"), say)
    if isinstance(value, list | tuple):
        return "; ".join(cell(each, say) for each in value)
    return say(value)


def _of_label(label: Mapping[str, Any]) -> object:
    """Return what a cell says of a label: its TLP word, and if nothing proves whose it is."""
    return Message("{0}, not proven", (label["tlp"],)) if label["unproven"] else label["tlp"]


def _safe(cell: str) -> str:
    """Keep spreadsheets from running what a report's text looks like, and a cell in its row.

    A carriage return alone would not be quoted, and end the row.
    """
    lines = cell.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{lines}" if lines[:1] in _RUN else lines
