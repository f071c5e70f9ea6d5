"""Subjects: a word stands for its family, currencies are never one, dozens are no number."""

import dataclasses
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.desk import subjects
from tawatur.errors import UsageError
from tawatur.model.claim import Claim, Content, Status
from tawatur.model.ids import ClaimId, DocumentId, RenditionId
from tawatur.model.reading import Link, Quantity, SourceKind
from tawatur.model.span import Span
from tawatur.model.subject import Amount

AUTHOR = Link(SourceKind.AUTHOR)


def claim(number: int, *quantities: Quantity, when: str | None = "2031-05-03") -> Claim:
    """Return a claim that states some quantities."""
    return Claim(
        id=ClaimId(f"c-{number:016}"),
        document=DocumentId("d-1"),
        rendition=RenditionId("r-1"),
        span=Span(0, 10),
        quote="a ransom",
        language="en",
        content=Content(chain=(AUTHOR,), when=when, quantities=quantities),
        status=Status.PROPOSED,
        readers=("rules/1",),
        published="2031-06-01",
        learnt=datetime(2031, 6, 1, tzinfo=UTC),
    )


def money(value: float | None, unit: str = "USD", **also: Any) -> Quantity:
    """Return a quantity of money."""
    return dataclasses.replace(Quantity(Span(0, 5), value, unit), **also)


# ------------------------------------------------------------ words


@pytest.mark.parametrize("word", ["ransom", "فدية", "Rançon"])
@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("دفع الفدية لإطلاق سراح رهائن", True),
        ("بما في ذلك الفساد وأخذ الرهائن", True),
        ("وأسفر عن اختطاف 12 جنديا", True),
        ("Deux otages ont été libérés", True),
        ("The kidnappers were seen near Gao", True),
        ("a handsome building", False),
        ("فيديو من المدينة", False),
    ],
)
def test_a_word_stands_for_its_family_in_three_languages(word: str, text: str, about: bool) -> None:
    """Whichever of them it was asked in."""
    assert subjects.is_about(subjects.wording((word,)), text) is about


def test_a_word_of_no_family_is_found_with_its_endings() -> None:
    """Plurals, and Arabic conjunctions, prepositions and article."""
    assert subjects.is_about(subjects.wording(("salt",)), "two salts were sold")
    assert subjects.is_about(subjects.wording(("ملح",)), "وبالملح أيضا")
    assert not subjects.is_about(subjects.wording(("salt",)), "an assault")
    assert subjects.is_about(None, "anything")


# ------------------------------------------------------------ sums


def test_what_is_no_number_adds_nothing() -> None:
    """Dozens, an unknown sum, and figures that are no money."""
    dozens = money(None, "person")
    people = money(12.0, "person")
    assert list(subjects.amounts([claim(1, dozens, people, money(None))])) == []


def test_currencies_are_never_added_across_without_a_rate() -> None:
    """With one the day of the rate stands beside the sum."""
    found = list(subjects.amounts([claim(1, money(100.0, "EUR")), claim(2, money(50.0))]))
    apart = subjects.totals(found, str)
    assert [(each.currency, each.low) for each in apart] == [
        ("EUR", Decimal(100)),
        ("USD", Decimal(50)),
    ]
    rate = subjects.rate("1 eur = 1.10 USD, 2031-05-02")
    (one,) = subjects.totals(found, str, [rate])
    assert (one.currency, one.low, one.high) == ("USD", Decimal("160.0"), Decimal("160.0"))
    assert one.rates == (rate,)


def test_what_several_claims_say_of_one_event_is_one_sum() -> None:
    """From the least to the greatest; another event adds to it."""
    told = [claim(1, money(100.0)), claim(2, money(120.0)), claim(3, money(5.0))]
    events = {told[0].id: "v-1", told[1].id: "v-1", told[2].id: "v-2"}
    (total,) = subjects.totals(subjects.amounts(told), lambda each: events[each])
    assert (total.month, total.low, total.high) == ("2031-05", Decimal(105), Decimal(125))
    assert total.claims == tuple(each.id for each in told)


def test_at_least_has_no_upper_end() -> None:
    """Neither alone nor in a sum."""
    told = [claim(1, money(100.0, bound="at least")), claim(2, money(5.0, high=8.0))]
    (total,) = subjects.totals(subjects.amounts(told), str)
    assert (total.low, total.high) == (Decimal(105), None)


def test_sums_stand_in_the_month_that_is_told_or_in_none() -> None:
    """A year where it may be several months of it; what is open stands apart."""
    months = [
        next(subjects.amounts([claim(1, money(1.0), when=when)])).month
        for when in ("2031-05", "2031", "2029/2031", "2031/..", "P3M", None)
    ]
    assert months == ["2031-05", "2031", "", "", "", "2031-06"]


AMOUNTS = st.lists(
    st.builds(
        Amount,
        claim=st.integers(0, 9).map(lambda n: ClaimId(f"c-{n}")),
        currency=st.sampled_from(["USD", "EUR"]),
        low=st.integers(0, 1000).map(Decimal),
        high=st.just(Decimal(1000)),
        month=st.sampled_from(["2031-05", "2031-06", ""]),
    )
)


@given(AMOUNTS)
def test_totals_do_not_turn_on_the_order_in_which_claims_come(found: list[Amount]) -> None:
    """Nor does a claim that is told twice add anything."""
    ends = [
        (each.month, each.currency, each.low, each.high) for each in subjects.totals(found, str)
    ]
    again = subjects.totals([*reversed(found), *found], str)
    assert [(each.month, each.currency, each.low, each.high) for each in again] == ends


@pytest.mark.parametrize(
    "given_",
    [
        "1 EUR = 1.1 USD",
        "EUR = 1.1 USD, 2031",
        "1 EUR = 0 USD, 2031",
        "1 EUR = 1.1.1 USD, 2031",
        "1 EUR = 2 USD, soon",
    ],
)
def test_a_rate_without_its_day_or_figure_is_refused(given_: str) -> None:
    """A rate is a person's word on a day."""
    with pytest.raises(UsageError, match="is no rate"):
        subjects.rate(given_)
