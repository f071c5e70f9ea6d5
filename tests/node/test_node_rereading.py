"""Reading again with another version keeps every judgement, and adds no claim and no root."""

import random
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tawatur.model.claim import Claim, Status, Verdict
from tawatur.model.document import Extraction
from tawatur.model.reading import Modality, Polarity, Reading
from tawatur.model.span import Span
from tawatur.node import Node
from tawatur.reading import read
from tawatur.samples import paths


def _shifted(extraction: Extraction, seed: int, judged: frozenset[Span] = frozenset()) -> Reading:
    """Return what a later version could read: other ids and order, judged spans cut a little.

    Other spans stay: fewer words are another quotation, which may well be about less.
    """
    reading = read(extraction)
    chance = random.Random(seed)
    claims = []
    for number, claim in enumerate(reading.claims):
        room = len(claim.span) // 10 if claim.span in judged else 0
        cut = chance.randint(0, room)
        span = Span(claim.span.start + cut, claim.span.end) if cut else claim.span
        claims.append(replace(claim, id=f"n{number}", span=span))
    chance.shuffle(claims)
    renamed = {c.id: f"n{i}" for i, c in enumerate(reading.claims)}
    return replace(
        reading,
        reader="rules/99",
        claims=tuple(claims),
        commitments=tuple(replace(k, claim=renamed[k.claim]) for k in reading.commitments),
        requests=tuple(replace(q, claim=renamed[q.claim]) for q in reading.requests),
    )


def _judged(node: Node) -> dict[str, tuple[Status, object]]:
    return {c.id: (c.status, c.content) for c in node.claims() if c.judgements}


def _roots(node: Node) -> dict[frozenset[str], tuple[int, int]]:
    return {frozenset(e.claims): (e.roots.at_least, e.roots.at_most) for e in node.events()}


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10_000), sample=st.integers(0, 11), data=st.data())
def test_reading_again_keeps_judgements_and_roots(
    seed: int, sample: int, data: st.DataObject
) -> None:
    """Read, judge, read again with a later version: judgements and root intervals unchanged."""
    with tempfile.TemporaryDirectory() as folder, Node.init(Path(folder) / "node") as node:
        node.add([paths()[sample]])
        claims = node.claims()
        for claim in data.draw(st.lists(st.sampled_from(claims), max_size=4, unique_by=_id)):
            _judge(node, claim, data)
        judged, roots, ids = _judged(node), _roots(node), {c.id for c in node.claims()}
        spans = frozenset(c.span for c in node.claims() if c.judgements)
        assert node.read_again(lambda extraction: _shifted(extraction, seed, spans)) == 1
        assert _judged(node) == judged
        assert {c.id for c in node.claims()} == ids
        assert _roots(node) == roots
        node.rebuild()
        assert _judged(node) == judged
        assert _roots(node) == roots


def _id(claim: Claim) -> str:
    return claim.id


def _judge(node: Node, claim: Claim, data: st.DataObject) -> None:
    match data.draw(st.sampled_from(Verdict)):
        case Verdict.CORRECT:
            polarity = data.draw(st.sampled_from(Polarity))
            node.judge(claim.id, Verdict.CORRECT, polarity=polarity, modality=Modality.HEDGED)
        case verdict:
            node.judge(claim.id, verdict, why="read twice")


def test_a_rejected_claim_does_not_come_back(node: Node) -> None:
    """What a person rejected stays rejected under a later version, and out of every event."""
    node.add([paths()[1]])
    rejected = node.claims()[0]
    node.judge(rejected.id, Verdict.REJECT, why="a caption")
    spans = frozenset({rejected.span})
    node.read_again(lambda extraction: _shifted(extraction, 1, spans))
    assert node.claim(rejected.id).status is Status.REJECTED
    assert all(rejected.id not in event.claims for event in node.events())


def test_an_unjudged_proposal_of_an_older_version_goes(node: Node) -> None:
    """A newer version that proposes less leaves what people judged, and nothing else of the old."""
    node.add([paths()[1]])
    kept = node.claims()[0]
    node.judge(kept.id, Verdict.ACCEPT)

    def less(extraction: Extraction) -> Reading:
        reading = read(extraction)
        return replace(reading, reader="rules/99", claims=(), commitments=(), requests=())

    node.read_again(less)
    assert [c.id for c in node.claims()] == [kept.id]


def test_a_correction_of_the_source_names_the_root(node: Node) -> None:
    """``--source`` replaces the last link and keeps who passed it on."""
    node.add([paths()[4]])
    claim = next(c for c in node.claims() if len(c.content.chain) > 1)
    corrected = node.judge(claim.id, Verdict.CORRECT, source="وزارة الخارجية")
    assert corrected.root.source_text == "وزارة الخارجية"
    assert corrected.content.chain[:-1] == claim.content.chain[:-1]
    assert corrected.status is Status.CORRECTED
