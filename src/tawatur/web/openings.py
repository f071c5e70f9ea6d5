"""On which span does a time line open?

On the one in which nearly all lies: a misread year, or one long past, would else make two
hundred years of emptiness. At either end what is far is left out: the gap between it and the
rest is longer than `GAP` and longer than all that rest lasts. Beginnings are compared with
beginnings and ends with ends, so that what reaches in from far is drawn where it reaches in.
No more than one thing in `ONE_IN` is left out, both ends together; of fewer but `SEVERAL` one.
What is left out is counted and one link away; a window that somebody asks for stays as it is.

Known cost: one sort of the beginnings and one of the ends, which come nearly sorted. Each cut
more than halves the span, so that there are few.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tawatur.node.indexing.bars import Bar, moment_of
from tawatur.web.contexts import Place
from tawatur.web.scenes import DAY, HOUR, bounded
from tawatur.web.visits import Visit

ONE_IN: Final = 100
"""Of so many things one may be left out."""
SEVERAL: Final = 10
"""So many things show where the rest lies, if one is far."""
GAP: Final = 31 * DAY
"""Minutes of emptiness that are no reason to leave anything out."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A span, first and last minute, that of all there is, and what lies outside the span."""

    span: tuple[int, int]
    whole: tuple[int, int]
    before: tuple[Bar, ...] = ()
    after: tuple[Bar, ...] = ()


def opening(bars: Iterable[Bar]) -> Opening | None:
    """Return the span in which nearly all of ``bars`` lie, with a little room.

    Equal bars in any order give an equal span. None where no bar is bounded.
    """
    dated = [bar for bar in bars if bar.dated]
    if not dated:
        return None
    begins, ends = sorted(map(_begin, dated)), sorted(map(_end, dated))
    low, high = 0, len(dated) - 1  # the first beginning and the last end that are kept
    spare = max(len(dated) // ONE_IN, len(dated) >= SEVERAL)
    while found := max(_cuts(begins, ends, low, high, spare), default=None):
        spare -= (found[1] - low) + (high - found[2])
        _, low, high = found
    start, end = _roomy(begins[low], ends[high])
    return Opening(
        (start, end),
        _roomy(begins[0], ends[-1]),
        tuple(bar for bar in dated if not bar.meets(start, None)) if low else (),
        tuple(bar for bar in dated if not bar.meets(None, end)) if high + 1 < len(dated) else (),
    )


def far(visit: Visit, opened: Opening, address: Callable[[int, int], str]) -> Iterator[Place]:
    """Yield a link to what an opening leaves out before it, and one to that after it.

    Args:
        visit: In whose language.
        opened: The opening.
        address: Where the window between two minutes is shown.
    """
    for bars, label, minute in (
        (opened.before, visit("before {0} ({1})"), opened.span[0]),
        (opened.after, visit("after {0} ({1})"), opened.span[1]),
    ):
        if bars:
            window = _roomy(min(map(_begin, bars)), max(map(_end, bars)))
            day = visit.speech.day(moment_of(minute).date())
            yield Place(label.format(day, len(bars)), address(*window), current=False, language="")


def _cuts(
    begins: Sequence[int], ends: Sequence[int], low: int, high: int, spare: int
) -> Iterator[tuple[int, int, int]]:
    """Yield the gaps at which an end may be cut off, with the first and last that are kept."""
    for n in range(low + 1, low + spare + 1):
        gap = begins[n] - begins[n - 1]
        if gap > max(GAP, ends[high] - begins[n]):
            yield gap, n, high
    for n in range(high - 1, high - spare - 1, -1):
        gap = ends[n + 1] - ends[n]
        if gap > max(GAP, ends[n] - begins[low]):
            yield gap, low, n


def _begin(bar: Bar) -> int:
    """Return where a dated bar begins, or ends if that alone is told."""
    return bar.end or 0 if bar.start is None else bar.start


def _end(bar: Bar) -> int:
    return bar.start or 0 if bar.end is None else bar.end


def _roomy(first: int, last: int) -> tuple[int, int]:
    """Return whole days with a little room at both ends."""
    room = max((last - first) // 40, HOUR)
    return bounded((first - room) // DAY * DAY, (last + room) // DAY * DAY + DAY - 1)
