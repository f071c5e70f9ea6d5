"""The commands between a node and other programs: STIX and MISP."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from tawatur.cli.post_rows import came_line
from tawatur.cli.shared import SOME_REFUSED, complain, opened, writing
from tawatur.cli.shared import translate as _
from tawatur.i18n import said
from tawatur.node import Node

if TYPE_CHECKING:
    from tawatur.node.sharing.foreign import HandedOver


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
    with opened("export") as node:
        written = node.foreign.export(item, to)
        with writing(out):
            out.write_bytes(written)
        typer.echo(_("wrote {0}").format(out))


def is_foreign(file: bytes) -> bool:
    """Return whether a file is what STIX, TAXII or MISP write, and no letter of a node."""
    try:
        whole = msgspec.json.decode(file)
    except (ValueError, RecursionError):
        return False
    return isinstance(whole, dict) and not whole.keys().isdisjoint({"objects", "Event"})


def take(node: Node, file: bytes, sender: str) -> None:
    """Take in what another program wrote, and say what came of it.

    Raises:
        typer.Exit: Something of it was refused.
    """
    if not told(node.foreign.receive(file, sender)):
        raise typer.Exit(SOME_REFUSED)


def told(handed: "HandedOver") -> bool:
    """Say what came of what another program wrote; return whether all of it was taken in."""
    for received in handed.received:
        typer.echo(came_line(received))
    if not handed.partner:
        typer.echo(_("{0} is no partner here").format(handed.sender))
    for line in handed.documents:
        words = _("held already, unsigned: {0}") if line.already else _("{0}, unsigned: {1}")
        typer.echo(words.format(*(line.title,) if line.already else (line.id, line.title)))
        if line.unknown:
            typer.echo(_("shown, not understood: {0}").format(", ".join(line.unknown)))
    for refusal in handed.refused:
        complain(f"{refusal.name}: {said(refusal.why, _)}")
    return not handed.refused
