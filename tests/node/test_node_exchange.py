"""Items between two nodes: what travels, under whose word, what stays behind, how it ends."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.simulators.clock import START, Clock

from tawatur import sharing
from tawatur.errors import (
    AlteredFileError,
    NotForUsError,
    NotReleasableError,
    SharingError,
    UnknownIdError,
    UnknownSenderError,
    UsageError,
)
from tawatur.model.claim import Claim, Status, Verdict
from tawatur.model.desk import Commitment, CommitmentStatus
from tawatur.model.entry import Kind
from tawatur.model.ids import DeskId
from tawatur.model.label import Label, Terms, Viewer
from tawatur.model.reading import Polarity, SourceKind
from tawatur.node import Incoming, Node
from tawatur.node.folder import Folder
from tawatur.node.sharing.exchange import Items
from tawatur.reading import read
from tawatur.settings import load

ELSEWHERE = "زعفرانستان"
ORIGIN = "mail-of-the-duty-officer"
NAME = "liaison-notes.txt"
ANONYMOUS = "مصدر أمني مطلع"
TEXT = (
    f"وصل مبعوث {ELSEWHERE} إلى العاصمة أمس الثلاثاء.\n\n"
    f"وقال {ANONYMOUS} إن الهجوم على ثكنة أنزيفات أسفر عن مقتل 12 جنديا.\n\n"
    "وأعلن وزير الدفاع إدوار زومباري أن بلاده سترسل 350 جنديا إلى الحدود.\n"
)


@dataclass
class House:
    """Three nodes, on one clock: two that are partners, and a third."""

    folder: Path
    clock: Clock = field(default_factory=Clock)
    nodes: dict[str, Node] = field(default_factory=dict)

    def node(self, name: str) -> Node:
        """Return the node of that name, made when first asked for."""
        if name not in self.nodes:
            path = self.folder / name
            Node.init(path, name=name).close()
            self.nodes[name] = Node(Folder(path), load(path), clock=self.clock)
        return self.nodes[name]

    def partners(self, one: str, other: str) -> tuple[Node, Node]:
        """Return two nodes that hold each other's cards."""
        pair = self.node(one), self.node(other)
        pair[0].partners.add(pair[1].partners.sealed_card())
        pair[1].partners.add(pair[0].partners.sealed_card())
        return pair


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Nodes that are closed and verified when the story ends."""
    made = House(tmp_path)
    yield made
    for node in made.nodes.values():
        node.verify()
        node.close()


@pytest.fixture
def pair(house: House) -> tuple[Node, Node]:
    """An observatory and its neighbour."""
    return house.partners("Observatory", "Neighbour")


def _add(node: Node, text: str = TEXT, name: str = NAME) -> str:
    node.add([Incoming(name, ORIGIN, content=text.encode())])
    return next(line.id for line in node.documents() if line.name == name)


def _claim(node: Node, words: str) -> Claim:
    return next(c for c in node.claims() if words in c.quote)


def _bodies(file: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file)["release"]
    return found


def _said(claims: tuple[Claim, ...]) -> list[tuple[object, ...]]:
    return [(c.quote, c.content.chain, c.content.polarity, c.content.when) for c in claims]


# ------------------------------------------------------------ what travels


def test_a_document_arrives_with_its_text_and_claims(pair: tuple[Node, Node]) -> None:
    """The receiver reads what the sender read, knows the sender, and not where it had it from."""
    here, there = pair
    document = _add(here)
    received = there.incoming.receive(here.outgoing.release(document, there.id))
    assert (received.kind, received.sender, received.already) == ("document", "Observatory", False)
    assert received.id is not None
    mine, theirs = here.document(document), there.document(received.id)
    assert theirs.extraction == mine.extraction
    assert _said(theirs.claims) == _said(mine.claims)
    (acquisition,) = theirs.acquisitions
    assert here.id in acquisition.origin
    assert acquisition.label == Label.by(here.id).given_to(there.id)
    assert theirs.line.id != mine.line.id  # keyed by another key


def test_a_document_travels_without_the_place_it_came_from(pair: tuple[Node, Node]) -> None:
    """Neither origin, nor who took it in, nor ids of this node's entries are in the file."""
    here, there = pair
    document = _add(here)
    file = here.outgoing.release(document, there.id).decode()
    view = here.document(document)
    for kept in (ORIGIN, view.acquisitions[0].by, view.line.id, view.rendition, "operator"):
        assert kept not in file
    assert str(here.folder) not in file


def test_judgements_travel_without_who_made_them_and_why(pair: tuple[Node, Node]) -> None:
    """Accepted, corrected and rejected arrive as such, on the fields that were judged."""
    here, there = pair
    document = _add(here)
    first, second = here.claims()[:2]
    here.judge(first.id, Verdict.CORRECT, polarity=Polarity.DENIED, why="Captain Sabri says so")
    here.judge(second.id, Verdict.REJECT, why="a caption, says Captain Sabri")
    file = here.outgoing.release(document, there.id)
    assert b"Sabri" not in file
    received = there.incoming.receive(file)
    arrived = {c.quote: c for c in there.claims(document=received.id)}
    assert arrived[first.quote].status is Status.CORRECTED
    assert arrived[first.quote].content.polarity is Polarity.DENIED
    assert arrived[second.quote].status is Status.REJECTED
    for claim in arrived.values():
        for entry in claim.judgements:
            payload = there.ledger.entry(entry).payload
            assert payload is not None
            assert payload.body["by"] == here.id


def test_a_correction_still_leaves_the_other_fields_to_later_readings(
    pair: tuple[Node, Node],
) -> None:
    """At the receiver as at the sender: only what was judged is fixed."""
    here, there = pair
    document = _add(here)
    claim = here.claims()[0]
    here.judge(claim.id, Verdict.CORRECT, polarity=Polarity.DENIED)
    received = there.incoming.receive(here.outgoing.release(document, there.id))
    (judged,) = (c for c in there.claims(document=received.id) if c.judgements)
    payload = there.ledger.entry(judged.judgements[0]).payload
    assert payload is not None
    assert payload.body["judged"] == ["polarity"]


def test_a_claim_travels_without_the_document_around_it(pair: tuple[Node, Node]) -> None:
    """No word of the rest, no path, no origin, no actor; the anonymous source is coarsened."""
    here, there = pair
    document = _add(here)
    claim = _claim(here, "12")
    assert claim.root.kind is SourceKind.ANONYMOUS
    file = here.outgoing.release(claim.id, there.id)
    view = here.document(document)
    general = str(_bodies(file)["item"]["body"]["content"]["chain"][-1]["source_text"])
    told = json.dumps(_bodies(file), ensure_ascii=False).replace(general, "")
    told = re.sub(r"[A-Za-z0-9+/=]{40,}", "", told)  # signatures and digests spell anything
    outside = TEXT[: claim.span.start] + "\n" + TEXT[claim.span.end :]
    for word in {ELSEWHERE, ANONYMOUS, *outside.split()} - set(claim.quote.split()):
        assert len(word) < 3 or word not in told
    for kept in (NAME, ORIGIN, "operator", view.acquisitions[0].by, document, claim.id):
        assert kept not in told
    assert str(here.folder) not in told
    received = there.incoming.receive(file)
    (arrived,) = there.claims()
    assert (received.kind, arrived.quote) == ("claim", claim.quote)
    assert there.document(arrived.document).extraction.text == claim.quote
    assert arrived.root.kind is SourceKind.ANONYMOUS
    assert arrived.root.source_text != ANONYMOUS
    assert not there.search(ELSEWHERE)


def test_a_claim_keeps_its_named_source_figures_and_date(pair: tuple[Node, Node]) -> None:
    """What was said openly arrives in full."""
    here, there = pair
    _add(here)
    claim = _claim(here, "350")
    there.incoming.receive(here.outgoing.release(claim.id, there.id))
    (arrived,) = there.claims()
    assert arrived.root.source_text == claim.root.source_text
    assert [q.value for q in arrived.content.quantities] == [
        q.value for q in claim.content.quantities
    ]
    assert (arrived.content.modality, arrived.content.event_type, arrived.content.when) == (
        claim.content.modality,
        claim.content.event_type,
        claim.content.when,
    )


def test_a_rejected_claim_does_not_go_out_as_a_claim(pair: tuple[Node, Node]) -> None:
    """A claim alone has no judgement with it; the neighbour would take it for good."""
    here, there = pair
    _add(here)
    claim = here.claims()[0]
    here.judge(claim.id, Verdict.REJECT)
    with pytest.raises(NotReleasableError, match="rejected"):
        here.outgoing.release(claim.id, there.id)


def test_a_claim_rejected_while_it_waits_holds_nothing_else_up(pair: tuple[Node, Node]) -> None:
    """It stays and says why; whatever else waits for the partner goes."""
    here, there = pair
    claim, other = here.claims(document=_add(here))[:2]
    for each in (claim, other):
        here.outgoing.propose(each.id, there.id)
    here.judge(claim.id, Verdict.REJECT)
    said = {each.piece.item: (each.may, each.why.template) for each in here.outgoing.waiting()}
    assert said[other.id][0]
    assert said[claim.id] == (False, "{0} was rejected here; it is nobody's claim any more")
    for letter in here.outgoing.letters(there.id):
        there.incoming.receive(letter)
    assert [each.quote for each in there.claims()] == [other.quote]


def test_desk_items_travel_without_claims_the_receiver_does_not_hold(
    pair: tuple[Node, Node],
) -> None:
    """A commitment and a request arrive with their dates, as the same items on both nodes."""
    here, there = pair
    _add(here)
    claim = here.claims()[0].id
    promised = here.desk.commit(
        by="بانزورا", what="كتيبة", to="نومارة", due="2031-06", claims=[claim]
    )
    asked = here.desk.ask(by="نومارة", to="دلماسة", what="jammers", since="2030", claims=[claim])
    for item in (promised, asked):
        file = here.outgoing.release(item.id, there.id)
        assert claim.encode() not in file
        assert there.incoming.receive(file).id == item.id
    (commitment,), (request,) = there.desk.commitments(), there.desk.requests()
    assert replace(promised, claims=()) == commitment
    assert replace(asked, claims=()) == request


def test_an_item_taken_in_twice_is_there_once(pair: tuple[Node, Node]) -> None:
    """The same file again is held already; the same item released again is another receipt."""
    here, there = pair
    file = here.outgoing.release(here.desk.commit(by="A", what="b").id, there.id)
    assert not there.incoming.receive(file).already
    again = there.incoming.receive(file)
    assert (again.already, again.id) == (True, None)
    assert len(there.desk.commitments()) == 1


# ------------------------------------------------------------ under whose word


def test_received_items_carry_the_senders_label_and_cannot_go_on(house: House) -> None:
    """Document, claim, commitment and request alike, and under any door to them."""
    here, there = house.partners("Observatory", "Neighbour")
    _, third = house.partners("Neighbour", "Third")
    document = _add(here)
    items = [document, _claim(here, "350").id]
    items += [here.desk.commit(by="A", what="b").id, here.desk.ask(by="A", to="B", what="c").id]
    for item in items:
        there.incoming.receive(here.outgoing.release(item, there.id))
    held: list[str] = [line.id for line in there.documents()]
    held += [c.id for c in there.claims()]
    held += [c.id for c in there.desk.commitments()] + [r.id for r in there.desk.requests()]
    assert len(held) > len(items)
    for item in held:
        if not item.startswith("c-"):
            assert there.label_of(item).originators == (here.id,)
        with pytest.raises(NotReleasableError, match="may not be released"):
            there.outgoing.release(item, third.id)
    assert there.documents(viewer=Viewer(third.id)) == ()
    assert len(there.documents(viewer=Viewer(here.id))) == 2


def test_what_was_received_and_then_changed_still_cannot_go_on(house: House) -> None:
    """Marking a partner's commitment as kept does not make it one's own."""
    here, there = house.partners("Observatory", "Neighbour")
    _, third = house.partners("Neighbour", "Third")
    there.incoming.receive(here.outgoing.release(here.desk.commit(by="A", what="b").id, there.id))
    (item,) = there.desk.commitments()
    there.desk.change_commitment(item.id, CommitmentStatus.KEPT, why="seen at the border")
    with pytest.raises(NotReleasableError):
        there.outgoing.release(item.id, third.id)


def test_a_partners_judgement_does_not_go_on_with_ones_own_copy(house: House) -> None:
    """Rights attach to each taking-in, and to each judgement: one's own document goes, alone."""
    here, there = house.partners("Observatory", "Neighbour")
    _, third = house.partners("Neighbour", "Third")
    document, own = _add(here), _add(there)
    claim = here.claims()[0]
    here.judge(claim.id, Verdict.CORRECT, polarity=Polarity.DENIED)
    there.incoming.receive(here.outgoing.release(document, there.id))
    (judged,) = (c for c in there.claims(document=own) if c.judgements)
    received = third.incoming.receive(there.outgoing.release(own, third.id))
    assert not any(c.judgements for c in third.claims(document=received.id))
    with pytest.raises(NotReleasableError):
        there.outgoing.release(judged.id, third.id)


def test_a_brief_of_a_received_item_binds_who_composes_it(pair: tuple[Node, Node]) -> None:
    """Its label lets nobody pass it on."""
    from tawatur.model.label import may_release

    here, there = pair
    there.incoming.receive(here.outgoing.release(_add(here), there.id))
    brief = there.brief()
    assert not may_release(there.id, brief.label, START).allowed


def test_an_item_for_another_node_or_from_a_stranger_is_refused(house: House) -> None:
    """Nothing of it is taken in."""
    here, there = house.partners("Observatory", "Neighbour")
    third = house.node("Third")
    file = here.outgoing.release(_add(here), there.id)
    with pytest.raises(UnknownSenderError):
        third.incoming.receive(file)
    third.partners.add(here.partners.sealed_card())
    with pytest.raises(NotForUsError):
        third.incoming.receive(file)
    assert third.documents() == ()


def test_releasing_to_nobody_or_of_nothing_is_refused(pair: tuple[Node, Node]) -> None:
    """An unknown partner, an unknown item, and what does not travel; nothing is logged."""
    here, there = pair
    document = _add(here)
    size = here.ledger.size
    with pytest.raises(UnknownIdError, match="partner"):
        here.outgoing.release(document, "Nobody")
    for item in ("d-0000000000000000", "c-0000000000000000", "k-0000000000000000"):
        with pytest.raises(UnknownIdError):
            here.outgoing.release(item, there.id)
    with pytest.raises(UsageError):
        here.outgoing.release("e-0000000000000000", there.id)
    assert here.ledger.size == size
    assert here.ledger.release_size(there.id) == 0


def test_a_partner_whose_key_changed_is_refused(house: House, tmp_path: Path) -> None:
    """A new card under an old id, and a file signed by another key, do not pass."""
    here, there = house.partners("Observatory", "Neighbour")
    impostor = Node.init(tmp_path / "impostor", name="Observatory")
    posing = sharing.Card(here.id, "Observatory", impostor.card.key)
    key = impostor.partners.key
    with pytest.raises(SharingError, match="another key"):
        there.partners.add(sharing.sealed_card(posing, key))
    assert there.partners.all()[here.id] == here.card
    file = json.loads(here.outgoing.release(here.desk.commit(by="A", what="b").id, there.id))
    del file["signature"]
    from tawatur.sharing.cards import sealed

    with pytest.raises(AlteredFileError):
        there.incoming.receive(sealed(file, key))
    with pytest.raises(AlteredFileError):
        there.partners.add(sharing.sealed_card(posing, here.partners.key))
    with pytest.raises(UsageError, match="very node"):
        here.partners.add(here.partners.sealed_card())
    impostor.close()


# ------------------------------------------------------------ the two kinds of log


def test_the_release_log_of_one_audience_shows_nothing_of_another(house: House) -> None:
    """Each has its own count from nought, and proofs of one do not hold in the other."""
    here, there = house.partners("Observatory", "Neighbour")
    _, third = house.partners("Observatory", "Third")
    item = here.desk.commit(by="A", what="b").id
    files = [here.outgoing.release(item, there.id) for _ in range(3)]
    to_third = here.outgoing.release(item, third.id)
    assert (here.ledger.release_size(there.id), here.ledger.release_size(third.id)) == (3, 1)
    log = json.loads(to_third)["log"]
    assert log["index"] == 0
    assert log["checkpoint"].split("\n")[1] == "1"
    assert there.id not in to_third.decode()
    assert [json.loads(file)["log"]["index"] for file in files] == [0, 1, 2]
    assert all(third.id not in file.decode() for file in files)
    sent = {_bodies(file)["item"]["id"] for file in [*files, to_third]}
    assert len(sent) == 4  # nobody can tell from ids that it is the same item
    for file in files:
        there.incoming.receive(file)
    third.incoming.receive(to_third)
    swapped = json.loads(files[0])
    swapped["log"] = log
    del swapped["signature"]
    from tawatur.sharing.cards import sealed

    with pytest.raises(SharingError):
        there.incoming.receive(sealed(swapped, here.partners.key))
    assert dict(here.verify().releases) == {there.id: 3, third.id: 1}


# ------------------------------------------------------------ how it ends


def _with_expiry(node: Node, expires: datetime) -> tuple[str, str]:
    """Take in a document and a commitment that are given until ``expires``.

    There is no door yet by which a person sets an expiry; the entries are made here.
    """
    from tawatur.intake import extract

    content = TEXT.encode()
    extraction = extract(NAME, content)
    drafter = node._drafter
    document = drafter.document_id(content)
    label = Label.of(Terms(node.id, expires=expires))
    taking = drafter.acquisition(Incoming(NAME, ORIGIN), content, label=label)
    promise = Commitment(DeskId(drafter.random_id("k")), "A", "b")
    rendition, text = drafter.rendition(document, extraction, label=label)
    words = drafter.reading(rendition, read(extraction), label=label)
    node._append([taking, text, words])
    return document, node.desk.first(promise, label).id


def test_a_received_item_leaves_every_listing_when_it_expires(house: House) -> None:
    """Documents, claims, events, search, the desk and counts; its originator still has it."""
    here, there = house.partners("Observatory", "Neighbour")
    document, item = _with_expiry(here, START + timedelta(days=30))
    there.incoming.receive(here.outgoing.release(document, there.id))
    there.incoming.receive(here.outgoing.release(item, there.id))
    assert there.documents()
    assert there.claims()
    assert there.desk.commitments()
    late = here.outgoing.release(item, there.id)
    house.clock.now = START + timedelta(days=30)
    listed: list[Callable[[], object]] = [
        there.documents,
        there.claims,
        there.events,
        there.conflicts,
        there.entities,
        there.desk.commitments,
        lambda: there.search("الهجوم"),
    ]
    assert [listing() for listing in listed] == [()] * len(listed)
    assert (there.overview().documents, there.overview().claims) == (0, 0)
    with pytest.raises(NotForUsError, match="expired"):
        there.incoming.receive(late)
    assert here.documents()
    assert here.desk.commitments()


def test_a_received_document_can_be_erased(pair: tuple[Node, Node]) -> None:
    """Its words are then in no file of the receiver, and both nodes verify."""
    here, there = pair
    document = _add(here)
    here.judge(here.claims()[0].id, Verdict.ACCEPT)
    received = there.incoming.receive(here.outgoing.release(document, there.id))
    assert received.id is not None
    there.erase(received.id, why="recalled by its originator")
    assert there.documents() == ()
    assert there.claims() == ()
    forms = [
        ELSEWHERE.encode(),
        ELSEWHERE.encode("utf-16-le"),
        json.dumps(ELSEWHERE)[1:-1].encode(),
    ]
    for path in there.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(form in content for form in forms), path.name
    assert {e.reason for e in there.verify().erased} == {"recalled by its originator"}
    assert here.documents()


# ------------------------------------------------------------ what a partner may get wrong


def _resigned(
    here: Node, there: Node, file: bytes, change: Callable[[dict[str, Any]], None]
) -> bytes:
    """Return a release whose body was changed before it was logged and signed."""
    body = json.loads(json.dumps(_bodies(file)["item"]["body"]))
    change(body)
    kind = _bodies(file)["item"]["kind"]

    class Faulty(Items):
        """What a node holds that hands over something else."""

        def of(self, given: str) -> tuple[sharing.Item, Label]:
            return sharing.Item("o-0000000000000001", kind, body), Label.by(here.id)

    held = here.outgoing.items
    items = Faulty(held.drafter, held.ledger, held.sight, held.index)
    some = here.desk.commit(by="A", what="b").id
    return replace(here.outgoing, items=items).release(some, there.id)


def _set(*path: Any, to: Any) -> Callable[[dict[str, Any]], None]:
    def change(body: dict[str, Any]) -> None:
        within: Any = body
        for key in path[:-1]:
            within = within[key]
        within[path[-1]] = to

    return change


DOCUMENT_FAULTS: Mapping[str, Callable[[dict[str, Any]], None]] = {
    "a publication that is no date": _set("reading", "published", "value", to="yesterday"),
    "bounds that are no date": _set("reading", "published", "bounds", to="2031-99"),
    "a stated date that is none": _set(
        "extraction", "published", to={"value": "soon", "found_in": "meta", "span": None}
    ),
    "a title outside": _set("extraction", "title", to={"start": 0, "end": 10**6}),
    "an aside outside": _set(
        "extraction", "asides", to=[{"span": {"start": 0, "end": 10**6}, "kind": "menu"}]
    ),
    "a marking outside": _set(
        "extraction",
        "markings",
        to=[{"value": "SECRET", "found_in": "line", "span": {"start": 0, "end": 10**6}}],
    ),
    "a paragraph outside": _set("extraction", "paragraphs", to=[{"number": 1, "start": -4}]),
    "a claim outside": _set("reading", "claims", 0, "span", to={"start": 0, "end": 10**6}),
    "a span that is none": _set("reading", "claims", 0, "span", to={"start": 4, "end": 4}),
    "an empty chain": _set("reading", "claims", 0, "chain", to=[]),
    "a judgement outside": _set("judgements", 0, "span", to={"start": 0, "end": 10**6}),
    "a judgement on nobody's word": _set("judgements", 0, "content", "chain", to=[]),
    "a judgement on no field": _set("judgements", 0, "judged", to=["rank"]),
    "a verdict that is none": _set("judgements", 0, "verdict", to="perhaps"),
    "judgements of another kind": _set("judgements", to={"a": 1}),
    "bytes that are none": _set("bytes", to="no base64!"),
    "no text": _set("extraction", to=None),
    "nothing": dict[str, Any].clear,
}


@pytest.mark.parametrize("fault", DOCUMENT_FAULTS)
def test_a_faulty_document_is_refused_whole(pair: tuple[Node, Node], fault: str) -> None:
    """Well signed and logged, yet it would stand in the ledger for good: none of it does."""
    here, there = pair
    document = _add(here)
    here.judge(here.claims()[0].id, Verdict.ACCEPT)
    file = _resigned(here, there, here.outgoing.release(document, there.id), DOCUMENT_FAULTS[fault])
    there.documents()
    size = there.ledger.size
    with pytest.raises(AlteredFileError) as refusal:
        there.incoming.receive(file)
    assert len(str(refusal.value).splitlines()) == 1
    made = [entry.header.kind for entry in there.ledger.entries(size)]
    assert made == [Kind.RECEIPT, Kind.REFUSAL]


def test_a_reading_with_one_claim_twice_is_taken_as_one(pair: tuple[Node, Node]) -> None:
    """Doubled proposals do not stop the receiver's index."""
    here, there = pair
    document = _add(here)

    def twice(body: dict[str, Any]) -> None:
        claims = body["reading"]["claims"]
        claims += [{**claims[0], "id": "c99"}]

    there.incoming.receive(_resigned(here, there, here.outgoing.release(document, there.id), twice))
    assert len(there.claims()) == len(here.claims())


OTHER_FAULTS: Mapping[str, tuple[str, Callable[[dict[str, Any]], None]]] = {
    "an empty quotation": ("claim", _set("quote", to="")),
    "a claim of nobody": ("claim", _set("content", "chain", to=[])),
    "a publication that is no date": ("claim", _set("published", to="soon")),
    "a figure outside": (
        "claim",
        _set("content", "quantities", to=[{"span": {"start": 0, "end": 10**6}, "value": 1.0}]),
    ),
    "a due date that is none": ("commitment", _set("due", to="soon")),
    "a status that is none": ("commitment", _set("status", to="perhaps")),
    "a since that is none": ("request", _set("since", to="once")),
    "a need that is no date": ("request", _set("needed_by", to="2031-02-30")),
}


@pytest.mark.parametrize("fault", OTHER_FAULTS)
def test_a_faulty_claim_or_desk_item_is_refused_whole(pair: tuple[Node, Node], fault: str) -> None:
    """One bad date would otherwise stop every listing of the desk for good."""
    here, there = pair
    _add(here)
    kind, change = OTHER_FAULTS[fault]
    items: dict[str, Callable[[], str]] = {
        "claim": lambda: here.claims()[0].id,
        "commitment": lambda: here.desk.commit(by="A", what="b").id,
        "request": lambda: here.desk.ask(by="A", to="B", what="c").id,
    }
    file = _resigned(here, there, here.outgoing.release(items[kind](), there.id), change)
    with pytest.raises(AlteredFileError):
        there.incoming.receive(file)
    assert there.desk.commitments() == ()
    assert there.desk.requests() == ()


def test_an_odd_date_of_a_happening_does_not_stop_the_receiver(pair: tuple[Node, Node]) -> None:
    """A claim may be about a duration; whatever stands there, listings go on."""
    here, there = pair
    document = _add(here)
    change = _set("reading", "claims", 0, "when", to="P3M/garbage")
    there.incoming.receive(
        _resigned(here, there, here.outgoing.release(document, there.id), change)
    )
    assert there.claims(since="2020") is not None
    assert there.events() is not None
    assert there.conflicts() is not None
    assert there.brief() is not None
    there.rebuild()
