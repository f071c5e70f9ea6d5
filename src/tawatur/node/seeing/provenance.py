"""What does a document state, where was it found, what is a part that is left out?

All as messages that the doors translate. Intake names the place of what a document states
and the kind of a part by a code, the reader gives the reasons of a bounded date as sentences
of English. Those are signed as they are; here they are read back into templates and what
fills them.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from string import Formatter

from tawatur.errors import Message
from tawatur.model.document import CableHeader, Marking, Stated

_PLACES = {
    "title": Message("the title of the page"),
    "title element": Message("the page's title element"),
    "head": Message("the head of the text"),
    "opening": Message("the first lines"),
    "dateline": Message("the dateline"),
    "header": Message("the header"),
    "cable header": Message("the header of the cable"),
    "the header of the cable": Message("the header of the cable"),
    "line": Message("a line of its own"),
    "page header": Message("the running head"),
    "time element": Message("a time element of the page"),
    "mail From": Message("the sender of the mail"),
    "mail Date": Message("the date of the mail"),
    "feed title": Message("the title of the feed"),
    "feed entry": Message("the entry of the feed"),
    "book metadata": Message("the book's metadata"),
    "release": Message("what its sender released"),
    "sender": Message("whoever handed it over, unsigned"),
    "stix": Message("what another program wrote"),
}
_PARTS = {
    "menu": Message("menu"),
    "comment form": Message("comment form"),
    "headlines": Message("other headlines"),
    "notice": Message("notice"),
    "widget": Message("page widget"),
    "page header": Message("page header or footer"),
    "page number": Message("page number"),
    "footnote": Message("footnote"),
    "comment": Message("comment in the margin"),
    "mail header": Message("mail header"),
    "quoted mail": Message("earlier mail, quoted"),
    "signature": Message("signature"),
    "by hand": Message("left out by hand"),
}
_METADATA = Message("the metadata of the file: {0}")

_REASONS = (
    Message("not before the latest past date in the text, {0}"),
    Message("{0} says how many years lie between, so the year is {1}"),
    Message("{0} gives the month"),
    Message("{0} gives the month, and that date its year"),
    Message("{0} gives the month, but no date in the text gives the year"),
    Message("before {0}"),
    Message("before {0}, the first one after {1}"),
    Message("stated as {0}"),
    Message("as its sender had it"),
)
_STATED_IN = Message("stated in {0}")


def found_in(stated: Stated | Marking) -> Message:
    """Return where a document states something, in words."""
    return place_named(stated.found_in)


def place_named(code: str) -> Message:
    """Return the words for a place that intake names by ``code``."""
    return _PLACES.get(code) or replace(_METADATA, args=(code,))


def part_named(kind: str) -> Message:
    """Return the words for a kind of part that is left out; a later version's as it is."""
    return _PARTS.get(kind) or Message(kind)


def header_facts(header: CableHeader) -> Iterator[tuple[Message, str]]:
    """Yield what a cable's header says, each with its name, in the order of a header."""
    parts = (header.section, header.sections)
    facts = (
        (Message("cable number"), header.number),
        (Message("cable date"), header.datetime),
        (Message("sent from"), header.source),
        (Message("sent to"), "; ".join(header.to)),
        (Message("for information to"), "; ".join(header.info)),
        (Message("tags"), ", ".join(header.tags)),
        (Message("references"), "; ".join(header.references)),
        (Message("classification"), header.classification),
        (Message("handling"), ", ".join(header.captions)),
        (Message("declassify on"), header.declassify_on),
        (Message("authority"), header.authority),
        (Message("classified by"), header.classified_by),
        (Message("reason of classification"), header.reason),
        (Message("section"), "/".join(str(part) for part in parts if part is not None)),
        (Message("subject"), header.subject),
        (Message("signature"), header.signature),
    )
    yield from ((label, value) for label, value in facts if value)


def reason(sentence: str) -> Message:
    """Return a reason that a reader gave for a date; one of a later version stays as it is."""
    _, stated, where = sentence.partition("stated in ")
    if stated and sentence.startswith(stated):
        return replace(_STATED_IN, args=(place_named(where),))
    for message, pattern in _patterns():
        found = pattern.fullmatch(sentence)
        if found:
            return replace(message, args=found.groups())
    return Message(sentence)


@cache
def _patterns() -> tuple[tuple[Message, re.Pattern[str]], ...]:
    """Return the reasons with what reads them back, the longest first."""
    longest_first = sorted(_REASONS, key=lambda message: len(message.template), reverse=True)
    return tuple((each, re.compile(_read_back(each.template))) for each in longest_first)


def _read_back(template: str) -> str:
    parts = Formatter().parse(template)
    return "".join(re.escape(said) + ("(.+)" if place else "") for said, place, _, _ in parts)
