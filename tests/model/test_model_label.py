"""Labels: one decision on who may receive what, and a join that gives the least of its parts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.model.ids import CommunityId, NodeId
from tawatur.model.label import (
    Activity,
    Circle,
    Circumstances,
    Label,
    Leave,
    Membership,
    Terms,
    Tier,
    Tlp,
    Viewer,
    join,
    latest,
    may_receive,
    may_release,
    may_replace,
)

START = datetime(2031, 3, 1, tzinfo=UTC)
NODES = tuple(NodeId(f"n-{name}") for name in ("banzura", "jalmada", "numara", "dalmasa"))
COMMUNITIES = tuple(CommunityId(f"m-{name}") for name in ("joint", "press"))
WORDS = ("compared", "relief", "border watch")

nodes = st.sampled_from(NODES)
times = st.integers(-3, 3).map(lambda day: START + timedelta(days=day))
words = st.frozensets(st.sampled_from(WORDS), max_size=2)
circles = st.builds(Circle, st.sampled_from(COMMUNITIES), st.sampled_from(Tier))
terms = st.builds(
    Terms,
    originator=nodes,
    tlp=st.sampled_from(Tlp),
    audience=st.frozensets(nodes),
    circles=st.frozensets(circles, max_size=2),
    onward=st.sampled_from(Leave),
    gives=st.sampled_from(Leave),
    opens=st.none() | times,
    expires=st.none() | times,
    purpose=st.sampled_from([None, "border watch", "relief", "relief; border watch"]),
    after=words,
    caveats=words,
    compartments=words,
    subject=st.sampled_from([None, "the ford", "the border"]),
)
labels = st.lists(terms, min_size=1, max_size=3).map(lambda found: Label.of(*found))
memberships = st.builds(
    Membership,
    st.sampled_from(COMMUNITIES),
    st.sampled_from(Tier),
    st.integers(1, 3),
    st.frozensets(st.sampled_from(Activity)),
)
viewers = st.builds(Viewer, nodes, st.frozensets(memberships, max_size=3), st.none() | words)
moments = st.builds(Circumstances, times, words, words)
several = st.lists(labels, min_size=1, max_size=4)


def _leave(viewer: Viewer, label: Label, at: Circumstances) -> Leave:
    return may_receive(viewer, label, at).leave


@given(terms, moments)
def test_an_originators_own_word_never_binds_its_node(said: Terms, at: Circumstances) -> None:
    """Neither audience, condition nor expiry keeps an item from who made it."""
    label = Label.of(said)
    assert may_receive(Viewer(said.originator), label, at).allowed
    assert may_release(said.originator, label, at).allowed


@given(terms, viewers, moments)
def test_a_person_has_what_his_compartments_open(
    said: Terms, viewer: Viewer, at: Circumstances
) -> None:
    """The originator's own people as well."""
    if viewer.compartments is not None and not said.compartments <= viewer.compartments:
        assert _leave(viewer, Label.of(said), at) is Leave.NO
    else:
        whole = replace(viewer, compartments=None)
        assert may_receive(viewer, Label.of(said), at) == may_receive(whole, Label.of(said), at)


@given(terms, nodes, moments)
def test_others_receive_if_named_and_in_time(said: Terms, node: NodeId, at: Circumstances) -> None:
    """Whoever else asks alone is in the audience, in time, and every condition is met."""
    if node == said.originator:
        return
    in_time = (said.expires is None or at.now < said.expires) and (
        said.opens is None or said.opens <= at.now
    )
    met = said.after <= at.confirmed and said.caveats <= at.acknowledged
    whole = in_time and met and node in said.audience and said.gives is Leave.YES
    assert may_receive(Viewer(node), Label.of(said), at).allowed == whole


@given(terms, nodes)
def test_nobody_else_receives_from_the_hour_of_expiry_on(said: Terms, node: NodeId) -> None:
    """The expiry itself is too late already; not even that there is something is told."""
    if said.expires is not None and node != said.originator:
        at = Circumstances(said.expires, frozenset(WORDS), frozenset(WORDS))
        assert _leave(Viewer(node), Label.of(said), at) is Leave.NO


@given(terms, st.sampled_from(COMMUNITIES), st.sampled_from(Tier), moments)
def test_what_is_for_a_tier_is_for_the_nearer_ones(
    said: Terms, community: CommunityId, tier: Tier, at: Circumstances
) -> None:
    """A member has what observers have, and never the other way round."""
    given_to = Label.of(replace(said, circles=frozenset({Circle(community, tier)})))
    asker = NodeId("n-asker")
    of_tier = [
        _leave(Viewer(asker, frozenset({Membership(community, each, 1)})), given_to, at)
        for each in sorted(Tier)
    ]
    assert of_tier == sorted(of_tier)
    assert all(leave is Leave.NO for leave, each in zip(of_tier, Tier, strict=True) if each < tier)
    assert _leave(Viewer(asker), given_to, at) is Leave.NO


@given(labels, viewers, moments, st.sampled_from(Activity))
def test_who_takes_part_in_less_is_given_no_more(
    label: Label, viewer: Viewer, at: Circumstances, activity: Activity
) -> None:
    """Only what is for a circle asks for it; who is named has it all the same."""
    part = viewer.taking_part(activity)
    assert _leave(part, label, at) <= _leave(viewer, label, at)
    assert part.taking_part(activity) == part
    named = label.given_to(viewer.party)
    assert _leave(part, named, at) == _leave(viewer, named, at)


@given(several, viewers, moments)
def test_what_exists_is_told_on_no_subject_that_a_part_does_not_tell(
    parts: list[Label], viewer: Viewer, at: Circumstances
) -> None:
    """And of a part that gives more, the subject of the others is no secret."""
    joined = may_receive(viewer, join(viewer.party, parts), at)
    if joined.leave is Leave.EXISTENCE:
        told = [may_receive(viewer, part, at) for part in parts]
        known = {each.subject for each in told if each.leave is Leave.EXISTENCE}
        assert joined.subject in (None, *known)
        assert joined.subject is None or known == {joined.subject}


@given(labels, viewers, moments, st.data())
def test_less_standing_never_gives_more(
    label: Label, viewer: Viewer, at: Circumstances, data: st.DataObject
) -> None:
    """A membership, a condition met or a caveat acknowledged only ever opens."""
    fewer = data.draw(
        st.sets(st.sampled_from(sorted(viewer.memberships, key=repr)))
        if viewer.memberships
        else st.just(set())
    )
    poorer = replace(viewer, memberships=frozenset(fewer))
    assert _leave(poorer, label, at) <= _leave(viewer, label, at)
    assert _leave(viewer, label, Circumstances(at.now)) <= _leave(viewer, label, at)


@given(labels, viewers, moments)
def test_acknowledging_what_is_asked_for_opens_it(
    label: Label, viewer: Viewer, at: Circumstances
) -> None:
    """What the decision names is all that stands between, and it names nothing else."""
    asked = may_receive(viewer, label, at)
    read = replace(at, acknowledged=at.acknowledged | set(asked.acknowledge))
    assert may_receive(viewer, label, read).allowed == (asked.allowed or bool(asked.acknowledge))


@given(labels, nodes, moments)
def test_who_may_release_may_receive(label: Label, holder: NodeId, at: Circumstances) -> None:
    """Passing on is never wider than having."""
    assert may_release(holder, label, at).leave <= may_receive(Viewer(holder), label, at).leave


@given(terms, nodes, moments)
def test_red_and_not_onward_stay_with_the_receiver(
    said: Terms, holder: NodeId, at: Circumstances
) -> None:
    """Only the originator gives such items to anybody."""
    if holder != said.originator and (said.tlp is Tlp.RED or said.onward is Leave.NO):
        assert may_release(holder, Label.of(said), at).leave is Leave.NO


@given(labels, nodes, viewers, moments)
def test_given_to_adds_exactly_one(
    label: Label, party: NodeId, other: Viewer, at: Circumstances
) -> None:
    """The party is named in every term; for everybody else nothing changes."""
    given_label = label.given_to(party)
    assert all(party in each.audience for each in given_label.terms)
    if other.party != party:
        assert _leave(other, given_label, at) == _leave(other, label, at)


@settings(max_examples=400)
@given(nodes, several, viewers, moments)
def test_a_join_gives_the_least_that_any_part_gives(
    composer: NodeId, parts: list[Label], viewer: Viewer, at: Circumstances
) -> None:
    """Exactly that, for every viewer, the composer among them, whoever is a member of what."""
    least = min(_leave(viewer, label, at) for label in parts)
    assert _leave(viewer, join(composer, parts), at) is least


@settings(max_examples=400)
@given(nodes, several, nodes, moments)
def test_a_join_lets_nobody_pass_on_what_a_part_does_not(
    composer: NodeId, parts: list[Label], holder: NodeId, at: Circumstances
) -> None:
    """Composing is no way around the originator's word."""
    released = may_release(holder, join(composer, parts), at).leave
    assert released <= min(may_release(holder, label, at).leave for label in parts)


@given(nodes, several)
def test_a_join_is_as_restricted_as_its_strictest_part(
    composer: NodeId, parts: list[Label]
) -> None:
    """In its TLP word, its expiry and whose word it is; every purpose is kept."""
    joined = join(composer, parts)
    assert joined.tlp.rank == max(label.tlp.rank for label in parts)
    assert joined.expires == min((p.expires for p in parts if p.expires), default=None)
    assert set(joined.originators) == {o for label in parts for o in label.originators}
    purposes = {p for label in parts for p in (label.purpose or "").split("; ") if p}
    assert set((joined.purpose or "").split("; ")) - {""} == purposes


@settings(max_examples=300)
@given(nodes, several, several)
def test_labels_are_a_semilattice(composer: NodeId, one: list[Label], other: list[Label]) -> None:
    """A brief made of briefs, in whatever order, carries what one made of all parts does."""
    at_once = join(composer, one + other)
    assert join(composer, [join(composer, one), join(composer, other)]) == at_once
    assert join(composer, [*reversed(other), *reversed(one)]) == at_once
    assert join(composer, [at_once, *one]) == at_once


@given(nodes, labels)
def test_what_is_made_of_nothing_is_for_its_maker(composer: NodeId, label: Label) -> None:
    """It goes to nobody, and neither does what is made with it."""
    assert join(composer, ()) == Label.by(composer)
    joined = join(composer, (Label.by(composer), label))
    for node in set(NODES) - {composer}:
        assert _leave(Viewer(node), joined, Circumstances(START)) is Leave.NO


@settings(max_examples=300)
@given(nodes, labels, labels, viewers, moments)
def test_who_relays_an_item_only_narrows_it(
    relay: NodeId, old: Label, own: Label, viewer: Viewer, at: Circumstances
) -> None:
    """Terms that it adds are its own; another's it neither changes nor ends."""
    added = Label.of(*old.terms, *(replace(each, originator=relay) for each in own.terms))
    if relay not in old.originators:
        assert may_replace(relay, old, added)
        assert _leave(viewer, added, at) <= _leave(viewer, old, at)
        assert not may_replace(relay, old, Label.by(relay))


@given(terms, terms, terms)
def test_an_originator_changes_its_own_word_and_no_others(
    mine: Terms, changed: Terms, other: Terms
) -> None:
    """Whoever else's word is in it."""
    changed = replace(changed, originator=mine.originator)
    if other.originator != mine.originator:
        old, new = Label.of(mine, other), Label.of(changed, other)
        assert may_replace(mine.originator, old, new)
        assert may_replace(other.originator, old, new) == (old == new)


@given(terms, terms, terms, viewers, moments)
def test_two_changes_at_once_come_to_the_stricter_of_both(
    old: Terms, one: Terms, other: Terms, viewer: Viewer, at: Circumstances
) -> None:
    """Whichever arrives first, no clock asked."""
    one, other = (replace(each, originator=old.originator) for each in (one, other))
    merged = join(old.originator, [Label.of(one), Label.of(other)])
    assert merged == join(old.originator, [Label.of(other), Label.of(one)])
    assert _leave(viewer, merged, at) is min(
        _leave(viewer, Label.of(one), at), _leave(viewer, Label.of(other), at)
    )


def test_decisions_go_by_the_latest_time_that_anybody_signed() -> None:
    """A clock that was set back brings nothing back."""
    late = START + timedelta(days=1)
    assert latest(START, [late]) == late
    assert latest(START, []) == START


def test_a_brief_of_a_neighbours_item_ends_with_it() -> None:
    """What was given until a day, and not to be passed on, binds who composes a brief of it."""
    home, neighbour = NODES[:2]
    item = Label.of(Terms(neighbour, audience=frozenset({home}), expires=START))
    brief = join(home, (item, Label.by(home).given_to(neighbour)))
    before, after = START - timedelta(days=1), START + timedelta(days=1)
    assert may_receive(Viewer(home), brief, before).allowed
    assert not may_release(home, brief, before).allowed
    assert not may_receive(Viewer(home), brief, after).allowed


def test_a_brief_of_own_items_stays_ones_own() -> None:
    """The composer has and releases it; those who receive it do not pass it on."""
    home, neighbour = NODES[:2]
    brief = join(home, (Label.by(home).given_to(neighbour), Label.by(home)))
    assert brief == Label.by(home)
    assert may_release(home, brief, START).allowed
    given_brief = brief.given_to(neighbour)
    assert may_receive(Viewer(neighbour), given_brief, START).allowed
    assert not may_release(neighbour, given_brief, START).allowed
