"""Which names and which words around names does a language know, and what is each?

A `Lexicon` holds the tables of one language folded for matching: phrases (names
of states, places, bodies) by their first word, adjectives of nationality, head
words (ministry, army, city), titles, and words seen in names of people. Arabic
words are looked up with their proclitics taken off (`stems`): the name begins
where the proclitic ends, except after ل, which swallows the alef of the article.

Loaded once per language and process, about 12 MB for Arabic.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from tawatur.model.reading import EntityType
from tawatur.model.text import fold, fold_words
from tawatur.reading.tables import pairs, rows

LANGUAGES = ("ar", "en", "fr")
_SORTED = tuple(sorted(LANGUAGES))
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of the gazetteer; ``key`` is the same for all its names."""

    type: EntityType
    key: str
    names: tuple[tuple[str, str], ...] = ()
    sure: bool = True
    hint: bool = False  # for the tagger alone: an ordinary word as a rule
    capital: str = ""  # the key of the state whose capital it is


@dataclass(frozen=True, slots=True)
class Head:
    """A word that opens a name; ``needs`` says what must follow (see ``ar/name_heads.tsv``)."""

    type: EntityType
    needs: str


Phrase = tuple[tuple[str, ...], Entry]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables of one language, folded."""

    language: str
    phrases: dict[str, tuple[Phrase, ...]] = field(repr=False)
    nationalities: dict[str, str] = field(repr=False)
    heads: dict[str, Head] = field(repr=False)
    titles: dict[str, str] = field(repr=False)
    particles: frozenset[str] = field(repr=False)
    name_words: dict[str, int] = field(repr=False)
    habits: dict[str, str] = field(repr=False)
    grams: dict[str, int] = field(
        repr=False
    )  # letters: log odds of a name of people, in hundredths
    states: dict[str, Entry] = field(repr=False)  # by key
    capitals: dict[str, Entry] = field(repr=False)  # by the key of their state


@cache
def lexicon(language: str) -> Lexicon:
    """Return the lexicon of ``ar``, ``en`` or ``fr``."""
    phrases = _phrases(language)
    entries = [entry for found in phrases.values() for _, entry in found]
    return Lexicon(
        language,
        phrases,
        _nationalities(language),
        {
            fold_words(row["head"]): Head(EntityType(row["type"]), row["needs"])
            for row in rows(language, "name_heads")
        },
        {fold_words(row["title"]): row["kind"] for row in rows(language, "person_titles")},
        frozenset(fold_words(row["particle"]) for row in rows(language, "name_particles")),
        _numbers("ar" if language == "ar" else "en", "name_words"),
        pairs(language, "word_habits"),
        _numbers(language, "name_grams"),
        {entry.key: entry for entry in entries if ":" not in entry.key},
        {entry.capital: entry for entry in entries if entry.capital},
    )


@lru_cache(maxsize=12_000)
def stems(word: str) -> tuple[tuple[int, str], ...]:
    """Return the readings of a folded Arabic word: how many letters come before, and the name.

    The word itself comes first. The article that ل has swallowed is restored, and the ل
    then counts as part of the name.
    """
    found = [(0, word)]
    starts = [0]
    if len(word) > 3 and word[0] in "وف":
        starts.append(1)
        found.append((1, word[1:]))
    for start in starts:
        rest = word[start:]
        if len(rest) > 3 and rest.startswith("لل"):
            found.append((start, "ال" + rest[2:]))
            found.append((start, "ال" + rest[1:]))  # a name that itself begins with lam
        elif len(rest) > 3 and rest[0] in "بكل":
            found.append((start + 1, rest[1:]))
    return tuple(found)


def bare(word: str) -> str:
    """Return a folded Arabic word without its article."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _numbers(language: str, table: str) -> dict[str, int]:
    return {word: int(number) for word, number in pairs(language, table).items()}


def _phrases(language: str) -> dict[str, tuple[Phrase, ...]]:
    unsure = {fold_words(row["name"]) for row in rows(language, "unsure_places")}
    found: dict[str, dict[tuple[str, ...], Entry]] = {}
    entries = list(_entries(language))
    # folded in one go: a call for each of some ten thousand names takes several times as long
    together = fold("|".join(form for form, _ in entries)).text.split("|")
    for folded, (_, listed) in zip(together, entries, strict=True):
        words = folded.split() if folded.replace(" ", "").isalnum() else _WORD.findall(folded)
        if not words:
            continue
        entry = listed
        if unsure and listed.sure and " ".join(words) in unsure:
            entry = replace(listed, sure=False)
        found.setdefault(words[0], {}).setdefault(tuple(words[1:]), entry)
    return {
        first: tuple(rest.items())
        if len(rest) == 1
        else tuple(sorted(rest.items(), key=lambda item: -len(item[0])))
        for first, rest in found.items()
    }


_TABLES = (
    ("countries", EntityType.COUNTRY_OR_CITY),
    ("organisations", EntityType.ORGANISATION),
    ("cities", EntityType.COUNTRY_OR_CITY),
    ("regions", EntityType.LOCATION),
    ("facilities", EntityType.FACILITY),
    ("listed_groups", EntityType.ORGANISATION),
    ("bodies", EntityType.ORGANISATION),
    ("places", EntityType.COUNTRY_OR_CITY),
    ("towns", EntityType.COUNTRY_OR_CITY),
)


def _entries(language: str) -> Iterable[tuple[str, Entry]]:
    """Yield every name of the tables with its entry; the first of two equal names holds.

    A name that begins with ``?`` is not sure, one with ``??`` a hint for the tagger.
    """
    for table, kind in _TABLES:
        for row in rows("names", table):
            cell = row.get(language, "")
            forms = [form for form in cell.split("|") if form]
            if table == "organisations" and language == "ar":  # acronyms stand in any text
                forms += [f for f in row["en"].split("|") if f.isupper() and len(f) > 2]
            if not forms:
                continue
            first = {c: row.get(c, "").split("|", 1)[0].lstrip("?") for c in LANGUAGES}
            key = row.get("code") or f"{table}:{first['en'] or first['ar']}"
            capital = row["country"] if row.get("capital") else ""
            names = tuple((code, first[code]) for code in _SORTED if first[code])
            sure = Entry(kind, key, names, True, False, capital)
            for form in forms:
                if form[0] == "?":
                    hint = form.startswith("??")
                    yield form.lstrip("?"), Entry(kind, key, names, False, hint, capital)
                elif table == "places" and " " not in form:
                    # the small places are many, and half of them are ordinary words
                    yield form, Entry(kind, key, names, False, False, capital)
                else:
                    yield form, sure


def _nationalities(language: str) -> dict[str, str]:
    """Return every folded form of the adjectives, without article, with the state's key."""
    column = {"ar": "nisba", "en": "adjective_en", "fr": "adjective_fr"}[language]
    endings = {"ar": ("", "ه", "ين", "ون", "ان", "تين", "ات"), "en": ("", "s")}.get(
        language, ("", "e", "s", "es", "ne", "nes")
    )
    found: dict[str, str] = {}
    for row in rows("names", "countries"):
        for form in row[column].split("|"):
            for ending in endings if form else ():
                found.setdefault(fold_words(form + ending), row["code"])
    return found
