"""Border notices on one node: who is near a border when, whom it reaches, where two overlap.

A notice lives by steps, like the other items of the desk. District and day are the finest
grain unless a person chooses finer. Where two of different parties overlap in cells and days,
either learns that there is something and whom to call, if both labels allow at least that to
the other side; else only the secretariat that both have chosen as matcher learns of it. What
is looked for is on record, and a party other than this node's own may look `PROBES` times a
day: each node checks only what it holds, and nobody finds out by many small notices where
others are (decision 35).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from tawatur import desk
from tawatur.errors import Message, UsageError
from tawatur.model.account import AccountRole
from tawatur.model.area import (
    Area,
    BorderNotice,
    BorderStatus,
    Interest,
    Overlap,
    Probe,
    Sighting,
)
from tawatur.model.desk import Step
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import DeskId, NodeId
from tawatur.model.label import Decision, Label, Leave, Terms, Viewer, may_receive
from tawatur.model.moment import Moment
from tawatur.node import bodies
from tawatur.node.desk.desk import Desk
from tawatur.node.drafting import Drafter
from tawatur.node.given import happened, said, told
from tawatur.node.indexing.border_rows import Near
from tawatur.node.indexing.index import Index, undamaged
from tawatur.node.seeing.positions import position_of
from tawatur.node.seeing.sight import Sight
from tawatur.node.sharing.communities import Communities
from tawatur.node.sharing.outgoing import Outgoing, Waiting
from tawatur.node.sharing.partners import Partners

PROBES = 24
"""Times a day that the notices of one party, other than the node's own, are held against others."""
_LEAST_KM = 5
"""Reach of a place of which less is known: a town has edges."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A notice as it was recorded; ``said`` tells what was coarsened, or not compared."""

    notice: BorderNotice
    said: tuple[Message, ...]
    overlaps: tuple[Overlap, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """A partner whose area of interest a notice touches, and how much its label gives them."""

    party: NodeId
    name: str
    interest: Interest
    gives: Decision


@dataclass(frozen=True, slots=True)
class Areas:
    """The border notices of one node; `Node.areas` is where the doors find them."""

    drafter: Drafter
    desk: Desk
    index: Callable[[], Index]
    sight: Callable[[Viewer | None], Sight]
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]
    partners: Partners
    communities: Communities
    outgoing: Outgoing

    # ------------------------------------------------------------ listings

    @undamaged
    def notices(
        self,
        *,
        near: Area | None = None,
        at: str | None = None,
        over: bool = False,
        start: int = 0,
        limit: int | None = None,
        viewer: Viewer | None = None,
    ) -> tuple[BorderNotice, ...]:
        """Return border notices, open ones first, by their first day.

        Args:
            near: Only those with a part of this area.
            at: Only those with a day in this EDTF date or interval.
            over: Also those that are withdrawn, or whose last day is past.
            start: How many to pass over.
            limit: How many at most; all if None.
            viewer: Who asks; the node's own organisation if None.

        Raises:
            UsageError: The time is none.
        """
        moment = _moment(at) if at else None
        found = self._notices(self.sight(viewer), near, moment, over=over)
        return tuple(islice(found, start, None if limit is None else start + limit))

    def _notices(
        self, sight: Sight, near: Area | None, moment: Moment | None, *, over: bool
    ) -> Iterator[BorderNotice]:
        """Yield what may be seen; of what is partly hidden as the rest of its steps has it."""
        today = self._today()
        first = moment.lower if moment else None
        if not over:
            first = max(first or today, today)
        wanted = Near(first, moment.upper if moment else None, closed=None if over else False)
        if near is not None:
            from tawatur.desk import areas  # noqa: PLC0415 - geometry, where it is asked for

            shape = areas.shape_of(near)
        found = (sight.steps(each) for each in sight.near_border(wanted))
        items: Iterator[BorderNotice] = (desk.standing(steps) for steps in found if steps)
        for item in items:
            closed = item.status is not BorderStatus.OPEN or item.over(today)
            if (closed and not over) or (moment and not item.meets(moment)):
                continue
            if near is None or areas.shape_of(item.area).intersects(shape):
                yield item

    @undamaged
    def notice(self, given: str, *, viewer: Viewer | None = None) -> BorderNotice:
        """Return one border notice by an unambiguous beginning of its id.

        Raises:
            UnknownIdError: There is none that may be seen.
        """
        return self.desk.one(BorderNotice, given, viewer)

    @undamaged
    def history(
        self, given: str, *, viewer: Viewer | None = None
    ) -> tuple[Step[BorderNotice], ...]:
        """Return its steps that may be seen, first recorded first."""
        sight = self.sight(viewer)
        return sight.steps(sight.desk_id(Kind.BORDER_NOTICE, given))

    def geojson(self, notices: Sequence[BorderNotice]) -> dict[str, Any]:
        """Return notices as a GeoJSON FeatureCollection, in their order."""
        from tawatur.desk import areas  # noqa: PLC0415 - geometry, where it is asked for

        told_of = ("by", "what", "start", "end", "contact", "sighting", "place", "status")
        return {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "id": each.id,
                    "geometry": areas.geometry(each.area),
                    "properties": {name: getattr(each, name) for name in told_of},
                }
                for each in notices
            ],
        }

    # ------------------------------------------------------------ steps

    def area(self, places: Sequence[str] = (), geojson: str | bytes | None = None) -> Area:
        """Return the area that place names or GeoJSON tell.

        Args:
            places: Each a name, with the country's behind a comma where several bear it.
            geojson: Polygons; together with the places where both are told.

        Raises:
            UsageError: Nothing is told, a place is not known, or the GeoJSON is no area.
        """
        from tawatur.desk import areas  # noqa: PLC0415 - geometry, where it is asked for

        found = [] if geojson is None else [areas.area_of(geojson)]
        for place in filter(None, map(str.strip, places)):
            names = tuple(name.strip() for name in place.split(","))
            position = position_of(names)
            if position is None:
                raise UsageError(
                    "it cannot be told where {0} is; add its country behind a comma, or give "
                    "an area as GeoJSON",
                    place,
                )
            reach = max(position.km, _LEAST_KM)
            found.append(areas.disc(position.latitude, position.longitude, reach))
        if not found:
            raise UsageError("tell the area, by places or as GeoJSON")
        return areas.together(found)

    @undamaged
    def add(
        self,
        what: str,
        *,
        contact: str,
        start: str,
        end: str | None = None,
        places: Sequence[str] = (),
        geojson: str | bytes | None = None,
        by: str | None = None,
        sighting: Sighting = Sighting.PLANNED,
        fine: bool = False,
        matcher: str | None = None,
        to: Sequence[str] = (),
        circles: Sequence[str] = (),
        existence: bool = False,
        evidence: Sequence[str] = (),
    ) -> Noted:
        """Record a border notice, hold it against the others, and return what came of both.

        Args:
            what: What is planned or was seen.
            contact: Whom to call about it.
            start: The first day, as an EDTF date; or a time with its offset, if ``fine``.
            end: The last; that of ``start`` if None.
            places: See `area`.
            geojson: See `area`.
            by: Whose notice it is; the organisation of whoever writes it if None.
            sighting: Whether it is planned or was seen.
            fine: Whether it is to be finer than district and day.
            matcher: The partner, or this node, that may tell of overlaps that nobody else may.
            to: Partners who may have it.
            circles: Communities whose members may have it, or ``COMMUNITY:tier``.
            existence: Whether those only may learn that there is something.
            evidence: Claims that tell of it.

        Raises:
            UsageError: Something is empty, no time, ends before it starts, or was seen on a day
                to come; see also `area`.
            RoleNeededError: It is for others, and the person is no release officer.
            UnknownIdError: There is no such partner, community or claim.
        """
        match_by = self._party(matcher)
        label = self._label(to, circles, match_by, existence=existence)
        item = BorderNotice(
            id=DeskId(self.drafter.random_id("f")),
            by=told(by) or self._name(self.drafter.party),
            what=said(what, Message("what is planned or was seen")),
            contact=said(contact, Message("the contact")),
            **self._where(places, geojson, fine=fine),
            **_window(start, end, fine=fine),
            sighting=sighting,
            fine=fine,
            matcher=match_by,
            evidence=self.desk.claims_of(evidence),
        )
        self._verify_come(item)
        self.desk.first(item, label)
        return self._noted(item)

    @undamaged
    def change(
        self,
        given: str,
        *,
        start: str | None = None,
        end: str | None = None,
        places: Sequence[str] = (),
        geojson: str | bytes | None = None,
        fine: bool | None = None,
        matcher: str | None = None,
        **fields: Any,
    ) -> Noted:
        """Record other particulars of an open border notice, and return what came of it.

        Args:
            given: Its id, or the beginning of it.
            start: See `add`.
            end: See `add`.
            places: See `area`.
            geojson: See `area`.
            fine: See `add`; as before if None.
            matcher: See `add`.
            fields: ``what``, ``contact``, ``sighting``, ``evidence``.

        Raises:
            UsageError: It is withdrawn, nothing is told, or what is told is wrong.
            UnknownIdError: There is no such notice, partner or claim.
        """
        old = self.notice(given)
        finer = old.fine if fine is None else fine
        kept: dict[str, Any] = {name: value for name, value in fields.items() if value}
        if "evidence" in kept:
            kept["evidence"] = self.desk.claims_of(kept["evidence"])
        if places or geojson is not None:
            kept |= self._where(places, geojson, fine=finer)
        elif old.fine and not finer:
            kept |= self._coarse(old.area)
        if start or end or finer != old.fine:
            kept |= _window(start or old.start, end or (None if start else old.end), fine=finer)
        if matcher:
            kept["matcher"] = self._party(matcher)
        if finer != old.fine:
            kept["fine"] = finer
        if not kept:
            raise UsageError("say what is to change: {0}", given)
        item = desk.restated(old, **kept)
        self._verify_come(item)
        return self._noted(self.desk.step(old, item))

    @undamaged
    def withdraw(self, given: str, why: str) -> BorderNotice:
        """Record that a border notice does not hold any more, and return it.

        Raises:
            UsageError: It is withdrawn already, is another party's, or no reason is given.
            UnknownIdError: There is no such notice.
        """
        old, now = self.notice(given), BorderStatus.WITHDRAWN
        return self.desk.step(old, desk.stepped(old, now, why), now)

    # ------------------------------------------------------------ interests, and whom it reaches

    @undamaged
    def interest(
        self, party: str, places: Sequence[str] = (), geojson: str | bytes | None = None
    ) -> Interest:
        """Record that an area concerns a partner, and return that; arguments as `area`.

        Raises:
            UnknownIdError: There is no such partner.
            UsageError: See `area`.
        """
        of = self.partners.one(party).id
        id_ = DeskId(self.drafter.random_id("w"))
        place = ", ".join(places) or None
        return self._kept_interest(Interest(id_, of, self.area(places, geojson), place))

    @undamaged
    def interests(self, *, viewer: Viewer | None = None) -> tuple[Interest, ...]:
        """Return the areas of interest of partners that may be seen, first recorded first."""
        found: dict[DeskId, Interest] = {}
        for body in self.sight(viewer).kept(Kind.INTEREST):
            interest = bodies.value_of(Interest, body["interest"])
            found[interest.id] = interest
        return tuple(each for each in found.values() if not each.withdrawn)

    @undamaged
    def disinterest(self, given: str) -> Interest:
        """Record that an area does not concern a partner any more, and return what it was.

        Raises:
            UnknownIdError: There is no such area of interest.
        """
        id_ = self.sight(None).kept_id(Kind.INTEREST, given)
        (known,) = (each for each in self.interests() if each.id == id_)
        return self._kept_interest(replace(known, withdrawn=True))

    @undamaged
    def reached(self, given: str) -> tuple[Reached, ...]:
        """Return the partners whose area of interest a notice touches, and what they may have."""
        from tawatur.desk import areas  # noqa: PLC0415 - geometry, where it is asked for

        item, label = self.notice(given), self.desk.label(self.notice(given).id)
        shape, found = areas.shape_of(item.area), {}
        for interest in self.interests():
            if interest.party not in found and areas.shape_of(interest.area).intersects(shape):
                gives = self._leave(interest.party, label)
                name = self._name(interest.party)
                found[interest.party] = Reached(interest.party, name, interest, gives)
        return tuple(found.values())

    @undamaged
    def send(self, given: str) -> tuple[Waiting, ...]:
        """Propose a notice to all whom it reaches and whose label allows it, and return that.

        Raises:
            UnknownIdError: There is no such notice.
            NotReleasableError: It may not go to one of them now.
        """
        item = self.notice(given)
        return tuple(
            self.outgoing.propose(item.id, each.party)
            for each in self.reached(item.id)
            if each.gives.leave is not Leave.NO
        )

    # ------------------------------------------------------------ overlaps

    @undamaged
    def check(self, given: str) -> Probe:
        """Hold a notice against the others that are held here, on record; return what was found.

        What was found is the node's own: what whom is told of it says `overlaps`.
        """
        id_, today = self.sight(None).desk_id(Kind.BORDER_NOTICE, given), self._today()
        rows, keeping = self.index().books.border, self.index().keeping
        sides = set(rows.label(id_).originators)
        party = min(sides - {self.drafter.node}, default=self.drafter.node)
        about = f"{party} {today.isoformat()}"
        over = party != self.drafter.node and keeping.count(Kind.PROBE, about) >= PROBES
        others = () if over else rows.overlapping(id_, today)
        found = tuple(each for each in others if sides.isdisjoint(rows.label(each).originators))
        probe = Probe(id_, party, today, found, over)
        body = {"id": id_, "about": about, "probe": bodies.body_of(probe)}
        self.append([self.drafter.entry(Kind.PROBE, body, label=Label.by(self.drafter.node))])
        return probe

    @undamaged
    def overlaps(
        self, given: str | None = None, *, viewer: Viewer | None = None
    ) -> tuple[Overlap, ...]:
        """Return what whoever asks may know of overlaps: of one notice, or of all of theirs.

        Raises:
            UnknownIdError: There is no such notice that may be seen.
        """
        sight = self.sight(viewer)
        only = None if given is None else sight.desk_id(Kind.BORDER_NOTICE, given)
        pairs = {
            tuple(sorted((probe.notice, other)))
            for probe in self.probes()
            for other in probe.found
            if only in {None, probe.notice, other}
        }
        found = (self._overlap(sight, *pair) for pair in sorted(pairs))
        return tuple(each for each in found if each is not None)

    def probes(self) -> Iterator[Probe]:
        """Yield all that notices were held against, on record; not for whoever may not see all."""
        for body in self.index().keeping.of(Kind.PROBE):
            yield bodies.value_of(Probe, body["probe"])

    def _overlap(self, sight: Sight, a: DeskId, b: DeskId) -> Overlap | None:
        """Return what somebody may know of the overlap of two notices, as both stand now."""
        from tawatur.desk import areas  # noqa: PLC0415 - geometry, where there are overlaps

        rows, books = self.index().books.border, self.index().books
        steps, labels = [books.steps(a), books.steps(b)], {}
        if not all(steps):
            return None  # erased
        one, other = (desk.standing(each) for each in steps)
        for item in (one, other):
            if item.status is not BorderStatus.OPEN or item.over(self._today()):
                return None
            labels[item.id] = rows.label(item.id)
        shared = areas.overlap(
            *(areas.coarsened(i.area, areas.cell_of(labels[i.id])) for i in (one, other))
        )
        first = max(one.days[0], other.days[0])
        last = min(one.days[1], other.days[1])
        if shared is None or last < first:
            return None
        me = sight.viewer.party
        if self._mutual(labels[a], labels[b]):
            mine, theirs = (one, other) if me in labels[a].originators else (other, one)
            if me not in labels[mine.id].originators or not sight.steps(mine.id):
                return None
            known = tuple(each.id for each in (mine, theirs) if sight.steps(each.id))
            return Overlap(known, shared, first, last, (theirs.contact,))
        if one.matcher == other.matcher == me:
            contacts = tuple(dict.fromkeys((one.contact, other.contact)))
            known = tuple(each.id for each in (one, other) if sight.steps(each.id))
            return Overlap(known, shared, first, last, contacts, matched=True)
        return None

    def _mutual(self, a: Label, b: Label) -> bool:
        """Return whether both labels allow at least existence to all of the other side."""
        return all(
            self._leave(party, label).leave >= Leave.EXISTENCE
            for label, others in ((a, b), (b, a))
            for party in others.originators
        )

    # ------------------------------------------------------------ within

    def _leave(self, party: NodeId, label: Label) -> Decision:
        at = self.index().heads.circumstances(party, self.drafter.now())
        return may_receive(self.communities.viewer(party), label, at)

    def _verify_come(self, item: BorderNotice) -> None:
        """Refuse what is told as seen on a day to come."""
        if item.sighting is Sighting.SEEN:
            happened(item.start[:10], self._today())

    def _noted(self, item: BorderNotice) -> Noted:
        """Hold a notice against the others and return what its party is told."""
        lines = []
        if not item.fine:
            lines.append(Message("area and days are kept by district and day; --finer keeps more"))
        if self.check(item.id).over:
            lines.append(Message("compared {0} times today; look again tomorrow", (str(PROBES),)))
        return Noted(item, tuple(lines), self.overlaps(item.id))

    def _where(
        self, places: Sequence[str], geojson: str | bytes | None, *, fine: bool
    ) -> dict[str, Any]:
        area = self.area(places, geojson)
        found = {"area": area} if fine else self._coarse(area)
        return {**found, "place": "; ".join(places) or None}

    @staticmethod
    def _coarse(area: Area) -> Mapping[str, Area]:
        from tawatur.desk import areas  # noqa: PLC0415 - geometry, where it is asked for

        return {"area": areas.coarsened(area, areas.DISTRICT)}

    def _label(
        self,
        to: Sequence[str],
        circles: Sequence[str],
        matcher: NodeId | None,
        *,
        existence: bool,
    ) -> Label:
        """Return the label of a new notice: one's own word, for those who are named."""
        named = {matcher, *map(self._party, to)} - {None, self.drafter.party}
        terms = Terms(
            self.drafter.party,
            audience=frozenset(party for party in named if party is not None),
            circles=frozenset(map(self.communities.circle, circles)),
            gives=Leave.EXISTENCE if existence else Leave.YES,
        )
        if terms.audience or terms.circles:
            self.drafter.person.verify_is(AccountRole.RELEASE_OFFICER)
        return Label.of(terms)

    def _party(self, given: str | None) -> NodeId | None:
        """Return the node of an organisation, None for none."""
        if not given:
            return None
        return self.partners.party(given)

    def _name(self, party: NodeId) -> str:
        names = {card.id: card.name for card in self.partners.all().values()}
        return {**names, self.drafter.node: self.partners.card.name}.get(party, party)

    def _kept_interest(self, interest: Interest) -> Interest:
        body = {"id": interest.id, "about": interest.party, "interest": bodies.body_of(interest)}
        self.append([self.drafter.entry(Kind.INTEREST, body)])
        return interest

    def _today(self) -> date:
        return self.drafter.now().date()


def _moment(given: str) -> Moment:
    try:
        return Moment.parse(given.strip())
    except ValueError as cause:
        raise UsageError(
            "{0} is not a date; write one as 2021, 2021-03 or 2021-03-31", repr(given.strip())
        ) from cause


def _window(start: str, end: str | None, *, fine: bool) -> dict[str, Any]:
    """Return first and last day, or first and last time in UTC where that is wanted.

    Raises:
        UsageError: One is no time, has no offset, or the end lies before the start.
    """
    first, last = _edge(start, last=False), _edge(end or start, last=True)
    if last < first if _alike(first, last) else _day(last) < _day(first):
        raise UsageError("it ends on {0}, before it starts on {1}", end or start, start)
    if fine:
        return {"start": _written(first), "end": _written(last)}
    return {"start": _day(first).isoformat(), "end": _day(last).isoformat()}


def _edge(given: str, *, last: bool) -> Any:
    """Return the time with its offset that is written, or the first or last day of a date."""
    if "T" in given:
        try:
            time = datetime.fromisoformat(given.strip())
        except ValueError:
            time = datetime.min  # noqa: DTZ901 - stands for none, and has no offset
        if time.tzinfo is None:
            raise UsageError(
                "{0} is no time; write one with its offset: 2031-06-15T06:30+01:00", repr(given)
            )
        return time
    moment = _moment(given)
    day = moment.upper if last else moment.lower
    if day is None:
        raise UsageError("{0} has no end; a border notice has a first and a last day", repr(given))
    return day


def _alike(one: object, other: object) -> bool:
    return isinstance(one, datetime) == isinstance(other, datetime)


def _day(edge: date) -> date:
    """Return the day of an edge, as its own clock has it."""
    return edge.date() if isinstance(edge, datetime) else edge


def _written(edge: date) -> str:
    if not isinstance(edge, datetime):
        return edge.isoformat()
    return f"{edge.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
