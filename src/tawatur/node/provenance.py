"""Where was it found, and why is a document dated so: as messages that the doors translate.

Intake names the place of what a document states by a code, the reader gives the
reasons of a bounded date as sentences of English. Both are signed as they are; here
they are read back into templates and what fills them.
"""

import re
from functools import cache
from string import Formatter

from tawatur.errors import Message
from tawatur.model.document import Stated

_PLACES = {
    "title": "the title of the page",
    "title element": "the page's title element",
    "head": "the head of the text",
    "opening": "the first lines",
    "dateline": "the dateline",
    "header": "the header",
    "the header of the cable": "the header of the cable",
    "line": "a line of its own",
    "page header": "the running head",
    "time element": "a time element of the page",
    "mail From": "the sender of the mail",
    "mail Date": "the date of the mail",
    "feed title": "the title of the feed",
    "feed entry": "the entry of the feed",
    "book metadata": "the book's metadata",
    "release": "what its sender released",
}
_METADATA = "the metadata of the file: {0}"

_REASONS = (
    "not before the latest past date in the text, {0}",
    "{0} says how many years lie between, so the year is {1}",
    "{0} gives the month",
    "{0} gives the month, and that date its year",
    "{0} gives the month, but no date in the text gives the year",
    "before {0}",
    "before {0}, the first one after {1}",
    "stated as {0}",
    "as its sender had it",
)
_STATED_IN = "stated in {0}"


def found_in(stated: Stated) -> Message:
    """Return where a document states something, in words."""
    return place_named(stated.found_in)


def place_named(code: str) -> Message:
    """Return the words for a place that intake names by ``code``."""
    if code in _PLACES:
        return Message(_PLACES[code])
    return Message(_METADATA, (code,))


def reason(sentence: str) -> Message:
    """Return a reason that a reader gave for a date; one of a later version stays as it is."""
    if sentence.startswith("stated in "):
        return Message(_STATED_IN, (place_named(sentence.removeprefix("stated in ")),))
    for template, pattern in _patterns():
        found = pattern.fullmatch(sentence)
        if found:
            return Message(template, found.groups())
    return Message(sentence)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the templates with what reads them back, the longest first."""
    longest_first = sorted(_REASONS, key=len, reverse=True)
    return tuple((template, re.compile(_read_back(template))) for template in longest_first)


def _read_back(template: str) -> str:
    parts = Formatter().parse(template)
    return "".join(re.escape(said) + ("(.+)" if place else "") for said, place, _, _ in parts)
