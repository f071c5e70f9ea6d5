"""Hijri dates stand beside the others where the settings say so, and in their place nowhere."""

from datetime import date

import pytest
from hijridate import Hijri
from hypothesis import given
from hypothesis import strategies as st

from tawatur.hijri import in_words
from tawatur.i18n import LANGUAGES, translator
from tawatur.web.words import when

EN = translator("en")


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2026-02-18", "18 February 2026 (1 Ramadan 1447 AH, week 1 of Ramadan)"),
        ("2026-02-25", "25 February 2026 (8 Ramadan 1447 AH, week 2 of Ramadan)"),
        ("2026-03-20", "20 March 2026 (1 Shawwal 1447 AH)"),
        ("2026-02", "February 2026 (Shaban 1447 – Ramadan 1447 AH)"),
        ("1912-03-30", "30 March 1912"),
        ("2026-02-18/..", "from 18 February 2026 (1 Ramadan 1447 AH, week 1 of Ramadan) on"),
    ],
)
def test_a_date_is_told_in_both_calendars(edtf: str, words: str) -> None:
    """A month by those that it lies in; a day before the tables begin stays as it is."""
    assert when(edtf, "en", EN, hijri=True) == words


def test_without_the_setting_no_page_tells_it() -> None:
    """As before."""
    assert when("2026-02-18", "en", EN) == "18 February 2026"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_months_have_names_in_each_language(language: str) -> None:
    """Twelve, each another one."""
    days = [Hijri(1447, month, 15).to_gregorian() for month in range(1, 13)]
    names = {str(in_words(day, day, language)) for day in days}
    assert len(names) == 12


@given(st.dates(date(1924, 8, 1), date(2077, 11, 16)))
def test_every_day_of_the_tables_has_its_words(day: date) -> None:
    """And the weeks of Ramadan are five at most."""
    found = in_words(day, day, "en")
    assert found is not None
    assert len(found.args) == 1 or str(found.args[1]) in "12345"
