"""What must be known of a STIX object so that it can be kept and served byte for byte?

A parcel is the object as it came, with id, type, version and specification read out of it;
nothing else in it is understood, and nothing is written anew. The version is STIX's
``modified``, else ``created``; what has neither (observables) has one version for good.
A parcel that is taken back leaves a *stub*: the same id, later, ``revoked``, and of the rest
only what STIX asks of its type, with the words emptied.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import msgspec

from tawatur.errors import Message

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH = EPOCH.replace(tzinfo=None)

_ID = re.compile(
    r"([a-z0-9][a-z0-9-]{1,248})--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
_UNVERSIONED = 0
_STEP = 1000  # microseconds: STIX versions are told apart by thousandths of a second
_KEPT = ("type", "spec_version", "id", "created_by_ref", "created", "object_marking_refs")
_EMPTIED = {
    "name": "-",
    "content": "-",
    "abstract": "-",
    "pattern": "[x-revoked:value = '-']",
    "pattern_type": "stix",
    "product": "-",
    "result": "unknown",
    "context": "unspecified",
    "country": "ZZ",
    "opinion": "neutral",
    "contents": {},
}
"""What stands for the words of what was taken back, where its type must have some."""

_ASKED = frozenset(
    {
        "is_family", "first_observed", "last_observed", "number_observed", "object_ref",
        "object_refs", "published", "relationship_type", "sighting_of_ref", "source_ref",
        "target_ref", "valid_from",
    }
)  # fmt: skip
"""What a type must have and what says no more than that there was something, about what."""


class _Head(msgspec.Struct):
    type: str
    id: str
    spec_version: str | None = None
    created: str | None = None
    modified: str | None = None


_HEADS = msgspec.json.Decoder(_Head)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A STIX object as it came, and what it is filed under."""

    id: str
    type: str
    version: int  # microseconds since 1970, UTC; 0 for what has no versions
    spec: int  # 20 or 21
    raw: bytes


def parcel_of(raw: bytes) -> Parcel | Message:
    """Return the parcel that the JSON text ``raw`` is, or why it is none."""
    try:
        head = _HEADS.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return Message("it is no STIX object with an id and a type")
    named = _ID.fullmatch(head.id)
    if named is None or named[1] != head.type:
        return Message("its id is not its type and a UUID")
    versioned = head.modified or head.created
    if head.spec_version not in (None, "2.0", "2.1"):
        return Message("it is of a specification other than STIX 2.0 and 2.1")
    version = _UNVERSIONED if versioned is None else micros(versioned)
    if version is None:
        return Message("its version is no time in UTC")
    # Only objects of 2.0 say nothing of their specification, but for those without a version.
    spec = 20 if (head.spec_version or ("2.0" if versioned else "2.1")) == "2.0" else 21
    return Parcel(head.id, head.type, version, spec, raw)


def same_content(one: bytes, other: bytes) -> bool:
    """Return whether two texts are one object, however they are written.

    An object that was never modified may say so or leave it out.
    """
    return one == other or _content(one) == _content(other)


def stub_of(raw: bytes, now: datetime) -> Parcel | None:
    """Return what stands for an object that was taken back; None for one without versions."""
    content = msgspec.json.decode(raw)
    parcel = parcel_of(raw)
    if isinstance(parcel, Message) or not parcel.version:
        return None
    version = max(micros_of(now), parcel.version) // _STEP * _STEP + _STEP
    kept = {name: content[name] for name in _KEPT if name in content}
    asked = {name: content[name] for name in sorted(content) if name in _ASKED}
    words = {name: word for name, word in _EMPTIED.items() if name in content}
    if parcel.type == "location":  # it must say where, and no longer does
        words["country"] = _EMPTIED["country"]
    whole = {**kept, "modified": stamp(version), "revoked": True, **asked, **words}
    return Parcel(parcel.id, parcel.type, version, parcel.spec, msgspec.json.encode(whole))


def micros(text: str) -> int | None:
    """Return a STIX or TAXII timestamp in microseconds since 1970; None for anything else."""
    if not _TIME.fullmatch(text):
        return None
    try:
        # what is finer than a microsecond is left off
        return micros_of(datetime.fromisoformat(f"{text[:26].rstrip('Z')}Z"))
    except ValueError:
        return None


def micros_of(time: datetime) -> int:
    """Return a time in microseconds since 1970."""
    return (time - EPOCH) // timedelta(microseconds=1)


@lru_cache(maxsize=10_000)  # of what is handed in: the ledger tells it, and then the answer
def stamp(micros: int) -> str:
    """Return a time as STIX writes versions: thousandths, or finer where it is finer."""
    return _written(micros, "microseconds" if micros % _STEP else "milliseconds")


def added_stamp(micros: int) -> str:
    """Return a time as TAXII writes it, with six digits of the second."""
    return _written(micros, "microseconds")


def _written(micros: int, exact: str) -> str:
    return (_EPOCH + timedelta(microseconds=micros)).isoformat(timespec=exact) + "Z"


def _content(raw: bytes) -> Any:
    found = msgspec.json.decode(raw)
    return {"modified": found.get("created"), **found}
