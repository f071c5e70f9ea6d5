"""What does a ledger promise, whatever it is kept on?

A ledger is an append-only log of entries that can forget contents but never
that there were some. `Ledger` is the promise; `TableLedger` keeps it in a
database, `MemoryLedger` in memory, and one test suite holds both to it.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

from tawatur.ledger.merkle import leaf_hash, verify_inclusion
from tawatur.ledger.notes import verified_checkpoint
from tawatur.model.entry import Draft, Entry
from tawatur.model.ids import ActorId, BlobDigest, EntryId, NodeId

Entropy = Callable[[int], bytes]
"""Gives that many random bytes, as os.urandom does."""

Release: TypeAlias = tuple[NodeId, bytes]
"""Who receives something, and the 32-byte salted commitment to it."""

COMMITMENT_BYTES = 32


@dataclass(frozen=True, slots=True)
class Proof:
    """That a leaf stands in a log: its audit path and the checkpoint it leads to."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: str

    def verify(self, leaf: bytes, vkey: str) -> None:
        """Check that ``leaf`` (header bytes, or a commitment) stands in the log of ``vkey``.

        Raises:
            VerificationError: It does not, or the checkpoint is not signed by that key.
        """
        head = verified_checkpoint(self.checkpoint, vkey)
        verify_inclusion(leaf_hash(leaf), self.index, head.size, self.path, head.root)


@dataclass(frozen=True, slots=True)
class Erased:
    """One content that is gone: which, and by whose word and why."""

    seq: int
    entry: EntryId
    kind: str
    erasure: EntryId
    by: ActorId
    time: datetime  # UTC
    reason: str
    authority: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification found to be whole."""

    size: int  # entries
    root: bytes
    checkpoints: int  # of the node log
    blobs: int  # named by live payloads, each counted once
    releases: tuple[tuple[NodeId, int], ...]  # commitments per audience, in order of audience
    erased: tuple[Erased, ...]  # in order of position


class Ledger(Protocol):
    """An append-only log of entries with the blobs they name.

    Several processes and threads may use ledgers on the same files at once;
    everything that writes is done one after the other.
    """

    @property
    def vkey(self) -> str:
        """The verifier key of the node log."""
        ...

    @property
    def size(self) -> int:
        """How many entries there are."""
        ...

    def append(
        self, drafts: Sequence[Draft], releases: Sequence[Release] = ()
    ) -> tuple[Entry, ...]:
        """Append a batch and return its entries, in the order of the drafts.

        All of it is durable when this returns, or none of it is there when it
        raises. The batch gets one checkpoint in the node log and one in each
        release log it touches. No drafts and no releases: nothing is done.

        Args:
            drafts: Entries of any kind but erasures.
            releases: Commitments to what these entries say was released.

        Raises:
            StorageFullError: The disk is full; nothing was kept.
            LedgerError: An id is there already, a body is not JSON, a header would hold
                more than ids, another process held the ledger too long, or the storage failed.
            VerificationError: The ledger's head is not what was signed; it is not continued.
        """
        ...

    def erase(self, entries: Sequence[EntryId], *, draft: Draft) -> Entry:
        """Append an erasure and remove contents; return the erasure's entry.

        Payloads, nonces, and blobs that no live payload names any more are
        gone from the storage when this returns. Entries erased before are
        passed over. After a kill nothing is erased, or the next opening
        finishes it. The erasure's own words can never be erased.

        Args:
            entries: Whose contents go; erasures cannot be among them.
            draft: Of kind ``erasure``, without blobs; its body says ``reason`` and
                ``authority`` (both not empty); ``leaves`` is added here.

        Raises:
            UnknownIdError: One of ``entries`` is not in the ledger.
            LedgerError: Nothing is left to erase, an erasure is among them, the draft is not
                one, or readers kept the old pages in use (the next opening wipes them).
            StorageFullError: The disk is full; nothing was erased.
        """
        ...

    def entry(self, id: EntryId) -> Entry:  # noqa: A002 (the field's word; nothing is shadowed)
        """Return one entry; its payload's digest has been checked.

        Raises:
            UnknownIdError: There is none of this id.
            VerificationError: What is stored is not what was signed.
        """
        ...

    def entries(
        self, since: int = 0, until: int | None = None, kinds: Collection[str] | None = None
    ) -> Iterator[Entry]:
        """Yield entries at positions from ``since`` to before ``until``, in order.

        Memory stays bounded; what is appended meanwhile may be yielded too when
        ``until`` is None. Payload digests are checked on the way.

        Raises:
            VerificationError: What is stored is not what was signed.
        """
        ...

    def blobs_of(self, id: EntryId) -> tuple[BlobDigest, ...]:  # noqa: A002 (as in entry)
        """Return the blobs an entry names, in order; none once it is erased.

        Raises:
            UnknownIdError: There is none of this id.
        """
        ...

    def blob(self, digest: BlobDigest) -> bytes:
        """Return a blob that a live payload names.

        Raises:
            UnknownIdError: No live payload names it.
            VerificationError: It is missing or altered.
        """
        ...

    def has_blob(self, digest: BlobDigest) -> bool:
        """Return whether a live payload names this blob."""
        ...

    def checkpoint(self) -> str:
        """Return the node log's latest checkpoint note."""
        ...

    def inclusion_proof(self, seq: int) -> Proof:
        """Return the proof that entry ``seq`` stands in the log.

        Raises:
            ValueError: There is no such entry.
        """
        ...

    def consistency_proof(self, size_from: int) -> tuple[bytes, ...]:
        """Return the proof that the log continues what it was at ``size_from`` entries.

        Raises:
            ValueError: The log never had that size.
        """
        ...

    def release_size(self, audience: NodeId) -> int:
        """Return how many commitments the release log for ``audience`` holds."""
        ...

    def release_leaves(self, audience: NodeId) -> tuple[bytes, ...]:
        """Return the commitments that the release log for ``audience`` holds, in order."""
        ...

    def release_checkpoint(self, audience: NodeId) -> str:
        """Return the latest checkpoint note of the release log for ``audience``."""
        ...

    def release_proof(self, audience: NodeId, index: int) -> Proof:
        """Return the proof that commitment ``index`` stands in the release log.

        Raises:
            ValueError: There is no such commitment.
        """
        ...

    def release_consistency(self, audience: NodeId, size_from: int) -> tuple[bytes, ...]:
        """Return the proof that the release log continues what it was at ``size_from``.

        Raises:
            ValueError: The log never had that size.
        """
        ...

    def sweep(self) -> int:
        """Remove what a killed process left among the blobs; return how many files.

        That is half-written files and blobs that no live payload names.
        """
        ...

    def verify(self, against: str | None = None) -> Verified:
        """Work everything out again and return what was found whole.

        Args:
            against: A checkpoint note of the node log or of a release log, from elsewhere.

        Raises:
            VerificationError: Names the first entry that is wrong, by position and id.
            StaleCopyError: The ledger is shorter than ``against``, or another one.
        """
        ...

    def close(self) -> None:
        """Let go of the storage."""
        ...
