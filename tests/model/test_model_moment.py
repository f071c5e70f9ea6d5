"""An EDTF value is the interval of days it may mean; an independent parser agrees."""

import datetime as dt

import edtf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.model.moment import Moment

YEARS = st.integers(1000, 2100)
DATES = st.one_of(
    YEARS.map(lambda y: f"{y:04}"),
    st.tuples(YEARS, st.integers(1, 12)).map(lambda p: f"{p[0]:04}-{p[1]:02}"),
    st.dates(dt.date(1000, 1, 1), dt.date(2100, 12, 31)).map(dt.date.isoformat),
    st.integers(100, 209).map(lambda d: f"{d}X"),
    st.integers(10, 20).map(lambda c: f"{c}XX"),
)
SINGLE = st.tuples(DATES, st.sampled_from(["", "~", "?"])).map("".join)


def _day(value: object) -> dt.date:
    return dt.date(value.tm_year, value.tm_mon, value.tm_mday)  # type: ignore[attr-defined]  # edtf has no types


@settings(max_examples=200, deadline=None)
@given(SINGLE.filter(lambda v: "X" not in v or v[-1] not in "~?"))
def test_bounds_are_those_of_another_implementation(value: str) -> None:
    """First and last day by the edtf package."""
    moment, oracle = Moment.parse(value), edtf.parse_edtf(value)
    assert moment.lower == _day(oracle.lower_strict())
    assert moment.upper == _day(oracle.upper_strict())


@settings(max_examples=200, deadline=None)
@given(st.tuples(SINGLE, SINGLE))
def test_an_interval_runs_from_its_first_day_to_its_last(pair: tuple[str, str]) -> None:
    """Its bounds are those of its ends."""
    one, other = sorted(pair, key=lambda v: Moment.parse(v).lower or dt.date.min)
    start, end = Moment.parse(one), Moment.parse(other)
    if start.lower and end.upper and start.lower <= end.upper:
        whole = Moment.parse(f"{one}/{other}")
        assert (whole.lower, whole.upper) == (start.lower, end.upper)


@pytest.mark.parametrize(
    ("value", "lower", "upper"),
    [
        ("199X", dt.date(1990, 1, 1), dt.date(1999, 12, 31)),
        ("18XX/19XX", dt.date(1800, 1, 1), dt.date(1999, 12, 31)),
        ("XXXX-11-01", None, None),
        ("2011-02-XX", dt.date(2011, 2, 1), dt.date(2011, 2, 28)),
        ("[..2008]", None, dt.date(2008, 12, 31)),
        ("2011/..", dt.date(2011, 1, 1), None),
        ("../2011", None, dt.date(2011, 12, 31)),
    ],
)
def test_what_is_not_told_is_open(value: str, lower: dt.date | None, upper: dt.date | None) -> None:
    """Unspecified years and open ends bound nothing."""
    moment = Moment.parse(value)
    assert (moment.lower, moment.upper) == (lower, upper)


@pytest.mark.parametrize(
    "value", ["", "2012-13", "2012-02-30", "XXXX-13-01", "2014/2012", "2012-XX-05"]
)
def test_what_is_no_date_is_refused(value: str) -> None:
    """Impossible days and reversed intervals among them."""
    with pytest.raises(ValueError, match=r".+"):
        Moment.parse(value)


@settings(max_examples=100, deadline=None)
@given(DATES, DATES)
def test_before_is_never_true_both_ways(one: str, other: str) -> None:
    """Order is antisymmetric, meeting symmetric."""
    first, second = Moment.parse(one), Moment.parse(other)
    assert not (first.before(second) is True and second.before(first) is True)
    assert first.meets(second) == second.meets(first)
