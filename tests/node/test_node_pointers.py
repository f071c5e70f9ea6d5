"""That something exists, on what and whom to ask: told to whom a label says so, and no more."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from tests.simulators.clock import Clock

from tawatur.errors import NotReleasableError, RoleNeededError, UnknownIdError
from tawatur.model.account import AccountRole
from tawatur.model.ids import NodeId
from tawatur.model.label import Leave
from tawatur.node import Incoming, Node
from tawatur.node.sharing.exchange import pointer_id
from tawatur.sharing import Pointer, Whom, pointer_of

FORD = "the ford at Widril"
TEXTS = (
    "Le ministre a déclaré lundi que le gué de Widril serait fermé le 4 mars 2031.\n",
    "The army said on Tuesday that 350 soldiers would guard the ford at Widril until May 2031.\n",
)


@dataclass
class House:
    """Three partners on one clock."""

    here: Node
    there: Node
    beyond: Node
    clock: Clock

    def add(self, text: str = TEXTS[0]) -> str:
        """Take in a text at the first, of which others learn only that it exists; its id."""
        known = {line.id for line in self.here.documents()}
        self.here.add([Incoming("ford.txt", "the desk", content=text.encode())])
        (document,) = {line.id for line in self.here.documents()} - known
        to_exist = {"gives": Leave.EXISTENCE, "subject": FORD}
        self.here.labels.change(document, to_exist, also=[self.there.id])
        return document


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Give three nodes that are partners of each other."""
    clock = Clock()
    with ExitStack() as stack:
        nodes = []
        for name in ("Observatory", "Harbour", "Hills"):
            Node.init(tmp_path / name, name=name).close()
            nodes.append(stack.enter_context(Node.open(tmp_path / name, clock=clock)))
        for one in nodes:
            for other in nodes:
                if one is not other:
                    one.partners.add(other.partners.sealed_card())
        here, there, beyond = nodes
        yield House(here, there, beyond, clock)


def _carry(one: Node, other: Node) -> None:
    """Hand all that waits over."""
    for letter in one.outgoing.letters(other.id):
        other.incoming.receive(letter)


def _known(node: Node) -> list[tuple[str | None, list[str]]]:
    """Return what is known to exist at a node: on what, and whom to ask."""
    return [
        (each.pointer.subject, [whom.name for whom in each.pointer.ask])
        for each in node.pointers.all()
    ]


def test_a_partner_learns_on_what_there_is_something_and_whom_to_ask(house: House) -> None:
    """And nothing else: no word, date, title or size of it is in the file that goes."""
    document = house.add()
    house.here.labels.change(document, {"purpose": "relief", "caveats": frozenset({"no press"})})
    file = house.here.outgoing.release(document, "Harbour")
    other = house.here.outgoing.release(house.add(TEXTS[1] * 40), "Hills")
    assert abs(len(file) - len(other)) < 40
    for secret in ("gué", "ministre", "2031-03-04", "ford.txt", "relief", "no press", document):
        assert secret.encode() not in file
    received = house.there.incoming.receive(file)
    assert (received.kind, _known(house.there)) == ("pointer", [(FORD, ["Observatory"])])
    assert house.there.documents() == ()
    assert house.there.overview().documents == 0
    house.there.rebuild()
    assert _known(house.there) == [(FORD, ["Observatory"])]


def test_how_many_there_are_is_not_told(house: House) -> None:
    """A second one on the same subject is refused, until the first is recalled."""
    first, second = house.add(), house.add(TEXTS[1])
    house.there.incoming.receive(house.here.outgoing.release(first, "Harbour"))
    with pytest.raises(NotReleasableError, match="told already"):
        house.here.outgoing.release(second, "Harbour")
    assert house.here.outgoing.release(second, "Hills")
    house.here.outgoing.recall(first, "given by mistake")
    _carry(house.here, house.there)
    assert _known(house.there) == []
    house.there.incoming.receive(house.here.outgoing.release(second, "Harbour"))
    assert _known(house.there) == [(FORD, ["Observatory"])]


def test_a_request_goes_to_whom_the_pointer_names(house: House) -> None:
    """Which has the id in it under which the originator handed the pointer over."""
    house.there.incoming.receive(house.here.outgoing.release(house.add(), "Harbour"))
    (pointed,) = house.there.pointers.all()
    asked = house.there.pointers.ask(pointed.id[:8], f"what you have on {FORD} ({pointed.id})")
    assert (asked.by, asked.to) == ("Harbour", "Observatory")
    _carry(house.there, house.here)
    (request,) = house.here.desk.requests()
    assert (request.id, request.by) == (asked.id, "Harbour")
    (given,) = house.here.disclosures.to(house.there.id)
    assert given.existence
    with pytest.raises(UnknownIdError):
        house.there.pointers.ask("o-0000000000000000", "what you have")


def test_a_relay_tells_only_that_it_exists_where_no_more_may_go_on(house: House) -> None:
    """And whose it is; a partner who knows nobody of those asks whoever pointed."""
    document = house.add()
    house.here.labels.change(document, {"gives": Leave.YES, "onward": Leave.EXISTENCE})
    house.there.incoming.receive(house.here.outgoing.release(document, "Harbour"))
    (line,) = house.there.documents()
    house.beyond.incoming.receive(house.there.outgoing.release(line.id, "Hills"))
    assert _known(house.beyond) == [(FORD, ["Observatory"])]
    assert house.beyond.documents() == ()


def test_a_pointer_ends_with_its_label(house: House) -> None:
    """Narrowed, recalled or expired, its receiver knows of nothing any more."""
    document = house.add()
    until = house.clock.now + timedelta(days=2)
    house.here.labels.change(document, {"expires": until})
    house.there.incoming.receive(house.here.outgoing.release(document, "Harbour"))
    house.here.labels.change(document, {}, no_more=[house.there.id], why="it moved on")
    _carry(house.here, house.there)
    assert _known(house.there) == []
    house.here.labels.change(document, {}, also=[house.there.id])
    house.there.incoming.receive(house.here.outgoing.release(document, "Harbour"))
    assert _known(house.there)
    house.clock.now += timedelta(days=3)
    assert _known(house.there) == []
    assert [each.why for each in house.there.incoming.sweep()] == ["expired"]


def test_who_has_the_item_loses_it_when_only_its_existence_is_given(house: House) -> None:
    """That is narrower than what they hold; widened, they may have it again."""
    document = house.add()
    house.here.labels.change(document, {"gives": Leave.YES})
    house.there.incoming.receive(house.here.outgoing.release(document, "Harbour"))
    assert len(house.there.documents()) == 1
    house.here.labels.change(document, {"gives": Leave.EXISTENCE})
    _carry(house.here, house.there)
    assert house.there.documents() == ()
    house.there.incoming.receive(house.here.outgoing.release(document, "Harbour"))
    assert _known(house.there) == [(FORD, ["Observatory"])]


def test_over_taxii_a_pointer_goes_as_a_pointer(house: House) -> None:
    """The bundle that other programs read says no more than the letter."""
    bundle = house.here.foreign.export(house.add(), "Harbour")
    assert b"ministre" not in bundle
    assert house.there.foreign.receive(bundle, "Observatory").received[0].kind == "pointer"
    assert _known(house.there) == [(FORD, ["Observatory"])]


def test_a_pointer_that_names_nobody_or_tells_too_much_is_refused() -> None:
    """What a partner wrote is checked before it stands anywhere."""
    whom = {"id": "n-harbour", "name": "Harbour"}
    assert pointer_of({"subject": None, "ask": [whom]}) == Pointer(
        None, (Whom(NodeId("n-harbour"), "Harbour"),)
    )
    for body in ({"subject": FORD, "ask": []}, {"subject": "ford " * 200, "ask": [whom]}, {}):
        with pytest.raises(ValueError, match=r"pointer|required"):
            pointer_of(body)


# ------------------------------------------------------------ on a joint node


@pytest.fixture
def joint(house: House) -> tuple[Node, Node]:
    """Give the first node as two people of the second organisation ask it: analyst, officer."""
    accounts = house.here.accounts
    accounts.add("Salma", roles=[AccountRole.ADMINISTRATOR])
    accounts.add("Omar", roles=[AccountRole.ANALYST], organisation="Harbour")
    roles = [AccountRole.ANALYST, AccountRole.RELEASE_OFFICER]
    accounts.add("Nur", roles=roles, organisation="Harbour")
    analyst, officer = (house.here.asked_by(accounts.person(name)) for name in ("Omar", "Nur"))
    return analyst, officer


def test_a_guest_learns_that_it_exists_once_however_many_there_are(
    house: House, joint: tuple[Node, Node]
) -> None:
    """By an id that is of no item, and the same for one item and for two."""
    analyst, _ = joint
    assert analyst.pointers.all() == ()
    house.add()
    before = analyst.pointers.all()
    assert _known(analyst) == [(FORD, ["Observatory"])]
    house.add(TEXTS[1])
    assert analyst.pointers.all() == before
    assert analyst.documents() == ()
    assert house.here.pointers.all() == ()


def test_a_guest_s_request_is_for_the_host(house: House, joint: tuple[Node, Node]) -> None:
    """It takes a release officer, as all that tells another organisation something."""
    analyst, officer = joint
    house.add()
    (pointed,) = officer.pointers.all()
    with pytest.raises(RoleNeededError):
        analyst.pointers.ask(pointed.id, "what you have")
    asked = officer.pointers.ask(pointed.id, "what you have")
    assert (asked.by, asked.to) == ("Harbour", "Observatory")
    assert [each.id for each in house.here.desk.requests()] == [asked.id]


def test_a_guest_acknowledges_caveats_and_then_sees_the_item(
    house: House, joint: tuple[Node, Node]
) -> None:
    """For their organisation alone; what they may not know of is as if it were not there."""
    analyst, _ = joint
    document = house.add()
    house.here.labels.change(
        document, {"gives": Leave.YES, "caveats": frozenset({"not for the press"})}
    )
    (pointed,) = analyst.pointers.all()
    assert pointed.caveats == ("not for the press",)
    for unknown in (document, "d-0000000000000000"):
        with pytest.raises(UnknownIdError):
            analyst.pointers.acknowledge(unknown)
    assert analyst.pointers.acknowledge(pointed.id) == ("not for the press",)
    assert [line.id for line in analyst.documents()] == [document]
    assert analyst.pointers.all() == ()


def test_a_pointer_under_an_id_of_something_else_is_refused() -> None:
    """Nothing that is handed over chooses what it is taken for."""
    assert pointer_id("o-0000000000000000") == "o-0000000000000000"
    with pytest.raises(ValueError, match="no id"):
        pointer_id("d-0000000000000000")
