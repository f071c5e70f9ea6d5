"""Spellings: a word in Latin letters against words in Arabic letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.weighing.spellings import arcs, spelling

_ARABIC = st.text(alphabet="ابتجحدرسشعغفقكلمنهوي", max_size=8)
_LATIN = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=8)


@pytest.mark.parametrize(
    ("latin", "right", "wrong"),
    [("salem", "سالم", "سليم"), ("mahmoud", "محمود", "محمد"), ("hassan", "حسن", "حسين")],
)
def test_the_right_form_spells_a_word_better(latin: str, right: str, wrong: str) -> None:
    """Of two forms with the same consonants the one with the word's own vowels weighs more."""
    assert spelling(right, latin) > spelling(wrong, latin)


@given(_ARABIC, _LATIN)
def test_every_pair_has_a_weight_and_an_empty_word_none(arabic: str, latin: str) -> None:
    """No two words are too odd to be weighed; with nothing, a word has no weight."""
    weight = spelling(arabic, latin)
    assert weight == spelling(arabic, latin)
    assert (weight == float("-inf")) == (not arabic or not latin)


@given(_ARABIC, _LATIN)
def test_arcs_lead_forward_and_hold_the_letters_they_span(arabic: str, latin: str) -> None:
    """Every pair of pieces spans a letter or more, and each piece is what stands there."""
    for i, j, to_i, to_j, (ours, theirs) in arcs(arabic, latin):
        assert (to_i, to_j) > (i, j)
        assert ours.strip("^$") == arabic[i:to_i]
        assert theirs.strip("^$") == latin[j:to_j]
