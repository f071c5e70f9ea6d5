"""What was erased is gone from every byte of the folder, whatever happens on the way."""

import base64
import random
import sqlite3
from pathlib import Path

import pytest
from tests.ledger.support_ledger import Place, draft, drafts, entry_id, erasing, on_disk

from tawatur.errors import LedgerError, VerificationError
from tawatur.ledger.forms import raw_digest
from tawatur.model.ids import blob_digest

WITNESS = "الشاهدة زينب بنت مسعود"
BLOB = f"Cable: {WITNESS} was heard at Tinkawer.".encode()


def traces(place: Place, *needles: bytes) -> list[bytes]:
    """Return those of ``needles`` that are found in any byte of the database or the folder."""
    raw = place.raw()
    return [needle for needle in needles if needle in raw]


def forms(text: str) -> list[bytes]:
    """Return the ways in which ``text`` could be stored."""
    escaped = text.encode("unicode-escape")
    encoded = [text.encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be", "cp1256")]
    return [*encoded, escaped, base64.b64encode(text.encode())[:-4]]


def test_erased_words_are_nowhere(place: Place) -> None:
    """Neither in payloads nor blobs nor SQLite's log, nor a digest by which to test a guess."""
    ledger = place.open()
    for n in range(40):
        ledger.append([draft(n)])
    ledger.append([draft(100, WITNESS * 3, blobs=(BLOB,)), draft(101, WITNESS * 4000)])
    ledger.append(drafts(range(41, 60)))
    digest = raw_digest(blob_digest(BLOB))
    needles = [*forms(WITNESS), BLOB, digest, digest.hex().encode()]
    assert len(traces(place, *needles)) >= 3  # the search does find what is there
    ledger.erase([entry_id(100), entry_id(101)], draft=erasing(200))
    assert traces(place, *needles) == []
    assert not (place.folder / "blobs" / digest.hex()[:2] / digest.hex()[2:]).exists()
    assert [e.entry for e in ledger.verify().erased] == [entry_id(100), entry_id(101)]
    ledger.close()
    assert traces(place, *needles) == []


@pytest.mark.parametrize(
    ("with_blobs", "rounds"), [(False, 60), (True, 20)], ids=["payloads", "digests"]
)
def test_no_stale_copy_outlives_an_erasure(place: Place, *, with_blobs: bool, rounds: int) -> None:
    """Rows of all lengths, erased in any order, between appends: no page keeps a copy.

    Deleting the rows instead leaves about two in a thousand behind; the story of payloads is
    long enough to show that.
    """
    chance = random.Random(0)
    ledger, live, number = place.open(), dict[int, bytes](), 0
    for _ in range(rounds if place.server is None else 6):
        batch = []
        for _ in range(chance.randrange(1, 60)):
            number += 1
            word = f"W{chance.getrandbits(128):032x}"
            filler = "x" * chance.choice([0, 5, 80, 300, 700, 1500])
            if with_blobs:
                live[number] = raw_digest(blob_digest(word.encode()))
                batch.append(draft(number, filler, blobs=(word.encode(),)))
            else:
                live[number] = word.encode()
                batch.append(draft(number, word + filler))
        ledger.append(batch)
        gone = chance.sample(sorted(live), len(live) // 3 + 1)
        number += 1
        ledger.erase([entry_id(n) for n in gone], draft=erasing(number))
        raw = place.raw()
        assert not [n for n in gone if live.pop(n) in raw]
    ledger.verify()
    assert all(word in raw for word in live.values())  # the search does find what is there


def test_erasing_does_not_move_a_row(tmp_path: Path) -> None:
    """What the module says of SQLite holds: same length, same place, all zeros."""
    ledger = on_disk(tmp_path)
    ledger.append(drafts(range(50)))
    ledger.close()  # empties the write-ahead log into the file
    before = (tmp_path / "ledger.db").read_bytes()
    stored = sqlite3.connect(tmp_path / "ledger.db").execute(
        "SELECT payload FROM payloads WHERE seq = 20"
    )
    (payload,) = stored.fetchone()
    place = before.index(payload)
    stored.connection.close()
    again = on_disk(tmp_path)
    again.erase([entry_id(20)], draft=erasing(60))
    again.close()
    after = (tmp_path / "ledger.db").read_bytes()
    assert after[place : place + len(payload)] == bytes(len(payload))
    assert after[place + len(payload) : place + 4000 & -4096].strip(b"\x00")


def test_a_restored_content_is_noticed(place: Place) -> None:
    """A backup that brings an erased payload back does not verify."""
    ledger = place.open()
    ledger.append(drafts(range(3)))
    ledger.close()
    place.do("CREATE TABLE kept AS SELECT * FROM payloads WHERE seq = 1")
    again = place.open()
    again.erase([entry_id(1)], draft=erasing(9))
    place.do("DELETE FROM payloads WHERE seq = 1")
    place.do("INSERT INTO payloads SELECT * FROM kept")
    place.do("DROP TABLE kept")
    with pytest.raises(VerificationError, match="back") as caught:
        again.verify()
    assert caught.value.seq == 1


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM payloads WHERE seq = 2",
        "UPDATE payloads SET nonce = zeroblob(32), payload = zeroblob(9) WHERE seq = 2",
    ],
    ids=["row", "zeros"],
)
def test_a_payload_removed_without_an_erasure_is_noticed(place: Place, statement: str) -> None:
    """Zeros or no row at all: nothing signed says that it may be missing."""
    ledger = place.open()
    ledger.append(drafts(range(4)))
    ledger.erase([entry_id(1)], draft=erasing(9))
    place.do(statement)
    with pytest.raises(VerificationError) as caught:
        ledger.verify()
    assert caught.value.seq == 2
    assert entry_id(2) in str(caught.value)


def test_a_reader_on_old_pages_delays_the_wiping_not_the_erasure(place: Place) -> None:
    """The caller is told, and the next opening wipes."""
    ledger, reader = place.open(busy_s=0.1), place.database()
    ledger.append([draft(1, WITNESS)])
    reader.begin(write=False)
    assert reader.one("SELECT count(*) FROM entries") == (1,)
    with pytest.raises(LedgerError, match="old pages"):
        ledger.erase([entry_id(1)], draft=erasing(9))
    assert ledger.entry(entry_id(1)).payload is None
    reader.rollback()
    reader.close()
    again = place.open()
    assert traces(place, *forms(WITNESS)) == []
    assert len(again.verify().erased) == 1


def test_an_interrupted_erasure_is_finished_by_the_next_opening(place: Place) -> None:
    """At every step: either nothing was erased, or reopening leaves no trace."""
    steps: list[str] = []
    reached, stopped_after = -1, set()
    while True:
        reached += 1
        story = Place(place.folder / f"story-{reached}", place.server)
        story.folder.mkdir()
        plain = story.open()
        plain.append([draft(1, WITNESS, blobs=(BLOB,)), draft(2)])
        plain.close()
        steps.clear()

        def stop(step: str) -> None:
            steps.append(step)
            if len(steps) == reached + 1:  # noqa: B023 (used within the same turn)
                raise KeyboardInterrupt

        ledger = story.open(stop)
        try:
            ledger.erase([entry_id(1)], draft=erasing(9))
        except KeyboardInterrupt:
            stopped_after.add(steps[-1])
        else:
            break
        ledger.close()
        again = story.open()
        found = again.verify()
        assert len(found.erased) == found.size - 2
        needles = [*forms(WITNESS), BLOB, raw_digest(blob_digest(BLOB))]
        assert bool(traces(story, *needles)) == (found.size == 2), steps
        again.close()
    assert {"before commit", "after commit", "before truncate", "before blob wipe"} < stopped_after
