"""All that one node has for another as one numbered file, to be encrypted for a memory stick.

A bundle is a letter that encloses other sealed files whole: releases, notices, receipts,
papers of communities. It carries its sender's card with the chain of its keys, so that a
bundle signed by a newer key than the receiver knows can still be opened. Bundles from one
node to another are numbered from 1 on: a gap shows that one is missing.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
import rfc8785
from nacl.signing import SigningKey

from tawatur.errors import AlteredFileError
from tawatur.model.ids import NodeId
from tawatur.sharing.cards import Card, parsed
from tawatur.sharing.keys import Identity
from tawatur.sharing.letters import Form, opened_letter, sealed_letter, unlike

BUNDLE = Form("tawatur-bundle/1", "bundle")

_ENCRYPTED = b"age-encryption.org/"


@dataclass(frozen=True, slots=True)
class Bundle:
    """What one node encloses for another; ``card`` is the sender's as it stands in its file.

    ``again`` is the number of a bundle that was lost and in whose place it comes.
    """

    sender: Card
    receiver: NodeId
    time: datetime  # UTC
    number: int  # from 1
    card: dict[str, Any]
    enclosed: tuple[dict[str, Any], ...]
    again: int | None = None

    @property
    def times(self) -> tuple[datetime, ...]:
        """The one time that it names."""
        return (self.time,)

    @property
    def files(self) -> tuple[bytes, ...]:
        """What is enclosed, each as the file that it is."""
        return tuple(map(_file, self.enclosed))


def is_encrypted(content: bytes) -> bool:
    """Whether a file is encrypted as bundles are."""
    return content.startswith(_ENCRYPTED)


def sealed_bundle(
    files: Sequence[bytes],
    sender: tuple[Card, bytes],
    receiver: NodeId,
    number: int,
    time: datetime,
    key: SigningKey,
    *,
    again: int | None = None,
) -> bytes:
    """Return the signed file, not yet encrypted.

    Args:
        files: What is enclosed: sealed files.
        sender: Its card, and the file of it.
        receiver: Whom it is for.
        number: Which bundle to that node it is, from 1.
        time: When, UTC.
        key: The sender's.
        again: The number of the bundle in whose place it comes.
    """
    content = {
        "sender": msgspec.to_builtins(sender[0]),
        "receiver": receiver,
        "time": msgspec.to_builtins(time),
        "number": number,
        "card": json.loads(sender[1]),
        "enclosed": [json.loads(file) for file in files],
        "again": again,
    }
    return sealed_letter(BUNDLE, content, key)


def card_in(content: bytes) -> bytes:
    """Return the file of the card that a bundle carries; nothing else of it is checked yet.

    Raises:
        AlteredFileError: It is no bundle.
    """
    body = parsed(content, BUNDLE.format)
    try:
        return _file(msgspec.convert(body[BUNDLE.name], Bundle).card)
    except (KeyError, ValueError, RecursionError) as cause:
        raise unlike(BUNDLE, cause) from cause


def open_bundle(
    content: bytes, me: NodeId, partners: Mapping[NodeId, Identity], now: datetime
) -> Bundle:
    """Return the bundle in a file that was decrypted.

    Raises:
        NotForUsError: It is for another node.
        UnknownSenderError: Its sender is no partner here.
        AlteredFileError: It is not what its sender signed.
    """
    bundle, _sender, _body = opened_letter(content, BUNDLE, Bundle, me, partners, now)
    if bundle.number < 1:
        raise AlteredFileError("bundles are numbered from 1 on")
    return bundle


def _file(sealed: dict[str, Any]) -> bytes:
    return rfc8785.dumps(sealed) + b"\n"
