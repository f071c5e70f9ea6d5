"""What is derived can lie in a file or on a server: one promise, and the same SQL on both."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.ledger.support_postgres import Server

from tawatur.ledger import Store, store_of

TABLES = """
CREATE TABLE reports(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body BLOB) STRICT;
CREATE TABLE kin(a TEXT NOT NULL, b TEXT NOT NULL, near REAL, PRIMARY KEY(a, b))
    STRICT, WITHOUT ROWID;
CREATE TABLE keys(key INTEGER NOT NULL, node TEXT NOT NULL, PRIMARY KEY(key, node)) STRICT;
CREATE INDEX kin_back ON kin(b);
CREATE VIRTUAL TABLE said USING fts5(id UNINDEXED, title, body,
                                     tokenize="unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE named USING fts5(words, sounds, tokenize="unicode61 remove_diacritics 0")
"""

Opened = Callable[[str], Store]


@pytest.fixture(params=["sqlite", "postgres"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opened]:
    """Opens the store of a name, again if it is there."""
    held = list[Store]()
    setting = "sqlite"
    if request.param == "postgres":
        server: Server = request.getfixturevalue("server")
        setting = server.address(server.made())

    def again(name: str) -> Store:
        held.append(store_of(setting, tmp_path / name, name))
        return held[-1]

    yield again
    for each in held:
        each.close()


@pytest.fixture
def store(opened: Opened) -> Store:
    """One with tables."""
    made = opened("index")
    made.begin()
    made.make(TABLES, 3)
    made.commit()
    return made


def test_a_store_has_no_format_until_it_is_made(opened: Opened) -> None:
    """And its format is that of all who open it; made again, nothing is left."""
    first = opened("index")
    assert first.format() == 0
    first.begin()
    first.make(TABLES, 3)
    first.execute("INSERT INTO reports(id) VALUES ('d-1')")
    first.commit()
    second = opened("index")
    assert second.format() == 3
    assert second.execute("SELECT id FROM reports").fetchall() == [("d-1",)]
    second.begin()
    second.make("CREATE TABLE other(id TEXT PRIMARY KEY) STRICT", 4)
    second.commit()
    assert opened("index").format() == 4
    with pytest.raises(sqlite3.Error):
        second.execute("SELECT id FROM reports")


def test_a_transaction_is_whole_or_nothing(store: Store, opened: Opened) -> None:
    """Others read the last one that ended; one that is rolled back was not."""
    other = opened("index")
    store.begin()
    assert store.in_transaction
    store.execute("INSERT INTO reports(id) VALUES (?)", ("d-1",))
    assert other.execute("SELECT count(*) FROM reports").fetchone() == (0,)
    store.rollback()
    store.begin()
    store.execute("INSERT INTO reports(id) VALUES (?)", ("d-2",))
    store.commit()
    assert not store.in_transaction
    assert other.execute("SELECT id FROM reports").fetchall() == [("d-2",)]


def test_what_fails_is_a_fault_of_sqlite_on_either(store: Store) -> None:
    """And the transaction can be ended."""
    store.begin()
    with pytest.raises(sqlite3.Error):
        store.execute("SELECT nothing FROM nowhere")
    store.rollback()
    assert store.execute("SELECT count(*) FROM reports").fetchone() == (0,)


def test_two_names_are_two_stores(store: Store, opened: Opened) -> None:
    """Several nodes may share a server's database."""
    other = opened("others")
    assert other.format() == 0
    other.begin()  # nor do they wait for each other
    store.begin()
    store.execute("INSERT INTO reports(id) VALUES ('d-1')")
    store.commit()
    other.rollback()


def test_rows_come_in_place_of_others_or_not(store: Store) -> None:
    """By the whole key; numbers are given where none is."""
    store.executemany("INSERT OR REPLACE INTO kin VALUES (?, ?, ?)", [("a", "b", 0.5)] * 2)
    store.execute("INSERT OR REPLACE INTO kin VALUES (?, ?, ?)", ("a", "b", 0.75))
    store.execute("INSERT OR IGNORE INTO kin VALUES (?, ?, ?)", ("a", "b", 1.0))
    assert store.execute("SELECT * FROM kin").fetchall() == [("a", "b", 0.75)]
    store.executemany(
        "INSERT OR IGNORE INTO reports(id) VALUES (?)", [("d-1",), ("d-2",), ("d-1",)]
    )
    rows = store.execute("SELECT number, id, body FROM reports ORDER BY number").fetchall()
    assert [(id_, body) for _, id_, body in rows] == [("d-1", None), ("d-2", None)]


def test_values_are_marked_in_turn_or_by_number(store: Store) -> None:
    """A mark without a number is the next one; none is none, yes and no are numbers."""
    store.executemany("INSERT INTO kin VALUES (?, ?, ?)", [("a", "b", 1), ("b", "c", 2.5)])
    found = store.execute(
        "SELECT a FROM kin WHERE (?1 IS NULL OR a = ?1) AND near > ? ORDER BY a", (None, True)
    )
    assert found.fetchall() == [("b",)]
    query = "SELECT b FROM kin WHERE a = ?1 UNION SELECT a FROM kin WHERE b = ?1"
    assert set(store.execute(query, ("b",)).fetchall()) == {("a",), ("c",)}
    assert store.execute("SELECT count(*) FROM kin WHERE a LIKE '%''?'").fetchone() == (0,)


def test_lists_and_their_ends_are_understood(store: Store) -> None:
    """Lists as JSON, empty lists, all rows as a limit, and selections in selections."""
    rows = [(2**62, "ب"), (2**62, "b"), (-5, "é")]
    store.executemany("INSERT INTO keys VALUES (?, ?)", rows)
    of = "SELECT node FROM keys WHERE node IN (SELECT value FROM json_each(?)) ORDER BY node"
    assert store.execute(of, ('["b", "ب", "x"]',)).fetchall() == [("b",), ("ب",)]
    held = (
        "SELECT value, (SELECT json_group_array(node) FROM (SELECT node FROM keys "
        "WHERE key = value ORDER BY node LIMIT 2)) FROM json_each(?1) "
        "WHERE EXISTS (SELECT 1 FROM keys WHERE key = value AND node <> ?2)"
    )
    ((key, nodes),) = store.execute(held, (f"[{2**62}, 7]", "x")).fetchall()
    assert (int(key), nodes.replace(" ", "")) == (2**62, '["b","ب"]')
    assert store.execute("SELECT count(*) FROM keys WHERE node NOT IN ()").fetchone() == (3,)
    assert store.execute("SELECT count(*) FROM keys WHERE node IN ()").fetchone() == (0,)
    several = "SELECT node FROM keys ORDER BY node LIMIT ? OFFSET ?"
    assert store.execute(several, (-1, 1)).fetchall() == [("é",), ("ب",)]
    assert store.execute(several, (1, 1)).fetchall() == [("é",)]
    ordered = "SELECT a.node FROM keys a CROSS JOIN keys b ON b.node = a.node WHERE +a.node = ?"
    assert store.execute(ordered, ("b",)).fetchall() == [("b",)]
    store.executemany("INSERT INTO kin VALUES (?, ?, 1)", ["ab", "bc", "de"])
    reached = (
        "WITH RECURSIVE reached(node) AS (VALUES (?) UNION SELECT b FROM reached JOIN kin "
        "ON a = node UNION SELECT a FROM reached JOIN kin ON b = node) SELECT node FROM reached"
    )
    assert {node for (node,) in store.execute(reached, ("c",))} == set("abc")
    years = "SELECT node FROM keys WHERE node GLOB '[a-c]*'"
    assert store.execute(years).fetchall() == [("b",)]


def test_bytes_come_back_as_they_were(store: Store) -> None:
    """Nothing in them is taken for a mark or an end."""
    body = bytes(range(256)) + b"%s ? %(v1)s"
    store.execute("INSERT INTO reports(id, body) VALUES (?, ?)", ("%s?", body))
    assert store.execute("SELECT id, body FROM reports").fetchall() == [("%s?", body)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"convoy"', {1, 2}),
        ('"convoy" AND "قافل"', {2}),
        ('"attack convoy"', {1}),
        ('"convoy attack"', set()),
        ('"conv"*', {1, 2}),
        ('"border"', {1}),
        ('"border attack"', set()),  # from one column into the next
        ('"attack con"*', {1}),
        ('"d-1"', set()),
        ('"و"', {3}),
    ],
)
def test_words_are_found_as_stems_and_in_rows(store: Store, query: str, found: set[int]) -> None:
    """In either column, never from one into the other; the last may be open."""
    store.executemany(
        "INSERT INTO said(rowid, id, title, body) VALUES (?, ?, ?, ?)",
        [
            (1, "d-1", "at the border", "attack convoy at night"),
            (2, "d-2", "", "قافل convoy"),
            (3, "d-3", "1 و 2", "_ a_b"),
        ],
    )
    rows = store.execute("SELECT rowid FROM said WHERE said MATCH ?", (query,)).fetchall()
    assert {number for (number,) in rows} == found


def test_names_are_found_by_spelling_beginning_or_sound(store: Store) -> None:
    """Each column by itself."""
    store.executemany(
        "INSERT INTO named(rowid, words, sounds) VALUES (?, ?, ?)",
        [(1, "هدلستون", "hdlstn"), (2, "huddleston hall", "hdlstn hl"), (3, "hdlstn", "x")],
    )

    def found(query: str) -> set[int]:
        return {
            n for (n,) in store.execute("SELECT rowid FROM named WHERE named MATCH ?", (query,))
        }

    assert found('(words : "huddleston"* OR sounds : "hdlstn")') == {1, 2}
    assert found('(words : "hud"*) AND (words : "ha"* OR sounds : "ha")') == {2}
    assert found('(sounds : "هدلستون")') == set()


def test_what_was_deleted_leaves_the_files(
    store: Store, opened: Opened, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Rows and words; the statistics of a server never had them."""
    store.begin()
    for number in range(300):
        store.execute("INSERT INTO reports(id, body) VALUES (?, ?)", (f"d-{number}", b"Zaynab"))
        store.execute("INSERT INTO said(rowid, body) VALUES (?, ?)", (number, "zaynab saw it"))
    store.commit()
    postgres = not list(tmp_path.glob("index*"))
    if postgres:
        store.execute("ANALYZE")
    store.begin()
    store.execute("DELETE FROM reports WHERE id <> ?", ("d-0",))
    store.execute("UPDATE reports SET body = NULL")
    store.execute("DELETE FROM said")
    store.commit()
    store.forget()
    assert store.execute("SELECT id, body FROM reports").fetchall() == [("d-0", None)]
    if postgres:
        server: Server = request.getfixturevalue("server")
        name = store.execute("SELECT current_database()").fetchone()[0]
        files = server.bytes_of(name)
    else:
        files = b"".join(file.read_bytes() for file in tmp_path.glob("index*"))
    assert b"zaynab" not in files.lower()


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    """As a fault like any other."""
    with pytest.raises(sqlite3.Error):
        store_of(f"postgresql:///index?host={tmp_path}", tmp_path / "index.db", "index")


def test_a_lost_connection_loses_no_more_than_a_transaction(server: Server, tmp_path: Path) -> None:
    """It is told; whoever opens the store again finds what was there before."""
    name = server.made()
    store = store_of(server.address(name), tmp_path / "index.db", "index")
    store.begin()
    store.make(TABLES, 1)
    store.commit()
    store.begin()
    store.execute("INSERT INTO reports(id) VALUES ('d-1')")
    server.do(
        name,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    with pytest.raises(sqlite3.Error):
        store.execute("INSERT INTO reports(id) VALUES ('d-2')")
    store.close()
    with closing(store_of(server.address(name), tmp_path / "index.db", "index")) as again:
        assert again.execute("SELECT count(*) FROM reports").fetchone() == (0,)
