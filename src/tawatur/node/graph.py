"""Things that belong together, kept while things come and go.

A *graph* holds nodes, each with blocking keys, and edges between nodes that a
pair test joined. Adding a node compares it with those that share a key, and
nothing else; what has to be worked out again are the connected components that
the change touches. Four graphs live in a node's index: documents that share a
text, documents that share what a translator keeps, names of one entity, claims
about one event.

Under a key that very many hold, all are compared with the first `SPEAKERS` of
them and not each with each, so that what is told a thousand times costs a thousand times
as much as what is told once, not a million times. Which ones are first does not
depend on the order of arrival: ids are keyed, and the smallest come first. So the
same nodes always have the same edges.

The cost of a change is the number of its candidates and the size of the
components touched; the rest of the archive is never read. The tables are
``NAME_keys`` (who holds a key), ``NAME_nodes`` (the keys of each node) and
``NAME_edges``. Keys are kept as numbers of 64 bits; two keys of one number would
only make candidates more, which the pair test tells apart.
"""

import hashlib
import sqlite3
from array import array
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from tawatur.weighing.components import SPEAKERS

V = TypeVar("V")


def schema(name: str) -> str:
    """Return the statements that make the tables of the graph called ``name``."""
    return f"""
;
    CREATE TABLE {name}_keys(key INTEGER NOT NULL, node TEXT NOT NULL, PRIMARY KEY(key, node))
        STRICT, WITHOUT ROWID;
    CREATE TABLE {name}_nodes(node TEXT PRIMARY KEY, keys BLOB NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE {name}_edges(a TEXT NOT NULL, b TEXT NOT NULL, weight REAL NOT NULL,
                              why TEXT NOT NULL, PRIMARY KEY(a, b)) STRICT, WITHOUT ROWID;
    CREATE INDEX {name}_edges_back ON {name}_edges(b);
    """


@dataclass(frozen=True, slots=True)
class Tie:
    """What a pair test found: how strong an edge is, and why, as the caller writes it."""

    weight: float
    why: str = ""


def key_numbers(keys: Iterable[str]) -> bytes:
    """Return blocking keys as the numbers under which a graph keeps them, in order."""
    digests = (hashlib.blake2b(key.encode(), digest_size=8).digest() for key in keys)
    numbers = {int.from_bytes(digest, "big", signed=True) for digest in digests}
    return array("q", sorted(numbers)).tobytes()


class Graph(Generic[V]):
    """One graph in an open database; the caller holds the transaction."""

    def __init__(
        self,
        db: sqlite3.Connection,
        name: str,
        load: Callable[[Collection[str]], Mapping[str, V]],
        test: Callable[[V, V], Tie | None],
    ) -> None:
        """Return the graph called ``name``.

        Args:
            db: An open connection in which `schema` was run.
            name: The prefix of its tables; a word of this program's own.
            load: From node ids to their values, for those that there are.
            test: The pair test: what ties two together, or None.
        """
        self._db, self._name, self._load, self._test = db, name, load, test

    def change(self, gone: Iterable[str], new: Mapping[str, bytes]) -> set[str]:
        """Take out ``gone``, put in ``new``, and return the seeds.

        The seeds are the nodes whose component may have changed, the new ones among them.

        Args:
            gone: Nodes; those that are in ``new`` as well get other keys or another value.
            new: Nodes with their keys, as `key_numbers` gives them; ``load`` knows their values.
        """
        out, seeds = set(gone), set(new)
        pairs: set[tuple[str, str]] = set()
        for node in sorted(out):
            seeds |= self.neighbours(node)
            self._run("DELETE FROM {0}_edges WHERE a = ?1 OR b = ?1", node)
            for key in self._keys(node):
                pairs |= self._without(key, node)
            self._run("DELETE FROM {0}_nodes WHERE node = ?", node)
        for node in sorted(new):
            silenced: set[str] = set()
            keys = _unpacked(new[node])
            for key, speakers in self._all_speakers(keys).items():
                more, silent = self._with(key, node, speakers)
                pairs |= more
                silenced |= silent
            self._run("INSERT OR REPLACE INTO {0}_nodes VALUES (?, ?)", node, new[node])
            self._db.executemany(
                f"INSERT OR IGNORE INTO {self._name}_keys VALUES (?, ?)",
                [(key, node) for key in keys],
            )
            seeds |= self._loosened(silenced)
        seeds |= self._test_all(pairs)
        return seeds - (out - set(new))

    def _without(self, key: int, node: str) -> set[tuple[str, str]]:
        """Take ``node`` from the holders of ``key``; return the pairs to be compared now."""
        was_speaker = node in self._speakers(key)
        self._run("DELETE FROM {0}_keys WHERE key = ? AND node = ?", key, node)
        speakers = self._speakers(key)
        if not was_speaker or len(speakers) < SPEAKERS:
            return set()
        return {_pair(speakers[-1], other) for other in self._holders(key) if other != speakers[-1]}

    def _with(
        self, key: int, node: str, before: list[str]
    ) -> tuple[set[tuple[str, str]], set[str]]:
        """Return the pairs to be compared once ``node`` holds ``key`` too.

        With them the speakers that are none any more.
        """
        if len(before) < SPEAKERS:  # all holders there were
            return {_pair(node, other) for other in before if other != node}, set()
        speakers = sorted({*before, node})[:SPEAKERS]
        if node not in speakers:
            return {_pair(node, other) for other in speakers}, set()
        more = {_pair(node, other) for other in self._holders(key) if other != node}
        return more, set(before) - set(speakers)

    def _loosened(self, silenced: set[str]) -> set[str]:
        """Drop the edges of nodes that speak less now; return the nodes that lost one."""
        lost: set[str] = set()
        for node in silenced:
            compared: set[str] = set()
            for key in self._keys(node):
                speakers = self._speakers(key)
                compared.update(self._holders(key) if node in speakers else speakers)
            for other in self.neighbours(node) - compared:
                self._run("DELETE FROM {0}_edges WHERE a = ? AND b = ?", *_pair(node, other))
                lost |= {node, other}
        return lost

    def _test_all(self, pairs: set[tuple[str, str]]) -> set[str]:
        """Compare ``pairs``; return the nodes of those that are joined now."""
        loaded = self._load({node for pair in pairs for node in pair})
        found = []
        for a, b in sorted(pairs):
            if a in loaded and b in loaded:
                tie = self._test(loaded[a], loaded[b])
                if tie is not None:
                    found.append((a, b, tie.weight, tie.why))
        self._db.executemany(
            f"INSERT OR REPLACE INTO {self._name}_edges VALUES (?, ?, ?, ?)", found
        )
        return {node for a, b, _, _ in found for node in (a, b)}

    def _all_speakers(self, keys: Iterable[int]) -> dict[int, list[str]]:
        """Return for each of ``keys`` that anybody holds its first holders, in one question."""
        query = (
            "SELECT value, (SELECT json_group_array(node) FROM (SELECT node FROM "
            f"{self._name}_keys WHERE key = value ORDER BY node LIMIT {SPEAKERS})) "
            "FROM json_each(?)"
        )
        rows = self._db.execute(query, (msgspec.json.encode(list(keys)).decode(),))
        found = ((key, msgspec.json.decode(nodes, type=list[str])) for key, nodes in rows)
        return {key: nodes for key, nodes in found if nodes}

    def _speakers(self, key: int) -> list[str]:
        """Return the first holders of ``key``, with whom all others are compared."""
        return self._all_speakers([key]).get(key, [])

    def _holders(self, key: int) -> list[str]:
        query = f"SELECT node FROM {self._name}_keys WHERE key = ?"
        return [row[0] for row in self._db.execute(query, (key,))]

    def _keys(self, node: str) -> list[int]:
        query = f"SELECT keys FROM {self._name}_nodes WHERE node = ?"
        row = self._db.execute(query, (node,)).fetchone()
        return _unpacked(row[0]) if row else []

    def _run(self, statement: str, *values: object) -> None:
        self._db.execute(statement.format(self._name), values)

    def components(
        self, seeds: Iterable[str], without: frozenset[str] = frozenset()
    ) -> list[set[str]]:
        """Return the connected components that hold ``seeds``, each once.

        No path goes through a node in ``without``.
        """
        found: list[set[str]] = []
        seen: set[str] = set()
        for seed in sorted(seeds):
            if seed in seen:
                continue
            component, todo = {seed}, [seed]
            while todo:
                fresh = self.neighbours(todo.pop()) - component - without
                component |= fresh
                todo.extend(fresh)
            seen |= component
            found.append(component)
        return found

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
        query = f"SELECT b, weight FROM {self._name}_edges WHERE a = ? ORDER BY b"
        return [
            (node, other, weight)
            for node in sorted(nodes)
            for other, weight in self._db.execute(query, (node,))
            if other in nodes
        ]

    def reasons(self, nodes: Collection[str]) -> list[tuple[str, str, str]]:
        """Return the edges within ``nodes`` with why they are, in order of their ends."""
        query = f"SELECT b, why FROM {self._name}_edges WHERE a = ? ORDER BY b"
        return [
            (node, other, why)
            for node in sorted(nodes)
            for other, why in self._db.execute(query, (node,))
            if other in nodes
        ]


def _unpacked(keys: bytes) -> list[int]:
    return array("q", keys).tolist()


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)
