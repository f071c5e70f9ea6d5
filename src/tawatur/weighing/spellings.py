"""How well does a word in Latin letters spell a word in Arabic letters?

The two are cut into pieces that answer one another (شن and "chen", و and "ou"), and the
weights of the best such cut are added up: a joint-sequence model (Bisani and Ney,
"Joint-sequence models for grapheme-to-phoneme conversion", 2008) of pieces without
context. A weight is the logarithm of how much likelier the two pieces are side by side
than their letters are by themselves, so what everybody writes alike says little and rare
letters that agree say much. ``script/train-spellings`` makes the weights.

Words come folded, in one word each (`tawatur.model.text.fold_words`).
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files

MOST_ARABIC, MOST_LATIN = 2, 3
"""Letters of a piece at most."""
UNSEEN = -1500
"""Weight, in hundredths, of two letters that were never seen to answer one another."""
LONGEST = 40
"""Letters of a word that are looked at; nobody's name has more."""

Pieces = tuple[str, str]
Arc = tuple[int, int, int, int, Pieces]
"""From (letters of each word before it) to (letters after it), and the pieces between."""


def arcs(arabic: str, latin: str) -> Iterator[Arc]:
    """Yield every pair of pieces that two words may share, those that start first first.

    A piece may be silent: one letter against none. ``^`` and ``$`` mark the ends of words.
    """
    n, m = len(arabic), len(latin)
    ours, theirs = f"^{arabic}$", f"^{latin}$"
    for i in range(n + 1):
        for j in range(m + 1):
            for di in range(min(MOST_ARABIC, n - i) + 1):
                here = _piece(ours, i, i + di, n)
                most = min(MOST_LATIN if di else 1, m - j)
                for dj in range(0 if di == 1 else 1, most + 1):
                    yield i, j, i + di, j + dj, (here, _piece(theirs, j, j + dj, m))


def _piece(marked: str, start: int, end: int, length: int) -> str:
    """Return a piece of a marked word, with the mark of an end that it touches."""
    if start == end:
        return ""
    return marked[start + (start > 0) : end + 1 + (end == length)]


def spelling(arabic: str, latin: str) -> float:
    """Return how well two folded words spell one another, in nats; above 0 rather than not.

    Minus infinity where one is empty.
    """
    if not arabic or not latin:
        return float("-inf")
    return _best(arabic[:LONGEST], latin[:LONGEST]) / 100


@lru_cache(maxsize=50_000)
def _best(arabic: str, latin: str) -> int:
    weights = _weights()
    low = UNSEEN * (len(arabic) + len(latin) + 1)
    best = [[low] * (len(latin) + 1) for _ in range(len(arabic) + 1)]
    best[0][0] = 0
    for i, j, to_i, to_j, pieces in arcs(arabic, latin):
        weight = weights.get(pieces)
        if weight is None:
            if to_i - i > 1 or to_j - j > 1:
                continue
            weight = UNSEEN
        best[to_i][to_j] = max(best[to_i][to_j], best[i][j] + weight)
    return best[-1][-1]


@lru_cache(maxsize=1)
def _weights() -> Mapping[Pieces, int]:
    table = files("tawatur.weighing").joinpath("tables/spellings.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {(arabic, latin): int(weight) for arabic, latin, weight in rows}
