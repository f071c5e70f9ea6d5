"""Words of a text that a person marks: as a claim, a name, a time, or none, and takes back.

Each is a form in the reading room, which script fills with the words selected.
"""

from collections.abc import Callable

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tawatur.errors import UsageError
from tawatur.model.marking import MarkedAs
from tawatur.model.reading import AUTHOR, EntityType, EventType
from tawatur.model.span import Span
from tawatur.node.judging.reviewing import link_at
from tawatur.node.views import DocumentView
from tawatur.web import rows
from tawatur.web.choosing import chosen_span
from tawatur.web.documents import Form, show_document
from tawatur.web.ports import ShownNode
from tawatur.web.visits import Field, Sent, Visit, chosen, span_of

router = APIRouter(default_response_class=HTMLResponse)


@router.post("/documents/{key}/claims")
def mark_claim(
    visit: Sent,
    *,
    key: str,
    words: Field = "",
    words_at: Field = "",
    speaker: Field = "",
    speaker_at: Field = "",
    type: Field = "",  # noqa: A002 - the model's word
    why: Field = "",
) -> Response:
    """Record that words of the text are a claim, which no reader proposed."""

    def mark(node: ShownNode, view: DocumentView) -> str:
        span = chosen_span(view, words, words_at)
        source = chosen_span(view, speaker, speaker_at, span) if speaker.strip() else None
        act = node.reviewing.mark(
            view.line.id,
            span,
            (AUTHOR, link_at(view, source)) if source else (AUTHOR,),
            type=chosen(EventType, type or EventType.STATE),
            why=why.strip() or None,
        )
        return rows.place_of(view.line.id, act.claims[0].id)

    return _marked(visit, key, Form("claim", words), mark)


@router.post("/documents/{key}/names")
def mark_name(
    visit: Sent,
    *,
    key: str,
    words: Field = "",
    words_at: Field = "",
    type: Field = "",  # noqa: A002 - the model's word
    like: Field = "",
) -> Response:
    """Record that words of the text are a name, which no reader found."""

    def mark(node: ShownNode, view: DocumentView) -> str:
        span = chosen_span(view, words, words_at)
        same = span_of(like, len(view.extraction.text))
        node.markings.name(view.line.id, span, chosen(EntityType, type), like=same)
        return _words_at(view.line.id, span)

    return _marked(visit, key, Form("name", words), mark)


@router.post("/documents/{key}/times")
def mark_time(
    visit: Sent, *, key: str, words: Field = "", words_at: Field = "", when: Field = ""
) -> Response:
    """Record that words of the text tell a time, which no reader found."""

    def mark(node: ShownNode, view: DocumentView) -> str:
        span = chosen_span(view, words, words_at)
        node.markings.time(view.line.id, span, when)
        return _words_at(view.line.id, span)

    return _marked(visit, key, Form("time", words), mark)


@router.post("/documents/{key}/unmark")
def unmark(
    visit: Sent,
    *,
    key: str,
    words: Field = "",
    words_at: Field = "",
    found: Field = "",
    everywhere: Field = "",
    why: Field = "",
) -> Response:
    """Record that words of the text are no name or no time, though they are marked as one."""

    def mark(node: ShownNode, view: DocumentView) -> str:
        # Of words that are none anywhere, any place will do.
        span = chosen_span(view, words, words_at, Span(0, 1) if everywhere else None)
        node.markings.unmark(
            view.line.id,
            span,
            marked_as=chosen(MarkedAs, found) if found else None,
            everywhere=bool(everywhere),
            why=why.strip() or None,
        )
        return _words_at(view.line.id, span)

    return _marked(visit, key, Form("none", words), mark)


@router.post("/documents/{key}/markings/{marking}/withdraw")
def withdraw(visit: Sent, *, key: str, marking: str, why: Field = "") -> Response:
    """Record that what a person marked, or said to be none, is taken back."""
    with visit.node() as node:
        document = node.document(key).line.id
        taken = node.markings.withdraw(document, marking, why=why.strip() or None)
    return RedirectResponse(_words_at(document, taken.span), 303)


def _marked(
    visit: Visit, key: str, form: Form, mark: Callable[[ShownNode, DocumentView], str]
) -> Response:
    """Have a document marked and lead to what was; or show it with the form and what is wrong."""
    with visit.node() as node:
        view = node.document(key)
        try:
            return RedirectResponse(mark(node, view), 303)
        except UsageError as error:
            problem = error
    return show_document(visit, view, problem=problem, form=form)


def _words_at(document: str, span: Span) -> str:
    """Return the address of the very words."""
    where = rows.address("documents", document, place=f"{span.start}-{span.end}")
    return f"{where}#found"
