"""A time line opens where nearly all lies, and says what it leaves out and how to see it."""

import re
from dataclasses import replace
from datetime import datetime
from html import unescape
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.simulators.node import SimulatedNode, filled
from tests.web.support_web import Person, person
from tests.web.test_web_scenes import bar

from tawatur.i18n import LANGUAGES, catalogue
from tawatur.model.ids import EventId
from tawatur.node.indexing.bars import Bar, minute_of
from tawatur.web.openings import ONE_IN, SEVERAL, Opening, opening
from tawatur.web.scenes import DAY

YEAR = 365 * DAY


def minute(year: int, month: int = 1, day: int = 1) -> int:
    """Return the first minute of a day."""
    return minute_of(datetime(year, month, day))  # noqa: DTZ001 - dates of reports have no zone


def on(number: int, first: int) -> Bar:
    """Return a thing that lies on one day."""
    return bar(number, first, first + DAY - 1)


CROWD = tuple(on(n, minute(2021) + n * DAY) for n in range(300))
"""Three hundred days in a row."""

times = st.one_of(st.integers(minute(2019), minute(2022)), st.integers(minute(1500), minute(2900)))
things = st.lists(st.tuples(times, st.sampled_from([0, DAY, YEAR]), st.booleans()), max_size=20)


def made(far: list[tuple[int, int, bool]], crowd: int) -> list[Bar]:
    """Return a crowd and some that may lie anywhere, with one end open where that is said."""
    some = [
        bar(1000 + n, None if open_ else first, first + long)
        for n, (first, long, open_) in enumerate(far)
    ]
    return [*(on(n, minute(2021) + n * 60) for n in range(crowd)), *some]


def spanned(bars: list[Bar]) -> Opening:
    """Return the opening of what is not empty."""
    found = opening(bars)
    assert found is not None
    return found


@given(things, st.integers(1, 500))
def test_no_more_than_one_or_one_in_a_hundred_is_left_out(
    far: list[tuple[int, int, bool]], crowd: int
) -> None:
    """And what is left out is what does not meet the window, no other."""
    bars = made(far, crowd)
    found = spanned(bars)
    hidden = [*found.before, *found.after]
    assert len(hidden) <= max(len(bars) // ONE_IN, len(bars) >= SEVERAL)
    assert {b.id for b in hidden} == {b.id for b in bars if not b.meets(*found.span)}


@given(things, st.integers(1, 300), st.randoms(use_true_random=False))
def test_the_order_of_things_says_nothing(
    far: list[tuple[int, int, bool]], crowd: int, random: Random
) -> None:
    """Neither of the span nor of what lies outside it."""
    bars = made(far, crowd)
    found = spanned(bars)
    random.shuffle(bars)
    again = spanned(bars)
    assert (again.span, again.whole) == (found.span, found.whole)
    assert set(again.before) == set(found.before)
    assert set(again.after) == set(found.after)


@given(times, st.sampled_from([0, DAY, YEAR]))
def test_one_thing_alone_is_all_there_is(first: int, long: int) -> None:
    """However long."""
    found = spanned([bar(1, first, first + long)])
    assert found.span == found.whole
    assert found.span[0] <= first <= first + long <= found.span[1]


def test_nothing_bounded_opens_nothing() -> None:
    """As a node without documents."""
    assert opening([]) is None
    assert opening([bar(1, None, None)]) is None


@pytest.mark.parametrize(
    ("far", "before", "after"),
    [
        pytest.param([minute(1821)], 1, 0, id="a misread year"),
        pytest.param([minute(1954), minute(1962), minute(1988)], 3, 0, id="three of history"),
        pytest.param([minute(2201)], 0, 1, id="one in the time to come"),
        pytest.param([minute(1830), minute(2999)], 1, 1, id="one at each end"),
        pytest.param([minute(2020, 12, 10)], 0, 0, id="a gap of three weeks"),
        pytest.param([minute(2020, 6, 1)], 0, 0, id="a gap shorter than the rest"),
        pytest.param([minute(1954 + n) for n in range(4)], 0, 0, id="more than one in a hundred"),
    ],
)
def test_what_is_far_is_left_out(far: list[int], before: int, after: int) -> None:
    """Where it is few, and the gap longer than all the rest lasts."""
    found = spanned([*CROWD, *(on(1000 + n, first) for n, first in enumerate(far))])
    assert (len(found.before), len(found.after)) == (before, after)
    assert (found.span == found.whole) is (before == after == 0)


def test_what_reaches_in_from_far_is_not_left_out() -> None:
    """A state of a hundred years does not stretch the window, and is not hidden by it."""
    found = spanned([*CROWD, bar(1000, minute(1921), minute(2021, 6))])
    assert found.span[0] > minute(2020)
    assert found.before == ()


def test_of_several_one_is_left_out_and_of_a_few_none() -> None:
    """Of two or three nobody knows which is far."""
    found = spanned([*CROWD[: SEVERAL - 1], on(1000, minute(1821))])
    assert (len(found.before), len(found.after)) == (1, 0)
    found = spanned([*CROWD[: SEVERAL - 1], on(1000, minute(1821)), on(1001, minute(1822))])
    assert found.span == found.whole
    found = spanned([*CROWD[: SEVERAL - 2], on(1000, minute(1821))])
    assert found.span == found.whole


@pytest.fixture
def someone() -> Person[SimulatedNode]:
    """Return somebody in front of a node with many events of one year and two of 1821."""
    here = person(filled())
    first = here.node.all_events[0]
    days = [
        "1821-03-04",
        "1821-03-05",
        *(f"2021-0{n // 28 % 9 + 1}-{n % 28 + 1:02}" for n in range(252)),
    ]
    here.node.all_events = tuple(
        replace(first, id=EventId(f"v-{n:016}"), when=day) for n, day in enumerate(days)
    )
    return here


def shown_far(page: str) -> list[str]:
    """Return the addresses under what is said of the far."""
    said = re.search(r'<span class="far">(.*?)</span>', page)
    return [unescape(each) for each in re.findall(r'href="([^"]+)"', said[1])] if said else []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_it_leaves_out(someone: Person[SimulatedNode], language: str) -> None:
    """In words, with a link to it that can be sent; all is one link away as well."""
    page = someone.get("/timeline", language).text
    said = "Far from all the rest in time, and so left out here. Show:"
    assert catalogue(language).get(said, said) in page
    assert ">1821<" not in page
    (far,) = shown_far(page)
    assert "(2)" in page[page.index('class="far"') :][:300]
    there = someone.get(far).text
    assert there.count('<th scope="row"') == 2
    assert shown_far(there) == []
    all_ = someone.get("/timeline?span=all").text
    assert shown_far(all_) == []
    assert "1820" in all_[all_.index('class="ticks"') :]


def test_a_window_that_is_asked_for_stays(someone: Person[SimulatedNode]) -> None:
    """Nobody who asks for two hundred years is shown fewer."""
    page = someone.get("/timeline?since=1800&until=2021").text
    assert shown_far(page) == []
    assert f'data-start="{minute(1800)}"' in page


def test_the_periods_of_the_map_leave_out_the_far(someone: Person[SimulatedNode]) -> None:
    """And lead to it."""
    page = someone.get("/map").text
    (far,) = shown_far(page)
    strip = page[page.index('class="periods"') : page.index("</figure>")]
    assert strip.count('class="count"') > 20
    assert "1821" in far
    assert someone.get(far).text.count('<th scope="row"') == 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("window", ["since=2017&until=2024", "since=2021-01&until=2021-12"])
def test_the_ticks_of_a_narrow_chart_are_not_written_over_each_other(
    someone: Person[SimulatedNode], language: str, window: str
) -> None:
    """A letter takes seven pixels at most; months are long in Arabic, and some go without."""
    page = someone.get(f"/timeline?{window}&width=300", language).text
    drawn = page[page.index('<g class="ticks">') :]
    found = re.findall(r'<text x="([\d.]+)" y="14" text-anchor="middle">([^<]+)<', drawn)
    ends = sorted((float(x) - 3.5 * len(label), float(x) + 3.5 * len(label)) for x, label in found)
    assert len(ends) > 1
    assert ends[0][0] >= 0
    assert ends[-1][1] <= 300
    assert all(before[1] <= after[0] for before, after in pairwise(ends))
