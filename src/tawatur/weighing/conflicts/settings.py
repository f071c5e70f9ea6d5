"""Do two claims set one thing at two times or places?

* *date*: two voices date one thing to times that cannot meet;
* *place*: two voices set one happening of one time at places of which neither is the other;
* *held*: one voice tells of a happening on a day; another says that it took place on another;
* *beginning*: what is said to go on since a day is founded, launched or begun after it.

Who speaks of a thing in other words may speak of another one, so that much must be shared.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from tawatur.model.moment import Moment
from tawatur.model.picture import ConflictKind, Reason
from tawatur.model.reading import EntityType, EventType
from tawatur.model.text import fold_words
from tawatur.weighing.conflicts.across import differing_dates
from tawatur.weighing.conflicts.found import Found
from tawatur.weighing.conflicts.kin import kin
from tawatur.weighing.conflicts.sides import (
    Side,
    characters_between,
    dates_itself,
    is_so,
    is_voice,
    may_meet,
    two_voices,
)
from tawatur.weighing.events import apart
from tawatur.weighing.stances import words_that
from tawatur.weighing.words import content_stems

REACH = 1_500
"""Code points within which two voices set one happening."""
TOPIC = 3
"""Roots outside names, besides those of the figures, that two settings of one happening share."""
COVERED = 0.5
"""The least share of the shorter claim's roots that they are."""
RIGHT_BEFORE = 400
"""Code points within which "the meeting took place" resumes what another voice told."""
ABOUT = 366
"""Days by which a beginning that is told as "about" may be later."""

_TOOK_PLACE = re.compile(
    r"\b(?:took place|taken place|occurred|happened|was held|were held|(?:a|ont|avait) eu lieu"
    r"|s est tenue?s?|s est deroulee?|eut lieu|(?:ال\w+ )(?:\w+ ){0,4}"
    r"(?:جري|جرت|عقد|عقدت|حصل|حصلت|وقع|وقعت|تم|تمت))\b"
)
_MONTHS = frozenset(
    map(
        kin,
        content_stems(
            """
            january february march april may june july august september october november december
            janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
            يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر
            جانفي فيفري افريل ماي جوان جويليه اوت
            """
        ),
    )
)
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
    days = [side for side in told if is_voice(side) and dates_itself(side) and _one_day(side)]
    for a, b in combinations(days, 2):
        if characters_between(a, b) <= RIGHT_BEFORE and two_voices(a, b) and _resumes(a, b):
            why = Reason(
                "One dates it {0}, the other {1}.",
                (a.claim.content.when or "", b.claim.content.when or ""),
            )
            yield Found(ConflictKind.DATE, a, b, why)
    begun = [side for side in told if _begins(side)]
    for lasting in told if begun else ():
        for beginning in begun:
            if (found := _begun_later(lasting, beginning)) is not None:
                yield found


def _one_day(side: Side) -> bool:
    when = side.of.when
    return when is not None and when.lower is not None and when.lower == when.upper


def _resumes(a: Side, b: Side) -> bool:
    """Return whether the later says of the happening of the earlier that it took place otherwhen.

    It is one happening if both are of one kind and of one place, or share words beside the days.
    """
    earlier, later = (a, b) if a.claim.span < b.claim.span else (b, a)
    if may_meet(a, b) or a.of.type is not b.of.type or a.of.type not in _HAPPENING:
        return False
    if _TOOK_PLACE.search(" ".join(later.words)) is None:
        return False
    if not words_that("another").isdisjoint({*a.words, *b.words}):
        return False
    here, there = ({code for _, _, code in side.of.sites} for side in (a, b))
    if here and there:
        return bool(here & there)
    same = any(later.said.get(matter) == side for matter, side in earlier.said.items())
    return bool((a.kin & b.kin) - _MONTHS) and (same or bool(a.of.names & b.of.names))


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
    why = Reason(
        "One says that it lasts, begun {0}; the other has it begin {1}.", (since.edtf, start.edtf)
    )
    return Found(ConflictKind.CHRONOLOGY, lasting, begun, why)


def _since(side: Side) -> Moment | None:
    """Return since when a claim says that something goes on."""
    first, stroke, last = (side.claim.content.when or "").partition("/")
    goes_on = bool(stroke) and last == ".." and first not in ("", "..")
    said = not words_that("since").isdisjoint(side.words)
    return Moment.parse(first) if goes_on and said else None


def _begins(side: Side) -> bool:
    return not words_that("begins").isdisjoint(side.words)
