"""By which keys has a node signed, and which of them counts for a time?

A node's keys follow one another in a *chain*: each succession names the key before and the
key after it and is signed by both, so that whoever knows one of them knows the next. What
the key before signed stays valid for its time. A key that was *revoked* may be in other
hands: nothing that comes now is believed on its word, and what it signed since is doubtful.
A key that was *lost* cannot sign its successor; people have to compare fingerprints again.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec
from nacl.signing import SigningKey

from tawatur.errors import AlteredFileError
from tawatur.model.ids import NodeId
from tawatur.sharing.cards import Card, open_card, sealed_card, signature, verify_seal

FORMAT = "tawatur-succession/1"


@dataclass(frozen=True, slots=True)
class Succession:
    """A node's word that another key signs for it from a time on.

    ``former`` and ``key`` are verifier keys; ``revoked`` is since when the former may be in
    other hands, None if it is not; ``by_former`` is empty where the former was lost.
    """

    node: NodeId
    former: str
    key: str
    time: datetime  # UTC
    revoked: datetime | None = None  # UTC
    by_former: str = ""
    by_key: str = ""

    @property
    def lost(self) -> bool:
        """Whether the key before it did not sign."""
        return not self.by_former

    @property
    def end(self) -> datetime:
        """Until when the key before it signed, for all that is certain."""
        return self.time if self.revoked is None else min(self.time, self.revoked)

    @property
    def content(self) -> dict[str, Any]:
        """What is signed, in one form."""
        return {
            "format": FORMAT,
            "node": self.node,
            "former": self.former,
            "key": self.key,
            "time": self.time.isoformat(),
            "revoked": self.revoked.isoformat() if self.revoked else None,
        }

    def verify(self) -> None:
        """Return if both keys signed, or the later one alone where the former was lost.

        Raises:
            AlteredFileError: One did not.
        """
        verify_seal({**self.content, "signature": self.by_key}, self.key)
        if not self.lost:
            verify_seal({**self.content, "signature": self.by_former}, self.former)


@dataclass(frozen=True, slots=True)
class At:
    """Where a node is asked, by its own word of that time.

    ``certificate`` is the SHA-256 of the one that it shows there, hexadecimal; None where it
    keeps to none, and any that the machine trusts will do.
    """

    url: str
    certificate: str | None
    time: datetime  # UTC

    @property
    def place(self) -> tuple[str, str | None]:
        """What it says apart from the time."""
        return self.url, self.certificate


@dataclass(frozen=True, slots=True)
class Identity:
    """What others know a node by: its card, the keys before, where to encrypt to and to ask."""

    card: Card
    chain: tuple[Succession, ...] = ()  # oldest first
    recipient: str | None = None  # of age
    at: At | None = None

    def verify(self) -> None:
        """Return if the chain leads to the key on the card.

        Raises:
            AlteredFileError: It does not, or a signature in it does not hold.
        """
        keys = [*(each.former for each in self.chain), self.card.key]
        for each, following in zip(self.chain, keys[1:], strict=True):
            if (each.node, each.key) != (self.card.id, following):
                raise AlteredFileError("its keys do not follow one another")
            each.verify()

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key it ever signed by, the present one first."""
        return (self.card.key, *(each.former for each in reversed(self.chain)))

    def keys_at(self, time: datetime) -> tuple[str, ...]:
        """Return the keys that count for what was signed at ``time`` (UTC)."""
        return (self.card.key, *(each.former for each in self.chain if time <= each.end))

    def keys_now(self, time: datetime) -> tuple[str, ...]:
        """Return the keys that count for what arrives now and says that it is of ``time``.

        Whoever has a revoked key can write any time.
        """
        kept = (each for each in self.chain if each.revoked is None and time <= each.end)
        return (self.card.key, *(each.former for each in kept))

    def continues(self, held: "Identity") -> bool:
        """Whether this is ``held`` at a later time: keys were added to its chain, each signed."""
        since = self.chain[len(held.chain) :]
        same = self.chain[: len(held.chain)] == held.chain
        first = since[0].former if since else self.card.key
        return same and first == held.card.key and not any(each.lost for each in since)


def later(held: At | None, told: At | None) -> At | None:
    """Return where a node is asked after it told so; what is older than what is held is not."""
    if held is None or told is None:
        return told or held
    return told if told.time > held.time and told.place != held.place else held


def succession(
    node: NodeId,
    former: tuple[str, SigningKey | None],
    new: tuple[str, SigningKey],
    time: datetime,
    revoked: datetime | None = None,
) -> Succession:
    """Return the word that one key follows another, signed by both.

    Args:
        node: Whose they are.
        former: The verifier key before and its secret, None where that is lost.
        new: The one after it, likewise.
        time: When, UTC.
        revoked: Since when the former may be in other hands, UTC.
    """
    bare = Succession(node, former[0], new[0], time, revoked)
    by_former = signature(bare.content, former[1]) if former[1] else ""
    return replace(bare, by_former=by_former, by_key=signature(bare.content, new[1]))


def verify_by_one(body: dict[str, Any], keys: Sequence[str]) -> None:
    """Return if one of ``keys``, at least one, signed ``body``.

    Raises:
        AlteredFileError: None did.
    """
    for key in keys[1:]:
        with suppress(AlteredFileError):
            return verify_seal(body, key)
    return verify_seal(body, keys[0])


def sealed_identity(identity: Identity, key: SigningKey) -> bytes:
    """Return an own card with all that others need to know of it, as a file."""
    more = {
        "chain": msgspec.to_builtins(identity.chain),
        "recipient": identity.recipient,
        "at": msgspec.to_builtins(identity.at),
    }
    return sealed_card(identity.card, key, {n: value for n, value in more.items() if value})


def open_identity(content: bytes) -> Identity:
    """Return what a card's file says; a card alone is enough.

    Raises:
        AlteredFileError: It is no card, not signed by its key, or its keys do not follow.
    """
    card = open_card(content)
    said = json.loads(content)
    try:
        chain = msgspec.convert(said.get("chain", ()), tuple[Succession, ...])
        recipient = msgspec.convert(said.get("recipient"), str | None)
        at = msgspec.convert(said.get("at"), At | None)
    except msgspec.ValidationError as cause:
        raise AlteredFileError("the card does not hold what a card holds") from cause
    identity = Identity(card, chain, recipient, at)
    identity.verify()
    return identity
