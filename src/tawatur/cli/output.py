"""How listings are written: as a table for people, or as data for programs.

One row is one mapping from column to value. A table is cut to the terminal's
width; in a pipe nothing is cut. JSON, JSON Lines and CSV hold the same columns
under the same names, in English whatever the interface language: codes of
statuses and kinds, and sentences such as the reason of a conflict, do not change
with it, so that a program reads the same everywhere. A table is translated.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import TextIO

from rich.cells import cell_len

from tawatur.cli.shared import Before, Format
from tawatur.cli.shared import translate as _
from tawatur.errors import Message
from tawatur.i18n import Translate, said
from tawatur.model.picture import Reason
from tawatur.tables import Row, cell, write_csv


def listing(found: Iterable[Row], columns: Sequence[str], form: Format) -> None:
    """Write a listing in the form that was asked for."""
    if form is Format.TABLE and Before.hijri:
        from tawatur.cli.days import with_hijri  # noqa: PLC0415 - few nodes want it

        found = map(with_hijri, found)
    write_rows(found, columns, form, _)


def write_rows(
    rows: Iterable[Row],
    columns: Sequence[str],
    form: Format,
    _: Translate,
    out: TextIO = sys.stdout,
) -> None:
    """Write ``rows`` with ``columns`` in order; what a table has no room for is data only.

    Args:
        rows: Mappings; lists in them are joined by semicolons in tables and CSV; of what
            has an id in itself that stands there, and of a label its TLP word. A table
            translates enums, yes and no, messages and reasons; strings stay as they are.
        columns: Those a table shows; data formats write every key of a row.
        form: How.
        _: Translates a table.
        out: Where to.
    """
    out = out or sys.stdout
    match form:
        case Format.JSON:
            json.dump([dict(row) for row in rows], out, ensure_ascii=False, indent=1, default=str)
            out.write("\n")
        case Format.JSONL:
            out.writelines(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows)
        case Format.CSV:
            write_csv(rows, columns, out)
        case Format.TABLE:
            _write_table(rows, columns, _, out)


def _write_table(rows: Iterable[Row], columns: Sequence[str], _: Translate, out: TextIO) -> None:
    lines = [
        [cell(row[name], lambda value: _shown(value, _)).replace("\n", " ") for name in columns]
        for row in rows
    ]
    heads = [_(name) for name in columns]
    if not lines:
        out.write(_("nothing yet") + "\n")
    elif out.isatty():
        _write_cut(heads, lines, out)
    else:
        out.writelines(_aligned([heads, *lines]))


def _aligned(lines: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table whose columns are as wide as their widest cell."""
    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = zip(line, widths, strict=True)
        row = "  ".join(cell + " " * (width - cell_len(cell)) for cell, width in cells)
        yield row.rstrip() + "\n"


def _write_cut(heads: Sequence[str], lines: Iterable[Sequence[str]], out: TextIO) -> None:
    """Write a table as wide as the terminal."""
    from rich.console import Console  # noqa: PLC0415 - a pipe needs none of it
    from rich.table import Table  # noqa: PLC0415 - as above

    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in heads:
        table.add_column(head, overflow="fold" if head == heads[-1] else "ellipsis")
    for line in lines:
        table.add_row(*line)
    Console(file=out, highlight=False, markup=False).print(table)


def _shown(value: object, _: Translate) -> str:
    """Return a value as a table says it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Message | Reason):
        return said(value, _)
    return _(value.value) if isinstance(value, StrEnum) else str(value)
