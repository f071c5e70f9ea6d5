"""Sources are weighed by what became of what they said, and people are not weighed at all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.weighing.factory import KEY, body, claim, outlet, person, unnamed

from tawatur.model.claim import Claim
from tawatur.model.grade import (
    GRADED,
    Case,
    Credibility,
    Record,
    Reliability,
    Source,
    SourceGrade,
    Tally,
)
from tawatur.model.ids import ClaimId, DocumentId, EntityId, EventId, SourceId
from tawatur.model.picture import (
    Conflict,
    ConflictKind,
    Event,
    Reason,
    RootInterval,
    Standing,
)
from tawatur.model.reading import EventType, Modality, Polarity, SourceKind
from tawatur.weighing import (
    Against,
    Called,
    Voice,
    contradictions,
    credibility,
    graded,
    heard,
    records,
    standings,
    voices,
)
from tawatur.weighing.roots import independent_roots
from tawatur.weighing.tellings import tellings

ORDER = "ABCDE"
OUTLETS = ("Plain Observer", "Le Courrier", "وكالة السهل", "Radio Tarsane")
TEXT = "armed men attacked the army post at Wadril"


@dataclass(frozen=True)
class Basis:
    """What sources are weighed by, of one archive."""

    said: tuple[Voice, ...]
    stood: tuple[Standing, ...]
    against: Against
    who: Mapping[tuple[DocumentId, str], EntityId]
    called: Mapping[EntityId, Called]


def basis(
    claims: Iterable[Claim],
    conflicts: Iterable[tuple[str, str]] = (),
    families: Iterable[Sequence[str]] = (),
    people: Mapping[str, str] | None = None,
    quotes: Iterable[tuple[str, str]] = (),
) -> Basis:
    """Return what sources are weighed by; claims whose id ends alike are about one event."""
    held = {each.id: each for each in claims}
    about: dict[str, list[Claim]] = {}
    for each in held.values():
        about.setdefault(each.id.rsplit(".", 1)[1], []).append(each)
    who = {
        (each.document, link.entity): EntityId(link.entity)
        for each in held.values()
        for link in each.content.chain
        if link.entity
    }
    groups = [tuple(DocumentId(d) for d in group) for group in families]
    quoting = [(DocumentId(a), DocumentId(b)) for a, b in quotes]
    stood = tuple(
        standing
        for at, told in about.items()
        for standing in standings(
            _event(at, told, independent_roots(told, groups, who, quoting)),
            tellings(told, groups, who),
            groups,
            who,
            quoting,
        )
    )
    opposed = (
        Conflict(f"x-{a}-{b}", ConflictKind.POLARITY, ClaimId(a), ClaimId(b), Reason("so"))  # type: ignore[arg-type]  # an id in a test
        for a, b in conflicts
    )
    called = {EntityId(each): Called(name, person=True) for each, name in (people or {}).items()}
    return Basis(voices(held.values()), stood, contradictions(opposed, stood), who, called)


def _event(at: str, told: Sequence[Claim], roots: RootInterval) -> Event:
    return Event(
        id=EventId(f"v-{at}"),
        type=EventType.ASSAULT,
        headline=TEXT,
        language="en",
        claims=tuple(each.id for each in told),
        documents=tuple({each.document for each in told}),
        when=None,
        where=(),
        who=(),
        roots=roots,
    )


def found_in(of: Basis) -> tuple[Record, ...]:
    """Return the records of all sources."""
    return records(heard(of.said, of.who, of.called, KEY), of.stood, of.against)


def said(
    document: str,
    event: int = 1,
    publisher: str | None = None,
    *,
    chain: Sequence[object] = (),
    day: int = 8,
    polarity: Polarity = Polarity.ASSERTED,
    modality: Modality = Modality.FACT,
) -> Claim:
    """Return a claim of one document about one event."""
    return claim(
        f"{TEXT} number {event}",
        document,
        id=f"c-{document}.{event}",
        chain=chain,  # type: ignore[arg-type]  # links
        publisher=publisher,
        published=f"2021-06-{day:02}",
        polarity=polarity,
        modality=modality,
    )


def record_of(name: str, found: Iterable[Record]) -> Record:
    """Return the record of the source called so."""
    return next(record for record in found if record.source.name == name)


def letters(of: Basis) -> dict[str, Reliability]:
    """Return the letter of each source that has one, by its name."""
    grades = (graded(each.source, each.tally) for each in found_in(of))
    return {grade.source.name: grade.reliability for grade in grades if grade is not None}


def numbers(of: Basis) -> dict[ClaimId, Credibility]:
    """Return the number of each claim."""
    return {id_: grade.credibility for id_, grade in credibility(of.stood, of.against).items()}


# ------------------------------------------------------------ what it must never do


@pytest.mark.parametrize("kind", sorted(set(SourceKind) - GRADED))
def test_no_letter_can_be_made_of_a_person(kind: SourceKind) -> None:
    """Nor of a group of people, or of whoever is not named: the value refuses."""
    source = Source(SourceId("s-1"), kind, "Selma Berrak", ("Selma Berrak",))
    with pytest.raises(ValueError, match="no letter"):
        SourceGrade(source, Reliability.USUALLY, (), "grades/1")
    assert graded(source, Tally(0, 0, 0, 0)) is None


def test_whoever_is_taken_for_a_person_once_is_given_no_letter() -> None:
    """By the word of one text, or because its name is a person's."""
    link = body("Karim Dulane", "e-1")
    once = person("Karim Dulane", "e-1")
    found = found_in(basis([said("d-1", chain=[link]), said("d-2", chain=[once])]))
    assert record_of("Karim Dulane", found).source.kind is SourceKind.PERSON
    found = found_in(basis([said("d-1", chain=[link])], people={"e-1": "Karim Dulane"}))
    assert record_of("Karim Dulane", found).source.kind is SourceKind.PERSON


# ------------------------------------------------------------ cases


def test_an_independent_root_that_comes_later_confirms() -> None:
    """The one that came later is confirmed by nobody."""
    found = found_in(basis([said("d-1", 1, OUTLETS[0], day=8), said("d-2", 1, OUTLETS[1], day=9)]))
    assert record_of(OUTLETS[0], found).cases[0].confirmed_by == (ClaimId("c-d-2.1"),)
    assert record_of(OUTLETS[1], found).cases[0].confirmed_by == ()


def test_neither_a_copy_nor_an_unnamed_source_confirms() -> None:
    """The one is the same root, the other may be."""
    first = said("d-1", 1, OUTLETS[0])
    copied = basis([first, said("d-2", 1, OUTLETS[1])], families=[("d-1", "d-2")])
    assert record_of(OUTLETS[0], found_in(copied)).cases[0].confirmed_by == ()
    hidden = basis([first, said("d-2", 1, chain=[unnamed()])])
    assert record_of(OUTLETS[0], found_in(hidden)).cases[0].confirmed_by == ()


def test_who_passes_it_on_is_no_root() -> None:
    """The claim is among what came through it, and no case of its own."""
    told = said("d-1", 1, OUTLETS[0], chain=[body("وزارة الدفاع", "e-7")])
    found = found_in(basis([told]))
    passing = record_of(OUTLETS[0], found)
    assert (passing.claims, passing.cases) == ((told.id,), ())
    assert len(record_of("وزارة الدفاع", found).cases) == 1


def test_plans_and_opinions_are_neither_confirmed_nor_contradicted() -> None:
    """Only what is stated as a fact counts."""
    one = said("d-1", 1, OUTLETS[0], modality=Modality.OPINION)
    other = said("d-2", 1, OUTLETS[1])
    of = basis([one, other], conflicts=[(one.id, other.id)])
    (case,) = record_of(OUTLETS[0], found_in(of)).cases
    assert (case.confirmed_by, case.contradicted_by) == ((), ())
    assert numbers(of)[one.id] is Credibility.UNJUDGED


def test_an_outlet_that_publishes_and_is_cited_is_one_source() -> None:
    """Though a text names it with a resolved entity."""
    found = found_in(
        basis(
            [
                said("d-1", 1, OUTLETS[0]),
                said("d-2", 2, OUTLETS[1], chain=[outlet(OUTLETS[0])]),
                said("d-3", 3, OUTLETS[1], chain=[body(OUTLETS[0], "e-3")]),
            ]
        )
    )
    assert len(record_of(OUTLETS[0], found).cases) == 3


# ------------------------------------------------------------ letters and numbers


@pytest.mark.parametrize(
    ("confirmed", "contradicted", "letter"),
    [
        (0, 0, "F"), (4, 0, "F"), (4, 2, "F"), (0, 2, "F"), (0, 3, "E"), (5, 0, "C"), (12, 0, "B"),
        (12, 1, "B"), (12, 2, "C"), (30, 0, "A"), (60, 1, "A"), (60, 2, "B"), (5, 5, "D"),
        (5, 8, "E"),
    ],
)  # fmt: skip
def test_a_letter_follows_the_table(confirmed: int, contradicted: int, letter: str) -> None:
    """With what it counts in the reasons."""
    grade = graded(*_record(confirmed, contradicted))
    assert grade is not None
    assert grade.reliability == letter
    assert grade.why[0].args == (str(confirmed + contradicted), str(confirmed), str(contradicted))
    assert grade.table == "grades/1"


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 30))
def test_one_contradiction_more_never_raises_a_letter(
    confirmed: int, contradicted: int, more: int
) -> None:
    """From F, which is no step, it leads to the lowest alone."""
    before = graded(*_record(confirmed, contradicted))
    after = graded(*_record(confirmed, contradicted + more))
    assert before
    assert after
    _never_raised(before.reliability, after.reliability)


def _record(confirmed: int, contradicted: int) -> tuple[Source, Tally]:
    other = (ClaimId("c-other"),)
    cases = [Case(EventId(f"v-a{n}"), EventType.AID, (), other) for n in range(confirmed)]
    cases += [Case(EventId(f"v-b{n}"), EventType.AID, (), (), other) for n in range(contradicted)]
    source = Source(SourceId("s-1"), SourceKind.OUTLET, OUTLETS[0], OUTLETS[:1])
    return source, Record(source, (), tuple(cases)).tally


def test_a_claim_is_weighed_by_roots_and_conflicts() -> None:
    """Each of the six numbers, in one archive."""
    one, two, three = (said(f"d-{n}", 1, OUTLETS[n]) for n in range(3))
    alone = said("d-4", 2, OUTLETS[0])
    denied = said("d-5", 2, OUTLETS[1], polarity=Polarity.DENIED)
    lonely = said("d-6", 3, OUTLETS[0])
    maybe = said("d-7", 4, OUTLETS[0]), said("d-8", 4, chain=[unnamed()])
    held = [one, two, three, alone, denied, lonely, *maybe]
    of = basis(held, conflicts=[(alone.id, denied.id)])
    found = {id_: number.value for id_, number in numbers(of).items()}
    assert found[one.id] == "1"
    assert found[maybe[0].id] == "2"
    assert (found[alone.id], found[denied.id], found[lonely.id]) == ("4", "4", "6")
    again = said("d-9", 2, OUTLETS[2], polarity=Polarity.DENIED)
    far = said("d-10", 1, OUTLETS[3], polarity=Polarity.DENIED)
    of = basis(
        [*held, again, far],
        conflicts=[(alone.id, denied.id), (alone.id, again.id), (one.id, far.id)],
    )
    found = {id_: number.value for id_, number in numbers(of).items()}
    assert (found[one.id], found[alone.id]) == ("3", "5")


# ------------------------------------------------------------ laws

reports = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.sampled_from(OUTLETS),
        st.integers(1, 28),
        st.sampled_from([Polarity.ASSERTED, Polarity.ASSERTED, Polarity.DENIED]),
    ),
    min_size=1,
    max_size=14,
)
Reports = list[tuple[int, str, int, Polarity]]


def _told(given_reports: Reports) -> list[Claim]:
    return [
        said(f"d-{n:02}", event, publisher, day=day, polarity=polarity)
        for n, (event, publisher, day, polarity) in enumerate(given_reports)
    ]


def _contradicting(claims: Sequence[Claim]) -> list[tuple[str, str]]:
    """Return the pairs of one event of which one asserts what the other denies."""
    return [
        (a.id, b.id)
        for at, a in enumerate(claims)
        for b in claims[at + 1 :]
        if a.id.rsplit(".", 1)[1] == b.id.rsplit(".", 1)[1]
        and a.content.polarity is not b.content.polarity
    ]


def _never_raised(before: str, after: str) -> None:
    if before in ORDER:
        assert ORDER.index(after) >= ORDER.index(before)
    else:
        assert after in {"F", "E"}


@given(reports, st.integers(1, 4), st.sampled_from(OUTLETS), st.integers(1, 28))
@settings(deadline=None)
def test_a_denial_that_is_added_never_raises_a_grade(
    given_reports: Reports, event: int, publisher: str, day: int
) -> None:
    """Neither a letter nor a number."""
    before = _told(given_reports)
    denial = said("d-99", event, publisher, day=day, polarity=Polarity.DENIED)
    after = [*before, denial]
    old, new = (basis(told, _contradicting(told)) for told in (before, after))
    for name, letter in letters(old).items():
        _never_raised(letter, letters(new)[name])
    for id_, number in numbers(old).items():
        assert numbers(new)[id_] >= number or (number == "6" and numbers(new)[id_] in {"4", "5"})


@given(reports, st.data())
@settings(deadline=None)
def test_repeating_a_report_changes_no_grade(given_reports: Reports, data: st.DataObject) -> None:
    """A later copy of it, whoever prints it."""
    told = _told(given_reports)
    at = data.draw(st.integers(0, len(told) - 1))
    event = int(told[at].id.rsplit(".", 1)[1])
    copy = said("d-99", event, "Gazette", day=28, polarity=told[at].content.polarity)
    before = basis(told, _contradicting(told))
    after = basis(
        [*told, copy], _contradicting([*told, copy]), families=[(told[at].document, "d-99")]
    )
    assert letters(before).items() <= letters(after).items()
    assert numbers(before).items() <= numbers(after).items()


@given(reports, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_order_never_matters(given_reports: Reports, random: object) -> None:
    """Nor does that of the conflicts."""
    told = _told(given_reports)
    against = _contradicting(told)
    first = basis(told, against)
    random.shuffle(told)  # type: ignore[attr-defined]  # Hypothesis gives a random.Random
    second = basis(told, [(b, a) for a, b in reversed(against)])
    assert [_plain(r) for r in found_in(first)] == [_plain(r) for r in found_in(second)]
    assert numbers(first) == numbers(second)


def _plain(record: Record) -> tuple[object, ...]:
    return (
        record.source,
        record.claims,
        sorted(map(str, record.cases)),
        graded(record.source, record.tally),
    )
