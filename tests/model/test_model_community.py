"""Communities: the same changes make the same list, and no removal is ever lost."""

import hashlib
import random
import time
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tawatur.model.community import (
    EACH_OTHER,
    REMOVED_TOO,
    TOO_FEW,
    Act,
    Change,
    ChangeId,
    Charter,
    Epoch,
    Participation,
    confirmed,
    members,
    too_old,
)
from tawatur.model.ids import NodeId
from tawatur.model.label import Activity, Tier

START = datetime(2031, 3, 1, tzinfo=UTC)
A, B, C, D, E, F = (
    NodeId(f"n-{name}")
    for name in ("banzura", "jalmada", "numara", "dalmasa", "lusmara", "toulbara")
)
PARTIES = (A, B, C, D, E, F)
PARTS = st.builds(
    Participation,
    st.integers(0, 3).map(lambda week: START.date() + timedelta(weeks=week)),
    st.frozensets(st.sampled_from(Activity), min_size=1),
)


def charter(needed: int = 1, deciders: Iterable[NodeId] = (A, B, C), days: int = 7) -> Charter:
    """Return a charter founded by four."""
    founders = frozenset({A, B, C, D})
    return Charter("Relief corridor", founders, frozenset(deciders), needed, START, days)


class History:
    """Changes as they are made, each following what its maker knows."""

    def __init__(self, charter_: Charter) -> None:
        self.charter = charter_
        self.changes: list[Change] = []
        self.signed: dict[ChangeId, frozenset[NodeId]] = {charter_.digest: charter_.deciders}

    def add(
        self,
        by: Iterable[NodeId],
        act: Act,
        party: NodeId,
        after: Iterable[Change] = (),
        tier: Tier | None = None,
        part: Participation | None = None,
    ) -> Change:
        """Make a change after others, the charter if none."""
        if act in (Act.ADMIT, Act.TIER) and tier is None:
            tier = Tier.MEMBER
        if act is Act.TAKE_PART:
            part = part or Participation(START.date(), frozenset({Activity.CLAIMS}))
        parts = (part.activities, part.since) if part else (frozenset[Activity](), None)
        follows = frozenset(c.digest for c in after) or frozenset({self.charter.digest})
        moment = START + timedelta(minutes=len(self.changes))
        why = f"step {len(self.changes)}"
        change = Change(follows, act, party, why, moment, tier, *parts)
        self.changes.append(change)
        self.signed[change.digest] = frozenset(by)
        return change

    def epoch(self, changes: Iterable[Change] | None = None) -> Epoch:
        """Return the list."""
        return members(self.charter, self.changes if changes is None else changes, self.signed)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Make a history of several makers, each following some of what there is."""
    history = History(charter(draw(st.integers(1, 2))))
    for _ in range(draw(st.integers(0, 14))):
        known = history.changes
        after = draw(st.lists(st.sampled_from(known), max_size=2)) if known else []
        by = draw(st.sets(st.sampled_from((A, B, C, D)), min_size=1, max_size=3))
        act = draw(st.sampled_from((*Act, Act.REMOVE)))
        tier = draw(st.sampled_from(Tier)) if act in (Act.ADMIT, Act.TIER) else None
        part = draw(PARTS) if act is Act.TAKE_PART else None
        history.add(by, act, draw(st.sampled_from(PARTIES)), after, tier, part)
    return history


def follows(history: History) -> dict[ChangeId, set[ChangeId]]:
    """Return, for every change, all that it follows."""
    above: dict[ChangeId, set[ChangeId]] = {}
    for change in history.changes:
        above[change.digest] = set(change.after).union(*(above.get(p, set()) for p in change.after))
    return above


def tiers(epoch: Epoch) -> dict[NodeId, Tier | None]:
    """Return the parties on the list, None for those who are suspended."""
    return {s.party: epoch.tier_of(s.party) for s in epoch.members}


# ------------------------------------------------------------ laws


@given(histories(), st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_gives_the_same_list(
    history: History, chance: random.Random
) -> None:
    """What arrives first, or twice, or first without all signatures, does not show."""
    shuffled = [*history.changes, *history.changes[:3]]
    chance.shuffle(shuffled)
    assert history.epoch(shuffled) == history.epoch()


@given(histories(), st.integers(0, 14))
def test_what_comes_in_parts_ends_in_the_same_list(history: History, cut: int) -> None:
    """Whatever follows something unknown waits, and is not lost."""
    part = history.changes[cut:]
    early = history.epoch(part)
    known = {c.digest for c in part} | {history.charter.digest}
    placed = {c.digest for c in part} - set(early.proposed) - set(early.waiting)
    assert all(c.after <= known for c in part if c.digest in placed)
    assert history.epoch([*part, *history.changes[:cut]]) == history.epoch()


@given(histories())
def test_a_removal_never_loses(history: History) -> None:
    """Nobody is in force whom a removal that holds removes, unless a later change says so."""
    epoch, above = history.epoch(), follows(history)
    gone = {*epoch.proposed, *epoch.waiting, *(id_ for id_, _ in epoch.void)}
    for removal in (c for c in history.changes if c.act is Act.REMOVE and c.digest not in gone):
        later = [
            c
            for c in history.changes
            if c.party == removal.party
            and removal.digest in above[c.digest]
            and c.act in (Act.ADMIT, Act.RESTORE)
            and c.digest not in gone
        ]
        assert later or epoch.tier_of(removal.party) is None


@given(histories(), st.sampled_from(PARTIES), st.sampled_from(Act))
def test_what_a_removed_party_signs_later_counts_for_nothing(
    history: History, party: NodeId, act: Act
) -> None:
    """After a list without A, what A alone signs changes nothing but the count."""
    removal = history.add((B, C), Act.REMOVE, A, history.changes[-2:])
    if removal.digest in dict(history.epoch().void):
        return
    before = history.epoch()
    last = [c for c in history.changes if c.digest in before.heads]
    if A in before.in_force({A}):
        return
    late = history.add({A}, act, party, last)
    after = history.epoch()
    assert after.members == before.members
    assert late.digest in {*dict(after.void), *after.proposed}


@given(histories())
def test_a_list_can_be_told_by_its_heads(history: History) -> None:
    """The heads and all that they follow are what the list rests on."""
    epoch, above = history.epoch(), follows(history)
    if epoch.number:
        under = set(epoch.heads).union(*(above[h] for h in epoch.heads))
        assert len(under - {history.charter.digest}) == epoch.number


# ------------------------------------------------------------ cases


def test_founders_belong_once_enough_have_signed_the_charter() -> None:
    """A charter that names somebody is not yet their word."""
    two = charter(needed=2)
    assert members(two, (), {two.digest: {A}}).members == ()
    assert members(two, (), {two.digest: {A, D}}).members == ()  # D decides nothing
    assert set(tiers(members(two, (), {two.digest: {A, B}}))) == {A, B, C, D}


def test_signatures_may_come_one_by_one() -> None:
    """The same change with one signature more is the same change."""
    history = History(charter(needed=2))
    change = history.add({A}, Act.ADMIT, E, tier=Tier.PARTNER)
    assert history.epoch().proposed == (change.digest,)
    history.signed[change.digest] |= {C}
    assert history.epoch().tier_of(E) is Tier.PARTNER


def test_a_removal_beats_what_is_said_at_the_same_time() -> None:
    """Neither a tier nor an admission beside it keeps the party in; a later admission does."""
    history = History(charter())
    history.add({A}, Act.TIER, D, tier=Tier.PARTNER)
    again = history.add({B}, Act.ADMIT, D)
    removal = history.add({C}, Act.REMOVE, D)
    assert D not in tiers(history.epoch())
    history.add({A}, Act.ADMIT, D, (again, removal), Tier.OBSERVER)
    assert history.epoch().tier_of(D) is Tier.OBSERVER


def test_removals_of_each_other_suspend_both_until_others_decide() -> None:
    """Neither wins by being quicker; the third decider restores one and removes the other."""
    history = History(charter())
    one, two = history.add({A}, Act.REMOVE, B), history.add({B}, Act.REMOVE, A)
    found = {s.party: s.suspended for s in history.epoch().members}
    assert found == {A: EACH_OTHER, B: EACH_OTHER, C: None, D: None}
    own = history.add({A}, Act.RESTORE, A, (one, two))
    assert dict(history.epoch().void)[own.digest] == TOO_FEW
    back = history.add({C}, Act.RESTORE, A, (one, two))
    history.add({C}, Act.REMOVE, B, (back,))
    assert tiers(history.epoch()) == {A: Tier.MEMBER, C: Tier.MEMBER, D: Tier.MEMBER}


def test_a_ring_of_removals_suspends_all_in_it() -> None:
    """A removes B, B removes C, C removes A."""
    history = History(charter())
    for by, party in ((A, B), (B, C), (C, A)):
        history.add({by}, Act.REMOVE, party)
    assert tiers(history.epoch()) == {A: None, B: None, C: None, D: Tier.MEMBER}


def test_what_somebody_signed_who_was_removed_at_the_same_time_does_not_hold() -> None:
    """But a removal does, and another decider's signature keeps a change in force."""
    history = History(charter())
    admission = history.add({A}, Act.ADMIT, E)
    history.add({A}, Act.REMOVE, D)
    history.add({B}, Act.REMOVE, A)
    epoch = history.epoch()
    assert dict(epoch.void) == {admission.digest: REMOVED_TOO}
    assert set(tiers(epoch)) == {B, C}
    history.signed[admission.digest] |= {C}
    assert set(tiers(history.epoch())) == {B, C, E}


def test_suspension_takes_everything_until_it_is_lifted() -> None:
    """Also the say of a decider; a restoring at the same time as a suspension is too early."""
    history = History(charter())
    first = history.add({A}, Act.SUSPEND, B)
    void = history.add({B}, Act.ADMIT, E, (first,))
    again = history.add({C}, Act.SUSPEND, B, (first,))
    restored = history.add({A}, Act.RESTORE, B, (first,))
    epoch = history.epoch()
    assert epoch.tier_of(B) is None
    assert [s.suspended for s in epoch.members if s.party == B] != [None]
    assert dict(epoch.void) == {void.digest: TOO_FEW}
    history.add({A}, Act.RESTORE, B, (again, restored))
    assert history.epoch().tier_of(B) is Tier.MEMBER


def test_what_follows_something_unknown_or_nothing_waits() -> None:
    """It breaks nothing, and neither does a change that names another community's charter."""
    history = History(charter())
    other = Charter("Press", frozenset({A}), frozenset({A}), 1, START)
    lost = History(other).add({A}, Act.ADMIT, F)
    strange = history.add({A}, Act.REMOVE, B, (lost,))
    rootless = Change(frozenset(), Act.REMOVE, B, "", START)
    history.signed[rootless.digest] = frozenset({A})
    history.add({A}, Act.ADMIT, E)
    epoch = history.epoch([*history.changes, rootless])
    assert set(epoch.waiting) == {strange.digest, rootless.digest}
    assert set(tiers(epoch)) == {A, B, C, D, E}


def test_a_list_is_as_new_as_the_word_of_all_without_whom_nothing_is_decided() -> None:
    """Of three deciders of whom two decide, two must have spoken since."""
    two = charter(needed=2)
    epoch = members(two, (), {two.digest: {A, B}})
    days = {A: START + timedelta(days=9), B: START + timedelta(days=2), C: START}
    assert confirmed(two, epoch, days) == days[B]
    assert confirmed(two, epoch, {A: START}) is None
    # What A proposed, one of the others may have signed: both must have spoken since.
    assert confirmed(two, epoch, days, [{A}]) == days[C]
    assert confirmed(two, epoch, {A: START, B: START}, [{A}]) is None
    alone = charter(deciders=(A,))
    epoch = members(alone, (), {alone.digest: {A}})
    assert confirmed(alone, epoch, days) == days[A]
    assert too_old(two, days[B], days[A] + timedelta(seconds=1))
    assert not too_old(two, days[B], days[A])
    assert too_old(two, None, START)


@pytest.mark.parametrize(
    "wrong",
    [
        {"needed": 4},
        {"needed": 0},
        {"deciders": (A, E)},
        {"days": 0},
    ],
    ids=["more than there are", "none", "not a founder", "no days"],
)
def test_a_charter_that_could_not_work_is_refused(wrong: dict[str, object]) -> None:
    """Nobody finds out later."""
    with pytest.raises(ValueError, match=r"charter|change"):
        charter(**wrong)  # type: ignore[arg-type]  # one of its arguments


def test_a_tier_goes_with_an_admission_and_with_nothing_else() -> None:
    """A removal that names a tier would be two changes."""
    for act, tier in ((Act.ADMIT, None), (Act.REMOVE, Tier.MEMBER)):
        with pytest.raises(ValueError, match="tier"):
            Change(frozenset(), act, A, "", START, tier)


NEXT_STEPS = frozenset({Activity.COMMITMENTS, Activity.REQUESTS, Activity.MEETINGS})
SPRING, SUMMER = START.date() + timedelta(days=20), START.date() + timedelta(days=90)


def test_what_somebody_takes_part_in_is_widened_and_narrowed_by_the_day() -> None:
    """An observer sees the next steps at first; each word counts from its day on."""
    history = History(charter())
    admitted = history.add([A], Act.ADMIT, E, tier=Tier.OBSERVER)
    assert history.epoch().activities_of(E, START.date()) == NEXT_STEPS
    wide = Participation(SPRING, frozenset(Activity))
    widened = history.add([A], Act.TAKE_PART, E, [admitted], part=wide)
    narrow = Participation(SUMMER, frozenset({Activity.REQUESTS}))
    history.add([B], Act.TAKE_PART, E, [widened], part=narrow)
    epoch = history.epoch()
    days = (SPRING - timedelta(1), SPRING, SUMMER - timedelta(1), SUMMER)
    known = [epoch.activities_of(E, day) for day in days]
    assert known == [NEXT_STEPS, wide.activities, wide.activities, narrow.activities]
    assert epoch.activities_of(F, SUMMER) == frozenset()


def test_of_words_said_at_once_on_taking_part_only_what_both_allow_counts() -> None:
    """Until somebody who knows both says another."""
    history = History(charter())
    said = [
        history.add([by], Act.TAKE_PART, D, part=Participation(SPRING, frozenset(activities)))
        for by, activities in (
            (A, (Activity.CLAIMS, Activity.REQUESTS)),
            (B, (Activity.REPORTS, Activity.REQUESTS)),
        )
    ]
    assert history.epoch().activities_of(D, SUMMER) == {Activity.REQUESTS}
    history.add([C], Act.TAKE_PART, D, said, part=Participation(SPRING, frozenset(Activity)))
    assert history.epoch().activities_of(D, SUMMER) == frozenset(Activity)


def test_who_is_admitted_again_takes_part_in_what_is_usual() -> None:
    """What was said before they were removed is over."""
    history = History(charter())
    said = history.add(
        [A], Act.TAKE_PART, D, part=Participation(SPRING, frozenset({Activity.CLAIMS}))
    )
    removed = history.add([A], Act.REMOVE, D, [said])
    history.add([A], Act.ADMIT, D, [removed], Tier.MEMBER)
    assert history.epoch().activities_of(D, SUMMER) == frozenset(Activity)


def test_taking_part_is_in_something_from_a_day_on() -> None:
    """Nothing else says in what; a change of another kind keeps the digest that it had."""
    wrong: list[tuple[Act, frozenset[Activity], date | None]] = [
        (Act.TAKE_PART, frozenset(), SPRING),
        (Act.TAKE_PART, frozenset(Activity), None),
        (Act.REMOVE, frozenset(Activity), SPRING),
    ]
    for act, activities, since in wrong:
        with pytest.raises(ValueError, match="takes part"):
            Change(frozenset(), act, A, "", START, None, activities, since)
    assert "activities" not in Change(frozenset(), Act.REMOVE, A, "", START).content


def test_ids_are_digests_of_the_canonical_form() -> None:
    """Whoever signs the content signs the id."""
    change = Change(frozenset({charter().digest}), Act.REMOVE, A, "قال \u007f é \n", START)
    for value, id_ in ((charter(), charter().digest), (change, change.digest)):
        assert hashlib.sha256(rfc8785.dumps(value.content)).hexdigest() == id_
    assert charter().id.startswith("m-")
    assert charter(needed=2).id != charter().id


def test_ten_thousand_changes_take_seconds() -> None:
    """Of forks and merges, by five deciders, half of them about deciders."""
    chance = random.Random(7)
    history = History(charter(needed=2, deciders=(A, B, C, D)))
    names = [*PARTIES, *(NodeId(f"n-{i}") for i in range(100))]
    for _ in range(10_000):
        after = chance.sample(history.changes[-4:], min(2, len(history.changes)))
        act = chance.choices(list(Act), (6, 3, 2, 2, 2, 1))[0]
        history.add(chance.sample((A, B, C, D), 3), act, chance.choice(names), after)
    start = time.perf_counter()
    assert history.epoch().number == 10_000
    assert time.perf_counter() - start < 10
