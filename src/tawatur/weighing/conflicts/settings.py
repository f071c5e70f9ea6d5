"""Do two claims set one thing at two times or places?

* *date*: two voices date one thing to times that cannot meet;
* *place*: two voices set one happening of one time at places of which neither is the other;
* *beginning*: what is said to go on since a day is founded, launched or begun after it.

Who speaks of a thing in other words may speak of another one, so that much must be shared.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from tawatur.model.moment import Moment
from tawatur.model.picture import ConflictKind, Reason
from tawatur.model.reading import EntityType, EventType
from tawatur.model.text import fold_words
from tawatur.weighing.conflicts.across import differing_dates
from tawatur.weighing.conflicts.found import Found
from tawatur.weighing.conflicts.sides import (
    Side,
    characters_between,
    is_so,
    is_voice,
    may_meet,
    two_voices,
)
from tawatur.weighing.events import apart
from tawatur.weighing.stances import words_that

REACH = 1_500
"""Code points within which two voices set one happening."""
TOPIC = 3
"""Roots outside names, besides those of the figures, that two settings of one happening share."""
COVERED = 0.5
"""The least share of the shorter claim's roots that they are."""
ABOUT = 366
"""Days by which a beginning that is told as "about" may be later."""

_HAPPENING = frozenset(EventType) - {EventType.STATE, EventType.ACCUSE, EventType.REJECT}
_ACTOR = frozenset({EntityType.ORGANISATION, EntityType.PERSON})


def settings(sides: Sequence[Side]) -> Iterator[Found]:
    """Yield the claims of one text that set one thing at two times or places."""
    told = [side for side in sides if is_so(side)]
    for of, differing in (
        ([side for side in told if side.of.when], differing_dates),
        ([side for side in told if len(side.of.sites) == 1 and is_voice(side)], _two_places),
    ):
        for a, b in combinations(of, 2):
            found = differing(a, b) if characters_between(a, b) <= REACH else None
            if found is not None and two_voices(a, b):
                yield found
    begun = [side for side in told if _begins(side)]
    for lasting in told if begun else ():
        for beginning in begun:
            if (found := _begun_later(lasting, beginning)) is not None:
                yield found


def _two_places(a: Side, b: Side) -> Found | None:
    """Return the conflict of two voices that set one happening at two places."""
    if not may_meet(a, b) or a.of.type is not b.of.type or a.of.type not in _HAPPENING:
        return None
    here, there = ({code: name for name, _, code in side.of.sites} for side in (a, b))
    if here.keys() & there.keys():
        return None
    another = words_that("another")
    if any(another & set(side.words) for side in (a, b)):
        return None
    words = a.kin & b.kin
    if len(words) < TOPIC or len(words) < COVERED * min(len(a.kin), len(b.kin)):
        return None
    (one,), (other,) = here.values(), there.values()
    if fold_words(one) in fold_words(b.claim.quote) or fold_words(other) in fold_words(
        a.claim.quote
    ):
        return None  # both name both
    return Found(
        ConflictKind.PLACE, a, b, Reason("One sets it in {0}, the other in {1}.", (one, other))
    )


def _begun_later(lasting: Side, begun: Side) -> Found | None:
    """Return the conflict of what goes on since a day with a beginning after that day."""
    since, start = _since(lasting), begun.of.when
    if since is None or start is None or since.before(start) is not True:
        return None
    if since.uncertain and apart(since, start) <= ABOUT:
        return None
    mine, theirs = (
        {code for _, kind, code in side.of.who if kind in _ACTOR} for side in (lasting, begun)
    )
    if not theirs or not theirs <= mine:
        return None
    why = Reason("One has it since {0}, the other has it begin in {1}.", (since.edtf, start.edtf))
    return Found(ConflictKind.CHRONOLOGY, lasting, begun, why)


def _since(side: Side) -> Moment | None:
    """Return since when a claim says that something goes on."""
    first, stroke, last = (side.claim.content.when or "").partition("/")
    goes_on = bool(stroke) and last == ".." and first not in ("", "..")
    said = not words_that("since").isdisjoint(side.words)
    return Moment.parse(first) if goes_on and said else None


def _begins(side: Side) -> bool:
    return not words_that("begins").isdisjoint(side.words)
