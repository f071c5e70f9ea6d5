"""What was promised and what was asked: the desk's first nouns, and one step in their lives.

Both are confirmed or entered by a person. Every step is one more entry that names the
steps that it was taken in view of, so that the history stays, and two nodes that hold
the same steps hold the same item (`tawatur.desk.cycles`). No value has a field for a
person's position, phone or movement.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Generic, TypeVar

from tawatur.errors import Message
from tawatur.model.area import BorderNotice
from tawatur.model.ids import ClaimId, DeskId, NodeId, StepId
from tawatur.model.meeting import Meeting
from tawatur.model.moment import Moment


@lru_cache(maxsize=4096)
def last_day(edtf: str) -> date | None:
    """Return the last day that an EDTF date can mean, None where it is open."""
    return Moment.parse(edtf).upper


class CommitmentStatus(StrEnum):
    """Where a commitment stands; ``overdue`` is worked out, never stored."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


class RequestStatus(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    ANSWERED = "answered"
    DECLINED = "declined"
    PASSED_ON = "passed on"
    WITHDRAWN = "withdrawn"


class LessonStatus(StrEnum):
    """Whether a lesson still holds."""

    NOTED = "noted"
    WITHDRAWN = "withdrawn"


class RequestKind(StrEnum):
    """What a request is for; the subject of a collection is a question, an area or a thing."""

    INFORMATION = "information"
    EQUIPMENT = "equipment"
    SUPPORT = "support"
    COLLECTION = "collection"


class Priority(StrEnum):
    """How pressing a request is in the word of whoever asks."""

    ROUTINE = "routine"
    PRIORITY = "priority"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in one currency; sums in two currencies are never added."""

    amount: str  # decimal, as written
    currency: str  # ISO 4217

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


@dataclass(frozen=True, slots=True)
class Effects:
    """What a mission came to beside its answers."""

    given_back: str | None = None  # to the host
    harm: str | None = None
    objections: str | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """Who promised what to whom by when, and the claims that say so, one for each saying."""

    id: DeskId
    by: str
    what: str
    to: str | None = None
    due: str | None = None  # EDTF
    claims: tuple[ClaimId, ...] = ()
    said_at: str | None = None  # the meeting or summit
    condition: str | None = None  # words, or the id of an event
    status: CommitmentStatus = CommitmentStatus.OPEN
    why: str | None = None  # of the last step
    on: str | None = None  # EDTF: when what the last step tells happened
    evidence: tuple[ClaimId, ...] = ()  # of the last step
    rivals: tuple[CommitmentStatus, ...] = ()  # worked out: what steps taken at once say

    def overdue(self, today: date) -> bool:
        """Return whether it is open and the last day it could be due lies before ``today``."""
        if self.status is not CommitmentStatus.OPEN or self.due is None:
            return False
        upper = last_day(self.due)
        return upper is not None and upper < today


@dataclass(frozen=True, slots=True)
class Request:
    """Who asked whom for what, since when, and who owes the next step."""

    id: DeskId
    by: str
    to: str
    what: str
    kind: RequestKind | None = None
    since: str | None = None  # EDTF
    needed_by: str | None = None  # EDTF
    next_step: str | None = None  # the party that owes it
    claims: tuple[ClaimId, ...] = ()
    priority: Priority = Priority.ROUTINE
    serves: str | None = None  # the decision that it is to serve
    estimate: Money | None = None
    cost: Money | None = None
    condition: str | None = None  # words, or the id of an event
    through: str | None = None  # who asks for whoever asks, without naming them
    then: tuple[str, ...] = ()  # who is asked next, in this order
    parent: DeskId | None = None  # the request that it renews or passes on
    answers: tuple[str, ...] = ()  # ids of the items that answer it
    terms: str | None = None  # of use of what was given
    effects: Effects | None = None
    status: RequestStatus = RequestStatus.OPEN
    why: str | None = None  # of the last step
    on: str | None = None  # EDTF: when what the last step tells happened
    evidence: tuple[ClaimId, ...] = ()  # of the last step
    rivals: tuple[RequestStatus, ...] = ()  # worked out: what steps taken at once say

    @property
    def owed_by(self) -> str | None:
        """The party that owes the next step; None once it is closed, when nobody does."""
        return self.next_step if self.status is RequestStatus.OPEN else None

    def waiting(self, today: date) -> int | None:
        """Return for how many days at least it has been open, None if closed or not told."""
        if self.status is not RequestStatus.OPEN or self.since is None:
            return None
        upper = last_day(self.since)
        return max(0, (today - upper).days) if upper else None


@dataclass(frozen=True, slots=True)
class Lesson:
    """What somebody learnt of how something was done, most often of a collection: a note."""

    id: DeskId
    by: str
    what: str
    about: DeskId | None = None  # the request on which it was learnt; stays on the node
    status: LessonStatus = LessonStatus.NOTED
    why: str | None = None  # of the last step
    on: str | None = None  # EDTF: when it was learnt
    evidence: tuple[ClaimId, ...] = ()
    rivals: tuple[LessonStatus, ...] = ()  # worked out: what steps taken at once say


Told = TypeVar("Told", bound=Commitment | Request)
Item = TypeVar("Item", bound=Commitment | Lesson | Request | Meeting)

Living = TypeVar("Living", bound=Commitment | Lesson | Request | BorderNotice | Meeting)
"""Whatever lives by steps."""


@dataclass(frozen=True, slots=True)
class Step(Generic[Living]):
    """What an item came to, and the steps that this one was taken in view of."""

    id: StepId
    replaces: tuple[StepId, ...]
    by: NodeId
    time: datetime  # UTC; shown, and never what decides
    item: Living


@dataclass(frozen=True, slots=True)
class Review:
    """What is looked at again every so many weeks."""

    id: DeskId
    name: str
    weeks: int
    start: date
    subjects: tuple[str, ...] = ()  # words; conflicts and events that hold one are on the agenda
    claims: tuple[ClaimId, ...] = ()  # that propose it


@dataclass(frozen=True, slots=True)
class Sitting:
    """One holding of a review: what came of it, and how things stood."""

    review: DeskId
    day: date
    outcome: str
    overdue: int
    waiting: int
    conflicts: int
    roots: tuple[tuple[str, int, int], ...] = ()  # event, at least, at most


@dataclass(frozen=True, slots=True)
class ProposedReview:
    """That somebody proposes to look at a matter again, in the words of a claim; when is EDTF.

    ``day`` is the first day that this can mean, or the last of a term.
    """

    claim: ClaimId
    by: str | None
    when: str
    words: str
    day: date


@dataclass(frozen=True, slots=True)
class Due:
    """One line of the digest: what needs a person, and why."""

    id: str
    why: Message
    what: str
    party: str | None  # who owes the next step
