"""What lies ready for each partner, under which label, and since when?

A shelf holds STIX objects, each under a label. What a partner sees of it is its *door*: one
line for every version that the label gives it, in the order in which those became available
to that partner (`added`, microseconds, never twice the same, never backwards). A page is read
from a door alone, so that it costs as much at any depth, and nothing that a partner may not
have is counted, ordered or waited for.

    objects under labels ──may_receive, once for each label and partner──▶ grants ──▶ lines

`settle` makes lines follow what changed by itself: times that came, lists that changed. Until
it has, pages ask the decision again for every label on them. What is taken back leaves a stub
(`parcels.stub_of`) at the doors where it stood, and nothing at the others; what has expired is
taken back so, and erased. At one door an id is the word of whoever first stood there with it.

When a call returns, what it changed is durable, all of it or nothing. Threads and processes
may share the file. All SQL is here; it is plain enough for PostgreSQL. Known cost: a line for
every version and partner, some 150 bytes with its indexes.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import itemgetter
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import msgspec

from tawatur.errors import Message, SharingError, StorageFullError
from tawatur.ledger import Format, canonical, label_body, statements, steps_between
from tawatur.model.ids import NodeId
from tawatur.model.label import Circumstances, Label, Viewer, may_receive
from tawatur.sharing.parcels import EPOCH, Parcel, micros_of, same_content, stub_of

FIRST, LAST, ALL = "first", "last", "all"

_SCHEMA = """
CREATE TABLE counters(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
CREATE TABLE labels(number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE ends(time INTEGER NOT NULL, label INTEGER NOT NULL, PRIMARY KEY(time, label))
    STRICT, WITHOUT ROWID;
CREATE TABLE times(time INTEGER NOT NULL, label INTEGER NOT NULL, PRIMARY KEY(time, label))
    STRICT, WITHOUT ROWID;
CREATE TABLE audiences(number INTEGER PRIMARY KEY, party TEXT NOT NULL UNIQUE,
    viewer TEXT NOT NULL) STRICT;
CREATE TABLE grants(label INTEGER NOT NULL, audience INTEGER NOT NULL, given INTEGER NOT NULL,
    upto INTEGER, PRIMARY KEY(label, audience)) STRICT, WITHOUT ROWID;
CREATE INDEX grants_turning ON grants(audience, label) WHERE upto IS NOT NULL;
CREATE TABLE shelves(number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE doors(number INTEGER PRIMARY KEY, shelf INTEGER NOT NULL, audience INTEGER NOT NULL,
    last INTEGER NOT NULL, UNIQUE(shelf, audience)) STRICT;
CREATE TABLE types(number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE objects(number INTEGER PRIMARY KEY, shelf INTEGER NOT NULL, id TEXT NOT NULL,
    version INTEGER NOT NULL, label INTEGER NOT NULL, stub INTEGER NOT NULL, type INTEGER NOT NULL,
    spec INTEGER NOT NULL, raw BLOB NOT NULL) STRICT;
CREATE INDEX objects_id ON objects(id, shelf, version);
CREATE INDEX objects_label ON objects(label, number);
CREATE TABLE lines(door INTEGER NOT NULL, added INTEGER NOT NULL, object INTEGER NOT NULL,
    type INTEGER NOT NULL, spec INTEGER NOT NULL, version INTEGER NOT NULL, top INTEGER NOT NULL,
    newest INTEGER NOT NULL, oldest INTEGER NOT NULL, latest INTEGER NOT NULL,
    earliest INTEGER NOT NULL, PRIMARY KEY(door, added)) STRICT, WITHOUT ROWID;
CREATE INDEX lines_object ON lines(object, door);
CREATE INDEX lines_usual ON lines(door, added, object) WHERE top AND newest;
CREATE INDEX lines_type ON lines(door, type, added);
CREATE INDEX lines_version ON lines(door, version, added);
CREATE INDEX lines_older ON lines(door, added) WHERE spec = 20;
CREATE TABLE places(shelf INTEGER PRIMARY KEY, place TEXT NOT NULL) STRICT;
CREATE TABLE statuses(id TEXT PRIMARY KEY, party TEXT NOT NULL, time INTEGER NOT NULL,
    body BLOB NOT NULL) STRICT;
CREATE INDEX statuses_time ON statuses(time);
"""
# `top`: of the newest specification in which the door has the id; `newest` and `oldest`: among
# the versions of its specification; `latest` and `earliest`: among all.

_NEVER_SETTLED = -(2**62)
_FIRST = Format(
    (
        *statements(_SCHEMA),
        f"INSERT INTO counters VALUES ('objects', 0), ('settled', {_NEVER_SETTLED})",
    )
)
_SLICE = 1000
"""Objects of one label that `settle` sees to before it lets others at the file."""
_ASKED_AT_ONCE = 500
_REMEMBERED = 50_000
_STATUS_DAYS = 30
_BUSY_S = 30.0
_CACHE_KIB = 16_000  # of each thread's connection
_LOG_PAGES = 16_000
"""Pages of the write-ahead log before it is worked in: ids lie all over their index."""
_SPECS = {"2.0": 20, "2.1": 21}
_ADDED = 2
"""Where a row of `_shown` has its time."""


@dataclass(frozen=True, slots=True)
class Query:
    """Which lines of a door are asked for; what is empty asks for all.

    ``versions`` are `FIRST`, `LAST`, `ALL` and versions in microseconds; without ``specs`` an
    object is given in the newest specification only.
    """

    ids: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    versions: tuple[str | int, ...] = (LAST,)
    specs: tuple[str, ...] = ()


class Line(NamedTuple):
    """One version of an object as a partner has it; ``raw`` is empty where not asked for.

    No dataclass: a page has a thousand, and making those took a third of its time.
    """

    added: int  # microseconds since 1970
    id: str
    version: int
    spec: int
    raw: bytes


@dataclass(frozen=True, slots=True)
class Page:
    """Lines in the order in which they became available, and whether more follow."""

    lines: tuple[Line, ...]
    more: bool


@dataclass(slots=True)
class _Remembered:
    """What one process knows by heart; all of it can be worked out again."""

    labels: dict[int, Label] = field(default_factory=dict)
    answers: dict[tuple[Viewer, int], tuple[bool, int, Circumstances]] = field(default_factory=dict)
    viewers: tuple[Viewer, ...] | None = None


class Shelves:
    """The shelves of one node, in one file.

    Args:
        path: The file; made where there is none.
        audiences: Everybody to whom objects may be given, each as the lists have it now.
        circumstances: What is so now.

    Raises:
        LedgerError: A newer Tawatur wrote it.
    """

    formats: ClassVar[tuple[Format, ...]] = (_FIRST,)
    """From format 1 on; the last is the one that is written."""

    def __init__(
        self,
        path: Path,
        audiences: Callable[[], Iterable[Viewer]],
        circumstances: Callable[[], Circumstances],
    ) -> None:
        self._path, self._audiences, self._circumstances = path, audiences, circumstances
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._writer = threading.Lock()
        self._known = _Remembered()
        self._bring(len(self.formats))

    def _bring(self, to: int) -> None:
        with self._writing():
            ((at,),) = self._all("PRAGMA user_version")
            if not at and self._all("SELECT 1 FROM sqlite_master LIMIT 1"):
                at = 1  # made before formats were written down
            for statement in steps_between(self.formats, at, to, self._path.name):
                self._do(statement)
            self._do(f"PRAGMA user_version = {to}")

    def migrate(self, to: int) -> None:
        """Bring the tables to a format, older or newer, and close; no object is touched.

        For going back to an earlier Tawatur: this one brings them forward again when it opens
        them next.

        Raises:
            LedgerError: They are of a format that is not known here.
        """
        self._bring(to)
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        while self._opened:
            self._opened.pop().close()
        self._local = threading.local()

    # ------------------------------------------------------------ what comes and goes

    def fresh(self, shelf: str, parcels: Sequence[Parcel], label: Label) -> tuple[bool, ...]:
        """Return which of ``parcels`` are not held yet under the word of these originators."""
        held = self._held(self._shelf(shelf), {parcel.id for parcel in parcels})
        by = label.originators
        return tuple(
            not any(v == p.version and self._by(n) == by for v, n, _, _ in held.get(p.id, ()))
            for p in parcels
        )

    def put(
        self,
        shelf: str,
        parcels: Sequence[Parcel],
        label: Label,
        *,
        sender: NodeId | None = None,
        place: str | None = None,
    ) -> tuple[Message | None, ...]:
        """Put objects on a shelf; return for each why it was refused, None where it is held.

        What is held already, under the word of the same originators, stays as it is.

        Args:
            shelf: Which.
            parcels: The objects.
            label: Of all of them.
            sender: Who handed them in; may not speak under an id that it knows as another's.
            place: How far a pull went with them, for `place`.
        """
        with self._writing():
            now = self._decide()
            if label.expires is not None and micros_of(label.expires) <= now:
                return (Message("its label has expired"),) * len(parcels)
            number, where = self._number_of(label), self._shelf(shelf)
            held = self._held(where, {parcel.id for parcel in parcels})
            others = self._of_others(where, held, label, sender)
            refusals: list[Message | None] = []
            new: list[Parcel] = []
            taken: dict[tuple[str, int], bytes] = {}
            for parcel in parcels:
                known = self._raw_of(held, parcel, label, taken)
                refusals.append(_refusal(parcel, known, others.get(parcel.id, {})))
                if known is None and refusals[-1] is None:
                    new.append(parcel)
                    taken[parcel.id, parcel.version] = parcel.raw
            first = self._insert(where, new, number)
            numbers = range(first, first + len(new))
            given = self._all(
                "SELECT audience FROM grants WHERE label = ? AND given = 1 AND upto IS NULL", number
            )
            alone = not held and len({parcel.id for parcel in new}) == len(new)
            for (audience,) in given:
                door = self._door(where, audience)
                self._offer(door, list(zip(numbers, new, strict=True)), now, alone=alone)
            if place is not None:
                self._do(
                    "INSERT INTO places VALUES (?, ?) ON CONFLICT(shelf)"
                    " DO UPDATE SET place = excluded.place", where, place,
                )  # fmt: skip
        return tuple(refusals)

    def place(self, shelf: str) -> str | None:
        """Return how far a pull to a shelf went, as `put` was told; None before the first."""
        found = self._all(
            "SELECT place FROM places p JOIN shelves s ON s.number = p.shelf WHERE s.name = ?",
            shelf,
        )
        return found[0][0] if found else None

    def relabel(self, shelf: str, id: str, label: Label) -> None:  # noqa: A002 - STIX's word
        """Put all versions of an object under another label of the same originators.

        Who may have it now finds it as new; who may no longer finds its stub.
        """
        with self._writing():
            now, number, place = self._decide(), self._number_of(label), self._shelf(shelf)
            rows = [r for r in self._versions(place, id) if self._by(r[1]) == label.originators]
            self._many(
                "UPDATE objects SET label = ? WHERE number = ?", [(number, r[0]) for r in rows]
            )
            given = dict(self._all("SELECT audience, given FROM grants WHERE label = ?", number))
            for (audience,) in self._all("SELECT number FROM audiences"):
                self._follow(place, audience, [r[0] for r in rows], now, bool(given.get(audience)))

    def recall(self, shelf: str, id: str, by: NodeId, query: Query) -> int:  # noqa: A002
        """Take versions of an object back; return how many, 0 where ``by`` has none of its own.

        They are erased. Others who had the object and have no version of it left find its stub.

        Args:
            shelf: Which.
            id: The object's.
            by: An originator of it, who finds nothing there afterwards.
            query: Which versions and specifications; of no specification: of all.
        """
        with self._writing():
            now, place = self._decide(), self._shelf(shelf)
            own = [row for row in self._versions(place, id) if by in self._by(row[1])]
            chosen = _chosen(own, query)
            if not chosen:
                return 0
            self._erase(chosen, [by], now)
        self._do("PRAGMA wal_checkpoint(TRUNCATE)")  # the log holds no copy of it either
        return len(chosen)

    def settle(self, slices: int | None = None) -> bool:
        """Make the lines follow times and lists that changed; return whether all is done.

        Args:
            slices: At most so many transactions of a thousand objects; None for all.
        """
        done = 0
        while slices is None or done < slices:
            with self._writing():
                now = self._decide()
                if not (self._turn(now) or self._end(now)):
                    return True
            done += 1
        return False

    # ------------------------------------------------------------ what is shown

    def page(
        self,
        shelf: str,
        viewer: Viewer,
        query: Query,
        *,
        after: int | None = None,
        limit: int,
        raw: bool = True,
    ) -> Page:
        """Return the first ``limit`` lines added ``after`` that time, for one who asks."""
        at = self._settled_enough()
        audience = self._audience(viewer.party)
        found = self._all(
            "SELECT d.number FROM doors d JOIN shelves s ON s.number = d.shelf"
            " WHERE s.name = ? AND d.audience = ?", shelf, audience,
        )  # fmt: skip
        if not found:
            return Page((), more=False)
        door, lines = found[0][0], list[Line]()
        while True:
            wanted = limit + 1 - len(lines)
            rows = self._shown(door, query, after, wanted, raw)
            labels = {row[0] for row in rows}
            may = {label for label in labels if self._may(viewer, label, at)}
            lines += [Line._make(row[2:]) for row in rows if row[1] or row[0] in may]
            if len(rows) < wanted or len(lines) > limit:
                return Page(tuple(lines[:limit]), len(lines) > limit)
            after = rows[-1][_ADDED]

    def has(self, shelf: str, viewer: Viewer, id: str) -> bool:  # noqa: A002
        """Return whether one who asks has any version of an object."""
        query = Query((id,), (), (ALL,), tuple(_SPECS))
        return bool(self.page(shelf, viewer, query, limit=1, raw=False).lines)

    def keep_status(self, id: str, party: NodeId, body: bytes) -> None:  # noqa: A002
        """Keep what became of a request, for whoever made it, thirty days."""
        with self._writing():
            now = micros_of(self._circumstances().now)
            old = now - _STATUS_DAYS * 86_400_000_000
            self._do("DELETE FROM statuses WHERE time < ?", old)
            self._do("INSERT INTO statuses VALUES (?, ?, ?, ?)", id, party, now, body)

    def status(self, id: str, party: NodeId) -> bytes | None:  # noqa: A002
        """Return what was kept for ``party`` under ``id``; None for anybody else."""
        found = self._all("SELECT body FROM statuses WHERE id = ? AND party = ?", id, party)
        return found[0][0] if found else None

    # ------------------------------------------------------------ decisions

    def _settled_enough(self) -> Circumstances:
        """Return what is so now, once grants follow it."""
        at = self._circumstances()
        settled = self._counter("settled")
        due = self._all(
            "SELECT 1 FROM times WHERE time > ? AND time <= ? LIMIT 1", settled, micros_of(at.now)
        )
        stale = due or tuple(self._audiences()) != self._known.viewers
        stale = stale or self._all("SELECT 1 FROM grants WHERE upto IS NOT NULL LIMIT 1")
        if stale or self._all("SELECT 1 FROM ends WHERE time <= ? LIMIT 1", micros_of(at.now)):
            self.settle(1)
        return at

    def _decide(self) -> int:
        """Ask the decision wherever it may have changed; return the time, in microseconds."""
        at = self._circumstances()
        now, settled = micros_of(at.now), self._counter("settled")
        viewers = tuple(self._audiences())
        known = {party: (number, text) for number, party, text in self._all(
            "SELECT number, party, viewer FROM audiences")}  # fmt: skip
        wanted = {viewer.party: _viewer_text(viewer, at) for viewer in viewers}
        changed: list[tuple[int, Viewer | None]] = []
        for viewer in viewers:
            number, text = known.get(viewer.party, (None, None))
            if text != wanted[viewer.party]:
                changed.append((self._known_as(viewer.party, wanted[viewer.party], number), viewer))
        for party, (number, text) in known.items():
            if party not in wanted and text:
                self._known_as(NodeId(party), "", number)
                changed.append((number, None))
        every = [number for (number,) in self._all("SELECT number FROM labels")] if changed else []
        for audience, who in changed:
            self._ask(audience, who, every, at)
        came = "SELECT DISTINCT label FROM times WHERE time > ? AND time <= ?"
        due = [label for (label,) in self._all(came, settled, now)]
        for viewer in viewers if due else ():
            self._ask(self._audience(viewer.party), viewer, due, at)
        if now > settled:
            self._do("UPDATE counters SET value = ? WHERE name = 'settled'", now)
        self._known.viewers = viewers
        return now

    def _ask(
        self, audience: int | None, viewer: Viewer | None, labels: Sequence[int], at: Circumstances
    ) -> None:
        """Record what the labels give somebody now, to be turned where it is not what they had."""
        held = dict(self._all("SELECT label, given FROM grants WHERE audience = ?", audience))
        rows = []
        for label in labels:
            given = viewer is not None and may_receive(viewer, self._label(label), at).allowed
            if given != bool(held.get(label)):
                rows.append((label, audience, int(given)))
        self._many(
            "INSERT INTO grants VALUES (?, ?, ?, 0) ON CONFLICT(label, audience)"
            " DO UPDATE SET given = excluded.given, upto = 0",
            rows,
        )

    def _may(self, viewer: Viewer, label: int, at: Circumstances) -> bool:
        """Return whether a label gives somebody the item now."""
        now, answers = micros_of(at.now), self._known.answers
        allowed, until, then = answers.get((viewer, label), (False, _NEVER_SETTLED, at))
        if now >= until or micros_of(then.now) > now or then.confirmed != at.confirmed:
            found = self._label(label)
            allowed = may_receive(viewer, found, at).allowed
            coming = [micros_of(time) for time in found.times if micros_of(time) > now]
            if len(answers) >= _REMEMBERED:
                answers.clear()
            answers[viewer, label] = allowed, min(coming, default=2**62), at
        return allowed

    def _turn(self, now: int) -> bool:
        """See to some objects of one label whose decision changed; return whether there were any.

        While a label is being turned nothing put under it gets a line: the turning reaches it.
        """
        turning = self._all(
            "SELECT audience, label, given, upto FROM grants WHERE upto IS NOT NULL"
            " ORDER BY audience, label LIMIT 1"
        )
        if not turning:
            return False
        audience, label, given, upto = turning[0]
        rows = self._all(
            "SELECT number, shelf FROM objects WHERE label = ? AND number > ? AND stub = 0"
            " ORDER BY number LIMIT ?", label, upto, _SLICE,
        )  # fmt: skip
        for place in sorted({shelf for _, shelf in rows}):
            self._follow(place, audience, [n for n, s in rows if s == place], now, bool(given))
        upto = rows[-1][0] if len(rows) == _SLICE else None
        self._do(
            "UPDATE grants SET upto = ? WHERE audience = ? AND label = ?", upto, audience, label
        )
        return True

    def _end(self, now: int) -> bool:
        """Erase some objects whose label has ended; return whether there was such a label."""
        ended = self._all("SELECT time, label FROM ends WHERE time <= ? LIMIT 1", now)
        if not ended:
            return False
        time, label = ended[0]
        rows = self._all(
            "SELECT number FROM objects WHERE label = ? AND stub = 0 LIMIT ?", label, _SLICE
        )
        self._erase([number for (number,) in rows], self._by(label), now)
        if len(rows) < _SLICE:
            self._do("DELETE FROM ends WHERE time = ? AND label = ?", time, label)
        return True

    def _erase(self, numbers: Sequence[int], by: Sequence[NodeId], now: int) -> None:
        """Take objects off all doors and out of the file; only others than ``by`` find stubs."""
        own = {self._audience(party) for party in by}
        doors = self._in(
            "SELECT DISTINCT d.number, d.audience FROM lines l JOIN doors d ON d.number = l.door"
            " WHERE l.object IN ({})",
            numbers,
        )
        for door, audience in sorted(set(doors)):
            self._withdraw(door, numbers, now, stub=audience not in own)
        self._many("DELETE FROM objects WHERE number = ?", [(number,) for number in numbers])

    def _follow(
        self, shelf: int, audience: int, numbers: Sequence[int], now: int, given: bool
    ) -> None:
        """Give somebody those objects that it lacks, or take back those that it has."""
        door = self._door(shelf, audience)
        if not given:
            self._withdraw(door, numbers, now, stub=True)
            return
        rows = self._in(
            "SELECT number, id, version, spec, (SELECT name FROM types t WHERE t.number = o.type)"
            " FROM objects o WHERE number IN ({})",
            numbers,
        )
        lacking = self._without_line(door, numbers)
        self._offer(
            door,
            [(n, Parcel(i, t, v, s, b"")) for n, i, v, s, t in sorted(rows) if n in lacking],
            now,
        )

    # ------------------------------------------------------------ lines

    def _offer(
        self, door: int, new: Sequence[tuple[int, Parcel]], now: int, *, alone: bool = False
    ) -> None:
        """Add lines for objects; ``alone``: no door has another object of their ids."""
        if not alone:
            new = self._admitted(door, new)
        if not new:
            return
        ((last,),) = self._all("SELECT last FROM doors WHERE number = ?", door)
        first = max(now, last + 1)
        types = {name: self._type(name) for name in {parcel.type for _, parcel in new}}
        self._many(
            "INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?, 1, 1, 1, 1, 1)",
            [
                (door, first + at, number, types[p.type], p.spec, p.version)
                for at, (number, p) in enumerate(new)
            ],
        )
        self._do("UPDATE doors SET last = ? WHERE number = ?", first + len(new) - 1, door)
        if not alone:
            self._mark(door, {parcel.id for _, parcel in new})

    def _admitted(self, door: int, new: Sequence[tuple[int, Parcel]]) -> list[tuple[int, Parcel]]:
        """Return those that may stand at a door beside what does; stubs of theirs make way."""
        rows = self._in(
            "SELECT o.id, o.version, o.label, o.stub, o.number FROM objects o JOIN lines l"
            f" ON l.object = o.number AND l.door = {door} WHERE o.id IN ({{}})",
            {parcel.id for _, parcel in new},
        )
        stood = {id_: self._by(label) for id_, _, label, _, _ in rows}
        taken = {(id_, version) for id_, version, _, stub, _ in rows if not stub}
        labels = dict(
            self._in("SELECT number, label FROM objects WHERE number IN ({})", [n for n, _ in new])
        )
        admitted = []
        for number, parcel in new:
            by = self._by(labels[number])
            first = stood.setdefault(parcel.id, by) == by
            if first and (parcel.id, parcel.version) not in taken:
                admitted.append((number, parcel))
                taken.add((parcel.id, parcel.version))
        named = {parcel.id for _, parcel in admitted}
        stubs = [number for id_, _, _, stub, number in rows if stub and id_ in named]
        self._drop(door, stubs)
        return admitted

    def _withdraw(self, door: int, numbers: Sequence[int], now: int, *, stub: bool) -> None:
        """Take objects off a door; where nothing of an id is left, others' or a stub follow."""
        rows = self._in(
            "SELECT o.id, o.number, o.version, o.raw, o.label, o.shelf FROM objects o JOIN lines l"
            f" ON l.object = o.number AND l.door = {door} WHERE o.number IN ({{}})",
            numbers,
        )
        self._drop(door, [row[1] for row in rows])
        latest = {row[0]: row for row in sorted(rows, key=lambda row: (row[0], row[2]))}
        left = {
            id_
            for (id_,) in self._in(
                "SELECT DISTINCT o.id FROM objects o JOIN lines l ON l.object = o.number"
                f" AND l.door = {door} WHERE o.id IN ({{}})",
                latest,
            )
        }
        self._mark(door, left)
        for id_, row in latest.items():
            if id_ in left or self._second(door, row[5], id_, set(numbers), now) or not stub:
                continue
            made = stub_of(row[3], _time_of(now))
            if made is not None:
                number = self._insert(row[5], [made], row[4], stub=1)
                self._offer(door, [(number, made)], now, alone=True)

    def _second(self, door: int, shelf: int, id_: str, gone: set[int], now: int) -> bool:
        """Show what others say under an id that somebody took back; return whether any do."""
        rows = self._all(
            "SELECT o.number, o.id, o.version, o.spec, t.name, o.label FROM objects o"
            " JOIN types t ON t.number = o.type"
            " JOIN doors d ON d.number = ?"
            " JOIN grants g ON g.audience = d.audience AND g.label = o.label"
            " WHERE o.id = ? AND o.shelf = ? AND o.stub = 0 AND g.given = 1 AND g.upto IS NULL"
            " ORDER BY o.number", door, id_, shelf,
        )  # fmt: skip
        others = [row for row in rows if row[0] not in gone]
        first = [row for row in others if self._by(row[5]) == self._by(others[0][5])]
        self._offer(door, [(n, Parcel(i, t, v, s, b"")) for n, i, v, s, t, _ in first], now)
        return bool(first)

    def _drop(self, door: int, numbers: Sequence[int]) -> None:
        self._many("DELETE FROM lines WHERE object = ? AND door = ?", [(n, door) for n in numbers])

    def _mark(self, door: int, ids: Iterable[str]) -> None:
        """Say again which lines of some ids are first, last and of the newest specification."""
        rows = self._in(
            "SELECT o.id, l.spec, l.version, l.added FROM objects o JOIN lines l"
            f" ON l.object = o.number AND l.door = {door} WHERE o.id IN ({{}})",
            ids,
        )
        of_id: dict[str, list[tuple[int, int, int]]] = {}
        for id_, spec, version, added in rows:
            of_id.setdefault(id_, []).append((spec, version, added))
        marks = []
        for found in of_id.values():
            versions = [version for _, version, _ in found]
            for spec, version, added in found:
                beside = [v for s, v, _ in found if s == spec]
                top = spec == max(s for s, _, _ in found)
                newest, oldest = version == max(beside), version == min(beside)
                whole = version == max(versions), version == min(versions)
                marks.append((top, newest, oldest, *whole, door, added))
        self._many(
            "UPDATE lines SET top = ?, newest = ?, oldest = ?, latest = ?, earliest = ?"
            " WHERE door = ? AND added = ?",
            marks,
        )

    def _without_line(self, door: int, numbers: Sequence[int]) -> set[int]:
        rows = self._in(
            f"SELECT object FROM lines WHERE door = {door} AND object IN ({{}})", numbers
        )
        return set(numbers) - {number for (number,) in rows}

    def _shown(
        self, door: int, query: Query, after: int | None, limit: int, raw: bool
    ) -> list[tuple[Any, ...]]:
        """Return label and stub of lines, and what `Line` holds, in order."""
        where, values, index = _matching(query)
        content = "o.raw" if raw else "x''"
        fields = f"SELECT o.label, o.stub, l.added, o.id, o.version, o.spec, {content}"
        since = _NEVER_SETTLED if after is None else after
        if query.ids:
            rows = self._in(
                f"{fields} FROM objects o CROSS JOIN lines l INDEXED BY lines_object"
                " ON l.object = o.number WHERE o.id IN ({})"
                f" AND l.door = ? AND l.added > ?{where}",
                query.ids,
                after=(door, since, *values),
            )
            wanted = (r for r in rows if not query.types or r[3].split("--")[0] in query.types)
            return sorted(wanted, key=itemgetter(_ADDED))[:limit]
        select = (
            f"{fields} FROM lines l {{}} JOIN objects o ON o.number = l.object"
            f" WHERE l.door = ?{where} AND l.added > ?"
        )
        ordered = " ORDER BY l.added LIMIT ?"
        if not query.types:
            return self._all(select.format(index) + ordered, door, *values, since, limit)
        rows = []
        of_type = select.format("INDEXED BY lines_type") + " AND l.type = ?" + ordered
        for (number,) in self._in("SELECT number FROM types WHERE name IN ({})", query.types):
            rows += self._all(of_type, door, *values, since, number, limit)
        return sorted(rows, key=itemgetter(_ADDED))[:limit]

    # ------------------------------------------------------------ what is held

    def _held(self, shelf: int, ids: Iterable[str]) -> dict[str, list[tuple[int, int, int, int]]]:
        """Return version, label, number and nothing else of what a shelf holds under ids."""
        rows = self._in(
            "SELECT id, version, label, number, stub FROM objects"
            " WHERE id IN ({}) AND shelf = ? ORDER BY number",
            ids,
            after=(shelf,),
        )
        held: dict[str, list[tuple[int, int, int, int]]] = {}
        for id_, version, label, number, stub in rows:
            held.setdefault(id_, []).append((version, label, number, stub))
        return held

    def _raw_of(
        self,
        held: Mapping[str, Sequence[tuple[int, int, int, int]]],
        parcel: Parcel,
        label: Label,
        taken: Mapping[tuple[str, int], bytes],
    ) -> bytes | None:
        """Return the content held of a version under the word of the same originators, if any."""
        for version, of, number, stub in held.get(parcel.id, ()):
            if version == parcel.version and not stub and self._by(of) == label.originators:
                return self._content(number)
        return taken.get((parcel.id, parcel.version))

    def _of_others(
        self,
        shelf: int,
        held: Mapping[str, Sequence[tuple[int, int, int, int]]],
        label: Label,
        sender: NodeId | None,
    ) -> dict[str, dict[int, bytes]]:
        """Return versions and contents that a sender sees under ids as the word of others."""
        audience = None if sender is None else self._audience(sender)
        if audience is None or not held:
            return {}
        door = self._door(shelf, audience)
        found: dict[str, dict[int, bytes]] = {}
        for id_, rows in held.items():
            others = [r for r in rows if self._by(r[1]) != label.originators]
            unseen = self._without_line(door, [number for _, _, number, _ in others])
            for version, _, number, _ in others:
                if number not in unseen:
                    found.setdefault(id_, {})[version] = self._content(number)
        return found

    def _content(self, number: int) -> bytes:
        ((raw,),) = self._all("SELECT raw FROM objects WHERE number = ?", number)
        return bytes(raw)

    def _versions(self, shelf: int, id_: str) -> list[tuple[int, int, int, int]]:
        """Return number, label, version and specification of what is held under an id."""
        return self._all(
            "SELECT number, label, version, spec FROM objects"
            " WHERE id = ? AND shelf = ? AND stub = 0", id_, shelf,
        )  # fmt: skip

    def _insert(self, shelf: int, parcels: Sequence[Parcel], label: int, *, stub: int = 0) -> int:
        """Store objects and return the number of the first; the others follow it."""
        first = self._counter("objects") + 1
        types = {name: self._type(name) for name in {parcel.type for parcel in parcels}}
        self._many(
            "INSERT INTO objects VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (first + at, shelf, p.id, p.version, label, stub, types[p.type], p.spec, p.raw)
                for at, p in enumerate(parcels)
            ],
        )
        self._do("UPDATE counters SET value = ? WHERE name = 'objects'", first + len(parcels) - 1)
        return first

    def _by(self, label: int) -> tuple[NodeId, ...]:
        return self._label(label).originators

    def _label(self, number: int) -> Label:
        label = self._known.labels.get(number)
        if label is None:
            ((text,),) = self._all("SELECT name FROM labels WHERE number = ?", number)
            label = self._known.labels[number] = msgspec.json.decode(text, type=Label)
        return label

    def _number_of(self, label: Label) -> int:
        """Return the number of a label; a new one is asked about for everybody."""
        text = canonical(label_body(label)).decode()
        new = not self._all("SELECT 1 FROM labels WHERE name = ?", text)
        number = self._numbered("labels", text)
        if label.expires is not None:  # again, where a clock went back behind an end
            ends = micros_of(label.expires), number
            self._do("INSERT INTO ends VALUES (?, ?) ON CONFLICT(time, label) DO NOTHING", *ends)
        if not new:
            return number
        times = [(micros_of(time), number) for time in set(label.times)]
        self._many("INSERT INTO times VALUES (?, ?)", times)
        at = self._circumstances()
        rows = [
            (number, self._audience(viewer.party), int(may_receive(viewer, label, at).allowed))
            for viewer in self._known.viewers or ()
        ]
        self._many("INSERT INTO grants VALUES (?, ?, ?, NULL)", rows)
        return number

    def _audience(self, party: NodeId) -> int | None:
        found = self._all("SELECT number FROM audiences WHERE party = ?", party)
        return found[0][0] if found else None

    def _known_as(self, party: NodeId, text: str, number: int | None) -> int:
        """Record how somebody stands; return its number."""
        if number is not None:
            self._do("UPDATE audiences SET viewer = ? WHERE number = ?", text, number)
            return number
        self._do("INSERT INTO audiences(party, viewer) VALUES (?, ?)", party, text)
        found = self._audience(party)
        assert found is not None  # noqa: S101 - it was written in the line before
        return found

    def _door(self, shelf: int, audience: int) -> int:
        for _ in range(2):
            found = self._all(
                "SELECT number FROM doors WHERE shelf = ? AND audience = ?", shelf, audience
            )
            if found:
                break
            self._do(
                "INSERT INTO doors(shelf, audience, last) VALUES (?, ?, ?)",
                shelf, audience, _NEVER_SETTLED,
            )  # fmt: skip
        return int(found[0][0])

    def _type(self, name: str) -> int:
        return self._numbered("types", name)

    def _shelf(self, name: str) -> int:
        return self._numbered("shelves", name)

    def _numbered(self, table: str, name: str) -> int:
        """Return the number of a name, which gets one where it has none."""
        find = f"SELECT number FROM {table} WHERE name = ?"
        found = self._all(find, name)
        if not found:
            self._do(f"INSERT INTO {table}(name) VALUES (?)", name)
            found = self._all(find, name)
        return int(found[0][0])

    def _counter(self, name: str) -> int:
        return int(self._all("SELECT value FROM counters WHERE name = ?", name)[0][0])

    # ------------------------------------------------------------ the file

    @property
    def _connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = sqlite3.connect(
                self._path,
                timeout=_BUSY_S,
                isolation_level=None,
                check_same_thread=False,  # close() may be called by another thread
                cached_statements=256,
            )
            for pragma in (
                "journal_mode = WAL",
                "synchronous = FULL",
                "secure_delete = ON",
                "temp_store = MEMORY",
                "trusted_schema = OFF",
                f"wal_autocheckpoint = {_LOG_PAGES}",
                f"cache_size = -{_CACHE_KIB}",
            ):
                found.execute(f"PRAGMA {pragma}").fetchall()
            self._local.connection = found
            self._opened.append(found)
        return found

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the right to write; all of it is kept at the end, or nothing."""
        with self._writer, _translated():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._known = _Remembered()  # numbers in it may be given again
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _do(self, sql: str, *values: Any) -> None:
        self._connection.execute(sql, values)

    def _many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        if rows:
            self._connection.executemany(sql, rows)

    def _all(self, sql: str, *values: Any) -> list[Any]:
        with _translated():
            return self._connection.execute(sql, values).fetchall()

    def _in(
        self,
        sql: str,
        wanted: Iterable[Any],
        *,
        before: Sequence[Any] = (),
        after: Sequence[Any] = (),
    ) -> list[Any]:
        """Return the rows of ``sql`` for all of ``wanted``, which stand where it says {}."""
        every, rows = list(wanted), list[Any]()
        for start in range(0, len(every), _ASKED_AT_ONCE):
            some = every[start : start + _ASKED_AT_ONCE]
            marks = ", ".join("?" * len(some))
            rows += self._all(sql.format(marks), *before, *some, *after)
        return rows


@contextmanager
def _translated() -> Iterator[None]:
    """Raise what the storage raises as an error of the tree."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL:
            raise StorageFullError("the disk is full; nothing of the batch was kept") from error
        raise SharingError("the shelves cannot be used: {0}", error) from error


def _matching(query: Query) -> tuple[str, tuple[int, ...], str]:
    """Return the conditions on lines that a query sets, their values, and which index has them.

    The index is named because SQLite, which has no figures, would walk the whole door;
    PostgreSQL has figures, and knows no such word.
    """
    specs = {_SPECS[spec] for spec in query.specs if spec in _SPECS}
    of_spec = " AND l.top" if not query.specs else "" if len(specs) == 2 else " AND 0"
    for spec in specs if len(specs) == 1 else ():
        of_spec = f" AND l.spec = {spec}"
    index = "INDEXED BY lines_older" if specs == {20} else ""
    if ALL in query.versions:
        return of_spec, (), index
    among = ("l.latest", "l.earliest") if len(specs) == 2 else ("l.newest", "l.oldest")
    exact = tuple(version for version in query.versions if isinstance(version, int))
    wanted = [
        column for word, column in zip((LAST, FIRST), among, strict=True) if word in query.versions
    ]
    if exact:
        wanted.append(f"l.version IN ({', '.join('?' * len(exact))})")
    either = wanted[0] if len(wanted) == 1 else f"({' OR '.join(wanted)})"
    if not query.specs and query.versions == (LAST,):
        index = "INDEXED BY lines_usual"
    elif len(exact) == len(query.versions):
        index = "INDEXED BY lines_version"
    return f"{of_spec} AND {either}", exact, index


def _chosen(rows: Sequence[tuple[int, int, int, int]], query: Query) -> list[int]:
    """Return the numbers of those versions that a query names."""
    specs = {_SPECS[spec] for spec in query.specs if spec in _SPECS}
    found = [row for row in rows if not query.specs or row[3] in specs]
    versions = [version for _, _, version, _ in found]
    named: set[str | int] = {*query.versions}
    if found:
        named |= {max(versions)} if LAST in named else set()
        named |= {min(versions)} if FIRST in named else set()
    return sorted(row[0] for row in found if ALL in named or row[2] in named)


def _refusal(parcel: Parcel, known: bytes | None, others: Mapping[int, bytes]) -> Message | None:
    """Return why a parcel is refused beside what its sender knows under its id, None if not."""
    if known is not None and not same_content(known, parcel.raw):
        return Message("this version of it is held with other content")
    if others and not same_content(others.get(parcel.version, b"{}"), parcel.raw):
        return Message("its id is another originator's")
    return None


def _viewer_text(viewer: Viewer, at: Circumstances) -> str:
    """Return all that a decision for somebody rests on, but for time and label."""
    memberships = sorted((m.community, int(m.tier)) for m in viewer.memberships)
    return canonical([viewer.party, memberships, sorted(at.confirmed)]).decode()


def _time_of(micros: int) -> datetime:
    return EPOCH + timedelta(microseconds=micros)
