"""Which documents hold one text: copies, translations and families, kept as documents come.

Two graphs, one over the words of texts and one over what a translator keeps, and for each
document its nearest copy, which joins it to a family. A change looks at the documents that
share a key with the one that came or went, at nothing else.

The tables are ``prints``, ``facts``, ``kin``, and those of the graphs ``copies`` and
``translations``.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from tawatur.ledger import Store
from tawatur.model.ids import DocumentId
from tawatur.model.picture import Copy, CopyKind
from tawatur.node.indexing.graph import Changes, Graph, Tie, schema
from tawatur.node.indexing.rows import rows_of
from tawatur.weighing import (
    FactPrint,
    TextPrint,
    binds,
    nearness,
    same_text,
    translation,
)

V = TypeVar("V")

TABLES = (
    """
;
CREATE TABLE prints(document TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT;
CREATE TABLE facts(document TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT;
CREATE TABLE kin(document TEXT PRIMARY KEY, nearest TEXT NOT NULL, nearness REAL NOT NULL)
    STRICT, WITHOUT ROWID;
CREATE INDEX kin_back ON kin(nearest);
"""
    + schema("copies")
    + schema("translations")
)


class Families:
    """The copies in an open database; the caller holds the transaction."""

    def __init__(self, db: Store) -> None:
        """Return the families in ``db``, in which `TABLES` were made."""
        self._db = db
        self.texts: Graph[TextPrint] = Graph(db, "copies", self._prints, _same_text)
        self.facts: Graph[FactPrint] = Graph(db, "translations", self._told, _translation)

    def show(self, document: str, text: bytes | None, keys: bytes = b"") -> set[str]:
        """Put the main text of ``document`` in place of its older one, or None in place of any.

        Args:
            document: Its id.
            text: The print of its text and title, packed.
            keys: The numbers of its `shingle_keys`.

        Returns:
            As `rejoined`.
        """
        return self._hold("prints", self.texts, document, text, keys)

    def tell(self, document: str, facts: bytes | None, keys: bytes = b"") -> set[str]:
        """Put what was read in ``document`` in place of what was; as `show`, by `fact_keys`."""
        return self._hold("facts", self.facts, document, facts, keys)

    def _hold(
        self, table: str, graph: Graph[V], document: str, body: bytes | None, keys: bytes
    ) -> set[str]:
        """Put a print of a document in place of its older one; returns as `show` does."""
        query = f"SELECT body FROM {table} WHERE document = ?"
        held = self._db.execute(query, (document,)).fetchone()
        if (held[0] if held else None) == body:
            return set()
        self._db.execute(f"DELETE FROM {table} WHERE document = ?", (document,))
        if body is not None:
            self._db.execute(f"INSERT INTO {table} VALUES (?, ?)", (document, body))
        gone = [document] if held else []
        return self.rejoined(graph.change(gone, {} if body is None else {document: keys}))

    def rejoined(self, changes: Changes) -> set[str]:
        """Bring the nearest copy of each document up to date where edges of a graph changed.

        Returns:
            Both ends of what changed: a family that came apart has such an end in each of its
            parts, and one that grew as well.
        """
        ends: set[str] = set()
        for each, other in _both_ways(changes.went):
            near = self._nearest(each)
            if near is not None and near[0] == other:
                ends |= self._join(each, near, self._best(each))
        for each, other, weight in _both_ways(changes.came):
            near = self._nearest(each)
            if weight > 0 and (near is None or _rank(other, weight) < _rank(*near)):
                ends |= self._join(each, near, (other, weight))
        return ends

    def _near(self, document: str) -> list[tuple[str, float]]:
        """Return the copies near enough to make one family with ``document``, and how near."""
        found: list[tuple[str, float]] = self._db.execute(
            "SELECT b, weight FROM copies_edges WHERE a = ?1 AND weight > 0 "
            "UNION ALL SELECT a, weight FROM copies_edges WHERE b = ?1 AND weight > 0 "
            "UNION ALL SELECT b, weight FROM translations_edges WHERE a = ?1 AND weight > 0 "
            "UNION ALL SELECT a, weight FROM translations_edges WHERE b = ?1 AND weight > 0 "
            "ORDER BY 2",  # the nearest last, of one found in both ways
            (document,),
        ).fetchall()
        return found

    def _best(self, document: str) -> tuple[str, float] | None:
        """Return the nearest copy of ``document`` and how near it is, from all its copies."""
        return min(self._near(document), key=lambda near: _rank(*near), default=None)

    def _join(
        self, document: str, old: tuple[str, float] | None, new: tuple[str, float] | None
    ) -> set[str]:
        """Put one nearest copy in place of another; return both ends, none if they are one."""
        if new == old:
            return set()
        if new is None:
            self._db.execute("DELETE FROM kin WHERE document = ?", (document,))
        else:
            row = (document, *new)
            self._db.execute("INSERT OR REPLACE INTO kin VALUES (?, ?, ?)", row)
        return {document, *(near[0] for near in (old, new) if near)}

    def family(self, document: str, hidden: frozenset[str] = frozenset()) -> frozenset[str]:
        """Return the documents that hold one text with ``document``, itself among them.

        Args:
            document: Its id.
            hidden: Documents that count for nothing, not even as the nearest copy of another.
        """
        (family,) = self.families([document], hidden)
        return family

    def families(
        self, documents: Iterable[str], hidden: frozenset[str] = frozenset()
    ) -> list[frozenset[str]]:
        """Return the families of ``documents``, each once, by the first of these; as `family`."""
        kin = self._kin if not hidden else _Seen(self._near, hidden).kin
        found: list[frozenset[str]] = []
        seen: set[str] = set()
        for document in sorted(documents):
            if document in seen:
                continue
            family, todo = {document}, [document]
            while todo:
                fresh = kin(todo.pop()) - family
                family |= fresh
                todo.extend(fresh)
            seen |= family
            found.append(frozenset(family))
        return found

    def seen_otherwise(self, hidden: frozenset[str]) -> frozenset[str]:
        """Return the documents that make another family where ``hidden`` count for nothing.

        Among them is one of which the nearest copy is hidden, what is of one family with it, and
        what becomes so: a hidden document that is nobody's nearest copy joins no two others.
        """
        query = "SELECT document FROM kin WHERE nearest"
        moved = {row[0] for row in rows_of(self._db, query, hidden)} - hidden
        left = frozenset().union(*self.families(moved)) - hidden
        return left.union(*self.families(left, hidden))

    def copies(self, document: str, hidden: frozenset[str] = frozenset()) -> tuple[Copy, ...]:
        """Return how other documents share the text of ``document``, in order of their ids."""
        rows = self._db.execute(
            "SELECT a, b, why FROM copies_edges WHERE a = ?1 "
            "UNION ALL SELECT a, b, why FROM copies_edges WHERE b = ?1 "
            "UNION ALL SELECT a, b, why FROM translations_edges WHERE a = ?1 "
            "UNION ALL SELECT a, b, why FROM translations_edges WHERE b = ?1 ORDER BY a, b",
            (document,),
        ).fetchall()
        return tuple(
            msgspec.json.decode(why, type=Copy) for a, b, why in rows if not {a, b} & hidden
        )

    def quotes(
        self,
        documents: Collection[DocumentId],
        groups: Sequence[tuple[DocumentId, ...]],
        hidden: frozenset[str] = frozenset(),
    ) -> tuple[tuple[DocumentId, DocumentId], ...]:
        """Return the pairs among ``documents`` that share text and are not in one of ``groups``."""
        family_of = {document: group[0] for group in groups for document in group}
        seen = frozenset(documents) - hidden
        largest = max(map(seen.intersection, groups), key=len, default=frozenset())
        # Of each pair one is not of the largest family, which may have very many within.
        wanted = json.dumps(sorted(seen - largest))
        found: set[tuple[DocumentId, DocumentId]] = set()
        for graph in ("copies", "translations"):
            rows = self._db.execute(
                f"SELECT a, b FROM {graph}_edges WHERE weight >= 0 "
                "AND a IN (SELECT value FROM json_each(?1)) "
                f"UNION SELECT a, b FROM {graph}_edges WHERE weight >= 0 "
                "AND b IN (SELECT value FROM json_each(?1))",
                (wanted,),
            )
            found.update(
                (a, b)
                for a, b in rows
                if a in seen and b in seen and family_of.get(a, a) != family_of.get(b, b)
            )
        return tuple(sorted(found))

    def _kin(self, document: str) -> set[str]:
        rows = self._db.execute(
            "SELECT nearest FROM kin WHERE document = ?1 "
            "UNION SELECT document FROM kin WHERE nearest = ?1",
            (document,),
        )
        return {row[0] for row in rows}

    def _nearest(self, document: str) -> tuple[str, float] | None:
        query = "SELECT nearest, nearness FROM kin WHERE document = ?"
        row: tuple[str, float] | None = self._db.execute(query, (document,)).fetchone()
        return row

    def _prints(self, documents: Collection[str]) -> Mapping[str, TextPrint]:
        return self._values("prints", documents, TextPrint)

    def _told(self, documents: Collection[str]) -> Mapping[str, FactPrint]:
        return self._values("facts", documents, FactPrint)

    def _values(self, table: str, documents: Collection[str], kind: type[V]) -> dict[str, V]:
        wanted = "(SELECT value FROM json_each(?))"
        query = f"SELECT document, body FROM {table} WHERE document IN {wanted}"
        rows = self._db.execute(query, (json.dumps(list(documents)),))
        return {document: msgspec.msgpack.decode(body, type=kind) for document, body in rows}


class _Seen:
    """The families as they are without some documents, worked out where they are asked for."""

    def __init__(
        self, near: Callable[[str], list[tuple[str, float]]], hidden: frozenset[str]
    ) -> None:
        self._near, self._hidden = near, hidden
        self._held: dict[str, list[tuple[str, float]]] = {}

    def kin(self, document: str) -> set[str]:
        """Return whom the nearest copy, this one's or the other's, joins to ``document``."""
        near = self._nearest(document)
        return {o for o, _ in self._of(document) if o == near or self._nearest(o) == document}

    def _nearest(self, document: str) -> str | None:
        return min(self._of(document), key=lambda near: _rank(*near), default=(None, 0.0))[0]

    def _of(self, document: str) -> list[tuple[str, float]]:
        if document not in self._held:
            near = self._near(document)
            self._held[document] = [each for each in near if each[0] not in self._hidden]
        return self._held[document]


def _same_text(a: TextPrint, b: TextPrint) -> Tie | None:
    return _tie(same_text(a, b))


def _translation(a: FactPrint, b: FactPrint) -> Tie | None:
    return _tie(translation(a, b))


def _tie(copy: Copy | None) -> Tie | None:
    """Return a copy as an edge: how near it is, 0 if it makes no family, less if it is a form."""
    if copy is None:
        return None
    weight = nearness(copy) if binds(copy) else -1.0 if copy.kind is CopyKind.FORM else 0.0
    return Tie(weight, msgspec.json.encode(copy).decode())


def _rank(document: str, near: float) -> tuple[float, str]:
    """Return the sort key of what is nearest; of equal ones the first by id."""
    return -near, document


def _both_ways(edges: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Yield each edge from either end: a node, its neighbour, and what else there is of it."""
    for a, b, *rest in edges:
        yield a, b, *rest
        yield b, a, *rest
