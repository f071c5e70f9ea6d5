"""Claims for the tests of the weighing room: real-looking, short to write."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from tawatur.model.claim import Claim, Content, Named, Status
from tawatur.model.ids import ClaimId, DocumentId, RenditionId
from tawatur.model.picture import Compared
from tawatur.model.reading import (
    AUTHOR,
    EntityType,
    EventType,
    Link,
    Modality,
    Polarity,
    Quantity,
    Role,
    SourceKind,
)
from tawatur.model.span import Span
from tawatur.weighing import conflicts
from tawatur.weighing.tellings import tellings

KEY = b"the id key of a node in a test.."
LEARNT = datetime(2021, 7, 1, 9, 0, tzinfo=UTC)

PERSON, ORG, GPE, LOC = (
    EntityType.PERSON,
    EntityType.ORGANISATION,
    EntityType.COUNTRY_OR_CITY,
    EntityType.LOCATION,
)


def person(name: str | None, entity: str | None = None) -> Link:
    """Return a link that names a person."""
    return Link(SourceKind.PERSON, name, entity=entity)


def body(name: str, entity: str | None = None) -> Link:
    """Return a link that names an official body."""
    return Link(SourceKind.BODY, name, entity=entity)


def outlet(name: str) -> Link:
    """Return a link that names an outlet."""
    return Link(SourceKind.OUTLET, name)


def unnamed(words: str = "مصدر أمني") -> Link:
    """Return a link that hides its source."""
    return Link(SourceKind.ANONYMOUS, words)


def killed(value: float, of: str = "جندي", bound: str | None = None, at: int = 0) -> Quantity:
    """Return a figure that counts people; ``at`` is its place in the text."""
    return Quantity(Span(at, at + 2), value, "person", of, bound)


def claim(
    quote: str,
    document: str = "d-1",
    *,
    id: str | None = None,  # noqa: A002 - the field's word
    chain: Sequence[Link] = (),
    start: int = 0,
    type: EventType = EventType.ASSAULT,  # noqa: A002 - the field's word
    when: str | None = None,
    where: Sequence[tuple[str, EntityType]] = (),
    who: Sequence[tuple[str, EntityType]] = (),
    quantities: Sequence[Quantity] = (),
    polarity: Polarity = Polarity.ASSERTED,
    modality: Modality = Modality.FACT,
    status: Status = Status.PROPOSED,
    language: str = "ar",
    published: str | None = "2021-06-08",
    publisher: str | None = None,
    learnt: datetime = LEARNT,
) -> Claim:
    """Return a claim; ``chain`` is what follows the author."""
    return Claim(
        id=ClaimId(id or f"c-{document}-{start}"),
        document=DocumentId(document),
        rendition=RenditionId(f"r-{document}"),
        span=Span(start, start + len(quote)),
        quote=quote,
        language=language,
        content=Content(
            chain=(AUTHOR, *chain),
            polarity=polarity,
            modality=modality,
            event_type=type,
            when=when,
            where=tuple(Named(n, t) for n, t in where),
            who=tuple(Named(n, t, Role.ACTOR) for n, t in who),
            quantities=tuple(quantities),
        ),
        status=status,
        readers=("rules/1",),
        published=published,
        learnt=learnt,
        said=published,
        publisher=publisher,
    )


def between(claims: Iterable[Claim], families: Sequence[tuple[DocumentId, ...]] = ()) -> Compared:
    """Return the conflicts and near misses between claims of one event."""
    return conflicts(tellings(claims, families, {}), KEY, families)
