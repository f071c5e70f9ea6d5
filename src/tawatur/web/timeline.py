"""The time line: when what is told of happened, as far as the texts say, and what contradicts it.

The chart is drawn here, in SVG, and works without script: every count and tick is a link to
a narrower window. Script moves the window and asks for this same page again. A window, like
every filter, stands in the address.
"""

# ruff: noqa: RUF009 - shown() only makes a field, as field() does

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from tawatur.days import month_in_words
from tawatur.model.claim import Status
from tawatur.model.reading import EventType
from tawatur.node.indexing.bars import Bar, BarKind, edtf_of, moment_of
from tawatur.node.seeing.charts import Link, Narrowed, window
from tawatur.web import rows, words
from tawatur.web.contexts import Choice, Filter, Pager, Place, Words, shown
from tawatur.web.openings import Opening, far, opening
from tawatur.web.scenes import (
    DAY,
    LABEL,
    WHOLE,
    Group,
    Item,
    Scene,
    Tick,
    bounded,
    last_edtf,
    scene,
)
from tawatur.web.trees import shortened, written
from tawatur.web.visits import Visit, Visited, whole_number

ROW, TOP, COUNTS = 26, 30, 130
"""Heights in pixels: of a lane, of the ticks above them, of the counts."""
_LETTER = 7
"""Pixels that a letter of a tick or count takes at most."""
NARROWEST, WIDEST = 280, 4000
"""Pixels of a chart that a script may ask for."""

router = APIRouter(default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """One thing on the time line, in pixels of the drawing."""

    href: str = shown("Where it leads.")
    kind: str = shown("event, state or promise, for style.")
    x: float = shown("Its left edge.")
    y: float = shown("Its upper edge.")
    width: float = shown("Its width.")
    fill: str = shown("How its ends fade: none, start, end or both, as the eye sees them.")
    sure: bool = shown("Whether it lasts, or lies on one day: otherwise it lies somewhere within.")
    label: Words = shown("Its first words.")
    label_x: float = shown("Where the label begins, or ends if it is written the other way.")
    anchor: str = shown("start or end.")
    title: str = shown("All of it in words: what, when, of which type, how well attested.")


@dataclass(frozen=True, slots=True)
class DrawnCount:
    """So many things that begin within a step of the calendar."""

    href: str = shown("The window of that step.")
    x: float = shown("Its left edge.")
    y: float = shown("Its upper edge.")
    width: float = shown("Its width.")
    height: float = shown("Its height.")
    count: int = shown("How many.")
    fits: bool = shown("Whether the column is wide enough for the number above it.")
    title: str = shown("How many, and from when to when, in words.")


@dataclass(frozen=True, slots=True)
class DrawnTick:
    """Where a step of the calendar begins."""

    href: str = shown("The window of that step.")
    x: float = shown("Where.")
    label_x: float = shown("The middle of the label, which stands within the drawing.")
    label: str = shown("Which, in words.")


@dataclass(frozen=True, slots=True)
class DrawnLink:
    """A contradiction between two things that are drawn, or within one."""

    href: str = shown("The contradiction's page.")
    path: str = shown("Its line in SVG.")
    x: float = shown("Where its sign stands.")
    y: float = shown("How high that is.")
    title: str = shown("The sentence that explains it.")


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One thing in the list below the drawing."""

    href: str = shown("Where it leads.")
    label: Words = shown("Its words.")
    when: str = shown("When, in words.")
    kind: str = shown("Event, state or promise, and its type.")
    where: tuple[Words, ...] = shown("Where.")
    at_least: int = shown("Least number of independent roots; 0 for a promise of the desk.")
    at_most: int = shown("Greatest number of independent roots.")


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """What has a place in time."""

    template: ClassVar[str] = "timeline.html"
    title: str = shown("The page's title.")
    problem: str = shown("What is wrong with the filter; empty where nothing is.")
    filter: Filter = shown("Words and times that narrow it.")
    actor: str = shown("Who must take part.")
    place: str = shown("Where it must be.")
    types: tuple[Choice, ...] = shown("Types to choose from.")
    kinds: tuple[Choice, ...] = shown("Events, states and promises to choose from.")
    window: str = shown("The window in words.")
    start: int = shown("Its first minute, counted from 1970.")
    end: int = shown("Its last minute.")
    width: float = shown("The drawing's width.")
    height: float = shown("Its height.")
    moves: tuple[Place, ...] = shown("Earlier, later, closer, wider, all.")
    far: tuple[Place, ...] = shown("What lies far before and after the window that it opens on.")
    ticks: tuple[DrawnTick, ...] = shown("Steps of the calendar.")
    counts: tuple[DrawnCount, ...] = shown("What is counted.")
    bars: tuple[DrawnBar, ...] = shown("What is drawn one by one.")
    links: tuple[DrawnLink, ...] = shown("Contradictions between what is drawn.")
    anywhere: int = shown("How many are not drawn since they could lie anywhere here.")
    undated: int = shown("How many events of the node have no time.")
    rows: tuple[TimelineRow, ...] = shown("What lies in the window, first that which begins first.")
    pager: Pager = shown("Which rows these are.")


@router.get("/timeline")
def timeline(
    visit: Visited,
    *,
    q: str = "",
    actor: str = "",
    place: str = "",
    type: str = "",  # noqa: A002 - the field's word
    kind: str = "",
    status: str = "",
    since: str = "",
    until: str = "",
    span: str = "",
    page: str = "1",
    width: str = "",
) -> Response:
    """Show what has a place in time, within a window of it.

    Where no window is asked for it is that in which nearly all lies; with ``span=all``, all.
    """
    by = Narrowed(
        words=q.strip(),
        actor=actor.strip(),
        place=place.strip(),
        type=next((each for each in EventType if each == type), None),
        kind=next((each for each in BarKind if each == kind), None),
        status=next((each for each in Status if each == status), None),
        since=since.strip(),
        until=until.strip(),
    )
    problem = visit.refusal(lambda _: window(by))
    fitting = replace(by, since="", until="") if problem else by
    with visit.node() as node:
        bars = node.charts.bars(fitting)
        start, end, opened = _window(bars, fitting, entire=span == "all")
        drawn = scene(bars, start, end, _width(width))
        links = node.charts.links(item.bar for item in drawn.items)
        undated = node.charts.undated()
    inside = [bar for bar in bars if bar.meets(start, end)]
    asked = _asked(by)
    some, pager = rows.paged(
        inside,
        whole_number(page),
        "timeline",
        size=rows.ROWS,
        **asked,
        since=edtf_of(start),
        until=last_edtf(end),
    )
    pen = _Pen(visit, drawn, _width(width), asked)
    statuses = (
        Choice("", visit("any status"), by.status is None),
        *rows.choices(Status, by.status, visit.speech),
    )
    shown_page = TimelinePage(
        title=visit("Time line"),
        problem=problem,
        filter=Filter(by.words, by.since, by.until, statuses),
        actor=by.actor,
        place=by.place,
        types=(
            Choice("", visit("any type"), by.type is None),
            *rows.choices(EventType, by.type, visit.speech),
        ),
        kinds=(
            Choice("", visit("events, states and promises"), by.kind is None),
            *rows.choices(BarKind, by.kind, visit.speech),
        ),
        window=_between(visit, start, end),
        start=start,
        end=end,
        width=_width(width),
        height=pen.height,
        moves=tuple(_moves(visit, start, end, asked)),
        far=tuple(far(visit, opened, partial(_address, asked))) if opened else (),
        ticks=_apart(map(pen.tick, drawn.ticks)),
        counts=tuple(map(pen.count, drawn.groups)),
        bars=tuple(map(pen.bar, drawn.items)),
        links=tuple(pen.links(links)),
        anywhere=drawn.anywhere,
        undated=undated,
        rows=tuple(_row(bar, visit) for bar in some),
        pager=pager,
    )
    return visit.show(shown_page, 422 if problem else 200)


def _half(label: str) -> float:
    """Return half the pixels that the label of a tick takes."""
    return len(label) * _LETTER / 2


def _apart(ticks: Iterable[DrawnTick]) -> tuple[DrawnTick, ...]:
    """Return ticks in their order, without labels that would run into the one to their left."""
    found = list(ticks)
    free = 0.0
    for at in sorted(range(len(found)), key=lambda at: found[at].label_x):
        tick = found[at]
        if tick.label_x - _half(tick.label) < free:
            found[at] = replace(tick, label="")
        else:
            free = tick.label_x + _half(tick.label) + _LETTER
    return tuple(found)


def _asked(by: Narrowed) -> dict[str, str]:
    """Return what stands in every address of this page, the window apart."""
    return {
        "q": by.words,
        "actor": by.actor,
        "place": by.place,
        "type": by.type or "",
        "kind": by.kind or "",
        "status": by.status or "",
    }


def _window(bars: Sequence[Bar], by: Narrowed, *, entire: bool) -> tuple[int, int, Opening | None]:
    """Return the window asked for; where none is, that of an opening, and the opening."""
    first, last = window(by)
    opened = opening(bars)
    all_ = opened.whole if opened else (0, DAY - 1)
    if opened and not entire and first is None and last is None:
        return *opened.span, opened
    start = all_[0] if first is None else first
    end = all_[1] if last is None else last
    return *(bounded(start, end) if start <= end else bounded(start, start)), None


def _width(given: str) -> float:
    return float(min(max(whole_number(given, int(WHOLE)), NARROWEST), WIDEST))


def _moves(visit: Visit, start: int, end: int, asked: dict[str, str]) -> Iterable[Place]:
    """Yield the links that move the window without script."""
    length = end - start + 1
    half, sixth = length // 2, length // 6
    for label, first, last in (
        (visit("Earlier"), start - half, end - half),
        (visit("Later"), start + half, end + half),
        (visit("Closer"), start + 2 * sixth, end - 2 * sixth),
        (visit("Wider"), start - length, end + length),
    ):
        yield Place(label, _address(asked, *bounded(first, last)), current=False, language="")
    yield Place(
        visit("All"), rows.address("timeline", **asked, span="all"), current=False, language=""
    )


def _address(asked: dict[str, str], start: int, end: int) -> str:
    return rows.address("timeline", **asked, since=edtf_of(start), until=last_edtf(end))


def _between(visit: Visit, start: int, end: int) -> str:
    first, last = (_minute_words(visit, minute) for minute in (start, end))
    return visit("from {0} to {1}").format(first, last)


def _minute_words(visit: Visit, minute: int) -> str:
    moment = moment_of(minute)
    day = visit.speech.day(moment.date())
    return day if minute % DAY in {0, DAY - 1} else f"{day} {words.isolate(f'{moment:%H:%M}')}"


def _row(bar: Bar, visit: Visit) -> TimelineRow:
    return TimelineRow(
        href=_href(bar),
        label=rows.foreign(bar.words, bar.language),
        when=visit.speech.when(bar.when),
        kind=_kind(bar, visit),
        where=tuple(map(rows.name, bar.where)),
        at_least=bar.at_least,
        at_most=bar.at_most,
    )


def _kind(bar: Bar, visit: Visit) -> str:
    named = words.label(bar.kind, visit)
    typed = words.label(bar.type, visit) if bar.type else ""
    return f"{named} · {typed}" if typed and typed != named else named


def _href(bar: Bar) -> str:
    return rows.address("events", bar.id) if bar.type else f"/commitments#{bar.id}"


@dataclass(frozen=True, slots=True)
class _Pen:
    """Draws one scene for one person: from right to left where their language is written so."""

    visit: Visit
    scene: Scene
    width: float
    asked: dict[str, str]

    @property
    def height(self) -> float:
        """Of the whole drawing."""
        return self._counts_at + (COUNTS if self.scene.groups else 0) + ROW

    @property
    def _counts_at(self) -> float:
        return TOP + self.scene.lanes * ROW

    @property
    def _back(self) -> bool:
        """Whether time runs from right to left."""
        return words.text_direction(self.visit.speech.language) == "rtl"

    def _left(self, x: float, width: float = 0.0) -> float:
        """Return the left edge, in pixels, of what begins at ``x`` of the scene."""
        begin = x / WHOLE * self.width
        return round(self.width - begin - width if self._back else begin, 1)

    def _pixels(self, width: float) -> float:
        return round(width / WHOLE * self.width, 1)

    def tick(self, tick: Tick) -> DrawnTick:
        """Return a step of the calendar; its label says no more than it must."""
        unit, after = self.scene.unit, self.scene.unit.next(tick.minute)
        moment = moment_of(tick.minute)
        language = self.visit.speech.language
        if unit.months % 12 == 0 and unit.months:
            label = str(moment.year)
        elif unit.months:
            label = f"{month_in_words(moment.date(), language)} {moment.year}"
        elif unit.minutes % DAY == 0:
            label = f"{moment.day} {month_in_words(moment.date(), language)}"
        else:
            label = f"{moment:%H:%M}" if moment.hour else f"{moment.day}/{moment.month}"
        return DrawnTick(
            _address(self.asked, *bounded(tick.minute, after - 1)),
            self._left(tick.x),
            min(max(self._left(tick.x), _half(label)), self.width - _half(label)),
            label,
        )

    def count(self, group: Group) -> DrawnCount:
        """Return a column as high as its count, beside the greatest of the window."""
        most = max(each.count for each in self.scene.groups)
        height = round(max(6.0, (COUNTS - 24) * group.count / most), 1)
        wide = max(self._pixels(group.width) - 1, 3)
        span = _between(self.visit, group.start, group.end)
        return DrawnCount(
            href=_address(self.asked, *bounded(group.start, group.end)),
            x=self._left(group.x, wide),
            y=self._counts_at + COUNTS - height,
            width=wide,
            height=height,
            count=group.count,
            fits=wide >= _LETTER * len(str(group.count)),
            title=f"{group.count}: {span}",
        )

    def bar(self, item: Item) -> DrawnBar:
        """Return one thing with its label, which begins where it begins."""
        bar, visit = item.bar, self.visit
        wide = self._pixels(item.width)
        x = self._left(item.x, wide)
        fades = (item.fades_out, item.fades_in) if self._back else (item.fades_in, item.fades_out)
        label = rows.foreign(shortened(bar.words, LABEL), bar.language)
        own = words.text_direction(visit.speech.language)
        side = label.direction if label.direction != "auto" else written(label.text)
        return DrawnBar(
            href=_href(bar),
            kind=bar.kind,
            x=x,
            y=TOP + item.lane * ROW,
            width=wide,
            fill={
                (False, False): "none",
                (True, False): "start",
                (False, True): "end",
                (True, True): "both",
            }[fades],
            sure=_sure(bar),
            label=replace(label, direction=side),
            label_x=x + wide if self._back else x,
            anchor="start" if own == side else "end",
            title=self._said(bar),
        )

    def _said(self, bar: Bar) -> str:
        """Return a thing in one line, for whoever hears it or rests on it."""
        roots = self.visit("Independent roots:") + f" {bar.at_least}-{bar.at_most}"
        parts = [
            words.isolate(bar.words),
            self.visit.speech.when(bar.when),
            _kind(bar, self.visit),
            *([roots] if bar.at_most else []),
        ]
        return " · ".join(parts)

    def links(self, links: Iterable[Link]) -> Iterable[DrawnLink]:
        """Yield the contradictions: a line between two things, or a sign on one."""
        at = {item.bar.id: item for item in self.scene.items}
        on: Counter[str] = Counter()
        for link in links:
            a, b = at[link.a], at[link.b]
            ends = [self._edge(each) for each in (a, b)]
            (x, y), (x2, y2) = ends
            on[link.a] += 1
            bend = round(max(x, x2) + 18 + min(abs(y2 - y) / 6, 60), 1)
            same = link.a == link.b
            yield DrawnLink(
                href=rows.address("conflicts", link.conflict.id),
                path="" if same else f"M{x} {y}C{bend} {y} {bend} {y2} {x2} {y2}",
                x=x + 12 * (on[link.a] - 1) if same else round((x + x2) / 8 + bend * 0.75, 1),
                y=y if same else (y + y2) / 2,
                title=self.visit.speech.says(link.conflict.why),
            )

    def _edge(self, item: Item) -> tuple[float, float]:
        """Return the middle of the edge at which a thing begins for the eye."""
        wide = self._pixels(item.width)
        x = self._left(item.x, wide)
        return round(x + min(wide, 14), 1), TOP + item.lane * ROW + 5


def _sure(bar: Bar) -> bool:
    """Return whether a bar is as long as what it stands for; else that is somewhere within."""
    if bar.kind is not BarKind.EVENT or "/" in bar.when:
        return True
    return bar.start is not None and bar.end is not None and bar.end - bar.start < DAY
