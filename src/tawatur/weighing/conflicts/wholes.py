"""Does one claim speak of all, the only or the first, and another of what leaves no room for it?

* *only*: one voice says that it is this alone, the other names this and something beside it;
* *all*: one says of all that another says not to be so of some;
* *first*: one calls a thing the first since a day, or the first of its kind, another tells of an
  earlier one with a name in common;
* *of so many*: one says that 14 of 16 did, another that at least six did not;
* *list*: one counts five, another lists four.

All but the first two say outright what cannot be, so that few words need to be shared.
"""

import re
from collections.abc import Iterator, Sequence

from tawatur.model.picture import ConflictKind, Reason
from tawatur.model.reading import Quantity
from tawatur.model.text import fold_words
from tawatur.weighing.conflicts.evidence import opposed_matters
from tawatur.weighing.conflicts.figures import same_thing, written
from tawatur.weighing.conflicts.found import Found
from tawatur.weighing.conflicts.kin import kin
from tawatur.weighing.conflicts.sides import (
    SAID_AS_SO,
    Side,
    all_of_it,
    characters_between,
    is_so,
    is_voice,
    two_voices,
)
from tawatur.weighing.events import apart
from tawatur.weighing.stances import unjoined, words_that
from tawatur.weighing.tolls import bounds
from tawatur.weighing.words import content_stems

REACH = 1_500
"""Code points within which two voices speak of one thing."""
ITEM = 5
"""Words behind "only", or before "alone", that name the one thing."""
BESIDE = 3
"""Words from a thing to what is named beside it."""
BRIEF = 14
"""Stems at most of a claim that says one thing."""
LATER = 31
"""Days at least between a first one and an earlier one."""
LONGEST = 12
"""Things at most that a list names."""

_OF = re.compile(
    r"\b(\d+) (?:\w+ )?(?:of|out of|sur|des|parmi|من اصل|من بين|من مجموع)(?: (?:the|les))?$"
)
_LISTS = re.compile(
    r"\b(?:compris\w*|consist\w* of|made up of|composed of|namely|compren\w+|compos\w+ de|a savoir"
    r"|regroupe\w*|(?:و?هي|و?هم)$|و?(?:ي|ت)ضم|تتكون من|يتكون من|مولف\w* من)\b"
)
_Part = tuple[float, Quantity]
"""How many of how many."""
_NEVER_BEFORE = re.compile(
    r"\b(?:since|depuis|منذ|ever|history|histoire|تاريخ\w*|(?:of its|of this) kind|du genre"
    r"|من نوع\w*)\b"
)


def wholes(sides: Sequence[Side]) -> Iterator[Found]:
    """Yield the claims that leave no room for each other, of two voices of one text."""
    brief = [side for side in sides if len(side.of.stems) <= BRIEF]
    listing = [side for side in brief if _LISTS.search(fold_words(side.claim.quote))]
    for whole in filter(is_so, brief):
        item, every, part = _only(whole), _all(whole), _part(whole)
        for other in _beside(whole, brief) if item or every else ():
            why = _not_only(whole, item, other) or _not_all(whole, every, other)
            if why is not None:
                yield Found(ConflictKind.POLARITY, whole, other, why)
        for other in _beside(whole, brief) if part else ():
            if (why := _not_so_many(whole, part, other)) is not None:
                yield Found(ConflictKind.FIGURE, whole, other, why)
        for other in _beside(whole, listing):
            if (why := _other_length(whole, other)) is not None:
                yield Found(ConflictKind.FIGURE, whole, other, why)


def _beside(whole: Side, others: Sequence[Side]) -> Iterator[Side]:
    """Yield what another voice says within reach of a claim."""
    for other in others:
        near = other is not whole and characters_between(whole, other) <= REACH
        if near and two_voices(whole, other) and (is_voice(whole) or is_voice(other)):
            yield other


def firsts(sides: Sequence[Side]) -> Iterator[Found]:
    """Yield what is called the first with an earlier one of the kind."""
    for first in sides:
        heads = _called_first(first)
        for earlier in sides if heads else ():
            if _called_first(earlier) & heads:
                continue  # the same, told twice
            if earlier is not first and heads & earlier.kin and _is_earlier(earlier, first):
                why = Reason(
                    "One calls it the first, “{0}”; the other tells of an earlier one: “{1}”.",
                    (first.gist, earlier.gist),
                )
                yield Found(ConflictKind.CHRONOLOGY, first, earlier, why)


def _not_only(whole: Side, item: frozenset[str], other: Side) -> Reason | None:
    """Return why nothing may stand beside the one thing that ``whole`` names and ``other`` has."""
    if not item or not is_so(other) or not (is_voice(whole) and is_voice(other)):
        return None
    more = _named_beside(other, item) - whole.kin
    # That they speak of one matter shows in another word, or in that both set limits.
    if not more or not (_only(other) or (whole.kin & other.kin) - item):
        return None
    return Reason(
        "One says that it is this alone, “{0}”; the other names more: “{1}”.",
        (whole.gist, other.gist),
    )


def _only(side: Side) -> frozenset[str]:
    """Return the roots of the one thing to which a claim limits what it says, empty for none."""
    words = side.words
    if words_that("only").union(words_that("alone"), words_that("but")).isdisjoint(words):
        return frozenset()
    found: set[str] = set()
    for at, word in enumerate(words):
        before = set(map(unjoined, words[max(0, at - ITEM) : at]))
        said_with_no = not before.isdisjoint(words_that("no"))
        if word in (words_that("but") if said_with_no else words_that("only")):
            found |= next(filter(None, (_roots([w]) for w in words[at + 1 : at + 1 + ITEM])), set())
        elif word in words_that("alone"):
            found |= _roots(words[max(0, at - 1) : at])
    return frozenset(found)


def _roots(words: Sequence[str]) -> frozenset[str]:
    return frozenset(kin(stem_) for word in words for stem_ in content_stems(word))


def _named_beside(side: Side, item: frozenset[str]) -> frozenset[str]:
    """Return the roots of what a claim names with "and" beside one of ``item``."""
    words = side.words
    found: set[str] = set()
    for at, word in enumerate(words):
        if word in words_that("and"):
            behind = words[at + 1 : at + BESIDE]
        elif _joined(word):
            behind = (word,)
        else:
            continue
        before = words[max(0, at - BESIDE) : at]
        if item & _roots(behind):
            found |= _roots(before)
        elif item & _roots(before):
            found |= _roots(behind)
    return frozenset(found) - item


def _joined(word: str) -> bool:
    """Return whether Arabic "and" is joined to a word, which does not only begin like it."""
    return word[0] == "و" and not word.startswith(tuple(words_that("no and")))


def _not_all(whole: Side, every: frozenset[str], other: Side) -> Reason | None:
    """Return why what is said of all is not so of some."""
    content = other.claim.content
    if all_of_it(other) or whole.negates or content.modality not in SAID_AS_SO:
        return None
    if not every & other.kin or not opposed_matters(whole, other):
        return None
    return Reason(
        "One says it of all, “{0}”; the other of some that it is not so: “{1}”.",
        (whole.gist, other.gist),
    )


def _all(side: Side) -> frozenset[str]:
    """Return the roots of that of all of which a claim speaks: all the hostages."""
    words = side.words
    return frozenset(
        root
        for at, word in enumerate(words)
        if word in words_that("all")
        for root in next(filter(None, (_roots([w]) for w in words[at + 1 : at + 3])), ())
    )


def _not_so_many(whole: Side, part: _Part | None, other: Side) -> Reason | None:
    """Return why "14 of 16 did" leaves no room for "at least six did not"."""
    content = other.claim.content
    if part is None or content.modality not in SAID_AS_SO or whole.negates or not other.negates:
        return None
    did, among = part
    for figure in content.quantities:
        least, most = max(bounds(figure)[0], 1), (among.value or 0) - did
        if same_thing(whole.claim, among, other.claim, figure) and least > most:
            told = f"{did:g}", f"{among.value:g}", written(figure)
            return Reason("One has {0} of {1}, the other {2} that are not among them.", told)
    return None


def _part(side: Side) -> _Part | None:
    """Return how many of how many a claim tells of."""
    for many in side.claim.content.quantities:
        before = side.claim.quote[: max(0, many.span.start - side.claim.span.start)]
        few = _OF.search(fold_words(before))
        if few and many.value and float(few[1]) <= many.value:
            return float(few[1]), many
    return None


def _other_length(count: Side, listing: Side) -> Reason | None:
    """Return why a list has another length than the count of what it lists."""
    for figure in count.claim.content.quantities:
        value, of = figure.value, content_stems(figure.of or "")
        if value is None or not 1 < value <= LONGEST or figure.bound or not of & listing.of.stems:
            continue
        for kind in {type_ for _, type_, _ in listing.of.where}:
            listed = {code for _, type_, code in listing.of.where if type_ is kind}
            if 1 < len(listed) != value and count.of.names & listing.of.stems:
                return Reason(
                    "One counts {0}, the other lists {1}: “{2}”.",
                    (f"{value:g}", str(len(listed)), listing.gist),
                )
    return None


def _called_first(side: Side) -> frozenset[str]:
    """Return the roots of what a claim calls the first of its kind or since a day."""
    if not is_so(side) or not _NEVER_BEFORE.search(fold_words(side.claim.quote)):
        return frozenset()
    words = side.words
    heads: set[str] = set()
    for at, word in enumerate(words):
        if word in words_that("first"):
            head = words[at + 1 : at + 2]
        elif word in words_that("first behind"):
            head = words[max(0, at - 1) : at]
        else:
            continue
        if not words_that("no first").intersection(head):
            heads |= _roots(head)
    return frozenset(heads)


def _is_earlier(earlier: Side, first: Side) -> bool:
    """Return whether a thing came before the first one, since the day that it names."""
    done, told = earlier.of.when, first.of.published or first.of.when
    if not is_so(earlier) or done is None or told is None:
        return False
    names = earlier.of.names & first.of.names
    since = first.of.when
    if not names or done.before(told) is not True or apart(done, told) < LATER:
        return False
    return since is None or since.lower is None or done.before(since) is not True
