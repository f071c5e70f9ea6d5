"""What can be read of a text in a language that has no tables?

Names and dates of numeric form, and no more: no claims, no figures, no relative dates.
Names are those of the gazetteers, in Latin and Arabic script, and runs of two to five
capitalised words of which one is a known given name or surname. A capital that opens a
sentence proves nothing. Dates are ISO 8601, 12.03.2021 (the day first wherever points
are used), and 25/03/2021; where both orders are possible, 12/03/2021, only the year is
told. `limit` says so to whoever reads the reading.

Known cost: one regular expression, three gazetteers; a name in an inflected form of the
language is missed, and Cyrillic and other scripts give dates only.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from tawatur.model.document import Extraction
from tawatur.model.reading import (
    EntityType,
    LocalEntity,
    Publication,
    Reading,
    TimeExpression,
)
from tawatur.model.span import Span
from tawatur.model.text import Folded, fold
from tawatur.reading.lexicon import LANGUAGES, Lexicon, lexicon
from tawatur.reading.mention import Mention, without_overlaps
from tawatur.reading.same_names import grouped
from tawatur.reading.stream import Stream, covered, stream
from tawatur.reading.tables import rows

LIMIT = "only names and dates were read: there are no tables for this language"
_LONGEST = 5
_KNOWN = 3  # times a word was seen in names of people from which it counts as one
_LINKS = frozenset(("de", "del", "da", "dos", "di", "al", "el", "ben", "bin", "van", "von", "ould"))
_LATIN = "en"  # whose table of words seen in names holds those in Latin script
_DATE = re.compile(
    r"(?<![\d.,/-])(?:"
    r"(?P<y>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?![\d/-])"
    r"|(?P<a>\d{1,2})(?P<mark>[./-])(?P<b>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?![\d/-])"
    r"|(?P<iso>(?:19|20)\d\d-(?:0[1-9]|1[0-2]))(?![\d/-])"
    r")"
)


def limit(reading: Reading) -> str | None:
    """Return what the rules could not read for want of tables, or None if they could."""
    of_rules = reading.reader.startswith("rules/")
    return LIMIT if of_rules and reading.language not in LANGUAGES else None


def names_and_dates(extraction: Extraction, reader: str, published: Publication) -> Reading:
    """Return the reading of a text in a language without tables: names and dates alone."""
    spans = extraction.main()
    folded = fold(extraction.text)
    return Reading(
        reader,
        extraction.language,
        published,
        entities=_names(extraction.text, folded, spans),
        times=tuple(_dates(folded, spans)),
    )


# ---------------------------------------------------------------- dates


def _dates(folded: Folded, spans: tuple[Span, ...]) -> Iterator[TimeExpression]:
    home = 0
    for found in _DATE.finditer(folded.text):
        span = folded.original(found.start(), found.end())
        while home < len(spans) and spans[home].end < span.end:
            home += 1
        value = _value(found)
        if value and home < len(spans) and spans[home].holds(span):
            yield TimeExpression(span, value)


def _value(found: re.Match[str]) -> str | None:
    """Return the date as EDTF, its year where two days are possible, None where none is."""
    if found["iso"]:
        return found["iso"]
    if found["y"]:
        return _day(found["y"], found["m"], found["d"])
    year, a, b = found["year"], found["a"], found["b"]
    first, second = _day(year, b, a), _day(year, a, b)
    if found["mark"] == "." or second is None or first == second:
        return first
    return second if first is None else year


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


# ---------------------------------------------------------------- names


def _names(text: str, folded: Folded, spans: tuple[Span, ...]) -> tuple[LocalEntity, ...]:
    words = stream(text, folded, spans)
    capital = tuple(text[start].isupper() for start in words.starts)
    listed = [mention for known in LANGUAGES for mention in _listed(text, words, capital, known)]
    longest_first = sorted(listed, key=lambda m: (m.first - m.last, m.first))
    found = without_overlaps([*longest_first, *_runs(words, capital)])
    return grouped(text, _LATIN, words, found)


def _listed(
    text: str, words: Stream, capital: tuple[bool, ...], language: str
) -> Iterator[Mention]:
    """Yield what the gazetteer of one language knows, whole words as they stand."""
    for phrase in covered(words, _plain(language)):
        first, last, entry = phrase.first, phrase.last, phrase.entry
        mention = _mention(words, first, last, entry.type)
        shown = mention.span.of(text)
        if not entry.sure or (len(shown) < 4 and not (shown.isupper() and len(shown) > 1)):
            continue
        if language != "ar":
            opens = words.opens[first] and last == first + 1
            if not capital[first] or (opens and words.words[first] in _ordinary(language)):
                continue
        yield replace(mention, entry=entry)


@cache
def _plain(language: str) -> Lexicon:
    """Return the gazetteer of a language without its grammar: no clitics are taken off."""
    known = lexicon(language)
    return replace(known, language="und") if language == "ar" else known


@cache
def _ordinary(language: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rows(language, "name_stops"))


def _runs(words: Stream, capital: tuple[bool, ...]) -> Iterator[Mention]:
    """Yield runs of capitalised words that hold a word known from names of people."""
    seen = lexicon(_LATIN).name_words
    at, size = 0, len(words.words)
    while at < size:
        if not capital[at]:
            at += 1
            continue
        end = at + 1
        while end < size and not words.opens[end]:
            linked = words.words[end] in _LINKS and end + 1 < size and capital[end + 1]
            if not (capital[end] or linked) or words.opens[end]:
                break
            end += 1
        first = at
        if words.opens[at] and seen.get(words.words[at], 0) < _KNOWN:
            first += 1  # the capital may be that of the sentence
        known = any(seen.get(word, 0) >= _KNOWN for word in words.words[first:end])
        if known and 2 <= end - first <= _LONGEST and capital[first]:
            yield _mention(words, first, end, EntityType.PERSON)
        at = end


def _mention(words: Stream, first: int, last: int, kind: EntityType) -> Mention:
    span = Span(words.starts[first], words.ends[last - 1])
    return Mention(first, last, span, kind, " ".join(words.words[first:last]))
