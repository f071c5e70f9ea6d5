"""The page of lessons, and the lessons on the page of the request on which they were learnt."""

# ruff: noqa: RUF009 - shown() only makes a field, as field() does

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tawatur.errors import UnknownIdError
from tawatur.model.desk import Lesson, LessonStatus, Request
from tawatur.web import rows, words
from tawatur.web.contexts import Pager, shown
from tawatur.web.labels import labelled
from tawatur.web.late import Late, is_late, late, state_of, steps_since
from tawatur.web.ports import ShownNode
from tawatur.web.visits import Field, Sent, Visit, Visited, whole_number

router = APIRouter(default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class LessonRow:
    """One lesson."""

    id: str = shown("Its id, by which it is labelled and released.")
    seen: str = shown("What changed it last, as forms send it.")
    what: str = shown("What was learnt.")
    by: str = shown("Who learnt it.")
    on: str = shown("When, in words; empty when not told.")
    withdrawn: str = shown("Why it does not hold any more; empty while it does.")
    request: str = shown("Address of the request; empty where there is none that may be seen.")
    asked: str = shown("What that request asks for; empty where there is none.")
    tlp: str = shown("The TLP word of its label; empty where it has none.")


@dataclass(frozen=True, slots=True)
class LessonsPage:
    """What was learnt, the earliest first, what was taken back last."""

    template: ClassVar[str] = "lessons.html"
    title: str = shown("Title of the page.")
    rows: tuple[LessonRow, ...] = shown("The lessons.")
    pager: Pager = shown("Which of all lessons these are.")
    about: str = shown("Id of the request whose lessons these are; empty for all.")
    problem: str = shown("What was wrong with the form sent; empty otherwise.")
    late: Late | None = shown("What was sent on an outdated look; None for nothing.")
    what: str = shown("Form: what was learnt, as it was sent.")


@router.get("/lessons")
def lessons(visit: Visited, page: str = "1", about: str = "") -> Response:
    """List the lessons, those learnt on one request, with a form to note one."""
    return _listed(visit, page, about=about.strip())


@router.post("/lessons")
def learn(visit: Sent, *, what: Field = "") -> Response:
    """Note a lesson that was learnt on no request."""
    problem = visit.refusal(lambda node: node.lessons.add(what))
    return _done(visit, problem, what=what)


@router.post("/lessons/{key}")
def change(visit: Sent, *, key: str, what: Field = "") -> Response:
    """Note a lesson in other words."""
    problem = visit.refusal(lambda node: node.lessons.change(key, what=what), key)
    return _done(visit, problem, key)


@router.post("/lessons/{key}/withdraw")
def withdraw(visit: Sent, *, key: str, why: Field = "") -> Response:
    """Note that a lesson does not hold."""
    problem = visit.refusal(lambda node: node.lessons.withdraw(key, why), key)
    return _done(visit, problem, key)


def lesson_row(lesson: Lesson, node: ShownNode, visit: Visit) -> LessonRow:
    """Return the row of one lesson."""
    gone = lesson.status is LessonStatus.WITHDRAWN
    request = _request(lesson, node)
    return LessonRow(
        id=lesson.id,
        seen=state_of(node, lesson.id),
        what=lesson.what,
        by=lesson.by,
        on=visit.speech.when(lesson.on) if lesson.on else "",
        withdrawn=f"{words.label(lesson.status, visit)}: {lesson.why or ''}" if gone else "",
        request=rows.address("requests", request.id) if request else "",
        asked=request.what if request else "",
        tlp="",
    )


def _request(lesson: Lesson, node: ShownNode) -> Request | None:
    """Return the request on which a lesson was learnt, None where none may be seen."""
    try:
        return node.desk.request(lesson.about) if lesson.about else None
    except UnknownIdError:
        return None


def _done(visit: Visit, problem: str, key: str = "", *, what: str = "") -> Response:
    if not problem:
        return RedirectResponse("/lessons", 303)
    return _listed(visit, "1", problem, key=key, what=what)


def _listed(
    visit: Visit, page: str, problem: str = "", *, key: str = "", what: str = "", about: str = ""
) -> Response:
    with visit.node() as node:
        told = node.lessons.all(about=about or None)
        some, pager = rows.paged(told, whole_number(page), "lessons", about=about)
        found = labelled(node, (lesson_row(each, node, visit) for each in some))
        both = _late(visit, node, key) if key and is_late(visit, node, key) else None
    context = LessonsPage(visit("Lessons"), found, pager, about, problem, both, what)
    return visit.show(context, 422 if problem else 200)


def _late(visit: Visit, node: ShownNode, lesson: str) -> Late:
    """Return what a form asked for, beside what was written of the lesson since."""
    since = steps_since(visit, node, lesson, node.desk.history(lesson), _says)
    return late(
        visit, state_of(node, lesson), (visit.sent.one("what"), visit.sent.one("why")), since
    )


def _says(now: Lesson, visit: Visit) -> tuple[str, ...]:
    withdrawn = now.status is LessonStatus.WITHDRAWN
    return (words.label(now.status, visit),) if withdrawn else (now.what,)
