"""Which of Arabic, French and English is this text in, if any?

A closed set: the script tells Arabic from the rest, function words tell French
from English and both from their neighbours (Persian, Urdu, Spanish, German …),
whose commonest words are in the table as well. A word that two of them share ("de", "la",
"is") tells that the text runs on, not in which language. Anything else is ``und``.
"""

import re
from collections import Counter
from functools import cache

from tawatur.intake.tables import rows

_SAMPLE = 20_000  # code points: enough for any text, cheap for the longest
_WORD = re.compile(r"[^\W\d_]+")
_ARABIC_LETTER = re.compile("[\u0621-\u064a]")
_NO_ARABIC_LETTER = re.compile("[^\u0621-\u064a]+")
# Of Persian, Urdu, Pashto, Kurdish and Uyghur: letters that Arabic has not.
_PERSIAN_URDU = re.compile("[پچژگکیےہٹڈڑںھەۆېۇۈۋڭێڕڵټډړږښڼځڅ]")
_AS_ARABIC = str.maketrans("یک", "يك")  # Persian typed on an Arabic keyboard
_ARABIC_SHARE = 0.4  # an Arabic page with Latin menus still has more Arabic letters than this
_FOREIGN_SHARE = 0.04  # letters that Arabic has not: names and typing slips stay below
_LEAST_SHARE = 0.12  # share of function words; running text has 0.3 to 0.5, lists of names 0.1
_SHORT = 12  # words: a headline may hold one function word only
_WEAK = frozenset(("a", "no"))  # words of so many languages that alone they tell none
_FOREIGN_WORDS = 3  # function words: fewer may be names or slips
_NO_LETTERS_OF_OURS = re.compile("[íóúáñãõğışřțłńśźżęąőűđßøåæþðɗɓƙǝ¿¡]")


def language_of(text: str) -> str:
    """Return ``ar``, ``fr``, ``en`` or ``und``."""
    sample = text[:_SAMPLE].casefold()
    words = _WORD.findall(sample)
    letters = sum(map(len, words))
    if not letters:
        return "und"
    arabic = len(_NO_ARABIC_LETTER.sub("", sample))
    if arabic >= letters * _ARABIC_SHARE:
        return _of_arabic_script(sample, words, arabic)
    if arabic:
        words = [word for word in words if _ARABIC_LETTER.search(word) is None]
    known = _languages()
    counts = Counter(language for word in words for language in known.get(word, ()))
    best = max(("fr", "en"), key=lambda language: counts[language])
    short = len(words) <= _SHORT
    if counts[best] < (1 if short else len(words) * _LEAST_SHARE):
        return "und"
    own, other = _told_apart(words, best)
    other += sum(1 for word in set(words) if _NO_LETTERS_OF_OURS.search(word))
    if short and own == other == 0:
        return best if any(word in known and word not in _WEAK for word in words) else "und"
    return best if own > other else "und"


def _told_apart(words: list[str], language: str) -> tuple[int, int]:
    """Return how many words only ``language`` has, and how many only its neighbours have."""
    known = _languages()
    told = [known[word] for word in words if word in known]
    own = sum(1 for languages in told if language in languages and "other" not in languages)
    return own, told.count(("other",))


def _of_arabic_script(sample: str, words: list[str], arabic: int) -> str:
    foreign = len(_PERSIAN_URDU.findall(sample))
    if foreign > arabic * _FOREIGN_SHARE:
        counts = Counter(language for w in words for language in _languages().get(w, ()))
        return "ar" if counts["ar"] > 2 * counts["other"] else "und"
    if foreign:
        words = [word.translate(_AS_ARABIC) for word in words]
    own, other = _told_apart(words, "ar")
    return "und" if other >= _FOREIGN_WORDS and other > own else "ar"


@cache
def _languages() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("function_words"):
        plain = row["word"].casefold()
        for word in {plain, plain.translate(_AS_ARABIC)}:
            if row["language"] not in found.get(word, ()):
                found[word] = (*found.get(word, ()), row["language"])
    return found
