"""An originator is who signed: what a relay says of somebody is the relay's word until then.

Hills makes items, Harbour passes them on, the Observatory receives; it knows Harbour, and Hills
only where a story says so. Harbour forges with all that a node's own keys and program can do.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from tests.simulators.clock import Clock
from tests.web.support_web import person

from tawatur import sharing
from tawatur.cli.post_rows import came_line
from tawatur.errors import AlteredFileError, NotReleasableError, UnconfirmedPartnerError
from tawatur.model.claim import Verdict
from tawatur.model.entry import Kind
from tawatur.model.ids import DocumentId, EntryId, NodeId
from tawatur.model.label import Label, Leave, Terms
from tawatur.model.reading import Polarity
from tawatur.node import Incoming, Node, PartnerState, bodies
from tawatur.node.sharing.vouching import Vouching
from tawatur.sharing import Voucher

TEXT = "أعلن وزير الدفاع إدوار زومباري أن الجسر سيغلق يوم 4 مارس 2031.\n"
FORGED = "قال مكتب التلال إن الجسر مفتوح.\n"


class Three:
    """The nodes; each knows the next, and Hills and the Observatory are strangers."""

    def __init__(self, folder: Path) -> None:
        """Make them."""
        for name in ("Observatory", "Harbour", "Hills"):
            Node.init(folder / name, name=name).close()
        self.observatory, self.harbour, self.hills = (
            Node.open(folder / name, clock=Clock()) for name in ("Observatory", "Harbour", "Hills")
        )
        meet(self.observatory, self.harbour)
        meet(self.harbour, self.hills)

    @property
    def nodes(self) -> tuple[Node, Node, Node]:
        """The receiver, the relay and the originator."""
        return self.observatory, self.harbour, self.hills

    def refused(self) -> list[str]:
        """Return what the Observatory refused."""
        return [str(each.why) for each in self.observatory.partners.refused()]


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    """Nodes that are verified, and whose pictures are rebuilt alike, when the story ends."""
    made = Three(tmp_path)
    yield made
    for node in made.nodes:
        node.verify()
        held = held_by(node)
        node.rebuild()
        assert held_by(node) == held
        node.close()


def meet(one: Node, other: Node) -> None:
    """Let two nodes know each other."""
    one.partners.add(other.partners.sealed_card())
    other.partners.add(one.partners.sealed_card())


def held_by(node: Node) -> list[tuple[str, tuple[NodeId, ...]]]:
    """Return what a node holds, and in whose name."""
    items: list[str] = [line.id for line in node.documents()]
    items += [each.id for each in node.desk.commitments()]
    return [(each, node.label_of(each).originators) for each in sorted(items)]


def report(node: Node, text: str = TEXT) -> str:
    """Take a report in, which may go on, and return its id."""
    node.add([Incoming("bridge.txt", "the desk", content=text.encode())])
    document = node.documents()[0].id
    node.labels.change(document, {"onward": Leave.YES})
    return document


def passed_on(three: Three, item: str) -> bytes:
    """Return the release by which Harbour passes on what Hills gave it."""
    three.harbour.incoming.receive(three.hills.outgoing.release(item, "Harbour"))
    held = three.harbour.documents()[0].id if item.startswith(("d-", "c-")) else item
    return three.harbour.outgoing.release(held, "Observatory")


def invented(three: Three, *, alone: bool = True, text: str = FORGED) -> bytes:
    """Return a release of a report that Harbour made up and lays to Hills alone, or both."""
    harbour, hills = three.harbour, three.hills
    document = report(harbour, text)
    theirs = Terms(hills.id, onward=Leave.YES, audience=frozenset({harbour.id}))
    mine = [] if alone else list(harbour.label_of(document).terms)
    for entry in harbour.taxii.index().texts.taken_in_by(DocumentId(document)):
        lay_to(harbour, entry, Label.of(theirs, *mine))
    return harbour.outgoing.release(document, "Observatory")


def lay_to(node: Node, entry: EntryId, label: Label) -> None:
    """Put a label on an entry of a node, whatever its program says to that."""
    body = {"targets": [entry], "replaces": list(node.taxii.index().heads.of(entry)), "why": ""}
    node.taxii.append([node.taxii.drafter.entry(Kind.LABEL, body, label=label)])


@contextmanager
def vouched_by(*vouchers: Voucher) -> Iterator[None]:
    """Let nodes hand over these vouchers, whatever their program says to that."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Vouching, "going", lambda *_: vouchers)
        yield


def vouchers_in(file: bytes) -> list[Voucher]:
    """Return what vouches for a release."""
    return list(sharing.vouchers_of(json.loads(file)["vouchers"]))


# ------------------------------------------------------------ what is proven


@pytest.mark.parametrize("what", ["document", "claim", "commitment"])
def test_what_its_originator_signed_is_proven_through_a_relay(three: Three, what: str) -> None:
    """Without asking anybody: Hills' card is enough, and its terms are those it signed."""
    observatory, _, hills = three.nodes
    observatory.partners.add(hills.partners.sealed_card())
    came = observatory.incoming.receive(passed_on(three, made(hills, what)))
    assert came.unproven == ()
    held = came.id if what == "commitment" else observatory.documents()[0].id
    assert held is not None
    assert observatory.label_of(held).originators == (hills.id,)
    assert observatory.incoming.unproven(held) == ()


def test_a_voucher_goes_as_far_as_the_item_goes(three: Three) -> None:
    """From hand to hand: the fourth node knows the first one's card and the third's."""
    observatory, _harbour, hills = three.nodes
    observatory.partners.add(hills.partners.sealed_card())
    observatory.incoming.receive(passed_on(three, report(hills)))
    Node.init(observatory.folder.parent / "Last", name="Last").close()
    last = Node.open(observatory.folder.parent / "Last", clock=Clock())
    meet(last, observatory)
    last.partners.add(hills.partners.sealed_card())
    document = observatory.documents()[0].id
    came = last.incoming.receive(observatory.outgoing.release(document, "Last"))
    assert came.unproven == ()
    assert last.label_of(last.documents()[0].id).originators == (hills.id,)
    last.close()


def test_terms_that_were_widened_since_are_signed_anew(three: Three) -> None:
    """Hills lets it go on later; Harbour has its signature on that, and may."""
    observatory, harbour, hills = three.nodes
    observatory.partners.add(hills.partners.sealed_card())
    document = report(hills)
    hills.labels.change(document, {"onward": Leave.NO})
    harbour.incoming.receive(hills.outgoing.release(document, "Harbour"))
    held = harbour.documents()[0].id
    with pytest.raises(NotReleasableError):
        harbour.outgoing.release(held, "Observatory")
    hills.labels.change(document, {"onward": Leave.YES})
    for letter in hills.outgoing.letters("Harbour"):
        harbour.incoming.receive(letter)
    came = observatory.incoming.receive(harbour.outgoing.release(held, "Observatory"))
    assert came.unproven == ()
    assert observatory.label_of(observatory.documents()[0].id).originators == (hills.id,)


def test_what_the_relay_changed_is_its_own_word(three: Three) -> None:
    """Harbour judged the claim: what goes on is not what Hills signed, and says so."""
    observatory, harbour, hills = three.nodes
    observatory.partners.add(hills.partners.sealed_card())
    harbour.incoming.receive(hills.outgoing.release(made(hills, "claim"), "Harbour"))
    claim = harbour.claims()[0]
    harbour.judge(claim.id, Verdict.CORRECT, polarity=Polarity.DENIED)
    harbour.labels.change(harbour.documents()[0].id, {"onward": Leave.YES})
    for entry in harbour.claims()[0].judgements:
        lay_to(harbour, entry, harbour.label_of(harbour.documents()[0].id))
    came = observatory.incoming.receive(harbour.outgoing.release(claim.id, "Observatory"))
    assert came.unproven == ("Hills",)


def test_an_own_copy_does_not_tell_who_gave_the_same(three: Three) -> None:
    """Harbour took the report in by itself, and has it from Hills too: Hills is not named."""
    _, harbour, hills = three.nodes
    own, given = report(harbour), report(hills)
    harbour.incoming.receive(hills.outgoing.release(given, "Harbour"))
    file = harbour.outgoing.release(own, "Observatory")
    assert [each.originator for each in vouchers_in(file)] == [harbour.id]
    assert hills.id.encode() not in file


# ------------------------------------------------------------ what is not


@pytest.mark.parametrize("alone", [True, False])
def test_what_a_relay_lays_to_a_stranger_is_the_relays_word(three: Three, alone: bool) -> None:
    """Of whom this node holds nothing: held as Harbour's, and shown as not proven."""
    observatory, harbour, hills = three.nodes
    came = observatory.incoming.receive(invented(three, alone=alone))
    (line,) = observatory.documents()
    assert came.unproven == (hills.id,)
    assert observatory.incoming.unproven(line.id) == (("Harbour", hills.id),)
    assert observatory.label_of(line.id).originators == (harbour.id,)
    own = observatory.desk.commit(by="Harbour", what="send boats").id
    among = observatory.incoming.unproven_among([line.id, own, "d-none"])
    assert among == {line.id: (("Harbour", hills.id),)}


def test_a_card_that_was_confirmed_wrongly_proves_nothing_any_more(three: Three) -> None:
    """What it vouched for stays, as the relay's word; confirmed again it is proven again."""
    observatory, harbour, hills = three.nodes
    observatory.partners.add(hills.partners.sealed_card())
    observatory.incoming.receive(passed_on(three, report(hills)))
    document = observatory.documents()[0].id
    assert observatory.incoming.unproven_among([document]) == {}
    observatory.partners.put("Hills", PartnerState.INVITED, "it was not their voice")
    assert observatory.incoming.unproven_among([document]) == {document: (("Harbour", hills.id),)}
    assert observatory.label_of(document).originators == (harbour.id,)
    with pytest.raises(UnconfirmedPartnerError):
        observatory.outgoing.propose(document, "Hills")
    observatory.partners.confirm("Hills", observatory.partners.fingerprint(hills.card))
    assert observatory.incoming.unproven_among([document]) == {}
    assert observatory.label_of(document).originators == (hills.id,)


def test_so_is_what_it_lays_to_a_partner_of_this_node(three: Three) -> None:
    """Hills' card is known, and nothing of Hills' is signed."""
    observatory, harbour, hills = three.nodes
    meet(observatory, hills)
    came = observatory.incoming.receive(invented(three))
    (line,) = observatory.documents()
    assert came.unproven == ("Hills",)
    assert observatory.label_of(line.id).originators == (harbour.id,)


def test_the_relay_narrows_in_its_own_name_alone(three: Three) -> None:
    """Its notice changes what it said itself; what Hills gave this node stays as Hills said."""
    observatory, harbour, hills = three.nodes
    meet(observatory, hills)
    own = report(hills)
    observatory.incoming.receive(hills.outgoing.release(own, "Observatory"))
    observatory.incoming.receive(passed_on(three, own))
    (document,) = (line.id for line in observatory.documents())
    held = harbour.documents()[0].id
    before = observatory.document(document).acquisitions[0].label
    harbour.outgoing.recall(held, "Hills takes it back", from_=observatory.id)
    for letter in harbour.outgoing.letters("Observatory"):
        observatory.incoming.receive(letter)
    (left,) = observatory.document(document).acquisitions
    assert left.label == before
    assert left.label.originators == (hills.id,)


def test_a_voucher_for_something_else_is_refused(three: Three) -> None:
    """Harbour has a signature of Hills', and puts it beside what it made up."""
    observatory, _harbour, hills = three.nodes
    observatory.partners.add(hills.partners.sealed_card())
    file = hills.outgoing.release(report(hills), "Harbour")
    with vouched_by(*vouchers_in(file)):
        forged = invented(three)
    with pytest.raises(AlteredFileError, match="it is not what Hills signed"):
        observatory.incoming.receive(forged)
    assert observatory.documents() == ()
    assert three.refused() == ["it is not what Hills signed"]


def test_a_forged_voucher_is_refused(three: Three) -> None:
    """Signed by Harbour's key, in Hills' name; Hills' card is known."""
    observatory, _harbour, hills = three.nodes
    observatory.partners.add(hills.partners.sealed_card())
    with pytest.raises(AlteredFileError, match="the signature of Hills"):
        observatory.incoming.receive(forged_for(three))
    assert observatory.documents() == ()
    (receipt,) = harbour_receipts(three)
    assert receipt is sharing.ReceiptStatus.REFUSED


def test_an_item_of_this_nodes_own_is_not_made_up_by_others(three: Three) -> None:
    """A step in the Observatory's name that it never took."""
    observatory, harbour, _ = three.nodes
    item = harbour.desk.commit(by="Observatory", what="send lorries").id
    (step,) = harbour.taxii.index().books.steps(item)
    theirs = Terms(observatory.id, onward=Leave.YES, audience=frozenset({harbour.id}))
    body = bodies.step_body(replace(step, by=observatory.id))
    entry = harbour.taxii.drafter.entry(Kind.COMMITMENT, body, label=Label.of(theirs))
    harbour.taxii.append([entry])
    with pytest.raises(AlteredFileError, match="none that this node took"):
        observatory.incoming.receive(harbour.outgoing.release(item, "Observatory"))
    assert observatory.desk.commitments() == ()


# ------------------------------------------------------------ when the card comes


def test_what_was_not_proven_is_once_the_card_is_there(three: Three) -> None:
    """Hills signed it: from then on it is Hills' word, under Hills' terms."""
    observatory, harbour, hills = three.nodes
    came = observatory.incoming.receive(passed_on(three, report(hills)))
    (document,) = (line.id for line in observatory.documents())
    assert came.unproven == (hills.id,)
    assert observatory.label_of(document).originators == (harbour.id,)
    observatory.partners.add(hills.partners.sealed_card())
    assert observatory.label_of(document).originators == (hills.id,)
    assert observatory.incoming.unproven(document) == ()


def test_what_was_forged_goes_once_the_card_is_there(three: Three) -> None:
    """Erased, refused with the reason, and its sender is told."""
    observatory, _harbour, hills = three.nodes
    observatory.incoming.receive(forged_for(three))
    assert len(observatory.documents()) == 1
    observatory.partners.add(hills.partners.sealed_card())
    assert observatory.documents() == ()
    assert three.refused() == ["the signature of Hills that came with it is forged"]
    assert harbour_receipts(three)[-1] is sharing.ReceiptStatus.ERASED


def test_what_was_widened_goes_once_the_card_is_there(three: Three) -> None:
    """Hills signed that nobody passes it on."""
    observatory, harbour, hills = three.nodes
    document = report(hills)
    hills.labels.change(document, {"onward": Leave.NO})
    harbour.incoming.receive(hills.outgoing.release(document, "Harbour"))
    held = harbour.documents()[0].id
    wider = Label.of(*(replace(t, onward=Leave.YES) for t in harbour.label_of(held).terms))
    for entry in harbour.taxii.index().texts.taken_in_by(held):
        lay_to(harbour, entry, wider)
    observatory.incoming.receive(harbour.outgoing.release(held, "Observatory"))
    assert len(observatory.documents()) == 1
    observatory.partners.add(hills.partners.sealed_card())
    assert observatory.documents() == ()
    assert "does not allow it to be passed on" in three.refused()[0]


def test_what_is_said_of_an_originator_makes_way_for_its_own_word(three: Three) -> None:
    """Harbour made up other words under the ids of Hills' steps, and was there first."""
    observatory, harbour, hills = three.nodes
    item = made(hills, "commitment")
    harbour.incoming.receive(hills.outgoing.release(item, "Harbour"))
    (step,) = harbour.taxii.index().books.steps(item)
    other = replace(step, item=replace(step.item, what="send a thousand men"))
    label = harbour.label_of(item)
    entry = harbour.taxii.drafter.entry(Kind.COMMITMENT, bodies.step_body(other), label=label)
    harbour.taxii.append([entry])
    came = observatory.incoming.receive(harbour.outgoing.release(item, "Observatory"))
    assert came.unproven == (hills.id,)
    meet(observatory, hills)
    observatory.incoming.receive(hills.outgoing.release(item, "Observatory"))
    assert [each.what for each in observatory.desk.commitments()] == ["send boats"]
    assert observatory.incoming.unproven(item) == ()


# ------------------------------------------------------------ by other doors


def test_as_stix_it_is_the_same(three: Three) -> None:
    """The letter stands whole in the bundle: proven with the card, and else Harbour's word."""
    observatory, harbour, hills = three.nodes
    harbour.incoming.receive(hills.outgoing.release(report(hills), "Harbour"))
    bundle = harbour.foreign.export(harbour.documents()[0].id, "Observatory")
    (came,) = observatory.foreign.receive(bundle, "Harbour").received
    assert came.unproven == (hills.id,)
    observatory.partners.add(hills.partners.sealed_card())
    assert observatory.label_of(observatory.documents()[0].id).originators == (hills.id,)


def test_in_a_bundle_it_is_the_same(three: Three) -> None:
    """What Harbour lays to Hills in a bundle for a memory stick is Harbour's word."""
    observatory, harbour, hills = three.nodes
    invented(three)
    harbour.outgoing.propose(harbour.documents()[0].id, "Observatory")
    bundle = harbour.bundles.write("Observatory")
    assert bundle is not None
    came = [each for each in observatory.bundles.receive(bundle.file).came if each.id]  # type: ignore[union-attr]  # none is refused
    assert [each.unproven for each in came] == [(hills.id,)]  # type: ignore[union-attr]  # likewise


def test_it_adds_no_root(three: Three) -> None:
    """Who speaks is read in the text; that it is laid to Hills makes no second witness of it."""
    observatory, _, _ = three.nodes
    report(observatory)
    before = [each.roots for each in observatory.events()]
    observatory.incoming.receive(invented(three, text=TEXT))
    assert [each.roots for each in observatory.events()] == before


# ------------------------------------------------------------ how it is shown


@pytest.mark.parametrize(
    ("language", "words"), [("ar", "غير مثبت"), ("fr", "Non prouvé"), ("en", "Not proven")]
)
@pytest.mark.parametrize("what", ["document", "commitment"])
def test_the_page_says_that_it_is_not_proven(
    three: Three, what: str, language: str, words: str
) -> None:
    """With who says so, and whose it is to be; not any more once it is proven."""
    observatory, _, hills = three.nodes
    came = observatory.incoming.receive(passed_on(three, made(hills, what)))
    visitor = person(observatory)
    page = f"/{'documents' if what == 'document' else 'commitments'}/{came.id}"
    shown = visitor.get(page, language).text
    assert words in shown
    assert hills.id in shown
    observatory.partners.add(hills.partners.sealed_card())
    assert words not in visitor.get(page, language).text


def test_the_command_line_says_so_too(three: Three) -> None:
    """When it comes, and with its label and its steps."""
    item = made(three.hills, "commitment")
    came = three.observatory.incoming.receive(passed_on(three, item))
    said = f"Harbour says that it is from {three.hills.id}, which is not proven"
    assert said in came_line(came)
    told = {**os.environ, "TAWATUR_LANG": "en", "TAWATUR_NODE": str(three.observatory.folder)}
    for words in (["label", item], ["commitment", "show", item]):
        command = [sys.executable, "-m", "tawatur", *words]
        done = subprocess.run(command, env=told, capture_output=True, text=True, check=True)
        assert said in done.stdout + done.stderr, words


# ------------------------------------------------------------ within


def made(node: Node, what: str) -> str:
    """Return the id of something that a node made, and that may go on."""
    if what == "commitment":
        item = node.desk.commit(by="Hills", what="send boats").id
        node.labels.change(item, {"onward": Leave.YES})
        return item
    document = report(node)
    return node.claims()[0].id if what == "claim" else document


def forged_for(three: Three) -> bytes:
    """Return what Harbour made up, vouched for in Hills' name by Harbour's key."""
    harbour, hills = three.harbour, three.hills
    document = report(harbour, FORGED)
    theirs = Terms(hills.id, onward=Leave.YES, audience=frozenset({harbour.id}))
    for entry in harbour.taxii.index().texts.taken_in_by(DocumentId(document)):
        lay_to(harbour, entry, Label.of(theirs))
    item, label = harbour.outgoing.items.of(document)
    salt = bytes(32)
    leaf = sharing.vouched(item.kind, item.body, hills.id, salt).hex()
    now = harbour.taxii.drafter.now()
    bare = Voucher(hills.id, now, leaf, label, salt.hex())
    with vouched_by(sharing.signed_voucher(bare, harbour.wire.key)):
        return harbour.outgoing.release(document, "Observatory")


def harbour_receipts(three: Three) -> list[sharing.ReceiptStatus]:
    """Return what the Observatory answered."""
    post = three.observatory.taxii.index().post
    return [sharing.ReceiptStatus(each.body["status"]) for each in post.of(Kind.RECEIPT)]
