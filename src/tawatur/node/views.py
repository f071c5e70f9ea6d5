"""What the doors hand to the node, and what it shows them, asked through the label decision."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tawatur.errors import Message
from tawatur.model.claim import Claim, Verdict
from tawatur.model.document import Acquisition, Extraction, Extractor, Gloss, Part
from tawatur.model.grade import Record, Reliability, Source, SourceGrade, Tally
from tawatur.model.ids import (
    ActorId,
    BlobDigest,
    ClaimId,
    DeskId,
    DocumentId,
    EntryId,
    RenditionId,
)
from tawatur.model.label import Label
from tawatur.model.marking import Marking
from tawatur.model.picture import Aspect, Copy, Event, Lineage, Reason
from tawatur.model.reading import EventType, Reading
from tawatur.model.ruling import Grading, Ruling
from tawatur.model.span import Span
from tawatur.model.text import token_spans
from tawatur.sharing import ReceiptStatus

if TYPE_CHECKING:
    from tawatur.intake import Passage
    from tawatur.reading.llm import Dropped


@dataclass(frozen=True, slots=True)
class Incoming:
    """Something to take in: a file's path, or bytes already in hand (``-``).

    ``address`` is where it was published and ``captured`` when it was fetched from there, as
    whoever fetched it states it; ``evidence`` is a record of that. ``container`` is the digest
    of what held it. ``media_type`` is what a server or a container said that it is.
    """

    name: str
    origin: str
    path: Path | None = None
    content: bytes | None = field(default=None, repr=False)
    media_type: str | None = None
    address: str | None = None
    captured: str | None = None
    container: BlobDigest | None = None
    evidence: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document in a listing; ``published`` is EDTF, ``learnt`` UTC.

    ``label`` is the one under which it travels, of the first way it came that may be seen.
    """

    id: DocumentId
    title: str
    language: str
    publisher: str | None
    published: str | None
    learnt: datetime
    claims: int
    characters: int
    name: str  # of the file or address it came from
    label: Label


@dataclass(frozen=True, slots=True)
class RenditionLine:
    """One text of a document: what made it, when (UTC), and what stands on it.

    ``former`` counts claims that a newer text replaced; ``cited`` are, where there are several
    texts, the desk items that point to claims of this one, in force or not.
    """

    id: RenditionId
    extractor: Extractor
    made: datetime
    characters: int
    current: bool
    claims: int
    former: int
    judgements: int
    cited: tuple[DeskId, ...] = ()


@dataclass(frozen=True, slots=True)
class GlossLine:
    """A person's note, the words it is on, and where they stand in the text shown, if they do."""

    gloss: Gloss
    words: str
    place: Span | None
    label: Label


EXCERPT = Extractor("tawatur.excerpt", "1")
"""Of the words of a claim that came without its document."""

REDACTED = replace(EXCERPT, settings="redacted")
"""Of the words of a claim of which some were left out before it was handed over."""


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document with one of its texts, what is marked in it, and how it came.

    ``claims`` stand in the text shown; ``elsewhere`` are those in force that stand in
    another text of the document. ``parts`` are numbered from 1 in this order.
    """

    line: DocumentLine
    rendition: RenditionId
    extraction: Extraction
    reading: Reading
    acquisitions: tuple[Acquisition, ...]
    claims: tuple[Claim, ...]
    copies: tuple[Copy, ...]
    family: tuple[DocumentId, ...] = ()  # all that hold one text with it, itself too; or empty
    renditions: tuple[RenditionLine, ...] = ()  # newest first
    elsewhere: tuple[Claim, ...] = ()
    parts: tuple[Part, ...] = ()
    glosses: tuple[GlossLine, ...] = ()
    markings: tuple[Marking, ...] = ()  # in the text shown, oldest first
    actors: Mapping[ActorId, str] = field(default_factory=dict)  # their names

    @property
    def redacted(self) -> bool:
        """Whether it is a claim of which words were left out before it was handed over."""
        return self.extraction.extractor == REDACTED

    @property
    def current(self) -> bool:
        """Whether the text shown is the newest there is."""
        return not self.renditions or self.renditions[0].id == self.rendition

    @property
    def passages(self) -> "tuple[Passage, ...]":
        """The content by language, in order."""
        from tawatur.intake import passages  # noqa: PLC0415 - a listing needs no intake

        return passages(self.extraction)

    def glosses_on(self, span: Span) -> tuple[GlossLine, ...]:
        """Return the notes on words at ``span`` of the text shown, in order of place."""
        return tuple(g for g in self.glosses if g.place is not None and g.place.overlap(span))

    def stretch(self, copy: Copy) -> Span | None:
        """Return where the longest stretch in common with a copy stands in the text here."""
        if copy.stretch is None:
            return None
        shared, here = copy.stretch, copy.a == self.line.id
        at, words = (shared.at_a, shared.words_a) if here else (shared.at_b, shared.words_b)
        text = self.extraction.text
        tokens = (
            Span(part.start + token.start, part.start + token.end)
            for part in self.extraction.main()
            for token in token_spans(part.of(text))
        )
        found = list(islice(tokens, at, at + words))
        return Span(found[0].start, found[-1].end) if found else None

    @property
    def names_and_dates_alone(self) -> bool:
        """Whether the reader had no tables for the language, and looked for nothing else."""
        from tawatur.reading import limit  # noqa: PLC0415 - a listing needs no reader

        return limit(self.reading) is not None


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found by words, with the places of the first few in its text."""

    document: DocumentLine
    extract: str
    marks: tuple[Span, ...]  # within the extract
    place: Span  # of the extract, in the rendition


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of what the viewer may see."""

    documents: int
    claims: int
    proposed: int
    events: int
    conflicts: int
    commitments: int
    requests: int
    languages: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not taken: its name and one line that says what and why.

    ``for_good`` says that this version would refuse these bytes on any machine.
    """

    name: str
    why: Message
    for_good: bool = False


@dataclass(frozen=True, slots=True)
class AddSummary:
    """What came of one ``add``, as names or ids in order of arrival."""

    taken: tuple[DocumentId, ...]
    held: tuple[str, ...]  # skipped: the same bytes are held, and may be seen
    refused: tuple[Refusal, ...]
    unread: tuple[Refusal, ...] = ()  # taken, and not read by the language model asked for


@dataclass(frozen=True, slots=True)
class Renewed:
    """Documents that have a newer text now, and those of which none is made any more."""

    documents: tuple[DocumentId, ...] = ()
    refused: tuple[Refusal, ...] = ()  # the old text stays


@dataclass(frozen=True, slots=True)
class RereadSummary:
    """What came of one ``reread``."""

    read: int  # documents that have a new reading now
    looked_at: int
    unread: tuple[Refusal, ...] = ()  # the language model could not, or may not, read them
    renewed: Renewed = Renewed()


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of ``doctor``: what was looked at, whether it is well, and what to do."""

    what: Message
    well: bool
    say: Message


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure removed."""

    entry: EntryId
    entries: int
    why: str


@dataclass(frozen=True, slots=True)
class Received:
    """What a partner's letter was, and what came of it.

    ``kind`` is that of the item, or ``notice``, or ``receipt``; ``id`` the item's here, None
    where nothing of it is held or it was here already. ``letter`` is the id of the release or
    notice that came, or that a receipt answers; ``status`` what was done about that, and why.
    ``unproven`` are those whose the sender says it is, which nothing proves.
    """

    kind: str
    id: str | None
    sender: str
    already: bool
    letter: str
    status: ReceiptStatus | None = None
    why: str | None = None
    unproven: tuple[str, ...] = ()


class Readers(StrEnum):
    """Who reads: the built-in rules, a language model, or both beside each other."""

    RULES = "rules"
    LLM = "llm"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Spent:
    """What a language model was asked, what it took, and what of its answers was dropped.

    ``cost`` is in ``currency`` by the prices in the settings; None where none are named.
    """

    model: str
    requests: int = 0
    kept: int = 0  # answers that were there from an earlier reading
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None
    currency: str = ""
    dropped: "tuple[tuple[Dropped, int], ...]" = ()
    failed: int = 0  # documents that it could not read


Progress = Callable[[int, int, str], None]
"""Told how many are done, of how many known so far, and the name of the last."""

Spending = Callable[[Spent], None]
"""Told what a language model was asked, and what it took, so far."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source in a listing, with how much of what it said became what.

    No letter is worked out for a person. ``ruling`` is the letter that a person recorded: it
    takes the place of the other. ``subjects`` are the types of the events of which it is a root,
    in order.
    """

    source: Source
    tally: Tally
    grade: SourceGrade | None
    ruling: Grading | None
    subjects: tuple[EventType, ...]

    @property
    def letter(self) -> Reliability | None:
        """The letter that is shown, if one is."""
        if self.ruling is not None:
            return self.ruling.letter
        return self.grade.reliability if self.grade else None


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source with all that it said, and what became of it."""

    line: SourceLine
    record: Record


@dataclass(frozen=True, slots=True)
class Cited:
    """One claim as others can check it: with the name of the file that it stands in."""

    claim: Claim
    file: str


@dataclass(frozen=True, slots=True)
class Traced:
    """One event: who had it from whom, in what its claims agree and differ, the claims by id."""

    event: Event
    lineage: Lineage
    aspects: tuple[Aspect, ...]
    claims: Mapping[ClaimId, Cited]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, reader or table by which something was worked out, and its version."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason, and the claim that it is about where it is about one."""

    why: Reason
    claim: ClaimId | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A person's judgement on a claim: by whom, and why."""

    entry: EntryId
    claim: ClaimId
    verdict: Verdict
    by: str
    why: str | None


class WorkedOut(StrEnum):
    """What can be asked why it is so."""

    EVENT = "event"
    ROOT = "root"
    CONFLICT = "conflict"
    ENTITY = "entity"
    RELATION = "relation"
    SOURCE = "source"
    CLAIM = "claim"
    GAP = "gap"
    HYPOTHESIS = "explanation"
    BEARING = "weighing of a claim"


@dataclass(frozen=True, slots=True)
class Because:
    """What one thing worked out came from; ``of`` is its name or its words, empty for neither."""

    id: str
    of: str
    kind: WorkedOut
    rules: tuple[Rule, ...]
    grounds: tuple[Ground, ...]
    claims: tuple[Cited, ...]
    judgements: tuple[Judged, ...]
    rulings: "tuple[RulingLine, ...]"


@dataclass(frozen=True, slots=True)
class RulingLine:
    """A ruling for people: by whom, and the words at its places."""

    ruling: Ruling
    by: str
    words: tuple[str, ...]
