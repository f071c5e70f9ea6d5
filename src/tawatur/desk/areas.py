"""Which part of the earth is an area, how coarsely may it be told, and do two overlap?

GeoJSON comes in (RFC 7946) and is checked: what crosses itself, is open or lies off the earth
is refused. What crosses the antimeridian is cut there. A disc around a place is drawn along
great circles, so that five hundred kilometres are that in Mali and in Svalbard.

To be told less finely an area becomes the cells of a grid that it has a part of; a cell is as
wide as it is high in kilometres, wherever it lies. The grid is the same for everybody, so
that what two notices have in common tells nothing of where in a cell either lies.

Imported where areas are worked with: geometry takes a tenth of a second to load.
"""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from tawatur.errors import Message, UsageError
from tawatur.model.area import Area, BorderNotice, Ring
from tawatur.model.label import Label, Tlp

EARTH_KM = 6371.0
"""Radius of the sphere on which discs are drawn: half a percent from the ellipsoid at most."""
DISTRICT = 0.25
"""Degrees of latitude of a cell of the finest grain unless a person chooses finer: 28 km."""
_CELLS: Mapping[Tlp, float] = {
    Tlp.CLEAR: DISTRICT,
    Tlp.GREEN: DISTRICT,
    Tlp.AMBER: 0.5,
    Tlp.AMBER_STRICT: 0.5,
    Tlp.RED: 1.0,
}
"""Degrees of the cells by which notices under a label are matched."""
_MOST_CELLS = 4096
"""Of one area; a larger one has cells twice as high, and again, until there are no more."""
_DIGITS = 6
"""Of a degree, behind the point: ten centimetres."""
_CORNERS = 72
"""Of a disc: its edge lies within a thousandth of its reach."""


def cell_of(label: Label) -> float:
    """Return how high, in degrees of latitude, the cells are by which a label is matched."""
    return _CELLS[label.tlp]


def area_of(geojson: str | bytes) -> Area:
    """Return the area that GeoJSON writes: polygons, alone or in features, all of them together.

    Raises:
        UsageError: It is no GeoJSON or no area, lies off the earth, or crosses itself.
    """
    if not geojson.strip():
        raise UsageError("the GeoJSON holds no area")
    try:
        polygons = list(_polygons(json.loads(geojson)))
        shapes = [_polygon(rings) for rings in polygons]
    except json.JSONDecodeError as cause:
        raise UsageError(
            "this is no JSON: line {0}, column {1}", str(cause.lineno), str(cause.colno)
        ) from cause
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError) as cause:
        raise UsageError("this is no GeoJSON of an area: {0}", Message(str(cause))) from cause
    if not shapes:
        raise UsageError("the GeoJSON holds no area")
    return _area(shapely.union_all([_cut(shape) for shape in shapes]))


def verify(area: Area) -> None:
    """Raise ValueError unless an area that came from elsewhere is one.

    Raises:
        ValueError: It crosses itself, is empty, or lies off the earth.
    """
    try:
        area_of(json.dumps(geometry(area)))
    except UsageError as cause:
        raise ValueError(str(cause)) from cause


def together(areas: Iterable[Area]) -> Area:
    """Return one area that holds all of some, at least one."""
    return _area(shapely.union_all([shape_of(area) for area in areas]))


def geometry(area: Area) -> dict[str, Any]:
    """Return an area as a GeoJSON MultiPolygon."""
    polygons = [[[list(corner) for corner in ring] for ring in rings] for rings in area.polygons]
    return {"type": "MultiPolygon", "coordinates": polygons}


def disc(latitude: float, longitude: float, km: float) -> Area:
    """Return the area within so many kilometres of a place."""
    reach = min(km / EARTH_KM, math.pi / 2)
    lat, bearings = math.radians(latitude), np.linspace(0, 2 * math.pi, _CORNERS, endpoint=False)
    lats = np.arcsin(
        math.sin(lat) * math.cos(reach) + math.cos(lat) * math.sin(reach) * np.cos(bearings)
    )
    turned = np.arctan2(
        np.sin(bearings) * math.sin(reach) * math.cos(lat),
        math.cos(reach) - math.sin(lat) * np.sin(lats),
    )
    corners = [
        (round(longitude + math.degrees(turn), _DIGITS), round(math.degrees(high), _DIGITS))
        for turn, high in zip(turned, lats, strict=True)
    ]
    if lat + reach > math.pi / 2:
        return _area(_cut(_around_pole(corners, 90.0)))
    if lat - reach < -math.pi / 2:
        return _area(_cut(_around_pole(corners, -90.0)))
    return _area(_cut(_polygon([[*corners, corners[0]]])))


def coarsened(area: Area, cell: float) -> Area:
    """Return the cells of a grid that an area has a part of; coarsened again they stay.

    Args:
        area: Any area.
        cell: Degrees of latitude that a cell is high; doubled while there would be too many.
    """
    shape = shape_of(area)
    while True:
        boxes = _boxes(shape, cell)
        if len(boxes) <= _MOST_CELLS:
            break
        cell *= 2
    shapely.prepare(shape)
    inside = boxes[shapely.intersects(shape, boxes) & ~shapely.touches(shape, boxes)]
    return _area(shapely.union_all(inside))


def only_existence(notice: BorderNotice, cell: float) -> BorderNotice:
    """Return what is left of a notice of which only the existence is given: whom to call."""
    first, last = notice.days
    return replace(
        notice,
        what="",
        area=coarsened(notice.area, cell),
        start=first.isoformat(),
        end=last.isoformat(),
        place=None,
        fine=False,
        existence=True,
        why=None,
        on=None,
        evidence=(),
    )


def overlap(one: Area, other: Area) -> Area | None:
    """Return what two areas have in common, None where that is at most an edge."""
    shared = shape_of(one).intersection(shape_of(other))
    return _area(shared) if shared.area > 0 else None


def overlapping(shape: bytes, shapes: Sequence[bytes]) -> list[int]:
    """Return which of some packed shapes have a part in common with one, by their number."""
    one = shapely.from_wkb(shape)
    shapely.prepare(one)
    others = shapely.from_wkb(np.array(shapes, dtype=object))
    return [int(n) for n in np.nonzero(shapely.intersects(one, others))[0]
            if not shapely.touches(one, others[n])]  # fmt: skip


def packed_shape(area: Area) -> bytes:
    """Return an area as `overlapping` compares it (WKB)."""
    return bytes(shapely.to_wkb(shape_of(area)))


def bounds(area: Area) -> tuple[float, float, float, float]:
    """Return its least longitude and latitude, and its greatest."""
    west, south, east, north = shape_of(area).bounds
    return west, south, east, north


def shape_of(area: Area) -> BaseGeometry:
    """Return an area as geometry."""
    return MultiPolygon([Polygon(rings[0], rings[1:]) for rings in area.polygons])


# ------------------------------------------------------------ within


def _polygons(found: Any) -> Iterator[Sequence[Ring]]:
    """Yield the rings of each polygon of a GeoJSON object."""
    match found["type"]:
        case "Feature":
            yield from _polygons(found["geometry"])
        case "FeatureCollection":
            for feature in found["features"]:
                yield from _polygons(feature)
        case "GeometryCollection":
            for part in found["geometries"]:
                yield from _polygons(part)
        case "Polygon":
            yield found["coordinates"]
        case "MultiPolygon":
            yield from found["coordinates"]
        case other:
            raise ValueError(f"{other!r} is no area")


def _polygon(rings: Sequence[Sequence[Sequence[float]]]) -> Polygon:
    """Return a checked polygon whose longitudes run on over the antimeridian.

    Raises:
        UsageError: It crosses itself.
        ValueError: It is not closed, or off the earth.
    """
    unwound = [_unwound(ring) for ring in rings]
    shape = Polygon(unwound[0], unwound[1:])
    if not shape.is_valid or shape.area == 0:
        raise UsageError("the area crosses itself, or is none: {0}", shapely.is_valid_reason(shape))
    return shape


def _around_pole(corners: Sequence[tuple[float, float]], pole: float) -> BaseGeometry:
    """Return what lies between a pole and an outline that goes round it once."""
    ring = sorted((x % 360, y) for x, y in corners)
    first, last = ring[0], ring[-1]
    west, east = (last[0] - 360, last[1]), (first[0] + 360, first[1])
    around = Polygon([west, *ring, east, (east[0], pole), (west[0], pole)])
    return around.intersection(shapely.box(0, -90, 360, 90))


def _unwound(ring: Sequence[Sequence[float]]) -> list[tuple[float, float]]:
    """Return a closed ring without steps of more than half the earth."""
    corners = [(float(corner[0]), float(corner[1])) for corner in ring]
    if len(corners) < 4 or corners[0] != corners[-1]:
        raise ValueError("a ring has four corners at least, and ends where it begins")
    if not all(
        math.isfinite(x) and -540 <= x <= 540 and -90 - 1e-9 <= y <= 90 + 1e-9 for x, y in corners
    ):
        raise ValueError("longitudes go from -180 to 180, latitudes from -90 to 90")
    found, turned = [corners[0]], 0.0
    for (before, _), (x, y) in pairwise(corners):
        turned -= 360 * round((x - before) / 360) if abs(x - before) > 180 else 0
        found.append((x + turned, y))
    if found[-1] != found[0]:
        raise ValueError("a ring that goes round a pole: cut it at the antimeridian")
    return found


def _cut(shape: BaseGeometry) -> BaseGeometry:
    """Return what runs on over the antimeridian within -180 to 180, cut there."""
    west, _, east, _ = shape.bounds
    turns = range(math.floor((west + 180) / 360), math.ceil((east + 180) / 360))
    parts = [
        shapely.transform(
            shape.intersection(shapely.box(-180 + 360 * n, -90, 180 + 360 * n, 90)),
            lambda corners, n=n: corners - (360 * n, 0),
        )
        for n in turns
    ]
    return shapely.union_all(parts)


def _area(shape: BaseGeometry) -> Area:
    """Return the polygons of a shape in one order, less what is only an edge or a corner."""
    parts = [part for part in _parts(shapely.normalize(shape)) if part.area > 0]
    return Area(
        tuple(
            tuple(
                tuple((x, y) for x, y in ring.coords) for ring in (part.exterior, *part.interiors)
            )
            for part in parts
        )
    )


def _parts(shape: BaseGeometry) -> Iterator[Polygon]:
    if isinstance(shape, Polygon):
        yield shape
    for part in getattr(shape, "geoms", ()):
        yield from _parts(part)


def _boxes(shape: BaseGeometry, cell: float) -> Any:
    """Return the cells of the grid within the bounds of a shape."""
    west, south, east, north = shape.bounds
    found = []
    for band in range(math.floor(south / cell), math.ceil(north / cell)):
        low, high = band * cell, (band + 1) * cell
        count = max(1, int(360 * math.cos(math.radians((low + high) / 2)) / cell))
        first = math.floor((west + 180) / 360 * count)
        last = math.ceil((east + 180) / 360 * count)
        edges = np.round(np.arange(first, last + 1) * 360 / count - 180, _DIGITS)
        found.append(shapely.box(edges[:-1], low, edges[1:], high))
        if sum(map(len, found)) > _MOST_CELLS:
            break
    return np.concatenate(found)
