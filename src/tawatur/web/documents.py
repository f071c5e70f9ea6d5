"""One document: its text with what stands in it, and what a person says of its parts.

The page shows the newest text, or the one that the address or a claim of an older text
asks for: a citation opens at the very characters that it was made on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tawatur.errors import UsageError
from tawatur.model.claim import Claim
from tawatur.model.reading import EntityType, EventType
from tawatur.model.span import Span
from tawatur.node.views import DocumentView
from tawatur.web import document_rows, rows, words
from tawatur.web.contexts import ClaimRow, DocumentPage, Pager
from tawatur.web.desk import laid_to
from tawatur.web.guard import local
from tawatur.web.marks import parts, stretches
from tawatur.web.visits import Field, Fields, Sent, Visit, Visited, span_of, whole_number

PART = 60_000
"""Code points of one page of a document: some 25 printed pages, rendered in well under a second."""

router = APIRouter(default_response_class=HTMLResponse)


@router.get("/documents/{key}")
def document(
    visit: Visited,
    *,
    key: str,
    claim: str = "",
    place: str = "",
    page: str = "",
    rendition: str = "",
) -> Response:
    """Show one document, at a claim or a place where the address asks for one."""
    with visit.node() as node:
        view = node.document(key, rendition=rendition or None)
        if claim and not rendition and not any(c.id == claim for c in view.claims):
            asked = node.claim(claim)  # of an older text, or of another document
            if asked.document == view.line.id:
                view = node.document(key, rendition=asked.rendition)
    return show_document(visit, view, claim=claim, place=place, page=page)


@router.post("/documents/{key}/parts")
def sift(visit: Sent, *, key: str, part: Field = "", undo: Field = "", why: Field = "") -> Response:
    """Record that a part is content, or none after all."""
    with visit.node() as node:
        view = node.restore(key, [whole_number(part, 0)], why=why.strip() or None, undo=bool(undo))
    return RedirectResponse(f"{rows.address('documents', view.line.id)}#parts", 303)


@router.post("/documents/{key}/left-out")
def leave_out(
    visit: Sent, *, key: str, paragraph: Fields = (), rendition: Field = "", why: Field = ""
) -> Response:
    """Record that paragraphs are no content; neighbours are one stretch."""
    with visit.node() as node:
        view = node.document(key)
        text = view.extraction.text
        ticked = sorted(span for each in paragraph if (span := span_of(each, len(text))))
        if view.rendition != rendition:
            problem = UsageError("another text was made of this document since; look at that one")
        elif not ticked:
            problem = UsageError("tick the paragraphs that are no content")
        else:
            for span in _joined(ticked, text):
                view = node.leave_out(key, span.start, span.end, why=why.strip() or None)
            return RedirectResponse(f"{rows.address('documents', view.line.id)}#parts", 303)
    return show_document(visit, view, problem=problem, form=Form("leave-out"))


@router.post("/documents/{key}/notes")
def gloss(
    visit: Sent, *, key: str, words: Field = "", note: Field = "", begins: Field = ""
) -> Response:
    """Record a note beside words of the text."""
    with visit.node() as node:
        at = whole_number(begins, 0) if begins.strip() else None
        try:
            line = node.gloss(key, words, note, at=at)
        except UsageError as error:
            view = node.document(key)
            problem = error
        else:
            back = rows.address("documents", key)
            return RedirectResponse(f"{back}#note-{line.gloss.id}", 303)
    return show_document(visit, view, problem=problem, form=Form("note", words, note, begins))


@router.post("/notes/{key}/withdraw")
def withdraw(visit: Sent, *, key: str, why: Field = "", back: Field = "/documents") -> Response:
    """Record that a note is taken back."""
    with visit.node() as node:
        node.withdraw_gloss(key, why=why.strip() or None)
    return RedirectResponse(local(back, "/documents"), 303)


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the page that was refused, with what was written in it.

    ``which`` is ``leave-out``, ``note``, ``claim``, ``name``, ``time`` or ``none``.
    """

    which: str = ""
    words: str = ""
    note: str = ""
    begins: str = ""


def show_document(
    visit: Visit,
    view: DocumentView,
    *,
    claim: str = "",
    place: str = "",
    page: str = "",
    problem: UsageError | None = None,
    form: Form = Form(),
) -> Response:
    """Return the page of a document, with a form as it was sent where something was wrong."""
    text, speech = view.extraction.text, visit.speech
    found = span_of(place, len(text))
    sought = next((c.span for c in view.claims if c.id == claim), found)
    cut, part = _part(text, sought, whole_number(page))
    beside = _beside(visit, view, cut)
    part_rows = document_rows.parts(view, speech)
    pieces = stretches(text, cut, view.extraction.asides, rows.text_marks(view, found))
    blocks = rows.blocks(pieces, view, beside, part_rows, frozenset({claim}), speech)
    line, language = view.line, view.extraction.language
    with visit.node() as node:
        laid = tuple(laid_to(line.id, node, visit))
    shown = DocumentPage(
        title=line.title or line.name,
        heading=rows.foreign(line.title or line.name, language),
        tlp=line.label.tlp.value,
        language="" if language == "und" else language,
        direction=words.text_direction(language),
        blocks=blocks,
        claims=beside,
        pager=_parts_pager(view, part),
        asked=claim,
        facts=(*document_rows.facts(view, speech), *laid),
        reasons=document_rows.reasons(view, speech),
        acquisitions=document_rows.acquisitions(view, speech),
        passages=document_rows.passages(view, speech),
        copies=document_rows.copies(view, speech),
        family=document_rows.family(view),
        renditions=document_rows.renditions(view, speech),
        newest="" if view.current else rows.address("documents", line.id),
        elsewhere=_elsewhere(visit, view),
        parts=part_rows,
        notes=document_rows.notes(view, speech),
        address=rows.address("documents", line.id),
        board=rows.address("boards", line.id),
        rendition=view.rendition,
        problem=words.sentence(problem, speech.translate) if problem else "",
        types=rows.choices(EventType, EventType.STATE, speech),
        kinds=rows.choices(EntityType, EntityType.PERSON, speech),
        names=document_rows.names(view, speech),
        marked=document_rows.markings(view, speech),
        id=line.id,
        state=_state(visit, view),
        form=form.which,
        words=form.words,
        note=form.note,
        begins=form.begins,
    )
    return visit.show(shown, 422 if problem else 200)


def _beside(visit: Visit, view: DocumentView, cut: Span) -> tuple[ClaimRow, ...]:
    """Return the claims of one part of the text, numbered through the whole of it."""
    numbered = [(n, c) for n, c in enumerate(view.claims, 1) if c.span.overlap(cut)]
    return tuple(_claim_row(visit, view, c, n) for n, c in numbered)


def _state(visit: Visit, view: DocumentView) -> str:
    with visit.node() as node:
        last = node.live.last(view.line.id)
    return last.entry if last else ""


def _elsewhere(visit: Visit, view: DocumentView) -> tuple[ClaimRow, ...]:
    """Return the judged claims in force that stand in an older text only."""
    return tuple(_claim_row(visit, view, c, 0) for c in view.elsewhere) if view.current else ()


def _claim_row(visit: Visit, view: DocumentView, claim: Claim, at: int) -> ClaimRow:
    with visit.node() as node:
        spoken = node.in_words(claim, visit.speech.language)
    return rows.claim_row(claim, spoken, visit.speech, number=at, line=view.line)


def _joined(spans: Sequence[Span], text: str) -> tuple[Span, ...]:
    """Return spans, given in order, those in one that only white space parts."""
    joined: list[Span] = []
    for span in spans:
        if joined and not text[joined[-1].end : span.start].strip():
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return tuple(joined)


def _part(text: str, sought: Span | None, asked: int) -> tuple[Span, tuple[int, int, Span]]:
    """Return the part of ``text`` to show, and which of how many it is."""
    cuts = parts(text, PART) or (Span(0, 1),)
    at = min(max(1, asked), len(cuts)) - 1
    if sought:
        at = next((i for i, cut in enumerate(cuts) if cut.end > sought.start), at)
    return cuts[at], (at + 1, len(cuts), cuts[at])


def _parts_pager(view: DocumentView, part: tuple[int, int, Span]) -> Pager:
    at, pages, cut = part
    asked = "" if view.current else view.rendition

    def to(page: int) -> str:
        return rows.address("documents", view.line.id, rendition=asked, page=page)

    return Pager(
        first=cut.start + 1,
        last=cut.end,
        total=len(view.extraction.text),
        previous=to(at - 1) if at > 1 else "",
        next=to(at + 1) if at < pages else "",
    )
