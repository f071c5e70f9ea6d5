"""What a person decides of things worked out: who is one, what a contradiction comes to, a grade.

What is worked out has no fixed id: a better reader cuts a claim otherwise, a new report
moves a group. So a ruling names words: places in texts, which stay where they are and are
carried to a newer text of the same document like judgements (decision 16). A later entry
with the same id replaces the ruling, or takes it back.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tawatur.errors import Message
from tawatur.model.claim import Claim
from tawatur.model.grade import Reliability
from tawatur.model.hypothesis import Bears
from tawatur.model.ids import ActorId, RenditionId, RulingId
from tawatur.model.picture import ConflictKind
from tawatur.model.span import Span


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Words of a text: where a claim or a name stands."""

    rendition: RenditionId
    span: Span

    @classmethod
    def of(cls, claim: Claim) -> "Place":
        """Return the place of a claim."""
        return cls(claim.rendition, claim.span)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling(ABC):
    """What every ruling has; each kind of ruling adds what it is on."""

    id: RulingId
    by: ActorId
    time: datetime  # UTC
    why: str
    withdrawn: bool = False
    expires: datetime | None = None  # UTC; it holds until then, and has to be erased after

    @property
    @abstractmethod
    def places(self) -> tuple[Place, ...]:
        """The words it is on; who may not see one of their documents does not see the ruling."""

    @abstractmethod
    def sentence(self, words: tuple[str, ...]) -> Message:
        """Return what it says, given the words at its places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sameness(Ruling):
    """Two names stand for one entity, or do not; a no outlives whatever is worked out later."""

    a: Place
    b: Place
    same: bool

    @property
    def places(self) -> tuple[Place, ...]:
        """The two names."""
        return self.a, self.b

    def sentence(self, words: tuple[str, ...]) -> Message:
        """Return whether the two are one."""
        return Message("{0} and {1} are one" if self.same else "{0} and {1} are not one", words)


class Outcome(StrEnum):
    """What a contradiction comes to, in the word of whoever looked into it."""

    SETTLED = "settled"
    DISMISSED = "dismissed"
    OPEN = "kept open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement(Ruling):
    """What the contradiction of two claims, in one respect, comes to."""

    a: Place
    b: Place
    kind: ConflictKind
    outcome: Outcome

    @property
    def places(self) -> tuple[Place, ...]:
        """The two claims."""
        return self.a, self.b

    def sentence(self, words: tuple[str, ...]) -> Message:
        """Return what becomes of the contradiction."""
        match self.outcome:
            case Outcome.SETTLED:
                return Message("what “{0}” and “{1}” contradict each other in is settled", words)
            case Outcome.DISMISSED:
                return Message("“{0}” and “{1}” do not contradict each other", words)
            case Outcome.OPEN:
                return Message("whether “{0}” or “{1}” holds stays open", words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grading(Ruling):
    """The letter that a person gives a source, in place of one worked out or where none is.

    ``source`` is its name where it speaks, in the claim at ``place``. Of a person it has a
    purpose and an expiry.
    """

    place: Place
    source: str
    letter: Reliability
    purpose: str | None = None

    @property
    def places(self) -> tuple[Place, ...]:
        """A claim in which it speaks."""
        return (self.place,)

    def sentence(self, words: tuple[str, ...]) -> Message:
        """Return which letter the source has, and for what purpose."""
        if self.purpose is None:
            return Message("{0} is graded {1}", (self.source, self.letter.value))
        args = (self.source, self.letter.value, self.purpose, f"{self.expires:%Y-%m-%d}")
        return Message("{0} is graded {1}, for {2}, until {3}", args)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis(Ruling):
    """An explanation of an event, known by a claim, or of a document's origin, by its head."""

    place: Place
    origin: bool
    text: str

    @property
    def places(self) -> tuple[Place, ...]:
        """The words by which what is explained is known."""
        return (self.place,)

    def sentence(self, words: tuple[str, ...]) -> Message:
        """Return the explanation, and of what."""
        if self.origin:
            return Message("where “{0}” comes from may be explained so: {1}", (*words, self.text))
        return Message("“{0}” may be explained so: {1}", (*words, self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing(Ruling):
    """How a claim bears on an explanation."""

    on: RulingId
    place: Place
    bears: Bears

    @property
    def places(self) -> tuple[Place, ...]:
        """The claim."""
        return (self.place,)

    def sentence(self, words: tuple[str, ...]) -> Message:
        """Return what the claim says to the explanation."""
        match self.bears:
            case Bears.FOR:
                return Message("“{0}” speaks for {1}", (*words, self.on))
            case Bears.AGAINST:
                return Message("“{0}” speaks against {1}", (*words, self.on))
            case Bears.NEITHER:
                return Message("“{0}” speaks neither for nor against {1}", (*words, self.on))


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver(Ruling):
    """A claim from which no commitment or request is made, though it may sound like one."""

    place: Place

    @property
    def places(self) -> tuple[Place, ...]:
        """The claim."""
        return (self.place,)

    def sentence(self, words: tuple[str, ...]) -> Message:
        """Return that nothing is made of it."""
        return Message("“{0}” is neither promised nor asked", words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a composed brief: words of its author, or a claim, or the event of a claim."""

    text: str = ""
    place: Place | None = None  # of a claim; of the author's own words None
    event: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition(Ruling):
    """A brief that a person composes: claims and events in an order, words between them.

    It changes by entries with the same id, so that every earlier state stays in the ledger.
    """

    title: str
    language: str
    parts: tuple[Part, ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        """The claims that it tells."""
        return tuple(part.place for part in self.parts if part.place is not None)

    def sentence(self, words: tuple[str, ...]) -> Message:
        """Return what is composed, and of how many claims and events."""
        return Message("“{0}” is composed of claims and events: {1}", (self.title, str(len(words))))


RULINGS: dict[str, type[Ruling]] = {
    "sameness": Sameness,
    "settlement": Settlement,
    "grading": Grading,
    "hypothesis": Hypothesis,
    "bearing": Bearing,
    "passed over": PassedOver,
    "composition": Composition,
}
"""Each kind of ruling by its word in an entry."""
