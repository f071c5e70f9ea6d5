"""What another program says, as a text that a person reads, with its statements as claims.

A text is put together line by line; what is said remembers its place, so that every claim stands
in the text character for character. The chain of a claim begins with the document's author, the
one who sent it, and goes on with whoever made the object and what it refers to.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from tawatur.errors import ForeignFileError, Message
from tawatur.model.reading import (
    AUTHOR,
    EntityType,
    EventType,
    Link,
    LocalEntity,
    Modality,
    Participant,
    Polarity,
    Proposal,
    Publication,
    Reading,
    Role,
    SourceKind,
)
from tawatur.model.span import Span
from tawatur.sharing.stix.fields import Object, one_line, shown
from tawatur.sharing.stix.markings import Handling

READER = "foreign/1"
"""Who proposes the claims: what another program says is taken as it is said."""

MAX_CHARACTERS = 4_000_000
"""Of one text: as much as is taken in of any document."""


@dataclass(frozen=True, slots=True)
class ForeignDocument:
    """One report, note or event of another program.

    ``id`` is its id there, ``text`` begins with its ``title``, and the spans of ``reading`` are of
    that text. ``published`` is EDTF, ``language`` None where it is not said, ``maker`` the name
    of the identity that made it. ``raw`` holds its objects, unknown ones as they came.
    """

    id: str
    title: str
    text: str
    language: str | None
    published: str | None
    maker: str | None
    handling: Handling
    reading: Reading
    raw: bytes
    unknown: tuple[str, ...] = ()  # types that are shown and not understood


@dataclass(frozen=True, slots=True)
class RefusedObject:
    """An object that cannot be read, and why; the rest of its file was taken."""

    id: str
    why: Message


@dataclass(frozen=True, slots=True)
class Source:
    """Who says something: the links behind the document's own author."""

    links: tuple[Link, ...] = ()

    def then(self, *links: Link) -> "Source":
        """Return this with further links inwards, none twice in a row."""
        found = list(self.links)
        for link in links:
            if not found or found[-1].source_text != link.source_text:
                found.append(link)
        return Source(tuple(found))


class Page:
    """A text while it is written, and the claims in it."""

    def __init__(self, title: str) -> None:
        self.title = one_line(title) or "?"
        self._parts: list[str] = []
        self.length = 0  # characters written
        self._claims: list[Proposal] = []
        self._entities: dict[str, LocalEntity] = {}
        self.line(self.title)

    def line(self, *words: str) -> Span:
        """Write words as one line; return their place."""
        return self._write(" ".join(filter(None, map(one_line, words))), "\n")

    def paragraphs(self, text: str) -> tuple[Span, ...]:
        """Write a text as it is; return the places of its lines, without what is blank."""
        start, found = self._write(text, "\n").start, []
        for line in text.splitlines(keepends=True):
            words = line.strip()
            if words:
                at = start + line.index(words)
                found.append(Span(at, at + len(words)))
            start += len(line)
        return tuple(found)

    def entity(self, name: str, type_: EntityType) -> str:
        """Return the local id of who or what the words written last name."""
        name = one_line(name)
        key = f"{type_.value}/{name}"
        if key not in self._entities:
            last = self._parts[-1]
            at = last.find(name) + self.length - len(last)
            mentions = (Span(at, at + len(name)),) if name and name in last else ()
            id_ = f"e{len(self._entities) + 1}"
            self._entities[key] = LocalEntity(id_, type_, name, mentions)
        return self._entities[key].id

    def claim(
        self,
        span: Span,
        source: Source,
        *,
        polarity: Polarity = Polarity.ASSERTED,
        modality: Modality = Modality.FACT,
        event_type: EventType = EventType.STATE,
        when: str | None = None,
        where: Sequence[str] = (),
        who: Sequence[tuple[str, Role]] = (),
    ) -> None:
        """Note that the words at ``span`` are somebody's; ids are those of `entity`."""
        self._claims.append(
            Proposal(
                id=f"c{len(self._claims) + 1}",
                span=span,
                chain=(AUTHOR, *source.links),
                polarity=polarity,
                modality=modality,
                event_type=event_type,
                when=when,
                where=tuple(dict.fromkeys(where)),
                who=tuple(Participant(*each) for each in dict.fromkeys(who)),
            )
        )

    def document(
        self,
        id_: str,
        objects: Iterable[Object],
        handling: Handling,
        *,
        language: str | None,
        published: str | None,
        maker: str | None,
        unknown: Iterable[str] = (),
    ) -> ForeignDocument:
        """Return the whole, with the objects that it was made of."""
        text = "".join(self._parts).rstrip("\n") + "\n"
        reading = Reading(
            READER,
            language or "und",
            Publication(published, None, ("as its sender had it",) if published else ()),
            tuple(self._entities.values()),
            claims=tuple(self._claims),
        )
        raw = msgspec.json.encode(list(objects), order="sorted")
        return ForeignDocument(
            id_,
            self.title,
            text,
            language,
            published,
            maker,
            handling,
            reading,
            raw,
            tuple(dict.fromkeys(unknown)),
        )

    def _write(self, words: str, end: str) -> Span:
        start, self.length = self.length, self.length + len(words) + len(end)
        if self.length > MAX_CHARACTERS:
            raise ForeignFileError("its text has more than {0} characters", MAX_CHARACTERS)
        self._parts.append(shown(words) + end)
        return Span(start, start + max(1, len(words)))


def link_of(name: str, kind: SourceKind) -> Link:
    """Return the link of a source that another program names."""
    return Link(kind, one_line(name))
