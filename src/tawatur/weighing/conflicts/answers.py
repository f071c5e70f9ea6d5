"""Which voices of one text answer each other: one denies what the other says?

A report sets voices against each other: who is accused denies, who is asked plays down.
A denial names what it denies seldom in the words of the one who said it; so three things
make it the answer to a claim of another voice:

* it stands on the other side of a matter in the table of opposites;
* it shares words with the claim that stand in no name;
* it only points ("denied this", "no such plan"), and the claim stands right before it.

Each denial answers the claims that most speaks for, few of them. Two claims that stand on
opposite sides without a denial need a matter that is no everyday word, and more: that both
are voices close to each other, or that they share names and words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from tawatur.model.picture import Reason
from tawatur.model.reading import Modality, Polarity, SourceKind
from tawatur.model.text import fold, fold_words
from tawatur.weighing.conflicts.sides import Side, characters_between, two_voices
from tawatur.weighing.conflicts.stances import everyday

REACH = 600
"""Code points within which a denial answers another voice."""
CLOSE = 120
"""The same where one shared word is all that speaks for it."""
ALONE = 400
"""The same where two claims stand on opposite sides of a matter and share no word."""
RIGHT_BEFORE = 150
"""The same where the denial only points."""
SIDE_BY_SIDE = 400
"""Code points within which two voices on opposite sides need share no word."""
ANSWERED = 2
"""So many claims at most does one denial answer, so many does one claim stand against."""
SHARED, SHARED_EVERYDAY = 2, 3
"""Names and words that two claims share which stand on opposite sides far from each other."""
_MATTER, _WORDS, _WORD, _POINTS, _EVERYDAY = 1.5, 1.5, 1.0, 1.5, 0.5
"""What speaks for an answer, in equal parts: the least of these is enough."""

_NOT_SAID = frozenset({Modality.CONDITIONAL, Modality.REQUESTED, Modality.PROMISED})
_POINTING = re.compile(
    r"\b(?:(?:this|that|such an?|these|those|the) (?:\w+ )?(?:report|claim|account|version"
    r"|allegation|accusation|information|story|rumour|statement|charge)s?|no such|of this|of that"
    r"|untrue|(?:cette|ces|cet|ce|l|les) (?:information|version|accusation|affirmation|allegation"
    r"|rumeur|recit|nouvelle|propos|implication|these)s?|de ce genre|en ce sens|le dement\w*"
    r"|(?:هذا|هذه|تلك|ذلك) ال(?:خبر|انباء|كلام|اتهام|اتهامات|معلومات|مزاعم|تصريح|تصريحات|روايه"
    r"|تسريب)|هذا القبيل|(?:نفي|نفت|كذب|كذبت|نفاه|نفته) (?:ذلك|الامر|هذا|هذه)|غير صحيح)\b"
)

_POINTERS = frozenset(
    fold("this that such these those it هذا هذه ذلك تلك cette ce cet ces cela").text.split()
)
BARE = 4
"""Stems at most of a denial in which "this" or "that" can stand for all that it denies."""


def denials(sides: Sequence[Side]) -> Iterator[tuple[Side, Side, Reason]]:
    """Yield each denial with what it answers, and why."""
    for denial in filter(_denies, sides):
        others = [s for s in sides if is_voice(s) and two_voices(s, denial)]
        found = [
            (_strength(denial, said, points=said is _pointed_at(denial, others)), said)
            for said in others
            if characters_between(denial, said) <= REACH
        ]
        yield from _most(denial, found)


def opposites(sides: Sequence[Side]) -> Iterator[tuple[Side, Side, Reason]]:
    """Yield the claims that stand on opposite sides of a matter without one denying the other."""
    for side in sides:
        found = [(_shared(side, other), other) for other in sides if two_voices(side, other)]
        yield from _most(side, found)


def _most(side: Side, found: Iterable[tuple[float, Side]]) -> Iterator[tuple[Side, Side, Reason]]:
    """Yield the few for which most speaks that ``side`` stands against them."""
    held = [
        (-strength, characters_between(side, s), s.claim.span, s)
        for strength, s in found
        if strength
    ]
    for *_, other in sorted(held, key=lambda h: h[:3])[:ANSWERED]:
        yield side, other, _reason(side, other)


def _denies(side: Side) -> bool:
    content = side.claim.content
    return (
        content.polarity is Polarity.DENIED and is_voice(side) and content.modality not in _NOT_SAID
    )


def is_voice(side: Side) -> bool:
    """Return whether somebody else than the author of the text speaks."""
    return side.claim.root.kind is not SourceKind.AUTHOR


def _pointed_at(denial: Side, others: Sequence[Side]) -> Side | None:
    """Return the claim that a denial points back at: the last one before it, if it is close."""
    if not _points(denial):
        return None
    before = [s for s in others if s.claim.span < denial.claim.span]
    last = max(before, key=lambda s: s.claim.span, default=None)
    return last if last and characters_between(denial, last) <= RIGHT_BEFORE else None


def _strength(denial: Side, said: Side, *, points: bool) -> float:
    """Return how much speaks for ``denial`` being the answer to ``said``, 0.0 for nothing."""
    far, modality = characters_between(denial, said), said.claim.content.modality
    matters = opposed_matters(denial, said)
    asserted = said.claim.content.polarity is Polarity.ASSERTED
    points = points and asserted
    if modality in _NOT_SAID or (
        modality is Modality.PLANNED and not (points or "plan" in matters)
    ):
        return 0.0  # what is planned has not happened yet
    plain = asserted and denial.claim.content.modality is not Modality.OPINION
    words = denial.topic & said.topic if plain else frozenset()
    telling = sum(m not in everyday() for m in matters) if words or far <= ALONE else 0
    strength = _MATTER * telling + _POINTS * points
    strength += _WORDS if len(words) > 1 else _WORD * bool(words and far <= CLOSE)
    if len(matters) > telling and (strength or far <= RIGHT_BEFORE):
        strength += _EVERYDAY
    return strength


def _shared(a: Side, b: Side) -> float:
    """Return how much two claims share that stand on opposite sides of a matter, 0.0 for no two."""
    one, other = a.claim.content, b.claim.content
    if {one.polarity, other.polarity} == {Polarity.ASSERTED, Polarity.DENIED}:
        return 0.0  # a denial is looked at as one
    if Modality.REQUESTED in (one.modality, other.modality):
        return 0.0
    matters = opposed_matters(a, b)
    telling = any(matter not in everyday() for matter in matters)
    words, names = len(a.topic & b.topic), len(a.of.names & b.of.names)
    near = is_voice(a) and is_voice(b) and characters_between(a, b) <= SIDE_BY_SIDE
    one_thing = bool(words) and words + names >= SHARED
    if (telling and (near or one_thing)) or (matters and words >= SHARED_EVERYDAY):
        return 1.0 + words + names
    return 0.0


def opposed_matters(a: Side, b: Side) -> tuple[str, ...]:
    """Return the matters on opposite sides of which two claims stand, sorted."""
    return tuple(sorted(m for m, side in a.stances.items() if b.stances.get(m) == -side))


def _points(side: Side) -> bool:
    """Return whether a denial says little itself: what it denies stands before it."""
    words = fold_words(side.claim.quote)
    if _POINTING.search(words) is not None:
        return True
    return bool(_POINTERS & set(words.split())) and (side.denies or len(side.of.stems) <= BARE)


def _reason(one: Side, other: Side) -> Reason:
    a, b = sorted((one, other), key=lambda s: s.claim.span)
    if not is_voice(b):
        a, b = b, a
    if not is_voice(a):
        return Reason(
            "The text says “{0}”; {1} says the opposite: “{2}”.", (a.gist, b.speaker, b.gist)
        )
    return Reason(
        "{0} says “{1}”; {2} says the opposite: “{3}”.", (a.speaker, a.gist, b.speaker, b.gist)
    )
