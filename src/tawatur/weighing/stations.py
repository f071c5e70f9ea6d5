"""What do descriptions of unnamed sources rule out: who can be none of the others?

Any unnamed source may be any other, or one of the named, unless its description gives it a
station that the other surely has not: a shepherd is no army officer, and no minister. There
are two such stations, in a table: who serves the state, and who lives by the
work of the hands. A description counts only where it says what the source is, with nothing
beside it ("a shepherd of the village"); whoever is close to officers, was one, or speaks for
shepherds may be anybody, and so may residents, witnesses and officials of no told body.

Places, age, sex and political sides rule nothing out: people move, words are careless, and
a wrong exclusion makes two witnesses of one (decision 7).
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import combinations
from pathlib import Path

from tawatur.model.text import fold

STATIONS = frozenset({"service", "livelihood"})
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_Phrase = tuple[str, ...]


def needing_a_root(described: Iterable[frozenset[str]], hosts: Iterable[frozenset[str]]) -> int:
    """Return how many unnamed sources at least can be none of the named ones.

    Of each station one: all shepherds may be one. It is the largest number by which some of
    the stations outnumber whoever could have one of them (Hall 1935).

    Args:
        described: For each unnamed source the stations that it may have.
        hosts: For each named root the stations that the source behind it may have.
    """
    needed = sorted(
        {station for stations in described if len(stations) == 1 for station in stations}
    )
    able = [stations & set(needed) for stations in hosts]
    return max(
        (
            len(some) - sum(not stations.isdisjoint(some) for stations in able)
            for count in range(len(needed) + 1)
            for some in combinations(needed, count)
        ),
        default=0,
    )


@lru_cache(maxsize=4_096)
def stations_of(description: str, language: str) -> frozenset[str]:
    """Return the stations that an unnamed source may have, by what a text calls it."""
    words = _words(description)
    kinds = _table().get(language, {})
    if not kinds or any((word,) in kinds["no_longer"] for word in words):
        return STATIONS
    ends = next((at for at, word in enumerate(words) if (word,) in kinds["end"]), len(words))
    head, rest = (
        [w for w in part if (w,) not in kinds["plain"] | kinds["end"]]
        for part in (words[:ends], words[ends:])
    )
    said = {tuple(head), (*head, *rest[:1])}
    found = {station for station in STATIONS if said & kinds[station]}
    return frozenset(found or STATIONS)


def stations_of_named(name: str) -> frozenset[str]:
    """Return the stations that a person or body may have, by title or kind in its name."""
    held = {(word,) for word in _words(name)}
    serves = any(held & kinds["office"] for kinds in _table().values())
    return frozenset({"service"}) if serves else STATIONS


def _words(text: str) -> list[str]:
    return [word.removeprefix("ال") for word in _WORD.findall(fold(text).text)]


@cache
def _table() -> dict[str, dict[str, frozenset[_Phrase]]]:
    """Return the phrases of each kind, by language."""
    path = Path(__file__).parent / "tables" / "stations.txt"
    text = re.sub(r"^#.*\n", "", path.read_text("utf-8"), flags=re.MULTILINE)
    table: dict[str, dict[str, frozenset[_Phrase]]] = {}
    for row in re.split(r"\n(?=\S)", text.strip()):
        kind, language, phrases = (part.strip() for part in row.split("|"))
        table.setdefault(language, {})[kind] = frozenset(
            tuple(_words(phrase.replace("_", " "))) for phrase in phrases.split()
        )
    return table
