"""Do two claims lay one act, or one saying, to different people?

* *actor*: what is done once, founding or ordering a thing, is laid to two of whom neither is
  named by the other claim, in words that speak of one thing;
* *speaker*: two voices of one text are given the same judgement, nearly word for word. Two may
  tell of one fact or plan alike; who judge alike word it each in their own way, so one
  judgement with two speakers was laid to the wrong one.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from tawatur.model.picture import ConflictKind, Reason
from tawatur.model.reading import EntityType, Modality, Polarity, SourceKind
from tawatur.model.text import fold, fold_words
from tawatur.weighing.conflicts.found import Found
from tawatur.weighing.conflicts.sides import SAID_AS_SO, Side, alike, characters_between, two_voices
from tawatur.weighing.words import stem

SAME_SAYING = 0.75
"""Least likeness of the words of one saying."""
LEAST_SAID = 4
"""Stems at least that a saying shares with another, or it is a phrase."""
REACH = 300
"""Code points within which two claims speak of the founding of one thing."""

_ONCE = frozenset(
    fold(
        """
        founded founder founders established created fonde fondee fondateur cree creee
        اسس اسسها اسسه تاسست تاسيس تاسيسها تاسيسه موسس موسسها انشا انشاها انشات
        """
    ).text.split()
)
"""Whole words: of a foundation no sentence need tell who founded it."""
_ONCE_STEMS = frozenset(map(stem, _ONCE))


def sayings(sides: Sequence[Side]) -> Iterator[Found]:
    """Yield the sayings that two speakers of one text are given."""
    for a, b in combinations(sides, 2):
        if not (_speaks(a) and _speaks(b)) or not two_voices(a, b):
            continue
        if a.claim.content.polarity is not b.claim.content.polarity or _values(a) != _values(b):
            continue  # alike but for the figures, they are two sayings
        if fold_words(a.claim.quote) in fold_words(b.claim.quote) or (
            fold_words(b.claim.quote) in fold_words(a.claim.quote)
        ):
            continue  # printed twice, as a title or a teaser repeats the text
        if len(a.of.stems & b.of.stems) >= LEAST_SAID and alike(a, b) >= SAME_SAYING:
            why = Reason(
                "One saying, “{0}”, is laid to {1} and to {2}.", (a.gist, a.speaker, b.speaker)
            )
            yield Found(ConflictKind.SPEAKER, a, b, why)


def doers(sides: Sequence[Side]) -> Iterator[Found]:
    """Yield the acts done once that are laid to two."""
    for a, b in combinations([side for side in sides if _tells_of_founding(side)], 2):
        mine, theirs = _actors(a), _actors(b)
        if characters_between(a, b) > REACH or not (a.topic & b.topic) - _ONCE_STEMS:
            continue
        if mine and theirs and not set(mine) & set(theirs):
            why = Reason("One lays it to {0}, the other to {1}.", (mine[0], theirs[0]))
            yield Found(ConflictKind.ACTOR, a, b, why)


def _speaks(side: Side) -> bool:
    """Return whether a person judges who is named: one described may be any of the others."""
    root = side.claim.root
    judges = side.claim.content.modality is Modality.OPINION
    return judges and root.kind is SourceKind.PERSON and root.entity is not None


def _values(side: Side) -> list[float]:
    return sorted(q.value or 0.0 for q in side.claim.content.quantities)


def _tells_of_founding(side: Side) -> bool:
    content = side.claim.content
    if content.polarity is not Polarity.ASSERTED or content.modality not in SAID_AS_SO:
        return False
    return bool(set(side.words) & _ONCE)


def _actors(side: Side) -> tuple[str, ...]:
    """Return the people and bodies that a claim names, by code."""
    kinds = (EntityType.PERSON, EntityType.ORGANISATION)
    return tuple(name for name, kind, _ in side.of.who if kind in kinds)
