"""Names: what is one name in several spellings, and what is not."""

import os
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.weighing.factory import GPE, KEY, LOC, ORG, PERSON

from tawatur.model.ids import DocumentId
from tawatur.model.reading import EntityType
from tawatur.weighing.entities import entity_ids, group_entities
from tawatur.weighing.names import (
    LocalName,
    entity_keys,
    name_keys,
    same_entity,
)
from tawatur.weighing.picture import all_same


def local(
    name: str,
    document: str = "d-1",
    type: EntityType = PERSON,  # noqa: A002 - the field's word
    entity: str = "e1",
    english: str | None = None,
) -> LocalName:
    """Return one named thing; ``english`` is what a gazetteer calls it."""
    known = (("en", english),) if english else ()
    language = "ar" if any(c >= "\u0600" for c in name) else "fr"
    return LocalName(DocumentId(document), entity, type, name, language, known)


ONE_NAME = [
    pytest.param("مختار بلمختار", "بلمختار مختار", PERSON, id="words in another order"),
    pytest.param("عبد العزيز بوتفليقة", "عبدالعزيز بوتفليقة", PERSON, id="servant-of name parted"),
    pytest.param("عبد الرحمن كونتوراي", "Abderrahmane Kontouray", PERSON, id="sun letter"),
    pytest.param("فيكي هدلستون", "فيكي هادلستون", PERSON, id="vowel written"),
    pytest.param("فيكي هدلستون", "Vicki Huddleston", PERSON, id="Latin and Arabic"),
    pytest.param("العقيد ديمبا سوقاري", "ديمبا سوقاري", PERSON, id="title"),
    pytest.param("Mohamed Ould Salem", "محمد ولد سالم", PERSON, id="patronymic"),
    pytest.param("محمد ولد سالم", "Mohamed Salem", PERSON, id="son of, left out"),
    pytest.param("عبد القادر قنايزية", "Guenaizia Abdelkader", PERSON, id="hard g, other order"),
    pytest.param("Abdelkader Guenaizia", "Abdelkader Gnaizia", PERSON, id="one script"),
    pytest.param("عبد القادر قنايزية", "Abd el-Kader Gnaizia", PERSON, id="servant-of in three"),
    pytest.param("نور الدين بدوي", "Noureddine Bedoui", PERSON, id="of the faith"),
    pytest.param("أبو بكر البغدادي", "Abou Bakr al-Baghdadi", PERSON, id="father's byname"),
    pytest.param("الحسن المصري", "Hassan Elmasri", PERSON, id="article written in one"),
    pytest.param("الاتحاد الأفريقي", "الاتحاد الإفريقي", ORG, id="hamza"),
    pytest.param("جماعة أنصار الدين", "أنصار الدين", ORG, id="kind of body, left out"),
    pytest.param("Mouvement des Patriotes", "Les Patriotes", ORG, id="the same in French"),
    pytest.param("Orlando Group", "Orlando", ORG, id="the same after the name"),
    pytest.param("الولايات المتحدة الأمريكية", "الولايات المتحدة الأميركية", GPE, id="ya"),
    pytest.param("تمنراست", "تمنرست", GPE, id="vowel of a town"),
    pytest.param("بوركينا فاسو", "بوركينافاسو", GPE, id="one word or two"),
    pytest.param("Tombouctou", "تمبكتو", LOC, id="town in two scripts"),
]

TWO_NAMES = [
    pytest.param("النيجر", "نيجيريا", GPE, id="two countries"),
    pytest.param("Niger", "نيجيريا", GPE, id="two countries in two scripts"),
    pytest.param("مالي", "Mila", GPE, id="short skeleton"),
    pytest.param("همادي كونتوراي", "ديمبا سوقاري", PERSON, id="two people"),
    pytest.param("محمد سالم", "محمود سليم", PERSON, id="two people, one skeleton"),
    pytest.param("حسين المصري", "Hassan Elmasri", PERSON, id="a long vowel more"),
    pytest.param("حسن المصري", "Hussein Elmasri", PERSON, id="a long vowel less"),
    pytest.param("محمد سالم", "Mahmoud Salem", PERSON, id="one skeleton in two scripts"),
    pytest.param("ديمبا سوقاري", "Demba Traore", PERSON, id="one word of two"),
    pytest.param("عبد القادر قنايزية", "A. Guenaizia", PERSON, id="an initial"),
    pytest.param("عبد القادر قنايزية", "Guenaizia", PERSON, id="the family name alone"),
    pytest.param("محمد ديمبا سوقاري", "Demba Soukari", PERSON, id="a word more"),
    pytest.param("أبو يحيى", "Abou Yahya", PERSON, id="a byname alone"),
    pytest.param("أبو يحيى الليبي", "Yahya al-Libi", PERSON, id="the father and the son"),
    pytest.param("سوقاري", "سوقاري", PERSON, id="one word of a person"),
    pytest.param("وزارة الدفاع", "وزارة الدفاع", ORG, id="a ministry of whichever state"),
    pytest.param(
        "Ministère de la Défense", "ministère de la Défense", ORG, id="the same in French"
    ),
    pytest.param("وزارة الدفاع", "وزارة الداخلية", ORG, id="two ministries"),
    pytest.param("منظمة التحرير", "حركة التحرير", ORG, id="two kinds of body"),
    pytest.param("جماعة أنصار السنة", "أنصار الشريعة", ORG, id="two bodies of one kind"),
    pytest.param("جماعة النصر", "النصر", ORG, id="a word that many bodies have"),
    pytest.param("أنصار الشريعة", "أنصار الشريعة في ليبيا", ORG, id="a branch"),
]


@pytest.mark.parametrize(("a", "b", "type_"), ONE_NAME)
def test_spellings_of_one_name_merge(a: str, b: str, type_: EntityType) -> None:
    """Two documents that spell one name in two ways speak of one thing, and find each other."""
    one, other = local(a, "d-1", type_), local(b, "d-2", type_)
    assert same_entity(one, other) is not None
    assert same_entity(one, other) == same_entity(other, one)
    assert entity_keys(one) & entity_keys(other)


@pytest.mark.parametrize(("a", "b", "type_"), TWO_NAMES)
def test_two_names_stay_apart(a: str, b: str, type_: EntityType) -> None:
    """Names that sound alike but are not one do not merge; nor does a person's single word."""
    assert same_entity(local(a, "d-1", type_), local(b, "d-2", type_)) is None


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param("jcjz" * 40 + " salem", "جشجز" * 40 + " سالم", id="words of a page's width"),
        pytest.param("salim salem " * 20 + "a", "سالم سليم " * 20 + "ب", id="forty words"),
        pytest.param("salim salem selim sulim b", "سالم سليم سلام سولم ز", id="like"),
    ],
)
def test_odd_names_cost_no_more_than_others(a: str, b: str) -> None:
    """Names with countless readings are compared at once, and are not one."""
    one, other = local(a, "d-1"), local(b, "d-2")
    assert len(entity_keys(one)) + len(entity_keys(other)) < 100
    assert same_entity(one, other) is None


def test_a_person_is_never_a_place() -> None:
    """A town and a man of one name stay apart; a town and a region do not."""
    town = local("مرجاوة الكبرى", "d-1", GPE)
    assert same_entity(town, local("مرجاوة الكبرى", "d-2", PERSON)) is None
    assert same_entity(town, local("مرجاوة الكبرى", "d-2", LOC)) is not None


def test_what_one_text_keeps_apart_is_no_pair() -> None:
    """Two entities of one document are never merged by their names."""
    assert same_entity(local("محمد سالم"), local("محمد سالم", entity="e2")) is None


def test_the_gazetteer_joins_translated_names() -> None:
    """A country's names in two languages merge by their English name, and only by it."""
    germany = local("ألمانيا", "d-1", GPE, english="Germany")
    assert same_entity(germany, local("Allemagne", "d-2", GPE, english="Germany")) is not None
    assert same_entity(germany, local("Allemagne", "d-2", GPE)) is None


def test_the_gazetteer_keeps_apart_what_it_knows_as_two() -> None:
    """Two known places of one spelling are two."""
    one = local("طرابلس", "d-1", GPE, english="Tripoli (Libya)")
    assert same_entity(one, local("طرابلس", "d-2", GPE, english="Tripoli (Lebanon)")) is None


def test_the_commonest_spelling_names_the_entity() -> None:
    """An entity bears the name that most documents hold, and says why they are one."""
    locals_ = [
        local("ديمبا سوقاري", "d-1"),
        local("ديمبا سوقاري", "d-2"),
        local("Demba Soukari", "d-3"),
    ]
    (entity,) = group_entities(locals_, all_same(locals_), KEY)
    assert entity.name == "ديمبا سوقاري"
    assert [(n.text, n.documents) for n in entity.names] == [
        ("ديمبا سوقاري", 2),
        ("Demba Soukari", 1),
    ]
    assert "spellings of one name" in " ".join(map(str, entity.why))


def test_a_bare_name_does_not_join_two_branches() -> None:
    """Two branches stay two where a third text names what they are branches of."""
    names = ["أنصار الشريعة في ليبيا", "أنصار الشريعة", "أنصار الشريعة في تونس"]
    locals_ = [local(name, f"d-{at}", ORG) for at, name in enumerate(names)]
    assert len(group_entities(locals_, all_same(locals_), KEY)) == 3


_NAMES = ["ديمبا سوقاري", "Demba Soukari", "سوقاري ديمبا", "سوقاري", "مالي", "Mali", "مرجاوة"]
_LOCALS = st.lists(
    st.builds(
        local,
        st.sampled_from(_NAMES),
        st.sampled_from(["d-1", "d-2", "d-3", "d-4"]),
        st.sampled_from([PERSON, GPE]),
        st.sampled_from(["e1", "e2", "e3"]),
    ),
    max_size=10,
    unique_by=lambda x: x.place,
)


@given(_LOCALS, st.randoms())
def test_order_never_matters_to_entities(locals_: list[LocalName], random: object) -> None:
    """Equal names in any order give equal entities, and each is in exactly one."""
    shuffled = list(locals_)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # st.randoms() has no public type
    entities = group_entities(locals_, all_same(locals_), KEY)
    assert entities == group_entities(shuffled, all_same(shuffled), KEY)
    ids = entity_ids(locals_, all_same(locals_), KEY)
    assert set(ids) == {x.place for x in locals_}
    assert set(ids.values()) == {e.id for e in entities}


@given(_LOCALS)
def test_few_edges_connect_what_all_pairs_would(locals_: list[LocalName]) -> None:
    """Entities and reasons are those that a test of every pair gives."""
    every = [
        (a, b, why)
        for a, b in combinations(sorted(locals_, key=lambda x: x.place), 2)
        if (why := same_entity(a, b)) is not None
    ]
    assert group_entities(locals_, all_same(locals_), KEY) == group_entities(locals_, every, KEY)


def test_edges_grow_with_the_documents_not_with_their_square() -> None:
    """Two spellings of one country in a thousand documents: some thousand edges."""
    locals_ = [local("دلماسة" if i % 2 else "Delmassa", f"d-{i:04d}", GPE) for i in range(1_000)]
    edges = all_same(locals_)
    assert len(edges) < 1_100
    assert len(group_entities(locals_, edges, KEY)) == 1


@pytest.mark.skipif("TAWATUR_EVAL_DATA" not in os.environ, reason="TAWATUR_EVAL_DATA is not set")
def test_keys_meet_across_scripts() -> None:
    """Of 14,000 Arabic and Latin spellings of name words, nine in ten share a key."""
    path = Path(os.environ["TAWATUR_EVAL_DATA"]) / "data/names/google_ar2en/ar2en-train.txt"
    pairs = [line.split("\t")[:2] for line in path.read_text("utf-8").splitlines()]
    met = sum(bool(name_keys(a, PERSON) & name_keys(b, PERSON)) for a, b in pairs)
    assert met > 0.9 * len(pairs)


@given(
    st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءئؤ abcdefghijklmnopqrstuvwxyz'-", max_size=30)
)
def test_every_name_has_keys_or_no_letters(name: str) -> None:
    """No name is too odd for a key, and a name always meets itself."""
    for type_ in EntityType:
        keys = name_keys(name, type_)
        assert keys == name_keys(name, type_)
        assert bool(keys) == any(c.isalpha() for c in name)
