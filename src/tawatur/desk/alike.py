"""Do two promises or requests ask for the same? By the words that they share."""

import re

from tawatur.model.text import fold

_WORD = re.compile(r"\w{3,}")
_PROCLITICS = re.compile(r"(?:[وف]?[بكل]?ال|[وف]?لل|[بكلوف])(?=\w{4})")
_LEAST = 0.5
"""Of the words of the shorter one, so many must stand in the other, and two at least."""
_PREFIX = 4
"""Letters by which words of one stem are known in the three languages, as far as they are."""


def alike(a: str, b: str) -> bool:
    """Return whether two texts share most words of the shorter one."""
    one, other = _stems(a), _stems(b)
    least = min(len(one), len(other))
    shared = len(one & other)
    return least > 0 and shared >= min(2, least) and shared >= _LEAST * least


def _stems(text: str) -> frozenset[str]:
    words = _WORD.findall(fold(text).text)
    return frozenset(_PROCLITICS.sub("", word, count=1)[:_PREFIX] for word in words)
