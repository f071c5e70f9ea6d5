"""The commands on TAXII: accounts of partners' programs, and what those find."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tawatur.cli import foreign
from tawatur.cli.output import listing
from tawatur.cli.shared import SOME_REFUSED, Form, Format, complain, content, opened
from tawatur.cli.shared import translate as _
from tawatur.i18n import said

if TYPE_CHECKING:
    from tawatur.node.sharing.taxii import Fetched


def account(
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("What the program calls itself."))],
    partner: Annotated[str, typer.Option("--for", help=_("The partner's name or id."))],
    password: Annotated[
        bool,
        typer.Option("--password", help=_("For a program that knows only names and passwords.")),
    ] = False,
) -> None:
    with opened("taxii account") as node:
        secret, line = node.taxii.account(name, partner, password=password)
        told = _("password, shown once: {0}") if password else _("token, shown once: {0}")
        typer.echo(told.format(secret))
        typer.echo(
            _("add to accounts in the [taxii] part of tawatur.toml: {0}").format(f'"{line}"')
        )


def collections(form: Form = Format.TABLE) -> None:
    with opened("taxii collections") as node:
        rows = (
            {
                "id": each.id,
                "title": each.title,
                "alias": each.alias,
                "posts": each.writers is not None,
            }
            for each in node.taxii.collections()
        )
        listing(rows, ["id", "title", "alias", "posts"], form)


def offer(
    item: Annotated[str, typer.Argument(help=_("A document, claim, commitment or request."))],
    to: Annotated[str, typer.Option("--to", help=_("The partner's name or id."))],
) -> None:
    with opened("taxii offer") as node:
        typer.echo(_("{0} objects lie ready for {1}").format(node.taxii.offer(item, to), to))


Address = Annotated[str, typer.Argument(metavar="ADDRESS", help=_("The collection's address."))]
KeyFile = Annotated[
    Path | None,
    typer.Option(
        "--key-file",
        help=_("File that holds the token, or NAME:PASSWORD; for its owner alone."),
    ),
]


def pull(
    address: Address,
    partner: Annotated[
        str, typer.Option("--from", help=_("Whose word it is: a partner's name or id."))
    ],
    key_file: KeyFile = None,
) -> None:
    with opened("taxii pull") as node:
        pulled = node.taxii.pull(address, partner, key_file)
        typer.echo(_("{0} objects fetched").format(pulled.objects))
        _told(pulled)


def take(
    partner: Annotated[str, typer.Argument(help=_("The partner's name or id."))],
) -> None:
    with opened("taxii take") as node:
        taken = node.taxii.take(partner)
        typer.echo(_("objects handed in and not looked at before: {0}").format(taken.objects))
        _told(taken)


def post(
    file: Annotated[Path, typer.Argument(help=_("The file."))],
    address: Address,
    key_file: KeyFile = None,
) -> None:
    with opened("taxii post") as node:
        posted = node.taxii.post(content(file), address, key_file)
        told = _("{0} objects taken there, {1} waiting")
        typer.echo(told.format(posted.taken, posted.pending))
        _refused(posted.refused)


def _told(fetched: "Fetched") -> None:
    """Tell what came of objects, and end as a command does of which some was refused."""
    for id_ in fetched.revoked:
        typer.echo(_("taken back there: {0}").format(id_))
    whole = [foreign.told(each) for each in fetched.taken]
    _refused((id_, said(why, _)) for id_, why in fetched.refused)
    if not all(whole):
        raise typer.Exit(SOME_REFUSED)


def _refused(found: Iterable[tuple[str, str]]) -> None:
    """Tell what was refused, and end as a command does of which some was."""
    some = False
    for id_, why in found:
        complain(_("refused: {0} ({1})").format(id_, why))
        some = True
    if some:
        raise typer.Exit(SOME_REFUSED)
