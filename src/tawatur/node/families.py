"""Which documents hold one text: copies, translations and families, kept as documents come.

Two graphs, one over the words of texts and one over what a translator keeps, and for each
document its nearest copy, which joins it to a family. A change looks at the documents that
share a key with the one that came or went, at nothing else.

The tables are ``prints``, ``facts``, ``kin``, and those of the graphs ``copies`` and
``translations``.
"""

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

import msgspec

from tawatur.model.ids import DocumentId
from tawatur.model.picture import Copy
from tawatur.node.graph import Graph, schema
from tawatur.weighing import (
    FactPrint,
    TextPrint,
    binds,
    fact_keys,
    nearest,
    nearness,
    quoting,
    same_text,
    shingle_keys,
    text_print,
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

    def __init__(self, db: sqlite3.Connection) -> None:
        """Return the families in ``db``, in which `TABLES` were made."""
        self._db = db
        self._texts: Graph[TextPrint] = Graph(db, "copies", self._prints, _same_text)
        self._facts: Graph[FactPrint] = Graph(db, "translations", self._told, _translation)

    def show(self, document: DocumentId, text: str | None, title: str = "") -> set[str]:
        """Put the main text of ``document`` in place of its older one, or None in place of any.

        Returns:
            The documents whose copies or family may have changed.
        """
        before = set(self.family(document))
        held = self._db.execute("DELETE FROM prints WHERE document = ?", (document,)).rowcount
        new = {}
        if text is not None:
            value = text_print(document, text, title)
            self._db.execute("INSERT INTO prints VALUES (?, ?)", (document, _packed(value)))
            new[str(document)] = (frozenset(shingle_keys(text)), value)
        gone = [document] if held else []
        seeds = self._texts.change(gone, new)
        return before | self._rejoined(document, seeds, only_added=not held)

    def tell(self, document: DocumentId, facts: FactPrint | None) -> set[str]:
        """Put what was read in ``document`` in place of what was; returns as `show` does."""
        body = None if facts is None else _packed(facts)
        row = self._db.execute("SELECT body FROM facts WHERE document = ?", (document,)).fetchone()
        if (row[0] if row else None) == body:
            return set()
        before = set(self.family(document))
        gone = [document] if row else []
        self._db.execute("DELETE FROM facts WHERE document = ?", (document,))
        new = {}
        if facts is not None:
            self._db.execute("INSERT INTO facts VALUES (?, ?)", (document, body))
            new[str(document)] = (frozenset(fact_keys(facts)), facts)
        seeds = self._facts.change(gone, new)
        return before | self._rejoined(document, seeds, only_added=not row)

    def _rejoined(self, document: str, seeds: Iterable[str], *, only_added: bool) -> set[str]:
        """Find the nearest copy of each of ``seeds`` again; return all whose family may differ.

        Where ``document`` only came, it is the nearest of another or that one's stays.
        """
        moved = {document, *seeds}
        came = {c.b if c.a == document else c.a: c for c in self.copies(document)}
        for each in sorted(moved):
            old = self._nearest(each)
            moved |= {old[0]} if old else set()
            copy = came.get(DocumentId(each))
            if not only_added or each == document or (old and not self._joined(each, old[0])):
                self._join(each, self._best(each))
            elif copy is not None and binds(copy):
                new = (-nearness(copy), document)
                if old is None or new < (-old[1], old[0]):
                    self._join(each, (document, nearness(copy)))
        return {member for each in moved for member in self.family(each)}

    def _best(self, document: str) -> tuple[str, float] | None:
        """Return the nearest copy of ``document`` and how near it is, from all its copies."""
        copies = self.copies(document)
        near = nearest(DocumentId(document), copies)
        if near is None:
            return None
        return near, max(nearness(c) for c in copies if near in (c.a, c.b) and binds(c))

    def _join(self, document: str, near: tuple[str, float] | None) -> None:
        if near is None:
            self._db.execute("DELETE FROM kin WHERE document = ?", (document,))
        else:
            row = (document, *near)
            self._db.execute("INSERT OR REPLACE INTO kin VALUES (?, ?, ?)", row)

    def _joined(self, a: str, b: str) -> bool:
        """Return whether an edge joins two documents."""
        a, b = sorted((a, b))
        return bool(
            self._db.execute(
                "SELECT EXISTS (SELECT 1 FROM copies_edges WHERE a = ?1 AND b = ?2) "
                "OR EXISTS (SELECT 1 FROM translations_edges WHERE a = ?1 AND b = ?2)",
                (a, b),
            ).fetchone()[0]
        )

    def family(self, document: str, hidden: frozenset[str] = frozenset()) -> frozenset[str]:
        """Return the documents that hold one text with ``document``, itself among them.

        Args:
            document: Its id.
            hidden: Documents that count for nothing, not even as the nearest copy of another.
        """
        kin = self._kin if not hidden else _Seen(self, hidden).kin
        family, todo = {document}, [document]
        while todo:
            fresh = kin(todo.pop()) - family
            family |= fresh
            todo.extend(fresh)
        return frozenset(family)

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
        groups: Iterable[tuple[DocumentId, ...]],
        hidden: frozenset[str] = frozenset(),
    ) -> tuple[tuple[DocumentId, DocumentId], ...]:
        """Return the pairs among ``documents`` that share text and are not in one of ``groups``."""
        held = {
            copy
            for document in documents
            for copy in self.copies(document, hidden)
            if copy.a in documents and copy.b in documents
        }
        return quoting(held, groups)

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
        query = f"SELECT body FROM {table} WHERE document = ?"
        found = {}
        for document in documents:
            row = self._db.execute(query, (document,)).fetchone()
            if row is not None:
                found[document] = msgspec.msgpack.decode(row[0], type=kind)
        return found


class _Seen:
    """The families as they are without some documents, worked out where they are asked for."""

    def __init__(self, families: Families, hidden: frozenset[str]) -> None:
        self._families, self._hidden = families, hidden
        self._copies: dict[str, tuple[Copy, ...]] = {}

    def kin(self, document: str) -> set[str]:
        """Return whom the nearest copy, this one's or the other's, joins to ``document``."""
        near = self._nearest(document)
        others = {c.b if c.a == document else c.a for c in self._of(document)}
        return {o for o in others if o == near or self._nearest(o) == document}

    def _nearest(self, document: str) -> str | None:
        return nearest(DocumentId(document), self._of(document))

    def _of(self, document: str) -> tuple[Copy, ...]:
        if document not in self._copies:
            self._copies[document] = self._families.copies(document, self._hidden)
        return self._copies[document]


def _same_text(a: TextPrint, b: TextPrint) -> str | None:
    return _json(same_text(a, b))


def _translation(a: FactPrint, b: FactPrint) -> str | None:
    return _json(translation(a, b))


def _json(copy: Copy | None) -> str | None:
    return None if copy is None else msgspec.json.encode(copy).decode()


def _packed(value: object) -> bytes:
    return msgspec.msgpack.encode(value, order="deterministic")
