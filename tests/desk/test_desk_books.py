"""The desk's books: what needs a person first stands first; sums and digests say what they mean."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.desk import AGO, AHEAD, alike, due, money, next_day, urgency
from tawatur.errors import UsageError
from tawatur.model.desk import (
    Commitment,
    CommitmentStatus,
    Request,
    RequestStatus,
    Review,
    Sitting,
)
from tawatur.model.ids import DeskId
from tawatur.model.moment import Moment

TODAY = dt.date(2031, 6, 15)
DATES = st.sampled_from(
    [None, "2029", "2031", "2031-05", "2031-06-14", "2031-06-16", "2032-01", "2030/..", "XXXX-03"]
)
IDS = st.integers(0, 9999).map(lambda n: DeskId(f"k-{n:016}"))
kept = st.lists(
    st.builds(
        Commitment,
        id=IDS,
        by=st.just("بانزورا"),
        what=st.just("كتيبة"),
        due=DATES,
        status=st.sampled_from(CommitmentStatus),
    ),
    unique_by=lambda item: item.id,
)
asked = st.lists(
    st.builds(
        Request,
        id=IDS,
        by=st.just("Jalmada"),
        to=st.just("Dalmasa"),
        what=st.just("jammers"),
        since=DATES,
        status=st.sampled_from(RequestStatus),
    ),
    unique_by=lambda item: item.id,
)


@given(kept)
def test_commitments_are_listed_by_urgency_in_whatever_order_they_came(
    items: list[Commitment],
) -> None:
    """Overdue, then open, then the rest; within, the first due first, no date last."""
    listed = sorted(items, key=urgency)
    items.reverse()
    assert sorted(items, key=urgency) == listed
    ranks = [
        0 if c.overdue(TODAY) else 1 if c.status is CommitmentStatus.OPEN else 2 for c in listed
    ]
    assert ranks == sorted(ranks)
    still_open = [c for c in listed if c.status is CommitmentStatus.OPEN]
    dues = [(Moment.parse(c.due).upper if c.due else None) or dt.date.max for c in still_open]
    assert dues == sorted(dues)


@given(asked)
def test_requests_are_listed_by_how_long_they_wait(items: list[Request]) -> None:
    """Open ones first, the longest waiting at the top, whatever the order of the book."""
    listed = sorted(items, key=urgency)
    items.reverse()
    assert sorted(items, key=urgency) == listed
    closed = [r.status is not RequestStatus.OPEN for r in listed]
    assert closed == sorted(closed)
    waits = [r.waiting(TODAY) or 0 for r in listed if r.status is RequestStatus.OPEN]
    assert waits == sorted(waits, reverse=True)


@given(kept, asked)
def test_the_digest_tells_of_everything_overdue_or_waiting_and_says_why(
    promises: list[Commitment], wishes: list[Request]
) -> None:
    """And of nothing that is closed and undisputed."""
    told = {(line.id, line.what) for line in due(promises, wishes, (), TODAY)}
    assert {(c.id, c.what) for c in promises if c.overdue(TODAY)} <= told
    assert {(r.id, r.what) for r in wishes if (r.waiting(TODAY) or 0) >= AGO} <= told
    still_open = {(c.id, c.what) for c in promises if c.status is CommitmentStatus.OPEN}
    still_open |= {(r.id, r.what) for r in wishes if r.status is RequestStatus.OPEN}
    assert told <= still_open
    assert all(str(line.why) for line in due(promises, wishes, (), TODAY))


def test_a_review_is_told_a_fortnight_ahead_and_then_every_so_many_weeks() -> None:
    """From the last time it was held, not from the plan."""
    review = Review(DeskId("l-0000000000000001"), "متابعة بنديرة", 4, dt.date(2031, 6, 1))
    assert next_day(review, ()) == dt.date(2031, 6, 1)
    held = Sitting(review.id, dt.date(2031, 6, 10), "اطلبوا مجددا", 0, 0, 0)
    assert next_day(review, (held,)) == dt.date(2031, 7, 8)
    day = TODAY + dt.timedelta(days=AHEAD)
    assert [line.id for line in due((), (), [(review, day)], TODAY)] == [review.id]
    assert not list(due((), (), [(review, day + dt.timedelta(days=1))], TODAY))


@pytest.mark.parametrize(
    ("given", "said"),
    [("50000 USD", "50000 USD"), ("1 250.50 dzd", "1250.50 DZD"), ("0 XOF", "0 XOF")],
)
def test_a_sum_has_an_amount_and_a_currency_of_iso_4217(given: str, said: str) -> None:
    """As decimal digits, never as a float."""
    assert str(money(given)) == said


@pytest.mark.parametrize("given", ["50000", "50000 XYZW", "dozens EUR", "-5 EUR", "NaN USD", ""])
def test_what_is_no_sum_is_refused(given: str) -> None:
    """An unknown currency, a word in place of a figure, less than nothing."""
    with pytest.raises(UsageError):
        money(given)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("jamming devices", "Jamming devices for the border", True),
        ("أجهزة تشويش", "تزويدنا بأجهزة تشويش على العبوات", True),
        ("des appareils de brouillage", "brouillage : appareils promis", True),
        ("send a battalion", "jamming devices", False),
        ("", "", False),
    ],
)
def test_two_promises_in_much_the_same_words_are_alike(a: str, b: str, same: bool) -> None:
    """By most words of the shorter one, in any order and either direction."""
    assert alike(a, b) is same
    assert alike(b, a) is same
