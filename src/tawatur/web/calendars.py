"""The calendar: what is on when, the addresses under which others read it, and what they get."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from tawatur.errors import UsageError
from tawatur.model.calendar import CalendarAddress, Occasion
from tawatur.web import rows, words
from tawatur.web.contexts import shown
from tawatur.web.visits import Field, Outside, Sent, Visit, Visited

router = APIRouter(default_response_class=HTMLResponse)

MOST = 200
"""Occasions that the page shows."""

_TYPES = {
    "ics": "text/calendar; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
}
_PLACES = {"meeting": "meetings", "commitment": "commitments", "request": "requests"}


@dataclass(frozen=True, slots=True)
class OccasionRow:
    """One thing on a day."""

    href: str = shown("Address of the item.")
    when: str = shown("When, in words.")
    hours: str = shown("From when to when, by whose clocks; empty where no hour is told.")
    kind: str = shown("What it is, in a word.")
    what: str = shown("Its words.")
    party: str = shown("Who owes it; empty when not told.")
    why: str = shown("Why it stands here.")
    cancelled: bool = shown("Whether it was cancelled.")


@dataclass(frozen=True, slots=True)
class AddressRow:
    """An address under which a calendar is read."""

    id: str = shown("Its id.")
    name: str = shown("Whose calendar.")
    revoked: str = shown("Why it leads to nothing any more; empty while it holds.")


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """What is on when."""

    template: ClassVar[str] = "calendar.html"
    title: str = shown("Title of the page.")
    rows: tuple[OccasionRow, ...] = shown("The occasions from today on, the earliest first.")
    more: int = shown("Occasions that are not shown.")
    addresses: tuple[AddressRow, ...] = shown("The addresses that were given.")
    address: str = shown("A new address, shown this once; empty otherwise.")
    problem: str = shown("What was wrong with the form sent; empty otherwise.")


@router.get("/calendar")
def calendar(visit: Visited) -> Response:
    """Show what is on when, with the addresses that were given."""
    return _calendar(visit)


@router.get("/calendar.ics")
def own(visit: Visited) -> Response:
    """Give the calendar of whoever asks as a file."""
    with visit.node() as node:
        file = node.calendars.ics(language=visit.speech.language)
    return Response(file, media_type=_TYPES["ics"])


@router.post("/calendar")
def give(visit: Sent, *, whose: Field = "") -> Response:
    """Make an address of a calendar, and show it this once."""
    made: list[tuple[CalendarAddress, str]] = []
    problem = visit.refusal(lambda node: made.append(node.calendars.give(whose.strip() or None)))
    if problem:
        return _calendar(visit, problem=problem)
    address = str(visit.request.base_url) + rows.address("calendar", f"{made[0][1]}.ics")[1:]
    return _calendar(visit, address=address)


@router.post("/calendar/{key}/revoke")
def revoke(visit: Sent, *, key: str, why: Field = "") -> Response:
    """Revoke an address."""
    problem = visit.refusal(lambda node: node.calendars.revoke(key, why))
    return _calendar(visit, problem=problem) if problem else RedirectResponse("/calendar", 303)


@router.get("/calendar/{word}.{form}")
def file_under(visit: Outside, word: str, form: str) -> Response:
    """Give the file under an address to whoever has it, without a session."""
    room = visit.room
    if form not in _TYPES:
        raise HTTPException(404)
    with room.lock:
        try:
            file = room.node.calendars.read(word, form, language=visit.speech.language)
        except UsageError as error:
            return PlainTextResponse(words.sentence(error, visit.speech.translate), 410)
    if file is None:  # nothing that tells it from any other closed address
        raise HTTPException(401 if room.guard.by_name else 403)
    return Response(file, media_type=_TYPES[form])


def _calendar(visit: Visit, *, address: str = "", problem: str = "") -> Response:
    today = visit.room.clock().date()
    with visit.node() as node:
        ahead = [each for each in node.calendars.occasions() if each.last >= today]
        addresses = node.calendars.given()
    context = CalendarPage(
        title=visit("Calendar"),
        rows=tuple(_row(each, visit) for each in ahead[:MOST]),
        more=max(0, len(ahead) - MOST),
        addresses=tuple(AddressRow(each.id, each.name, each.revoked or "") for each in addresses),
        address=address,
        problem=problem,
    )
    return visit.show(context, 422 if problem else 200)


def _row(occasion: Occasion, visit: Visit) -> OccasionRow:
    begins, ends = occasion.begins, occasion.ends
    edtf, hours = begins.isoformat(), ""
    if isinstance(begins, datetime) and isinstance(ends, datetime):
        edtf = begins.date().isoformat()
        hours = f"{begins:%H:%M}–{ends:%H:%M} {begins.tzinfo}"
    elif begins != ends:
        edtf = f"{begins.isoformat()}/{ends.isoformat()}"
    place = _PLACES.get(occasion.kind, "reviews")
    if occasion.item.startswith("mt-"):
        place = "meetings"
    return OccasionRow(
        href=rows.address(place, occasion.item),
        when=visit.speech.when(edtf),
        hours=hours,
        kind=words.label(occasion.kind, visit),
        what=occasion.what,
        party=occasion.party or "",
        why=visit.speech.tells(occasion.why),
        cancelled=occasion.cancelled,
    )
