"""The command that says whose copy of a brief got out, where that can be told."""

from pathlib import Path
from typing import Annotated

import typer

from tawatur.cli.output import listing
from tawatur.cli.shared import Form, Format, Why, complain, content, names_of, opened
from tawatur.cli.shared import translate as _
from tawatur.errors import UsageError

_LONGEST_NAME = 255
"""Bytes of a file's name that systems allow: what is longer is a text."""


def trace(
    text: Annotated[
        str,
        typer.Argument(
            metavar="FILE|TEXT", help=_("What got out: a file, or the words themselves.")
        ),
    ],
    why: Why,
    second: Annotated[
        str, typer.Option("--second", help=_("The second officer, who agreed to the trace."))
    ],
    form: Form = Format.TABLE,
) -> None:
    with opened("trace") as node:
        found = node.tracing.trace(_leak(text), why=why, second=second)
        names = names_of(node)
        if found.accused or form is not Format.TABLE:
            rows = (
                {
                    "organisation": names.get(each.organisation, each.organisation),
                    "wrongly": wrongly,
                }
                for each in found.accused
                for wrongly in [float(f"{each.wrongly:.1g}")]
            )
            listing(rows, ["organisation", "wrongly"], form)
        note = typer.echo if form is Format.TABLE else complain  # beside data, not in it
        note(
            _("read {0} marks, compared with the copies given out: {1}").format(
                found.marks, found.copies
            )
        )
        note(
            _("evidence, and no verdict: what is named had this copy, and not who passed it on")
            if found.accused
            else _("cannot tell")
        )


def traces(form: Form = Format.TABLE) -> None:
    with opened("traces") as node:
        names = names_of(node)
        rows = (
            {
                "time": each.time.isoformat(timespec="seconds"),
                "organisation": each.accused and names.get(each.accused, each.accused),
                "wrongly": each.wrongly and float(f"{each.wrongly:.1g}"),
                "why": each.why,
                "by": list(each.officers) or [names.get(each.by, each.by)],
            }
            for each in node.tracing.traces()
        )
        listing(rows, ["time", "organisation", "wrongly", "why", "by"], form)


def _leak(given: str) -> str:
    """Return the words of a file, or those given."""
    path = Path(given)
    if len(given.encode()) > _LONGEST_NAME or not path.is_file():
        if len(given.split()) == 1:  # a slip in a name would be a trace on record of nothing
            raise UsageError("there is no file {0}; words are several, between quotes", given)
        return given
    try:
        return content(path).decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        raise UsageError("{0} is no UTF-8 text; give its words", path) from cause
