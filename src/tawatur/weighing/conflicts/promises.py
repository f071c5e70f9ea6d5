"""What was promised, or was to be by some day, and was not.

* *deadline*: something is to be by a day; a denial in the same words comes once that has passed;
* *as promised*: right beside what was not done a claim says no more than that it was promised
  ("as it had promised"): what was promised is what was not done.
"""

import re
from collections.abc import Iterator, Sequence

from tawatur.model.picture import ConflictKind, Reason
from tawatur.model.reading import Modality, Polarity
from tawatur.model.text import fold
from tawatur.weighing.conflicts.found import Found
from tawatur.weighing.conflicts.sides import SAID_AS_SO, Side, characters_between

REACH = 600
"""Code points within which what was to be is set against what was not."""
BESIDE = 60
"""The same of what only says that it was promised."""
COVERED = 0.4
"""Least share of the words of the shorter claim that the other shares."""
SAYS_LITTLE = 4
"""Stems at most outside names of a claim in which "that" is what was promised."""

_TO_COME = frozenset({Modality.PROMISED, Modality.PLANNED})
_PROMISING = frozenset(
    fold(
        """
        promised pledged vowed undertook undertaken promis promise promettait engages
        وعد وعدت وعدوا تعهد تعهدت تعهدوا التزم التزمت
        """
    ).text.split()
)
_THAT = re.compile(
    r"\b(?:it|this|that|so|cela|ce|l|le (?:a|avai\w+|ont|promett\w+)|[بل]?ذلك|ب?هذ[اه]|به)\b"
)


def deadlines(sides: Sequence[Side]) -> Iterator[Found]:
    """Yield what was to be by some day with its denial, a conflict once the day has passed."""
    to_come = [s for s in sides if s.claim.content.modality in _TO_COME and s.of.when]
    for denial in filter(_was_not, sides):
        told = denial.of.when or denial.of.published
        for s in to_come:
            by, near = s.of.when, characters_between(denial, s) <= REACH
            if by is None or told is None or not near or not _in_many_words(denial, s):
                continue
            if by.before(told) is True:
                why = Reason("It was to be by {0}, and was not: “{1}”.", (by.edtf, denial.gist))
                yield Found(ConflictKind.DEADLINE, denial, s, why)
            elif by.upper is not None:
                why = Reason(
                    "This does not contradict, because the time for it had not passed: {0}.",
                    (by.edtf,),
                )
                yield Found(ConflictKind.DEADLINE, denial, s, why, near=True)


def broken_promises(sides: Sequence[Side]) -> Iterator[Found]:
    """Yield what was not done with the claim beside it that it was promised."""
    promised = [side for side in sides if _only_promises(side)]
    for denial in filter(_was_not, sides):
        for s in promised:
            if s is not denial and characters_between(denial, s) <= BESIDE:
                why = Reason("It was promised, “{0}”, and was not: “{1}”.", (s.gist, denial.gist))
                yield Found(ConflictKind.DEADLINE, denial, s, why)


def _was_not(side: Side) -> bool:
    """Return whether a claim says plainly of something that it was not."""
    content = side.claim.content
    denied = content.polarity is Polarity.DENIED and content.modality in SAID_AS_SO
    return denied and side.plain


def _only_promises(side: Side) -> bool:
    """Return whether a claim says no more than that something was promised: "as it promised"."""
    if len(side.topic) > SAYS_LITTLE or _PROMISING.isdisjoint(side.words):
        return False
    return _THAT.search(" ".join(side.words)) is not None


def _in_many_words(denial: Side, said: Side) -> bool:
    """Return whether what is denied stands in the words of ``said``, which does not negate it."""
    if said.claim.content.polarity is not Polarity.ASSERTED:
        return False
    words = denial.topic & said.topic
    covered = len(words) / max(1, min(len(denial.topic), len(said.topic)))
    denied = words & denial.focus - said.negated
    most = denial.denies or 2 * len(denied) > min(2, len(denial.focus))
    return len(words) > 1 and covered >= COVERED and bool(denied) and most
