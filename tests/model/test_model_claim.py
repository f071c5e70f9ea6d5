"""Folding: readings propose, people judge, and one place in a text is one claim for good."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.model.claim import (
    CONTENT_FIELDS,
    SAME_CLAIM,
    Claim,
    ClaimJudgement,
    Content,
    Status,
    Verdict,
    content_of,
    fold_claims,
)
from tawatur.model.document import Extraction, Extractor, Rendition
from tawatur.model.ids import ActorId, ClaimId, DocumentId, EntryId, RenditionId, blob_digest
from tawatur.model.reading import (
    AUTHOR,
    EntityType,
    EventType,
    Link,
    LocalEntity,
    Modality,
    Participant,
    Polarity,
    Proposal,
    Publication,
    Quantity,
    Reading,
    Role,
    SourceKind,
)
from tawatur.model.span import Span

Step: TypeAlias = Reading | tuple[EntryId, ClaimJudgement]

TEXT = "قال مصدر أمني إن الهجوم أسفر عن مقتل 12 جنديا"
LEARNT = datetime(2031, 3, 1, tzinfo=UTC)
RENDITION = Rendition(
    RenditionId("r-0000000000000000"),
    DocumentId("d-0000000000000000"),
    blob_digest(TEXT.encode()),
    Extraction(TEXT, "text/plain", "utf-8", Extractor("tawatur.plain", "1"), "ar"),
)
OPERATOR = ActorId("a-0000000000000000")
STATUS = {
    Verdict.ACCEPT: Status.ACCEPTED,
    Verdict.CORRECT: Status.CORRECTED,
    Verdict.REJECT: Status.REJECTED,
}

spans = st.tuples(st.integers(0, 30), st.integers(1, 14)).map(lambda p: Span(p[0], p[0] + p[1]))
contents = st.builds(
    Content,
    chain=st.sampled_from([(AUTHOR,), (AUTHOR, Link(SourceKind.ANONYMOUS, "مصدر أمني"))]),
    polarity=st.sampled_from(Polarity),
    modality=st.sampled_from(Modality),
    event_type=st.sampled_from(EventType),
    when=st.sampled_from([None, "2031", "2031-02"]),
)


@st.composite
def readings(draw: st.DrawFn, reader: str | None = None) -> Reading:
    """Return what some reader proposes, overlapping and doubled places among it."""
    claims = tuple(
        Proposal(f"c{i}", span, content.chain, content.polarity, content.modality)
        for i, (span, content) in enumerate(
            draw(st.lists(st.tuples(spans, contents), max_size=6)), 1
        )
    )
    name = reader or draw(st.sampled_from(["rules/1", "rules/2", "llm/1", "press/3"]))
    return Reading(name, "ar", Publication(None, None), claims=claims)


@st.composite
def judgements(draw: st.DrawFn) -> ClaimJudgement:
    """Return a judgement anywhere, whether or not a reading proposes something there."""
    judged = draw(st.lists(st.sampled_from(CONTENT_FIELDS), unique=True))
    return ClaimJudgement(
        RENDITION.id,
        draw(spans),
        draw(st.sampled_from(Verdict)),
        draw(contents),
        tuple(judged),
        OPERATOR,
    )


@st.composite
def histories(draw: st.DrawFn) -> tuple[Step, ...]:
    """Return readings and judgements as a log holds them."""
    steps = draw(st.lists(readings() | judgements(), max_size=7))
    return tuple(
        step if isinstance(step, Reading) else (EntryId(f"i-{n:016}"), step)
        for n, step in enumerate(steps)
    )


def _id(span: Span) -> ClaimId:
    return ClaimId(f"c-{span.start}-{span.end}")


def _fold(steps: Sequence[Step]) -> tuple[Claim, ...]:
    return fold_claims(RENDITION, steps, id_of=_id, learnt=LEARNT)


def _reading(reader: str, *proposals: Proposal) -> Reading:
    return Reading(reader, "ar", Publication(None, None), claims=proposals)


def _proposal(start: int, end: int, **said: object) -> Proposal:
    return replace(Proposal("c1", Span(start, end), (AUTHOR,)), **said)  # type: ignore[arg-type]  # fields of Proposal


def _judged(
    span: Span, verdict: Verdict, judged: Sequence[str] = CONTENT_FIELDS, **said: object
) -> tuple[EntryId, ClaimJudgement]:
    content = replace(Content((AUTHOR,)), **said)  # type: ignore[arg-type]  # fields of Content
    judgement = ClaimJudgement(RENDITION.id, span, verdict, content, tuple(judged), OPERATOR)
    return EntryId(f"i-{span.start:016}"), judgement


@settings(max_examples=400)
@given(histories())
def test_no_two_claims_have_one_id(steps: tuple[Step, ...]) -> None:
    """Whatever was read and judged, in whichever order: an id names one claim."""
    claims = _fold(steps)
    assert len({claim.id for claim in claims}) == len(claims)


@given(histories())
def test_claims_stand_in_order_and_quote_their_place(steps: tuple[Step, ...]) -> None:
    """By span; the quotation is the characters there."""
    claims = _fold(steps)
    assert [c.span for c in claims] == sorted(c.span for c in claims)
    assert all(c.quote == c.span.of(TEXT) for c in claims)
    assert all(c.root == c.content.chain[-1] for c in claims)


@given(readings(), st.randoms())
def test_one_reading_gives_one_claim_for_each_place(reading: Reading, chance: object) -> None:
    """Doubled proposals are one, and their order in the reading does not matter."""
    claims = _fold([reading])
    assert {c.span for c in claims} == {p.span for p in reading.claims}
    assert len(claims) == len({p.span for p in reading.claims})
    if len(claims) == len(reading.claims):
        assert _fold([replace(reading, claims=reading.claims[::-1])]) == claims


@settings(max_examples=250)
@given(histories(), readings("rules/9"))
def test_reading_the_same_again_changes_nothing(steps: tuple[Step, ...], last: Reading) -> None:
    """The same reader, finding the same in a later version, adds and removes no claim."""
    once = _fold([*steps, last])
    again = _fold([*steps, last, last])
    assert [c.id for c in again] == [c.id for c in once]
    assert again == once


@given(histories(), readings())
def test_what_was_judged_outlives_every_later_reading(
    steps: tuple[Step, ...], later: Reading
) -> None:
    """Id, place, status and the judgements themselves stay; nothing else may take them over."""
    before = {c.id: c for c in _fold(steps) if c.judgements}
    after = {c.id: c for c in _fold([*steps, later])}
    for id_, claim in before.items():
        kept = after[id_]
        assert (kept.span, kept.status, kept.judgements) == (
            claim.span,
            claim.status,
            claim.judgements,
        )


@given(histories(), spans, st.sampled_from(Verdict), contents, readings())
def test_every_field_that_was_judged_keeps_its_value(
    steps: tuple[Step, ...], span: Span, verdict: Verdict, content: Content, later: Reading
) -> None:
    """A judgement on the whole content decides the whole content, before and after reading."""
    entry = EntryId("i-judgement")
    judgement = ClaimJudgement(RENDITION.id, span, verdict, content, CONTENT_FIELDS, OPERATOR)
    for whole in ([*steps, (entry, judgement)], [*steps, (entry, judgement), later]):
        (claim,) = (c for c in _fold(whole) if entry in c.judgements)
        assert (claim.content, claim.status) == (content, STATUS[verdict])


@given(histories())
def test_every_judgement_is_on_exactly_one_claim(steps: tuple[Step, ...]) -> None:
    """None is lost and none counts twice."""
    entries = [step[0] for step in steps if isinstance(step, tuple)]
    found = [entry for claim in _fold(steps) for entry in claim.judgements]
    assert sorted(found) == sorted(entries)


@given(st.lists(readings(), max_size=4))
def test_an_unjudged_claim_is_somebodys_proposal(steps: list[Reading]) -> None:
    """What the newest reading of no reader proposes any more is gone."""
    newest = {r.reader.split("/")[0]: r for r in steps}
    proposed = {p.span for r in newest.values() for p in r.claims}
    for claim in _fold(steps):
        assert claim.readers
        assert claim.span in proposed
        assert set(claim.readers) <= {r.reader for r in newest.values()}


@given(readings("rules/1"), readings("rules/2"))
def test_a_claim_keeps_the_id_of_its_first_place(old: Reading, new: Reading) -> None:
    """An older claim that a newer version moved is the same claim: like enough, same id."""
    before = {c.span: c.id for c in _fold([old])}
    kept = {c.id: c.span for c in _fold([old, new]) if c.id in before.values()}
    first = {i: span for span, i in before.items()}
    assert all(kept[i].likeness(first[i]) >= SAME_CLAIM for i in kept)


@given(st.lists(st.tuples(spans, contents), max_size=5, unique_by=lambda p: p[0]), st.data())
def test_readers_over_the_same_places_speak_in_any_order(
    places: list[tuple[Span, Content]], data: st.DataObject
) -> None:
    """Readers that see the same places give the same claims, whoever read first."""
    given_readings = []
    readers = data.draw(st.sampled_from([("llm/2", "press/1", "rules/1"), ("llm/2", "press/1")]))
    for reader in readers:
        said = [replace(c, polarity=data.draw(st.sampled_from(Polarity))) for _, c in places]
        given_readings.append(
            _reading(
                reader,
                *(
                    Proposal(f"c{i}", span, content.chain, content.polarity)
                    for i, ((span, _), content) in enumerate(zip(places, said, strict=True))
                ),
            )
        )
    shuffled = data.draw(st.permutations(given_readings))
    assert _fold(shuffled) == _fold(given_readings)
    assert all(c.readers == readers for c in _fold(shuffled))


def test_two_readers_over_one_place_are_one_claim_and_the_built_in_one_speaks() -> None:
    """The other is kept beside it; a second opinion adds no claim."""
    rules = _reading("rules/1", _proposal(0, 10, polarity=Polarity.DENIED))
    other = _reading("llm/1", _proposal(0, 9, polarity=Polarity.ASSERTED))
    for steps in ([rules, other], [other, rules]):
        (claim,) = _fold(steps)
        assert claim.readers == ("llm/1", "rules/1")
        assert claim.content.polarity is Polarity.DENIED
        assert claim.span == Span(0, 10)


def test_overlapping_claims_of_one_reading_stay_apart() -> None:
    """A reader that proposes two means two, however much they share."""
    claims = _fold([_reading("rules/1", _proposal(0, 10), _proposal(0, 9))])
    assert [c.span for c in claims] == [Span(0, 9), Span(0, 10)]


def test_a_correction_holds_only_on_the_fields_it_corrects() -> None:
    """The rest follows the newest reading."""
    first = _reading("rules/1", _proposal(0, 10, when="2030"))
    corrected = _judged(
        Span(0, 10), Verdict.CORRECT, ["polarity"], polarity=Polarity.DENIED, when="1999"
    )
    later = _reading("rules/2", _proposal(0, 10, when="2031-02", polarity=Polarity.QUESTIONED))
    (claim,) = _fold([first, corrected, later])
    assert (claim.content.polarity, claim.content.when) == (Polarity.DENIED, "2031-02")
    assert claim.status is Status.CORRECTED


def test_of_two_judgements_the_later_decides_and_the_earlier_holds_where_it_is_silent() -> None:
    """Both stay on record, in order."""
    one = _judged(Span(0, 10), Verdict.CORRECT, ["when"], when="2030")
    other = (EntryId("i-later"), replace(one[1], verdict=Verdict.ACCEPT, judged=("polarity",)))
    (claim,) = _fold([_reading("rules/1", _proposal(0, 10)), one, other])
    assert (claim.content.when, claim.status) == ("2030", Status.ACCEPTED)
    assert claim.judgements == (one[0], other[0])


def test_what_was_rejected_does_not_come_back_a_little_moved() -> None:
    """A later version that proposes nearly the same place proposes the rejected claim."""
    steps: list[Step] = [
        _reading("rules/1", _proposal(0, 20)),
        _judged(Span(0, 20), Verdict.REJECT),
        _reading("rules/2", _proposal(2, 22)),
    ]
    (claim,) = _fold(steps)
    assert (claim.status, claim.span) == (Status.REJECTED, Span(0, 20))


def test_a_judgement_where_nobody_proposes_makes_a_claim_by_hand() -> None:
    """A person marks a claim that no reader found; a reader that finds it later joins it."""
    marked = _judged(Span(5, 15), Verdict.ACCEPT, polarity=Polarity.DENIED)
    (claim,) = _fold([marked])
    assert (claim.readers, claim.status, claim.id) == ((), Status.ACCEPTED, _id(Span(5, 15)))
    assert claim.content.polarity is Polarity.DENIED
    (found,) = _fold([marked, _reading("rules/1", _proposal(5, 14))])
    assert (found.id, found.readers) == (claim.id, ("rules/1",))


def test_a_claim_that_moved_leaves_its_first_id_to_nobody_else() -> None:
    """A new claim at the old place gets another id, the moved one keeps its own."""
    steps = [
        _reading("rules/1", _proposal(0, 10)),
        _reading("rules/2", _proposal(0, 6)),
        _reading("rules/3", _proposal(0, 6), _proposal(0, 10)),
    ]
    moved, fresh = _fold(steps)
    assert moved.id == _id(Span(0, 10))
    assert fresh.span == Span(0, 10)
    assert fresh.id not in (moved.id, _id(Span(0, 6)))


def test_content_has_names_in_place_of_local_ids() -> None:
    """Participants, places and quantities come from the reading they are told in."""
    entity = LocalEntity("e1", EntityType.LOCATION, "أنزيفات", (Span(0, 3),))
    actor = LocalEntity("e2", EntityType.ORGANISATION, "الجيش", (Span(4, 8),))
    quantity = Quantity(Span(37, 39), 12.0, of="جنديا")
    proposal = _proposal(
        0, 45, where=("e1",), who=(Participant("e2", Role.ACTOR),), quantities=(0,)
    )
    reading = replace(
        _reading("rules/1", proposal), entities=(entity, actor), quantities=(quantity,)
    )
    content = content_of(proposal, reading)
    assert [(n.name, n.role) for n in content.where] == [("أنزيفات", None)]
    assert [(n.name, n.role) for n in content.who] == [("الجيش", Role.ACTOR)]
    assert content.quantities == (quantity,)
