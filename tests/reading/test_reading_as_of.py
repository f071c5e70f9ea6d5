"""A count carries the moment up to which it was made where the text says so, else none."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.model.document import Extraction, Extractor, Stated
from tawatur.model.reading import Reading
from tawatur.reading import read

TODAY = "2021-03-18"  # a Thursday


def reading(text: str, language: str, published: str | None = TODAY) -> Reading:
    """Return the reading of ``text`` as published on a day that is known, or not."""
    stated = Stated(published, "test") if published else None
    return read(
        Extraction(text, "text/plain", "utf-8", Extractor("test", "0"), language, published=stated)
    )


def counted(text: str, language: str, published: str | None = TODAY) -> list[str | None]:
    """Return as of when each figure of ``text`` stands."""
    return [figure.as_of for figure in reading(text, language, published).quantities]


@pytest.mark.parametrize(
    ("text", "language", "days"),
    [
        ("At least 31 people had been killed as of Tuesday evening.", "en", ["2021-03-16"]),
        ("As of 3 March, 400 families were displaced.", "en", ["2021-03-03"]),
        ("By Monday 40 bodies had been recovered.", "en", ["2021-03-15"]),
        ("So far 12 soldiers have been killed.", "en", [TODAY]),
        ("The toll rose to 31 dead on Monday.", "en", ["2021-03-15"]),
        ("According to figures released on Sunday, 31 people died.", "en", ["2021-03-14"]),
        ("بلغ عدد القتلى 31 حتى مساء الثلاثاء.", "ar", ["2021-03-16"]),
        ("ولم يعثر حتى الآن على 12 مفقودا.", "ar", [TODAY]),
        ("وسجلت الوزارة 400 وفاة لغاية 3 مارس.", "ar", ["2021-03-03"]),
        ("ارتفعت حصيلة القتلى يوم الاثنين إلى 31 قتيلا.", "ar", ["2021-03-15"]),
        ("وبحسب حصيلة أعلنتها الوزارة مساء السبت قتل 12 جنديا.", "ar", ["2021-03-13"]),
        ("À la date du 3 mars, 400 familles étaient déplacées.", "fr", ["2021-03-03"]),
        ("Au 3 mars, 15 soldats étaient morts.", "fr", ["2021-03-03"]),
        ("À ce jour, 12 corps ont été retrouvés.", "fr", [TODAY]),
        ("Selon un bilan arrêté lundi, 31 personnes ont été tuées.", "fr", ["2021-03-15"]),
        ("31 morts, selon un bilan provisoire établi mardi soir.", "fr", ["2021-03-16"]),
    ],
)  # fmt: skip
def test_a_count_stands_as_of_what_governs_it(
    text: str, language: str, days: list[str | None]
) -> None:
    """Before it or behind it; "so far" is the day of telling."""
    assert counted(text, language) == days


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("They must free 3 hostages by Monday.", "en", id="a term"),
        pytest.param("The toll of the attack on Monday is 12 dead.", "en", id="the attack's day"),
        pytest.param("12 soldiers were killed on Monday.", "en", id="the day it happened"),
        pytest.param("It was the third attack so far.", "en", id="an ordinal"),
        pytest.param("وستسلم الوكالة 300 خيمة حتى الثلاثاء.", "ar", id="أجل"),
        pytest.param("وارتفعت حصيلة هجوم الاثنين إلى 40 قتيلا.", "ar", id="يوم الهجوم"),
        pytest.param("Ils devront livrer 400 tentes jusqu'à mardi.", "fr", id="un délai"),
        pytest.param("Le bilan de l'attaque de lundi est de 12 morts.", "fr", id="jour du fait"),
        pytest.param(
            "Le bilan est de 12 morts et 3 hommes ont été arrêtés lundi.", "fr", id="arrêtés"
        ),
    ],
)
def test_other_days_say_nothing_of_when_was_counted(text: str, language: str) -> None:
    """Neither a term nor the day on which it happened is one of counting."""
    assert set(counted(text, language)) == {None}


def test_each_count_has_its_own_moment() -> None:
    """The nearest of its clause; what is dated itself takes none from another."""
    ar = "بلغ عدد القتلى 31 حتى مساء الثلاثاء، ولم يعثر حتى الآن على 12 مفقودا."
    assert counted(ar, "ar") == ["2021-03-16", TODAY]
    en = "12 soldiers were killed on 3 March, and 400 families had fled as of Tuesday."
    assert counted(en, "en") == [None, "2021-03-16"]


def test_without_a_day_of_publication_so_far_is_no_day() -> None:
    """What is not known is not made up."""
    assert counted("So far 12 soldiers have been killed.", "en", None) == [None]


OPENINGS = {
    "ar": ["حتى", "لغاية", "يوم", "حتى الآن", "في حصيلة صدرت", "منذ", "قبل"],
    "fr": ["jusqu'à", "à la date du", "au", "à ce jour", "selon un bilan publié", "depuis", "le"],
    "en": ["as of", "by", "until", "so far", "in figures released on", "since", "on"],
}
NAMED = {
    "ar": ["الثلاثاء", "3 مارس", "3 مارس 2021", "مارس", "30 مارس", ""],
    "fr": ["mardi", "3 mars", "3 mars 2021", "mars", "30 mars", ""],
    "en": ["Tuesday", "3 March", "3 March 2021", "March", "30 March", ""],
}
COUNTS = {
    "ar": ["قتل 31 جنديا", "نزح 400 شخص", "سيصل 12 خبيرا", "12 في المئة"],
    "fr": ["31 soldats ont été tués", "400 familles ont fui", "12 experts viendront", "12 %"],
    "en": ["31 soldiers were killed", "400 families fled", "12 experts will come", "12 per cent"],
}


@given(st.data(), st.sampled_from(["ar", "fr", "en"]), st.sampled_from([TODAY, None]))
def test_a_moment_of_counting_is_never_made_up(
    data: st.DataObject, language: str, published: str | None
) -> None:
    """It is the end of a time in the text, or the weekday named there before, or today."""
    clauses = data.draw(
        st.lists(
            st.tuples(*(st.sampled_from(x[language]) for x in (COUNTS, OPENINGS, NAMED))),
            min_size=1,
            max_size=4,
        )
    )
    text = ", ".join(" ".join(parts).strip() for parts in clauses) + "."
    found = reading(text, language, published)
    ends = {(time.value or "").rpartition("/")[2] for time in found.times}
    days = {date.fromisoformat(e) for e in ends if re.fullmatch(r"\d{4}-\d\d-\d\d", e)}
    allowed = ends | {str(day - timedelta(days=7)) for day in days} | {published}
    for figure in found.quantities:
        assert figure.as_of is None or figure.as_of in allowed
        assert figure.as_of is None or not published or figure.as_of <= published
