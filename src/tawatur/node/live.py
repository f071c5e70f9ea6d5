"""What changed since a page was made, as far as whoever looks at it may see?

Asked again and again while a page lies open, so it works nothing out: it tells what the index
holds already, and costs a few milliseconds whatever else is going on.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tawatur.errors import UnknownIdError
from tawatur.model.ids import ActorId
from tawatur.node.sight import Sight, Touch


@dataclass(frozen=True, slots=True)
class Tally:
    """How much is held that may be seen; ``unread`` documents have still to be worked in."""

    documents: int
    claims: int
    unread: int


@dataclass(frozen=True, slots=True)
class Live:
    """What goes on at one node; `Node.live` is where the doors find it."""

    position: Callable[[], tuple[int, ...]]
    """Equal twice only if nothing happened in between; never for anybody's eyes."""
    sight: Callable[[], Sight]
    behind: Callable[[], bool]
    """Whether something has still to be worked in."""
    me: ActorId
    blind: bool = False

    def tally(self) -> Tally:
        """Return how much is held, worked in or not."""
        return Tally(*self.sight().tally())

    def coming(self) -> int:
        """Return how many documents that may be seen have still to be worked in."""
        return self.sight().coming() if self.behind() else 0

    def sees(self, thing: str) -> bool:
        """Return whether there is such a thing, and whoever asks may see it."""
        sight = self.sight()
        if thing.startswith("d-"):
            return sight.may_see(thing)
        try:
            return bool(sight.claim(thing) if thing.startswith("c-") else sight.last_change(thing))
        except UnknownIdError:
            return False

    def last(self, thing: str) -> Touch | None:
        """Return what changed a thing last, None if nothing did or it may not be seen.

        Args:
            thing: The whole id of a document, a claim, a ruling or an item of the desk.
        """
        sight = self.sight()
        try:
            if thing.startswith("d-"):
                return sight.last_step(thing)
            if thing.startswith("c-"):
                return self._judged(sight, thing)
            return sight.last_change(thing)
        except UnknownIdError:
            return None

    def _judged(self, sight: Sight, claim: str) -> Touch | None:
        """Return the last judgement on a claim that is not kept back from whoever asks."""
        judged = sight.decided.judgements_with(sight.claim(claim))
        if self.blind and self.me not in {given.by for _, given in judged}:
            return None
        return next((Touch(each.entry, each.by) for each, _ in reversed(judged)), None)
