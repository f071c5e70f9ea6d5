"""Communities among nodes: what k deciders signed holds everywhere, and old lists give nothing."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tawatur.errors import (
    AlteredFileError,
    NotForUsError,
    NotReleasableError,
    UnknownIdError,
    UnknownSenderError,
    UsageError,
)
from tawatur.model.account import AccountRole
from tawatur.model.community import Act
from tawatur.model.entry import Kind
from tawatur.model.ids import NodeId
from tawatur.model.label import Activity, Circle, Tier
from tawatur.node import Incoming, Node
from tawatur.sharing.cards import sealed

NAMES = ("Observatory", "Harbour", "Red Hills", "Neighbour")


@dataclass
class World:
    """Four nodes that know one another, and the time by all their clocks."""

    nodes: dict[str, Node]
    now: datetime = datetime(2031, 3, 1, 12, tzinfo=UTC)

    def id(self, name: str) -> NodeId:
        """Return a node's id."""
        return self.nodes[name].id

    def at(self, name: str) -> Node:
        """Return a node."""
        return self.nodes[name]

    def pass_on(self, sender: str, *receivers: str) -> None:
        """Carry what one node has of the community to others."""
        content = self.at(sender).communities.written("Relief")
        for each in receivers:
            self.at(each).communities.take(content)

    def later(self, days: int) -> None:
        """Let time go by."""
        self.now += timedelta(days=days)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Give four nodes that have exchanged cards."""
    made = World({})
    with ExitStack() as stack:
        for name in NAMES:
            path = tmp_path / name
            Node.init(path, name=name).close()
            made.nodes[name] = stack.enter_context(Node.open(path, clock=lambda: made.now))
        for one in made.nodes.values():
            for other in made.nodes.values():
                if one is not other:
                    one.partners.add(other.partners.sealed_card())
        yield made


@pytest.fixture
def club(world: World) -> World:
    """Give a community of three in which two of three decide, founded and known to all three."""
    a, b, c = NAMES[:3]
    deciders = [world.id(b), world.id(c)]
    world.at(a).communities.found("Relief", deciders=deciders, needed=2)
    world.pass_on(a, b)
    world.at(b).communities.sign("Relief")
    world.pass_on(b, a, c)
    return world


def _names(world: World, name: str) -> set[str]:
    members = world.at(name).communities.one("Relief").epoch.members
    return {each for each in NAMES if world.id(each) in {s.party for s in members}}


def test_a_community_is_founded_by_those_who_sign_its_charter(world: World) -> None:
    """Whom a charter names without their signatures belongs to nothing yet."""
    a, b = NAMES[:2]
    world.at(a).communities.found("Relief", deciders=[world.id(b)], needed=2)
    assert _names(world, a) == set()
    world.pass_on(a, b)
    assert world.at(b).communities.sign("Relief").founded
    world.pass_on(b, a)
    assert _names(world, a) == {a, b}


def test_nobody_founds_a_community_of_a_name_that_there_is(club: World) -> None:
    """It could not be told from the other by those who type its name."""
    with pytest.raises(UsageError, match="already"):
        club.at(NAMES[1]).communities.found(" Relief ")


def test_a_change_holds_when_the_second_decider_says_the_same(club: World) -> None:
    """Its signatures are collected by passing the file round."""
    a, b, c, d = NAMES
    why = "joined in the spring"
    club.at(a).communities.decide("Relief", Act.ADMIT, club.id(d), why, Tier.PARTNER)
    club.pass_on(a, b, c)
    assert _names(club, b) == {a, b, c}
    club.at(b).communities.decide("Relief", Act.ADMIT, club.id(d), "the same", Tier.PARTNER)
    club.pass_on(b, a, c)
    epochs = {club.at(each).communities.one("Relief").epoch for each in (a, b, c)}
    assert len(epochs) == 1
    assert _names(club, c) == {a, b, c, d}


def test_the_list_stands_after_a_rebuild(club: World) -> None:
    """The ledger holds every signature."""
    node = club.at(NAMES[1])
    before = node.communities.all()
    node.rebuild()
    assert node.communities.all() == before != ()


def test_what_is_taken_twice_is_recorded_once(club: World) -> None:
    """Only what is new becomes an entry."""
    a, b = NAMES[:2]
    content = club.at(a).communities.written("Relief")
    club.at(b).communities.take(content)
    size = club.at(b).ledger.size
    club.at(b).communities.take(content)
    assert club.at(b).ledger.size == size


def test_what_was_altered_or_comes_from_strangers_is_refused(club: World, tmp_path: Path) -> None:
    """Nothing of it is recorded."""
    a, b, c, d = NAMES
    content = club.at(a).communities.written("Relief")
    with pytest.raises(AlteredFileError):
        club.at(b).communities.take(content.replace(b'"needed":2', b'"needed":1'))
    with Node.init(tmp_path / "stranger") as stranger, pytest.raises(UnknownSenderError):
        stranger.communities.take(content)
    club.pass_on(a, d)
    body = json.loads(club.at(d).communities.written("Relief"))
    (by,) = body["signatures"].values()
    by[club.id(c)] = by[club.id(a)]
    unsigned = {name: part for name, part in body.items() if name != "signature"}
    signed = sealed(unsigned, club.at(d).communities.key)
    size = club.at(b).ledger.size
    with pytest.raises(AlteredFileError):
        club.at(b).communities.take(signed)
    assert club.at(b).ledger.size == size


def test_a_confidential_list_is_for_those_on_it(world: World) -> None:
    """Another node refuses it, and holds nothing of it."""
    a, _, _, d = NAMES
    world.at(a).communities.found("Relief", confidential=True)
    with pytest.raises(NotForUsError):
        world.pass_on(a, d)
    assert world.at(d).communities.all() == ()
    world.at(a).communities.decide("Relief", Act.ADMIT, world.id(d), "asked", Tier.OBSERVER)
    world.pass_on(a, d)
    assert _names(world, d) == {a, d}


def test_only_who_decides_decides(club: World) -> None:
    """Others are told so, and what makes no sense is refused before it is signed."""
    a, b, c, d = NAMES
    club.pass_on(a, d)
    with pytest.raises(UsageError, match="others decide"):
        club.at(d).communities.decide("Relief", Act.REMOVE, club.id(a), "no reason")
    for act, party, why in (
        (Act.REMOVE, d, "not on it"),
        (Act.RESTORE, b, "not suspended"),
        (Act.REMOVE, b, " "),
    ):
        with pytest.raises(UsageError):
            club.at(a).communities.decide("Relief", act, club.id(party), why)
    club.at(a).communities.decide("Relief", Act.REMOVE, club.id(c), "left")
    with pytest.raises(UsageError, match="signed that already"):
        club.at(a).communities.decide("Relief", Act.REMOVE, club.id(c), "left")


# ------------------------------------------------------------ releases


def _item(world: World, name: str, tier: Tier) -> str:
    node = world.at(name)
    item = node.desk.commit(by="A", what="send lorries").id
    circle = Circle(node.communities.one("Relief").id, tier)
    node.labels.change(item, {}, also=[circle])
    return item


def test_a_tier_that_there_is_not_is_refused_with_those_there_are(club: World) -> None:
    """And a name that is nobody's is no community, whatever stands behind a colon."""
    communities = club.at(NAMES[0]).communities
    with pytest.raises(UsageError, match="'boss' is none of: member, partner, observer"):
        communities.circle("Relief:boss")
    with pytest.raises(UnknownIdError, match="no community 'Releif'"):
        communities.circle("Releif:partner")


def test_a_circle_lets_its_own_have_it_and_names_the_epoch(club: World) -> None:
    """Members have what is for members; others, and observers, do not."""
    a, b, _, d = NAMES
    club.pass_on(b, a)
    item = _item(club, a, Tier.MEMBER)
    received = club.at(b).incoming.receive(club.at(a).outgoing.release(item, b))
    assert received.kind == "commitment"
    (release,) = club.at(a).ledger.entries(kinds=(Kind.RELEASE,))
    assert release.payload is not None
    epoch = club.at(a).communities.one("Relief").epoch
    (used,) = release.payload.body["epochs"]
    assert (used["epoch"], used["heads"]) == (epoch.number, list(epoch.heads))
    with pytest.raises(NotReleasableError, match="not of it"):
        club.at(a).outgoing.release(item, d)


def test_a_removed_member_gets_nothing_more(club: World) -> None:
    """Two who proposed the same need no third word: one signs what the other proposed."""
    a, b, c, _ = NAMES
    club.pass_on(b, a)
    item = _item(club, a, Tier.MEMBER)
    for each in (a, c):
        club.at(each).communities.decide("Relief", Act.REMOVE, club.id(b), f"says {each}")
    club.pass_on(c, a)
    assert _names(club, a) == {a, b, c}
    club.at(a).communities.decide("Relief", Act.REMOVE, club.id(b), "as proposed")
    club.pass_on(a, c)
    assert _names(club, a) == _names(club, c) == {a, c}
    with pytest.raises(NotReleasableError, match="not of it"):
        club.at(a).outgoing.release(item, b)


def test_while_a_removal_is_proposed_the_list_is_as_old_as_the_others(club: World) -> None:
    """Whoever has not spoken since may have signed it."""
    a, b, c, _ = NAMES
    club.pass_on(b, a)
    item = _item(club, a, Tier.MEMBER)
    club.at(a).communities.decide("Relief", Act.REMOVE, club.id(c), "left")
    with pytest.raises(NotReleasableError, match="last confirmed never"):
        club.at(a).outgoing.release(item, b)
    club.pass_on(c, a)
    assert club.at(a).outgoing.release(item, b)


def test_an_old_list_gives_nothing_and_says_why(club: World) -> None:
    """A word of another decider, without whom nobody can be removed, makes it new again."""
    a, b, c, _ = NAMES
    club.pass_on(b, a)
    item = _item(club, a, Tier.MEMBER)
    club.later(8)
    with pytest.raises(NotReleasableError, match="last confirmed 2031-03-01, and may be 7 days"):
        club.at(a).outgoing.release(item, b)
    assert club.at(a).communities.viewer(club.id(b)).memberships == frozenset()
    club.pass_on(c, a)
    assert club.at(a).outgoing.release(item, b)


def test_what_goes_to_a_partner_by_name_needs_no_list(club: World) -> None:
    """Communities do not stand in the way of what has nothing to do with them."""
    a, _, _, d = NAMES
    item = club.at(a).desk.commit(by="A", what="send lorries").id
    club.later(30)
    assert club.at(a).outgoing.release(item, d)


# ------------------------------------------------------------ taking part


def test_what_is_of_an_activity_goes_to_those_who_take_part_in_it(club: World) -> None:
    """By circle, from the day on that two deciders agreed upon; the refusal names the activity."""
    a, b, c, _ = NAMES
    club.pass_on(b, a)
    node, day = club.at(a), club.now.date() + timedelta(days=2)
    item = _item(club, a, Tier.MEMBER)
    for each in (a, c):
        club.at(each).communities.decide(
            "Relief", Act.TAKE_PART, club.id(b), "agreed", activities=[Activity.CLAIMS], since=day
        )
        club.pass_on(each, a, c)
    assert node.outgoing.release(item, b)
    club.later(2)
    with pytest.raises(NotReleasableError, match="does not take part in commitments"):
        node.outgoing.release(item, b)
    assert node.outgoing.release(item, c)
    request = node.desk.ask(by=a, to=b, what="send lorries").id
    assert node.outgoing.release(request, b)


def test_observers_see_the_next_steps_until_more_is_agreed(club: World) -> None:
    """Commitments and requests that are labelled for them, and no reports."""
    a, b, c, d = NAMES
    for each in (a, b):
        club.at(each).communities.decide("Relief", Act.ADMIT, club.id(d), "asked", Tier.OBSERVER)
        club.pass_on(each, a, b, c)
    node, circle = club.at(a), Circle(club.at(a).communities.one("Relief").id, Tier.OBSERVER)
    (document,) = node.add([Incoming("a.txt", "the desk", content=b"The army left.")]).taken
    node.labels.change(document, {}, also=[circle])
    with pytest.raises(NotReleasableError, match="does not take part in reports"):
        node.outgoing.release(document, d)
    assert node.outgoing.release(document, b)
    assert node.outgoing.release(_item(club, a, Tier.OBSERVER), d)
    assert node.documents(viewer=node.communities.viewer(club.id(d))) == ()
    assert len(node.desk.commitments(viewer=node.communities.viewer(club.id(d)))) == 1


def test_observers_neither_post_nor_list_the_others(club: World) -> None:
    """Their own node shows them themselves alone, and gives nothing to the community."""
    a, b, _c, d = NAMES
    for each in (a, b):
        club.at(each).communities.decide("Relief", Act.ADMIT, club.id(d), "asked", Tier.OBSERVER)
        club.pass_on(each, a, b, d)
    node = club.at(d)
    community = node.communities.one("Relief")
    seen = node.communities.seen(community)
    assert [each.party for each in seen.epoch.members] == [club.id(d)]
    assert {change.party for change, _ in seen.changes} == {club.id(d)}
    assert [tier for _, _, tier, _ in node.followup.state().members] == [Tier.OBSERVER]
    assert club.at(a).communities.seen(community) is community
    with pytest.raises(NotReleasableError, match="observes Relief"):
        node.outgoing.release(_item(club, d, Tier.OBSERVER), a)


def test_a_step_of_taking_part_is_in_something(club: World) -> None:
    """Who is to have nothing is suspended."""
    a, b = NAMES[:2]
    with pytest.raises(UsageError, match="say in what"):
        club.at(a).communities.decide("Relief", Act.TAKE_PART, club.id(b), "agreed")


# ------------------------------------------------------------ on a joint node


def test_a_confidential_list_is_not_there_for_guests_who_are_not_on_it(world: World) -> None:
    """Neither by name nor by id; who is on it sees it, and the label decision goes by it."""
    a, b, c, _ = NAMES
    node = world.at(a)
    listed = node.communities.found("Relief", members=[world.id(b)], confidential=True)
    node.accounts.add("Salma", roles=[AccountRole.ADMINISTRATOR])
    for name, organisation in (("Omar", b), ("Rim", c)):
        node.accounts.add(name, roles=[AccountRole.ANALYST], organisation=organisation)
    on_it, outside = (node.asked_by(node.accounts.person(name)) for name in ("Omar", "Rim"))
    item = _item(world, a, Tier.MEMBER)
    assert [each.id for each in on_it.communities.all()] == [listed.id]
    assert outside.communities.all() == ()
    for given in ("Relief", listed.id):
        with pytest.raises(UnknownIdError):
            outside.communities.one(given)
    assert outside.followup.state().members == ()
    assert [each.id for each in on_it.desk.commitments()] == [item]
    assert outside.desk.commitments() == ()
