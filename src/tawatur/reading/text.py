"""Where does a word, a sentence, a quotation begin and end?

`tokens` cuts a text once into words and marks with offsets in code points; every
later step of the claims line works on these. Quotation marks are told apart by
what stands beside them, since writers mix the pairs and use one straight mark for
both. `sentences` groups tokens: never across a stretch that is no content, never
across an empty line, not at an abbreviation, an initial or a decimal point.

Known cost: one regular expression over the text and one fold per distinct word.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tawatur.model.span import Span
from tawatur.model.text import APOSTROPHES, MARKS, UNSEEN, fold
from tawatur.reading.tables import rows

WORD, STOP, COMMA, COLON, OPEN, CLOSE, PAREN, END_PAREN, DASH, BREAK, OTHER = range(11)
BOUNDS = frozenset(range(STOP, OTHER))  # every mark that can stand between two phrases
PAUSES = frozenset((COMMA, STOP, BREAK))

_JOINTS = "-\u2010\u2011" + APOSTROPHES  # hyphens and apostrophes, which stand inside words
_TOKEN = re.compile(
    rf"(?P<word>\d+[{MARKS}]*(?:[.,٫٬][{MARKS}]*\d+[{MARKS}]*)+"
    rf"|\w[\w{MARKS}]*(?:[{_JOINTS}][{MARKS}]*\w[\w{MARKS}]*)*(?:'(?!'))?)"
    r"|(?P<break>[\r\n]\s*)"
    r"|(?P<dots>\.{2,}|…)"
    r"|(?P<quote>[\"“”„«»‹›]|''|``)"
    r"|(?P<stop>[.!?؟؛;۔])"
    r"|(?P<comma>[,،]+)"
    r"|(?P<colon>:)"
    r"|(?P<paren>[(\[])"
    r"|(?P<endparen>[)\]])"
    r"|(?P<dash>[–—]|-(?=\s))"
    rf"|(?P<mark>[{MARKS}]+)"
    r"|(?P<other>[^\s])"
)
_INVISIBLE = re.compile(f"[{MARKS}]")
_KIND = {
    "break": BREAK,
    "word": WORD,
    "dots": COMMA,
    "stop": STOP,
    "comma": COMMA,
    "colon": COLON,
    "paren": PAREN,
    "endparen": END_PAREN,
    "dash": DASH,
    "other": OTHER,
}
_ELIDED = re.compile(
    rf"(?i)(?:l|d|qu|n|s|j|c|m|t|lorsqu|puisqu|jusqu|quoiqu)[{MARKS}]*[{APOSTROPHES}][{MARKS}]*"
)
_SURE_OPEN, _SURE_CLOSE = set("«„‹"), set("»›")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words and marks of a text, in order; side by side, offsets in code points."""

    text: str
    kinds: tuple[int, ...]
    starts: Sequence[int]
    ends: Sequence[int]
    words: tuple[str, ...]  # folded; the mark itself for marks

    def __len__(self) -> int:
        return len(self.kinds)

    def span(self, first: int, end: int) -> Span:
        """Return the span from token ``first`` to the last before ``end``."""
        return Span(self.starts[first], self.ends[end - 1])

    def within(self, span: Span) -> tuple[int, int]:
        """Return the first token in ``span`` and the one after the last."""
        return bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens ``first`` to ``end`` of one sentence; ``heading`` is true of a line that is none."""

    first: int
    end: int
    paragraph: int
    heading: bool = False


@lru_cache(maxsize=60_000)
def fold_word(word: str) -> str:
    """Return one word folded, as `tawatur.model.text.fold` does, and hamza without its seat.

    Tables and texts alike: "مسؤول" and "مسوول", "رئيس" and "رييس" are one word to the grammar.
    """
    return fold(word).text.translate(_SEATS)


def fold_words(text: str) -> str:
    """Return the folded words of ``text`` as `fold_word` has them, joined by single spaces."""
    return " ".join(_WORDS.findall(fold_word(text)))


_SEATS = str.maketrans("ؤئ", "وي")
_WORDS = re.compile(r"\w+")


def tokens(text: str, language: str) -> Tokens:
    """Return the tokens of ``text`` in order; French elisions (l', qu') are words of their own."""
    kinds: list[int] = []
    starts, ends = array("l"), array("l")  # a third of what lists of integers take
    words: list[str] = []
    put_kind, put_start, put_end, put_word = kinds.append, starts.append, ends.append, words.append
    abbreviations = _abbreviations(language)
    french = language == "fr"
    depth = 0
    for match in _TOKEN.finditer(text):
        name, (start, end) = match.lastgroup or "other", match.span()
        kind = _KIND.get(name, OTHER)
        word = match.group()
        if name == "word":
            while text[end - 1] in UNSEEN:  # a direction mark after a word is no part of it
                end -= 1
            word = text[start:end]
            if french:
                while (elided := _ELIDED.match(text, start, end)) and elided.end() < end:
                    put_kind(WORD)
                    put_start(start)
                    put_end(elided.end())
                    put_word(fold_word(elided.group()))
                    start = elided.end()
                    word = text[start:end]
            folded = fold_word(word)
            if folded:
                word = folded
            else:  # a tatweel that stands alone is a rule, not a word
                kind = OTHER
        elif name == "mark":
            continue
        elif name == "quote":
            kind = _quote_kind(text, start, end, depth)
            depth = depth + 1 if kind == OPEN else max(0, depth - 1)
        elif name == "break":
            depth = 0 if max(word.count("\n"), word.count("\r")) > 1 else depth
            word = "\n"
        elif name == "stop" and word == "." and words and _touch(text, ends[-1], start):
            before = words[-1]
            if (
                before in abbreviations
                or (len(before) == 1 and before.isalpha())
                or text[end : end + 1] == ","
                or (text[end : end + 1] == ")" and text[end + 1 : end + 3].strip()[:1].islower())
            ):
                kind = OTHER  # Gen. Diarra, (R-Ky.) said: the point belongs to the word
        put_kind(kind)
        put_start(start)
        put_end(end)
        put_word(word)
    return Tokens(text, tuple(kinds), starts, ends, tuple(words))


def _quote_kind(text: str, start: int, end: int, depth: int) -> int:
    """Return OPEN or CLOSE for the quotation mark at ``start``."""
    mark = text[start]
    if mark in _SURE_OPEN:
        return OPEN
    if mark in _SURE_CLOSE:
        return CLOSE
    while start and _INVISIBLE.match(text, start - 1):
        start -= 1
    while end < len(text) and _INVISIBLE.match(text, end):
        end += 1
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    # A conjunction of one letter may be glued to the opening mark, so letters count less before.
    opens = after.isalnum() and not before.isalnum()
    closes = not after.isalnum() and not before.isspace()
    if opens != closes:
        return OPEN if opens else CLOSE
    if depth:
        return CLOSE
    return OPEN


@lru_cache(maxsize=8)
def _abbreviations(language: str) -> frozenset[str]:
    return frozenset(fold_word(row["word"]) for row in rows(language, "abbreviations"))


def sentences(
    tokens: Tokens,
    spans: tuple[Span, ...],
    language: str,
    breaks: tuple[int, ...] = (),
    speaking: frozenset[str] = frozenset(),
) -> tuple[Sentence, ...]:
    """Return the sentences of ``spans`` in order.

    A quotation mark or bracket that closes after the full stop stays with its sentence.

    Args:
        tokens: The whole text's tokens.
        spans: The stretches of content; no sentence crosses from one into another.
        language: Whose abbreviations hold.
        breaks: Offsets at which a numbered paragraph begins, its number included.
        speaking: Folded verbs of saying; a quotation's own verb belongs to its sentence.
    """
    found: list[Sentence] = []
    numbered = set(breaks)
    paragraph = 0
    for span in spans:
        first, end = tokens.within(span)
        at = first
        paragraph += 1
        while at < end:
            kind = tokens.kinds[at]
            if tokens.starts[at] in numbered:
                _add(found, tokens, first, at, paragraph, by_line=True)
                paragraph += 1
                first = at
            elif kind == STOP and at - 1 == first and tokens.starts[first] in numbered:
                first = at + 1  # the number of a paragraph is no part of its first sentence
            elif kind == BREAK:
                _add(found, tokens, first, at, paragraph, by_line=True)
                first = at + 1
                paragraph += 1
            elif at - first >= _LONGEST and kind != WORD:
                _add(found, tokens, first, at + 1, paragraph)
                first = at + 1
            elif at - first >= 2 * _LONGEST:
                _add(found, tokens, first, at, paragraph)
                first = at
            elif kind == STOP and _ends_here(tokens, at, end, numbered, speaking):
                at += 1
                while at < end and tokens.kinds[at] in (CLOSE, END_PAREN, STOP):
                    at += 1
                _add(found, tokens, first, at, paragraph)
                first = at
                continue
            at += 1
        _add(found, tokens, first, end, paragraph, by_line=True)
    return tuple(found)


def _add(
    found: list[Sentence],
    tokens: Tokens,
    first: int,
    end: int,
    paragraph: int,
    *,
    by_line: bool = False,
) -> None:
    """Append the sentence unless it holds no word; a short line without full stop is a heading."""
    while first < end and tokens.kinds[first] == BREAK:
        first += 1
    words = [t for t in range(first, end) if tokens.kinds[t] == WORD]
    if not words:
        return
    last = tokens.kinds[end - 1]
    heading = by_line and last in (WORD, END_PAREN, CLOSE) and len(words) <= _HEADING_WORDS
    found.append(Sentence(first, end, paragraph, heading))


_HEADING_WORDS = 14
_LONGEST = (
    400  # tokens: a sentence without end is cut, since the grammar looks back and ahead in it
)
_VERB_WITHIN = 5  # tokens after a quotation within which its verb stands


def _ends_here(
    tokens: Tokens, at: int, end: int, numbered: set[int], speaking: frozenset[str]
) -> bool:
    """Return whether the full stop at ``at`` ends a sentence."""
    marks = tokens.kinds[at + 1 : at + 3]
    if marks[:1] == (CLOSE,) and _verb_follows(tokens, at, end, speaking):
        return False
    if speaking and marks in ((CLOSE, COMMA), (COMMA, CLOSE)):
        return False  # "Well done!", he said
    if tokens.text[tokens.starts[at]] != ".":
        return True
    before = at - 1
    close = before >= 0 and _touch(tokens.text, tokens.ends[before], tokens.starts[at])
    if close and tokens.kinds[before] == WORD:
        word = tokens.words[before]
        if tokens.starts[before] in numbered:
            return False
        if word.isdigit() and len(word) <= 2 and _opens_line(tokens, before):
            return False
    after = at + 1
    if after < end and tokens.kinds[after] == WORD:
        close = _touch(tokens.text, tokens.ends[at], tokens.starts[after])
        if close and tokens.words[after].isascii():
            # A dot inside a name, example.org or v1.2, unless a sentence is glued to the next.
            return glued(tokens.text, tokens.starts[at])
        first = tokens.text[tokens.starts[after]]
        return not first.islower()
    return True


def _touch(text: str, end: int, start: int) -> bool:
    """Return whether nothing that is seen stands between two tokens."""
    return end == start or (start - end < _SEEN_AT_ONCE and not text[end:start].strip(UNSEEN))


_SEEN_AT_ONCE = 20  # characters: more marks than that are no slip


def glued(text: str, stop: int) -> bool:
    """Return whether the full stop at ``stop`` ends a sentence to which the next is glued.

    So does one between a word in small letters and one that opens with a capital, and one
    between words of Arabic, which joins none by a point.
    """
    return _GLUED.match(text, max(0, stop - 2)) is not None


_GLUED = re.compile(r"[a-zà-öø-ÿ]{2}\.[A-ZÀ-Þ]|[\u0621-\u064a]{2}\.[\u0621-\u064a]")


def _verb_follows(tokens: Tokens, stop: int, end: int, speaking: frozenset[str]) -> bool:
    """Return whether a quotation's own verb of saying follows it: "Who knows?" he asked.

    After a full stop only a word in small letters goes on with the sentence.
    """
    at = stop + 2
    if at >= end or tokens.kinds[at] != WORD:
        return False
    if tokens.text[tokens.starts[at]].islower():
        return True
    if tokens.words[stop] == ".":
        return False
    for k in range(at, min(end, at + _VERB_WITHIN)):
        if tokens.kinds[k] not in (WORD, OTHER):
            return False
        if tokens.words[k] in speaking:
            return True
    return False


def _opens_line(tokens: Tokens, at: int) -> bool:
    return at == 0 or tokens.kinds[at - 1] in (BREAK, STOP)
