"""What a page tells of one document: pure functions in the language of one person.

From where it came, what it states of itself and where, its texts, its parts, the notes on it
and its family; `tawatur.web.rows` has the rows that other pages show too.
"""

from collections.abc import Iterator

from tawatur.i18n import Translate, said
from tawatur.model.document import Acquisition, Part, Stated
from tawatur.model.ids import ActorId
from tawatur.model.marking import MarkedAs, Marking
from tawatur.model.picture import Copy
from tawatur.model.span import Span
from tawatur.node.seeing.provenance import found_in, header_facts, part_named, reason
from tawatur.node.views import DocumentView, GlossLine, RenditionLine
from tawatur.web import words
from tawatur.web.contexts import (
    Choice,
    CopyRow,
    Fact,
    MarkingRow,
    NoteRow,
    PartRow,
    Place,
    RenditionRow,
    Words,
)
from tawatur.web.rows import Speech, address, foreign, language_name, name

_ENDS = 8
"""Words shown of either end of a stretch that two texts share."""

_FIRST = 12
"""Words shown of a part that is left out."""


def facts(view: DocumentView, speech: Speech) -> tuple[Fact, ...]:
    """Return what is known of the document itself, each with where it was found."""
    _, extraction, line = speech.translate, view.extraction, view.line
    extractor = f"{extraction.extractor.name} {extraction.extractor.version}"
    return (
        *_stated(_("publisher"), extraction.publisher, speech),
        _published(view, speech),
        Fact(_("first taken in"), speech.own(words.minute(line.learnt, speech.language)), ""),
        Fact(_("language"), speech.own(language_name(extraction.language, speech)), ""),
        *_markings(view, speech),
        Fact(_("form"), Words(extraction.media_type, "en", "ltr"), extraction.encoding or ""),
        Fact(_("text made by"), Words(extractor, "en", "ltr"), extraction.extractor.settings),
        Fact(_("read by"), Words(view.reading.reader, "en", "ltr"), _limit(view, _)),
        Fact(_("document id"), Words(line.id, "en", "ltr"), ""),
        *_header(view, _),
    )


def _stated(label: str, stated: Stated | None, speech: Speech) -> Iterator[Fact]:
    if stated is not None:
        note = said(found_in(stated), speech.translate)
        yield Fact(label, name(stated.value), note)


def _published(view: DocumentView, speech: Speech) -> Fact:
    """Return when it was published: as stated, else as bounded from the content."""
    _, stated, read = speech.translate, view.extraction.published, view.reading.published
    value = speech.own(speech.when(stated.value if stated else read.value or read.bounds))
    if stated is not None:
        return Fact(_("published"), value, said(found_in(stated), _))
    bounded = read.value is None and read.bounds is not None
    return Fact(_("published"), value, _("bounded from the content") if bounded else "")


def reasons(view: DocumentView, speech: Speech) -> tuple[str, ...]:
    """Return why the document is dated so."""
    found = map(reason, view.reading.published.reasons)
    return tuple(words.sentence(each, speech.translate) for each in found)


def _markings(view: DocumentView, speech: Speech) -> Iterator[Fact]:
    """Yield who may read it, as it says itself."""
    for marking in view.extraction.markings:
        note = said(found_in(marking), speech.translate)
        yield Fact(speech.translate("marking"), name(marking.value), note)


def _header(view: DocumentView, _: Translate) -> Iterator[Fact]:
    """Yield what a cable's header says."""
    header = view.extraction.header
    if header is not None:
        for label, value in header_facts(header):
            yield Fact(said(label, _), name(value), "")


def acquisitions(view: DocumentView, speech: Speech) -> tuple[Fact, ...]:
    """Return each taking-in: when, of what, from where, by whom, under which label."""
    return tuple(
        Fact(
            words.minute(taken.time, speech.language),
            name(taken.name),
            " · ".join(_terms(taken, view, speech)),
        )
        for taken in view.acquisitions
    )


def _terms(taken: Acquisition, view: DocumentView, speech: Speech) -> Iterator[str]:
    _ = speech.translate
    yield _("from {0}").format(words.isolate(taken.origin))
    yield _("by {0}").format(words.isolate(_actor(view, taken.by, speech)))
    yield taken.label.tlp
    if taken.address and taken.address != taken.origin:
        yield _("published at {0}").format(words.isolate(taken.address))
    if taken.captured:
        yield _("fetched from there {0}").format(words.isolate(taken.captured))
    if taken.container:
        yield _("out of a container with the digest {0}").format(words.isolate(taken.container))
    if taken.purpose:
        yield _("for {0}").format(words.isolate(taken.purpose))
    if taken.expires:
        yield _("to be erased on {0}").format(speech.day(taken.expires))


def _actor(view: DocumentView, actor: ActorId, speech: Speech) -> str:
    return speech.translate(view.actors.get(actor, actor))


def passages(view: DocumentView, speech: Speech) -> tuple[Fact, ...]:
    """Return the paragraphs by language; nothing of a document in one."""
    _, found = speech.translate, view.passages
    if len(found) < 2:
        return ()
    return tuple(
        Fact(
            language_name(passage.language, speech),
            foreign(_first(passage.span, view), passage.language),
            _("paragraphs {0} to {1}").format(passage.first, passage.last),
        )
        for passage in found
    )


def parts(view: DocumentView, speech: Speech) -> tuple[PartRow, ...]:
    """Return what is left out of the text shown, and what was brought back."""
    return tuple(_part(view, n, part, speech) for n, part in enumerate(view.parts, 1))


def _part(view: DocumentView, number: int, part: Part, speech: Speech) -> PartRow:
    who = ""
    if part.sifting is not None:
        said_by = _actor(view, part.sifting.by, speech), part.sifting.why or ""
        who = " · ".join(map(words.isolate, filter(None, said_by)))
    return PartRow(
        number,
        said(part_named(part.kind), speech.translate),
        foreign(_first(part.span, view), view.extraction.language),
        part.left_out,
        who,
        view.current,
    )


def _first(span: Span, view: DocumentView) -> str:
    """Return the first words at ``span``."""
    found = span.of(view.extraction.text).split()
    return " ".join(found[:_FIRST]) + (" …" if len(found) > _FIRST else "")


def notes(view: DocumentView, speech: Speech) -> tuple[NoteRow, ...]:
    """Return people's notes, those on words of the text shown first."""
    return tuple(_note(view, n, line, speech) for n, line in enumerate(view.glosses, 1))


def _note(view: DocumentView, number: int, line: GlossLine, speech: Speech) -> NoteRow:
    gloss, query = line.gloss, {} if view.current else {"rendition": view.rendition}
    made = words.minute(gloss.time, speech.language)
    href = ""
    if line.place is not None:
        spot = f"{line.place.start}-{line.place.end}"
        href = address("documents", view.line.id, place=spot, **query) + "#found"
    return NoteRow(
        gloss.id,
        number,
        foreign(" ".join(line.words.split()), view.extraction.language),
        name(gloss.note),
        f"{words.isolate(_actor(view, gloss.by, speech))} · {made}",
        href,
    )


def markings(view: DocumentView, speech: Speech) -> tuple[MarkingRow, ...]:
    """Return the names and times that people marked in the text shown, oldest first."""
    return tuple(_marking(view, each, speech) for each in view.markings)


def _marking(view: DocumentView, marking: Marking, speech: Speech) -> MarkingRow:
    text, language = view.extraction.text, view.extraction.language
    made = words.minute(marking.time, speech.language)
    spot = f"{marking.span.start}-{marking.span.end}"
    return MarkingRow(
        marking.id,
        foreign(" ".join(marking.span.of(text).split()), language),
        _marked_as(marking, speech),
        f"{words.isolate(_actor(view, marking.by, speech))} · {made}",
        address("documents", view.line.id, place=spot) + "#found",
    )


def _marked_as(marking: Marking, speech: Speech) -> str:
    """Return what a person said that words are, in words."""
    if marking.no is not None:
        said = speech.translate(_NONE[marking.no])
        return f"{said}, {speech.translate('anywhere in the text')}" if marking.everywhere else said
    return (
        words.label(marking.type, speech.translate) if marking.type else speech.when(marking.when)
    )


_NONE = {MarkedAs.NAME: words.marked("no name"), MarkedAs.TIME: words.marked("no time")}


def names(view: DocumentView, speech: Speech) -> tuple[Choice, ...]:
    """Return what the text names, for words to be marked as one more mention of it."""
    named = sorted(view.reading.entities, key=lambda entity: entity.name)
    firsts = ((entity.mentions[0], entity.name) for entity in named if entity.mentions)
    held = (Choice(f"{span.start}-{span.end}", name_, chosen=False) for span, name_ in firsts)
    return (Choice("", speech.translate("nobody and nothing else here"), chosen=True), *held)


def renditions(view: DocumentView, speech: Speech) -> tuple[RenditionRow, ...]:
    """Return the document's texts, newest first."""
    return tuple(_rendition(view, line, speech) for line in view.renditions)


def _rendition(view: DocumentView, line: RenditionLine, speech: Speech) -> RenditionRow:
    made_by = " ".join(filter(None, (line.extractor.name, line.extractor.version)))
    asked = "" if line.current else line.id
    return RenditionRow(
        address("documents", view.line.id, rendition=asked),
        " · ".join(filter(None, (made_by, line.extractor.settings))),
        words.minute(line.made, speech.language),
        line.characters,
        line.claims,
        line.former,
        line.judgements,
        " ".join(line.cited),
        line.current,
        line.id == view.rendition,
    )


def copies(view: DocumentView, speech: Speech) -> tuple[CopyRow, ...]:
    """Return the other documents that share the text."""
    rows = []
    for copy in view.copies:
        other = copy.b if copy.a == view.line.id else copy.a
        rows.append(
            CopyRow(
                address("documents", other),
                other,
                words.label(copy.kind, speech.translate),
                words.sentence(copy.why, speech.translate),
                tuple(words.sentence(each, speech.translate) for each in copy.evidence),
                _shortened(view, copy),
                other in view.family,
            )
        )
    return tuple(rows)


def family(view: DocumentView) -> tuple[Place, ...]:
    """Return the documents that hold one text with it, itself among them."""
    return tuple(
        Place(each, address("documents", each), each == view.line.id, "") for each in view.family
    )


def _shortened(view: DocumentView, copy: Copy) -> str:
    """Return the ends of the longest stretch in common, as the document has it."""
    stretch = view.stretch(copy)
    found = stretch.of(view.extraction.text).split() if stretch else []
    if len(found) <= 2 * _ENDS:
        return " ".join(found)
    return " ".join([*found[:_ENDS], "…", *found[-_ENDS:]])


def _limit(view: DocumentView, _: Translate) -> str:
    """Return what the reader left out for want of tables, or nothing."""
    if not view.names_and_dates_alone:
        return ""
    return _("only names and dates were read: there are no tables for this language")
