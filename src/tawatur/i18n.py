"""The three languages of the interface: Arabic (right to left), French, English.

English is the source language: a message is its own key. Catalogues are gettext
files, ``locale/LANGUAGE/ROOM.po``, one per room so that each owns its words.
A message without a translation is shown in English, and a test fails for it. What
carries a template and what fills it (errors, reasons, findings) is said by `said`.
"""

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tawatur.errors import Message, TawaturError

if TYPE_CHECKING:
    from tawatur.model.picture import Reason

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


def said(
    what: "TawaturError | Message | Reason",
    translate: Translate,
    fill: Callable[[str], str] = lambda words: words,
) -> str:
    """Return what an error, a message or a reason says, translated, messages within it as well.

    Args:
        what: It has a template and what fills it.
        translate: As `translator` makes it.
        fill: What becomes of the words that fill a place; a page isolates their direction.
    """
    args = what.args_ if isinstance(what, TawaturError) else what.args
    words = translate(what.template)
    if not args:
        return words
    return words.format(
        *(said(arg, translate, fill) if isinstance(arg, Message) else fill(arg) for arg in args)
    )


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
