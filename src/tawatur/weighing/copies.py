"""Which documents hold one text, whole, edited or in part, and what shows it?

A word is what stands between two spaces, folded, punctuation left out. A text is
compared by its *shingles*, runs of four words, made into numbers. Some of them are its
*keys*, under which it meets others: one in eight, by the lowest bits of its first two
words' number, so that an edit elsewhere changes nothing; and where a window of `WINDOW`
shingles has none, the smallest of the window (as in winnowing: Schleimer, Wilkerson and
Aiken 2003). Two texts that share a run of `SURE_RUN` words have a key in common, wherever
it stands, with line breaks or without; two texts that are alike all over have many.

The pair test lays two `TextPrint` s beside each other: shingles in common that follow each
other in both texts are one *stretch*, and a few words changed between do not end it. How
much of each text stands in stretches says whether they are copies; the longest of them,
the order of all and the titles are the evidence.

Known costs: 0.1 ms to cut and number an article of 250 words, and some 30 keys. Stock
phrases are keys that many documents hold: hand in main text, with menus and notices left
out. A translation shares no words and is found by `tawatur.weighing.translations`.
"""

import sys
from array import array
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias
from zlib import crc32

from tawatur.model.ids import DocumentId
from tawatur.model.picture import Copy, CopyKind, Reason, Stretch
from tawatur.model.text import token_bytes
from tawatur.weighing.components import components

VERSION = "2"
"""Stands in every key: keys of another version never meet."""
SHINGLE = 4
"""Words in a shingle: with one word in seven changed, half of the shingles are left."""
RATE = 8
"""One shingle of so many is a key."""
_DENSER = ((60, 2), (160, 4))
"""Texts of fewer words have more keys: one shingle of so many."""
WINDOW = 32
SURE_RUN = WINDOW + SHINGLE - 1
"""A shared run of so many words always gives a key in common."""
SHARE_OF_COPY = 0.5
"""Least share of the shorter text that makes two texts copies, whatever their length."""
SHARE_OF_FAMILY = 0.65
"""Least share of the shorter text that makes two texts one family; with the nearest copy alone
to join it, recall 0.97 and precision 0.99 on edited news (`script/bench copies`)."""
SHARE_OF_SAME = 0.9
"""Least share of both texts' shingles that makes them the same text."""
SHARE_OF_LONGER = 0.3
"""Least share of the longer text that makes two texts one family: a bulletin holds many texts."""
LEAST_FIGURES, SHARE_OF_FIGURES = 3, 0.5
"""Texts of which the shorter one's figures, so many or more, are mostly others fill in one form."""
PART = 0.7
"""A shorter text of at most this share of the longer one's length is an excerpt."""
QUOTED_RUN = 60
"""Words of one stretch from which on a text quotes another at length."""
LEAST_WORDS = 12
"""Shorter texts are copies only if they are the same: a line is a title, not a report."""
BRIDGE = 12
"""Words after which a stretch has ended if no shingle in common has come."""
LEAST_DENSITY = 0.25
"""Least share of the shingles within a stretch that are in common."""
LEAST_STRETCH = 8
"""Words of the shortest stretch that counts: shorter ones are phrases."""
_SAMPLED_FROM = ((20_000, 16), (0, 1))  # words of text, one shingle kept of how many
_RECENT = 3
"""Open stretches among which the next shingle in common is looked for."""

_Placed: TypeAlias = tuple[Sequence[int], Sequence[int]]
"""Shingles in order, and at which word each begins."""

_ALL = (1 << 60) - 1
_FACTORS = tuple(pow(0x9E3779B97F4A7C15, i + 1, 1 << 60) | 1 for i in range(SHINGLE))


@dataclass(frozen=True, slots=True)
class TextPrint:
    """A text's shingles in order, enough for the pair test; they cannot be read back.

    ``shingles`` are numbers of 32 bits, little end first; ``places`` says in the same way
    at which word each begins, and is empty where all are kept.
    """

    document: DocumentId
    words: int
    rate: int  # one shingle of so many is kept
    shingles: bytes
    places: bytes = b""
    title: int = 0  # a number that only this title has; 0 for none
    figures: bytes = b""  # as the shingles, one for each figure in the text


def text_print(document: DocumentId, text: str, title: str = "") -> TextPrint:
    """Return the print of a document's main text, and of its title."""
    tokens = token_bytes(text)
    words = list(map(crc32, tokens))
    shingles = _shingles(words)
    figures = _packed(sorted({crc32(token) for token in tokens if token.isdigit()}))
    rate = next(rate for least, rate in _SAMPLED_FROM if len(words) >= least)
    mark = crc32(b" ".join(token_bytes(title)))
    if rate == 1:
        return TextPrint(document, len(words), 1, _packed(shingles), b"", mark, figures)
    at = [i for i, h in enumerate(shingles) if not h % rate]
    kept = _packed(shingles[i] for i in at)
    return TextPrint(document, len(words), rate, kept, _packed(at), mark, figures)


def shingle_keys(text: str) -> tuple[str, ...]:
    """Return the keys under which copies of ``text``, whole or in part, meet; sorted.

    Args:
        text: A document's main text. One of fewer words than a shingle has one key or none.
    """
    words = _words(text)
    if len(words) < SHINGLE:
        numbers = _shingles(words)
    else:
        a, b, c, d = _FACTORS
        numbers = [
            words[i] * a + words[i + 1] * b + words[i + 2] * c + words[i + 3] * d & _ALL
            for i in _chosen(words, len(words) - SHINGLE + 1)
        ]
    return tuple(sorted({f"c{VERSION}{number:015x}" for number in numbers}))


def same_text(a: TextPrint, b: TextPrint) -> Copy | None:
    """Return how two documents share a text, or None; the same for ``a, b`` and ``b, a``.

    One that is compared with many is told first: what is made of it is kept for the next.
    """
    if a.document == b.document:
        return None
    rate = max(a.rate, b.rate)
    mine = _distinct(a, rate)
    common = mine.intersection(_placed(b, rate)[0])
    shared = len(common)
    # No stretch can be long enough: most pairs that share a key end here.
    if not shared or shared < LEAST_DENSITY * LEAST_STRETCH / rate:
        return None
    least = min(QUOTED_RUN, SHARE_OF_COPY * min(a.words, b.words))
    little = min(a.words, b.words) < LEAST_WORDS or shared * rate < LEAST_DENSITY * least
    same = shared / len(mine) >= SHARE_OF_SAME
    if little and not same:
        return None
    a, b = sorted((a, b), key=lambda p: p.document)
    if same:
        ours, theirs = len(_distinct(a, rate)), len(_distinct(b, rate))
        if shared / max(ours, theirs) >= SHARE_OF_SAME:
            return _copy(a, b, CopyKind.SAME_TEXT, (shared / ours, shared / theirs), ())
        if little:
            return None
    found = _stretches(_placed(a, rate), _placed(b, rate), common, rate)
    if not found:
        return None
    of_a = _covered([(s.at_a, s.at_a + s.words_a) for s in found]) / a.words
    of_b = _covered([(s.at_b, s.at_b + s.words_b) for s in found]) / b.words
    if rate > 1:  # where few are kept, their number tells more than where they stand
        of_a = max(of_a, shared / len(_distinct(a, rate)))
        of_b = max(of_b, shared / len(_distinct(b, rate)))
    of_a, of_b = min(of_a, 1.0), min(of_b, 1.0)
    short, long = sorted((a.words, b.words))
    share = of_a if a.words <= b.words else of_b
    if share >= SHARE_OF_COPY:
        kind = CopyKind.EXCERPT if short <= PART * long else CopyKind.EDITED
    elif max(min(s.words_a, s.words_b) for s in found) >= QUOTED_RUN:
        kind = CopyKind.QUOTATION
    else:
        return None
    if kind is not CopyKind.QUOTATION and _other_figures(a, b):
        kind = CopyKind.FORM
    return _copy(a, b, kind, (of_a, of_b), found)


def families(copies: Iterable[Copy]) -> tuple[tuple[DocumentId, ...], ...]:
    """Return the groups of documents that hold one text, each sorted, in order of the first.

    A document that is nobody's copy is in none. What joins a group is each document's
    nearest copy alone: texts made from one form, each a little like the next, would make one
    group of all otherwise, of which the ends have nothing in common.
    """
    of: dict[DocumentId, list[Copy]] = {}
    for copy in copies:
        of.setdefault(copy.a, []).append(copy)
        of.setdefault(copy.b, []).append(copy)
    near = ((document, nearest(document, found)) for document, found in of.items())
    return components((), ((document, other) for document, other in near if other is not None))


def quoting(
    copies: Iterable[Copy], groups: Iterable[tuple[DocumentId, ...]]
) -> tuple[tuple[DocumentId, DocumentId], ...]:
    """Return the pairs that share text without being of one of the families ``groups``, sorted.

    Texts of one form are not among them: where their words are alike, they tell of two things.
    """
    group_of = {document: group[0] for group in groups for document in group}
    return tuple(
        sorted(
            (copy.a, copy.b)
            for copy in copies
            if copy.kind is not CopyKind.FORM
            and group_of.get(copy.a, copy.a) != group_of.get(copy.b, copy.b)
        )
    )


def nearest(document: DocumentId, copies: Iterable[Copy]) -> DocumentId | None:
    """Return the document of whose family ``document`` is because of its own copies, or None.

    Args:
        document: The one asked about.
        copies: All its copies.
    """
    ranked = (
        (-nearness(copy), copy.b if copy.a == document else copy.a)
        for copy in copies
        if binds(copy)
    )
    return min(ranked, default=(0.0, None))[1]


def nearness(copy: Copy) -> float:
    """Return how near a copy is, 0.0 to 2.0: its shares of both texts; equal ones go by id."""
    return round(copy.of_a + copy.of_b, 3)


def binds(copy: Copy) -> bool:
    """Return whether a copy is near enough to make two documents one family.

    A long quotation makes none: two texts that quote one statement are two texts. Nor does a
    form filled in anew, nor a small part of a long text.
    """
    return (
        copy.kind not in (CopyKind.QUOTATION, CopyKind.FORM)
        and copy.share >= SHARE_OF_FAMILY
        and min(copy.of_a, copy.of_b) >= SHARE_OF_LONGER
    )


def _copy(
    a: TextPrint,
    b: TextPrint,
    kind: CopyKind,
    shares: tuple[float, float],
    found: Sequence[Stretch],
) -> Copy:
    """Return what was found of two texts, with the sentences that say it."""
    short = min(a.words, b.words)
    share = shares[0] if a.words <= b.words else shares[1]
    longest = max(found, key=lambda s: (min(s.words_a, s.words_b), -s.at_a, -s.at_b), default=None)
    if kind is CopyKind.QUOTATION and longest is not None:
        words = min(longest.words_a, longest.words_b)
        why = Reason("A stretch of {0} words stands in both.", (str(words),))
    else:
        percent = str(round(100 * share))
        why = Reason(
            "{0} % of the shorter text ({1} words) stands in the other.", (percent, str(short))
        )
    return Copy(
        a.document,
        b.document,
        kind,
        round(share, 3),
        why,
        of_a=round(shares[0], 3),
        of_b=round(shares[1], 3),
        stretch=longest,
        evidence=tuple(_evidence(a, b, kind, shares, found, longest)),
    )


def _evidence(
    a: TextPrint,
    b: TextPrint,
    kind: CopyKind,
    shares: tuple[float, float],
    found: Sequence[Stretch],
    longest: Stretch | None,
) -> Iterable[Reason]:
    """Yield what else shows it, most telling first."""
    if kind is not CopyKind.SAME_TEXT:
        long = shares[1] if a.words <= b.words else shares[0]
        percent, words = str(round(100 * long)), str(max(a.words, b.words))
        yield Reason("That is {0} % of the longer text ({1} words).", (percent, words))
    if longest is not None and kind is not CopyKind.QUOTATION:
        words = str(min(longest.words_a, longest.words_b))
        yield Reason("The longest stretch in common has {0} words.", (words,))
    if kind is CopyKind.FORM:
        yield Reason("Most figures of one text are not in the other.")
    begins = [s.at_b for s in sorted(found, key=lambda s: (s.at_a, s.at_b))]
    if any(later < earlier for earlier, later in pairwise(begins)):
        yield Reason("The parts stand in another order.")
    if a.title and b.title:
        yield (
            Reason("The title is the same.") if a.title == b.title else Reason("The title differs.")
        )


def _stretches(
    first: _Placed, second: _Placed, common: Collection[int], rate: int
) -> tuple[Stretch, ...]:
    """Return the stretches that two texts share, in the order of the first text.

    Greedy, from the beginning of the first text on: a shingle in common goes on the stretch
    whose end it follows in both texts, at the same distance if it can, or begins a new one.

    Args:
        first: The shingles of one text with their places.
        second: Of the other.
        common: The shingles that both have.
        rate: One shingle of so many is kept.
    """
    (ours, at_first), (theirs, at_second) = first, second
    back = range(len(theirs) - 1, -1, -1)
    where = {s: j for s, j in zip(reversed(theirs), back, strict=True) if s in common}
    bridge = BRIDGE + 6 * (rate - 1)
    made: list[list[int]] = []  # [i, j of its beginning, i, j of its end, shingles]
    for i, shingle in enumerate(ours):
        if shingle not in common:
            continue
        for stretch in made[: -_RECENT - 1 : -1]:
            i_end, j_end = stretch[2], stretch[3]
            if at_first[i] - at_first[i_end] > bridge:
                continue
            beside = j_end + i - i_end
            if beside >= len(theirs) or theirs[beside] != shingle:
                beside = where[shingle]
            if 0 < at_second[beside] - at_second[j_end] <= bridge:
                stretch[2:] = [i, beside, stretch[4] + 1]
                break
        else:
            made.append([i, where[shingle], i, where[shingle], 1])
    found = []
    for i, j, i_end, j_end, shared in made:
        words_a = at_first[i_end] - at_first[i] + SHINGLE
        words_b = at_second[j_end] - at_second[j] + SHINGLE
        enough = shared * rate >= LEAST_DENSITY * max(words_a, words_b)
        if enough and min(words_a, words_b) >= LEAST_STRETCH:
            found.append(Stretch(at_first[i], words_a, at_second[j], words_b))
    return tuple(found)


def _other_figures(a: TextPrint, b: TextPrint) -> bool:
    """Return whether most figures of the text that has fewer are not in the other."""
    ours, theirs = set(_unpacked(a.figures)), set(_unpacked(b.figures))
    fewer = min(len(ours), len(theirs))
    return fewer >= LEAST_FIGURES and len(ours & theirs) < SHARE_OF_FIGURES * fewer


def _covered(parts: Iterable[tuple[int, int]]) -> int:
    """Return how many words lie in any of ``parts``."""
    total = reached = 0
    for start, end in sorted(parts):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


@lru_cache(maxsize=16)
def _distinct(of: TextPrint, rate: int) -> frozenset[int]:
    """Return the shingles of a print that one of ``rate`` would keep, in no order."""
    return frozenset(_placed(of, rate)[0])


def _placed(of: TextPrint, rate: int) -> _Placed:
    """Return the shingles of a print that one of ``rate`` would keep, with their places."""
    shingles = _unpacked(of.shingles)
    if of.rate == rate == 1:
        return shingles, range(len(shingles))
    places: Sequence[int] = _unpacked(of.places) if of.places else range(len(shingles))
    if of.rate == rate:
        return shingles, places
    kept = [i for i, h in enumerate(shingles) if not h % rate]
    return [shingles[i] for i in kept], [places[i] for i in kept]


def _words(text: str) -> list[int]:
    """Return a number for each word of ``text``."""
    return list(map(crc32, token_bytes(text)))


def _shingles(words: list[int]) -> list[int]:
    """Return one number for each run of words; one for all of a text that is shorter."""
    if len(words) >= SHINGLE:
        pairs = [a ^ b >> 5 for a, b in pairwise(words)]
        return [a ^ b >> 11 for a, b in zip(pairs, pairs[2:], strict=False)]
    number = 0
    for word in words:
        number = word ^ number >> 5
    return [number] if words else []


def _chosen(words: list[int], count: int) -> set[int]:
    """Return the places of the shingles that are keys: of ``count``, by the pair each begins with.

    So no more than these few have to be made.
    """
    kept = _every(words, RATE, count)
    chosen = set(kept)
    before = -1
    for at in (*kept, count):
        if at - before > WINDOW:
            pairs = [_pair(words, i) for i in range(before + 1, at)]
            for start in range(len(pairs) - WINDOW + 1):
                window = range(start, start + WINDOW)
                chosen.add(before + 1 + min(window, key=pairs.__getitem__))
        before = at
    for most, rate in _DENSER:
        if count < most:
            chosen.update(_every(words, rate, count))
            break
    return chosen or {min(range(count), key=lambda i: _pair(words, i))}


def _every(words: list[int], rate: int, count: int) -> list[int]:
    """Return the places before ``count`` whose pair is one of ``rate``, a power of two."""
    low = rate - 1
    kept = [i for i, (a, b) in enumerate(pairwise(words)) if not (a ^ b >> 5) & low]
    while kept and kept[-1] >= count:
        kept.pop()
    return kept


def _pair(words: list[int], at: int) -> int:
    return words[at] ^ words[at + 1] >> 5


def _packed(numbers: Iterable[int]) -> bytes:
    return _little(array("I", numbers)).tobytes()


def _unpacked(raw: bytes) -> "array[int]":
    return _little(array("I", raw))


def _little(numbers: "array[int]") -> "array[int]":
    """Return ``numbers`` with the little end first, as a machine of that order holds them."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
