"""What contradictions come to: a person settles one, dismisses it, or keeps it open.

The ruling is on the words of the two claims and on what they differ in, and finds the
conflict again after a rebuild and a later reading, whatever its id is by then.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tawatur.model.ids import ConflictId
from tawatur.model.label import Viewer
from tawatur.model.picture import Conflict
from tawatur.model.ruling import Outcome, Place, Settlement
from tawatur.node.judging.rulings import Rulings
from tawatur.node.seeing.sight import Sight


@dataclass(frozen=True, slots=True)
class Settling:
    """The settlements of one node; `Node.settling` is where the doors find it."""

    rulings: Rulings
    sight: Callable[[Viewer | None], Sight]

    def settle(self, conflict: str, outcome: Outcome, why: str) -> Settlement:
        """Record what a conflict comes to, and return the ruling; the latest that holds counts.

        Args:
            conflict: Its id, or the beginning of it.
            outcome: What it comes to.
            why: The reason, for the record.

        Raises:
            UnknownIdError: There is none that may be seen.
            UsageError: No reason is given.
        """
        sight = self.sight(None)
        found = sight.pictures.like(Conflict, conflict)
        a, b = (Place.of(sight.claim(side)) for side in (found.a, found.b))
        return self.rulings.record(Settlement, why, a=a, b=b, kind=found.kind, outcome=outcome)

    def of(
        self, conflicts: Iterable[Conflict], *, viewer: Viewer | None = None
    ) -> dict[ConflictId, Settlement]:
        """Return what those of ``conflicts`` come to of which a person has said so."""
        sight = self.sight(viewer)
        said = {}
        for ruling in sight.decided.rulings(Settlement):
            sides = [sight.decided.claim_at(place) for place in ruling.places]
            said[frozenset(c.id for c in sides if c is not None), ruling.kind] = ruling
        if not said:
            return {}
        keys = {c.id: (frozenset((c.a, c.b)), c.kind) for c in conflicts}
        return {id_: said[key] for id_, key in keys.items() if key in said}

    def unsettled(
        self, conflicts: Iterable[Conflict], *, viewer: Viewer | None = None
    ) -> tuple[Conflict, ...]:
        """Return those that nobody settled or dismissed, as they come."""
        found = tuple(conflicts)
        said = self.of(found, viewer=viewer)
        closed = {id_ for id_, ruling in said.items() if ruling.outcome is not Outcome.OPEN}
        return tuple(conflict for conflict in found if conflict.id not in closed)
