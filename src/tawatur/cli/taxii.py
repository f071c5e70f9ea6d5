"""The commands on TAXII: accounts of partners' programs, and what those find."""

from typing import Annotated

import typer

from tawatur.cli.shared import Form, Format, listing, opened
from tawatur.cli.shared import translate as _


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
