"""Sources: what each said, what became of it, and the letter that it is given, with its reasons.

Of a person nothing is counted and no letter is worked out; a person may record one, with a
purpose and an expiry.
"""

from datetime import UTC, datetime
from itertools import islice

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tawatur.errors import UsageError
from tawatur.model.grade import GRADED, Reliability
from tawatur.model.reading import EventType, SourceKind
from tawatur.model.ruling import Grading
from tawatur.node.judging.asked_sources import AskedSources, SourceOrder
from tawatur.node.views import SourceLine, SourceView
from tawatur.web import columns, rows, words
from tawatur.web.claim_rows import claim_rows
from tawatur.web.columns import Column
from tawatur.web.contexts import CaseRow, Choice, Filter, Pick, SourcePage, SourceRow, SourcesPage
from tawatur.web.ports import ShownNode
from tawatur.web.visits import Field, Sent, Visit, Visited, chosen, whole_number

CASES = 50
"""Events, and claims passed on, that are shown of one source."""

router = APIRouter(default_response_class=HTMLResponse)


@router.get("/sources")
def sources(
    visit: Visited,
    *,
    q: str = "",
    kind: str = "",
    subject: str = "",
    grade: str = "",
    sort: str = "",
    reverse: str = "",
    page: str = "1",
) -> Response:
    """List who speaks, by name unless sorted by a column; nothing ranks people."""
    asked = AskedSources(
        words=q.strip(),
        kind=columns.given(SourceKind, kind),
        subject=columns.given(EventType, subject),
        grade=columns.given(Reliability, grade),
        order=columns.given(SourceOrder, sort) or SourceOrder.NAME,
        reverse=bool(reverse),
    )
    narrowed = {
        "q": asked.words,
        "kind": asked.kind or "",
        "subject": asked.subject or "",
        "grade": asked.grade or "",
    }
    sorting = columns.Sorting("sources", narrowed, asked.order, asked.reverse)
    with visit.node() as node:
        found, grades = node.sources.lines(asked), node.sources.grades
    some, pager = rows.paged(found, whole_number(page), "sources", **sorting.address)
    narrow = Filter(
        words=asked.words,
        since="",
        until="",
        statuses=(),
        picks=_picks(asked, visit, grades=grades),
        hidden=sorting.hidden,
        picked=bool(asked.kind or asked.subject or asked.grade),
    )
    headings = sorting.headings(
        (
            Column(visit("Name"), SourceOrder.NAME),
            Column(visit("Kind")),
            Column(visit("Grade"), SourceOrder.GRADE if grades else None),
            Column(visit("Claims"), SourceOrder.CLAIMS, numeric=True),
            Column(visit("Root of events"), SourceOrder.ROOT_OF, numeric=True),
            Column(visit("Confirmed"), SourceOrder.CONFIRMED, numeric=True),
            Column(visit("Contradicted"), SourceOrder.CONTRADICTED, numeric=True),
        )
    )
    shown = tuple(_row(line, visit) for line in some)
    return visit.show(SourcesPage(visit("Sources"), narrow, headings, shown, pager))


def _picks(asked: AskedSources, visit: Visit, *, grades: bool) -> tuple[Pick, ...]:
    """Return what sources can be narrowed by; by letters only where they are given."""
    found = (
        columns.pick(
            "kind",
            visit("Kind"),
            visit("any kind"),
            ((each.value, words.label(each, visit)) for each in SourceKind),
            asked.kind or "",
        ),
        columns.pick(
            "subject",
            visit("Subject"),
            visit("any subject"),
            ((each.value, words.label(each, visit)) for each in EventType),
            asked.subject or "",
        ),
    )
    if not grades:
        return found
    letters = ((each.value, _lettered(each, visit)) for each in Reliability)
    pick = columns.pick("grade", visit("Grade"), visit("any grade"), letters, asked.grade or "")
    return (*found, pick)


@router.get("/sources/{key}")
def source(visit: Visited, key: str) -> Response:
    """Show one source, with the form that grades it."""
    return _shown(visit, key)


@router.post("/sources/{key}")
def grade(
    visit: Sent,
    *,
    key: str,
    letter: Field = "",
    why: Field = "",
    purpose: Field = "",
    expires: Field = "",
) -> Response:
    """Record a person's letter for a source."""
    problem = visit.refusal(
        lambda node: node.sources.grade(
            key, chosen(Reliability, letter), why, purpose=purpose or None, expires=_day(expires)
        )
    )
    if problem:
        return _shown(visit, key, problem=problem, why=why, purpose=purpose, expires=expires)
    return RedirectResponse(rows.address("sources", key), 303)


def _shown(
    visit: Visit,
    key: str,
    *,
    problem: str = "",
    why: str = "",
    purpose: str = "",
    expires: str = "",
) -> Response:
    with visit.node() as node:
        view = node.sources.one(key)
        line = view.line
        cases = tuple(_case_rows(node, view, visit))
        own = {id_ for case in view.record.cases for id_ in case.claims}
        others = (id_ for id_ in view.record.claims if id_ not in own)
        passed_on = [node.claim(id_) for id_ in islice(others, CASES)]
        shown = SourcePage(
            title=view.record.source.name,
            row=_row(line, visit),
            reasons=tuple(words.sentence(reason, visit) for reason in line.grade.why)
            if line.grade
            else (),
            ruling=line.ruling.id if line.ruling else "",
            ruled=_ruled(line.ruling, visit) if line.ruling else "",
            cases=cases,
            passed_on=claim_rows(node, passed_on, visit.speech),
            letters=tuple(
                Choice(each, _lettered(each, visit), each is line.letter) for each in Reliability
            )
            if node.sources.grades
            else (),
            held=view.record.source.kind not in GRADED,
            problem=problem,
            why=why,
            purpose=purpose,
            expires=expires,
        )
    return visit.show(shown, 422 if problem else 200)


def _row(line: SourceLine, visit: Visit) -> SourceRow:
    source, tally = line.source, line.tally
    counted = source.kind in GRADED
    told = visit("root of {0} events; confirmed {1}, contradicted {2}").format(
        tally.cases, tally.confirmed, tally.contradicted
    )
    return SourceRow(
        id=source.id,
        href=rows.address("sources", source.id),
        name=rows.name(source.name),
        kind=words.label(source.kind, visit),
        letter=_lettered(line.letter, visit) if line.letter else "",
        told=told if counted else "",
        numbers=(tally.claims, tally.cases, tally.confirmed, tally.contradicted) if counted else (),
    )


def _case_rows(node: ShownNode, view: SourceView, visit: Visit) -> list[CaseRow]:
    found = []
    for case in view.record.cases[:CASES]:
        own, confirming, contradicting = (
            claim_rows(node, [node.claim(id_) for id_ in ids], visit.speech)
            for ids in (case.claims, case.confirmed_by, case.contradicted_by)
        )
        href, subject = rows.address("events", case.event), words.label(case.subject, visit)
        found.append(CaseRow(href, subject, own, confirming, contradicting))
    return found


def _lettered(letter: Reliability, visit: Visit) -> str:
    """Return a letter with what it means."""
    comma = "،" if visit.speech.language == "ar" else ","
    return f"{letter}{comma} {visit(letter.meaning)}"


def _ruled(ruling: Grading, visit: Visit) -> str:
    said = f"{_lettered(ruling.letter, visit)}: {words.isolate(ruling.why)}"
    if ruling.expires is None:
        return said
    until = visit.speech.day(ruling.expires)
    return f"{said} ({visit('held for {0}, until {1}').format(ruling.purpose, until)})"


def _day(given: str) -> datetime | None:
    """Return the beginning of a day, UTC, None where none is given.

    Raises:
        UsageError: It is none.
    """
    if not given.strip():
        return None
    try:
        return datetime.strptime(given.strip(), "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as cause:
        raise UsageError("{0} is no day; write one as 2031-03-31", repr(given)) from cause
