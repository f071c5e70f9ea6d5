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
    theirs = _pieces(latin, MOST_LATIN)
    for i, here in enumerate(_pieces(arabic, MOST_ARABIC)):
        for j, there in enumerate(theirs):
            for di, ours in enumerate(here):
                for dj, other in enumerate(there):
                    if _answer(di, dj):
                        yield i, j, i + di, j + dj, (ours, other)


def _pieces(word: str, most: int) -> list[list[str]]:
    """Return, for each place in a word, the pieces that start there, the empty one first.

    A piece that touches an end of the word has the mark of that end.
    """
    marked, length = f"^{word}$", len(word)
    return [
        [""]
        + [
            marked[at + (at > 0) : end + 1 + (end == length)]
            for end in range(at + 1, min(at + most, length) + 1)
        ]
        for at in range(length + 1)
    ]


def _answer(arabic: int, latin: int) -> bool:
    """Return whether pieces of so many letters may answer one another; a silent one is single."""
    return min(arabic, latin) > 0 or arabic + latin == 1


def spelling(arabic: str, latin: str) -> float:
    """Return how well two folded words spell one another, in nats; above 0 rather than not.

    Minus infinity where one is empty.
    """
    if not arabic or not latin:
        return float("-inf")
    return _best(arabic[:LONGEST], latin[:LONGEST]) / 100


@lru_cache(maxsize=50_000)
def _best(arabic: str, latin: str) -> int:
    """Return the weight of the best cut, over what `arcs` yields, whose tuples cost too much."""
    theirs = _pieces(latin, MOST_LATIN)
    low = UNSEEN * (len(arabic) + len(latin) + 1)
    best = [[low] * (len(latin) + 1) for _ in range(len(arabic) + 1)]
    best[0][0] = 0
    for i, here in enumerate(_pieces(arabic, MOST_ARABIC)):
        row = best[i]
        known = [_weights().get(piece, {}) for piece in here]
        for j, there in enumerate(theirs):
            so_far = row[j]
            for di, weights in enumerate(known):
                to = best[i + di]
                for dj, piece in enumerate(there):
                    weight = weights.get(piece)
                    if weight is None:
                        if di > 1 or dj > 1 or not di + dj:
                            continue
                        weight = UNSEEN
                    to[j + dj] = max(to[j + dj], so_far + weight)
    return best[-1][-1]


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, Mapping[str, int]]:
    """Return the weights by the Arabic piece, then the Latin one; the table pairs no other."""
    table = files("tawatur.weighing").joinpath("tables/spellings.tsv").read_text("utf-8")
    found: dict[str, dict[str, int]] = {}
    for line in table.splitlines():
        if not line.startswith("#"):
            arabic, latin, weight = line.split("\t")
            found.setdefault(arabic, {})[latin] = int(weight)
    return found
