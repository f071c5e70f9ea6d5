"""What only a server can do to a ledger: refuse, hold other things, be altered, go away."""

from pathlib import Path

import pytest
from tests.ledger.support_ledger import (
    NEIGHBOUR,
    Place,
    draft,
    drafts,
    entry_id,
    erasing,
)
from tests.ledger.support_postgres import Server

from tawatur.errors import LedgerError, UsageError, VerificationError
from tawatur.ledger import database_of, verify_unused
from tawatur.node import Node


@pytest.fixture
def there(server: Server, tmp_path: Path) -> Place:
    """A place for a ledger on the server."""
    return Place(tmp_path, server)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM entries WHERE seq = 5",
        "UPDATE entries SET kind = 'claim' WHERE seq = 5",
        "INSERT INTO payloads VALUES (900, x'00', x'00')",
        "UPDATE payloads SET payload = x'00' WHERE seq = 5",
        "DELETE FROM checkpoints WHERE size = (SELECT max(size) FROM checkpoints WHERE log = '')",
        "DELETE FROM hashes WHERE level = 1 AND place = 2",
        "INSERT INTO hashes VALUES ('', 0, 900, x'00')",
        "INSERT INTO releases VALUES ('n-0', 0, x'00')",
        "DELETE FROM entry_blobs WHERE seq = 5",
        "UPDATE entry_blobs SET blob = 999 WHERE seq = 5",
        "UPDATE blobs SET bucket = 1 WHERE blob = 5",
        "INSERT INTO blobs VALUES (900, zeroblob(31), 0)",
        "DROP INDEX entries_kind",
        "ALTER TABLE payloads ALTER nonce DROP NOT NULL",
        "ALTER TABLE releases DROP CONSTRAINT releases_pkey",
        "CREATE RULE quiet AS ON DELETE TO erasing DO INSTEAD NOTHING",
        (
            "CREATE TRIGGER t BEFORE UPDATE ON entries"
            " EXECUTE FUNCTION suppress_redundant_updates_trigger()"
        ),
        "DELETE FROM ledger",
        "DROP TABLE ledger",
        "DROP TABLE payloads",
    ],
)
def test_what_is_altered_on_the_server_is_noticed(there: Place, statement: str) -> None:
    """Rows, tables, indexes, rules and triggers alike; at the latest by verify."""
    whole = there.open()
    whole.append([draft(n, blobs=(b"%d" % n,)) for n in range(8)], [(NEIGHBOUR, bytes(32))])
    whole.verify()
    whole.close()
    if "TRIGGER" in statement:
        statement = statement.replace(" EXECUTE", " FOR EACH ROW EXECUTE")
    there.do(statement)
    with pytest.raises(VerificationError):
        there.open().verify()


def test_other_tables_beside_a_ledger_are_left_alone(there: Place) -> None:
    """A database may hold other things; a table of a ledger's name is refused, not taken."""
    there.do("CREATE TABLE accounts (id INTEGER PRIMARY KEY)")
    there.open().append([draft(1)])
    assert there.open().verify().size == 1
    other = Place(there.folder / "other", there.server)
    other.do("CREATE TABLE entries (id INTEGER)")
    with pytest.raises(VerificationError, match="not a ledger"):
        other.open()
    assert other.do("SELECT * FROM entries") == []


def test_two_ledgers_in_two_schemas_do_not_wait_for_each_other(there: Place) -> None:
    """Each has its own lock."""
    there.do("CREATE SCHEMA a")
    there.do("CREATE SCHEMA b")
    a, b = (
        database_of(f"{there.store}&options=-csearch_path%3D{s}", Path(), busy_s=0.2) for s in "ab"
    )
    one, two = there.open(database=a), Place(there.folder / "b").open(database=b)
    a.begin(write=True)
    two.append([draft(1)])
    a.rollback()
    assert (one.size, two.verify().size) == (0, 1)


def test_a_password_is_in_no_message(tmp_path: Path) -> None:
    """Whether the address can be read or not."""
    for address in (
        f"postgresql://officer:s3cret@/ledger?host={tmp_path}",
        "postgresql://officer:s3cret@[/ledger",
        f"postgresql:///ledger?host={tmp_path}&user=officer&password=s3cret&nonsense=s3cret",
    ):
        with pytest.raises(LedgerError) as caught:
            verify_unused(address, tmp_path / "ledger.db")
        assert "s3cret" not in f"{caught.value} {caught.value.args}"
    with pytest.raises(LedgerError, match="sqlite or at postgresql"):
        database_of("mysql://officer:s3cret@host/ledger", tmp_path / "ledger.db")


def test_a_lost_connection_is_told_and_made_again(there: Place) -> None:
    """What was under way is whole or nothing; the next act opens another connection."""
    ledger = there.open()
    ledger.append([draft(1)])
    there.do(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with pytest.raises(LedgerError, match="refused"):
        ledger.append([draft(2, blobs=(b"new",))])
    ledger.append([draft(2, blobs=(b"new",))])
    assert ledger.verify().size == 2


def test_a_database_of_another_encoding_is_refused(there: Place) -> None:
    """Arabic would not survive it."""
    assert there.server is not None
    there.server.do(
        "postgres", f"CREATE DATABASE {there.name}_latin ENCODING 'LATIN1' TEMPLATE template0"
    )
    latin = database_of(there.server.address(f"{there.name}_latin"), Path())
    with pytest.raises(LedgerError, match="LATIN1"):
        there.open(database=latin)


def test_statistics_hold_no_contents(there: Place) -> None:
    """What ANALYZE samples outlives a row."""
    ledger = there.open()
    ledger.append([draft(n, "the witness Zaynab" + "." * n) for n in range(50)])
    there.do("ANALYZE")
    ledger.erase([entry_id(n) for n in range(50)], draft=erasing(99))
    assert b"Zaynab" not in there.raw()


def test_a_node_on_a_server_takes_in_erases_and_is_well(there: Place) -> None:
    """The whole of it: its folder holds settings, keys and blobs, the server the ledger."""
    folder, report = there.folder / "node", there.folder / "report.txt"
    report.write_text("The ministry said on 3 May 2024 that the bridge was closed.")
    with Node.init(folder, name="Observatory", ledger=there.store) as node:
        (taken,) = node.add([report]).taken
    assert not (folder / "ledger.db").exists()
    with Node.open(folder) as node:
        node.erase(taken, why="taken in by mistake")
        assert all(finding.well for finding in node.doctor())
        assert len(node.verify().erased) >= 1
    with pytest.raises(LedgerError, match="holds a ledger already"):
        Node.init(there.folder / "second", ledger=there.store)
    assert not (there.folder / "second").exists()
    with pytest.raises(UsageError, match="node already"):
        Node.init(folder, ledger=there.store)


def test_an_archive_of_some_size_streams(there: Place) -> None:
    """Verify reads through cursors of the server, not into memory."""
    ledger = there.open()
    ledger.append(drafts(range(2500)))
    assert ledger.verify().size == len(list(ledger.entries())) == 2500
