"""The desk on nodes: what reports tell of is proposed, steps travel, and nothing hidden shows."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.node.test_node_exchange import House, house

from tawatur.cli.desk_rows import request_lines
from tawatur.errors import NotReleasableError, UnknownIdError, UsageError
from tawatur.i18n import translator
from tawatur.model.account import AccountRole, Person
from tawatur.model.desk import CommitmentStatus, Request, RequestKind, RequestStatus
from tawatur.model.ids import ActorId
from tawatur.model.label import Viewer
from tawatur.node import Incoming, Node
from tawatur.node.desk import listed

pytestmark = pytest.mark.usefixtures("each_store")

__all__ = ["house"]  # a fixture

PROMISE = (
    "أعلن وزير الدفاع أن بانزورا تعهدت في قمة بنديرة بإرسال كتيبة من 350 جنديا إلى نومارة قبل "
    "نهاية آذار 2021.\n"
)
ASKED = (
    "تاريخ النشر: 14 مارس 2030\n\n"
    "قال وزير الدفاع في دلماسة إن طلبا تقدمت به دلماسة إلى لوسمارة لشراء أجهزة تشويش لم يبت "
    "فيه منذ أكثر من عام.\n"
)


@pytest.fixture
def node(tmp_path: Path) -> Node:
    """One node with two reports."""
    made = Node.init(tmp_path / "node", name="Observatory")
    things = {"promise.txt": PROMISE, "asked.txt": ASKED}
    made.add([Incoming(name, "test", content=text.encode()) for name, text in things.items()])
    return made


# ------------------------------------------------------------ proposals


def test_what_is_confirmed_or_passed_over_is_not_proposed_again(node: Node) -> None:
    """Until the ruling that passed it over is taken back."""
    first = node.desk.proposed_commitments()
    assert first
    assert all(item.claims for item in first)
    ruling = node.desk.reject(first[0].id, "a hope, no promise")
    assert first[0].id not in {item.id for item in node.desk.proposed_commitments()}
    node.rulings.withdraw(ruling.id, "it was one")
    assert first[0].id in {item.id for item in node.desk.proposed_commitments()}
    made = node.desk.confirm_commitment(first[0].id, said_at="قمة بنديرة")
    assert (made.by, made.claims, made.said_at) == (first[0].by, first[0].claims, "قمة بنديرة")
    assert first[0].id not in {item.id for item in node.desk.proposed_commitments()}
    with pytest.raises(UsageError, match="nothing is proposed"):
        node.desk.confirm_commitment(first[0].id)


def test_an_item_is_as_restricted_as_the_claims_behind_it(tmp_path: Path) -> None:
    """Who may not see the report does not see that anything was promised in it."""
    with Node.init(tmp_path / "node", name="Observatory") as node:
        node.add([Incoming("promise.txt", "test", content=PROMISE.encode())])
        item = node.desk.confirm_commitment(node.desk.proposed_commitments()[0].id)
        assert node.desk.commitments(viewer=Viewer(node.id)) == (item,)
        stranger = Viewer(type(node.id)("n-0000000000000009"))
        assert node.desk.commitments(viewer=stranger) == ()
        assert node.desk.proposed_commitments(viewer=stranger) == ()
        with pytest.raises(UnknownIdError):
            node.desk.history(item.id, viewer=stranger)


# ------------------------------------------------------------ steps


def test_the_history_tells_every_step_in_view_of_which_it_was_taken(node: Node) -> None:
    """With the reason, the day and the evidence of each."""
    claim = node.claims()[0].id
    item = node.desk.commit(by="بانزورا", what="كتيبة", due="2021-03")
    node.desk.change_commitment(
        item.id, CommitmentStatus.BROKEN, why="لم تصل", on="2021-07", evidence=[claim]
    )
    node.desk.change_commitment(item.id, CommitmentStatus.KEPT, why="وصلت متأخرة")
    first, second, third = node.desk.history(item.id)
    assert (first.replaces, second.replaces) == ((), (first.id,))
    assert third.replaces == (second.id,)
    assert (second.item.on, second.item.evidence, second.item.why) == (
        "2021-07",
        (claim,),
        "لم تصل",
    )
    assert node.desk.commitment(item.id).evidence == ()


def test_what_passes_a_rebuild_is_listed_as_before(node: Node) -> None:
    """The index holds nothing that the ledger does not."""
    item = node.desk.ask(by="Delmassa", to="Lusmara", what="jammers", since="2019-09")
    node.desk.change_request(item.id, RequestStatus.DECLINED, why="an embargo")
    node.desk.renew(item.id)
    node.followup.plan("Follow-up", weeks=4, start=date(2031, 1, 1))
    before = node.desk.requests(), node.followup.reviews(), node.desk.count(Request)
    node.rebuild()
    assert (node.desk.requests(), node.followup.reviews(), node.desk.count(Request)) == before


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"needed_by": "2018"}, "before it was asked"),
        ({"estimate": "500 QQQ"}, "no currency"),
        ({"since": "soon"}, "is not a date"),
        ({"since": "2999-01-01"}, "is still to come"),
        ({"through": "Nobody"}, "no partner 'Nobody'"),
    ],
)
def test_a_request_that_cannot_be_is_refused(node: Node, fields: dict[str, str], said: str) -> None:
    """An end before the start, no such currency, no date, one to come, no such secretariat."""
    given = {"since": "2019-09", **fields}
    with pytest.raises((UsageError, UnknownIdError), match=said):
        node.desk.ask(by="Delmassa", to="Lusmara", what="jammers", **given)
    assert node.desk.requests() == ()


def test_of_a_closed_request_nobody_owes_a_step(node: Node) -> None:
    """Opened again, the same party owes it as before."""
    asked = node.desk.ask(by="Delmassa", to="Lusmara", what="jammers", next_step="Nomara")
    now = datetime.now(UTC).date()
    declined = node.desk.change_request(asked.id, RequestStatus.DECLINED, why="an embargo")
    assert listed.request(declined, now)["next"] is None
    assert not [line for line in request_lines(declined, now, translator("en")) if "Nomara" in line]
    opened = node.desk.change_request(asked.id, RequestStatus.OPEN, why="it was lifted")
    assert listed.request(opened, now)["next"] == "Nomara"


def test_a_promise_was_not_kept_on_a_day_to_come(node: Node) -> None:
    """What happened has a day that has come."""
    item = node.desk.commit(by="Nomara", what="send fuel")
    with pytest.raises(UsageError, match="still to come"):
        node.desk.change_commitment(item.id, CommitmentStatus.KEPT, why="sent", on="2999")
    assert node.desk.commitment(item.id).status is CommitmentStatus.OPEN


# ------------------------------------------------------------ between nodes


def test_steps_taken_at_once_on_two_nodes_come_to_the_same_on_both(house: House) -> None:
    """One withdraws while the other declines: withdrawn holds, and both say so until settled."""
    here, there = house.partners("Observatory", "Neighbour")
    item = here.desk.ask(by="Observatory", to="Neighbour", what="lists of those who crossed")
    there.incoming.receive(here.outgoing.release(item.id, there.id))
    here.desk.change_request(item.id, RequestStatus.WITHDRAWN, why="no need")
    there.desk.change_request(item.id, RequestStatus.DECLINED, why="not ours to give")
    there.incoming.receive(here.outgoing.release(item.id, there.id))
    here.incoming.receive(there.outgoing.release(item.id, here.id))
    for node in (here, there):
        held = node.desk.request(item.id)
        assert held.status is RequestStatus.WITHDRAWN
        assert held.rivals == (RequestStatus.DECLINED,)
        assert len(node.desk.history(item.id)) == 3
        assert item.id in {line.id for line in node.followup.due()}


def test_another_partys_step_is_refused(house: House) -> None:
    """Whoever asked does not decline for the one who was asked."""
    here, there = house.partners("Observatory", "Neighbour")
    item = here.desk.ask(by="Observatory", to="Neighbour", what="lists of those who crossed")
    with pytest.raises(UsageError, match="only Neighbour can say"):
        here.desk.change_request(item.id, RequestStatus.DECLINED, why="they said so")
    there.incoming.receive(here.outgoing.release(item.id, there.id))
    with pytest.raises(UsageError, match="only Observatory can say"):
        there.desk.change_request(item.id, RequestStatus.WITHDRAWN, why="late")


def test_who_may_not_see_the_request_owes_no_step(house: House) -> None:
    """A partner is named for the next step once the label gives it to them."""
    here, there = house.partners("Observatory", "Neighbour")
    item = here.desk.ask(by="Delmassa", to="Lusmara", what="lists of those who crossed")
    with pytest.raises(UsageError, match="may not see this"):
        here.desk.restate(item.id, next_step="Neighbour")
    here.labels.change(item.id, {}, also=[there.id], why="they help")
    assert here.desk.restate(item.id, next_step="Neighbour")


def test_a_relayed_request_still_needs_its_originators_leave(house: House) -> None:
    """A step of one's own does not loosen the terms under which the item came."""
    here, there = house.partners("Observatory", "Neighbour")
    _, third = house.partners("Neighbour", "Third")
    item = here.desk.ask(by="Observatory", to="Neighbour", what="the lists")
    there.incoming.receive(here.outgoing.release(item.id, there.id))
    there.desk.change_request(item.id, RequestStatus.ANSWERED, why="sent by hand")
    with pytest.raises(NotReleasableError):
        there.outgoing.release(item.id, third.id)
    assert here.incoming.receive(there.outgoing.release(item.id, here.id)).id == item.id
    assert here.desk.request(item.id).status is RequestStatus.ANSWERED


# ------------------------------------------------------------ follow-up


def test_a_balance_tells_what_went_either_way_and_what_is_owed(house: House) -> None:
    """By month and kind; an open request is owed by whoever was asked."""
    here, there = house.partners("Observatory", "Neighbour")
    item = here.desk.ask(by="Observatory", to="Neighbour", what="the lists", since="2031-02-03")
    there.incoming.receive(here.outgoing.release(item.id, there.id))
    ours, theirs = here.followup.balance("Neighbour"), there.followup.balance("Observatory")
    assert sum(line.given for line in ours) == sum(line.received for line in theirs) == 1
    owed = [(line.month, line.owed_here, line.owed_there) for line in ours if line.kind == "answer"]
    assert owed == [("2031-02", 0, 1)]
    assert [channel.dormant for channel in here.followup.state().channels] == [False]


def test_what_was_given_of_a_hidden_item_is_counted_for_nobody_without_the_right(
    house: House,
) -> None:
    """Nor dated: that it went to a partner would tell that there is something."""
    here, there = house.partners("Observatory", "Neighbour")
    item = here.desk.ask(by="Observatory", to="Neighbour", what="the lists")
    there.incoming.receive(here.outgoing.release(item.id, there.id))
    reader = Person(ActorId("a-2"), "Layla", here.id, frozenset({AccountRole.READER}), frozenset())
    seen = here.asked_by(reader).followup
    assert [each.given for each in seen.state().channels] == [1]
    here.labels.change(item.id, {"compartments": frozenset({"BLUE"})})
    (channel,) = seen.state().channels
    assert (channel.given, channel.last, seen.balance("Neighbour")) == (0, None, ())
    assert [each.given for each in here.followup.state().channels] == [1]


def test_a_review_tells_which_events_have_other_roots_than_the_last_time(node: Node) -> None:
    """And what came of it before."""
    review = node.followup.plan("متابعة", weeks=2, start=date(2021, 1, 1))
    assert {event.id for event, _ in node.followup.agenda(review.id).changed} == {
        event.id for event in node.events()
    }
    node.followup.record(review.id, "اسألوا لوسمارة مرة أخرى", day=date(2021, 1, 2))
    agenda = node.followup.agenda(review.id)
    assert agenda.changed == ()
    assert agenda.day == date(2021, 1, 16)
    assert [held.outcome for held in agenda.sittings] == ["اسألوا لوسمارة مرة أخرى"]
    with pytest.raises(UsageError, match="2999-01-01 is still to come"):
        node.followup.record(review.id, "رأي", day=date(2999, 1, 1))
    with pytest.raises(UsageError, match="every week at most"):
        node.followup.plan("متابعة", weeks=0)


def test_a_request_that_waits_for_more_than_a_year_is_proposed_as_open_since_then(
    node: Node,
) -> None:
    """Since the last day on which it can have been asked, counted from the day of the report."""
    wishes = [each for each in node.desk.proposed_requests() if "دلماسة" in each.by]
    assert [each.status for each in wishes] == [RequestStatus.OPEN]
    assert (wishes[0].since or "").startswith("../")
    assert (wishes[0].waiting(date(2031, 6, 15)) or 0) >= 365


@pytest.mark.parametrize(
    ("text", "by", "to"),
    [
        (
            (
                "قال الوزير إن السودان يجد صعوبة في شراء طائرات من ألمانيا، "
                "إذ لم يبت في طلب تقدم به السودان منذ أكثر من عام."
            ),
            "السودان",
            "ألمانيا",
        ),
        (
            (
                "Le ministre a déclaré que le Soudan peinait à acheter des avions au Portugal, "
                "car une demande présentée par le Soudan depuis plus d'un an reste sans réponse."
            ),
            "Soudan",
            "Portugal",
        ),
        (
            (
                "The minister said that Sudan fought Chad and Niger in the desert. "
                "A request that Sudan made was never answered."
            ),
            "Sudan",
            "",
        ),
    ],
)
def test_whom_a_request_was_made_to_may_stand_in_the_clause_before(
    tmp_path: Path, text: str, by: str, to: str
) -> None:
    """Where whoever asks deals there with one other alone; of several nobody is guessed."""
    with Node.init(tmp_path / "node", name="Observatory") as node:
        node.add([Incoming("asked.txt", "test", content=f"{text}\n".encode())])
        (wish,) = node.desk.proposed_requests()
        assert (wish.by, wish.to) == (by, to)


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("14 مارس 2031\n\nقال الوزير إن الطرفين سيلتقيان في حزيران 2031 لتقييم هذا الجهد.", True),
        ("14 March 2031\n\nHe said the parties will review the plan in June 2031.", True),
        ("14 mars 2031\n\nLe ministre a dit que les parties feraient le point en juin 2031.", True),
        ("The minister said that the parties would review the plan.", False),
        ("The minister said that the parties reviewed the plan in June 2029.", False),
    ],
)
def test_a_look_again_at_a_time_to_come_is_proposed_as_a_review(
    tmp_path: Path, text: str, *, ahead: bool
) -> None:
    """Confirmed, it is planned from the first day that the words can mean, and proposed no more."""
    with Node.init(tmp_path / "node", name="Observatory") as node:
        node.add([Incoming("review.txt", "test", content=f"{text}\n".encode())])
        found = node.followup.proposed_reviews()
        assert len(found) == ahead
        if found:
            review = node.followup.confirm_review(found[0].claim, weeks=8, name="the plan")
            assert (review.name, review.claims) == ("the plan", (found[0].claim,))
            assert review.start > date(2031, 3, 14)
            assert node.followup.proposed_reviews() == ()
            stranger = Viewer(type(node.id)("n-0000000000000009"))
            assert node.followup.reviews(viewer=stranger) == ()
        else:
            with pytest.raises(UsageError, match="nothing is proposed"):
                node.followup.confirm_review(node.claims()[0].id, weeks=8)


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("The minister said that the parties will review the plan within two months.", (5, 14)),
        ("The minister said the parties would review it before the end of the year.", (12, 31)),
        ("Le ministre a dit que les parties feraient le point dans les deux mois.", (5, 14)),
        ("Le ministre a dit que les parties évalueront le plan d'ici trois mois.", (6, 14)),
        ("قال الوزير إن الطرفين سيراجعان الخطة خلال شهرين.", (5, 14)),
        ("قال الوزير إن الطرفين سيلتقيان في غضون ثلاثة أشهر لتقييم الخطة.", (6, 14)),
        ("قال الوزير إن الطرفين سيلتقيان قبل نهاية العام لمراجعة الخطة.", (12, 31)),
        ("The minister said they will review it within the next six weeks.", (4, 25)),
        (
            "Le ministre a dit que on évaluera le plan dans les six prochaines semaines.",
            (4, 25),
        ),
        ("قال الوزير إن اللجنة ستراجع الخطة خلال الأسابيع الستة المقبلة.", (4, 25)),
    ],
)
def test_a_look_again_within_a_term_is_planned_for_its_last_day(
    tmp_path: Path, words: str, start: tuple[int, int]
) -> None:
    """A term runs from when it was said; what is over is not proposed."""
    dateline = "14 mars 2031" if words.startswith("Le") else "14 March 2031"
    dateline = "14 مارس 2031" if words.startswith("ق") else dateline
    with Node.init(tmp_path / "node", name="Observatory") as node:
        node.add([Incoming("term.txt", "test", content=f"{dateline}\n\n{words}\n".encode())])
        (found,) = node.followup.proposed_reviews()
        assert node.followup.confirm_review(found.claim, weeks=8).start == date(2031, *start)


@pytest.mark.parametrize(
    "told",
    [
        "14 March 2031\n\nThe minister said that they reviewed the plan within two months.",
        "14 mars 2031\n\nLe ministre a dit que les parties ont évalué le plan en deux mois.",
        "14 مارس 2031\n\nقال الوزير إن الطرفين راجعا الخطة خلال شهرين.",
    ],
)
def test_how_long_a_look_took_is_no_term(tmp_path: Path, told: str) -> None:
    """What was reviewed within two months is not to be reviewed again."""
    with Node.init(tmp_path / "node", name="Observatory") as node:
        node.add([Incoming("over.txt", "test", content=f"{told}\n".encode())])
        assert node.followup.proposed_reviews() == ()


def test_sums_of_the_report_on_which_a_collection_rests_are_offered(tmp_path: Path) -> None:
    """The nearest first, and those of other reports by their words; one is taken over."""
    told = (
        "The minister said that Delmassa asked Nomara for flights over the border. "
        "The minister said that each flight would cost 50,000 dollars. "
        "The minister said that a drone would cost 900 euros.\n"
    )
    other = "The minister said that flights over the border cost 70,000 dollars.\n"
    far = "The minister said that the new school cost 10,000 dollars.\n"
    with Node.init(tmp_path / "node", name="Observatory") as node:
        texts = {"flights.txt": told, "other.txt": other, "far.txt": far}
        node.add([Incoming(name, "test", content=t.encode()) for name, t in texts.items()])
        claim = next(c.id for c in node.claims() if "asked" in c.quote or "for flights" in c.quote)
        mission = node.desk.ask(
            by="Delmassa",
            to="Nomara",
            what="flights over the border",
            kind=RequestKind.COLLECTION,
            claims=[claim],
        )
        sums = node.collecting.sums(mission.id)
        assert [str(each.money) for each in sums] == ["50000 USD", "900 EUR", "70000 USD"]
        stranger = Viewer(type(node.id)("n-0000000000000009"))
        assert node.collecting.sums(viewer=stranger) == ()
        taken = node.collecting.take_over(mission.id, sums[0].claim.id)
        assert (str(taken.estimate), taken.claims[-1]) == ("50000 USD", sums[0].claim.id)
        assert str(node.collecting.take_over(mission.id, sums[2].claim.id, actual=True).cost) == (
            "70000 USD"
        )
        assert len(node.collecting.sums()) == 1
        with pytest.raises(UsageError, match="states no sum"):
            node.collecting.take_over(mission.id, claim)


def test_the_cost_that_a_report_states_stands_in_the_collection_report(tmp_path: Path) -> None:
    """Without being typed; of two sums neither is taken, and what a person says holds."""
    told = (
        "The minister said that each flight would cost 50,000 dollars. "
        "The minister said that a drone would cost 900 euros.\n"
    )
    with Node.init(tmp_path / "node", name="Observatory") as node:
        node.add([Incoming("flights.txt", "test", content=told.encode())])
        flight, drone = (c.id for c in node.claims() if c.content.quantities)
        asked = {
            "by": "Delmassa",
            "to": "Nomara",
            "what": "flights",
            "kind": RequestKind.COLLECTION,
        }
        found = [
            node.desk.ask(**asked, claims=claims, estimate=estimate).estimate
            for claims, estimate in (
                ((flight,), None),
                ((flight, drone), None),
                ((flight,), "70 EUR"),
                ((), None),
            )
        ]
        assert [str(each) if each else None for each in found] == [
            "50000 USD",
            None,
            "70 EUR",
            None,
        ]
