"""The commands that care for a node: erase, verify, rebuild, move, look whether all is well."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from tawatur.cli import figures, rows
from tawatur.cli.output import listing
from tawatur.cli.progress import progress
from tawatur.cli.shared import WRONG, Form, Format, Why, content, opened
from tawatur.cli.shared import translate as _


def erase(
    id: Annotated[str, typer.Argument(help=_("Its id."))],
    why: Why,
    yes: Annotated[bool, typer.Option("--yes", help=_("Do not ask."))] = False,
) -> None:
    if not yes and sys.stdin.isatty():
        typer.confirm(_("Erase {0} for good?").format(id), abort=True)
    with opened("erase") as node:
        erased = node.erase(id, why=why)
        typer.echo(_("erased {0} entries, recorded as {1}").format(erased.entries, erased.entry))


def verify(
    against: Annotated[
        Path | None, typer.Option("--against", help=_("A checkpoint noted earlier."))
    ] = None,
    partner: Annotated[
        str | None,
        typer.Option(
            "--partner",
            help=_("Whether this partner shows every member of a community one history."),
        ),
    ] = None,
) -> None:
    with opened("verify") as node:
        if partner:
            found = node.histories.compared(partner)
            for line in rows.history_lines(found, _):
                typer.echo(line)
            if any(each.split or each.unlogged for each in found):
                raise typer.Exit(WRONG)
            return
        note = content(against).decode("utf-8", "replace") if against else None
        verified = node.verify(against=note)
        typer.echo(_("{0} entries, {1} contents: whole").format(verified.size, verified.blobs))
        for line in rows.erased_lines(node, verified, _):
            typer.echo(line)
        for each in node.keys.doubtful():
            typer.echo(
                _("doubtful: entries {0} to {1}, by a key that was revoked from {2} on").format(
                    each.first, each.last, each.since.isoformat(timespec="seconds")
                )
            )


def checkpoint() -> None:
    with opened("checkpoint") as node:
        typer.echo(node.ledger.checkpoint(), nl=False)


def rebuild() -> None:
    with opened("rebuild") as node, progress(_("rebuilding")) as bar:
        node.rebuild(progress=bar.done)
    typer.echo(_("rebuilt"))


def move(
    store: Annotated[
        str, typer.Argument(help=_("Where to: sqlite, or postgresql://… on a server."))
    ],
) -> None:
    with opened("move") as node:
        count = node.ledger.size
        node.move(store)
    typer.echo(_("moved {0} entries").format(count))


def doctor(form: Form = Format.TABLE) -> None:
    with opened("doctor") as node:
        findings = node.doctor()
    listing(map(rows.finding, findings), ["what", "well", "say"], form)
    if not all(finding.well for finding in findings):
        raise typer.Exit(WRONG)


def evaluate(
    measure: Annotated[
        bool,
        typer.Option("--measure", help=_("Measure now, on the data under TAWATUR_EVAL_DATA.")),
    ] = False,
    only: Annotated[
        str, typer.Option("--only", help=_("Only sets of data whose name holds this."))
    ] = "",
    form: Form = Format.TABLE,
) -> None:
    if measure:
        raise typer.Exit(figures.measured_anew(only))
    found = (row for row in figures.recorded() if only in str(row["set"]))
    listing(found, ["set", "measure", "f1", "floor"], form)
