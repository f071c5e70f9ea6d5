"""How does a day read in a sentence of each language?

Digits are Western in all three, as the press of the Maghreb and the Sahel writes them. A month
has both its names in Arabic, as where one text is for the whole Arab world: the east and Iraq
say the one, Egypt, the Gulf and the west the other.
"""

import re
from datetime import date

from tawatur.errors import Message
from tawatur.i18n import said, translator


def day_in_words(day: date, language: str) -> str:
    """Return a day: ``8 June 2021``, ``8 juin 2021``, ``8 حزيران/يونيو 2021``."""
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number} {month_in_words(day, language)} {day.year}"


def month_in_words(day: date, language: str) -> str:
    """Return the name of the month of a day: ``June``, ``juin``, ``حزيران/يونيو``."""
    from babel.dates import get_month_names  # noqa: PLC0415 - most listings say no month

    places = ("ar_SY", "ar_EG") if language == "ar" else (language,)
    return "/".join(str(get_month_names("wide", locale=place)[day.month]) for place in places)


def said_with_days(message: Message, language: str) -> str:
    """Return what a message says, the days in it in words."""

    def fill(words: str) -> str:
        return day_in_words(date.fromisoformat(words), language) if is_day(words) else words

    return said(message, translator(language), fill)


def is_day(words: str) -> bool:
    """Return whether what fills a message is a day (ISO 8601), which sentences say in words."""
    return re.fullmatch(r"\d{4}-\d\d-\d\d", words) is not None
