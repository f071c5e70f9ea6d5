"""The commands by which people rule on contradictions, list all rulings, and take one back."""

from typing import Annotated

import typer

from tawatur.cli.output import listing
from tawatur.cli.shared import Form, Format, Why, opened
from tawatur.cli.shared import translate as _
from tawatur.model.ruling import Outcome
from tawatur.node import RulingLine
from tawatur.node.labelled import labelled
from tawatur.tables import Row

ConflictId = Annotated[str, typer.Argument(help=_("The conflict's id, or the beginning of it."))]


def settle(conflict: ConflictId, why: Why) -> None:
    _settled(conflict, Outcome.SETTLED, why)


def dismiss(conflict: ConflictId, why: Why) -> None:
    _settled(conflict, Outcome.DISMISSED, why)


def keep_open(conflict: ConflictId, why: Why) -> None:
    _settled(conflict, Outcome.OPEN, why)


def _settled(conflict: str, outcome: Outcome, why: str) -> None:
    with opened("settle") as node:
        ruling = node.settling.settle(conflict, outcome, why)
        typer.echo(f"{ruling.id}: {_(outcome.value)}")


def rulings(form: Form = Format.TABLE) -> None:
    with opened("rulings") as node:
        found = labelled(node, node.rulings.lines(), _row)
        listing(found, ["id", "label", "time", "by", "ruling", "why"], form)


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
