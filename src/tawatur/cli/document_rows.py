"""What the command line tells of one document: as lines for a person, as one object for a program.

The object has the same names in every language; the lines are translated.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from tawatur.i18n import Translate, said
from tawatur.model import marking as by_hand
from tawatur.model.claim import Agreement
from tawatur.model.document import Extraction, Marking, Part, Stated
from tawatur.model.picture import Copy
from tawatur.model.span import Span
from tawatur.node.labelled import label_object
from tawatur.node.seeing.provenance import found_in, header_facts, part_named, reason
from tawatur.node.views import DocumentView, GlossLine, RenditionLine

_ENDS = 6
"""Words shown of either end of a stretch that two texts share."""

_FIRST = 70
"""Characters shown of a stretch that is left out."""


def document_lines(view: DocumentView, _: Translate) -> Iterator[str]:
    """Yield what one document is, how it came, what was left out and what was noted on it."""
    yield f"{view.line.id}  {view.line.title}"
    yield from _stated_lines(view, _)
    yield from _came_lines(view, _)
    for line in view.renditions:
        yield _rendition_line(line, _)
    yield _("read by {0}").format(view.reading.reader)
    if view.names_and_dates_alone:
        yield _("only names and dates were read: there are no tables for this language")
    for number, part in enumerate(view.parts, 1):
        yield _part_line(view, number, part, _)
    for gloss in view.glosses:
        yield from _gloss_lines(view, gloss, _)
    for marked in view.markings:
        yield _marked_line(view, marked, _)
    if view.family:
        yield _("family of {0} documents: {1}").format(len(view.family), ", ".join(view.family))
    for copy in view.copies:
        yield from _copy_lines(view, copy, _)
    yield _("{0} claims").format(len(view.claims) + len(view.elsewhere))
    counts = Counter(claim.agreement for claim in view.claims if claim.agreement)
    for agreement in Agreement:
        if counts[agreement]:
            yield f"  {_(agreement.value)}: {counts[agreement]}"
    for claim in view.elsewhere:
        quote = " ".join(claim.quote.split())
        yield _("{0} stands in an older text only: {1}").format(claim.id, quote)


def _stated_lines(view: DocumentView, _: Translate) -> Iterator[str]:
    """Yield what the document says of itself, each with where."""
    extraction, published = view.extraction, view.reading.published
    passages = view.passages
    if len(passages) > 1:
        yield _("languages: {0}").format(
            ", ".join(
                _("{0} (paragraphs {1} to {2})").format(p.language, p.first, p.last)
                for p in passages
            )
        )
    else:
        yield _("language: {0}").format(view.line.language)
    if extraction.publisher:
        where = said(found_in(extraction.publisher), _)
        yield _("publisher: {0} (found in: {1})").format(extraction.publisher.value, where)
    stated = extraction.published
    if stated:
        where = said(found_in(stated), _)
        yield _("published: {0} (found in: {1})").format(stated.value, where)
    elif published.value or published.bounds is None:
        yield _("published: {0}").format(published.value or _("not told"))
    else:
        yield _("published: {0} (bounded from the content)").format(published.bounds)
    for each in published.reasons:
        yield f"  {said(reason(each), _)}"
    for marking in extraction.markings:
        yield _("marking: {0} (found in: {1})").format(marking.value, said(found_in(marking), _))
    if extraction.header is not None:
        for label, value in header_facts(extraction.header):
            yield f"  {said(label, _)}: {value}"


def _header(extraction: Extraction) -> dict[str, str]:
    """Return what a cable's header says, under the names of its fields."""
    header = extraction.header
    found = {} if header is None else {name: getattr(header, name) for name in header.__slots__}
    return {
        name: "; ".join(value) if isinstance(value, tuple) else str(value)
        for name, value in found.items()
        if value
    }


def _came_lines(view: DocumentView, _: Translate) -> Iterator[str]:
    """Yield each taking-in that may be seen."""
    for taken in view.acquisitions:
        line = _("taken in {0} from {1} by {2}, {3}").format(
            _time(taken.time), taken.origin, view.actors.get(taken.by, taken.by), taken.label.tlp
        )
        if taken.address and taken.address != taken.origin:
            line += _(", published at {0}").format(taken.address)
        if taken.captured:
            line += _(", fetched from there {0}").format(taken.captured)
        if taken.container:
            line += _(", out of a container with the digest {0}").format(taken.container)
        if taken.evidence:
            line += _(", with a record (`tawatur evidence`)")
        if taken.purpose:
            line += _(", for: {0}").format(taken.purpose)
        if taken.expires:
            line += _(", to be erased on {0}").format(taken.expires.date().isoformat())
        yield line


def _rendition_line(line: RenditionLine, _: Translate) -> str:
    made = " ".join(filter(None, (line.extractor.name, line.extractor.version)))
    made += f" ({line.extractor.settings})" if line.extractor.settings else ""
    shown = _("text {0} by {1}, {2}: {3} characters, {4} claims").format(
        line.id, made, _time(line.made), line.characters, line.claims
    )
    if line.current:
        return shown
    shown += _("; older: {0} claims replaced, {1} judgements made on it").format(
        line.former, line.judgements
    )
    return shown + (_(", cited by {0}").format(", ".join(line.cited)) if line.cited else "")


def _part_line(view: DocumentView, number: int, part: Part, _: Translate) -> str:
    words = " ".join(part.span.of(view.extraction.text).split())[:_FIRST]
    kind = said(part_named(part.kind), _)
    if part.left_out:
        shown = _("{0} left out ({1}): {2}").format(number, kind, words)
    else:
        shown = _("{0} brought back ({1}): {2}").format(number, kind, words)
    if part.sifting is None:
        return shown
    by = view.actors.get(part.sifting.by, part.sifting.by)
    return f"{shown} [{by}{': ' + part.sifting.why if part.sifting.why else ''}]"


def _gloss_lines(view: DocumentView, line: GlossLine, _: Translate) -> Iterator[str]:
    gloss, words = line.gloss, " ".join(line.words.split())
    place = _("characters {0} to {1}").format(gloss.span.start, gloss.span.end)
    if line.place is not None:
        place = _("characters {0} to {1}").format(line.place.start, line.place.end)
    elif view.current:
        place += _(" of an older text")
    by = view.actors.get(gloss.by, gloss.by)
    yield _("note {0} on «{1}», {2}, by {3}, {4}").format(
        gloss.id, words, place, by, _time(gloss.time)
    )
    yield f"  {gloss.note}"


def _marked_line(view: DocumentView, marked: by_hand.Marking, _: Translate) -> str:
    words = " ".join(marked.span.of(view.extraction.text).split())
    place = _("characters {0} to {1}").format(marked.span.start, marked.span.end)
    if marked.no is not None:
        said = _("no name") if marked.no is by_hand.MarkedAs.NAME else _("no time")
        said += ", " + _("anywhere in the text") if marked.everywhere else ""
    else:
        said = _(marked.type) if marked.type else marked.when or ""
    by = view.actors.get(marked.by, marked.by)
    return _("mark {0} on «{1}», {2}: {3}, by {4}, {5}").format(
        marked.id, words, place, said, by, _time(marked.time)
    )


def _copy_lines(view: DocumentView, copy: Copy, _: Translate) -> Iterator[str]:
    other = copy.b if copy.a == view.line.id else copy.a
    yield f"{_(copy.kind)}: {other}, {said(copy.why, _)}"
    for sentence in copy.evidence:
        yield f"  {said(sentence, _)}"
    stretch = view.stretch(copy)
    if stretch is not None:
        shared = stretch.of(view.extraction.text).split()
        yield "  " + _("in common: {0} … {1}").format(
            " ".join(shared[:_ENDS]), " ".join(shared[-_ENDS:])
        )


def _time(value: datetime) -> str:
    return value.isoformat(timespec="seconds")


# ------------------------------------------------------------ for programs


def document_object(view: DocumentView, unproven: Iterable[tuple[str, str]] = ()) -> dict[str, Any]:
    """Return all that is told of one document, as JSON has it; places are in code points.

    ``unproven`` says who passed it on as whose without proof.
    """
    line, extraction, published = view.line, view.extraction, view.reading.published
    return {
        "id": line.id,
        "title": line.title,
        "name": line.name,
        "label": label_object(line.label, unproven),
        "rendition": view.rendition,
        "language": line.language,
        "passages": [
            {"language": p.language, "first": p.first, "last": p.last, **_place(p.span)}
            for p in view.passages
        ],
        "publisher": _stated(extraction.publisher),
        "published": {
            "stated": _stated(extraction.published),
            "bounds": published.bounds,
            "reasons": list(published.reasons),
        },
        "learnt": _time(line.learnt),
        "markings": [_stated(marking) for marking in extraction.markings],
        "header": _header(extraction) or None,
        "acquisitions": [
            {
                "time": _time(a.time),
                "name": a.name,
                "origin": a.origin,
                "address": a.address,
                "captured": a.captured,
                "container": a.container,
                "evidence": a.evidence is not None,
                "by": view.actors.get(a.by, a.by),
                "label": label_object(a.label),
                "purpose": a.purpose,
                "expires": a.expires and _time(a.expires),
            }
            for a in view.acquisitions
        ],
        "renditions": [_rendition(each) for each in view.renditions],
        "reader": view.reading.reader,
        "parts": [_part(view, number, part) for number, part in enumerate(view.parts, 1)],
        "glosses": [_gloss(view, gloss) for gloss in view.glosses],
        "marked": [_marked(view, marked) for marked in view.markings],
        "family": list(view.family),
        "copies": [_copy(view, copy) for copy in view.copies],
        "claims": len(view.claims) + len(view.elsewhere),
        "elsewhere": [claim.id for claim in view.elsewhere],
    }


def _place(span: Span | None) -> dict[str, int | None]:
    return {"start": span.start if span else None, "end": span.end if span else None}


def _stated(stated: Stated | Marking | None) -> dict[str, Any] | None:
    if stated is None:
        return None
    told: dict[str, Any] = {"value": stated.value, "found_in": stated.found_in}
    if isinstance(stated, Marking):
        told |= {"level": stated.level, "tlp": stated.tlp}
    return told | _place(stated.span)


def _rendition(line: RenditionLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "extractor": line.extractor.name,
        "version": line.extractor.version,
        "settings": line.extractor.settings,
        "made": _time(line.made),
        "characters": line.characters,
        "current": line.current,
        "claims": line.claims,
        "former": line.former,
        "judgements": line.judgements,
        "cited": list(line.cited),
    }


def _part(view: DocumentView, number: int, part: Part) -> dict[str, Any]:
    sifting = part.sifting
    return {
        "number": number,
        "kind": part.kind,
        "left_out": part.left_out,
        "by": sifting and view.actors.get(sifting.by, sifting.by),
        "why": sifting and sifting.why,
        "words": " ".join(part.span.of(view.extraction.text).split())[:_FIRST],
        **_place(part.span),
    }


def _gloss(view: DocumentView, line: GlossLine) -> dict[str, Any]:
    return {
        "id": line.gloss.id,
        "words": line.words,
        "note": line.gloss.note,
        "by": view.actors.get(line.gloss.by, line.gloss.by),
        "time": _time(line.gloss.time),
        **_place(line.place),
    }


def _marked(view: DocumentView, marked: by_hand.Marking) -> dict[str, Any]:
    return {
        "id": marked.id,
        "type": marked.type,
        "when": marked.when,
        "no": marked.no,
        "everywhere": marked.everywhere,
        "why": marked.why,
        "by": view.actors.get(marked.by, marked.by),
        "time": _time(marked.time),
        **_place(marked.span),
    }


def _copy(view: DocumentView, copy: Copy) -> dict[str, Any]:
    return {
        "document": copy.b if copy.a == view.line.id else copy.a,
        "kind": copy.kind,
        "why": str(copy.why),
        "evidence": [str(each) for each in copy.evidence],
    }
