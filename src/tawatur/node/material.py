"""What weighing needs of connected components, as the tables hold it, and what it gives.

Taken out of the tables by the index and weighed here, in whichever process.
"""

from collections.abc import Mapping, Sequence

import msgspec

from tawatur.model.claim import Claim
from tawatur.model.ids import ClaimId, DocumentId, EntityId
from tawatur.model.picture import Conflict, Event, NearMiss, Picture, Reason
from tawatur.node.derived import packed
from tawatur.node.waiting import shared_urgency
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
    quotes = [(DocumentId(a), DocumentId(b)) for a, b in of.quotes]
    return weigh(claims, edges, families, spoken(of.who), quotes, key=key)


def spoken(who: Mapping[str, Mapping[str, str]]) -> dict[tuple[DocumentId, str], EntityId]:
    """Return who the names of documents are, as weighing asks for it."""
    return {
        (DocumentId(document), name): EntityId(entity)
        for document, names in who.items()
        for name, entity in names.items()
    }


def unpacked(rows: Mapping[str, Rows]) -> Picture:
    """Return the picture that was packed so; see `weighed_rows`."""
    return Picture(
        tuple(msgspec.msgpack.decode(body, type=Event) for _, body in rows["events"]),
        tuple(msgspec.msgpack.decode(body, type=Conflict) for _, body in rows["conflicts"]),
        tuple(msgspec.msgpack.decode(body, type=NearMiss) for _, body in rows["near"]),
    )


def weighed_rows(of: Material, key: bytes) -> dict[str, Rows]:
    """Return what some claims come to, packed, by the table that keeps it."""
    picture = weighed(of, key)
    return {
        "events": [(str(event.id), packed(event)) for event in picture.events],
        "conflicts": [(str(conflict.id), packed(conflict)) for conflict in picture.conflicts],
        "near": [(str(miss.id), packed(miss)) for miss in picture.near],
        "waiting": [(str(claim), packed(n)) for claim, n in shared_urgency(picture).items()],
    }
