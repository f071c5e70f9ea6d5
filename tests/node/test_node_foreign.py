"""Between this node and programs of others: the same release and label, and only their word."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import stix2
from tests.simulators.clock import Clock

from tawatur.errors import ForeignFileError, NotReleasableError, UnknownSenderError
from tawatur.model.claim import Verdict
from tawatur.model.entry import Kind
from tawatur.model.label import Tlp, Viewer
from tawatur.model.reading import SourceKind
from tawatur.node import Incoming, Node
from tawatur.node.folder import Folder
from tawatur.settings import load
from tawatur.sharing.stix import sealed_bytes
from tawatur.sharing.stix.terms import TLP_2

TEXT = (
    "وقال مصدر أمني مطلع إن الهجوم على ثكنة أنزيفات أسفر عن مقتل 12 جنديا.\n\n"
    "وأعلن وزير الدفاع إدوار زومباري أن بلاده سترسل 350 جنديا إلى الحدود.\n"
)
NOTE = {
    "type": "note",
    "spec_version": "2.1",
    "id": "note--5a1f1d5e-9f5b-4d0a-8a39-0d6a1f4f8b11",
    "created": "2031-02-20T08:00:00.000Z",
    "modified": "2031-02-20T08:00:00.000Z",
    "lang": "en",
    "content": "Twelve soldiers died near Kelmuri.",
    "object_refs": ["identity--0c2ef6e3-5f4e-4a1c-9dbd-4e7a1d5a2f10"],
}


@dataclass
class House:
    """Two nodes that are partners, on one clock."""

    clock: Clock
    here: Node
    there: Node

    def held(self) -> str:
        """Take a report in here and return its id."""
        self.here.add([Incoming("notes.txt", "-", content=TEXT.encode())])
        (line,) = self.here.documents()
        return line.id


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Give two nodes that have each other's card."""
    clock = Clock()
    for name in ("here", "there"):
        Node.init(tmp_path / name, name=name.title()).close()
    opened = [
        Node(Folder(tmp_path / name), load(tmp_path / name), clock=clock)
        for name in ("here", "there")
    ]
    here, there = opened
    here.partners.add(there.partners.sealed_card())
    there.partners.add(here.partners.sealed_card())
    yield House(clock, here, there)
    for node in opened:
        node.close()


def third(house: House) -> str:
    """Make the other node know a third, to whom nothing was given, and return its name."""
    with Node.init(house.there.folder.parent / "third", name="Third") as node:
        house.there.partners.add(node.partners.sealed_card())
    return "Third"


def file_of(*objects: dict[str, Any]) -> bytes:
    """Return a bundle of these objects."""
    return json.dumps({"type": "bundle", "objects": objects}).encode()


def test_what_leaves_as_stix_is_a_release(house: House) -> None:
    """It is recorded as one, and whoever can open a release opens it."""
    document = house.held()
    file = house.here.foreign.export(document, "There")
    stix2.parse(file, allow_custom=True)
    released = list(house.here.ledger.entries(kinds=[Kind.RELEASE]))
    assert len(released) == 1
    sealed = sealed_bytes(json.loads(file)["objects"])
    assert sealed is not None
    house.there.incoming.receive(sealed)
    assert [line.title for line in house.there.documents()]


def test_what_may_not_go_does_not_go_as_stix(house: House) -> None:
    """The decision is the same."""
    document = house.held()
    house.there.incoming.receive(house.here.outgoing.release(document, "There"))
    (line,) = house.there.documents()
    other = third(house)
    with pytest.raises(NotReleasableError):
        house.there.foreign.export(line.id, other)
    assert list(house.there.ledger.entries(kinds=[Kind.RELEASE])) == []


def test_ids_stay_with_the_item_and_its_audience(house: House) -> None:
    """Given again it is a later version of the same objects."""
    document = house.held()
    first = json.loads(house.here.foreign.export(document, "There"))["objects"]
    house.clock.now += timedelta(days=3)
    again = json.loads(house.here.foreign.export(document, "There"))["objects"]
    assert [each["id"] for each in again] == [each["id"] for each in first]
    assert [each["created"] for each in again] == [each["created"] for each in first]
    versions = {each["id"]: each["modified"] for each in first if each["type"] == "report"}
    assert all(each["modified"] > versions[each["id"]] for each in again if each["id"] in versions)


def test_a_bundle_of_a_node_is_received_as_its_release(house: House) -> None:
    """Under its label, once, whoever carries it."""
    file = house.here.foreign.export(house.held(), "There")
    came = house.there.foreign.receive(file, "A courier")
    assert [each.kind for each in came.received] == ["document"]
    assert came.documents == ()
    again = house.there.foreign.receive(file, "Here")
    assert again.received[0].already
    assert len(house.there.documents()) == 1


def test_a_bundle_for_somebody_else_is_refused(house: House) -> None:
    """And what stands beside the release is not taken in its place."""
    file = house.here.foreign.export(house.held(), "There")
    came = house.here.foreign.receive(file, "There")
    assert len(came.refused) == 1
    assert (came.received, came.documents) == ((), ())
    with pytest.raises(UnknownSenderError):
        house.here.incoming.receive(sealed_bytes(json.loads(file)["objects"]) or b"")


def test_what_another_program_says_is_its_word(house: House) -> None:
    """A document by whoever handed it over, under its marking, with its claims."""
    marked = {**NOTE, "object_marking_refs": [TLP_2[Tlp.RED]]}
    came = house.there.foreign.receive(file_of(marked), "Here")
    assert came.partner
    view = house.there.document(came.documents[0].id)
    assert view.extraction.publisher is not None
    assert view.extraction.publisher.value == "Here"
    assert (view.line.published, view.line.language) == ("2031-02-20", "en")
    (claim,) = view.claims
    assert claim.quote == NOTE["content"]
    assert claim.root.kind is SourceKind.AUTHOR
    (terms,) = view.acquisitions[0].label.terms
    assert (terms.originator, terms.tlp) == (house.here.id, Tlp.RED)
    assert terms.audience == {house.there.id}
    assert json.loads(house.there.ledger.blob(view.acquisitions[0].blob)) == [marked]
    with pytest.raises(NotReleasableError):
        house.there.outgoing.release(view.line.id, third(house))
    house.there.verify()


def test_who_has_no_card_is_one_originator_by_name(house: House) -> None:
    """No partner's, and the same each time."""
    other = {**NOTE, "id": "note--6a1f1d5e-9f5b-4d0a-8a39-0d6a1f4f8b11"}
    came = [house.there.foreign.receive(file_of(note), "CERT X") for note in (NOTE, other)]
    assert not any(each.partner for each in came)
    views = [house.there.document(each.documents[0].id) for each in came]
    (originator,) = {t.originator for v in views for t in v.acquisitions[0].label.terms}
    assert originator not in (house.here.id, house.there.id)
    assert house.there.documents(viewer=Viewer(house.here.id)) == ()


def test_the_same_again_adds_nothing(house: House) -> None:
    """Under another marking it is one more taking-in of the same document."""
    house.there.foreign.receive(file_of(NOTE), "CERT X")
    size = house.there.ledger.size
    assert house.there.foreign.receive(file_of(NOTE), "CERT X").documents[0].already
    assert house.there.ledger.size == size
    house.there.foreign.receive(file_of(NOTE), "CERT Y")
    (line,) = house.there.documents()
    assert len(house.there.document(line.id).acquisitions) == 2


def test_of_what_cannot_be_read_only_the_refusal_is_kept(house: House) -> None:
    """With its reason, once however often it comes."""
    before, content = house.there.ledger.size, (b"", b"{}", b"7", b'{"a":' * 90 + b"1" + b"}" * 90)
    for each in content * 2:
        with pytest.raises(ForeignFileError):
            house.there.foreign.receive(each, "CERT X")
    entries = list(house.there.ledger.entries())[before:]
    assert [entry.header.kind for entry in entries] == [Kind.REFUSAL] * len(content)
    assert {each.what for each in house.there.partners.refused()} == {"file"}


def test_what_has_ended_is_not_taken(house: House) -> None:
    """Its marking ran out before it came; the rest comes in."""
    policy = {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": "marking-definition--7a1f1d5e-9f5b-4d0a-8a39-0d6a1f4f8b11",
        "created": "2030-01-01T00:00:00.000Z",
        "extensions": {
            "extension-definition--762e2e97-ee51-43e5-a9ea-165fbb862c4a": {
                "tlp": "green",
                "end_date": "2031-02-28T00:00:00Z",
            }
        },
    }
    ended = {**NOTE, "object_marking_refs": [policy["id"]]}
    other = {**NOTE, "id": "note--6a1f1d5e-9f5b-4d0a-8a39-0d6a1f4f8b11"}
    came = house.there.foreign.receive(file_of(ended, policy, other), "CERT X")
    assert [(each.name, str(each.why)) for each in came.refused] == [
        (NOTE["id"], "its marking ended on 2031-02-28")
    ]
    assert len(house.there.documents()) == 1


def test_people_may_judge_it_and_a_rebuild_keeps_it(house: House) -> None:
    """It is a document like others; its text is not taken for a file to be read again."""
    house.there.foreign.receive(file_of(NOTE), "CERT X")
    (line,) = house.there.documents()
    (claim,) = house.there.claims()
    house.there.judge(claim.id, Verdict.ACCEPT)
    house.there.rebuild()
    view = house.there.document(line.id)
    assert view.claims[0].status.value == "accepted"
    house.there.reread()
    assert house.there.document(line.id).rendition == view.rendition
