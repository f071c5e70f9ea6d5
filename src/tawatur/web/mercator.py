"""Where things stand on a map: a window of the world in pixels, and what is drawn together in it.

The projection is that of web maps (spherical Mercator): the world is a square of 1000 units. A
place is a disc as large as it may reach, never a point. What would lie on top of one another
is drawn as one disc with a count, so that a map holds at most so many things as it has room
for, however many the node holds.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tawatur.node.seeing.charts import Spot
from tawatur.node.seeing.positions import Position

WORLD: Final = 1000.0
"""Units of the world's width."""
LEAST, MOST = 0.0, 11.0
"""Zooms: the world is 256 pixels wide at 0, and twice as wide at each further one."""
CELL = 46
"""Pixels within which things are drawn as one."""
LARGE = 30
"""Pixels of reach from which on a place is drawn as an area of its own."""
AREAS = 60
"""Areas drawn; where more are in the window the smaller ones are drawn as counts."""
_HIGHEST = 85.0
_EARTH_KM = 40_075.0


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the world: its middle in degrees, a zoom, and pixels wide and high."""

    latitude: float
    longitude: float
    zoom: float
    width: float
    height: float

    @property
    def scale(self) -> float:
        """Pixels of one unit of the world."""
        return float(256 * 2**self.zoom / WORLD)

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return a place in pixels from the window's left and upper edge."""
        x, y = projected(latitude, longitude)
        left, top = self.corner
        return round((x - left) * self.scale, 1), round((y - top) * self.scale, 1)

    @property
    def corner(self) -> tuple[float, float]:
        """The window's left upper corner in units of the world."""
        x, y = projected(self.latitude, self.longitude)
        return x - self.width / 2 / self.scale, y - self.height / 2 / self.scale

    def reach(self, position: Position) -> float:
        """Return how many pixels around its middle a place may reach."""
        shrunk = max(math.cos(math.radians(position.latitude)), 0.1)
        return round(position.km / (_EARTH_KM * shrunk) * WORLD * self.scale, 1)

    def sees(self, x: float, y: float, reach: float = 0.0) -> bool:
        """Return whether a disc lies at least partly in the window."""
        return -reach <= x <= self.width + reach and -reach <= y <= self.height + reach


@dataclass(frozen=True, slots=True)
class Disc:
    """Things drawn as one: those of one place, or of places that lie close together.

    ``area`` is a place large enough to be shown as such; else the disc is a count.
    """

    x: float
    y: float
    reach: float
    spots: tuple[Spot, ...]
    area: bool


def projected(latitude: float, longitude: float) -> tuple[float, float]:
    """Return a place in units of the world, from its left and upper edge."""
    north = math.radians(max(-_HIGHEST, min(_HIGHEST, latitude)))
    y = math.asinh(math.tan(north)) / math.pi
    return (longitude + 180) / 360 * WORLD, (1 - y) / 2 * WORLD


def unprojected(x: float, y: float) -> tuple[float, float]:
    """Return latitude and longitude of a place in units of the world."""
    north = math.atan(math.sinh((1 - 2 * y / WORLD) * math.pi))
    return math.degrees(north), x / WORLD * 360 - 180


def around(positions: Iterable[Position], width: float, height: float) -> Window:
    """Return the narrowest window that shows all middles with room around; or the world."""
    points = [projected(p.latitude, p.longitude) for p in positions]
    if not points:
        return Window(25.0, 15.0, 1.6, width, height)
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    latitude, longitude = unprojected((left + right) / 2, (top + bottom) / 2)
    room = 1.35
    scale = min(width / max((right - left) * room, 12.0), height / max((bottom - top) * room, 12.0))
    zoom = min(max(math.log2(scale * WORLD / 256), LEAST), MOST)
    return Window(round(latitude, 3), round(longitude, 3), round(zoom, 2), width, height)


def discs(spots: Sequence[Spot], window: Window) -> tuple[Disc, ...]:
    """Return what is drawn of ``spots``, the largest areas first and counts over them."""
    by_place: dict[Position, list[Spot]] = defaultdict(list)
    for spot in spots:
        if spot.position is not None:
            by_place[spot.position].append(spot)
    placed = []
    for position, some in by_place.items():
        x, y = window.at(position.latitude, position.longitude)
        reach = window.reach(position)
        if window.sees(x, y, reach):
            placed.append(Disc(x, y, reach, tuple(some), reach >= LARGE))
    placed.sort(key=lambda disc: (-disc.reach, disc.x, disc.y))
    areas = [disc for disc in placed if disc.area and disc.reach < window.width * 2][:AREAS]
    drawn = {id(disc) for disc in areas}
    return (*areas, *_together([disc for disc in placed if id(disc) not in drawn]))


def _together(some: Iterable[Disc]) -> Iterable[Disc]:
    """Return counts, one for each cell of the window, in the middle of what it holds."""
    cells: dict[tuple[int, int], list[Disc]] = defaultdict(list)
    for disc in some:
        cells[int(disc.x // CELL), int(disc.y // CELL)].append(disc)
    for held in cells.values():
        weight = len(held)
        yield Disc(
            round(sum(disc.x for disc in held) / weight, 1),
            round(sum(disc.y for disc in held) / weight, 1),
            max(disc.reach for disc in held),
            tuple(spot for disc in held for spot in disc.spots),
            area=False,
        )
