"""The commands about the key by which a node signs: another one, one that was stolen, one lost."""

from typing import Annotated

import typer

from tawatur.cli.shared import Before, Why, day, opened
from tawatur.cli.shared import translate as _
from tawatur.node import Node, Partners


def rotate(why: Why) -> None:
    with opened("key rotate") as node:
        card = node.change_key(why)
    _show(card.name, Partners.fingerprint(card))


def revoke(
    since: Annotated[
        str, typer.Option("--since", help=_("Since which day it may be in other hands."))
    ],
    why: Why,
) -> None:
    with opened("key revoke") as node:
        card = node.change_key(why, revoked=day(since))
    _show(card.name, Partners.fingerprint(card))


def lost(why: Why) -> None:
    card = Node.recover(Before.node, why)
    _show(card.name, Partners.fingerprint(card))


def _show(name: str, fingerprint: str) -> None:
    typer.echo(
        _("{0} signs by a new key; hand out its new card: {1}").format(
            name, "tawatur partner card -o …"
        )
    )
    typer.echo(_("fingerprint, to compare over another channel: {0}").format(fingerprint))
