"""One contradiction: both texts side by side, the sentence that explains it, and who says so.

Whether it is settled, dismissed or kept open is a person's word, with its reason; here it is
said and taken back as in the list of contradictions.
"""

# ruff: noqa: RUF009 - shown() only makes a field, as field() does

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from tawatur.model.claim import Claim
from tawatur.model.picture import Event
from tawatur.web import rows
from tawatur.web.claim_rows import claim_rows
from tawatur.web.contexts import ClaimRow, ConflictRow, EventRow, TreeRow, Words, shown
from tawatur.web.ports import ShownNode
from tawatur.web.visits import Visit, Visited

AROUND = 350
"""Characters of the text on either side of the claim; cut at a line where one ends there."""

router = APIRouter(default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class SideRow:
    """One of the two claims in its text."""

    claim: ClaimRow = shown("The claim.")
    before: str = shown("What stands before it in the text.")
    after: str = shown("What stands behind it.")
    cut_before: bool = shown("Whether the text begins earlier.")
    cut_after: bool = shown("Whether the text goes on.")
    text: Words = shown("The claim's own words, with the text's language and direction.")
    event: EventRow | None = shown("What it is about; None where it was rejected.")


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """One contradiction."""

    template: ClassVar[str] = "conflict.html"
    title: str = shown("In what the two differ, in words.")
    row: ConflictRow = shown("The contradiction, and what people said of it.")
    sides: tuple[SideRow, ...] = shown("The two claims in their texts.")
    one: bool = shown("Whether both are about one event.")
    trees: tuple[TreeRow, ...] = shown("Who had it from whom, for each event of the two.")


@router.get("/conflicts/{key}")
def conflict(visit: Visited, key: str) -> Response:
    """Show one contradiction."""
    with visit.node() as node:
        found = node.charts.conflict(key)
        claims = [node.claim(each) for each in (found.a, found.b)]
        a, b = claim_rows(node, claims, visit.speech)
        said = node.settling.of((found,)).get(found.id)
        events = {
            claim: event
            for event in node.charts.events_of((found.a, found.b))
            for claim in event.claims
        }
        sides = tuple(
            _side(node, claim, row, visit, about=events.get(claim.id))
            for claim, row in zip(claims, (a, b), strict=True)
        )
        about = dict.fromkeys(events[c.id].id for c in claims if c.id in events)
        trees = tuple(
            rows.tree_row(traced, visit.speech) for id_ in about for traced in node.roots(id_)
        )
    row = rows.conflict_row(found, (a, b), said, visit.speech)
    return visit.show(ConflictPage(row.kind, row, sides, len(about) == 1, trees))


def _side(
    node: ShownNode, claim: Claim, row: ClaimRow, visit: Visit, *, about: Event | None
) -> SideRow:
    """Return a claim with the text around it."""
    text = node.document(claim.document, rendition=claim.rendition).extraction.text
    start, end = max(0, claim.span.start - AROUND), min(len(text), claim.span.end + AROUND)
    if start:
        start = _line_after(text, start, claim.span.start)
    if end < len(text):
        end = _line_before(text, end, claim.span.end)
    return SideRow(
        claim=row,
        before=text[start : claim.span.start],
        after=text[claim.span.end : end],
        cut_before=start > 0,
        cut_after=end < len(text),
        text=row.quote,
        event=rows.event_row(about, visit.speech) if about else None,
    )


def _line_after(text: str, start: int, until: int) -> int:
    """Return where the first line behind ``start`` begins, if it does before ``until``."""
    at = text.find("\n", start, until)
    return start if at < 0 else at + 1


def _line_before(text: str, end: int, since: int) -> int:
    """Return where the last line before ``end`` ends, if it does behind ``since``."""
    at = text.rfind("\n", since, end)
    return end if at < 0 else at
