"""Is it denied not that a thing was done, but why, or that one could?

* *motive*: one voice gives a cause ("because of the strike"), another says that it was not that
  ("it has nothing to do with the strike", "not because of the strike");
* *ability*: one says that somebody could not, another that they can, or that they did.

A cause is compared by the words behind "because of", an ability by those behind "able to".
"""

import re
from collections.abc import Iterator, Sequence

from tawatur.model.picture import ConflictKind, Reason
from tawatur.model.text import fold_words
from tawatur.weighing.conflicts.found import Found
from tawatur.weighing.conflicts.kin import kin
from tawatur.weighing.conflicts.sides import Side, characters_between, is_so, two_voices
from tawatur.weighing.words import content_stems

REACH = 3_000
"""Code points within which a text tells of one cause."""
BEHIND = 6
"""Words that name a cause or an ability."""
DEED = 3
"""Roots that an ability which is denied shares with a deed that was done."""

_CAUSE = (
    r"(?:because of|due to|owing to|caused by|motivated by|prompted by|in retaliation for"
    r"|in response to|on account of|a cause d\w*|en raison d\w*|du fait d\w*|motive\w* par"
    r"|cause\w* par|en represailles a\w*|suite a|بسبب|نتيجه|علي خلفيه|جراء|بدافع|ردا علي)"
)
_NO_CAUSE = (
    r"(?:nothing to do with|no connection (?:with|to)|no link (?:with|to)|no relation to"
    r"|not related to|unrelated to|not linked to|rien a voir avec|aucun (?:rapport|lien) avec"
    r"|sans (?:rapport|lien) avec|pas lie\w* a\w*|لا علاقه (?:\w+ )?ب?|لا صله (?:\w+ )?ب?"
    r"|لا يرتبط ب?|لا ترتبط ب?|(?:not|n est pas|pas|ليس|ليست|لم يكن|لم تكن) " + _CAUSE + r")"
)
_ABLE = (
    r"(?:able to|capable of|capability (?:to|of)|in a position to|has the means to"
    r"|have the means to|capables? d\w*|en mesure d\w*|les moyens d\w*|capacite d\w*"
    r"|قادر\w* علي|(?:ي|ت)ستطيع\w*|استطاع\w*|بوسع\w*|بامكان\w*|تمكن\w* من|القدره علي)"
)
_UNABLE = (
    r"(?:unable to|incapable of|not able to|not capable of|cannot|could not have|can not"
    r"|in no position to|lacks? the (?:means|capability|capacity) to|(?:pas|plus) en mesure d\w*"
    r"|incapables? d\w*|ne (?:peut|peuvent|pouvait|pouvaient) pas|pas capables? d\w*"
    r"|pas les moyens d\w*|(?:غير|ليس|ليست) قادر\w* علي|(?:لا|لم|لن) (?:ي|ت)ستط\w*|عاجز\w* عن"
    r"|ليس بوسع\w*|ليس بامكان\w*|لا (?:ي|ت)ملك\w* القدره علي|لا (?:ي|ت)مكن\w* ان)"
)
_DENIED = re.compile(rf"\b(?:{_NO_CAUSE}|{_UNABLE})")


def motives(sides: Sequence[Side]) -> Iterator[Found]:
    """Yield the causes, and what somebody can do, with their denials."""
    denials = [side for side in sides if _DENIED.search(fold_words(side.claim.quote))]
    for denial in denials:
        no_cause, unable = _behind(denial, _NO_CAUSE), _behind(denial, _UNABLE)
        for other in sides:
            if other in denials or not is_so(other) or not two_voices(denial, other):
                continue
            if characters_between(denial, other) > REACH:
                continue
            if _one_cause(no_cause, _behind(other, _CAUSE)):
                why = "One gives a cause, “{0}”; the other says that it was not that: “{1}”."
                told = Reason(why, (other.gist, denial.gist))
                yield Found(ConflictKind.POLARITY, denial, other, told)
            elif unable & _behind(other, _ABLE) or _done(denial, unable, other):
                why = "One says that it could not be, “{0}”; the other that it can, or was: “{1}”."
                told = Reason(why, (denial.gist, other.gist))
                yield Found(ConflictKind.POLARITY, denial, other, told)


def _behind(side: Side, phrases: str, most: int = BEHIND) -> frozenset[str]:
    """Return the roots of the words behind one of ``phrases`` in a claim."""
    found = re.search(rf"\b{phrases}", fold_words(side.claim.quote))
    if found is None:
        return frozenset()
    words = fold_words(side.claim.quote)[found.end() :].split()
    telling = [word for word in words[:BEHIND] if content_stems(word)]
    return frozenset(map(kin, content_stems(" ".join(telling[:most]))))


def _one_cause(denied: frozenset[str], told: frozenset[str]) -> bool:
    """Return whether half of the words of the shorter naming of a cause are in the other."""
    return 2 * len(denied & told) >= min(len(denied), len(told)) > 0


def _done(denial: Side, unable: frozenset[str], other: Side) -> bool:
    """Return whether somebody did what he is said not to be able to."""
    who = {code for *_, code in denial.of.who} & {code for *_, code in other.of.who}
    deed = _behind(denial, _UNABLE, 1)
    return bool(who) and len(unable & other.kin) >= DEED and deed <= other.kin
