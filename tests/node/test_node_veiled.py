"""What is kept for one viewer is given to another only where both see the same."""

import random
from pathlib import Path

import pytest

from tawatur.model.label import Viewer
from tawatur.node import Node
from tawatur.samples import paths

PARTNERS = 4


@pytest.fixture
def shared(tmp_path: Path) -> tuple[Path, list[Viewer]]:
    """Return a node to which each of its partners gave other reports, and the partners."""
    chance = random.Random(3)
    viewers = []
    with Node.init(tmp_path / "hub", name="Hub") as hub:
        for number in range(PARTNERS):
            with Node.init(tmp_path / f"p{number}", name=f"P{number}") as partner:
                partner.partners.add(hub.partners.sealed_card())
                hub.partners.add(partner.partners.sealed_card())
                viewers.append(Viewer(partner.id))
                partner.add(chance.sample(paths()[:7], 4))
                for document in partner.documents():
                    hub.incoming.receive(partner.outgoing.release(document.id, "Hub"))
    return tmp_path / "hub", viewers


def _seen(node: Node, viewer: Viewer) -> tuple[object, ...]:
    events = sorted(node.events(viewer=viewer), key=lambda event: event.id)
    return events, sorted(node.conflicts(viewer=viewer), key=lambda c: c.id)


def test_what_others_asked_before_changes_no_picture(shared: tuple[Path, list[Viewer]]) -> None:
    """In any order, and asked again, each viewer sees what a node opened for them alone shows."""
    path, viewers = shared
    alone = {}
    for viewer in viewers:
        with Node.open(path) as node:
            alone[viewer] = _seen(node, viewer)
    with Node.open(path) as node:
        for viewer in (*viewers, *reversed(viewers)):
            assert _seen(node, viewer) == alone[viewer]
    assert len({repr(seen) for seen in alone.values()}) > 1


def test_no_picture_holds_a_claim_that_its_viewer_may_not_see(
    shared: tuple[Path, list[Viewer]],
) -> None:
    """After others asked, and after an erasure, events name the viewer's own documents only."""
    path, viewers = shared
    with Node.open(path) as node:
        for _ in range(2):
            for viewer in viewers:
                visible = {document.id for document in node.documents(viewer=viewer)}
                claims = {claim.id for claim in node.claims(viewer=viewer)}
                for event in node.events(viewer=viewer):
                    assert set(event.documents) <= visible
                    assert set(event.claims) <= claims
            node.erase(node.documents(viewer=viewers[0])[0].id, why="taken in by mistake")
