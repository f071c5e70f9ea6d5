"""The two apostrophes are one when text is matched."""

import pytest

from tawatur.model.text import fold, fold_words


@pytest.mark.parametrize("typed", ["l’armée d’Anzifat", "l'armée d'Anzifat", "lʼarmée dʼAnzifat"])
def test_a_typed_and_a_typeset_apostrophe_fold_alike(typed: str) -> None:
    """A name is found however its apostrophe was typed."""
    assert fold(typed).text == "l'armee d'anzifat"
    assert fold_words(typed) == fold_words("l'armée d'Anzifat")


def test_the_apostrophe_keeps_its_place() -> None:
    """The way back leads to the very character that was typed."""
    text = "qu’elle"
    assert fold(text).original(2, 3).of(text) == "’"
