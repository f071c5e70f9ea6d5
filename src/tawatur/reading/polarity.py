"""Does a statement assert, deny or ask?

A negation counts before the statement's own verb; what only seems to negate (not only),
and what describes a part of the statement, does not: for each language to tell
(`tawatur.reading.grammar.Negation`).
"""

from tawatur.model.reading import Polarity
from tawatur.reading.arabic.negation import ArabicNegation
from tawatur.reading.clauses import phrase_at
from tawatur.reading.cues import Range, group, word_set
from tawatur.reading.grammar import Negation
from tawatur.reading.latin.negation import LatinNegation
from tawatur.reading.text import STOP, WORD, Tokens
from tawatur.reading.verbs import verb_at

_DENIAL_WITHIN = 7  # words
_DENIALS = {
    "ar": frozenset(("نفيها", "نفيه", "نفيهم", "نفيا")),
    "fr": frozenset(("dementi", "dementis")),
    "en": frozenset(("denial", "denials")),
}
_VERBLESS = 7  # tokens of a statement without a verb in which a negation denies it
_NEGATION: dict[str, Negation] = {
    "ar": ArabicNegation(),
    "fr": LatinNegation(),
    "en": LatinNegation(),
}
_THAT = {
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
    return before in _THAT[language] or tokens.words[claim[0]] in _THAT[language]


def polarity_of(
    tokens: Tokens, claim: Range, language: str, cue: str, *, whole: bool, first: bool
) -> Polarity:
    """Return whether a statement asserts, denies or asks.

    ``cue`` is the kind of the innermost verb of saying above it, ``whole`` says that this verb
    is the statement's own, ``first`` that it is the first statement of that verb.
    """
    if denial_at(tokens, claim, language) is not None:
        return Polarity.DENIED
    if cue == "promise" and not group(language, "not_to").isdisjoint(tokens.words[slice(*claim)]):
        return Polarity.DENIED  # he promised not to
    denied = cue == "deny" and (whole or first or _after_that(tokens, claim, language))
    denied = denied != _negated(tokens, claim, language)
    if cue == "ask" or _asks(tokens, claim):
        return Polarity.QUESTIONED
    for k in range(claim[0], min(claim[1], claim[0] + 4)):
        if tokens.kinds[k] == WORD and phrase_at(tokens, k, claim[1], language, "questioning"):
            return Polarity.QUESTIONED
    return Polarity.DENIED if denied else Polarity.ASSERTED


def _negated(tokens: Tokens, claim: Range, language: str) -> bool:
    """Return whether a negation before the statement's verb, or right behind it, denies it."""
    negation = _NEGATION[language]
    verb = _first_verb(tokens, claim, language)
    reach = claim[0] + _VERBLESS if verb is None else verb + negation.after_verb
    relatives = word_set(language, "relatives")
    for k in range(claim[0], min(claim[1], reach)):
        if tokens.kinds[k] != WORD:
            continue
        if tokens.words[k] in relatives and k > claim[0]:
            return negation.denied_behind(tokens, (k, claim[1]))
        if phrase_at(tokens, k, claim[1], language, "not_negations"):
            return False
        if phrase_at(tokens, k, claim[1], language, "negation"):
            return not negation.denies_nothing(tokens, k, claim, verb)
    return False


def _asks(tokens: Tokens, claim: Range) -> bool:
    after = claim[1]
    return after < len(tokens) and tokens.kinds[after] == STOP and tokens.words[after] in "?؟"
