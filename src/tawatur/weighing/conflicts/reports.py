"""Is a report genuine, and do the texts that it is said to hold stand against its denial?

Two voices of one text judge a report, one that it is genuine, the other that it was forged or
planted. They need not stand close to each other: a report is one thing from first to last.
Known limit: reports of one word ("the letter") are taken for one.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from tawatur.model.picture import ConflictKind, Reason
from tawatur.model.reading import Authenticity
from tawatur.weighing.conflicts.found import Found
from tawatur.weighing.conflicts.sides import Side, two_voices
from tawatur.weighing.words import content_stems


def judged_reports(sides: Sequence[Side]) -> Iterator[Found]:
    """Yield the claims that a report is genuine with those that it is not."""
    judging = [side for side in sides if side.claim.content.report is not None]
    for a, b in combinations(judging, 2):
        one, other = a.claim.content.report, b.claim.content.report
        if one is None or other is None or not two_voices(a, b):
            continue
        genuine = Authenticity.AUTHENTIC
        if (one.verdict is genuine) == (other.verdict is genuine):
            continue
        if content_stems(one.report) & content_stems(other.report):
            why = Reason("One calls it genuine, the other does not: {0}.", (one.report,))
            yield Found(ConflictKind.POLARITY, a, b, why)
