"""The commands between this node and programs of others: STIX out, STIX and MISP in."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tawatur.cli.shared import SOME_REFUSED, complain, opened, writing
from tawatur.cli.shared import translate as _
from tawatur.i18n import said

if TYPE_CHECKING:
    from tawatur.node import Node
    from tawatur.node.views import Received


class Export(StrEnum):
    """In which form an item leaves for other programs."""

    STIX = "stix"


def export(
    item: Annotated[str, typer.Argument(help=_("A document, claim, commitment or request."))],
    to: Annotated[str, typer.Option("--to", help=_("The partner's name or id."))],
    out: Annotated[Path, typer.Option("--out", "-o", help=_("The file to write."))],
    as_: Annotated[
        Export, typer.Option("--as", help=_("In which form others read it."))
    ] = Export.STIX,
) -> None:
    """Release an item and write it in a form that other programs read."""
    with opened("export") as node:
        written = node.foreign.export(item, to)
        with writing(out):
            out.write_bytes(written)
        typer.echo(_("wrote {0}").format(out))


def take_in(node: "Node", content: bytes, sender: str, show: "Callable[[Received], None]") -> None:
    """Take in what another program wrote, and say what came of each part of it.

    Args:
        node: Where to.
        content: The file.
        sender: Who handed it over.
        show: Says what came of a release that stood in it.
    """
    handed = node.foreign.receive(content, sender)
    for received in handed.received:
        show(received)
    if not handed.partner:
        typer.echo(_("{0} is no partner here").format(handed.sender))
    for line in handed.documents:
        if line.already:
            typer.echo(_("held already, unsigned: {0}").format(line.title))
        else:
            typer.echo(_("{0}, unsigned: {1}").format(line.id, line.title))
        if line.unknown:
            typer.echo(_("shown, not understood: {0}").format(", ".join(line.unknown)))
    for refusal in handed.refused:
        complain(f"{refusal.name}: {said(refusal.why, _)}")
    if handed.refused:
        raise typer.Exit(SOME_REFUSED)
