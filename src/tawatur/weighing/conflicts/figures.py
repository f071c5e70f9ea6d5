"""Which figures of two claims cannot both be so?

Both count the same thing in the same unit, and no number could be what both say, "about",
"at least" and "at most" allowed for. Victims are compared fate by fate; of soldiers and of all
dead only the part can be too great. A count that rises from an earlier to a later report, or
further on in one source's words, is news, not a conflict.

Of two voices of one text one may say that there was none at all ("not one came") where the other
gives some. What a voice counts in other words than the last one is looked at by `recounts`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from tawatur.figures import in_signs, number
from tawatur.model.claim import Claim
from tawatur.model.moment import Moment
from tawatur.model.picture import ConflictKind, Reason
from tawatur.model.reading import Polarity, Quantity
from tawatur.model.text import fold, fold_words
from tawatur.weighing.conflicts.found import Found
from tawatur.weighing.conflicts.sides import (
    Side,
    alike,
    characters_between,
    is_so,
    is_voice,
    may_meet,
    two_voices,
)
from tawatur.weighing.events import apart, moment
from tawatur.weighing.tolls import Toll, bounds, differ, far_apart, risen
from tawatur.weighing.words import content_stems

ALIKE_OWN_WORD = 0.75
"""Least likeness of words where only they say of what two shares or sums are."""
REACH = 900
"""Code points within which two voices of a text count one thing."""
BARE_REACH = 300
"""The same where the later gives a bare number."""
BARE_WORDS = 6
"""Stems at most beside "the figure of 31,000", half as many beside a number alone."""
BESIDE = 2
"""Words that two voices share beside what both count, or they count two things."""
ROUNDUP = 4
"""Counts of the dead of a text above which it tells of several happenings."""
SLIP_DAYS = 3
"""Days by which two voices may date what they count apart."""
_BARE_UNITS = frozenset({None, "person", "USD", "EUR", "rupee", "share"})
_SEVERAL = (
    "This does not contradict, because one source counts several such things: {0}, {1} ({2}).",
    "This does not contradict, because one source counts several such things: {0}, {1}.",
)
_ROSE = (
    "This does not contradict, because the count rose: {0}, then {1} ({2}).",
    "This does not contradict, because the count rose: {0}, then {1}.",
)
_ONE_NUMBER = (
    "This does not contradict, because one number can be both: {0} and {1} ({2}).",
    "This does not contradict, because one number can be both: {0} and {1}.",
)
_COUNTED = ("One counts {0}, the other {1}: {2}.", "One counts {0}, the other {1}.")
_EARLIER = fold(
    "سابقه|السابقه|سابق|حتي الان|حتي اللحظه|earlier|previous|previously|so far|until now|precedent"
    "|precedente|jusqu ici|a ce stade|pour l instant"
).text.split("|")
_NUMBERS = frozenset(
    fold(
        "figure number sum amount chiffre nombre montant somme رقم الرقم عدد العدد مبلغ"
    ).text.split()
)
_THAT = frozenset(fold("ذلك هذا هذه that it this cela celle celui").text.split())
_OF_ANOTHER = frozenset(fold("who which that qui dont الذي التي الذين").text.split())
"""A count that begins so is of what was named last: "compared with the other, who had 1,401"."""
_PARTS = re.compile(
    r"\b(?:of (?:which|whom|them|these|those)|among them|including|dont|منها|منهم|بينهم|بزياده"
    r"|اي)\b"
)


def figures(sides: Sequence[Side]) -> Iterator[Found]:
    """Yield the pairs of voices of one text that count one thing differently."""
    killed = {t.figure.value for side in sides for t in side.tolls if t.fate == "killed"}
    several = len(killed) > ROUNDUP
    counting = [side for side in sides if side.claim.content.quantities]
    for a, b in combinations(sorted(counting, key=lambda s: s.claim.span), 2):
        if two_voices(a, b) and characters_between(a, b) <= REACH:
            for x, y in (*_of_one_thing(a, b, several=several), *_none_and_some(a, b)):
                if _agrees_elsewhere(a.claim, x, b.claim, y):
                    continue
                lists = x.value and y.value and (_lists(a, x, sides) or _lists(b, y, sides))
                yield _beside(a, x, b, y, _SEVERAL) if lists else counted(a, x, b, y)
                break
            yield from _of_one_number(a, b)


def differing_figures(a: Side, b: Side) -> Found | None:
    """Return what it comes to that both count the same thing, and no number could be both."""
    if not may_meet(a, b) or not (is_so(a) and is_so(b)):
        return None
    rising: Found | None = None
    for x, y in _differing(a, b):
        if _agrees_elsewhere(a.claim, x, b.claim, y):
            continue
        if not _risen(a.claim, x, b.claim, y):
            return counted(a, x, b, y)
        low, high = ((a, x), (b, y)) if (x.value or 0.0) < (y.value or 0.0) else ((b, y), (a, x))
        rising = rising or _beside(*low, *high, _ROSE)
    return rising


def counted(a: Side, x: Quantity, b: Side, y: Quantity) -> Found:
    """Return the conflict of ``a``, which counts ``x``, with ``b``, which counts ``y``."""
    return Found(ConflictKind.FIGURE, a, b, _why(_COUNTED, x, y))


def _beside(a: Side, x: Quantity, b: Side, y: Quantity, why: tuple[str, str]) -> Found:
    """Return the near miss of two counts that can both be right."""
    return Found(ConflictKind.FIGURE, a, b, _why(why, x, y), near=True)


def _why(templates: tuple[str, str], x: Quantity, y: Quantity) -> Reason:
    """Return the reason with two figures and what they count, or the one where no text says."""
    of = x.of or y.of
    if of is None:
        return Reason(templates[1], (written(x), written(y)))
    return Reason(templates[0], (written(x), written(y), of))


def written(figure: Quantity) -> str:
    """Return a figure in signs, as reasons hold it."""
    return in_signs(number(figure.value or 0.0), figure.bound, figure.unit)


def standing(sides: Iterable[Side]) -> list[Side]:
    """Return the sides without the counts that their own source raised further on in the text."""
    sides = tuple(sides)
    highest: dict[tuple[str, str, str, str], tuple[int, float]] = {}
    for side in sides:
        for toll in side.tolls:
            key = (side.claim.document, side.root, toll.fate, toll.who)
            at = toll.figure.span.start
            value = toll.figure.value or 0.0
            if key not in highest or value > highest[key][1]:
                highest[key] = (at, value)

    def stands(side: Side, toll: Toll) -> bool:
        for who in {toll.who, ""}:
            last = highest.get((side.claim.document, side.root, toll.fate, who))
            if last and toll.figure.span.start < last[0] and (toll.figure.value or 0.0) < last[1]:
                return False
        return True

    return [
        side if len(held) == len(side.tolls) else replace(side, tolls=held)
        for side in sides
        for held in (tuple(toll for toll in side.tolls if stands(side, toll)),)
    ]


def _differing(a: Side, b: Side) -> Iterator[tuple[Quantity, Quantity]]:
    """Yield the pairs of figures that no number could satisfy: victims by fate, then the rest."""
    if _ordinals(a) and _ordinals(b) and _ordinals(a) != _ordinals(b):
        return  # the second and the third of something are two things
    for p in a.tolls:
        for q in b.tolls:
            if not differ(p, q) or far_apart(p.figure.value or 0.0, q.figure.value or 0.0):
                continue
            if not _adds_up(a, p, q) and not _adds_up(b, q, p):
                yield p.figure, q.figure
    counted = {toll.figure for toll in (*a.tolls, *b.tolls)}
    for x in a.claim.content.quantities:
        for y in b.claim.content.quantities:
            if {x, y} & counted or not same_thing(a.claim, x, b.claim, y) or admit(x, y):
                continue
            if is_part(a.claim, x) or is_part(b.claim, y):
                continue
            if x.of is None and not (_only(a.claim, x) and _only(b.claim, y) and _own_words(a, b)):
                continue  # shares and sums: of what, only the words around them say
            yield x, y


def is_part(claim: Claim, figure: Quantity) -> bool:
    """Return whether a figure counts some of those counted before: "among them 18"."""
    before = claim.quote[: max(0, figure.span.start - claim.span.start)]
    return _PARTS.search(fold_words(before)) is not None


def _days(time: Moment) -> int:
    if time.lower is None or time.upper is None:
        return 366
    return (time.upper - time.lower).days


def _adds_up(side: Side, part: Toll, whole: Toll) -> bool:
    """Return whether what a claim counts one by one comes to ``whole``: 31 there, 9 later."""
    parts = [toll.low for toll in side.tolls if toll.fate == part.fate]
    return len(parts) > 1 and whole.low <= sum(parts) <= whole.high


def _ordinals(side: Side) -> frozenset[float | None]:
    figures = side.claim.content.quantities
    return frozenset(q.value for q in figures if q.unit == "ordinal")


def _only(claim: Claim, figure: Quantity) -> bool:
    return sum(q.unit == figure.unit for q in claim.content.quantities) == 1


def _own_words(a: Side, b: Side) -> bool:
    return a.of.language != b.of.language or alike(a, b) >= ALIKE_OWN_WORD


def same_thing(a: Claim, x: Quantity, b: Claim, y: Quantity) -> bool:
    """Return whether two figures count one kind of thing to which the same happened."""
    if x.value is None or y.value is None or x.unit != y.unit or not (x.of or x.unit):
        return False
    if (x.of is None) != (y.of is None):
        return False
    return not (x.of and y.of and not content_stems(x.of) & content_stems(y.of))


def admit(x: Quantity, y: Quantity) -> bool:
    """Return whether some number could be what both say."""
    (low, high), (least, most) = bounds(x), bounds(y)
    return low <= most and least <= high


def _risen(a: Claim, x: Quantity, b: Claim, y: Quantity) -> bool:
    """Return whether the higher count is surely the later one."""
    higher, lower = (a, b) if (x.value or 0) > (y.value or 0) else (b, a)
    first, second = moment(lower.said or lower.published), moment(higher.said or higher.published)
    return first is not None and second is not None and first.before(second) is True


def _agrees_elsewhere(a: Claim, x: Quantity, b: Claim, y: Quantity) -> bool:
    """Return whether either claim holds the other's figure too, as one that counts both does."""
    return any(q.value == y.value for q in a.content.quantities) or any(
        q.value == x.value for q in b.content.quantities
    )


def bare_number(side: Side) -> Quantity | None:
    """Return the number of a claim that says little else, what it counts left to the text."""
    if not is_so(side) or len(side.claim.content.quantities) != 1:
        return None
    (figure,) = side.claim.content.quantities
    said = side.words
    words = set(said)
    points = words & _NUMBERS or figure.unit == "share"
    if said[0] in _OF_ANOTHER or len(side.topic) > (BARE_WORDS if points else BARE_WORDS // 2):
        return None
    if figure.value is None or figure.unit not in _BARE_UNITS or _PARTS.search(" ".join(said)):
        return None
    if figure.unit == "share":
        # "no more than half of that" of a whole number told before
        of_that = set(fold_words(figure.of or "").split()) & _THAT
        return figure if of_that and figure.value < 1 else None
    return None if figure.of else figure


def _of_one_thing(a: Side, b: Side, *, several: bool) -> Iterator[tuple[Quantity, Quantity]]:
    """Yield the differing figures of two voices whose words say that they count one thing.

    Args:
        a: The one.
        b: The other.
        several: Whether the text counts the victims of several happenings: then of one place only.
    """
    if not (is_voice(a) and is_voice(b) and is_so(a) and is_so(b)):
        return
    if is_old(a) or is_old(b):
        return
    if a.of.when and b.of.when and apart(a.of.when, b.of.when) > SLIP_DAYS:
        return
    # The seats of two parties, the points of two exchanges are two things.
    elsewhere = (a.of.names and b.of.names and not a.of.names & b.of.names) or _of_two(a, b)
    of_one_day = all(s.of.when and _days(s.of.when) <= SLIP_DAYS for s in (a, b))
    victims = {toll.figure for toll in (*a.tolls, *b.tolls)}
    shared = a.topic & b.topic
    for x, y in _differing(a, b):
        if far_apart(x.value or 0.0, y.value or 0.0):
            continue
        beside = shared - content_stems(f"{x.of or ''} {y.of or ''}")
        if {x, y} & victims and several and not _sites(a) & _sites(b):
            continue
        if {x, y} & victims:
            one = bool(beside) or characters_between(a, b) <= BARE_REACH
            if of_one_day or (one and not elsewhere):
                yield x, y
        elif len(beside) >= BESIDE and not elsewhere and (a.of.when is None) == (b.of.when is None):
            yield x, y


def _sites(side: Side) -> frozenset[str]:
    return frozenset(code for _, _, code in side.of.sites)


def is_old(side: Side) -> bool:
    """Return whether a count is said to be an earlier one, or to go on: "so far"."""
    words = f" {fold_words(side.speaker)} {fold_words(side.claim.quote)} "
    return any(f" {phrase} " in words for phrase in _EARLIER)


def _lists(side: Side, figure: Quantity, sides: Sequence[Side]) -> bool:
    """Return whether a voice counts several things in one unit: a list of ports, of months.

    Of victims the higher figure stands (`standing`).
    """
    if figure in {toll.figure for toll in side.tolls}:
        return False
    figures = {
        q.value
        for other in sides
        if other.root == side.root
        for q in other.claim.content.quantities
        if same_thing(side.claim, figure, other.claim, q)
    }
    return len(figures) > 1


def _of_two(a: Side, b: Side) -> bool:
    """Return whether two claims are of two bodies or people, none in both."""
    mine, theirs = ({code for *_, code in side.of.who} for side in (a, b))
    return bool(mine and theirs) and not mine & theirs


def _of_one_number(a: Side, b: Side) -> Iterator[Found]:
    """Yield the counts of one fate that differ, and that one number could be."""
    if not (is_voice(a) and is_voice(b) and is_so(a) and is_so(b)) or not may_meet(a, b):
        return
    for p in a.tolls:
        for q in b.tolls:
            same = p.fate == q.fate and p.who == q.who and p.figure.value != q.figure.value
            if same and not differ(p, q):
                rose = risen(p.figure, q.figure)
                yield _beside(a, p.figure, b, q.figure, _ROSE if rose else _ONE_NUMBER)


def _none_and_some(a: Side, b: Side) -> Iterator[tuple[Quantity, Quantity]]:
    """Yield the figures of two voices of whom one says that there was none at all."""
    for none, some in ((a, b), (b, a)):
        denied = none.claim.content.polarity is Polarity.DENIED
        if not denied or not is_so(some) or bare_number(some) is not None:
            continue
        for x in none.claim.content.quantities:
            for y in some.claim.content.quantities:
                if x.value == 0 and y.value and same_thing(none.claim, x, some.claim, y):
                    yield (x, y) if none is a else (y, x)
