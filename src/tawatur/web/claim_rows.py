"""Claims of several documents, and pairs of them, as rows: each with the title of its document."""

from collections.abc import Sequence

from tawatur.model.claim import Claim
from tawatur.model.picture import Conflict, NearMiss
from tawatur.web import rows
from tawatur.web.contexts import ClaimRow, ConflictRow, NearMissRow
from tawatur.web.ports import ShownNode


def claim_rows(node: ShownNode, some: Sequence[Claim], speech: rows.Speech) -> tuple[ClaimRow, ...]:
    """Return the rows of claims in the language of one person, in the order given."""
    lines = node.lines(claim.document for claim in some)
    return tuple(
        rows.claim_row(
            claim, node.in_words(claim, speech.language), speech, line=lines.get(claim.document)
        )
        for claim in some
    )


def conflict_rows(
    node: ShownNode, some: Sequence[Conflict], speech: rows.Speech
) -> tuple[ConflictRow, ...]:
    """Return the rows of conflicts, with what people said of them."""
    said = node.settling.of(some)
    return tuple(
        rows.conflict_row(conflict, sides, said.get(conflict.id), speech)
        for conflict, sides in zip(some, _both_sides(node, some, speech), strict=True)
    )


def near_rows(
    node: ShownNode, some: Sequence[NearMiss], speech: rows.Speech
) -> tuple[NearMissRow, ...]:
    """Return the rows of what looks contradictory and is not."""
    both = _both_sides(node, some, speech)
    return tuple(rows.near_row(miss, sides, speech) for miss, sides in zip(some, both, strict=True))


def _both_sides(
    node: ShownNode, some: Sequence[Conflict] | Sequence[NearMiss], speech: rows.Speech
) -> list[tuple[ClaimRow, ClaimRow]]:
    both = [claim for each in some for claim in (each.a, each.b)]
    told = node.cited(both)
    sides = claim_rows(node, [told[claim].claim for claim in both], speech)
    return list(zip(sides[::2], sides[1::2], strict=True))
