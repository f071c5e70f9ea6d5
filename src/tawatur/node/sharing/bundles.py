"""How does all that waits for a partner get there on a memory stick, and is none lost on the way?

A bundle holds what the outbox has for one partner and the papers of the communities that it
is in, signed, numbered and encrypted for that partner alone (`tawatur.sharing.bundles`). What
cannot be opened is refused and on record; a number that does not come is named until it does.
Releases of a bundle that was lost are released anew, as their labels are by then (``again``).
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from tawatur import sharing
from tawatur.errors import AlteredFileError, SharingError, UsageError
from tawatur.ledger import Ledger
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import NodeId
from tawatur.node.drafting import Drafter
from tawatur.node.indexing.index import undamaged
from tawatur.node.sharing.communities import Communities
from tawatur.node.sharing.heads import Histories
from tawatur.node.sharing.incoming import Receiving
from tawatur.node.sharing.keys import Keys
from tawatur.node.sharing.outgoing import Outgoing
from tawatur.node.sharing.partners import Partners
from tawatur.node.views import Received
from tawatur.sharing import Card

_LARGEST = 512 * 1024 * 1024
"""Bytes of a bundle that is opened."""
_FULL = 64 * 1024 * 1024
"""Bytes after which nothing more is put in on a memory stick."""


@dataclass(frozen=True, slots=True)
class Written:
    """A bundle to hand over, and how many files are in it."""

    file: bytes
    number: int
    enclosed: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What a bundle brought: letters and communities, in their order, refusals among them."""

    sender: Card
    number: int
    before: bool  # whether it was taken in already
    came: tuple[Received | SharingError, ...]
    lists: tuple[str, ...]  # names of communities
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bundles:
    """The bundles of one node; `Node.bundles` is where the doors find them."""

    drafter: Drafter
    ledger: Ledger
    keys: Keys
    partners: Partners
    communities: Communities
    outgoing: Outgoing
    incoming: Receiving
    histories: Histories
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]
    alone: Callable[[], AbstractContextManager[None]]
    largest: int = _LARGEST

    @staticmethod
    def is_bundle(content: bytes) -> bool:
        """Whether a file is encrypted, as bundles are."""
        return sharing.is_encrypted(content)

    @undamaged
    def write(self, to: str, *, again: int | None = None, most: int = _FULL) -> Written | None:
        """Record that all that is ready for a partner goes in one bundle; None if nothing is.

        Args:
            to: The partner's id or name.
            again: The number of a bundle that was lost: what was in it and is not acknowledged
                goes once more.
            most: Bytes after which nothing more is put in: the rest waits for the next.

        Raises:
            UnknownIdError: No such partner.
            UsageError: Its card does not say for which key to encrypt, or it was never given
                such a bundle.
            NodeBusyError: Another command writes one.
        """
        with self.alone():  # so that no two have one number, or the same in them
            return self._write(to, again, most)

    def _write(self, to: str, again: int | None, most: int) -> Written | None:
        card = self.partners.one(to)
        recipient = self.partners.known()[card.id].recipient
        if recipient is None:
            raise UsageError(
                "the card of {0} does not say for which key to encrypt; ask for a newer one",
                card.name,
            )
        given = self.outgoing.bundles(card.id)
        if again is not None and again not in given:
            raise UsageError("there was no bundle {0} for {1}", again, card.name)
        ready = any(each.may for each in self.outgoing.waiting(card.id))
        if not (ready or again is not None or self._papers(card.id)):
            return None
        number = max(given, default=0) + 1
        letters = self.outgoing.letters(card.id, bundle=number, most=most, lost=again)
        files = [*letters, *self._papers(card.id)]  # with what these letters add to the logs
        own = self.partners.card, self.partners.sealed_card()
        now, key = self.drafter.now(), self.partners.key
        bundle = sharing.sealed_bundle(files, own, card.id, number, now, key, again=again)
        return Written(self.keys.encrypted(bundle, recipient), number, len(files))

    @undamaged
    def receive(self, content: bytes) -> Taken:
        """Open a bundle and take in what it holds; a second time nothing new comes of it.

        Raises:
            SharingError: It is too large, for another node, altered or cut short, from nobody
                known here, or has the number of another one. That is on record.
        """
        bundle, digest = self._opened(content)
        before = bundle.number in self._seen(bundle.sender.id)
        came: list[Received | SharingError] = []
        lists: list[str] = []
        for file in bundle.files:
            if sharing.kind_of(file) is not None:
                came += self.incoming.each(file)
                continue
            try:
                lists.append(self.communities.take(file)[0].charter.name)
            except SharingError as refusal:
                came.append(refusal)
        if not before:
            body = {
                "id": self.drafter.random_id("b"),
                "from": bundle.sender.id,
                "number": bundle.number,
                "again": bundle.again,
                "digest": digest,
            }
            self.append([self.drafter.entry(Kind.BUNDLE, body)])
        missing = self.missing(bundle.sender.id)
        return Taken(bundle.sender, bundle.number, before, tuple(came), tuple(lists), missing)

    def missing(self, sender: NodeId) -> tuple[int, ...]:
        """Return the numbers of bundles of a partner that have not come though later ones have.

        Nor has another in their place.
        """
        taken = self.taken(sender)
        last = max(self._seen(sender), default=0)
        return tuple(n for n in range(1, last) if n not in taken)

    @undamaged
    def taken(self, sender: NodeId) -> frozenset[int]:
        """Return the numbers of bundles of a partner that have come, or others in their place."""
        seen = self._seen(sender)
        replaced = {body["again"] for body in seen.values()} - {None}
        return frozenset(seen) | replaced

    def _opened(self, content: bytes) -> tuple[sharing.Bundle, str]:
        """Return the bundle that is encrypted in a file, and its digest."""
        with self.partners.on_record("bundle", content):
            if len(content) > self.largest:
                raise SharingError("it is too large: at most {0} bytes are opened", self.largest)
            plain = self.keys.opened(content)
            self.partners.hear(sharing.card_in(plain))
            me, now = self.drafter.node, self.drafter.now()
            bundle = sharing.open_bundle(plain, me, self.partners.identities(), now)
            digest = hashlib.sha256(plain).hexdigest()
            before = self._seen(bundle.sender.id).get(bundle.number)
            if before is not None and before["digest"] != digest:
                raise AlteredFileError(
                    "another bundle with the number {0} came from {1} before",
                    bundle.number,
                    bundle.sender.name,
                )
        return bundle, digest

    def _seen(self, sender: NodeId) -> dict[int, Mapping[str, Any]]:
        """Return what is recorded of the bundles of a partner, by number."""
        found = (
            entry.payload.body
            for entry in self.ledger.entries(kinds=(Kind.BUNDLE,))
            if entry.payload is not None
        )
        return {body["number"]: body for body in found if body["from"] == sender}

    def _papers(self, party: NodeId) -> list[bytes]:
        """Return the papers of the communities that a partner is in, and what heads it is shown.

        None while it is suspended or removed.
        """
        shared = sorted(self.histories.shared(party))
        papers = [self.communities.written(each) for each in shared]
        heads = self.histories.letter(party)
        return papers if heads is None else [*papers, heads]
