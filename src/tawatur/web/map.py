"""The map: where events happened, as far as texts say and as finely as they say it.

The outlines of land come with the program (Natural Earth) and are a picture of our own; no
other machine is asked for anything. Places are discs as large as they may reach. The map is
drawn here and works without script; window, period and filter stand in the address. It shows
places of events; nobody's movements can be asked for.
"""

# ruff: noqa: RUF009 - shown() only makes a field, as field() does

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import ClassVar

from babel import Locale
from babel.core import get_global
from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from tawatur.model.reading import EventType
from tawatur.node.indexing.bars import edtf_of
from tawatur.node.seeing.charts import Narrowed, Spot, window
from tawatur.node.seeing.positions import Grain, countries
from tawatur.web import rows, words
from tawatur.web.basemap import Basemap, world
from tawatur.web.contexts import Choice, Filter, Pager, Place, Words, shown
from tawatur.web.mercator import LEAST, MOST, WORLD, Disc, Window, around, discs
from tawatur.web.openings import Opening, far, opening
from tawatur.web.scenes import counted, last_edtf
from tawatur.web.visits import Visit, Visited, whole_number

WIDTH, HEIGHT = 1000, 560
NARROWEST, WIDEST = 280, 2600
STRIP = 60
"""Pixels of the columns below the map that choose a period."""
_LOOKED_AT = 40
"""Events of a disc of which places are named."""
_FINENESS = tuple(Grain).index
_NAMED = 34
"""Pixels of reach from which on a country has its name on the map."""

router = APIRouter(default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class DrawnDisc:
    """Events at one place, or at places close together."""

    href: str = shown("The event; or the window or place in which its events are told apart.")
    kind: str = shown("How fine its places are, from town to region; or several.")
    x: float = shown("Its middle.")
    y: float = shown("Its middle's height.")
    radius: float = shown("How far the place may reach; of a count, its size on the paper.")
    area: bool = shown("Whether it is a place as large as it may reach.")
    outline: str = shown("Address of a country's outline, to be drawn in place of the disc.")
    count: int = shown("How many events.")
    title: str = shown("Where, and what, in words.")


@dataclass(frozen=True, slots=True)
class DrawnName:
    """The name of a country."""

    x: float = shown("Its middle.")
    y: float = shown("Its height.")
    text: str = shown("The name in the page's language.")


@dataclass(frozen=True, slots=True)
class DrawnPeriod:
    """A period that can be chosen, as a column with as many events."""

    href: str = shown("The map of that period.")
    x: float = shown("Its left edge.")
    y: float = shown("Its upper edge.")
    width: float = shown("Its width.")
    height: float = shown("Its height.")
    title: str = shown("From when to when, and how many.")


@dataclass(frozen=True, slots=True)
class SpotRow:
    """One event in the list."""

    href: str = shown("Its page.")
    label: Words = shown("Its words.")
    where: tuple[Words, ...] = shown("Where.")
    grain: str = shown("How finely that is known, in a word; or that it cannot be told.")
    when: str = shown("When.")
    at_least: int = shown("Least number of independent roots.")
    at_most: int = shown("Greatest number of independent roots.")


@dataclass(frozen=True, slots=True)
class MapPage:
    """Where events happened."""

    template: ClassVar[str] = "map.html"
    title: str = shown("The page's title.")
    problem: str = shown("What is wrong with the filter; empty where nothing is.")
    filter: Filter = shown("Words and times that narrow it.")
    place: str = shown("Where it must be.")
    types: tuple[Choice, ...] = shown("Types to choose from.")
    at: str = shown("The window: latitude, longitude and zoom.")
    base: Basemap = shown("What it is drawn on.")
    moves: tuple[Place, ...] = shown("Closer, wider, north, south, west, east, all.")
    names: tuple[DrawnName, ...] = shown("Countries.")
    discs: tuple[DrawnDisc, ...] = shown("Events, areas first.")
    periods: tuple[DrawnPeriod, ...] = shown("Periods to choose from.")
    far: tuple[Place, ...] = shown("What lies far before and after those periods.")
    all_periods: str = shown("Address of the map of all times; empty where it is that.")
    rows: tuple[SpotRow, ...] = shown("All events that fit, wherever the window is.")
    pager: Pager = shown("Which rows these are.")
    unplaced: int = shown("Of how many it cannot be told where that is.")


@router.get("/map")
def map_(
    visit: Visited,
    *,
    q: str = "",
    place: str = "",
    type: str = "",  # noqa: A002 - the field's word
    since: str = "",
    until: str = "",
    at: str = "",
    page: str = "1",
    width: str = "",
) -> Response:
    """Show where events happened, within a window of the world."""
    by = Narrowed(
        words=q.strip(),
        place=place.strip(),
        type=next((each for each in EventType if each == type), None),
        since=since.strip(),
        until=until.strip(),
    )
    problem = visit.refusal(lambda _: window(by))
    fitting = replace(by, since="", until="") if problem else by
    with visit.node() as node:
        spots = node.charts.spots(fitting)
        ever = replace(fitting, since="", until="")
        at_any_time = spots if ever == fitting else node.charts.spots(ever)
    wide = float(min(max(whole_number(width, WIDTH), NARROWEST), WIDEST))
    middles = {spot.position for spot in spots if spot.position is not None}
    view = _view(at, wide) or around(
        [p for p in middles if p.grain is not Grain.REGION] or middles, wide, HEIGHT
    )
    sheet = _Sheet(visit, view, by)
    opened = opening(spot.bar for spot in at_any_time)
    some, pager = rows.paged(spots, whole_number(page), "map", size=rows.ROWS, at=at, **_asked(by))
    return visit.show(
        MapPage(
            title=visit("Map"),
            problem=problem,
            filter=Filter(by.words, by.since, by.until, ()),
            place=by.place,
            types=(
                Choice("", visit("any type"), by.type is None),
                *rows.choices(EventType, by.type, visit.speech),
            ),
            at=_at(view),
            base=Basemap.of(view),
            moves=tuple(sheet.moves()),
            names=tuple(sheet.names()),
            discs=tuple(sheet.disc(disc) for disc in discs(spots, view)),
            periods=tuple(sheet.periods(at_any_time, opened)) if opened else (),
            far=tuple(far(visit, opened, sheet.within)) if opened else (),
            all_periods=sheet.address(since="", until="") if by.since or by.until else "",
            rows=tuple(_row(spot, visit) for spot in some),
            pager=pager,
            unplaced=sum(spot.position is None for spot in spots),
        ),
        422 if problem else 200,
    )


def _asked(by: Narrowed) -> dict[str, str]:
    """Return what stands in every address of this page, the window apart."""
    return {
        "q": by.words,
        "place": by.place,
        "type": by.type or "",
        "since": by.since,
        "until": by.until,
    }


def _view(at: str, width: float) -> Window | None:
    """Return the window that an address names, None where it names none."""
    try:
        latitude, longitude, zoom = (float(part) for part in at.split(","))
    except ValueError:
        return None
    if not (-90 <= latitude <= 90 and -360 <= longitude <= 360 and LEAST <= zoom <= MOST):
        return None
    return Window(latitude, longitude, zoom, width, HEIGHT)


def _at(view: Window) -> str:
    return f"{view.latitude:.3f},{view.longitude:.3f},{view.zoom:.2f}"


@cache
def _numbers() -> Mapping[str, str]:
    """Return the numbers of countries, by which outlines are named, by their letters."""
    aliases: Mapping[str, Sequence[str]] = get_global("territory_aliases")
    return {found[0]: number for number, found in aliases.items() if number.isdigit()}


def _row(spot: Spot, visit: Visit) -> SpotRow:
    bar = spot.bar
    grain = words.label(spot.position.grain, visit) if spot.position else ""
    return SpotRow(
        href=rows.address("events", bar.id),
        label=rows.foreign(bar.words, bar.language),
        where=tuple(map(rows.name, bar.where)),
        grain=grain,
        when=visit.speech.when(bar.when),
        at_least=bar.at_least,
        at_most=bar.at_most,
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Draws one window for one person."""

    visit: Visit
    view: Window
    by: Narrowed

    def address(self, view: Window | None = None, **other: str) -> str:
        """Return the address of this map with another window, period or place."""
        return rows.address("map", **{**_asked(self.by), "at": _at(view or self.view), **other})

    def within(self, start: int, end: int) -> str:
        """Return the address of this map from one minute to another."""
        return self.address(since=edtf_of(start), until=last_edtf(end))

    def moves(self) -> Iterable[Place]:
        """Yield the links that move the window without script."""
        view, visit = self.view, self.visit
        lat, lon = (90 / 2 ** max(view.zoom - 1, 0), 180 / 2 ** max(view.zoom - 1, 0))
        for label, moved in (
            (visit("Closer"), replace(view, zoom=min(view.zoom + 1, MOST))),
            (visit("Wider"), replace(view, zoom=max(view.zoom - 1, LEAST))),
            (visit("North"), replace(view, latitude=min(view.latitude + lat / 2, 80.0))),
            (visit("South"), replace(view, latitude=max(view.latitude - lat / 2, -80.0))),
            (visit("West"), replace(view, longitude=max(view.longitude - lon / 2, -180.0))),
            (visit("East"), replace(view, longitude=min(view.longitude + lon / 2, 180.0))),
        ):
            yield Place(label, self.address(moved), current=False, language="")
        yield Place(
            visit("All"), rows.address("map", **_asked(self.by)), current=False, language=""
        )

    def names(self) -> Iterable[DrawnName]:
        """Yield the names of the countries that are large enough to bear one."""
        territories = Locale(self.visit.speech.language).territories
        for code, position in countries().items():
            x, y = self.view.at(position.latitude, position.longitude)
            if self.view.reach(position) >= _NAMED and self.view.sees(x, y):
                yield DrawnName(x, y, territories.get(code.upper(), ""))

    def disc(self, disc: Disc) -> DrawnDisc:
        """Return events at one place: a link to the one, or to where they are told apart."""
        spots = disc.spots
        grains = {spot.position.grain for spot in spots if spot.position}
        return DrawnDisc(
            href=self._opened(disc),
            kind=grains.pop() if len(grains) == 1 else "several",
            x=disc.x,
            y=disc.y,
            radius=disc.reach if disc.area else max(disc.reach, _size(len(spots))),
            area=disc.area,
            outline=self._outline(disc),
            count=len(spots),
            title=self._said(spots),
        )

    def _outline(self, disc: Disc) -> str:
        """Return the address of the outline of a country, empty of whatever else."""
        position, drawn = disc.spots[0].position, world(self.view.zoom)
        if not (disc.area and drawn and position and position.grain is Grain.COUNTRY):
            return ""
        number = _numbers().get(position.country.upper(), "")
        return f"{drawn}#c{number}" if number else ""

    def _opened(self, disc: Disc) -> str:
        """Return where a disc leads: its event, its place's list, or a closer window."""
        spots = disc.spots
        if len(spots) == 1:
            return rows.address("events", spots[0].bar.id)
        places = {spot.position for spot in spots}
        if len(places) == 1 or self.view.zoom >= MOST:
            return self.address(place=spots[0].bar.where[0]) + "#listed"
        latitudes = [p.latitude for p in places if p]
        longitudes = [p.longitude for p in places if p]
        middle = replace(
            self.view,
            latitude=(min(latitudes) + max(latitudes)) / 2,
            longitude=(min(longitudes) + max(longitudes)) / 2,
            zoom=min(self.view.zoom + 2, MOST),
        )
        return self.address(middle)

    def _said(self, spots: Sequence[Spot]) -> str:
        """Return what a disc holds in one line, for whoever hears it or rests on it."""
        named = dict.fromkeys(name for spot in spots[:_LOOKED_AT] for name in spot.bar.where)
        listed = self.visit.speech.listed
        where = listed(words.isolate(name) for name in list(named)[:4])
        grains = sorted({spot.position.grain for spot in spots if spot.position}, key=_FINENESS)
        fine = listed(words.label(grain, self.visit) for grain in grains)
        what = words.isolate(spots[0].bar.words) if len(spots) == 1 else ""
        count = self.visit("Events") + f": {len(spots)}" if len(spots) > 1 else ""
        return " · ".join(part for part in (where, fine, what, count) if part)

    def periods(self, spots: Sequence[Spot], opened: Opening) -> Iterable[DrawnPeriod]:
        """Yield periods as columns, as high as there are events that begin in them."""
        dated = (spot.bar for spot in spots if spot.bar.dated and spot.bar.meets(*opened.span))
        groups = counted(tuple(dated), *opened.span).groups
        most = max((group.count for group in groups), default=1)
        back = words.text_direction(self.visit.speech.language) == "rtl"
        for group in groups:
            wide = max(group.width / WORLD * self.view.width - 1, 3.0)
            x = group.x / WORLD * self.view.width
            height = max(STRIP * group.count / most, 4.0)
            first, last = edtf_of(group.start), last_edtf(group.end)
            when = self.visit.speech.when(f"{first[:10]}/{last[:10]}")
            yield DrawnPeriod(
                href=self.address(since=first, until=last),
                x=round(self.view.width - x - wide if back else x, 1),
                y=round(STRIP - height, 1),
                width=round(wide, 1),
                height=round(height, 1),
                title=f"{when}: {group.count}",
            )


def _size(count: int) -> float:
    """Return the radius on paper of a count: an area for every number, as charts have it."""
    return round(min(9 + 2.2 * math.sqrt(count), 24), 1)
