"""The commands on briefs that a person composes: what stands in them, in which order."""

from typing import Annotated

import typer

from tawatur.cli.output import listing
from tawatur.cli.shared import Form, Format, opened
from tawatur.cli.shared import translate as _
from tawatur.i18n import preferred
from tawatur.model.ruling import Composition
from tawatur.node.briefs.composing import Line
from tawatur.node.labelled import labelled
from tawatur.tables import Row

Given = Annotated[str, typer.Argument(metavar="BRIEF", help=_("Its id, or the beginning of it."))]
At = Annotated[
    int | None, typer.Option("--at", help=_("Before which part; at the end unless told."))
]
Number = Annotated[int, typer.Argument(metavar="N", help=_("The number of a part, from 1."))]


def compositions(form: Form = Format.TABLE) -> None:
    with opened("compositions") as node:
        found = labelled(node, node.compositions.all(), _row)
        listing(found, ["id", "label", "title", "parts", "changed"], form)


def new(
    title: Annotated[str, typer.Argument(help=_("The title."))],
    language: Annotated[
        str | None, typer.Option("--language", help=_("ar, fr or en; yours unless told."))
    ] = None,
) -> None:
    with opened("compose") as node:
        spoken = preferred(given=language or node.settings.language)
        typer.echo(node.compositions.start(title, spoken).id)


def add(
    brief: Given,
    items: Annotated[
        list[str],
        typer.Argument(metavar="ITEM…", help=_("Ids of claims and events, or beginnings of them.")),
    ],
    at: At = None,
) -> None:
    with opened("compose") as node:
        node.compositions.add(brief, items, at)
        _tell(node.compositions.lines(brief))


def write(
    brief: Given,
    text: Annotated[str, typer.Argument(help=_("What you write, to stand between reports."))],
    at: At = None,
) -> None:
    with opened("compose") as node:
        node.compositions.write(brief, text, at)
        _tell(node.compositions.lines(brief))


def move(
    brief: Given,
    number: Number,
    to: Annotated[int, typer.Option("--to", help=_("The number that it is to have."))],
) -> None:
    with opened("compose") as node:
        node.compositions.move(brief, number, to)
        _tell(node.compositions.lines(brief))


def drop(brief: Given, number: Number) -> None:
    with opened("compose") as node:
        node.compositions.drop(brief, number)
        _tell(node.compositions.lines(brief))


def show(brief: Given) -> None:
    with opened("compose") as node:
        _tell(node.compositions.lines(brief))


def _row(held: Composition) -> Row:
    return {
        "id": held.id,
        "title": held.title,
        "parts": len(held.parts),
        "changed": held.time.isoformat(timespec="minutes"),
    }


def _tell(lines: tuple[Line, ...]) -> None:
    """Write the parts, numbered."""
    for number, line in enumerate(lines, 1):
        if line.part.place is None:
            said = line.part.text
        elif line.claim is None:
            said = _("(no claim stands here any more)")
        elif line.event is not None:
            said = f"{line.event.id}: {line.event.headline}"
        else:
            said = f"{line.claim.id}: “{line.claim.quote}”"
        typer.echo(f"{number}. {' '.join(said.split())}")
