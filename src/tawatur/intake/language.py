"""Which of Arabic, French and English is this text in, if any?

A closed set: the script tells Arabic from the rest, function words tell French
from English and both from their neighbours (Persian, Urdu, Spanish, German …),
whose commonest words are in the table as well. Anything else is ``und``.
"""

import re
from collections import Counter
from functools import cache

from tawatur.intake.tables import rows

_SAMPLE = 20_000  # code points: enough for any text, cheap for the longest
_WORD = re.compile(r"[^\W\d_]+")
_ARABIC_LETTER = re.compile("[\u0621-\u064a]")
_PERSIAN_URDU = re.compile("[پچژگکیےہٹڈڑں]")
_LETTER = re.compile(r"[^\W\d_]")
_ARABIC_SHARE = 0.4  # an Arabic page with Latin menus still has more Arabic letters than this
_FOREIGN_SHARE = 0.04  # letters that Arabic has not: names and typing slips stay below
_LEAST_SHARE = 0.12  # share of function words; running text has 0.3 to 0.5, lists of names 0.1
_SHORT = 12  # words: a headline may hold one function word only


def language_of(text: str) -> str:
    """Return ``ar``, ``fr``, ``en`` or ``und``."""
    sample = text[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    if not letters:
        return "und"
    arabic = len(_ARABIC_LETTER.findall(sample))
    if arabic >= letters * _ARABIC_SHARE:
        return _of_arabic_script(sample, arabic)
    words = [w for w in _WORD.findall(sample.casefold()) if _ARABIC_LETTER.search(w) is None]
    counts = Counter(language for word in words for language in _languages().get(word, ()))
    best = max(("fr", "en"), key=lambda language: counts[language])
    found = counts[best]
    least = len(words) * _LEAST_SHARE if len(words) > _SHORT else 1
    return best if found >= least and found > counts["other"] else "und"


def _of_arabic_script(sample: str, arabic: int) -> str:
    foreign = len(_PERSIAN_URDU.findall(sample))
    if foreign > arabic * _FOREIGN_SHARE:
        counts = Counter(
            language for w in _WORD.findall(sample) for language in _languages().get(w, ())
        )
        return "ar" if counts["ar"] > 2 * counts["other"] else "und"
    return "ar"


@cache
def _languages() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("function_words"):
        word = row["word"].casefold()
        found[word] = (*found.get(word, ()), row["language"])
    return found
