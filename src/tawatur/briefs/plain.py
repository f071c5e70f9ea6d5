"""A brief as Markdown: the same sentences, with links into the page of the cited reports.

Everything that comes from a report is escaped, so that it stays text: no heading, link,
image or HTML of its own.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote

from tawatur.briefs.appendix import anchor
from tawatur.briefs.brief import Brief, Contradiction, Entry, Place, Section, Sentence
from tawatur.briefs.page import View
from tawatur.briefs.words import isolated
from tawatur.i18n import Translate, translator

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&$^=:@])")
_LINES = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def markdown(brief: Brief, documents_href: str) -> str:
    """Return the brief as Markdown in its language.

    Args:
        brief: The brief.
        documents_href: Where the page of `documents_page` will lie, relative to this file.
    """
    return "\n".join(_Writer(brief, documents_href).lines()).rstrip() + "\n"


class _Writer:
    """Writes one brief; holds the view and where the reports lie."""

    def __init__(self, brief: Brief, documents_href: str) -> None:
        self._brief, self._view = brief, View.of(brief)
        self._href = quote(documents_href, safe="/%")
        self._say: Translate = translator(brief.language)
        self._colon = "\u00a0:" if brief.language == "fr" else ":"

    def lines(self) -> Iterator[str]:
        """Yield the lines of the whole brief."""
        brief, view, say = self._brief, self._view, self._say
        yield from (f"**{_text(brief.label.tlp.value)}**", "", f"# {_text(brief.title)}", "")
        facts = [view.say("Made on {0}", view.day())]
        if view.period():
            facts.append(view.say("time asked for: {0}", view.period()))
        if view.expires():
            facts.append(view.say("to be deleted after {0}", view.expires()))
        if brief.label.purpose:
            facts.append(view.purpose())
        yield from (_text(" · ".join(facts)), "")
        if brief.marked:
            yield from (_text(view.notice()), "")
        if not brief.sections:
            yield from (say("No claim fits."), "")
            taking = say("If no reports have been taken in yet, take some in:")
            yield f"- {taking} `tawatur add PATH`"
            yield "- " + _text(
                say(
                    "If reports are there, ask for more: other words after --about, "
                    "or a longer time with --since and --until."
                )
            )
            yield ""
        else:
            note = say(
                "Every sentence here is somebody’s word: above it stands who said it and through "
                "whom, below it the report and the very place. Nothing is claimed to be a fact."
            )
            yield from (_text(note), "")
        for part in brief.written:
            if isinstance(part, Section):
                yield from self._section(part, "###")
            else:
                for line in part.words.splitlines():
                    yield from (_text(line), "")
        yield from self._several()
        yield from self._contradictions()
        yield from self._alone()
        yield from self._desk()
        yield from self._gaps()
        yield from self._reports()

    def _several(self) -> Iterator[str]:
        if self._brief.several:
            yield from (f"## {self._say('What several say')}", "")
        for section in self._brief.several:
            yield from self._section(section, "###")

    def _section(self, section: Section, level: str) -> Iterator[str]:
        view = self._view
        yield from (f"{level} {_text(view.heading(section))}", "")
        if section.several and section.roots:
            reports = view.say("Reports: {0}", len(section.documents))
            yield from (_text(f"{view.roots(section)} · {reports}"), "")
            yield from (f"- {_text(reason)}" for reason in section.reasons)
            yield ""
        for sentence in section.sentences:
            yield from self._sentence(sentence)

    def _sentence(self, sentence: Sentence, about: str = "") -> Iterator[str]:
        view = self._view
        yield from (f"{_text(sentence.words)}{self._colon}", "")
        yield from (f"> {_text(line)}" for line in _LINES.split(sentence.quote))
        for note in sentence.notes:
            yield from ("", _text(view.footnote(note)))
        facts = [self._cite(sentence.place)]
        if about:
            facts.append(_text(about))
        elif sentence.when:
            facts.append(_text(view.say("time spoken of: {0}", view.when(sentence))))
        if view.status(sentence):
            facts.append(_text(view.status(sentence)))
        yield from ("", " · ".join(facts), "")
        if sentence.also:
            also = " ".join(self._cite(place) for place in sentence.also)
            same = self._say("The same, from the same root, also in")
            yield from (f"{same} {also}", "")

    def _cite(self, place: Place) -> str:
        return f"[{_text(self._view.cite(place))}]({self._href}#{anchor(place.claim)})"

    def _contradictions(self) -> Iterator[str]:
        if self._brief.contradictions:
            yield from (f"## {self._say('What is contradicted')}", "")
        for found in self._brief.contradictions:
            yield from self._contradiction(found)

    def _contradiction(self, found: Contradiction) -> Iterator[str]:
        yield from (f"### {_text(self._view.conflict(found.kind))}", "", _text(found.why))
        if found.same_root:
            yield self._say("Both rest on one source: it contradicts itself.")
        yield ""
        yield from self._sentence(found.a)
        yield from self._sentence(found.b)

    def _alone(self) -> Iterator[str]:
        view = self._view
        if self._brief.alone:
            yield from (f"## {self._say('What one report says alone')}", "")
        for document, sections in self._brief.alone:
            named = [isolated(part) for part in (document.publisher, document.title) if part]
            title = " · ".join([*named, view.published(document)])
            yield from (f"### {_text(f'[{view.number(document.id)}] {title}')}", "")
            for section in sections:
                if len(section.sentences) == 1:
                    yield from self._sentence(section.sentences[0], view.heading(section))
                else:
                    yield from self._section(section, "####")

    def _desk(self) -> Iterator[str]:
        brief, view, say = self._brief, self._view, self._say
        if brief.commitments or brief.requests or brief.voiced:
            yield from (f"## {say('Promised and asked')}", "")
        for heading, items in (
            (say("Commitments"), brief.commitments),
            (say("Requests"), brief.requests),
        ):
            if items:
                yield from (f"### {heading}", "")
                yield from (self._entry(item) for item in items)
                yield ""
        if brief.voiced:
            words = view.say("In the reports, followed up by nobody yet: {0}", len(brief.voiced))
            yield from (f"### {_text(words)}", "")
            for sentence in brief.voiced:
                yield from self._sentence(sentence)

    def _entry(self, item: Entry) -> str:
        standing = " · ".join(map(_text, item.standing))
        cited = " ".join(self._cite(self._view.home(claim).place) for claim in item.claims)
        what = _text(isolated(item.what))
        return f"- {_text(item.words)}{self._colon} {what} ({standing}) {cited}".rstrip()

    def _gaps(self) -> Iterator[str]:
        if self._brief.gaps:
            yield from (f"## {self._say('What is not known')}", "")
        for gap in self._brief.gaps:
            cited = [self._cite(self._view.home(claim).place) for claim in gap.claims]
            cited += [_text(f"[{self._view.number(document)}]") for document in gap.documents]
            yield f"- {_text(gap.words)}{self._colon if cited else ''} {' '.join(cited)}".rstrip()
        if self._brief.gaps:
            yield ""

    def _reports(self) -> Iterator[str]:
        view = self._view
        if self._brief.documents:
            yield from (f"## {self._say('The reports')}", "")
        for document in self._brief.documents:
            words = f"{document.publisher or self._say('publisher not known')} · {document.title}"
            words += f" · {view.published(document)}"
            place = anchor(document.id).replace("c-", "d-", 1)
            yield f"{view.number(document.id)}. [{_text(words)}]({self._href}#{place})"


def _text(words: str) -> str:
    """Return words as Markdown that shows exactly them, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(_LINES.split(words)))
