"""What a brief is given: the texts that it cites, and the claims as they stand in them.

Almost always a document is cited from its newest text. A claim that people judged on an
older one, whose words the newest does not hold, is cited from that: a text of its own in
the brief, of one and the same report.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tawatur.briefs import Footnote, SourceDocument
from tawatur.model.claim import Claim
from tawatur.model.ids import DocumentId
from tawatur.model.label import Label
from tawatur.node.views import DocumentView


def sources(views: Iterable[DocumentView]) -> tuple[SourceDocument, ...]:
    """Return the cited texts, each with the notes on its words."""
    return tuple(
        SourceDocument.of(
            _id(view),
            view.extraction,
            name=view.line.name,
            published=view.line.published,
            report=view.line.id,
            notes=tuple(
                Footnote(line.place, line.words, line.gloss.note)
                for line in view.glosses
                if line.place is not None
            ),
        )
        for view in views
    )


def as_cited(claims: Iterable[Claim], views: Iterable[DocumentView]) -> tuple[Claim, ...]:
    """Return the claims, those on older texts under the id of their text."""
    older = {view.rendition: _id(view) for view in views if not view.current}
    return tuple(replace(c, document=older.get(c.rendition, c.document)) for c in claims)


def labels(views: Sequence[DocumentView], claims: Iterable[Claim]) -> list[Label]:
    """Return the labels of what is cited: of the documents, and of notes on what is quoted."""
    of = {view.rendition: view for view in views}
    noted = [line.label for c in claims for line in of[c.rendition].glosses_on(c.span)]
    return [*(view.acquisitions[0].label for view in views), *noted]


def _id(view: DocumentView) -> DocumentId:
    """Return what a brief calls a text: its document's id, or its own where it is an older one."""
    return view.line.id if view.current else DocumentId(view.rendition)
