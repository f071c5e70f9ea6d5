"""Border notices on nodes: who is told of an overlap, what is kept coarse, what nobody sees."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.node.test_node_exchange import House, house

from tawatur.errors import NotReleasableError, UnknownIdError, UsageError
from tawatur.model.account import AccountRole, Person
from tawatur.model.area import BorderNotice, Sighting
from tawatur.model.ids import ActorId, NodeId
from tawatur.model.label import Leave, Viewer
from tawatur.node import Node
from tawatur.node.desk.areas import PROBES

pytestmark = pytest.mark.usefixtures("each_store")

__all__ = ["house"]  # a fixture

HERE: dict[str, Any] = {"places": ["Tessalit, Mali"], "start": "2031-06-14", "end": "2031-06-16"}
STRANGER = Viewer(NodeId("n-0000000000000009"))


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    """One node."""
    with Node.init(tmp_path / "node", name="Observatory") as made:
        yield made


def handed(item: BorderNotice, one: Node, other: Node) -> None:
    """Release a notice to another node, which takes it in."""
    other.incoming.receive(one.outgoing.release(item.id, other.id))


# ------------------------------------------------------------ entering and finding


def test_district_and_day_are_the_finest_grain_unless_a_person_chooses(node: Node) -> None:
    """And that it was coarsened is said."""
    times = {"start": "2031-06-15T04:30+01:00", "end": "2031-06-15T06:30+01:00"}
    coarse = node.areas.add("patrol", contact="duty", **{**HERE, **times})
    fine = node.areas.add("patrol", contact="duty", fine=True, **{**HERE, **times})
    assert (coarse.notice.start, coarse.notice.end) == ("2031-06-15", "2031-06-15")
    assert [line.template for line in coarse.said] == [
        "area and days are kept by district and day; --finer keeps more"
    ]
    assert (fine.notice.start, fine.notice.end) == ("2031-06-15T03:30Z", "2031-06-15T05:30Z")
    assert fine.said == ()
    back = node.areas.change(fine.notice.id, fine=False).notice
    assert (back.area, back.start) == (coarse.notice.area, "2031-06-15")


def test_notices_are_found_by_place_and_time(node: Node) -> None:
    """Those that are over or withdrawn only where they are asked for."""
    item = node.areas.add("patrol", contact="duty", **HERE).notice
    past = node.areas.add("patrol", contact="duty", **{**HERE, "start": "2020", "end": None}).notice
    kidal, cairo = node.areas.area(["Kidal, Mali"]), node.areas.area(["القاهرة"])
    assert node.areas.notices() == (item,)
    assert node.areas.notices(near=kidal, at="2031-06/2031-07") == (item,)
    assert node.areas.notices(near=cairo) == ()
    assert node.areas.notices(at="2031-06-17") == ()
    assert node.areas.notices(over=True, at="2020-05") == (past,)
    withdrawn = node.areas.withdraw(item.id, "put off")
    assert node.areas.notices() == ()
    assert node.areas.notices(over=True) == (past, withdrawn)
    with pytest.raises(UsageError, match="withdrawn already"):
        node.areas.withdraw(item.id, "again")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"end": "2031-06-13"}, "before it starts"),
        ({"start": "2031/..", "end": None}, "has no end"),
        ({"start": "soon"}, "is not a date"),
        ({"start": "2031-06-14T06:30"}, "no time"),
        ({"places": ["Xanaduville"]}, "cannot be told where Xanaduville"),
        ({"places": []}, "tell the area"),
        ({"contact": " "}, "is empty"),
    ],
)
def test_a_notice_that_cannot_be_is_refused(node: Node, fields: dict[str, Any], said: str) -> None:
    """And nothing of it stays."""
    with pytest.raises(UsageError, match=said):
        node.areas.add("patrol", **{"contact": "duty", **HERE, **fields})
    assert node.areas.notices(over=True) == ()
    assert list(node.areas.probes()) == []


def test_nothing_was_seen_on_a_day_to_come(node: Node) -> None:
    """Where clocks are ahead of UTC tomorrow may have begun; what is planned may lie anywhere."""
    today = datetime.now(UTC).date()
    seen = {**HERE, "contact": "duty", "sighting": Sighting.SEEN, "end": None}
    node.areas.add("lorries", **{**seen, "start": f"{today + timedelta(days=1)}"})
    with pytest.raises(UsageError, match="still to come"):
        node.areas.add("lorries", **{**seen, "start": f"{today + timedelta(days=3)}"})
    planned = node.areas.add("a patrol", contact="duty", **HERE).notice
    with pytest.raises(UsageError, match="still to come"):
        node.areas.change(planned.id, sighting=Sighting.SEEN)
    assert len(node.areas.notices()) == 2


def test_what_passes_a_rebuild_or_an_erasure_is_as_the_ledger_has_it(node: Node) -> None:
    """The rows by which notices are matched hold nothing of their own."""
    node.areas.add("patrol", contact="duty", **HERE)
    other = node.areas.add("convoy", contact="duty", **HERE).notice
    before = node.areas.notices(), list(node.areas.probes())
    node.rebuild()
    assert (node.areas.notices(), list(node.areas.probes())) == before
    node.erase(other.id, why="entered by mistake")
    assert other.id not in {each.id for each in node.areas.notices(over=True)}
    node.rebuild()
    assert other.id not in {each.id for each in node.areas.notices(over=True)}


def test_whoever_may_not_see_a_notice_sees_no_difference(node: Node) -> None:
    """Neither in lists nor by its id, nor that it overlaps or concerns a partner."""
    item = node.areas.add("patrol", contact="duty", **HERE).notice
    assert node.areas.notices(viewer=STRANGER) == ()
    assert node.areas.overlaps(viewer=STRANGER) == ()
    assert node.areas.interests(viewer=STRANGER) == ()
    for door in (node.areas.notice, node.areas.history):
        with pytest.raises(UnknownIdError):
            door(item.id, viewer=STRANGER)
    with pytest.raises(UnknownIdError):
        node.areas.overlaps(item.id, viewer=STRANGER)


# ------------------------------------------------------------ whom it reaches


def test_a_notice_reaches_those_whose_area_of_interest_it_touches(house: House) -> None:
    """As far as its label goes; what may go is proposed to them."""
    here, there = house.partners("Observatory", "Neighbour")
    item = here.areas.add("patrol", contact="duty", **HERE).notice
    far = here.areas.interest("Neighbour", ["القاهرة"])
    assert here.areas.reached(item.id) == ()
    near = here.areas.interest("Neighbour", ["Kidal, Mali"])
    (reached,) = here.areas.reached(item.id)
    assert (reached.party, reached.gives.leave) == (there.id, Leave.NO)
    assert here.areas.send(item.id) == ()
    here.labels.change(item.id, {}, also=[there.id])
    (waiting,) = here.areas.send(item.id)
    assert (waiting.may, waiting.piece.item) == (True, item.id)
    assert here.areas.interests() == (far, near)
    here.areas.disinterest(near.id)
    assert here.areas.reached(item.id) == ()


# ------------------------------------------------------------ overlaps


def test_overlaps_are_told_where_both_labels_allow_existence(house: House) -> None:
    """To both sides: cells, days and whom to call, and to neither before."""
    here, there = house.partners("Observatory", "Neighbour")
    one = here.areas.add(
        "patrol", contact="call A", to=["Neighbour"], existence=True, **HERE
    ).notice
    other = there.areas.add(
        "convoy", contact="call B", to=["Observatory"], existence=True, **HERE
    ).notice
    assert here.areas.overlaps() == there.areas.overlaps() == ()
    handed(one, here, there)
    handed(other, there, here)
    for node, contact in ((here, "call B"), (there, "call A")):
        (told,) = node.areas.overlaps()
        assert told.contacts == (contact,)
        assert (told.first, told.last) == (date(2031, 6, 14), date(2031, 6, 16))
        assert not told.matched
        (due,) = node.followup.due()
        assert due.why.template == "overlaps another from {0} to {1}; call {2}"
        assert due.why.args == ("2031-06-14", "2031-06-16", contact)
        assert node.followup.due(viewer=STRANGER) == ()
    held = here.areas.notice(other.id)
    assert (held.what, held.existence, held.contact) == ("", True, "call B")
    here.areas.withdraw(one.id, "put off")
    assert here.areas.overlaps() == ()


def test_where_one_side_may_not_know_nobody_is_told(house: House) -> None:
    """Though this node holds both: its own notice is not for the other side."""
    here, there = house.partners("Observatory", "Neighbour")
    here.areas.add("patrol", contact="call A", **HERE)
    other = there.areas.add("convoy", contact="call B", to=["Observatory"], **HERE).notice
    handed(other, there, here)
    assert here.areas.overlaps() == ()
    assert [probe.found for probe in here.areas.probes()][-1] != ()


def test_only_the_secretariat_that_both_chose_learns_of_what_neither_may_know(
    house: House,
) -> None:
    """One choice is not enough, and the two sides themselves learn nothing."""
    secretariat = house.node("Secretariat")
    found = []
    for name in ("Observatory", "Neighbour"):
        node, _ = house.partners(name, "Secretariat")
        item = node.areas.add(
            "patrol", contact=f"call {name}", matcher="Secretariat", existence=True, **HERE
        ).notice
        handed(item, node, secretariat)
        found.append(node)
    (told,) = secretariat.areas.overlaps()
    assert told.matched
    assert set(told.contacts) == {"call Observatory", "call Neighbour"}
    assert [node.areas.overlaps() for node in found] == [(), ()]


def test_a_secretariat_that_one_side_did_not_choose_learns_of_no_overlap(house: House) -> None:
    """It holds both notices, and yet says nothing of them together."""
    secretariat = house.node("Secretariat")
    for name, matcher in (("Observatory", "Secretariat"), ("Neighbour", None)):
        node, _ = house.partners(name, "Secretariat")
        item = node.areas.add(
            "patrol", contact=name, matcher=matcher, to=["Secretariat"], **HERE
        ).notice
        handed(item, node, secretariat)
    assert len(secretariat.areas.notices()) == 2
    assert secretariat.areas.overlaps() == ()


def test_who_looks_too_often_learns_nothing_more_that_day(house: House) -> None:
    """Every look is on record; the node's own are not counted."""
    here, there = house.partners("Observatory", "Neighbour")
    here.areas.add("patrol", contact="call A", to=["Neighbour"], **HERE)
    guest = Person(
        ActorId("a-0000000000000007"),
        "liaison",
        there.id,
        frozenset({AccountRole.ANALYST, AccountRole.RELEASE_OFFICER}),
        frozenset(),
    )
    asked = here.asked_by(guest)
    for _ in range(PROBES):
        asked.areas.add("convoy", contact="call B", to=["Observatory"], **HERE)
    late = asked.areas.add("convoy", contact="call B", to=["Observatory"], **HERE)
    assert late.overlaps == ()
    assert "look again tomorrow" in late.said[-1].template
    assert len(asked.areas.overlaps()) == PROBES
    probes = list(here.areas.probes())
    assert (len(probes), probes[-1].over) == (PROBES + 2, True)
    house.clock.now += timedelta(days=1)
    assert not asked.areas.check(late.notice.id).over
    assert asked.areas.overlaps(late.notice.id) != ()


def test_what_comes_is_checked_as_if_a_person_had_entered_it(house: House) -> None:
    """A recall takes it away again, steps and all."""
    here, there = house.partners("Observatory", "Neighbour")
    item = here.areas.add("patrol", contact="call A", to=["Neighbour"], **HERE).notice
    handed(item, here, there)
    held = there.areas.notice(item.id)
    assert (held.what, held.area, held.days) == (item.what, item.area, item.days)
    assert [probe.notice for probe in there.areas.probes()] == [item.id]
    house.partners("Neighbour", "Third")
    with pytest.raises(NotReleasableError):
        there.outgoing.release(item.id, "Third")
    here.outgoing.recall(item.id, "put off")
    for each in here.outgoing.letters("Neighbour"):
        there.incoming.receive(each)
    assert there.areas.notices(over=True) == ()
