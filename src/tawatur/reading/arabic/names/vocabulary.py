"""Which words say that a name stands beside them in Arabic, with or without clitics?

What one rule alone needs stands beside that rule; here is what several of them share.
"""

from functools import cache, lru_cache

from tawatur.model.reading import EntityType
from tawatur.reading.lexicon import Head, bare, lexicon, stems
from tawatur.reading.tables import rows

OPENING = {"“": "”", "«": "»", '"': '"', "‘": "'", "(": ")", "„": "“", "'": "'"}
LONGEST_OUTLET = 3  # words of an outlet's name
PLACES = (EntityType.COUNTRY_OR_CITY, EntityType.LOCATION)
IN_THE_NAME_OF = "باسم"
SPEAKERS_FOR = frozenset({"متحدث", "متحدثه", "ناطق", "ناطقه", "تحدث", "يتحدث", "متكلم"})
EMBASSIES = frozenset({"سفاره", "سفارات", "قنصليه"})
SELDOM = 3  # times up to which an ordinary word may turn up in names of people by mistake
OFTEN = 20  # times a word was seen in names of people from which it joins what stands beside it


@cache
def words_of(table: str) -> frozenset[str]:
    """Return the first cells of a table of Arabic words."""
    return frozenset(next(iter(row.values())) for row in rows("ar", table))


@lru_cache(maxsize=24_000)
def may_be(word: str, table: str) -> bool:
    """Return whether a word, with or without its clitics, stands in a table."""
    return any(form in words_of(table) for _, form in stems(word))


@lru_cache(maxsize=12_000)
def heads_at(word: str) -> tuple[tuple[int, str, Head], ...]:
    """Return the heads that a word can be: letters before it, its form, the head."""
    heads = known_heads()
    return tuple(
        (skip, form, heads[bare(form)]) for skip, form in stems(word) if bare(form) in heads
    )


@cache
def known_heads() -> dict[str, Head]:
    """Return the heads, with those that the tagger was not trained to see."""
    more = {
        row["head"]: Head(EntityType(row["type"]), row["needs"])
        for row in rows("ar", "name_more_heads")
    }
    return more | lexicon("ar").heads
