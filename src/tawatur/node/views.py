"""What the doors hand to the node, and what it shows them, asked through the label decision."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tawatur.errors import Message
from tawatur.model.claim import Claim
from tawatur.model.document import Acquisition, Extraction
from tawatur.model.ids import DocumentId, EntryId, RenditionId
from tawatur.model.picture import Copy
from tawatur.model.reading import Reading
from tawatur.model.span import Span
from tawatur.model.text import token_spans

if TYPE_CHECKING:
    from tawatur.reading.llm import Dropped


@dataclass(frozen=True, slots=True)
class Incoming:
    """Something to take in: a file's path, or bytes already in hand (``-``)."""

    name: str
    origin: str
    path: Path | None = None
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document in a listing; ``published`` is EDTF, ``learnt`` UTC."""

    id: DocumentId
    title: str
    language: str
    publisher: str | None
    published: str | None
    learnt: datetime
    claims: int
    characters: int
    name: str  # of the file or address it came from


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document with its text, what is marked in it, and how it came."""

    line: DocumentLine
    rendition: RenditionId
    extraction: Extraction
    reading: Reading
    acquisitions: tuple[Acquisition, ...]
    claims: tuple[Claim, ...]
    copies: tuple[Copy, ...]
    family: tuple[DocumentId, ...] = ()  # all that hold one text with it, itself too; or empty

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
    """A file that was not taken: its name and one line that says what and why."""

    name: str
    why: Message


@dataclass(frozen=True, slots=True)
class AddSummary:
    """What came of one ``add``, as names or ids in order of arrival."""

    taken: tuple[DocumentId, ...]
    held: tuple[str, ...]  # skipped: the same bytes are held, and may be seen
    refused: tuple[Refusal, ...]
    unread: tuple[Refusal, ...] = ()  # taken, and not read by the language model asked for


@dataclass(frozen=True, slots=True)
class RereadSummary:
    """What came of one ``reread``."""

    read: int  # documents that have a new reading now
    looked_at: int
    unread: tuple[Refusal, ...] = ()  # the language model could not, or may not, read them


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
    """What a partner handed over: its kind, its id here (None if it was here already)."""

    kind: str
    id: str | None
    sender: str
    already: bool


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
