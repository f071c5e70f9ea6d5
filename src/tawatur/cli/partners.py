"""The commands about partners: how two nodes come to know each other, and how that ends."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from tawatur.cli.output import listing
from tawatur.cli.shared import (
    Form,
    Format,
    Out,
    Why,
    content,
    names_of,
    opened,
    write,
    writing,
)
from tawatur.cli.shared import translate as _
from tawatur.i18n import said
from tawatur.model.ids import NodeId
from tawatur.node import Node, Partner, PartnerState
from tawatur.tables import Row

Party = Annotated[str, typer.Argument(help=_("The partner's name or id."))]

_LONG = 200
"""Characters after which an invitation is no file's name."""

_WHAT = {"card": _("card"), "file": _("file"), "letters": _("letters")}
"""What is refused at a door and is no kind of entry."""
_STATES = {
    PartnerState.INVITED: _("to be confirmed"),
    PartnerState.PARTNER: _("partner"),
    PartnerState.SUSPENDED: _("suspended"),
    PartnerState.REMOVED: _("removed"),
}


def card(
    out: Annotated[Path, typer.Option("--out", "-o", help=_("The file to write."))],
) -> None:
    with opened("partner card") as node:
        write(out, node.partners.sealed_card())
        _show_fingerprint(node.partners.fingerprint(node.card))


def add(card: Annotated[Path, typer.Argument(help=_("The card's file."))]) -> None:
    with opened("partner add") as node:
        added = node.partners.add(content(card))
        if added.state is PartnerState.PARTNER:
            typer.echo(_("{0} ({1}) is a partner now").format(added.name, added.id))
        else:
            _show(added)
        _show_fingerprint(node.partners.fingerprint(added.card))
        if added.state is PartnerState.INVITED:
            _show_how_to_confirm(added)


def invite(
    for_: Annotated[
        str | None, typer.Option("--for", help=_("Whom it is meant for, for the record."))
    ] = None,
    out: Out = None,
) -> None:
    with opened("partner invite") as node:
        file, lines = node.partners.invite(for_)
        if out is None:
            typer.echo(lines)
        else:
            write(out, file)
        _show_fingerprint(node.partners.fingerprint(node.card))


def accept(
    given: Annotated[
        str, typer.Argument(metavar="FILE|TEXT", help=_("The invitation's file, or its lines."))
    ],
    out: Out = None,
) -> None:
    invitation = given.encode() if len(given) > _LONG else content(Path(given))
    with opened("partner accept") as node:
        partner, answer = node.partners.accept(invitation)
        if answer is not None and out is not None:
            with writing(out):  # before a word is printed: `… | head -1` ends us at the second
                out.write_bytes(answer[0])
        _show(partner)
        if answer is not None:
            typer.echo(_("hand the answer back:"))
            typer.echo(answer[1] if out is None else _("wrote {0}").format(out))
            _show_fingerprint(node.partners.fingerprint(node.card))
        _show_how_to_confirm(partner)


def confirm(
    partner: Party,
    heard: Annotated[
        str, typer.Argument(help=_("Its fingerprint, as it came over another channel."))
    ],
    card: Annotated[
        Path | None, typer.Option("--card", help=_("Its new card, where it lost its key."))
    ] = None,
) -> None:
    with opened("partner confirm") as node:
        _show(node.partners.confirm(partner, heard, content(card) if card else None))


def unconfirm(partner: Party, why: Why) -> None:
    with opened("partner unconfirm") as node:
        put = node.partners.put(partner, PartnerState.INVITED, why)
        _show(put)
        typer.echo(
            _(
                "nothing goes to {0} or is taken from it until its fingerprint is confirmed again; "
                "what it gave stays here, and what only its key proves is not proven any more; "
                "what it was given is listed by: {1}"
            ).format(put.name, f"tawatur disclosures --to {put.id}")
        )


def suspend(partner: Party, why: Why) -> None:
    with opened("partner suspend") as node:
        _show(node.partners.put(partner, PartnerState.SUSPENDED, why))


def resume(partner: Party, why: Why) -> None:
    with opened("partner resume") as node:
        _show(node.partners.put(partner, PartnerState.PARTNER, why))


def remove(partner: Party, why: Why) -> None:
    with opened("partner remove") as node:
        _show(node.partners.put(partner, PartnerState.REMOVED, why))


def partners(form: Form = Format.TABLE) -> None:
    with opened("partners") as node:
        found = [_row(node, each) for each in node.partners.known().values()]
        listing(
            found,
            ["id", "name", "state", "since", "why", "missing", "doubtful since", "fingerprint"],
            form,
        )


def doubtful(partner: Party, form: Form = Format.TABLE) -> None:
    with opened("partner doubtful") as node:
        found = (
            {"id": each.id, "what": _(each.kind), "release": each.letter}
            for each in node.incoming.doubtful(partner)
        )
        listing(found, ["id", "what", "release"], form)


def refused(form: Form = Format.TABLE) -> None:
    with opened("partner refused") as node:
        names = names_of(node)
        found = (
            {
                "when": each.time.isoformat(timespec="seconds"),
                "what": _WHAT.get(each.what) or _(each.what),
                "sender": each.sender and names.get(NodeId(each.sender), each.sender),
                "why": said(each.why, _),
            }
            for each in node.partners.refused()
        )
        listing(found, ["when", "what", "sender", "why"], form)


def _row(node: Node, each: Partner) -> Row:
    return {
        "id": each.id,
        "name": each.name,
        "state": _STATES[each.state],
        "since": _time(each.since),
        "why": each.why,
        "missing": ", ".join(map(str, node.bundles.missing(each.id))) or None,
        "doubtful since": _time(each.doubtful),
        "fingerprint": node.partners.fingerprint(each.card),
    }


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _show(partner: Partner) -> None:
    typer.echo(f"{partner.name} ({partner.id}): {_STATES[partner.state]}")


def _show_fingerprint(words: str) -> None:
    typer.echo(_("fingerprint, to compare over another channel: {0}").format(words))


def _show_how_to_confirm(partner: Partner) -> None:
    typer.echo(
        _("ask {0} for its fingerprint over another channel, then: {1}").format(
            partner.name, f"tawatur partner confirm {partner.id} '…'"
        )
    )
