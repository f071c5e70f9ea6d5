"""The lists of the desk as files for spreadsheets, with the columns that the commands write.

A file holds all that a list has, not one page of it, and what a spreadsheet would run is kept
from it as in `tawatur.tables`.
"""

from collections.abc import Callable, Iterable, Sequence
from io import StringIO
from typing import TypeVar

from fastapi import APIRouter
from fastapi.responses import Response

from tawatur.node.desk import listed
from tawatur.node.labelled import labelled
from tawatur.tables import Row, write_csv
from tawatur.web.ports import ShownNode
from tawatur.web.visits import Visited

T = TypeVar("T")

_MARK = "\ufeff"
"""By this at the beginning of a file spreadsheets know UTF-8, and show Arabic as it is."""

router = APIRouter()


@router.get("/commitments.csv")
def commitments(visit: Visited) -> Response:
    """Give what was promised."""
    today = visit.room.clock().date()
    with visit.node() as node:
        found = node.desk.commitments()
        return csv_file(
            node, found, lambda each: listed.commitment(each, today), listed.COMMITMENTS
        )


@router.get("/requests.csv")
def requests(visit: Visited) -> Response:
    """Give what was asked."""
    today = visit.room.clock().date()
    with visit.node() as node:
        found = node.desk.requests()
        return csv_file(node, found, lambda each: listed.request(each, today), listed.REQUESTS)


@router.get("/lessons.csv")
def lessons(visit: Visited, about: str = "") -> Response:
    """Give what was learnt, on one request if it is named."""
    with visit.node() as node:
        found = node.lessons.all(about=about.strip() or None)
        return csv_file(node, found, listed.lesson, listed.LESSONS)


@router.get("/meetings.csv")
def meetings(visit: Visited) -> Response:
    """Give the meetings."""
    with visit.node() as node:
        return csv_file(node, node.meetings.all(), listed.meeting, listed.MEETINGS)


@router.get("/reviews.csv")
def reviews(visit: Visited) -> Response:
    """Give the reviews that are planned."""
    with visit.node() as node:
        return csv_file(node, node.followup.reviews(), listed.review, listed.REVIEWS)


@router.get("/subjects.csv")
def subjects(visit: Visited) -> Response:
    """Give the saved questions."""
    with visit.node() as node:
        return csv_file(node, node.subjects.all(), listed.subject, listed.SUBJECTS)


@router.get("/calendar.csv")
def calendar(visit: Visited) -> Response:
    """Give what is on when, what is past too."""
    with visit.node() as node:
        return csv_file(node, node.calendars.occasions(), listed.occasion, listed.OCCASIONS)


@router.get("/due.csv")
def due(visit: Visited) -> Response:
    """Give what needs a person now."""
    with visit.node() as node:
        return csv_file(node, node.followup.due(), listed.due, listed.DUE)


def csv_file(
    node: ShownNode, found: Iterable[T], row: Callable[[T], Row], columns: Sequence[str]
) -> Response:
    """Return things of the desk as a file for spreadsheets, each under its label."""
    file = StringIO(_MARK)
    file.seek(0, 2)
    write_csv(labelled(node, found, row), columns, file)
    return Response(file.getvalue(), media_type="text/csv; charset=utf-8")
