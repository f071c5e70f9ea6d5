"""Folded text: what writers vary without meaning goes, and every place maps back."""

import re
import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tawatur.model.text import fold, fold_words, token_bytes, token_spans

LETTERS = "ابتةجحدرسشصطعفقكلمنهويىئؤءأإآٱکی"
LATIN = "abcçéèêëàùôïîœßÀÉÔŞNZz"
DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
MARKS = "\u064b\u064e\u0651\u0652\u0670\u0640\u0301\u0327"
UNSEEN = "\u00ad\u200b\u200e\u200f\u202b\u2066\ufeff"
SPACES = " \t\n\u00a0\u202f\u3000"
TEXTS = st.text(st.sampled_from(LETTERS + LATIN + DIGITS + MARKS + UNSEEN + SPACES + '.,:«»"-'))


@settings(max_examples=300)
@given(TEXTS)
def test_every_folded_character_stands_for_one_of_the_text(text: str) -> None:
    """Its place is inside the text, in order, and that character alone folds to it."""
    folded = fold(text)
    places = [folded.at(i) for i in range(len(folded.text))]
    assert places == sorted(set(places))
    assert all(fold(text[p]).text == c for p, c in zip(places, folded.text, strict=True))


@settings(max_examples=300)
@given(TEXTS)
def test_a_word_found_in_folded_text_is_cited_from_the_original(text: str) -> None:
    """The original span of a folded word folds to that word, whatever stood within it."""
    folded = fold(text)
    for match in re.finditer(r"\S+", folded.text):
        assert fold(folded.original(*match.span()).of(text)).text == match.group()


@settings(max_examples=300)
@example(" \u200f ")
@example("\u200f \u0640 a")
@given(TEXTS)
def test_folding_folded_text_changes_nothing(text: str) -> None:
    """Fold is idempotent, and so are the words of it."""
    once = fold(text).text
    assert fold(once).text == once
    assert fold_words(fold_words(text)) == fold_words(text)


def test_no_character_folds_to_what_would_fold_further() -> None:
    """For every character of the basic plane, lone surrogates apart."""
    letters = [chr(c) for c in range(0x10000) if not 0xD800 <= c <= 0xDFFF]
    for letter in letters:
        once = fold(letter).text
        assert len(once) <= 1
        assert fold(once).text == once


@given(TEXTS)
def test_folded_text_has_single_ascii_spaces_and_no_marks(text: str) -> None:
    """Neither marks, tatweel, invisible characters, accents nor runs of space are left."""
    folded = fold(text).text
    assert not set(folded) & set(MARKS + UNSEEN + "\t\n\u00a0\u202f\u3000" + "éÉçÀأإآٱىةکی")
    assert "  " not in folded
    assert not re.search(r"[٠-٩۰-۹]", folded)


@given(st.text(st.sampled_from(LATIN + " ")))
def test_composed_and_decomposed_accents_are_one(text: str) -> None:
    """The same word typed on another keyboard is found."""
    assert fold(unicodedata.normalize("NFD", text)).text == fold(text).text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("مُحَمَّد", "محمد", id="short vowels"),
        pytest.param("محـــمد", "محمد", id="tatweel"),
        pytest.param("إلى الجزائر", "الي الجزائر", id="alef and ya"),
        pytest.param("مدرسة", "مدرسه", id="ta marbuta"),
        pytest.param("کربلا", "كربلا", id="Persian kaf"),
        pytest.param("١٢ ۱۲", "12 12", id="digits"),
        pytest.param("Élysée", "elysee", id="accents and case"),
        pytest.param("قال\u00a0\u200f مصدر", "قال مصدر", id="a direction mark within spaces"),
        pytest.param("soldats\u202f\u00a0 tués", "soldats tues", id="narrow spaces"),
    ],
)
def test_spellings_of_one_word_fold_to_one(one: str, other: str) -> None:
    """What is only writing does not tell two words apart."""
    assert fold(one).text == fold(other).text


@pytest.mark.parametrize(("one", "other"), [("سأل", "سئل"), ("رؤية", "روية"), ("12", "13")])
def test_what_carries_meaning_is_kept(one: str, other: str) -> None:
    """Hamza on waw and ya, and every digit."""
    assert fold(one).text != fold(other).text


@pytest.mark.parametrize("unit", ["اـ", " \u200f", "\u200f ", "é\u0301", "\u00a0\u00a0ب"])
def test_time_grows_with_length_and_no_faster(unit: str) -> None:
    """Eight times the text takes about eight times as long: a megabyte well under two seconds."""

    def seconds(text: str) -> float:
        began = time.process_time()
        folded = fold(text)
        folded.at(max(0, len(folded.text) - 1))
        return time.process_time() - began

    whole = unit * (1_000_000 // len(unit))
    short = min(seconds(whole[: len(whole) // 8]) for _ in range(3))
    long = min(seconds(whole) for _ in range(2))
    assert long < 2.0
    assert long < 8 * 4 * max(short, 0.01)


def _slowly(text: str) -> list[str]:
    """Return the folded tokens of a text, letters and digits alone, by `fold`."""
    bare = (re.sub(r"\W+", "", fold(token).text) for token in text.split())
    return [token for token in bare if token]


@settings(max_examples=300)
@given(st.lists(TEXTS, min_size=2, max_size=6))
@example(["µ café", "\u03bc CAFE", "10\u202f000 ٪", "10 000"])
def test_token_bytes_are_equal_where_folded_tokens_are(texts: list[str]) -> None:
    """The fast way, through a code page, and the way around it tell the same tokens apart."""
    fast = [token for text in texts for token in token_bytes(text)]
    slow = [token for text in texts for token in _slowly(text)]
    assert len(fast) == len(slow)
    assert len(set(zip(fast, slow, strict=True))) == len(set(fast)) == len(set(slow))


@given(TEXTS)
def test_token_spans_are_where_token_bytes_stand(text: str) -> None:
    """One span for each, in order, and it holds that token alone."""
    spans = list(token_spans(text))
    assert [token_bytes(span.of(text)) for span in spans] == [[t] for t in token_bytes(text)]
