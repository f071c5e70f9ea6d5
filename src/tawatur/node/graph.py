"""Things that belong together, kept while things come and go.

A *graph* holds nodes, each with blocking keys, and edges between nodes that a
pair test joined. Adding a node compares it with those that share a key, and
nothing else; what has to be worked out again are the connected components that
the change touches. Three graphs live in a node's index: documents that share a
text, names of one entity, claims about one event.

The cost of a change is the number of its candidates and the size of the
components touched; the rest of the archive is never read. The tables are
``NAME_keys`` and ``NAME_edges``.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Generic, TypeVar

V = TypeVar("V")


def schema(name: str) -> str:
    """Return the statements that make the tables of the graph called ``name``."""
    return f"""
;
    CREATE TABLE {name}_keys(key TEXT NOT NULL, node TEXT NOT NULL, PRIMARY KEY(key, node))
        WITHOUT ROWID;
    CREATE INDEX {name}_by_node ON {name}_keys(node);
    CREATE TABLE {name}_edges(a TEXT NOT NULL, b TEXT NOT NULL, why TEXT NOT NULL,
                              PRIMARY KEY(a, b)) WITHOUT ROWID;
    CREATE INDEX {name}_edges_back ON {name}_edges(b);
    """


class Graph(Generic[V]):
    """One graph in an open database; the caller holds the transaction."""

    def __init__(
        self,
        db: sqlite3.Connection,
        name: str,
        load: Callable[[Collection[str]], Mapping[str, V]],
        test: Callable[[V, V], str | None],
    ) -> None:
        """Return the graph called ``name``.

        Args:
            db: An open connection in which `schema` was run.
            name: The prefix of its tables; a word of this program's own.
            load: From node ids to their values.
            test: The pair test: why two belong together, as text, or None.
        """
        self._db, self._name, self._load, self._test = db, name, load, test

    def change(self, gone: Iterable[str], new: Mapping[str, tuple[frozenset[str], V]]) -> set[str]:
        """Take out ``gone``, put in ``new`` (id to keys and value), and return the seeds.

        The seeds are the nodes whose component may have changed, the new ones among them.
        """
        seeds: set[str] = set()
        for node in gone:
            seeds |= self.neighbours(node)
            self._db.execute(f"DELETE FROM {self._name}_keys WHERE node = ?", (node,))
            self._db.execute(f"DELETE FROM {self._name}_edges WHERE a = ? OR b = ?", (node, node))
        seeds -= set(gone)
        self._db.executemany(
            f"INSERT OR IGNORE INTO {self._name}_keys VALUES (?, ?)",
            [(key, node) for node, (keys, _) in new.items() for key in sorted(keys)],
        )
        tested: set[tuple[str, str]] = set()
        loaded: dict[str, V] = {node: value for node, (_, value) in new.items()}
        for node, (keys, _) in new.items():
            candidates = self._sharing(keys) - {node}
            missing = [c for c in candidates if c not in loaded]
            loaded |= self._load(missing)
            for other in sorted(candidates):
                pair = (min(node, other), max(node, other))
                if pair in tested or other not in loaded:
                    continue
                tested.add(pair)
                why = self._test(loaded[pair[0]], loaded[pair[1]])
                if why is not None:
                    self._db.execute(
                        f"INSERT OR REPLACE INTO {self._name}_edges VALUES (?, ?, ?)",
                        (*pair, why),
                    )
        return seeds | set(new)

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
            f"UNION SELECT a FROM {self._name}_edges WHERE b = ?1",
            (node,),
        )
        return {row[0] for row in rows}

    def edges(self, nodes: Collection[str]) -> list[tuple[str, str, str]]:
        """Return the edges within ``nodes`` with their reasons, in order."""
        found = []
        for node in sorted(nodes):
            rows = self._db.execute(
                f"SELECT a, b, why FROM {self._name}_edges WHERE a = ? ORDER BY b",
                (node,),
            )
            found += [(a, b, why) for a, b, why in rows if b in nodes]
        return found

    def _sharing(self, keys: frozenset[str]) -> set[str]:
        return {
            row[0]
            for key in keys
            for row in self._db.execute(
                f"SELECT node FROM {self._name}_keys WHERE key = ?",
                (key,),
            )
        }
