"""Where do the words of the content stand, and which phrases of the gazetteer cover them?

A `Stream` is the folded words and punctuation marks of the given spans in
order, with their places in the folded and the original text. Hyphens,
apostrophes and full stops inside a word separate words without being words.
"""

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tawatur.model.span import Span
from tawatur.model.text import Folded
from tawatur.reading.lexicon import Entry, Lexicon, stems
from tawatur.reading.text import glued

_WORD = re.compile(r"[^\W_]+|(?<=\w)[-'.](?=\w)|[^\w\s]")
_ENDS = frozenset(".!?؟؛…")
_SHORT = 4  # letters from which a name is not found by chance in a longer word


@dataclass(frozen=True, slots=True)
class Stream:
    """Words in order; ``opens`` says that a line, sentence or span begins with the word."""

    words: tuple[str, ...]
    at: Sequence[int]  # folded offsets
    starts: Sequence[int]  # original offsets
    ends: Sequence[int]
    opens: tuple[bool, ...]

    def sentences(self) -> list[tuple[int, int]]:
        """Return the stretches of words between openings, end exclusive."""
        cuts = [i for i, opens in enumerate(self.opens) if opens]
        return list(pairwise([*cuts, len(self.words)]))


def stream(text: str, folded: Folded, spans: tuple[Span, ...]) -> Stream:
    """Return the words of ``text`` within ``spans``, in order."""
    words: list[str] = []
    at, starts, ends = array("l"), array("l"), array("l")
    opens: list[bool] = []
    once: dict[str, str] = {}  # a long text repeats its words: each is kept once
    ordered = [(span.start, span.end) for span in sorted(spans)]
    if not ordered:
        return Stream((), (), (), (), ())
    way = folded.way()
    which, last_end, new = 0, 0, True
    first, last = ordered[0]
    plain = folded.text
    for found in _WORD.finditer(plain):
        begin, stop = found.span()
        start, end = way(begin), way(stop - 1) + 1
        while last < end:
            which, new = which + 1, True
            if which == len(ordered):
                return Stream(tuple(words), at, starts, ends, tuple(opens))
            first, last = ordered[which]
        if start < first:
            continue
        word = found.group()
        if len(word) == 1 and word in "-'." and begin and stop == at_next(plain, stop):
            new = new or (word == "." and glued(text, start))
            continue
        touches = bool(words) and begin == at[-1] + 1
        if word == "." and touches and len(words[-1]) == 1 and words[-1].isalnum():
            continue  # of an initial or an abbreviation: "U.S.", "د."
        words.append(once.setdefault(word, word))
        at.append(begin)
        starts.append(start)
        ends.append(end)
        opens.append(new or text.find("\n", last_end, start) >= 0)
        last_end, new = end, word in _ENDS
    return Stream(tuple(words), at, starts, ends, tuple(opens))


def spelled(text: str, words: Stream) -> tuple[str, ...]:
    """Return the words, two of them as written: on, which folds to Ali, and "فإن", to Van."""
    found = list(words.words)
    for i, word in enumerate(found):
        if word in _MERGED:
            shown = text[words.starts[i] : words.ends[i]]
            if shown.endswith("ى") or "إ" in shown:
                found[i] = _MERGED[word]
    return tuple(found)


_MERGED = {"علي": "على", "وعلي": "وعلى", "فان": "فإن"}


def at_next(text: str, offset: int) -> int:
    """Return ``offset`` if a word character and no space stands there and before, else -1."""
    inside = offset < len(text) and text[offset].isalnum() and text[offset - 2].isalnum()
    return offset if inside else -1


@dataclass(frozen=True, slots=True)
class Covered:
    """A phrase of the gazetteer over words ``first`` to ``last`` (exclusive)."""

    first: int
    last: int
    skip: int  # letters of the first word that come before the name
    entry: Entry


def covered(words: Stream, known: Lexicon) -> tuple[Covered, ...]:
    """Return the phrases that cover the words, longest first from the left, never overlapping."""
    found = []
    i = 0
    while i < len(words.words):
        best = longest(words, i, known)
        if best is not None:
            found.append(best)
            i = best.last
        else:
            i += 1
    return tuple(found)


def longest(words: Stream, i: int, known: Lexicon) -> Covered | None:
    """Return the longest phrase that begins with word ``i``; a whole word wins over a stem."""
    best: Covered | None = None
    word = words.words[i]
    readings = stems(word) if known.language == "ar" else ((0, word),)
    for skip, form in readings:
        if skip and len(form) < _SHORT and (word in known.habits or word[1:] in known.habits):
            continue  # "وكبار" is no "بار"
        for rest, entry in known.phrases.get(form, ()):
            last = i + 1 + len(rest)
            if best is not None and last <= best.last:
                break
            if (
                last <= len(words.words)
                and words.words[i + 1 : last] == rest
                and not any(words.opens[i + 1 : last])
            ):
                best = Covered(i, last, skip, entry)
                break
    return best


def phrase_marks(words: Stream, phrases: tuple[Covered, ...]) -> list[str]:
    """Return for each word which kind of phrase covers it, ``""`` for none."""
    marks = [""] * len(words.words)
    for phrase in phrases:
        kind = phrase.entry.type.value + ("" if phrase.entry.sure else "?")
        marks[phrase.first] = "B" + kind
        for i in range(phrase.first + 1, phrase.last):
            marks[i] = "I" + kind
    return marks
