"""Where on the earth is a place that a text names, and how finely is that known?

A position is a middle and a reach: a town lies within some kilometres of it, a province or a
country all around it. None is ever a point. A name that several places bear is placed only
where the event itself, or the size of one of them beside the rest, tells which is meant;
otherwise it has no position here, and that is said. Positions are of places alone, from a
table that comes with the program; nothing is asked for elsewhere.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from tawatur.node.indexing.words import stems

_TABLE = Path(__file__).parent / "data" / "positions.tsv"

_FAR_LARGER = 8
"""How many times as many people live in the place meant, where nothing else tells."""
_ONE_PLACE = 0.3
"""Degrees within which two entries are one place."""
_PROVINCE_KM = 90
"""Reach of a province of which only the chief town has a position."""
_PROVINCE = re.compile(
    r"^(?:ال)?(?:محافظة|ولاية|إقليم|اقليم|مقاطعة)\s+|"
    r"^(?:la |the )?(?:province|région|region|wilaya|governorate|gouvernorat)\s+"
    r"(?:of|de|d['’]|du)\s*|"
    r"\s+(?:province|region|governorate|state)$",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"^(?:دولة|جمهورية|بلدة|مدينة|قرية|بلدية|منطقة|ناحية|قضاء|مركز)\s+|"
    r"^(?:la |the )?(?:town|city|village|district|ville|localité|commune)\s+(?:of|de|d['’]|du)\s*",
    re.IGNORECASE,
)


class Grain(StrEnum):
    """How fine a position is, the finest first."""

    TOWN = "town"
    DISTRICT = "district"
    PROVINCE = "province"
    COUNTRY = "country"
    REGION = "region"


_FINENESS = tuple(Grain)


@dataclass(frozen=True, slots=True)
class Position:
    """A middle in degrees, and how many kilometres around it the place may reach.

    ``country`` is ISO 3166-1 alpha-2 in small letters, empty of regions; ``people`` those who
    live there, 0 where that is not known.
    """

    grain: Grain
    country: str
    latitude: float
    longitude: float
    km: int
    people: int = 0


def key_of(name: str) -> str:
    """Return what a name is looked up by: spelling, case and article do not count."""
    return " ".join(stems(name))


@lru_cache(maxsize=1 << 16)
def position_of(names: tuple[str, ...]) -> Position | None:
    """Return where an event is that has these places: the finest of which it can be told.

    Args:
        names: The event's places, as texts name them; a country or province among them tells
            which of several towns of one name is meant.
    """
    found = [candidates for name in names if (candidates := _candidates(name))]
    sure = [each for each in map(_one, found) if each is not None]
    countries = {p.country for p in sure if p.grain in {Grain.COUNTRY, Grain.PROVINCE}}
    within = [[p for p in candidates if p.country in countries] for candidates in found]
    sure += [each for each in map(_one, within) if each is not None]
    return min(sure, key=lambda p: (_FINENESS.index(p.grain), -p.people), default=None)


def _candidates(name: str) -> tuple[Position, ...]:
    """Return the places that bear a name, with or without the word for what they are."""
    if (bare := _PROVINCE.sub("", name)) != name:
        found = _table().get(key_of(bare), ())
        towns = (p for p in found if p.grain is Grain.TOWN)
        return tuple(p for p in found if p.grain is Grain.PROVINCE) or tuple(
            replace(town, grain=Grain.PROVINCE, km=_PROVINCE_KM) for town in towns
        )
    return _table().get(key_of(name)) or _table().get(key_of(_HEAD.sub("", name)), ())


def _one(candidates: Sequence[Position]) -> Position | None:
    """Return the one that is meant, None where that cannot be told.

    A country or a region is meant before a town of its name; of a province and its chief town
    the province, which holds both.
    """
    if not candidates:
        return None
    for grain in (Grain.COUNTRY, Grain.REGION):
        if of_grain := [p for p in candidates if p.grain is grain]:
            return of_grain[0]
    by_country: dict[str, list[Position]] = defaultdict(list)
    for each in candidates:
        by_country[each.country].append(each)
    largest = [max(some, key=lambda p: p.people) for some in by_country.values()]
    if not _plain(largest):
        return None
    some = by_country[max(largest, key=lambda p: p.people).country]
    widest = max(some, key=lambda p: _FINENESS.index(p.grain)).grain
    alike = [p for p in some if p.grain is widest]
    return max(alike, key=lambda p: p.people) if _plain(alike) else None


def _plain(candidates: Sequence[Position]) -> bool:
    """Return whether one has many times the people of each other, or all lie at one place."""
    people = sorted((p.people for p in candidates), reverse=True)
    first = candidates[0]
    near = all(
        abs(p.latitude - first.latitude) + abs(p.longitude - first.longitude) < _ONE_PLACE
        for p in candidates
    )
    return near or people[0] >= _FAR_LARGER * max(people[1], 1)


def countries() -> Mapping[str, Position]:
    """Return every country by its code."""
    every = (position for positions in _table().values() for position in positions)
    return {each.country: each for each in every if each.grain is Grain.COUNTRY}


@cache
def _table() -> Mapping[str, tuple[Position, ...]]:
    """Return the places by key."""
    found: dict[str, list[Position]] = defaultdict(list)
    for line in _TABLE.read_text("utf-8").splitlines():
        if line.startswith(("#", "grain\t")):
            continue
        grain, country, latitude, longitude, km, people, keys = line.split("\t")
        position = Position(
            Grain(grain), country, float(latitude), float(longitude), int(km), int(people)
        )
        for key in keys.split("|"):
            found[key].append(position)
    return {key: tuple(positions) for key, positions in found.items()}
