"""Where the marks stand in a text: claims that nest and overlap, cut into pieces that do not.

A text becomes blocks (content, or an aside such as a menu), a block paragraphs,
a paragraph pieces. A piece is a run of characters under one and the same set of
marks, so that overlapping spans never need overlapping elements. Joined, the
pieces of a paragraph are its characters, none added or lost (a law under test).

Cost: one sweep over the sorted marks, linear in text and marks for marks of
ordinary depth.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tawatur.model.document import Aside
from tawatur.model.span import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """One stretch to be marked: a claim (``key`` is its id), a name, a time, a place sought."""

    span: Span
    kind: str  # claim, name, time, found
    key: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters under one set of marks, outermost first; ``begins`` are those seen first here."""

    text: str
    marks: tuple[Mark, ...]
    begins: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line that holds more than white space, as runs."""

    span: Span
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Content (``kind`` empty) or one aside: paragraphs, blank lines left out."""

    kind: str
    span: Span
    paragraphs: tuple[Paragraph, ...]


def parts(text: str, size: int) -> tuple[Span, ...]:
    """Return ``text`` cut at line ends into stretches of about ``size`` code points."""
    spans, at = [], 0
    while at < len(text):
        end = len(text) if at + size >= len(text) else text.find("\n", at + size) + 1
        end = end or len(text)
        end = min(end, at + 2 * size)  # one line of any length is still cut
        spans.append(Span(at, end))
        at = end
    return tuple(spans)


def stretches(
    text: str, within: Span, asides: Sequence[Aside], marks: Iterable[Mark]
) -> tuple[Stretch, ...]:
    """Return the text of ``within`` as stretches in order, with every mark that touches it."""
    ordered = sorted(marks, key=lambda m: (m.span.start, -m.span.end, m.kind, m.key))
    cuts = sorted({end for m in ordered for end in (m.span.start, m.span.end)})
    sweep = _Sweep(ordered)
    found = []
    for kind, area in _areas(within, asides):
        paragraphs = tuple(
            Paragraph(line, tuple(_runs(text, line, cuts, sweep)))
            for line in _paragraphs(text, area)
        )
        if paragraphs:
            found.append(Stretch(kind, area, paragraphs))
    return tuple(found)


class _Sweep:
    """Which marks cover a place, asked for in order of place."""

    def __init__(self, ordered: Sequence[Mark]) -> None:
        self._coming = ordered
        self._next = 0
        self._open: list[Mark] = []
        self._begun: set[Mark] = set()

    def at(self, start: int, end: int) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
        """Return the marks that cover ``start`` to ``end``, and those of them never seen before."""
        while self._next < len(self._coming) and self._coming[self._next].span.start < end:
            self._open.append(self._coming[self._next])
            self._next += 1
        self._open = [m for m in self._open if m.span.end > start]
        covering = tuple(m for m in self._open if m.span.start < end)
        begins = tuple(m for m in covering if m not in self._begun)
        self._begun.update(begins)
        return covering, begins


def _areas(within: Span, asides: Sequence[Aside]) -> Iterator[tuple[str, Span]]:
    """Yield content and asides of ``within`` in order; an aside inside another adds nothing."""
    at = within.start
    for aside in sorted(asides, key=lambda a: a.span):
        start, end = max(at, aside.span.start), min(within.end, aside.span.end)
        if start >= end:
            continue
        if start > at:
            yield "", Span(at, start)
        yield aside.kind, Span(start, end)
        at = end
    if at < within.end:
        yield "", Span(at, within.end)


def _paragraphs(text: str, area: Span) -> Iterator[Span]:
    """Yield the lines of ``area`` that hold more than white space."""
    at = area.start
    while at < area.end:
        newline = text.find("\n", at, area.end)
        end = area.end if newline < 0 else newline
        if text[at:end].strip():
            yield Span(at, end)
        at = end + 1


def _runs(text: str, paragraph: Span, cuts: Sequence[int], sweep: _Sweep) -> Iterator[Run]:
    """Yield the paragraph cut wherever a mark begins or ends."""
    inside = cuts[bisect_right(cuts, paragraph.start) : bisect_left(cuts, paragraph.end)]
    edges = [paragraph.start, *inside, paragraph.end]
    for start, end in pairwise(edges):
        covering, begins = sweep.at(start, end)
        yield Run(text[start:end], covering, begins)
