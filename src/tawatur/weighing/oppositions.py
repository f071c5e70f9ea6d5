"""Which claims of two texts may contradict each other though they are of no one event?

"The two states signed" and, a week later, "there is no agreement between them" are alike in few
words and are of two happenings; yet both cannot be so. Two such claims are *opposed*: they stand
on opposite sides of a matter in the table of opposites, which is no everyday one, name the same
two or more, one of them perhaps others besides, and are of about one time; and either they say
little else, or what they say beside is much the same. The edge between them has no strength: it
brings claims into one component, so that they are weighed together, and makes no event of them.

Of 7,700 claims in 402 news texts of two days two names, a matter and a month alone joined 36 pairs
that speak of one thing and none that contradict each other: who mentions an agreement beside
another matter takes no side on it.

Every key holds the matter, two names and a month, so that only those meet who may be tied.
"""

from datetime import timedelta
from itertools import combinations

from tawatur.model.moment import Moment
from tawatur.model.picture import Reason
from tawatur.weighing.components import Edge
from tawatur.weighing.events import ClaimPrint, apart, print_edge, print_keys
from tawatur.weighing.words import likeness

VERSION = 2
"""Of the keys."""
SHARED = 2
"""Names that two opposed claims share at least."""
DAYS = 31
"""Days at most between the times of two opposed claims: positions change."""
LITTLE = 4
"""Stems outside names of a claim that says one thing."""
SHARED_WORDS, ALIKE = 2, 0.4
"""Stems outside names that two claims share which say more, and how alike these are at least."""
_MOST_NAMES = 5
_MOST_DAYS = 92
"""A claim of a longer time is of no time to speak of."""


def link_keys(of: ClaimPrint) -> frozenset[str]:
    """Return the keys under which claims about one happening, and opposed ones, meet."""
    return print_keys(of) | _matter_keys(of)


def print_link(a: ClaimPrint, b: ClaimPrint) -> Edge | None:
    """Return the edge between two claims about one thing, or opposed ones; None for neither."""
    return print_edge(a, b) or _opposition(a, b)


def opposed(a: ClaimPrint, b: ClaimPrint) -> tuple[str, ...]:
    """Return the matters on opposite sides of which two claims stand, sorted."""
    other = dict(b.sides)
    return tuple(matter for matter, side in a.sides if other.get(matter) == -side)


def _opposition(a: ClaimPrint, b: ClaimPrint) -> Edge | None:
    if a.document == b.document or not opposed(a, b):
        return None
    names, others = _names(a), _names(b)
    one, other = _time(a), _time(b)
    if len(names & others) < SHARED or not (names <= others or others <= names):
        return None
    if one is None or other is None or apart(one, other) > DAYS:
        return None
    if not (_says_little(a) and _says_little(b)) and not _alike_beside(a, b):
        return None
    first, second = sorted((a.id, b.id))
    return Edge(first, second, 0.0, Reason("They stand on two sides of one matter."))


def _says_little(of: ClaimPrint) -> bool:
    return len(of.stems - of.names) <= LITTLE


def _alike_beside(a: ClaimPrint, b: ClaimPrint) -> bool:
    """Return whether two claims of one language share words that stand in no name."""
    if a.language != b.language:
        return False
    one, other = a.stems - a.names, b.stems - b.names
    return len(one & other) >= SHARED_WORDS and likeness(one, other) >= ALIKE


def _matter_keys(of: ClaimPrint) -> frozenset[str]:
    time = _time(of)
    if time is None or not of.sides:
        return frozenset()
    pairs = list(combinations(sorted(_names(of))[:_MOST_NAMES], SHARED))
    return frozenset(
        f"t{VERSION} {matter} {a} {b} {month}"
        for matter, _ in of.sides
        for a, b in pairs
        for month in _months(time)
    )


def _names(of: ClaimPrint) -> frozenset[str]:
    """Return the codes of the people, bodies and states that a claim names."""
    return frozenset(code for *_, code in (*of.who, *of.where))


def _time(of: ClaimPrint) -> Moment | None:
    time = of.when or of.published
    if time is None or time.lower is None or time.upper is None:
        return None
    return time if (time.upper - time.lower).days <= _MOST_DAYS else None


def _months(time: Moment) -> tuple[str, ...]:
    """Return the months within which, or within `DAYS` after which, a time lies."""
    if time.lower is None or time.upper is None:
        return ()
    day, found = time.lower.replace(day=1), set()
    while day <= time.upper + timedelta(days=DAYS):
        found.add(f"{day.year}-{day.month}")
        day = (day + timedelta(days=32)).replace(day=1)
    return tuple(sorted(found))
