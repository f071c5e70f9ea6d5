"""Commitments are overdue and requests wait only as surely as their dates tell."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.model.desk import (
    Commitment,
    CommitmentStatus,
    Effects,
    Request,
    RequestStatus,
    Review,
    Sitting,
    Step,
)
from tawatur.model.ids import DeskId
from tawatur.model.moment import Moment

DATES = st.one_of(
    st.integers(2019, 2024).map(str),
    st.tuples(st.integers(2019, 2024), st.integers(1, 12)).map(lambda p: f"{p[0]}-{p[1]:02}"),
    st.dates(dt.date(2019, 1, 1), dt.date(2024, 12, 31)).map(dt.date.isoformat),
    st.sampled_from(
        ["2021/..", "../2021", "2021-23", "202X", "XXXX-11-01", "2021-06~", "[..2020]"]
    ),
)
DAYS = st.dates(dt.date(2018, 1, 1), dt.date(2032, 12, 31))


def _commitment(due: str | None, status: CommitmentStatus = CommitmentStatus.OPEN) -> Commitment:
    return Commitment(DeskId("k-0000000000000000"), "بانزورا", "كتيبة", due=due, status=status)


def _request(since: str | None, status: RequestStatus = RequestStatus.OPEN) -> Request:
    return Request(DeskId("q-0000000000000000"), "A", "B", "jammers", since=since, status=status)


@given(DATES, DAYS)
def test_nothing_is_overdue_before_its_last_possible_day_is_over(due: str, today: dt.date) -> None:
    """Due "in 2021" is not overdue in 2021; an open end is never overdue."""
    upper = Moment.parse(due).upper
    assert _commitment(due).overdue(today) == (upper is not None and upper < today)


@given(DATES, DAYS, st.integers(1, 400))
def test_what_is_overdue_stays_so(due: str, today: dt.date, days: int) -> None:
    """Until a person closes it."""
    if _commitment(due).overdue(today):
        assert _commitment(due).overdue(today + dt.timedelta(days=days))


@given(DATES | st.none(), DAYS, st.sampled_from(list(CommitmentStatus)[1:]))
def test_what_is_closed_is_never_overdue(
    due: str | None, today: dt.date, status: CommitmentStatus
) -> None:
    """Neither is what has no date."""
    assert not _commitment(due, status).overdue(today)
    assert not _commitment(None).overdue(today)


@given(DATES, DAYS)
def test_a_request_has_waited_at_least_so_long(since: str, today: dt.date) -> None:
    """Counted from the last day on which it can have been made, and never negative."""
    upper = Moment.parse(since).upper
    waited = _request(since).waiting(today)
    assert (waited is None) == (upper is None)
    if upper is not None:
        assert waited == max(0, (today - upper).days)


@pytest.mark.parametrize("status", list(RequestStatus)[1:])
def test_a_closed_request_waits_for_nobody(status: RequestStatus) -> None:
    """Nor is it known how long one waits that tells no date."""
    today = dt.date(2024, 1, 1)
    assert _request("2021", status).waiting(today) is None
    assert _request(None).waiting(today) is None


def test_the_desk_keeps_no_position_phone_or_movement() -> None:
    """No value of it has a field for one."""
    forbidden = {"position", "phone", "movement", "place", "where", "location", "coordinates"}
    for kind in (Commitment, Request, Effects, Step, Review, Sitting):
        assert not forbidden & {field.name for field in dataclasses.fields(kind)}
