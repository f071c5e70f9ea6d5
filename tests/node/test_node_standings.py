"""What sources are weighed by is kept as it changes: it equals what all claims come to at once."""

import random
from collections import Counter
from pathlib import Path

import pytest

from tawatur.model.claim import Status, Verdict
from tawatur.model.grade import Record
from tawatur.model.ids import DocumentId, EntityId
from tawatur.model.label import Viewer
from tawatur.model.picture import Conflict, Event, Standing
from tawatur.model.reading import EntityType
from tawatur.model.ruling import Outcome
from tawatur.node import Node
from tawatur.node.indexing.identity import OPEN, Known
from tawatur.node.seeing.sight import Sight
from tawatur.samples import paths
from tawatur.weighing import Called, contradictions, heard, records, standings, voices
from tawatur.weighing.tellings import tellings

pytestmark = pytest.mark.usefixtures("each_store")

LIFE = 8
"""Steps in which a node changes."""


def _at_once(node: Node, viewer: Viewer | None = None) -> list[Record]:
    """Return the records of all sources, worked out from all claims that may be seen at once."""
    sight = node.sources.sight(viewer)
    claims = [claim for claim in sight.claims() if claim.status is not Status.REJECTED]
    known = sight._index.identities.known(sight._veil)  # not what is kept of names
    assert sight._index.known(sight._veil) == known
    who = {name.place: each.entity.id for each in known for name in each.members}
    stood = _stood(sight, who)
    conflicts = tuple(sight.pictures.all(Conflict))
    said = node.settling.of(conflicts, viewer=viewer)
    dismissed = {id_ for id_, ruling in said.items() if ruling.outcome is Outcome.DISMISSED}
    against = contradictions((c for c in conflicts if c.id not in dismissed), stood)
    called = {each.entity.id: _called(each) for each in known}
    of = heard(voices(claims), who, called, node._key)
    return sorted(records(of, stood, against), key=lambda record: record.source.id)


def _stood(sight: Sight, who: dict[tuple[DocumentId, str], EntityId]) -> list[Standing]:
    found: list[Standing] = []
    for event in sight.pictures.all(Event):
        told = [cited.claim for cited in sight.cited(event.claims).values()]
        documents = {c.document for c in told}
        families, _, quotes = sight._index.components.beside(documents, sight._veil)
        found += standings(event, tellings(told, families, who), families, who, quotes)
    return found


def _called(known: Known) -> Called:
    names = Counter(name.name for name in known.members)
    types = Counter(name.type for name in known.members)
    return Called(
        min(names, key=lambda name: (-names[name], -len(name), name)),
        min(types, key=lambda type_: (-types[type_], type_)) is EntityType.PERSON,
    )


def _kept(node: Node, viewer: Viewer | None = None) -> list[Record]:
    """Return them as the node keeps them, whole and one by one, with lines that say the same."""
    views = node.sources.all(viewer=viewer)
    assert [view.line for view in views] == list(node.sources.lines(viewer=viewer))
    for view in views:
        assert view.line.tally == view.record.tally
        assert node.sources.one(view.record.source.id, viewer=viewer) == view
    return sorted((view.record for view in views), key=lambda record: record.source.id)


def _changed(node: Node, chance: random.Random, reports: list[Path]) -> None:
    """Change something of a node."""
    claims = node.claims()
    match chance.randrange(6) if claims else 0:
        case 0 | 1:
            node.add([reports.pop()] if reports else [])
        case 2:
            node.judge(chance.choice(claims).id, chance.choice([Verdict.ACCEPT, Verdict.REJECT]))
        case 3:
            for conflict in node.conflicts()[:2]:
                node.settling.settle(conflict.id, Outcome.DISMISSED, "two things")
        case 4:
            some = chance.sample([entity.id for entity in node.entities()], 2)
            node.who.same(some[0], some[1], "one and the same")
        case _:
            node.erase(chance.choice(node.documents()).id, why="taken in by mistake")


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_what_is_kept_of_sources_is_what_all_claims_come_to(tmp_path: Path, seed: int) -> None:
    """After every change; and a rebuild gives the same again."""
    chance = random.Random(seed)
    reports = chance.sample(paths(), len(paths()))
    with Node.init(tmp_path / "node") as node:
        for _ in range(LIFE):
            _changed(node, chance, reports)
            assert _kept(node) == _at_once(node)
        before = node.sources.all()
        assert any(view.record.cases for view in before)
        node.rebuild()
        assert node.sources.all() == before


def test_what_turns_on_names_is_kept_while_they_are_the_same(tmp_path: Path) -> None:
    """A judgement that leaves all names and speakers as they are costs none of it again."""
    with Node.init(tmp_path / "node") as node:
        node.add(paths()[:3])
        node.sources.lines()
        index = node._index
        known, of = index.known(OPEN), index.heard(OPEN)
        claim, *_ = node.claims(status=Status.PROPOSED)
        node.judge(claim.id, Verdict.ACCEPT)
        assert index.known(OPEN) is known
        assert index.heard(OPEN) is of
        node.judge(claim.id, Verdict.REJECT)
        assert index.heard(OPEN) is not of
        node.add(paths()[3:4])
        assert index.known(OPEN) is not known


def test_each_viewer_has_the_sources_of_what_that_viewer_sees(tmp_path: Path) -> None:
    """In any order, and asked again, whoever asked before."""
    chance = random.Random(5)
    viewers: list[Viewer | None] = [None]
    with Node.init(tmp_path / "hub", name="Hub") as hub:
        for number in range(3):
            with Node.init(tmp_path / f"p{number}", name=f"P{number}") as partner:
                partner.partners.add(hub.partners.sealed_card())
                hub.partners.add(partner.partners.sealed_card())
                viewers.append(Viewer(partner.id))
                partner.add(chance.sample(paths()[:8], 4))
                for document in partner.documents():
                    hub.incoming.receive(partner.outgoing.release(document.id, "Hub"))
        seen = {viewer: _kept(hub, viewer) for viewer in (*viewers, *viewers[::-1])}
        for viewer, found in seen.items():
            assert found == _at_once(hub, viewer)
        assert len({repr(found) for found in seen.values()}) == len(viewers)
