"""Meetings and calendars on nodes: they travel, hand on their agendas, and show nothing hidden."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.node.test_node_exchange import House, house

from tawatur.errors import RoleNeededError, UnknownIdError, UsageError
from tawatur.model.account import AccountRole, AccountState
from tawatur.model.calendar import OccasionKind
from tawatur.model.ids import NodeId
from tawatur.model.label import Circle, Viewer
from tawatur.model.meeting import Clearance, MatterStatus, MeetingStatus
from tawatur.node import Incoming, Node

pytestmark = pytest.mark.usefixtures("each_store")

__all__ = ["house"]  # a fixture

STRANGER = Viewer(NodeId("n-0000000000000009"))
REPORT = "قال وزير الدفاع إن الاجتماع القادم سيبحث أجهزة التشويش.\n"


@pytest.fixture
def node(tmp_path: Path) -> Node:
    """One node with a report."""
    made = Node.init(tmp_path / "node", name="Observatory")
    made.add([Incoming("report.txt", "test", content=REPORT.encode())])
    return made


# ------------------------------------------------------------ meetings


def test_what_a_session_leaves_over_is_on_the_agenda_of_the_next(node: Node) -> None:
    """At once where the next one is there, and when it is added where it is not."""
    fifth = node.meetings.add("حوار", series="حوار", number=5, agenda=["fuel", "water"])
    assert node.meetings.put_off(fifth.id, "fuel")[1] is None
    sixth = node.meetings.add("حوار", series="حوار", when="2031-09")
    assert sixth.number == 6
    assert [(m.what, m.earlier) for m in sixth.matters] == [("fuel", fifth.id)]
    assert node.meetings.one(fifth.id).matters[0].later == sixth.id
    node.meetings.close(fifth.id, MeetingStatus.HELD, why="all came")
    assert node.meetings.put_off(sixth.id, "fuel")[1] is None
    with pytest.raises(UsageError, match="no series"):
        node.meetings.put_off(node.meetings.add("alone", agenda=["x"]).id, "x")


def test_a_matter_takes_the_label_of_its_meeting_along(house: House) -> None:
    """Whoever may not see where it was put off does not see where it landed."""
    here, there = house.partners("Observatory", "Neighbour")
    open_ = here.meetings.add("joint", parties=["Observatory", "Neighbour"])
    here.labels.change(open_.id, {}, also=[there.id], why="joint")
    closed = here.meetings.add("our own", agenda=["a matter of ours"])
    assert here.meetings.all(viewer=here.communities.viewer(there.id))
    here.meetings.put_off(closed.id, "1", open_.id)
    seen = here.meetings.one(open_.id, viewer=here.communities.viewer(there.id))
    assert seen.matters == ()


def test_what_is_hidden_makes_no_difference(node: Node) -> None:
    """A stranger has no meeting, no summit, no promise and nothing on any day."""
    document = node.documents()[0].id
    made = node.meetings.add("حوار", when="2031-06-14", documents=[document])
    node.desk.commit(by="A", what="b", said_at=made.id, due="2031-07")
    assert node.meetings.one(made.id).documents == (document,)
    assert node.meetings.all(viewer=STRANGER) == ()
    assert node.meetings.count(viewer=STRANGER) == 0
    assert node.meetings.places(viewer=STRANGER) == ()
    assert node.meetings.promised(made, viewer=STRANGER) == ()
    assert node.meetings.name_of(made.id, viewer=STRANGER) == made.id
    with pytest.raises(UnknownIdError):
        node.meetings.one(made.id, viewer=STRANGER)
    with pytest.raises(UnknownIdError):
        node.meetings.minutes(made.id, "en", viewer=STRANGER)


def test_what_was_promised_there_is_listed_with_what_became_of_it(node: Node) -> None:
    """By the meeting's id, its name, or words of a summit's."""
    made = node.meetings.add("قمة بنديرة", when="2031-06-14")
    by_id = node.desk.commit(by="A", what="b", said_at=made.id)
    by_name = node.desk.commit(by="A", what="c", said_at="قمة بنديرة الثانية")
    node.desk.commit(by="A", what="d", said_at="elsewhere")
    assert {item.id for item in node.meetings.promised(made)} == {by_id.id, by_name.id}
    assert [item.id for item in node.meetings.promised("elsewhere")] != []
    assert dict(node.meetings.places()) == {made.title: 1, "قمة بنديرة الثانية": 1, "elsewhere": 1}


def test_what_passes_a_rebuild_is_as_before(node: Node) -> None:
    """The index holds nothing that the ledger does not."""
    made = node.meetings.add("حوار", when="2031-06-14", parties=["A", "B"], agenda=["fuel"])
    node.meetings.decide(made.id, "none", on="fuel")
    node.meetings.draft(made.id, "minutes", "both agree")
    node.meetings.clear(made.id, "minutes", "A", Clearance.OBJECTS, why="a word")
    before = node.meetings.all(), node.meetings.history(made.id)
    node.rebuild()
    assert (node.meetings.all(), node.meetings.history(made.id)) == before


def test_nothing_of_an_erased_meeting_is_left(node: Node) -> None:
    """Neither in the list nor in a calendar."""
    made = node.meetings.add("حوار", when="2031-06-14")
    node.erase(made.id, why="a slip")
    assert node.meetings.all() == ()
    assert node.calendars.occasions() == ()
    node.verify()


def test_only_a_partys_own_node_says_whether_it_agrees(house: House) -> None:
    """Where it has one; both see both words after the minutes went both ways."""
    here, there = house.partners("Observatory", "Neighbour")
    made = here.meetings.add("joint", parties=["Observatory", "Neighbour"], agenda=["fuel"])
    here.meetings.draft(made.id, "minutes", "both agree")
    with pytest.raises(UsageError, match="only Neighbour can say"):
        here.meetings.clear(made.id, "minutes", "Neighbour", Clearance.AGREES)
    there.incoming.receive(here.outgoing.release(made.id, there.id))
    here.meetings.clear(made.id, "minutes", "Observatory", Clearance.AGREES)
    there.meetings.clear(made.id, "minutes", "Neighbour", Clearance.RESERVES, why="a word")
    there.incoming.receive(here.outgoing.release(made.id, there.id))
    here.incoming.receive(there.outgoing.release(made.id, here.id))
    for each in (here, there):
        held = each.meetings.one(made.id)
        said = {word.party: word.clearance for word in held.papers[0].words}
        assert said == {"Observatory": Clearance.AGREES, "Neighbour": Clearance.RESERVES}
        assert held.rivals == ()


def test_a_meeting_travels_without_the_ids_of_documents(house: House) -> None:
    """Those are this node's own."""
    here, there = house.partners("Observatory", "Neighbour")
    here.add([Incoming("report.txt", "test", content=REPORT.encode())])
    document = here.documents()[0].id
    made = here.meetings.add("joint", documents=[document], when="2031-06-14", hours="10:00")
    file = here.outgoing.release(made.id, there.id)
    assert document.encode() not in file
    there.incoming.receive(file)
    assert there.meetings.one(made.id).documents == ()
    assert there.meetings.one(made.id).hours == made.hours


def test_decisions_taken_at_once_on_two_nodes_stay_marked_until_settled(house: House) -> None:
    """Both have the same, and a step in view of both settles it."""
    here, there = house.partners("Observatory", "Neighbour")
    made = here.meetings.add("joint", agenda=["fuel"])
    there.incoming.receive(here.outgoing.release(made.id, there.id))
    here.meetings.decide(made.id, "buy", on="fuel")
    there.meetings.decide(made.id, "wait", on="fuel")
    there.incoming.receive(here.outgoing.release(made.id, there.id))
    here.incoming.receive(there.outgoing.release(made.id, here.id))
    assert here.meetings.one(made.id) == there.meetings.one(made.id)
    held = here.meetings.one(made.id)
    assert held.matters[0].status is MatterStatus.DECIDED
    assert held.rivals
    assert here.meetings.decide(made.id, "wait", on="fuel").rivals == ()
    assert here.meetings.one(made.id).matters[0].decision == "wait"


# ------------------------------------------------------------ calendars


def test_a_calendar_holds_what_its_person_may_see(node: Node) -> None:
    """An officer of another organisation has what that may have, and nothing of the rest."""
    node.meetings.add("our own", when="2031-06-14")
    node.desk.commit(by="A", what="b", due="2031-07")
    node.followup.plan("Follow-up", weeks=4, start=date(2031, 6, 1))
    kinds = [each.kind for each in node.calendars.occasions()]
    assert kinds == [OccasionKind.REVIEW, OccasionKind.MEETING, OccasionKind.COMMITMENT]
    node.accounts.add("Rim", roles=[AccountRole.ADMINISTRATOR])
    assert len(node.calendars.occasions("Rim")) == 3
    with pytest.raises(UnknownIdError):
        node.calendars.occasions("Nobody")


def test_an_address_gives_a_calendar_until_it_is_revoked(house: House) -> None:
    """It is kept as a digest, and gives what its person may see now."""
    here, there = house.partners("Observatory", "Neighbour")
    here.accounts.add("Rim", roles=[AccountRole.ADMINISTRATOR])
    here.accounts.add("Salma", roles=[AccountRole.ANALYST], organisation="Neighbour")
    made = here.meetings.add("a joint session", when="2031-06-14")
    feed, word = here.calendars.give("Salma")
    assert word not in "".join(map(str, here.ledger.entries(kinds=["calendar"])))
    empty = here.calendars.read(word, "ics")
    assert empty is not None
    assert b"VEVENT" not in empty
    here.labels.change(made.id, {}, also=[there.id], why="joint")
    full = here.calendars.read(word, "ics")
    assert full is not None
    assert b"a joint session" in full
    assert here.calendars.read(word[:-1] + "0", "ics") is None  # no letter of such words
    assert here.calendars.read("", "ics") is None
    here.calendars.revoke(feed.id, "a telephone was lost")
    with pytest.raises(UsageError, match="revoked"):
        here.calendars.read(word, "ics")
    with pytest.raises(UsageError, match="already"):
        here.calendars.revoke(feed.id, "again")


def test_what_the_calendar_of_a_community_tells_is_on_record(house: House) -> None:
    """Once for each item, by file, address and digest; what stays here is in none of them."""
    here, _there = house.partners("Observatory", "Neighbour")
    circle = Circle(here.communities.found("Relief").id)
    shared = here.meetings.add("a joint session", when="2031-06-14")
    promise = here.desk.commit(by="Nomara", what="send fuel", due="2031-03")
    own = here.meetings.add("a closed session", when="2031-06-15")
    here.labels.change(shared.id, {}, also=[circle], why="joint")
    assert here.disclosures.of(shared.id) == ()
    assert b"a joint session" in here.calendars.ics("Relief")
    (told,) = here.disclosures.of(shared.id)
    assert (told.to, told.calendar, told.live) == (circle.community, True, False)
    _feed, word = here.calendars.give("Relief")
    here.labels.change(promise.id, {}, also=[circle], why="joint")
    here.calendars.read(word, "atom")
    here.calendars.read(word, "ics")
    assert [each.item for each in here.disclosures.to(circle.community)] == [shared.id, promise.id]
    with pytest.raises(UnknownIdError):
        here.disclosures.of("d-0000000000000000")
    assert here.disclosures.of(own.id) == ()
    recalled = here.outgoing.recall(shared.id, "by mistake")
    assert (recalled.told, len(recalled.unreached)) == ((), 1)
    assert here.tracing.given() == ()


def test_an_address_gives_nothing_once_its_person_is_let_in_no_more(node: Node) -> None:
    """Suspended is suspended, whatever their calendar program still asks."""
    node.accounts.add("Rim", roles=[AccountRole.ADMINISTRATOR])
    node.accounts.add("Salma", roles=[AccountRole.ANALYST])
    _feed, word = node.calendars.give("Salma")
    assert node.calendars.read(word, "atom") is not None
    node.accounts.change("Salma", state=AccountState.SUSPENDED)
    with pytest.raises(UsageError, match="lets nobody in"):
        node.calendars.read(word, "ics")


def test_another_persons_calendar_is_an_administrators_to_ask_for(node: Node) -> None:
    """And a person lists and revokes their own addresses alone."""
    node.accounts.add("Rim", roles=[AccountRole.ADMINISTRATOR])
    node.accounts.add("Salma", roles=[AccountRole.ANALYST])
    salma, rim = (node.asked_by(node.accounts.person(name)) for name in ("Salma", "Rim"))
    mine, _ = salma.calendars.give()
    theirs, _ = rim.calendars.give()
    assert [each.id for each in salma.calendars.given()] == [mine.id]
    assert {each.id for each in rim.calendars.given()} == {mine.id, theirs.id}
    with pytest.raises(RoleNeededError):
        salma.calendars.occasions("Rim")
    with pytest.raises(UnknownIdError):
        salma.calendars.revoke(theirs.id, "curious")
    rim.calendars.revoke(mine.id, "left")
    assert salma.calendars.given()[0].revoked == "left"


def test_what_is_due_is_a_feed_that_says_why(node: Node) -> None:
    """One entry for each line of the digest."""
    node.desk.commit(by="Nomara", what="send fuel", due="2021-03")
    found = node.calendars.due("atom")
    assert found.count(b"<entry>") == len(node.followup.due()) == 1
    assert b"overdue since 31 March 2021" in found
    assert b"send fuel" in node.calendars.due("ics")


def test_minutes_say_who_agrees_and_what_was_promised(node: Node) -> None:
    """In each language, under the labels of all that is in them."""
    document = node.documents()[0].id
    made = node.meetings.add("حوار", parties=["نومارة"], agenda=["fuel"], documents=[document])
    node.meetings.decide(made.id, "buy it", on="1")
    node.meetings.draft(made.id, "minutes", "both agree")
    node.desk.commit(by="نومارة", what="send fuel", said_at=made.id)
    for language in ("ar", "fr", "en"):
        brief = node.meetings.minutes(made.id, language)
        words = "\n".join(part.words for part in brief.written if hasattr(part, "words"))
        assert "buy it" in words
        assert "both agree" in words
        assert [item.what for item in brief.commitments] == ["send fuel"]
        assert [report.id for report in brief.documents] == [document]


def test_a_meeting_at_an_hour_is_at_that_instant_for_whoever_reads(node: Node) -> None:
    """By the clocks of its place."""
    node.meetings.add("x", when="2031-07-14", hours="10:00-11:00", zone="Europe/Paris")
    (found,) = node.calendars.occasions()
    assert isinstance(found.begins, datetime)
    assert found.begins.astimezone(UTC) == datetime(2031, 7, 14, 8, tzinfo=UTC)
