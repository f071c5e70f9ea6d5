"""What is said not to be known or not to have been found, and what is supposed about it."""

# ruff: noqa: RUF009 - shown() only makes a field, as field() does

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from tawatur.web import rows, words
from tawatur.web.claim_rows import claim_rows
from tawatur.web.contexts import ClaimRow, Pager, shown
from tawatur.web.visits import Visited, whole_number

router = APIRouter(default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class GapRow:
    """One thing that is not known."""

    kind: str = shown("Whether it is not known, or was looked for and not found.")
    claim: ClaimRow = shown("Who says so.")
    supposed: tuple[ClaimRow, ...] = shown("What is supposed about it beside.")


@dataclass(frozen=True, slots=True)
class GapsPage:
    """What the reports say not to know."""

    template: ClassVar[str] = "gaps.html"
    title: str = shown("Title of the page.")
    about: str = shown("The words that are looked for; empty where all is shown.")
    rows: tuple[GapRow, ...] = shown("The gaps of this page, by document and place.")
    pager: Pager = shown("Which of all.")


@router.get("/gaps")
def gaps(visit: Visited, page: str = "1", q: str = "") -> Response:
    """List what is said not to be known or found, with what is supposed about it."""
    about = q.strip()
    with visit.node() as node:
        if about:
            found = node.gaps(about=about)
            some, pager = rows.paged(found, whole_number(page), "gaps", q=about)
        else:
            start, pager = rows.turned(node.gap_count(), whole_number(page), "gaps")
            some = node.gaps(limit=rows.ROWS, offset=start)
        held = dict.fromkeys(id_ for gap in some for id_ in (gap.claim, *gap.supposed))
        claims = [node.claim(id_) for id_ in held]
        told = dict(zip(held, claim_rows(node, claims, visit.speech), strict=True))
    shown_ = tuple(
        GapRow(words.label(gap.kind, visit), told[gap.claim], tuple(told[c] for c in gap.supposed))
        for gap in some
    )
    return visit.show(GapsPage(visit("Gaps"), about, shown_, pager))
