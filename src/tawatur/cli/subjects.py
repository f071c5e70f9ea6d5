"""The commands of subjects: saved questions, and what came on each since the last look."""

from typing import Annotated

import typer

from tawatur.cli.output import listing
from tawatur.cli.shared import Form, Format, Out, opened, write
from tawatur.cli.shared import translate as _
from tawatur.model.claim import Claim
from tawatur.model.reading import EventType
from tawatur.node.desk import listed
from tawatur.node.desk.digests import lines, speaker, written
from tawatur.node.labelled import labelled
from tawatur.tables import Row

Id = Annotated[str, typer.Argument(help=_("Its id, or the beginning of it, or its name."))]


def add(
    name: Annotated[str, typer.Argument(help=_("What it is called; its word, unless told."))],
    word: Annotated[
        list[str] | None,
        typer.Option("--word", help=_("A word, in any form of its family; may be repeated.")),
    ] = None,
    place: Annotated[
        list[str] | None, typer.Option("--place", help=_("Where it must be; may be repeated."))
    ] = None,
    actor: Annotated[
        list[str] | None,
        typer.Option("--actor", help=_("Who must be named, or say it; may be repeated.")),
    ] = None,
    type: Annotated[
        list[EventType] | None,
        typer.Option("--type", help=_("Of what kind it must be; may be repeated.")),
    ] = None,
) -> None:
    with opened("subject add") as node:
        made = node.subjects.add(
            name, words=word or (), places=place or (), actors=actor or (), types=type or ()
        )
        typer.echo(made.id)


def subjects(form: Form = Format.TABLE) -> None:
    with opened("subjects") as node:
        found = labelled(node, node.subjects.all(), listed.subject)
        listing(found, listed.SUBJECTS, form)


def look(
    id: Id,
    everything: Annotated[
        bool, typer.Option("--all", help=_("All that there is, whatever was seen before."))
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help=_("What is shown stays new for the next time."))
    ] = False,
    rate: Annotated[
        list[str] | None,
        typer.Option(
            "--rate", help=_("By which sums are added: '1 EUR = 1.08 USD, 2031-06-01'; repeated.")
        ),
    ] = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    with opened("subject look") as node:
        found = node.subjects.look(id, everything=everything, note=not again, rates=rate or ())
        if out is not None:
            write(out, written(found, out.name, _))
        elif form is Format.TABLE:
            for line in lines(found, _):
                typer.echo(line)
        else:
            rows = labelled(node, found.claims, _claim_row)
            listing(rows, ["id", "label", "speaker", "quote", "when"], form)


def remove(id: Id) -> None:
    with opened("subject remove") as node:
        typer.echo(node.subjects.remove(id).id)


def _claim_row(each: Claim) -> Row:
    return {
        "id": each.id,
        "speaker": speaker(each, _),
        "quote": each.quote,
        "when": each.content.when,
        "where": [place.name for place in each.content.where],
        "who": [named.name for named in each.content.who],
        "document": each.document,
    }
