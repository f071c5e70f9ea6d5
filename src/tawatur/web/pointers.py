"""What is only known to exist: on what there is something, and whom to ask for it."""

# ruff: noqa: RUF009 - shown() only makes a field, as field() does

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tawatur.model.ids import NodeId
from tawatur.node.pointers import Pointed
from tawatur.web import rows
from tawatur.web.contexts import Words, shown
from tawatur.web.visits import Field, Sent, Visit, Visited

router = APIRouter(default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class PointerRow:
    """One thing of which it is known that it exists."""

    id: str = shown("Id of the pointer.")
    subject: Words = shown("On what it is; empty where that is not told.")
    ask: tuple[Words, ...] = shown("Whom to ask.")
    sender: Words = shown("The partner who pointed to it; empty where it is on this node.")
    caveats: tuple[str, ...] = shown("Words that open it once they are acknowledged.")


@dataclass(frozen=True, slots=True)
class PointersPage:
    """What is only known to exist."""

    template: ClassVar[str] = "pointers.html"
    title: str = shown("Title of the page.")
    rows: tuple[PointerRow, ...] = shown("Each subject once, by subject.")
    problem: str = shown("Why nothing was recorded; empty otherwise.")


@router.get("/pointers")
def pointers(visit: Visited) -> Response:
    """List what is only known to exist."""
    return _shown(visit)


@router.post("/pointers/{key}/ask")
def ask(visit: Sent, *, key: str, what: Field = "") -> Response:
    """Record a request to those who can be asked."""
    problem = visit.refusal(lambda node: node.pointers.ask(key, what))
    return _shown(visit, problem) if problem else RedirectResponse("/requests", 303)


@router.post("/pointers/{key}/acknowledge")
def acknowledge(visit: Sent, *, key: str) -> Response:
    """Record that the caveats before an item are read."""
    problem = visit.refusal(lambda node: node.pointers.acknowledge(key))
    return _shown(visit, problem) if problem else RedirectResponse("/pointers", 303)


def _shown(visit: Visit, problem: str = "") -> Response:
    with visit.node() as node:
        names = node.accounts.organisations()
        found = tuple(_row(each, names) for each in node.pointers.all())
    page = PointersPage(visit("Known to exist"), found, problem)
    return visit.show(page, 422 if problem else 200)


def _row(pointed: Pointed, names: Mapping[NodeId, str]) -> PointerRow:
    sender = pointed.sender
    return PointerRow(
        id=pointed.id,
        subject=rows.name(pointed.pointer.subject or ""),
        ask=tuple(rows.name(whom.name) for whom in pointed.pointer.ask),
        sender=rows.name(names.get(sender, sender) if sender else ""),
        caveats=pointed.caveats,
    )
