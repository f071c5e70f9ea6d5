"""What is to be done, with whom, and how the mechanism stands: digests, reviews, balance.

Everything here is worked out from the desk, the post and the picture when it is asked; a
review and what came of it are entries of their own. Known cost: an agenda goes through all
events and conflicts, and through all that was ever released to a partner.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tawatur import desk
from tawatur.desk import AGO, AHEAD, next_day
from tawatur.desk import due as digest
from tawatur.errors import Message, UnknownIdError, UsageError
from tawatur.model.desk import (
    Commitment,
    Due,
    ProposedReview,
    Request,
    RequestStatus,
    Review,
    Sitting,
)
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import DeskId, NodeId
from tawatur.model.label import Tier, Viewer, join
from tawatur.model.picture import Conflict, Event
from tawatur.node import bodies
from tawatur.node.desk.areas import Areas
from tawatur.node.desk.desk import Desk
from tawatur.node.desk.secretariat import Secretariat
from tawatur.node.drafting import Drafter
from tawatur.node.given import said
from tawatur.node.indexing.index import Index, undamaged
from tawatur.node.indexing.words import stems
from tawatur.node.judging.settling import Settling
from tawatur.node.seeing.sight import Sight
from tawatur.node.sharing.communities import Communities
from tawatur.node.sharing.partners import Partners

DORMANT = 90
"""Days without anything given or received after which a channel lies dormant."""


@dataclass(frozen=True, slots=True)
class Exchanged:
    """How many things of a kind went to a partner, came from it or are owed, in one month."""

    month: str  # YYYY-MM
    kind: str
    given: int
    received: int
    owed_here: int
    owed_there: int


@dataclass(frozen=True, slots=True)
class Channel:
    """A partner, and since when nothing went either way."""

    party: NodeId
    name: str
    last: date | None
    dormant: bool
    given: int
    received: int


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a review goes through."""

    review: Review
    day: date  # on which it is held next
    overdue: tuple[Commitment, ...]
    waiting: tuple[Request, ...]
    conflicts: tuple[Conflict, ...]
    changed: tuple[tuple[Event, tuple[int, int] | None], ...]  # with the roots as they were
    sittings: tuple[Sitting, ...]


@dataclass(frozen=True, slots=True)
class State:
    """How the mechanism stands."""

    members: tuple[tuple[str, str, Tier, bool], ...]  # community, party, tier, suspended
    next_review: tuple[Review, date] | None
    waiting: int
    overdue: int
    disputed: int
    channels: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is to be followed up on one node; `Node.followup` is where the doors find it."""

    drafter: Drafter
    desk: Desk
    index: Callable[[], Index]
    sight: Callable[[Viewer | None], Sight]
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]
    partners: Partners
    communities: Communities
    settling: Settling
    secretariat: Secretariat
    areas: Areas
    telling: Callable[[], Callable[[str], bool]]  # of which items whoever asks may hear

    @undamaged
    def due(self, *, viewer: Viewer | None = None) -> tuple[Due, ...]:
        """Return what needs a person now, each with the reason."""
        today = self._today()
        reviews = [(review, self._next(review, viewer)) for review in self._reviews(viewer)]
        soon = today + timedelta(days=AHEAD)
        commitments = self.desk.soon(Commitment, soon, soon, viewer=viewer)
        requests = self.desk.soon(Request, today - timedelta(days=AGO), soon, viewer=viewer)
        told = digest(commitments, requests, reviews, today)
        return (*told, *self.secretariat.due(viewer=viewer), *self._overlaps(viewer))

    def _overlaps(self, viewer: Viewer | None) -> Iterator[Due]:
        """Yield the overlaps of border notices that whoever asks may know of, with whom to call."""
        for each in self.areas.overlaps(viewer=viewer):
            if not each.notices:
                continue  # the matcher's people who may see neither
            told = (each.first.isoformat(), each.last.isoformat(), "; ".join(each.contacts))
            if each.matched:
                why = Message("two overlap from {0} to {1}; call {2}", told)
            else:
                why = Message("overlaps another from {0} to {1}; call {2}", told)
            notice = self.areas.notice(each.notices[0], viewer=viewer)
            yield Due(notice.id, why, notice.what or notice.place or "", notice.by)

    # ------------------------------------------------------------ reviews

    @undamaged
    def plan(
        self,
        name: str,
        *,
        weeks: int,
        start: date | None = None,
        subjects: Sequence[str] = (),
        claims: Sequence[str] = (),
    ) -> Review:
        """Record a review that is held every so many weeks, and return it.

        Args:
            name: What it is called.
            weeks: From one time to the next, one at least.
            start: The first day; today if None.
            subjects: Words; conflicts and events that hold all words of one are on its agenda.
            claims: Those that propose it; it is as restricted as they are.

        Raises:
            UsageError: It has no name, or no weeks.
            UnknownIdError: There is no such claim.
        """
        if weeks < 1:
            raise UsageError("a review is held every week at most")
        named = tuple(said(subject, Message("the subject")) for subject in subjects)
        id_ = DeskId(self.drafter.random_id("l"))
        told = self.desk.claims_of(claims)
        review = Review(
            id_, said(name, Message("the name")), weeks, start or self._today(), named, told
        )
        body = {"id": review.id, "review": bodies.body_of(review)}
        labels = [self.desk.label_of(self.sight(None).claim(each).document) for each in told]
        label = join(self.drafter.party, labels)
        self.append([self.drafter.entry(Kind.REVIEW, body, label=label)])
        return review

    @undamaged
    def proposed_reviews(self, *, viewer: Viewer | None = None) -> tuple[ProposedReview, ...]:
        """Return what reports propose to look at again, and nobody has decided on yet."""
        return desk.proposed_reviews(self.desk.untaken(viewer))

    @undamaged
    def confirm_review(
        self, given: str, *, weeks: int, name: str | None = None, start: date | None = None
    ) -> Review:
        """Record a proposed review and return it.

        Args:
            given: The claim that proposes it, or the beginning of its id.
            weeks: From one time to the next, one at least.
            name: What it is called; the words of the claim if None.
            start: The first day; the first that the claim can mean, of a term the last, if None.

        Raises:
            UnknownIdError: There is no such claim.
            UsageError: It proposes no review, or there are no weeks.
        """
        claim = self.sight(None).claim(given).id
        found = next((each for each in self.proposed_reviews() if each.claim == claim), None)
        if found is None:
            raise UsageError("nothing is proposed by {0}; add it by hand", given)
        first = start or found.day
        return self.plan(name or found.words, weeks=weeks, start=first, claims=[claim])

    @undamaged
    def reviews(self, *, viewer: Viewer | None = None) -> tuple[tuple[Review, date], ...]:
        """Return the reviews with the day on which each is next held, the next one first."""
        found = ((review, self._next(review, viewer)) for review in self._reviews(viewer))
        return tuple(sorted(found, key=lambda each: (each[1], each[0].id)))

    @undamaged
    def agenda(self, given: str, *, viewer: Viewer | None = None) -> Agenda:
        """Return what a review goes through, worked out now.

        Raises:
            UnknownIdError: There is no such review that may be seen.
        """
        review = self._review(given, viewer)
        sittings = self._sittings(review, viewer)
        sight = self.sight(viewer)
        last = sittings[-1].roots if sittings else ()
        before = {event: (low, high) for event, low, high in last}
        events = [event for event in sight.pictures.all(Event) if _about(review, event)]
        return Agenda(
            review=review,
            day=self._next(review, viewer),
            overdue=self.desk.commitments(overdue=True, viewer=viewer),
            waiting=self.desk.requests(waiting=AGO, viewer=viewer),
            conflicts=tuple(
                each
                for each in self.settling.unsettled(sight.pictures.all(Conflict))
                if _on(review, " ".join(sight.claim(side).quote for side in (each.a, each.b)))
            ),
            changed=tuple(
                (event, before.get(event.id))
                for event in events
                if before.get(event.id) != (event.roots.at_least, event.roots.at_most)
            ),
            sittings=sittings,
        )

    @undamaged
    def sittings(self, given: str, *, viewer: Viewer | None = None) -> tuple[Sitting, ...]:
        """Return the times a review was held, in the order in which they were recorded.

        Raises:
            UnknownIdError: There is no such review that may be seen.
        """
        return self._recorded(self._review(given, viewer).id, viewer)

    @undamaged
    def record(self, given: str, outcome: str, *, day: date | None = None) -> Sitting:
        """Record that a review was held, with what came of it and how things stood.

        Raises:
            UnknownIdError: There is no such review.
            UsageError: Nothing is said to have come of it, or its day is still to come.
        """
        agenda = self.agenda(given)
        if day is not None and day > self._today():
            raise UsageError("{0} is still to come; record the review once it was held", day)
        found = self.sight(None).pictures.all(Event)
        events = (event for event in found if _about(agenda.review, event))
        sitting = Sitting(
            review=agenda.review.id,
            day=day or self._today(),
            outcome=said(outcome, Message("the outcome")),
            overdue=len(agenda.overdue),
            waiting=len(agenda.waiting),
            conflicts=len(agenda.conflicts),
            roots=tuple((e.id, e.roots.at_least, e.roots.at_most) for e in events),
        )
        body = {"id": agenda.review.id, "sitting": bodies.body_of(sitting)}
        self.append([self.drafter.entry(Kind.REVIEW, body)])
        return sitting

    # ------------------------------------------------------------ balance and state

    @undamaged
    def balance(self, partner: str) -> tuple[Exchanged, ...]:
        """Return what was given to a partner, received from it and is owed, by month and kind.

        Items, requests, answers, declined requests and commitments count; what is owed stands
        in the month in which it was asked or promised.

        Raises:
            UnknownIdError: No such partner.
        """
        card = self.partners.one(partner)
        counts: Counter[tuple[str, str, int]] = Counter()
        for sent, inward, kind in self._items(card.id):
            counts[f"{sent:%Y-%m}", kind, int(inward)] += 1
        for month, kind, column in self._owed(card.name):
            counts[month, kind, column] += 1
        lines = sorted({(month, kind) for month, kind, _ in counts})
        return tuple(
            Exchanged(month, kind, *(counts[month, kind, column] for column in range(4)))
            for month, kind in lines
        )

    @undamaged
    def state(self) -> State:
        """Return how the mechanism stands."""
        reviews = self.reviews()
        names = {card.id: card.name for card in self.partners.all().values()}
        names[self.drafter.node] = self.partners.card.name
        members = tuple(
            (each.charter.name, names.get(s.party, s.party), s.tier, s.suspended is not None)
            for each in self.communities.all()
            for s in self.communities.seen(each).epoch.members
        )
        return State(
            members=members,
            next_review=reviews[0] if reviews else None,
            waiting=len(self.desk.requests(waiting=AGO)),
            overdue=len(self.desk.commitments(overdue=True)),
            disputed=self.desk.disputed(),
            channels=self.channels(),
        )

    def channels(self) -> tuple[Channel, ...]:
        """Return the partners, each with what went either way and when something last did."""
        return tuple(map(self._channel, self.partners.all()))

    def _channel(self, party: NodeId) -> Channel:
        items = list(self._items(party))
        last = max((sent.date() for sent, _, _ in items), default=None)
        dormant = last is None or last < self._today() - timedelta(days=DORMANT)
        given = sum(1 for _, inward, _ in items if not inward)
        name = self.partners.all()[party].name
        return Channel(party, name, last, dormant, given, len(items) - given)

    def _items(self, party: NodeId) -> Iterator[tuple[datetime, bool, str]]:
        """Yield when an item went to a partner or came from it, whether it came, and its kind.

        Without items that whoever asks may not see: what they tell would tell of these.
        """
        post, tells = self.index().post, self.telling()
        for piece in post.of(Kind.RELEASE, party=party):
            if tells(piece.item or ""):
                yield piece.time, False, _KINDS.get((piece.item or "")[:2], "document")
        for piece in post.of(Kind.RECEIPT, party=party):
            if piece.body["status"] == "accepted" and tells(piece.item or ""):
                yield piece.time, True, str(piece.body.get("kind") or "document")

    def _owed(self, name: str) -> Iterator[tuple[str, str, int]]:
        """Yield month, kind and column of requests and commitments between here and a party."""
        me = self.partners.card.name
        for asker, asked, inward in ((me, name, True), (name, me, False)):
            for wish in self.desk.requests(by=asker, to=asked):
                month = (wish.since or "")[:7]
                if wish.status is RequestStatus.ANSWERED:
                    yield month, "answer", int(inward)
                elif wish.status is RequestStatus.OPEN:
                    yield month, "answer", 3 if inward else 2
            for promise in self.desk.commitments(by=asked, to=asker):
                month = (promise.due or "")[:7]
                if promise.status.value == "open":
                    yield month, "commitment", 3 if inward else 2

    # ------------------------------------------------------------ within

    def _today(self) -> date:
        return self.drafter.now().date()

    def _reviews(self, viewer: Viewer | None) -> tuple[Review, ...]:
        return tuple(r for r in self.sight(viewer).reviews() if isinstance(r, Review))

    def _sittings(self, review: Review, viewer: Viewer | None) -> tuple[Sitting, ...]:
        return tuple(sorted(self._recorded(review.id, viewer), key=lambda sitting: sitting.day))

    def _recorded(self, review: DeskId, viewer: Viewer | None) -> tuple[Sitting, ...]:
        found = self.sight(viewer).reviews()
        return tuple(s for s in found if isinstance(s, Sitting) and s.review == review)

    def _next(self, review: Review, viewer: Viewer | None) -> date:
        return next_day(review, self._sittings(review, viewer))

    def _review(self, given: str, viewer: Viewer | None) -> Review:
        id_ = self.sight(viewer).desk_id("review", given)
        found = next((review for review in self._reviews(viewer) if review.id == id_), None)
        if found is None:
            raise UnknownIdError("review", given)
        return found


_KINDS = {
    "d-": "document",
    "c-": "claim",
    "y-": "claim",
    "k-": "commitment",
    "mt": "meeting",
    "p-": "lesson",
    "q-": "request",
}


def _about(review: Review, event: Event) -> bool:
    return _on(review, " ".join((event.headline, *event.where, *event.who)))


def _on(review: Review, text: str) -> bool:
    """Return whether a text holds all words of one of a review's subjects, or it has none."""
    held = set(stems(text))
    return not review.subjects or any(set(stems(s)) <= held for s in review.subjects)
