"""The pages of subjects: saved questions, and what came on each since whoever asks looked.

To look changes nothing; that all is seen is said by a button.
"""

# ruff: noqa: RUF009 - shown() only makes a field, as field() does

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tawatur.model.reading import EventType
from tawatur.model.subject import Look, Subject
from tawatur.node.desk.digests import feed as atom
from tawatur.node.desk.digests import sums
from tawatur.web import rows, words
from tawatur.web.claim_rows import claim_rows
from tawatur.web.contexts import Choice, ClaimRow, Fact, shown
from tawatur.web.desk import fact_lines
from tawatur.web.visits import Field, Sent, Visit, Visited, chosen

SHOWN = 200
"""Claims of a subject that a page shows."""

router = APIRouter(default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """One subject."""

    href: str = shown("Its page.")
    name: str = shown("What it is called.")
    asks: tuple[Fact, ...] = shown("Its words, places, actors and types, each kind by its name.")


@dataclass(frozen=True, slots=True)
class SubjectsPage:
    """The saved questions."""

    template: ClassVar[str] = "subjects.html"
    title: str = shown("Title of the page.")
    problem: str = shown("What was wrong with the form sent; empty otherwise.")
    rows: tuple[SubjectRow, ...] = shown("The subjects.")
    types: tuple[Choice, ...] = shown("Form: types to choose from.")


@dataclass(frozen=True, slots=True)
class SubjectPage:
    """What came on one subject."""

    template: ClassVar[str] = "subject.html"
    title: str = shown("Title of the page.")
    row: SubjectRow = shown("What is asked.")
    since: str = shown("Since when, in words; empty where all is shown.")
    claims: tuple[ClaimRow, ...] = shown("The claims, each with its speaker.")
    more: int = shown("Claims that are not shown.")
    facts: tuple[Fact, ...] = shown("Who is named, dates, events.")
    sums: tuple[str, ...] = shown("What the sums come to, or that none is stated.")
    everything: str = shown("Address of all that there is; empty where that is shown.")
    feed: str = shown("Address of these as a feed.")


@router.get("/subjects")
def subjects(visit: Visited) -> Response:
    """List the saved questions, with a form to add one."""
    return _listed(visit)


@router.post("/subjects")
def add(
    visit: Sent,
    *,
    name: Field = "",
    words: Field = "",
    places: Field = "",
    actors: Field = "",
    type: Field = "",  # noqa: A002 - the field's word
) -> Response:
    """Save a question."""
    problem = visit.refusal(
        lambda node: node.subjects.add(
            name,
            words=_lines(words),
            places=_lines(places),
            actors=_lines(actors),
            types=(chosen(EventType, type),) if type else (),
        )
    )
    return _listed(visit, problem) if problem else RedirectResponse("/subjects", 303)


@router.get("/subjects/{key}")
def subject(visit: Visited, key: str, everything: str = "") -> Response:
    """Show what came on a subject since whoever asks said that all is seen."""
    with visit.node() as node:
        look = node.subjects.look(key, everything=bool(everything), note=False)
        claims = claim_rows(node, look.claims[:SHOWN], visit.speech)
    row = _row(look.subject, visit)
    return visit.show(
        SubjectPage(
            title=visit("Subject"),
            row=row,
            since=visit.speech.when(f"{look.since:%Y-%m-%d}") if look.since else "",
            claims=claims,
            more=max(0, len(look.claims) - SHOWN),
            facts=tuple(_facts(look, visit)),
            sums=tuple(sums(look, visit)),
            everything="" if look.since is None else f"{row.href}?everything=1",
            feed=f"{row.href}/feed",
        )
    )


@router.get("/subjects/{key}/feed")
def feed(visit: Visited, key: str) -> Response:
    """Give all that is on a subject as an Atom feed."""
    with visit.node() as node:
        look = node.subjects.look(key, everything=True, note=False)
    return Response(atom(look, visit), media_type="application/atom+xml")


@router.post("/subjects/{key}")
def seen(visit: Sent, *, key: str, remove: Field = "") -> Response:
    """Note that what is on a subject was seen, or ask it no more."""
    problem = visit.refusal(
        lambda node: node.subjects.remove(key) if remove else node.subjects.look(key)
    )
    if problem:
        return _listed(visit, problem)
    return RedirectResponse("/subjects" if remove else rows.address("subjects", key), 303)


def _listed(visit: Visit, problem: str = "") -> Response:
    with visit.node() as node:
        known = node.subjects.all()
    return visit.show(
        SubjectsPage(
            title=visit("Subjects"),
            problem=problem,
            rows=tuple(_row(each, visit) for each in known),
            types=(
                Choice("", visit("any type"), True),
                *rows.choices(EventType, None, visit.speech),
            ),
        ),
        422 if problem else 200,
    )


def _row(each: Subject, visit: Visit) -> SubjectRow:
    listed = visit.speech.listed
    asks = fact_lines(
        (visit("Words"), listed(each.words)),
        (visit("Where"), listed(each.places)),
        (visit("Who is named"), listed(each.actors)),
        (visit("Type"), listed(words.label(kind, visit) for kind in each.types)),
    )
    return SubjectRow(rows.address("subjects", each.id), each.name, tuple(asks))


def _facts(look: Look, visit: Visit) -> list[Fact]:
    actors = visit.speech.listed(f"{name} ({count})" for name, count in look.actors)
    dates = visit.speech.listed(visit.speech.when(date) for date, _count in look.dates)
    events = str(len(look.events)) if look.events else ""
    return list(
        fact_lines(
            (visit("Who is named"), actors), (visit("Dates"), dates), (visit("Events"), events)
        )
    )


def _lines(field: str) -> list[str]:
    """Return what stands on the lines of a field, empty ones left out."""
    return [line for line in field.splitlines() if line.strip()]
