"""Which tense does the ending of a French verb show: a conditional, a future, neither?

Both stand on the infinitive, so their endings (-erait, -ira, -drons) show them without a
table of verbs. What else ends so is told apart by the accent that folding takes away
(opérait is an imperfect) and by the stems of verbs in -irer and -drer.
"""

from enum import StrEnum
from functools import lru_cache

from tawatur.model.text import composed
from tawatur.reading.text import Tokens


class Tense(StrEnum):
    """What an ending shows: hearsay or a future seen from the past, a future, one of "we"."""

    CONDITIONAL = "conditional"
    FUTURE = "future"
    OUR_FUTURE = "our future"


_ENDINGS = (
    ("aient", Tense.CONDITIONAL),
    ("ait", Tense.CONDITIONAL),
    ("ont", Tense.FUTURE),
    ("ons", Tense.OUR_FUTURE),
    ("ai", Tense.OUR_FUTURE),
    ("a", Tense.FUTURE),
)
_IRREGULAR = frozenset(
    (
        *("aur", "ser", "fer", "ir", "saur", "devr", "pourr", "verr", "voudr", "vaudr", "faudr"),
        *("enverr", "mourr", "courr", "parcourr", "accourr", "acquerr", "pleuvr", "pourvoir"),
        *("recevr", "apercevr", "concevr", "percevr", "décevr", "redevr", "vivr", "suivr"),
        *("poursuivr", "survivr", "conclur", "exclur", "inclur", "rompr", "interrompr"),
    )
)
_REGULAR = ("er", "ir", "dr", "ttr", "aîtr", "aitr", "oîtr")
# Verbs in -rer, whose imperfect and simple past end so too; "environs" are no verb.
_IN_RER = (
    *("tir", "ttir", "soutir", "vir", "dmir", "spir", "xpir", "désir", "chir", "mpir", "soupir"),
    *("chavir", "envir", "cadr", "gendr", "ffondr", "poudr", "cir"),
)
_ACRONYM = 5  # capitals: a longer word is one of a telegram
_SHORTEST = 4  # letters of a regular stem


@lru_cache(maxsize=20_000)
def _tense(word: str) -> Tense | None:
    for ending, tense in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or not stem.endswith("r"):
            continue
        regular = len(stem) >= _SHORTEST and stem.endswith(_REGULAR)
        if stem in _IRREGULAR or (regular and not stem.endswith(_IN_RER)):
            return tense
    return None


def tense_at(tokens: Tokens, at: int) -> Tense | None:
    """Return what the ending of the French word at ``at`` shows; a capital opens a name."""
    if tokens.words[at][-1:] not in "tsia" or "r" not in tokens.words[at][-6:]:
        return None
    word = composed(tokens.text[tokens.starts[at] : tokens.ends[at]])
    shouted = word.isupper() and len(word) > _ACRONYM
    return _tense(word.lower()) if shouted or word.islower() else None
