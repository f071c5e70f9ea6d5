"""Which proposals wait for a person, and which of them matter most?

A proposal is the more urgent the fewer roots its event has, if it is contradicted, the more
its type weighs for people, and the less its readers agree. One row for each proposal that
nobody judged yet, in the order in which they are shown: the most urgent first, those of one
document together. What a claim has of its own (its type, its readers, what its own text
says against it) is worked out with its document; the rest with its component.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import msgspec

from tawatur.ledger import Store
from tawatur.model.claim import Agreement, Claim
from tawatur.model.ids import ClaimId, DocumentId
from tawatur.model.picture import Picture
from tawatur.model.reading import EventType

TABLES = """
CREATE TABLE waiting(claim TEXT PRIMARY KEY, component TEXT NOT NULL, document TEXT NOT NULL,
                     start INTEGER NOT NULL, urgency INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX waiting_by_component ON waiting(component);
CREATE INDEX waiting_in_order ON waiting(urgency DESC, document, start, claim);
"""

_HARM = frozenset(
    {
        EventType.ASSAULT,
        EventType.CRIME,
        EventType.COERCE,
        EventType.THREATEN,
        EventType.ACCUSE,
        EventType.SANCTION,
        EventType.MOBILIZE,
    }
)
"""What people are hurt, accused or threatened by: to be wrong there costs most."""
_SLIGHT = frozenset({EventType.STATE, EventType.CONSULT})
"""What seldom changes what anybody does."""

_CONTRADICTED = 4
_FEW_ROOTS = 3
"""Of an event with one root; one less for each further root."""
_HARMFUL = 3
_DISAGREED = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """A place in the queue."""

    urgency: int
    document: DocumentId
    start: int
    claim: ClaimId

    @property
    def key(self) -> tuple[int, str, int, str]:
        """What the queue is sorted by."""
        return -self.urgency, self.document, self.start, self.claim


@dataclass(frozen=True, slots=True)
class Which:
    """Which proposals are asked for; everything for None."""

    language: str | None = None
    type: EventType | None = None
    document: DocumentId | None = None

    def clauses(self) -> tuple[list[str], list[object]]:
        """Return conditions on claims ``c`` of documents ``d``, and what stands in them."""
        asked = {"d.language": self.language, "c.type": self.type, "c.document": self.document}
        given = {column: value for column, value in asked.items() if value is not None}
        return ["TRUE", *(f"{column} = ?" for column in given)], list(given.values())


EVERYTHING = Which()


def harmful(claim: Claim) -> bool:
    """Return whether to be wrong about what a claim tells costs people most."""
    return claim.content.event_type in _HARM


def doubtful(claim: Claim) -> bool:
    """Return whether the readers of its text disagree about a claim."""
    return claim.agreement in {Agreement.ALONE, Agreement.OTHER_ROOT}


def own_urgency(claim: Claim, *, contradicted: bool) -> int:
    """Return what a claim has of its own; ``contradicted`` is whether by its own text."""
    slight = claim.content.event_type in _SLIGHT
    found = _HARMFUL if harmful(claim) else 0 if slight else 1
    if doubtful(claim):
        found += _DISAGREED
    return found + (_CONTRADICTED if contradicted else 0)


def shared_urgency(picture: Picture) -> dict[ClaimId, int]:
    """Return what the claims of events have from what is set beside them."""
    contradicted = {side for conflict in picture.conflicts for side in (conflict.a, conflict.b)}
    return {
        claim: max(0, _FEW_ROOTS + 1 - max(1, event.roots.at_least))
        + (_CONTRADICTED if claim in contradicted else 0)
        for event in picture.events
        for claim in event.claims
    }


class Waiting:
    """The queue of one node, in the index's database."""

    def __init__(self, db: Store) -> None:
        """Nothing is read yet; the table is the index's."""
        self._db = db

    def keep(self, component: str, shared: Iterable[tuple[str, bytes]]) -> None:
        """Put the claims of a component, with what they share, packed, in their places."""
        self._db.executemany(
            "INSERT OR REPLACE INTO waiting SELECT id, ?, document, start, urgency + ? "
            "FROM claims WHERE id = ? AND status = 'proposed'",
            [(component, msgspec.msgpack.decode(n, type=int), claim) for claim, n in shared],
        )

    def drop(self, components: Iterable[tuple[str]]) -> None:
        """Forget the claims of components."""
        self._db.executemany("DELETE FROM waiting WHERE component = ?", components)

    def turns(
        self,
        wanted: Which,
        after: Turn | None,
        hidden: Collection[str] = (),
        otherwise: Collection[str] = (),
    ) -> Iterator[Turn]:
        """Yield the queue in order.

        Args:
            wanted: Which proposals.
            after: The place behind which to begin.
            hidden: Documents that are left out.
            otherwise: Components that are left out.
        """
        clauses, values = wanted.clauses()
        if after is not None:
            clauses.append("(-w.urgency, w.document, w.start, w.claim) > (?, ?, ?, ?)")
            clauses.append("w.urgency <= ?")  # so that the index is entered there
            values += [*after.key, after.urgency]
        rows = self._db.execute(
            "SELECT w.urgency, w.document, w.start, w.claim, w.component FROM waiting w "
            "JOIN claims c ON c.id = w.claim JOIN documents d ON d.id = w.document "
            f"WHERE {' AND '.join(clauses)} ORDER BY w.urgency DESC, w.document, w.start, w.claim",
            values,
        )
        for *turn, component in rows:
            if turn[1] not in hidden and component not in otherwise:
                yield Turn(*turn)

    def of(self, claims: Iterable[str], wanted: Which) -> list[Turn]:
        """Return those of ``claims`` that nobody judged, by what they have of their own."""
        clauses, values = wanted.clauses()
        rows = self._db.execute(
            "SELECT c.urgency, c.document, c.start, c.id FROM claims c "
            "JOIN documents d ON d.id = c.document "
            f"WHERE {' AND '.join(clauses)} AND c.status = 'proposed' "
            "AND c.id IN (SELECT value FROM json_each(?))",
            [*values, json.dumps(sorted(claims))],
        )
        return [Turn(*row) for row in rows]

    def judged(self, wanted: Which) -> list[ClaimId]:
        """Return the claims that somebody judged."""
        clauses, values = wanted.clauses()
        rows = self._db.execute(
            "SELECT c.id FROM claims c JOIN documents d ON d.id = c.document "
            f"WHERE {' AND '.join(clauses)} AND c.status IN ('accepted', 'corrected', 'rejected') "
            "ORDER BY c.document, c.start, c.id",
            values,
        )
        return [ClaimId(row[0]) for row in rows]
