"""Explanations that compete for an event or a document's origin, and what claims say to each."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tawatur.model.hypothesis import Bears, Board, Explanation, Offer
from tawatur.model.ids import ClaimId
from tawatur.web import rows, words
from tawatur.web.claim_rows import claim_rows
from tawatur.web.contexts import (
    BoardPage,
    BoardRow,
    BoardsPage,
    ClaimRow,
    EvidenceRow,
    ExplanationRow,
    OfferRow,
)
from tawatur.web.visits import Field, Sent, Visit, Visited, chosen, whole_number

CLAIMS = 200
"""Claims about one thing among which one to be weighed is chosen."""

router = APIRouter(default_response_class=HTMLResponse)


@router.get("/boards")
def boards(visit: Visited, page: str = "1") -> Response:
    """List what is explained, that with the latest explanation first."""
    with visit.node() as node:
        found = node.boards.all()
    some, pager = rows.paged(found, whole_number(page), "boards")
    shown = tuple(_row(board, visit) for board in some)
    return visit.show(BoardsPage(visit("Explanations"), shown, pager))


@router.get("/boards/{key}")
def board(visit: Visited, key: str) -> Response:
    """Show one board with its forms."""
    return _shown(visit, key)


@router.post("/boards/{key}")
def add(visit: Sent, *, key: str, text: Field = "", why: Field = "") -> Response:
    """Record an explanation."""
    problem = visit.refusal(lambda node: node.boards.add(key, text, why))
    if problem:
        return _shown(visit, key, problem=problem, text=text)
    return RedirectResponse(rows.address("boards", key), 303)


@router.post("/boards/{key}/weigh")
def weigh(
    visit: Sent,
    *,
    key: str,
    claim: Field = "",
    hypothesis: Field = "",
    bears: Field = "",
    why: Field = "",
) -> Response:
    """Record how a claim bears on an explanation."""
    problem = visit.refusal(
        lambda node: node.boards.weigh(hypothesis, claim, chosen(Bears, bears), why)
    )
    if problem:
        return _shown(visit, key, problem=problem)
    return RedirectResponse(rows.address("boards", key), 303)


def _shown(visit: Visit, key: str, *, problem: str = "", text: str = "") -> Response:
    with visit.node() as node:
        board = node.boards.of(key)
        of_subject = board.claims[:CLAIMS]
        weighed, offering = (e.claim for e in board.evidence), (o.claim for o in board.offers)
        held = dict.fromkeys((*weighed, *offering, *of_subject))
        shown = dict(
            zip(held, claim_rows(node, [node.claim(c) for c in held], visit.speech), strict=True)
        )
        kind = "documents" if board.about.startswith("d-") else "events"
        page = BoardPage(
            title=board.headline,
            row=_row(board, visit),
            above=rows.address(kind, board.about),
            evidence=tuple(
                EvidenceRow(
                    claim=shown[each.claim],
                    tells=visit("yes") if each.tells_apart else visit("no"),
                    sides=tuple(_side(e, each.claim, visit) for e in board.explanations),
                )
                for each in board.evidence
            ),
            offers=tuple(_offer_row(offer, shown[offer.claim], visit) for offer in board.offers),
            claims=tuple(shown[claim] for claim in of_subject),
            bearings=rows.choices(Bears, None, visit.speech),
            problem=problem,
            text=text,
        )
    return visit.show(page, 422 if problem else 200)


def _row(board: Board, visit: Visit) -> BoardRow:
    against = visit("independent roots against it, at least: {0}")
    return BoardRow(
        href=rows.address("boards", board.about),
        headline=rows.name(board.headline),
        explanations=tuple(
            ExplanationRow(each.id, each.text, against.format(each.contradicted), each.why)
            for each in board.explanations
        ),
    )


def _side(explanation: Explanation, claim: ClaimId, visit: Visit) -> str:
    return next((words.label(b, visit) for b, each in explanation.weighed if each == claim), "")


def _offer_row(offer: Offer, claim: ClaimRow, visit: Visit) -> OfferRow:
    said = f"{words.isolate(offer.report)}: {words.label(offer.verdict, visit)}"
    return OfferRow(claim, f"{said} ({words.isolate(offer.by)})" if offer.by else said)
