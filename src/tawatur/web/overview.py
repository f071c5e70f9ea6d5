"""The first page: what is new since a person last said so, what waits, and what is held.

A look is kept in the person's browser alone. Charts are tables with a bar in each row, drawn
by the server.
"""

# ruff: noqa: RUF009 - shown() only makes a field, as field() does

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tawatur.model.picture import RootInterval
from tawatur.model.reading import EventType
from tawatur.node.seeing.recent import Retold
from tawatur.web import desk, rows, words
from tawatur.web.claim_rows import conflict_rows
from tawatur.web.contexts import ConflictRow, Count, DeskRow, DocumentRow, Words, shown
from tawatur.web.labels import labelled
from tawatur.web.visits import Visit, Visited

LATEST = 8
"""Documents and desk items shown on the first page."""

LONG_WAIT = 30
"""Days after which a request counts as waiting long."""

YEAR = 365 * 24 * 3600

_LOOK = "tawatur-look"

router = APIRouter(default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class RetoldRow:
    """An event that new documents tell of as well as old ones."""

    href: str = shown("The event's page.")
    headline: Words = shown("The words of the claim that stands for it.")
    before: str = shown("Its independent roots without what is new, in words.")
    now: str = shown("Its independent roots, in words.")
    changed: bool = shown("Whether the two differ.")
    claims: int = shown("How many of its claims are new.")


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar of a chart."""

    label: Words = shown("What is counted.")
    count: int = shown("How many.")
    width: str = shown("Its length, as a share of the longest.")


@dataclass(frozen=True, slots=True)
class Chart:
    """Claims counted by something."""

    title: str = shown("By what.")
    bars: tuple[BarRow, ...] = shown("The bars.")


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """The first page."""

    template: ClassVar[str] = "overview.html"
    title: str = shown("Title of the page.")
    counts: tuple[Count, ...] = shown("The lists, and how much is in them.")
    languages: tuple[Count, ...] = shown("Documents per language.")
    since: str = shown("When the person last said that all is seen; empty for never.")
    new: int = shown("How many documents came since; all for never.")
    seen: str = shown("Address that says that all is seen now.")
    documents: tuple[DocumentRow, ...] = shown("The latest of them.")
    retold: tuple[RetoldRow, ...] = shown("Events that are told again.")
    conflicts: tuple[ConflictRow, ...] = shown("Contradictions that touch them.")
    overdue: tuple[DeskRow, ...] = shown("Commitments past their due date.")
    waiting: tuple[DeskRow, ...] = shown("Requests that wait longest.")
    charts: tuple[Chart, ...] = shown("Claims by type, publisher and time.")


@router.get("/")
def overview(visit: Visited) -> Response:
    """Show what is new, what waits and what is held."""
    look = _time(visit.request.cookies.get(_LOOK, ""))
    with visit.node() as node:
        counts, held, since = node.overview(), node.recent.held(), node.recent.since(look)
        contradicted = conflict_rows(node, since.contradicted[:3], visit.speech)
        late = node.desk.commitments(overdue=True, limit=LATEST)
        waiting = node.desk.requests(waiting=LONG_WAIT, limit=LATEST)
        page = OverviewPage(
            title=visit("Overview"),
            counts=(
                Count(visit("Documents"), counts.documents, "/documents"),
                Count(visit("Claims"), counts.claims, "/claims"),
                Count(visit("Claims nobody has judged"), counts.proposed, "/review"),
                Count(visit("Events"), counts.events, "/events"),
                Count(visit("Conflicts"), counts.conflicts, "/conflicts"),
                Count(visit("Commitments"), counts.commitments, "/commitments"),
                Count(visit("Requests"), counts.requests, "/requests"),
            ),
            languages=tuple(
                Count(rows.language_name(code, visit.speech), number, "")
                for code, number in counts.languages
            ),
            since=words.minute(look, visit.speech.language) if look else "",
            new=since.documents,
            seen=rows.address("seen", at=visit.room.clock().isoformat(timespec="seconds")),
            documents=tuple(rows.document_row(line, visit.speech) for line in since.lines),
            retold=tuple(_retold_row(each, visit) for each in since.retold),
            conflicts=contradicted,
            overdue=labelled(node, (desk.commitment_row(c, node, visit) for c in late)),
            waiting=labelled(node, (desk.request_row(r, node, visit) for r in waiting)),
            charts=(
                _chart(
                    visit("By type"),
                    [(visit.speech.own(_type(t, visit)), n) for t, n in held.types],
                ),
                _chart(
                    visit("By publisher"), [(rows.name(name), n) for name, n in held.publishers]
                ),
                _chart(
                    visit("By time of publication"),
                    [(visit.speech.own(visit.speech.when(time)), n) for time, n in held.times],
                ),
            ),
        )
    return visit.show(page)


@router.get("/seen")
def seen(visit: Visited, at: str = "") -> Response:
    """Keep in this browser that all is seen, and return."""
    answer = RedirectResponse("/", 303)
    if _time(at) is not None:
        answer.set_cookie(_LOOK, at, max_age=YEAR, httponly=True, samesite="strict")
    return answer


def _time(given: str) -> datetime | None:
    """Return a time with its zone, None for anything else."""
    try:
        time = datetime.fromisoformat(given)
    except ValueError:
        return None
    return time if time.tzinfo else None


def _retold_row(retold: Retold, visit: Visit) -> RetoldRow:
    event = retold.event
    before, now = _interval(retold.before, visit), _interval(event.roots, visit)
    return RetoldRow(
        href=rows.address("events", event.id),
        headline=rows.foreign(event.headline, event.language),
        before=before,
        now=now,
        changed=before != now,
        claims=retold.claims,
    )


def _interval(roots: RootInterval, visit: Visit) -> str:
    return visit("at least {0}, at most {1}").format(roots.at_least, roots.at_most)


def _type(given: str, visit: Visit) -> str:
    return words.label(EventType(given), visit)


def _chart(title: str, counted: list[tuple[Words, int]]) -> Chart:
    most = max((count for _, count in counted), default=1) or 1
    bars = tuple(BarRow(label, count, f"{100 * count / most:.1f}%") for label, count in counted)
    return Chart(title, bars)
