"""What becomes of a release afterwards: its sender's word that it is recalled, or held otherwise.

A notice is a letter about one earlier release by the same sender. It stands in the same
release log, whose order says which of several is the last. What a receiver holds the
release under follows from all notices at hand, in whichever order they came (`standing`);
terms of other originators only ever become stricter by it, so that a relay widens nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec
from nacl.signing import SigningKey

from tawatur.ledger import label_body
from tawatur.model.ids import NodeId, NoticeId, ReleaseId
from tawatur.model.label import Label
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

NOTICE = Form("tawatur-notice/1", "notice")


@dataclass(frozen=True, slots=True)
class Notice:
    """That a release is held under another label from now on, or, without one, recalled."""

    id: NoticeId
    sender: Card
    receiver: NodeId
    time: datetime  # UTC
    about: ReleaseId
    label: Label | None
    why: str
    vouchers: tuple[Voucher, ...] = ()  # beside it in the file, and not in the log

    @property
    def times(self) -> tuple[datetime, ...]:
        """Every time that it names, that of its writing first."""
        return (self.time, *(self.label.times if self.label else ()))


def notice_leaf(notice: Notice, salt: bytes) -> bytes:
    """Return the 32-byte salted commitment that stands in the release log."""
    return leaf_of(_content(notice), salt)


def sealed_notice(notice: Notice, proof: LogProof, key: SigningKey) -> bytes:
    """Return the file to hand over."""
    return sealed_letter(NOTICE, _content(notice), key, proof, beside(notice.vouchers))


def open_notice(
    content: bytes,
    me: NodeId,
    partners: Mapping[NodeId, Identity],
    now: datetime,
    verify_log: VerifyLog,
) -> tuple[Notice, bytes, int]:
    """Return the notice in a file, its leaf in the sender's log, and where that stands.

    The arguments, and what is raised, are those of `open_release`.
    """
    notice, sender, body = opened_letter(content, NOTICE, Notice, me, partners, now)
    proof, salt = proof_in(NOTICE, body)
    leaf = notice_leaf(notice, salt)
    verify_log(sender, leaf, proof)
    vouchers = vouchers_in(NOTICE, body)
    return replace(notice, sender=sender.card, vouchers=vouchers), leaf, proof.index


def standing(
    given: Label, sender: NodeId, notices: Iterable[tuple[int, Label | None]]
) -> Label | None:
    """Return the label under which a release is held after notices; None where it is recalled.

    The sender's own terms are those of its last notice; everybody else's are all that were
    ever told, so that the strictest of them decide. Equal for notices in any order.

    Args:
        given: The label that the release came with.
        sender: Who released it, and sent the notices.
        notices: Of each its place in the sender's log, and its label.
    """
    told = sorted(notices, key=lambda each: each[0])
    labels = [given, *(label for _, label in told if label is not None)]
    if len(labels) <= len(told):
        return None
    own = [terms for terms in labels[-1].terms if terms.originator == sender]
    others = [terms for label in labels for terms in label.terms if terms.originator != sender]
    return Label.of(*own, *others)


def _content(notice: Notice) -> dict[str, Any]:
    bare = replace(notice, vouchers=())
    content: dict[str, Any] = msgspec.to_builtins(bare, order="deterministic")
    del content["vouchers"]
    return {**content, "label": label_body(notice.label) if notice.label else None}
