"""Who may receive what: the label every entry carries, and the one decision on it.

A label holds *terms*, each one originator's word: to whom, until when, under which
conditions. What somebody composes of several items carries the terms of all of them, and
the decision asks every one (`may_receive`): so nothing composed, relayed or changed twice
at once is ever wider than one of its parts, whoever is a member of what. That is the only
place where the question is answered; every door asks it (design, idea 3). TLP 2.0 words
say what a person may do with an item; all else is enforced.

Labels are a join-semilattice under `join` (union, less the terms that stricter ones of the
same originator make idle); a lower decision for more terms is a law under test (decision 17).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum, StrEnum
from functools import reduce

from tawatur.model.ids import CommunityId, NodeId

_AND = "; "
"""Between purposes of what was joined."""


class Tlp(StrEnum):
    """FIRST Traffic Light Protocol 2.0, least restrictive first."""

    CLEAR = "TLP:CLEAR"
    GREEN = "TLP:GREEN"
    AMBER = "TLP:AMBER"
    AMBER_STRICT = "TLP:AMBER+STRICT"
    RED = "TLP:RED"

    @property
    def rank(self) -> int:
        """Position in the order of restriction, 0 for CLEAR."""
        return list(Tlp).index(self)


class Tier(IntEnum):
    """How near somebody is to a community; what is for one tier is for the nearer ones too."""

    OBSERVER = 1
    PARTNER = 2
    MEMBER = 3


class Activity(StrEnum):
    """In what somebody takes part in a community: what of the kind is for a circle goes to them."""

    REPORTS = "reports"
    CLAIMS = "claims"
    COMMITMENTS = "commitments"
    REQUESTS = "requests"
    BORDER_NOTICES = "border notices"
    MEETINGS = "meetings"

    @classmethod
    def of(cls, item: str) -> "Activity":
        """Return the activity that an item is of, by its whole id."""
        return _ACTIVITIES[item[:2]]


_ACTIVITIES = {
    "d-": Activity.REPORTS,
    "c-": Activity.CLAIMS,
    "y-": Activity.CLAIMS,
    "k-": Activity.COMMITMENTS,
    "q-": Activity.REQUESTS,
    "p-": Activity.REQUESTS,
    "f-": Activity.BORDER_NOTICES,
    "mt": Activity.MEETINGS,
    "i-": Activity.CLAIMS,  # a trace of a brief, which is made of claims
}


class Leave(IntEnum):
    """How much is given: nothing, that there is something and whom to ask, or the item."""

    NO = 0
    EXISTENCE = 1
    YES = 2


@dataclass(frozen=True, slots=True, order=True)
class Circle:
    """Those of one tier of a community, and of the nearer ones."""

    community: CommunityId
    tier: Tier = Tier.MEMBER


@dataclass(frozen=True, slots=True)
class Membership:
    """That the organisation who asks is of a tier in a community, by the list of an epoch.

    ``activities`` are those in which it takes part there now.
    """

    community: CommunityId
    tier: Tier
    epoch: int
    activities: frozenset[Activity] = frozenset(Activity)


@dataclass(frozen=True, slots=True)
class Viewer:
    """On whose behalf the question is asked: an organisation, or a person who works for it.

    ``compartments`` are those that the person was let into; None for the organisation's own
    node, which asks again for each of its people.
    """

    party: NodeId
    memberships: frozenset[Membership] = frozenset()
    compartments: frozenset[str] | None = None

    def taking_part(self, activity: Activity) -> "Viewer":
        """Return whoever asks as one of those communities alone where it takes part in something.

        The decision on an item is asked for them by the activity that the item is of.
        """
        held = frozenset(each for each in self.memberships if activity in each.activities)
        return self if held == self.memberships else replace(self, memberships=held)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is so at the time of the question.

    ``now`` is UTC, the later of the clock and the newest time that any partner signed
    (`latest`); ``confirmed`` names the conditions that a person recorded as met;
    ``acknowledged`` the caveats that whoever asks has acknowledged by name.
    """

    now: datetime
    confirmed: frozenset[str] = frozenset()
    acknowledged: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Terms:
    """One originator's word on an item.

    They never bind the originator itself. ``audience`` and ``circles`` say who else, together;
    both empty: nobody. ``gives`` says whether those get the item or learn that it exists,
    ``onward`` what they may do for others. From the UTC time ``expires`` on, and before
    ``opens``, nobody else has it. ``after`` names conditions that somebody must have recorded
    as met; ``caveats`` are words to be acknowledged before the item is opened. ``subject`` is all
    that those learn of it who are given no more than that it exists.
    """

    originator: NodeId
    tlp: Tlp = Tlp.AMBER_STRICT
    audience: frozenset[NodeId] = frozenset()
    circles: frozenset[Circle] = frozenset()
    onward: Leave = Leave.NO
    gives: Leave = Leave.YES
    opens: datetime | None = None
    expires: datetime | None = None
    purpose: str | None = None
    after: frozenset[str] = frozenset()
    caveats: frozenset[str] = frozenset()
    compartments: frozenset[str] = frozenset()
    subject: str | None = None

    def as_strict_as(self, other: "Terms") -> bool:
        """Return whether these give nothing that ``other``, of the same originator, does not."""
        return (
            self.originator == other.originator
            and self.tlp.rank >= other.tlp.rank
            and self.audience <= other.audience
            and all(any(_within(mine, c) for c in other.circles) for mine in self.circles)
            and self.onward <= other.onward
            and self.gives <= other.gives
            and _not_before(self.opens, other.opens)
            and _not_before(other.expires, self.expires, never_is_late=True)
            and set(_purposes(self.purpose)) >= set(_purposes(other.purpose))
            and self.after >= other.after
            and self.caveats >= other.caveats
            and self.compartments >= other.compartments
            and self.subject in (None, other.subject)
        )


@dataclass(frozen=True, slots=True)
class Label:
    """The terms on an item, in one order; at least one, none of them idle.

    Made by `Label.of` and `Label.by` for what originators say, and by `join` of other labels.
    """

    terms: tuple[Terms, ...]

    def __post_init__(self) -> None:
        if not self.terms:
            raise ValueError("a label without terms")

    @classmethod
    def of(cls, *terms: Terms) -> "Label":
        """Return the label that holds ``terms``, at least one."""
        return _normal(terms)

    @classmethod
    def by(cls, originator: NodeId) -> "Label":
        """Return the label of what one originator keeps for itself."""
        return cls((Terms(originator),))

    def as_strict_as(self, other: "Label") -> bool:
        """Return whether this gives nothing that ``other`` does not."""
        return all(any(mine.as_strict_as(t) for mine in self.terms) for t in other.terms)

    @property
    def originators(self) -> tuple[NodeId, ...]:
        """Whose word is in it, sorted."""
        return tuple(sorted({terms.originator for terms in self.terms}))

    @property
    def tlp(self) -> Tlp:
        """The strictest word of any of its terms."""
        return max((terms.tlp for terms in self.terms), key=lambda tlp: tlp.rank)

    @property
    def gives(self) -> Leave:
        """The least that any of its terms give to those whom they name."""
        return min(terms.gives for terms in self.terms)

    @property
    def expires(self) -> datetime | None:
        """The first time (UTC) at which any of its terms end."""
        return min((t.expires for t in self.terms if t.expires is not None), default=None)

    @property
    def times(self) -> tuple[datetime, ...]:
        """Every time that any of its terms names."""
        return tuple(time for t in self.terms for time in (t.opens, t.expires) if time is not None)

    @property
    def purpose(self) -> str | None:
        """The purposes of all of its terms, sorted, in one line."""
        return _AND.join(sorted({p for t in self.terms for p in _purposes(t.purpose)})) or None

    def given_to(self, party: NodeId) -> "Label":
        """Return this label with one more party to whom every one of its terms gives."""
        return _normal(replace(t, audience=t.audience | {party}) for t in self.terms)


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer and the reason for it, as a word that the doors translate.

    Of an item given so far as existence goes, ``acknowledge`` are the caveats that stand between
    it and the asker, and ``subject`` is on what it is, as far as that is told.
    """

    leave: Leave
    reason: str
    acknowledge: tuple[str, ...] = ()
    subject: str | None = None

    @property
    def allowed(self) -> bool:
        """Whether the item itself is given."""
        return self.leave is Leave.YES


def may_receive(viewer: Viewer, label: Label, at: Circumstances | datetime) -> Decision:
    """Return what ``viewer`` may have of an item under ``label``: the least that any terms give.

    Args:
        viewer: Who asks.
        label: Of the item.
        at: What is so then, or only the time, UTC.
    """
    when = at if isinstance(at, Circumstances) else Circumstances(at)
    return reduce(_less, (_given(viewer, terms, when) for terms in label.terms))


def may_release(
    holder: NodeId, label: Label, at: Circumstances | datetime, to: NodeId | None = None
) -> Decision:
    """Return how much of an item ``holder`` may give to somebody else, or back to ``to``."""
    received = may_receive(Viewer(holder), label, at)
    return reduce(_less, (_passed(holder, terms, to) for terms in label.terms), received)


def join(composer: NodeId, labels: Iterable[Label]) -> Label:
    """Return the label of what ``composer`` makes out of items: the terms of every one.

    Commutative, associative, idempotent. Of nothing it is for the composer alone.
    """
    terms = [terms for label in labels for terms in label.terms]
    return _normal(terms) if terms else Label.by(composer)


def may_replace(by: NodeId, old: Label, new: Label) -> bool:
    """Return whether ``by`` may put ``new`` in the place of ``old``.

    Whoever relays an item may add terms; only whose word they are widens or ends terms.
    """
    return all(terms.originator == by for terms in set(old.terms) ^ set(new.terms))


def latest(clock: datetime, signed: Iterable[datetime]) -> datetime:
    """Return the time by which decisions go: no clock that is behind brings an item back."""
    return max((clock, *signed))


def _given(viewer: Viewer, terms: Terms, at: Circumstances) -> Decision:
    """Return what one originator's terms give."""
    if viewer.compartments is not None and not terms.compartments <= viewer.compartments:
        return Decision(Leave.NO, "not of the compartment")
    if viewer.party == terms.originator:
        return Decision(Leave.YES, "originator")
    if terms.expires is not None and at.now >= terms.expires:
        return Decision(Leave.NO, "expired")
    if not _named(viewer, terms):
        return Decision(Leave.NO, "not in the audience")
    if terms.opens is not None and at.now < terms.opens:
        return Decision(Leave.NO, "its first day has not come")
    if not terms.after <= at.confirmed:
        return Decision(Leave.NO, "a condition on it is not confirmed yet")
    if terms.gives is not Leave.YES:
        return Decision(terms.gives, "only that it exists", subject=terms.subject)
    unread = tuple(sorted(terms.caveats - at.acknowledged))
    if unread:
        return Decision(Leave.EXISTENCE, "to be acknowledged first", unread, terms.subject)
    return Decision(Leave.YES, "audience")


def _named(viewer: Viewer, terms: Terms) -> bool:
    return viewer.party in terms.audience or any(
        circle.community == held.community and held.tier >= circle.tier
        for circle in terms.circles
        for held in viewer.memberships
    )


def _passed(holder: NodeId, terms: Terms, to: NodeId | None) -> Decision:
    if terms.originator in (holder, to):  # what goes back is not passed on
        return Decision(Leave.YES, "originator")
    if terms.onward is Leave.NO or terms.tlp is Tlp.RED:
        return Decision(Leave.NO, "the originator does not allow it to be passed on")
    return Decision(terms.onward, "onward allowed", subject=terms.subject)


def _less(one: Decision, other: Decision) -> Decision:
    """Return the decision that gives less, of equals the first.

    Of two that give existence, caveats of both add up, and a subject is told that both tell.
    """
    if one.leave != other.leave or one.leave is not Leave.EXISTENCE:
        return min(one, other, key=lambda decision: decision.leave)
    subject = one.subject if one.subject == other.subject else None
    if not one.acknowledge or not other.acknowledge:  # to acknowledge would open nothing
        return replace(other if one.acknowledge else one, subject=subject)
    both = tuple(sorted({*one.acknowledge, *other.acknowledge}))
    return replace(one, acknowledge=both, subject=subject)


def _normal(terms: Iterable[Terms]) -> Label:
    """Return the label of ``terms``, less those that stricter ones make idle."""
    found = sorted(set(terms), key=_order)
    kept: list[Terms] = []
    for each in found:
        if not any(other.as_strict_as(each) for other in kept):
            kept = [other for other in kept if not each.as_strict_as(other)] + [each]
    return Label(tuple(kept))


def _order(terms: Terms) -> str:
    """Return what terms are sorted by: all of their words, sets in order."""
    return repr(
        [
            sorted(value) if isinstance(value, frozenset) else value
            for value in (getattr(terms, name) for name in Terms.__slots__)
        ]
    )


def _within(mine: Circle, other: Circle) -> bool:
    return mine.community == other.community and mine.tier >= other.tier


def _not_before(
    late: datetime | None, early: datetime | None, *, never_is_late: bool = False
) -> bool:
    """Return whether ``late`` is ``early`` or after it; None is the very first, or never."""
    if early is None or late is None:
        return late is None if never_is_late else early is None
    return late >= early


def _purposes(purpose: str | None) -> list[str]:
    return [each for each in (purpose or "").split(_AND) if each]
