"""The commands of the desk: what was promised, what is asked for, what became of it."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from tawatur.cli import rows
from tawatur.cli.shared import Form, Format, Why, listing, opened
from tawatur.cli.shared import translate as _
from tawatur.model.desk import CommitmentStatus, RequestStatus


def commitment_add(
    what: Annotated[str, typer.Argument(help=_("What was promised."))],
    by: Annotated[str, typer.Option("--by", help=_("Who promised."))],
    to: Annotated[str | None, typer.Option("--to", help=_("To whom."))] = None,
    due: Annotated[str | None, typer.Option("--due", help=_("By when, as a date."))] = None,
    claim: Annotated[
        list[str] | None,
        typer.Option("--claim", help=_("A claim that says so; may be repeated.")),
    ] = None,
) -> None:
    with opened("commitment add") as node:
        typer.echo(node.commit(by=by, what=what, to=to, due=due, claims=claim or ()).id)


def commitment_close(
    id: Annotated[str, typer.Argument(help=_("Its id, or the beginning of it."))],
    as_: Annotated[CommitmentStatus, typer.Option("--as", help=_("What became of it."))],
    why: Why,
) -> None:
    with opened("commitment close") as node:
        changed = node.change_commitment(id, as_, why=why)
        typer.echo(f"{changed.id}: {_(changed.status)}")


def commitments(form: Form = Format.TABLE) -> None:
    with opened("commitments") as node:
        today = datetime.now(UTC).date()
        found = (rows.commitment(c, today) for c in node.commitments())
        listing(found, ["id", "status", "due", "by", "to", "what"], form)


def request_add(
    what: Annotated[str, typer.Argument(help=_("What is asked for."))],
    by: Annotated[str, typer.Option("--by", help=_("Who asks."))],
    to: Annotated[str, typer.Option("--to", help=_("Who is asked."))],
    since: Annotated[
        str | None, typer.Option("--since", help=_("Since when; today unless told."))
    ] = None,
    needed_by: Annotated[
        str | None, typer.Option("--needed-by", help=_("By when it is needed."))
    ] = None,
    next_step: Annotated[
        str | None, typer.Option("--next", help=_("Who owes the next step."))
    ] = None,
    claim: Annotated[
        list[str] | None,
        typer.Option("--claim", help=_("A claim that says so; may be repeated.")),
    ] = None,
) -> None:
    with opened("request add") as node:
        made = node.ask(
            by=by,
            to=to,
            what=what,
            since=since,
            needed_by=needed_by,
            next_step=next_step,
            claims=claim or (),
        )
        typer.echo(made.id)


def request_close(
    id: Annotated[str, typer.Argument(help=_("Its id, or the beginning of it."))],
    as_: Annotated[RequestStatus, typer.Option("--as", help=_("What became of it."))],
    why: Why,
) -> None:
    with opened("request close") as node:
        changed = node.change_request(id, as_, why=why)
        typer.echo(f"{changed.id}: {_(changed.status)}")


def requests(form: Form = Format.TABLE) -> None:
    with opened("requests") as node:
        today = datetime.now(UTC).date()
        found = (rows.request(r, today) for r in node.requests())
        listing(found, ["id", "status", "waiting", "by", "to", "next", "what"], form)
