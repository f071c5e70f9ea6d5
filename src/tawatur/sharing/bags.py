"""Several letters to one node as one file: signed, in the order in which they were written.

The seal says that nothing was taken out on the way; each letter is signed by itself as well.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
import rfc8785
from nacl.signing import SigningKey

from tawatur.model.ids import NodeId
from tawatur.sharing.cards import Card
from tawatur.sharing.heads import HEADS
from tawatur.sharing.keys import Identity
from tawatur.sharing.letters import Form, opened_letter, sealed_letter
from tawatur.sharing.notices import NOTICE
from tawatur.sharing.receipts import RECEIPT
from tawatur.sharing.releases import RELEASE

BAG = Form("tawatur-letters/1", "letters")

_FORMS = (RELEASE, NOTICE, RECEIPT, HEADS, BAG)


@dataclass(frozen=True, slots=True)
class Bag:
    """Letters from one node to another, each as it stands in its own file."""

    sender: Card
    receiver: NodeId
    time: datetime  # UTC
    letters: tuple[dict[str, Any], ...]

    @property
    def times(self) -> tuple[datetime, ...]:
        """The one time that it names."""
        return (self.time,)


def sealed_bag(
    letters: Sequence[bytes], sender: Card, receiver: NodeId, time: datetime, key: SigningKey
) -> bytes:
    """Return one file with all of ``letters``."""
    content = {
        "sender": msgspec.to_builtins(sender),
        "receiver": receiver,
        "time": msgspec.to_builtins(time),
        "letters": [json.loads(letter) for letter in letters],
    }
    return sealed_letter(BAG, content, key)


def open_bag(
    content: bytes, me: NodeId, partners: Mapping[NodeId, Identity], now: datetime
) -> tuple[bytes, ...]:
    """Return the letters in a file, each as a file of its own, unopened.

    Raises:
        NotForUsError: It is for another node.
        UnknownSenderError: Its sender is no partner here.
        AlteredFileError: It is not what its sender signed.
    """
    bag, _sender, _body = opened_letter(content, BAG, Bag, me, partners, now)
    return tuple(rfc8785.dumps(letter) + b"\n" for letter in bag.letters)


def kind_of(content: bytes) -> str | None:
    """Return which letter a file says that it is, or that it holds several; None otherwise."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return None
    named = found.get("format") if isinstance(found, dict) else None
    return next((form.name for form in _FORMS if form.format == named), None)
