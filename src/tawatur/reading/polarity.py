"""Does a statement assert, deny or ask?

A negation counts before the statement's own verb; what only seems to negate (not only),
and what describes a part of the statement, does not.
"""

from functools import cache
from itertools import pairwise

from tawatur.model.reading import Polarity
from tawatur.reading.clauses import bare_word, names_action, phrase_at, verb_at
from tawatur.reading.cues import Range, phrase_heads, word_set
from tawatur.reading.text import STOP, WORD, Tokens

_DENIAL_WITHIN = 7  # words
_DENIALS = {
    "ar": frozenset(("نفيها", "نفيه", "نفيهم", "نفيا")),
    "fr": frozenset(("dementi", "dementis")),
    "en": frozenset(("denial", "denials")),
}
_ASYNDETIC = 7  # words
THAT = {
    "ar": frozenset(("ان", "وان", "انه", "وانه", "انها", "وانها", "انهم", "بان", "وبان", "او")),
    "fr": frozenset(("que", "qu'")),
    "en": frozenset(("that", "or")),
}


def _first_verb(tokens: Tokens, claim: Range, language: str) -> int | None:
    return next((k for k in range(*claim) if verb_at(tokens, k, language)), None)


def denial_at(tokens: Tokens, claim: Range, language: str) -> int | None:
    """Return the noun by which the statement renews or issues a denial: "its denial of"."""
    for k in range(claim[0], min(claim[1], claim[0] + _DENIAL_WITHIN)):
        if tokens.words[k] in _DENIALS[language]:
            return k
    return None


def _after_that(tokens: Tokens, claim: Range, language: str) -> bool:
    """Return whether the conjunction that carries a denial on stands before the statement."""
    before = tokens.words[claim[0] - 1] if claim[0] else ""
    return before in THAT[language] or tokens.words[claim[0]] in THAT[language]


def polarity_of(
    tokens: Tokens, claim: Range, language: str, cue: str, *, whole: bool, first: bool
) -> Polarity:
    """Return whether a statement asserts, denies or asks.

    ``cue`` is the kind of the innermost verb of saying above it, ``whole`` says that this verb
    is the statement's own, ``first`` that it is the first statement of that verb.
    """
    if denial_at(tokens, claim, language) is not None:
        return Polarity.DENIED
    denied = cue == "deny" and (whole or first or _after_that(tokens, claim, language))
    if language == "ar" and cue == "promise" and "بعدم" in tokens.words[claim[0] : claim[1]]:
        return Polarity.DENIED  # he promised not to
    verb = _first_verb(tokens, claim, language)
    reach = (verb + (2 if language == "ar" else 4)) if verb is not None else claim[0] + 7
    relatives = word_set(language, "relatives")
    heads = None if language == "ar" else _negating(language)
    for k in range(claim[0], min(claim[1], reach)):
        if tokens.kinds[k] != WORD:
            continue
        if tokens.words[k] in relatives and k > claim[0]:
            denied = denied != (language == "ar" and _is_not(tokens, (k, claim[1])))
            break
        if heads is not None and tokens.words[k] not in heads:
            continue
        if phrase_at(tokens, k, claim[1], language, "not_negations"):
            break
        if phrase_at(tokens, k, claim[1], language, "negation"):
            if language == "fr" and _restricts(tokens, k, claim[1]):
                break
            if language == "ar" and _no_negation(tokens, k, claim):
                break
            if language == "ar" and k - claim[0] > _ASYNDETIC and k + 1 == verb:
                break  # so late, without a verb before it, it opens a relative clause
            if language == "ar" and tokens.words[k - 1 : k] in (("ما",), ("بما",), ("مما",)):
                break  # "what we cannot ..." is something, and there is
            denied = not denied
            break
    if cue == "ask" or _asks(tokens, claim):
        return Polarity.QUESTIONED
    for k in range(claim[0], min(claim[1], claim[0] + 4)):
        if tokens.kinds[k] == WORD and phrase_at(tokens, k, claim[1], language, "questioning"):
            return Polarity.QUESTIONED
    return Polarity.DENIED if denied else Polarity.ASSERTED


def _is_not(tokens: Tokens, within: Range) -> bool:
    """Return whether "is not" is the predicate of a subject that a relative clause describes."""
    return any(tokens.words[k] in ("ليس", "ليست", "ليسوا") for k in range(*within))


def _no_negation(tokens: Tokens, at: int, claim: Range) -> bool:
    """Return whether an Arabic negation denies nothing of the statement itself.

    So it is in "only" (لا … سوى), in "not Y" after what holds (X لا Y), and in a clause
    that describes what a noun of action names.
    """
    word = tokens.words[at]
    if bare_word(word) not in ("لا", "لم", "لن", "ما", "ليس", "ليست"):
        return False
    after = tokens.words[at + 1 : min(claim[1], at + _ONLY_WITHIN)]
    if "سوي" in after or any(w == "الا" and n not in _UNLESS for w, n in pairwise(after)):
        return True
    if word == "لا" and after and after[0].startswith("ال") and at > claim[0]:
        return True
    return at - claim[0] > 2 and names_action(tokens.words[claim[0]], "ar")


_ONLY_WITHIN = 7  # words
_UNLESS = frozenset(("ان", "انه", "انها", "اذا", "بعد"))  # "except that", "unless": no "only"


@cache
def _negating(language: str) -> frozenset[str]:
    """Return the first words of what negates, and of what only seems to."""
    return frozenset(phrase_heads(language, "negation")) | frozenset(
        phrase_heads(language, "not_negations")
    )


def _restricts(tokens: Tokens, at: int, end: int) -> bool:
    """Return whether a French negation only restricts: il n'en reconnaît que 900."""
    if tokens.words[at] not in ("ne", "n'"):
        return False
    for k in range(at + 1, min(end, at + _RESTRICTION)):
        if tokens.words[k] in ("pas", "plus", "jamais", "rien", "aucun", "aucune", "ni", "pu"):
            return False
        if tokens.words[k] in ("que", "qu'"):
            return True
    return False


_RESTRICTION = 7  # tokens


def _asks(tokens: Tokens, claim: Range) -> bool:
    after = claim[1]
    return after < len(tokens) and tokens.kinds[after] == STOP and tokens.words[after] in "?؟"
