"""Values → entries to be appended: who writes them, when, under which ids.

The one place where a node's clock, its randomness and its id key meet what is
recorded. Ids of what a person could hold twice (a document, its renditions) are
keyed over the bytes; all others are random (decision 3). What people of another organisation
bring is another document than the same bytes of anybody else's: it has judgements of its own.
"""

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from tawatur.model.account import AccountRole, Person
from tawatur.model.document import Acquisition, Extraction, Rendition
from tawatur.model.entry import Draft, Kind, Payload
from tawatur.model.ids import (
    ActorId,
    DocumentId,
    EntryId,
    NodeId,
    RenditionId,
    blob_digest,
    id_of,
    keyed_id,
)
from tawatur.model.label import Label
from tawatur.model.reading import Reading
from tawatur.node import bodies
from tawatur.node.views import Incoming


@dataclass(frozen=True, slots=True)
class HeldFor:
    """Why personal data is held, and until when (UTC)."""

    purpose: str | None = None
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class Drafter:
    """Makes entries for one node, by one person, as far as their roles go."""

    node: NodeId
    person: Person
    key: bytes  # for keyed ids
    now: Callable[[], datetime]  # UTC
    entropy: Callable[[int], bytes]

    @property
    def author(self) -> ActorId:
        """Who writes them."""
        return self.person.actor

    @property
    def party(self) -> NodeId:
        """The organisation that the person works for: what they write is labelled as its own."""
        return self.person.organisation

    def verify_is(self, role: AccountRole) -> None:
        """Raise RoleNeededError unless the person has a role in the node's own organisation."""
        self.person.verify_is(role, self.node)

    @property
    def taking_over(self) -> "Drafter":
        """The one for what is in a partner's letter: whoever takes letters in records all of it."""
        return replace(self, person=replace(self.person, roles=frozenset(AccountRole)))

    def random_id(self, kind: str) -> str:
        """Return a new random id of a kind."""
        return id_of(kind, self.entropy(10))

    def random_word(self, length: int) -> str:
        """Return a new word out of so many random bytes, fit for an address."""
        return base64.b32encode(self.entropy(length)).decode().rstrip("=").lower()

    def document_id(self, content: bytes) -> DocumentId:
        """Return the id of the document that ``content`` is: equal for equal bytes."""
        return self.document_id_of(hashlib.sha256(content).digest())

    def document_id_of(self, digest: bytes) -> DocumentId:
        """Return the id of the document whose bytes have this SHA-256."""
        return DocumentId(keyed_id("d", self.key, *self.apart, digest))

    @property
    def apart(self) -> tuple[NodeId, ...]:
        """What sets keyed ids of what a person brings apart: nothing for the node's own people."""
        return () if self.party == self.node else (self.party,)

    def entry(
        self,
        kind: Kind,
        body: Mapping[str, object],
        *,
        label: Label | None = None,
        blobs: tuple[bytes, ...] = (),
    ) -> Draft:
        """Return an entry made now; for the person's organisation alone unless labelled.

        Raises:
            RoleNeededError: The person may not make such an entry.
        """
        self.person.verify_makes(kind, self.node)
        return Draft(
            id=EntryId(self.random_id("i")),
            kind=kind,
            time=self.now(),
            author=self.author,
            payload=Payload(label or Label.by(self.party), body),
            blobs=blobs,
        )

    def acquisition(
        self,
        thing: Incoming,
        content: bytes,
        *,
        label: Label | None = None,
        held_for: HeldFor | None = None,
        label_by: str | None = None,
    ) -> Draft:
        """Return the entry of one taking-in; what comes under a label is held as that says."""
        held_for = held_for or HeldFor(
            label.purpose if label else None, label.expires if label else None
        )
        acquisition = Acquisition(
            document=self.document_id(content),
            blob=blob_digest(content),
            name=thing.name,
            origin=thing.origin,
            time=self.now(),
            by=self.author,
            label=label or Label.by(self.party),
            purpose=held_for.purpose,
            expires=held_for.expires,
            address=thing.address,
            captured=thing.captured,
            container=thing.container,
            evidence=blob_digest(thing.evidence) if thing.evidence else None,
            label_by=label_by,
        )
        body = bodies.acquisition_body(acquisition)
        blobs = (content, thing.evidence) if thing.evidence else (content,)
        return self.entry(Kind.ACQUISITION, body, label=label, blobs=blobs)

    def rendition(
        self, document: DocumentId, extraction: Extraction, *, label: Label | None = None
    ) -> tuple[RenditionId, Draft]:
        """Return the id and the entry of one text of a document."""
        text = extraction.text.encode("utf-8")
        extractor = extraction.extractor
        parts = (extractor.name, extractor.version, extractor.settings, text)
        id_ = RenditionId(keyed_id("r", self.key, document, *parts))
        rendition = Rendition(id_, document, blob_digest(text), extraction)
        body = bodies.rendition_body(rendition)
        return id_, self.entry(Kind.RENDITION, body, label=label, blobs=(text,))

    def reading(
        self, rendition: RenditionId, reading: Reading, *, label: Label | None = None
    ) -> Draft:
        """Return the entry of one reading."""
        return self.entry(Kind.READING, bodies.reading_body(rendition, reading), label=label)
