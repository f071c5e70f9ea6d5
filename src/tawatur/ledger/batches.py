"""What exactly is stored when a batch is appended?

`compose` turns drafts into rows, new hashes and signed checkpoints; it is the
same for every storage, which then keeps a `Batch` whole or not at all.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tawatur.errors import LedgerError, VerificationError
from tawatur.ledger.forms import (
    ERASED_NONCE,
    NONCE_BYTES,
    header_bytes,
    parse_header,
    parse_payload,
    payload_bytes,
    payload_digest,
    raw_digest,
)
from tawatur.ledger.ledger import COMMITMENT_BYTES, Entropy, Release
from tawatur.ledger.merkle import Edge, Node, Read, leaf_hash
from tawatur.ledger.notes import Signer
from tawatur.model.entry import Draft, Entry, Header, Kind, Payload
from tawatur.model.ids import BlobDigest, EntryId, NodeId, blob_digest

NODE_LOG = ""
"""Name of the node log among the logs; a release log is named for its audience."""


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as it is stored; nonce and payload are None once erased."""

    seq: int
    id: str
    kind: str
    header: bytes
    nonce: bytes | None
    payload: bytes | None
    blobs: tuple[bytes, ...] = ()  # raw digests, in the order the payload names them


@dataclass(frozen=True, slots=True)
class Growth:
    """What a batch adds to one log."""

    log: str
    size: int  # after it
    nodes: tuple[Node, ...]
    note: str  # the checkpoint at that size


@dataclass(frozen=True, slots=True)
class Batch:
    """All that an append stores."""

    rows: tuple[Row, ...]
    commitments: tuple[tuple[str, int, bytes], ...]  # log, index, commitment
    growths: tuple[Growth, ...]
    blobs: Mapping[bytes, bytes]  # raw digest -> content


def signer_of(signer: Signer, log: str) -> Signer:
    """Return the signer for the node log or the release log of an audience."""
    return signer if log == NODE_LOG else signer.release(NodeId(log))


def edge_of(note: str | None, size: int, read: Read, signer: Signer) -> Edge:
    """Return a log's right edge after checking it against its latest checkpoint.

    A log whose head was altered is never continued, and never signed again.

    Raises:
        VerificationError: The note is not this signer's, or says another size or root.
    """
    edge = Edge.at(size, read)
    if note is None:
        if size:
            raise VerificationError(f"log {signer.origin}", "its checkpoint is missing")
        return edge
    head, _key = signer.verified(note)
    if (head.size, head.root) != (size, edge.root):
        raise VerificationError(
            f"log {signer.origin}",
            f"it has {size} leaves, but its checkpoint says {head.size}"
            if head.size != size
            else f"its root at size {size} is not the one signed",
        )
    return edge


def compose(
    drafts: Sequence[Draft],
    releases: Sequence[Release],
    edge: Callable[[str], Edge],
    *,
    signer: Signer,
    originator: NodeId,
    entropy: Entropy,
) -> Batch:
    """Return all that is stored for ``drafts`` and ``releases``.

    ``edge`` gives the checked right edge of a log by its name.

    Raises:
        LedgerError: A body is not JSON, a header would hold more than ids, an id is given twice,
            or a commitment is malformed or stands alone.
    """
    if releases and not drafts:
        raise LedgerError("a release goes with the entry that records it; there is none")
    ids = [draft.id for draft in drafts]
    if len(set(ids)) < len(ids):
        raise LedgerError("the batch gives one id to several entries")
    node_edge = edge(NODE_LOG)
    contents: dict[bytes, bytes] = {}
    rows = []
    for seq, draft in enumerate(drafts, node_edge.size):
        digests = [blob_digest(content) for content in draft.blobs]
        contents.update(zip(map(raw_digest, digests), draft.blobs, strict=True))
        rows.append(_row(seq, draft, digests, originator, entropy))

    growths = [_grown(NODE_LOG, node_edge, (row.header for row in rows), signer)]
    commitments = []
    for log in sorted({audience for audience, _ in releases}):
        _check_audience(log)
        leaves = [commitment for audience, commitment in releases if audience == log]
        release_edge = edge(log)
        commitments += [(log, i, leaf) for i, leaf in enumerate(leaves, release_edge.size)]
        growths.append(_grown(log, release_edge, leaves, signer_of(signer, log)))
    if any(len(leaf) != COMMITMENT_BYTES for _, _, leaf in commitments):
        raise LedgerError("a commitment has {0} bytes", COMMITMENT_BYTES)
    return Batch(tuple(rows), tuple(commitments), tuple(growths), contents)


def erasure(draft: Draft, leaves: Iterable[tuple[int, EntryId]]) -> Draft:
    """Return ``draft`` with the leaves it erases written into its body.

    Raises:
        LedgerError: It is not an erasure that says why and by whose authority, or nothing is
            left to erase.
    """
    body: dict[str, Any] = dict(draft.payload.body)
    told = all(isinstance(body.get(k), str) and body[k].strip() for k in ("reason", "authority"))
    if draft.kind != Kind.ERASURE or draft.blobs or not told or "leaves" in body:
        raise LedgerError("an erasure says its reason and its authority, and carries no blobs")
    body["leaves"] = [{"entry": entry, "seq": seq} for seq, entry in sorted(set(leaves))]
    if not body["leaves"]:
        raise LedgerError("nothing to erase: the contents are gone already")
    return replace(draft, payload=Payload(draft.payload.label, body))


def refuse_erasures(drafts: Iterable[Draft]) -> None:
    """Raise if an erasure is appended without erasing."""
    if any(draft.kind == Kind.ERASURE for draft in drafts):
        raise LedgerError("an erasure is appended by erase, which also erases")


def entry_of(row: Row) -> Entry:
    """Return the entry that ``row`` stores.

    Raises:
        VerificationError: The header is malformed or the payload is not what it signed.
    """
    return checked_entry(row)[0]


def checked_entry(row: Row) -> tuple[Entry, tuple[BlobDigest, ...]]:
    """Return the entry that ``row`` stores, and the blobs its payload names.

    Raises:
        VerificationError: The header is malformed or the payload is not what it signed.
    """
    header = parse_header(row.header, row.seq)
    if (header.id, header.kind) != (row.id, row.kind):
        raise VerificationError(
            f"entry {row.seq} ({header.id})", "listed under another id or kind", seq=row.seq
        )
    if row.payload is None or row.nonce is None:
        return Entry(row.seq, header, None), ()
    if payload_digest(row.nonce, row.payload) != header.digest:
        raise VerificationError(
            f"entry {row.seq} ({header.id})", "its payload is not what was signed", seq=row.seq
        )
    payload, blobs = parse_payload(row.payload, row.seq)
    return Entry(row.seq, header, payload), blobs


def _row(
    seq: int, draft: Draft, digests: Sequence[BlobDigest], originator: NodeId, entropy: Entropy
) -> Row:
    """Return what is stored for one draft."""
    nonce = entropy(NONCE_BYTES)
    if len(nonce) != NONCE_BYTES or nonce == ERASED_NONCE:
        raise LedgerError("the source of randomness gave none")
    try:
        payload = payload_bytes(draft.payload, digests)
    except (ValueError, TypeError, RecursionError) as error:
        raise LedgerError("the body of {0} cannot be signed: {1}", draft.id, error) from error
    header = header_bytes(
        Header(
            draft.id,
            str(draft.kind),
            draft.time,
            draft.author,
            originator,
            payload_digest(nonce, payload),
        )
    )
    named = tuple(map(raw_digest, digests))
    return Row(seq, draft.id, str(draft.kind), header, nonce, payload, named)


def _grown(log: str, edge: Edge, leaves: Iterable[bytes], signer: Signer) -> Growth:
    """Return what ``leaves`` add to a log; the edge moves on."""
    nodes = [node for leaf in leaves for node in edge.add(leaf_hash(leaf))]
    return Growth(log, edge.size, tuple(nodes), signer.sign_checkpoint(edge.size, edge.root))


def _check_audience(audience: str) -> None:
    """Raise unless ``audience`` can be part of a log's name."""
    if not audience or "+" in audience or any(c.isspace() for c in audience):
        raise LedgerError("{0} is not the id of an audience", repr(audience))
