"""What does a pair of claims come to: a conflict, or only the look of one?

A finder tells of pairs in one respect. A pair that looks contradictory and is not (two times,
a plan and a fact, a count that rose) is a near miss: said with its reason, so that nobody has
to work out again why it is none.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tawatur.model.ids import ConflictId, keyed_id
from tawatur.model.picture import Compared, Conflict, ConflictKind, NearMiss, Reason
from tawatur.weighing.conflicts.sides import Side


@dataclass(frozen=True, slots=True)
class Found:
    """One pair, in what respect it differs, and why; ``near`` where it does not contradict."""

    kind: ConflictKind
    a: Side
    b: Side
    why: Reason
    near: bool = False


def compared(
    found: Iterable[Found], key: bytes, one_source: Callable[[Side, Side], bool]
) -> Compared:
    """Return the conflicts and near misses, each pair of claims once, as first told.

    A pair that contradicts in one respect is a near miss in none.

    Args:
        found: The pairs, the respects that tell most first.
        key: The node's id key.
        one_source: Whether two claims are the word of one.
    """
    told: dict[tuple[str, str], Found] = {}
    for each in found:
        pair = (each.a.claim.id, each.b.claim.id)
        if pair not in told or (told[pair].near and not each.near):
            told[pair] = each
    conflicts, near = [], []
    for (a, b), each in told.items():
        id_ = ConflictId(keyed_id("x", key, each.kind.value, *sorted((a, b))))
        ids = (id_, each.kind, each.a.claim.id, each.b.claim.id, each.why)
        if each.near:
            near.append(NearMiss(*ids))
        else:
            conflicts.append(Conflict(*ids, one_source(each.a, each.b)))
    return Compared(
        tuple(sorted(conflicts, key=lambda c: c.id)), tuple(sorted(near, key=lambda n: n.id))
    )
