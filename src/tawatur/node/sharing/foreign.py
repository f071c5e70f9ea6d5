"""What other programs get of this node, and what they hand over: STIX 2.1 and MISP.

An item leaves as STIX by the same release as otherwise, with the same decision and the same
entries; the sealed file stands whole in the bundle. What comes in is the word of whoever hands
it over, a partner or somebody who has no card here: documents and claims under the strictest of
their markings, unsigned. Releases of nodes that stand in it are received as such.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tawatur.errors import Message, SharingError, UnknownIdError
from tawatur.intake.language import language_of
from tawatur.ledger import Ledger
from tawatur.model.document import Extraction, Stated
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import DocumentId, NodeId, ReleaseId, keyed_id
from tawatur.model.label import Label, Viewer
from tawatur.model.reading import verify_reading
from tawatur.model.span import Span
from tawatur.node.drafting import Drafter
from tawatur.node.indexing.index import undamaged
from tawatur.node.seeing.sight import Sight
from tawatur.node.sharing.exchange import FOREIGN
from tawatur.node.sharing.incoming import Receiving
from tawatur.node.sharing.outgoing import Outgoing
from tawatur.node.sharing.partners import Partners
from tawatur.node.views import Incoming, Received, Refusal
from tawatur.sharing.stix import (
    ForeignDocument,
    bundle,
    items_of,
    keyed_ids,
    objects_of,
    release_in,
)

_READ_IN = ("ar", "fr", "en")


@dataclass(frozen=True, slots=True)
class ForeignLine:
    """A document of another program that was taken in; ``unknown`` are types not understood."""

    id: DocumentId
    title: str
    already: bool
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What came of a file of another program; ``partner`` tells whether its sender is one."""

    sender: str
    partner: bool
    received: tuple[Received, ...]
    documents: tuple[ForeignLine, ...]
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Foreign:
    """What one node exchanges with other programs; `Node.foreign` is where the doors find it."""

    drafter: Drafter
    ledger: Ledger
    partners: Partners
    outgoing: Outgoing
    incoming: Receiving
    sight: Callable[[Viewer | None], Sight]
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]

    @undamaged
    def export(self, item: str, to: str, replaces: ReleaseId | None = None) -> bytes:
        """Release one item to one partner and return it as a STIX bundle.

        Args:
            item: The id of what can be released.
            to: A partner's id, or its name where only one has it.
            replaces: The release to this partner in whose place it comes.

        Raises:
            NotReleasableError: As a release does.
            UnknownIdError: No such item or partner.
        """
        sealed = self.outgoing.release(item, to, replaces)
        release = release_in(sealed)
        entry, first = self._released(release.id, release.receiver)
        ids = keyed_ids(self.drafter.key, release.receiver, entry)
        return bundle(objects_of(release, sealed, ids, created=first))

    @undamaged
    def receive(self, content: bytes, sender: str) -> HandedOver:
        """Take in what a file of another program holds, as the word of ``sender``.

        Args:
            content: A STIX bundle, a TAXII envelope or a MISP file.
            sender: A partner's id or name, or the name of somebody who is no partner here.

        What is refused of it is on record, one of each reason.

        Raises:
            ForeignFileError: It is nothing that can be taken in; nothing was.
            AmbiguousIdError: Several partners have that name.
        """
        name, originator, partner = self._sender(sender)
        by = originator if partner else None
        with self.partners.on_record("file", content, by):
            imported = items_of(content, sender=name)
        received: list[Received] = []
        refused = [Refusal(each.id, each.why) for each in imported.refused]
        for n, sealed in enumerate(imported.sealed, 1):
            try:
                received += map(self.incoming.receive, self.incoming.letters(sealed))
            except SharingError as error:
                refused.append(Refusal(f"release {n}", error.message))
        lines: list[ForeignLine] = []
        drafts: list[Draft] = []
        for each in imported.documents:
            expires = each.handling.expires
            if expires is not None and expires <= self.drafter.now():
                ended = expires.date().isoformat()
                refused.append(Refusal(each.id, Message("its marking ended on {0}", (ended,))))
                continue
            line, made = self._taken(each, name, originator)
            lines.append(line)
            drafts += made
        if drafts:
            self.append(drafts)
        for refusal in {each.why.template: each for each in refused}.values():
            why = Message("{0}: {1}", (refusal.name, refusal.why))
            self.partners.refuse("file", content, why, by)
        return HandedOver(name, partner, tuple(received), tuple(lines), tuple(refused))

    def _sender(self, given: str) -> tuple[str, NodeId, bool]:
        """Return the name of whoever hands something over, under which id, and if it is a partner.

        Who has no card has an id of this node's own making, the same for the same name.
        """
        try:
            card = self.partners.one(given)
        except UnknownIdError:
            name = " ".join(given.split())
            return name, NodeId(keyed_id("n", self.drafter.key, "foreign", name)), False
        return card.name, card.id, True

    def _taken(
        self, each: ForeignDocument, sender: str, originator: NodeId
    ) -> tuple[ForeignLine, list[Draft]]:
        """Return what becomes of a document, and the entries that take it in."""
        terms = each.handling.terms(originator, self.drafter.node, self.drafter.now())
        label = Label.of(terms)
        document = self.drafter.document_id(each.raw)
        held = any(a.label == label for a in self.sight(None).acquisitions(document))
        line = ForeignLine(document, each.title, held, each.unknown)
        return line, [] if held else list(self._drafts(each, sender, label))

    def _drafts(self, each: ForeignDocument, sender: str, label: Label) -> Iterator[Draft]:
        extraction = Extraction(
            text=each.text,
            media_type="application/json",
            encoding="utf-8",
            extractor=FOREIGN,
            language=each.language if each.language in _READ_IN else language_of(each.text),
            title=Span(0, len(each.title)),
            publisher=Stated(sender, "sender"),
            published=Stated(each.published, "stix") if each.published else None,
        )
        verify_reading(each.reading, each.text)
        drafter = self.drafter.taking_over
        thing = Incoming(f"{each.id}.json", f"{each.id} from {sender}")
        yield drafter.acquisition(thing, each.raw, label=label)
        document = drafter.document_id(each.raw)
        rendition, text = drafter.rendition(document, extraction, label=label)
        yield text
        yield drafter.reading(rendition, each.reading, label=label)

    def _released(self, release: str, to: NodeId) -> tuple[str, datetime]:
        """Return the id here of what was released, and when it first went to this partner."""
        found = [
            (entry.payload.body, entry.header.time)
            for entry in self.ledger.entries(kinds=(Kind.RELEASE,))
            if entry.payload is not None and entry.payload.body["to"] == to
        ]
        item = next(body["item"] for body, _ in found if body["id"] == release)
        return item, min(time for body, time in found if body["item"] == item)
