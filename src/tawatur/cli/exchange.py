"""The commands between neighbours: cards, and one item handed to one partner."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tawatur.cli.shared import (
    SOME_REFUSED,
    Form,
    Format,
    complain,
    content,
    listing,
    opened,
    writing,
)
from tawatur.cli.shared import translate as _
from tawatur.i18n import said as translated

if TYPE_CHECKING:
    from tawatur.node.views import Received


class Export(StrEnum):
    """In which form an item leaves for other programs."""

    STIX = "stix"


def partner_card(
    out: Annotated[Path, typer.Option("--out", "-o", help=_("The file to write."))],
) -> None:
    with opened("partner card") as node:
        with writing(out):
            out.write_bytes(node.partners.sealed_card())
        typer.echo(_("wrote {0}").format(out))
        typer.echo(
            _("fingerprint, to compare over another channel: {0}").format(
                node.partners.fingerprint(node.card)
            )
        )


def partner_add(card: Annotated[Path, typer.Argument(help=_("The card's file."))]) -> None:
    with opened("partner add") as node:
        added = node.partners.add(content(card))
        typer.echo(_("{0} ({1}) is a partner now").format(added.name, added.id))
        typer.echo(
            _("fingerprint, to compare over another channel: {0}").format(
                node.partners.fingerprint(added)
            )
        )


def partners(form: Form = Format.TABLE) -> None:
    with opened("partners") as node:
        found = (
            {"id": c.id, "name": c.name, "fingerprint": node.partners.fingerprint(c)}
            for c in node.partners.all().values()
        )
        listing(found, ["id", "name", "fingerprint"], form)


def release(
    item: Annotated[str, typer.Argument(help=_("A document, claim, commitment or request."))],
    to: Annotated[str, typer.Option("--to", help=_("The partner's name or id."))],
    out: Annotated[Path, typer.Option("--out", "-o", help=_("The file to write."))],
) -> None:
    with opened("release") as node:
        sealed = node.outgoing.release(item, to)
        with writing(out):
            out.write_bytes(sealed)
        typer.echo(_("wrote {0}").format(out))


def receive(
    file: Annotated[Path, typer.Argument(help=_("The file."))],
    sender: Annotated[
        str | None,
        typer.Option(
            "--from",
            help=_("Who handed it over, if another program wrote it in STIX or MISP."),
        ),
    ] = None,
) -> None:
    with opened("receive") as node:
        if sender is None:
            _show(node.incoming.receive(content(file)))
            return
        handed = node.foreign.receive(content(file), sender)
        for received in handed.received:
            _show(received)
        if not handed.partner:
            typer.echo(_("{0} is no partner here").format(handed.sender))
        for line in handed.documents:
            said = _("held already, unsigned: {0}") if line.already else _("{0}, unsigned: {1}")
            typer.echo(said.format(*(line.title,) if line.already else (line.id, line.title)))
            if line.unknown:
                typer.echo(_("shown, not understood: {0}").format(", ".join(line.unknown)))
        for refusal in handed.refused:
            complain(f"{refusal.name}: {translated(refusal.why, _)}")
        if handed.refused:
            raise typer.Exit(SOME_REFUSED)


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


def _show(received: "Received") -> None:
    """Say what a partner handed over."""
    if received.already:
        typer.echo(_("held already, from {0}").format(received.sender))
    else:
        typer.echo(_("{0} {1} from {2}").format(_(received.kind), received.id, received.sender))
