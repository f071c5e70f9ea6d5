"""When the storage fails, a batch is there whole or not at all, and the ledger stays whole."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.ledger.support_ledger import (
    NEIGHBOUR,
    Place,
    draft,
    drafts,
    entry_id,
    erasing,
    on_disk,
)

from tawatur.errors import LedgerError, StorageFullError
from tawatur.model.ids import blob_digest

APPEND_STEPS = ["begin", "blob write", "blob rename", "blob folder", "rows", "commit"]
ERASE_STEPS = ["begin", "rows", "erase rows", "commit", "blob wipe", "truncate"]
MOMENTS = {"before": "failed, not stored", "after": "failed, yet stored"}


def failing(at: str, error: Exception) -> tuple[Callable[[str], None], list[bool]]:
    """Return a fault that raises once at a step, and the switch that arms it."""
    armed = [False]

    def fault(step: str) -> None:
        if armed[0] and step == at:
            armed[0] = False
            raise error

    return fault, armed


@pytest.mark.parametrize("step", APPEND_STEPS)
@pytest.mark.parametrize("moment", MOMENTS, ids=MOMENTS.values())
def test_a_failed_append_is_whole_or_nothing(place: Place, step: str, moment: str) -> None:
    """Verified after every step; tried again, it is there once."""
    fault, armed = failing(f"{moment} {step}", OSError(errno.EIO, "input/output error"))
    ledger = place.open(fault)
    ledger.append([draft(0, blobs=(b"old",))])
    ledger.verify()
    batch = [draft(1, blobs=(b"old", b"new")), draft(2, blobs=(b"newer",))]
    armed[0] = True
    with pytest.raises(LedgerError, match="refused"):
        ledger.append(batch, [(NEIGHBOUR, bytes(32))])
    assert not armed[0]
    stored = (moment, step) == ("after", "commit")
    for seen in (ledger, place.open()):
        assert seen.verify().size == (3 if stored else 1)
        assert seen.release_size(NEIGHBOUR) == int(stored)
        assert seen.has_blob(blob_digest(b"new")) == stored
        assert seen.blob(blob_digest(b"old")) == b"old"
        assert seen.sweep() == 0  # nothing was left lying about
    if stored:
        with pytest.raises(LedgerError, match="already"):
            ledger.append(batch)
    else:
        ledger.append(batch, [(NEIGHBOUR, bytes(32))])
    assert ledger.verify().size == 3
    assert ledger.blob(blob_digest(b"newer")) == b"newer"


@pytest.mark.parametrize("step", ERASE_STEPS)
@pytest.mark.parametrize("moment", MOMENTS, ids=MOMENTS.values())
def test_a_failed_erasure_is_whole_or_nothing(place: Place, step: str, moment: str) -> None:
    """Verified after every step; what was signed is wiped by the next who looks."""
    fault, armed = failing(f"{moment} {step}", OSError(errno.EIO, "input/output error"))
    ledger = place.open(fault)
    ledger.append([draft(1, "a word to forget", blobs=(b"gone",)), draft(2, blobs=(b"kept",))])
    armed[0] = True
    with pytest.raises(LedgerError, match="refused"):
        ledger.erase([entry_id(1)], draft=erasing(9))
    stored = (moment, step) == ("after", "commit") or step in {"blob wipe", "truncate"}
    for seen in (ledger, place.open()):
        assert len(seen.verify().erased) == int(stored)
        assert (seen.entry(entry_id(1)).payload is None) == stored
        assert seen.has_blob(blob_digest(b"gone")) != stored
        assert seen.blob(blob_digest(b"kept")) == b"kept"
        assert seen.sweep() == 0
    assert (b"a word to forget" in place.raw()) != stored


def test_a_full_disk_keeps_nothing_of_the_batch(tmp_path: Path) -> None:
    """SQLite's own limit of pages stands for the disk."""
    ledger = on_disk(tmp_path)
    ledger.append(drafts(range(3)))
    database = ledger._database
    (pages,) = database.one("PRAGMA page_count")
    database.execute(f"PRAGMA max_page_count = {pages + 3}")
    big = [draft(10, blobs=(b"blob of the batch",)), draft(11, "x" * 100_000)]
    for _ in range(2):
        with pytest.raises(StorageFullError):
            ledger.append(big)
        assert ledger.verify().size == 3
        assert not ledger.has_blob(blob_digest(b"blob of the batch"))
        assert ledger.sweep() == 0
    database.execute("PRAGMA max_page_count = 100000")
    ledger.append(big)
    assert ledger.verify().size == 5


@pytest.mark.parametrize("step", ["blob write", "blob rename", "blob folder"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT], ids=["disk", "quota"])
def test_a_disk_full_of_blobs_keeps_nothing_of_the_batch(
    place: Place, step: str, code: int
) -> None:
    """Neither blob nor half of one."""
    fault, armed = failing(f"after {step}", OSError(code, "no space left"))
    ledger = place.open(fault)
    ledger.append(drafts(range(3)))
    armed[0] = True
    with pytest.raises(StorageFullError):
        ledger.append([draft(10, blobs=(b"1", b"2", b"3"))])
    assert ledger.verify().size == 3
    assert ledger.sweep() == 0
    assert not [file for file in (place.folder / "blobs").rglob("*") if file.is_file()]


def test_a_held_ledger_is_told_apart_from_a_damaged_one(place: Place) -> None:
    """Whoever waits too long is told so, and nothing is lost."""
    ledger, other = place.open(busy_s=0.1), place.database()
    ledger.append(drafts([1]))
    other.begin(write=True)
    with pytest.raises(LedgerError, match="another process"):
        ledger.append(drafts([2]))
    assert ledger.size == 1  # reading goes on
    other.rollback()
    ledger.append(drafts([2]))
    assert ledger.verify().size == 2


def test_what_a_killed_process_left_is_swept(place: Place) -> None:
    """Half-written files and blobs that nobody names; what is named, and other files, stay."""
    ledger = place.open()
    ledger.append([draft(1, blobs=(b"kept",))])
    blobs = place.folder / "blobs"
    (blobs / "unfinished" / "77-ab").write_bytes(b"hal")
    name = blob_digest(b"lost").removeprefix("sha256:")
    (blobs / name[:2]).mkdir(exist_ok=True)
    (blobs / name[:2] / name[2:]).write_bytes(b"lost")
    (blobs / "README").write_text("a person's own note")
    ledger.verify()
    assert ledger.sweep() == 2
    assert ledger.sweep() == 0
    assert ledger.blob(blob_digest(b"kept")) == b"kept"
    assert (blobs / "README").exists()
