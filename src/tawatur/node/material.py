"""What weighing needs of connected components, as the tables hold it, and what it gives.

Taken out of the tables by the index and weighed here, in whichever process.
"""

from collections.abc import Sequence

import msgspec

from tawatur.model.claim import Claim
from tawatur.model.ids import ClaimId, DocumentId, EntityId
from tawatur.model.picture import Conflict, Event, Picture, Reason
from tawatur.node.derived import packed
from tawatur.weighing import Edge, weigh
from tawatur.weighing.picture import all_edges

_ALIKE = Reason("They are about the same.")
"""In place of the reason of an edge, which is not kept: `about_the_same` gives it again."""

Rows = list[tuple[str, bytes]]
"""Ids, and what they name, packed."""


class Material(msgspec.Struct, frozen=True):
    """Some claims and what is known around them; all of a connected component, or of several.

    ``edges`` is None where the pairs have to be compared again. ``who`` gives for the names
    that links point to the entity, under a word that holds here only.
    """

    claims: list[bytes]
    edges: list[tuple[str, str, float]] | None
    families: Sequence[tuple[str, ...]]
    who: dict[str, dict[str, str]]  # by document, then by its name
    quotes: Sequence[tuple[str, str]]


def weighed(of: Material, key: bytes) -> Picture:
    """Return the events of some claims and their conflicts, as if there were no other claims."""
    claims = [msgspec.msgpack.decode(body, type=Claim) for body in of.claims]
    if of.edges is None:
        edges = all_edges(claims)
    else:
        edges = tuple(Edge(ClaimId(a), ClaimId(b), weight, _ALIKE) for a, b, weight in of.edges)
    families = [tuple(map(DocumentId, family)) for family in of.families]
    who = {
        (DocumentId(document), name): EntityId(entity)
        for document, names in of.who.items()
        for name, entity in names.items()
    }
    quotes = [(DocumentId(a), DocumentId(b)) for a, b in of.quotes]
    return weigh(claims, edges, families, who, quotes, key=key)


def unpacked(events: Rows, conflicts: Rows) -> Picture:
    """Return the picture whose events and conflicts these are."""
    return Picture(
        tuple(msgspec.msgpack.decode(body, type=Event) for _, body in events),
        tuple(msgspec.msgpack.decode(body, type=Conflict) for _, body in conflicts),
    )


def weighed_rows(of: Material, key: bytes) -> tuple[Rows, Rows]:
    """Return the events and the conflicts of some claims, packed."""
    picture = weighed(of, key)
    events = [(str(event.id), packed(event)) for event in picture.events]
    return events, [(str(conflict.id), packed(conflict)) for conflict in picture.conflicts]
