"""What does a page hear while it lies open: what came, who has the same open, that it changed?

A stream of server-sent events. What it tells was worked out already and may be seen by whoever
listens; each look is put off while another request has the node, so that no page waits for
it. People of one organisation are told of each other where they have the same thing open, and
nobody of people elsewhere: that would say what these may see.

Without script a page tells the same when it is loaded again, and a form sent on an outdated
state is refused (`tawatur.web.review`).
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response, StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from tawatur.model.account import Person
from tawatur.node.seeing.live import Tally
from tawatur.web import words
from tawatur.web.visits import LIVE, Visit, Visited

PAUSE = 1.0
"""Seconds between two looks."""

BEATS = 300
"""Looks of one stream; then the browser asks for another, under the language of that time."""

AGAIN = 3_000
"""Milliseconds after which a browser that lost its stream asks for another."""

PATIENCE = 0.2
"""Seconds that a look waits for the node; then it is the next look's turn."""

MOST = 200
"""Streams at once; further ones are told not to come back."""

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Seat:
    """One page that lies open: whose it is, and what it shows."""

    person: Person | None
    thing: str

    def beside(self, other: "Seat") -> bool:
        """Return whether another has the same open, of whom this one may hear."""
        mine, theirs = self.person, other.person
        return (
            bool(self.thing)
            and self.thing == other.thing
            and mine is not None
            and theirs is not None
            and mine.organisation == theirs.organisation
            and mine.actor != theirs.actor
        )


class Seats:
    """The pages that lie open; used from the event loop alone."""

    def __init__(self) -> None:
        self._taken: dict[object, Seat] = {}

    @property
    def full(self) -> bool:
        """Whether there is no room for another."""
        return len(self._taken) >= MOST

    @contextmanager
    def taken(self, seat: Seat) -> Iterator[None]:
        """Have ``seat`` taken."""
        key = object()
        self._taken[key] = seat
        try:
            yield
        finally:
            del self._taken[key]

    def names_beside(self, seat: Seat) -> tuple[str, ...]:
        """Return who else has the same open, each once, by name."""
        beside = filter(seat.beside, self._taken.values())
        return tuple(sorted({other.person.name for other in beside if other.person is not None}))


@router.get(LIVE)
def live(visit: Visited, thing: str = "", state: str = "", coming: str = "") -> Response:
    """Tell what changes; whoever does not accept a stream of events is told once.

    Args:
        visit: Who listens.
        thing: The id of what the page shows; empty for a list.
        state: The entry that changed it last when the page was made.
        coming: Not empty where the page says that something is still being worked in.
    """
    seats: Seats = visit.request.app.state.seats
    if seats.full:
        return Response(status_code=204)
    with visit.node() as node:
        if not node.live.sees(thing):
            thing = ""
    listening = "text/event-stream" in visit.request.headers.get("accept", "")
    watch = _Watch(visit, thing, state, -1 if coming else 0)
    told = _told(watch, seats, Seat(visit.person, thing), BEATS if listening else 1)
    return StreamingResponse(told, media_type="text/event-stream")


async def _told(watch: "_Watch", seats: Seats, seat: Seat, beats: int) -> AsyncIterator[str]:
    """Yield the events of one stream."""
    beside: tuple[str, ...] = ()
    with seats.taken(seat):
        yield f"retry: {AGAIN}\n\n"
        for beat in range(beats):
            if beat:
                await asyncio.sleep(PAUSE)
            try:
                events = await run_in_threadpool(watch.look)
            except HTTPException:
                return  # the session ended
            for kind, text in events:
                yield _event(kind, text)
            if beside != (beside := seats.names_beside(seat)):
                yield _event("here", _beside(watch.visit, beside))
            elif beat % 15 == 14:
                yield ":\n\n"  # a browser that is gone is noticed


def _beside(visit: Visit, names: tuple[str, ...]) -> str:
    if not names:
        return ""
    return visit("Also open before: {0}").format(" · ".join(map(words.isolate, names)))


def _event(kind: str, text: str) -> str:
    """Return one event; its text is one line."""
    return f"event: {kind}\ndata: {' '.join(text.split())}\n\n"


class _Watch:
    """What one stream told last."""

    def __init__(self, visit: Visit, thing: str, state: str, coming: int) -> None:
        self.visit, self._thing, self._state, self._coming = visit, thing, state, coming
        self._position: tuple[int, ...] | None = None
        self._first: Tally | None = None

    def look(self) -> list[tuple[str, str]]:
        """Return the events since the last look: kinds and texts.

        Raises:
            HTTPException: The session ended, or the account lets nobody in any more.
        """
        room = self.visit.room
        session = room.guard.lasting(self.visit.session)
        if session is None:
            raise HTTPException(401)
        if not room.lock.acquire(timeout=PATIENCE):
            return []
        try:
            position = room.node.live.position()
            if position == self._position:
                return []
            person = room.person_held(session)
            node = room.node if person is None else room.node.asked_by(person)
            tally = node.live.tally()
            last = node.live.last(self._thing) if self._thing else None
        finally:
            room.lock.release()
        self._position = position
        found = []
        if self._first is None:
            self._first = tally
        if (tally.documents, tally.claims) != (self._first.documents, self._first.claims):
            found.append(("news", self._news(tally)))
        if tally.unread != self._coming:
            self._coming = tally.unread
            found.append(("coming", words.coming(tally.unread, self.visit)))
        if last is not None and last.entry != self._state:
            self._state = last.entry
            said = self.visit("{0} changed this since the page was made.")
            found.append(("changed", said.format(words.isolate(last.by))))
        return found

    def _news(self, now: Tally) -> str:
        """Return what came since the stream began, in words."""
        assert self._first is not None  # noqa: S101 - the first look has been
        visit, came = self.visit, max(0, now.documents - self._first.documents)
        return visit("New since this page was made: documents {0}, claims {1}.").format(
            came, max(0, now.claims - self._first.claims)
        )
