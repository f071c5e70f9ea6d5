"""The commands that list what people ruled of things worked out, and take it back."""

from typing import Annotated

import typer

from tawatur.cli.shared import Form, Format, Row, Why, listing, opened
from tawatur.cli.shared import translate as _
from tawatur.node import RulingLine


def rulings(form: Form = Format.TABLE) -> None:
    with opened("rulings") as node:
        listing(map(_row, node.rulings.lines()), ["id", "time", "by", "ruling", "why"], form)


def undo(
    ruling: Annotated[str, typer.Argument(help=_("The ruling's id, or the beginning of it."))],
    why: Why,
) -> None:
    with opened("undo") as node:
        back = node.rulings.withdraw(ruling, why)
        typer.echo(_("{0}: withdrawn").format(back.id))


def _row(line: RulingLine) -> Row:
    ruling = line.ruling
    return {
        "id": ruling.id,
        "time": ruling.time.isoformat(timespec="seconds"),
        "by": line.by,
        "ruling": ruling.sentence(line.words),
        "why": ruling.why,
    }
