"""What is put into a brief is looked for on its page: events, under each the claims that fit.

What was asked stands in the address, so that a search can be sent to a colleague.
"""

# ruff: noqa: RUF009 - shown() only makes a field, as field() does

from collections.abc import Sequence
from dataclasses import dataclass

from tawatur.model.claim import Claim
from tawatur.model.reading import EventType
from tawatur.node.briefs.composing import Line
from tawatur.node.indexing.words import Query
from tawatur.web import rows
from tawatur.web.claim_rows import claim_rows
from tawatur.web.contexts import Choice, ClaimRow, EventRow, Pager, shown
from tawatur.web.labels import event_rows
from tawatur.web.ports import ShownNode
from tawatur.web.visits import Visit

EVENTS = 20
"""Events on one page, each with the claims that fit."""

MOST = 100
"""Claims that are looked through; what was asked is to be narrowed where more fit."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address asks for; whatever is empty narrows nothing."""

    words: str = shown("Words that a claim must hold.", default="")
    since: str = shown("EDTF: nothing earlier.", default="")
    until: str = shown("EDTF: nothing later.", default="")
    place: str = shown("Where it must be.", default="")
    type: EventType | None = shown("Of which type it must be.", default=None)
    page: int = shown("Which page of what fits, from 1.", default=1)

    @property
    def address(self) -> dict[str, str]:
        """The same as an address says it, the page left out."""
        return {
            "q": self.words,
            "since": self.since,
            "until": self.until,
            "place": self.place,
            "type": self.type or "",
        }

    @property
    def asked(self) -> bool:
        """Whether it asks for anything."""
        return any(self.address.values())

    def claims(self, node: ShownNode) -> tuple[Claim, ...]:
        """Return the claims that fit, the first of them; none where nothing is asked for.

        Raises:
            UsageError: One of the dates is none.
        """
        if not self.asked or (self.words and not Query.parse(self.words).terms):
            return ()
        return node.searching.citable(
            self.words,
            since=self.since,
            until=self.until,
            place=self.place,
            type=self.type,
            limit=MOST,
        )


NOTHING = Wanted()
"""Asks for nothing."""


@dataclass(frozen=True, slots=True)
class PickedClaim:
    """A claim that can be put in."""

    claim: ClaimRow = shown("The claim.")
    part: int = shown("Which part of the brief it is, from 1; 0 where it is none.")


@dataclass(frozen=True, slots=True)
class PickedEvent:
    """An event that can be put in."""

    event: EventRow = shown("The event.")
    part: int = shown("Which part of the brief it is, from 1; 0 where it is none.")
    claims: tuple[PickedClaim, ...] = shown("Its claims that fit.")


@dataclass(frozen=True, slots=True)
class Picking:
    """What is looked for, and what was found."""

    wanted: Wanted = shown("What an address asks for.")
    types: tuple[Choice, ...] = shown("Types to choose from.")
    found: tuple[PickedEvent, ...] = shown("Events with claims that fit.")
    pager: Pager | None = shown("Which of them are shown; None where nothing is looked for.")
    most: int = shown("How many claims were looked through where more may fit; else 0.")


def picking(
    visit: Visit,
    node: ShownNode,
    brief: str,
    wanted: Wanted,
    claims: Sequence[Claim],
    lines: Sequence[Line],
) -> Picking:
    """Return what was looked for and found.

    Args:
        visit: That looks for it.
        node: Where it does.
        brief: The id of the brief.
        wanted: What it asks for.
        claims: Those that fit.
        lines: The parts of the brief.
    """
    fitting = {claim.id: claim for claim in claims}
    events = {claim: event for event in node.charts.events_of(fitting) for claim in event.claims}
    about = (events[each] for each in fitting if each in events)
    found = tuple({event.id: event for event in about}.values())
    some, pager = rows.paged(found, wanted.page, f"briefs/{brief}", size=EVENTS, **wanted.address)
    told = [fitting[each] for event in some for each in event.claims if each in fitting]
    row_of = {row.id: row for row in claim_rows(node, told, visit.speech)}
    part_of = {_cited(line): number for number, line in enumerate(lines, 1)}
    return Picking(
        wanted=wanted,
        types=(
            Choice("", visit("any type"), wanted.type is None),
            *rows.choices(EventType, wanted.type, visit.speech),
        ),
        found=tuple(
            PickedEvent(
                row,
                part_of.get(row.id, 0),
                tuple(
                    PickedClaim(row_of[each], part_of.get(each, 0))
                    for each in event.claims
                    if each in row_of
                ),
            )
            for event, row in zip(some, event_rows(node, some, visit.speech), strict=True)
        ),
        pager=pager if wanted.asked else None,
        most=MOST if len(claims) == MOST else 0,
    )


def _cited(line: Line) -> str:
    """Return the id of what a part cites, empty for own words and for what is gone."""
    return line.event.id if line.event else line.claim.id if line.claim else ""
