"""Does somebody show every member of a community the same history?

What a node releases by a community's list stands, beside the log of its receiver, in one log
for that community. A *heads* letter tells a member what the sender's own logs of shared
communities hold, as commitments under a signed head, and which heads of others' logs the
sender has been shown. Whoever has the commitments works out the root at any size: a head in
another member's hands that has another root is proof of a second history, signed by its owner.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec
from nacl.signing import SigningKey

from tawatur.errors import AlteredFileError, VerificationError
from tawatur.ledger import Checkpoint, release_vkey, roots_at, verified_checkpoint
from tawatur.model.ids import CommunityId, NodeId
from tawatur.sharing.cards import Card
from tawatur.sharing.keys import Identity
from tawatur.sharing.letters import Form, opened_letter, sealed_letter

HEADS = Form("tawatur-heads/1", "heads")


@dataclass(frozen=True, slots=True)
class Head:
    """A checkpoint of one node's log for a community: a signed note."""

    owner: NodeId
    community: CommunityId
    note: str

    def checked(self, owner: Identity) -> Checkpoint:
        """Return what it says.

        Raises:
            VerificationError: Its owner did not sign it.
        """
        *others, last = (release_vkey(key, NodeId(self.community)) for key in owner.keys)
        for key in others:
            try:
                return verified_checkpoint(self.note, key)
            except VerificationError:
                continue
        return verified_checkpoint(self.note, last)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a node shows of its own log for a community: its head and every commitment in it."""

    head: Head
    leaves: tuple[str, ...]  # hexadecimal, in order


@dataclass(frozen=True, slots=True)
class Heads:
    """What a node shows of its own logs, and which heads of others' it was shown."""

    sender: Card
    receiver: NodeId
    time: datetime  # UTC
    own: tuple[Shown, ...]
    seen: tuple[Head, ...]

    @property
    def times(self) -> tuple[datetime, ...]:
        """The one time that it names."""
        return (self.time,)


def sealed_heads(heads: Heads, key: SigningKey) -> bytes:
    """Return the file to hand over."""
    return sealed_letter(HEADS, dict(msgspec.to_builtins(heads, order="deterministic")), key)


def open_heads(
    content: bytes, me: NodeId, partners: Mapping[NodeId, Identity], now: datetime
) -> Heads:
    """Return what a file shows; heads of others that they did not sign are left out.

    Raises:
        NotForUsError: It is for another node.
        UnknownSenderError: Its sender is no partner here.
        AlteredFileError: It is not what its sender signed, or the commitments are not those
            of its own heads.
    """
    heads, sender, _body = opened_letter(content, HEADS, Heads, me, partners, now)
    for each in heads.own:
        if each.head.owner != sender.card.id or not _is_whole(each, sender):
            raise AlteredFileError("the commitments it shows are not those of the head it signed")
    seen = tuple(each for each in heads.seen if _is_signed(each, partners))
    return replace(heads, sender=sender.card, seen=seen)


def _is_whole(shown: Shown, owner: Identity) -> bool:
    try:
        head = shown.head.checked(owner)
        leaves = [bytes.fromhex(each) for each in shown.leaves]
    except (VerificationError, ValueError):
        return False
    return head.size == len(leaves) and roots_at(leaves, {head.size})[head.size] == head.root


def _is_signed(head: Head, partners: Mapping[NodeId, Identity]) -> bool:
    try:
        return head.owner in partners and bool(head.checked(partners[head.owner]))
    except VerificationError:
        return False
