"""The desk's books, as the index keeps them: every step, and what all of them come to.

A row of ``desk`` is one step as one entry brought it; a row of ``desk_now`` is an item as
all of its changes leave it, with what it is listed by, so that a page of fifty thousand items
is read off the end of an index. An item of which a viewer may not see every step is worked
out again from those that they may see.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any, Generic

import msgspec

from tawatur import desk
from tawatur.errors import UnknownIdError
from tawatur.ledger import Store
from tawatur.model.area import BorderNotice
from tawatur.model.desk import Commitment, Item, Lesson, Request, Review, Sitting, Step, last_day
from tawatur.model.entry import Entry, Kind, Payload
from tawatur.model.ids import EntryId
from tawatur.model.label import Label, join
from tawatur.model.meeting import Meeting
from tawatur.node import bodies
from tawatur.node.given import between
from tawatur.node.indexing.border_rows import BorderRows
from tawatur.node.indexing.derived import packed
from tawatur.node.indexing.rows import rows_of

TABLES = """
CREATE TABLE desk(entry TEXT PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL,
                  seq INTEGER NOT NULL, label INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
CREATE INDEX desk_by_id ON desk(id, seq);
CREATE INDEX desk_by_label ON desk(label);
CREATE TABLE desk_now(id TEXT PRIMARY KEY, kind TEXT NOT NULL, closed INTEGER NOT NULL,
                      day TEXT NOT NULL, asker TEXT NOT NULL, asked TEXT, rivals INTEGER NOT NULL,
                      needed TEXT, through TEXT, body BLOB NOT NULL) STRICT;
CREATE INDEX desk_in_order ON desk_now(kind, closed, day, id);
CREATE INDEX desk_needed ON desk_now(needed) WHERE needed IS NOT NULL;
CREATE INDEX desk_rivals ON desk_now(rivals) WHERE rivals > 0;
CREATE INDEX desk_through ON desk_now(through) WHERE through IS NOT NULL;
CREATE TABLE reviews(entry TEXT PRIMARY KEY, id TEXT NOT NULL, seq INTEGER NOT NULL,
                     label INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
"""

_NAMES = {"f": "border-notice", "k": "commitment", "m": "meeting", "p": "lesson", "q": "request"}

KINDS: dict[type[Any], Kind] = {item: kind for kind, item in bodies.ITEMS.items()}


@dataclass(frozen=True, slots=True)
class Wanted(Generic[Item]):
    """Which items of a book are listed; what is None does not matter.

    ``by`` and ``to`` tell whether a name is meant (`tawatur.desk.sides`), ``before`` bounds the
    day by which they are listed (`tawatur.desk.urgency`), ``needed`` the day by which a request
    is needed; ``through`` wants requests that go through somebody.
    """

    kind: type[Item]
    open: bool | None = None
    before: date | None = None
    by: Callable[[str], bool] | None = None
    to: Callable[[str], bool] | None = None
    rivals: bool = False
    needed: date | None = None
    through: bool = False

    def holds(self, item: Item) -> bool:
        """Return whether an item is one of these."""
        closed, day, _ = desk.urgency(item)
        by, to = desk.sides(item)
        return (
            (self.open is None or self.open is not closed)
            and (self.before is None or day < self.before.isoformat())
            and (self.by is None or self.by(by))
            and (self.to is None or (to is not None and self.to(to)))
            and (not self.rivals or bool(item.rivals))
            and (self.needed is None or (_needed(item) or "9") <= self.needed.isoformat())
            and (not self.through or _through(item) is not None)
        )


def _needed(item: Commitment | Lesson | Request | Meeting) -> str | None:
    """Return the last day by which a request is needed, ISO."""
    told = item.needed_by if isinstance(item, Request) else None
    upper = last_day(told) if told else None
    return upper.isoformat() if upper else None


def _through(item: Commitment | Lesson | Request | Meeting) -> str | None:
    return item.through if isinstance(item, Request) else None


class Books:
    """The desk's rows of one index."""

    def __init__(self, db: Store) -> None:
        """Nothing is read yet; the tables are the index's."""
        self._db = db
        self.border = BorderRows(db)

    def take(self, entry: Entry, payload: Payload, label: int) -> None:
        """Work an entry of a book in, under the number of its label."""
        body, header = payload.body, entry.header
        if header.kind == Kind.REVIEW:
            row = (header.id, body["id"], entry.seq, label, packed(body))
            self._db.execute("INSERT OR REPLACE INTO reviews VALUES (?, ?, ?, ?, ?)", row)
            return
        step = (header.id, body["item"]["id"], header.kind, entry.seq, label, packed(body))
        self._db.execute("INSERT OR REPLACE INTO desk VALUES (?, ?, ?, ?, ?, ?)", step)
        self._work_out(body["item"]["id"])

    def forget(self, entries: Collection[str]) -> None:
        """Forget entries that are erased; call it before their rows are deleted."""
        found = {
            self._db.execute("SELECT id FROM desk WHERE entry = ?", (entry,)).fetchone()
            for entry in entries
        }
        for table in ("desk", "reviews"):
            self._db.executemany(
                f"DELETE FROM {table} WHERE entry = ?", [(entry,) for entry in entries]
            )
        for row in found - {None}:
            self._work_out(row[0])

    def relabelled(self, entry: str) -> None:
        """Work out what turns on the label of a step, which is another now."""
        found = self._db.execute("SELECT id FROM desk WHERE entry = ?", (entry,)).fetchone()
        if found is not None:
            self._work_out(found[0])

    def entries(self, id: str, among: str = "") -> list[EntryId]:  # noqa: A002 - the node's word
        """Return the entries of an item's steps or of a review, in log order.

        Args:
            id: Of the item or review.
            among: SQL that holds labels, in brackets; all of them if empty.
        """
        seen = f"AND label IN {among}" if among else ""
        rows = self._db.execute(
            f"SELECT entry FROM desk WHERE id = ?1 {seen} "
            f"UNION ALL SELECT entry FROM reviews WHERE id = ?1 {seen}",
            (id,),
        )
        return [EntryId(row[0]) for row in rows]

    def steps(self, id: str, among: str = "") -> tuple[Step[Any], ...]:  # noqa: A002 - likewise
        """Return the steps of an item, in log order, each once."""
        seen = f"AND label IN {among}" if among else ""
        rows = self._db.execute(
            f"SELECT kind, body FROM desk WHERE id = ? {seen} ORDER BY seq", (id,)
        ).fetchall()
        found = (bodies.step(Kind(kind), msgspec.msgpack.decode(body)) for kind, body in rows)
        return tuple({step.id: step for step in found}.values())

    def like(self, given: str, among: str) -> list[str]:
        """Return the ids that begin with ``given`` and may be seen, in order."""
        rows = self._db.execute(
            f"SELECT DISTINCT id FROM (SELECT id, label FROM desk UNION ALL "
            f"SELECT id, label FROM reviews) WHERE id BETWEEN ? AND ? AND label IN {among} "
            "ORDER BY id",
            between(given),
        )
        return [row[0] for row in rows]

    def labels(self, ids: Collection[str], among: str) -> dict[str, list[int]]:
        """Return by which labels items are held: those of the entries that brought their heads.

        Args:
            ids: Of items and reviews; without those that have none of the labels.
            among: The labels that may be seen, as SQL in brackets.
        """
        if not ids:
            return {}
        steps: dict[str, list[tuple[int, str, bytes]]] = {}
        query = f"SELECT id, label, kind, body, seq FROM desk WHERE label IN {among} AND id"
        for id_, label, kind, body, _ in sorted(rows_of(self._db, query, ids), key=itemgetter(-1)):
            steps.setdefault(id_, []).append((label, kind, body))
        found = {id_: _of_heads(held) for id_, held in steps.items()}
        query = f"SELECT id, label, seq FROM reviews WHERE label IN {among} AND id"
        for id_, label, _ in sorted(rows_of(self._db, query, ids), key=itemgetter(-1)):
            found.setdefault(id_, []).append(label)
        return found

    def label(self, id: str, among: str, label_of: Callable[[EntryId], Label]) -> Label:  # noqa: A002 - likewise
        """Return the label of an item: those of the entries that brought its heads, joined.

        Raises:
            UnknownIdError: There is no such item or review among these labels.
        """
        entries = self.entries(id, among)
        steps = self.steps(id, among)
        if steps:
            holding = {step.id for step in desk.heads(steps)}
            rows = self._db.execute(
                f"SELECT entry, body FROM desk WHERE id = ? AND label IN {among} ORDER BY seq",
                (id,),
            )
            entries = [
                EntryId(entry)
                for entry, body in rows
                if msgspec.msgpack.decode(body)["step"] in holding
            ]
        if not entries:
            raise UnknownIdError(_NAMES.get(id[:1], "review"), id)
        labels = [label_of(entry) for entry in entries]
        return join(labels[0].originators[0], labels)

    def listed(
        self, wanted: Wanted[Item], among: str, *, hidden: bool, start: int = 0
    ) -> Iterator[Item]:
        """Yield items, what needs a person first.

        Args:
            wanted: Which.
            among: The labels that may be seen, as SQL in brackets.
            hidden: Whether there are labels that may not be seen.
            start: How many to pass over.
        """
        apart = self._partly_hidden(among, KINDS[wanted.kind]) if hidden else []
        clauses, values = self._clauses(wanted)
        rows = self._db.execute(
            f"SELECT id, body FROM desk_now WHERE {' AND '.join(clauses)} ORDER BY closed, day, id "
            "LIMIT -1 OFFSET ?",
            [*values, 0 if apart else start],
        )
        without = set(apart)
        whole: Iterator[Item] = (
            msgspec.msgpack.decode(body, type=wanted.kind)
            for id_, body in rows
            if id_ not in without
        )
        if not apart:
            yield from whole
            return
        known = (self.steps(id_, among) for id_ in apart)
        part: list[Item] = [desk.standing(steps) for steps in known if steps]
        yield from sorted([*whole, *filter(wanted.holds, part)], key=desk.urgency)[start:]

    def count(self, wanted: Wanted[Item], among: str, *, hidden: bool) -> int:
        """Return how many items `listed` yields, without reading them where none is hidden."""
        if hidden:
            return sum(1 for _ in self.listed(wanted, among, hidden=True))
        clauses, values = self._clauses(wanted)
        query = f"SELECT count(*) FROM desk_now WHERE {' AND '.join(clauses)}"
        return int(self._db.execute(query, values).fetchone()[0])

    def reviews(self, among: str) -> Iterator[Review | Sitting]:
        """Yield the reviews and their sittings that may be seen, in log order."""
        rows = self._db.execute(f"SELECT body FROM reviews WHERE label IN {among} ORDER BY seq")
        for (body,) in rows.fetchall():
            yield bodies.review(msgspec.msgpack.decode(body))

    def _clauses(self, wanted: Wanted[Item]) -> tuple[list[str], list[object]]:
        # Few are disputed, needed by a day or go through somebody: the plus keeps SQLite from the
        # order of all.
        few = wanted.rivals or wanted.through or wanted.needed is not None
        clauses, values = ["+kind = ?" if few else "kind = ?"], [KINDS[wanted.kind].value]
        if wanted.open is not None:
            clauses.append("closed = 0" if wanted.open else "closed = 1")
        if wanted.before is not None:
            clauses.append("day < ?")
            values.append(wanted.before.isoformat())
        if wanted.needed is not None:
            clauses.append("needed <= ?")
            values.append(wanted.needed.isoformat())
        if wanted.rivals:
            clauses.append("rivals > 0")
        if wanted.through:
            clauses.append("through IS NOT NULL")
        for column, means in (("asker", wanted.by), ("asked", wanted.to)):
            if means is not None:
                named = [name for name in self._names(column) if means(name)]
                clauses.append(f"{column} IN ({','.join('?' * len(named))})")
                values += named
        return clauses, list(values)

    def _names(self, column: str) -> list[str]:
        rows = self._db.execute(
            f"SELECT DISTINCT {column} FROM desk_now WHERE {column} IS NOT NULL"
        )
        return [row[0] for row in rows]

    def _partly_hidden(self, among: str, kind: Kind) -> list[str]:
        rows = self._db.execute(
            f"SELECT DISTINCT id FROM desk WHERE label NOT IN {among} AND kind = ?", (kind.value,)
        )
        return [row[0] for row in rows]

    def _work_out(self, id: str) -> None:  # noqa: A002 - the node's word
        steps = self.steps(id)
        if not steps:
            self._db.execute("DELETE FROM desk_now WHERE id = ?", (id,))
            self.border.drop(id)
            return
        item = desk.standing(steps)
        if isinstance(item, BorderNotice):
            self.border.keep(item)
            return
        closed, day, _ = desk.urgency(item)
        row = (
            *(
                id,
                KINDS[type(item)].value,
                closed,
                day,
                *desk.sides(item),
                len(item.rivals),
                _needed(item),
                _through(item),
            ),
            packed(bodies.body_of(item)),
        )
        self._db.execute(
            "INSERT OR REPLACE INTO desk_now VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row
        )


def _of_heads(held: Sequence[tuple[int, str, bytes]]) -> list[int]:
    """Return the labels of the heads of an item, each once, by the label and body of each step."""
    labels = list(dict.fromkeys(label for label, _, _ in held))
    if len(labels) == 1:  # then the heads need not be looked for
        return labels
    steps = [bodies.step(Kind(kind), msgspec.msgpack.decode(body)) for _, kind, body in held]
    heads = {step.id for step in desk.heads({step.id: step for step in steps}.values())}
    brought = zip(held, steps, strict=True)
    return list(dict.fromkeys(label for (label, _, _), step in brought if step.id in heads))
