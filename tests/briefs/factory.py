"""Invented reports of an invented region, with claims cut out of them by their words."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from tawatur.briefs import Brief, SourceDocument, compose
from tawatur.model.claim import Claim, Content, Status
from tawatur.model.desk import Commitment, Request
from tawatur.model.document import Aside
from tawatur.model.ids import ClaimId, ConflictId, DocumentId, EventId, NodeId, RenditionId
from tawatur.model.label import Label, Terms, Tlp
from tawatur.model.picture import Conflict, Event, Reason, Root, RootInterval
from tawatur.model.reading import AUTHOR, EventType, Link
from tawatur.model.span import Span

MADE = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
LABEL = Label.of(Terms(NodeId("n-0000000000000000"), Tlp.AMBER))

AGENCY = """وكالة أزرمال للأنباء
قال مصدر أمني للوكالة إن عدد القتلى بلغ 31 جنديا. ونفى المتحدث باسم الجيش أن يكون العدد 31 جنديا.
القائمة | اتصل بنا
"""
COPY = "نشر موقع منارة ودريل: قال مصدر أمني إن عدد القتلى بلغ 31 جنديا."
FRENCH = "Le ministre a promis d’envoyer une enquête avant la fin du mois. Il n’en a pas dit plus."
ENGLISH = 'The observatory said that "the road stayed closed" <b>& nobody</b> left.'

DOCUMENTS = (
    SourceDocument(
        DocumentId("d-agency"),
        "عدد القتلى",
        "وكالة أزرمال للأنباء",
        "2021-06-08",
        "ar",
        AGENCY,
        (Aside(Span(AGENCY.index("القائمة"), len(AGENCY)), "menu"),),
    ),
    SourceDocument(DocumentId("d-copy"), "منارة ودريل", None, "2021-06-09/..", "ar", COPY),
    SourceDocument(DocumentId("d-french"), "Enquête", "Courrier Toulbara", "2021-07", "fr", FRENCH),
    SourceDocument(DocumentId("d-english"), "Road <script>", None, None, "en", ENGLISH),
)


def claim(
    document: SourceDocument,
    words: str,
    *chain: Link,
    said_as: Content | None = None,
    **more: object,
) -> Claim:
    """Return the claim whose quotation is the first ``words`` in the document."""
    start = document.text.index(words)
    content = replace(said_as or Content(()), chain=(AUTHOR, *chain))
    made = Claim(
        id=ClaimId(f"c-{document.id[2:]}-{start}"),
        document=document.id,
        rendition=RenditionId("r-" + document.id[2:]),
        span=Span(start, start + len(words)),
        quote=words,
        language=document.language,
        content=content,
        status=Status.PROPOSED,
        readers=("rules/0.1",),
        published=document.published,
        learnt=MADE,
        publisher=document.publisher,
    )
    return replace(made, **more)  # type: ignore[arg-type]  # any field of the claim


def event(*claims: Claim, roots: Iterable[Iterable[Claim]], named: bool = False) -> Event:
    """Return the event of claims, whose possible roots hold the claims given."""
    parts = tuple(
        Root(tuple({c.root.source_text or "" for c in part}), tuple(c.id for c in part), named)
        for part in map(tuple, roots)
    )
    return Event(
        id=EventId(f"v-{claims[0].id}"),
        type=EventType.ASSAULT,
        headline=claims[0].quote,
        language=claims[0].language,
        claims=tuple(c.id for c in claims),
        documents=tuple(dict.fromkeys(c.document for c in claims)),
        when="2021-06-08",
        where=("ثكنة أنزيفات",),
        who=(),
        roots=RootInterval(
            1,
            len(parts),
            parts,
            (Reason("{0} may be the same source as {1}.", ("مصدر أمني", "مصدر")),),
        ),
    )


def conflict(a: Claim, b: Claim) -> Conflict:
    """Return a conflict of polarity."""
    from tawatur.model.picture import ConflictKind

    return Conflict(
        ConflictId(f"x-{a.id}-{b.id}"),
        ConflictKind.POLARITY,
        a.id,
        b.id,
        Reason("One says that it is so, the other that it is not."),
    )


def brief(
    claims: Iterable[Claim],
    *,
    events: Iterable[Event] = (),
    conflicts: Iterable[Conflict] = (),
    documents: Iterable[SourceDocument] = DOCUMENTS,
    language: str = "en",
    commitments: Iterable[Commitment] = (),
    requests: Iterable[Request] = (),
    about: str | None = None,
) -> Brief:
    """Return a brief of them, made on a fixed day."""
    return compose(
        claims=claims,
        events=events,
        conflicts=conflicts,
        documents=documents,
        commitments=commitments,
        requests=requests,
        label=LABEL,
        made=MADE,
        language=language,
        about=about,
    )
