"""A label is changed by entries of its own; what holds does not turn on their order."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from tawatur.errors import UsageError
from tawatur.model.entry import Kind
from tawatur.model.ids import NodeId
from tawatur.model.label import Label, Leave, Terms, Tlp, Viewer, join
from tawatur.node import Node

PARTNER, OTHER = NodeId("n-0000000000000001"), NodeId("n-0000000000000002")
DAY = datetime(2031, 3, 1, tzinfo=UTC)


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    """Give a node that holds one report."""
    (tmp_path / "report.txt").write_text("The army said on Monday that two soldiers were killed.")
    with Node.init(tmp_path / "node") as made:
        made.add([tmp_path / "report.txt"])
        yield made


def _document(node: Node) -> str:
    return node.documents()[0].id


def test_a_change_gives_and_takes_at_every_door(node: Node) -> None:
    """Whoever is named sees the document, its claims and counts; and no more afterwards."""
    document = _document(node)
    assert node.documents(viewer=Viewer(PARTNER)) == ()
    node.labels.change(document, {"tlp": Tlp.GREEN}, also=[PARTNER])
    (seen,) = node.documents(viewer=Viewer(PARTNER))
    assert seen.id == document
    assert node.overview(viewer=Viewer(PARTNER)).claims == node.overview().claims > 0
    assert node.document(document).acquisitions[0].label.tlp is Tlp.GREEN
    node.labels.change(document, {}, no_more=[PARTNER])
    assert node.documents(viewer=Viewer(PARTNER)) == ()
    assert node.overview(viewer=Viewer(PARTNER)).claims == 0


def test_it_stands_after_a_rebuild_and_with_items_of_the_desk(node: Node) -> None:
    """The ledger holds every step."""
    item = node.desk.commit(by="A", what="send lorries").id
    for each in (_document(node), item):
        node.labels.change(each, {"expires": DAY, "onward": Leave.YES}, also=[PARTNER])
    before = [node.labels.of(each) for each in (_document(node), item)]
    node.rebuild()
    assert [node.labels.of(each) for each in (_document(node), item)] == before
    assert [c.id for c in node.desk.commitments(viewer=Viewer(PARTNER))] == [item]


def test_nothing_is_recorded_where_nothing_changes(node: Node) -> None:
    """The same terms twice are one entry."""
    for _ in range(2):
        node.labels.change(_document(node), {"purpose": "relief"})
    assert len(list(node.ledger.entries(kinds=(Kind.LABEL,)))) == 1


def test_changes_made_at_once_come_to_the_stricter_of_both_in_any_order(node: Node) -> None:
    """Neither names the other as replaced; a later one that names both ends them."""
    (target,) = node._erasing.holdings.labelled(_document(node))
    said = [
        Label.of(Terms(node.id, audience=frozenset({PARTNER, OTHER}), expires=DAY)),
        Label.of(Terms(node.id, audience=frozenset({OTHER}))),
    ]
    found = set()
    for order in permutations(said):
        ended = list(node._index.heads.of(target))
        for label in order:
            body = {"targets": [target], "replaces": ended}
            node._append([node._drafter.entry(Kind.LABEL, body, label=label)])
        found.add(node.labels.of(_document(node)))
    assert found == {(join(node.id, said),)}
    node.labels.change(_document(node), {"tlp": Tlp.CLEAR})
    (changed,) = node.labels.of(_document(node))
    assert {terms.tlp for terms in changed.terms} == {Tlp.CLEAR}
    assert len(node._index.heads.of(target)) == 1


def test_what_cannot_be_is_refused(node: Node) -> None:
    """Before anything is recorded."""
    with pytest.raises(UsageError):
        node.labels.change(_document(node), {"opens": DAY, "expires": DAY})
    for past in (node.now(), node.now() - timedelta(days=1)):
        with pytest.raises(UsageError, match="is past"):
            node.labels.change(_document(node), {"expires": past})
    with pytest.raises(UsageError):
        node.labels.of(node.claims()[0].id)
    assert not list(node.ledger.entries(kinds=(Kind.LABEL,)))


def test_the_changes_are_erased_with_the_item(node: Node) -> None:
    """Their terms say to whom it went and for what."""
    item = node.desk.commit(by="A", what="send lorries").id
    for each in (item, _document(node)):
        node.labels.change(each, {"purpose": "a secret purpose"}, also=[PARTNER])
        node.labels.change(each, {"purpose": "another"})
        node.erase(each, why="wrongly taken in")
    assert all(entry.payload is None for entry in node.ledger.entries(kinds=(Kind.LABEL,)))
    node.verify()
