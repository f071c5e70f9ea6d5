"""Words for finding: folded, without Arabic proclitics and article, without plural endings.

Light on purpose: a search for الهجوم finds هجوم, بالهجوم and وهجوم, and one for
"attaques" finds "attaque"; it does not try to know roots.
"""

import re
from collections.abc import Iterator

from tawatur.model.span import Span
from tawatur.model.text import fold

_WORD = re.compile(r"\w+")
_PROCLITICS = re.compile(r"(?:[وف]?(?:ال|بال|كال|فال|لل)|[وف](?=\w{4}))(?=\w{3})")
_LATIN = re.compile(r"[a-z]")


def stem(word: str) -> str:
    """Return the form under which a folded word is found."""
    if _LATIN.match(word):
        return word[:-1] if len(word) > 4 and word[-1] in "sx" else word
    return _PROCLITICS.sub("", word, count=1) if len(word) > 3 else word


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of all words of ``text`` in order."""
    return tuple(stem(word) for word in _WORD.findall(fold(text).text))


def places(text: str, wanted: frozenset[str]) -> Iterator[Span]:
    """Yield where in ``text`` words with a wanted stem stand, in order."""
    folded = fold(text)
    for match in _WORD.finditer(folded.text):
        if stem(match.group()) in wanted:
            yield folded.original(*match.span())
