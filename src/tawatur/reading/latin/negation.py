"""When does a word of negation in French or English deny the statement that it stands in?

French "ne … que" only restricts, and a "ne" by itself only accompanies what somebody
fears, or what comes before ("avant qu'il ne parte"); so Grevisse, "Le Bon Usage", on the
"ne" called expletive. A few verbs deny by "ne" alone: il ne peut, il ne sait.
"""

from tawatur.reading.cues import Range
from tawatur.reading.text import Tokens

_RESTRICTION = 7  # tokens
_DENYING = frozenset(("pas", "plus", "jamais", "rien", "aucun", "aucune", "ni", "pu"))
_PARTNERS = _DENYING | {"point", "guere", "personne", "nul", "nulle", "nullement", "aucunement"}
_BY_ITSELF = ("peu", "pouv", "pour", "puis", "sai", "sav", "saur", "sach", "ose", "osa", "cess")
"""How the verbs begin that deny by "ne" alone: pouvoir, savoir, oser, cesser."""
_THAT = ("que", "qu'")


class LatinNegation:
    """The `tawatur.reading.grammar.Negation` of French and English."""

    after_verb = 4

    __slots__ = ()

    def denies_nothing(self, tokens: Tokens, at: int, claim: Range, verb: int | None) -> bool:
        """Return whether a French "ne" only restricts, or denies nothing by itself."""
        if tokens.words[at] not in ("ne", "n'"):
            return False
        held = tokens.words[claim[0] : claim[1]]
        if _PARTNERS.isdisjoint(held) and not any(w in _THAT for w in tokens.words[at : claim[1]]):
            return not any(word.startswith(_BY_ITSELF) for word in tokens.words[at + 1 : at + 3])
        for word in tokens.words[at + 1 : min(claim[1], at + _RESTRICTION)]:
            if word in _DENYING:
                return False
            if word in _THAT:
                return True
        return False

    def denied_behind(self, tokens: Tokens, within: Range) -> bool:
        """Return False: a relative clause ends before the predicate."""
        return False
