"""The command that shows who had it from whom, and how many independent roots that makes."""

from typing import Annotated

import typer

from tawatur.cli import event_rows
from tawatur.cli.output import listing
from tawatur.cli.shared import Form, Format, opened
from tawatur.cli.shared import translate as _
from tawatur.errors import UsageError
from tawatur.node.labelled import labelled


def roots(
    id: Annotated[
        str, typer.Argument(help=_("The id of an event or of a claim, or the beginning of it."))
    ],
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help=_("Only what was out by this date: 2021-03 or 2021-03-31.")),
    ] = None,
    form: Form = Format.TABLE,
) -> None:
    if form is Format.CSV:
        raise UsageError("a tree is no table; give json or jsonl")
    with opened("roots") as node:
        found = node.roots(id, as_of=as_of)
        if form is Format.TABLE:
            for each in found:
                for line in event_rows.roots_lines(each, as_of, _):
                    typer.echo(line)
        else:
            shown = labelled(
                node,
                found,
                lambda each: event_rows.roots(each, as_of),
                lambda each: each.event.documents,
            )
            listing(shown, [], form)
