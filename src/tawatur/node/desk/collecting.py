"""What a collection cost by what reports say, for a person to take over.

A report names sums beside the mission that it speaks of; which of them are of this mission is
for a person to say. Known cost: where sums are looked for, all claims are gone through once.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from tawatur.desk import restated
from tawatur.desk.subjects import stated
from tawatur.errors import UsageError
from tawatur.model.claim import Claim, Status
from tawatur.model.desk import Money, Request, RequestKind
from tawatur.model.entry import Draft, Entry
from tawatur.model.label import Viewer
from tawatur.node.desk.desk import Desk
from tawatur.node.indexing.index import undamaged
from tawatur.node.indexing.words import stems
from tawatur.node.seeing.sight import Sight

_SHARED = 2
"""Words that a claim of another report has in common with what is asked for."""


@dataclass(frozen=True, slots=True)
class ToldSum:
    """A sum that a claim states, which may be the cost of a collection."""

    collection: Request
    claim: Claim
    money: Money


@dataclass(frozen=True, slots=True)
class Collecting:
    """The costs of the collections of one node; `Node.collecting` is where the doors find them."""

    desk: Desk
    sight: Callable[[Viewer | None], Sight]
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]

    @undamaged
    def sums(
        self, given: str | None = None, *, viewer: Viewer | None = None
    ) -> tuple[ToldSum, ...]:
        """Return the sums that claims state which may be the cost of collections.

        A claim counts that stands in a report on which the collection rests, or has words in
        common with what it asks for; one that it rests on already does not. Those nearest to the
        claims on which it rests stand first.

        Args:
            given: One collection, or the beginning of its id; all of them if None.
            viewer: Who asks; the node's own organisation if None.

        Raises:
            UnknownIdError: There is no such request that may be seen.
        """
        if given is None:
            wanted = self.desk.requests(kind=RequestKind.COLLECTION, viewer=viewer)
        else:
            wanted = (self.desk.request(given, viewer=viewer),)
        sight = self.sight(viewer)
        known = [
            (claim, money)
            for claim in sight.claims()
            if claim.content.quantities and claim.status is not Status.REJECTED
            if (money := stated([claim])) is not None
        ]
        return tuple(told for item in wanted for told in _of(item, known, sight))

    @undamaged
    def take_over(self, given: str, claim: str, *, actual: bool = False) -> Request:
        """Record that a sum is what a collection may cost, by the claim that states it; return it.

        Args:
            given: The collection, or the beginning of its id.
            claim: The claim, or the beginning of its id.
            actual: Whether it is what it did cost.

        Raises:
            UnknownIdError: There is no such request or claim.
            UsageError: It is no collection, or closed, or the claim states no sum, or several.
        """
        item, told = self.desk.request(given), self.sight(None).claim(claim)
        money = stated([told])
        if item.kind is not RequestKind.COLLECTION:
            raise UsageError("{0} is no collection", item.id)
        if money is None:
            raise UsageError("{0} states no sum, or several", told.id)
        claims = tuple(dict.fromkeys((*item.claims, told.id)))
        changed = restated(item, claims=claims, **{"cost" if actual else "estimate": money})
        self.append([self.desk.drafted(changed, self.desk.label_of(told.document))])
        return replace(changed, rivals=())


def _of(item: Request, known: Sequence[tuple[Claim, Money]], sight: Sight) -> Iterator[ToldSum]:
    """Yield the sums that may be of one collection, the nearest first."""
    held = [sight.claim(each) for each in item.claims]
    words, found = set(stems(item.what)), []
    for claim, money in known:
        if claim.id in item.claims:
            continue
        near = [abs(claim.span.start - c.span.start) for c in held if c.document == claim.document]
        if near or len(words & set(stems(claim.quote))) >= _SHARED:
            found.append((not near, min(near, default=0), claim.id, ToldSum(item, claim, money)))
    yield from (told for *_, told in sorted(found, key=lambda each: each[:3]))
