"""What does one document come to by itself, before it is set beside any other?

Everything here turns on the texts, readings and judgements of that document alone. So it is
worked out for many documents at once, in whichever process, and the index puts it in its
place; values that only stand in a table come packed, as the table keeps them.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import msgspec

from tawatur.model.claim import Claim, Status
from tawatur.model.document import Rendition
from tawatur.model.ids import DocumentId
from tawatur.model.reading import EntityType, Reading
from tawatur.node.given import days_of
from tawatur.node.indexing.graph import key_numbers
from tawatur.node.indexing.waiting import own_urgency
from tawatur.node.indexing.words import stems
from tawatur.weighing import (
    LocalName,
    conflicts_within,
    entity_keys,
    fact_keys,
    fact_print,
    local_names,
    missing_in,
    name_sounds,
    shingle_keys,
    spelling_of,
    text_print,
    voices,
)
from tawatur.weighing.events import claim_print
from tawatur.weighing.names import Spelling
from tawatur.weighing.oppositions import link_keys

_ANYWHERE = DocumentId("")


class ClaimRow(msgspec.Struct, frozen=True):
    """A claim as the index keeps it: print and body packed, keys as numbers."""

    id: str
    start: int
    status: str
    type: str
    read: bool  # a reader proposes it; otherwise it was marked by hand
    urgency: int
    missing: bool  # it says that something is not known, or was not found
    days: tuple[int, int] | None  # when it may be set, or was published; see `days_of`
    stems: str  # by which it is found
    print: bytes
    body: bytes
    keys: bytes


class NameRow(msgspec.Struct, frozen=True):
    """A named thing of a document: its spelling with that one's keys, and whether it speaks."""

    local: str
    spelling: str
    speaks: bool  # a chain of a claim holds it
    body: bytes  # the spelling, as if it stood in a document of its own
    keys: bytes
    words: str  # by which it is found
    sounds: str  # of those words, in whichever script


class Shown(msgspec.Struct, frozen=True):
    """What the newest text of a document gives: its line in listings, its words, its print."""

    title: str
    language: str
    publisher: str | None
    published: str | None
    characters: int
    words: tuple[str, str]  # the stems of title and main text
    text: bytes
    keys: bytes


class Derived(msgspec.Struct, frozen=True):
    """All that is derived from one document; ``shown`` is None where nothing of it is left."""

    document: DocumentId
    shown: Shown | None
    claims: tuple[ClaimRow, ...] = ()
    former: tuple[tuple[str, bytes], ...] = ()  # claims that a newer text replaced
    conflicts: tuple[tuple[str, bytes], ...] = ()  # of the text with itself
    near: tuple[tuple[str, bytes], ...] = ()  # what looks like one and is none
    names: tuple[NameRow, ...] = ()
    facts: bytes | None = None
    fact_keys: bytes = b""
    voices: bytes | None = None


def derived(
    document: DocumentId,
    rendition: Rendition | None,
    claims: Sequence[Claim],
    former: Sequence[Claim],
    reading: Reading | None,
    key: bytes,
) -> Derived:
    """Return what ``document`` comes to by itself.

    Args:
        document: Its id.
        rendition: Its newest text as people sifted it; None if none is left.
        claims: Those in force.
        former: Those that a newer text replaced.
        reading: Of the newest text, with the named things of all readers.
        key: The node's id key.
    """
    if rendition is None:
        return Derived(document, None)
    facts = None
    if reading is not None:
        extraction = rendition.extraction
        facts = fact_print(document, extraction.text, extraction.main(), reading)
    compared = conflicts_within(claims, key)
    sides = {side for conflict in compared.conflicts for side in (conflict.a, conflict.b)}
    return Derived(
        document=document,
        shown=_shown(rendition, claims),
        claims=tuple(_claim_row(claim, contradicted=claim.id in sides) for claim in claims),
        former=tuple((claim.id, packed(claim)) for claim in former),
        conflicts=tuple((c.id, packed(c)) for c in compared.conflicts),
        near=tuple((c.id, packed(c)) for c in compared.near),
        names=_names(document, rendition, claims, reading) if reading else (),
        facts=packed(facts) if facts else None,
        fact_keys=key_numbers(fact_keys(facts)) if facts else b"",
        voices=packed(voices(c for c in claims if c.status is not Status.REJECTED)),
    )


def claim_stems(claim: Claim) -> frozenset[str]:
    """Return the words by which a claim is found: its own, and those of names and sources."""
    content = claim.content
    names = [named.name for named in (*content.who, *content.where)]
    sources = [link.source_text for link in content.chain if link.source_text]
    return frozenset(stems(" ".join([claim.quote, *names, *sources])))


def packed(value: object) -> bytes:
    """Return a value as the tables keep it; equal bytes for equal values."""
    return msgspec.msgpack.encode(value, order="deterministic")


def _shown(rendition: Rendition, claims: Sequence[Claim]) -> Shown:
    extraction = rendition.extraction
    main = "\n".join(span.of(extraction.text) for span in extraction.main())
    title = extraction.title.of(extraction.text).strip() if extraction.title else ""
    published = extraction.published.value if extraction.published else None
    return Shown(
        title=title,
        language=extraction.language,
        publisher=extraction.publisher.value if extraction.publisher else None,
        published=published or (claims[0].published if claims else None),
        characters=len(extraction.text),
        words=(" ".join(stems(title)), " ".join(stems(main))),
        text=packed(text_print(rendition.document, main, title)),
        keys=key_numbers(shingle_keys(main)),
    )


def _names(
    document: DocumentId, rendition: Rendition, claims: Sequence[Claim], reading: Reading
) -> tuple[NameRow, ...]:
    """Return the named things of a document in order of their local ids."""
    speakers = {link.entity for claim in claims for link in claim.content.chain}
    found = {
        name.entity: name for name in local_names(document, reading, rendition.extraction.text)
    }
    return tuple(_name_row(name, local in speakers) for local, name in sorted(found.items()))


def _name_row(name: LocalName, speaks: bool) -> NameRow:
    return msgspec.structs.replace(_spelled(name.spelling), local=name.entity, speaks=speaks)


@lru_cache(maxsize=10_000)  # what one report names, others name
def _spelled(written: Spelling) -> NameRow:
    """Return the row of a named thing of no document in particular."""
    name = LocalName(_ANYWHERE, "", EntityType(written[0]), *written[1:])
    spelling = spelling_of(name)
    forms = " ".join([name.name, *(known for _, known in name.known)])
    return NameRow(
        local="",
        spelling=spelling,
        speaks=False,
        # Two spellings are compared as if they stood in two documents.
        body=packed(replace(name, document=DocumentId(spelling))),
        keys=key_numbers(entity_keys(name)),
        words=" ".join(stems(forms)),
        sounds=" ".join(sorted(name_sounds(forms))),
    )


def _claim_row(claim: Claim, *, contradicted: bool) -> ClaimRow:
    seen = claim_print(claim)
    return ClaimRow(
        id=claim.id,
        start=claim.span.start,
        status=claim.status,
        type=claim.content.event_type,
        read=bool(claim.readers),
        urgency=own_urgency(claim, contradicted=contradicted),
        missing=claim.status is not Status.REJECTED and missing_in(claim) is not None,
        days=days_of(claim.content.when, claim.published),
        stems=" ".join(sorted(claim_stems(claim))),
        print=packed(seen),
        body=packed(claim),
        keys=key_numbers(link_keys(seen)),
    )
