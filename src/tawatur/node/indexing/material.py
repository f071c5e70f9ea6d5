"""What weighing needs of connected components, as the tables hold it, and what it gives.

Taken out of the tables by the index and weighed here, in whichever process.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

import msgspec

from tawatur.model.claim import Claim
from tawatur.model.ids import DocumentId, EntityId
from tawatur.model.picture import Conflict, Event, NearMiss, Picture, Standing
from tawatur.node.indexing.bars import bar_of, told_in
from tawatur.node.indexing.derived import packed
from tawatur.node.indexing.graph import numbers
from tawatur.node.indexing.waiting import shared_urgency
from tawatur.weighing import weigh
from tawatur.weighing.components import PlainEdge, candidates
from tawatur.weighing.events import ClaimPrint
from tawatur.weighing.oppositions import print_link

Rows = list[tuple[str, bytes]]
"""Ids, and what they name, packed."""


class Material(msgspec.Struct, frozen=True):
    """Some claims and what is known around them; all of a connected component, or of several.

    ``prints`` are those of the claims that count, as ``keys`` are where the pairs have to be
    compared again; then there are no ``edges``. ``who`` gives for the names that links point to
    the entity, under a word that holds here only.
    """

    claims: list[bytes]
    edges: list[tuple[str, str, float]]
    prints: Rows
    keys: list[bytes]
    families: Sequence[tuple[str, ...]]
    who: dict[str, dict[str, str]]  # by document, then by its name
    quotes: Sequence[tuple[str, str]]


def _weighed(claims: Sequence[Claim], of: Material, key: bytes) -> Picture:
    """Return the events of some claims and their conflicts, as if there were no other claims."""
    edges = cast("list[PlainEdge]", of.edges)  # to name each end anew would cost more than they do
    if of.keys:
        edges = list(_met([_print(body) for _, body in of.prints], of.keys))
    families = [tuple(map(DocumentId, family)) for family in of.families]
    quotes = [(DocumentId(a), DocumentId(b)) for a, b in of.quotes]
    prints = dict(of.prints)

    def print_of(claim: Claim) -> ClaimPrint:
        return _print(prints[claim.id])

    return weigh(claims, edges, families, spoken(of.who), quotes, key=key, print_of=print_of)


def _claim(body: bytes) -> Claim:
    return msgspec.msgpack.decode(body, type=Claim)


def _print(body: bytes) -> ClaimPrint:
    return msgspec.msgpack.decode(body, type=ClaimPrint)


def _met(prints: Iterable[ClaimPrint], keys: Iterable[bytes]) -> Iterator[PlainEdge]:
    """Yield the edges between claims, from their prints and keys, as if there were no others."""
    held = {of.id: (of, numbers(numbered)) for of, numbered in zip(prints, keys, strict=True)}
    for a, b in candidates({id_: numbered for id_, (_, numbered) in held.items()}):
        edge = print_link(held[a][0], held[b][0])
        if edge is not None:
            yield edge.a, edge.b, edge.strength


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
    claims = {claim.id: claim for claim in map(_claim, of.claims)}
    picture = _weighed(tuple(claims.values()), of, key)
    held = [[claims[claim] for claim in event.claims] for event in picture.events]
    drawn = (
        (bar_of(e, of), tuple(map(told_in, of))) for e, of in zip(picture.events, held, strict=True)
    )
    return {
        "events": [(str(event.id), packed(event)) for event in picture.events],
        "bars": [(bar.id, packed((bar, told))) for bar, told in drawn],
        "conflicts": [(str(conflict.id), packed(conflict)) for conflict in picture.conflicts],
        "near": [(str(miss.id), packed(miss)) for miss in picture.near],
        "standings": [(standing.root, packed(standing)) for standing in picture.standings],
        "waiting": [(str(claim), packed(n)) for claim, n in shared_urgency(picture).items()],
    }
