"""Areas: what is no area is refused, coarser cells hold the finer area, a kilometre is one."""

import json
import math
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.desk import areas
from tawatur.errors import UsageError
from tawatur.i18n import said, translator
from tawatur.model.area import Area, BorderNotice
from tawatur.model.ids import DeskId, NodeId
from tawatur.model.label import Label, Terms, Tlp

discs = st.builds(
    areas.disc,
    st.floats(-89.9, 89.9),
    st.floats(-180, 180),
    st.sampled_from([5, 40, 300, 900]),
)
cells = st.sampled_from([0.25, 0.5, 1.0])


def polygon(*corners: tuple[float, float]) -> str:
    """Return the GeoJSON of a ring that is closed for its writer."""
    return json.dumps({"type": "Polygon", "coordinates": [[*corners, corners[0]]]})


def km_between(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the length of the great circle between two corners, by haversines."""
    (x, y), (u, v) = (tuple(map(math.radians, each)) for each in (a, b))
    half = math.sin((v - y) / 2) ** 2 + math.cos(y) * math.cos(v) * math.sin((u - x) / 2) ** 2
    return 2 * areas.EARTH_KM * math.asin(math.sqrt(half))


# ------------------------------------------------------------ GeoJSON


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        (polygon((0, 20), (2, 22), (2, 20), (0, 22)), "crosses itself"),
        (polygon((0, 20), (0, 20), (0, 20), (0, 20)), "or is none"),
        (polygon((0, 20), (2, 20)), "four corners"),
        (polygon((0, 20), (2, 95), (2, 20)), "latitudes from -90"),
        (polygon((0, 20), (2, math.nan), (2, 20)), "latitudes from -90"),
        (polygon((0, 80), (90, 80), (180, 80), (-90, 80)), "goes round a pole"),
        ('{"type": "Point", "coordinates": [0, 0]}', "is no area"),
        ('{"type": "Polygon", "coordinates": []}', "no GeoJSON"),
        ('{"type": "Feature", "geometry": null}', "no GeoJSON"),
        ("[", "no JSON"),
        ("", "holds no area"),
        (" \n", "holds no area"),
        ('{"type": "FeatureCollection", "features": []}', "holds no area"),
        ("[" * 100_000, "no GeoJSON"),
    ],
)
def test_what_is_no_area_is_refused(given_: str, said: str) -> None:
    """With a line that says why, and nothing foreign."""
    with pytest.raises(UsageError, match=said):
        areas.area_of(given_)


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        ('{"type": ', "ce n’est pas du JSON\u00a0: ligne 1, colonne 10"),
        (
            polygon((179, 95), (181, 95), (181, 96), (179, 96)),
            "les longitudes vont de -180 à 180, les latitudes de -90 à 90",
        ),
    ],
)
def test_why_it_is_no_area_is_said_in_the_language_of_the_reader(given_: str, told: str) -> None:
    """What Python says of it, in English, is nobody's."""
    with pytest.raises(UsageError) as refused:
        areas.area_of(given_)
    assert told in said(refused.value, translator("fr"))


def test_features_are_one_area_and_come_back_as_they_are() -> None:
    """All polygons of a collection together; holes stay holes."""
    hole = [[1, 21], [1.5, 21], [1.5, 21.5], [1, 21]]
    parts: list[Any] = [[[0, 20], [4, 20], [4, 24], [0, 24], [0, 20]], hole]
    feature = {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": parts}}
    away = json.loads(polygon((10, 20), (11, 20), (11, 21)))
    found = areas.area_of(
        json.dumps(
            {"type": "FeatureCollection", "features": [feature, {**feature, "geometry": away}]}
        )
    )
    assert [len(rings) for rings in found.polygons] == [2, 1]
    assert areas.area_of(json.dumps(areas.geometry(found))) == found
    areas.verify(found)


def test_what_crosses_the_antimeridian_is_cut_there() -> None:
    """Two degrees wide, not three hundred and fifty-eight."""
    found = areas.area_of(polygon((179, 10), (-179, 10), (-179, 12), (179, 12)))
    assert [areas.bounds(Area((each,))) for each in found.polygons] == [
        (179.0, 10.0, 180.0, 12.0),
        (-180.0, 10.0, -179.0, 12.0),
    ]
    beyond = areas.area_of(polygon((179, 10), (181, 10), (181, 12), (179, 12)))
    assert areas.shape_of(beyond).equals(areas.shape_of(found))
    assert areas.overlap(found, areas.disc(11, -179.5, 20)) is not None
    assert areas.overlap(found, areas.disc(11, 0, 20)) is None


# ------------------------------------------------------------ discs and cells


@given(st.floats(-80, 80), st.floats(-180, 180), st.sampled_from([5, 40, 300, 900]))
@settings(deadline=None)
def test_the_edge_of_a_disc_is_as_far_away_as_it_says(lat: float, lon: float, km: float) -> None:
    """Along great circles, at any latitude; where it is cut the edge may be nearer."""
    for rings in areas.disc(lat, lon, km).polygons:
        for corner in rings[0]:
            if abs(corner[0]) < 180 and abs(corner[1]) < 90:
                assert km_between((lon, lat), corner) <= km * 1.001 + 0.001


def test_a_disc_around_a_pole_holds_it() -> None:
    """Svalbard's nine hundred kilometres reach over the pole, to all longitudes."""
    found = areas.shape_of(areas.disc(88, 20, 500))
    assert found.is_valid
    assert found.contains(shapely.Point(-100, 89.9))
    assert not found.contains(shapely.Point(-160, 85))
    south = areas.shape_of(areas.disc(-88, 20, 500))
    assert south.contains(shapely.Point(-100, -89.9))


@given(discs, cells)
@settings(deadline=None, max_examples=60)
def test_coarser_cells_hold_the_area_and_stay_as_they_are(area: Area, cell: float) -> None:
    """Nothing of an area lies outside its cells, and cells coarsened again are the same."""
    coarse = areas.coarsened(area, cell)
    assert areas.shape_of(area).difference(areas.shape_of(coarse)).area < 1e-6
    again = areas.coarsened(coarse, cell)
    assert areas.shape_of(again).symmetric_difference(areas.shape_of(coarse)).area < 1e-6


@given(st.integers(-75, 75), st.floats(-179, 178), cells)
@settings(deadline=None)
def test_a_cell_is_about_as_wide_as_high(band: int, lon: float, cell: float) -> None:
    """In kilometres, so that far north nothing is told more finely."""
    middle = band + cell / 2
    west, south, east, north = areas.bounds(areas.coarsened(areas.disc(middle, lon, 0.05), cell))
    high, wide = km_between((0, south), (0, north)), km_between((west, south), (east, south))
    assert wide > 0.8 * high - 1


def test_a_very_large_area_has_larger_cells() -> None:
    """A continent by districts would be a hundred thousand of them."""
    coarse = areas.shape_of(areas.coarsened(areas.disc(15, 10, 4000), areas.DISTRICT))
    (whole,) = coarse.geoms
    assert len(whole.exterior.coords) < 2000


def test_what_only_touches_does_not_overlap() -> None:
    """Cells side by side share an edge, and nothing in them is shared."""
    one = areas.area_of(polygon((0, 0), (1, 0), (1, 1), (0, 1)))
    beside = areas.area_of(polygon((1, 0), (2, 0), (2, 1), (1, 1)))
    across = areas.area_of(polygon((0.5, 0.5), (2, 0.5), (2, 1), (0.5, 1)))
    packed = [areas.packed_shape(each) for each in (beside, across, one)]
    assert areas.overlap(one, beside) is None
    assert areas.overlapping(areas.packed_shape(one), packed) == [1, 2]


def test_a_stricter_label_never_has_finer_cells() -> None:
    """From CLEAR to RED."""
    labels = [Label.of(Terms(NodeId("n-1"), tlp)) for tlp in sorted(Tlp, key=lambda t: t.rank)]
    sizes = [areas.cell_of(label) for label in labels]
    assert sizes == sorted(sizes)


def test_only_existence_says_where_when_and_whom_to_call() -> None:
    """Cells, days and contact are left; what it is about, the place's name and times are not."""
    whole = BorderNotice(
        id=DeskId("f-0000000000000001"),
        by="Observatory",
        what="a patrol by night",
        area=areas.disc(20.2, 1.0, 3),
        start="2031-06-15T04:30Z",
        end="2031-06-15T06:30Z",
        contact="the duty officer",
        place="Tessalit",
        fine=True,
        why="asked by the prefect",
    )
    left = areas.only_existence(whole, 0.5)
    assert (left.start, left.end, left.contact) == ("2031-06-15", "2031-06-15", whole.contact)
    assert (left.what, left.place, left.why, left.fine) == ("", None, None, False)
    assert left.existence
    assert areas.coarsened(whole.area, 0.5) == left.area
