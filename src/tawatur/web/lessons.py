"""The page of lessons, and the lessons on the page of the request on which they were learnt."""

# ruff: noqa: RUF009 - shown() only makes a field, as field() does

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tawatur.errors import UnknownIdError
from tawatur.model.desk import Lesson, LessonStatus
from tawatur.web import rows, words
from tawatur.web.contexts import Pager, shown
from tawatur.web.late import Late, WordSince, is_late, late, state_of
from tawatur.web.ports import ShownNode
from tawatur.web.visits import Field, Sent, Visit, Visited, whole_number

router = APIRouter(default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class LessonRow:
    """One lesson."""

    id: str = shown("Its id, by which it is labelled and released.")
    what: str = shown("What was learnt.")
    by: str = shown("Who learnt it.")
    on: str = shown("When, in words; empty when not told.")
    withdrawn: str = shown("Why it does not hold any more; empty while it does.")
    request: str = shown("Address of the request; empty where there is none that may be seen.")
    seen: str = shown("What changed it last, as forms send it.")


@dataclass(frozen=True, slots=True)
class LessonsPage:
    """What was learnt, the earliest first, what was taken back last."""

    template: ClassVar[str] = "lessons.html"
    title: str = shown("Title of the page.")
    rows: tuple[LessonRow, ...] = shown("The lessons.")
    pager: Pager = shown("Which of all lessons these are.")
    about: str = shown("Id of the request whose lessons these are; empty for all.")
    problem: str = shown("What was wrong with the form sent; empty otherwise.")
    what: str = shown("Form: what was learnt, as it was sent.")
    late: Late | None = shown("What was sent on an outdated look; None for nothing.")


@router.get("/lessons")
def lessons(visit: Visited, page: str = "1", about: str = "") -> Response:
    """List the lessons, those learnt on one request, with a form to note one."""
    return _listed(visit, page, about=about.strip())


@router.post("/lessons")
def learn(visit: Sent, *, what: Field = "") -> Response:
    """Note a lesson that was learnt on no request."""
    return _done(visit, visit.refusal(lambda node: node.lessons.add(what)), what)


@router.post("/lessons/{key}")
def change(visit: Sent, *, key: str, what: Field = "") -> Response:
    """Note a lesson in other words."""
    problem = visit.refusal(lambda node: node.lessons.change(key, what=what), of=key)
    return _done(visit, problem, key=key)


@router.post("/lessons/{key}/withdraw")
def withdraw(visit: Sent, *, key: str, why: Field = "") -> Response:
    """Note that a lesson does not hold."""
    problem = visit.refusal(lambda node: node.lessons.withdraw(key, why), of=key)
    return _done(visit, problem, key=key)


def lesson_row(lesson: Lesson, node: ShownNode, visit: Visit) -> LessonRow:
    """Return the row of one lesson."""
    gone = lesson.status is LessonStatus.WITHDRAWN
    return LessonRow(
        id=lesson.id,
        what=lesson.what,
        by=lesson.by,
        on=visit.speech.when(lesson.on) if lesson.on else "",
        withdrawn=f"{words.label(lesson.status, visit)}: {lesson.why or ''}" if gone else "",
        request=_request(lesson, node),
        seen=state_of(node, lesson.id),
    )


def _request(lesson: Lesson, node: ShownNode) -> str:
    try:
        return rows.address("requests", node.desk.request(lesson.about).id) if lesson.about else ""
    except UnknownIdError:
        return ""


def _late(visit: Visit, node: ShownNode, lesson: str) -> Late:
    """Return what a form asked for, beside what the lesson says since."""
    sent, held = visit.sent, [step.item for step in node.desk.history(lesson)]
    touches = node.live.since(lesson, sent.one("seen"))[-len(held) :]
    since = (
        WordSince(touch.by, (words.label(now.status, visit), now.what), now.why or "")
        for touch, now in zip(touches, held[len(held) - len(touches) :], strict=True)
    )
    return late(visit, state_of(node, lesson), (sent.one("what"), sent.one("why")), (*since,))


def _done(visit: Visit, problem: str, what: str = "", key: str = "") -> Response:
    if problem:
        return _listed(visit, "1", problem, what, key=key)
    return RedirectResponse("/lessons", 303)


def _listed(
    visit: Visit,
    page: str,
    problem: str = "",
    what: str = "",
    *,
    about: str = "",
    key: str = "",
) -> Response:
    with visit.node() as node:
        told = node.lessons.all(about=about or None)
        some, pager = rows.paged(told, whole_number(page), "lessons", about=about)
        found = tuple(lesson_row(each, node, visit) for each in some)
        outdated = _late(visit, node, key) if key and is_late(visit, node, key) else None
    context = LessonsPage(visit("Lessons"), found, pager, about, problem, what, outdated)
    return visit.show(context, 422 if problem else 200)
