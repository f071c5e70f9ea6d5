"""The commands that list what a node holds, and show one thing of it."""

from collections.abc import Iterable, Iterator
from typing import Annotated

import typer

from tawatur.cli import event_rows, rows
from tawatur.cli.output import listing
from tawatur.cli.shapes import ConflictShape, SidesShape
from tawatur.cli.shared import LANGUAGE, About, Form, Format, Reverse, Since, Until, opened
from tawatur.cli.shared import translate as _
from tawatur.errors import UsageError
from tawatur.i18n import said
from tawatur.model.claim import Status
from tawatur.model.reading import EventType
from tawatur.node.indexing.orders import EventOrder
from tawatur.node.labelled import labelled


def status(form: Form = Format.TABLE) -> None:
    with opened("status") as node:
        listing(rows.overview(node), ["what", "count"], form)


def documents(form: Form = Format.TABLE) -> None:
    with opened("documents") as node:
        listing(
            labelled(node, node.documents(), rows.document),
            ["id", "label", "language", "published", "claims", "title"],
            form,
        )


def claims(
    about: About = None,
    document: Annotated[
        str | None, typer.Option("--document", help=_("Only of this document."))
    ] = None,
    status: Annotated[
        Status | None, typer.Option("--status", help=_("Only of this status."))
    ] = None,
    since: Since = None,
    until: Until = None,
    form: Form = Format.TABLE,
) -> None:
    with opened("claims") as node:
        found = node.claims(about=about, document=document, status=status, since=since, until=until)
        # a table has no room for them, and they cost as much as all claims
        grades = node.sources.of_claims() if form is not Format.TABLE else {}
        listing(
            labelled(
                node,
                found,
                lambda each: rows.claim(each, grades.get(each.id)),
                lambda each: (each.document,),
            ),
            ["id", "label", "status", "polarity", "modality", "type", "when", "source", "quote"],
            form,
        )


def chain(
    claim: Annotated[str, typer.Argument(help=_("The claim's id, or the beginning of it."))],
) -> None:
    with opened("chain") as node:
        for line in rows.chain_lines(node, node.claim(claim), LANGUAGE, _):
            typer.echo(line)


def events(
    about: About = None,
    since: Since = None,
    until: Until = None,
    place: Annotated[
        str | None, typer.Option("--place", help=_("A place that a claim names, in any script."))
    ] = None,
    type: Annotated[
        EventType | None, typer.Option("--type", help=_("Only those of this type."))
    ] = None,
    contested: Annotated[
        bool | None,
        typer.Option(
            "--contested/--uncontested",
            help=_("Only those with a contradiction that nobody settled or dismissed, or without."),
        ),
    ] = None,
    sort: Annotated[
        EventOrder,
        typer.Option(
            "--sort",
            help=_(
                "By what they are sorted: numbers and days from the greatest down, places by name."
            ),
        ),
    ] = EventOrder.DOCUMENTS,
    reverse: Reverse = False,
    form: Form = Format.TABLE,
) -> None:
    with opened("events") as node:
        found = node.events(
            about=about,
            since=since,
            until=until,
            place=place,
            type=type,
            contested=contested,
            order=sort,
            reverse=reverse,
        )
        cited = {} if form is Format.TABLE else node.cited(c for e in found for c in e.claims)
        listing(
            labelled(
                node,
                found,
                lambda each: event_rows.event(each, cited),
                lambda each: each.documents,
            ),
            ["id", "label", "type", "when", "roots", "documents", "claims", "headline"],
            form,
        )


def event(
    id: Annotated[str, typer.Argument(help=_("Its id, or the beginning of it."))],
    form: Form = Format.TABLE,
) -> None:
    if form is Format.CSV:
        raise UsageError("one event is no table; give json or jsonl")
    with opened("event") as node:
        (found,) = node.roots(node.event(id).id)
        if form is Format.TABLE:
            for line in event_rows.event_lines(node, found, LANGUAGE, _):
                typer.echo(line)
        else:
            shown = labelled(node, [found], event_rows.whole_event, lambda e: e.event.documents)
            listing(shown, [], form)


def conflicts(
    about: About = None,
    unsettled: Annotated[
        bool, typer.Option("--open", help=_("Only those that nobody settled or dismissed."))
    ] = False,
    near: Annotated[
        bool,
        typer.Option("--near", help=_("Those that only look contradictory, and why.")),
    ] = False,
    form: Form = Format.TABLE,
) -> None:
    with opened("conflicts") as node:
        if near:
            misses = node.near_misses(about=about)
            claims = node.cited(side for each in misses for side in (each.a, each.b))
            listing(
                labelled(
                    node,
                    misses,
                    lambda each: rows.near_miss(each, claims),
                    lambda each: (each.a, each.b),
                ),
                ["kind", "label", "a", "b", "why"],
                form,
            )
            return
        found = node.conflicts(about=about)
        if unsettled:
            found = node.settling.unsettled(found)
        settled = node.settling.of(found)
        claims = node.cited(side for each in found for side in (each.a, each.b))
        every = (rows.conflict(each, claims, settled.get(each.id)) for each in found)
        told = _told_once(every) if form is Format.TABLE else ([each] for each in every)
        listing(
            labelled(node, told, _first, _sides),
            ["id", "label", "kind", "state", "a", "b", "why"],
            form,
        )


def _told_once(found: Iterable[ConflictShape]) -> Iterable[list[ConflictShape]]:
    """Return the conflicts, those together that one sentence tells."""
    told: dict[tuple[str, str, str], list[ConflictShape]] = {}
    for row in found:
        told.setdefault((row["kind"], str(row["state"]), said(row["why"], _)), []).append(row)
    return told.values()


def _first(same: list[ConflictShape]) -> ConflictShape:
    """Return the first of the conflicts that one sentence tells, with how many there are."""
    first = same[0].copy()
    if len(same) > 1:
        first["why"] = _("{0} (of {1} conflicts)").format(said(first["why"], _), len(same))
    return first


def _sides(same: Iterable[SidesShape]) -> Iterator[str]:
    """Yield the claims that are set against each other."""
    for each in same:
        yield from (each["a"], each["b"])


def search(
    words: Annotated[
        list[str],
        typer.Argument(metavar="WORD...", help=_("Words; article and plural do not matter.")),
    ],
    limit: Annotated[
        int, typer.Option("--limit", min=1, help=_("So many documents at most."))
    ] = 50,
    form: Form = Format.TABLE,
) -> None:
    with opened("search") as node:
        found = node.search(" ".join(words), limit=limit)
        listing(
            labelled(node, found, rows.hit, lambda hit: (hit.document.id,)),
            ["document", "label", "title", "extract"],
            form,
        )
