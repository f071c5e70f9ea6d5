"""The commands of lessons: what was learnt of how things were done."""

from typing import Annotated

import typer

from tawatur.cli.desk import Id, Limit, On, What
from tawatur.cli.desk_rows import facts, step_line
from tawatur.cli.output import listing
from tawatur.cli.post_rows import unproven_lines
from tawatur.cli.shared import Form, Format, Why, names_of, opened
from tawatur.cli.shared import translate as _
from tawatur.errors import Message
from tawatur.node.desk import listed
from tawatur.node.labelled import labelled

About = Annotated[
    str | None, typer.Option("--about", help=_("The request on which it was learnt."))
]


def lessons(about: About = None, limit: Limit = None, form: Form = Format.TABLE) -> None:
    with opened("lessons") as node:
        found = node.lessons.all(about=about, limit=limit)
        listing(
            labelled(node, found, listed.lesson),
            listed.LESSONS,
            form,
        )


def add(
    what: Annotated[str, typer.Argument(help=_("What was learnt."))],
    about: About = None,
    by: Annotated[
        str | None,
        typer.Option("--by", help=_("Who learnt it; this node's organisation unless told.")),
    ] = None,
    on: On = None,
) -> None:
    with opened("lesson add") as node:
        typer.echo(node.lessons.add(what, by=by, about=about, on=on).id)


def change(id: Id, what: What = None, on: On = None) -> None:
    with opened("lesson change") as node:
        typer.echo(node.lessons.change(id, what=what, on=on).id)


def withdraw(id: Id, why: Why) -> None:
    with opened("lesson withdraw") as node:
        lesson = node.lessons.withdraw(id, why)
        typer.echo(f"{lesson.id}: {_(lesson.status)}")


def show(id: Id) -> None:
    with opened("lesson show") as node:
        lesson, names = node.lessons.one(id), names_of(node)
        typer.echo(f"{lesson.id}  {_(lesson.status)}  {lesson.what}")
        told = (Message("by"), lesson.by), (Message("learnt on"), lesson.about)
        for line in facts(_, *told):
            typer.echo(line)
        for step in node.desk.history(lesson.id):
            typer.echo(step_line(step, names.get(step.by, step.by), _))
        for line in unproven_lines(node, lesson.id):
            typer.echo(line)
