"""A brief as a value: what is said, by whom, through whom, and where in which report.

A sentence is a quotation under its chain, never a fact of the brief's own. Reports that
say the same for the same root are one sentence with several places. The whole carries
the label that joins those of its parts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tawatur.model.claim import Status
from tawatur.model.document import Aside, Extraction
from tawatur.model.ids import ClaimId, ConflictId, DeskId, DocumentId, EventId
from tawatur.model.label import Label
from tawatur.model.picture import ConflictKind, RootInterval
from tawatur.model.reading import EventType
from tawatur.model.span import Span

_TITLE_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Footnote:
    """A person's note on words of a cited text."""

    span: Span
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A cited report with its whole text; ``published`` is EDTF, stated or bounded.

    ``text_of`` is told where one report is cited from several of its texts: whose this is.
    """

    id: DocumentId
    title: str
    publisher: str | None
    published: str | None
    language: str
    text: str
    asides: tuple[Aside, ...] = ()
    notes: tuple[Footnote, ...] = ()
    text_of: DocumentId | None = None

    @property
    def report(self) -> DocumentId:
        """The report, by whichever of its texts it is cited."""
        return self.text_of or self.id

    @classmethod
    def of(
        cls,
        document: DocumentId,
        extraction: Extraction,
        *,
        name: str,
        published: str | None,
        report: DocumentId | None = None,
        notes: tuple[Footnote, ...] = (),
    ) -> "SourceDocument":
        """Return the document of an extraction; ``name`` is its title where it states none."""
        title = extraction.title.of(extraction.text) if extraction.title else name
        return cls(
            document,
            " ".join(title.split())[:_TITLE_LENGTH],
            extraction.publisher.value if extraction.publisher else None,
            published,
            extraction.language,
            extraction.text,
            extraction.asides,
            notes,
            report,
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim stands, with its own chain in words; ``published`` is EDTF."""

    claim: ClaimId
    document: DocumentId
    span: Span
    words: str
    published: str | None
    report: DocumentId  # whose text the document is; mostly itself


@dataclass(frozen=True, slots=True)
class Sentence:
    """One word of one root: its chain in words, the quotation, and every place that has it."""

    claim: ClaimId
    words: str
    quote: str
    language: str
    status: Status
    when: str | None  # EDTF
    place: Place
    also: tuple[Place, ...] = ()
    notes: tuple[Footnote, ...] = ()  # on words of the quotation


@dataclass(frozen=True, slots=True)
class Section:
    """One event: what it is about in neutral words, who may be its origin, what is said.

    The first sentence is the one that stands for the event. ``reasons`` say why the roots
    are counted as they are.
    """

    event: EventId | None
    type: EventType
    when: str | None  # EDTF
    where: tuple[str, ...]
    parties: tuple[str, ...]  # no persons; none where the kind of event could accuse
    roots: RootInterval | None
    reasons: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    conflicts: tuple[ConflictId, ...] = ()

    @property
    def documents(self) -> tuple[DocumentId, ...]:
        """The reports that speak of it, first said first."""
        places = (p for s in self.sentences for p in (s.place, *s.also))
        return tuple(dict.fromkeys(place.report for place in places))

    @property
    def several(self) -> bool:
        """Whether more than one report or more than one root may stand behind it."""
        return len(self.documents) > 1 or (self.roots is not None and self.roots.at_most > 1)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sentences that cannot both be so, or seem so, and why in words."""

    id: ConflictId
    kind: ConflictKind
    why: str
    same_root: bool
    a: Sentence
    b: Sentence


@dataclass(frozen=True, slots=True)
class Entry:
    """A commitment or a request: who, what, how it stands in words, and what says so."""

    id: DeskId
    words: str
    what: str
    standing: tuple[str, ...]
    urgent: bool
    claims: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is not known, and the claims or reports concerned."""

    words: str
    claims: tuple[ClaimId, ...] = ()
    documents: tuple[DocumentId, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of whoever composed a brief, between what reports say."""

    words: str
    author: str


@dataclass(frozen=True, slots=True)
class Brief:
    """A whole brief; ``made`` is UTC, sections stand in the order in which to read them.

    ``written`` is what a person put together, in their order; where it is there, it stands in
    the place of the parts in which sections are arranged otherwise.
    """

    title: str
    language: str
    made: datetime
    label: Label
    about: str | None
    since: str | None
    until: str | None
    sections: tuple[Section, ...]
    contradictions: tuple[Contradiction, ...]
    commitments: tuple[Entry, ...]
    requests: tuple[Entry, ...]
    voiced: tuple[Sentence, ...]  # promised or asked in reports, on no desk item yet
    gaps: tuple[Gap, ...]
    documents: tuple[SourceDocument, ...]
    marked: bool = False  # whether its copies are marked, as they then say
    written: tuple[Passage | Section, ...] = ()

    @property
    def several(self) -> tuple[Section, ...]:
        """The events of which more than one report or root speaks."""
        return tuple(s for s in self.sections if s.several) if not self.written else ()

    @property
    def alone(self) -> tuple[tuple[SourceDocument, tuple[Section, ...]], ...]:
        """What one report says alone, by report, in the order of its text."""
        by_document: dict[DocumentId, list[Section]] = {}
        for section in self.sections if not self.written else ():
            if not section.several:
                cited = section.sentences[0].place.document
                by_document.setdefault(cited, []).append(section)
        return tuple(
            (document, tuple(by_document[document.id]))
            for document in self.documents
            if document.id in by_document
        )

    def sentences(self) -> Iterator[Sentence]:
        """Yield every sentence of the sections in order."""
        for section in self.sections:
            yield from section.sentences

    def places(self) -> Iterator[Place]:
        """Yield every place that is cited, in order of the sections."""
        for sentence in self.sentences():
            yield from (sentence.place, *sentence.also)
