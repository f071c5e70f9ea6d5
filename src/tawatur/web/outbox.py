"""What would leave this node: to whom, and why each item may; agreed to, or taken back."""

# ruff: noqa: RUF009 - shown() only makes a field, as field() does

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tawatur.model.entry import Kind
from tawatur.model.ids import NodeId
from tawatur.node import Piece, Waiting
from tawatur.web import rows, words
from tawatur.web.contexts import Choice, Pager, Words, shown
from tawatur.web.sharing_parts import names, page_of, parties, refusal, verify_officer
from tawatur.web.visits import Field, Sent, Visit, Visited, whole_number

router = APIRouter(default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class PieceRow:
    """One thing that would leave, or is held back."""

    id: str = shown("Its id; of a receipt that of the letter it answers.")
    kind: str = shown("Release, recall, new label or receipt, in a word.")
    to: Words = shown("To whom.")
    item: str = shown("Id of the item; empty where there is none.")
    what: Words = shown("What people call the item; empty where it is not here.")
    href: str = shown("The item's page; empty where it has none.")
    given: bool = shown("Whether it is an item of this node, of which a page shows who has it.")
    tlp: str = shown("The TLP word of the label under which it goes; may be empty.")
    may: bool = shown("Whether it may leave now.")
    why: str = shown("Why it may, or may not.")
    agrees: bool = shown("Whether the person may agree to it as the second one.")
    waits: bool = shown("Whether it can be taken back.")


@dataclass(frozen=True, slots=True)
class OutboxPage:
    """What would leave with the next hand-over."""

    template: ClassVar[str] = "outbox.html"
    title: str = shown("Title of the page.")
    rows: tuple[PieceRow, ...] = shown("What waits, releases first.")
    pager: Pager = shown("Which of all.")
    parties: tuple[Choice, ...] = shown("The partners, to see what is for one of them.")
    second: bool = shown("Whether a second person has to agree to each release.")
    problem: str = shown("Why nothing was recorded; empty otherwise.")


@router.get("/outbox")
def outbox(visit: Visited, to: str = "", page: str = "1") -> Response:
    """List what would leave with the next hand-over, and what is held back."""
    return _shown(visit, to, page)


@router.post("/outbox/{key}/agree")
def agree(visit: Sent, key: str) -> Response:
    """Agree, as the second person, to a release that waits."""
    return _done(visit, refusal(visit, lambda node: node.outgoing.agree(key)))


@router.post("/outbox/{key}/take-back")
def take_back(visit: Sent, *, key: str, why: Field = "") -> Response:
    """Record that a release that waits is not to leave."""
    return _done(visit, refusal(visit, lambda node: node.outgoing.take_back(key, why)))


def _done(visit: Visit, problem: str) -> Response:
    return _shown(visit, problem=problem) if problem else RedirectResponse("/outbox", 303)


def _shown(visit: Visit, to: str = "", page: str = "1", problem: str = "") -> Response:
    with visit.node() as node:
        verify_officer(visit, node)
        found = node.outgoing.waiting(NodeId(to) if to else None)
        some, pager = rows.paged(found, whole_number(page), "outbox", to=to)
        called = names(node)
        context = OutboxPage(
            title=visit("Outbox"),
            rows=tuple(_row(node.outgoing.described(each), called, visit) for each in some),
            pager=pager,
            parties=parties(node, to),
            second=node.outgoing.second,
            problem=problem,
        )
    return visit.show(context, 422 if problem else 200)


def _row(waiting: Waiting, called: Mapping[str, str], visit: Visit) -> PieceRow:
    piece = waiting.piece
    return PieceRow(
        id=piece.id,
        kind=_kind(piece, visit),
        to=rows.name(called.get(piece.party, piece.party)),
        item=piece.item or "",
        what=rows.name(waiting.called or ""),
        href=page_of(piece.item or ""),
        given=piece.kind in (Kind.PROPOSAL, Kind.NOTICE) and bool(piece.item),
        tlp=waiting.label.tlp.value if waiting.label else "",
        may=waiting.may,
        why=words.sentence(waiting.why, visit.speech.translate),
        agrees=waiting.agrees,
        waits=piece.kind is Kind.PROPOSAL,
    )


def _kind(piece: Piece, visit: Visit) -> str:
    """Return what kind of letter waits, in a word."""
    if piece.kind is Kind.NOTICE:
        return visit("new label") if piece.body["label"] else visit("recall")
    return visit("release") if piece.kind is Kind.PROPOSAL else visit("receipt")
