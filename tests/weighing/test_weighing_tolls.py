"""Counts of victims: fate by fate, part and whole, and at which places they meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.weighing.factory import LOC, claim

from tawatur.model.claim import Claim
from tawatur.model.reading import Quantity
from tawatur.model.span import Span
from tawatur.weighing import about_the_same, event_keys
from tawatur.weighing.tolls import HARMED, Toll, differ, narrow, tolls


def counted(quote: str, figure: str, of: str | None = None) -> tuple[Toll, ...]:
    """Return the tolls of a quotation with one figure that counts people."""
    at = quote.index(figure)
    end = quote.index(of, at) + len(of) if of and of in quote[at:] else at + len(figure)
    return tolls(quote, 0, [Quantity(Span(at, end), float(figure), "person", of)])


@pytest.mark.parametrize(
    ("quote", "figure", "of", "fate", "who"),
    [
        pytest.param("ارتفعت الحصيلة إلى 16 قتيلا", "16", "قتيلا", "killed", "", id="قتيلا"),
        pytest.param("إصابة 23 جنديا بجروح", "23", "جنديا", "wounded", "soldier", id="إصابة"),
        pytest.param(
            "12 soldiers are missing", "12", "soldiers", "missing", "soldier", id="missing"
        ),
        pytest.param("31 morts dans les rangs", "31", "morts", "killed", "", id="morts"),
        pytest.param("سقوط 40 شخصا بين قتيل وجريح", "40", "شخصا", HARMED, "", id="both"),
    ],
)
def test_a_toll_has_the_fate_that_stands_nearest(
    quote: str, figure: str, of: str, fate: str, who: str
) -> None:
    """And says of whom, if not of all."""
    (toll,) = counted(quote, figure, of)
    assert (toll.fate, toll.who) == (fate, who)


def test_some_of_a_known_lot_are_no_toll() -> None:
    """Two of the wounded who died were counted among the wounded before."""
    assert counted("وفاة 2 من المصابين", "2", "المصابين") == ()


def test_what_befell_people_over_months_is_no_toll() -> None:
    """It counts many happenings."""
    assert counted("750 شخصا قتلوا خلال ثلاثة أشهر", "750", "شخصا") == ()


def toll(low: float, high: float, who: str = "", as_of: str | None = None) -> Toll:
    """Return a count of killed."""
    return Toll("killed", who, low, high, Quantity(Span(0, 2), low, "person", as_of=as_of))


def test_only_the_part_can_be_too_great() -> None:
    """Of 31 dead, 19 may be soldiers; of 19 dead, 31 may not."""
    assert not differ(toll(19, 19, "soldier"), toll(31, 31))
    assert differ(toll(31, 31, "soldier"), toll(19, 19))
    assert not differ(toll(30, 30, "fighter"), toll(19, 19))


@pytest.mark.parametrize(
    ("first", "second", "in_conflict"),
    [
        pytest.param((19, "2021-06-08"), (31, "2021-06-09"), False, id="it rose"),
        pytest.param((31, "2021-06-08"), (19, "2021-06-09"), True, id="it fell"),
        pytest.param((19, "2021-06-08"), (31, "2021-06-08"), True, id="on one day"),
        pytest.param((19, "2021-06"), (31, "2021-06-09"), True, id="perhaps on one day"),
        pytest.param((19, None), (31, "2021-06-09"), True, id="not told of one"),
        pytest.param((19, "soon"), (31, "2021-06-09"), True, id="no moment"),
    ],
)
def test_a_toll_that_rises_is_no_conflict(
    first: tuple[float, str | None], second: tuple[float, str | None], in_conflict: bool
) -> None:
    """Where both texts say as of when they count, and the later count is the higher."""
    one, other = (toll(n, n, as_of=day) for n, day in (first, second))
    assert differ(one, other) is differ(other, one) is in_conflict


DAYS = st.none() | st.dates().map(str)


@given(
    st.floats(0, 99),
    st.floats(0, 99),
    st.sampled_from(["", "soldier", "fighter"]),
    st.booleans(),
    st.tuples(DAYS, DAYS),
)
def test_differing_is_mutual(
    a: float, b: float, who: str, open_: bool, days: tuple[str | None, str | None]
) -> None:
    """No count differs from itself, and order does not matter."""
    one, other = toll(a, float("inf") if open_ else a, who, days[0]), toll(b, b, "", days[1])
    assert differ(one, other) == differ(other, one)
    assert not differ(one, one)


@pytest.mark.parametrize(
    ("place", "is_narrow"),
    [
        ("أنزيفات", True),
        ("Kelmuri", True),
        ("سوريا", False),
        ("جنوب شرق تركيا", False),
        ("Mali", False),
    ],
)
def test_a_state_or_a_side_of_one_is_too_wide(place: str, is_narrow: bool) -> None:
    """Two counts of the dead of one day in one state are mostly two happenings."""
    assert narrow(place) is is_narrow


def told(
    quote: str,
    figure: str,
    place: str,
    document: str,
    language: str,
    when: str | None = None,
    published: str = "2021-06-08",
) -> Claim:
    """Return a claim that counts victims at a place."""
    at = quote.index(figure)
    return claim(
        quote,
        document,
        language=language,
        where=[(place, LOC)],
        quantities=[Quantity(Span(at, at + len(figure)), float(figure), "person")],
        when=when,
        published=published,
    )


ARABIC = told("مقتل 19 من أبنائنا", "19", "أنزيفات", "d-1", "ar", when="2021-06-08")


@pytest.mark.parametrize(
    ("other", "meets"),
    [
        pytest.param(
            told("at least 31 killed", "31", "Anzifat", "d-2", "en", when="2021-06-08"),
            True,
            id="in another language",
        ),
        pytest.param(
            told("46 soldats tués", "46", "Anzifat", "d-2", "fr", published="2021-06-09"),
            True,
            id="undated, published the day after",
        ),
        pytest.param(
            told("at least 31 killed", "31", "Anzifat", "d-2", "en", when="2021-06-11"),
            False,
            id="three days later",
        ),
        pytest.param(
            told("at least 31 killed", "31", "Kelmuri", "d-2", "en", when="2021-06-08"),
            False,
            id="elsewhere",
        ),
        pytest.param(
            told("at least 31 wounded", "31", "Anzifat", "d-2", "en", when="2021-06-08"),
            False,
            id="another fate",
        ),
        pytest.param(
            told("190 killed", "190", "Anzifat", "d-2", "en", when="2021-06-08"),
            False,
            id="ten times as many",
        ),
    ],
)
def test_tolls_of_one_place_and_day_are_one_event(other: Claim, meets: bool) -> None:
    """In whatever words; and a shared key lets them meet."""
    assert (about_the_same(ARABIC, other) is not None) is meets
    if meets:
        assert event_keys(ARABIC) & event_keys(other)


def test_a_vowel_sign_stands_within_a_word() -> None:
    """The verb that tells of the fate is read with its marks."""
    quote = "قُتل سبعة أشخاص قرب أنزيفات"
    found = tolls(quote, 0, [Quantity(Span(5, 15), 7.0, "person", "أشخاص")])
    assert [(t.fate, t.low) for t in found] == [("killed", 7.0)]


def test_some_of_those_counted_suffered_what_all_did() -> None:
    """A number of gendarmes between a number of people and the verb is a part of them."""
    quote = "Au moins 17 personnes, dont quatre gendarmes, ont été tuées mardi"
    figures = [
        Quantity(Span(9, 21), 17.0, "person", "personnes", "at least"),
        Quantity(Span(28, 44), 4.0, "person", "gendarmes"),
    ]
    assert [t.fate for t in tolls(quote, 0, figures)] == ["killed", "killed"]
