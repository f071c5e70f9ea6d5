"""Labels: one decision on who may receive what, and a join no wider than its parts."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.model.ids import NodeId
from tawatur.model.label import Label, Tlp, Viewer, join, may_receive, may_release

START = datetime(2031, 3, 1, tzinfo=UTC)
NODES = tuple(NodeId(f"n-{name}") for name in ("banzura", "jalmada", "numara", "dalmasa"))
nodes = st.sampled_from(NODES)
times = st.integers(-3, 3).map(lambda day: START + timedelta(days=day))
labels = st.builds(
    Label,
    originator=nodes,
    tlp=st.sampled_from(Tlp),
    audience=st.frozensets(nodes),
    onward=st.booleans(),
    expires=st.none() | times,
    purpose=st.sampled_from([None, "border watch", "relief", "relief; border watch"]),
    bound=st.booleans(),
)
parts = st.lists(labels, min_size=1, max_size=4).map(tuple)


@given(labels.filter(lambda label: not label.bound), times)
def test_the_originator_always_receives_its_own(label: Label, now: datetime) -> None:
    """Neither audience nor expiry keeps an item from who made it."""
    assert may_receive(Viewer(label.originator), label, now).allowed
    assert may_release(label.originator, label, now).allowed


@given(labels, nodes, times)
def test_others_receive_if_named_and_in_time(label: Label, node: NodeId, now: datetime) -> None:
    """Whoever else asks must be in the audience, and before the expiry."""
    if node == label.originator and not label.bound:
        return
    in_time = label.expires is None or now < label.expires
    decision = may_receive(Viewer(node), label, now)
    assert decision.allowed == (in_time and node in label.audience)


@given(labels, nodes)
def test_nobody_else_receives_from_the_hour_of_expiry_on(label: Label, node: NodeId) -> None:
    """The expiry itself is too late already."""
    if label.expires is not None and node != label.originator:
        assert not may_receive(Viewer(node), label, label.expires).allowed


@given(labels, nodes, times)
def test_who_may_release_may_receive(label: Label, holder: NodeId, now: datetime) -> None:
    """Passing on is never wider than having."""
    if may_release(holder, label, now).allowed:
        assert may_receive(Viewer(holder), label, now).allowed


@given(labels, nodes, times)
def test_red_and_not_onward_stay_with_the_receiver(
    label: Label, holder: NodeId, now: datetime
) -> None:
    """Only the originator gives such items to anybody."""
    if holder != label.originator and (label.tlp is Tlp.RED or not label.onward):
        assert not may_release(holder, label, now).allowed


@given(labels, nodes, nodes, times)
def test_given_to_adds_exactly_one(
    label: Label, party: NodeId, other: NodeId, now: datetime
) -> None:
    """The party is in the audience; for everybody else, and in all else, nothing changes."""
    given_label = label.given_to(party)
    assert given_label.audience == label.audience | {party}
    if other != party:
        assert may_receive(Viewer(other), given_label, now) == may_receive(
            Viewer(other), label, now
        )
    same = Label(
        given_label.originator,
        given_label.tlp,
        label.audience,
        given_label.onward,
        given_label.expires,
        given_label.purpose,
        given_label.bound,
    )
    assert same == label


@settings(max_examples=400)
@given(nodes, parts, nodes, times)
def test_a_join_gives_nobody_what_a_part_does_not(
    composer: NodeId, labels: tuple[Label, ...], viewer: NodeId, now: datetime
) -> None:
    """For every viewer, the composer among them, and at every time."""
    joined = join(composer, labels)
    if may_receive(Viewer(viewer), joined, now).allowed:
        assert all(may_receive(Viewer(viewer), label, now).allowed for label in labels)


@settings(max_examples=400)
@given(nodes, parts, nodes, times)
def test_a_join_lets_nobody_pass_on_what_a_part_does_not(
    composer: NodeId, labels: tuple[Label, ...], holder: NodeId, now: datetime
) -> None:
    """Composing is no way around the originator's word, nor does it open one's own items."""
    if may_release(holder, join(composer, labels), now).allowed:
        assert all(may_release(holder, label, now).allowed for label in labels)


@given(nodes, parts)
def test_a_join_is_as_restricted_as_its_strictest_part(
    composer: NodeId, labels: tuple[Label, ...]
) -> None:
    """In its TLP word and its expiry; every purpose is kept."""
    joined = join(composer, labels)
    assert joined.tlp.rank == max(label.tlp.rank for label in labels)
    expiries = [label.expires for label in labels if label.expires]
    assert joined.expires == min(expiries, default=None)
    purposes = {p for label in labels for p in (label.purpose or "").split("; ") if p}
    assert set((joined.purpose or "").split("; ")) - {""} == purposes


@given(nodes, parts, st.randoms())
def test_the_order_of_parts_does_not_matter(
    composer: NodeId, labels: tuple[Label, ...], chance: object
) -> None:
    """Join is commutative."""
    assert join(composer, tuple(reversed(labels))) == join(composer, labels)


@settings(max_examples=300)
@given(nodes, parts, parts)
def test_joining_in_steps_is_joining_at_once(
    composer: NodeId, one: tuple[Label, ...], other: tuple[Label, ...]
) -> None:
    """Join is associative: a brief made of briefs carries what one made of all parts does."""
    at_once = join(composer, one + other)
    assert join(composer, (join(composer, one), join(composer, other))) == at_once
    assert join(composer, (join(composer, one), *other)) == at_once


@given(nodes, parts)
def test_a_part_counts_once(composer: NodeId, labels: tuple[Label, ...]) -> None:
    """Join is idempotent."""
    joined = join(composer, labels)
    assert join(composer, labels + labels) == joined
    assert join(composer, (joined,)) == joined


@given(nodes, labels)
def test_what_is_made_of_nothing_is_for_its_maker(composer: NodeId, label: Label) -> None:
    """It goes to nobody, and neither does what is made with it."""
    assert join(composer, ()) == Label(composer)
    assert join(composer, (Label(composer), label)).audience <= {composer}


def test_a_brief_of_a_neighbours_item_ends_with_it() -> None:
    """What was given until a day, and not to be passed on, binds who composes a brief of it."""
    home, neighbour = NODES[:2]
    item = Label(neighbour, audience=frozenset({home}), expires=START)
    brief = join(home, (item, Label(home, audience=frozenset({neighbour}))))
    before, after = START - timedelta(days=1), START + timedelta(days=1)
    assert may_receive(Viewer(home), brief, before).allowed
    assert not may_release(home, brief, before).allowed
    assert not may_receive(Viewer(home), brief, after).allowed


def test_a_brief_of_own_items_stays_ones_own() -> None:
    """The composer has and releases it; those who receive it do not pass it on."""
    home, neighbour = NODES[:2]
    brief = join(home, (Label(home, audience=frozenset({neighbour})), Label(home)))
    assert may_release(home, brief, START).allowed
    given_brief = brief.given_to(neighbour)
    assert may_receive(Viewer(neighbour), given_brief, START).allowed
    assert not may_release(neighbour, given_brief, START).allowed
