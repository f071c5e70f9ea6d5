"""The meetings and calendars of a node in memory, changed by the node's own functions."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from tawatur import desk
from tawatur.desk import calendars, meetings
from tawatur.errors import UnknownIdError, UsageError
from tawatur.model.calendar import CalendarAddress, Occasion
from tawatur.model.desk import Commitment, Step
from tawatur.model.ids import ActorId, DeskId, NodeId, StepId
from tawatur.model.meeting import Clearance, Matter, Meeting, MeetingStatus, Word

_MADE = datetime(2031, 6, 1, 9, 0, tzinfo=UTC)


@dataclass(slots=True)
class SimulatedMeetings:
    """What the pages ask of meetings."""

    held: dict[str, list[Meeting]] = field(default_factory=dict)

    def all(self, *, start: int = 0, limit: int | None = None) -> tuple[Meeting, ...]:
        """Return all of them."""
        return tuple(sorted((each[-1] for each in self.held.values()), key=desk.urgency))[start:]

    def count(self) -> int:
        """Return how many there are."""
        return len(self.held)

    def one(self, given: str) -> Meeting:
        """Return one."""
        if given not in self.held:
            raise UnknownIdError("meeting", given)
        return self.held[given][-1]

    def history(self, given: str) -> tuple[Step[Any], ...]:
        """Return its steps."""
        return tuple(
            Step(StepId(f"m-{n}"), (), NodeId("n-1"), _MADE, item)
            for n, item in enumerate(self.held[given])
        )

    def promised(self, at: str | Meeting) -> tuple[Commitment, ...]:
        """Return one promise."""
        return (Commitment(DeskId("k-0000000000000008"), "القيادة", "فتح الطريق", due="2021-08"),)

    def places(self) -> tuple[tuple[str, int], ...]:
        """Return one summit."""
        return (("قمة ودريل", 1),)

    def names(self, meeting: Meeting) -> dict[str, str]:
        """Return the names of all."""
        return {key: each[-1].title for key, each in self.held.items()}

    def name_of(self, said_at: str | None) -> str | None:
        """Return the words as they are."""
        return said_at

    def add(
        self, name: str, *, hours: str | None = None, zone: str = "UTC", **also: Any
    ) -> Meeting:
        """Keep a meeting."""
        agenda = also.pop("agenda", ())
        told = {key: value for key, value in also.items() if value}
        made = Meeting(DeskId(f"mt-{len(self.held):016d}"), name, **told)
        if hours:
            made = replace(made, hours=meetings.hours(made.when, hours, zone))
        return self._kept(meetings.added(made, *map(Matter, agenda)))

    def close(self, given: str, status: MeetingStatus, *, why: str, **also: Any) -> Meeting:
        """Keep what became of it."""
        return self._kept(desk.stepped(self.one(given), status, why))

    def put(self, given: str, *matters: str) -> Meeting:
        """Keep further matters."""
        if not all(matters):
            raise UsageError("{0} is empty", "the matter")
        return self._kept(meetings.added(self.one(given), *map(Matter, matters)))

    def decide(self, given: str, decision: str, *, on: str | None = None) -> Meeting:
        """Keep a decision."""
        old = self.one(given)
        new = meetings.decided(old, on, decision) if on else meetings.resolved(old, decision)
        return self._kept(new)

    def put_off(
        self, given: str, matter: str, to: str | None = None
    ) -> tuple[Meeting, Meeting | None]:
        """Keep that a matter was put off to no meeting yet."""
        return self._kept(meetings.put_off(self.one(given), matter, None)[0]), None

    def draft(self, given: str, name: str, text: str) -> Meeting:
        """Keep a paper."""
        return self._kept(meetings.drafted(self.one(given), name, text))

    def clear(
        self, given: str, name: str, party: str, clearance: Clearance, *, why: str | None = None
    ) -> Meeting:
        """Keep what a party says."""
        return self._kept(meetings.cleared(self.one(given), name, Word(party, clearance, why)))

    def _kept(self, meeting: Meeting) -> Meeting:
        self.held.setdefault(meeting.id, []).append(meeting)
        return meeting


class SimulatedCalendars:
    """One address, and one thing on it."""

    def occasions(self) -> tuple[Occasion, ...]:
        """Return a meeting with hours and a thing to be done."""
        held = Meeting(DeskId("mt-0000000000000001"), "حوار", "2031-06-14")
        held = replace(held, hours=meetings.hours(held.when, "10:00-12:00", "Africa/Bamako"))
        promise = Commitment(DeskId("k-0000000000000001"), "Widril", "open the road", due="2031-07")
        return calendars.occasions([held], [promise], (), ())

    def ics(self, *, language: str) -> bytes:
        """Return it as a file."""
        return calendars.ics("Widril", self.occasions(), _MADE, language)

    def give(self, given: str | None = None) -> tuple[CalendarAddress, str]:
        """Refuse."""
        raise UsageError("say whose calendar it is; an address is somebody's")

    def given(self) -> tuple[CalendarAddress, ...]:
        """Return one that holds and one that was revoked."""
        one = CalendarAddress("ca-0000000000000001", ActorId("a-1"), "Rim", None, "")
        return one, replace(one, id="ca-0000000000000002", revoked="ضاع الهاتف")

    def revoke(self, given: str, why: str) -> CalendarAddress:
        """Refuse."""
        raise UnknownIdError("calendar", given)

    def read(self, word: str, form: str, *, language: str) -> bytes | None:
        """Return nothing."""
        return None
