"""Whose word is an item that somebody else hands over?

Whoever releases an item *vouches* for it: it signs a salted commitment to the item as it
travels, with its own terms. Who passes the item on passes the voucher on, so that the next
receiver needs only the originator's key, and not the relay's honesty. Of a document all but
the judgements on it is vouched for, of an item of the desk the steps that the originator
took, of everything else the whole.

What names an originator without a voucher that can be checked is the relay's word: it is held
under terms of the relay's own (`held_under`), until the originator's key is known (decision 39).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import msgspec
from nacl.signing import SigningKey

from tawatur.errors import AlteredFileError
from tawatur.ledger import label_body
from tawatur.model.ids import NodeId
from tawatur.model.label import Label, Terms
from tawatur.sharing.cards import signature
from tawatur.sharing.keys import Identity, verify_by_one
from tawatur.sharing.letters import Form, leaf_of, unlike

FORMAT = "tawatur-voucher/1"

MOST_VOUCHERS = 16
"""Vouchers beside one letter: each costs a pass over what it is for."""

_WHOLE = frozenset({"claim", "document", "pointer", "trace"})
"""Kinds of items that have no steps."""


@dataclass(frozen=True, slots=True)
class Voucher:
    """An originator's signature on an item, and on its own terms for it at that time.

    ``leaf`` commits to the item under ``salt``, both hexadecimal; without a salt the voucher
    brings later terms for one that came with it.
    """

    originator: NodeId
    time: datetime  # UTC
    leaf: str
    label: Label
    salt: str = ""
    signature: str = ""

    @property
    def content(self) -> dict[str, Any]:
        """What is signed, in one form."""
        return {
            "format": FORMAT,
            "originator": self.originator,
            "time": self.time.isoformat(),
            "leaf": self.leaf,
            "label": label_body(self.label),
        }

    def covers(self, kind: str, body: Mapping[str, Any]) -> bool:
        """Whether this was signed for an item of a kind, as it travels here."""
        salt = bytes.fromhex(self.salt)
        return vouched(kind, body, self.originator, salt).hex() == self.leaf

    def is_forged(self, identity: Identity) -> bool:
        """Whether none of its originator's keys signed it, ever."""
        return not self._is_signed(identity.keys)

    def holds(self, identity: Identity) -> bool:
        """Whether a key signed it that counts for its time, and was not revoked since."""
        return self._is_signed(identity.keys_now(self.time))

    def _is_signed(self, keys: Sequence[str]) -> bool:
        try:
            verify_by_one({**self.content, "signature": self.signature}, keys)
        except AlteredFileError:
            return False
        return True


def vouched(kind: str, body: Mapping[str, Any], originator: NodeId, salt: bytes) -> bytes:
    """Return the 32-byte salted commitment to what an originator says with an item.

    Args:
        kind: Of the item.
        body: As it travels; it holds what one of its kind holds.
        originator: Whose steps count, of an item of the desk.
        salt: 32 bytes.
    """
    said = {name: value for name, value in body.items() if name != "judgements"}
    if kind not in _WHOLE:
        steps = [each for each in body["steps"] if each["by"] == originator]
        said = {"id": body["id"], "steps": steps}
    return leaf_of({"kind": kind, "body": said}, salt)


def signed_voucher(bare: Voucher, key: SigningKey) -> Voucher:
    """Return a voucher with its originator's signature."""
    return replace(bare, signature=signature(bare.content, key))


def voucher_bodies(vouchers: Iterable[Voucher]) -> list[dict[str, Any]]:
    """Return vouchers as JSON, in their order."""
    return [
        {
            **{name: value for name, value in each.content.items() if name != "format"},
            "salt": each.salt,
            "signature": each.signature,
        }
        for each in vouchers
    ]


def beside(vouchers: Iterable[Voucher]) -> dict[str, object]:
    """Return what goes beside the content of a letter: the vouchers, if there are any."""
    found = voucher_bodies(vouchers)
    return {"vouchers": found} if found else {}


def vouchers_in(form: Form, body: Mapping[str, Any]) -> tuple[Voucher, ...]:
    """Return the vouchers beside the content of a letter.

    Raises:
        AlteredFileError: They do not hold what vouchers hold.
    """
    try:
        return vouchers_of(body.get("vouchers", []))
    except (ValueError, RecursionError) as cause:
        raise unlike(form, cause) from cause


def vouchers_of(bodies: object) -> tuple[Voucher, ...]:
    """Return the vouchers that JSON holds.

    Raises:
        ValueError: It holds something else, too many, two of one originator, or terms of
            another than who vouches.
    """
    found = msgspec.convert(bodies, tuple[Voucher, ...])
    if len(found) > MOST_VOUCHERS or len({each.originator for each in found}) < len(found):
        raise ValueError("one voucher for each originator, of few")
    for each in found:
        bytes.fromhex(each.salt)
        if each.label.originators != (each.originator,):
            raise ValueError("a voucher with terms of somebody else")
        if any(t.utcoffset() != timedelta(0) for t in (each.time, *each.label.times)):
            raise ValueError("a time that is not in UTC")
    return found


def as_signed(told: Label, sender: NodeId, known: Mapping[NodeId, Sequence[Terms]]) -> Label:
    """Return a label with the terms that originators signed, beside those that a relay told.

    A relay may name who has the item from it, and widen nothing.

    Args:
        told: The label, as the relay has it.
        sender: The relay.
        known: By originator, its own terms.
    """
    others = [terms for terms in told.terms if terms.originator != sender]
    return Label.of(
        *told.terms,
        *(
            replace(word, audience=terms.audience, circles=terms.circles)
            for terms in others
            for word in known.get(terms.originator, ())
        ),
    )


def held_under(label: Label, sender: NodeId, proven: Iterable[NodeId]) -> Label:
    """Return a label in which the terms of whoever is not proven are the sender's own.

    Who was named is one of those who may have the item, and has no other right to it.
    """
    own = {sender, *proven}
    return Label.of(
        *(
            terms
            if terms.originator in own
            else replace(
                terms, originator=sender, audience=(terms.audience | {terms.originator}) - {sender}
            )
            for terms in label.terms
        )
    )
