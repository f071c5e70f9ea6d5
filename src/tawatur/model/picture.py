"""What is worked out from claims: who is who, copies, events, roots, conflicts.

All of it is derived, can be thrown away and rebuilt, and is somebody's: worked
out only from what that viewer may receive. Nothing here names a natural
person's grade, score or rank, and no value could hold one.
"""

from dataclasses import dataclass
from enum import StrEnum

from tawatur.model.ids import ClaimId, ConflictId, DocumentId, EntityId, EventId
from tawatur.model.reading import EntityType, EventType, SourceKind


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, in a sentence: an English template with ``{0}`` places, and what fills them.

    The doors translate the template; ``str()`` gives English.
    """

    template: str
    args: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.template.format(*self.args)


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling of a name, how many documents hold it, and its language."""

    text: str
    language: str
    documents: int


@dataclass(frozen=True, slots=True)
class Entity:
    """One entry for all spellings; ``name`` is the one that most documents hold."""

    id: EntityId
    type: EntityType
    name: str
    names: tuple[Name, ...]
    documents: tuple[DocumentId, ...]
    why: tuple[Reason, ...] = ()


class CopyKind(StrEnum):
    """How two documents share a text; the same bytes taken in twice are one document.

    Of an excerpt the longer text holds the shorter one, or most of it; a long quotation is
    a stretch in two texts that are their own for the rest. Texts of one form, a bulletin of
    two days, share most words and no figures: they tell of two things.
    """

    SAME_TEXT = "same text"
    EDITED = "edited copy"
    EXCERPT = "excerpt"
    QUOTATION = "long quotation"
    FORM = "same form"
    TRANSLATION = "translation"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of words that stands in two texts, a few of them changed; words count from 0."""

    at_a: int
    words_a: int
    at_b: int
    words_b: int


@dataclass(frozen=True, slots=True)
class Copy:
    """Two documents that share a text; ``a`` sorts before ``b``; shares are 0.0 to 1.0.

    ``share`` is of the shorter text, ``of_a`` and ``of_b`` of each; of a translation they
    are of what could be compared: figures, dates and names, which ``common`` lists.
    ``stretch`` is the longest in common, and ``evidence`` what else shows it.
    """

    a: DocumentId
    b: DocumentId
    kind: CopyKind
    share: float
    why: Reason
    of_a: float = 0.0
    of_b: float = 0.0
    stretch: Stretch | None = None
    evidence: tuple[Reason, ...] = ()
    common: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Root:
    """One possible independent origin; several sources if they cannot be told apart."""

    sources: tuple[str, ...]  # names as the texts have them; empty for one that is not named
    claims: tuple[ClaimId, ...]
    named: bool


@dataclass(frozen=True, slots=True)
class RootInterval:
    """How many independent roots stand behind claims: at least, at most, and why."""

    at_least: int
    at_most: int
    roots: tuple[Root, ...]
    reasons: tuple[Reason, ...]


class Passing(StrEnum):
    """How a teller came by what is told."""

    ROOT = "root"
    HEARD = "heard"
    COPIED = "copied"
    TRANSLATED = "translated"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class Teller:
    """One who tells of an event, at a place in the tree of who had it from whom.

    A root is at depth 0; whoever is one deeper had it from the last before that is one less
    deep. ``names`` are as the texts have them: none for one who is not named, several for
    sources that only cite one another. ``claims`` are told in the teller's own texts, by this way.
    """

    names: tuple[str, ...]
    kind: SourceKind
    depth: int
    passing: Passing
    why: Reason | None  # what shows it; None of a root
    may_be_another: bool  # a root that may be one with another of the roots
    claims: tuple[ClaimId, ...]
    documents: tuple[DocumentId, ...]


@dataclass(frozen=True, slots=True)
class Lineage:
    """Who had it from whom, each before those who had it from there, and the roots that makes."""

    roots: RootInterval
    tellers: tuple[Teller, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What several claims are about; claims in order of publication, first said first."""

    id: EventId
    type: EventType
    headline: str  # the words of the claim that stands for it
    language: str
    claims: tuple[ClaimId, ...]
    documents: tuple[DocumentId, ...]
    when: str | None  # EDTF
    where: tuple[str, ...]
    who: tuple[str, ...]
    roots: RootInterval


class AspectKind(StrEnum):
    """Of what the claims about one event say something."""

    TIME = "time"
    PLACE = "place"
    ACTOR = "actor"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Said:
    """One value of an aspect, and the claims that say so, first said first.

    ``bound`` says of a figure whether it is about, at least or at most that, ``unit`` in what
    it is measured, as `tawatur.model.reading.Quantity` has it.
    """

    value: str
    claims: tuple[ClaimId, ...]
    bound: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Aspect:
    """What the claims about one event say of its time, place, actors or of one figure.

    ``of`` is what a figure counts, as the first of the texts that say so has it. ``agree`` is
    False where some of what is said leaves no room for the rest; it is no conflict by that alone.
    """

    kind: AspectKind
    of: str | None
    said: tuple[Said, ...]  # what most claims say first
    agree: bool


class RelationKind(StrEnum):
    """What one name is to another."""

    SPLIT = "split from"
    RENAMED = "was renamed to"
    MERGED = "merged with"
    LEADS = "leads"
    PLEDGED = "pledged allegiance to"
    PART = "is part of"


class ConflictKind(StrEnum):
    """In what two claims differ."""

    POLARITY = "polarity"
    FIGURE = "figure"
    DATE = "date"
    PLACE = "place"
    ACTOR = "actor"
    SPEAKER = "speaker"
    FUNCTION = "function"  # of one person at one time
    DEADLINE = "deadline"  # what was to be done by then was not
    CHRONOLOGY = "chronology"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two claims that cannot both be so, or seem so, and the sentence that explains it."""

    id: ConflictId
    kind: ConflictKind
    a: ClaimId
    b: ClaimId
    why: Reason
    same_root: bool = False  # one source contradicts itself


class Missing(StrEnum):
    """In which way something is missing from what is told."""

    NOT_KNOWN = "not known"
    NOT_FOUND = "looked for, not found"


@dataclass(frozen=True, slots=True)
class Gap:
    """A claim that something is not known or was not found, and those that suppose about it."""

    claim: ClaimId
    kind: Missing
    supposed: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Two claims that look contradictory and are not; ``why`` is what follows "because"."""

    id: ConflictId
    kind: ConflictKind
    a: ClaimId
    b: ClaimId
    why: Reason


@dataclass(frozen=True, slots=True)
class Compared:
    """What comes of setting claims against each other, each in order of id."""

    conflicts: tuple[Conflict, ...] = ()
    near: tuple[NearMiss, ...] = ()


class Told(StrEnum):
    """Whether an independent root asserts the same."""

    YES = "yes"
    PERHAPS = "perhaps"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Standing:
    """What one root says in an event, and what the other roots there make of it.

    ``root`` is its key, as `tellings` makes it: within one component equal keys are one root.
    Of ``claims``, by publication, some are stated as a fact: those ``asserted`` or ``denied``.
    ``by`` is the first claim of an independent root that asserts the same, ``later`` are a few
    of those that surely were not there before the root asserted it, one of each root.
    """

    event: EventId
    subject: EventType
    root: str
    claims: tuple[ClaimId, ...]
    asserted: tuple[ClaimId, ...] = ()
    denied: tuple[ClaimId, ...] = ()
    told: Told = Told.NO
    by: ClaimId | None = None
    later: tuple[ClaimId, ...] = ()

    @property
    def stated(self) -> tuple[ClaimId, ...]:
        """What is stated as a fact; plans, opinions and questions are not."""
        return (*self.asserted, *self.denied)


@dataclass(frozen=True, slots=True)
class Picture:
    """What weighing makes of one set of claims; everything in one promised order (by id)."""

    events: tuple[Event, ...]
    conflicts: tuple[Conflict, ...]
    near: tuple[NearMiss, ...] = ()
    standings: tuple[Standing, ...] = ()
