"""What do the other roots of an event make of what one root says in it?

An independent root *confirms* where it asserts the same: a copy is no other root, and somebody
who is not named may be the same. A denial confirms nothing, since two who deny may each defend
themselves. Which claims contradict is not said here: voices of one text contradict each other
whatever they speak of.

Known cost: in one event the square of the roots that nothing tells apart; of others a few are
enough, the first said first.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tawatur.model.claim import Claim
from tawatur.model.ids import DocumentId, EntityId
from tawatur.model.picture import Event, Standing, Told
from tawatur.model.reading import Modality, Polarity
from tawatur.weighing.events import moment
from tawatur.weighing.roots import least_roots, surely_two
from tawatur.weighing.tellings import Telling, by_publication

SHOWN = 5
"""Claims of other roots that are named where one is confirmed: one of each root."""


def standings(
    event: Event,
    told: Sequence[Telling],
    families: Iterable[tuple[DocumentId, ...]] = (),
    who: Mapping[tuple[DocumentId, str], EntityId] | None = None,
    quotes: Iterable[tuple[DocumentId, DocumentId]] = (),
) -> tuple[Standing, ...]:
    """Return what each root says in one event and what the others make of it, by the root's key.

    Args:
        event: The event.
        told: Whose word the claims of it are, in order of publication.
        families: The groups of documents that hold one text.
        who: The entity of each document's local entity, as far as names were resolved.
        quotes: Pairs of documents of which one holds a long stretch of the other.
    """
    families, quotes = tuple(families), tuple(quotes)
    roots = {telling.claim.id: telling.root.key for telling in told}
    members = [telling.claim for telling in told]
    by_root: dict[str, list[Claim]] = defaultdict(list)
    for claim in members:
        by_root[roots[claim.id]].append(claim)
    first = {
        root: claim for claim in reversed(members) if _asserts(claim) for root in (roots[claim.id],)
    }
    said = sorted(first.values(), key=by_publication)
    asserted = [claim for claim in members if _asserts(claim)]
    several = len(said) > 1 and event.roots.at_least > 1
    if several and len(asserted) < len(members):
        several = least_roots(asserted, families, who, quotes) > 1
    others = _Others({}, {}, (), said=())
    if several:
        group_of = {document: group for group in families for document in group}
        others = _Others(group_of, who or {}, quotes, said)
    return tuple(
        _standing(event, root, by_root[root], first.get(root), len(said), others)
        for root in sorted(by_root)
    )


def _standing(
    event: Event,
    root: str,
    claims: Sequence[Claim],
    own: Claim | None,
    asserting: int,
    others: "_Others",
) -> Standing:
    """Return the standing of one root, of which ``own`` is the first claim that asserts.

    ``asserting`` is how many roots do.
    """
    by, later = others.confirming(own) if own else (None, ())
    perhaps = Told.PERHAPS if own and asserting > 1 else Told.NO
    return Standing(
        event=event.id,
        subject=event.type,
        root=root,
        claims=tuple(claim.id for claim in claims),
        asserted=tuple(claim.id for claim in claims if _asserts(claim)),
        denied=tuple(claim.id for claim in claims if _states(claim, Polarity.DENIED)),
        told=Told.YES if by else perhaps,
        by=by.id if by else None,
        later=tuple(claim.id for claim in later),
    )


@dataclass(slots=True)
class _Others:
    """What several roots of one event assert, first said first, and what joins their texts."""

    group_of: Mapping[DocumentId, tuple[DocumentId, ...]]
    who: Mapping[tuple[DocumentId, str], EntityId]
    quotes: Collection[tuple[DocumentId, DocumentId]]
    said: Sequence[Claim]
    told_apart: dict[tuple[str, str], bool] = field(default_factory=dict)

    def confirming(self, own: Claim) -> tuple[Claim | None, tuple[Claim, ...]]:
        """Return the first claim that confirms one, and a few that were surely not there before."""
        by: Claim | None = None
        later: list[Claim] = []
        for other in self.said:
            before = _before(other, own)
            if (by is None or not before) and other is not own and self._independent(own, other):
                by = by or other
                later += [] if before else [other]
            if len(later) == SHOWN:
                break
        return by, tuple(later)

    def _independent(self, a: Claim, b: Claim) -> bool:
        pair = (a.id, b.id) if a.id < b.id else (b.id, a.id)
        if pair not in self.told_apart:
            ends = (a.document, b.document)
            group, other = (self.group_of.get(end, ()) for end in ends)
            common = (group,) if group and group is other else ()
            quoting = [pair for pair in self.quotes if pair in (ends, ends[::-1])]
            self.told_apart[pair] = surely_two(a, b, common, self.who, quoting)
        return self.told_apart[pair]


def _before(other: Claim, own: Claim) -> bool:
    """Return whether a claim was surely there before another."""
    one, first = moment(other.published), moment(own.published)
    return one is not None and first is not None and one.before(first) is True


def _asserts(claim: Claim) -> bool:
    return _states(claim, Polarity.ASSERTED)


def _states(claim: Claim, polarity: Polarity) -> bool:
    return claim.content.modality is Modality.FACT and claim.content.polarity is polarity
