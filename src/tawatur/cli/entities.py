"""The commands on who and what reports name: list them, show one, rule which are one."""

from typing import Annotated

import typer

from tawatur.cli.entity_rows import entity_lines, entity_row, whole_entity
from tawatur.cli.output import listing
from tawatur.cli.shared import LANGUAGE, Form, Format, Why, opened
from tawatur.cli.shared import translate as _
from tawatur.errors import UsageError
from tawatur.model.reading import EntityType

One = Annotated[
    str,
    typer.Argument(
        metavar="A",
        help=_("An entity's id, or the beginning of it; as one document names it: ID@DOCUMENT."),
    ),
]
Other = Annotated[str, typer.Argument(metavar="B", help=_("The other, in the same way."))]


def entities(
    type: Annotated[EntityType | None, typer.Option("--type", help=_("Only of this kind."))] = None,
    about: Annotated[
        str | None, typer.Option("--about", help=_("Words that one of the names must hold."))
    ] = None,
    form: Form = Format.TABLE,
) -> None:
    with opened("entities") as node:
        found = node.who.all(type=type, about=about)
        listing(map(entity_row, found), ["id", "type", "documents", "names"], form)


def entity(
    id: Annotated[str, typer.Argument(help=_("Its id, or the beginning of it."))],
    form: Form = Format.TABLE,
) -> None:
    if form is Format.CSV:
        raise UsageError("one entity is no table; give json or jsonl")
    with opened("entity") as node:
        view = node.who.view(id)
        if form is Format.TABLE:
            for line in entity_lines(node, view, LANGUAGE, _):
                typer.echo(line)
        else:
            listing([whole_entity(view)], [], form)


def same(a: One, b: Other, why: Why) -> None:
    with opened("same") as node:
        ruling = node.who.same(a, b, why)
        now = node.who.at(ruling.a)
        typer.echo(_("{0}: {1} and {2} are one, {3}").format(ruling.id, a, b, now.id))


def not_same(a: One, b: Other, why: Why) -> None:
    with opened("not-same") as node:
        ruling = node.who.not_same(a, b, why)
        typer.echo(_("{0}: {1} and {2} are not one").format(ruling.id, a, b))
