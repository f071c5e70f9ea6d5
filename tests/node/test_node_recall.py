"""Who gave an item follows it: what is told afterwards reaches every copy, in whatever order."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.simulators.clock import START, Clock

from tawatur.errors import NotReleasableError, SharingError, UnknownIdError, UsageError
from tawatur.model.claim import Verdict
from tawatur.model.entry import Kind
from tawatur.model.ids import ActorId
from tawatur.model.label import Leave, Tlp
from tawatur.node import Cuts, Incoming, Node
from tawatur.node.folder import Folder
from tawatur.settings import load
from tawatur.sharing import ReceiptStatus

SECRET = "جسر الوادي"  # noqa: S105 - a bridge
TEXT = f"وقال وزير الدفاع إدوار زومباري إن {SECRET} سيغلق يوم 4 مارس 2031.\n"


@dataclass
class House:
    """Three nodes that are partners of each other, on one clock."""

    folder: Path
    clock: Clock = field(default_factory=Clock)
    nodes: list[Node] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in ("Observatory", "Harbour", "Hills"):
            path = self.folder / name
            Node.init(path, name=name).close()
            self.nodes.append(Node(Folder(path), load(path), clock=self.clock))
        for one in self.nodes:
            for other in self.nodes:
                if one is not other:
                    one.partners.add(other.partners.sealed_card())

    def close(self) -> None:
        """Close the nodes, each whole."""
        for node in self.nodes:
            node.verify()
            node.close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Three nodes, verified when the story ends."""
    made = House(tmp_path)
    yield made
    made.close()


def _add(node: Node) -> str:
    node.add([Incoming("bridge.txt", "the desk", content=TEXT.encode())])
    return node.documents()[0].id


def _carry(here: Node, there: Node) -> None:
    """Hand all that waits over, as a person does."""
    letters = here.outgoing.letters(there.id)
    if letters:
        for letter in there.incoming.letters(here.outgoing.bag(letters, there.id)):
            there.incoming.receive(letter)


def _but_refusals(node: Node) -> list[str]:
    """Return all entries of a node but those that say what was refused."""
    return [e.header.id for e in node.ledger.entries() if e.header.kind != Kind.REFUSAL]


def _holds(node: Node, words: str) -> bool:
    """Whether any file of a node holds the words, plainly."""
    files = (path for path in node.folder.rglob("*") if path.is_file())
    return any(words.encode() in path.read_bytes() for path in files)


def test_nothing_of_what_is_recalled_stays_at_its_receiver(house: House) -> None:
    """Nor what was read, judged or noted on it there; that it was there stays, with the reason."""
    here, there, _ = house.nodes
    document = _add(here)
    there.incoming.receive(here.outgoing.release(document, there.id))
    (line,) = there.documents()
    there.gloss(line.id, SECRET, f"note on {SECRET}")
    there.judge(there.claims()[0].id, Verdict.ACCEPT)
    assert _holds(there, SECRET)
    here.outgoing.recall(document, "given by mistake")
    _carry(here, there)
    assert there.documents() == ()
    assert not _holds(there, SECRET)
    (erasure,) = there.ledger.entries(kinds=(Kind.ERASURE,))
    assert erasure.payload is not None
    assert erasure.payload.body["reason"] == "given by mistake"
    assert erasure.payload.body["authority"] == "Observatory"
    there.rebuild()
    assert there.documents() == ()


def test_what_the_receiver_has_by_another_way_stays(house: House) -> None:
    """Its own copy of the same bytes, whichever came first; the partner's word on it goes."""
    here, there, third = house.nodes
    document = _add(here)
    _add(there)
    here.judge(here.claims()[0].id, Verdict.ACCEPT)
    third.incoming.receive(here.outgoing.release(document, third.id))
    there.incoming.receive(here.outgoing.release(document, there.id))
    _add(third)
    for node in (there, third):
        assert node.claims()[0].judgements
    here.outgoing.recall(document, "by mistake")
    for node in (there, third):
        _carry(here, node)
        (view,) = (node.document(line.id) for line in node.documents())
        assert [each.origin for each in view.acquisitions] == ["the desk"]
        assert not view.claims[0].judgements
        node.rebuild()
        assert node.document(view.line.id).claims == view.claims


def test_a_recall_reaches_whom_the_receiver_passed_it_on_to(house: House) -> None:
    """By the receiver's own notice; each sees who has acknowledged."""
    here, there, third = house.nodes
    document = _add(here)
    here.labels.change(document, {"onward": Leave.YES}, also=[there.id])
    there.incoming.receive(here.outgoing.release(document, there.id))
    third.incoming.receive(there.outgoing.release(there.documents()[0].id, third.id))
    here.outgoing.recall(document, "by mistake")
    _carry(here, there)
    assert third.documents()
    _carry(there, third)
    assert third.documents() == ()
    assert not _holds(third, SECRET)
    (given,) = here.disclosures.of(document)
    assert (given.recalled, given.heard) == (True, False)
    _carry(there, here)
    (given,) = here.disclosures.of(document)
    assert (given.recalled, given.heard, given.receipt) == (True, True, ReceiptStatus.ERASED)


def test_who_may_not_pass_it_on_any_more_takes_it_back(house: House) -> None:
    """Narrowing onward reaches those to whom it went on."""
    here, there, third = house.nodes
    document = _add(here)
    here.labels.change(document, {"onward": Leave.YES}, also=[there.id])
    there.incoming.receive(here.outgoing.release(document, there.id))
    third.incoming.receive(there.outgoing.release(there.documents()[0].id, third.id))
    here.labels.change(document, {"onward": Leave.NO})
    _carry(here, there)
    assert there.documents()
    _carry(there, third)
    assert third.documents() == ()


def test_whom_the_label_no_longer_names_loses_it(house: House) -> None:
    """Others keep it, under the label as it is now."""
    here, there, third = house.nodes
    document = _add(here)
    for node in (there, third):
        node.incoming.receive(here.outgoing.release(document, node.id))
    here.labels.change(document, {"purpose": "relief"}, no_more=[there.id])
    for node in (there, third):
        _carry(here, node)
    assert there.documents() == ()
    (line,) = third.documents()
    assert third.label_of(line.id).purpose == "relief"


def test_the_receivers_own_terms_stay_beside_the_new_ones(house: House) -> None:
    """Who narrowed for itself has not been asked."""
    here, there, _ = house.nodes
    document = _add(here)
    there.incoming.receive(here.outgoing.release(document, there.id))
    line = there.documents()[0]
    there.labels.change(line.id, {"purpose": "training"})
    here.labels.change(document, {"purpose": "relief"})
    _carry(here, there)
    assert there.label_of(line.id).purpose == "relief; training"


def test_what_has_expired_is_erased_and_its_giver_told(house: House) -> None:
    """By the receiver alone, with the first sweep after the day."""
    here, there, _ = house.nodes
    document = _add(here)
    here.labels.change(document, {"expires": START + timedelta(days=3)}, also=[there.id])
    there.incoming.receive(here.outgoing.release(document, there.id))
    assert there.incoming.sweep() == ()
    house.clock.now += timedelta(days=3)
    (swept,) = there.incoming.sweep()
    assert (swept.status, swept.why) == (ReceiptStatus.ERASED, "expired")
    assert not _holds(there, SECRET)
    assert there.incoming.sweep() == ()
    _carry(there, here)
    assert here.disclosures.of(document)[0].receipt is ReceiptStatus.ERASED


def test_the_word_of_what_has_expired_waits_in_the_outbox(house: House) -> None:
    """Also of an item of the desk, of which no step is left."""
    here, there, _ = house.nodes
    item = here.desk.commit(by="Observatory", what="send lorries").id
    here.labels.change(item, {"expires": START + timedelta(days=3)}, also=[there.id])
    there.incoming.receive(here.outgoing.release(item, there.id))
    house.clock.now += timedelta(days=3)
    there.incoming.sweep()
    waiting = [each for each in there.outgoing.waiting() if each.piece.item == item]
    assert waiting
    assert [there.outgoing.described(each).called for each in waiting] == [None] * len(waiting)


def test_what_a_person_erases_is_noted_to_its_giver(house: House) -> None:
    """The copy is gone, whoever decided it."""
    here, there, _ = house.nodes
    document = _add(here)
    there.incoming.receive(here.outgoing.release(document, there.id))
    there.erase(there.documents()[0].id, why="not ours to keep")
    there.incoming.sweep()
    _carry(there, here)
    assert here.disclosures.of(document)[0].receipt is ReceiptStatus.ERASED


def test_a_recall_names_what_it_cannot_reach(house: House) -> None:
    """Who never gave a receipt, and who was handed a brief."""
    here, there, third = house.nodes
    document = _add(here)
    there.incoming.receive(here.outgoing.release(document, there.id))
    _carry(there, here)
    here.outgoing.release(document, third.id)
    here.tracing.unmarked(here.brief(), "Colonel Amara", "he reads on paper")
    recalled = here.outgoing.recall(document, "by mistake")
    assert {each.to for each in recalled.told} == {there.id, third.id}
    assert [each.to for each, _ in recalled.unreached] == [third.id, "Colonel Amara"]


def test_a_claim_s_recall_takes_its_versions_and_names_who_has_the_document(house: House) -> None:
    """The words are out by three ways, and whoever asks for them is told of each."""
    here, there, third = house.nodes
    document = _add(here)
    claim = here.claims()[0].id
    version, _ = here.outgoing.redact(claim, Cuts())
    there.incoming.receive(here.outgoing.release(version, there.id))
    third.incoming.receive(here.outgoing.release(document, third.id))
    here.outgoing.propose(version, third.id)
    assert [each.item for each in here.disclosures.of(claim)] == [version, document]
    recalled = here.outgoing.recall(claim, "by mistake")
    assert [(each.item, each.to) for each in recalled.told] == [(version, there.id)]
    assert [piece.item for piece in recalled.taken_back] == [version]
    (_, why), (wider, where) = recalled.unreached
    assert why.template.startswith("no receipt")
    assert (wider.to, where.args) == (third.id, (document,))
    _carry(here, there)
    assert there.documents() == ()
    assert third.documents()


def test_nobody_is_told_of_what_is_not_there_that_nobody_has_it(house: House) -> None:
    """An id is completed, and a slip in one is refused; what is erased here is still found."""
    here, there, _ = house.nodes
    document = _add(here)
    here.outgoing.release(document, there.id)
    assert [each.to for each in here.disclosures.of(document[:8])] == [there.id]
    here.erase(document, why="the source asked")
    assert [each.to for each in here.disclosures.of(document)] == [there.id]
    for slip in ("k-0000", "d-0000", "c-0000"):
        with pytest.raises(UnknownIdError):
            here.disclosures.of(slip)


def test_after_a_recall_it_is_known_under_which_label_it_went(house: House) -> None:
    """The last one that its receiver was told."""
    here, there, _ = house.nodes
    document = _add(here)
    here.labels.change(document, {"tlp": Tlp.GREEN}, also=[there.id])
    here.outgoing.release(document, there.id)
    here.labels.change(document, {"tlp": Tlp.RED})
    here.outgoing.recall(document, "by mistake")
    (given,) = here.disclosures.of(document)
    assert given.recalled
    assert given.label is not None
    assert given.label.terms[0].tlp is Tlp.RED


def test_a_receipt_forged_or_by_somebody_else_changes_nothing(house: House) -> None:
    """It must name a letter of this node to its very sender, by its leaf."""
    here, there, third = house.nodes
    document = _add(here)
    file = here.outgoing.release(document, there.id)
    there.incoming.receive(file)
    (receipt,) = there.outgoing.letters(here.id)
    held = _but_refusals(here)
    with pytest.raises(SharingError):
        third.incoming.receive(receipt)
    with pytest.raises(SharingError):
        here.incoming.receive(receipt.replace(b"accepted", b"erased"))
    with pytest.raises(SharingError):
        here.incoming.receive(file)
    assert _but_refusals(here) == held
    assert {each.sender for each in here.partners.refused()} == {None}
    assert not here.incoming.receive(receipt).already
    assert here.incoming.receive(receipt).already


def test_a_release_that_is_refused_is_answered(house: House) -> None:
    """With the reason, once, and nothing of it is kept."""
    here, there, _ = house.nodes
    document = _add(here)
    here.labels.change(document, {"expires": START + timedelta(days=2)}, also=[there.id])
    file = here.outgoing.release(document, there.id)
    house.clock.now += timedelta(days=3)
    for _ in range(2):
        with pytest.raises(SharingError):
            there.incoming.receive(file)
    assert there.documents() == ()
    assert not _holds(there, SECRET)
    _carry(there, here)
    (given,) = here.disclosures.of(document)
    assert given.receipt is ReceiptStatus.REFUSED


def test_nothing_leaves_before_the_day_from_which_others_have_it(house: House) -> None:
    """It is not for the receiver's node to keep what its label does not give it yet."""
    here, there, _ = house.nodes
    document = _add(here)
    here.labels.change(document, {"opens": START + timedelta(days=9)}, also=[there.id])
    with pytest.raises(NotReleasableError, match="its first day has not come"):
        here.outgoing.release(document, there.id)
    house.clock.now += timedelta(days=9)
    there.incoming.receive(here.outgoing.release(document, there.id))
    assert there.documents()


def test_a_release_takes_a_second_person_where_the_settings_ask(house: House) -> None:
    """Not the one who proposed it; until then it stays."""
    here, there, _ = house.nodes
    document = _add(here)
    asking = replace(here.outgoing, second=True)
    with pytest.raises(NotReleasableError):
        asking.release(document, there.id)
    waiting = asking.propose(document, there.id)
    assert not waiting.may
    assert asking.letters(there.id) == ()
    with pytest.raises(UsageError):
        asking.agree(waiting.piece.id)
    somebody = replace(here.person, actor=ActorId("a-0000000000000002"))
    other = replace(here._drafter, person=somebody)
    assert replace(asking, drafter=other).agree(waiting.piece.id).may
    (letter,) = asking.letters(there.id)
    assert there.incoming.receive(letter).status is ReceiptStatus.ACCEPTED


def test_what_two_people_agreed_on_leaves_in_a_file_of_its_own_as_well(house: House) -> None:
    """For other programs, say; once, and nothing else does."""
    here, there, third = house.nodes
    document = _add(here)
    asking = replace(here.outgoing, second=True)
    waiting = asking.propose(document, there.id)
    somebody = replace(here.person, actor=ActorId("a-0000000000000002"))
    replace(asking, drafter=replace(here._drafter, person=somebody)).agree(waiting.piece.id)
    for other in (there, third):
        asking.propose(document, other.id)
    with pytest.raises(NotReleasableError, match="a second person"):
        asking.release(document, third.id)
    there.incoming.receive(asking.release(document, there.id))
    with pytest.raises(NotReleasableError, match="a second person"):
        asking.release(document, there.id)
    assert asking.letters(there.id) == ()


def test_what_waits_is_decided_again_when_it_leaves(house: House) -> None:
    """A label that was narrowed since holds a release back, and says why."""
    here, there, third = house.nodes
    document = _add(here)
    here.labels.change(document, {"onward": Leave.YES}, also=[there.id])
    there.incoming.receive(here.outgoing.release(document, there.id))
    held = there.documents()[0].id
    there.outgoing.propose(held, third.id)
    here.labels.change(document, {"onward": Leave.NO})
    _carry(here, there)
    (waiting,) = there.outgoing.waiting(third.id)
    assert not waiting.may
    assert there.outgoing.letters(third.id) == ()


def test_what_has_a_caveat_is_shown_once_it_is_acknowledged(house: House) -> None:
    """It is held until then, in no listing; a claim alone as well."""
    here, there, _ = house.nodes
    document = _add(here)
    here.labels.change(document, {"caveats": frozenset({"not for the press"})})
    for item in (document, here.claims()[0].id):
        received = there.incoming.receive(here.outgoing.release(item, there.id))
        assert there.documents() == ()
    assert there.pointers.acknowledge(received.id or "") == ("not for the press",)
    assert len(there.documents()) == 2


def test_what_was_acknowledged_goes_on_and_is_to_be_acknowledged_again(house: House) -> None:
    """Whoever passes it on did so at home; whoever gets it does so there."""
    here, there, third = house.nodes
    document = _add(here)
    terms = {"caveats": frozenset({"not for the press"}), "onward": Leave.YES}
    here.labels.change(document, terms, also=[there.id])
    held = there.incoming.receive(here.outgoing.release(document, there.id)).id or ""
    with pytest.raises(UnknownIdError):
        there.outgoing.release(held, third.id)
    there.pointers.acknowledge(held)
    came = third.incoming.receive(there.outgoing.release(held, third.id))
    assert came.status is ReceiptStatus.ACCEPTED
    assert third.documents() == ()
    third.pointers.acknowledge(came.id or "")
    assert third.documents()


def test_what_has_a_condition_arrives_once_it_is_confirmed_here(house: House) -> None:
    """Its originator's word that it is met goes with it."""
    here, there, _ = house.nodes
    document = _add(here)
    here.labels.change(document, {"after": frozenset({"the talks are over"})})
    with pytest.raises(SharingError):
        there.incoming.receive(here.outgoing.release(document, there.id))
    here.labels.confirm("the talks are over", "communiqué of 3 March")
    there.incoming.receive(here.outgoing.release(document, there.id))
    assert there.documents()


ACTS = ("narrow", "widen", "correct", "recall")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(acts=st.lists(st.sampled_from(ACTS), max_size=4), seed=st.integers(0, 2**16))
def test_letters_in_any_order_and_number_end_in_the_same_state(
    tmp_path_factory: pytest.TempPathFactory, acts: list[str], seed: int
) -> None:
    """One receiver has each letter once and in order, the other shuffled and twice."""
    house = House(tmp_path_factory.mktemp("house"))
    here, *receivers = house.nodes
    item = here.desk.commit(by="A", what="send lorries").id
    letters: dict[str, list[bytes]] = {node.id: [] for node in receivers}
    for node in receivers:
        letters[node.id].append(here.outgoing.release(item, node.id))
    for act in acts:
        house.clock.now += timedelta(hours=1)
        _do(act, here, item)
        for node in receivers:
            letters[node.id] += here.outgoing.letters(node.id)
    mixed = letters[receivers[1].id] * 2
    random.Random(seed).shuffle(mixed)
    for node, found in zip(receivers, (letters[receivers[0].id], mixed), strict=True):
        for letter in found:
            node.incoming.receive(letter)
    one, other = (_state(node) for node in receivers)
    assert one == other
    assert ("recall" in acts) <= (one == [])
    house.close()


def _do(act: str, here: Node, item: str) -> None:
    match act:
        case "narrow":
            here.labels.change(item, {"expires": START + timedelta(days=30)})
        case "widen":
            here.labels.change(item, {"onward": Leave.YES, "expires": None})
        case "recall":
            here.outgoing.recall(item, "by mistake")
        case "correct" if any(each.live for each in here.disclosures.of(item)):
            here.outgoing.correct(item)
        case _:
            pass


def _state(node: Node) -> list[tuple[str, str]]:
    """Return what a node holds and under which terms, less its own id."""
    labels = (str(node.label_of(each.id)) for each in node.desk.commitments())
    said = (re.sub(node.id, "n-me", label) for label in labels)
    return sorted(
        (each.what, label) for each, label in zip(node.desk.commitments(), said, strict=True)
    )
