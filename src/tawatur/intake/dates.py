"""Which day does a page or a header state, as EDTF?

Only what stands in fixed places (a dateline, a header, page data): expressions
of running text are the reading room's. A numeric date counts the day first in
Arabic and French; in English, where both orders are in use, a date that both
orders can read is stated as its year alone.
"""

import re
from datetime import date
from functools import cache

from tawatur.intake.tables import rows
from tawatur.model.text import fold

_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMERIC = re.compile(
    r"(?<!\d)(?<!\d[./-])(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?((?:19|20)\d\d)(?!\d|[./-]\d)"
)


def stated_date(text: str, language: str) -> tuple[str, int, int] | None:
    """Return the first date in ``text`` as EDTF, with its start and end there, or None."""
    folded = fold(text)
    candidates = []
    for pattern, value in ((_ISO, _of_iso), (_NUMERIC, _of_numeric)):
        for found in pattern.finditer(folded.text):
            edtf = value(found, language)
            if edtf is not None:
                candidates.append((found.start(), found.end(), edtf))
    for pattern, order in _worded():
        for found in pattern.finditer(folded.text):
            edtf = _of_words(found, order)
            if edtf is not None:
                candidates.append((found.start(), found.end(), edtf))
    if not candidates:
        return None
    start, end, edtf = min(candidates, key=lambda c: (c[0], -c[1]))
    span = folded.original(start, end)
    return edtf, span.start, span.end


def iso_of_numbers(day: int, month: int, year: int) -> str | None:
    """Return the ISO date, or None if there is no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def month_of(name: str) -> int | None:
    """Return the month's number for its name in any of the three languages, or None."""
    return _months().get(fold(name).text.strip(" ."))


def _of_iso(found: re.Match[str], language: str) -> str | None:
    return iso_of_numbers(int(found[3]), int(found[2]), int(found[1]))


def _of_numeric(found: re.Match[str], language: str) -> str | None:
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    if language == "en" and first != second and first <= 12 and second <= 12:
        return str(year)
    return iso_of_numbers(first, second, year) or iso_of_numbers(second, first, year)


def _of_words(found: re.Match[str], order: str) -> str | None:
    month = _months()[found["month"]]
    return iso_of_numbers(int(found["day"]), month, int(found["year"]))


@cache
def _months() -> dict[str, int]:
    return {fold(row["name"]).text: int(row["month"]) for row in rows("months")}


@cache
def _worded() -> tuple[tuple[re.Pattern[str], str], ...]:
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    day = r"(?<!\d)(?P<day>\d{1,2})(?:er|st|nd|rd|th)?"
    year = r"(?P<year>(?:19|20)\d\d)(?!\d)"
    month = rf"(?P<month>{names})\b\.?"
    # A second month name may stand beside the first: "19 تشرين الاول/ اكتوبر 2009".
    other = rf"(?:\s?[/(]\s?(?:{names})\s?\)?)?"
    return (
        (re.compile(rf"{day}\s(?:من )?{month}{other},?\s{year}"), "dmy"),
        (re.compile(rf"\b{month}\s{day},?\s{year}"), "mdy"),
    )
