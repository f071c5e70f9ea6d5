"""What is drawn stays light however much there is, and stands where its time and place are."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.model.reading import EventType
from tawatur.node.indexing.bars import Bar, BarKind, minute_of, moment_of
from tawatur.node.seeing.charts import Spot
from tawatur.node.seeing.positions import Grain, Position
from tawatur.web import mercator, scenes
from tawatur.web.scenes import DAY, UNITS, WHOLE, scene

FIRST, LAST = 20_000_000, 30_000_000


def bar(number: int, start: int | None, end: int | None, words: str = "they met") -> Bar:
    """Return a thing with these ends."""
    return Bar(
        f"v-{number:05}", BarKind.EVENT, EventType.CONSULT, words, "en", "2021", start, end,
        (), (), "proposed", 1, 1,
    )  # fmt: skip


spans = st.tuples(st.one_of(st.none(), st.integers(FIRST - 10**6, LAST)), st.integers(0, 3 * 10**6))
some = st.lists(spans, max_size=300).map(
    lambda found: [
        bar(n, start, None if start is None else start + long)
        for n, (start, long) in enumerate(found)
    ]
)


@given(some)
def test_everything_is_drawn_counted_or_said_to_be_left_out(bars: list[Bar]) -> None:
    """Nothing is lost between the three."""
    found = scene(bars, FIRST, LAST)
    inside = [each for each in bars if each.meets(FIRST, LAST)]
    counted = sum(group.count for group in found.groups)
    assert len(found.items) + counted + found.anywhere == len(inside)


@given(some, st.sampled_from([320.0, 1000.0, 2400.0]))
def test_no_two_things_of_a_lane_touch(bars: list[Bar], width: float) -> None:
    """A label has room as well."""
    lanes: dict[int, list[scenes.Item]] = {}
    for item in scene(bars, FIRST, LAST, width).items:
        lanes.setdefault(item.lane, []).append(item)
    for items in lanes.values():
        for one, next_ in pairwise(items):
            assert one.x + one.width <= next_.x


@pytest.mark.parametrize("spread", [1, 400, 9_000_000])
def test_twenty_thousand_are_as_light_as_two_hundred(spread: int) -> None:
    """On one day as over twenty years."""
    bars = [
        bar(n, FIRST + n * spread // 20_000, FIRST + n * spread // 20_000 + DAY)
        for n in range(20_000)
    ]
    found = scene(bars, FIRST, LAST)
    assert len(found.items) <= scenes.MOST
    assert len(found.groups) <= scenes.STEPS + 1
    assert found.lanes <= scenes.LANES
    assert len(found.ticks) <= scenes.TICKS + 1


@given(st.integers(minute_of(moment_of(-(10**9))), 10**9), st.sampled_from(UNITS))
def test_a_step_of_the_calendar_holds_its_minute(minute: int, unit: scenes.Unit) -> None:
    """And the next begins where it ends."""
    start = unit.floor(minute)
    assert start <= minute < unit.next(start)
    assert unit.floor(unit.next(start)) == unit.next(start)


def test_what_is_longer_stands_first_where_all_is_counted() -> None:
    """War and state outlast the day on which much happened."""
    days = [bar(n, FIRST + n * DAY, FIRST + n * DAY + 60) for n in range(3000)]
    found = scene([bar(9999, FIRST + 10, LAST - 10), *days], FIRST, LAST)
    assert [item.bar.id for item in found.items] == ["v-09999"]
    assert all(0 <= item.x <= WHOLE for item in found.items)


def spot(number: int, latitude: float, longitude: float, km: int = 6) -> Spot:
    """Return an event there."""
    grain = Grain.TOWN if km < 30 else Grain.COUNTRY
    return Spot(bar(number, FIRST, LAST), Position(grain, "dz", latitude, longitude, km))


@given(st.floats(-80, 80), st.floats(-179, 179))
def test_a_place_is_found_where_it_was_put(latitude: float, longitude: float) -> None:
    """The projection leads back."""
    north, east = mercator.unprojected(*mercator.projected(latitude, longitude))
    assert north == pytest.approx(latitude, abs=1e-6)
    assert east == pytest.approx(longitude, abs=1e-6)


def test_a_map_of_twenty_thousand_has_room_for_all() -> None:
    """They are drawn as counts, and the counts hold them all."""
    spots = [spot(n, 20 + n % 141 / 10, n % 143 / 10) for n in range(20_000)]
    view = mercator.around([s.position for s in spots if s.position], 1000, 560)
    drawn = mercator.discs(spots, view)
    assert len(drawn) <= 1000 * 560 / mercator.CELL**2 + 60
    assert sum(len(disc.spots) for disc in drawn) == len(spots)


def test_a_country_is_an_area_and_a_town_is_none() -> None:
    """The disc of a town grows with the zoom, until it is one too."""
    spots = [spot(1, 28, 3, 800), spot(2, 36.7, 3.0)]
    view = mercator.Window(30, 3, 4, 1000, 560)
    assert [disc.area for disc in mercator.discs(spots, view)] == [True, False]
    close = mercator.Window(36.7, 3.0, 11, 1000, 560)
    assert [disc.area for disc in mercator.discs(spots[1:], close)] == [True]
