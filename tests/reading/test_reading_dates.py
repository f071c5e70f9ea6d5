"""A date means the same however it is spelt: all that the tables know, in three languages."""

import datetime as dt

from hijridate import Gregorian
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tawatur.model.moment import Moment
from tawatur.model.span import Span
from tawatur.model.text import fold
from tawatur.reading.moments import Anchor, time_expressions
from tawatur.reading.tables import rows

DATES = st.dates(dt.date(1950, 1, 1), dt.date(2049, 12, 31))
DIGITS = st.sampled_from(("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"))
AROUND = {
    "ar": ("وقع ذلك في ", " حسب المصدر"),
    "fr": ("Fait le ", " selon lui"),
    "en": ("It was ", " he said"),
}


def names(language: str, table: str = "months") -> dict[int, list[str]]:
    """Return the names of each month in the table."""
    found: dict[int, list[str]] = {}
    for row in rows(language, table):
        found.setdefault(int(row["month"]), []).append(row["word"])
    return found


def ordinals(language: str) -> dict[int, list[str]]:
    """Return the ordinals that name a day of the month."""
    found: dict[int, list[str]] = {}
    for row in rows(language, "numerals"):
        if row["kind"] == "ordinal" and (language != "ar" or row["word"].startswith("ال")):
            found.setdefault(int(row["value"]), []).append(row["word"])
    return found


def read(written: str, language: str) -> list[str | None]:
    """Return the values read in a sentence around ``written``."""
    before, after = AROUND[language]
    text = before + written + after
    spans = (Span(0, len(text)),)
    anchor = Anchor(Moment.parse("2021-01-11"))
    return [t.value for t in time_expressions(text, fold(text), spans, language, anchor)]


@st.composite
def arabic(draw: st.DrawFn) -> tuple[str, str]:
    """A day or a month as Arabic papers spell it."""
    day = draw(DATES)
    known = names("ar")[day.month]
    month = draw(st.sampled_from(known))
    other = draw(st.sampled_from(known))
    month = draw(
        st.sampled_from((month, f"{month}/{other}", f"{month}/ {other}", f"{month} ({other})"))
    )
    year = draw(
        st.sampled_from((f"{day.year}", f"عام {day.year}", f"من سنة {day.year}", f"{day.year}م"))
    )
    if draw(st.booleans()):
        written = draw(st.sampled_from((f"{month} {year}", f"شهر {month} {year}")))
        value = f"{day:%Y-%m}"
    else:
        numbers = [str(day.day), f"يوم {day.day}", *ordinals("ar").get(day.day, ())]
        number = draw(st.sampled_from(numbers))
        joint = draw(st.sampled_from((" ", " من ", "  ", " من شهر ")))
        written, value = f"{number}{joint}{month} {year}", day.isoformat()
    digits = draw(DIGITS)
    return written.translate(str.maketrans("0123456789", digits)), value


@st.composite
def french(draw: st.DrawFn) -> tuple[str, str]:
    """A day or a month as French papers spell it."""
    day = draw(DATES)
    month = draw(st.sampled_from(names("fr")[day.month]))
    month = draw(st.sampled_from((month, month.upper(), month.capitalize())))
    if draw(st.booleans()):
        return f"{month} {day.year}", f"{day:%Y-%m}"
    number = "1er" if day.day == 1 and draw(st.booleans()) else str(day.day)
    return f"{number} {month} {day.year}", day.isoformat()


@st.composite
def english(draw: st.DrawFn) -> tuple[str, str]:
    """A day or a month as English papers spell it."""
    day = draw(DATES)
    month = draw(st.sampled_from(names("en")[day.month])).capitalize()
    if draw(st.booleans()):
        return f"{month} {day.year}", f"{day:%Y-%m}"
    tail = (
        {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th") if day.day not in (11, 12, 13) else "th"
    )
    number = draw(st.sampled_from((str(day.day), f"{day.day}{tail}")))
    written = draw(
        st.sampled_from(
            (
                f"{number} {month} {day.year}",
                f"{month} {number}, {day.year}",
                f"{month} {number} {day.year}",
                f"{number} of {month} {day.year}",
                f"{number} {month}, {day.year}",
            )
        )
    )
    return written, day.isoformat()


@settings(max_examples=300, deadline=None)
@given(one=arabic())
def test_every_arabic_spelling_of_a_date_is_read_back(one: tuple[str, str]) -> None:
    """All month families, two names side by side, three kinds of digits, days in words."""
    assert read(one[0], "ar") == [one[1]]


@settings(max_examples=150, deadline=None)
@given(one=french())
def test_every_french_spelling_of_a_date_is_read_back(one: tuple[str, str]) -> None:
    """Abbreviations, capitals, the first of a month."""
    assert read(one[0], "fr") == [one[1]]


@settings(max_examples=150, deadline=None)
@given(one=english())
def test_every_english_spelling_of_a_date_is_read_back(one: tuple[str, str]) -> None:
    """Day or month first, ordinals, abbreviations."""
    assert read(one[0], "en") == [one[1]]


@settings(max_examples=150, deadline=None)
@given(
    day=DATES,
    mark=st.sampled_from(("/", "-", ".", " - ", "/ ")),
    digits=DIGITS,
    language=st.sampled_from(("ar", "fr")),
)
def test_figures_put_the_day_first(day: dt.date, mark: str, digits: str, language: str) -> None:
    """In Arabic and French, with any mark and any digits; the year first is ISO 8601.

    But for figures that give the day of publication if the month stands first.
    """
    assume((day.year, day.day, day.month) != (2021, 1, 11))
    level = str.maketrans("0123456789", digits)
    for written in (f"{day:%d}{mark}{day:%m}{mark}{day:%Y}", f"{day:%Y-%m-%d}"):
        assert read(written.translate(level), language) == [day.isoformat()]


@settings(max_examples=150, deadline=None)
@given(day=DATES, digits=DIGITS, language=st.sampled_from(("ar", "fr", "en")), data=st.data())
def test_islamic_dates_are_read_as_their_civil_day(
    day: dt.date, digits: str, language: str, data: st.DataObject
) -> None:
    """By the calendar of Umm al-Qura, under every name that a month has in the tables."""
    hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    month = data.draw(st.sampled_from(names(language, "hijri_months")[hijri.month]))
    written = f"{hijri.day} {month} {hijri.year}" + (" هـ" if language == "ar" else "")
    written = written.translate(
        str.maketrans("0123456789", digits if language == "ar" else "0123456789")
    )
    assert read(written, language) == [day.isoformat()]
