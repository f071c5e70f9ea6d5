"""Who is one: what names say, what people ruled, and which of them wins."""

from collections.abc import Sequence
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.weighing.factory import GPE, KEY, ORG, PERSON

from tawatur.model.ids import DocumentId, RulingId
from tawatur.model.picture import Entity
from tawatur.model.reading import EntityType, LocalEntity, Publication, Reading
from tawatur.model.span import Span
from tawatur.weighing.components import components, parted
from tawatur.weighing.entities import Ruled, entity_ids, group_entities, node_of
from tawatur.weighing.names import LocalName, local_names
from tawatur.weighing.picture import all_same


def named(
    name: str,
    document: int = 1,
    type: EntityType = PERSON,  # noqa: A002 - the field's word
    short: tuple[str, ...] = (),
) -> LocalName:
    """Return one named thing of a document; each document names it but once."""
    language = "ar" if any(c >= "\u0600" for c in name) else "fr"
    return LocalName(DocumentId(f"d-{document}"), name, type, name, language, (), short)


def ruled(number: int, a: LocalName, b: LocalName, *, same: bool) -> Ruled:
    """Return what a person ruled of two named things."""
    return Ruled(RulingId(f"j-{number}"), node_of(a), node_of(b), same)


def entities(locals_: Sequence[LocalName], *rulings: Ruled) -> tuple[Entity, ...]:
    """Return the entities that these names and rulings make."""
    return group_entities(locals_, all_same(locals_), KEY, rulings)


def grouped(locals_: Sequence[LocalName], *rulings: Ruled) -> set[frozenset[tuple[str, str]]]:
    """Return the named things of each entity."""
    of: dict[str, set[tuple[str, str]]] = {}
    for place, id_ in entity_ids(locals_, all_same(locals_), KEY, rulings).items():
        of.setdefault(id_, set()).add(place)
    return {frozenset(each) for each in of.values()}


ONE = named("Demba Soukari", 1)
SPELT_OTHERWISE = named("ديمبا سوقاري", 2)
BY_OFFICE = named("الناطق", 3)
AGAIN = named("Demba Soukari", 4)


def test_a_ruling_makes_one_of_two_names_that_have_nothing_in_common() -> None:
    """A person knows who the spokesman is; the ruling is among the reasons."""
    (entity,) = entities([ONE, BY_OFFICE], ruled(1, ONE, BY_OFFICE, same=True))
    assert {name.text for name in entity.names} == {"Demba Soukari", "الناطق"}
    assert "j-1" in " ".join(map(str, entity.why))


def test_a_ruling_on_a_word_that_many_bear_speaks_of_the_one_it_is_on() -> None:
    """The spokesman of another report stays another man."""
    other = named("الناطق", 5)
    found = grouped([ONE, BY_OFFICE, other], ruled(1, ONE, BY_OFFICE, same=True))
    assert frozenset({other.place}) in found


def test_a_ruling_parts_two_who_share_a_name() -> None:
    """The spelling that would join them is left out, and the page of both says so."""
    found = entities([ONE, SPELT_OTHERWISE], ruled(1, ONE, SPELT_OTHERWISE, same=False))
    assert len(found) == 2
    for entity in found:
        assert "not one, as j-1 rules" in " ".join(map(str, entity.why))


def test_one_of_many_who_share_a_spelling_is_parted_from_them() -> None:
    """Those that nobody ruled on stay together."""
    third = named("Demba Soukari", 6)
    found = grouped([ONE, AGAIN, third], ruled(1, ONE, AGAIN, same=False))
    assert found == {frozenset({ONE.place, third.place}), frozenset({AGAIN.place})}


def test_what_two_were_ruled_not_to_be_no_third_name_makes_them() -> None:
    """A later report that would fit both joins one of them."""
    later = named("Soukari Demba", 7)
    found = grouped([ONE, SPELT_OTHERWISE, later], ruled(1, ONE, SPELT_OTHERWISE, same=False))
    assert len(found) == 2
    assert all(not {ONE.place, SPELT_OTHERWISE.place} <= group for group in found)


def test_the_entity_keeps_its_id_where_a_ruling_changes_nothing() -> None:
    """What was already one keeps its address when a person says that it is."""
    (before,) = entities([ONE, SPELT_OTHERWISE])
    (after,) = entities([ONE, SPELT_OTHERWISE], ruled(1, ONE, SPELT_OTHERWISE, same=True))
    assert after.id == before.id


_NAMES = ["ديمبا سوقاري", "Demba Soukari", "سوقاري ديمبا", "سوقاري", "الناطق", "Ali Kone"]
_LOCALS = st.lists(
    st.builds(named, st.sampled_from(_NAMES), st.integers(1, 4)),
    min_size=2,
    max_size=9,
    unique_by=lambda x: x.place,
)


@st.composite
def archives(draw: st.DrawFn) -> tuple[list[LocalName], list[Ruled]]:
    """Draw names, and rulings on any of them."""
    locals_ = draw(_LOCALS)
    pairs = draw(
        st.lists(
            st.tuples(st.sampled_from(locals_), st.sampled_from(locals_), st.booleans()), max_size=6
        )
    )
    rulings = [
        ruled(number, a, b, same=same) for number, (a, b, same) in enumerate(pairs) if a != b
    ]
    return locals_, rulings


@settings(max_examples=200)
@given(archives())
def test_no_two_that_were_ruled_not_to_be_one_are_in_one_entity(
    archive: tuple[list[LocalName], list[Ruled]],
) -> None:
    """Whatever other names, documents and rulings there are."""
    locals_, rulings = archive
    ids = entity_ids(locals_, all_same(locals_), KEY, rulings)
    assert set(ids) == {local.place for local in locals_}
    for each in rulings:
        if not each.same:
            a, b = ((DocumentId(node[1]), node[2]) for node in each.pair)
            assert ids[a] != ids[b]


@settings(max_examples=200)
@given(archives(), st.integers(0, 999))
def test_the_order_of_names_and_rulings_never_matters(
    archive: tuple[list[LocalName], list[Ruled]], seed: int
) -> None:
    """The cut turns on what there is, not on what came first."""
    locals_, rulings = archive
    chance = Random(seed)
    some = chance.sample(locals_, len(locals_))
    others = chance.sample(rulings, len(rulings))
    assert entities(locals_, *rulings) == entities(some, *others)


@given(st.integers(2, 9), st.data())
def test_without_pairs_to_keep_apart_the_groups_are_the_components(
    size: int, data: st.DataObject
) -> None:
    """Constraints are all that is added."""
    nodes = list(range(size))
    pairs = st.sampled_from(list(combinations(nodes, 2)))
    edges = data.draw(st.lists(pairs, max_size=12))
    assert parted(nodes, edges, ()) == (components(nodes, edges), {})


FRONT = named("Front national tchadien", 1, ORG, ("FNT",))
SHORT = named("FNT", 2, ORG)


def test_an_abbreviation_is_one_with_the_name_beside_which_a_text_gives_it() -> None:
    """In whatever other text it stands alone."""
    (entity,) = entities([FRONT, SHORT])
    assert {name.text for name in entity.names} == {"Front national tchadien", "FNT"}


def test_an_abbreviation_of_two_bodies_is_neither() -> None:
    """A third report that only has the letters cannot say which of them it means."""
    union = named("Fédération nationale du travail", 3, ORG, ("FNT",))
    assert grouped([FRONT, SHORT, union]) == {
        frozenset({each.place}) for each in (FRONT, SHORT, union)
    }


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(named("FNTA", 2, ORG), id="a letter more"),
        pytest.param(named("FNT", 2, GPE), id="a place"),
        pytest.param(named("Front national", 2, ORG), id="a part of the name"),
    ],
)
def test_what_only_looks_like_the_abbreviation_stays_apart(other: LocalName) -> None:
    """A wrong merge is worse than a missed one."""
    assert len(grouped([FRONT, other])) == 2


def test_abbreviations_are_read_from_the_text_beside_the_name() -> None:
    """Capitals, and one word in brackets; not every other name that a body has."""
    text = "Le Front national tchadien (FNT) a parlé. Le front a dit : le FNT partira."
    mentions = ((3, 26), (28, 31), (45, 50), (63, 66))
    body = LocalEntity("e1", ORG, "Front national tchadien", tuple(Span(*m) for m in mentions))
    reading = Reading("rules/1", "fr", Publication(None, None), (body,))
    (local,) = local_names(DocumentId("d-1"), reading, text)
    assert local.short == ("FNT",)
