"""The commands between neighbours: cards, and one item handed to one partner."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tawatur.cli.foreign import take_in
from tawatur.cli.shared import Form, Format, content, listing, opened, writing
from tawatur.cli.shared import translate as _

if TYPE_CHECKING:
    from tawatur.node.views import Received


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
        else:
            take_in(node, content(file), sender, _show)


def _show(received: "Received") -> None:
    if received.already:
        typer.echo(_("held already, from {0}").format(received.sender))
    else:
        typer.echo(_("{0} {1} from {2}").format(_(received.kind), received.id, received.sender))
