"""Which marking does a document carry on who may read it, and where?

A classification in a cable's header, a word of the Traffic Light Protocol, a line that
is a marking and nothing else ("SECRET", "سري للغاية", "Diffusion restreinte"), or a
phrase that marks wherever it stands ("for official use only"). It is what the text
says of itself; under which label the document is held here is the acquisition's matter.
"""

import re
from collections.abc import Iterator
from functools import cache

from tawatur.intake.blocks import trimmed
from tawatur.intake.tables import rows
from tawatur.model.document import Extraction, Stated
from tawatur.model.span import Span
from tawatur.model.text import fold, fold_words

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_TLP = re.compile(r"\bTLP[:：]\s?(?:RED|AMBER(?:\+STRICT)?|GREEN|CLEAR|WHITE)\b")
_SPACED = re.compile(r"\b[^\W\d_](?: [^\W\d_])+\b")  # S E C R E T
_APART = re.compile(r"\s*(?://?|\||;|,|،|\s-\s)\s*")
_SECTION = re.compile(r"\bsection \d+ of \d+\b.*")  # of a cable sent in parts
_LONGEST = 120  # code points of a line that is markings and nothing else
_HEADING = 12  # words: the head of a text ends with its first longer line


def markings(extraction: Extraction) -> tuple[Stated, ...]:
    """Return the markings in order of place, each once, where it stands first.

    ``found_in`` is ``header`` (of a cable), ``opening`` (up to the first line that is longer
    than a heading) or ``text``.
    """
    found: dict[str, Stated] = {}
    opening = True
    for line in _LINE.finditer(extraction.text):
        span = trimmed(extraction.text, line.start(), line.end())
        if span is None:
            continue
        for place in _marked(extraction.text, span):
            value = " ".join(place.of(extraction.text).split())
            stated = Stated(value, "opening" if opening else "text", place)
            found.setdefault(fold_words(value), stated)
        opening = opening and len(span.of(extraction.text).split()) <= _HEADING
    header = extraction.header.classification if extraction.header else None
    if header is None:
        return tuple(found.values())
    key = fold_words(header)
    at = extraction.text.find(header)
    stated = Stated(header, "header", Span(at, at + len(header)) if at >= 0 else None)
    others = [s for k, s in found.items() if not _joined(k).startswith(_joined(key))]
    return (stated, *others)


def _marked(text: str, line: Span) -> Iterator[Span]:
    """Yield what marks in one line."""
    words = line.of(text)
    for tlp in _TLP.finditer(words):
        yield Span(line.start + tlp.start(), line.start + tlp.end())
    if len(words) <= _LONGEST and _is_marking(words):
        yield line
        return
    folded = fold(words)
    for phrase in _within().finditer(folded.text):
        place = folded.original(phrase.start(), phrase.end())
        yield Span(line.start + place.start, line.start + place.end)


def _is_marking(line: str) -> bool:
    """Whether a line is one or several markings and nothing else."""
    bare = _SPACED.sub(lambda word: word.group().replace(" ", ""), line.strip(" ()[]*.-_=<>«»"))
    parts = [_SECTION.sub("", fold_words(part)).strip() for part in _APART.split(bare)]
    return parts[0] in _lines() and all(part in _lines() for part in parts[1:] if part)


def _joined(key: str) -> str:
    return key.replace(" ", "")


@cache
def _lines() -> frozenset[str]:
    return frozenset(fold_words(row["phrase"]) for row in rows("markings"))


@cache
def _within() -> re.Pattern[str]:
    phrases = (row["phrase"] for row in rows("markings") if row["how"] == "within")
    longest_first = sorted((fold(phrase).text for phrase in phrases), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")
