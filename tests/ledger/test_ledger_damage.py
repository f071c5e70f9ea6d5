"""A changed byte of anything signed is noticed; one elsewhere is, or changes nothing readable."""

import random
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.ledger.support_ledger import (
    NEIGHBOUR,
    draft,
    drafts,
    entry_id,
    erasing,
    on_disk,
)

from tawatur.errors import LedgerError, StaleCopyError, VerificationError
from tawatur.ledger.sqlite import SqliteDatabase

FLIPS = 300


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a ledger with everything in it, closed."""
    folder = tmp_path_factory.mktemp("whole")
    ledger = on_disk(folder)
    for start in range(0, 40, 4):
        batch = [draft(n, blobs=(b"%d" % n, b"shared")) for n in range(start, start + 4)]
        ledger.append(batch, [(NEIGHBOUR, bytes([start + 1]) * 32)])
    ledger.append([draft(50, "x" * 20_000)])
    ledger.erase([entry_id(3), entry_id(17)], draft=erasing(60))
    ledger.append(drafts([70]))
    ledger.close()
    assert not (folder / "ledger.db-wal").exists()
    return folder


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    """A copy to damage."""
    shutil.copytree(whole, tmp_path / "copy")
    return tmp_path / "copy"


def change(folder: Path, statement: str, *values: object) -> None:
    """Change a ledger behind its back."""
    with sqlite3.connect(folder / "ledger.db") as connection:
        assert connection.execute(statement, values).rowcount != 0
    connection.close()


def dump(folder: Path) -> list[object]:
    """Return everything that can be read from the database file."""
    connection = sqlite3.connect(folder / "ledger.db")
    listed = connection.execute("SELECT * FROM sqlite_master ORDER BY name").fetchall()
    tables = [name for kind, name, *_ in listed if kind == "table"]
    rows = [connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables]  # noqa: S608 (names from the schema)
    connection.close()
    return [[row[:3] + row[4:] for row in listed], *rows]


def flipped(raw: bytes, seed: int) -> bytes:
    """Return ``raw`` with one bit changed."""
    chance = random.Random(seed)
    place = chance.randrange(len(raw))
    return raw[:place] + bytes([raw[place] ^ 1 << chance.randrange(8)]) + raw[place + 1 :]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    ("table", "column", "key", "value", "named"),
    [
        ("entries", "header", "seq", 9, 9),
        ("payloads", "payload", "seq", 9, 9),
        ("payloads", "nonce", "seq", 9, 9),
        ("entries", "id", "seq", 9, 9),
        ("entries", "kind", "seq", 9, 9),
        ("checkpoints", "note", "size", 12, None),
        ("checkpoints", "note", "size", 1, None),
        ("hashes", "hash", "place", 5, None),
        ("releases", "commitment", "place", 5, None),
        ("blobs", "digest", "blob", 5, None),
    ],
)
def test_every_signed_part_is_checked(
    *, copy: Path, table: str, column: str, key: str, value: int, named: int | None, seed: int
) -> None:
    """One bit of one stored part; the first wrong entry is named."""
    with sqlite3.connect(copy / "ledger.db") as connection:
        found = connection.execute(
            f"SELECT {column} FROM {table} WHERE {key} = ?",  # noqa: S608 (names from the list above)
            (value,),
        ).fetchone()[0]
        raw = found.encode() if isinstance(found, str) else found
        new = flipped(raw, seed)
        other = new.decode("utf-8", "replace") if isinstance(found, str) else new
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (other, value))  # noqa: S608 (as above)
    connection.close()
    with pytest.raises(VerificationError) as caught:
        on_disk(copy).verify()
    if named is not None:
        assert caught.value.seq == named
        if column != "id":
            assert entry_id(named) in str(caught.value) or "entry 9" in str(caught.value)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM entries WHERE seq = 5",
        "DELETE FROM entries WHERE seq = (SELECT max(seq) FROM entries)",
        "INSERT INTO entries SELECT seq + 900, id || 'x', kind, header FROM entries WHERE seq = 5",
        "INSERT INTO payloads VALUES (900, x'00', x'00')",
        "DELETE FROM checkpoints WHERE size = (SELECT max(size) FROM checkpoints WHERE log = '')",
        (
            "INSERT INTO checkpoints SELECT log, size + 1, note FROM checkpoints"
            " WHERE size = 4 AND log = ''"
        ),
        "DELETE FROM hashes WHERE level = 1 AND place = 2",
        "INSERT INTO hashes VALUES ('', 0, 900, x'00')",
        "DELETE FROM releases WHERE place = 9",
        "INSERT INTO releases VALUES ('n-0', 0, x'00')",
        "DELETE FROM entry_blobs WHERE seq = 5 AND position = 1",
        "DELETE FROM entry_blobs WHERE seq = 5",
        "INSERT INTO entry_blobs VALUES (5, 2, 1)",
        "INSERT INTO entry_blobs VALUES (3, 0, 1)",
        "INSERT INTO entry_blobs VALUES (900, 0, 1)",
        "UPDATE entry_blobs SET blob = 999 WHERE seq = 5 AND position = 0",
        "UPDATE entry_blobs SET position = 7 - position WHERE seq = 5",
        "UPDATE blobs SET bucket = 1 WHERE blob = 5",
        "INSERT INTO blobs VALUES (900, zeroblob(31), 0)",
        "CREATE TABLE notes (x)",
        "CREATE TRIGGER t AFTER INSERT ON entries BEGIN DELETE FROM payloads; END",
        "DROP INDEX entries_kind",
        "PRAGMA user_version = 0",
        "PRAGMA application_id = 0",
        "PRAGMA application_id = 7",
    ],
)
def test_no_row_or_table_is_added_taken_or_moved(copy: Path, statement: str) -> None:
    """What no version has written is refused."""
    change(copy, statement)
    with pytest.raises(VerificationError):
        on_disk(copy).verify()


@pytest.mark.parametrize("damage", ["flip", "cut", "gone"])
def test_a_damaged_blob_is_noticed(copy: Path, damage: str) -> None:
    """By verify, naming the entry, and by whoever reads it."""
    ledger = on_disk(copy)
    digest = ledger.blobs_of(entry_id(6))[0]
    name = digest.removeprefix("sha256:")
    file = copy / "blobs" / name[:2] / name[2:]
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(flipped(file.read_bytes(), 1) if damage == "flip" else b"")
    with pytest.raises(VerificationError) as caught:
        ledger.verify()
    assert caught.value.seq == 6
    with pytest.raises(VerificationError):
        ledger.blob(digest)
    ledger.append([draft(99, blobs=(b"6",))])  # the same bytes once more mend it
    assert ledger.blob(digest) == b"6"
    ledger.verify()


def test_a_damaged_entry_is_not_handed_out(copy: Path) -> None:
    """Reading checks the digest, by id and in a stream."""
    change(
        copy,
        "UPDATE payloads SET payload = CAST(replace(payload, 'xx', 'xy') AS BLOB) WHERE seq = 40",
    )
    ledger = on_disk(copy)
    with pytest.raises(VerificationError):
        ledger.entry(entry_id(50))
    with pytest.raises(VerificationError):
        list(ledger.entries())


def test_a_damaged_head_is_not_continued(copy: Path) -> None:
    """Nothing is signed on top of it."""
    change(copy, "UPDATE hashes SET hash = zeroblob(32) WHERE level = 5 AND place = 0")
    ledger = on_disk(copy)
    with pytest.raises(VerificationError):
        ledger.append([draft(99)])


def test_the_bytes_of_the_file(whole: Path, tmp_path: Path) -> None:
    """Random bits of ledger.db: reported, or everything that can be read is as before."""
    raw, expected = (whole / "ledger.db").read_bytes(), dump(whole)
    folder = tmp_path / "flips"
    shutil.copytree(whole, folder)
    chance, reported = random.Random(20261121), 0
    # Random places, every byte of the file's own header, and of the schema after it here and there.
    places = [
        *range(100),
        *range(1500, 4096, 40),
        *(chance.randrange(len(raw)) for _ in range(FLIPS)),
    ]
    for place in places:
        changed = bytearray(raw)
        changed[place] ^= 1 << chance.randrange(8)
        for name in ("ledger.db-wal", "ledger.db-shm"):
            (folder / name).unlink(missing_ok=True)
        (folder / "ledger.db").write_bytes(changed)
        try:
            ledger = on_disk(folder)
        except LedgerError:
            reported += 1
            continue
        try:
            ledger.verify()
        except VerificationError:
            reported += 1
        else:
            assert dump(folder) == expected, f"byte {place}"
        finally:
            ledger.close()
    assert reported > FLIPS // 3


def test_an_older_copy_is_noticed_against_a_checkpoint(copy: Path, whole: Path) -> None:
    """A restored backup is whole in itself; only a checkpoint from elsewhere tells."""
    ledger = on_disk(copy)
    ledger.append(drafts([80]))
    on_disk(whole).verify()
    with pytest.raises(StaleCopyError):
        on_disk(whole).verify(ledger.checkpoint())


def test_a_newer_or_foreign_file_is_refused_and_left_as_it_is(copy: Path, tmp_path: Path) -> None:
    """With a line that says what to do."""
    change(copy, f"PRAGMA user_version = {len(SqliteDatabase.formats) + 1}")
    with pytest.raises(LedgerError, match="newer"):
        on_disk(copy)
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "ledger.db").write_text("not a database" * 100)
    with pytest.raises(VerificationError):
        on_disk(tmp_path / "text")
    assert (tmp_path / "text" / "ledger.db").read_text() == "not a database" * 100


def test_only_the_owner_may_read(copy: Path) -> None:
    """Files 0600, folders 0700."""
    ledger = on_disk(copy)
    ledger.append([draft(99, blobs=(b"new",))])
    for file in [*copy.glob("ledger.db*"), *(copy / "blobs").rglob("*"), copy / "blobs"]:
        mode = stat.S_IMODE(file.stat().st_mode)
        assert mode == (0o700 if file.is_dir() else 0o600), file


def test_memory_stays_bounded_while_streaming(copy: Path) -> None:
    """A stream holds no snapshot: what is appended and erased meanwhile is met as it is."""
    ledger = on_disk(copy)
    ledger.append([draft(n) for n in range(100, 300)])
    stream: Iterator[object] = ledger.entries()
    next(stream)
    other = on_disk(copy, busy_s=0.1)
    other.erase([entry_id(299)], draft=erasing(999))
    seen = list(stream)
    assert seen[-1] == other.entry(entry_id(999))
    assert other.entry(entry_id(299)) in seen
