"""The desk's books: what needs a person first stands first, and no change goes without a reason."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.desk import changed_commitment, changed_request, commitments, requests
from tawatur.errors import UsageError
from tawatur.model.desk import Commitment, CommitmentStatus, Request, RequestStatus
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


@given(kept, st.randoms())
def test_commitments_are_listed_by_urgency_in_whatever_order_they_came(
    items: list[Commitment], chance: object
) -> None:
    """Overdue, then open, then the rest; within, the first due first, no date last."""
    listed = commitments(items, TODAY)
    assert sorted(listed, key=lambda c: c.id) == sorted(items, key=lambda c: c.id)
    assert commitments(listed[::-1], TODAY) == listed
    ranks = [
        0 if c.overdue(TODAY) else 1 if c.status is CommitmentStatus.OPEN else 2 for c in listed
    ]
    assert ranks == sorted(ranks)
    for rank in (0, 1, 2):
        dues = [
            (Moment.parse(c.due).upper if c.due else None) or dt.date.max
            for c, r in zip(listed, ranks, strict=True)
            if r == rank
        ]
        assert dues == sorted(dues)


@given(asked)
def test_requests_are_listed_by_how_long_they_wait(items: list[Request]) -> None:
    """Open ones first, the longest waiting at the top, whatever the order of the book."""
    listed = requests(items, TODAY)
    assert sorted(listed, key=lambda r: r.id) == sorted(items, key=lambda r: r.id)
    assert requests(listed[::-1], TODAY) == listed
    closed = [r.status is not RequestStatus.OPEN for r in listed]
    assert closed == sorted(closed)
    waits = [r.waiting(TODAY) or 0 for r in listed if r.status is RequestStatus.OPEN]
    assert waits == sorted(waits, reverse=True)


@given(kept.filter(bool), st.sampled_from(CommitmentStatus), st.text())
def test_a_commitment_changes_its_status_and_its_reason_only(
    items: list[Commitment], status: CommitmentStatus, why: str
) -> None:
    """From any status to any other, opening again among them, and never without a reason."""
    item = items[0]
    if status is item.status or not why.strip():
        with pytest.raises(UsageError):
            changed_commitment(item, status, why)
        return
    changed = changed_commitment(item, status, why)
    assert (changed.status, changed.why) == (status, why)
    same = (item.id, item.by, item.what, item.to, item.due, item.claims)
    assert (changed.id, changed.by, changed.what, changed.to, changed.due, changed.claims) == same


@given(asked.filter(bool), st.sampled_from(RequestStatus), st.text())
def test_a_request_changes_its_status_and_its_reason_only(
    items: list[Request], status: RequestStatus, why: str
) -> None:
    """As a commitment does."""
    item = items[0]
    if status is item.status or not why.strip():
        with pytest.raises(UsageError):
            changed_request(item, status, why)
        return
    changed = changed_request(item, status, why)
    assert (changed.status, changed.why) == (status, why)
    assert (changed.id, changed.by, changed.to, changed.what, changed.since) == (
        item.id,
        item.by,
        item.to,
        item.what,
        item.since,
    )


def test_a_refusal_names_the_item_and_what_to_do() -> None:
    """What is wrong is said in one line."""
    item = Commitment(DeskId("k-0000000000000001"), "بانزورا", "كتيبة")
    with pytest.raises(UsageError, match="k-0000000000000001: say why with --why"):
        changed_commitment(item, CommitmentStatus.KEPT, " ")
    with pytest.raises(UsageError, match="k-0000000000000001 is open already"):
        changed_commitment(item, CommitmentStatus.OPEN, "seen")
