"""A brief as a sequence of blocks, for writers of paragraphs: Markdown, PDF and DOCX.

The order and the words are those of the page: headings, sentences under their chains, citations
that lead to the very characters of the reports at the end. A block holds plain text, foreign
names between isolates (U+2068, U+2069), and says in which language and direction it runs.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tawatur.briefs.appendix import anchor
from tawatur.briefs.brief import (
    Brief,
    Contradiction,
    Entry,
    Place,
    Section,
    Sentence,
    SourceDocument,
)
from tawatur.briefs.page import View
from tawatur.briefs.words import isolated
from tawatur.i18n import LANGUAGES, direction


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` is 1 for the title, ``anchor`` of a report the place of its text."""

    level: int
    words: str
    language: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph in the brief's language; ``kind`` is lead, note, chain, fact or own.

    The last is of whoever composed the brief.
    """

    words: str
    language: str
    kind: str = "fact"


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a report; ``bare`` where they bring quotation marks of their own."""

    words: str
    language: str
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Cites:
    """Citations, each its words and the anchor it leads to, and what else is said of a sentence."""

    places: tuple[tuple[str, str], ...]
    facts: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a report within one line: cited, left out of the content, or neither."""

    words: str
    anchors: tuple[str, ...] = ()  # of the citations that begin here
    cited: bool = False
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a report."""

    pieces: tuple[Piece, ...]
    language: str


Block = Heading | Words | Items | Quote | Cites | Line


def direction_of(language: str) -> str:
    """Return ``rtl`` or ``ltr``; of a language that is none of ours, the latter."""
    return direction(language) if language in LANGUAGES else "ltr"


def blocks(brief: Brief, *, texts: bool = True) -> Iterator[Block]:
    """Yield the blocks of a brief in the order in which they are read.

    Args:
        brief: The brief.
        texts: Whether the texts of the reports stand under their headings.
    """
    return _Outline(brief, texts=texts).blocks()


class _Outline:
    """The blocks of one brief."""

    def __init__(self, brief: Brief, *, texts: bool) -> None:
        self._brief, self._view, self._texts = brief, View.of(brief), texts
        self._colon = "\u00a0:" if brief.language == "fr" else ":"

    def blocks(self) -> Iterator[Block]:
        brief, view = self._brief, self._view
        yield self._heading(1, brief.title)
        facts = [view.say("Made on {0}", view.day())]
        if view.period():
            facts.append(view.say("time asked for: {0}", view.period()))
        if view.expires():
            facts.append(view.say("to be deleted after {0}", view.expires()))
        if brief.label.purpose:
            facts.append(view.purpose())
        yield self._words(" · ".join(facts), "lead")
        if brief.marked:
            yield self._words(view.notice(), "note")
        if brief.sections:
            yield self._words(
                view.say(
                    "Every sentence here is somebody’s word: above it stands who said it and "
                    "through whom, below it the report and the very place. Nothing is claimed to "
                    "be a fact."
                ),
                "note",
            )
        elif not brief.written:
            yield self._words(view.say("No claim fits."))
            taking = view.say("If no reports have been taken in yet, take some in:")
            more = view.say(
                "If reports are there, ask for more: other words after --about, "
                "or a longer time with --since and --until."
            )
            yield Items((f"{taking} {isolated('tawatur add PATH')}", more), brief.language)
        for part in brief.written:
            if isinstance(part, Section):
                yield from self._section(part, 3)
            else:
                for line in part.words.splitlines():
                    yield self._words(line, "own")
        yield from self._several()
        yield from self._contradictions()
        yield from self._alone()
        yield from self._desk()
        yield from self._gaps()
        yield from self._reports()

    def _heading(self, level: int, words: str, at: str | None = None) -> Heading:
        return Heading(level, words, self._brief.language, at)

    def _words(self, words: str, kind: str = "fact") -> Words:
        return Words(words, self._brief.language, kind)

    def _several(self) -> Iterator[Block]:
        if self._brief.several:
            yield self._heading(2, self._view.say("What several say"))
        for section in self._brief.several:
            yield from self._section(section, 3)

    def _section(self, section: Section, level: int) -> Iterator[Block]:
        view = self._view
        yield self._heading(level, view.heading(section))
        if section.several and section.roots:
            reports = view.say("Reports: {0}", len(section.documents))
            yield self._words(f"{view.roots(section)} · {reports}")
            if section.reasons:
                yield Items(section.reasons, self._brief.language)
        for sentence in section.sentences:
            yield from self._sentence(sentence)

    def _sentence(self, sentence: Sentence, about: str = "") -> Iterator[Block]:
        view = self._view
        yield self._words(f"{sentence.words}{self._colon}", "chain")
        yield Quote(sentence.quote, sentence.language, view.has_marks(sentence))
        for note in sentence.notes:
            yield self._words(view.footnote(note))
        facts = [about] if about else []
        if not about and sentence.when:
            facts.append(view.say("time spoken of: {0}", view.when(sentence)))
        if view.status(sentence):
            facts.append(view.status(sentence))
        yield self._cites([sentence.place], facts)
        if sentence.also:
            also = view.say("The same, from the same root, also in")
            yield self._cites(sentence.also, [also])

    def _cites(self, places: Iterable[Place], facts: Iterable[str] = ()) -> Cites:
        cited = tuple((self._view.cite(place), anchor(place.claim)) for place in places)
        return Cites(cited, tuple(facts), self._brief.language)

    def _contradictions(self) -> Iterator[Block]:
        if self._brief.contradictions:
            yield self._heading(2, self._view.say("What is contradicted"))
        for found in self._brief.contradictions:
            yield from self._contradiction(found)

    def _contradiction(self, found: Contradiction) -> Iterator[Block]:
        view = self._view
        yield self._heading(3, view.conflict(found.kind))
        yield self._words(found.why)
        if found.same_root:
            yield self._words(view.say("Both rest on one source: it contradicts itself."))
        yield from self._sentence(found.a)
        yield from self._sentence(found.b)

    def _alone(self) -> Iterator[Block]:
        view = self._view
        if self._brief.alone:
            yield self._heading(2, view.say("What one report says alone"))
        for document, sections in self._brief.alone:
            named = [isolated(part) for part in (document.publisher, document.title) if part]
            title = " · ".join([*named, view.published(document)])
            yield self._heading(3, f"[{view.number(document.id)}] {title}")
            for section in sections:
                if len(section.sentences) == 1:
                    yield from self._sentence(section.sentences[0], view.heading(section))
                else:
                    yield from self._section(section, 4)

    def _desk(self) -> Iterator[Block]:
        brief, view = self._brief, self._view
        if brief.commitments or brief.requests or brief.voiced:
            yield self._heading(2, view.say("Promised and asked"))
        parts = (("Commitments", brief.commitments), ("Requests", brief.requests))
        for name, items in parts:
            if items:
                yield self._heading(3, view.say(name))
            for item in items:
                yield from self._entry(item)
        if brief.voiced:
            voiced = view.say("In the reports, followed up by nobody yet: {0}", len(brief.voiced))
            yield self._heading(3, voiced)
        for sentence in brief.voiced:
            yield from self._sentence(sentence)

    def _entry(self, item: Entry) -> Iterator[Block]:
        yield self._words(f"{item.words}{self._colon} {isolated(item.what)}", "chain")
        homes = [self._view.home(claim).place for claim in item.claims]
        yield self._cites(homes, item.standing)

    def _gaps(self) -> Iterator[Block]:
        view = self._view
        if self._brief.gaps:
            yield self._heading(2, view.say("What is not known"))
        for gap in self._brief.gaps:
            yield self._words(gap.words, "chain")
            numbers = tuple(f"[{view.number(document)}]" for document in gap.documents)
            yield self._cites([view.home(claim).place for claim in gap.claims], numbers)

    def _reports(self) -> Iterator[Block]:
        brief, view = self._brief, self._view
        if brief.documents:
            yield self._heading(2, view.say("The reports"))
        places: dict[str, list[Place]] = {}
        for place in brief.places():
            places.setdefault(place.document, []).append(place)
        for document in brief.documents:
            title = f"[{view.number(document.id)}] {isolated(document.title)}"
            yield self._heading(3, title, anchor(document.id).replace("c-", "d-", 1))
            by = isolated(document.publisher) if document.publisher else None
            by = by or view.say("publisher not known")
            yield self._words(f"{by} · {view.published(document)}")
            if self._texts:
                yield from lines(document, places.get(document.id, ()))


def lines(document: SourceDocument, places: Sequence[Place]) -> Iterator[Line]:
    """Yield the lines of a report that hold text, its cited places marked.

    Put together, the words are those of the report, blank lines and ends of lines left out.
    """
    text = document.text
    begins: dict[int, list[str]] = {}
    for place in places:
        begins.setdefault(place.span.start, []).append(anchor(place.claim))
    spans = [place.span for place in places]
    asides = [aside.span for aside in document.asides]
    at = 0
    for line in text.splitlines(keepends=True):
        end = at + len(line)
        edges = {at, end}
        for span in (*spans, *asides):
            edges |= {edge for edge in (span.start, span.end) if at < edge < end}
        pieces = tuple(
            Piece(
                text[a:b].rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"),
                tuple(dict.fromkeys(begins.get(a, ()))),
                any(span.start <= a < span.end for span in spans),
                any(span.start <= a < span.end for span in asides),
            )
            for a, b in pairwise(sorted(edges))
        )
        if any(piece.words.strip() or piece.anchors for piece in pieces):
            yield Line(pieces, document.language)
        at = end
