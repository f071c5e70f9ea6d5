"""Where things stand on a time line: which are drawn one by one, which as a count, in which lane.

A *scene* is one window of time, in thousandths of the chart's width from its inline start.
Where few things lie in the window each is an item in a lane of its own length; where many do,
they are counted by a step of the calendar, and only what lasts long is drawn beside. What a
scene costs grows with what there is to look through, what it holds does not: at most
`MOST` items and `STEPS` counts, however large the node.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, datetime
from heapq import nlargest
from typing import Final

from tawatur.node.indexing.bars import Bar, edtf_of, minute_of, moment_of

WHOLE = 1000.0
"""Width of a scene in its own units."""
MOST = 160
"""Things drawn one by one."""
LANES = 40
"""Rows of them; where more are needed they are counted."""
STEPS = 62
"""Counts in one window: two months by days."""
TICKS = 12
LONG = 12
"""Things drawn beside the counts, those that last longest."""
_LONG_STEPS = 3
"""Steps from which on a thing lasts long."""
LETTER = 6.6
"""Pixels that a letter of a label takes; measured on Arabic and Latin at 12 px."""
LABEL = 34
"""Letters of a label."""
_LEAST_WIDTH = 9.0
"""Pixels of the shortest bar: a hand must find it."""

HOUR, DAY = 60, 24 * 60
LEAST_WINDOW = 6 * HOUR
_FIRST, _LAST = minute_of(datetime.min), minute_of(datetime.max)  # noqa: DTZ901 - no zones here


@dataclass(frozen=True, slots=True)
class Unit:
    """A step of the calendar: so many months, or else so many minutes."""

    months: int = 0
    minutes: int = 0

    @property
    def length(self) -> int:
        """Minutes that it lasts, nearly."""
        return self.minutes or self.months * 30 * DAY

    def floor(self, minute: int) -> int:
        """Return where the step begins that holds a minute."""
        if self.months:
            return _of_month(self._month(minute))
        monday = 4 * DAY if self.minutes == 7 * DAY else 0  # the first of 1970 was a Thursday
        return (minute - monday) // self.minutes * self.minutes + monday

    def next(self, minute: int) -> int:
        """Return where the step after the one that holds a minute begins."""
        if not self.months:
            return self.floor(minute) + self.minutes
        return _of_month(self._month(minute) + self.months)

    def _month(self, minute: int) -> int:
        """Return the first month, counted from the year 0, of the step that holds a minute."""
        moment = moment_of(minute)
        return (moment.year * 12 + moment.month - 1) // self.months * self.months


UNITS: Final = (
    Unit(minutes=HOUR),
    Unit(minutes=6 * HOUR),
    Unit(minutes=DAY),
    Unit(minutes=7 * DAY),
    Unit(months=1),
    Unit(months=3),
    Unit(months=12),
    Unit(months=120),
    Unit(months=1200),
    Unit(months=12000),
)
"""The steps by which time is ticked and counted, the shortest first."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing drawn: from ``x``, so wide, in a lane; ``fades`` on a side that is not sure."""

    bar: Bar
    x: float
    width: float
    lane: int
    fades_in: bool
    fades_out: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Several things counted: those that begin within a step of the calendar."""

    start: int
    end: int
    x: float
    width: float
    count: int


@dataclass(frozen=True, slots=True)
class Tick:
    """Where a step of the calendar begins, and the minute that is."""

    x: float
    minute: int


@dataclass(frozen=True, slots=True)
class Scene:
    """A window of time, both minutes included, with what is drawn in it.

    ``anywhere`` counts what is not drawn since it lies, or could lie, all over the window.
    """

    start: int
    end: int
    unit: Unit
    ticks: tuple[Tick, ...]
    items: tuple[Item, ...]
    groups: tuple[Group, ...]
    lanes: int
    anywhere: int = 0


def scene(bars: Sequence[Bar], start: int, end: int, width: float = WHOLE) -> Scene:
    """Return what is drawn of ``bars`` between two minutes.

    Args:
        bars: All that could lie there, by start.
        start: The window's first minute.
        end: Its last, later than the first.
        width: Pixels that the chart has: in a narrow one labels need more lanes.
    """
    inside = [bar for bar in bars if bar.meets(start, end)]
    bounded_here = [bar for bar in inside if not _covers(bar, start, end)]
    for some in (inside, bounded_here):
        if len(some) <= MOST:
            items = tuple(_packed(some, start, end, width))
            lanes = _lanes(items)
            if lanes <= LANES:
                left_out = len(inside) - len(some)
                return Scene(start, end, *_ticked(start, end), items, (), lanes, left_out)
    return counted(bounded_here, start, end, width, len(inside))


def bounded(start: int, end: int) -> tuple[int, int]:
    """Return a window within the calendar and no shorter than `LEAST_WINDOW`."""
    if end - start < LEAST_WINDOW - 1:
        middle = (start + end) // 2
        start, end = middle - LEAST_WINDOW // 2, middle + LEAST_WINDOW // 2 - 1
    return max(start, _FIRST), min(end, _LAST)


def last_edtf(minute: int) -> str:
    """Return the last minute of a window as EDTF: of a whole day the day alone."""
    return edtf_of(minute - DAY + 1) if (minute + 1) % DAY == 0 else edtf_of(minute)


def counted(
    inside: Sequence[Bar], start: int, end: int, width: float = WHOLE, all_: int | None = None
) -> Scene:
    """Return a window with counts, and above them what lasts longest.

    Args:
        inside: What could lie in the window.
        start: The window's first minute.
        end: Its last.
        width: Pixels that the chart has.
        all_: How many things there are with those that cover the window.
    """
    unit = _unit(start, end, STEPS)
    lasting: list[Bar] = []
    begins: Counter[int] = Counter()
    for bar in inside:
        if _length(bar, start, end) > _LONG_STEPS * unit.length:
            lasting.append(bar)
        else:
            begins[_from(bar, start)] += 1
    counts: Counter[int] = Counter()
    for minute, count in begins.items():
        counts[unit.floor(minute)] += count
    drawn = nlargest(LONG, lasting, key=lambda bar: (_length(bar, start, end), bar.id))
    items = tuple(_packed(drawn, start, end, width))
    return Scene(
        start,
        end,
        *_ticked(start, end),
        items,
        tuple(
            Group(
                first, last, _at(first, start, end), _wide(first, last, start, end), counts[first]
            )
            for first, last in _steps(unit, start, end)
            if counts.get(first)
        ),
        _lanes(items),
        (all_ or len(inside)) - len(inside) + len(lasting) - len(drawn),
    )


def _ticked(start: int, end: int) -> tuple[Unit, tuple[Tick, ...]]:
    """Return the step by which a window is ticked, and where."""
    unit = _unit(start, end, TICKS)
    first = (minute for minute, _ in _steps(unit, start, end) if minute >= start)
    return unit, tuple(Tick(_at(minute, start, end), minute) for minute in first)


def _lanes(items: Iterable[Item]) -> int:
    return 1 + max((item.lane for item in items), default=-1)


def _covers(bar: Bar, start: int, end: int) -> bool:
    """Return whether a bar tells nothing of a window: it begins before it and ends after it."""
    return (bar.start is None or bar.start <= start) and (bar.end is None or bar.end >= end)


def _packed(bars: Collection[Bar], start: int, end: int, width: float) -> Iterator[Item]:
    """Yield items, each in the first lane where nothing stands in its way."""
    free: list[float] = []  # by lane, where its last label ends
    scale = WHOLE / width
    ordered = sorted(bars, key=lambda bar: (_from(bar, start), bar.id))
    for bar in ordered:
        x = max(0.0, _at(_from(bar, start), start, end))
        until = min(WHOLE, _at(end if bar.end is None else bar.end + 1, start, end))
        wide = max(until - x, _LEAST_WIDTH * scale)
        label = min(len(bar.words), LABEL + 1) * LETTER * scale
        lane = next((n for n, taken in enumerate(free) if taken <= x), len(free))
        needs = x + max(wide, label) + _LEAST_WIDTH * scale
        free[lane : lane + 1] = [needs]
        open_in, open_out = bar.start is None, bar.end is None
        yield Item(bar, x, wide, lane, open_in or bar.about, open_out or bar.about)


def _from(bar: Bar, start: int) -> int:
    return start if bar.start is None else max(bar.start, start)


def _length(bar: Bar, start: int, end: int) -> int:
    return (end if bar.end is None else min(bar.end, end)) - _from(bar, start)


def _at(minute: int, start: int, end: int) -> float:
    return round((minute - start) / (end + 1 - start) * WHOLE, 2)


def _wide(first: int, last: int, start: int, end: int) -> float:
    return round((last + 1 - first) / (end + 1 - start) * WHOLE, 2)


def _unit(start: int, end: int, most: int) -> Unit:
    """Return the shortest step of which at most so many fit between two minutes."""
    return next((u for u in UNITS if (end - start) / u.length <= most), UNITS[-1])


def _steps(unit: Unit, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the first and the last minute of every step that meets a window."""
    first = unit.floor(start)
    while first <= end:
        after = unit.next(first)
        yield first, after - 1
        if after <= first:  # the end of the calendar
            return
        first = after


def _of_month(month: int) -> int:
    """Return the minute at which a month begins, counted from the year 0; within the calendar."""
    year, left = divmod(month, 12)
    if year < 1:
        return _FIRST
    return _LAST if year > MAXYEAR else minute_of(datetime(year, left + 1, 1))  # noqa: DTZ001 - as above
