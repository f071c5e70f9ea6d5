"""Which stretches of a text are put before a model at a time?

Content only, in order, as many whole sentences as fit; each window begins with the last
sentences of the one before, so that whoever spoke there is still in sight. A sentence
longer than a window is cut where it must be.
"""

import re
from dataclasses import dataclass

from tawatur.model.document import Extraction
from tawatur.model.span import Span

_END = re.compile(r"[.!?؟؛…]+[\"'”»)\]]*\s+|\n\s*")


@dataclass(frozen=True, slots=True)
class Window:
    """Stretches of one text, in order, none touching the next."""

    pieces: tuple[Span, ...]

    def text(self, whole: str) -> str:
        """Return the words, an empty line where something was left out."""
        return "\n\n".join(piece.of(whole) for piece in self.pieces)

    def places(self, whole: str, words: str) -> tuple[Span, ...]:
        """Return where ``words`` stand, character for character, in order of place."""
        found: list[Span] = []
        for piece in self.pieces if words else ():
            at = whole.find(words, piece.start, piece.end)
            while at >= 0:
                found.append(Span(at, at + len(words)))
                at = whole.find(words, at + 1, piece.end)
        return tuple(found)

    def margin(self, span: Span) -> int:
        """Return how many characters of the window stand around ``span`` on its shorter side."""
        return min(span.start - self.pieces[0].start, self.pieces[-1].end - span.end)


def windows(extraction: Extraction, size: int, overlap: int) -> tuple[Window, ...]:
    """Return the windows of a text in order; none where it has no words.

    Args:
        extraction: The text and what of it is content.
        size: Characters in a window at most.
        overlap: Characters that a window shares with the one before, as whole sentences allow.
    """
    units = [
        unit
        for span in extraction.main()
        for unit in _units(extraction.text, span, size)
        if not unit.of(extraction.text).isspace()
    ]
    found: list[Window] = []
    first = 0
    while first < len(units):
        end, length = first, 0
        while end < len(units) and (end == first or length + len(units[end]) <= size):
            length += len(units[end])
            end += 1
        found.append(Window(_joined(units[first:end])))
        if end == len(units):
            break
        shared, back = 0, end
        while back - 1 > first and shared + len(units[back - 1]) <= overlap:
            back -= 1
            shared += len(units[back])
        first = back
    return tuple(found)


def halves(window: Window, whole: str) -> tuple[Window, ...]:
    """Return a window as two of about half its size; the window itself if it is one sentence."""
    units = [u for piece in window.pieces for u in _units(whole, piece, len(whole))]
    units = [unit for unit in units if not unit.of(whole).isspace()]
    if len(units) < 2:
        return (window,)
    half = sum(map(len, units)) / 2
    count, length = 1, len(units[0])
    while count < len(units) - 1 and length < half:
        length += len(units[count])
        count += 1
    return Window(_joined(units[:count])), Window(_joined(units[count:]))


def _units(text: str, span: Span, size: int) -> list[Span]:
    """Return the sentences of a stretch with the space after them, the longest cut at ``size``."""
    cuts = [m.end() for m in _END.finditer(text, span.start, span.end)]
    found, start = [], span.start
    for end in (*cuts, span.end):
        while end - start > size:
            space = text.rfind(" ", start + size // 2, start + size)
            cut = space + 1 if space >= 0 else start + size
            found.append(Span(start, cut))
            start = cut
        if end > start:
            found.append(Span(start, end))
        start = max(start, end)
    return found


def _joined(units: list[Span]) -> tuple[Span, ...]:
    pieces: list[Span] = []
    for unit in units:
        if pieces and pieces[-1].end == unit.start:
            pieces[-1] = Span(pieces[-1].start, unit.end)
        else:
            pieces.append(unit)
    return tuple(pieces)
