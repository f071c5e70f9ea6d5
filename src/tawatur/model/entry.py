"""What is signed into the ledger: a small header and a payload that can be erased.

The header says kind, time, author (an id, never a name), originator and the
payload's salted digest; it is the leaf of the Merkle log and holds no free text
and no personal data. The payload holds the label and a body of JSON; its digest
is SHA-256 over a random nonce and the RFC 8785 form, so that nobody can test a
guess against a digest that outlives its payload (decision 2).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from tawatur.model.ids import ActorId, EntryId, NodeId
from tawatur.model.label import Label

FORMAT = 1
"""Version of header and payload; a header of another version is refused, not guessed at."""


class Kind(StrEnum):
    """What an entry records. Entries of kinds unknown to a version are kept and shown as such."""

    NODE = "node"
    ACTOR = "actor"
    KEY = "key"
    ACCOUNT = "account"
    PARTNER = "partner"
    INVITATION = "invitation"
    REFUSAL = "refusal"
    ACQUISITION = "acquisition"
    RENDITION = "rendition"
    READING = "reading"
    JUDGEMENT = "judgement"
    SIFTING = "sifting"
    GLOSS = "gloss"
    MARKING = "marking"
    LABEL = "label"
    CONFIRMATION = "confirmation"
    COMMUNITY = "community"
    RULING = "ruling"
    COMMITMENT = "commitment"
    REQUEST = "request"
    MANDATE = "mandate"
    LESSON = "lesson"
    MEETING = "meeting"
    CALENDAR = "calendar"
    REVIEW = "review"
    BORDER_NOTICE = "border-notice"
    INTEREST = "interest"
    PROBE = "probe"
    SUBJECT = "subject"
    PROPOSAL = "proposal"
    REDACTION = "redaction"
    RELEASE = "release"
    NOTICE = "notice"
    RECEIPT = "receipt"
    VOUCHER = "voucher"
    ACKNOWLEDGEMENT = "acknowledgement"
    HANDOVER = "handover"
    POINTER = "pointer"
    BUNDLE = "bundle"
    HEADS = "heads"
    DISCLOSURE = "disclosure"
    ENVELOPE = "envelope"
    ERASURE = "erasure"
    RENDERING = "rendering"
    TRACE = "trace"


@dataclass(frozen=True, slots=True)
class Header:
    """The leaf of the log; ``kind`` is a word of `Kind`, or one of a later version."""

    id: EntryId
    kind: str
    time: datetime  # UTC
    author: ActorId
    originator: NodeId
    digest: str  # sha256: over nonce and payload
    v: int = FORMAT


@dataclass(frozen=True, slots=True)
class Payload:
    """What an entry says and who may have it; ``body`` is JSON."""

    label: Label
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger; ``payload`` is None once erased."""

    seq: int  # position in the log, from 0
    header: Header
    payload: Payload | None


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry before it is appended: the ledger adds position, nonce and digest."""

    id: EntryId
    kind: Kind
    time: datetime  # UTC
    author: ActorId
    payload: Payload
    blobs: tuple[bytes, ...] = ()  # stored, and durable, before the entry is
