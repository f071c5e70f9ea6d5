"""What is kept as it changes equals what a rebuild gives, and a picture is always somebody's."""

import random
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tawatur.errors import UnknownIdError
from tawatur.model.claim import Verdict
from tawatur.model.ids import NodeId
from tawatur.model.label import Viewer
from tawatur.node import Node
from tawatur.samples import paths

pytestmark = pytest.mark.usefixtures("each_store")


def _picture(node: Node) -> tuple[object, ...]:
    return (
        node.overview(),
        node.documents(),
        sorted(node.events(), key=lambda e: e.id),
        node.conflicts(),
        node.entities(),
        node.claims(),
    )


@pytest.mark.parametrize("seed", range(3))
def test_the_picture_kept_equals_the_picture_rebuilt(node: Node, seed: int) -> None:
    """Adding one by one, judging and erasing in any order leaves the rows of a rebuild."""
    chance = random.Random(seed)
    reports = list(paths())
    chance.shuffle(reports)
    for report in reports:
        node.add([report])
        claims = node.claims()
        node.judge(chance.choice(claims).id, chance.choice([Verdict.ACCEPT, Verdict.REJECT]))
    node.erase(chance.choice(node.documents()).id, why="taken in by mistake")
    kept = _picture(node)
    node.rebuild()
    assert _picture(node) == kept


def test_the_order_of_arrival_does_not_change_the_picture(tmp_path: Path) -> None:
    """One node that took the same reports in another order holds the same picture."""
    Node.init(tmp_path / "first").close()
    shutil.copytree(tmp_path / "first", tmp_path / "second")  # the same keys: the same ids
    pictures = []
    for seed, name in enumerate(("first", "second")):
        reports = list(paths())
        random.Random(seed).shuffle(reports)
        with Node.open(tmp_path / name) as node:
            for report in reports:
                node.add([report])
            events = {
                e.id: (set(e.claims), e.roots.at_least, e.roots.at_most) for e in node.events()
            }
            pictures.append((events, {c.id for c in node.conflicts()}))
    assert pictures[0] == pictures[1]


def test_a_stranger_sees_nothing_and_counts_nothing(node: Node) -> None:
    """Every listing is asked through the label decision: an unlabelled party gets no row."""
    node.add(paths()[:3])
    node.desk.commit(by="Banzura", what="send a battalion")
    stranger = Viewer(NodeId("n-stranger"))
    claim, document = node.claims()[0], node.documents()[0]
    assert node.documents(viewer=stranger) == ()
    assert node.claims(viewer=stranger) == ()
    assert node.events(viewer=stranger) == ()
    assert node.conflicts(viewer=stranger) == ()
    assert node.entities(viewer=stranger) == ()
    assert node.search("في", viewer=stranger) == ()
    assert node.desk.commitments(viewer=stranger) == ()
    seen = node.overview(viewer=stranger)
    assert (seen.documents, seen.claims, seen.events, seen.conflicts, seen.commitments) == (0,) * 5
    assert seen.languages == ()
    with pytest.raises(UnknownIdError):
        node.claim(claim.id, viewer=stranger)
    with pytest.raises(UnknownIdError):
        node.document(document.id, viewer=stranger)


def test_a_hidden_copy_changes_nothing_that_its_stranger_sees(tmp_path: Path) -> None:
    """A viewer's picture is worked out from what that viewer may receive, copies and roots too."""
    whole, copy = paths()[4], paths()[5]
    with Node.init(tmp_path / "a", name="A") as a, Node.init(tmp_path / "b", name="B") as b:
        a.partners.add(b.partners.sealed_card())
        b.partners.add(a.partners.sealed_card())
        for report in (whole, copy):
            a.add([report])
        released = next(d for d in a.documents() if d.name == whole.name)
        b.incoming.receive(a.outgoing.release(released.id, "B"))
        alone = {(c.quote, c.content.chain) for c in b.claims()}
        b.add([copy])  # b's own
        viewer = Viewer(a.id)
        seen = b.events(viewer=viewer)
        documents = {d.id for d in b.documents(viewer=viewer)}
        assert len(documents) == 1
        assert all(set(e.documents) <= documents for e in seen)
        assert {(c.quote, c.content.chain) for c in b.claims(viewer=viewer)} == alone
        assert b.overview(viewer=viewer).documents == 1
        assert sum(len(e.claims) for e in seen) == len(alone)


def test_an_expired_item_is_no_longer_shown_to_its_receiver(tmp_path: Path) -> None:
    """After its label's last day a received item is out of listings and counts."""
    from tawatur.model.label import Label, Terms, may_receive

    audience, expires = frozenset({NodeId("n-b")}), datetime(2021, 6, 1, tzinfo=UTC)
    ends = Label.of(Terms(NodeId("n-a"), audience=audience, expires=expires))
    viewer = Viewer(NodeId("n-b"))
    assert may_receive(viewer, ends, datetime(2021, 5, 31, tzinfo=UTC)).allowed
    assert not may_receive(viewer, ends, datetime(2021, 6, 1, tzinfo=UTC)).allowed
    assert may_receive(Viewer(NodeId("n-a")), ends, datetime(2022, 1, 1, tzinfo=UTC)).allowed


def test_the_same_bytes_are_one_document_with_two_acquisitions(node: Node, tmp_path: Path) -> None:
    """Taken in from two places: one document, two acquisitions, claims once."""
    report = paths()[1]
    node.add([report])
    before = len(node.claims())
    elsewhere = tmp_path / "copy.txt"
    elsewhere.write_bytes(report.read_bytes())
    summary = node.add([elsewhere])
    assert summary.held == ("copy.txt",)
    node.add([elsewhere])  # from the same place again: nothing new to record
    (line,) = node.documents()
    assert len(node.document(line.id).acquisitions) == 2
    assert len(node.claims()) == before


def test_no_listing_ranks_people(node: Node) -> None:
    """Entities come by name, not by how often they are named, and a person has no count."""
    from tawatur.cli.entity_rows import entity_row
    from tawatur.model.reading import EntityType

    node.add(paths())
    entities = node.entities()
    assert [e.name for e in entities] == sorted(e.name for e in entities)
    people = [entity_row(e) for e in entities if e.type is EntityType.PERSON]
    assert people
    assert {row["documents"] for row in people} == {None}
