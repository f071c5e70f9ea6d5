"""The commands on accounts: who works on this node, for which organisation, with which roles."""

from typing import Annotated, Any

import typer

from tawatur.cli.output import listing
from tawatur.cli.shared import Form, Format, day, names_of, opened, words_of
from tawatur.cli.shared import translate as _
from tawatur.model.account import Account, AccountRole, AccountState
from tawatur.node import Node
from tawatur.tables import Row

Name = Annotated[str, typer.Argument(metavar="NAME", help=_("The person's name, or the id."))]
Roles = Annotated[
    list[AccountRole] | None,
    typer.Option("--role", help=_("What they are trusted with; may be given several times.")),
]
Compartments = Annotated[
    list[str] | None,
    typer.Option(
        "--compartment",
        help=_("A compartment that they are let into; may be given several times."),
    ),
]
Until = Annotated[
    str | None, typer.Option("--until", help=_("The last day on which it lets them in, or never."))
]


def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("The person's name."))],
    role: Roles = None,
    organisation: Annotated[
        str | None,
        typer.Option("--of", help=_("The partner they work for; this node's own unless told.")),
    ] = None,
    compartment: Compartments = None,
    until: Until = None,
) -> None:
    with opened("account add") as node:
        made, password = node.accounts.add(
            name,
            roles=role or [AccountRole.READER],
            organisation=organisation,
            compartments=words_of(compartment or ()),
            until=day(until, end=True) if until else None,
        )
        typer.echo(_("{0} has an account now: {1}").format(made.name, _roles(made)))
        _tell(password)


def list_(form: Form = Format.TABLE) -> None:
    with opened("account list") as node:
        found = [_line(node, account) for account in node.accounts.all()]
        listing(found, ["name", "organisation", "roles", "compartments", "until", "state"], form)


def change(
    name: Name, role: Roles = None, compartment: Compartments = None, until: Until = None
) -> None:
    said: dict[str, Any] = {}
    if role is not None:
        said["roles"] = frozenset(role)
    if compartment is not None:
        said["compartments"] = words_of(compartment)
    if until is not None:
        said["until"] = day(until, end=True)
    with opened("account change") as node:
        changed = node.accounts.change(name, **said)
        typer.echo(_("{0}: {1}").format(changed.name, _roles(changed)))


def suspend(name: Name) -> None:
    with opened("account suspend") as node:
        found = node.accounts.change(name, state=AccountState.SUSPENDED)
        typer.echo(_("the account {0} lets nobody in").format(found.name))


def restore(name: Name) -> None:
    with opened("account restore") as node:
        found = node.accounts.change(name, state=AccountState.ACTIVE)
        typer.echo(_("the account {0} is restored").format(found.name))


def remove(name: Name) -> None:
    with opened("account remove") as node:
        found = node.accounts.change(name, state=AccountState.REMOVED)
        typer.echo(_("the account {0} is removed").format(found.name))


def password(name: Name) -> None:
    with opened("account password") as node:
        _tell(node.accounts.password(name))


def _tell(new: str) -> None:
    typer.echo(_("password, shown once: {0}").format(new))


def _roles(account: Account) -> str:
    return ", ".join(_(role) for role in AccountRole if role in account.roles)


def _line(node: Node, account: Account) -> Row:
    return {
        "name": account.name,
        "organisation": names_of(node).get(account.organisation, account.organisation),
        "roles": [role.value for role in AccountRole if role in account.roles],
        "compartments": sorted(account.compartments),
        "until": account.until and account.until.date().isoformat(),
        "state": account.state,
    }
