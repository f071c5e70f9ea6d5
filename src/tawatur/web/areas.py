"""The pages of border notices: what is near a border when, whom to call, whom one reaches.

Areas are drawn over the outlines of land that come with the program. A notice is entered by
place names, or by GeoJSON that was drawn elsewhere; it shows no person and no track.
"""

# ruff: noqa: RUF009 - shown() only makes a field, as field() does

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from tawatur.errors import UsageError
from tawatur.model.area import BorderNotice, BorderStatus, Overlap, Ring, Sighting
from tawatur.model.desk import Step
from tawatur.node.desk import listed
from tawatur.node.seeing.positions import Grain, Position
from tawatur.web import rows, words
from tawatur.web.basemap import Basemap
from tawatur.web.contexts import Choice, Fact, Words, shown
from tawatur.web.desk import NOTHING, StepRow, fact_lines, laid_to, step_row
from tawatur.web.labels import labelled
from tawatur.web.late import Late, is_late, late, state_of, steps_since
from tawatur.web.map import HEIGHT, WIDTH
from tawatur.web.mercator import Window, around
from tawatur.web.ports import ShownNode
from tawatur.web.tables import csv_file
from tawatur.web.visits import Field, Sent, Visit, Visited, chosen

SHOWN = 100
"""Border notices that a page lists and draws."""

router = APIRouter(default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class DrawnArea:
    """The area of a border notice."""

    href: str = shown("The notice.")
    path: str = shown("Its outlines and holes, as a path.")
    title: str = shown("What and when, in words.")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A part of the world with areas in it."""

    base: Basemap = shown("What they are drawn on.")
    outlines: tuple[DrawnArea, ...] = shown("The areas.")


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One border notice."""

    id: str = shown("Its id.")
    href: str = shown("Its page.")
    what: str = shown("What is planned or was seen; of an existence, that there is something.")
    sighting: str = shown("Whether it is planned or was seen, in a word.")
    period: str = shown("From when to when, in words.")
    where: str = shown("The names by which the area was given; empty where there are none.")
    by: str = shown("Whose it is.")
    contact: str = shown("Whom to call.")
    status: str = shown("How it stands.")
    status_label: str = shown("That in a word.")
    disputed: str = shown("That different things were written at once; empty otherwise.")
    tlp: str = shown("The TLP word of its label; empty where it has none.")


@dataclass(frozen=True, slots=True)
class OverlapRow:
    """That there is something else."""

    period: str = shown("From when to when, in words.")
    contact: str = shown("Whom to call.")
    matched: bool = shown("Whether it is told to this node as the secretariat of both.")
    links: tuple[str, ...] = shown("The border notices that may be looked at.")


@dataclass(frozen=True, slots=True)
class BorderNoticesPage:
    """What is near a border."""

    template: ClassVar[str] = "border_notices.html"
    title: str = shown("Title of the page.")
    problem: str = shown("What was wrong with what was asked or sent; empty otherwise.")
    near: str = shown("Filter: a place.")
    at: str = shown("Filter: a date or interval.")
    over: bool = shown("Filter: also those that are withdrawn or past.")
    rows: tuple[NoticeRow, ...] = shown("The first notices.")
    more: bool = shown("Whether there are others.")
    overlaps: tuple[OverlapRow, ...] = shown("What overlaps, as far as it may be told.")
    drawing: Drawing = shown("Where they are.")
    export: str = shown("Address of all of them as GeoJSON.")
    table: str = shown("Address of all of them as CSV.")
    sightings: tuple[Choice, ...] = shown("Form: planned or seen.")
    what: str = shown("Form: what.")
    places: str = shown("Form: places, one on a line.")
    geojson: str = shown("Form: polygons as GeoJSON.")
    start: str = shown("Form: the first day.")
    end: str = shown("Form: the last day.")
    contact: str = shown("Form: whom to call.")
    matcher: str = shown("Form: the secretariat that may match.")


@dataclass(frozen=True, slots=True)
class BorderNoticePage:
    """One border notice."""

    template: ClassVar[str] = "border_notice.html"
    title: str = shown("Title of the page.")
    problem: str = shown("What was wrong with the form sent; empty otherwise.")
    row: NoticeRow = shown("What it says and how it stands.")
    facts: tuple[Fact, ...] = shown("What else is told of it.")
    drawing: Drawing = shown("Where it is.")
    reached: tuple[Fact, ...] = shown(
        "Partners whose area of interest it touches, and their leave."
    )
    overlaps: tuple[OverlapRow, ...] = shown("What it overlaps, as far as that may be told.")
    steps: tuple[StepRow, ...] = shown("Its steps, first recorded first.")
    seen: str = shown("What changed it last, as forms send it.")
    late: Late | None = shown("What was sent on an outdated look; None for nothing.")


@router.get("/border-notices")
def border_notices(visit: Visited, near: str = "", at: str = "", over: str = "") -> Response:
    """List and draw border notices, with a form to add one."""
    return _listed(visit, near=near, at=at, over=bool(over))


@router.get("/border-notices/export")
def export(visit: Visited, near: str = "", at: str = "", over: str = "") -> Response:
    """Give all notices of a filter as GeoJSON; what is wrong with it, if it cannot be read."""
    with visit.node() as node:
        found, wrong = _found(node, visit, near, at, over=bool(over))
        if wrong:
            return PlainTextResponse(wrong, 422)
        written = json.dumps(node.areas.geojson(found), ensure_ascii=False)
    return Response(written, media_type="application/geo+json")


@router.get("/border-notices.csv")
def table(visit: Visited, near: str = "", at: str = "", over: str = "") -> Response:
    """Give all notices of a filter for spreadsheets, or what is wrong as `export` does."""
    today = visit.room.clock().date()
    with visit.node() as node:
        found, wrong = _found(node, visit, near, at, over=bool(over))
        if wrong:
            return PlainTextResponse(wrong, 422)
        return csv_file(
            node, found, lambda each: listed.border_notice(each, today), listed.BORDER_NOTICES
        )


@router.post("/border-notices")
def add(
    visit: Sent,
    *,
    what: Field = "",
    places: Field = "",
    geojson: Field = "",
    start: Field = "",
    end: Field = "",
    contact: Field = "",
    matcher: Field = "",
    sighting: Field = "",
    finer: Field = "",
) -> Response:
    """Record a border notice, and hold it against the others."""
    given = {"what": what, "places": places, "geojson": geojson, "start": start}
    given |= {"end": end, "contact": contact, "matcher": matcher}
    problem = visit.refusal(
        lambda node: node.areas.add(
            what,
            contact=contact,
            start=start.strip(),
            end=end.strip() or None,
            places=places.splitlines(),
            geojson=geojson.strip() or None,
            sighting=chosen(Sighting, sighting),
            fine=bool(finer),
            matcher=matcher.strip() or None,
        )
    )
    if problem:
        return _listed(visit, form=given, problem=problem)
    return RedirectResponse("/border-notices", 303)


@router.get("/border-notices/{key}")
def border_notice(visit: Visited, key: str) -> Response:
    """Show one border notice: where, whom it reaches, what it overlaps, its steps."""
    return _one(visit, key)


@router.post("/border-notices/{key}")
def withdraw(visit: Sent, *, key: str, why: Field = "") -> Response:
    """Record that a border notice does not hold any more."""
    problem = visit.refusal(lambda node: node.areas.withdraw(key, why), key)
    if problem:
        return _one(visit, key, problem)
    return RedirectResponse(rows.address("border-notices", key), 303)


# ------------------------------------------------------------ within


def _found(
    node: ShownNode, visit: Visit, near: str, at: str, *, over: bool, limit: int | None = None
) -> tuple[tuple[BorderNotice, ...], str]:
    """Return the notices that a filter asks for, or any and what is wrong with the filter."""
    try:
        where = node.areas.area([near]) if near.strip() else None
        return node.areas.notices(near=where, at=at.strip() or None, over=over, limit=limit), ""
    except UsageError as error:
        found = node.areas.notices(over=over, limit=limit)
        return found, words.sentence(error, visit.speech.translate)


def _listed(
    visit: Visit,
    *,
    near: str = "",
    at: str = "",
    over: bool = False,
    form: Mapping[str, str] = NOTHING,
    problem: str = "",
) -> Response:
    with visit.node() as node:
        found, wrong = _found(node, visit, near, at, over=over, limit=SHOWN + 1)
        found, more = found[:SHOWN], len(found) > SHOWN
        overlaps = node.areas.overlaps()
        shown_ = labelled(node, (_row(each, visit) for each in found))
    asked = {"near": near, "at": at, **({"over": "1"} if over else {})}
    return visit.show(
        BorderNoticesPage(
            title=visit("Border notices"),
            problem=problem or wrong,
            near=near,
            at=at,
            over=over,
            rows=shown_,
            more=more,
            overlaps=tuple(_overlap_row(each, visit) for each in overlaps),
            drawing=_drawing(found, visit),
            export=rows.address("border-notices", "export", **asked),
            table=rows.address("border-notices.csv", **asked),
            sightings=rows.choices(Sighting, Sighting.PLANNED, visit.speech),
            what=form.get("what", ""),
            places=form.get("places", ""),
            geojson=form.get("geojson", ""),
            start=form.get("start", ""),
            end=form.get("end", ""),
            contact=form.get("contact", ""),
            matcher=form.get("matcher", ""),
        ),
        422 if problem or wrong else 200,
    )


def _one(visit: Visit, key: str, problem: str = "") -> Response:
    with visit.node() as node:
        item = node.areas.notice(key)
        history = node.areas.history(item.id)
        page = BorderNoticePage(
            title=visit("Border notice"),
            problem=problem,
            row=labelled(node, [_row(item, visit)])[0],
            facts=(
                *fact_lines(
                    (visit("By"), item.by),
                    (visit("When"), _period(item.start, item.end, visit)),
                    (visit("Where"), item.place),
                    (visit("Contact"), item.contact),
                    (visit("Secretariat that may match"), item.matcher),
                ),
                *laid_to(item.id, node, visit),
            ),
            drawing=_drawing([item], visit),
            reached=tuple(
                Fact(
                    each.name,
                    Words(visit(each.gives.reason), "", "auto"),
                    each.interest.place or "",
                )
                for each in node.areas.reached(item.id)
            ),
            overlaps=tuple(_overlap_row(o, visit) for o in node.areas.overlaps(item.id)),
            steps=tuple(step_row(step, node, visit) for step in history),
            seen=state_of(node, item.id),
            late=_late(visit, node, item, history) if is_late(visit, node, item.id) else None,
        )
    return visit.show(page, 422 if problem else 200)


def _late(
    visit: Visit, node: ShownNode, item: BorderNotice, history: Sequence[Step[BorderNotice]]
) -> Late:
    """Return what a form asked for, beside the steps taken since.

    What is withdrawn by now is not withdrawn again.
    """
    yours = (visit("Withdraw it"), visit.sent.one("why"))
    since = steps_since(visit, node, item.id, history)
    action = "" if item.status is BorderStatus.WITHDRAWN else None
    return late(visit, state_of(node, item.id), yours, since, action=action)


def _row(item: BorderNotice, visit: Visit) -> NoticeRow:
    past = item.status is BorderStatus.OPEN and item.over(visit.room.clock().date())
    return NoticeRow(
        id=item.id,
        href=rows.address("border-notices", item.id),
        what=visit("there is something; call the contact") if item.existence else item.what,
        sighting=words.label(item.sighting, visit),
        period=_period(item.start, item.end, visit),
        where=item.place or "",
        by=item.by,
        contact=item.contact,
        status="over" if past else item.status.value,
        status_label=visit("over") if past else words.label(item.status, visit),
        disputed=visit("Written at once, to be settled by a step: {0}").format(
            visit.speech.listed(words.label(status, visit) for status in item.rivals)
        )
        if item.rivals
        else "",
        tlp="",
    )


def _overlap_row(found: Overlap, visit: Visit) -> OverlapRow:
    return OverlapRow(
        period=_period(found.first.isoformat(), found.last.isoformat(), visit),
        contact=visit.speech.listed(found.contacts),
        matched=found.matched,
        links=tuple(rows.address("border-notices", each) for each in found.notices),
    )


def _period(first: str, last: str, visit: Visit) -> str:
    """Return from when to when in words, with the hours (UTC) where a notice tells them."""
    if "T" in first and "T" in last:
        begin, end = datetime.fromisoformat(first), datetime.fromisoformat(last)
        if begin.date() != end.date():
            minutes = (words.minute(each, visit.speech.language) for each in (begin, end))
            return visit("{0} to {1}").format(*minutes)
        hours = words.isolate(f"{begin:%H:%M}–{end:%H:%M} UTC")
        return visit.speech.listed((visit.speech.day(begin), hours))
    if first == last:
        return visit.speech.when(first)
    return visit.speech.when(f"{first}/{last}")


def _drawing(found: Sequence[BorderNotice], visit: Visit) -> Drawing:
    """Return the window that shows the areas of some notices, with them in it."""
    corners = [
        Position(Grain.DISTRICT, "", latitude, longitude, 0)
        for item in found
        for rings in item.area.polygons
        for longitude, latitude in rings[0]
    ]
    view = around(corners, WIDTH, HEIGHT)
    return Drawing(Basemap.of(view), tuple(_outline(item, view, visit) for item in found))


def _outline(item: BorderNotice, view: Window, visit: Visit) -> DrawnArea:
    row = _row(item, visit)
    lines = (_line(ring, view) for rings in item.area.polygons for ring in rings)
    return DrawnArea(row.href, " ".join(lines), f"{row.what}: {row.period}")


def _line(ring: Ring, view: Window) -> str:
    points: Iterator[tuple[float, float]] = (view.at(y, x) for x, y in ring)
    return "M" + " ".join(f"{x},{y}" for x, y in points) + "Z"
