"""What came since somebody last looked, what did it change, and what is held altogether?

Documents that were taken in after the last look are new; an event
that new ones tell of as well as old ones is told again, and its roots are shown as they were
without the new ones and as they are. Of very many new documents only the latest are gone
through: somebody who was away for a year reads no list of a year.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tawatur.model.label import Viewer
from tawatur.model.picture import Conflict, Event, RootInterval
from tawatur.node.seeing.sight import Sight
from tawatur.node.views import DocumentLine

GONE_THROUGH = 100
"""New documents whose events and contradictions are looked at, the latest."""

SHOWN = 8
"""Of each list."""


@dataclass(frozen=True, slots=True)
class Retold:
    """An event that old documents tell of and new ones too; ``before`` is without these."""

    event: Event
    before: RootInterval
    claims: int  # new ones


@dataclass(frozen=True, slots=True)
class Since:
    """What came since a look: how many documents, the latest of them, and what they changed."""

    documents: int
    lines: tuple[DocumentLine, ...]
    retold: tuple[Retold, ...]
    contradicted: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """How many claims there are by something, most first or in order of time."""

    types: tuple[tuple[str, int], ...]
    publishers: tuple[tuple[str, int], ...]
    times: tuple[tuple[str, int], ...]  # by year, or month where all lie within three years


@dataclass(frozen=True, slots=True)
class Recent:
    """What is new on one node; `Node.recent` is where the doors find it."""

    sight: Callable[[Viewer | None], Sight]

    def since(self, look: datetime | None, *, viewer: Viewer | None = None) -> Since:
        """Return what came since a look (UTC); without one everything is new."""
        sight = self.sight(viewer)
        new = sight.documents_since(look)
        latest = frozenset(new[:GONE_THROUGH])
        return Since(
            documents=len(new),
            lines=tuple(map(sight.line, new[:SHOWN])),
            # Before the first look nothing was told.
            retold=_retold(sight, latest, frozenset(new)) if look else (),
            contradicted=tuple(sight.pictures.conflicts_with(latest))[:SHOWN],
        )

    def held(self, *, viewer: Viewer | None = None) -> Held:
        """Return how many claims there are by type, publisher and time of publication."""
        types, publishers, months = self.sight(viewer).claim_counts()
        within = len({month[:4] for month, _ in months}) <= 3
        times: dict[str, int] = {}
        for month, count in months:
            key = month if within else month[:4]
            times[key] = times.get(key, 0) + count
        return Held(tuple(types), tuple(publishers), tuple(sorted(times.items())))


def _retold(sight: Sight, latest: frozenset[str], new: frozenset[str]) -> tuple[Retold, ...]:
    """Return the events that documents outside ``new`` tell of as well, most told first."""
    found: list[Retold] = []
    without = sight.without(new).pictures
    for event in sight.pictures.events_in(latest):
        told = sight.pictures.told_in(event.claims)
        old = [claim for claim, document in told if document not in new]
        if old and len(found) < SHOWN:
            before = without.events_of(old)
            if before:
                found.append(Retold(event, before[0].roots, len(event.claims) - len(old)))
    return tuple(found)
