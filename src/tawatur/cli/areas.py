"""The commands of border notices: what is near a border when, whom it reaches, what overlaps."""

import json
from pathlib import Path
from typing import Annotated

import typer

from tawatur.cli import desk_rows as rows
from tawatur.cli.output import listing
from tawatur.cli.post_rows import unproven_lines
from tawatur.cli.shared import Form, Format, Out, Why, content, names_of, opened, write
from tawatur.cli.shared import translate as _
from tawatur.i18n import said
from tawatur.model.area import Overlap, Sighting
from tawatur.node.desk import listed
from tawatur.node.desk.areas import Noted
from tawatur.node.labelled import labelled
from tawatur.tables import Row

Id = Annotated[str, typer.Argument(help=_("Its id, or the beginning of it."))]
Near = Annotated[
    list[str] | None,
    typer.Option(
        "--near", help=_("A place, its country behind a comma: 'Tessalit, Mali'; may be repeated.")
    ),
]
InFile = Annotated[Path | None, typer.Option("--area", help=_("A GeoJSON file of polygons."))]
Contact = Annotated[str | None, typer.Option("--contact", help=_("Whom to call about it."))]
From = Annotated[
    str | None,
    typer.Option("--from", help=_("The first day; with --finer also 2031-06-15T06:30+01:00.")),
]
UntilDay = Annotated[
    str | None, typer.Option("--until", help=_("The last day; the first if none."))
]
Finer = Annotated[
    bool, typer.Option("--finer", help=_("Keep area and times finer than district and day."))
]
Seen = Annotated[Sighting, typer.Option("--as", help=_("Whether it is planned or was seen."))]
Matcher = Annotated[
    str | None,
    typer.Option(
        "--matcher", help=_("The secretariat that may tell of overlaps that nobody else may.")
    ),
]
Evidence = Annotated[
    list[str] | None,
    typer.Option("--evidence", help=_("A claim that tells of it; may be repeated.")),
]
Partner = Annotated[str, typer.Argument(help=_("A partner's name or id."))]


def border_notices(
    near: Near = None,
    area: InFile = None,
    at: Annotated[
        str | None, typer.Option("--at", help=_("A date or interval that they touch."))
    ] = None,
    over: Annotated[
        bool, typer.Option("--over", help=_("Also those that are withdrawn or past."))
    ] = False,
    limit: Annotated[int | None, typer.Option("--limit", help=_("How many at most."))] = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    with opened("border-notices") as node:
        where = node.areas.area(near or (), _file(area)) if near or area else None
        found = node.areas.notices(near=where, at=at, over=over, limit=limit)
        if out is not None:
            write(out, json.dumps(node.areas.geojson(found), ensure_ascii=False).encode())
            return
        today = node.now().date()
        listing(
            labelled(node, found, lambda each: listed.border_notice(each, today)),
            listed.BORDER_NOTICES,
            form,
        )


def add(
    what: Annotated[str, typer.Argument(help=_("What is planned or was seen."))],
    contact: Annotated[str, typer.Option("--contact", help=_("Whom to call about it."))],
    start: Annotated[
        str,
        typer.Option("--from", help=_("The first day; with --finer also 2031-06-15T06:30+01:00.")),
    ],
    end: UntilDay = None,
    near: Near = None,
    area: InFile = None,
    by: Annotated[
        str | None, typer.Option("--by", help=_("Whose it is, if not your organisation's."))
    ] = None,
    sighting: Seen = Sighting.PLANNED,
    fine: Finer = False,
    matcher: Matcher = None,
    to: Annotated[
        list[str] | None,
        typer.Option("--to", help=_("A partner who may have it; may be repeated.")),
    ] = None,
    circle: Annotated[
        list[str] | None,
        typer.Option(
            "--circle", help=_("A community whose members may have it, or COMMUNITY:tier.")
        ),
    ] = None,
    existence: Annotated[
        bool,
        typer.Option("--existence", help=_("They may only learn that there is something.")),
    ] = False,
    evidence: Evidence = None,
) -> None:
    with opened("border-notice add") as node:
        _show(
            node.areas.add(
                what,
                contact=contact,
                start=start,
                end=end,
                places=near or (),
                geojson=_file(area),
                by=by,
                sighting=sighting,
                fine=fine,
                matcher=matcher,
                to=to or (),
                circles=circle or (),
                existence=existence,
                evidence=evidence or (),
            )
        )


def change(
    id: Id,
    what: Annotated[
        str | None, typer.Option("--what", help=_("In other words than before."))
    ] = None,
    contact: Contact = None,
    start: From = None,
    end: UntilDay = None,
    near: Near = None,
    area: InFile = None,
    sighting: Annotated[
        Sighting | None, typer.Option("--as", help=_("Whether it is planned or was seen."))
    ] = None,
    fine: Annotated[
        bool | None,
        typer.Option(
            "--finer/--coarser", help=_("Keep area and times finer than district and day.")
        ),
    ] = None,
    matcher: Matcher = None,
    evidence: Evidence = None,
) -> None:
    with opened("border-notice change") as node:
        _show(
            node.areas.change(
                id,
                what=what,
                contact=contact,
                start=start,
                end=end,
                places=near or (),
                geojson=_file(area),
                sighting=sighting,
                fine=fine,
                matcher=matcher,
                evidence=evidence or (),
            )
        )


def withdraw(id: Id, why: Why) -> None:
    with opened("border-notice withdraw") as node:
        changed = node.areas.withdraw(id, why)
        typer.echo(f"{changed.id}: {_(changed.status)}")


def show(id: Id) -> None:
    with opened("border-notice show") as node:
        item, names = node.areas.notice(id), names_of(node)
        for line in rows.border_lines(item, node.now().date(), names, _):
            typer.echo(line)
        for each in node.areas.reached(item.id):
            place = each.interest.place or each.interest.id
            line = _("reaches {0} ({1}): {2}")
            typer.echo(line.format(each.name, place, _(each.gives.reason)))
        for overlap in node.areas.overlaps(item.id):
            typer.echo(_overlap(overlap))
        for step in node.areas.history(item.id):
            typer.echo(rows.step_line(step, names.get(step.by, step.by), _))
        for line in unproven_lines(node, item.id):
            typer.echo(line)


def check(id: Id) -> None:
    with opened("border-notice check") as node:
        probe = node.areas.check(id)
        if probe.over:
            typer.echo(_("compared too often today; look again tomorrow"))
        for overlap in node.areas.overlaps(probe.notice):
            typer.echo(_overlap(overlap))


def overlaps(form: Form = Format.TABLE) -> None:
    with opened("border-notice overlaps") as node:
        found = labelled(node, node.areas.overlaps(), _overlap_row, lambda each: each.notices)
        listing(found, ["from", "until", "contacts", "notices", "label"], form)


def send(id: Id) -> None:
    with opened("border-notice send") as node:
        names = names_of(node)
        for each in node.areas.send(id):
            typer.echo(f"{names.get(each.piece.party, each.piece.party)}: {said(each.why, _)}")


def interest(partner: Partner, near: Near = None, area: InFile = None) -> None:
    with opened("border-notice interest") as node:
        typer.echo(node.areas.interest(partner, near or (), _file(area)).id)


def interests(form: Form = Format.TABLE) -> None:
    with opened("border-notice interests") as node:
        names = names_of(node)
        found = (
            {"id": each.id, "partner": names.get(each.party, each.party), "place": each.place}
            for each in node.areas.interests()
        )
        listing(found, ["id", "partner", "place"], form)


def no_interest(id: Id) -> None:
    with opened("border-notice no-interest") as node:
        typer.echo(node.areas.disinterest(id).id)


# ------------------------------------------------------------ within


def _file(path: Path | None) -> bytes | None:
    return None if path is None else content(path)


def _show(noted: Noted) -> None:
    typer.echo(noted.notice.id)
    for line in noted.said:
        typer.echo(said(line, _), err=True)
    for overlap in noted.overlaps:
        typer.echo(_overlap(overlap), err=True)


def _overlap_row(found: Overlap) -> Row:
    return {
        "from": found.first.isoformat(),
        "until": found.last.isoformat(),
        "contacts": list(found.contacts),
        "matched": found.matched,
        "notices": list(found.notices),
    }


def _overlap(found: Overlap) -> str:
    line = _("there is something in this area from {0} to {1}: call {2}")
    return line.format(found.first, found.last, ", ".join(found.contacts))
