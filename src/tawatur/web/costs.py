"""What a collection may cost by what reports say, on the page of the request."""

from dataclasses import dataclass

from tawatur.model.desk import Request, RequestKind
from tawatur.web import rows
from tawatur.web.contexts import shown
from tawatur.web.ports import ShownNode

MOST = 50
"""Sums that a page shows."""


@dataclass(frozen=True, slots=True)
class SumRow:
    """A sum that a claim states."""

    claim: str = shown("The claim that states it.")
    href: str = shown("Address of that claim.")
    words: str = shown("Its words.")
    money: str = shown("The sum, with its currency.")


@dataclass(frozen=True, slots=True)
class Costs:
    """The sums that may be what one collection costs."""

    takes: str = shown("Address to which the one to take over is sent.")
    look: str = shown("Address at which claims are looked through; empty where they were.")
    rows: tuple[SumRow, ...] = shown("The sums, the nearest first.")


def costs(item: Request, node: ShownNode, *, looked: bool) -> Costs | None:
    """Return what reports say that a request costs; None where it is no collection.

    Args:
        item: The request.
        node: Whose it is, as the reader may ask it.
        looked: Whether all claims are looked through for sums.
    """
    if item.kind is not RequestKind.COLLECTION:
        return None
    told = node.collecting.sums(item.id)[:MOST] if looked else ()
    return Costs(
        takes=rows.address("requests", item.id, "cost"),
        look="" if looked else rows.address("requests", item.id, sums=1),
        rows=tuple(
            SumRow(
                each.claim.id,
                rows.address("claims", each.claim.id),
                " ".join(each.claim.quote.split()),
                str(each.money),
            )
            for each in told
        ),
    )
