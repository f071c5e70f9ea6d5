"""Border notices as the index keeps them: where, when and how coarsely each is matched.

Steps stand with those of the other items of the desk (`tawatur.node.indexing.books`). A row here is
a notice as all of its steps leave it, with its days, the bounds of its area and the shape by
which it is matched: the cells, as high as its label asks, that the area has a part of. Ten
thousand rows are read through in some milliseconds, so that no tree has to be kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from tawatur.ledger import Store
from tawatur.model.area import BorderNotice
from tawatur.model.ids import DeskId
from tawatur.model.label import Label, join

TABLES = """
CREATE TABLE border(id TEXT PRIMARY KEY, closed INTEGER NOT NULL, first TEXT NOT NULL,
                    last TEXT NOT NULL, west REAL NOT NULL, south REAL NOT NULL,
                    east REAL NOT NULL, north REAL NOT NULL, shape BLOB NOT NULL) STRICT;
CREATE INDEX border_in_order ON border(closed, first, id);
"""


@dataclass(frozen=True, slots=True)
class Near:
    """What a notice is looked for by: days, and the bounds of an area, where they are told."""

    first: date | None = None
    last: date | None = None
    bounds: tuple[float, float, float, float] | None = None
    closed: bool | None = None


class BorderRows:
    """The rows of one index."""

    def __init__(self, db: Store) -> None:
        """Nothing is read yet; the tables are the index's."""
        self._db = db

    def keep(self, item: BorderNotice) -> None:
        """Keep a notice as it now stands."""
        from tawatur.desk import areas  # noqa: PLC0415 - geometry, where there are notices

        coarse = areas.coarsened(item.area, areas.cell_of(self.label(item.id)))
        first, last = item.days
        self._db.execute(
            "INSERT OR REPLACE INTO border VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                item.id,
                item.status.value != "open",
                first.isoformat(),
                last.isoformat(),
                *areas.bounds(coarse),
                areas.packed_shape(coarse),
            ),
        )

    def drop(self, id: str) -> None:  # noqa: A002 - the node's word
        """Forget a notice of which no step is left."""
        self._db.execute("DELETE FROM border WHERE id = ?", (id,))

    def label(self, id: str) -> Label:  # noqa: A002 - likewise
        """Return the labels of all steps of an item that is held, joined."""
        rows = self._db.execute(
            "SELECT DISTINCT l.text FROM desk d JOIN labels l ON l.id = d.label WHERE d.id = ? "
            "ORDER BY 1",
            (id,),
        ).fetchall()
        labels = [msgspec.json.decode(text, type=Label) for (text,) in rows]
        return labels[0] if len(labels) == 1 else join(labels[0].originators[0], labels)

    def near(self, wanted: Near) -> Iterator[DeskId]:
        """Yield the notices that could be meant, open ones first, by their first day."""
        for id_, _ in self._rows("id, ''", wanted):
            yield DeskId(id_)

    def overlapping(self, id: str, today: date) -> Sequence[DeskId]:  # noqa: A002 - likewise
        """Return the open notices not over by ``today`` whose cells and days overlap one's own."""
        from tawatur.desk import areas  # noqa: PLC0415 - as in `keep`

        first, last, *bounds, shape = self._db.execute(
            "SELECT first, last, west, south, east, north, shape FROM border WHERE id = ?", (id,)
        ).fetchone()
        west, south, east, north = bounds
        since = max(date.fromisoformat(first), today)
        wanted = Near(since, date.fromisoformat(last), (west, south, east, north), closed=False)
        rows = [(other, packed) for other, packed in self._rows("id, shape", wanted) if other != id]
        found = areas.overlapping(shape, [packed for _, packed in rows]) if rows else []
        return [DeskId(rows[number][0]) for number in found]

    def _rows(self, columns: str, wanted: Near) -> list[tuple[str, bytes]]:
        clauses, values = ["1 = 1"], list[object]()
        if wanted.closed is not None:
            clauses.append("closed = ?")
            values.append(wanted.closed)
        if wanted.first is not None:
            clauses.append("last >= ?")
            values.append(wanted.first.isoformat())
        if wanted.last is not None:
            clauses.append("first <= ?")
            values.append(wanted.last.isoformat())
        if wanted.bounds is not None:
            clauses.append("east > ? AND north > ? AND west < ? AND south < ?")
            values += wanted.bounds
        found: list[tuple[str, bytes]] = self._db.execute(
            f"SELECT {columns} FROM border WHERE {' AND '.join(clauses)} "
            "ORDER BY closed, first, id",
            values,
        ).fetchall()
        return found
