"""Events: which claims are about one happening, and what keeps them apart."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.weighing.factory import GPE, LOC, ORG, PERSON, claim

from tawatur.model.claim import Claim
from tawatur.model.ids import ClaimId
from tawatur.model.reading import EventType, Modality
from tawatur.weighing.components import PlainEdge
from tawatur.weighing.events import about_the_same, cluster, event_keys

BASE = ("أنزيفات", LOC)
FRONT = ("جبهة الواحات الحرة", ORG)
NUMARA = ("نومارة", GPE)
MINISTER = ("همادي كونتوراي", PERSON)
DALMASA = ("دلماسة", GPE)

ATTACK = claim(
    "قُتل 19 جنديا نوماريا في هجوم شنه مسلحون فجر الثلاثاء على ثكنة أنزيفات شمال نومارة",
    "d-1",
    when="2021-06-08",
    where=[BASE, NUMARA],
)

SAME = [
    pytest.param(
        ATTACK,
        claim(
            "مقتل 31 جنديا في هجوم مسلحين على ثكنة أنزيفات شمال نومارة",
            "d-2",
            when="2021-06-08",
            where=[BASE],
        ),
        id="the same attack in other words and figures",
    ),
    pytest.param(
        ATTACK,
        claim(
            "قُتل 19 جنديا نوماريا في هجوم شنه مسلحون فجر الاثنين على ثكنة أنزيفات شمال نومارة",
            "d-2",
            when="2021-06-07",
            where=[BASE],
        ),
        id="a date that slipped by a day",
    ),
    pytest.param(
        claim(
            "Le ministre Hamadi Kontouray s'est rendu à Marjawa",
            "d-1",
            type=EventType.CONSULT,
            when="2021-06-12",
            who=[("Hamadi Kontouray", PERSON)],
            where=[("Marjawa", GPE)],
            language="fr",
        ),
        claim(
            "وصل وزير الدفاع همادي كونتوراي إلى مرجاوة",
            "d-2",
            type=EventType.CONSULT,
            when="2021-06-12",
            who=[MINISTER],
            where=[("مرجاوة", GPE)],
        ),
        id="one visit in two languages",
    ),
    pytest.param(
        claim(
            "ترى دلماسة أن القوة المشتركة لن تحل محل جيوش دول الحوض",
            "d-1",
            type=EventType.STATE,
            modality=Modality.OPINION,
        ),
        claim(
            "القوة المشتركة، كما ترى دلماسة، لا تحل محل جيوش دول الحوض",
            "d-2",
            type=EventType.STATE,
            modality=Modality.OPINION,
        ),
        id="one opinion in like words",
    ),
]

APART = [
    pytest.param(
        ATTACK,
        claim(
            "قُتل 4 جنود نوماريين في هجوم شنه مسلحون فجر الأحد على ثكنة تيمرسول شمال نومارة",
            "d-2",
            when="2021-06-13",
            where=[("تيمرسول", GPE)],
        ),
        id="another barracks",
    ),
    pytest.param(
        ATTACK,
        claim(
            "قُتل 19 جنديا نوماريا في هجوم شنه مسلحون على ثكنة أنزيفات شمال نومارة",
            "d-2",
            when="2019-02-03",
            where=[BASE],
        ),
        id="the same barracks two years before",
    ),
    pytest.param(
        claim(
            "أجرى همادي كونتوراي محادثات مع قائد الجيش",
            "d-1",
            type=EventType.CONSULT,
            when="2021-06",
            who=[MINISTER, DALMASA],
        ),
        claim(
            "وقعت شركة المناجم عقدا لتوريد الشاحنات",
            "d-2",
            type=EventType.CONSULT,
            when="2021-06",
            who=[MINISTER, DALMASA],
        ),
        id="the same names in one month, other words",
    ),
    pytest.param(
        claim(
            "التقى وزير الدفاع على هامش قمة دول الحوض في ودريل همادي كونتوراي",
            "d-1",
            type=EventType.CONSULT,
            who=[MINISTER],
        ),
        claim(
            "التقى وزير الدفاع على هامش قمة دول الحوض في ودريل نافع الشرملي",
            "d-2",
            type=EventType.CONSULT,
            who=[("نافع الشرملي", PERSON)],
        ),
        id="two meetings at one summit",
    ),
    pytest.param(
        claim("تمتلك دلماسة جيشا قويا", "d-1", type=EventType.STATE, who=[DALMASA, NUMARA]),
        claim("تعاني دلماسة أزمة مياه", "d-2", type=EventType.STATE, who=[DALMASA, NUMARA]),
        id="two states of one country",
    ),
    pytest.param(
        claim(
            "تحالف دول الحوض يرصد إطلاق صاروخ على مدينة ودريل مساء الأربعاء",
            "d-1",
            when="2021-08-11",
        ),
        claim(
            "رصد تحالف دول الحوض إطلاق صاروخ باتجاه مدينة ودريل فجر الجمعة",
            "d-2",
            when="2021-08-13",
        ),
        id="two attacks two days apart",
    ),
    pytest.param(
        claim(
            "اعترضت الدفاعات الجوية صاروخا أطلق على مطار ودريل",
            "d-1",
            published="2021-01-10",
        ),
        claim(
            "الدفاعات الجوية تعترض صاروخا أطلق على مطار ودريل",
            "d-2",
            published="2021-05-20",
        ),
        id="what recurs, months apart, without a date",
    ),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_claims_about_one_thing_meet_and_are_linked(a: Claim, b: Claim) -> None:
    """Keys lead from one to the other, and the edge says why."""
    edge = about_the_same(a, b)
    assert edge is not None
    assert str(edge.why)
    assert event_keys(a) & event_keys(b)


@pytest.mark.parametrize(("a", "b"), APART)
def test_claims_about_two_things_are_not_linked(a: Claim, b: Claim) -> None:
    """A wrong merge would make strangers into witnesses of one thing."""
    assert about_the_same(a, b) is None


@pytest.mark.parametrize(("a", "b"), SAME + APART)
def test_the_pair_test_is_symmetric(a: Claim, b: Claim) -> None:
    """Which claim is named first never matters, and a claim is no pair with itself."""
    assert about_the_same(a, b) == about_the_same(b, a)
    assert about_the_same(a, a) is None


def test_no_key_is_a_lone_country_or_word() -> None:
    """A state of affairs in a few words has no key at all; candidates must stay few."""
    assert (
        event_keys(claim("تمتلك دلماسة جيشا", type=EventType.STATE, who=[DALMASA])) == frozenset()
    )
    month = claim("قتال في دلماسة", when="2021-06", where=[DALMASA])
    assert event_keys(month) == frozenset()


def edge(a: str, b: str, strength: float = 0.7) -> PlainEdge:
    """Return an edge between two claims."""
    first, second = sorted((a, b))
    return ClaimId(first), ClaimId(second), strength


def test_a_chain_is_cut() -> None:
    """Six claims, each like the next and no other, are not one event."""
    names = ["c-1", "c-2", "c-3", "c-4", "c-5", "c-6"]
    chain = [edge(a, b) for a, b in pairwise(names)]
    assert max(map(len, cluster(map(ClaimId, names), chain))) <= 3


def test_a_bridge_does_not_join_two_events() -> None:
    """Two dense groups that one weak edge connects stay two."""
    dense = [edge(f"{g}{i}", f"{g}{j}") for g in "ab" for i in range(4) for j in range(i)]
    found = cluster(
        [ClaimId(f"{g}{i}") for g in "ab" for i in range(4)], [*dense, edge("a0", "b0", 0.6)]
    )
    assert found == (("a0", "a1", "a2", "a3"), ("b0", "b1", "b2", "b3"))


_EDGES = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from([0.4, 0.6, 0.8])).filter(
        lambda t: t[0] != t[1]
    ),
    max_size=30,
)


@given(_EDGES, st.integers(0, 99))
def test_clusters_part_the_claims_whatever_the_order(
    pairs: list[tuple[int, int, float]], seed: int
) -> None:
    """Each claim is in exactly one cluster, and the order of edges never matters."""
    ids = [ClaimId(f"c-{i}") for i in range(10)]
    unique = {tuple(sorted((a, b))): s for a, b, s in pairs}
    edges = [edge(f"c-{a}", f"c-{b}", s) for (a, b), s in unique.items()]
    found = cluster(ids, edges)
    assert sorted(i for group in found for i in group) == ids
    shuffled = random.Random(seed).sample(edges, len(edges))
    assert cluster(reversed(ids), shuffled) == found
