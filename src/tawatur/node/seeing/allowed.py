"""What may one viewer see of what the index holds, at one time?

The label decision is asked once for every distinct label. A document may be seen if one of its
acquisitions may be received; an item of the desk under the activity that its book is of. All
else hangs on documents: what nobody may see of them, a `Veil` hides from what is worked out.

Known cost: with nothing hidden from the viewer no label is looked at twice.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from tawatur.model.document import Acquisition
from tawatur.model.entry import Kind
from tawatur.model.ids import DocumentId
from tawatur.model.label import Activity, Decision, Label, Leave, Viewer, join, may_receive
from tawatur.model.moment import Moment
from tawatur.node.indexing.identity import Veil
from tawatur.node.indexing.index import Index
from tawatur.node.indexing.rows import rows_of
from tawatur.weighing.events import moment

_BOOKS: Mapping[Kind, Activity] = {
    Kind.COMMITMENT: Activity.COMMITMENTS,
    Kind.REQUEST: Activity.REQUESTS,
    Kind.LESSON: Activity.REQUESTS,
    Kind.BORDER_NOTICE: Activity.BORDER_NOTICES,
    Kind.MEETING: Activity.MEETINGS,
}
"""The activity that the items of a book are of."""
_LETTERS: Mapping[str, Kind] = {
    "k": Kind.COMMITMENT,
    "q": Kind.REQUEST,
    "p": Kind.LESSON,
    "f": Kind.BORDER_NOTICE,
    "m": Kind.MEETING,
}
"""The book of an id, by its first letter; reviews are kept with commitments."""

ALL_CLAIMS = "(SELECT id, document FROM claims UNION ALL SELECT id, document FROM former)"
"""Claims in force and replaced, each with its document, as SQL."""


class Allowed:
    """What a viewer may see of an open index; made for one answer and thrown away.

    Attributes:
        viewer: On whose behalf it is asked.
        now: When, UTC.
        labels: The numbers of the labels under which documents and rulings may be seen.
        among: The same as SQL.
        hidden: The documents that may not be seen.
        some_hidden: Whether any label at all keeps something back.
        veil: What counts for nothing in what is worked out: those documents, and rulings.
    """

    def __init__(
        self,
        index: Index,
        viewer: Viewer,
        now: datetime,
        day: Moment | None,
        without: frozenset[str],
    ) -> None:
        """Ask the decision for every distinct label.

        Args:
            index: What is seen.
            viewer: By whom.
            now: When, UTC.
            day: Without the documents that were not surely out by then.
            without: Documents that are as if they had not come.
        """
        self._index, self._db = index, index.db
        self.viewer, self.now = viewer, now
        texts = self._db.execute("SELECT id, text FROM labels").fetchall()
        self._labels = {number: msgspec.json.decode(text, type=Label) for number, text in texts}
        self._decided = self._decisions()
        self.labels = self._allowed(Activity.REPORTS)
        self.among = _as_sql(self.labels)
        self._books = {kind: _as_sql(self._allowed(activity)) for kind, activity in _BOOKS.items()}
        self.some_hidden = any(
            not decision.allowed for each in self._decided.values() for decision in each.values()
        )
        self.hidden = self._kept_back() if self.some_hidden else frozenset()
        if day is not None:
            self.hidden |= self._not_out_by(day)
        self.hidden |= without
        unruled = self._db.execute(f"SELECT id FROM rulings WHERE label NOT IN {self.among}")
        self.veil = Veil(self.hidden, frozenset(row[0] for row in unruled))

    def _decisions(self) -> dict[Activity, dict[int, Decision]]:
        """Return the decision on every label, for items of each activity."""
        at = self._index.heads.circumstances(self.viewer.party, self.now)
        by_viewer: dict[Viewer, dict[int, Decision]] = {}
        asked = {activity: self.viewer.taking_part(activity) for activity in Activity}
        for viewer in asked.values():
            if viewer not in by_viewer:
                by_viewer[viewer] = {
                    n: may_receive(viewer, label, at) for n, label in self._labels.items()
                }
        return {activity: by_viewer[viewer] for activity, viewer in asked.items()}

    def _allowed(self, activity: Activity) -> frozenset[int]:
        """Return the numbers of the labels under which items of an activity may be seen."""
        return frozenset(n for n, decision in self._decided[activity].items() if decision.allowed)

    def _kept_back(self) -> frozenset[str]:
        """Return the documents of which no acquisition may be seen."""
        rows = self._db.execute(
            "SELECT id FROM documents d WHERE NOT EXISTS (SELECT 1 FROM acquisitions a "
            f"WHERE a.document = d.id AND a.label IN {self.among})"
        )
        return frozenset(row[0] for row in rows)

    def _not_out_by(self, day: Moment) -> frozenset[str]:
        """Return the documents that may be seen and were not surely out by a day."""
        rows = self._db.execute("SELECT id, published FROM documents").fetchall()
        return frozenset(
            document
            for document, published in rows
            if document not in self.hidden and not self._out_by(document, published, day)
        )

    def _out_by(self, document: str, published: str | None, day: Moment) -> bool:
        """Return whether a document was out by the last day of ``day``, by any sign of it."""
        out = moment(published)
        if day.upper is None or (out and out.upper and out.upper <= day.upper):
            return True
        return self.acquisitions(DocumentId(document))[0].time.date() <= day.upper

    def acquisitions(self, document: DocumentId) -> tuple[Acquisition, ...]:
        """Return the acquisitions that may be seen, in log order."""
        found = self._index.texts.acquisitions(document)
        return tuple(acquisition for label, acquisition in found if label in self.labels)

    def labels_of(self, items: Iterable[str]) -> dict[str, Label]:
        """Return the labels of those of some items that may be seen, looked up together.

        Of a document and its claims that of the first of its acquisitions that may be seen, under
        which it travels; of an item of the desk or a review those of its heads, joined; of a ruling
        or what else the desk keeps its own. What is under one label has one object of it.

        Args:
            items: Whole ids.
        """
        wanted = set(items)
        documents = {item for item in wanted if item.startswith("d-")}
        claims = {item for item in wanted if item.startswith("c-")}
        others = wanted - documents - claims
        of_claims = f"SELECT c.id, label, seq FROM {ALL_CLAIMS} c JOIN acquisitions a"
        numbers: dict[str, int] = {}
        for query, column, some in (
            ("SELECT document, label, seq FROM acquisitions", "document", documents),
            (f"{of_claims} ON a.document = c.document", "c.id", claims),
            ("SELECT id, label, seq FROM rulings", "id", others),
            ("SELECT id, label, seq FROM kept", "id", others),
        ):
            if some:
                numbers |= self._first(query, column, some)
        found = {item: self._labels[number] for item, number in numbers.items()}
        for letter, kind in {**_LETTERS, "l": Kind.COMMITMENT}.items():
            items_of = [item for item in others if item[:1] == letter]
            for item, held in self._index.books.labels(items_of, self.of_book(kind)).items():
                each = [self._labels[number] for number in held]
                found[item] = each[0] if len(each) == 1 else join(each[0].originators[0], each)
        return found

    def _first(self, query: str, column: str, wanted: Iterable[str]) -> dict[str, int]:
        """Return the first label that may be seen of each thing of a table, by its number."""
        rows = rows_of(self._db, f"{query} WHERE label IN {self.among} AND {column}", wanted)
        return {thing: number for thing, number, _ in sorted(rows, key=lambda r: -r[2])}

    def may_see(self, document: str) -> bool:
        """Return whether there is such a document, and it may be seen."""
        known = self._db.execute("SELECT 1 FROM documents WHERE id = ?", (document,)).fetchone()
        return known is not None and document not in self.hidden

    def may_receive(self, label: Label) -> bool:
        """Return whether what is under a label may be seen, whichever label that is."""
        return may_receive(self.viewer, label, self.now).allowed

    def hides(self, item: str) -> bool:
        """Return whether a document, claim or item of the desk is here that may not be seen.

        What is erased is not here, and hidden from nobody.
        """
        within = self._within(item)
        if within is not None:
            return within in self.hidden
        books = self._index.books
        return bool(books.entries(item)) and not books.entries(item, self.of_item(item))

    def shows(self, item: str) -> bool:
        """Return whether a document, claim or item of the desk is here and may be seen."""
        within = self._within(item)
        if within is not None:
            return within not in self.hidden
        return bool(self._index.books.entries(item, self.of_item(item)))

    def _within(self, item: str) -> str | None:
        """Return the document that is an item or holds it, None for an item of the desk."""
        held = f"SELECT id, document FROM {ALL_CLAIMS} UNION ALL SELECT id, id FROM documents"
        row = self._db.execute(f"SELECT document FROM ({held}) WHERE id = ?", (item,)).fetchone()
        return row and str(row[0])

    def of_item(self, item: str) -> str:
        """Return the labels under which an item of the desk or a review may be seen, as SQL."""
        return self.of_book(_LETTERS.get(item[:1], Kind.COMMITMENT))

    def of_book(self, kind: Kind) -> str:
        """Return the labels under which the items of a book may be seen, as SQL."""
        return self._books[kind]

    def existing(self) -> frozenset[tuple[Label, Decision]]:
        """Return the labels of what is here of which no more may be known than that it exists.

        With the decision on each; not which, nor how many items are under one.
        """
        documents = (
            f"SELECT DISTINCT label FROM acquisitions a WHERE label NOT IN {self.among} AND NOT "
            "EXISTS (SELECT 1 FROM acquisitions b WHERE b.document = a.document "
            f"AND b.label IN {self.among})"
        )
        found = {(Activity.REPORTS, row[0]) for row in self._db.execute(documents)}
        for kind, activity in _BOOKS.items():
            among = self._books[kind]
            items = (
                f"SELECT DISTINCT label FROM desk d WHERE kind = ? AND label NOT IN {among} "
                f"AND NOT EXISTS (SELECT 1 FROM desk e WHERE e.id = d.id AND e.label IN {among})"
            )
            found |= {(activity, row[0]) for row in self._db.execute(items, (kind.value,))}
        return frozenset(
            (self._labels[number], decision)
            for activity, number in found
            if (decision := self._decided[activity][number]).leave is Leave.EXISTENCE
        )


def _as_sql(labels: Iterable[int]) -> str:
    return f"({','.join(map(str, labels))})"
