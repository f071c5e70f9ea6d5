"""A brief as one HTML file that needs nothing else: no script, no address outside the file.

Every sentence links to a mark at the very characters in the appendix, which holds the
whole text of each cited report, and every mark links back. Nothing of a report is ever
markup: templates escape, and a content security policy forbids what is left.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from tawatur.briefs.appendix import Mark, anchor, marked_text
from tawatur.briefs.brief import Brief, Footnote, Place, Section, Sentence, SourceDocument
from tawatur.briefs.words import (
    EVENT_WORDS,
    isolated,
    listed,
    marked,
    moment_in_words,
    roots_in_words,
)
from tawatur.days import day_in_words
from tawatur.i18n import LANGUAGES, direction, translator
from tawatur.model.claim import Status
from tawatur.model.ids import ClaimId, DocumentId
from tawatur.model.picture import ConflictKind

_QUOTES = frozenset('«“„"‹‘')
OPEN_SENTENCES = 4
"""Sentences of one event that stand open; the rest can be unfolded."""
OPEN_EVENTS = 10
"""Events that stand open; the rest can be unfolded."""
OPEN_ALONE = 12
"""Up to so many sentences said by one report alone, nothing is folded away."""

CONFLICT_WORDS = {
    ConflictKind.POLARITY: marked("Said and denied"),
    ConflictKind.FIGURE: marked("Different figures"),
    ConflictKind.DATE: marked("Different dates"),
    ConflictKind.PLACE: marked("Different places"),
    ConflictKind.ACTOR: marked("Different actors"),
    ConflictKind.SPEAKER: marked("Different speakers"),
    ConflictKind.FUNCTION: marked("Different functions of one person"),
    ConflictKind.DEADLINE: marked("A time that passed"),
    ConflictKind.CHRONOLOGY: marked("An order of dates that cannot be"),
}
_STATUS_WORDS = {
    Status.ACCEPTED: marked("Confirmed by a person"),
    Status.CORRECTED: marked("Corrected by a person"),
}


def html(brief: Brief) -> str:
    """Return the whole brief as one self-contained page in the brief's language."""
    return _rendered(brief, whole=True)


def documents_page(brief: Brief) -> str:
    """Return the cited reports alone, marked: the page that `markdown` links to."""
    return _rendered(brief, whole=False)


def heading_in_words(section: Section, language: str) -> str:
    """Return what a section is about in words that accuse nobody: kind, places or parties, time.

    Names of persons are left to the sentences, which have speakers.
    """
    say = translator(language)
    parts = [say(EVENT_WORDS[section.type])]
    parts += [isolated(name) for name in (section.where or section.parties)[:2]]
    if section.when:
        parts.append(moment_in_words(section.when, language))
    return " · ".join(parts)


@dataclass(frozen=True, slots=True)
class View:
    """What the template may ask; holds no rules but those of presentation."""

    brief: Brief
    numbers: Mapping[DocumentId, int]
    homes: Mapping[ClaimId, Sentence]

    @classmethod
    def of(cls, brief: Brief) -> "View":
        """Return the view of a brief; reports are numbered in the order of the appendix."""
        return cls(
            brief,
            {document.id: at for at, document in enumerate(brief.documents, 1)},
            {p.claim: s for s in brief.sentences() for p in (s.place, *s.also)},
        )

    @property
    def language(self) -> str:
        """The language of the brief's own words."""
        return self.brief.language

    def say(self, message: str, *parts: object) -> str:
        """Return a message in that language, filled."""
        words = translator(self.language)(message)
        return words.format(*parts) if parts else words

    def footnote(self, note: Footnote) -> str:
        """Return a person's note on words of a quotation."""
        return self.say("Note on {0}: {1}", isolated(note.words), isolated(note.note))

    def heading(self, section: Section) -> str:
        """Return what a section is about."""
        return heading_in_words(section, self.language)

    def roots(self, section: Section) -> str:
        """Return the interval of roots in words, empty for a claim alone."""
        return roots_in_words(section.roots, self.language) if section.roots else ""

    def origins(self, section: Section) -> list[str]:
        """Return the possible roots by name, in the order weighing gives them."""
        roots = section.roots.roots if section.roots else ()
        named = [" = ".join(map(isolated, root.sources)) for root in roots if root.sources]
        return list(dict.fromkeys(named))

    def document(self, place: Place) -> SourceDocument:
        """Return the report of a place."""
        return self.brief.documents[self.numbers[place.document] - 1]

    def number(self, document: DocumentId) -> int:
        """Return the number of a report in the appendix."""
        return self.numbers[document]

    def called(self, document: SourceDocument) -> str:
        """Return by what name a report is cited."""
        return isolated(document.publisher or document.title or self.say("a report"))

    def published(self, document: SourceDocument) -> str:
        """Return when a report was published, in words."""
        if not document.published:
            return self.say("date not told")
        return moment_in_words(document.published, self.language)

    def cite(self, place: Place) -> str:
        """Return the words of a citation."""
        document = self.document(place)
        parts = [self.called(document), self.published(document)]
        return f"[{self.numbers[document.id]}] {listed(parts, self.language)}"

    def status(self, sentence: Sentence) -> str:
        """Return what a person made of it, empty if nobody has yet."""
        message = _STATUS_WORDS.get(sentence.status)
        return self.say(message) if message else ""

    def has_marks(self, sentence: Sentence) -> bool:
        """Return whether the quotation brings quotation marks of its own."""
        return sentence.quote[:1] in _QUOTES

    def when(self, sentence: Sentence) -> str:
        """Return the time the sentence speaks of, empty if it tells none."""
        return moment_in_words(sentence.when, self.language) if sentence.when else ""

    def conflict(self, kind: ConflictKind) -> str:
        """Return in what two sentences differ."""
        return self.say(CONFLICT_WORDS[kind])

    def day(self) -> str:
        """Return the day the brief was made."""
        return day_in_words(self.brief.made, self.language)

    def period(self) -> str:
        """Return the time that was asked for in words, empty if none was."""
        brief = self.brief
        if not brief.since and not brief.until:
            return ""
        return moment_in_words(f"{brief.since or '..'}/{brief.until or '..'}", self.language)

    def expires(self) -> str:
        """Return the last day of the label."""
        expires = self.brief.label.expires
        return day_in_words(expires, self.language) if expires else ""

    def purpose(self) -> str:
        """Return for what it may be used, empty if for anything."""
        purpose = self.brief.label.purpose
        return self.say("only for: {0}", isolated(purpose)) if purpose else ""

    def notice(self) -> str:
        """Return what a marked copy says of itself."""
        return self.say(
            "This copy is marked: from it can be told to which organisation it was given."
        )

    def size(self, sections: Sequence[Section]) -> int:
        """Return how many sentences the sections hold."""
        return sum(len(section.sentences) for section in sections)

    def counts(self) -> list[tuple[str, int, str]]:
        """Return the parts of the brief with their sizes and anchors, those that hold any."""
        brief = self.brief
        parts = [
            (self.say("What several say"), len(brief.several), "several"),
            (self.say("What is contradicted"), len(brief.contradictions), "contradictions"),
            (self.say("What one report says alone"), self.alone_count, "alone"),
            (
                self.say("Promised and asked"),
                len(brief.commitments) + len(brief.requests) + len(brief.voiced),
                "desk",
            ),
            (self.say("What is not known"), len(brief.gaps), "gaps"),
            (self.say("The reports"), len(brief.documents), "reports"),
        ]
        return [part for part in parts if part[1]]

    @property
    def alone_count(self) -> int:
        """How many sentences are said by one report alone."""
        return sum(self.size(sections) for _, sections in self.brief.alone)

    def home(self, claim: ClaimId) -> Sentence:
        """Return the sentence under which a claim stands."""
        return self.homes[claim]

    def appendix(self) -> list[tuple[SourceDocument, Markup, tuple[str, ...]]]:
        """Return each report with its marked text, and the marks that stand in several pieces."""
        places: dict[DocumentId, dict[ClaimId, Place]] = {}
        for place in self.brief.places():
            places.setdefault(place.document, {})[place.claim] = place
        found = []
        for document in self.brief.documents:
            marks = [
                Mark(p.span, anchor(p.claim), f"s-{anchor(self.homes[p.claim].claim)}")
                for p in places.get(document.id, {}).values()
            ]
            words = self.say("back to the sentence")
            found.append((document, *marked_text(document.text, marks, document.asides, words)))
        return found


def _rendered(brief: Brief, *, whole: bool) -> str:
    view = View.of(brief)
    appendix = view.appendix()
    style = _style() + "".join(
        f'.text:has(#{key}:target) [data-of="{key}"]{{background:var(--found)}}\n'
        for _, _, cut in appendix
        for key in cut
    )
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        _environment()
        .get_template("brief.html")
        .render(
            brief=brief,
            view=view,
            say=view.say,
            whole=whole,
            appendix=appendix,
            style=Markup(style),  # noqa: S704 - own style sheet and anchors of safe letters
            digest=digest,
            open_sentences=OPEN_SENTENCES,
            open_events=OPEN_EVENTS,
            open_alone=OPEN_ALONE,
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("tawatur.briefs", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "bidi": _bidi,
        "anchor": anchor,
        "textdir": lambda language: direction(language) if language in LANGUAGES else "auto",
    }
    return environment


@cache
def _style() -> str:
    return (files("tawatur.briefs") / "templates" / "brief.css").read_text("utf-8")


def _bidi(words: str) -> Markup:
    """Return words escaped, their isolates as ``bdi`` elements."""
    escaped = str(escape(words))
    if escaped.count("\u2068") == escaped.count("\u2069"):
        escaped = escaped.replace("\u2068", "<bdi>").replace("\u2069", "</bdi>")
    return Markup(escaped)  # noqa: S704 - escaped two lines above
