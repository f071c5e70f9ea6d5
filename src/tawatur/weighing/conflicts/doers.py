"""Do two claims lay one act, or one saying, to different people?

* *actor*: what is done once, founding or ordering a thing, is laid to two of whom neither is
  named by the other claim, in words that speak of one thing;
* *one and no other*: "it was the army that attacked" sets one against whomever another voice
  named right before; so do "attacked first" of both, and "by the army" of one violent deed;
* *speaker*: two voices of one text are given the same judgement, nearly word for word. Two may
  tell of one fact or plan alike; who judge alike word it each in their own way, so one
  judgement with two speakers was laid to the wrong one.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from tawatur.model.picture import ConflictKind, Reason
from tawatur.model.reading import EntityType, EventType, Modality, Polarity, SourceKind
from tawatur.model.text import fold, fold_words
from tawatur.weighing.conflicts.found import Found
from tawatur.weighing.conflicts.kin import kin
from tawatur.weighing.conflicts.sides import (
    SAID_AS_SO,
    Side,
    alike,
    characters_between,
    is_voice,
    may_meet,
    two_voices,
)
from tawatur.weighing.words import content_stems, stem

SAME_SAYING = 0.75
"""Least likeness of the words of one saying."""
LEAST_SAID = 4
"""Stems at least that a saying shares with another, or it is a phrase."""
RIGHT_BEFORE = 250
"""Code points within which one voice lays to another what was laid to somebody right before."""
AGENT = 4
"""Words of who did it behind "by"."""
DEED = 3
"""Words behind "it was he who" in which the deed is told."""
_CLEFT = re.compile(
    r"\b(?:it (?:was|is|had been) (?:\w+ ){1,3}(?:who|that|which)"
    r"|ce? (?:est|sont|etait|etaient) (?:\w+ ){1,4}qui|(?:هو|هي|هم) (?:الذي|التي|الذين|من))\b"
)
"""Who it was, and by that nobody else."""
_FIRST = re.compile(r"\b(?:first|l(?:e|a|es) premi\w+(?: a \w+)?|اولا)$")
"""That somebody did it before the other did."""
_BY = re.compile(r"\b(\w+) (?:by|par|علي (?:يد|ايدي)|من (?:قبل|طرف)) (?!\d)(?P<who>(?:\w+ ?)+)$")
_VIOLENT = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.CRIME, EventType.ACCUSE})
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


def blamed(sides: Sequence[Side]) -> Iterator[Found]:
    """Yield what one voice lays to somebody with what another, right before, laid to another."""
    for a, b in combinations(sides, 2):
        if characters_between(a, b) > RIGHT_BEFORE or not (is_voice(a) and is_voice(b)):
            continue
        if _told_as_done(a) and _told_as_done(b) and two_voices(a, b) and _of_two(a, b):
            why = Reason("Each lays it to another: “{0}” and “{1}”.", (a.gist, b.gist))
            yield Found(ConflictKind.ACTOR, a, b, why)


def _told_as_done(side: Side) -> bool:
    content = side.claim.content
    done = content.modality in SAID_AS_SO | {Modality.OPINION}
    return done and content.polarity is Polarity.ASSERTED


def _of_two(a: Side, b: Side) -> bool:
    """Return whether two claims lay one deed to two: who did it stands in one of them only."""
    shared, mine, theirs = a.kin & b.kin, a.kin - b.kin, b.kin - a.kin
    if not shared or not mine or not theirs or not may_meet(a, b):
        return False
    if not {a.of.type, b.of.type} & _VIOLENT:
        return False
    words = [" ".join(side.words) for side in (a, b)]
    if all(map(_FIRST.search, words)):
        return len(shared) > 1  # the deed, and that it came first
    later = b if a.claim.span < b.claim.span else a
    cleft = _CLEFT.search(" ".join(later.words))
    if cleft is not None:
        done = " ".join(later.words)[cleft.end() :].split()[:DEED]
        return not shared.isdisjoint(map(kin, content_stems(" ".join(done))))
    return a.of.type is b.of.type and _by_another(a, b, shared)


def _by_another(a: Side, b: Side, shared: frozenset[str]) -> bool:
    """Return whether one is told to be done by somebody, and the other by another who is named."""
    if len(shared) <= 1 or (a.of.sites and b.of.sites and a.of.sites != b.of.sites):
        return False
    agents = [_agent(side) for side in (a, b)]
    for agent, other, side in ((agents[0], agents[1], b), (agents[1], agents[0], a)):
        if agent and (other or _actors(side)):
            return not agent & side.of.stems and not (agents[0] & agents[1])
    return False


def _agent(side: Side) -> frozenset[str]:
    """Return the stems of who is said to have done it: "kidnapped by the army"."""
    found = _BY.search(" ".join(side.words))
    if found is None or len(found["who"].split()) > AGENT:
        return frozenset()
    return content_stems(found["who"])


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
