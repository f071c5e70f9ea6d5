"""What weighing needs of connected components, as the tables hold it, and what it gives.

Taken out of the tables by the index and weighed here, in whichever process.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from tawatur.model.claim import Claim
from tawatur.model.ids import ClaimId, DocumentId, EntityId
from tawatur.model.picture import Conflict, Event, NearMiss, Picture, Reason, Standing
from tawatur.node.derived import packed
from tawatur.node.graph import numbers
from tawatur.node.waiting import shared_urgency
from tawatur.weighing import Edge, weigh
from tawatur.weighing.components import candidates
from tawatur.weighing.events import ClaimPrint
from tawatur.weighing.oppositions import print_link

_ALIKE = Reason("They are about the same.")
"""In place of the reason of an edge, which is not kept: `about_the_same` gives it again."""

Rows = list[tuple[str, bytes]]
"""Ids, and what they name, packed."""


class Material(msgspec.Struct, frozen=True):
    """Some claims and what is known around them; all of a connected component, or of several.

    ``meets`` has print and keys of the claims of which the pairs have to be compared again; then
    there are no ``edges``. ``who`` gives for the names that links point to the entity, under a
    word that holds here only.
    """

    claims: list[bytes]
    edges: list[tuple[str, str, float]]
    meets: list[tuple[bytes, bytes]]
    families: Sequence[tuple[str, ...]]
    who: dict[str, dict[str, str]]  # by document, then by its name
    quotes: Sequence[tuple[str, str]]


def weighed(of: Material, key: bytes) -> Picture:
    """Return the events of some claims and their conflicts, as if there were no other claims."""
    claims = [msgspec.msgpack.decode(body, type=Claim) for body in of.claims]
    edges = [Edge(ClaimId(a), ClaimId(b), weight, _ALIKE) for a, b, weight in of.edges]
    edges += _met(of.meets)
    families = [tuple(map(DocumentId, family)) for family in of.families]
    quotes = [(DocumentId(a), DocumentId(b)) for a, b in of.quotes]
    return weigh(claims, edges, families, spoken(of.who), quotes, key=key)


def _met(meets: Iterable[tuple[bytes, bytes]]) -> Iterator[Edge]:
    """Yield the edges between claims, from their prints and keys, as if there were no others."""
    prints = {
        of.id: (of, keys)
        for of, keys in ((msgspec.msgpack.decode(p, type=ClaimPrint), keys) for p, keys in meets)
    }
    for a, b in candidates({id_: numbers(keys) for id_, (_, keys) in prints.items()}):
        edge = print_link(prints[a][0], prints[b][0])
        if edge is not None:
            yield edge


def spoken(who: Mapping[str, Mapping[str, str]]) -> dict[tuple[DocumentId, str], EntityId]:
    """Return who the names of documents are, as weighing asks for it."""
    return {
        (DocumentId(document), name): EntityId(entity)
        for document, names in who.items()
        for name, entity in names.items()
    }


def unpacked(rows: Mapping[str, Rows]) -> Picture:
    """Return events and conflicts that were packed so; see `weighed_rows`."""
    return Picture(
        tuple(msgspec.msgpack.decode(body, type=Event) for _, body in rows["events"]),
        tuple(msgspec.msgpack.decode(body, type=Conflict) for _, body in rows["conflicts"]),
        tuple(msgspec.msgpack.decode(body, type=NearMiss) for _, body in rows["near"]),
    )


def unpacked_standings(rows: Mapping[str, Rows]) -> tuple[Standing, ...]:
    """Return what roots say that was packed so."""
    return tuple(msgspec.msgpack.decode(body, type=Standing) for _, body in rows["standings"])


def weighed_rows(of: Material, key: bytes) -> dict[str, Rows]:
    """Return what some claims come to, packed, by the table that keeps it."""
    picture = weighed(of, key)
    return {
        "events": [(str(event.id), packed(event)) for event in picture.events],
        "conflicts": [(str(conflict.id), packed(conflict)) for conflict in picture.conflicts],
        "near": [(str(miss.id), packed(miss)) for miss in picture.near],
        "standings": [(standing.root, packed(standing)) for standing in picture.standings],
        "waiting": [(str(claim), packed(n)) for claim, n in shared_urgency(picture).items()],
    }
