"""When does a word of negation in French or English deny the statement that it stands in?

French "ne … que" only restricts.
"""

from tawatur.reading.cues import Range
from tawatur.reading.text import Tokens

_RESTRICTION = 7  # tokens
_DENYING = frozenset(("pas", "plus", "jamais", "rien", "aucun", "aucune", "ni", "pu"))
_THAT = ("que", "qu'")


class LatinNegation:
    """The `tawatur.reading.grammar.Negation` of French and English."""

    after_verb = 4

    __slots__ = ()

    def denies_nothing(self, tokens: Tokens, at: int, claim: Range, verb: int | None) -> bool:
        """Return whether a French negation only restricts: il n'en reconnaît que 900."""
        if tokens.words[at] not in ("ne", "n'"):
            return False
        for word in tokens.words[at + 1 : min(claim[1], at + _RESTRICTION)]:
            if word in _DENYING:
                return False
            if word in _THAT:
                return True
        return False

    def denied_behind(self, tokens: Tokens, within: Range) -> bool:
        """Return False: a relative clause ends before the predicate."""
        return False
