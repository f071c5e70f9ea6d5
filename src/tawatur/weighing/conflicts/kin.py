"""Which words are made of one root, as far as letters tell?

What one voice calls negotiations the other calls to negotiate. `kin` goes further than the light
stem that grouping uses: of an Arabic word it leaves the consonants that do not come and go with
its pattern, of a Latin one the first letters. So it joins what is derived from one root, and now
and then what is not; it is fit to weigh as evidence beside other evidence, not to group by.
"""

from functools import lru_cache

from tawatur.model.text import fold
from tawatur.weighing.words import stem

_PATTERNS = ("است", "مست", "يست", "تست", "نست")
_BEFORE = frozenset("ميتنبل")
_WEAK = frozenset("اويءئؤ")
_LEAST = 3
"""Letters that a root has at least."""
_FIRST = 5
"""Letters of a Latin word that are compared."""
REPORTS = frozenset(
    map(
        stem,
        fold(
            """
            leak leaks report reports letter letters message messages document documents memo cable
            cables recording video fuite fuites rapport rapports lettre lettres message messages
            document documents note courrier enregistrement تسريب تسريبات تقرير تقارير رساله رسالته
            رسائل وثيقه وثائق برقيه برقيات مذكره تسجيل خبر
            """
        ).text.split(),
    )
)
"""The stems of the words for a report."""


@lru_cache(maxsize=20_000)
def kin(stem: str) -> str:
    """Return what a folded stem has in common with others of its root."""
    if not "\u0600" <= stem[0] <= "\u06ff":
        return stem[:_FIRST]
    word = _without_pattern(stem)
    bare = "".join(letter for letter in word if letter not in _WEAK)
    if len(bare) > _LEAST:
        bare = bare.removesuffix("ت")
    if len(bare) > _LEAST and bare[1] == "ت":
        bare = bare[0] + bare[2:]  # the ت that stands within the eighth form
    return bare if len(bare) >= _LEAST else word


def _without_pattern(word: str) -> str:
    """Return a word without the letters that a form of the verb, or a particle, sets before it."""
    if len(word) > _LEAST + 1 and word.startswith(_PATTERNS):
        return word[3:]
    if len(word) > _LEAST and word[0] in _BEFORE:
        word = word[1:]
        if len(word) > _LEAST and word[0] == "ت":
            word = word[1:]
    return word
