"""Which explanations compete, and what speaks for or against each: a board for people.

Analysis of competing hypotheses (R. Heuer, Psychology of Intelligence Analysis, 1999, ch. 8):
a claim that fits every explanation tells nothing, and the explanation against which least
speaks leads, not the one for which most does. People write the explanations and weigh the
claims; what is worked out is the order alone.
"""

from dataclasses import dataclass
from enum import StrEnum

from tawatur.model.ids import ClaimId, DocumentId, EventId, RulingId
from tawatur.model.picture import Reason
from tawatur.model.reading import Authenticity


class Bears(StrEnum):
    """How a claim bears on an explanation."""

    FOR = "for"
    AGAINST = "against"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Explanation:
    """One hypothesis and the claims weighed for it, in order of id.

    ``contradicted`` is how many independent roots speak against it at least, and ``reasons`` why
    these are so many.
    """

    id: RulingId
    text: str
    why: str = ""
    speak_for: tuple[ClaimId, ...] = ()
    speak_against: tuple[ClaimId, ...] = ()
    neither: tuple[ClaimId, ...] = ()
    contradicted: int = 0
    reasons: tuple[Reason, ...] = ()

    @property
    def weighed(self) -> tuple[tuple[Bears, ClaimId], ...]:
        """Each claim with how it bears on it: those for it, against it, and neither."""
        sides = (
            (Bears.FOR, self.speak_for),
            (Bears.AGAINST, self.speak_against),
            (Bears.NEITHER, self.neither),
        )
        return tuple((bears, claim) for bears, claims in sides for claim in claims)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim on a board; it tells apart if it is against some explanations and not others."""

    claim: ClaimId
    tells_apart: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """An explanation that a text itself gives: what a report is, and who made it, if it says so."""

    claim: ClaimId
    report: str
    verdict: Authenticity
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """The explanations of an event or of a document's origin, the least contradicted first."""

    about: EventId | DocumentId
    headline: str
    claims: tuple[ClaimId, ...]  # about it
    explanations: tuple[Explanation, ...]
    evidence: tuple[Evidence, ...]
    offers: tuple[Offer, ...]
