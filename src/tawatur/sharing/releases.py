"""One item for one audience, under its label: sealed by the sender, checked on receipt.

A release is a letter (`tawatur.sharing.letters`) that carries an item and its label. Ids in
it are random: nobody outside can test a guess. One that ``replaces`` another is its
correction. Whether the label gives the item to the receiver, and the sender might hand it
over, is asked apart (`verify_given`): a node answers even what it may not have. Releases
coarsen the description of anonymous sources in single claims (`coarsened`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec
from nacl.signing import SigningKey

from tawatur.errors import Message, NotForUsError, NotReleasableError
from tawatur.ledger import label_body
from tawatur.model.claim import Content
from tawatur.model.ids import NodeId, ReleaseId
from tawatur.model.label import Circumstances, Label, Viewer, may_receive, may_release
from tawatur.model.reading import Link, SourceKind
from tawatur.sharing.cards import Card
from tawatur.sharing.keys import Identity
from tawatur.sharing.letters import (
    Form,
    LogProof,
    VerifyLog,
    leaf_of,
    opened_letter,
    proof_in,
    sealed_letter,
)
from tawatur.sharing.vouchers import Voucher, beside, vouchers_in

RELEASE = Form("tawatur-release/1", "release")


@dataclass(frozen=True, slots=True)
class Item:
    """What is handed over; ``id`` is random, ``body`` JSON by ``kind``."""

    id: str
    kind: str  # document, claim, commitment, request
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Release:
    """One item from one node to another; ``replaces`` names an earlier release that it corrects."""

    id: ReleaseId
    sender: Card
    receiver: NodeId
    time: datetime  # UTC
    label: Label
    item: Item
    replaces: ReleaseId | None = None
    vouchers: tuple[Voucher, ...] = ()  # beside it in the file, and not in the log

    @property
    def times(self) -> tuple[datetime, ...]:
        """Every time that it names, that of its writing first."""
        return (self.time, *self.label.times)


def commitment(release: Release, salt: bytes) -> bytes:
    """Return the 32-byte salted commitment that stands in the release log."""
    return leaf_of(_content(release), salt)


def sealed_release(release: Release, proof: LogProof, key: SigningKey) -> bytes:
    """Return the file to hand over."""
    return sealed_letter(RELEASE, _content(release), key, proof, beside(release.vouchers))


def open_release(
    content: bytes,
    me: NodeId,
    partners: Mapping[NodeId, Identity],
    now: datetime,
    verify_log: VerifyLog,
) -> tuple[Release, bytes]:
    """Return the release in a file that was handed to us, and its leaf in the sender's log.

    Args:
        content: The file.
        me: This node.
        partners: Those whose cards a person here has added.
        now: UTC.
        verify_log: See there.

    Raises:
        NotForUsError: It is for another node.
        UnknownSenderError: Its sender is no partner here.
        AlteredFileError: It is not what its sender signed.
    """
    release, sender, body = opened_letter(content, RELEASE, Release, me, partners, now)
    proof, salt = proof_in(RELEASE, body)
    leaf = commitment(release, salt)
    verify_log(sender, leaf, proof)
    vouchers = vouchers_in(RELEASE, body)
    return replace(release, sender=sender.card, vouchers=vouchers), leaf


def verify_given(release: Release, now: datetime) -> None:
    """Return if a release is given to its receiver by its label, and was its sender's to hand over.

    What has to be acknowledged first is given.

    Raises:
        NotForUsError: Its label does not give it to the receiver.
        NotReleasableError: Its label does not allow the sender to pass it on.
    """
    decision = may_receive(Viewer(release.receiver), release.label, now)
    if not decision.allowed and not decision.acknowledge:
        raise NotForUsError(
            "its label does not give it to this node: {0}", Message(decision.reason)
        )
    verify_passed_on(release.sender.id, release.receiver, release.label, now)


def verify_passed_on(sender: NodeId, receiver: NodeId, label: Label, now: datetime) -> None:
    """Return if an item under a label was its sender's to hand over to somebody.

    What the sender had to acknowledge first it acknowledged at home, which nobody else can see;
    the receiver has to acknowledge it too.

    Raises:
        NotReleasableError: The label does not allow it.
    """
    caveats: frozenset[str] = frozenset().union(*(terms.caveats for terms in label.terms))
    at = Circumstances(now, acknowledged=caveats)
    decision = may_release(sender, label, at, receiver)
    if not decision.allowed:
        raise NotReleasableError("its sender may not hand it over: {0}", Message(decision.reason))


def coarsened(content: Content, word: str) -> Content:
    """Return ``content`` with the description of every anonymous source reduced to ``word``."""

    def link(old: Link) -> Link:
        bare = replace(old, span=None, cue_span=None, entity=None)
        if old.kind is SourceKind.ANONYMOUS:
            return replace(bare, source_text=word, cue=None)
        return bare

    return replace(content, chain=tuple(link(old) for old in content.chain))


def _content(release: Release) -> dict[str, Any]:
    bare = replace(release, vouchers=())
    content: dict[str, Any] = msgspec.to_builtins(bare, order="deterministic")
    del content["vouchers"]
    return {**content, "label": label_body(release.label)}
