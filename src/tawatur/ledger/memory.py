"""What would a ledger be without a disk?

`MemoryLedger` keeps the promise of `Ledger` for as long as the object lives. It
is the simulator in the tests of other rooms, and the oracle for the version on
disk: the same entropy and drafts give the same bytes in both.
"""

import os
import threading
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256

from tawatur.errors import LedgerError, UnknownIdError, VerificationError
from tawatur.ledger.batches import (
    NODE_LOG,
    Batch,
    Row,
    compose,
    edge_of,
    entry_of,
    erasure,
    refuse_erasures,
    signer_of,
)
from tawatur.ledger.checking import verified
from tawatur.ledger.forms import named_digest, raw_digest
from tawatur.ledger.ledger import Entropy, Proof, Release, Verified
from tawatur.ledger.merkle import Edge, consistency, inclusion
from tawatur.ledger.notes import Signer
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import BlobDigest, EntryId, NodeId


class MemoryLedger:
    """A ledger in memory; see `Ledger` for what it promises."""

    def __init__(
        self, signer: Signer, originator: NodeId, *, entropy: Entropy = os.urandom
    ) -> None:
        self._signer, self._originator, self._entropy = signer, originator, entropy
        self._lock = threading.RLock()
        self._rows: list[Row] = []
        self._seqs: dict[str, int] = {}
        self._blobs: dict[bytes, bytes] = {}
        self._hashes: dict[str, dict[tuple[int, int], bytes]] = {}
        self._commitments: dict[str, list[bytes]] = {}
        self._notes: dict[str, list[tuple[int, str]]] = {
            NODE_LOG: [(0, signer.sign_checkpoint(0, Edge().root))]
        }

    @property
    def vkey(self) -> str:
        """See `Ledger.vkey`."""
        return self._signer.vkey

    @property
    def size(self) -> int:
        """See `Ledger.size`."""
        return len(self._rows)

    def append(
        self, drafts: Sequence[Draft], releases: Sequence[Release] = ()
    ) -> tuple[Entry, ...]:
        """See `Ledger.append`."""
        refuse_erasures(drafts)
        if not drafts and not releases:
            return ()
        with self._lock:
            return self._keep(self._compose(drafts, releases))

    def erase(self, entries: Sequence[EntryId], *, draft: Draft) -> Entry:
        """See `Ledger.erase`."""
        with self._lock:
            rows = [self._row(entry) for entry in entries]
            if any(row.kind == Kind.ERASURE for row in rows):
                raise LedgerError("an erasure cannot be erased")
            live = [row for row in rows if row.payload is not None]
            full = erasure(draft, ((row.seq, EntryId(row.id)) for row in live))
            (entry,) = self._keep(self._compose([full], ()))
            for row in live:
                self._rows[row.seq] = Row(row.seq, row.id, row.kind, row.header, None, None)
            self.sweep()
            return entry

    def entry(self, id: EntryId) -> Entry:  # noqa: A002 (as in Ledger)
        """See `Ledger.entry`."""
        return entry_of(self._row(id))

    def entries(
        self, since: int = 0, until: int | None = None, kinds: Collection[str] | None = None
    ) -> Iterator[Entry]:
        """See `Ledger.entries`."""
        seq = since
        while seq < len(self._rows) and (until is None or seq < until):
            row = self._rows[seq]
            if kinds is None or row.kind in kinds:
                yield entry_of(row)
            seq += 1

    def blobs_of(self, id: EntryId) -> tuple[BlobDigest, ...]:  # noqa: A002 (as in Ledger)
        """See `Ledger.blobs_of`."""
        return tuple(map(named_digest, self._row(id).blobs))

    def blob(self, digest: BlobDigest) -> bytes:
        """See `Ledger.blob`."""
        if not self.has_blob(digest):
            raise UnknownIdError("blob", digest)
        raw = raw_digest(digest)
        if fault := self.blob_fault(raw):
            raise VerificationError(f"blob {digest}", f"it {fault}")
        return self._blobs[raw]

    def has_blob(self, digest: BlobDigest) -> bool:
        """See `Ledger.has_blob`."""
        try:
            raw = raw_digest(digest)
        except ValueError:
            return False
        return any(raw in row.blobs for row in self._rows)

    def checkpoint(self) -> str:
        """See `Ledger.checkpoint`."""
        return self._head(NODE_LOG)[1]

    def inclusion_proof(self, seq: int) -> Proof:
        """See `Ledger.inclusion_proof`."""
        return self._proof(NODE_LOG, seq)

    def consistency_proof(self, size_from: int) -> tuple[bytes, ...]:
        """See `Ledger.consistency_proof`."""
        return self._continuation(NODE_LOG, size_from)

    def release_size(self, audience: NodeId) -> int:
        """See `Ledger.release_size`."""
        return self._head(audience)[0]

    def release_leaves(self, audience: NodeId) -> tuple[bytes, ...]:
        """See `Ledger.release_leaves`."""
        return tuple(self._commitments.get(audience, ()))

    def release_checkpoint(self, audience: NodeId) -> str:
        """See `Ledger.release_checkpoint`."""
        return self._head(audience)[1]

    def release_proof(self, audience: NodeId, index: int) -> Proof:
        """See `Ledger.release_proof`."""
        return self._proof(audience, index)

    def release_consistency(self, audience: NodeId, size_from: int) -> tuple[bytes, ...]:
        """See `Ledger.release_consistency`."""
        return self._continuation(audience, size_from)

    def sweep(self) -> int:
        """See `Ledger.sweep`."""
        with self._lock:
            named = {digest for row in self._rows for digest in row.blobs}
            unnamed = set(self._blobs) - named
            for digest in unnamed:
                del self._blobs[digest]
            return len(unnamed)

    def verify(self, against: str | None = None) -> Verified:
        """See `Ledger.verify`."""
        with self._lock:
            for row in self._rows:
                if self._seqs.get(row.id) != row.seq:
                    raise VerificationError(
                        f"entry {row.seq} ({row.id})", "its id is there twice", seq=row.seq
                    )
            return verified(self, self._signer, against)

    def close(self) -> None:
        """See `Ledger.close`."""

    # As `checking.Records`:

    def rows(self, kind: str | None = None) -> Iterator[Row]:
        """See `Records.rows`."""
        return (row for row in self._rows if kind is None or row.kind == kind)

    def logs(self) -> Sequence[str]:
        """See `Records.logs`."""
        return sorted({*self._notes, *self._commitments, *self._hashes})

    def notes(self, log: str) -> Iterator[tuple[int, str]]:
        """See `Records.notes`."""
        return iter(self._notes.get(log, ()))

    def commitments(self, log: str) -> Iterator[tuple[int, bytes]]:
        """See `Records.commitments`."""
        return enumerate(self._commitments.get(log, ()))

    def hashes(self, log: str, level: int, start: int, end: int) -> Sequence[tuple[int, bytes]]:
        """See `Records.hashes`."""
        held = self._hashes.get(log, {})
        return [(i, held[level, i]) for i in range(start, end) if (level, i) in held]

    def hash_count(self, log: str) -> int:
        """See `Records.hash_count`."""
        return len(self._hashes.get(log, ()))

    def blob_fault(self, digest: bytes) -> str | None:
        """See `Records.blob_fault`."""
        if digest not in self._blobs:
            return "is missing"
        return None if sha256(self._blobs[digest]).digest() == digest else "was altered"

    def first_to_name(self, digest: bytes, seq: int) -> bool:
        """See `Records.first_to_name`."""
        return not any(digest in row.blobs for row in self._rows[:seq])

    def _row(self, id: EntryId) -> Row:  # noqa: A002 (as in Ledger)
        if id not in self._seqs:
            raise UnknownIdError("entry", id)
        return self._rows[self._seqs[id]]

    def _head(self, log: str) -> tuple[int, str]:
        """Return size and note of a log's latest checkpoint; an empty log has one as well."""
        if log in self._notes:
            return self._notes[log][-1]
        return 0, signer_of(self._signer, log).sign_checkpoint(0, Edge().root)

    def _read(self, log: str, level: int, index: int) -> bytes:
        return self._hashes[log][level, index]

    def _proof(self, log: str, index: int) -> Proof:
        with self._lock:
            size, note = self._head(log)
            path = inclusion(index, size, lambda *at: self._read(log, *at))
            return Proof(index, path, note)

    def _continuation(self, log: str, older: int) -> tuple[bytes, ...]:
        with self._lock:
            return consistency(older, self._head(log)[0], lambda *at: self._read(log, *at))

    def _edge(self, log: str) -> Edge:
        size = len(self._rows if log == NODE_LOG else self._commitments.get(log, ()))
        note = self._notes[log][-1][1] if log in self._notes else None
        return edge_of(note, size, lambda *at: self._read(log, *at), signer_of(self._signer, log))

    def _compose(self, drafts: Sequence[Draft], releases: Sequence[Release]) -> Batch:
        for draft in drafts:
            if draft.id in self._seqs:
                raise LedgerError("{0} is in the ledger already", draft.id)
        return compose(
            drafts,
            releases,
            self._edge,
            signer=self._signer,
            originator=self._originator,
            entropy=self._entropy,
        )

    def _keep(self, batch: Batch) -> tuple[Entry, ...]:
        """Store a batch; nothing here can fail."""
        entries = tuple(map(entry_of, batch.rows))
        self._rows += batch.rows
        self._seqs.update((row.id, row.seq) for row in batch.rows)
        self._blobs.update(batch.blobs)
        for log, _, commitment in batch.commitments:
            self._commitments.setdefault(log, []).append(commitment)
        for growth in batch.growths:
            held = self._hashes.setdefault(growth.log, {})
            held.update(((node.level, node.index), node.hash) for node in growth.nodes)
            self._notes.setdefault(growth.log, []).append((growth.size, growth.note))
        return entries
