"""Who meets whom, when, about what; what was decided there, and who agreed to its minutes.

A meeting is followed up like a commitment: every change is one more step in view of those
before it (`tawatur.model.desk.Step`). Who takes part is an organisation or an office, never
a person: no value here says where somebody will be. A matter is known by its words and a
paper by its name, so that two who write the same at once have written one.
"""

from dataclasses import dataclass
from enum import StrEnum

from tawatur.model.ids import ClaimId, DeskId, DocumentId


class MeetingStatus(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    HELD = "held"
    PUT_OFF = "put off"
    CANCELLED = "cancelled"


class MatterStatus(StrEnum):
    """What became of a matter on an agenda."""

    OPEN = "open"
    DECIDED = "decided"
    PUT_OFF = "put off"


class Clearance(StrEnum):
    """What a party says of a paper as it now reads."""

    NOT_ASKED = "not asked"
    AGREES = "agrees"
    RESERVES = "reserves"
    OBJECTS = "objects"


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when on its day, by the clocks of a place: ``10:00``, IANA's ``Africa/Bamako``.

    Of a time that a day has twice, as clocks are set back, the first is meant.
    """

    begins: str
    ends: str | None
    zone: str


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter on an agenda, and what became of it."""

    what: str
    status: MatterStatus = MatterStatus.OPEN
    decision: str | None = None
    earlier: DeskId | None = None  # the meeting that put it off
    later: DeskId | None = None  # the one to which it was put off; None while there is none


@dataclass(frozen=True, slots=True)
class Word:
    """What a party said of a paper."""

    party: str
    clearance: Clearance
    why: str | None = None
    on: str | None = None  # EDTF
    times: int = 1  # how often it has spoken of this edition


@dataclass(frozen=True, slots=True)
class Paper:
    """A draft or minutes put to the parties; who agreed to one edition did not to the next."""

    name: str
    text: str
    edition: int = 1
    words: tuple[Word, ...] = ()

    def word_of(self, party: str) -> Word:
        """Return what a party said; that it was not asked if it said nothing."""
        said = (word for word in self.words if word.party == party)
        return next(said, Word(party, Clearance.NOT_ASKED))


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of parties: its time, agenda, papers, and the session it is of a series."""

    id: DeskId
    name: str
    when: str | None = None  # EDTF
    hours: Hours | None = None
    place: str | None = None
    parties: tuple[str, ...] = ()  # organisations and offices
    series: str | None = None
    number: int | None = None  # which session of the series
    matters: tuple[Matter, ...] = ()  # in the order of the agenda
    documents: tuple[DocumentId, ...] = ()
    papers: tuple[Paper, ...] = ()
    next_review: str | None = None  # EDTF
    status: MeetingStatus = MeetingStatus.PLANNED
    why: str | None = None  # of the last step
    on: str | None = None  # EDTF: when what the last step tells happened
    evidence: tuple[ClaimId, ...] = ()  # of the last step
    rivals: tuple[MeetingStatus, ...] = ()  # worked out: what steps taken at once say

    @property
    def closed(self) -> bool:
        """Whether it is over, or will not be."""
        return self.status in (MeetingStatus.HELD, MeetingStatus.CANCELLED)

    @property
    def title(self) -> str:
        """Its name, with which session it is where it belongs to a series of another name."""
        parts = (self.name, self.series if self.series != self.name else None)
        named = " · ".join(part for part in parts if part)
        return named if self.number is None else f"{named} ({self.number})"
