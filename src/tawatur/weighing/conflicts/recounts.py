"""Does one voice put another number on what was counted before it, in other words?

The second seldom repeats what the first counted:

* *bare*: what one counts in a full phrase, the next gives as a number that says little else
  ("the figure of 31,000", "it was 410 million", "no more than half of that");
* *spoken of*: the next "speaks of some sixty cases", "puts it at 200", or has "only 40": a verb of
  counting or a word of limiting stands right before or behind the figure, so that it is set against
  the last figure of a kind that it could be.

Known limit: of two things counted side by side the later is taken.
"""

import re
from collections.abc import Iterator, Sequence

from tawatur.model.reading import Polarity, Quantity
from tawatur.model.text import fold_words
from tawatur.weighing.conflicts.figures import (
    BARE_REACH,
    admit,
    bare_number,
    counted,
    is_old,
    is_part,
    same_thing,
)
from tawatur.weighing.conflicts.found import Found
from tawatur.weighing.conflicts.sides import (
    SAID_AS_SO,
    Side,
    characters_between,
    is_so,
    is_voice,
    may_meet,
    two_voices,
)
from tawatur.weighing.tolls import far_apart
from tawatur.weighing.words import content_stems

REACH = 400
"""Code points within which what is spoken of is what was counted last."""
BRIEF = 12
"""Stems at most of a claim that only puts a figure on what was counted before it."""

_NEVER_COUNTED = frozenset({"ordinal", "time", "year", "day", "month", "hour", "km", "age"})
_NO_COUNT = _NEVER_COUNTED | {"share", "%"}  # of what, only the words around them say
_PEOPLE = frozenset({"person", "soldier"})
_OF_ANY_KIND = content_stems(
    "cases case cas people persons personnes dead morts حاله حالات شخص اشخاص قتيل قتلي"
)
"""Words for what is counted that may stand for another: the pupils are the cases."""
_COUNTS = re.compile(
    r"\b(?:sp(?:eaks?|oke|eaking) of|talk(?:s|ed) of|puts? (?:\w+ ){1,4}at|counted|counts"
    r"|tallied|estimat\w+|reckon\w*|(?:figure|number|toll|total) (?:of|at)"
    r"|parl(?:e|ent|ait|aient)|evoqu\w+|f(?:ait|ont|aisait) etat|avanc(?:e|ent|ait)|chiffr\w+"
    r"|estim\w+|denombr\w+|recens\w+|tabl(?:e|ent) sur|compt(?:e|ent|ait)|(?:bilan|chiffre) d\w*"
    r"|و?(?:ت|ي)?تحدث\w*(?: عن)?|و?(?:ت|ي)?قدر\w*|و?(?:ت|ي)حصي\w*|و?احص(?:ي|ت)\w*|(?:ال)?حصيل\w+"
    r"|(?:ال)?عدد\w*)(?: \w+){0,5}$"
)
_ONLY_BEFORE = re.compile(
    r"\b(?:only|just|merely|barely|(?:no|not) more than|fewer than|less than|a peine|pas plus d\w*"
    r"|tout au plus|moins d\w*|(?:لا|لم|لن) (?:ي|ت)(?:تجاوز|تعد|زد|زيد|تخط)\w*(?: عن| علي)?"
    r"|ليس اكثر من|اقل من|مجرد)(?: \w+){0,2}$"
)
_ONLY_BEHIND = re.compile(r"^(?:\w+ ){0,3}(?:only|seulement|فقط|لا غير|tout au plus|at most)\b")


def recounts(sides: Sequence[Side]) -> Iterator[Found]:
    """Yield the figures that a voice gives in other words than who counted before it."""
    for side in sides:
        if (bare := bare_number(side)) is not None:
            yield from _taken_up(side, bare, sides)
        elif (figure := _spoken_of(side)) is not None:
            yield from _set_against(side, figure, sides)


def _taken_up(side: Side, bare: Quantity, sides: Sequence[Side]) -> Iterator[Found]:
    """Yield ``side`` with the figure told last before it, if another voice told it."""
    before = [
        (other, x)
        for other in sides
        if other.claim.span < side.claim.span and characters_between(other, side) <= BARE_REACH
        for x in other.claim.content.quantities[:1]
        if x.value is not None
        and x.unit not in _NEVER_COUNTED
        and bare.unit in (None, "share", x.unit)
    ]
    if not before:
        return
    other, figure = max(before, key=lambda told: told[0].claim.span)
    if not two_voices(other, side) or not is_so(other) or _of_another(other, side):
        return
    share = bare.unit == "share"
    apart_ = far_apart(figure.value or 0.0, bare.value or 0.0)
    if share or not (admit(figure, bare) or apart_):
        yield counted(other, figure, side, bare)


def _spoken_of(side: Side) -> Quantity | None:
    """Return the figure that a brief claim "speaks of", or has only so many of."""
    if not is_so(side) or not is_voice(side) or len(side.of.stems) > BRIEF or is_old(side):
        return None
    claim = side.claim
    if len(claim.content.quantities) != 1:
        return None  # it tells of several things itself
    (figure,) = claim.content.quantities
    if figure.value is None or figure.unit in _NO_COUNT or is_part(claim, figure):
        return None
    start, end = (at - claim.span.start for at in (figure.span.start, figure.span.end))
    before = fold_words(f"{claim.root.cue or ''} {claim.quote[: max(0, start)]}").strip()
    behind = fold_words(claim.quote[max(0, end) :]).strip()
    limited = _ONLY_BEFORE.search(before) or _ONLY_BEHIND.search(behind)
    return figure if limited or _COUNTS.search(before) else None


def _set_against(side: Side, figure: Quantity, sides: Sequence[Side]) -> Iterator[Found]:
    """Yield ``side`` with the claim of another voice that last counted what it may count."""
    before = [
        (other, x)
        for other in sides
        if other.claim.span < side.claim.span and characters_between(other, side) <= REACH
        for x in other.claim.content.quantities
        if _may_be_of_one_kind(other, x, side, figure)
    ]
    if not before:
        return
    other, last = max(before, key=lambda told: (told[0].claim.span, told[1].span))
    if not two_voices(other, side) or not _said_or_denied(other) or is_part(other.claim, last):
        return
    if _of_another(other, side):
        return
    if not admit(last, figure) and not far_apart(last.value or 0.0, figure.value or 0.0):
        yield counted(other, last, side, figure)


def _may_be_of_one_kind(a: Side, x: Quantity, b: Side, y: Quantity) -> bool:
    """Return whether two figures may count one kind of thing, if in other words."""
    if x.value is None or x.unit in _NO_COUNT:
        return False
    if same_thing(a.claim, x, b.claim, y) or (x.unit in _PEOPLE and y.unit in _PEOPLE):
        return True
    any_kind = y.unit is None and (not y.of or bool(content_stems(y.of) & _OF_ANY_KIND))
    return any_kind and x.unit in {None, *_PEOPLE}


def _said_or_denied(side: Side) -> bool:
    content = side.claim.content
    return content.modality in SAID_AS_SO and content.polarity is not Polarity.QUESTIONED


def _of_another(earlier: Side, later: Side) -> bool:
    """Return whether the later claim is of somebody, of a place or of a time of its own."""
    if later.of.names - earlier.of.names - content_stems(later.speaker):
        return True
    when = later.of.when
    if when is None or when == later.of.published:  # the day on which it is said is none
        return False
    return earlier.of.when is None or not may_meet(earlier, later)
