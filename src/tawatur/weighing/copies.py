"""Which documents hold one text, whole, edited or in part?

A text is compared by its *shingles*, runs of five folded words. Two kinds of keys
find candidates:

* MinHash bands over all shingles (Broder 1997, bands after Indyk and Motwani) find
  texts that are alike as wholes, however the edits are spread;
* a winnowed print (Schleimer, Wilkerson and Aiken 2003) finds parts: any run of
  `SURE_RUN` words or more that two texts share gives them a key in common, wherever
  it stands, with line breaks or without.

The pair test works on a `TextPrint`, a sample of shingles of which every print holds
the same ones, so that its shares are estimates for long texts and exact for short.

Known costs: about 10 ms a thousand words, keys and print; 20 keys and 4 to 5 more for each
hundred words. Stock phrases of `SURE_RUN` words give keys that many documents hold: hand in
main text, with menus and notices left out. A translation shares no words and is not found here.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rensa import RMinHash

from tawatur.model.ids import DocumentId
from tawatur.model.picture import Copy, CopyKind, Reason
from tawatur.model.text import fold
from tawatur.weighing.components import components

VERSION = "1"
"""Stands in every key: keys of another version never meet."""
SHINGLE = 5
"""Words in a shingle."""
PERMUTATIONS, ROWS, SEED = 60, 3, 20_210
"""20 bands of 3: texts half alike are candidates in 93 of 100 cases, a tenth alike in 2."""
WINDOW = 40
SURE_RUN = WINDOW + SHINGLE - 1
"""A shared run of so many words always gives a key in common."""
SHARE_OF_COPY = 0.5
"""Least share of the shorter text that makes two texts copies, whatever their length."""
TAKEN_SHARE, TAKEN_RUN = 0.33, 60
"""A text that takes over so much of another and so many words of it is an edited copy too."""
SHARE_OF_SAME = 0.9
"""Least share of both texts that makes them the same text."""
PART = 0.7
"""A shorter text of at most this share of the longer one's length is an excerpt."""
LEAST_SHINGLES = 8
"""Shorter texts are copies only if they are the same: a line is a title, not a report."""
_SAMPLED_FROM = ((20_000, 16), (2_000, 4), (0, 1))  # words of text, one shingle kept of how many

_WORD = re.compile(r"\w+")
_MASK = (1 << 64) - 1
_FACTORS = tuple(pow(0x9E3779B97F4A7C15, i + 1, 1 << 64) | 1 for i in range(SHINGLE))


@dataclass(frozen=True, slots=True)
class TextPrint:
    """A sample of a text's shingles, enough for the pair test; it cannot be read back."""

    document: DocumentId
    words: int
    rate: int  # one shingle of so many is kept
    shingles: frozenset[int]


def text_print(document: DocumentId, text: str) -> TextPrint:
    """Return the print of a document's main text."""
    words = _WORD.findall(fold(text).text)
    rate = next(rate for least, rate in _SAMPLED_FROM if len(words) >= least)
    kept = frozenset(h for h in _shingles(words) if h % rate == 0)
    return TextPrint(document, len(words), rate, kept)


def shingle_keys(text: str) -> tuple[str, ...]:
    """Return the keys under which copies of ``text``, whole or in part, meet; sorted.

    Args:
        text: A document's main text. One of fewer words than a shingle has one key or none.
    """
    shingles = _shingles(_WORD.findall(fold(text).text))
    if not shingles:
        return ()
    sketch = RMinHash(PERMUTATIONS, SEED)
    sketch.update([h.to_bytes(8, "big") for h in set(shingles)])
    digest = sketch.digest()
    keys = {
        f"c{VERSION}b{band:02d}{_short(digest[band * ROWS : (band + 1) * ROWS])}"
        for band in range(PERMUTATIONS // ROWS)
    }
    return tuple(sorted(keys | {f"c{VERSION}w{h:016x}" for h in _winnowed(shingles)}))


def same_text(a: TextPrint, b: TextPrint) -> Copy | None:
    """Return how two documents share a text, or None; the same for ``a, b`` and ``b, a``."""
    if a.document == b.document:
        return None
    a, b = sorted((a, b), key=lambda p: p.document)
    rate = max(a.rate, b.rate)
    first = a.shingles if a.rate == rate else frozenset(h for h in a.shingles if h % rate == 0)
    second = b.shingles if b.rate == rate else frozenset(h for h in b.shingles if h % rate == 0)
    fewer, more = sorted((len(first), len(second)))
    shared = len(first & second)
    if not shared:
        return None
    share, of_longer = shared / fewer, shared / more
    if fewer < LEAST_SHINGLES and of_longer < 1.0:
        return None
    if of_longer >= SHARE_OF_SAME:
        kind = CopyKind.SAME_TEXT
    elif share < SHARE_OF_COPY:
        if share < TAKEN_SHARE or shared * rate < TAKEN_RUN:
            return None
        kind = CopyKind.EDITED
    elif min(a.words, b.words) <= PART * max(a.words, b.words):
        kind = CopyKind.EXCERPT
    else:
        kind = CopyKind.EDITED
    percent = str(round(100 * share))
    words = str(min(a.words, b.words))
    why = Reason("{0} % of the shorter text ({1} words) stands in the other.", (percent, words))
    return Copy(a.document, b.document, kind, round(share, 3), why)


def families(copies: Iterable[Copy]) -> tuple[tuple[DocumentId, ...], ...]:
    """Return the groups of documents that hold one text, each sorted, in order of the first.

    A document that is nobody's copy is in none.
    """
    return components((), ((copy.a, copy.b) for copy in copies))


def _shingles(words: list[str]) -> list[int]:
    """Return one number for each run of words; one for all of a text that is shorter."""
    hashes = [_word_hash(word) for word in words]
    if not hashes:
        return []
    if len(hashes) < SHINGLE:
        return [_mixed(sum(h * f for h, f in zip(hashes, _FACTORS, strict=False)))]
    a, b, c, d, e = _FACTORS
    return [
        _mixed(v * a + w * b + x * c + y * d + z * e)
        for v, w, x, y, z in zip(
            hashes, hashes[1:], hashes[2:], hashes[3:], hashes[4:], strict=False
        )
    ]


def _mixed(number: int) -> int:
    """Return 64 bits in which every bit of ``number`` counts (the finaliser of MurmurHash3)."""
    number &= _MASK
    number = (number ^ number >> 33) * 0xFF51AFD7ED558CCD & _MASK
    number = (number ^ number >> 33) * 0xC4CEB9FE1A85EC53 & _MASK
    return number ^ number >> 33


@lru_cache(maxsize=100_000)
def _word_hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")


def _winnowed(shingles: list[int]) -> frozenset[int]:
    """Return the smallest shingle of each window: the whole text's where it is no longer."""
    kept: set[int] = set()
    if len(shingles) <= WINDOW:
        return frozenset({min(shingles)})
    at = -1
    for start in range(len(shingles) - WINDOW + 1):
        end = start + WINDOW
        if at < start:
            at = min(range(start, end), key=shingles.__getitem__)
        elif shingles[end - 1] < shingles[at]:
            at = end - 1
        kept.add(shingles[at])
    return frozenset(kept)


def _short(numbers: list[int]) -> str:
    raw = b"".join(int(n).to_bytes(8, "big") for n in numbers)
    return hashlib.blake2b(raw, digest_size=8).hexdigest()
