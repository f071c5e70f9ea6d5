"""Who belongs to a community, given what several deciders signed in any order?

A *charter* names the founders, those who decide and how many of them it takes. A *change*
(admit, tier, take part, suspend, restore, remove) names the changes that it follows, so that all of
them are one hash-linked history from the charter on; its id is the digest of its content,
and who signs it stands apart, so that signatures may come one by one. `members` works the
list out of whatever is at hand: the same changes give the same `Epoch` in any order.

* A change holds if enough deciders signed it who were in force at what it follows.
* Of changes made at the same time (neither follows the other) a removal wins, a suspension
  beats a restoring, the farther of two tiers counts, and of two words on what somebody takes
  part in only what both allow.
* What somebody takes part in is said from a day on; the last word whose day has come counts.
* Signatures of somebody removed at the same time count for removals only. Removals of each
  other, directly or in a ring, suspend all whom they remove until the others decide.
* What follows something unknown waits; what lacks signatures is proposed and nothing more.

Known cost: who came before whom is kept as one integer of bits for each change, so that
10,000 changes take some 12 MB and a second (decision 20).
"""

import heapq
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import reduce
from hashlib import sha256
from operator import or_
from typing import Any, NewType

from tawatur.errors import Message
from tawatur.model.ids import CommunityId, NodeId, id_of
from tawatur.model.label import Activity, Tier

ChangeId = NewType("ChangeId", str)
"""Hexadecimal SHA-256 of a charter or a change; what stands at the beginning is the charter's."""

Signed = Mapping[ChangeId, Collection[NodeId]]
"""Who signed a charter or a change, each signature checked where it came in."""

USUAL_DAYS = 7
"""Days after which a list is too old to give anything by, unless the charter says otherwise."""

TOO_FEW = Message("too few of those who signed could decide then")
REMOVED_TOO = Message("somebody who signed it was removed at the same time")
USUAL_ACTIVITIES = {
    Tier.OBSERVER: frozenset({Activity.COMMITMENTS, Activity.REQUESTS, Activity.MEETINGS}),
    Tier.PARTNER: frozenset(Activity),
    Tier.MEMBER: frozenset(Activity),
}
"""In what a tier takes part where nothing else was decided: observers see the next steps."""

EACH_OTHER = Message("removals of each other, which the others have to decide")


class Act(StrEnum):
    """What a change does to a party."""

    ADMIT = "admit"
    TIER = "tier"
    TAKE_PART = "take part"
    SUSPEND = "suspend"
    RESTORE = "restore"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Charter:
    """How a community begins, and who changes it.

    ``founders`` are members from the beginning, the ``deciders`` among them; a change takes
    ``needed`` of those. A list last confirmed more than ``days`` ago gives nobody anything. A
    ``confidential`` list is for those on it alone.

    Raises:
        ValueError: It could never work, or its time is not in UTC.
    """

    name: str
    founders: frozenset[NodeId]
    deciders: frozenset[NodeId]
    needed: int
    time: datetime  # UTC
    days: int = USUAL_DAYS
    confidential: bool = False

    def __post_init__(self) -> None:
        if not self.name.strip() or self.days < 1 or not self.deciders <= self.founders:
            raise ValueError("a charter names a community, days, and deciders who found it")
        if not 1 <= self.needed <= len(self.deciders):
            raise ValueError("a change takes one of the deciders at least, and all at most")
        _verify_utc(self.time)

    @property
    def content(self) -> dict[str, Any]:
        """What is signed, as JSON."""
        return {
            "format": "tawatur-charter/1",
            "name": self.name,
            "founders": sorted(self.founders),
            "deciders": sorted(self.deciders),
            "needed": self.needed,
            "time": self.time.isoformat(),
            "days": self.days,
            "confidential": self.confidential,
        }

    @property
    def digest(self) -> ChangeId:
        """What the first changes follow."""
        return _digest(self.content)

    @property
    def id(self) -> CommunityId:
        """The community's id: another charter is another community."""
        return CommunityId(id_of("m", bytes.fromhex(self.digest)))


@dataclass(frozen=True, slots=True)
class Change:
    """One step: what it follows, what it does to whom, why.

    ``activities`` are all in which a party takes part from the day ``since`` on.

    Raises:
        ValueError: It admits without a tier, gives one where none is given, says in what a
            party takes part without a day or any other way, or its time is not in UTC.
    """

    after: frozenset[ChangeId]
    act: Act
    party: NodeId
    why: str
    time: datetime  # UTC
    tier: Tier | None = None
    activities: frozenset[Activity] = frozenset()
    since: date | None = None

    def __post_init__(self) -> None:
        if (self.tier is not None) != (self.act in (Act.ADMIT, Act.TIER)):
            raise ValueError("who is admitted, or put in another tier, gets one; nobody else does")
        parts = self.act is Act.TAKE_PART
        if (bool(self.activities), self.since is not None) != (parts, parts):
            raise ValueError("who takes part does so in something, from a day on; nobody else does")
        _verify_utc(self.time)

    @property
    def content(self) -> dict[str, Any]:
        """What is signed, as JSON."""
        part = (
            {}
            if self.since is None
            else {"activities": sorted(self.activities), "since": self.since.isoformat()}
        )
        return {
            **part,
            "format": "tawatur-change/1",
            "after": sorted(self.after),
            "act": self.act.value,
            "party": self.party,
            "tier": None if self.tier is None else int(self.tier),
            "why": self.why,
            "time": self.time.isoformat(),
        }

    @property
    def meaning(self) -> tuple[object, ...]:
        """What it does to whom: equal for two who say the same."""
        return self.act, self.party, self.tier, self.activities, self.since

    @property
    def digest(self) -> ChangeId:
        """What later changes name it by."""
        return _digest(self.content)


@dataclass(frozen=True, slots=True)
class Participation:
    """In what a party takes part from a day on, until the next one's."""

    since: date
    activities: frozenset[Activity]


@dataclass(frozen=True, slots=True)
class Standing:
    """One party on the list; ``suspended`` says why it has nothing for now.

    ``participation`` is what was decided of it, earliest day first; before them, and
    without any, it takes part in what is usual for its tier.
    """

    party: NodeId
    tier: Tier
    suspended: Message | None = None
    participation: tuple[Participation, ...] = ()

    def activities(self, day: date) -> frozenset[Activity]:
        """Return those in which the party takes part on a day."""
        begun = [each.activities for each in self.participation if each.since <= day]
        return begun[-1] if begun else USUAL_ACTIVITIES[self.tier]


@dataclass(frozen=True, slots=True)
class Epoch:
    """The list as a set of changes makes it.

    ``number`` counts the changes that it rests on, ``heads`` are those that no other follows.
    ``members`` are by id; ``void`` are the changes that did not hold, with the reason;
    ``proposed`` lack signatures, ``waiting`` what they follow.
    """

    number: int
    heads: tuple[ChangeId, ...]
    members: tuple[Standing, ...]
    void: tuple[tuple[ChangeId, Message], ...] = ()
    proposed: tuple[ChangeId, ...] = ()
    waiting: tuple[ChangeId, ...] = ()

    def tier_of(self, party: NodeId) -> Tier | None:
        """Return the tier of somebody on the list who is not suspended, else None."""
        found = (s for s in self.members if s.party == party and s.suspended is None)
        return next((standing.tier for standing in found), None)

    def activities_of(self, party: NodeId, day: date) -> frozenset[Activity]:
        """Return in what somebody on the list takes part on a day; in nothing if it is not."""
        found = (s for s in self.members if s.party == party)
        return next((standing.activities(day) for standing in found), frozenset())

    def in_force(self, deciders: Iterable[NodeId]) -> frozenset[NodeId]:
        """Return those of ``deciders`` who may decide now: members who are not suspended."""
        return frozenset(d for d in deciders if self.tier_of(d) is Tier.MEMBER)


def members(charter: Charter, changes: Iterable[Change], signed: Signed) -> Epoch:
    """Return who belongs to the community, by the changes at hand.

    Args:
        charter: Of the community; without enough signatures of deciders nobody belongs.
        changes: In any order, repeated or not.
        signed: By whom the charter and the changes are signed.
    """
    return _History(charter, changes, signed).epoch()


def confirmed(
    charter: Charter,
    epoch: Epoch,
    heard: Mapping[NodeId, datetime],
    proposals: Iterable[Collection[NodeId]] = (),
) -> datetime | None:
    """Return the time up to which nobody can have been taken off the list without our knowing.

    That is so where those who have not spoken since, with those who signed a proposal to do
    so, are too few to decide; None if it never was.

    Args:
        charter: Of the community.
        epoch: The list.
        heard: When a decider last told all that it had signed; a node has heard itself now.
        proposals: Who signed each proposal to suspend or remove somebody.
    """
    deciders = epoch.in_force(charter.deciders)
    enough = max(1, len(deciders) - charter.needed + 1)
    times = []
    for signers in ((), *proposals):
        others = deciders.difference(signers)
        since = sorted((heard[d] for d in others if d in heard), reverse=True)
        if len(since) < enough:
            return None
        times.append(since[enough - 1])
    return min(times)


def too_old(charter: Charter, last: datetime | None, now: datetime) -> bool:
    """Return whether nothing may be given by a list that was confirmed ``last``."""
    return last is None or now - last > timedelta(days=charter.days)


class _History:
    """The changes in one order, none before one that it follows; sets of them are bits."""

    def __init__(self, charter: Charter, changes: Iterable[Change], signed: Signed) -> None:
        self._charter = charter
        known = {change.digest: change for change in changes}
        deciders = charter.deciders

        def enough(what: ChangeId) -> bool:
            return len(deciders.intersection(signed.get(what, ()))) >= charter.needed

        self._founded = enough(charter.digest)
        complete = {id_: c for id_, c in known.items() if self._founded and enough(id_)}
        self._proposed = tuple(sorted(known.keys() - complete))
        self._ids = _in_order(charter.digest, complete)
        self._waiting = tuple(sorted(complete.keys() - set(self._ids)))
        self._changes = [complete[id_] for id_ in self._ids]
        self._link()
        self._signers: list[tuple[NodeId, ...]] = []
        self._about: dict[tuple[NodeId, Act], int] = {}
        for x, change in enumerate(self._changes):
            signers = deciders.intersection(signed[self._ids[x]])
            could = tuple(s for s in signers if self._decides(s, self._before[x]))
            self._signers.append(could)
            if len(could) >= charter.needed:
                key = change.party, change.act
                self._about[key] = self._about.get(key, 0) | 1 << x

    def epoch(self) -> Epoch:
        """Return the list that all of it makes."""
        whole = (1 << len(self._ids)) - 1
        followed = reduce(or_, self._before, 0)
        heads = [id_ for x, id_ in enumerate(self._ids) if not followed >> x & 1]
        parties = {*self._charter.founders, *(change.party for change in self._changes)}
        found = (self._standing(party, whole) for party in sorted(parties) if self._founded)
        return Epoch(
            number=len(self._ids),
            heads=tuple(sorted(heads)) or (self._charter.digest,),
            members=tuple(
                replace(standing, participation=self._participation(standing.party, whole))
                for standing in found
                if standing is not None
            ),
            void=tuple(self._void(whole)),
            proposed=self._proposed,
            waiting=self._waiting,
        )

    def _link(self) -> None:
        """Note what comes before and after each change."""
        place = {id_: x for x, id_ in enumerate(self._ids)}
        self._before = [0] * len(place)
        self._after = [0] * len(place)
        parents = [[place[id_] for id_ in c.after if id_ in place] for c in self._changes]
        for x, above in enumerate(parents):
            self._before[x] = reduce(or_, (self._before[p] | 1 << p for p in above), 0)
        for x in reversed(range(len(parents))):
            for p in parents[x]:
                self._after[p] |= self._after[x] | 1 << x

    def _void(self, within: int) -> Iterator[tuple[ChangeId, Message]]:
        for x, id_ in enumerate(self._ids):
            if len(self._signers[x]) < self._charter.needed:
                yield id_, TOO_FEW
            elif not self._holds(x, within):
                yield id_, REMOVED_TOO

    def _standing(self, party: NodeId, within: int) -> Standing | None:
        """Return where the changes ``within`` leave a party; None outside."""
        came = self._latest(party, (Act.ADMIT, Act.REMOVE), within)
        left = [x for x in came if self._changes[x].act is Act.REMOVE]
        if not came and party not in self._charter.founders:
            return None
        if not all(self._disputed(x, within) for x in left):
            return None
        tiers = (self._changes[x].tier for x in self._latest(party, (Act.ADMIT, Act.TIER), within))
        held = self._latest(party, (Act.ADMIT, Act.SUSPEND, Act.RESTORE, Act.REMOVE), within)
        tier = min((tier for tier in tiers if tier is not None), default=Tier.MEMBER)
        return Standing(party, tier, self._suspended(held))

    def _participation(self, party: NodeId, within: int) -> tuple[Participation, ...]:
        """Return in what a party takes part from each day on of which anything was decided."""
        said = self._about.get((party, Act.TAKE_PART), 0)
        days = {x: self._changes[x].since or date.max for x in _places(said)}
        found = []
        for day in sorted(set(days.values())):
            to_come = reduce(or_, (1 << x for x, since in days.items() if since > day), 0)
            last = self._latest(party, (Act.ADMIT, Act.TAKE_PART), within & ~to_come)
            told = [self._changes[x].activities for x in last if x in days]
            if told:
                found.append(Participation(day, frozenset.intersection(*told)))
        return tuple(found)

    def _suspended(self, held: Iterable[int]) -> Message | None:
        """Return why the last changes about a party suspend it, None if they do not."""
        acts = {self._changes[x].act: self._changes[x] for x in sorted(held, reverse=True)}
        if Act.REMOVE in acts:
            return EACH_OTHER
        return Message(acts[Act.SUSPEND].why) if Act.SUSPEND in acts else None

    def _decides(self, party: NodeId, within: int) -> bool:
        """Return whether a decider is in force after the changes ``within``."""
        standing = self._standing(party, within)
        return standing is not None and (standing.tier, standing.suspended) == (Tier.MEMBER, None)

    def _latest(self, party: NodeId, acts: Iterable[Act], within: int) -> list[int]:
        """Return the changes of these kinds about a party that hold and that none follows."""
        left = within & reduce(or_, (self._about.get((party, act), 0) for act in acts))
        found = []
        while left:
            x = left.bit_length() - 1
            left ^= 1 << x
            if self._holds(x, within):
                found.append(x)
                left &= ~self._before[x]
        return found

    def _holds(self, x: int, within: int) -> bool:
        """Return whether a change that enough signed holds beside the others ``within``."""
        if self._changes[x].act is Act.REMOVE:
            return True
        beside = within & self._beside(x)
        stayed = [s for s in self._signers[x] if not self._removals(s) & beside]
        return len(stayed) >= self._charter.needed

    def _disputed(self, x: int, within: int) -> bool:
        """Return whether a removal is one of a ring of them."""
        found, fresh = 0, self._against(x, within)
        while fresh:
            found |= fresh
            fresh = reduce(or_, (self._against(y, within) for y in _places(fresh))) & ~found
        return bool(found >> x & 1)

    def _against(self, x: int, within: int) -> int:
        """Return the removals, at the same time, of those who signed the removal ``x``."""
        of_signers = reduce(or_, (self._removals(s) for s in self._signers[x]))
        return of_signers & within & self._beside(x)

    def _removals(self, party: NodeId) -> int:
        return self._about.get((party, Act.REMOVE), 0)

    def _beside(self, x: int) -> int:
        """Return what neither follows a change nor is followed by it; as a mask, for `&`."""
        return ~(self._before[x] | self._after[x] | 1 << x)


def _in_order(first: ChangeId, changes: Mapping[ChangeId, Change]) -> list[ChangeId]:
    """Return those changes whose ways back all lead to ``first``, none before what it follows."""
    missing = {id_: len(change.after - {first}) for id_, change in changes.items() if change.after}
    follow: dict[ChangeId, list[ChangeId]] = {}
    for id_, change in changes.items():
        for parent in change.after:
            follow.setdefault(parent, []).append(id_)
    ready = sorted(id_ for id_, count in missing.items() if not count)
    found = []
    while ready:
        found.append(heapq.heappop(ready))
        for id_ in follow.get(found[-1], ()):
            missing[id_] -= 1
            if not missing[id_]:
                heapq.heappush(ready, id_)
    return found


def _places(bits: int) -> Iterator[int]:
    while bits:
        yield bits.bit_length() - 1
        bits ^= 1 << bits.bit_length() - 1


def _digest(content: Mapping[str, Any]) -> ChangeId:
    """Return the digest of the canonical form (RFC 8785) of texts, whole numbers and lists."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return ChangeId(sha256(text.encode("utf-8")).hexdigest())


def _verify_utc(time: datetime) -> None:
    if time.utcoffset() != timedelta(0):
        raise ValueError("a time in UTC")
