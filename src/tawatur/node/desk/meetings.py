"""One node's meetings: who meets whom, their agenda and papers, and what was promised there.

Every change is a step like those of commitments (`tawatur.node.desk.desk`): labelled, kept, in
view of the steps before it. A matter that is put off lands on the agenda of the later meeting
in the same act, and makes that as restricted as the meeting it comes from.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from tawatur import desk
from tawatur.desk import meetings
from tawatur.errors import Message, UsageError
from tawatur.model.desk import Commitment, Step
from tawatur.model.entry import Draft, Entry
from tawatur.model.ids import DeskId, DocumentId
from tawatur.model.label import Label, Viewer, join
from tawatur.model.meeting import Clearance, Matter, Meeting, MeetingStatus, Word
from tawatur.node.desk.desk import Desk
from tawatur.node.given import edtf, happened, said, told
from tawatur.node.indexing.books import Wanted
from tawatur.node.indexing.index import undamaged
from tawatur.node.indexing.words import stems
from tawatur.node.seeing.sight import Sight

if TYPE_CHECKING:
    from tawatur.briefs import Brief


@dataclass(frozen=True, slots=True)
class Meetings:
    """The meetings of one node; `Node.meetings` is where the doors find them."""

    desk: Desk
    sight: Callable[[Viewer | None], Sight]
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]

    # ------------------------------------------------------------ listings

    @undamaged
    def all(
        self,
        *,
        series: str | None = None,
        ahead: bool = False,
        start: int = 0,
        limit: int | None = None,
        viewer: Viewer | None = None,
    ) -> tuple[Meeting, ...]:
        """Return meetings, the next one first, those that are over or cancelled last.

        Args:
            series: Only those of a series, or of a name, that holds these words.
            ahead: Only those that are still to be held.
            start: How many to pass over.
            limit: How many at most; all if None.
            viewer: Who asks; the node's own organisation if None.
        """
        words = set(stems(series or ""))
        wanted = Wanted(
            Meeting,
            open=True if ahead else None,
            by=(lambda name: words <= set(stems(name))) if words else None,
        )
        sight = self.sight(viewer)
        return tuple(_shown(each, sight) for each in islice(sight.desk(wanted, start), limit))

    @undamaged
    def count(self, *, viewer: Viewer | None = None) -> int:
        """Return how many may be seen."""
        return self.sight(viewer).desk_count(Wanted(Meeting))

    @undamaged
    def one(self, given: str, *, viewer: Viewer | None = None) -> Meeting:
        """Return one meeting by an unambiguous beginning of its id, without documents not shown.

        Raises:
            UnknownIdError: There is none that may be seen.
        """
        return _shown(self.desk.one(Meeting, given, viewer), self.sight(viewer))

    def history(self, given: str, *, viewer: Viewer | None = None) -> tuple[Step[Any], ...]:
        """Return the steps of a meeting that may be seen, first recorded first."""
        return self.desk.history(given, viewer=viewer)

    @undamaged
    def promised(
        self, at: str | Meeting, *, viewer: Viewer | None = None
    ) -> tuple[Commitment, ...]:
        """Return what was promised at a meeting or summit, what is overdue first.

        Args:
            at: The meeting, or words of the name of a summit.
            viewer: Who asks.
        """
        names = {at.id, at.name} if isinstance(at, Meeting) else {at}
        wanted = [(name, set(stems(name))) for name in names]
        return tuple(
            promise
            for promise in self.sight(viewer).desk(Wanted(Commitment))
            if promise.said_at
            and any(
                promise.said_at == name or (words and words <= set(stems(promise.said_at)))
                for name, words in wanted
            )
        )

    @undamaged
    def places(self, *, viewer: Viewer | None = None) -> tuple[tuple[str, int], ...]:
        """Return the meetings and summits where something was promised, and how much, by name."""
        sight = self.sight(viewer)
        names = {each.id: each.title for each in sight.desk(Wanted(Meeting))}
        found: dict[str, int] = {}
        for promise in sight.desk(Wanted(Commitment)):
            if promise.said_at:
                name = names.get(DeskId(promise.said_at), promise.said_at)
                found[name] = found.get(name, 0) + 1
        return tuple(sorted(found.items()))

    def name_of(self, said_at: str | None, *, viewer: Viewer | None = None) -> str | None:
        """Return the name of the meeting whose id a commitment gives; other words as they are."""
        if (
            said_at is None
            or not said_at.startswith("mt-")
            or not self.sight(viewer).steps(DeskId(said_at))
        ):
            return said_at
        return self.one(said_at, viewer=viewer).title

    @undamaged
    def minutes(self, given: str, language: str, *, viewer: Viewer | None = None) -> "Brief":
        """Return the minutes of a meeting as a brief, under the labels of all that is in it.

        Args:
            given: The meeting.
            language: Of the words around: ``ar``, ``fr`` or ``en``.
            viewer: Who asks.

        Raises:
            UnknownIdError: There is no such meeting that may be seen.
        """
        from tawatur import briefs  # noqa: PLC0415 - listings write none
        from tawatur.node.briefs import briefing  # noqa: PLC0415 - likewise

        sight, meeting = self.sight(viewer), self.one(given, viewer=viewer)
        views = [sight.document(each) for each in meeting.documents]
        promised = self.promised(meeting, viewer=viewer)
        labels = briefing.labels(views, ())
        labels.append(sight.desk_label(meeting.id))
        labels += [sight.desk_label(item.id) for item in promised]
        return briefs.minutes(
            meeting,
            commitments=promised,
            documents=briefing.sources(views),
            names=self.names(meeting, viewer=viewer),
            label=join(self.desk.drafter.party, labels),
            made=self.desk.drafter.now(),
            language=language,
        )

    def names(self, meeting: Meeting, *, viewer: Viewer | None = None) -> dict[str, str]:
        """Return the names of the meetings that matters came from or went to, and may be seen."""
        sight = self.sight(viewer)
        ids = {id_ for each in meeting.matters for id_ in (each.earlier, each.later) if id_}
        return {id_: self.one(id_, viewer=viewer).title for id_ in ids if sight.steps(id_)}

    # ------------------------------------------------------------ meetings

    @undamaged
    def add(
        self, name: str, *, hours: str | None = None, zone: str = "UTC", **also: Any
    ) -> Meeting:
        """Record a meeting and return it; what earlier sessions left over is on its agenda.

        Args:
            name: What it is called.
            hours: ``10:00-12:30``, where its day is told.
            zone: By whose clocks, as IANA calls the place.
            also: Further fields of `Meeting`; dates are EDTF. ``agenda`` holds words of matters.

        Raises:
            UsageError: It has no name, a date is none, or the hours cannot be.
        """
        fields = self._kept(also)
        agenda = fields.pop("agenda", ())
        series = fields.get("series")
        sessions = self._sessions(series) if series else ()
        if series:
            fields.setdefault("number", max((s.number or 0 for s in sessions), default=0) + 1)
            fields["series"] = next((s.series for s in sessions), series)  # as it was first spelt
        bare = Meeting(
            DeskId(self.desk.drafter.random_id("mt")), said(name, Message("the name")), **fields
        )
        if hours:
            bare = replace(bare, hours=meetings.hours(bare.when, hours, zone))
        left = meetings.left_over(sessions)
        came = (Matter(each.what, earlier=session.id) for session, each in left)
        made = meetings.added(bare, *(Matter(what) for what in agenda), *came)
        changed = {session.id: session for session in sessions}
        for session, each in left:
            changed[session.id], _ = meetings.put_off(changed[session.id], each.what, made.id)
        gone = [session for session in changed.values() if session not in sessions]
        labels = [self.desk.label(session.id) for session in gone]
        own = self.desk.drafted(made, Label.by(self.desk.drafter.party), *labels)
        self.append([own, *map(self.desk.drafted, gone)])
        return made

    @undamaged
    def change(
        self, given: str, *, hours: str | None = None, zone: str = "UTC", **also: Any
    ) -> Meeting:
        """Record other particulars of a meeting and return it; arguments as `add`.

        Raises:
            UsageError: It is cancelled, nothing is told, or what is told is wrong.
            UnknownIdError: There is no such meeting.
        """
        old, fields = self._old(given), self._kept(also)
        new = desk.restated(old, **fields)
        if hours:
            new = replace(new, hours=meetings.hours(new.when, hours, zone))
        elif new.when != old.when and new.hours is not None:
            meetings.verify(new)  # the clocks of the new day may have no such hour
        if new == old:
            raise UsageError("say what is to change: {0}", given)
        return self.desk.step(old, new)

    @undamaged
    def close(self, given: str, status: MeetingStatus, *, why: str, **also: Any) -> Meeting:
        """Record that a meeting was held, put off, cancelled or is planned again; return it.

        Args:
            given: Its id, or the beginning of it.
            status: What it comes to.
            why: The reason.
            also: ``on``, when it happened (EDTF), ``when``, its new date, ``evidence``.

        Raises:
            UsageError: This does not follow, or has no reason.
            UnknownIdError: There is no such meeting or claim.
        """
        old = self._old(given)
        fields: dict[str, Any] = {"evidence": (), "on": None, **self._kept(also)}
        return self.desk.step(old, desk.stepped(old, status, why, **fields), status)

    # ------------------------------------------------------------ agenda

    @undamaged
    def put(self, given: str, *matters: str) -> Meeting:
        """Record further matters on the agenda of a meeting and return it.

        Raises:
            UsageError: A matter has no words, or the meeting is cancelled.
        """
        old = self._old(given)
        new = [Matter(said(each, Message("the matter"))) for each in matters]
        return self._changed(old, meetings.added(old, *new))

    @undamaged
    def decide(self, given: str, decision: str, *, on: str | None = None) -> Meeting:
        """Record a decision and return the meeting.

        Args:
            given: The meeting.
            decision: What was decided.
            on: Number or first words of the matter; where None, the decision is one of its own.

        Raises:
            UsageError: There is no such matter, or it was put off.
        """
        old, words = self._old(given), said(decision, Message("the decision"))
        if on is None:
            return self._changed(old, meetings.resolved(old, words))
        return self._changed(old, meetings.decided(old, on, words))

    @undamaged
    def put_off(
        self, given: str, matter: str, to: str | None = None
    ) -> tuple[Meeting, Meeting | None]:
        """Record that a matter is put off; return the meeting, and the one where it now stands.

        Args:
            given: The meeting.
            matter: Its number on the agenda, or its first words.
            to: The later meeting. Where None, the next of the series that is still to be held,
                and while there is none, the first of the series that is added.

        Raises:
            UsageError: There is no such matter, or it is decided; or there is neither a later
                meeting nor a series.
            UnknownIdError: There is no such meeting.
        """
        old = self._old(given)
        later = self._old(to) if to else self._next(old)
        if later is not None and later.id == old.id:
            raise UsageError("{0}: a matter is put off to another meeting", old.id)
        if later is None and old.series is None:
            raise UsageError("{0} belongs to no series; say to which meeting with --to", old.id)
        new, landing = meetings.put_off(_bare(old), matter, later.id if later else None)
        drafts = [self.desk.drafted(new)]
        if later is not None:
            desk.restated(later)  # refused where it is cancelled
            later = meetings.added(_bare(later), landing)
            drafts.append(self.desk.drafted(later, self.desk.label(old.id)))
        self.append(drafts)
        return new, later

    # ------------------------------------------------------------ papers

    @undamaged
    def draft(self, given: str, name: str, text: str) -> Meeting:
        """Record a draft, or minutes, as it now reads, and return the meeting.

        What the parties said of another text of it no longer counts.
        """
        old = self._old(given)
        words = said(text, Message("the paper"))
        return self._changed(old, meetings.drafted(old, said(name, Message("the name")), words))

    @undamaged
    def clear(
        self,
        given: str,
        name: str,
        party: str,
        clearance: Clearance,
        *,
        why: str | None = None,
        on: str | None = None,
    ) -> Meeting:
        """Record what a party says of a paper and return the meeting.

        Raises:
            UsageError: There is no such paper, the party does not take part or has a node of its
                own, or it reserves or objects without a reason.
        """
        old, nodes = self._old(given), self.desk.nodes()
        if nodes.get(party, self.desk.drafter.party) != self.desk.drafter.party:
            raise UsageError("{0}: only {1} can say whether it agrees", old.id, party)
        if clearance in (Clearance.RESERVES, Clearance.OBJECTS) and not told(why):
            raise UsageError("say why {0} does not agree with --why", party)
        word = Word(party, clearance, told(why), happened(on, self.desk.drafter.now().date()))
        return self._changed(old, meetings.cleared(old, name, word))

    # ------------------------------------------------------------ within

    def _old(self, given: str) -> Meeting:
        return self.desk.one(Meeting, given)

    def _changed(self, old: Meeting, new: Meeting) -> Meeting:
        """Record particulars that changed, unless none did, and return the meeting."""
        if new == old:
            return old
        desk.restated(old)  # refused where it is cancelled
        return self.desk.step(old, _bare(new))

    def _sessions(self, series: str) -> tuple[Meeting, ...]:
        """Return the sessions of a series, by the words of its name."""
        words = set(stems(series))
        found = self.sight(None).desk(Wanted(Meeting))
        return tuple(each for each in found if each.series and set(stems(each.series)) == words)

    def _next(self, meeting: Meeting) -> Meeting | None:
        """Return the first session of the series that is still to be held after a meeting."""
        after = desk.urgency(meeting)[1:]
        sessions = self._sessions(meeting.series) if meeting.series else ()
        return next((s for s in sessions if not s.closed and desk.urgency(s)[1:] > after), None)

    def _kept(self, fields: dict[str, Any]) -> dict[str, Any]:
        """Return the fields that are told, checked and as they are kept."""
        kept: dict[str, Any] = {}
        for name, value in fields.items():
            if value is None or value == ():
                continue
            if name in ("when", "next_review", "on"):
                kept[name] = edtf(value)
            elif name in ("parties", "agenda"):
                what = Message("the matter") if name == "agenda" else Message("who takes part")
                kept[name] = tuple(dict.fromkeys(said(each, what) for each in value))
            elif name == "documents":
                sight = self.sight(None)
                kept[name] = tuple(DocumentId(sight.document(each).line.id) for each in value)
            elif name == "evidence":
                kept[name] = self.desk.claims_of(value)
            else:
                kept[name] = value if name == "number" else told(value)
        return {name: value for name, value in kept.items() if value is not None}


def _shown(meeting: Meeting, sight: Sight) -> Meeting:
    """Return a meeting without the documents that may not be seen."""
    return replace(meeting, documents=tuple(filter(sight.may_see, meeting.documents)))


def _bare(meeting: Meeting) -> Meeting:
    """Return a meeting as a step in view of all heads leaves it."""
    return replace(meeting, rivals=())
