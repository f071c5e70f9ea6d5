"""Two readers of one text, in any order, as often as one likes: nothing is counted twice."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tawatur.model.claim import (
    SAME_CLAIM,
    Agreement,
    Claim,
    Status,
    Verdict,
    family_of,
    same_source,
)
from tawatur.model.document import Extraction
from tawatur.model.reading import Modality, Polarity, Proposal, Reading
from tawatur.model.span import Span
from tawatur.node import Node
from tawatur.reading import read
from tawatur.samples import paths

Reader = Callable[[Extraction], Reading]


def _as_model(version: int, seed: int, share: float) -> Reader:
    """Return a reader that sees part of what the rules see, by other ids and a little moved."""

    def reader(extraction: Extraction) -> Reading:
        reading, chance = read(extraction), Random(seed)
        ids = {e.id: f"e{len(reading.entities) - n}" for n, e in enumerate(reading.entities)}
        entities = tuple(replace(e, id=ids[e.id]) for e in reversed(reading.entities))
        claims: list[Proposal] = []
        for claim in reading.claims:
            if chance.random() > share:
                continue
            cut = chance.randint(0, len(claim.span) // 6)
            span = Span(claim.span.start + cut, claim.span.end)
            chain = tuple(
                replace(link, entity=ids[link.entity] if link.entity else None)
                for link in claim.chain
            )
            claims.append(
                replace(
                    claim,
                    id=f"m{len(claims)}",
                    span=span,
                    chain=chain,
                    polarity=chance.choice([claim.polarity, Polarity.QUESTIONED]),
                    who=tuple(replace(p, entity=ids[p.entity]) for p in claim.who),
                    where=tuple(ids[e] for e in claim.where),
                )
            )
        return replace(
            reading,
            reader=f"llm/{version} other",
            entities=entities,
            claims=tuple(claims),
            commitments=(),
            requests=(),
        )

    return reader


@contextmanager
def _made(sample: int) -> Iterator[Node]:
    with tempfile.TemporaryDirectory() as folder, Node.init(Path(folder) / "node") as node:
        node.add([paths()[sample]])
        yield node


def _judge(node: Node, claim: Claim, data: st.DataObject) -> None:
    verdict = data.draw(st.sampled_from(Verdict))
    if verdict is Verdict.CORRECT:
        node.judge(claim.id, verdict, modality=Modality.HEDGED)
    else:
        node.judge(claim.id, verdict, why="seen")


def _judged(node: Node) -> dict[str, tuple[Status, object, object]]:
    return {c.id: (c.status, c.span, c.judgements) for c in node.claims() if c.judgements}


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(sample=st.integers(0, 11), steps=st.lists(st.integers(0, 5), max_size=6), data=st.data())
def test_nothing_is_counted_twice_whoever_reads_when(
    sample: int, steps: list[int], data: st.DataObject
) -> None:
    """Readings by rules and by a model in two versions, and judgements, in any order."""
    with _made(sample) as node:
        roots_before = {e.roots.at_most for e in node.events()}
        names_before = {n.text for e in node.entities() for n in e.names}
        size = len(node.entities())
        rejected: set[str] = set()
        for step in steps:
            judged = _judged(node)
            if step < 3:
                model = _as_model(step % 2 + 1, data.draw(st.integers(0, 99)), 1.0 - step * 0.3)
                node.read_again(model)
            elif step == 3:
                node.read_again(lambda extraction: replace(read(extraction), reader="rules/99"))
            elif node.claims():
                _judge(node, data.draw(st.sampled_from(node.claims())), data)
            after = _judged(node)
            assert {i: v for i, v in after.items() if i in judged and step < 4} == (
                judged if step < 4 else {}
            )
            rejected |= {i for i, (status, _, _) in after.items() if status is Status.REJECTED}
        claims = node.claims()
        # One place is one claim: no id twice, and no reader's proposal is in two of them.
        assert len({c.id for c in claims}) == len(claims)
        by_span = [c.span for c in claims if not c.judgements]
        assert len(set(by_span)) == len(by_span)
        for claim in claims:
            families = [family_of(reader) for reader in claim.readers]
            assert len(set(families)) == len(families)
        spans = {c.span for c in read(node.document(node.documents()[0].id).extraction).claims}
        assert len([c for c in claims if "rules" in {family_of(r) for r in c.readers}]) <= len(
            spans
        )
        # A rejected claim is in no event, and no event has more roots than claims.
        last = {i for i, (status, _, _) in _judged(node).items() if status is Status.REJECTED}
        for event in node.events():
            assert not last & set(event.claims)
            assert event.roots.at_most <= len(event.claims)
        # The second reader names whom the first names: no entity is there twice.
        assert len(node.entities()) == size
        assert {n.text for e in node.entities() for n in e.names} == names_before
        assert roots_before or not claims
        before = (claims, node.events(), node.entities())
        node.rebuild()
        assert (node.claims(), node.events(), node.entities()) == before


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(sample=st.integers(0, 11), seed=st.integers(0, 99))
def test_a_second_opinion_adds_no_claim_and_no_root(sample: int, seed: int) -> None:
    """Where the other reader sees the same claims, the picture stays as the rules drew it."""
    with _made(sample) as node:
        claims = {c.id: c.content for c in node.claims()}
        events = {frozenset(e.claims): (e.roots.at_least, e.roots.at_most) for e in node.events()}
        assert node.read_again(_as_model(1, seed, 1.0)) == 1
        assert {c.id: c.content for c in node.claims()} == claims
        assert {
            frozenset(e.claims): (e.roots.at_least, e.roots.at_most) for e in node.events()
        } == events
        assert all(c.agreement is Agreement.AGREED for c in node.claims())
        assert all(len(c.readers) == 2 for c in node.claims())


def test_agreement_says_who_stands_alone_and_who_names_another_root(node: Node) -> None:
    """Found by one, found by both with one root, found by both with two."""
    node.add([paths()[1]])
    assert {c.agreement for c in node.claims()} == {None}
    base = read(node.document(node.documents()[0].id).extraction)
    apart = [
        c
        for c in base.claims
        if all(c is o or c.span.likeness(o.span) < SAME_CLAIM for o in base.claims)
    ]
    alone, other = apart[0], next(c for c in apart[1:] if len(c.chain) > 1)
    claims = [
        replace(c, chain=c.chain[:1]) if c is other else c for c in base.claims if c is not alone
    ]
    node.read_again(
        lambda extraction: replace(
            base, reader="llm/1 x", claims=tuple(claims), commitments=(), requests=()
        )
    )
    said = {c.span: c.agreement for c in node.claims()}
    assert said.pop(alone.span) is Agreement.ALONE
    assert said.pop(other.span) is Agreement.OTHER_ROOT
    assert set(said.values()) == {Agreement.AGREED}


def test_a_name_that_only_the_model_knows_is_one_entity_more(node: Node) -> None:
    """Its id does not meet an id of the rules, though both count from e1."""
    node.add([paths()[1]])
    before = {e.id for e in node.entities()}
    view = node.document(node.documents()[0].id)
    taken = [m for e in view.reading.entities for m in e.mentions]
    at = next(
        n
        for n in range(len(view.extraction.text))
        if view.extraction.text[n : n + 6].isalpha()
        and not any(m.overlap(Span(n, n + 6)) for m in taken)
    )
    first = view.reading.entities[0]
    new = replace(
        first,
        id="e1",
        name=view.extraction.text[at : at + 6],
        mentions=(Span(at, at + 6),),
        names=(),
    )
    node.read_again(
        lambda extraction: Reading(
            "llm/1 x", view.reading.language, view.reading.published, entities=(new,)
        )
    )
    assert before < {e.id for e in node.entities()}
    assert len(node.entities()) == len(before) + 1


def test_same_source_is_the_same_name_or_nobody() -> None:
    """The author is the author; a name with its title is the name."""
    reading = read(_extraction("Colonel Issa Merdan said that it rained. It snowed."))
    author = reading.claims[-1].chain[0]
    link = next(c.chain[-1] for c in reading.claims if len(c.chain) > 1)
    assert same_source(author, author)
    assert not same_source(author, link)
    assert same_source(link, replace(link, source_text="Merdan", entity=None, span=None))
    assert not same_source(link, replace(link, source_text="Adar", entity=None, span=None))


def _extraction(text: str) -> Extraction:
    from tawatur.intake import extract

    return extract("note.txt", text.encode())
