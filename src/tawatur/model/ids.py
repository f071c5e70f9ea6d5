"""What things are called: ids that say nothing about what they name.

An id is a letter for the kind, a hyphen and sixteen characters of Crockford's
base 32 (80 bits). It is either *random* (entries, actors, desk items, releases)
or *keyed*: an HMAC under the node's id key, so that the same bytes taken in
twice are one document, and a rebuild gives every claim the id it had, while
nobody without the key can test a guess (decision 3). Bare hashes of contents
are never ids.
"""

import hashlib
import hmac
from base64 import b32encode
from typing import NewType

NodeId = NewType("NodeId", str)
ActorId = NewType("ActorId", str)
EntryId = NewType("EntryId", str)
DocumentId = NewType("DocumentId", str)
RenditionId = NewType("RenditionId", str)
ClaimId = NewType("ClaimId", str)
EntityId = NewType("EntityId", str)
CommunityId = NewType("CommunityId", str)
EventId = NewType("EventId", str)
ConflictId = NewType("ConflictId", str)
DeskId = NewType("DeskId", str)
StepId = NewType("StepId", str)
GlossId = NewType("GlossId", str)
MarkingId = NewType("MarkingId", str)
RulingId = NewType("RulingId", str)
SourceId = NewType("SourceId", str)
ReleaseId = NewType("ReleaseId", str)
NoticeId = NewType("NoticeId", str)
BlobDigest = NewType("BlobDigest", str)

_CROCKFORD = bytes.maketrans(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789abcdefghjkmnpqrstvwxyz"
)
"""From the letters of RFC 4648 to ours."""


def id_of(kind: str, raw: bytes) -> str:
    """Return ``kind-`` and sixteen characters for the first ten bytes of ``raw``.

    Raises:
        ValueError: Fewer than ten bytes.
    """
    if len(raw) < 10:
        raise ValueError("an id needs ten bytes")
    return f"{kind}-{b32encode(raw[:10]).translate(_CROCKFORD).decode()}"


def keyed_id(kind: str, key: bytes, *parts: str | bytes | int) -> str:
    """Return the keyed id for ``parts``, each of them delimited by its length."""
    said = [kind.encode()]
    for part in parts:
        raw = part if isinstance(part, bytes) else str(part).encode()
        said += [len(raw).to_bytes(8, "big"), raw]
    return id_of(kind, hmac.digest(key, b"".join(said), "sha256"))


def blob_digest(content: bytes) -> BlobDigest:
    """Return ``sha256:`` and the hexadecimal digest; never shown outside the node."""
    return BlobDigest("sha256:" + hashlib.sha256(content).hexdigest())
