"""The commands about what is only known to exist: on what, and whom to ask."""

from typing import Annotated

import typer

from tawatur.cli.output import listing
from tawatur.cli.shared import Form, Format, names_of, opened
from tawatur.cli.shared import translate as _


def pointers(form: Form = Format.TABLE) -> None:
    with opened("pointers") as node:
        names = names_of(node)
        rows = (
            {
                "id": each.id,
                "on what": each.pointer.subject or _("not told"),
                "whom to ask": [whom.name for whom in each.pointer.ask],
                "sender": each.sender and names.get(each.sender, each.sender),
                "to be acknowledged": list(each.caveats),
            }
            for each in node.pointers.all()
        )
        listing(rows, ["id", "on what", "whom to ask", "sender", "to be acknowledged"], form)


def ask(
    pointer: Annotated[str, typer.Argument(help=_("Its id, or the beginning of it."))],
    what: Annotated[
        str | None, typer.Option("--what", help=_("What is asked, in your words."))
    ] = None,
) -> None:
    with opened("pointer ask") as node:
        pointed = node.pointers.one(pointer)
        words = what or _("what there is on {0} ({1})").format(
            pointed.pointer.subject or _("what is not told"), pointed.id
        )
        asked = node.pointers.ask(pointed.id, words)
        typer.echo(_("{0} asks {1}: {2}").format(asked.id, asked.to, asked.what))
