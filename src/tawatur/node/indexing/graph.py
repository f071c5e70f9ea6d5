"""Things that belong together, kept while things come and go.

A *graph* holds nodes, each with blocking keys, and edges between nodes that a
pair test joined. A node that is put in is *fresh* until it was compared with those that
share a key with it, and with nothing else; what has to be worked out again are the connected
components of the edges that came and went. Four graphs live in a node's index: documents that
share a text, documents that share what a translator keeps, names of one entity, claims
about one event.

Under a key that very many hold, all are compared with the first `SPEAKERS` of
them and not each with each, so that what is told a thousand times costs a thousand times
as much as what is told once, not a million times. Which ones are first does not
depend on the order of arrival: ids are keyed, and the smallest come first. So the
same nodes always have the same edges. Who begins to speak under a key, or ends, is fresh again.

The cost of a change is the number of its candidates; the rest of the archive is never read.
To compare reads alone, so other processes can do it. The tables are ``NAME_keys`` (who holds
a key), ``NAME_aside`` (the same, put aside), ``NAME_nodes`` (the keys of each node),
``NAME_fresh`` and ``NAME_edges``. Keys are kept as numbers of 64 bits; two keys of one number
would only make candidates more, which the pair test tells apart.

The keys of one document lie all over their table: in a large one nearly each is written on a page
of its own. So while a graph is built, many at a time, they are put aside in the order in which
they come, and brought into the table in its order before the first are compared.
"""

import hashlib
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec

from tawatur.ledger import Store
from tawatur.weighing.components import SPEAKERS

V = TypeVar("V")

_MANY = 4_096
"""Keys of one go from which on they are put aside."""
_GOES = 8
"""Goes whose keys are brought into their table in one step: some 300,000 keys of claims."""
_LOWEST, _KEYS = -(1 << 63), 1 << 64
"""The lowest number of a key, and how many there are."""

Ends = tuple[str, str]
"""The nodes of an edge, the smaller first."""


def schema(name: str) -> str:
    """Return the statements that make the tables of the graph called ``name``."""
    return f"""
;
    CREATE TABLE {name}_keys(key INTEGER NOT NULL, node TEXT NOT NULL, PRIMARY KEY(key, node))
        STRICT, WITHOUT ROWID;
    CREATE TABLE {name}_aside(go INTEGER NOT NULL, key INTEGER NOT NULL, node TEXT NOT NULL,
                              PRIMARY KEY(go, key, node)) STRICT, WITHOUT ROWID;
    CREATE TABLE {name}_nodes(node TEXT PRIMARY KEY, keys BLOB NOT NULL) STRICT;
    CREATE TABLE {name}_fresh(node TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
    CREATE TABLE {name}_edges(a TEXT NOT NULL, b TEXT NOT NULL, weight REAL NOT NULL,
                              why TEXT NOT NULL, PRIMARY KEY(a, b)) STRICT, WITHOUT ROWID;
    CREATE INDEX {name}_edges_back ON {name}_edges(b);
    """


@dataclass(frozen=True, slots=True)
class Tie:
    """What a pair test found: how strong an edge is, and why, as the caller writes it."""

    weight: float
    why: str = ""


class Compared(msgspec.Struct, frozen=True):
    """What it came to that a node was compared: its new edges, and those that are none now."""

    node: str
    came: list[tuple[str, str, float, str]]
    went: list[Ends]


@dataclass(frozen=True, slots=True)
class Changes:
    """Edges that came, with their weights, and edges that went."""

    came: tuple[tuple[str, str, float], ...] = ()
    went: tuple[Ends, ...] = ()

    @property
    def ends(self) -> set[str]:
        """The nodes whose component may be another: one in each that is."""
        edges = (*self.went, *((a, b) for a, b, _ in self.came))
        return {node for ends in edges for node in ends}


def key_numbers(keys: Iterable[str]) -> bytes:
    """Return blocking keys as the numbers under which a graph keeps them, in order."""
    digests = {hashlib.blake2b(key.encode(), digest_size=8).digest() for key in keys}
    return array("q", sorted(array("q", b"".join(digests)))).tobytes()


def numbers(keys: bytes) -> list[int]:
    """Return the numbers that `key_numbers` packed."""
    return array("q", keys).tolist()


class Graph(Generic[V]):
    """One graph in an open database; the caller holds the transaction."""

    def __init__(
        self,
        db: Store,
        name: str,
        load: Callable[[Collection[str]], Mapping[str, V]],
        test: Callable[[V, V], Tie | None],
    ) -> None:
        """Return the graph called ``name``.

        Args:
            db: An open connection in which `schema` was run.
            name: The prefix of its tables; a word of this program's own.
            load: From node ids to their values, for those that there are.
            test: The pair test: what ties two together, or None; the same whichever is first.
                First comes the one that is compared with many.
        """
        self._db, self._name, self._load, self._test = db, name, load, test
        self._held_back: list[tuple[int, str]] = []  # keys that are still to be written
        self._together = False

    # ------------------------------------------------------------ nodes come and go

    def change(self, gone: Iterable[str], new: Mapping[str, bytes]) -> Changes:
        """Take out ``gone`` with their edges, and put in ``new``, which are fresh then.

        Args:
            gone: Nodes; those that are in ``new`` as well get other keys or another value.
            new: Nodes with their keys, as `key_numbers` gives them; ``load`` knows their values.
        """
        went: list[Ends] = []
        gone = sorted(gone)
        if gone:
            self._write_keys()
            while self.sort_some():
                pass
        for node in gone:
            went += [_ends(node, other) for other in self.neighbours(node)]
            self._run("DELETE FROM {0}_edges WHERE a = ?1 OR b = ?1", node)
            keys = numbers(self.keys(node))
            self._each("DELETE FROM {0}_keys WHERE key = ? AND node = ?", keys, node)
            self._next_to_last(keys, node)
            for table in ("nodes", "fresh"):
                self._run(f"DELETE FROM {{0}}_{table} WHERE node = ?", node)
        joined = self._any("edges")
        for node in sorted(new):
            keys = numbers(new[node])
            if joined:  # who ends to speak loses edges, if there are any
                self._next_to_last(keys, node)
            self._run("INSERT OR REPLACE INTO {0}_nodes VALUES (?, ?)", node, new[node])
            self._held_back += [(key, node) for key in keys]
            if joined or not self._together:
                self._write_keys()
        self.renew(new)
        return Changes(went=tuple(went))

    @contextmanager
    def together(self) -> Iterator[None]:
        """Write the keys of the nodes that are put in within in one go, in the order of the table.

        Many are put aside, to be brought there by `sort_some`. Nothing is compared within.
        """
        self._held_back, self._together = [], True
        try:
            yield
            if len(self._held_back) < _MANY:
                self._write_keys()
            else:
                self._put_aside()
        finally:
            self._held_back, self._together = [], False

    def _write_keys(self) -> None:
        self._many("INSERT OR IGNORE INTO {0}_keys VALUES (?, ?)", sorted(self._held_back))
        self._held_back = []

    def _put_aside(self) -> None:
        go = (self._goes() or (0, 0))[1] + 1
        rows = [(go, *each) for each in sorted(self._held_back)]
        self._many("INSERT OR IGNORE INTO {0}_aside VALUES (?, ?, ?)", rows)
        self._held_back = []

    def _goes(self) -> tuple[int, int] | None:
        """Return the first and the last go whose keys are aside."""
        ends = "(SELECT min(go) FROM {0}_aside), (SELECT max(go) FROM {0}_aside)"
        first, last = self._db.execute(f"SELECT {ends.format(self._name)}").fetchone()
        return None if first is None else (first, last)

    def sort_some(self) -> bool:
        """Bring the lowest of the keys that are aside into their table; return whether any were.

        Until none is, nothing may be compared.
        """
        goes = self._goes()
        if goes is None:
            return False
        held = _json(list(range(goes[0], goes[1] + 1)))
        query = (
            f"SELECT min(key) FROM (SELECT (SELECT min(key) FROM {self._name}_aside "
            "WHERE go = CAST(value AS INTEGER)) AS key FROM json_each(?))"
        )
        (lowest,) = self._db.execute(query, (held,)).fetchone()
        span = _KEYS // (1 + (goes[1] - goes[0]) // _GOES)
        within = (held, lowest, min(lowest + span, _LOWEST + _KEYS - 1))
        these = (
            f"FROM {self._name}_aside WHERE go IN "
            "(SELECT CAST(value AS INTEGER) FROM json_each(?)) AND key BETWEEN ? AND ?"
        )
        self._db.execute(
            f"INSERT OR IGNORE INTO {self._name}_keys SELECT key, node {these} ORDER BY key, node",
            within,
        )
        self._db.execute(f"DELETE {these}", within)
        return True

    def _any(self, table: str) -> bool:
        query = f"SELECT EXISTS (SELECT 1 FROM {self._name}_{table})"
        return bool(self._db.execute(query).fetchone()[0])

    def _next_to_last(self, keys: list[int], node: str) -> None:
        """Have those compared again who speak under a key while ``node`` does not hold it.

        They alone begin to speak when it goes, and end when it comes.
        """
        last = f"SELECT node FROM {self._name}_keys WHERE key = value ORDER BY node LIMIT 1 OFFSET"
        self._db.execute(
            f"INSERT OR IGNORE INTO {self._name}_fresh SELECT last FROM "
            f"(SELECT ({last} {SPEAKERS - 1}) AS last FROM json_each(?)) WHERE last > ?",
            (_json(keys), node),
        )

    def renew(self, nodes: Iterable[str]) -> None:
        """Have ``nodes`` compared again."""
        rows = [(node,) for node in nodes]
        self._db.executemany(f"INSERT OR IGNORE INTO {self._name}_fresh VALUES (?)", rows)

    # ------------------------------------------------------------ fresh ones are compared

    def fresh(self, count: int) -> list[str]:
        """Return the first nodes, at most so many, that have still to be compared."""
        query = f"SELECT node FROM {self._name}_fresh ORDER BY node LIMIT ?"
        return [row[0] for row in self._db.execute(query, (count,))]

    def compared(self, nodes: Collection[str]) -> list[Compared]:
        """Return what it comes to that ``nodes``, all of them fresh, are compared; in order.

        Changes nothing. Of two fresh nodes the greater is compared with the smaller: that one's
        turn has come by then.
        """
        meets = {node: self._meets(node) for node in sorted(nodes)}
        known = {node: self.neighbours(node) for node in meets}
        later = self.fresh_among({o for node, met in meets.items() for o in met if o > node})
        pairs = {
            node: [o for o in sorted(met - known[node]) if o < node or o not in later]
            for node, met in meets.items()
        }
        loaded = self._load({each for node, others in pairs.items() for each in (node, *others)})
        return [
            Compared(
                node,
                [
                    (*ends, tie.weight, tie.why)
                    for other in others
                    if (ends := _ends(node, other)) and node in loaded and other in loaded
                    if (tie := self._test(loaded[node], loaded[other])) is not None
                ],
                [_ends(node, other) for other in sorted(known[node] - meets[node])],
            )
            for node, others in pairs.items()
        ]

    def join(self, found: Iterable[Compared]) -> Changes:
        """Keep what `compared` found; those nodes are not fresh any more."""
        found = tuple(found)
        came = [edge for each in found for edge in each.came]
        went = [ends for each in found for ends in each.went]
        self._many("INSERT OR REPLACE INTO {0}_edges VALUES (?, ?, ?, ?)", came)
        self._many("DELETE FROM {0}_edges WHERE a = ? AND b = ?", went)
        self._many("DELETE FROM {0}_fresh WHERE node = ?", [(each.node,) for each in found])
        return Changes(tuple((a, b, weight) for a, b, weight, _ in came), tuple(went))

    def _meets(self, node: str) -> set[str]:
        """Return whom ``node`` is compared with: the first holders of its keys.

        With all holders, under a key of which it is among the first itself.
        """
        keys = f"{self._name}_keys"
        query = (
            "SELECT value, (SELECT json_group_array(node) FROM (SELECT node FROM "
            f"{keys} WHERE key = value ORDER BY node LIMIT {SPEAKERS})) FROM json_each(?1) "
            f"WHERE EXISTS (SELECT 1 FROM {keys} WHERE key = value AND node <> ?2)"
        )
        found: set[str] = set()
        for key, held in self._db.execute(query, (_json(numbers(self.keys(node))), node)):
            speakers = msgspec.json.decode(held, type=list[str])
            speaks = len(speakers) == SPEAKERS and node in speakers
            found.update(self._holders(key) if speaks else speakers)
        return found - {node}

    def fresh_among(self, nodes: Collection[str]) -> set[str]:
        """Return those of ``nodes`` that have still to be compared."""
        if not nodes:
            return set()
        query = (
            f"SELECT node FROM {self._name}_fresh WHERE node IN (SELECT value FROM json_each(?))"
        )
        return {row[0] for row in self._db.execute(query, (_json(list(nodes)),))}

    def _holders(self, key: int) -> list[str]:
        query = f"SELECT node FROM {self._name}_keys WHERE key = ?"
        return [row[0] for row in self._db.execute(query, (key,))]

    def keys(self, node: str) -> bytes:
        """Return the keys with which a node was put in; none if it is not there."""
        query = f"SELECT keys FROM {self._name}_nodes WHERE node = ?"
        row: tuple[bytes] | None = self._db.execute(query, (node,)).fetchone()
        return row[0] if row else b""

    def _run(self, statement: str, *values: object) -> None:
        self._db.execute(statement.format(self._name), values)

    def _each(self, statement: str, keys: Iterable[int], node: str) -> None:
        self._many(statement, [(key, node) for key in keys])

    def _many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        self._db.executemany(statement.format(self._name), rows)

    # ------------------------------------------------------------ components

    def components(self, seeds: Iterable[str]) -> list[set[str]]:
        """Return the connected components that hold ``seeds``, each once."""
        found: list[set[str]] = []
        seen: set[str] = set()
        for seed in sorted(seeds):
            if seed in seen:
                continue
            component, last = {seed}, {seed}
            while last:
                last = self._beside(last) - component
                component |= last
            seen |= component
            found.append(component)
        return found

    def _beside(self, nodes: Collection[str]) -> set[str]:
        """Return the nodes joined by an edge to one of ``nodes``."""
        edges, wanted = f"{self._name}_edges", "(SELECT value FROM json_each(?1))"
        rows = self._db.execute(
            f"SELECT b FROM {edges} WHERE a IN {wanted} "
            f"UNION SELECT a FROM {edges} WHERE b IN {wanted}",
            (_json(list(nodes)),),
        )
        return {row[0] for row in rows}

    def neighbours(self, node: str) -> set[str]:
        """Return the nodes joined to ``node`` by an edge."""
        rows = self._db.execute(
            f"SELECT b FROM {self._name}_edges WHERE a = ?1 "
            f"UNION ALL SELECT a FROM {self._name}_edges WHERE b = ?1",
            (node,),
        )
        return {row[0] for row in rows}

    def edges(self, nodes: Collection[str]) -> list[tuple[str, str, float]]:
        """Return the edges within ``nodes`` with their weights, in order of their ends."""
        return self._within(nodes, "weight")

    def reasons(self, nodes: Collection[str]) -> list[tuple[str, str, str]]:
        """Return the edges within ``nodes`` with why they are, in order of their ends."""
        return self._within(nodes, "why")

    def _within(self, nodes: Collection[str], column: str) -> list[tuple[str, str, Any]]:
        query = (
            f"SELECT a, b, {column} FROM {self._name}_edges "
            "WHERE a IN (SELECT value FROM json_each(?)) ORDER BY a, b"
        )
        return [edge for edge in self._db.execute(query, (_json(list(nodes)),)) if edge[1] in nodes]


def _ends(a: str, b: str) -> Ends:
    return (a, b) if a < b else (b, a)


def _json(values: list[int] | list[str]) -> str:
    return msgspec.json.encode(values).decode()
