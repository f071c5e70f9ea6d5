"""How do two nodes begin to know each other, by a file or over a telephone?

An invitation holds a card, where to encrypt to, a code that counts once, and the last day on
which it counts; it is signed by the key on the card. Its answer is one that bears the same
code. As *text* it is the same in lines of eight groups of four characters (Crockford's base
32), each with a check of its own, so that a line that was misheard is named. Nobody is
trusted by an invitation: two people compare fingerprints before anything goes.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

import msgspec
from nacl.signing import SigningKey

from tawatur.errors import AlteredFileError
from tawatur.ledger import vkey_of
from tawatur.model.ids import NodeId
from tawatur.sharing.cards import (
    Card,
    parsed,
    public_key,
    sealed,
    signature,
    verify_card,
    verify_seal,
)
from tawatur.sharing.keys import At

FORMAT = "tawatur-invitation/1"
_CODE_BYTES = 5

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_HEARD = str.maketrans("ILO", "110")  # what is said for what, in this alphabet
_AGE, _AGE_DIGITS = "age1", "qpzry9x8gf2tvdw0s3jn54khce6mua7l"  # Bech32's
_RECIPIENT = 58  # characters after "age1"
_LINE, _CHECK = 18, 2  # bytes
_GROUP, _LINE_DIGITS = 4, 32
_DAY_ONE = date(2020, 1, 1)
_SIZES = (
    1,
    1,
    10,
    32,
    37,
    _CODE_BYTES,
    2,
)  # answers and address, length of the name, id, key, recipient, …
_HEAD, _SIGNATURE, _DIGEST, _SINCE = sum(_SIZES), 64, 32, 6
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who invites, or answers an invitation by its code; ``until`` is the last day."""

    DAYS: ClassVar = 14  # for which it counts
    CODE_BYTES: ClassVar = _CODE_BYTES

    card: Card
    recipient: str
    code: str  # hexadecimal
    until: date
    answers: bool = False
    at: At | None = None

    @property
    def content(self) -> dict[str, Any]:
        """What is signed."""
        said = {name: each for name, each in msgspec.to_builtins(self).items() if each is not None}
        return {"format": FORMAT, **said}


def sealed_invitation(invitation: Invitation, key: SigningKey) -> bytes:
    """Return the file to hand over."""
    return sealed(invitation.content, key)


def spoken(invitation: Invitation, key: SigningKey) -> str:
    """Return the invitation as lines that can be read aloud."""
    name = invitation.card.name.encode()
    raw = b"".join(
        (
            bytes([invitation.answers | 2 * (invitation.at is not None), len(name)]),
            _number(invitation.card.id[2:], _DIGITS.lower()).to_bytes(10, "big"),
            public_key(invitation.card.key),
            _number(invitation.recipient.removeprefix(_AGE), _AGE_DIGITS).to_bytes(37, "big"),
            bytes.fromhex(invitation.code),
            (invitation.until - _DAY_ONE).days.to_bytes(2, "big"),
            name,
            _written_at(invitation.at),
            base64.b64decode(signature(invitation.content, key)),
        )
    )  # as `_cut` takes it apart
    lines = [raw[at : at + _LINE].ljust(_LINE, b"\0") for at in range(0, len(raw), _LINE)]
    return "\n".join(_line(n, line) for n, line in enumerate(lines, 1))


def open_invitation(content: bytes) -> Invitation:
    """Return the invitation in a file, or in lines as they were heard.

    Raises:
        AlteredFileError: It is none, a line was misheard, or it is not signed by its key.
    """
    if not content.lstrip().startswith(b"{"):
        return _heard(content.decode("utf-8", "replace"))
    body = parsed(content, FORMAT)
    try:
        invitation = msgspec.convert(
            {name: value for name, value in body.items() if name != "format"}, Invitation
        )
    except msgspec.ValidationError as cause:
        raise _none() from cause
    verify_card(invitation.card)
    verify_seal(body, invitation.card.key)
    return invitation


def _heard(text: str) -> Invitation:
    """Return what was read aloud."""
    digits = re.sub(r"[\s.,-]", "", text.upper()).translate(_HEARD)
    if not digits or set(digits) - set(_DIGITS) or len(digits) % _LINE_DIGITS:
        raise _none()
    lines = range(0, len(digits), _LINE_DIGITS)
    raw = b"".join(_checked(n, digits[at:][:_LINE_DIGITS]) for n, at in enumerate(lines, 1))
    said, length, *parts = _cut(raw)
    try:
        rest = raw[_HEAD + length[0] :]
        at, rest = _heard_at(rest) if said[0] & 2 else (None, rest)
        node = NodeId(f"n-{_digits(parts[0], 16, _DIGITS.lower())}")
        invitation = Invitation(
            card=Card(
                node, raw[_HEAD:][: length[0]].decode(), vkey_of(f"tawatur.{node}", parts[1])
            ),
            recipient=_AGE + _digits(parts[2], _RECIPIENT, _AGE_DIGITS),
            code=parts[3].hex(),
            until=_DAY_ONE + timedelta(days=int.from_bytes(parts[4], "big")),
            answers=bool(said[0] & 1),
            at=at,
        )
    except (ValueError, IndexError, OverflowError) as cause:
        raise _none() from cause
    verify_card(invitation.card)
    signed = base64.b64encode(rest[:_SIGNATURE]).decode()
    verify_seal({**invitation.content, "signature": signed}, invitation.card.key)
    return invitation


def _written_at(at: At | None) -> bytes:
    """Return where a node is asked: length, address, certificate or zeros, since when (ms)."""
    if at is None:
        return b""
    url, since = at.url.encode(), (at.time - _EPOCH) // timedelta(milliseconds=1)
    digest = bytes.fromhex(at.certificate or "")
    return bytes([len(url)]) + url + digest.rjust(_DIGEST, b"\0") + since.to_bytes(_SINCE, "big")


def _heard_at(raw: bytes) -> tuple[At, bytes]:
    """Return what `_written_at` wrote, and what follows it."""
    end = 1 + raw[0]
    digest, rest = raw[end : end + _DIGEST], raw[end + _DIGEST :]
    since = _EPOCH + timedelta(milliseconds=int.from_bytes(rest[:_SINCE], "big"))
    at = At(raw[1:end].decode(), digest.hex() if any(digest) else None, since)
    return at, rest[_SINCE:]


def _cut(raw: bytes) -> Iterator[bytes]:
    """Yield the parts of known length, in the order in which `spoken` joins them."""
    at = 0
    for size in _SIZES:
        yield raw[at : at + size]
        at += size


def _line(number: int, raw: bytes) -> str:
    """Return one line to read aloud."""
    whole = raw + _check(number, raw)
    digits = _digits(whole, _LINE_DIGITS, _DIGITS)
    return " ".join(digits[at : at + _GROUP] for at in range(0, _LINE_DIGITS, _GROUP))


def _checked(number: int, digits: str) -> bytes:
    """Return what a line holds.

    Raises:
        AlteredFileError: It was misheard.
    """
    whole = _number(digits, _DIGITS).to_bytes(_LINE + _CHECK, "big")
    raw = whole[:_LINE]
    if whole[_LINE:] != _check(number, raw):
        raise AlteredFileError("line {0} is not as it was read: {1}", number, digits)
    return raw


def _check(number: int, raw: bytes) -> bytes:
    return hashlib.sha256(bytes([number]) + raw).digest()[:_CHECK]


def _number(digits: str, alphabet: str) -> int:
    """Return what digits of base 32 say; raises ValueError for others."""
    value = 0
    for digit in digits:
        value = value << 5 | alphabet.index(digit)
    return value


def _digits(raw: bytes, count: int, alphabet: str) -> str:
    """Return the last ``count`` digits of base 32 of a number."""
    number = int.from_bytes(raw, "big")
    return "".join(alphabet[number >> 5 * place & 31] for place in range(count - 1, -1, -1))


def _none() -> AlteredFileError:
    return AlteredFileError("that is no invitation")
