"""What changed since a page was made, as far as whoever looks at it may see?

Asked again and again while a page lies open, so it works nothing out: it tells what the index
holds already, and costs a few milliseconds whatever else is going on.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tawatur.errors import OutdatedError, UnknownIdError
from tawatur.model.ids import ActorId
from tawatur.node.seeing.sight import Sight, Touch


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

    def since(self, thing: str, seen: str) -> tuple[Touch, ...]:
        """Return what changed an item of the desk after the entry ``seen``, first change first.

        Of a ruling only the last change is told: it stands in the place of those before.
        """
        sight = self.sight()
        if thing.startswith("j-"):
            last = self.last(thing)
            return () if last is None or last.entry == seen else (last,)
        changes = sight.changes(thing)
        looked_at = [at for at, touch in enumerate(changes, 1) if touch.entry == seen]
        return changes[looked_at[-1] if looked_at else 0 :]

    def verify_seen(self, thing: str, seen: str | None) -> None:
        """Refuse a word on a thing that changed since it was looked at.

        Args:
            thing: As in `last`.
            seen: As in `verify_seen` of this module.

        Raises:
            OutdatedError: Something changed it since.
        """
        verify_seen(self.last(thing), seen)

    def _judged(self, sight: Sight, claim: str) -> Touch | None:
        """Return the last judgement on a claim that is not kept back from whoever asks."""
        judged = sight.decided.judgements_with(sight.claim(claim))
        if self.blind and self.me not in {given.by for _, given in judged}:
            return None
        return next((Touch(each.entry, each.by) for each, _ in reversed(judged)), None)


def verify_seen(last: Touch | None, seen: str | None) -> None:
    """Refuse a word that was given in view of what is no longer the last.

    Args:
        last: What changed the thing last, as far as whoever gives the word may know.
        seen: The entry that was the last when they looked; empty if there was none, None where
            that does not matter.

    Raises:
        OutdatedError: Another is the last by now.
    """
    if seen is not None and seen != (last.entry if last else ""):
        raise OutdatedError("{0} changed this meanwhile; look again", last.by if last else "?")
