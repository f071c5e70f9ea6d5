"""The three languages of the interface: Arabic (right to left), French, English.

English is the source language: a message is its own key. Catalogues are gettext
files, ``locale/LANGUAGE/ROOM.po``, one per room so that each owns its words.
A message without a translation is shown in English, and a test fails for it.
"""

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

LANGUAGES = ("ar", "fr", "en")
_FOLDER = Path(__file__).parent / "locale"

Translate = Callable[[str], str]


def direction(language: str) -> str:
    """Return ``rtl`` or ``ltr``."""
    return "rtl" if language == "ar" else "ltr"


def preferred(*, given: str | None = None) -> str:
    """Return the language to speak: as given, or by TAWATUR_LANG, or by the locale, or English."""
    for value in (
        given,
        os.environ.get("TAWATUR_LANG"),
        os.environ.get("LC_ALL"),
        os.environ.get("LANG"),
    ):
        if value and value[:2].lower() in LANGUAGES:
            return value[:2].lower()
    return "en"


def translator(language: str) -> Translate:
    """Return the function from an English message to its words in ``language``."""
    messages = catalogue(language)
    return lambda message: messages.get(message) or message


@cache
def catalogue(language: str) -> dict[str, str]:
    """Return all translated messages of one language, of every room."""
    if language == "en":
        return {}
    from babel.messages.pofile import read_po  # noqa: PLC0415 - only for who needs it

    messages: dict[str, str] = {}
    for path in sorted((_FOLDER / language).glob("*.po")):
        with path.open("rb") as stream:
            messages |= {
                str(m.id): str(m.string)
                for m in read_po(stream)
                if m.id and m.string and not m.fuzzy
            }
    return messages
