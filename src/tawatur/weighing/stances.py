"""On which side of a matter do the words of a claim stand: paid or unpaid, met or not?

A table of opposites names matters that reports argue about, with the words for either side
in every language. The side on which a claim stands is that of its word, turned round by
each negation that reaches it: by a denial, by "without" before it, by what ceases
("the meetings never ceased" says that they met). What stands behind "before" or "until" is
out of reach of a negation ("will not sign before there are guarantees" asks for guarantees),
and such a sentence sets a condition.

A "no" reaches many words and denies few: its *focus*. "We do not welcome the sanctions" denies
the welcome and not the sanctions; "there are no sanctions", "they imposed none", "any sanctions"
deny those. Where somebody denies outright, all that they deny is in focus.

A claim that stands on both sides of a matter stands on none.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tawatur.model.text import fold, fold_text
from tawatur.weighing.words import content_stems, stem

REACH = 4
"""Words behind a "no" or "without" in an assertion that it negates."""
BEHIND, AHEAD = 8, 4
"""The same in a denial, and words before it: what is denied may stand on either side."""
TOLD = 14
"""Words of a claim that is denied by whoever passes it on, as far as the denial reaches."""

_TO = frozenset({"to", "de", "d"})
"""Who refused to come did not come; who refused an offer had one."""
_CONDITION = "condition"
"""The matter that "will not sign before there are guarantees" takes a side on."""
_TRUTH = "truth"
"""Who calls a thing untrue denies it outright."""
_OVER = "activity"
"""The matter that words of ceasing belong to themselves: they do not turn it round."""


# What cannot or should not be, what is not all or no more, and what is neither confirmed nor
# denied, is not denied.
_NOT_DENIED = (
    r"\b(?:cannot|can t|can not|could not|couldn t|should not|shouldn t|must not|not only|not just"
    r"|would not|wouldn t|not supposed to|not necessarily|no longer|no particular|no doubt"
    r"|might not|may not|(?:not|n t) (?:the|his|her|its|their|our) only"
    r"|those who (?:did|do|have) not|^no (?:i|he|she|we|they|it|you|the)"
    r"|(?:pas|n est pas) (?:le|la) seule?|qui n(?:e| ont| a)\b"
    r"|(?:لا|ليس|ليست|لن) (?:\w+ )?(?:\w+ )?ال?وحيده?|قد لا|(?:من|الذين|التي|الذي) (?:لم|لا|لن)"
    r"|(?:not|nor|neither) confirm\w* (?:or|nor) den\w+"
    r"|ne peu\w+|ne pouva\w+|ne doi\w+|ne devr\w+|pas seulement|non seulement|pas forcement"
    r"|sans doute|ne? (?:\w+ )?plus|ni (?:\w+ )?confirme\w* ni (?:\w+ )?(?:dement\w*|infirme\w*)"
    r"|(?:لا|ولا|فلا|لن) (?:يمكن|يجب|ينبغي|يجوز|بد|شك|تجب)\w*"
    r"|(?:ليس|ليست|لا) فقط|فحسب|بالضروره|لا (?:ي|ت)كفي\w*|لا (?:ي|ت)تجاوز|لم (?:ي|ت)عد"
    r"|(?:ي|ت)وكد\w* او (?:ي|ت)نفي?\w*|لم (?:ي|ت)وكد\w* ولم (?:ي|ت)نف\w*)\b"
)


@cache
def words_that(deed: str) -> frozenset[str]:
    """Return the folded words of a group of ``tables/negations.txt``, by what they do."""
    path = Path(__file__).with_name("tables") / "negations.txt"
    lines = (line.partition(": ") for line in path.read_text("utf-8").splitlines())
    return frozenset(
        word for name, _, words in lines if name == deed for word in fold(words).text.split()
    )


@cache
def _not_denied() -> re.Pattern[str]:
    return re.compile(_NOT_DENIED)


def plainly_so(words: Sequence[str]) -> bool:
    """Return whether a claim says as of now that a thing is so, or is not.

    It does not where it only puts off ("before the bridge opens") or denies a part.

    Args:
        words: Its folded words.
    """
    if not words or _puts_off(words, 0):
        return False
    return not _not_denied().search(" ".join(words))


def _negated(
    words: Sequence[str], said: Sequence[int], end: int, *, denied: bool
) -> frozenset[int]:
    """Return the places of the words that a negation reaches.

    Args:
        words: The folded words of a claim.
        said: The places of a "no".
        end: From where on nothing is reached.
        denied: Whether it was read as a denial.
    """
    said = [at for at in said if at < end]
    if not denied:
        reach = [range(at + 1, at + 1 + (words[at] in words_that("next") or REACH)) for at in said]
    elif said:
        reach = [range(at - AHEAD, at + 1 + BEHIND) for at in said]
    else:
        reach = [range(TOLD)]
    return frozenset(at for places in reach for at in places if 0 <= at < end)


def _put_off(words: Sequence[str]) -> int:
    """Return the place of the first "before" or "until" that puts off, or where the words end."""
    if words_that("before").isdisjoint(words):
        return len(words)
    return next((at for at in range(len(words)) if _puts_off(words, at)), len(words))


def _puts_off(words: Sequence[str], at: int) -> bool:
    """Return whether "before" or "until" stands at a place, and does not only say how long ago."""
    if words[at] not in words_that("before"):
        return False
    return not any(w.isdecimal() or w in words_that("units") for w in words[at + 1 : at + 3])


def unjoined(word: str) -> str:
    """Return a folded word without a conjunction that Arabic joins to it."""
    return word[1:] if word[0] in "وف" and len(word) > 2 else word


def _avoided(words: Sequence[str], plain: Sequence[str]) -> frozenset[int]:
    """Return the places of the words behind "refused to", "failed to" or "lack of"."""
    if words_that("avoided").isdisjoint(words) and words_that("lacking").isdisjoint(plain):
        return frozenset()
    return frozenset(
        place
        for at in range(len(words) - 1)
        if (words[at] in words_that("avoided") and words[at + 1] in _TO)
        or plain[at] in words_that("lacking")
        for place in range(at + 1, min(len(words), at + 1 + REACH))
    )


def _focus(
    words: Sequence[str], plain: Sequence[str], said: Sequence[int], reached: frozenset[int]
) -> frozenset[int]:
    """Return the places of the words that the "no" of a denial denies, of those that it reaches."""
    outright = [at for at in said if plain[at] in words_that("outright")]
    found = {at for first in outright for at in range(first, first + TOLD)}
    for at in (at for at, word in enumerate(words) if word in words_that("any")):
        found.update(_content(words, at + 1)[:1])
    for at in said:
        things = plain[at] in words_that("of things")
        found.update(_content(words, at + 1)[: 1 + things])
        if things and at:
            found.add(at - 1)
    found &= reached
    if any(words[at] in words_that("ceased") for at in found):
        return reached  # what has not ceased goes on, wherever it stands
    return frozenset(found)


def _content(words: Sequence[str], start: int) -> list[int]:
    """Return the places from ``start`` of the words that carry content."""
    return [
        at
        for at in range(start, len(words))
        if words[at] not in words_that("light") and content_stems(words[at])
    ]


@dataclass(frozen=True, slots=True)
class Stance:
    """What the words of one claim take a side on, and how they negate.

    ``sides`` holds for each matter 1 or -1, the side on which it stands; ``negated`` the places
    of the words that a negation reaches, ``focus`` of those that it denies; ``outright`` tells
    whether somebody denies outright, ``negates`` whether a word negates.
    """

    sides: Mapping[str, int]
    negated: frozenset[int]
    focus: frozenset[int]
    outright: bool
    negates: bool


def stance(words: Sequence[str], cues: Iterable[str], *, denied: bool) -> Stance:
    """Return how a claim stands to the matters that it speaks of.

    Args:
        words: Its folded words.
        cues: The folded words of those who pass it on: "denied", "said".
        denied: Whether it was read as a denial.
    """
    plain = [unjoined(word) for word in words]
    verbs = words_that("outright") - words_that("or nouns")
    outright = not (words_that("outright").isdisjoint(cues) and verbs.isdisjoint(plain))
    outright = outright or rejects(frozenset(plain))
    negates = outright or bool(_said(plain, "negations"))
    found = tuple(_found(words))
    # Where no word negates, the denial lies in one of the table: "the letter is a forgery".
    denied = denied and (negates or not any(side < 0 for *_, side in found))
    said = _said(plain, "no")
    end = _put_off(words)
    reached = _negated(words, said, end, denied=denied)
    denying = _focus(words, plain, said, reached) if said and denied else reached
    ceased = not words_that("ceased").isdisjoint(words)
    negating = denying if denied and not outright else reached
    sides = _sides(found, negating, denied=denied, ceased=ceased)
    outright = outright or (denied and sides.get(_TRUTH) == -1)
    if end < len(words) and any(at < end for at in said):
        # Something is said not to be before, or unless, something else is.
        sides = {**sides, _CONDITION: 1}
    return Stance(sides, reached | _avoided(words, plain), denying, outright, negates)


def _said(plain: Sequence[str], deed: str) -> list[int]:
    """Return the places of the words of a group, but for those that only say "still"."""
    if words_that(deed).isdisjoint(plain):
        return []
    still = words_that("still")
    return [
        at
        for at, word in enumerate(plain)
        if word in words_that(deed) and not still.intersection(plain[at + 1 : at + 2])
    ]


def rejects(words: AbstractSet[str]) -> bool:
    """Return whether accusations, or reports, are rejected: who rejects an offer denies nothing."""
    return not (words_that("rejects").isdisjoint(words) or words_that("told").isdisjoint(words))


def _sides(
    found: Iterable[tuple[range, str, int]], negating: frozenset[int], *, denied: bool, ceased: bool
) -> Mapping[str, int]:
    """Return for each matter that a claim speaks of 1 or -1, the side on which it stands.

    Args:
        found: The phrases of the table in it.
        negating: The places of its words that a negation reaches.
        denied: Whether it was read as a denial: then only those tell where it stands.
        ceased: Whether it speaks of what ceased.
    """
    sides: dict[str, set[int]] = {}
    for places, matter, side in found:
        within = not negating.isdisjoint(places if denied else places[:1])
        if denied and not within:
            continue
        turned = within + (ceased and matter != _OVER)
        sides.setdefault(matter, set()).add(side * (-1) ** turned)
    return {matter: held.pop() for matter, held in sides.items() if len(held) == 1}


def _found(words: Sequence[str]) -> Iterator[tuple[range, str, int]]:
    """Yield places, matter and side of each phrase of the table among ``words``."""
    table, begins = _table(), _begins()
    stems = list(map(stem, words))
    for at, first in enumerate(stems):
        if first not in begins:
            continue
        for length in (3, 2, 1):
            phrase = " ".join(stems[at : at + length])
            if at + length <= len(words) and phrase in table:
                for matter, side in table[phrase]:
                    yield range(at, at + length), matter, side
                break


@cache
def everyday() -> frozenset[str]:
    """Return the matters of which reports speak on both sides without contradiction."""
    return frozenset(name.rstrip("*") for name, _, _ in _lines() if name.endswith("*"))


@cache
def stems_of(matter: str) -> frozenset[str]:
    """Return the stems of the words that speak of a matter, on either side."""
    return frozenset(
        stem
        for phrase, held in _table().items()
        for stem in phrase.split()
        if any(name == matter for name, _ in held)
    )


@cache
def _table() -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Return by phrase, in stems, the matters that it speaks of and on which side."""
    found: dict[str, list[tuple[str, int]]] = {}
    for name, side, words in _lines():
        for entry in words.split():
            phrase = " ".join(map(stem, fold_text(entry.replace("_", " ")).split()))
            held = found.setdefault(phrase, [])
            if (name.rstrip("*"), side) not in held:
                held.append((name.rstrip("*"), side))
    return {phrase: tuple(held) for phrase, held in found.items()}


@cache
def _begins() -> frozenset[str]:
    """Return the stems with which a phrase of the table begins: few words of a text do."""
    return frozenset(phrase.split(" ", 1)[0] for phrase in _table())


@cache
def _lines() -> tuple[tuple[str, int, str], ...]:
    """Return name, side and words of each line of the table."""
    path = Path(__file__).with_name("tables") / "opposites.txt"
    found = []
    name, side = "", 1
    for line in path.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        before, colon, words = line.partition(":")
        if colon:
            name, side = before, 1
        elif line.strip().startswith("|"):
            side, words = -1, line.replace("|", " ")
        else:
            words = line
        found.append((name, side, words))
    return tuple(found)
