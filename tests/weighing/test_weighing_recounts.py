"""Figures that a voice gives in other words than who counted before it."""

import pytest
from tests.weighing.factory import KEY, body, claim, person

from tawatur.model.claim import Claim
from tawatur.model.picture import ConflictKind
from tawatur.model.reading import EventType, Link, Quantity
from tawatur.model.span import Span
from tawatur.weighing import conflicts_within

MINISTRY, UNION = body("وزارة الصحة"), body("نقابة الأطباء")
HOSPITAL, MAYOR = body("the Senna hospital"), person("Mayor Odile Karst", "e1")


def counting(quote: str, number: str, by: Link, at: int = 0, **more: object) -> Claim:
    """Return a claim that holds one figure, written ``number`` in it."""
    start = quote.index(number)
    value = float(number.replace(",", ""))
    unit, of = more.pop("unit", None), more.pop("of", None)
    figure = Quantity(Span(at + start, at + start + len(number)), value, unit, of)  # type: ignore[arg-type]  # as the caller says
    return claim(quote, start=at, chain=(by,), type=EventType.STATE, quantities=[figure], **more)  # type: ignore[arg-type]  # passed on to the factory


def kinds(*claims: Claim) -> list[ConflictKind]:
    """Return the kinds of conflict within one text."""
    return [c.kind for c in conflicts_within(claims, KEY).conflicts]


@pytest.mark.parametrize(
    ("first", "one", "second", "other"),
    [
        ("عدد الوفيات بلغ 45 حالة", "45", "تحدثت النقابة عن 90 حالة في المدن وحدها", "90"),
        ("les services ont recensé 45 cas", "45", "le syndicat parle, lui, de 90 cas", "90"),
        ("the ward had 45 patients in May", "45", "nurses there spoke of 90 cases", "90"),
        ("the ward had 90 patients in May", "90", "only 45 cases met the definition", "45"),
    ],
    ids=["ar", "fr", "en", "only"],
)
def test_who_speaks_of_another_number_contradicts_who_counted(
    first: str, one: str, second: str, other: str
) -> None:
    """The words share nothing but the place in the text."""
    counted = counting(first, one, MINISTRY)
    assert kinds(counted, counting(second, other, UNION, 80)) == [ConflictKind.FIGURE]


def test_a_number_of_which_nothing_is_counted_contradicts_none() -> None:
    """No verb of counting and no "only": two figures stand side by side."""
    one = counting("the ward had 45 patients in May", "45", HOSPITAL, language="en")
    other = counting("the clinic at Orsk has treated 90 since it opened", "90", MAYOR, 80)
    assert kinds(one, other) == []


@pytest.mark.parametrize("unit", ["share", "%", "year", "km"])
def test_shares_and_measures_are_not_set_against_counts(unit: str) -> None:
    """Of what a share is, only the words around it say."""
    one = counting("turnout was 45 in the north", "45", HOSPITAL, unit=unit)
    other = counting("the mayor spoke of 35 in the whole county", "35", MAYOR, 80, unit=unit)
    assert kinds(one, other) == []


def test_a_figure_of_another_time_is_news() -> None:
    """The later claim has a date of its own, and not the day on which it is said."""
    one = counting("there were 45 attacks", "45", HOSPITAL, when="2021")
    other = "the mayor spoke of 35 attacks"
    assert kinds(one, counting(other, "35", MAYOR, 80, when="2020")) == []
    assert kinds(one, counting(other, "35", MAYOR, 80, when="2021-06-08")) == [ConflictKind.FIGURE]


def test_a_part_is_no_other_count() -> None:
    """Who says "of whom" tells of some of those counted before; "of" alone tells nothing."""
    one = counting("the ward had 90 patients", "90", HOSPITAL, language="en")
    part = "of whom the mayor spoke of 45 cases"
    assert kinds(one, counting(part, "45", MAYOR, 80)) == []
    assert kinds(one, counting(part.removeprefix("of whom "), "45", MAYOR, 80)) != []
