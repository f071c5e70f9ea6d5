"""Whatever a door is handed: refused with a reason, on record, and nothing else is disturbed.

Through the doors themselves: requests over HTTP to `serve --partners`, TAXII beside it, and files
that a person receives. docs/explanation/doors.md says which test is about what.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from nacl.signing import SigningKey
from tests.sharing.support_taxii import MEDIA, listening, stix
from tests.simulators.door import House, raw, sent, signed

from tawatur.errors import (
    AlteredFileError,
    NotReleasableError,
    NotTakenError,
    SharingError,
    TawaturError,
)
from tawatur.i18n import said, translator
from tawatur.model.desk import Step
from tawatur.model.entry import Kind
from tawatur.model.ids import DocumentId, NodeId, StepId
from tawatur.model.label import Label, Leave
from tawatur.node import Incoming, Node, bodies
from tawatur.sharing.cards import sealed
from tawatur.sharing.taxii import Reply
from tawatur.sharing.wire import Question, Stamp, signed_request

HUNDRED_MB = 100 * 1024 * 1024
YEAR = timedelta(days=366)
TEXT = "أعلن وزير الدفاع إدوار زومباري أن الجسر سيغلق يوم 4 مارس 2031.\n"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Three nodes that know each other; after every story each is whole, and they exchange."""
    made = House(tmp_path)
    yield made
    with made.serving():
        made.give("Hills", "Observatory", "as always")
        made.nodes["Hills"].wire.exchange("Observatory")
    assert "as always" in made.held("Observatory")
    for node in made.nodes.values():
        node.verify()
        node.close()


@contextmanager
def serving_taxii(house: House) -> Iterator[str]:
    """Serve the Observatory's door with its collections; give the address of its inboxes."""
    node = house.nodes["Observatory"]
    server = node.taxii.server(node.wire.guard())
    with listening(node.wire.door(server), log_level="critical") as url:
        house.tell("Observatory", url)
        yield f"{url}/tawatur/collections/inbox/"


def posted(house: House, by: str, inbox: str, *objects: bytes) -> dict[str, Any]:
    """Return the status that a node's program gets for what it hands in."""
    with house.nodes[by].wire.way_to(inbox) as send:
        headers = {"accept": MEDIA, "content-type": MEDIA}
        body = b'{"objects":[' + b",".join(objects) + b"]}"
        reply: Reply = send("POST", f"{inbox}objects/", headers, body)
    found: dict[str, Any] = json.loads(reply.body)
    return found


@contextmanager
def another_server(page: list[bytes]) -> Iterator[str]:
    """Serve a collection of which every page is made of these parts; give its address."""

    async def answers(_: Any, __: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for part in page:
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    with listening(answers, log_level="critical") as url:
        yield f"{url}/root/collections/x/"


def asked(house: House, by: str, url: str, **otherwise: Any) -> httpx.Request:
    """Return a request for a collection that a node signs, or says so."""
    node, to = house.nodes[by], house.nodes["Observatory"]
    at = otherwise.get("at", to.wire.drafter.now())
    stamp = Stamp(node.id, int(at.timestamp()), otherwise.get("nonce", "a" * 32))
    path = httpx.URL(url).path
    key = otherwise.get("key", node.wire.key)
    headers = signed_request(Question("GET", path, "", to.id), b"", stamp, key)
    return httpx.Request("GET", url, headers={**headers, "accept": MEDIA})


def entries(node: Node) -> list[str]:
    """Return what a node has recorded, but for refusals and answers."""
    apart = {Kind.REFUSAL, Kind.RECEIPT}
    return [e.header.id for e in node.ledger.entries() if e.header.kind not in apart]


def kept(node: Node, document: str) -> object:
    """Return what is kept of what another program wrote, as it came."""
    return json.loads(node.ledger.blob(node.document(document).acquisitions[0].blob))


def reports(node: Node) -> list[str]:
    """Return the texts of the documents that a node holds."""
    return [node.document(line.id).extraction.text for line in node.documents()]


def released(house: House, to: str = "Observatory") -> bytes:
    """Return the file of a release of a commitment by Harbour."""
    harbour = house.nodes["Harbour"]
    item = harbour.desk.commit(by="Harbour", what="send lorries").id
    return harbour.outgoing.release(item, to)


# ------------------------------------------------------------ too large


def test_a_post_of_a_hundred_megabytes_is_refused_before_it_is_read(house: House) -> None:
    """By its length; on record, from whom, with the limit."""
    observatory, harbour = house.nodes["Observatory"], house.nodes["Harbour"]
    with serving_taxii(house) as inbox:
        url = inbox.partition("/tawatur/")[0]
        path = httpx.URL(inbox).path + "objects/"
        stamp = Stamp(harbour.id, int(observatory.wire.drafter.now().timestamp()), "b" * 32)
        question = Question("POST", path, "", observatory.id)
        headers = signed_request(question, b"", stamp, harbour.wire.key)
        request = httpx.Request("POST", f"{url}{path}", headers={**headers, "accept": MEDIA})
        request.headers["content-length"] = str(HUNDRED_MB)
        assert b" 413 " in raw(url, request).splitlines()[0] + b" "
    (refused,) = observatory.partners.refused()
    assert (refused.what, refused.sender) == ("request", harbour.id)
    assert str(refused.why) == "over TAXII: it is too large: at most 10485760 bytes are opened"


@pytest.mark.parametrize("content", [b"x", b'{"format":"tawatur-release/1","release":{"x":"'])
def test_a_file_of_a_hundred_megabytes_that_is_nothing_is_refused(
    house: House, content: bytes
) -> None:
    """As a letter and as what another program wrote, with the reason."""
    observatory = house.nodes["Observatory"]
    file = content + b"x" * (HUNDRED_MB - len(content) - 3) + b'"}}'
    held = entries(observatory)
    with pytest.raises(SharingError):
        observatory.incoming.receive(file)
    with pytest.raises(SharingError, match="at most 64 MB"):
        observatory.foreign.receive(file, "Harbour")
    assert entries(observatory) == held
    assert [each.what for each in observatory.partners.refused()] == ["file", "release"]


def test_a_bundle_above_the_limit_is_not_opened(house: House) -> None:
    """With the limit, on record; below it the same file is taken in."""
    observatory = house.nodes["Observatory"]
    house.give("Harbour", "Observatory")
    bundle = house.nodes["Harbour"].bundles.write("Observatory")
    assert bundle is not None
    less = len(bundle.file) - 1
    with pytest.raises(SharingError, match=f"at most {less} bytes are opened"):
        replace(observatory.bundles, largest=less).receive(bundle.file)
    assert [each.what for each in observatory.partners.refused()] == ["bundle"]
    replace(observatory.bundles, largest=less + 1).receive(bundle.file)
    assert house.held("Observatory") == ["send lorries"]


@pytest.mark.parametrize(
    ("page", "why"),
    [([b'{"objects":["', *(bytes(1024 * 1024) for _ in range(100))], "gives more than"),
     ([b"<html>"], "gave a page that is none"),
     ([b'{"more":true,"objects":[17]}'], "says that there is more, and not where")],
    ids=["a hundred megabytes", "no page", "a page that leads nowhere"],
)  # fmt: skip
def test_what_a_partner_s_server_should_not_give_is_refused(
    house: House, page: list[bytes], why: str
) -> None:
    """On record as that partner's; nothing of it is held."""
    observatory, harbour = house.nodes["Observatory"], house.nodes["Harbour"]
    with another_server(page) as address, pytest.raises(TawaturError, match=why):
        observatory.taxii.pull(address, "Harbour")
    (refused,) = observatory.partners.refused()
    assert (refused.what, refused.sender) == ("file", harbour.id)
    assert why in str(refused.why)
    assert reports(observatory) == []


# ------------------------------------------------------------ not understood


def test_an_object_of_an_unknown_type_is_kept_and_shown_as_it_came(house: House) -> None:
    """Handed in over TAXII: type and id or name are shown, all of it is kept, nothing runs."""
    observatory = house.nodes["Observatory"]
    odd = stix(1, kind="x-order").replace(b'"content"', b'"command": "rm -rf /", "content"')
    with serving_taxii(house) as inbox:
        assert posted(house, "Harbour", inbox, odd)["success_count"] == 1
    (handed,) = observatory.taxii.take("Harbour").taken
    (line,) = handed.documents
    assert line.unknown == ("x-order",)
    view = observatory.document(line.id)
    assert "x-order" in view.extraction.text
    assert kept(observatory, line.id) == [json.loads(odd)]
    assert view.acquisitions[0].label.originators == (house.nodes["Harbour"].id,)
    assert observatory.taxii.take("Harbour").objects == 0


def test_an_object_that_is_none_is_refused_and_the_rest_is_taken(house: House) -> None:
    """Its sender is told of each, and it is on record, once for each reason."""
    observatory = house.nodes["Observatory"]
    with serving_taxii(house) as inbox:
        for _ in range(2):
            status = posted(house, "Harbour", inbox, stix(1), b"17", b'{"type":"note"}', b"[]")
            assert (status["success_count"], status["failure_count"]) == (1, 3)
    (refused,) = observatory.partners.refused()
    assert str(refused.why) == "over TAXII: it is no STIX object with an id and a type"
    assert refused.sender == house.nodes["Harbour"].id


def test_objects_of_a_partner_s_server_that_are_none_are_left(house: House) -> None:
    """The rest of the page is taken in; on record, from whom, once, however often it is pulled."""
    observatory, harbour = house.nodes["Observatory"], house.nodes["Harbour"]
    with another_server([b'{"objects":[17,', stix(1), b',{"type":"note"}]}']) as address:
        pulled = [observatory.taxii.pull(address, "Harbour") for _ in range(2)]
    assert [each.objects for each in pulled] == [1, 0]
    assert [len(each.refused) for each in pulled] == [2, 2]
    assert len(reports(observatory)) == 1
    (refused,) = observatory.partners.refused()
    assert str(refused.why) == "over TAXII: it is no STIX object with an id and a type"
    assert (refused.what, refused.sender) == ("file", harbour.id)


def test_objects_of_a_file_that_are_none_are_told_and_the_rest_is_taken(house: House) -> None:
    """In a bundle of another program; on record, whose file it is said to be."""
    observatory, harbour = house.nodes["Observatory"], house.nodes["Harbour"]
    came = observatory.foreign.receive(
        b'{"type":"bundle","objects":[17,' + stix(1) + b"]}", "Harbour"
    )
    assert [str(each.why) for each in came.refused] == ["it is no STIX object"]
    assert len(reports(observatory)) == 1
    (refused,) = observatory.partners.refused()
    assert (refused.what, refused.sender) == ("file", harbour.id)
    assert str(refused.why).endswith("it is no STIX object")


# ------------------------------------------------------------ again, cut, forged


def test_a_request_for_a_collection_counts_once(house: House) -> None:
    """Whoever heard it on the line and says it again gets nothing."""
    with serving_taxii(house) as inbox:
        once = asked(house, "Harbour", inbox)
        assert [sent(once).status_code for _ in range(2)] == [200, 409]
    assert house.refused() == ["it came before"]


def test_a_turn_that_is_cut_is_made_up_for(house: House) -> None:
    """Half of a bundle, and then nothing: nothing of it is there, and the next call brings it."""
    observatory, harbour = house.nodes["Observatory"], house.nodes["Harbour"]
    house.give("Harbour", "Observatory")
    bundle = harbour.bundles.write("Observatory")
    assert bundle is not None
    held = entries(observatory)
    with house.serving() as url:
        raw(url, signed(house, "Harbour", bundle.file, url=url), bundle.file[:200], cut=True)
        assert entries(observatory) == held
        harbour.wire.exchange("Observatory")
    assert house.held("Observatory") == ["send lorries"]
    assert house.refused() == []  # a line that breaks is nobody's fault


def test_a_forged_request_for_a_collection_is_refused(house: House) -> None:
    """By a key that is not Harbour's, in its name: with the reason, and on record as nobody's."""
    with serving_taxii(house) as inbox:
        answer = sent(asked(house, "Harbour", inbox, key=SigningKey(bytes(32))))
        assert answer.status_code == 401
        assert answer.json()["description"] == "the signature does not hold"
    (refused,) = house.nodes["Observatory"].partners.refused()
    assert (str(refused.why), refused.sender) == ("the signature does not hold", None)


def test_one_forged_letter_among_others_is_refused_alone(house: House) -> None:
    """In a bundle that its sender signed: the rest of it is taken in."""
    observatory, harbour = house.nodes["Observatory"], house.nodes["Harbour"]
    forged = released(house).replace(b"send lorries", b"send tanks!!")
    whole = released(house)
    came = observatory.incoming.each(harbour.outgoing.bag([forged, whole], "Observatory"))
    assert isinstance(came[0], AlteredFileError)
    assert house.held("Observatory") == ["send lorries"]
    assert house.refused() == ["the file was altered after it was signed"]


# ------------------------------------------------------------ in the name of another


def test_a_letter_in_the_name_of_another_is_refused(house: House) -> None:
    """Signed by Harbour, with the card of Hills on it."""
    observatory, harbour, hills = (house.nodes[n] for n in ("Observatory", "Harbour", "Hills"))
    body = json.loads(released(house))
    del body["signature"]
    body["release"]["sender"] = json.loads(hills.partners.sealed_card())["card"]
    with pytest.raises(AlteredFileError):
        observatory.incoming.receive(sealed(body, harbour.wire.key))
    assert house.held("Observatory") == []
    assert len(house.refused()) == 1


def test_a_step_by_somebody_who_has_no_word_in_it_is_refused(house: House) -> None:
    """Harbour says what Hills is to have said; Hills is not in the label."""
    observatory, harbour = house.nodes["Observatory"], house.nodes["Harbour"]
    forge(harbour, harbour.desk.commit(by="Hills", what="send lorries").id, house.nodes["Hills"].id)
    item = harbour.desk.commitments()[0].id
    with pytest.raises(AlteredFileError, match="by somebody who has no word in it"):
        observatory.incoming.receive(harbour.outgoing.release(item, "Observatory"))
    assert house.held("Observatory") == []
    assert len(house.refused()) == 1


def test_nobody_recalls_what_another_released(house: House) -> None:
    """A notice counts from whoever gave the item."""
    observatory, harbour, hills = (house.nodes[n] for n in ("Observatory", "Harbour", "Hills"))
    item = hills.desk.commit(by="Hills", what="send boats").id
    file = hills.outgoing.release(item, "Observatory")
    observatory.incoming.receive(file)
    own = harbour.desk.commit(by="Harbour", what="send lorries").id
    harbour.outgoing.release(own, "Observatory")
    about = json.loads(file)["release"]["id"]
    (given,) = harbour.disclosures.of(own)
    harbour.outgoing._tell(replace(given, id=about), None, "by mistake")
    notice = harbour.outgoing.letters("Observatory")[0]
    with pytest.raises(AlteredFileError, match="about what somebody else released"):
        observatory.incoming.receive(notice)
    assert house.held("Observatory") == ["send boats"]
    assert house.refused() == ["it is about what somebody else released"]


# ------------------------------------------------------------ a label that was widened


def test_what_a_relay_had_no_leave_to_pass_on_is_refused(house: House) -> None:
    """Whatever its program did: the label that it came with says so."""
    observatory, harbour, hills = (house.nodes[n] for n in ("Observatory", "Harbour", "Hills"))
    harbour.incoming.receive(hills.outgoing.release(report(hills), "Harbour"))
    document = harbour.documents()[0].id
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(harbour.outgoing.admission), "admitted", lambda *_: ((), None))
        file = harbour.outgoing.release(document, "Observatory")
    with pytest.raises(NotReleasableError, match="does not allow it to be passed on"):
        observatory.incoming.receive(file)
    assert reports(observatory) == []
    assert len(house.refused()) == 1


def test_what_a_relay_widened_against_its_originators_signature_is_refused(house: House) -> None:
    """Hills signed that it does not go on; Harbour says that it may. Hills told nobody else."""
    observatory, harbour, hills = (house.nodes[n] for n in ("Observatory", "Harbour", "Hills"))
    harbour.incoming.receive(hills.outgoing.release(report(hills), "Harbour"))
    document = harbour.documents()[0].id
    widen(harbour, document, hills.id)
    with pytest.raises(NotReleasableError, match="does not allow it to be passed on"):
        observatory.incoming.receive(harbour.outgoing.release(document, "Observatory"))
    assert reports(observatory) == []
    assert len(house.refused()) == 1


@pytest.mark.parametrize("first", ["Hills", "Harbour"])
def test_terms_that_a_relay_widened_do_not_count(house: House, first: str) -> None:
    """Harbour keeps back what Hills signed, and Hills told this node itself: that holds."""
    observatory, harbour, hills = (house.nodes[n] for n in ("Observatory", "Harbour", "Hills"))
    own = report(hills)
    harbour.incoming.receive(hills.outgoing.release(own, "Harbour"))
    document = harbour.documents()[0].id
    widen(harbour, document, hills.id)
    files = {
        "Hills": hills.outgoing.release(own, "Observatory"),
        "Harbour": without_vouchers(harbour.outgoing.release(document, "Observatory"), harbour),
    }
    for name in sorted(files, key=lambda each: each != first):
        observatory.incoming.receive(files[name])
    (line,) = observatory.documents()
    for taking in observatory.document(line.id).acquisitions:
        theirs = [t for t in taking.label.terms if t.originator == hills.id]
        assert min(terms.onward for terms in theirs) is Leave.NO
    with pytest.raises(NotReleasableError):
        observatory.outgoing.release(line.id, "Harbour")
    if first == "Hills":
        assert house.refused() == ["it gives more than Hills told this node; that does not count"]


def test_a_notice_by_a_relay_widens_nothing(house: House) -> None:
    """It says that Hills lets it go on; Hills did not say so."""
    observatory, harbour, hills = (house.nodes[n] for n in ("Observatory", "Harbour", "Hills"))
    own = report(hills)
    hills.labels.change(own, {"onward": Leave.YES, "purpose": "relief"}, also=[harbour.id])
    harbour.incoming.receive(hills.outgoing.release(own, "Harbour"))
    document = harbour.documents()[0].id
    observatory.incoming.receive(harbour.outgoing.release(document, "Observatory"))
    widen(harbour, document, hills.id, purpose=None)
    (given,) = harbour.disclosures.of(document)
    told = harbour.label_of(document).given_to(observatory.id)
    harbour.outgoing._tell(given, told, "it may")
    for notice in harbour.outgoing.letters("Observatory"):
        observatory.incoming.receive(notice)
    (line,) = observatory.documents()
    assert observatory.label_of(line.id).purpose == "relief"


# ------------------------------------------------------------ clocks


@pytest.mark.parametrize("off", [YEAR, -YEAR])
def test_a_node_whose_clock_is_a_year_off_is_told_so(house: House, off: timedelta) -> None:
    """Either way, over the line; once it is set right, all goes, by another bundle if need be."""
    house.give("Harbour", "Observatory")
    clock = house.clocks["Harbour"]
    with house.serving():
        clock.now += off
        with pytest.raises(SharingError, match="one of the two clocks is wrong"):
            house.nodes["Harbour"].wire.exchange("Observatory")
        clock.now -= off
        with suppress(NotTakenError):  # what was written in the wrong year is written anew
            house.nodes["Harbour"].wire.exchange("Observatory")
        house.nodes["Harbour"].wire.exchange("Observatory")
    refused = house.nodes["Observatory"].partners.refused()
    assert refused[-1].sender == house.nodes["Harbour"].id
    assert house.held("Observatory") == ["send lorries"]


def test_what_was_signed_a_year_ahead_is_refused_and_a_year_ago_is_read(house: House) -> None:
    """A file may lie in a drawer; none comes from the future."""
    observatory, clock = house.nodes["Observatory"], house.clocks["Harbour"]
    clock.now += YEAR
    ahead = released(house)
    clock.now -= YEAR
    with pytest.raises(AlteredFileError, match="days ahead of this node's clock"):
        observatory.incoming.receive(ahead)
    (why,) = house.refused()
    assert why.startswith("it was signed 366 days ahead")
    old = released(house)
    house.clocks["Observatory"].now += YEAR
    observatory.incoming.receive(old)
    house.clocks["Observatory"].now -= YEAR
    assert house.held("Observatory") == ["send lorries"]


# ------------------------------------------------------------ an id of something else


def test_another_content_under_a_version_that_is_held_is_refused(house: House) -> None:
    """Over TAXII; its sender is told, it is on record, and what came first stays."""
    with serving_taxii(house) as inbox:
        posted(house, "Harbour", inbox, stix(1))
        other = stix(1).replace(b"report--", b"incident--")
        (failure,) = posted(house, "Harbour", inbox, other)["failures"]
    assert failure["message"] == "this version of it is held with other content"
    assert house.refused() == ["over TAXII: this version of it is held with other content"]
    observatory = house.nodes["Observatory"]
    (handed,) = observatory.taxii.take("Harbour").taken
    (line,) = handed.documents
    assert kept(observatory, line.id) == [json.loads(stix(1))]


def test_another_content_under_a_version_that_was_pulled_is_left(house: House) -> None:
    """A partner's server changes what it gave and says nothing of it; on record, and not held."""
    observatory, page = house.nodes["Observatory"], [b'{"objects":[', stix(1), b"]}"]
    with another_server(page) as address:
        observatory.taxii.pull(address, "Harbour")
        page[1] = stix(1).replace(b"report--", b"incident--")
        (left,) = observatory.taxii.pull(address, "Harbour").refused
    assert left[0] == json.loads(stix(1))["id"]
    assert house.refused() == ["over TAXII: this version of it is held with other content"]
    (line,) = observatory.documents()
    assert kept(observatory, line.id) == [json.loads(stix(1))]


@pytest.mark.parametrize("by", ["Harbour", "Hills"])
def test_another_release_under_an_id_that_came_is_refused(house: House, by: str) -> None:
    """By the same partner or by another one: the first stays, and the second is no doubling."""
    observatory, other = house.nodes["Observatory"], house.nodes[by]
    first = released(house)
    observatory.incoming.receive(first)
    item = other.desk.commit(by=by, what="send nothing").id
    piece = other.outgoing.propose(item, "Observatory").piece
    id_ = json.loads(first)["release"]["id"]
    file = other.outgoing._sealed(replace(piece, id=id_))
    with pytest.raises(AlteredFileError, match="another one with the id z-"):
        observatory.incoming.receive(file)
    assert house.held("Observatory") == ["send lorries"]
    assert len(house.refused()) == 1


@pytest.mark.parametrize("whose", ["Hills", "Observatory"])
def test_a_step_that_somebody_took_is_not_rewritten_by_another(house: House, whose: str) -> None:
    """Harbour hands on an item of Hills, or of this very node, with other words in its step."""
    observatory, harbour = house.nodes["Observatory"], house.nodes["Harbour"]
    maker = house.nodes[whose]
    item = maker.desk.commit(by=whose, what="send boats").id
    maker.labels.change(item, {"onward": Leave.YES}, also=[harbour.id])
    if whose != "Observatory":
        observatory.incoming.receive(maker.outgoing.release(item, "Observatory"))
    harbour.incoming.receive(maker.outgoing.release(item, "Harbour"))
    (step,) = harbour.taxii.index().books.steps(item)
    rewrite(harbour, replace(step, item=replace(step.item, what="send a thousand men")))
    with pytest.raises(AlteredFileError, match="came before with other content"):
        observatory.incoming.receive(harbour.outgoing.release(item, "Observatory"))
    assert house.held("Observatory") == ["send boats"]
    assert len(house.refused()) == 1


# ------------------------------------------------------------ how it is said


@pytest.mark.parametrize(
    ("language", "words"), [("ar", "ليس عددًا فوق الصفر"), ("fr", "supérieur à 0")]
)
def test_the_reason_is_said_in_the_reader_s_language(
    house: House, language: str, words: str
) -> None:
    """Also the part of it that stands within another, and that came over TAXII."""
    with serving_taxii(house) as inbox:
        assert sent(asked(house, "Harbour", inbox)).status_code == 200
        with house.nodes["Harbour"].wire.way_to(inbox) as send:
            send("GET", f"{inbox}objects/?limit=0", {"accept": MEDIA}, b"")
    (refused,) = house.nodes["Observatory"].partners.refused()
    assert words in said(refused.why, translator(language))


# ------------------------------------------------------------ what a hostile program does


def report(node: Node) -> str:
    """Take a report in and return its id."""
    node.add([Incoming("bridge.txt", "the desk", content=TEXT.encode())])
    return node.documents()[0].id


def forge(node: Node, item: str, by: NodeId) -> None:
    """Make a node hold the first step of its own item as another's."""
    (step,) = node.taxii.index().books.steps(item)
    rewrite(node, replace(step, by=by))


def rewrite(node: Node, step: Step[Any]) -> None:
    """Make a node hold a step otherwise than it was."""
    label = node.label_of(step.item.id)
    body = bodies.step_body(replace(step, id=StepId(step.id)))
    node.taxii.append([node.taxii.drafter.entry(Kind.COMMITMENT, body, label=label)])


def without_vouchers(file: bytes, sender: Node) -> bytes:
    """Return a release without what others signed, as its sender could write it."""
    body = json.loads(file)
    del body["signature"], body["vouchers"]
    return sealed(body, sender.wire.key)


def widen(node: Node, document: str, originator: NodeId, **terms: Any) -> None:
    """Make a node hold a document under wider terms of another than that one gave."""
    label = node.label_of(document)
    wider = Label.of(
        *(
            replace(t, onward=Leave.YES, **terms) if t.originator == originator else t
            for t in label.terms
        )
    )
    entries = node.taxii.index().texts.taken_in_by(DocumentId(document))
    node.labels.put(entries, wider, "so it is said")
