"""Which bytes stand for an entry, now and in twenty years?

Header and payload are JSON in the canonical form of RFC 8785. The header is the
leaf of the log; its ``digest`` is SHA-256 over the payload's nonce and bytes.
Both forms are fixed by decision 2; a header of another version is refused.

Known costs: the payload names its blobs a second time (the table of blobs is an
index on it, and is checked against it), and floats that are whole numbers come
back as integers, because RFC 8785 writes them so.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import msgspec
import rfc8785

from tawatur.errors import LedgerError, VerificationError
from tawatur.model.entry import FORMAT, Header, Payload
from tawatur.model.ids import ActorId, BlobDigest, EntryId, NodeId
from tawatur.model.label import Label, Terms

NONCE_BYTES = 32
ERASED_NONCE = bytes(NONCE_BYTES)  # stands where a nonce stood; never drawn

_PREFIX = "sha256:"
_UTC_OFFSET = timedelta(0)
_LARGEST_INTEGER = 2**53 - 1  # RFC 8785 numbers are IEEE doubles
# Ids and kinds are words: nothing that could carry free text gets into a header.
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}")
_HEADER_KEYS = {"author", "digest", "id", "kind", "originator", "time", "v"}
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder()
_USUAL = msgspec.to_builtins(Terms(NodeId("")), order="deterministic")
"""What terms say where their originator says nothing else."""


def canonical(value: Any) -> bytes:
    """Return ``value`` in the canonical form of RFC 8785, as UTF-8.

    The bytes are those of the package rfc8785 (a law under test), some forty
    times sooner: keys are put in order and numbers written here, the rest is
    msgspec's.

    Args:
        value: Mappings with string keys, lists, tuples, strings, numbers, booleans, None.

    Raises:
        ValueError: Anything else, an integer beyond 2^53, a number that is not finite, or a
            string that is not Unicode.
    """
    return _ENCODER.encode(_ordered(value))


def _ordered(value: Any) -> Any:
    """Return ``value`` such that msgspec writes its canonical form."""
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return value
    if kind is dict:
        return {key: _ordered(value[key]) for key in _keys(value)}
    if kind is list or kind is tuple:
        return [_ordered(item) for item in value]
    if isinstance(value, int):
        if abs(value) > _LARGEST_INTEGER:
            raise ValueError(f"{value} is beyond what JSON numbers hold exactly")
        return int(value)
    if isinstance(value, float):
        return msgspec.Raw(_number(value))
    if isinstance(value, str):  # an enum's word
        return str.__str__(value)
    if isinstance(value, Mapping):
        return {key: _ordered(value[key]) for key in _keys(value)}
    if isinstance(value, list | tuple):
        return [_ordered(item) for item in value]
    raise ValueError(f"{kind.__name__} is not JSON")


def _number(value: float) -> bytes:
    """Return a float as ECMAScript writes it, which RFC 8785 asks."""
    written = float.__repr__(value)
    # Both write the shortest digits that come back; they differ in exponents and whole numbers.
    if "." in written and "e" not in written and not written.endswith(".0"):
        return written.encode("ascii")
    return rfc8785.dumps(float(value))


def _keys(mapping: Mapping[Any, Any]) -> list[str]:
    """Return the keys in RFC 8785's order, that of UTF-16 code units."""
    keys = list(mapping)
    try:
        if "".join(keys).isascii():
            return sorted(keys)
    except TypeError as error:
        raise ValueError("keys of JSON are strings") from error
    return sorted(keys, key=lambda key: key.encode("utf-16-be"))


def header_bytes(header: Header) -> bytes:
    """Return the leaf of the log for ``header``.

    Raises:
        LedgerError: An id or kind is not a single word, or the time is not UTC.
    """
    form = {
        "author": header.author,
        "digest": header.digest,
        "id": header.id,
        "kind": str(header.kind),
        "originator": header.originator,
    }
    for name, word in form.items():
        if not _WORD.fullmatch(word):
            raise LedgerError(
                "the {0} of {1} is {2}; a header holds ids only", name, repr(header.id), repr(word)
            )
    if header.time.utcoffset() != _UTC_OFFSET:
        raise LedgerError("the time of {0} is not in UTC", header.id)
    time = header.time.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    # Keys in order and words without escapes: this is the canonical form already.
    return _ENCODER.encode({**form, "time": time, "v": header.v})


def parse_header(raw: bytes, seq: int) -> Header:
    """Return the header that ``raw`` holds.

    Raises:
        VerificationError: It is not a header of this version in canonical form.
    """
    try:
        found = _DECODER.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise VerificationError(f"entry {seq}", "its header is not JSON", seq=seq) from error
    if not isinstance(found, dict) or set(found) != _HEADER_KEYS:
        raise VerificationError(f"entry {seq}", "its header has other fields", seq=seq)
    if found["v"] != FORMAT:
        raise VerificationError(
            f"entry {seq}", f"format {found['v']!r}; this version knows {FORMAT}", seq=seq
        )
    try:
        header = Header(
            EntryId(found["id"]),
            found["kind"],
            datetime.fromisoformat(found["time"]),
            ActorId(found["author"]),
            NodeId(found["originator"]),
            found["digest"],
        )
        same = header_bytes(header) == raw and _DIGEST.fullmatch(header.digest) is not None
    except (TypeError, ValueError, LedgerError) as error:
        raise VerificationError(f"entry {seq}", "its header is malformed", seq=seq) from error
    if not same:
        raise VerificationError(f"entry {seq}", "its header is not in canonical form", seq=seq)
    return header


def label_body(label: Label) -> dict[str, Any]:
    """Return ``label`` as JSON, equal for equal labels; what terms leave as it is is left out."""
    return {
        "terms": [
            {
                name: value
                for name, value in msgspec.to_builtins(terms, order="deterministic").items()
                if value != _USUAL.get(name)
            }
            for terms in label.terms
        ]
    }


def payload_bytes(payload: Payload, blobs: Sequence[BlobDigest] = ()) -> bytes:
    """Return the canonical form of ``payload``, which names its blobs in order, if any.

    Raises:
        ValueError: The body is not JSON.
    """
    form: dict[str, Any] = {
        "body": payload.body,
        "label": label_body(payload.label),
    }
    if blobs:
        form["blobs"] = list(blobs)
    return canonical(form)


def parse_payload(raw: bytes, seq: int) -> tuple[Payload, tuple[BlobDigest, ...]]:
    """Return the payload that ``raw`` holds, and the blobs it names.

    Raises:
        VerificationError: It is not a payload.
    """
    try:
        found = _DECODER.decode(raw)
        if not isinstance(found, dict) or not isinstance(found["body"], dict):
            raise VerificationError(f"entry {seq}", "its payload has no body", seq=seq)
        label = msgspec.convert(found["label"], Label, strict=True)
        blobs = msgspec.convert(found.get("blobs", ()), tuple[BlobDigest, ...], strict=True)
    except (msgspec.MsgspecError, KeyError, UnicodeDecodeError) as error:
        raise VerificationError(f"entry {seq}", "its payload is malformed", seq=seq) from error
    return Payload(label, found["body"]), blobs


def payload_digest(nonce: bytes, payload: bytes) -> str:
    """Return the digest that the header carries."""
    return _PREFIX + sha256(nonce + payload).hexdigest()


def raw_digest(digest: BlobDigest) -> bytes:
    """Return the 32 bytes of a blob's digest.

    Raises:
        ValueError: It is not of the form ``sha256:`` and 64 hexadecimal digits.
    """
    if not _DIGEST.fullmatch(digest):
        raise ValueError(f"{digest!r} is not a digest of a blob")
    return bytes.fromhex(digest.removeprefix(_PREFIX))


def named_digest(raw: bytes) -> BlobDigest:
    """Return the digest of a blob as text."""
    return BlobDigest(_PREFIX + raw.hex())
