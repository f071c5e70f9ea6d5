"""One suite for every ledger: what `Ledger` promises, in memory and on a disk alike."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.ledger.support_ledger import (
    HOME,
    NEIGHBOUR,
    SIGNER,
    Place,
    draft,
    drafts,
    entry_id,
    erasing,
    in_memory,
)

from tawatur.errors import (
    LedgerError,
    StaleCopyError,
    UnknownIdError,
    VerificationError,
)
from tawatur.ledger import (
    Ledger,
    header_bytes,
    leaf_hash,
    release_vkey,
    verified_checkpoint,
    verify_consistency,
    verify_inclusion,
)
from tawatur.ledger.database import Database, Format
from tawatur.model.entry import Draft, Kind, Payload
from tawatur.model.ids import EntryId, NodeId, blob_digest

CABLE = "برقية: 5100 جندي".encode()
OTHER = NodeId("n-0000000000000000")


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger of each kind."""
    if request.param == "memory":
        yield in_memory(tmp_path)
        return
    on = request.getfixturevalue("server") if request.param == "postgres" else None
    made = Place(tmp_path, on).open()
    yield made
    made.close()


def test_an_empty_ledger_is_whole_and_signed(ledger: Ledger) -> None:
    """Size nothing, a checkpoint that says so."""
    assert ledger.size == 0
    assert ledger.verify().size == 0
    assert verified_checkpoint(ledger.checkpoint(), ledger.vkey).size == 0
    assert ledger.append([]) == ()
    assert list(ledger.entries()) == []


def test_entries_come_back_as_appended(ledger: Ledger) -> None:
    """By id, in order, and as append returned them."""
    given = drafts(range(150))
    returned = ledger.append(given[:100]) + ledger.append(given[100:])
    assert tuple(ledger.entries()) == returned
    assert ledger.size == 150
    for seq, (one, entry) in enumerate(zip(given, returned, strict=True)):
        assert (entry.seq, entry.header.id, entry.header.kind) == (seq, one.id, one.kind)
        assert (entry.header.time, entry.header.author) == (one.time, one.author)
        assert (entry.header.originator, entry.payload) == (HOME, one.payload)
        assert ledger.entry(one.id) == entry


def test_entries_can_be_asked_for_by_position_and_kind(ledger: Ledger) -> None:
    """``since`` is included, ``until`` is not; kinds keep the order of positions."""
    kinds = [Kind.READING, Kind.JUDGEMENT, Kind.ACQUISITION]
    ledger.append([draft(n, kind=kinds[n % 3]) for n in range(300)])
    seqs = [entry.seq for entry in ledger.entries(10, 250, {Kind.READING, Kind.JUDGEMENT})]
    assert seqs == [n for n in range(10, 250) if n % 3 < 2]
    assert [entry.seq for entry in ledger.entries(298)] == [298, 299]
    assert list(ledger.entries(kinds=())) == list(ledger.entries(until=0)) == []


def test_one_batch_is_one_checkpoint(ledger: Ledger) -> None:
    """All are kept, the one of the empty log among them."""
    ledger.append(drafts(range(5)))
    ledger.append(drafts(range(5, 6)))
    assert ledger.verify().checkpoints == 3


def test_blobs_come_back_and_are_named_in_order(ledger: Ledger) -> None:
    """Equal contents are stored once and named by each."""
    ledger.append([draft(1, blobs=(CABLE, b"", CABLE)), draft(2, blobs=(CABLE,)), draft(3)])
    cable, empty = blob_digest(CABLE), blob_digest(b"")
    assert ledger.blobs_of(entry_id(1)) == (cable, empty, cable)
    assert ledger.blobs_of(entry_id(3)) == ()
    assert (ledger.blob(cable), ledger.blob(empty)) == (CABLE, b"")
    assert ledger.has_blob(cable)
    assert not ledger.has_blob(blob_digest(b"x"))
    assert ledger.verify().blobs == 2


def test_what_is_not_there_is_unknown(ledger: Ledger) -> None:
    """An id that nobody gave, a blob that nobody names, something that is no digest."""
    with pytest.raises(UnknownIdError):
        ledger.entry(entry_id(1))
    with pytest.raises(UnknownIdError):
        ledger.blobs_of(entry_id(1))
    for digest in (blob_digest(b"x"), type(blob_digest(b""))("../../etc/passwd")):
        assert not ledger.has_blob(digest)
        with pytest.raises(UnknownIdError):
            ledger.blob(digest)


@pytest.mark.parametrize(
    "batch",
    [
        [draft(2), draft(1)],
        [draft(2), draft(2)],
        [draft(2), draft(3, body={"x": object()})],
        [draft(2), draft(3, body={"x": 2**60})],
        [draft(2), replace(draft(3), id=EntryId("two words"))],
        [draft(2), replace(draft(3), time=draft(3).time.replace(tzinfo=None))],
        [draft(2), erasing(3)],
    ],
    ids=["known-id", "id-twice", "no-json", "large-integer", "free-text", "no-zone", "erasure"],
)
def test_a_refused_batch_leaves_nothing(ledger: Ledger, batch: list[Draft]) -> None:
    """Neither entries nor a checkpoint nor blobs."""
    ledger.append([draft(1)])
    before = ledger.checkpoint()
    with_blob = [replace(batch[0], blobs=(CABLE,)), *batch[1:]]
    with pytest.raises(LedgerError):
        ledger.append(with_blob)
    assert (ledger.size, ledger.checkpoint()) == (1, before)
    assert not ledger.has_blob(blob_digest(CABLE))
    assert ledger.sweep() == 0
    assert ledger.verify().size == 1


def test_every_entry_is_proven_to_whoever_holds_the_key(ledger: Ledger) -> None:
    """By header, path and checkpoint alone."""
    entries = ledger.append(drafts(range(11)))
    for entry in entries:
        proof = ledger.inclusion_proof(entry.seq)
        proof.verify(header_bytes(entry.header), ledger.vkey)
        with pytest.raises(VerificationError):
            proof.verify(header_bytes(replace(entry.header, kind="claim")), ledger.vkey)
    with pytest.raises(ValueError, match="no leaf"):
        ledger.inclusion_proof(11)


def test_the_log_is_proven_to_continue_what_it_was(ledger: Ledger) -> None:
    """From any earlier checkpoint to the latest."""
    older = []
    for n in range(9):
        older.append(verified_checkpoint(ledger.checkpoint(), ledger.vkey))
        ledger.append(drafts([3 * n, 3 * n + 1, 3 * n + 2]))
    head = verified_checkpoint(ledger.checkpoint(), ledger.vkey)
    for one in older:
        path = ledger.consistency_proof(one.size)
        verify_consistency(one.size, one.root, head.size, head.root, path)


def test_each_audience_has_its_own_log(ledger: Ledger) -> None:
    """Its commitments are proven from its own checkpoints, whose key follows from the node's."""
    given = [bytes([n]) * 32 for n in range(5)]
    ledger.append([draft(1)], [(NEIGHBOUR, given[0]), (OTHER, given[1]), (NEIGHBOUR, given[2])])
    first = verified_checkpoint(
        ledger.release_checkpoint(NEIGHBOUR), release_vkey(ledger.vkey, NEIGHBOUR)
    )
    ledger.append([draft(2)], [(NEIGHBOUR, given[3])])
    head = verified_checkpoint(
        ledger.release_checkpoint(NEIGHBOUR), release_vkey(ledger.vkey, NEIGHBOUR)
    )
    assert (first.size, head.size, ledger.release_size(NEIGHBOUR)) == (2, 3, 3)
    assert ledger.release_leaves(NEIGHBOUR) == (given[0], given[2], given[3])
    path = ledger.release_consistency(NEIGHBOUR, 2)
    verify_consistency(2, first.root, 3, head.root, path)
    for index, commitment in enumerate([given[0], given[2], given[3]]):
        proof = ledger.release_proof(NEIGHBOUR, index)
        proof.verify(commitment, release_vkey(ledger.vkey, NEIGHBOUR))
        verify_inclusion(leaf_hash(commitment), index, 3, proof.path, head.root)
        with pytest.raises(VerificationError):
            proof.verify(commitment, release_vkey(ledger.vkey, OTHER))
    assert ledger.verify().releases == ((OTHER, 1), (NEIGHBOUR, 3))
    nobody = NodeId("n-1111111111111111")
    assert (
        verified_checkpoint(
            ledger.release_checkpoint(nobody), release_vkey(ledger.vkey, nobody)
        ).size
        == ledger.release_size(nobody)
        == 0
    )


@pytest.mark.parametrize(
    ("count", "release"),
    [(0, (NEIGHBOUR, bytes(32))), (1, (NEIGHBOUR, b"short")), (1, (NodeId("a b"), bytes(32)))],
    ids=["alone", "short", "audience"],
)
def test_a_malformed_release_leaves_nothing(
    ledger: Ledger, count: int, release: tuple[NodeId, bytes]
) -> None:
    """A release goes with its entry, or not at all."""
    with pytest.raises(LedgerError):
        ledger.append(drafts(range(count)), [release])
    assert ledger.size == ledger.release_size(NEIGHBOUR) == 0
    ledger.verify()


def test_erasing_removes_contents_and_says_by_whom_and_why(ledger: Ledger) -> None:
    """The header stays; a blob stays as long as somebody alive names it."""
    ledger.append([draft(1, blobs=(CABLE, b"1")), draft(2, blobs=(CABLE, b"2")), draft(3)])
    before = ledger.checkpoint()
    erasure = ledger.erase([entry_id(1), entry_id(3)], draft=erasing(9))
    assert ledger.entry(entry_id(1)).payload is None
    assert ledger.entry(entry_id(1)).header.kind == Kind.ACQUISITION
    assert ledger.entry(entry_id(2)).payload == draft(2).payload
    assert (ledger.blobs_of(entry_id(1)), ledger.has_blob(blob_digest(b"1"))) == ((), False)
    assert ledger.blob(blob_digest(CABLE)) == CABLE
    assert erasure.payload is not None
    assert erasure.payload.body == {
        "authority": "head of the desk",
        "leaves": [{"entry": entry_id(1), "seq": 0}, {"entry": entry_id(3), "seq": 2}],
        "reason": "taken in by mistake",
    }
    found = ledger.verify(before)
    assert [(e.seq, e.entry, e.erasure) for e in found.erased] == [
        (0, entry_id(1), entry_id(9)),
        (2, entry_id(3), entry_id(9)),
    ]
    assert {(e.by, e.reason, e.authority) for e in found.erased} == {
        (erasure.header.author, "taken in by mistake", "head of the desk")
    }


def test_the_last_erasure_takes_the_shared_blob(ledger: Ledger) -> None:
    """And the same bytes taken in again are there again."""
    ledger.append([draft(1, blobs=(CABLE,)), draft(2, blobs=(CABLE,))])
    ledger.erase([entry_id(1)], draft=erasing(8))
    ledger.erase([entry_id(1), entry_id(2)], draft=erasing(9))
    assert not ledger.has_blob(blob_digest(CABLE))
    ledger.append([draft(3, blobs=(CABLE,))])
    assert ledger.blob(blob_digest(CABLE)) == CABLE
    assert len(ledger.verify().erased) == 2


def test_an_erasure_that_cannot_be_is_refused_whole(ledger: Ledger) -> None:
    """Unknown ids, erasures, nothing left, no reason, not an erasure."""
    ledger.append(drafts([1, 2]))
    ledger.erase([entry_id(1)], draft=erasing(9))
    bare = replace(erasing(10), payload=Payload(erasing(10).payload.label, {"reason": "x"}))
    for entries, one in (
        ([entry_id(2), entry_id(77)], erasing(10)),
        ([entry_id(2), entry_id(9)], erasing(10)),
        ([entry_id(1)], erasing(10)),
        ([], erasing(10)),
        ([entry_id(2)], bare),
        ([entry_id(2)], erasing(10, reason=" ")),
        ([entry_id(2)], draft(10)),
        ([entry_id(2)], replace(erasing(10), blobs=(b"x",))),
        ([entry_id(2)], erasing(9)),
    ):
        with pytest.raises((LedgerError, UnknownIdError)):
            ledger.erase(entries, draft=one)
    assert ledger.size == 3
    assert ledger.entry(entry_id(2)).payload is not None
    assert len(ledger.verify().erased) == 1


def test_a_shorter_or_another_history_is_noticed(ledger: Ledger, tmp_path: Path) -> None:
    """Against a checkpoint from elsewhere, of the node log or of a release log."""
    ledger.append(drafts(range(3)), [(NEIGHBOUR, bytes(32))])
    ahead = in_memory(tmp_path)
    ahead.append(drafts(range(3)), [(NEIGHBOUR, bytes(32))])
    shared = ahead.checkpoint()
    ahead.append(drafts([3]), [(NEIGHBOUR, bytes(32)), (OTHER, bytes(32))])
    for note in (shared, ledger.checkpoint(), ledger.release_checkpoint(NEIGHBOUR)):
        ledger.verify(note)
    for note in (
        ahead.checkpoint(),
        ahead.release_checkpoint(NEIGHBOUR),
        ahead.release_checkpoint(OTHER),
    ):
        with pytest.raises(StaleCopyError):
            ledger.verify(note)
    ledger.append(drafts([4]), [(NEIGHBOUR, b"x" * 32)])
    for note in (ahead.checkpoint(), ahead.release_checkpoint(NEIGHBOUR)):
        with pytest.raises(StaleCopyError):
            ledger.verify(note)
    with pytest.raises(VerificationError):
        ledger.verify(ahead.checkpoint().replace("4", "3", 1))


def test_the_same_drafts_and_nonces_give_the_same_log(place: Place) -> None:
    """Ed25519 and the forms leave nothing to chance but the nonces."""
    notes = set()
    for one in (in_memory(place.folder), place.open()):
        one.append(drafts(range(7)), [(NEIGHBOUR, bytes(32))])
        one.erase([entry_id(2)], draft=erasing(9))
        notes.add((one.checkpoint(), one.release_checkpoint(NEIGHBOUR)))
        one.close()
    assert len(notes) == 1


def test_threads_append_and_read_at_once(ledger: Ledger) -> None:
    """Every batch is whole and in one place."""
    failures: list[BaseException] = []

    def write(start: int) -> None:
        try:
            for n in range(start, start + 30, 3):
                ledger.append(drafts([n, n + 1, n + 2]))
                list(ledger.entries())
        except BaseException as error:  # noqa: BLE001 (told in the main thread)
            failures.append(error)

    threads = [threading.Thread(target=write, args=(start,)) for start in (0, 100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert ledger.verify().size == 90
    ids = [entry.header.id for entry in ledger.entries()]
    for n in (0, 27, 100, 127, 200, 227):
        at = ids.index(entry_id(n))
        assert ids[at : at + 3] == [entry_id(n), entry_id(n + 1), entry_id(n + 2)]


def test_no_ledger_continues_a_log_of_another_key(place: Place) -> None:
    """It would sign what it never checked."""
    place.open().append([draft(1)])
    other = place.open(signer=type(SIGNER).from_seed(SIGNER.origin, b"s" * 32))
    with pytest.raises(VerificationError):
        other.append([draft(2)])
    with pytest.raises(VerificationError):
        other.verify()
    assert other.size == 1


def test_a_later_format_comes_and_goes_and_no_entry_with_it(place: Place) -> None:
    """Forward when a later version opens it; back before the earlier one does again."""
    now = type(place.database())

    class Later(now):  # type: ignore[misc, valid-type]  # of either kind
        formats = (
            *now.formats,
            Format(
                (
                    "ALTER TABLE entries ADD COLUMN note TEXT",
                    "CREATE INDEX notes ON entries (note)",
                ),
                ("DROP INDEX notes", "ALTER TABLE entries DROP COLUMN note"),
            ),
        )

    def later() -> Database:
        return Later(place.folder / "ledger.db" if place.server is None else place.store)

    first = place.open()
    first.append([draft(1, blobs=(CABLE,)), draft(2)], [(NEIGHBOUR, bytes(32))])
    first.erase([entry_id(2)], draft=erasing(9))
    before, found = list(first.entries()), first.verify()
    first.close()

    second = place.open(database=later())
    assert second.verify() == found
    assert list(second.entries()) == before
    with pytest.raises(LedgerError, match="newer"):
        place.open()
    with pytest.raises(LedgerError, match="no format 0"):
        second.migrate(0)
    second.migrate(1)

    third = place.open()
    third.append([draft(3)])
    assert list(third.entries())[:3] == before
    assert third.verify(first.checkpoint()).size == 4


def test_a_migration_that_fails_changes_nothing(place: Place) -> None:
    """It is one transaction."""
    now = type(place.database())

    class Broken(now):  # type: ignore[misc, valid-type]  # as above
        formats = (*now.formats, Format(("DROP TABLE payloads", "DROP TABLE nowhere")))

    place.open().append([draft(1)])
    where = place.folder / "ledger.db" if place.server is None else place.store
    with pytest.raises(VerificationError):
        place.open(database=Broken(where))
    assert place.open().verify().size == 1
