"""Requests through a secretariat: asked in its name, told back, and nobody learns for whom."""

import random
import shutil
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.node.test_node_exchange import House, house
from tests.simulators.clock import START

from tawatur.errors import NotReleasableError, UnknownIdError, UsageError
from tawatur.model.desk import Request, RequestKind, RequestStatus
from tawatur.model.label import Circle, Viewer
from tawatur.node import Node

__all__ = ["house"]  # a fixture

SECRETARIAT, MEMBER = "Secretariat", "Red Hills"
ASKERS = ("Harbour", "Observatory")
NAMES = (SECRETARIAT, MEMBER, *ASKERS)
WORDS = "names of the camps north of Kolmuri"


@dataclass
class Story:
    """One life of four nodes: clock and randomness of every step are the same in each."""

    nodes: dict[str, Node] = field(default_factory=dict)
    step: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(0))
    seen: list[bytes] = field(default_factory=list)  # what the member was handed

    def now(self) -> datetime:
        return START + timedelta(hours=self.step)

    def entropy(self, count: int) -> bytes:
        return self.chance.randbytes(count)

    def begin(self) -> None:
        """Begin a step, with draws of its own."""
        self.step += 1
        self.chance = random.Random(self.step)

    def hand(self, sender: str, item: str, receiver: str) -> None:
        """Carry an item from one to another, and the receipt back."""
        self.begin()
        one, other = self.nodes[sender], self.nodes[receiver]
        letter = one.outgoing.release(item, other.id)
        other.incoming.receive(letter)
        back = other.outgoing.letters(sender)
        for receipt in back:
            one.incoming.receive(receipt)
        if receiver == MEMBER:
            self.seen.append(letter)
        if sender == MEMBER:
            self.seen += back

    def tell(self) -> None:
        """Let the member have all that the secretariat shows of its community and its logs."""
        self.begin()
        one, other = self.nodes[SECRETARIAT], self.nodes[MEMBER]
        papers = one.communities.written("Council")
        heads = one.histories.letter(other.id)
        other.communities.take(papers)
        self.seen.append(papers)
        if heads is not None:
            other.incoming.receive(heads)
            self.seen.append(heads)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four nodes that know one another, in one community."""
    folder = tmp_path_factory.mktemp("lives") / "nodes"
    folder.mkdir()
    with ExitStack() as stack:
        nodes = {}
        for name in NAMES:
            Node.init(folder / name, name=name).close()
            nodes[name] = stack.enter_context(Node.open(folder / name, clock=lambda: START))
        for one in nodes.values():
            for other in nodes.values():
                if one is not other:
                    one.partners.add(other.partners.sealed_card())
        members = [node.id for node in nodes.values()]
        charter = nodes[SECRETARIAT].communities
        charter.found("Council", members=members)
        for name in NAMES[1:]:
            nodes[name].communities.take(charter.written("Council"))
    return folder


def lived(template: Path, folder: Path, asker: str, ending: RequestStatus) -> Story:
    """Let somebody ask through the secretariat, a member answer, and the answer come back."""
    shutil.copytree(template, folder)
    story = Story()
    with ExitStack() as stack:
        for name in NAMES:
            story.nodes[name] = stack.enter_context(
                Node.open(folder / name, clock=story.now, entropy=story.entropy)
            )
        _live(story, asker, ending)
        for entry in story.nodes[MEMBER].ledger.entries():
            story.seen.append(repr(entry).encode())
    return story


def _live(story: Story, asker: str, ending: RequestStatus) -> None:
    ours, member, theirs = (story.nodes[name] for name in (SECRETARIAT, MEMBER, asker))
    story.begin()
    first = theirs.desk.ask(
        by=asker, to="Council", what=WORDS, through=SECRETARIAT, kind=RequestKind.INFORMATION
    )
    story.hand(asker, first.id, SECRETARIAT)
    assert [line.id for line in ours.followup.due()] == [first.id]
    story.begin()
    own = ours.secretariat.take_up(first.id)
    circle = Circle(ours.communities.one("Council").id)
    ours.labels.change(own.id, {}, also=[circle])
    for name in (MEMBER, *ASKERS):  # whoever asked is sent it like the others
        story.hand(SECRETARIAT, own.id, name)
    story.tell()
    story.begin()
    member.desk.change_request(own.id, ending, why="as our registry has it")
    story.hand(MEMBER, own.id, SECRETARIAT)
    assert "tell it back" in str([line.why for line in ours.followup.due()])
    story.begin()
    ours.secretariat.report_back(first.id)
    story.hand(SECRETARIAT, first.id, asker)
    assert ours.followup.due() == ()
    told = theirs.desk.request(first.id)
    assert (told.status, told.why) == (ending, "as our registry has it")
    story.tell()


@pytest.fixture(params=[RequestStatus.ANSWERED, RequestStatus.DECLINED])
def lives(request: pytest.FixtureRequest, template: Path, tmp_path: Path) -> tuple[Story, Story]:
    """Two lives that differ only in who asked."""
    one, other = (lived(template, tmp_path / each, each, request.param) for each in ASKERS)
    return one, other


def test_no_byte_that_a_member_has_tells_who_asked(lives: tuple[Story, Story]) -> None:
    """Letters, receipts, lists, heads of logs, and every entry of the member's own ledger."""
    one, other = lives
    assert len(one.seen) > 20
    assert one.seen == other.seen
    assert any(WORDS.encode() in each for each in one.seen)


def test_what_asks_in_the_secretariats_name_says_nothing_of_another(house: House) -> None:
    """Not the request, its steps or its label; another member's people see no more on the node."""
    theirs, ours = house.partners("Harbour", SECRETARIAT)
    first = theirs.desk.ask(
        by="Harbour",
        to="Neighbour",
        what=WORDS,
        through=SECRETARIAT,
        since="2030-05-01",
        needed_by="2031-06",
        estimate="50000 USD",
    )
    ours.incoming.receive(theirs.outgoing.release(first.id, ours.id))
    own = ours.secretariat.take_up(first.id)
    assert (own.by, own.to, own.what, own.through) == (SECRETARIAT, "Neighbour", WORDS, None)
    assert (own.since, own.needed_by, str(own.estimate)) == ("2031-03-01", "2031-06", "50000 USD")
    assert ours.desk.label(own.id).originators == (ours.id,)
    assert ours.secretariat.taken_up_as(first.id) == own
    third, _ = house.partners("Neighbour", SECRETARIAT)
    ours.labels.change(own.id, {}, also=[third.id])
    guest = Viewer(third.id)
    assert ours.desk.requests(viewer=guest) == (own,)
    assert ours.secretariat.asked(viewer=guest) == ()
    assert first.id not in {line.id for line in ours.followup.due(viewer=guest)}
    with pytest.raises(UnknownIdError):
        ours.secretariat.taken_up_as(first.id, viewer=guest)


def test_a_request_through_somebody_is_for_those_two_alone(house: House) -> None:
    """Neither side can release it to anybody else, whatever its label says."""
    theirs, ours = house.partners("Harbour", SECRETARIAT)
    third, _ = house.partners("Neighbour", SECRETARIAT)
    house.partners("Harbour", "Neighbour")
    first = theirs.desk.ask(by="Harbour", to="Neighbour", what=WORDS, through=SECRETARIAT)
    theirs.labels.change(first.id, {}, also=[third.id])
    with pytest.raises(NotReleasableError, match="says who asks"):
        theirs.outgoing.release(first.id, third.id)
    ours.incoming.receive(theirs.outgoing.release(first.id, ours.id))
    with pytest.raises(NotReleasableError):
        ours.outgoing.release(first.id, third.id)
    by_hand = ours.desk.ask(by="A ministry", to="Neighbour", what="fuel", through=SECRETARIAT)
    with pytest.raises(NotReleasableError, match="says who asks"):
        ours.outgoing.release(by_hand.id, third.id)
    assert ours.secretariat.take_up(by_hand.id).by == SECRETARIAT


@pytest.mark.parametrize(
    ("fields", "also", "said"),
    [
        ({"what": "what Harbour lost at sea"}, {}, "names Harbour"),
        ({"what": WORDS, "serves": "whether Harbour moves"}, {}, "names Harbour"),
        ({"what": WORDS, "through": "Neighbour"}, {}, "does not go through"),
        ({"what": WORDS}, {"to": "Harbour"}, "names Harbour"),
    ],
)
def test_what_would_tell_who_asks_is_not_taken_up(
    house: House, fields: dict[str, str], also: dict[str, str], said: str
) -> None:
    """Words that name the asker are refused, and other words help."""
    _, ours = house.partners("Harbour", SECRETARIAT)
    house.partners(SECRETARIAT, "Neighbour")
    first = ours.desk.ask(**{"by": "Harbour", "to": "Neighbour", "through": SECRETARIAT, **fields})
    with pytest.raises(UsageError, match=said):
        ours.secretariat.take_up(first.id, **also)
    assert ours.desk.requests() == (first,)


def test_a_request_is_taken_up_once_and_what_is_new_told_once(house: House) -> None:
    """Until the own one is closed; then it can be asked again."""
    theirs, ours = house.partners("Harbour", SECRETARIAT)
    first = theirs.desk.ask(by="Harbour", to="Neighbour", what=WORDS, through=SECRETARIAT)
    ours.incoming.receive(theirs.outgoing.release(first.id, ours.id))
    with pytest.raises(UsageError, match="was not taken up"):
        ours.secretariat.report_back(first.id)
    own = ours.secretariat.take_up(first.id)
    with pytest.raises(UsageError, match="taken up already"):
        ours.secretariat.take_up(first.id)
    with pytest.raises(UsageError, match="nothing new to tell"):
        ours.secretariat.report_back(first.id)
    passed = ours.desk.pass_on(own.id, "Lusmara", why="Neighbour consents")
    assert ours.secretariat.report_back(first.id).next_step == "Lusmara"
    ours.desk.change_request(passed.id, RequestStatus.ANSWERED, why="here they are", terms="ours")
    told = ours.secretariat.report_back(first.id)
    assert (told.status, told.terms) == (RequestStatus.ANSWERED, "ours")
    theirs.incoming.receive(ours.outgoing.release(first.id, theirs.id))
    assert theirs.desk.request(first.id).status is RequestStatus.ANSWERED
    with pytest.raises(UsageError, match="nothing to ask"):
        ours.secretariat.take_up(first.id)


def test_what_became_of_it_stays_under_the_terms_of_whoever_said_so(house: House) -> None:
    """A member whose word is on the outcome decides whether it goes on."""
    theirs, ours = house.partners("Harbour", SECRETARIAT)
    third, _ = house.partners("Neighbour", SECRETARIAT)
    first = theirs.desk.ask(by="Harbour", to="Neighbour", what=WORDS, through=SECRETARIAT)
    ours.incoming.receive(theirs.outgoing.release(first.id, ours.id))
    own = ours.secretariat.take_up(first.id)
    ours.labels.change(own.id, {}, also=[third.id])
    third.incoming.receive(ours.outgoing.release(own.id, third.id))
    third.desk.change_request(own.id, RequestStatus.DECLINED, why="not ours to give")
    third.labels.change(own.id, {}, also=[ours.id])
    ours.incoming.receive(third.outgoing.release(own.id, ours.id))
    ours.secretariat.report_back(first.id)
    assert third.id in ours.desk.label(first.id).originators
    with pytest.raises(NotReleasableError, match="does not allow it"):
        ours.outgoing.release(first.id, theirs.id)


def test_the_asker_sees_who_owes_the_next_step_and_a_rebuild_changes_nothing(house: House) -> None:
    """The request waits on, and says whom the secretariat asked."""
    theirs, ours = house.partners("Harbour", SECRETARIAT)
    first = theirs.desk.ask(by="Harbour", to=SECRETARIAT, what=WORDS, through=SECRETARIAT)
    ours.incoming.receive(theirs.outgoing.release(first.id, ours.id))
    own = ours.secretariat.take_up(first.id, to="Neighbour")
    theirs.incoming.receive(ours.outgoing.release(first.id, theirs.id))
    held = theirs.desk.request(first.id)
    assert (held.status, held.next_step) == (RequestStatus.OPEN, "Neighbour")
    ours.rebuild()
    assert ours.secretariat.taken_up_as(first.id) == own
    assert ours.desk.count(Request) == 2
