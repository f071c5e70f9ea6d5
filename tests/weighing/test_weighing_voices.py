"""What the voices of one text say against each other, and what only looks so."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.weighing.factory import GPE, KEY, ORG, PERSON, body, claim, person, unnamed

from tawatur.model.claim import Claim, ReportNamed
from tawatur.model.picture import ConflictKind
from tawatur.model.reading import (
    Authenticity,
    EventType,
    Link,
    Modality,
    Polarity,
    Quantity,
    SourceKind,
)
from tawatur.model.span import Span
from tawatur.weighing import conflicts_within
from tawatur.weighing.stances import stance

UNION, COMPANY = body("نقابة العمال"), body("شركة النقل")
MAYOR, ENGINEER = person("the mayor", "e1"), person("the engineer", "e2")
MINISTER, DEPUTY = person("le ministre", "e3"), person("le député", "e4")
PLANNED, OPINION = Modality.PLANNED, Modality.OPINION
DENIED = Polarity.DENIED


def told(quote: str, by: Link | None, at: int, **more: object) -> Claim:
    """Return a claim of one text, by one of its voices, at a place in it."""
    chain = (by,) if by else ()
    more.setdefault("type", EventType.STATE)
    return claim(quote, start=at, chain=chain, **more)  # type: ignore[arg-type]  # passed on to the factory


def kinds(*claims: Claim) -> list[ConflictKind]:
    """Return the kinds of conflict within one text."""
    return [c.kind for c in conflicts_within(claims, KEY).conflicts]


AGAINST = [
    pytest.param(
        told("لم يتقاض العمال رواتبهم منذ شهرين", UNION, 0, polarity=DENIED),
        told("صرفت الشركة كل الرواتب", COMPANY, 120),
        id="not paid, and paid",
    ),
    pytest.param(
        told("trois factures restent impayées", MINISTER, 0, language="fr"),
        told("tout a été réglé", DEPUTY, 150, language="fr"),
        id="opposites without a denial",
    ),
    pytest.param(
        told("the council had met the contractor twice", MAYOR, 0, language="en"),
        told("There were no talks", ENGINEER, 200, language="en", polarity=DENIED),
        id="two words for one matter",
    ),
    pytest.param(
        told("deux gardes ont été enlevés près du pont", MINISTER, 0, language="fr"),
        told("Le député a démenti cette information", DEPUTY, 60, language="fr", polarity=DENIED),
        id="a denial that points at what stands before it",
    ),
    pytest.param(
        told("the meetings never ceased", MAYOR, 0, language="en", polarity=DENIED),
        told("they have not met since May", ENGINEER, 90, language="en", polarity=DENIED),
        id="what never ceased goes on",
    ),
]


@pytest.mark.parametrize(("a", "b"), AGAINST)
def test_a_voice_that_says_the_opposite_is_a_conflict(a: Claim, b: Claim) -> None:
    """Whichever stands first; the sentence names both voices and their words."""
    (found,) = conflicts_within([b, a], KEY).conflicts
    assert found.kind is ConflictKind.POLARITY
    assert (found.a, found.b) == (a.id, b.id)
    assert all((side.root.source_text or "") in str(found.why) for side in (a, b))
    assert not found.same_root


NO_CONFLICT = [
    pytest.param(
        told("لم يتقاض العمال رواتبهم منذ شهرين", UNION, 0, polarity=DENIED),
        told("صرفت الشركة كل الرواتب", UNION, 120),
        id="one voice",
    ),
    pytest.param(
        told("لم يتقاض العمال رواتبهم منذ شهرين", UNION, 0, polarity=DENIED),
        told("صرفت الشركة كل الرواتب", COMPANY, 5_000),
        id="far apart",
    ),
    pytest.param(
        told("the council has not paid", MAYOR, 0, language="en", polarity=DENIED),
        told("it will pay in June", ENGINEER, 60, language="en", modality=PLANNED),
        id="not yet, and planned",
    ),
    pytest.param(
        told("we cannot pay for everything", MAYOR, 0, language="en", polarity=DENIED),
        told("the bill was paid", ENGINEER, 60, language="en"),
        id="what cannot be",
    ),
    pytest.param(
        told("the war goes on in the north", MAYOR, 0, language="en"),
        told("peace is what people want", ENGINEER, 60, language="en"),
        id="an everyday matter",
    ),
    pytest.param(
        told("لن يوقع الاتفاق قبل تقديم ضمانات", UNION, 0, polarity=DENIED),
        told("طلبت النقابة ضمانات", COMPANY, 60),
        id="before is out of reach of a negation",
    ),
    pytest.param(
        told("لا نتعاطف مع العقوبات", UNION, 0, polarity=DENIED),
        told("أعادت الحكومة فرض العقوبات على الشركة", COMPANY, 60),
        id="of what is denied the thing beside it is not denied",
    ),
    pytest.param(
        told("there was no vote in the council", body("the ministry of transport"), 0,
             language="en", polarity=DENIED),
        told("the council will not be asked for a vote", body("the ministry"), 60,
             language="en"),
        id="the ministry is the ministry named before",
    ),
    pytest.param(
        told("the council neither confirmed nor denied the payment", MAYOR, 0, language="en",
             polarity=DENIED),
        told("the payment was made", ENGINEER, 80, language="en"),
        id="neither confirmed nor denied",
    ),
    pytest.param(
        told("the harbour is no longer closed", MAYOR, 0, language="en", polarity=DENIED),
        told("the harbour closed in May", ENGINEER, 80, language="en"),
        id="what is so no longer was so",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b"), NO_CONFLICT)
def test_what_only_looks_opposed_is_no_conflict(a: Claim, b: Claim) -> None:
    """A false conflict costs more trust than a missed one."""
    assert kinds(a, b) == []


def some(value: float, unit: str | None, of: str | None = None, at: int = 0) -> Quantity:
    """Return a figure."""
    return Quantity(Span(at, at + 2), value, unit, of)


def test_a_bare_number_answers_the_figure_before_it() -> None:
    """A bare "it was 410 million" counts what was counted before, in the same unit."""
    first = told(
        "the arrears came to Rs. 740 million", MAYOR, 0, language="en",
        quantities=[some(740e6, "rupee")],
    )  # fmt: skip
    bare = told(
        "it was Rs. 410 million", ENGINEER, 90, language="en", quantities=[some(410e6, "rupee")]
    )
    (found,) = conflicts_within([first, bare], KEY).conflicts
    assert found.kind is ConflictKind.FIGURE
    assert "740000000" in str(found.why)
    assert "410000000" in str(found.why)


def test_the_seats_of_two_parties_are_two_things() -> None:
    """Figures of one noun with no name in common are not compared."""
    one = told(
        "won four seats in the new council", MAYOR, 0, language="en",
        quantities=[some(4, None, "seats")], who=[("Harbour List", ORG)],
    )  # fmt: skip
    other = told(
        "won nine seats in the new council", ENGINEER, 60, language="en",
        quantities=[some(9, None, "seats")], who=[("Valley League", ORG)],
    )  # fmt: skip
    assert kinds(one, other) == []


PLEDGE = "تعهدت جبهة الوادي بوقف هجماتها على القوافل"
ATTACK = "هاجمت جبهة الوادي قافلة على الطريق"
FRONT = [("جبهة الوادي", ORG)]


@pytest.mark.parametrize(
    ("pledged", "attacked", "found"),
    [
        ("2021-06", "2021-07", [ConflictKind.CHRONOLOGY]),
        ("2021-06", "2021-06-20", [ConflictKind.CHRONOLOGY]),
        (None, None, [ConflictKind.CHRONOLOGY]),
        ("2021-06", "2021-05", []),
        ("2021-06", None, []),
    ],
)
def test_an_attack_breaks_a_pledge_that_it_did_not_surely_precede(
    pledged: str | None, attacked: str | None, found: list[ConflictKind]
) -> None:
    """A dated pledge is broken by a dated attack; what came before breaks nothing."""
    pledge = told(PLEDGE, COMPANY, 0, when=pledged, who=FRONT, modality=Modality.PROMISED)
    attack = told(ATTACK, UNION, 300, when=attacked, who=FRONT, type=EventType.ASSAULT)
    assert kinds(pledge, attack) == found


def test_an_attack_within_a_time_that_saw_none_is_a_conflict_of_one_source_too() -> None:
    """The text contradicts itself, and says so."""
    never = told(
        "لم تتعرض نومارة لأي هجوم منذ 2019", None, 0, when="2019/..", polarity=DENIED,
        where=[("نومارة", GPE)], type=EventType.ASSAULT,
    )  # fmt: skip
    attack = told(
        "شهدت نومارة حربا في 2020", None, 400, when="2020", where=[("نومارة", GPE)],
        type=EventType.ASSAULT,
    )  # fmt: skip
    (found,) = conflicts_within([never, attack], KEY).conflicts
    assert (found.kind, found.same_root) == (ConflictKind.CHRONOLOGY, True)


def test_one_saying_laid_to_two_named_people_is_a_conflict_of_speakers() -> None:
    """Not if one is only described, who may be the other; nor if the text prints it twice."""
    words = "the harbour is the biggest problem of the whole coast"
    again = "the biggest problem of the whole coast is its harbour"
    first = told(words, MAYOR, 0, language="en", modality=OPINION)
    other = told(again, ENGINEER, 900, language="en", modality=OPINION)
    printed = told(words, ENGINEER, 900, language="en", modality=OPINION)
    described = told(
        again, Link(SourceKind.PERSON, "her deputy"), 900, language="en", modality=OPINION
    )
    assert kinds(first, other) == [ConflictKind.SPEAKER]
    assert kinds(first, printed) == []
    assert kinds(first, described) == []


def test_a_founding_laid_to_two_is_a_conflict_of_actors() -> None:
    """Near each other, of one thing."""
    one = told("أسس سليم بركات الحركة", None, 0, who=[("سليم بركات", PERSON)])
    other = told("أسس الحركة منشقون عن جبهة الوادي", UNION, 60, who=FRONT)
    assert kinds(one, other) == [ConflictKind.ACTOR]


@pytest.mark.parametrize(
    ("quote", "denied", "stands"),
    [
        ("the wages were paid", False, {"payment": 1}),
        ("the wages were not paid", True, {"payment": -1}),
        ("المفاوضات لم تتوقف", True, {"contact": 1, "activity": 1}),
        ("نتائج غير رسمية للانتخابات", False, {"party": 1}),
        ("sans rencontrer personne", False, {"contact": -1}),
        ("لا نتعاطف مع العقوبات", True, {}),
        ("there are no sanctions", True, {"sanctions": -1}),
        ("the board does not welcome any sanctions", True, {"sanctions": -1}),
    ],
)
def test_a_negation_turns_what_it_reaches(quote: str, denied: bool, stands: dict[str, int]) -> None:
    """And nothing else."""
    words = quote.split()
    assert stance(words, (), denied=denied).sides == stands


NEAR = [
    pytest.param(
        told("the harbour bridge will open to lorries", ENGINEER, 0, language="en",
             modality=PLANNED),
        told("the harbour bridge does not open to lorries", MAYOR, 80, language="en",
             polarity=DENIED),
        "a plan",
        id="a plan and what is",
    ),
    pytest.param(
        told("the harbour bridge will open to lorries", ENGINEER, 0, language="en",
             modality=PLANNED, when="2021-09"),
        told("the harbour bridge does not open to lorries", MAYOR, 80, language="en",
             polarity=DENIED),
        "had not passed: 2021-09",
        id="a plan whose time is to come",
    ),
    pytest.param(
        told("at least 11 people were killed", ENGINEER, 0, language="en",
             quantities=[Quantity(Span(9, 11), 11, "person", "people", "at least")]),
        told("19 people were killed", MAYOR, 80, language="en",
             quantities=[Quantity(Span(80, 82), 19, "person", "people")]),
        "≥ 11 and 19",
        id="at least eleven, and nineteen",
    ),
    pytest.param(
        told("the harbour took in 40 ships of the coast guard in spring", ENGINEER, 0,
             language="en", quantities=[Quantity(Span(20, 22), 40, "ship", "ships")]),
        told("the harbour took in 55 ships of the coast guard in spring, 30 ships in autumn",
             MAYOR, 100, language="en",
             quantities=[Quantity(Span(120, 122), 55, "ship", "ships"),
                         Quantity(Span(160, 162), 30, "ship", "ships")]),
        "several such things",
        id="a list of counts",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "because"), NEAR)
def test_what_looks_contradictory_is_told_with_the_reason_why_it_is_not(
    a: Claim, b: Claim, because: str
) -> None:
    """It is a near miss and no conflict."""
    found = conflicts_within([a, b], KEY)
    assert found.conflicts == ()
    (near,) = found.near
    assert (near.a, near.b) == (a.id, b.id)
    assert because in str(near.why)


def test_what_was_to_be_by_a_day_that_passed_and_was_not_is_a_conflict() -> None:
    """The sentence names the day."""
    planned = told("the harbour bridge will open to lorries", ENGINEER, 0, language="en",
                   modality=PLANNED, when="2021-05")  # fmt: skip
    closed = told("the harbour bridge does not open to lorries", MAYOR, 80, language="en",
                  polarity=DENIED)  # fmt: skip
    (found,) = conflicts_within([planned, closed], KEY).conflicts
    assert found.kind is ConflictKind.DEADLINE
    assert "by 2021-05" in str(found.why)


def test_one_speaker_with_two_ministries_is_a_conflict_of_functions() -> None:
    """A former one is none, and one who has both fields has each."""

    def speaks(title: str, at: int) -> Claim:
        return told(
            f"the road will stay open for {at} days", person(title, "e7"), at, language="en"
        )

    defence = speaks("Defence Minister Karim Dulane", 0)
    assert kinds(defence, speaks("Karim Dulane, minister of the interior", 200)) == [
        ConflictKind.FUNCTION
    ]
    assert kinds(defence, speaks("the minister of defence", 200)) == []
    assert kinds(defence, speaks("the former interior minister", 200)) == []
    assert kinds(defence, speaks("the minister of defence and of the interior", 200)) == []


def test_a_letter_that_one_calls_forged_and_another_genuine_is_a_conflict() -> None:
    """However far apart they stand; of two letters it is none."""

    def judged(verdict: Authenticity, report: str, by: Link, at: int) -> Claim:
        claim = told(f"the {report} is {verdict}", by, at, language="en")
        return replace(claim, content=replace(claim.content, report=ReportNamed(verdict, report)))

    forged = judged(Authenticity.FORGED, "letter", MAYOR, 0)
    genuine = judged(Authenticity.AUTHENTIC, "letter", ENGINEER, 5_000)
    assert kinds(forged, genuine) == [ConflictKind.POLARITY]
    assert kinds(forged, judged(Authenticity.AUTHENTIC, "map", ENGINEER, 5_000)) == []


_SAID = [
    ("لم يتقاض العمال رواتبهم", DENIED),
    ("صرفت الشركة كل الرواتب", Polarity.ASSERTED),
    ("لا توجد أي مفاوضات", DENIED),
    ("التقى الوفدان مرتين", Polarity.ASSERTED),
    ("أصيب ثلاثة أشخاص", Polarity.ASSERTED),
    ("نفى هذه الأنباء", DENIED),
]
_VOICES = [UNION, COMPANY, unnamed(), None]


@st.composite
def texts(draw: st.DrawFn) -> list[Claim]:
    """Return the claims of one text, one after the other."""
    picked = draw(st.lists(st.tuples(st.sampled_from(_SAID), st.sampled_from(_VOICES)), max_size=9))
    return [
        told(quote, by, 60 * at, polarity=polarity)
        for at, ((quote, polarity), by) in enumerate(picked)
    ]


@settings(max_examples=60)
@given(texts(), st.integers(0, 9_999))
def test_no_order_of_claims_matters_and_each_pair_is_told_once(
    claims: list[Claim], seed: int
) -> None:
    """Equal claims give equal conflicts, sorted by id, ``a`` first in the text."""
    found = conflicts_within(claims, KEY)
    assert found == conflicts_within(random.Random(seed).sample(claims, len(claims)), KEY)
    pairs = (*found.conflicts, *found.near)
    assert len({frozenset((c.a, c.b)) for c in pairs}) == len(pairs)
    starts = {c.id: c.span.start for c in claims}
    assert all(starts[c.a] < starts[c.b] for c in pairs)


@settings(max_examples=60)
@given(texts())
def test_a_voice_that_repeats_itself_adds_no_conflict(claims: list[Claim]) -> None:
    """Said again at the end of the text, word for word, by the same voice."""
    again = [
        told(c.quote, c.content.chain[1] if len(c.content.chain) > 1 else None, 10_000 + at,
             polarity=c.content.polarity)
        for at, c in enumerate(claims)
    ]  # fmt: skip
    assert conflicts_within([*claims, *again], KEY) == conflicts_within(claims, KEY)
