"""Which words are finite verbs, and which name an action?

Known cost: without a tagger, a verb is what a table holds or what begins like one.
"""

import re
from functools import cache, lru_cache

from tawatur.model.text import without_marks
from tawatur.reading.cues import (
    arabic_noun_key,
    arabic_past,
    arabic_present,
    forms,
    group,
    word_set,
)
from tawatur.reading.tables import rows
from tawatur.reading.text import WORD, Tokens, fold_word

_VERB_ENDINGS = {"en": ("ed",), "fr": ("aient", "erent", "irent", "eront", "iront", "ait")}


@cache
def verbs(language: str) -> frozenset[str]:
    """Return the folded forms that are surely verbs: those of the tables that are no nouns too."""
    found: set[str] = set()
    nouns: set[str] = set()
    if language == "ar":
        for row in rows("ar", "events"):
            if row["part"] == "noun":
                nouns.add(fold_word(row["word"]))
                continue
            found |= arabic_past(row["word"]).keys()
            if row["present"] != "-":
                found |= arabic_present(row["present"]).keys()
        for row in rows("ar", "verbs"):
            if row["past"] != "-":
                found |= arabic_past(row["past"]).keys()
            if row["present"] != "-":
                found |= arabic_present(row["present"]).keys()
        found |= {form for form, cue in forms("ar").items() if not cue.participle}
    else:
        for row in rows(language, "events"):
            if row["part"] == "noun":
                nouns |= {fold_word(word) for word in row["forms"].split("|")}
            else:
                found |= _finite_forms(row["forms"].split("|"), language)
        for row in rows(language, "verbs"):
            found |= {fold_word(word) for word in row["forms"].split("|")}
        for row in rows(language, "cues"):
            if " " not in row["verb"]:  # of a phrase, only the last word is told: fait savoir
                found |= _finite_forms(row["forms"].split("|"), language)
    return frozenset(found - nouns - (word_set("ar", "not_verbs") if language == "ar" else nouns))


def _finite_forms(forms: list[str], language: str) -> set[str]:
    """Return the folded forms of one verb without what is surely no third person.

    French participles and infinitives are left out; those in -é are told in the text.
    """
    if language != "fr":
        return {fold_word(form) for form in forms}
    known = set(forms)
    return {
        fold_word(form)
        for form in forms
        if not form.endswith(_NEVER_FINITE)
        and not (form.endswith("e") and form[:-1] in known and form[-2] in "uist")
    }


_NEVER_FINITE = ("u", "us", "ues", "i", "is", "ies", "ises", "ites", "tes", "er", "ir", "re", "ant")


@cache
def arabic_pasts() -> frozenset[str]:
    """Return the past forms of all verbs in the tables: قد before them says that it was so."""
    found: set[str] = set()
    for table, column in (("events", "word"), ("verbs", "past"), ("cues", "past")):
        for row in rows("ar", table):
            if row[column] != "-" and row.get("part") != "noun":
                found |= arabic_past(row[column]).keys()
    return frozenset(found)


def bare_word(word: str) -> str:
    """Return a folded Arabic word without a joined conjunction."""
    return word[1:] if len(word) > 2 and word[0] in "وف" else word


@cache
def _actions(language: str) -> frozenset[str]:
    return frozenset(
        fold_word(word)
        for row in rows(language, "events")
        if row["part"] == "noun"
        for word in (row["word"].split("|") if language == "ar" else row["forms"].split("|"))
    )


def names_action(word: str, language: str) -> bool:
    """Return whether the folded word is a noun of action, a joined pronoun apart."""
    actions = _actions(language)
    return word in actions or any(
        word.removesuffix(suffix) in actions for suffix in ("ها", "هم", "ه") if language == "ar"
    )


@lru_cache(maxsize=40_000)
def is_verb(word: str, language: str) -> bool:
    """Return whether a folded word is taken for a finite verb."""
    known = verbs(language)
    never = word_set("ar", "not_verbs")
    if language == "ar" and (word in never or bare_word(word) in never or arabic_noun_key(word)):
        return False
    if word in known:
        return True
    if language != "ar":
        return len(word) > 5 and word.endswith(_VERB_ENDINGS.get(language, ()))
    for prefix in ("و", "ف", "س", "وس", "فس"):
        if word.startswith(prefix) and len(word) > len(prefix) + 2 and word[len(prefix) :] in known:
            return True
    core = word
    for prefix in ("وس", "فس", "و", "ف", "س"):
        if word.startswith(prefix) and len(word) > len(prefix) + 3:
            core = word[len(prefix) :]
            break
    if core in known:
        return True
    for suffix in ("هما", "هم", "ها", "نا", "ني", "ه"):
        if core.endswith(suffix):
            rest = core.removesuffix(suffix)
            if rest in known or (rest.endswith("ا") and rest[:-1] + "ي" in known):
                return True
    return len(core) > 3 and core[0] == "ي" and core not in never


_MOMENTS = frozenset(("وقت", "موعد", "تاريخ", "زمن", "يوم", "عام"))


def verb_at(tokens: Tokens, at: int, language: str) -> bool:
    """Return whether the token at ``at`` is taken for a finite verb."""
    if tokens.kinds[at] != WORD or not is_verb(tokens.words[at], language):
        return False
    if language != "ar":
        return _finite(tokens, at, language)
    if tokens.words[at] == "لاحق" and at and tokens.words[at - 1] in _MOMENTS:
        return False  # a later time, not: he pursued
    # Only nouns end in ta marbuta or in the tanwin of the accusative.
    return (
        not without_marks(tokens.text[tokens.starts[at] : tokens.ends[at]]).endswith("ة")
        and "\u064b" not in tokens.text[tokens.starts[at] : tokens.ends[at]]
    )


def _finite(tokens: Tokens, at: int, language: str) -> bool:
    """Return whether a French or English verb form is no noun, infinitive or participle here.

    After an article or a preposition stands a noun (the attack); French participles in -é
    are told by their accent, which folding takes away.
    """
    word = tokens.words[at]
    if is_grave(tokens, at) or _in_a_name(tokens, at):
        return False
    if word in group(language, "finite"):
        return True
    if language == "en" and word.endswith("ing") and _VOWEL.search(word[:-3]):
        return False
    if language == "fr" and tokens.text[tokens.starts[at] : tokens.ends[at]].endswith(_ACCENTED):
        return False
    before = tokens.words[at - 1] if at else ""
    if before not in group(language, "before_nouns"):
        return True
    # An article is a pronoun after a subject: qui la contrôle.
    return (
        language == "fr"
        and at > 1
        and before in ("le", "la", "les", "l'", "leur", "en")
        and tokens.words[at - 2] in group("fr", "before_clitics")
    )


def _in_a_name(tokens: Tokens, at: int) -> bool:
    """Return whether a word with a capital follows another one, as a verb never does: the Post."""
    start = tokens.starts[at]
    return (
        at > 0
        and tokens.kinds[at - 1] == WORD
        and tokens.text[start].isupper()
        and tokens.text[start + 1 : start + 2].islower()
    )


_VOWEL = re.compile("[aeiouy]")
_ACCENTED = ("é", "ée", "és", "ées")


def is_grave(tokens: Tokens, at: int) -> bool:
    """Return whether the token is the French preposition à, which folds into the verb a.

    A capital is often written without its accent, and the verb never opens a sentence; in a
    telegram, which is all capitals, the word after it tells (A DECLARE).
    """
    if tokens.words[at] != "a" or tokens.text[tokens.starts[at]] == "a":
        return False
    shouted = tokens.text[tokens.starts[at] : tokens.starts[at] + 4].isupper()
    return not (shouted and at + 1 < len(tokens) and tokens.words[at + 1] in forms("fr"))
