"""The desk of a node in memory: items in a list, steps by the node's own tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from tawatur import desk
from tawatur.errors import Message, UnknownIdError
from tawatur.model.area import BorderStatus
from tawatur.model.desk import (
    Commitment,
    CommitmentStatus,
    Due,
    Item,
    Lesson,
    ProposedReview,
    Request,
    RequestStatus,
    Review,
    Sitting,
    Step,
)
from tawatur.model.ids import ClaimId, DeskId, EventId, NodeId, StepId
from tawatur.model.label import Tier
from tawatur.model.meeting import Meeting
from tawatur.model.picture import Event, RootInterval
from tawatur.model.reading import EventType
from tawatur.node.desk.collecting import ToldSum
from tawatur.node.desk.followup import Agenda, Channel, Exchanged, State

_MADE = datetime(2031, 6, 1, 9, 0, tzinfo=UTC)
_REVIEW = Review(DeskId("l-0000000000000001"), "متابعة", 4, _MADE.date())


class SimulatedLessons:
    """What was learnt: nothing."""

    def all(self, *, about: str | None = None) -> tuple[Lesson, ...]:
        """Return nothing."""
        return ()

    def add(self, what: str, *, about: str | None = None) -> Lesson:
        """Refuse."""
        raise UnknownIdError("request", about or what)

    def change(self, given: str, *, what: str | None = None) -> Lesson:
        """Refuse."""
        raise UnknownIdError("lesson", given)

    def withdraw(self, given: str, why: str) -> Lesson:
        """Refuse."""
        raise UnknownIdError("lesson", given)


class SimulatedCollecting:
    """What collections cost: nothing."""

    def sums(self, given: str | None = None) -> tuple[ToldSum, ...]:
        """Return nothing."""
        return ()

    def take_over(self, given: str, claim: str, *, actual: bool = False) -> Request:
        """Refuse."""
        raise UnknownIdError("claim", claim)


class SimulatedSecretariat:
    """What goes through a node of which nobody knows."""

    def goes_through(self, item: Request) -> bool:
        """Return whether it names the secretariat of the simulated reports."""
        return item.through == "الأمانة"

    def taken_up_as(self, given: str) -> Request | None:
        """Return nothing."""
        return None

    def take_up(self, given: str, *, to: str | None = None, what: str | None = None) -> Request:
        """Refuse."""
        raise UnknownIdError("request", given)

    def report_back(self, given: str) -> Request:
        """Refuse."""
        raise UnknownIdError("request", given)


@dataclass(slots=True)
class SimulatedDesk:
    """What the pages ask of a desk."""

    steps: dict[DeskId, list[Step[Any]]] = field(default_factory=dict)

    def commitments(self, **wanted: object) -> tuple[Commitment, ...]:
        """Return what was promised."""
        return self._book(Commitment)

    def requests(self, **wanted: object) -> tuple[Request, ...]:
        """Return what was asked."""
        return self._book(Request)

    def proposed_commitments(self, *, limit: int | None = None) -> tuple[Commitment, ...]:
        """Return nothing: the simulator reads no claims."""
        return ()

    def proposed_requests(self, *, limit: int | None = None) -> tuple[Request, ...]:
        """Return nothing either."""
        return ()

    def confirm_commitment(self, given: str) -> Commitment:
        """Refuse."""
        raise UnknownIdError("commitment", given)

    def confirm_request(self, given: str) -> Request:
        """Refuse."""
        raise UnknownIdError("request", given)

    def reject(self, given: str, why: str) -> object:
        """Refuse."""
        raise UnknownIdError("claim", given)

    def count(self, kind: type[Commitment] | type[Request]) -> int:
        """Return how many items of a kind there are."""
        return len(self._book(kind))

    def following(self, item: Commitment | Request | Meeting) -> tuple[desk.Status, ...]:
        """Return what may follow on the status of an item."""
        following = desk.following(item.status)
        return tuple(status for status in following if not isinstance(status, BorderStatus))

    def commitment(self, given: str) -> Commitment:
        """Return one commitment."""
        return self._one(Commitment, given)

    def request(self, given: str) -> Request:
        """Return one request."""
        return self._one(Request, given)

    def history(self, given: str) -> tuple[Step[Any], ...]:
        """Return the steps of one item."""
        return tuple(self.steps[DeskId(given)])

    def children(self, of: Request) -> tuple[Request, ...]:
        """Return the requests that renew one."""
        return tuple(each for each in self.requests() if each.parent == of.id)

    def alike(self, what: str, *, to: str | None = None) -> tuple[Request, ...]:
        """Return the open requests for much the same."""
        return tuple(each for each in self.requests() if desk.alike(each.what, what))

    def commit(self, *, by: str, what: str, claims: Iterable[str] = (), **also: Any) -> Commitment:
        """Keep a commitment."""
        number = DeskId(f"k-{len(self.steps):016d}")
        return self._kept(Commitment(number, by, what, claims=_ids(claims), **also))

    def ask(
        self, *, by: str, to: str, what: str, claims: Iterable[str] = (), **also: Any
    ) -> Request:
        """Keep a request."""
        number = DeskId(f"q-{len(self.steps):016d}")
        return self._kept(Request(number, by, to, what, claims=_ids(claims), **also))

    def change_commitment(
        self, given: str, status: CommitmentStatus, *, why: str, **also: Any
    ) -> Commitment:
        """Keep what became of a commitment."""
        return self._kept(desk.stepped(self.commitment(given), status, why, **also))

    def change_request(
        self, given: str, status: RequestStatus, *, why: str, **also: Any
    ) -> Request:
        """Keep what became of a request."""
        return self._kept(desk.stepped(self.request(given), status, why, **also))

    def pass_on(self, given: str, to: str, *, why: str) -> Request:
        """Keep that a request goes on as another."""
        old = self.change_request(given, RequestStatus.PASSED_ON, why=why)
        return self.ask(by=old.by, to=to, what=old.what, parent=old.id)

    def _book(self, kind: type[Item]) -> tuple[Item, ...]:
        found = (steps[-1].item for steps in self.steps.values())
        items: list[Item] = [item for item in found if isinstance(item, kind)]
        return tuple(sorted(items, key=desk.urgency))

    def _one(self, kind: type[Item], given: str) -> Item:
        found = next((each for each in self._book(kind) if each.id == given), None)
        if found is None:
            raise UnknownIdError("commitment" if kind is Commitment else "request", given)
        return found

    def _kept(self, item: Item) -> Item:
        before = self.steps.setdefault(item.id, [])
        id_ = StepId(f"m-{sum(map(len, self.steps.values())):016d}")
        step = Step(id_, tuple(step.id for step in before[-1:]), NodeId("n-1"), _MADE, item)
        before.append(step)
        return replace(item)


class SimulatedFollowUp:
    """Nothing is due, nobody is a partner."""

    def due(self) -> tuple[Due, ...]:
        """Return what needs a person now."""
        return (
            Due("l-0000000000000001", Message("review on {0}", ("2031-06-15",)), "متابعة", None),
        )

    def proposed_reviews(self) -> tuple[ProposedReview, ...]:
        """Return nothing."""
        return ()

    def confirm_review(self, given: str, *, weeks: int) -> Review:
        """Refuse."""
        raise UnknownIdError("claim", given)

    def reviews(self) -> tuple[tuple[Review, date], ...]:
        """Return one review."""
        return ((_REVIEW, date(2031, 6, 15)),)

    def plan(
        self, name: str, *, weeks: int, start: date | None = None, subjects: Sequence[str] = ()
    ) -> Review:
        """Plan nothing."""
        return _REVIEW

    def agenda(self, given: str) -> Agenda:
        """Return the agenda of the one review, which was held twice."""
        if given != _REVIEW.id:
            raise UnknownIdError("review", given)
        event = Event(
            EventId("v-0000000000000001"),
            EventType.STATE,
            "الجسر مفتوح",
            "ar",
            (),
            (),
            None,
            (),
            (),
            RootInterval(1, 2, (), ()),
        )
        held = (
            Sitting(_REVIEW.id, date(2031, 4, 20), "يسأل المجلس ثانية", 2, 1, 0),
            Sitting(_REVIEW.id, date(2031, 5, 18), "وعد الطرفان", 3, 0, 1),
        )
        promise = Commitment(DeskId("k-0000000000000009"), "القيادة", "فتح الطريق", due="2031-05")
        return Agenda(_REVIEW, date(2031, 6, 15), (promise,), (), (), ((event, (1, 1)),), held)

    def record(self, given: str, outcome: str, *, day: date | None = None) -> Sitting:
        """Keep nothing."""
        return self.agenda(given).sittings[0]

    def sittings(self, given: str) -> tuple[Sitting, ...]:
        """Return the two that were held."""
        return self.agenda(given).sittings

    def state(self) -> State:
        """Return how the mechanism stands."""
        member = ("Relief", "Widril", Tier.MEMBER, False)
        return State((member,), (_REVIEW, _MADE.date()), 1, 1, 0, self.channels())

    def channels(self) -> tuple[Channel, ...]:
        """Return one, by which nothing ever went."""
        return (Channel(NodeId("n-2"), "Widril", None, True, 0, 0),)

    def balance(self, partner: str) -> tuple[Exchanged, ...]:
        """Return that an answer is owed."""
        return (Exchanged("2031-06", "answer", 0, 0, 1, 0),)


def _ids(claims: Iterable[str]) -> tuple[ClaimId, ...]:
    return tuple(map(ClaimId, claims))
