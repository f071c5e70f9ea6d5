"""When does a word of negation in Arabic deny the statement that it stands in?

Not in "only" (لا … سوى), not in "not Y" after what holds (X لا Y), not in a clause that
describes what a noun names; but behind a relative clause "is not" is the predicate.
"""

from itertools import pairwise

from tawatur.reading.cues import Range
from tawatur.reading.text import Tokens
from tawatur.reading.verbs import bare_word, names_action

_ASYNDETIC = 7  # words
_ONLY_WITHIN = 7  # words
_UNLESS = frozenset(("ان", "انه", "انها", "اذا", "بعد"))  # "except that", "unless": no "only"
_IS_NOT = frozenset(("ليس", "ليست", "ليسوا"))
_WHAT = frozenset(("ما", "بما", "مما"))
_NEGATIONS = frozenset(("لا", "لم", "لن", "ما", "ليس", "ليست"))


class ArabicNegation:
    """The `tawatur.reading.grammar.Negation` of Arabic."""

    after_verb = 2

    __slots__ = ()

    def denies_nothing(self, tokens: Tokens, at: int, claim: Range, verb: int | None) -> bool:
        """Return whether a negation restricts, contrasts, or describes a noun.

        So late, without a verb before it, it opens a relative clause; and "what we cannot …"
        is something that there is.
        """
        if _restricts_or_contrasts(tokens, at, claim):
            return True
        late = at - claim[0] > _ASYNDETIC and at + 1 == verb
        return late or (at > 0 and tokens.words[at - 1] in _WHAT)

    def denied_behind(self, tokens: Tokens, within: Range) -> bool:
        """Return whether "is not" is the predicate of a subject that a clause describes."""
        return not _IS_NOT.isdisjoint(tokens.words[slice(*within)])


def _restricts_or_contrasts(tokens: Tokens, at: int, claim: Range) -> bool:
    word = tokens.words[at]
    if bare_word(word) not in _NEGATIONS:
        return False
    after = tokens.words[at + 1 : min(claim[1], at + _ONLY_WITHIN)]
    if "سوي" in after or any(w == "الا" and n not in _UNLESS for w, n in pairwise(after)):
        return True
    if word == "لا" and after and after[0].startswith("ال") and at > claim[0]:
        return True
    return at - claim[0] > 2 and names_action(tokens.words[claim[0]], "ar")
