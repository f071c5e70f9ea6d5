"""Which paragraphs is a text made of?

A block is a line; or several, where a paragraph was wrapped at a fixed width, as
cables and mails are. Blocks never overlap, hold no white space at their ends and
are in order; blank lines lie between them. One pass over the text.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from tawatur.model.span import Span
from tawatur.model.text import fold_words

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_VISIBLE = re.compile(r"[^\s\ufeff\u200b-\u200f]")
_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"""[.!?؟…。](?:["'”“»’)\]\s]|\(\d+\))*$""")
_PARAGRAPH_END = re.compile(r"""[.!?؟…。:;؛](?:["'”“»’)\]\s]|\(\d+\))*$""")
_FULL_STOP = re.compile(r"""[.…](?:["'”“»’)\]\s])*$""")

_WRAP = range(50, 111)  # code points of a wrapped line; teleprinter 69, mail 72 to 78, wide 100
_ENDED_SHARE = 0.34  # of lines that end before the width: last lines of short paragraphs
_LONG = 24  # words: a line as long is prose even without a full stop
_SENTENCE = 8  # words: a line as long is prose if it ends like a sentence
_KEY_LENGTH = 400  # code points folded for the tables: menus and forms are shorter


@dataclass(frozen=True)
class Block:
    """A paragraph of the text."""

    span: Span
    text: str
    blank_before: int  # line breaks beyond one between it and the block before
    words: int

    @property
    def ends_sentence(self) -> bool:
        """Whether it ends with a full stop, question or exclamation mark."""
        return _SENTENCE_END.search(self.text[-12:]) is not None

    @property
    def is_prose(self) -> bool:
        """Whether it reads as a paragraph of a report rather than as a headline or a label."""
        if self.words >= _LONG:
            return True
        return self.words >= _SENTENCE and _FULL_STOP.search(self.text[-12:]) is not None

    @cached_property
    def key(self) -> str:
        """Its folded words without digits, for look-ups in tables."""
        words = fold_words(self.text[:_KEY_LENGTH])
        return " ".join(_DIGITS.sub(" ", words).split()) if _DIGITS.search(words) else words


def blocks(text: str) -> tuple[Block, ...]:
    """Return the paragraphs of ``text`` in order."""
    lines = []
    for line in _LINE.finditer(text):
        span = trimmed(text, line.start(), line.end())
        if span is not None:
            lines.append(span)
    found, end = [], 0
    for span in _unwrapped(text, lines):
        piece = span.of(text)
        breaks = text.count("\n", end, span.start) or text.count("\r", end, span.start)
        found.append(Block(span, piece, max(0, breaks - 1), len(_WORD.findall(piece))))
        end = span.end
    return tuple(found)


def trimmed(text: str, start: int, end: int) -> Span | None:
    """Return ``start`` to ``end`` without white space at its ends, None if nothing is left."""
    first = _VISIBLE.search(text, start, end)
    if first is None:
        return None
    while text[end - 1].isspace() or text[end - 1] in "\ufeff\u200b\u200c\u200d\u200e\u200f":
        end -= 1
    return Span(first.start(), end)


def _unwrapped(text: str, lines: list[Span]) -> list[Span]:
    """Return ``lines`` with those of one wrapped paragraph joined."""
    joined: list[Span] = []
    run: list[Span] = []
    for span in lines:
        if run and not _adjacent(text, run[-1], span):
            joined += _joined(text, run)
            run = []
        run.append(span)
    return joined + _joined(text, run)


def _adjacent(text: str, before: Span, after: Span) -> bool:
    between = text[before.end : after.start]
    return between.count("\n") <= 1 and between.count("\r") <= 1


def _joined(text: str, run: list[Span]) -> list[Span]:
    """Return one run of lines without a blank one, as paragraphs."""
    widest = max((len(span) for span in run), default=0)
    if len(run) < 3 or widest not in _WRAP:
        return run
    # A line was wrapped where the next line's first word had no room on it.
    ended = [
        len(before) + 1 + len(span.of(text).split(maxsplit=1)[0]) <= widest
        for before, span in pairwise(run)
    ]
    if sum(ended) > _ENDED_SHARE * len(ended):
        return run
    joined: list[Span] = []
    paragraph = [run[0]]
    for span, ends in zip(run[1:], ended, strict=True):
        if ends:
            joined += _paragraph(text, paragraph)
            paragraph = []
        paragraph.append(span)
    return joined + _paragraph(text, paragraph)


def _paragraph(text: str, lines: list[Span]) -> list[Span]:
    """Return the lines as one paragraph if it ends like one: a list of headlines does not."""
    if not _PARAGRAPH_END.search(lines[-1].of(text)[-12:]):
        return lines
    return [Span(lines[0].start, lines[-1].end)]
