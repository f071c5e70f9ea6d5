"""Who becomes a partner, stays one, and by which key: what each side believes, and when."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from tests.simulators.clock import Clock

from tawatur.errors import (
    AlteredFileError,
    NodeError,
    NotReleasableError,
    SharingError,
    UnknownIdError,
    UnknownSenderError,
    UsageError,
    VerificationError,
)
from tawatur.model.entry import Kind
from tawatur.model.label import Activity, Circle, Label, Terms, Tier
from tawatur.node import Node, PartnerState
from tawatur.node.folder import Folder
from tawatur.node.sharing.keys import finish
from tawatur.settings import load


@dataclass
class House:
    """Nodes on one clock, made when first asked for."""

    folder: Path
    clock: Clock = field(default_factory=Clock)
    nodes: dict[str, Node] = field(default_factory=dict)

    def node(self, name: str) -> Node:
        """Return the node of that name."""
        if name not in self.nodes:
            Node.init(self.folder / name, name=name).close()
            self.open(name)
        return self.nodes[name]

    def open(self, name: str) -> Node:
        """Return the node of that name, opened anew."""
        if name in self.nodes:
            self.nodes[name].close()
        path = self.folder / name
        self.nodes[name] = Node(Folder(path), load(path), clock=self.clock)
        return self.nodes[name]

    def partners(self, one: str, other: str) -> tuple[Node, Node]:
        """Return two nodes that hold each other's cards."""
        a, b = self.node(one), self.node(other)
        a.partners.add(b.partners.sealed_card())
        b.partners.add(a.partners.sealed_card())
        return a, b


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Nodes that are verified and closed when the story ends."""
    made = House(tmp_path)
    yield made
    for node in made.nodes.values():
        node.verify()
        node.close()


def _promise(node: Node, what: str = "send lorries") -> str:
    return node.desk.commit(what=what, by="Harbour").id


def _invited(one: Node, other: Node) -> bytes:
    """Return the answer of ``other`` to an invitation of ``one``."""
    _partner, answer = other.partners.accept(one.partners.invite()[0])
    assert answer is not None
    return answer[0]


@pytest.mark.parametrize("days", [14, 15])
def test_an_invitation_counts_for_fourteen_days(house: House, days: int) -> None:
    """And its answer no longer than it."""
    one, other = house.node("Observatory"), house.node("Harbour")
    written, _lines = one.partners.invite("Harbour")
    house.clock.now += timedelta(days=days)
    if days == 14:
        assert other.partners.accept(written)[0].state is PartnerState.INVITED
    else:
        with pytest.raises(SharingError, match="ended"):
            other.partners.accept(written)
        assert other.partners.known() == {}
        assert [each.what for each in other.partners.refused()] == ["invitation"]


def test_who_was_not_confirmed_is_neither_believed_nor_given_anything(house: House) -> None:
    """An accepted invitation alone is no partner."""
    one, other = house.node("Observatory"), house.node("Harbour")
    one.partners.accept(_invited(one, other))
    with pytest.raises(UnknownIdError):
        one.outgoing.release(_promise(one), "Harbour")
    one.partners.confirm("Harbour", one.partners.fingerprint(other.card).upper())
    file = one.outgoing.release(_promise(one), "Harbour")
    with pytest.raises(UnknownSenderError, match="Observatory has to be confirmed first"):
        other.incoming.receive(file)
    with pytest.raises(AlteredFileError):
        other.partners.confirm("Observatory", one.partners.fingerprint(other.card))
    other.partners.confirm("Observatory", other.partners.fingerprint(one.card))
    assert other.incoming.receive(file).kind == "commitment"


def test_an_answer_counts_for_the_node_that_asked_and_once(house: House) -> None:
    """Another node's invitation is not answered here, and a second answer is refused."""
    one, other, third = map(house.node, ("Observatory", "Harbour", "Hills"))
    answer = _invited(one, other)
    with pytest.raises(SharingError, match="no invitation of this node"):
        third.partners.accept(answer)
    written, _lines = one.partners.invite()
    answers = [node.partners.accept(written)[1] for node in (other, third)]
    assert answers[0]
    assert answers[1]
    one.partners.accept(answers[0][0])
    one.partners.accept(answers[0][0])
    with pytest.raises(SharingError, match="answered before"):
        one.partners.accept(answers[1][0])
    assert len(one.partners.known()) == 1


def test_a_suspended_partner_is_in_no_community_for_this_node(house: House) -> None:
    """Whatever the list says; others decide for themselves."""
    one, other = house.partners("Observatory", "Harbour")
    relief = one.communities.found("Relief", members=[other.id])
    assert one.communities.viewer(other.id).memberships
    one.partners.put("Harbour", PartnerState.SUSPENDED, "an open question")
    assert not one.communities.viewer(other.id).memberships
    label = Label.of(Terms(one.id, circles=frozenset({Circle(relief.id, Tier.MEMBER)})))
    with pytest.raises(NotReleasableError):
        one.communities.admitting(other.id, label, Activity.REPORTS)
    assert one.taxii.collections() == tuple(
        each for each in one.taxii.collections() if each.title == "Relief"
    )
    one.partners.put("Harbour", PartnerState.PARTNER, "answered")
    assert one.communities.viewer(other.id).memberships


@pytest.mark.parametrize("state", [PartnerState.SUSPENDED, PartnerState.REMOVED])
def test_what_was_given_stays_under_its_terms(house: House, state: PartnerState) -> None:
    """Notices of whom was suspended are acted on; its new items are not taken."""
    one, other = house.partners("Observatory", "Harbour")
    item = _promise(one)
    other.incoming.receive(one.outgoing.release(item, "Harbour"))
    other.partners.put("Observatory", state, "an open question")
    one.outgoing.recall(item, "over")
    (letter,) = one.outgoing.letters("Harbour")
    assert other.incoming.receive(letter).kind == "notice"
    assert other.desk.commitments() == ()
    more = one.outgoing.release(_promise(one, "send boats"), "Harbour")
    with pytest.raises(UnknownSenderError):
        other.incoming.receive(more)
    other.partners.put("Observatory", PartnerState.PARTNER, "answered")
    assert other.incoming.receive(more).kind == "commitment"


def test_every_state_has_its_reason_and_its_time(house: House) -> None:
    """Neither a reason left out nor a state that is there already is recorded."""
    one, _other = house.partners("Observatory", "Harbour")
    for state, why in ((PartnerState.SUSPENDED, " "), (PartnerState.PARTNER, "again")):
        with pytest.raises(UsageError):
            one.partners.put("Harbour", state, why)
    put = one.partners.put("Harbour", PartnerState.REMOVED, "left")
    assert (put.why, put.since) == ("left", house.clock())
    one.rebuild()
    assert one.partners.by_name("Harbour") == put


# ------------------------------------------------------------ keys


def _release(node: Node) -> bytes:
    return node.outgoing.release(_promise(node), "Harbour")


def test_a_log_goes_on_under_a_new_key(house: House) -> None:
    """Also release logs, whose heads the old key signed; what was open with it stops."""
    one, other = house.partners("Observatory", "Harbour")
    before = _release(one)
    stale = Node(Folder(one.folder), load(one.folder), clock=house.clock)
    one.change_key("a year has passed")
    with pytest.raises(VerificationError):
        _promise(stale)
    stale.close()
    one = house.open("Observatory")
    other.partners.add(one.partners.sealed_card())
    assert other.incoming.receive(before).kind == "commitment"
    assert other.incoming.receive(_release(one)).kind == "commitment"
    assert [entry.payload is not None for entry in one.ledger.entries(kinds=(Kind.KEY,))] == [True]


def test_an_old_key_signs_nothing_after_a_new_one(house: House) -> None:
    """Whoever has it cannot go on with the log, nor write to partners."""
    one, other = house.partners("Observatory", "Harbour")
    old = (one.folder / "keys/signing").read_text()
    one.change_key("a year has passed")
    one = house.open("Observatory")
    other.partners.add(one.partners.sealed_card())
    new, former = (one.folder / "keys/signing").read_text(), one.folder / "keys/former"
    kept = former.read_text()
    (one.folder / "keys/signing").write_text(old)
    former.unlink()
    thief = house.open("Observatory")
    with pytest.raises(VerificationError):
        _release(thief)
    (one.folder / "keys/signing").write_text(new)
    former.write_text(kept)
    house.open("Observatory")


@pytest.mark.parametrize("cut", ["before the entry", "after the entry"])
def test_a_change_of_keys_that_was_cut_off_is_finished_or_forgotten(
    house: House, cut: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The entry decides: what it names is put in its place when the node is opened next."""
    one = house.node("Observatory")
    key = one.card.key
    monkeypatch.setattr("tawatur.node.sharing.keys.finish", _stop)
    if cut == "before the entry":
        monkeypatch.setattr(one.keys.__class__, "append", _stop, raising=False)
        (one.folder / "keys/next").write_text("00" * 32)
        (one.folder / "keys/next").chmod(0o600)
    else:
        with pytest.raises(NodeError):
            one.keys.succeed("a year has passed")
    monkeypatch.undo()
    one.close()
    done = Node.open(one.folder, clock=house.clock)
    assert (done.card.key == key) == (cut == "before the entry")
    house.nodes["Observatory"] = done
    _promise(done)
    assert not finish(Folder(one.folder), done.ledger)


def _stop(*_given: object) -> bool:
    raise NodeError("cut off")


def _thieves(house: House) -> tuple[Node, Node, Callable[[], Node]]:
    """Return two partners, the first of whose folder is copied, and what opens the copy."""
    one, other = house.partners("Observatory", "Harbour")
    copy = house.folder / "copy"
    one.close()
    copy.mkdir()
    for path in (house.folder / "Observatory").rglob("*"):
        target = copy / path.relative_to(house.folder / "Observatory")
        if path.is_dir():
            target.mkdir(exist_ok=True)
        else:
            target.write_bytes(path.read_bytes())
            target.chmod(path.stat().st_mode)
    house.nodes.pop("Observatory")
    return house.open("Observatory"), other, lambda: house.open("copy")


def test_what_a_revoked_key_signed_is_doubtful_and_nothing_new_of_it_is_believed(
    house: House,
) -> None:
    """What was taken in before that is listed from the day on; the new key has to be confirmed."""
    one, other, stolen = _thieves(house)
    other.incoming.receive(_release(one))
    house.clock.now += timedelta(days=3)
    thief = stolen()
    other.incoming.receive(_release(thief))
    late = _release(thief)
    house.clock.now += timedelta(hours=1)
    one.change_key("stolen", revoked=house.clock() - timedelta(days=1))
    one = house.open("Observatory")
    house.clock.now += timedelta(hours=1)
    heard = other.partners.add(one.partners.sealed_card())
    assert heard.state is PartnerState.INVITED
    other.partners.confirm("Observatory", other.partners.fingerprint(one.card))
    assert len(other.incoming.doubtful("Observatory")) == 1
    with pytest.raises(AlteredFileError, match="given up"):
        other.incoming.receive(late)
    assert other.incoming.receive(_release(one)).kind == "commitment"
    assert len(other.incoming.doubtful("Observatory")) == 1
    assert one.keys.doubtful()[0].since < house.clock()


def test_who_is_suspended_stays_so_when_confirmed_again(house: House) -> None:
    """Until somebody says that it is a partner again."""
    one, other = house.partners("Observatory", "Neighbour")
    one.partners.put("Neighbour", PartnerState.SUSPENDED, "an inquiry")
    one.partners.put("Neighbour", PartnerState.INVITED, "whose key is it?")
    again = one.partners.confirm("Neighbour", one.partners.fingerprint(other.card))
    assert again.state is PartnerState.SUSPENDED
    one.rebuild()
    assert one.partners.known()[other.id].state is PartnerState.SUSPENDED
    assert one.partners.put("Neighbour", PartnerState.PARTNER, "over").state is PartnerState.PARTNER
    one.partners.put("Neighbour", PartnerState.INVITED, "whose key is it?")
    again = one.partners.confirm("Neighbour", one.partners.fingerprint(other.card))
    assert again.state is PartnerState.PARTNER


def test_of_two_successions_of_one_key_the_first_one_heard_counts(house: House) -> None:
    """The other is refused, and on record: people have to talk."""
    one, other, stolen = _thieves(house)
    stolen().change_key("mine now")
    other.partners.add(house.open("copy").partners.sealed_card())
    one.change_key("a year has passed")
    with pytest.raises(SharingError, match="another key"):
        other.partners.add(house.open("Observatory").partners.sealed_card())
    assert [each.what for each in other.partners.refused()] == ["card"]


def test_a_lost_key_is_replaced_and_believed_by_its_fingerprint_alone(house: House) -> None:
    """Neither card nor bundle is enough."""
    one, other = house.partners("Observatory", "Harbour")
    one.close()
    house.nodes.pop("Observatory")
    (one.folder / "keys/signing").unlink()
    card = Node.recover(one.folder, "the disk died")
    one = house.open("Observatory")
    one.outgoing.propose(_promise(one), "Harbour")
    written = one.bundles.write("Harbour")
    assert written is not None
    with pytest.raises(SharingError, match="another key"):
        other.bundles.receive(written.file)
    new = one.partners.sealed_card()
    with pytest.raises(SharingError):
        other.partners.confirm("Observatory", other.partners.fingerprint(other.card), new)
    other.partners.confirm("Observatory", other.partners.fingerprint(card), new)
    taken = other.bundles.receive(written.file)
    assert [each.kind for each in taken.came if not isinstance(each, SharingError)] == [
        "commitment"
    ]


def test_bundles_open_with_the_keys_of_before(house: House) -> None:
    """What was on its way when the key changed is not lost."""
    one, other = house.partners("Observatory", "Harbour")
    one.outgoing.propose(_promise(one), "Harbour")
    written = one.bundles.write("Harbour")
    assert written is not None
    other.change_key("a year has passed")
    other = house.open("Harbour")
    assert len(other.bundles.receive(written.file).came) == 1
    one.partners.add(other.partners.sealed_card())
    known = one.partners.by_name("Harbour").recipient
    assert known == other.keys.recipient()


def test_bundles_that_are_written_at_once_have_numbers_of_their_own(house: House) -> None:
    """Each waits for the other, and nothing goes twice."""
    one, _ = house.partners("Observatory", "Harbour")
    for n in range(6):
        one.outgoing.propose(one.desk.commit(by="A", what=f"send lorry {n}").id, "Harbour")

    def write(_: int) -> int:
        with Node.open(one.folder, clock=house.clock) as node:
            item = node.desk.commit(by="A", what="send another").id
            node.outgoing.propose(item, "Harbour")
            written = node.bundles.write("Harbour")
            return written.number if written else 0

    with ThreadPoolExecutor(4) as pool:
        numbers = [n for n in pool.map(write, range(4)) if n]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    released = [entry.payload for entry in one.ledger.entries(kinds=(Kind.RELEASE,))]
    assert len(released) == 10
