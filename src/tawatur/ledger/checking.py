"""Is everything still what was signed?

One check for every storage: it reads the stored rows through `Records` and works
out digests, tree, checkpoints and erasures again, in order of position, in
bounded memory, so that the first thing it refuses is the first that is wrong.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NoReturn, Protocol

from tawatur.errors import StaleCopyError, VerificationError
from tawatur.ledger.batches import NODE_LOG, Row, checked_entry, signer_of
from tawatur.ledger.forms import named_digest
from tawatur.ledger.ledger import Erased, Verified
from tawatur.ledger.merkle import Edge, Node, leaf_hash, node_count, root_at
from tawatur.ledger.notes import Signer, release_origin
from tawatur.model.entry import Entry, Kind
from tawatur.model.ids import NodeId

_CHUNK = 1024  # leaves whose hashes are compared at a time


class Records(Protocol):
    """The stored rows of a ledger, at one moment, as its storage reads them back."""

    def rows(self, kind: str | None = None) -> Iterator[Row]:
        """Yield all entries, or those of one kind, in order of position."""
        ...

    def logs(self) -> Sequence[str]:
        """Return the names of all logs of which anything is stored, in order."""
        ...

    def notes(self, log: str) -> Iterator[tuple[int, str]]:
        """Yield size and note of all checkpoints of a log, in order of size."""
        ...

    def commitments(self, log: str) -> Iterator[tuple[int, bytes]]:
        """Yield index and commitment of a release log, in order."""
        ...

    def hashes(self, log: str, level: int, start: int, end: int) -> Sequence[tuple[int, bytes]]:
        """Return index and hash of the stored subtrees of a level, in order."""
        ...

    def hash_count(self, log: str) -> int:
        """Return how many subtrees are stored for a log."""
        ...

    def blob_fault(self, digest: bytes) -> str | None:
        """Return what is wrong with a stored blob, or None."""
        ...

    def first_to_name(self, digest: bytes, seq: int) -> bool:
        """Return whether no entry before ``seq`` names this blob."""
        ...


def verified(records: Records, signer: Signer, against: str | None) -> Verified:
    """Work everything out again; see `Ledger.verify`."""
    erasures = _Erasures(records)
    walk = _Walk(records, NODE_LOG, signer)
    blobs = 0
    for row in records.rows():
        entry, named = _checked(row, walk.edge.size)
        erasures.check(entry)
        walk.add(row.header, row.seq, row.id)
        if row.blobs != tuple(bytes.fromhex(d.removeprefix("sha256:")) for d in named):
            _wrong(row, "its blobs are not those its payload names")
        for digest in dict.fromkeys(row.blobs):
            if records.first_to_name(digest, row.seq):
                blobs += 1
                if fault := records.blob_fault(digest):
                    _wrong(row, f"its blob {named_digest(digest)[:15]}… {fault}")
    walk.finish()

    releases = []
    heads = {signer.origin: walk}
    for log in records.logs():
        if log == NODE_LOG:
            continue
        release = _Walk(records, log, signer_of(signer, log))
        for index, commitment in records.commitments(log):
            if index != release.edge.size:
                raise VerificationError(
                    f"release log for {log}", f"commitment {release.edge.size} is missing"
                )
            release.add(commitment, index, f"release to {log}")
        release.finish()
        releases.append((NodeId(log), release.edge.size))
        heads[release.signer.origin] = release
    if against is not None:
        _compare(records, heads, signer, against)
    return Verified(
        walk.edge.size,
        walk.edge.root,
        walk.checkpoints,
        blobs,
        tuple(releases),
        tuple(erasures.found),
    )


def _wrong(row: Row, what: str) -> NoReturn:
    raise VerificationError(f"entry {row.seq} ({row.id})", what, seq=row.seq)


def _checked(row: Row, expected: int) -> tuple[Entry, tuple[str, ...]]:
    """Return the entry at the ``expected`` position, or raise."""
    if row.seq != expected:
        raise VerificationError(f"entry {expected}", "it is missing", seq=expected)
    return checked_entry(row)


class _Erasures:
    """Which leaves were erased, by whose word; known before the leaves are walked."""

    def __init__(self, records: Records) -> None:
        self.found: list[Erased] = []
        self._by_leaf: dict[tuple[int, str], tuple[int, Entry]] = {}
        self._suspect: VerificationError | None = None
        for row in records.rows(Kind.ERASURE):
            try:
                entry, _ = checked_entry(row)
                for leaf in _leaves(entry):
                    self._by_leaf.setdefault(leaf, (row.seq, entry))
            except VerificationError as error:
                # It is named only if no entry before it is wrong by itself.
                self._suspect = self._suspect or error

    def check(self, entry: Entry) -> None:
        """Check that a content is missing exactly where a later erasure says so."""
        where = f"entry {entry.seq} ({entry.header.id})"
        by = self._by_leaf.get((entry.seq, entry.header.id))
        if entry.payload is not None:
            if by is not None:
                raise VerificationError(where, "it was erased, yet it is back", seq=entry.seq)
            return
        if by is None or by[0] <= entry.seq or entry.header.kind == Kind.ERASURE:
            if self._suspect is not None:
                raise self._suspect
            raise VerificationError(where, "its payload is missing, not erased", seq=entry.seq)
        erasure = by[1]
        assert erasure.payload is not None  # noqa: S101 (leaves are read from a payload)
        body = erasure.payload.body
        self.found.append(
            Erased(
                entry.seq,
                entry.header.id,
                entry.header.kind,
                erasure.header.id,
                erasure.header.author,
                erasure.header.time,
                str(body.get("reason", "")),
                str(body.get("authority", "")),
            )
        )


def _leaves(erasure: Entry) -> list[tuple[int, str]]:
    """Return position and id of the leaves that ``erasure`` names."""
    if erasure.payload is None:
        raise VerificationError(
            f"entry {erasure.seq} ({erasure.header.id})",
            "an erasure cannot be erased",
            seq=erasure.seq,
        )
    leaves: Any = erasure.payload.body.get("leaves", ())
    try:
        return [(int(leaf["seq"]), str(leaf["entry"])) for leaf in leaves]
    except (TypeError, KeyError, ValueError) as error:
        raise VerificationError(
            f"entry {erasure.seq} ({erasure.header.id})",
            "its leaves are malformed",
            seq=erasure.seq,
        ) from error


class _Walk:
    """One log from its first leaf on: tree, stored hashes and checkpoints side by side."""

    def __init__(self, records: Records, log: str, signer: Signer) -> None:
        self.edge = Edge()
        self.signer = signer
        self.checkpoints = 0
        self._records, self._log = records, log
        self._notes = records.notes(log)
        self._note = next(self._notes, None)
        self._nodes: list[Node] = []
        self._names: dict[int, str] = {}  # of the leaves among them
        self._last = "the start"
        self._signed = 0  # size at the last checkpoint met
        self._key = 0  # which of the signer's keys signed it
        self._check_notes()

    def add(self, leaf: bytes, seq: int, name: str) -> None:
        """Take in the next leaf."""
        self._nodes += self.edge.add(leaf_hash(leaf))
        self._names[seq] = self._last = f"entry {seq} ({name})"
        self._check_notes()
        if len(self._nodes) >= _CHUNK:
            self._check_nodes()

    def finish(self) -> None:
        """Check what only shows at the end: nothing missing, nothing too many."""
        self._check_nodes()
        if self._note is not None:
            size = self._note[0]
            raise VerificationError(
                f"entry {self.edge.size}",
                f"it is missing; log {self.signer.origin} was signed at size {size}",
                seq=self.edge.size,
            )
        if self._records.hash_count(self._log) != node_count(self.edge.size):
            raise VerificationError(f"log {self.signer.origin}", "it has hashes of no leaf")
        if self._signed != self.edge.size:
            raise VerificationError(self._last, "no checkpoint covers it", seq=self.edge.size - 1)

    def _check_notes(self) -> None:
        """Check the checkpoint stored for the present size, if there is one."""
        while self._note is not None and self._note[0] <= self.edge.size:
            size, note = self._note
            head, key = self.signer.verified(note)
            if key < self._key:
                raise VerificationError(
                    self._last, f"the checkpoint at size {size} is signed by a key given up before"
                )
            self._key = key
            if size != self.edge.size or head.size != size:
                raise VerificationError(
                    self._last, f"the checkpoint at size {size} says {head.size}"
                )
            if head.root != self.edge.root:
                self._check_nodes()  # knows which leaf it is, unless its hash was altered too
                raise VerificationError(
                    self._last,
                    f"the root at size {size} is not the one signed",
                    seq=max(size - 1, 0),
                )
            self.checkpoints += 1
            self._signed = size
            self._note = next(self._notes, None)

    def _check_nodes(self) -> None:
        """Compare the hashes worked out since the last time with those stored."""
        levels: dict[int, list[tuple[int, bytes]]] = {}
        for node in self._nodes:
            levels.setdefault(node.level, []).append((node.index, node.hash))
        for level, nodes in levels.items():
            stored = self._records.hashes(self._log, level, nodes[0][0], nodes[-1][0] + 1)
            if list(stored) == nodes:
                continue
            held = dict(stored)
            wrong = next((index for index, own in nodes if held.get(index) != own), None)
            if level == 0 and wrong is not None:
                raise VerificationError(
                    self._names[wrong], "its header is not the leaf of the log", seq=wrong
                )
            raise VerificationError(
                f"log {self.signer.origin}",
                f"stored hashes of level {level} between {nodes[0][0]} and {nodes[-1][0]} "
                "are not those of its leaves",
            )
        self._nodes.clear()
        self._names.clear()


def _compare(records: Records, heads: dict[str, _Walk], signer: Signer, against: str) -> None:
    """Raise unless one of the logs continues what the note ``against`` says."""
    origin = against.partition("\n")[0]
    prefix = release_origin(signer.origin, NodeId(""))
    log = origin.removeprefix(prefix) if origin.startswith(prefix) else NODE_LOG
    by = signer_of(signer, log)
    held, _key = by.verified(against)
    walk = heads.get(by.origin)
    size = walk.edge.size if walk is not None else 0
    if size < held.size:
        raise StaleCopyError(
            f"log {by.origin}", f"it has {size} leaves, the checkpoint in hand says {held.size}"
        )

    def read(level: int, index: int) -> bytes:
        return records.hashes(log, level, index, index + 1)[0][1]

    if root_at(held.size, read) != held.root:
        raise StaleCopyError(
            f"log {by.origin}",
            f"at size {held.size} it is another one than the checkpoint in hand says",
        )
