"""How much speaks for a denial being the answer to what another voice says?

A denial seldom repeats what it denies. What ties it to a claim is weighed, each thing by itself:
that they stand on two sides of a matter, that it points, that they share words, that they stand
close, that who denies is named in the claim, or accused in it. No one of these is enough.

The weights are the logarithms of odds that a logistic regression gave for 2,800 pairs of a denial
and an assertion in the open half of the invented reports, rounded. That a "deny" or its like is
worth more than another negation was seen in 700 news texts: there nearly every one of these
answers what stands before it, and few others answer anything.
"""

from tawatur.model.reading import Polarity
from tawatur.weighing.conflicts.kin import kin
from tawatur.weighing.conflicts.sides import Side, characters_between, is_voice
from tawatur.weighing.stances import everyday, stems_of
from tawatur.weighing.words import content_stems

ENOUGH = 6.0
"""The least that is an answer."""
TELLING, EVERYDAY = 2.8, 1.0
"""A matter, and an everyday one, on two sides of which they stand; two at most count."""
POINTS = 2.2
OUTRIGHT = 1.5
VOICE = 1.4
"""Another than the author says it."""
WORD, COVERED = 0.8, 2.0
"""A shared word, three at most, and that they are all the words of the shorter of the two."""
FIGURE = 2.0
"""Both tell one figure: numbers are rarer than words."""
YEARS = range(1900, 2101)
CLOSE, SAME_PASSAGE = 1.0, 1.0
LAST = 1.0
"""Another voice said it last before a "deny" that takes no side on a matter itself."""
ACCUSED, ACCUSES = 1.0, 1.0
"""Who denies is named in the claim; somebody is accused in it."""
BRIEF = 0.5
NEGATES = -0.5
"""The claim itself is said with a negation, of which no matter takes account."""
ONLY_NEGATES = -1.2
"""It is no "deny" but a "not", and of a matter that the other takes no side on."""
CLOSE_BY, PASSAGE, NEXT = 250, 600, 100
"""Code points between two claims that stand close, in one passage, side by side."""
MANY, MOST = 3, 0.5
"""Shared words, and the share of the shorter claim's, that tell though the text repeats them."""
FAR_WORDS = 2
"""Words that tie those in two passages, unless fewer are much of what one says."""
BARE = 2
"""Stems of a denial that says no more than that somebody did not do it."""
FEW = 4
"""Stems of a brief denial."""
MUCH = 14
"""Stems above which a negation without "deny" denies no one thing."""
SHARE = 0.4
"""Least share of the shorter claim's words that tie a later claim to an earlier denial."""

COVERED_BEFORE = 0.25
"""The same for a claim that stands before the denial."""


def answering(
    denial: Side, said: Side, *, points: bool, last: bool, common: frozenset[str] = frozenset()
) -> float:
    """Return how much speaks for ``denial`` being the answer to ``said``, 0.0 for too little.

    Args:
        denial: What is denied.
        said: What another voice says.
        points: Whether the denial points at it.
        last: Whether it is what was said last before the denial by another voice.
        common: The roots that the text repeats, which tie none of its claims to another.
    """
    matters = opposed_matters(denial, said)
    telling = sum(matter not in everyday() for matter in matters)
    words = _shared_words(denial, said, common)
    covered = len(words) / max(1, min(len(denial.kin), len(said.kin)))
    accused, accuses = _named_in(denial, said), said.accuses
    apart = characters_between(denial, said)
    figure = _one_figure(denial, said)
    answers_last = last and denial.denies and (accuses or accused or not denial.stances)
    tied = _tied(denial, said, words, covered, accused=accused)
    if not (telling or points or tied or answers_last or figure):
        return 0.0
    if not denial.denies:  # a word in which the matter is spoken of ties no other passage
        far = words - frozenset(kin(stem) for matter in matters for stem in stems_of(matter))
    else:
        far = words
    few = len(far) + bool(telling) < FAR_WORDS
    if apart > PASSAGE and few and covered < SHARE:
        return 0.0
    if not telling and said.claim.content.polarity is not Polarity.ASSERTED:
        return 0.0
    if not is_voice(said) and not _of_the_author(
        denial, said, answered=accused and bool(points or accuses or words), telling=bool(telling)
    ):
        return 0.0
    found = (
        TELLING * min(2, telling)
        + EVERYDAY * min(2, len(matters) - telling)
        + POINTS * points
        + WORD * min(3, len(words))
        + COVERED * covered
        + FIGURE * figure
        + CLOSE * (apart <= CLOSE_BY)
        + LAST * answers_last
        + SAME_PASSAGE * (apart <= PASSAGE)
        + VOICE * is_voice(said)
        + OUTRIGHT * denial.denies
        + ACCUSED * accused
        + ACCUSES * accuses
        + BRIEF * (len(denial.topic) <= FEW)
        + NEGATES * (said.negates and not telling)
        + ONLY_NEGATES * (not denial.denies and not telling and not points)
    )
    return max(0.0, found - ENOUGH)


def _shared_words(denial: Side, said: Side, common: frozenset[str]) -> frozenset[str]:
    """Return the roots that tie two claims, without those that the whole text repeats.

    These tell where the denial holds no other, or close by where they are most of a claim.
    """
    words = denial.kin & said.kin - frozenset(map(kin, said.negated))
    most = len(words) >= MANY and len(words) >= MOST * min(len(denial.kin), len(said.kin))
    close = characters_between(denial, said) <= CLOSE_BY
    return words if denial.kin <= words or (most and close) else words - common


def _one_figure(denial: Side, said: Side) -> bool:
    """Return whether two claims tell one figure of more than one."""
    one, other = (
        {(q.value, q.unit) for q in side.claim.content.quantities} for side in (denial, said)
    )
    return any(value is not None and value > 1 and value not in YEARS for value, _ in one & other)


def opposed_matters(a: Side, b: Side) -> tuple[str, ...]:
    """Return the matters on opposite sides of which two claims stand, sorted."""
    return tuple(sorted(m for m, side in a.said.items() if b.said.get(m) == -side))


def _named_in(denial: Side, said: Side) -> bool:
    """Return whether a claim names who denies."""
    return bool(content_stems(denial.speaker) & said.of.stems)


def _tied(
    denial: Side, said: Side, words: frozenset[str], covered: float, *, accused: bool
) -> bool:
    """Return whether words, or the name of who denies, tie a denial to a claim."""
    before = said.claim.span < denial.claim.span
    if denial.denies:
        near = characters_between(denial, said) <= CLOSE_BY
        meant = accused and (said.accuses or len(denial.topic) <= BARE)
        return (bool(words) and (before or covered >= SHARE)) or (meant and before and near)
    if before and covered >= COVERED_BEFORE:
        return len(denial.topic) <= MUCH
    denied = frozenset(map(kin, denial.focus - said.negated))
    return bool(words & denied) and len(denial.topic) <= MUCH


def _of_the_author(denial: Side, said: Side, *, answered: bool, telling: bool) -> bool:
    """Return whether a denial answers what the author says: most of that is another thing."""
    if not said.claim.span < denial.claim.span:
        return False
    side_by_side = characters_between(denial, said) <= NEXT
    return (denial.denies and answered) or (telling and side_by_side)
