"""Which French and English words speak, and what only looks as if it did?

Each question here is about one word; folding takes accents away, so that the letters as
written tell a French participle from a present.
"""

import re
from functools import cache, lru_cache

from tawatur.model.text import composed
from tawatur.reading.cues import forms, group, infinitives, source_nouns
from tawatur.reading.tables import rows
from tawatur.reading.text import COMMA, WORD, Tokens, fold_word
from tawatur.reading.verbs import is_verb

PRONOUNS = {
    "he": "m",
    "she": "f",
    "they": "",
    "it": "",
    "il": "m",
    "elle": "f",
    "ils": "",
    "elles": "f",
}

_HUNG = re.compile(r"-(?:t-)?(ils?|elles?)$")
_SHORTEST_ADVERB = 6
_SET_AGAINST = frozenset({"lui", "elle", "eux", "elles"})


@lru_cache(maxsize=20_000)
def noun_key(word: str, language: str) -> str:
    """Return the folded noun under which the table of source nouns holds the word, or nothing."""
    nouns = source_nouns(language)
    if word in nouns:
        return word
    single = word.removesuffix("'s").removesuffix("s")
    return single if single in nouns else ""


@cache
def verbs_of_saying(language: str) -> frozenset[str]:
    """Return every folded form of the language's verbs of saying, infinitives among them."""
    return frozenset(forms(language)) | frozenset(infinitives(language))


@cache
def bare_participles() -> frozenset[str]:
    """Return the folded French participles of verbs of saying that have no accent: admis, tenue."""
    found: set[str] = set()
    for row in rows("fr", "cues"):
        forms_of = set(row["forms"].split("|"))
        for form in forms_of:
            masculine = form.removesuffix("s").removesuffix("e")
            if form.endswith(("u", "us", "i", "is")) or (
                form != masculine and masculine[-1:] in "uist" and masculine in forms_of
            ):
                found.add(fold_word(form))
    return frozenset(found)


@cache
def interposed_phrases(language: str) -> tuple[tuple[str, ...], ...]:
    """Return the adverbial phrases that may stand between a subject and its verb."""
    return tuple(tuple(phrase.split()) for phrase in sorted(group(language, "interposed")))


def after_insertion(tokens: Tokens, at: int, end: int, language: str) -> int:
    """Return where a verb goes on after what stands between two commas: parle, lui, de; or ``at``.

    A pronoun that only sets the subject against another, or an adverbial phrase, alone or both.
    """
    if at >= end or tokens.kinds[at] != COMMA:
        return at
    here = at + 1
    while here < end and tokens.kinds[here] == WORD:
        phrases = interposed_phrases(language)
        lengths = (len(p) for p in phrases if tokens.words[here : here + len(p)] == p)
        taken = max(lengths, default=0)
        if not taken and language == "fr" and tokens.words[here] in _SET_AGAINST:
            taken = 1
        if not taken:
            return at
        here += taken
    closed = at + 1 < here < end and tokens.kinds[here] == COMMA
    return here + 1 if closed else at


@lru_cache(maxsize=5_000)
def is_infinitive(word: str) -> bool:
    """Return whether a folded French word is the infinitive of a verb that the tables know."""
    if word in group("fr", "infinitives"):
        return True
    if word in group("fr", "not_infinitives"):
        return False
    if word.endswith("er"):
        return is_verb(word[:-2] + "e", "fr") or is_verb(word[:-2] + "ent", "fr")
    if word.endswith("ir"):
        return is_verb(word[:-1] + "t", "fr") or is_verb(word[:-2] + "ait", "fr")
    return False


def is_accented(tokens: Tokens, at: int) -> bool:
    """Return whether the original French word ends like a past participle (é, ée, és, ées)."""
    word = composed(tokens.text[tokens.starts[at] : tokens.ends[at]]).lower()
    return word.rstrip("es").endswith("é") or word.endswith("é")


def is_titled(tokens: Tokens, at: int) -> bool:
    """Return whether a word has a capital and small letters after it, as names have: the Post.

    A telegram is all capitals, and its words are no names.
    """
    return tokens.text[tokens.starts[at] : tokens.ends[at]][:2].istitle()


def is_adverb(word: str, language: str) -> bool:
    """Return whether a word before a verb only says how: "a seulement dit"."""
    ending = "ement" if language == "fr" else "ly"
    if len(word) <= _SHORTEST_ADVERB or not word.endswith(ending):
        return False
    return not noun_key(word, language)  # le gouvernement


def hung_pronoun(word: str) -> str:
    """Return the pronoun that hangs on a French verb, or nothing: a-t-il déclaré, dit-il."""
    found = _HUNG.search(word) if "-" in word else None
    return found[1] if found else ""


def without_hung(word: str) -> str:
    """Return a word without the pronoun that hangs on it."""
    return _HUNG.sub("", word)
