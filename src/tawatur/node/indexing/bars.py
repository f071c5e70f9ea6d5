"""When was it, as far as is told: one bar for each event?

A *bar* is one event, or one promise kept at the desk, with the first and the last minute that
its time leaves possible. Those of events are worked out with the events themselves and kept in
the index, each with whom its claims name. A process that draws them keeps what it read, and
after a change reads what changed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

import msgspec

from tawatur.ledger import Store
from tawatur.model.claim import Claim, Status
from tawatur.model.ids import ClaimId, DocumentId
from tawatur.model.moment import Moment
from tawatur.model.picture import Event
from tawatur.model.reading import EventType, Modality, Polarity, Role
from tawatur.node.indexing.identity import LocalId

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - dates of reports have no zone
_HOUR = re.compile(r"T(\d\d)(?::?(\d\d))?")


class BarKind(StrEnum):
    """What a bar stands for."""

    EVENT = "event"
    STATE = "state"
    PROMISE = "promise"


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing with its place in time.

    ``start`` and ``end`` are the first and the last possible minute, counted from 1970, None
    where that end is open. ``id`` is the event's or the commitment's.
    """

    id: str
    kind: BarKind
    type: EventType | None
    words: str
    language: str
    when: str  # EDTF
    start: int | None
    end: int | None
    where: tuple[str, ...]
    who: tuple[str, ...]
    status: str  # of the claims, as far as people have judged them; of a promise its own
    at_least: int = 0
    at_most: int = 0

    @property
    def dated(self) -> bool:
        """Whether one end at least is told."""
        return self.start is not None or self.end is not None

    @property
    def about(self) -> bool:
        """Whether the text itself says about or perhaps."""
        return any(mark in self.when for mark in "~?%")

    def meets(self, first: int | None, last: int | None) -> bool:
        """Return whether it could lie between two minutes, both included; None is open."""
        return (last is None or self.start is None or self.start <= last) and (
            first is None or self.end is None or self.end >= first
        )


def by_start(bar: Bar) -> tuple[bool, int, str]:
    """Return by what bars are put in order: those that have begun ever since come first."""
    return bar.start is not None, bar.start or 0, bar.id


class Told(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Whom one claim names, and as what: the named things of its document, by their local ids."""

    claim: ClaimId
    document: DocumentId
    type: EventType
    promised: bool
    denied: bool
    by: tuple[str, ...]
    to: tuple[str, ...]
    through: tuple[str, ...]  # instruments

    @property
    def named(self) -> frozenset[LocalId]:
        """All of them."""
        return frozenset((self.document, local) for local in (*self.by, *self.to, *self.through))


Drawn = tuple[Bar, tuple[Told, ...]]
"""An event as a bar, with whom its claims name."""


def told_in(claim: Claim) -> Told:
    """Return whom a claim names."""
    content = claim.content
    as_: dict[Role | None, list[str]] = {}
    for named in content.who:
        if named.group:
            role = named.role if named.role in {Role.ACTOR, Role.INSTRUMENT} else None
            as_.setdefault(role, []).append(named.group)
    return Told(
        claim=claim.id,
        document=claim.document,
        type=content.event_type,
        promised=content.modality is Modality.PROMISED,
        denied=content.polarity is Polarity.DENIED,
        by=tuple(as_.get(Role.ACTOR, ())),
        to=tuple(as_.get(None, ())),
        through=tuple(as_.get(Role.INSTRUMENT, ())),
    )


def bar_of(event: Event, claims: Iterable[Claim]) -> Bar:
    """Return the bar of an event with its claims; without ends where its time is not told."""
    try:
        start, end = minutes(event.when or "")
    except ValueError:  # not told, or a duration, which is no place in time
        start = end = None
    held = tuple(claims)
    judged = {each.status for each in held}
    promised = bool(held) and all(each.content.modality == Modality.PROMISED for each in held)
    kind = BarKind.STATE if event.type is EventType.STATE else BarKind.EVENT
    return Bar(
        id=event.id,
        kind=BarKind.PROMISE if promised else kind,
        type=event.type,
        words=event.headline,
        language=event.language,
        when=event.when or "",
        start=start,
        end=end,
        where=event.where,
        who=event.who,
        status=next(
            (s for s in (Status.ACCEPTED, Status.CORRECTED) if s in judged), Status.PROPOSED
        ),
        at_least=event.roots.at_least,
        at_most=event.roots.at_most,
    )


def drawn_in(body: bytes) -> Drawn:
    """Return what the index keeps of one event."""
    drawn: Drawn = msgspec.msgpack.decode(body, type=Drawn)
    return drawn


class BarsRead:
    """The bars of all events of one index, as they were read last, by id."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        self._read: dict[str, tuple[str, Drawn]] = {}
        self._worked = 0

    def renewed(self, db: Store) -> Iterator[tuple[str, Drawn]]:
        """Read what changed, and return all of them: component and bar, in order of id."""
        rows = db.execute("SELECT worked, id FROM bars").fetchall()
        here = {id_ for _, id_ in rows}
        for gone in self._read.keys() - here:
            del self._read[gone]
        changed = db.execute(
            "SELECT id, component, body FROM bars WHERE worked > ?", (self._worked,)
        ).fetchall()
        self._read |= {id_: (component, drawn_in(body)) for id_, component, body in changed}
        self._worked = max((worked for worked, _ in rows), default=0)
        return (self._read[id_] for id_ in sorted(here))


def minutes(edtf: str) -> tuple[int | None, int | None]:
    """Return the first and the last minute that an EDTF value leaves possible, from 1970.

    An hour is read where the value has one; None is an open end.

    Raises:
        ValueError: Not an EDTF value.
    """
    moment = Moment.parse(edtf)
    first, _, last = edtf.partition("/")
    start = end = None
    if moment.lower is not None:
        begun, _ = _clock(first)
        start = minute_of(datetime.combine(moment.lower, begun))
    if moment.upper is not None:
        _, ended = _clock(last or first)
        end = minute_of(datetime.combine(moment.upper, ended))
    return start, end


def edtf_of(minute: int) -> str:
    """Return a minute, counted from 1970, as an EDTF value; midnight as the day alone."""
    moment = moment_of(minute)
    if moment.time() == time():
        return moment.date().isoformat()
    return moment.isoformat(timespec="minutes")


def _clock(part: str) -> tuple[time, time]:
    """Return the first and the last minute of the hour in one EDTF date; of the day if none."""
    match = _HOUR.search(part)
    if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59:
        return time(0, 0), time(23, 59)
    hour = int(match[1])
    if match[2] is None:
        return time(hour, 0), time(hour, 59)
    return time(hour, int(match[2])), time(hour, int(match[2]))


def moment_of(minute: int) -> datetime:
    """Return a minute counted from 1970 as a date with its time."""
    return _EPOCH + timedelta(minutes=minute)


def minute_of(moment: datetime) -> int:
    """Return the minute of a date with its time, counted from 1970."""
    return (moment - _EPOCH) // timedelta(minutes=1)
