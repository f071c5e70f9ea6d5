"""How does a ledger lie in tables and a folder?

Rows in the tables of a `Database`, contents of blobs as files beside it. A batch
is one transaction; blobs are durable before the rows that name them. The right
edge of the tree is read inside the transaction, so that any number of processes
append to one log.

An erasure overwrites payload, nonce and digests of blobs with zeros in the
transaction that signs it, and then has the database let go of what lay there
before; until that is done its position stands in ``erasing``, and the next who
opens the ledger finishes it.
"""

import contextlib
import errno
import heapq
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

from tawatur.errors import (
    LedgerError,
    StorageFullError,
    UnknownIdError,
    VerificationError,
    system_message,
)
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
from tawatur.ledger.blobs import BlobFolder, Fault, no_fault
from tawatur.ledger.checking import verified
from tawatur.ledger.database import Database
from tawatur.ledger.forms import ERASED_NONCE, named_digest, raw_digest
from tawatur.ledger.ledger import Entropy, Proof, Release, Verified
from tawatur.ledger.merkle import Edge, consistency, inclusion
from tawatur.ledger.moving import copied
from tawatur.ledger.notes import Signer
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import BlobDigest, EntryId, NodeId

_CHUNK = 64  # rows read at a time: no snapshot outlives a step of an iteration
_FORGOTTEN = bytes(32)  # stands where the digest of a blob stood
_ROW = (
    "SELECT e.seq, e.id, e.kind, e.header, p.nonce, p.payload"
    " FROM entries e LEFT JOIN payloads p ON p.seq = e.seq"
)


class TableLedger:
    """A ledger in a database and a folder of blobs; see `Ledger` for what it promises.

    Threads may share it; a forked process opens its own connections.
    """

    def __init__(
        self,
        database: Database,
        blobs: Path,
        signer: Signer,
        originator: NodeId,
        *,
        entropy: Entropy = os.urandom,
        fault: Fault = no_fault,
    ) -> None:
        """Open the ledger, or make it; finish what a killed erasure left.

        Args:
            database: Keeps the rows.
            blobs: The folder of blobs.
            signer: The node's key, under the name of the node log.
            originator: Goes into every header.
            entropy: Where nonces come from.
            fault: Called around every step that touches storage; for tests.

        Raises:
            LedgerError: The tables are of a newer format, or cannot be used.
            VerificationError: They are not a ledger's, or damaged.
        """
        self._database, self._fault = database, fault
        self._signer, self._originator, self._entropy = signer, originator, entropy
        self._blobs = BlobFolder(blobs, fault)
        with self._translated():
            self._prepare()
            self._finish_erasures()

    @property
    def vkey(self) -> str:
        """See `Ledger.vkey`."""
        return self._signer.vkey

    @property
    def size(self) -> int:
        """See `Ledger.size`."""
        return self._size(NODE_LOG)

    def append(
        self, drafts: Sequence[Draft], releases: Sequence[Release] = ()
    ) -> tuple[Entry, ...]:
        """See `Ledger.append`."""
        refuse_erasures(drafts)
        if not drafts and not releases:
            return ()
        with self._translated():
            return self._store(lambda: (drafts, releases))

    def erase(self, entries: Sequence[EntryId], *, draft: Draft) -> Entry:
        """See `Ledger.erase`."""
        leaves: list[tuple[int, EntryId, int]] = []  # position, id, length of the payload

        def drafts() -> tuple[Sequence[Draft], Sequence[Release]]:
            for entry in entries:
                row = self._row(entry)
                if row.kind == Kind.ERASURE:
                    raise LedgerError("an erasure cannot be erased")
                if row.payload is not None:
                    leaves.append((row.seq, EntryId(row.id), len(row.payload)))
            return [erasure(draft, (leaf[:2] for leaf in leaves))], ()

        def forget(batch: Batch) -> None:
            with self._step("erase rows"):
                for seq, _, length in leaves:
                    # Same length: SQLite then overwrites the row where it is.
                    zeros = (ERASED_NONCE, bytes(length))
                    self._database.execute(
                        "UPDATE payloads SET nonce = ?, payload = ? WHERE seq = ?", *zeros, seq
                    )
                    self._database.execute("DELETE FROM entry_blobs WHERE seq = ?", seq)
                self._database.execute("INSERT INTO erasing VALUES (?)", batch.rows[0].seq)

        with self._translated():
            (entry,) = self._store(drafts, forget)
            if not self._finish_erasures():
                raise LedgerError(
                    "erased by {0}, but another process still reads old pages; "
                    "they are wiped when the ledger is opened next",
                    entry.header.id,
                )
            return entry

    def entry(self, id: EntryId) -> Entry:  # noqa: A002 (as in Ledger)
        """See `Ledger.entry`."""
        with self._translated():
            return entry_of(self._row(id))

    def entries(
        self, since: int = 0, until: int | None = None, kinds: Collection[str] | None = None
    ) -> Iterator[Entry]:
        """See `Ledger.entries`."""
        if kinds is None:
            rows = self._stream(None, since, until)
        else:
            streams = [self._stream(kind, since, until) for kind in sorted(set(kinds))]
            rows = heapq.merge(*streams, key=lambda row: row.seq)
        with self._translated():
            for row in rows:
                yield entry_of(row)

    def blobs_of(self, id: EntryId) -> tuple[BlobDigest, ...]:  # noqa: A002 (as in Ledger)
        """See `Ledger.blobs_of`."""
        with self._translated():
            found = self._database.one("SELECT seq FROM entries WHERE id = ?", id)
            if found is None:
                raise UnknownIdError("entry", id)
            return tuple(map(named_digest, self._named_by(found[0])))

    def blob(self, digest: BlobDigest) -> bytes:
        """See `Ledger.blob`."""
        with self._translated():
            if not self.has_blob(digest):
                raise UnknownIdError("blob", digest)
            return self._blobs.read(raw_digest(digest))

    def has_blob(self, digest: BlobDigest) -> bool:
        """See `Ledger.has_blob`."""
        try:
            raw = raw_digest(digest)
        except ValueError:
            return False
        with self._translated():
            return self._is_named(raw)

    def checkpoint(self) -> str:
        """See `Ledger.checkpoint`."""
        with self._translated():
            return self._head(NODE_LOG)[1]

    def inclusion_proof(self, seq: int) -> Proof:
        """See `Ledger.inclusion_proof`."""
        return self._proof(NODE_LOG, seq)

    def consistency_proof(self, size_from: int) -> tuple[bytes, ...]:
        """See `Ledger.consistency_proof`."""
        return self._continuation(NODE_LOG, size_from)

    def release_size(self, audience: NodeId) -> int:
        """See `Ledger.release_size`."""
        return self._size(audience)

    def release_leaves(self, audience: NodeId) -> tuple[bytes, ...]:
        """See `Ledger.release_leaves`."""
        with self._translated():
            sql = "SELECT commitment FROM releases WHERE log = ? ORDER BY place"
            return tuple(bytes(leaf) for (leaf,) in self._database.execute(sql, audience))

    def release_checkpoint(self, audience: NodeId) -> str:
        """See `Ledger.release_checkpoint`."""
        with self._translated():
            return self._head(audience)[1]

    def release_proof(self, audience: NodeId, index: int) -> Proof:
        """See `Ledger.release_proof`."""
        return self._proof(audience, index)

    def release_consistency(self, audience: NodeId, size_from: int) -> tuple[bytes, ...]:
        """See `Ledger.release_consistency`."""
        return self._continuation(audience, size_from)

    def sweep(self) -> int:
        """See `Ledger.sweep`."""
        count = 0
        with self._translated(), self._writing():
            for file in self._blobs.unfinished():
                self._blobs.drop(file)
                count += 1
            for digest in self._blobs.stored():
                if not self._is_named(digest):
                    self._blobs.wipe(digest)
                    count += 1
        return count

    def verify(self, against: str | None = None) -> Verified:
        """See `Ledger.verify`."""
        with self._translated():
            self._finish_erasures()
            self._database.begin(write=False)  # one snapshot for all that follows
            try:
                records = _TableRecords(self._database, self._blobs)
                records.check_tables()
                return verified(records, self._signer, against)
            finally:
                self._database.rollback()

    def close(self) -> None:
        """See `Ledger.close`."""
        self._database.close()

    # Transactions

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the write lock; commit at the end, or roll back."""
        try:
            with self._step("begin"):
                self._database.begin(write=True)
            yield
            with self._step("commit"):
                self._database.commit()
        except BaseException:
            self._database.rollback()
            raise

    @contextlib.contextmanager
    def _step(self, name: str) -> Iterator[None]:
        self._fault(f"before {name}")
        yield
        self._fault(f"after {name}")

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        """Raise what the storage raises as an error of the tree."""
        try:
            with self._database.translated():
                yield
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                raise StorageFullError("the disk is full; nothing of the batch was kept") from error
            raise LedgerError("the storage refused: {0}", system_message(error)) from error

    # Making and opening

    def _prepare(self) -> None:
        """Make the ledger if there is none, or bring its tables to the newest format."""
        newest = len(self._database.formats)
        found = self._database.version()
        self._blobs.create()
        if found != newest:
            with self._writing():  # another process may have been faster
                fresh = self._database.version() == 0
                self._database.migrate(newest)
                if fresh:
                    note = self._signer.sign_checkpoint(0, Edge().root)
                    self._database.execute(
                        "INSERT INTO checkpoints VALUES (?, 0, ?)", NODE_LOG, note
                    )

    def migrate(self, to: int) -> None:
        """Bring the tables to a format, older or newer, and close; no entry is touched.

        For going back to an earlier Tawatur: this one brings them forward again when it
        opens them next.

        Raises:
            LedgerError: There is no such format.
        """
        if not 1 <= to <= len(self._database.formats):
            raise LedgerError("there is no format {0} of the ledger", to)
        with self._translated(), self._writing():
            self._database.migrate(to)
        self.close()

    def move(self, to: Database, kept: Callable[[], None]) -> None:
        """Keep the ledger in another database from now on, entry for entry, and close.

        Args:
            to: Has none yet.
            kept: Writes down where it is kept now; called when all of the copy is verified.

        Raises:
            LedgerError: There is a ledger already, or the database cannot be used.
            VerificationError: What was copied is not whole.
        """
        with self._translated(), to.translated(), copied(self._database, to):
            copy = TableLedger(to, self._blobs.folder, self._signer, self._originator)
            copy.verify(self.checkpoint())
            kept()
        to.close()
        self.close()

    # Reading

    def _size(self, log: str) -> int:
        with self._translated():
            if log == NODE_LOG:
                return int(self._database.one("SELECT coalesce(max(seq) + 1, 0) FROM entries")[0])
            sql = "SELECT coalesce(max(place) + 1, 0) FROM releases WHERE log = ?"
            return int(self._database.one(sql, log)[0])

    def _row(self, id: EntryId) -> Row:  # noqa: A002 (as in Ledger)
        found = self._database.one(f"{_ROW} WHERE e.id = ?", id)
        if found is None:
            raise UnknownIdError("entry", id)
        return _row_of(found)

    def _stream(self, kind: str | None, since: int, until: int | None) -> Iterator[Row]:
        """Yield rows of one kind, or of all, a few at a time."""
        where = "e.seq >= ? AND e.seq < ?" + ("" if kind is None else " AND e.kind = ?")
        more = () if kind is None else (str(kind),)
        end = 2**63 - 1 if until is None else until
        sql = f"{_ROW} WHERE {where} ORDER BY e.seq LIMIT {_CHUNK}"
        while True:
            found = self._database.execute(sql, since, end, *more).fetchall()
            yield from map(_row_of, found)
            if len(found) < _CHUNK:
                return
            since = found[-1][0] + 1

    def _named_by(self, seq: int) -> tuple[bytes, ...]:
        sql = (
            "SELECT b.digest FROM entry_blobs n JOIN blobs b ON b.blob = n.blob"
            " WHERE n.seq = ? ORDER BY n.position"
        )
        return tuple(digest for (digest,) in self._database.execute(sql, seq))

    def _blob_row(self, digest: bytes) -> int | None:
        sql = "SELECT blob FROM blobs WHERE bucket = ? AND digest = ?"
        found = self._database.one(sql, _bucket(digest), digest)
        return None if found is None else int(found[0])

    def _is_named(self, digest: bytes) -> bool:
        blob = self._blob_row(digest)
        return blob is not None and self._names(blob)

    def _names(self, blob: int) -> bool:
        return (
            self._database.one("SELECT 1 FROM entry_blobs WHERE blob = ? LIMIT 1", blob) is not None
        )

    def _note(self, log: str) -> tuple[int, str] | None:
        sql = "SELECT size, note FROM checkpoints WHERE log = ? ORDER BY size DESC LIMIT 1"
        found: tuple[int, str] | None = self._database.one(sql, log)
        return found

    def _head(self, log: str) -> tuple[int, str]:
        """Return size and note of a log's latest checkpoint; an empty log has one as well."""
        empty = signer_of(self._signer, log)
        return self._note(log) or (0, empty.sign_checkpoint(0, Edge().root))

    def _reader(self, log: str) -> Callable[[int, int], bytes]:
        def read(level: int, index: int) -> bytes:
            sql = "SELECT hash FROM hashes WHERE log = ? AND level = ? AND place = ?"
            found = self._database.one(sql, log, level, index)
            if found is None:
                raise VerificationError(
                    f"log {signer_of(self._signer, log).origin}",
                    f"the hash at level {level}, place {index} is missing",
                )
            return bytes(found[0])

        return read

    def _edge(self, log: str) -> Edge:
        note = self._note(log)
        signer = signer_of(self._signer, log)
        return edge_of(note and note[1], self._size(log), self._reader(log), signer)

    def _proof(self, log: str, index: int) -> Proof:
        with self._translated():
            size, note = self._head(log)  # hashes of complete subtrees never change after it
            return Proof(index, inclusion(index, size, self._reader(log)), note)

    def _continuation(self, log: str, older: int) -> tuple[bytes, ...]:
        with self._translated():
            return consistency(older, self._head(log)[0], self._reader(log))

    # Writing

    def _store(
        self,
        drafts: Callable[[], tuple[Sequence[Draft], Sequence[Release]]],
        also: Callable[[Batch], None] = lambda batch: None,
    ) -> tuple[Entry, ...]:
        """Store a batch in one transaction, and what ``also`` does; ``drafts`` is asked in it."""
        made: list[bytes] = []
        try:
            with self._writing():
                given, releases = drafts()
                self._refuse_known(given)
                batch = compose(
                    given,
                    releases,
                    self._edge,
                    signer=self._signer,
                    originator=self._originator,
                    entropy=self._entropy,
                )
                entries = tuple(map(entry_of, batch.rows))
                self._blobs.put(batch.blobs, made)
                with self._step("rows"):
                    self._insert(batch)
                also(batch)
        except BaseException:
            self._drop_unnamed(made)
            raise
        return entries

    def _refuse_known(self, drafts: Sequence[Draft]) -> None:
        for draft in drafts:
            if self._database.one("SELECT 1 FROM entries WHERE id = ?", draft.id) is not None:
                raise LedgerError("{0} is in the ledger already", draft.id)

    def _insert(self, batch: Batch) -> None:
        many = self._database.many
        rows = batch.rows
        many(
            "INSERT INTO entries VALUES (?, ?, ?, ?)",
            [(r.seq, r.id, r.kind, r.header) for r in rows],
        )
        many("INSERT INTO payloads VALUES (?, ?, ?)", [(r.seq, r.nonce, r.payload) for r in rows])
        for row in rows:
            for position, digest in enumerate(row.blobs):
                blob = self._blob_row(digest)
                if blob is None:
                    sql = (
                        "INSERT INTO blobs SELECT coalesce(max(blob), 0) + 1, ?, ? FROM blobs"
                        " RETURNING blob"
                    )
                    (blob,) = self._database.one(sql, digest, _bucket(digest))
                self._database.execute(
                    "INSERT INTO entry_blobs VALUES (?, ?, ?)", row.seq, position, blob
                )
        many("INSERT INTO releases VALUES (?, ?, ?)", batch.commitments)
        for growth in batch.growths:
            many(
                "INSERT INTO hashes VALUES (?, ?, ?, ?)",
                [(growth.log, node.level, node.index, node.hash) for node in growth.nodes],
            )
            self._database.execute(
                "INSERT INTO checkpoints VALUES (?, ?, ?)", growth.log, growth.size, growth.note
            )

    def _drop_unnamed(self, made: Sequence[bytes]) -> None:
        """Remove the blobs of a batch that failed, unless they are named after all."""
        # Under the lock again: the database let go of it when it failed. What cannot be
        # removed now is left to sweep; the first error is the one to report.
        if made:
            with contextlib.suppress(LedgerError), self._translated(), self._writing():
                for digest in made:
                    if not self._is_named(digest):
                        self._blobs.wipe(digest)

    def _finish_erasures(self) -> bool:
        """Wipe what erasures left behind; return False if readers do not let go of old pages."""
        (last,) = self._database.one("SELECT max(seq) FROM erasing")
        if last is None:
            return True
        with self._writing():
            unnamed = self._database.execute(
                "SELECT blob, digest FROM blobs b WHERE digest <> ?"
                " AND NOT EXISTS (SELECT 1 FROM entry_blobs n WHERE n.blob = b.blob)",
                _FORGOTTEN,
            ).fetchall()
            for blob, digest in unnamed:
                self._blobs.wipe(digest)
                # In place, as payloads are; only the two bytes of the bucket leave an index.
                self._database.execute(
                    "UPDATE blobs SET digest = ? WHERE blob = ?", _FORGOTTEN, blob
                )
                self._database.execute("UPDATE blobs SET bucket = -1 WHERE blob = ?", blob)
        with self._step("truncate"):
            settled = self._database.settle()
        if not settled:
            return False
        with self._writing():
            self._database.execute("DELETE FROM erasing WHERE seq <= ?", last)
        return True


class _TableRecords:
    """What `checking.verified` reads, within one snapshot."""

    def __init__(self, database: Database, blobs: BlobFolder) -> None:
        self._database, self._blobs = database, blobs

    def check_tables(self) -> None:
        """Check that the tables are a ledger's, and that no row stands beside the log.

        Raises:
            VerificationError: They are damaged, or hold what no version has written.
        """
        self._database.check()
        for blob, digest, bucket in self._database.stream("SELECT * FROM blobs ORDER BY blob"):
            listed = -1 if digest == _FORGOTTEN else _bucket(digest)
            if len(digest) != len(_FORGOTTEN) or bucket != listed:
                self._refuse("a blob listed amiss", blob)
        for what, sql in (
            ("a payload of no entry", "SELECT seq FROM payloads EXCEPT SELECT seq FROM entries"),
            ("blobs of no entry", "SELECT seq FROM entry_blobs EXCEPT SELECT seq FROM entries"),
            ("a name for no blob", "SELECT blob FROM entry_blobs EXCEPT SELECT blob FROM blobs"),
            (
                "a blob that no entry names",
                (
                    "SELECT blob FROM blobs b WHERE bucket <> -1"
                    " AND NOT EXISTS (SELECT 1 FROM entry_blobs n WHERE n.blob = b.blob)"
                    " AND NOT EXISTS (SELECT 1 FROM erasing)"
                ),
            ),
            (
                "a name for an erased blob",
                "SELECT seq FROM entry_blobs n JOIN blobs b ON b.blob = n.blob WHERE bucket = -1",
            ),
        ):
            if found := self._database.one(f"{sql} LIMIT 1"):
                self._refuse(what, found[0])

    def _refuse(self, what: str, place: int) -> NoReturn:
        raise VerificationError(self._database.name, f"it holds {what} ({place})")

    def rows(self, kind: str | None = None) -> Iterator[Row]:
        """See `Records.rows`."""
        where, values = ("", ()) if kind is None else (" WHERE e.kind = ?", (str(kind),))
        names = self._database.stream(
            "SELECT n.seq, b.digest FROM entry_blobs n JOIN blobs b ON b.blob = n.blob"
            " ORDER BY n.seq, n.position"
        )
        name = next(names, None)
        for found in self._database.stream(f"{_ROW}{where} ORDER BY e.seq", *values):
            blobs = []
            while name is not None and name[0] <= found[0]:
                if name[0] == found[0]:
                    blobs.append(name[1])
                name = next(names, None)
            yield _row_of(found, tuple(blobs))

    def logs(self) -> Sequence[str]:
        """See `Records.logs`."""
        sql = (
            "SELECT log FROM checkpoints UNION SELECT log FROM releases"
            " UNION SELECT log FROM hashes ORDER BY log"
        )
        return [log for (log,) in self._database.all(sql)]

    def notes(self, log: str) -> Iterator[tuple[int, str]]:
        """See `Records.notes`."""
        sql = "SELECT size, note FROM checkpoints WHERE log = ? ORDER BY size"
        return self._database.stream(sql, log)

    def commitments(self, log: str) -> Iterator[tuple[int, bytes]]:
        """See `Records.commitments`."""
        sql = "SELECT place, commitment FROM releases WHERE log = ? ORDER BY place"
        return self._database.stream(sql, log)

    def hashes(self, log: str, level: int, start: int, end: int) -> Sequence[tuple[int, bytes]]:
        """See `Records.hashes`."""
        sql = (
            "SELECT place, hash FROM hashes WHERE log = ? AND level = ?"
            " AND place >= ? AND place < ? ORDER BY place"
        )
        return self._database.all(sql, log, level, start, end)

    def hash_count(self, log: str) -> int:
        """See `Records.hash_count`."""
        sql = "SELECT count(*) FROM hashes WHERE log = ?"
        return int(self._database.one(sql, log)[0])

    def blob_fault(self, digest: bytes) -> str | None:
        """See `Records.blob_fault`."""
        fault = self._blobs.fault(digest)
        # An erasure by another process after this snapshot removes files that it still names.
        sql = (
            "SELECT 1 FROM blobs b JOIN entry_blobs n ON n.blob = b.blob"
            " WHERE b.bucket = ? AND b.digest = ? LIMIT 1"
        )
        named = fault and self._database.apart(sql, _bucket(digest), digest) is not None
        return fault if named else None

    def first_to_name(self, digest: bytes, seq: int) -> bool:
        """See `Records.first_to_name`."""
        sql = (
            "SELECT min(n.seq) FROM entry_blobs n JOIN blobs b ON b.blob = n.blob"
            " WHERE b.bucket = ? AND b.digest = ?"
        )
        found = self._database.one(sql, _bucket(digest), digest)
        return found[0] is None or int(found[0]) == seq


def _row_of(found: Any, blobs: tuple[bytes, ...] = ()) -> Row:
    """Return a row as read; zeros stand for what was erased."""
    seq, id_, kind, header, nonce, payload = found
    stored = (nonce, payload) if nonce is not None or payload is not None else ()
    if not all(isinstance(part, bytes) for part in (header, *stored)):
        raise VerificationError(f"entry {seq} ({id_})", "damaged: not bytes", seq=seq)
    if nonce == ERASED_NONCE and payload is not None and not payload.strip(b"\x00"):
        nonce = payload = None
    return Row(seq, id_, kind, header, nonce, payload, blobs)


def _bucket(digest: bytes) -> int:
    """Return the two bytes by which a blob is looked up."""
    return int.from_bytes(digest[:2])
