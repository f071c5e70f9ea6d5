"""What does a brief hold: which claims, as they stand in which texts, under which label?

Almost always a document is cited from its newest text. A claim that people judged on an
older one, whose words the newest does not hold, is cited from that: a text of its own in
the brief, of one and the same report.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tawatur.briefs import Brief, Footnote, SourceDocument, compose
from tawatur.model.claim import Claim, Status
from tawatur.model.desk import Commitment, Request
from tawatur.model.ids import DocumentId
from tawatur.model.label import Label, Viewer, join
from tawatur.model.picture import Conflict, Event
from tawatur.node.desk.desk import Desk
from tawatur.node.drafting import Drafter
from tawatur.node.given import Period
from tawatur.node.indexing.words import stems
from tawatur.node.seeing.sight import Sight
from tawatur.node.views import DocumentView


def brief(
    sight: Sight,
    desk: Desk,
    drafter: Drafter,
    *,
    about: str | None,
    since: str | None,
    until: str | None,
    language: str,
    viewer: Viewer | None,
) -> Brief:
    """Return the brief of what is told about ``about`` within a period.

    Args:
        sight: What ``viewer`` may see.
        desk: What was promised and asked.
        drafter: For whom it is written, and when.
        about: Words that a claim, its names or its sources must all hold, names in any script.
        since: An EDTF date; what surely happened before is left out.
        until: The same, after.
        language: ``ar``, ``fr`` or ``en``.
        viewer: Whose picture it is.
    """
    found = sight.claims(about=about, period=Period.parse(since, until))
    claims = tuple(claim for claim in found if claim.status is not Status.REJECTED)
    wanted = {claim.id for claim in claims}
    texts = sorted({(claim.document, claim.rendition) for claim in claims})
    views = [sight.document(document, rendition) for document, rendition in texts]
    words = frozenset(stems(about)) if about else frozenset()
    promised = tuple(c for c in desk.commitments(viewer=viewer) if words <= _stems_of(c))
    asked = tuple(r for r in desk.requests(viewer=viewer) if words <= _stems_of(r))
    items: tuple[Commitment | Request, ...] = (*promised, *asked)
    under = (*labels(views, claims), *(desk.label(item.id) for item in items))
    return compose(
        claims=as_cited(claims, views),
        events=tuple(event for event in sight.pictures.all(Event) if wanted & set(event.claims)),
        conflicts=tuple(c for c in sight.pictures.all(Conflict) if {c.a, c.b} <= wanted),
        documents=sources(views),
        commitments=promised,
        requests=asked,
        label=join(drafter.party, under),
        made=drafter.now(),
        language=language,
        about=about,
        since=since,
        until=until,
    )


def _stems_of(item: Commitment | Request) -> frozenset[str]:
    return frozenset(stems(" ".join([item.by, item.to or "", item.what])))


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
