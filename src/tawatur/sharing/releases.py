"""One item for one audience, under its label: sealed by the sender, checked on receipt.

A release names its receiver, carries the item's label, and stands in the
sender's *release log* for that audience: the log's leaf is a salted commitment
to the release, so that the log shows how many there were and when, never what
(decision 5). Ids in it are random: nobody outside can test a guess.

Opening checks, in this order: form, sender among the partners, signature,
receiver, label, place in the release log. Releases coarsen the description of
anonymous sources in single claims (`coarsened`).
"""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import msgspec
import rfc8785
from nacl.signing import SigningKey

from tawatur.errors import (
    AlteredFileError,
    Message,
    NotForUsError,
    NotReleasableError,
    UnknownSenderError,
)
from tawatur.ledger import label_body
from tawatur.model.claim import Content
from tawatur.model.ids import NodeId, ReleaseId
from tawatur.model.label import Label, Viewer, may_receive, may_release
from tawatur.model.reading import Link, SourceKind
from tawatur.sharing.cards import Card, parsed, sealed, verify_card, verify_seal

FORMAT = "tawatur-release/1"


@dataclass(frozen=True, slots=True)
class Item:
    """What is handed over; ``id`` is random, ``body`` JSON by ``kind``."""

    id: str
    kind: str  # document, claim, commitment, request
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LogProof:
    """Where the release stands in the sender's log for this audience."""

    salt: str  # hexadecimal, 32 bytes
    index: int
    checkpoint: str  # signed note
    hashes: tuple[str, ...]  # inclusion proof, hexadecimal, leaf to root


@dataclass(frozen=True, slots=True)
class Release:
    """One item from one node to another."""

    id: ReleaseId
    sender: Card
    receiver: NodeId
    time: datetime  # UTC
    label: Label
    item: Item


def commitment(release: Release, salt: bytes) -> bytes:
    """Return the 32-byte salted commitment that stands in the release log."""
    return hmac.new(salt, rfc8785.dumps(_content(release)), hashlib.sha256).digest()


def sealed_release(release: Release, proof: LogProof, key: SigningKey) -> bytes:
    """Return the file to hand over."""
    log = msgspec.to_builtins(proof)
    return sealed({"format": FORMAT, "release": _content(release), "log": log}, key)


def open_release(
    content: bytes,
    me: NodeId,
    partners: Mapping[NodeId, Card],
    now: datetime,
    verify_log: Callable[[Card, bytes, LogProof], None],
) -> Release:
    """Return the release in a file that was handed to us.

    Args:
        content: The file.
        me: This node.
        partners: Those whose cards a person here has added.
        now: UTC.
        verify_log: Raises `AlteredFileError` unless the commitment stands in the log as told.

    Raises:
        NotForUsError: It is for another node, or its label does not give it to us.
        NotReleasableError: Its label does not allow the sender to pass it on.
        UnknownSenderError: Its sender is no partner here.
        AlteredFileError: It is not what its sender signed.
    """
    body = parsed(content, FORMAT)
    try:
        release = msgspec.convert(body["release"], Release)
        proof = msgspec.convert(body["log"], LogProof)
        salt = bytes.fromhex(proof.salt)
    except (KeyError, ValueError, RecursionError) as cause:
        raise AlteredFileError(
            "the release does not hold what a release holds: {0}", cause
        ) from cause
    verify_card(release.sender)
    known = partners.get(release.sender.id)
    if known is None:
        raise UnknownSenderError(
            "it comes from {0}, which is no partner here; "
            "ask for its card and add it with `tawatur partner add CARD`",
            release.sender.id,
        )
    verify_seal(body, known.key)
    _verify_times(release)
    if release.receiver != me:
        raise NotForUsError("it is for the node {0}, and this is {1}", release.receiver, me)
    decision = may_receive(Viewer(me), release.label, now)
    if not decision.allowed:
        raise NotForUsError(
            "its label does not give it to this node: {0}", Message(decision.reason)
        )
    decision = may_release(release.sender.id, release.label, now)
    if not decision.allowed:
        raise NotReleasableError("its sender may not hand it over: {0}", Message(decision.reason))
    verify_log(known, commitment(release, salt), proof)
    return replace(release, sender=known)


def coarsened(content: Content, word: str) -> Content:
    """Return ``content`` with the description of every anonymous source reduced to ``word``."""

    def link(old: Link) -> Link:
        bare = replace(old, span=None, cue_span=None, entity=None)
        if old.kind is SourceKind.ANONYMOUS:
            return replace(bare, source_text=word, cue=None)
        return bare

    return replace(content, chain=tuple(link(old) for old in content.chain))


def _verify_times(release: Release) -> None:
    """Raise unless times are told in UTC: another time could not be compared with now."""
    for time in (release.time, *release.label.times):
        if time is not None and time.utcoffset() != timedelta(0):
            raise AlteredFileError(
                "the release does not hold what a release holds: {0}", Message("a time in UTC")
            )


def _content(release: Release) -> dict[str, Any]:
    content: dict[str, Any] = msgspec.to_builtins(release, order="deterministic")
    return {**content, "label": label_body(release.label)}
