"""What does a node sign about its logs, and how does anyone check it?

A checkpoint says which log, how many leaves, which root; it is a signed note:
text, an empty line, signature lines. Forms: C2SP tlog-checkpoint and
signed-note, algorithm 1 (Ed25519). A verifier key is one line of text that says
whose it is, and may be printed, mailed or read out.

One seed signs the node log and all release logs; every log has its own name and
hence its own key id, and the name stands in the signed text, so that a note of
one log is never taken for one of another.
"""

import base64
import binascii
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from tawatur.errors import VerificationError
from tawatur.model.ids import NodeId

_ED25519 = b"\x01"
_DASH = "\N{EM DASH} "
_KEY_ID_BYTES = 4
_ROOT_BYTES = 32
_KEY_BYTES = 32
_SIGNATURE_BYTES = 64


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a checkpoint note says, once its signature holds."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The signed text: three lines."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Return what ``text`` says; lines after the third are allowed and not read.

        Raises:
            VerificationError: It is not the text of a checkpoint.
        """
        lines = text.split("\n")
        try:
            origin, size, root = lines[0], int(lines[1]), _unbase64(lines[2])
        except (IndexError, ValueError) as error:
            raise VerificationError("checkpoint", "not three lines of the known form") from error
        if lines[-1] or not origin or len(root) != _ROOT_BYTES or str(size) != lines[1] or size < 0:
            raise VerificationError("checkpoint", "not three lines of the known form")
        return cls(origin, size, root)


@dataclass(frozen=True, slots=True)
class Signer:
    """A node's signing key under the name of one log, and the verifier keys before it."""

    origin: str
    _key: SigningKey = field(repr=False)
    former: tuple[str, ...] = ()  # the first one first

    @classmethod
    def from_seed(cls, origin: str, seed: bytes, former: Sequence[str] = ()) -> "Signer":
        """Return the signer for a log named ``origin``, from 32 secret bytes.

        Args:
            origin: The log's name.
            seed: The present key.
            former: The verifier keys by which the node's log was signed before.

        Raises:
            ValueError: The origin is empty or holds a space or a plus; the seed is not 32 bytes.
        """
        if not _is_name(origin):
            raise ValueError("an origin is a name without spaces and without '+'")
        if len(seed) != _KEY_BYTES:
            raise ValueError("a signing key is made from 32 bytes")
        return cls(origin, SigningKey(seed), tuple(former))

    def release(self, audience: NodeId) -> "Signer":
        """Return the signer of the release log for ``audience``: same key, another name."""
        former = tuple(release_vkey(each, audience) for each in self.former)
        return Signer(release_origin(self.origin, audience), self._key, former)

    @property
    def vkey(self) -> str:
        """The verifier key as one line of text: name, key id, key."""
        return vkey_of(self.origin, bytes(self._key.verify_key))

    def verified(self, note: str) -> tuple["Checkpoint", int]:
        """Return the checkpoint that one of this log's keys signed, and which of them.

        Raises:
            VerificationError: None of them did, or it is a checkpoint of another log.
        """
        for number, vkey in enumerate(self.former):
            with suppress(VerificationError):
                return verified_checkpoint(note, vkey), number
        return verified_checkpoint(note, self.vkey), len(self.former)

    def sign_note(self, text: str) -> str:
        """Return the note: ``text``, an empty line, one signature line.

        Raises:
            ValueError: The text does not end in a newline.
        """
        if not text.endswith("\n"):
            raise ValueError("the text of a note ends in a newline")
        signature = self._key.sign(text.encode()).signature
        key_id = _key_id(self.origin, bytes(self._key.verify_key))
        return f"{text}\n{_DASH}{self.origin} {_base64(key_id + signature)}\n"

    def sign_checkpoint(self, size: int, root: bytes) -> str:
        """Return the note that says how many leaves this log has and their root."""
        return self.sign_note(Checkpoint(self.origin, size, root).text)


def release_origin(origin: str, audience: NodeId) -> str:
    """Return the name of the log of what the node ``origin`` released to ``audience``."""
    return f"{origin}/release/{audience}"


def release_vkey(vkey: str, audience: NodeId) -> str:
    """Return the verifier key of the release log for ``audience``, from the node's own.

    Raises:
        VerificationError: ``vkey`` is not a verifier key.
    """
    origin, public = _parse_vkey(vkey)
    return vkey_of(release_origin(origin, audience), public)


def verify_note(note: str, vkey: str) -> str:
    """Return the text of ``note``, which ``vkey`` has signed.

    Signatures of other keys are ignored, as signed-note asks.

    Raises:
        VerificationError: The key is malformed, the note has no signature of it, or a wrong one.
    """
    name, public = _parse_vkey(vkey)
    text, gap, signatures = note.rpartition("\n\n")
    if not gap or not signatures.endswith("\n"):
        raise VerificationError(f"note of {name}", "not a signed note")
    text += "\n"
    key_id = _key_id(name, public)
    found = False
    for line in signatures[:-1].split("\n"):
        signer, _, encoded = line.removeprefix(_DASH).partition(" ")
        try:
            signature = _unbase64(encoded)
        except ValueError as error:
            raise VerificationError(f"note of {name}", "not a signature line") from error
        if not line.startswith(_DASH) or not _is_name(signer) or len(signature) <= _KEY_ID_BYTES:
            raise VerificationError(f"note of {name}", "not a signature line")
        if signer == name and signature[:_KEY_ID_BYTES] == key_id:
            _check_signature(name, public, text, signature[_KEY_ID_BYTES:])
            found = True
    if not found:
        raise VerificationError(f"note of {name}", "not signed by this key")
    return text


def verified_checkpoint(note: str, vkey: str) -> Checkpoint:
    """Return the checkpoint that ``vkey`` signed, of the log that the key is named for.

    Raises:
        VerificationError: The signature does not hold, or it is a checkpoint of another log.
    """
    checkpoint = Checkpoint.parse(verify_note(note, vkey))
    name, _ = _parse_vkey(vkey)
    if checkpoint.origin != name:
        raise VerificationError(
            f"checkpoint of {checkpoint.origin}", f"signed under the name {name}"
        )
    return checkpoint


def _check_signature(name: str, public: bytes, text: str, signature: bytes) -> None:
    """Raise unless ``signature`` over ``text`` holds."""
    if len(signature) != _SIGNATURE_BYTES:
        raise VerificationError(f"note of {name}", "the signature has a wrong length")
    try:
        VerifyKey(public).verify(text.encode(), signature)
    except (BadSignatureError, UnicodeEncodeError) as error:
        raise VerificationError(f"note of {name}", "the signature does not hold") from error


def vkey_of(name: str, public: bytes) -> str:
    """Return the verifier key of a log called ``name``: one line of text."""
    return f"{name}+{_key_id(name, public).hex()}+{_base64(_ED25519 + public)}"


def _parse_vkey(vkey: str) -> tuple[str, bytes]:
    """Return the name and the 32 bytes of an Ed25519 verifier key."""
    name, _, rest = vkey.strip().partition("+")
    key_id, _, encoded = rest.partition("+")
    try:
        raw = _unbase64(encoded)
    except ValueError as error:
        raise VerificationError("verifier key", "not of the form name+id+key") from error
    if not _is_name(name) or len(raw) != 1 + _KEY_BYTES or raw[:1] != _ED25519:
        raise VerificationError("verifier key", "not an Ed25519 key of the form name+id+key")
    if _key_id(name, raw[1:]).hex() != key_id:
        raise VerificationError(f"verifier key of {name}", "its id does not fit its key")
    return name, raw[1:]


def _key_id(name: str, public: bytes) -> bytes:
    """Return the four bytes by which a signature line names its key."""
    return sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:_KEY_ID_BYTES]


def _is_name(name: str) -> bool:
    """Return whether signed-note allows ``name`` for a key."""
    return bool(name) and "+" not in name and not any(c.isspace() for c in name)


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _unbase64(text: str) -> bytes:
    """Return the bytes; raises ValueError for anything but the one standard form."""
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("not base64") from error
    if _base64(raw) != text:
        raise ValueError("not base64 in its one standard form")
    return raw
