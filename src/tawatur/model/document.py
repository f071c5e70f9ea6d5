"""What came in: a document, how it was taken in, and its text as a rendition.

A document is its bytes. A *rendition* is its text as one extractor saw it: for
plain text the decoded characters untouched, for every other format all visible
text in reading order. Spans are in code points of a named rendition; what is not
content (menus, comment forms) is marked as spans of it, never cut out; a person's
*sifting* overrules that mark, and a *gloss* is their note beside a stretch. An
*acquisition* is one taking-in: the same bytes taken in twice are one document
with two acquisitions, and rights attach to those.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from tawatur.model.ids import ActorId, BlobDigest, DocumentId, GlossId, RenditionId
from tawatur.model.label import Label, Tlp
from tawatur.model.span import Span


@dataclass(frozen=True, slots=True)
class Extractor:
    """Which program made a rendition, so that another version makes another one."""

    name: str
    version: str
    settings: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """A stretch that is not content; ``kind``: menu, comment form, headlines, notice, widget."""

    span: Span
    kind: str


BY_HAND = "by hand"
"""The kind of an aside that no extractor saw: a person left it out."""


@dataclass(frozen=True, slots=True)
class Sifting:
    """A person's word on whether a stretch is content; ``kind`` is what it is if it is not."""

    rendition: RenditionId
    span: Span
    content: bool
    by: ActorId
    kind: str = BY_HAND
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch that is left out, or would be but for a person's word (``sifting``)."""

    span: Span
    kind: str
    left_out: bool = True
    sifting: Sifting | None = None


@dataclass(frozen=True, slots=True)
class Gloss:
    """A person's note beside a stretch of text; a change is one more entry with the same id."""

    id: GlossId
    rendition: RenditionId
    span: Span
    note: str
    by: ActorId
    time: datetime  # UTC
    withdrawn: bool = False
    why: str | None = None


@dataclass(frozen=True, slots=True)
class NumberedParagraph:
    """A paragraph that the document itself numbers; ``start`` is that of the number.

    ``classification`` is the paragraph's own, as it is written: ``C``, ``S/NF``, ``س``.
    """

    number: int
    start: int
    classification: str | None = None


@dataclass(frozen=True, slots=True)
class CableHeader:
    """A cable's header as data; dates are ISO 8601, the rest as the text has it.

    ``declassify_on`` is the word that stands in place of a day where none is stated
    (``OADR``, ``GDS``). ``to`` and ``info`` are the addressees without their routing,
    ``captions`` the words on handling (``NOFORN``), ``section`` and ``sections`` which
    part this is of how many, ``signature`` the name or the role that ends the text.
    """

    number: str | None = None
    datetime: str | None = None
    source: str | None = None
    classification: str | None = None
    authority: str | None = None
    declassify_on: str | None = None
    subject: str | None = None
    classified_by: str | None = None
    reason: str | None = None
    to: tuple[str, ...] = ()
    info: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    section: int | None = None
    sections: int | None = None
    signature: str | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """A value and where it was found: a span of the rendition, or a name such as ``meta``."""

    value: str
    found_in: str
    span: Span | None = None


class Level(StrEnum):
    """What a classification amounts to in any state's or body's words, lowest first."""

    UNCLASSIFIED = "UNCLASSIFIED"
    OFFICIAL = "OFFICIAL USE"
    RESTRICTED = "RESTRICTED"
    CONFIDENTIAL = "CONFIDENTIAL"
    SECRET = "SECRET"  # noqa: S105 - a level of secrecy, no secret
    TOP_SECRET = "TOP SECRET"  # noqa: S105 - likewise


@dataclass(frozen=True, slots=True)
class Marking:
    """What a document says of who may see it: ``value`` as it is written, and what it amounts to.

    Either ``level`` or ``tlp`` is told, neither where the words are of no scale. What a
    document claims of itself decides nothing here: the label of its acquisition does.
    """

    value: str
    found_in: str
    span: Span | None = None
    level: Level | None = None
    tlp: Tlp | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """What intake made of bytes: the text, and what its parts are.

    ``published`` is what the document states (EDTF); bounds from its content are
    the reader's work. ``language`` is ``ar``, ``fr``, ``en`` or ``und``. ``markings``
    are in order of place, each level and each word of the traffic light once.
    """

    text: str
    media_type: str
    encoding: str | None
    extractor: Extractor
    language: str
    title: Span | None = None
    asides: tuple[Aside, ...] = ()
    publisher: Stated | None = None
    published: Stated | None = None
    header: CableHeader | None = None
    paragraphs: tuple[NumberedParagraph, ...] = ()
    markings: tuple[Marking, ...] = ()

    def main(self) -> tuple[Span, ...]:
        """Return the stretches of content in order: everything that is no aside."""
        spans, at = [], 0
        for aside in sorted(self.asides, key=lambda a: a.span):
            if aside.span.start > at:
                spans.append(Span(at, aside.span.start))
            at = max(at, aside.span.end)
        if at < len(self.text):
            spans.append(Span(at, len(self.text)))
        return tuple(spans)

    def sifted(self, siftings: Iterable[Sifting]) -> "Extraction":
        """Return the extraction with people's words on what is content in force."""
        parts = sifted_parts(self.asides, siftings)
        return replace(self, asides=tuple(Aside(p.span, p.kind) for p in parts if p.left_out))


def sifted_parts(asides: Iterable[Aside], siftings: Iterable[Sifting]) -> tuple[Part, ...]:
    """Return what is left out and what was brought back, in order of place, none overlapping.

    Args:
        asides: As an extractor marked them; one within another adds nothing.
        siftings: On the same text, oldest first; of several on one place the last holds.
    """
    marked: list[Part] = []
    at = 0
    for aside in sorted(asides, key=lambda a: a.span):
        if aside.span.end > at:
            marked.append(Part(Span(max(at, aside.span.start), aside.span.end), aside.kind))
            at = aside.span.end
    parts = marked
    for sifting in siftings:
        parts = [piece for part in parts for piece in _without(part, sifting.span)]
        parts.append(Part(sifting.span, sifting.kind, not sifting.content, sifting))
    return tuple(
        part
        for part in sorted(parts, key=lambda p: p.span)
        if part.left_out or any(part.span.overlap(aside.span) for aside in marked)
    )


def _without(part: Part, cut: Span) -> Iterator[Part]:
    """Yield what is left of ``part`` outside ``cut``."""
    if part.span.start < min(cut.start, part.span.end):
        yield replace(part, span=Span(part.span.start, min(cut.start, part.span.end)))
    if max(cut.end, part.span.start) < part.span.end:
        yield replace(part, span=Span(max(cut.end, part.span.start), part.span.end))


@dataclass(frozen=True, slots=True)
class Acquisition:
    """One taking-in: from where, when (UTC), by whom, under which label.

    Of what a container held, ``origin`` ends in the path inside it, and ``container`` is the
    digest of its bytes, which are not kept. ``address`` is where the document was published
    and ``captured`` when it was fetched from there (ISO 8601), as whoever fetched it states
    it; neither says when it was published. ``evidence`` holds what went over
    the line then, as WARC. ``label_by`` is the publisher whose documents the settings label so,
    empty if they label all so, and None if they said nothing.
    """

    document: DocumentId
    blob: BlobDigest
    name: str
    origin: str
    time: datetime
    by: ActorId
    label: Label
    purpose: str | None = None
    expires: datetime | None = None
    address: str | None = None
    captured: str | None = None
    container: BlobDigest | None = None
    evidence: BlobDigest | None = None
    label_by: str | None = None


@dataclass(frozen=True, slots=True)
class Rendition:
    """One text of a document; ``text_blob`` holds it as UTF-8."""

    id: RenditionId
    document: DocumentId
    text_blob: BlobDigest
    extraction: Extraction
