"""What the page of a request offers where it goes through this node for somebody else."""

from dataclasses import dataclass

from tawatur.model.desk import Request
from tawatur.web import rows
from tawatur.web.contexts import shown
from tawatur.web.ports import ShownNode


@dataclass(frozen=True, slots=True)
class Taking:
    """A request that goes through this node: as which it was taken up, or a form to do so."""

    href: str = shown("Address of the one as which it was taken up; empty if it was not.")
    takes: str = shown("Address that takes it up.")
    tells: str = shown("Address that tells back what became of it.")
    to: str = shown("Form: who is asked.")
    words: str = shown("Form: for what.")


def taking(item: Request, node: ShownNode) -> Taking | None:
    """Return what is offered of a request, None where it does not go through this node."""
    if not node.secretariat.goes_through(item):
        return None
    own = node.secretariat.taken_up_as(item.id)
    return Taking(
        href=rows.address("requests", own.id) if own else "",
        takes=rows.address("requests", item.id, "take-up"),
        tells=rows.address("requests", item.id, "report-back"),
        to=item.to,
        words=item.what,
    )
