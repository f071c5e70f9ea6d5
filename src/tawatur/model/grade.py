"""How far is a source to be relied on, and a claim to be believed? The Admiralty code.

Reliability, A to F, is worked out for outlets, bodies, offices and documents: a
`SourceGrade` cannot be made of any other source, so that no way of asking gives one to a
natural person, a group of people or somebody who is not named. Credibility, 1 to 6, is a
claim's. F and 6 say that nothing can be said: they are no lowest step. Grades count for
nothing else, and filter nothing.
"""

from dataclasses import dataclass
from enum import StrEnum

from tawatur.model.ids import ClaimId, EventId, SourceId
from tawatur.model.picture import Reason
from tawatur.model.reading import EventType, SourceKind

GRADED = frozenset({SourceKind.OUTLET, SourceKind.BODY, SourceKind.DOCUMENT})
"""The kinds of sources of which a letter may be worked out."""


class Reliability(StrEnum):
    """The letters of the Admiralty code; F stands apart from the order of the others."""

    COMPLETELY = "A"
    USUALLY = "B"
    FAIRLY = "C"
    NOT_USUALLY = "D"
    UNRELIABLE = "E"
    UNJUDGED = "F"

    @property
    def meaning(self) -> str:
        """What the letter says, in English; the doors translate it."""
        return _LETTERS[self]


_LETTERS = {
    Reliability.COMPLETELY: "completely reliable",
    Reliability.USUALLY: "usually reliable",
    Reliability.FAIRLY: "fairly reliable",
    Reliability.NOT_USUALLY: "not usually reliable",
    Reliability.UNRELIABLE: "unreliable",
    Reliability.UNJUDGED: "reliability cannot be judged",
}


class Credibility(StrEnum):
    """The numbers of the Admiralty code; 6 stands apart from the order of the others."""

    CONFIRMED = "1"
    PROBABLE = "2"
    POSSIBLE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    UNJUDGED = "6"

    @property
    def meaning(self) -> str:
        """What the number says, in English; the doors translate it."""
        return _NUMBERS[self]


_NUMBERS = {
    Credibility.CONFIRMED: "confirmed by other sources",
    Credibility.PROBABLE: "probably true",
    Credibility.POSSIBLE: "possibly true",
    Credibility.DOUBTFUL: "doubtful",
    Credibility.IMPROBABLE: "improbable",
    Credibility.UNJUDGED: "truth cannot be judged",
}


@dataclass(frozen=True, slots=True)
class Source:
    """Who speaks, in texts under ``names``; ``name`` is the entity's, or the commonest."""

    id: SourceId
    kind: SourceKind
    name: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """An event of which a source is a root, and what other roots made of what it said.

    ``confirmed_by`` are claims of independent roots that assert the same and surely were not
    there before; ``contradicted_by`` claims of other roots.
    """

    event: EventId
    subject: EventType
    claims: tuple[ClaimId, ...]
    confirmed_by: tuple[ClaimId, ...] = ()
    contradicted_by: tuple[ClaimId, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many claims came through a source, and of its cases how many became what."""

    claims: int
    cases: int
    confirmed: int
    contradicted: int


@dataclass(frozen=True, slots=True)
class Record:
    """What a source said: the claims that came through it, and the cases in which it is a root."""

    source: Source
    claims: tuple[ClaimId, ...]
    cases: tuple[Case, ...]

    @property
    def tally(self) -> Tally:
        """How much that is."""
        return Tally(
            len(self.claims),
            len(self.cases),
            sum(bool(case.confirmed_by) for case in self.cases),
            sum(bool(case.contradicted_by) for case in self.cases),
        )


@dataclass(frozen=True, slots=True)
class SourceGrade:
    """The letter of an outlet, body, office or document, and why; ``table`` is name and version.

    Raises:
        ValueError: The source is of a kind of which no letter is worked out.
    """

    source: Source
    reliability: Reliability
    why: tuple[Reason, ...]
    table: str

    def __post_init__(self) -> None:
        if self.source.kind not in GRADED:
            raise ValueError(f"no letter is worked out for a source of the kind {self.source.kind}")


@dataclass(frozen=True, slots=True)
class ClaimGrade:
    """The number of a claim, and why; ``table`` is name and version."""

    claim: ClaimId
    credibility: Credibility
    why: tuple[Reason, ...]
    table: str
