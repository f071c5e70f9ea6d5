"""Who a partner is: a card with its id, name and key, and words to compare by voice.

Two nodes become partners by exchanging cards and comparing fingerprints over
another channel; nothing is trusted on first use.
"""

import base64
import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
import rfc8785
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from tawatur.errors import AlteredFileError
from tawatur.model.ids import NodeId

FORMAT = "tawatur-card/1"

_UNSHOWN = ("Cc", "Cs", "Zl", "Zp")  # controls, lone surrogates, line and paragraph separators


@dataclass(frozen=True, slots=True)
class Card:
    """A node as its partners know it; ``key`` is the verifier key of its log (signed-note)."""

    id: NodeId
    name: str
    key: str


def fingerprint(card: Card) -> str:
    """Return eight groups of four characters that two people can compare aloud.

    They stand for 128 bits over id and key, so that a card with another id or key never
    has the same ones; the name may change.
    """
    raw = hashlib.sha256(f"{FORMAT}\n{card.id}\n{card.key}".encode()).hexdigest()[:32]
    return " ".join(raw[i : i + 4] for i in range(0, 32, 4))


def sealed_card(card: Card, key: SigningKey, more: Mapping[str, object] | None = None) -> bytes:
    """Return the card, and ``more`` that is said with it, as a file signed with its own key."""
    return sealed({"format": FORMAT, "card": msgspec.to_builtins(card), **(more or {})}, key)


def open_card(content: bytes) -> Card:
    """Return the card in a file.

    Raises:
        AlteredFileError: It is no card, or not signed by the key that it names.
    """
    body = parsed(content, FORMAT)
    try:
        card = msgspec.convert(body["card"], Card)
    except (KeyError, msgspec.ValidationError) as cause:
        raise AlteredFileError("the card does not hold what a card holds") from cause
    verify_card(card)
    verify_seal(body, card.key)
    return card


def verify_card(card: Card) -> None:
    """Return if id, name and key are each one line that can be shown as it is.

    Raises:
        AlteredFileError: One is empty or holds a line break or another control character.
    """
    for said in (card.id, card.name, card.key):
        if not said.strip() or any(unicodedata.category(c) in _UNSHOWN for c in said):
            raise AlteredFileError("the id, name or key on the card is not one line of text")


def sealed(content: dict[str, object], key: SigningKey) -> bytes:
    """Return ``content`` and its signature as one line of canonical JSON (RFC 8785)."""
    whole = {**content, "signature": signature(content, key)}
    return rfc8785.dumps(whole) + b"\n"  # type: ignore[arg-type]  # JSON values


def signature(content: dict[str, object], key: SigningKey) -> str:
    """Return the signature on the canonical form of ``content``, as `verify_seal` expects it."""
    signed = key.sign(rfc8785.dumps(content))  # type: ignore[arg-type]  # JSON values
    return base64.b64encode(signed.signature).decode()


def parsed(content: bytes, expected: str) -> dict[str, object]:
    """Return the JSON object of a sealed file of the ``expected`` format.

    The file must be, byte for byte, what `sealed` writes: one item has one file.

    Raises:
        AlteredFileError: It is something else.
    """
    try:
        body = json.loads(content)
    except (ValueError, RecursionError) as cause:
        raise AlteredFileError("not a file that a node wrote, or cut short") from cause
    if not isinstance(body, dict) or body.get("format") != expected:
        raise AlteredFileError("expected a file of format {0}", expected)
    try:
        canonical = rfc8785.dumps(body) + b"\n"
    except (ValueError, RecursionError) as cause:
        raise AlteredFileError("the file holds what no node writes") from cause
    if canonical != content:
        raise AlteredFileError("the file was altered after it was signed")
    return body


def verify_seal(body: dict[str, object], key: str) -> None:
    """Return if ``body`` is signed by the verifier key ``key``.

    Raises:
        AlteredFileError: It is not.
    """
    unsigned = {name: value for name, value in body.items() if name != "signature"}
    try:
        signed = _unbase64(str(body["signature"]))
        VerifyKey(public_key(key)).verify(rfc8785.dumps(unsigned), signed)  # type: ignore[arg-type]
    except (
        KeyError,
        ValueError,
        TypeError,
        BadSignatureError,
        IndexError,
        RecursionError,
    ) as cause:
        raise AlteredFileError("the file was altered after it was signed") from cause


def public_key(key: str) -> bytes:
    """Return the 32 bytes of the Ed25519 key in a verifier key: ``name+id+base64``."""
    return _unbase64(key.split("+", 2)[2])[1:]


def _unbase64(text: str) -> bytes:
    """Return the bytes; raises ValueError for anything but the one standard form."""
    raw = base64.b64decode(text, validate=True)
    # The last character has spare bits: several texts would stand for one signature.
    if base64.b64encode(raw).decode("ascii") != text:
        raise ValueError("not base64 in its one standard form")
    return raw
