"""The three languages of the interface: Arabic (right to left), French, English.

English is the source language: a message is its own key. Catalogues are gettext
files, ``locale/LANGUAGE/ROOM.po``, one per room so that each owns its words, with every
message and every translation on one line: the whole is read before a command says a word.
A message without a translation is shown in English, and a test fails for it. What
carries a template and what fills it (errors, reasons, findings) is said by `said`.
"""

import json
import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tawatur.errors import Message, TawaturError
from tawatur.figures import in_words

if TYPE_CHECKING:
    from tawatur.model.picture import Reason

LANGUAGES = ("ar", "fr", "en")
_FOLDER = Path(__file__).parent / "locale"
_ENTRY = re.compile(r'^msgid (".+")\nmsgstr (".+")$', re.MULTILINE)

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
    # A number in an error or a message may be a port or a status; only reasons tell of figures.
    counts = not isinstance(what, TawaturError | Message)
    return words.format(
        *(
            said(arg, translate, fill)
            if isinstance(arg, Message)
            else in_words(arg, translate, fill)
            if counts
            else fill(arg)
            for arg in args
        )
    )


@cache
def catalogue(language: str) -> dict[str, str]:
    """Return all translated messages of one language, of every room."""
    if language == "en":
        return {}
    return {
        json.loads(message): json.loads(words)  # quoted as in JSON
        for path in sorted((_FOLDER / language).glob("*.po"))
        for message, words in _ENTRY.findall(path.read_text("utf-8"))
    }
