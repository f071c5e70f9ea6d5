"""The commands by which a person judges what was read of a claim."""

from typing import Annotated

import typer

from tawatur.cli.shared import opened
from tawatur.cli.shared import translate as _
from tawatur.errors import UsageError
from tawatur.model.claim import Status, Verdict
from tawatur.model.reading import EventType, Modality, Polarity

ClaimId = Annotated[str, typer.Argument(help=_("The claim's id, or the beginning of it."))]


def accept(
    claim: ClaimId,
    why: Annotated[str | None, typer.Option("--why", help=_("The reason, for the record."))] = None,
) -> None:
    with opened("accept") as node:
        _judged(node.judge(claim, Verdict.ACCEPT, why=why).id, Status.ACCEPTED)


def reject(
    claim: ClaimId,
    why: Annotated[str | None, typer.Option("--why", help=_("The reason, for the record."))] = None,
) -> None:
    with opened("reject") as node:
        _judged(node.judge(claim, Verdict.REJECT, why=why).id, Status.REJECTED)


def correct(
    claim: ClaimId,
    source: Annotated[
        str | None, typer.Option("--source", help=_("Whose word it is, as the text names it."))
    ] = None,
    polarity: Annotated[
        Polarity | None,
        typer.Option("--polarity", help=_("Whether the text says that it is so.")),
    ] = None,
    modality: Annotated[
        Modality | None, typer.Option("--modality", help=_("As what it is said."))
    ] = None,
    event_type: Annotated[
        EventType | None, typer.Option("--type", help=_("What kind of thing happened."))
    ] = None,
    when: Annotated[
        str | None, typer.Option("--when", help=_("When it happened, as a date."))
    ] = None,
    gist: Annotated[
        str | None, typer.Option("--gist", help=_("What it says, in a sentence of yours."))
    ] = None,
    why: Annotated[str | None, typer.Option("--why", help=_("The reason, for the record."))] = None,
) -> None:
    given = {
        "source": source,
        "polarity": polarity,
        "modality": modality,
        "event_type": event_type,
        "when": when,
        "gist": gist,
    }
    changes = {name: value for name, value in given.items() if value is not None}
    if not changes:
        raise UsageError("say what is otherwise, for example --polarity denied")
    with opened("correct") as node:
        _judged(node.judge(claim, Verdict.CORRECT, why=why, **changes).id, Status.CORRECTED)


def _judged(claim: str, status: Status) -> None:
    typer.echo(f"{claim}: {_(status)}")
