"""The fingerprinting code: copies are drawn, agreement is counted, chance is exact."""

import random
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.model.ids import NodeId
from tawatur.sharing import Code, accused
from tawatur.sharing.tracing import LIMIT, RARE, _tail

KEY = bytes(range(32))
PEOPLE = tuple(NodeId(f"n-{n:04}") for n in range(50))


@given(st.binary(min_size=32, max_size=32), st.text(max_size=8), st.integers(0, 300))
def test_a_copy_is_the_same_whenever_it_is_asked_for(key: bytes, id_: str, places: int) -> None:
    """Nothing but key, rendering and organisation is kept, and nothing else is needed."""
    words = Code(key, id_, places).words(PEOPLE[:3])
    assert words == Code(key, id_, places).words(PEOPLE[:3])
    assert all(len(word) == places and set(word) <= {0, 1} for word in words.values())


def test_another_key_rendering_or_organisation_is_another_copy() -> None:
    """And each draws by itself."""
    one = Code(KEY, "g-1", 400).words(PEOPLE)
    assert len(set(one.values())) == len(PEOPLE)
    assert Code(KEY[::-1], "g-1", 400).words(PEOPLE) != one
    assert Code(KEY, "g-2", 400).words(PEOPLE) != one


def test_each_form_is_as_frequent_as_its_bias() -> None:
    """In a place, about 21 or 79 of 100 organisations have form 1."""
    code = Code(KEY, "g-1", 200)
    words = code.words(NodeId(f"n-{n}") for n in range(2000)).values()
    for at, bias in enumerate(code._biases()):
        assert bias in (RARE, 1 - RARE)
        assert sum(word[at] for word in words) / 2000 == pytest.approx(bias, abs=0.05)


@pytest.mark.parametrize(("rare", "common"), [(0, 0), (1, 0), (0, 3), (3, 4)])
def test_chance_is_what_counting_every_case_gives(rare: int, common: int) -> None:
    """The distribution is exact, not fitted."""
    chances = [RARE] * rare + [1 - RARE] * common
    at_least = [0.0] * (rare + common + 1)
    for agrees in product((0, 1), repeat=rare + common):
        probability = 1.0
        for agreed, chance in zip(agrees, chances, strict=True):
            probability *= chance if agreed else 1 - chance
        for count in range(sum(agrees) + 1):
            at_least[count] += probability
    assert _tail(rare, common) == pytest.approx(at_least)


def test_chance_is_told_for_thousands_of_marks() -> None:
    """Neither too large nor too small a number on the way."""
    tail = _tail(1500, 1500)
    assert tail[0] == pytest.approx(1)
    assert 0 <= tail[-1] < 1e-200
    assert all(a >= b for a, b in pairwise(tail))


def test_whoever_leaks_a_whole_copy_is_named_alone() -> None:
    """And so surely that nobody else could be meant."""
    code = Code(KEY, "g-1", 120)
    words = code.words(PEOPLE)
    found = accused([code.chances(words[PEOPLE[7]], words)])
    assert [each.organisation for each in found] == [PEOPLE[7]]
    assert found[0].wrongly < 1e-12


def test_where_nothing_can_be_told_nobody_is_named() -> None:
    """Not even where there is one copy only."""
    code = Code(KEY, "g-1", 120)
    assert accused([code.chances((None,) * 120, code.words(PEOPLE[:1]))]) == ()
    assert accused([]) == ()


def test_whoever_did_not_leak_is_named_as_rarely_as_is_said() -> None:
    """Of 4,000 organisations compared with leaks of others, up to 1 in 100 looks so at 1 in 100."""
    chance = random.Random(6)
    low = 0
    for trial in range(80):
        code = Code(chance.randbytes(32), "g-1", 90)
        seen = tuple(chance.choice((0, 0, 0, 1, None)) for _ in range(90))
        low += sum(c <= 0.01 for c in code.chances(seen, code.words(PEOPLE)).values())
        assert not accused([code.chances(seen, code.words(PEOPLE))]), trial
    assert low / 4000 <= 0.015


def test_more_copies_compared_take_more_agreement() -> None:
    """What is said is the probability of naming anybody wrongly, among all that are compared."""
    just = LIMIT / 2
    few = {PEOPLE[0]: just, PEOPLE[1]: 1.0}
    assert [each.organisation for each in accused([few])] == [PEOPLE[0]]
    assert accused([few, dict.fromkeys(PEOPLE[2:], 1.0)]) == ()
