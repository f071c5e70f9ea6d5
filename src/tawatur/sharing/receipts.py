"""That a letter arrived and what was done about it, signed by whoever received it.

A receipt names a release or a notice by its id and its leaf in the sender's release log, so
that whoever holds it can show for which of them it was given.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from nacl.signing import SigningKey

from tawatur.model.ids import NodeId
from tawatur.sharing.cards import Card
from tawatur.sharing.keys import Identity
from tawatur.sharing.letters import Form, opened_letter, sealed_letter

RECEIPT = Form("tawatur-receipt/1", "receipt")


class ReceiptStatus(StrEnum):
    """What was done about a letter."""

    ACCEPTED = "accepted"
    RELABELLED = "relabelled"
    REFUSED = "refused"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a letter at its receiver, who sends this."""

    about: str  # the id of a release or a notice
    leaf: str  # hexadecimal
    sender: Card
    receiver: NodeId
    time: datetime  # UTC
    status: ReceiptStatus
    why: str | None = None

    @property
    def times(self) -> tuple[datetime, ...]:
        """The one time that it names."""
        return (self.time,)


def sealed_receipt(receipt: Receipt, key: SigningKey) -> bytes:
    """Return the file to hand back."""
    return sealed_letter(RECEIPT, _content(receipt), key)


def open_receipt(
    content: bytes, me: NodeId, partners: Mapping[NodeId, Identity], now: datetime
) -> Receipt:
    """Return the receipt in a file.

    Raises:
        NotForUsError: It is for another node.
        UnknownSenderError: Its sender is no partner here.
        AlteredFileError: It is not what its sender signed.
    """
    receipt, sender, _body = opened_letter(content, RECEIPT, Receipt, me, partners, now)
    return replace(receipt, sender=sender.card)


def _content(receipt: Receipt) -> dict[str, Any]:
    return dict(msgspec.to_builtins(receipt, order="deterministic"))
