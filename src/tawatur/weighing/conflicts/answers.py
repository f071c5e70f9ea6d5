"""Which voices of one text answer each other: one denies what the other says?

A report sets voices against each other: who is accused denies, who is asked plays down.
A denial names what it denies seldom in the words of the one who said it; so three things
make it the answer to a claim of another voice:

* it stands on the other side of a matter in the table of opposites;
* it shares words with the claim that stand in no name;
* it only points ("denied this", "no such plan"), and the claim stands right before it.

Each denial answers the claims that most speaks for, few of them. Two claims that stand on
opposite sides without a denial need a matter that is no everyday word, and more: that they
share names and words, or that of two close to each other one speaks of all ("all bills are
paid") and the other tells of some ("three statements are overdue").
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from tawatur.model.picture import ConflictKind, Reason
from tawatur.model.reading import EventType, Modality, Polarity
from tawatur.model.text import fold, fold_words
from tawatur.weighing.conflicts.found import Found
from tawatur.weighing.conflicts.sides import (
    SAID_AS_SO,
    Side,
    all_of_it,
    both_so,
    characters_between,
    is_voice,
    kin,
    plain_words,
    two_voices,
)
from tawatur.weighing.stances import OUTRIGHT, everyday
from tawatur.weighing.words import content_stems, stem

REACH = 3_000
"""Code points within which a denial answers another voice."""
ALONE = 250
"""The same where they stand on opposite sides of a matter and share few words."""
RIGHT_BEFORE = 150
"""The same where the denial only points."""
BESIDE = 60
"""Code points between what was not done and "as was promised"."""
SIDE_BY_SIDE = 400
"""Code points within which one voice that speaks of all is set against one that tells of some."""
LONGER = 16
"""Stems at most of two claims on opposite sides that share names and words."""
ANSWERED = 2
"""So many claims at most does one denial answer, so many does one claim stand against."""
BRIEF = 14
"""Stems at most of a claim that says one thing: in longer ones the words of a matter stray."""
COVERED = 0.4
"""Least share of the words of the shorter claim that the other shares, if words alone speak."""
SAYS_LITTLE = 4
"""Stems at most outside names of a denial in which "this" or "that" can be what is denied."""
SAYS_ONE = 12
"""Stems at most of a denial that denies one thing."""
BETWEEN = 2
"""Actors that a claim of the author's own shares with one of its kind that contradicts it."""
_MATTER, _WORDS, _POINTS, _EVERYDAY = 1.5, 1.5, 1.5, 0.5
"""What speaks for an answer, in equal parts: the least of these is enough."""

_TO_COME = frozenset({Modality.PROMISED, Modality.PLANNED})
_NOT_SAID = frozenset({Modality.CONDITIONAL, Modality.REQUESTED, Modality.PROMISED})
_POINTING = re.compile(
    r"\b(?:(?:this|that|such an?|these|those|the) (?:\w+ )?(?:report|claim|account|version"
    r"|allegation|accusation|information|story|rumour|statement|charge)s?|no such|of this|of that"
    r"|untrue|(?:cette|ces|cet|ce|l|les) (?:information|version|accusation|affirmation|allegation"
    r"|rumeur|recit|nouvelle|propos|implication|these)s?|de ce genre|en ce sens|le dement\w*"
    r"|(?:هذا|هذه|تلك|ذلك) ال(?:خبر|انباء|كلام|اتهام|اتهامات|معلومات|مزاعم|تصريح|تصريحات|روايه"
    r"|تسريب)|هذا القبيل|(?:نفي|نفت|كذب|كذبت|نفاه|نفته) (?:ذلك|الامر|هذا|هذه)|غير صحيح)\b"
)

_THIS = frozenset(fold("this such هذا هذه cette ce cet ces cela").text.split())
_ACCUSATIONS = frozenset(
    fold(
        "accusation accusations allegation allegations charges الاتهام الاتهامات اتهامات مزاعم"
    ).text.split()
)
_ACCUSING = frozenset(
    map(
        stem,
        fold(
            "accuse accused accuses alleged alleges allege claimed accuse accusent اتهم اتهمت "
            "اتهموا يتهم تتهم متهما متهمه زعم زعمت اتهام"
        ).text.split(),
    )
)
_POINTERS = frozenset(
    fold("this that such these those it so هذا هذه ذلك بذلك تلك cette ce cet ces cela").text.split()
)


def deadlines(sides: Sequence[Side]) -> Iterator[Found]:
    """Yield what was to be by some day with its denial, a conflict once the day has passed."""
    to_come = [s for s in sides if s.claim.content.modality in _TO_COME and s.of.when]
    for denial in (s for s in sides if s.claim.content.polarity is Polarity.DENIED and s.plain):
        for s in sides:
            if _as_promised(s) and characters_between(denial, s) <= BESIDE:
                why = Reason("It was promised, “{0}”, and was not: “{1}”.", (s.gist, denial.gist))
                yield Found(ConflictKind.DEADLINE, denial, s, why)
        told = denial.of.when or denial.of.published
        for s in to_come:
            by, near = s.of.when, characters_between(denial, s) <= 600
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


def _as_promised(side: Side) -> bool:
    """Return whether a claim says no more than that something was promised: "as it promised"."""
    if side.claim.content.modality is not Modality.PROMISED:
        return False
    return len(side.topic) <= SAYS_LITTLE and bool(_POINTERS & plain_words(side.claim))


def denials(sides: Sequence[Side]) -> Iterator[Found]:
    """Yield each denial with what it answers, and what only looks like it."""
    for denial in filter(_denies, sides):
        others = [
            s for s in sides if characters_between(denial, s) <= REACH and two_voices(s, denial)
        ]
        pointed = _pointed_at(denial, others)
        so: list[tuple[float, Side]] = []
        not_so: list[tuple[float, Side]] = []
        for s in others:
            strength = _evidence(denial, s, points=s in pointed)
            if both_so(denial, s, said=_is_said(denial, s, points=s in pointed)) is None:
                so.append((strength, s))
            else:
                not_so.append((strength, s))
        for other in _most(denial, so):
            yield Found(ConflictKind.POLARITY, denial, other, _reason(denial, other))
        for other in _most(denial, not_so):
            why_not = both_so(denial, other, said=_is_said(denial, other, points=other in pointed))
            if why_not is not None:
                yield Found(ConflictKind.POLARITY, denial, other, why_not, near=True)


def _evidence(denial: Side, said: Side, *, points: bool) -> float:
    """Return how much speaks for ``denial`` being the answer to ``said``, 0.0 for too little.

    Args:
        denial: What is denied.
        said: What another voice says.
        points: Whether the denial points at it.
    """
    matters = opposed_matters(denial, said)
    telling = sum(matter not in everyday() for matter in matters)
    words = denial.kin & said.kin
    covered = len(words) / max(1, min(len(denial.kin), len(said.kin)))
    apart = characters_between(denial, said)
    accused = bool(content_stems(denial.speaker) & (said.of.names | said.of.stems))
    accuses = _accuses(said)
    before = said.claim.span < denial.claim.span
    if said.claim.content.polarity is not Polarity.ASSERTED and not telling:
        return 0.0
    if denial.denies:
        if not (telling or points or (words and (before or covered >= 0.4)) or (accused and before and apart <= 300)):
            return 0.0
    elif not telling and not points and not (words & set(map(kin, denial.focus - said.negated))):
        return 0.0
    if not is_voice(said) and not (
        (denial.denies and accused and before and (points or accuses or words)) or (telling and apart <= 100)
    ):
        return 0.0
    found = (
        W["tell"] * min(2, telling)
        + W["every"] * min(2, len(matters) - telling)
        + W["points"] * points
        + W["word"] * min(3, len(words))
        + W["cover"] * covered
        + W["near"] * (apart <= 150)
        + W["close"] * (apart <= 600)
        + W["voice"] * is_voice(said)
        + W["out"] * denial.denies
        + W["accused"] * accused
        + W["accuses"] * accuses
        + W["brief"] * (len(denial.topic) <= 4)
        + W["neg"] * said.negates
    )
    return max(0.0, found - W["T"])


import os, json
W = dict(tell=2.5, every=0.5, points=2.2, word=0.8, cover=2.0, near=1.0, close=1.0, voice=1.4, out=1.5, accused=1.0, accuses=1.0, brief=0.5, neg=-0.5, T=6)
W.update(json.loads(os.environ.get("WW", "{}")))


def opposites(sides: Sequence[Side]) -> Iterator[Found]:
    """Yield the claims that stand on opposite sides of a matter without one denying the other."""
    for side in sides:
        found = [(shared, s) for s in sides if (shared := _shared(side, s))]
        for other in _most(side, [(shared, s) for shared, s in found if two_voices(side, s)]):
            yield Found(ConflictKind.POLARITY, side, other, _reason(side, other))


def _most(side: Side, found: Iterable[tuple[float, Side]]) -> list[Side]:
    """Return the few for which most speaks that ``side`` stands against them."""
    held = [
        (-strength, characters_between(side, s), s.claim.span, s)
        for strength, s in found
        if strength
    ]
    return [other for *_, other in sorted(held, key=lambda h: h[:3])[:ANSWERED]]


def _denies(side: Side) -> bool:
    content = side.claim.content
    if content.modality in _NOT_SAID:
        return False
    if content.polarity is not Polarity.DENIED:
        return side.of.type is EventType.REJECT and bool(OUTRIGHT & plain_words(side.claim))
    words = set(fold_words(side.claim.quote).split())
    return is_voice(side) or (side.plain and bool(_THIS & words) and _points(side))


def _accuses(side: Side) -> bool:
    """Return whether somebody is accused of something in a claim."""
    cues = fold_words(" ".join(link.cue or "" for link in side.claim.content.chain)).split()
    said = {stem(word) for word in (*cues, *plain_words(side.claim))}
    return side.of.type is EventType.ACCUSE or bool(_ACCUSING & said)


def _is_said(denial: Side, said: Side, *, points: bool) -> bool:
    """Return whether what is denied was said to be so; a plan was if plans are denied."""
    modality = said.claim.content.modality
    if modality is Modality.PLANNED:
        return points or "plan" in opposed_matters(denial, said)
    return modality not in _NOT_SAID


def _pointed_at(denial: Side, others: Sequence[Side]) -> tuple[Side, ...]:
    """Return what a denial points back at: what was said last before it, if it is close.

    "Denied this account" denies whatever the last voice told right before.
    """
    if not _points(denial):
        return ()
    before = [
        s
        for s in others
        if is_voice(s)
        and s.claim.span < denial.claim.span
        and characters_between(denial, s) <= RIGHT_BEFORE
        and s.claim.content.polarity is Polarity.ASSERTED
    ]
    if _ACCUSATIONS & plain_words(denial.claim):
        before = [s for s in before if _accuses(s)]
    last = max(before, key=lambda s: s.claim.span, default=None)
    return tuple(s for s in before if last and s.root == last.root)


def _strength(denial: Side, said: Side, *, points: bool) -> float:
    """Return how much speaks for ``denial`` being the answer to ``said``, 0.0 for nothing.

    Args:
        denial: What is denied.
        said: What another voice says.
        points: Whether the denial points at it.
    """
    matters = opposed_matters(denial, said)
    much = _in_many_words(denial, said)
    brief = len(denial.of.stems) <= SAYS_ONE and len(said.of.stems) <= BRIEF
    telling = sum(matter not in everyday() for matter in matters)
    if not much and not (brief and characters_between(denial, said) <= ALONE):
        telling = 0
    if _points(denial) and not much:
        telling = 0  # who only points says nothing itself
    strength = _MATTER * telling + _POINTS * points + _WORDS * much
    return strength + _EVERYDAY if strength and len(matters) > telling else strength


def _in_many_words(denial: Side, said: Side) -> bool:
    """Return whether what is denied stands in the words of ``said``, which does not negate it."""
    if said.claim.content.polarity is not Polarity.ASSERTED:
        return False
    if denial.claim.content.modality not in SAID_AS_SO:
        return False
    words = denial.topic & said.topic
    covered = len(words) / max(1, min(len(denial.topic), len(said.topic)))
    denied = words & denial.focus - said.negated
    most = denial.denies or 2 * len(denied) > min(2, len(denial.focus))
    return len(words) > 1 and covered >= COVERED and bool(denied) and most


def _shared(a: Side, b: Side) -> float:
    """Return how much two claims share that stand on opposite sides of a matter, 0.0 for no two."""
    matters = opposed_matters(a, b)
    if not any(matter not in everyday() for matter in matters):
        return 0.0
    one, other = a.claim.content, b.claim.content
    if {one.polarity, other.polarity} == {Polarity.ASSERTED, Polarity.DENIED}:
        return 0.0  # a denial is looked at as one
    words, actors = len(a.kin & b.kin), len(_actors(a) & _actors(b))
    if not (is_voice(a) and is_voice(b)) and not (actors >= BETWEEN and a.of.type is b.of.type):
        return 0.0  # what the author tells of is mostly another thing
    told = SAID_AS_SO | {Modality.OPINION}
    if "agreement" in matters:
        told |= {Modality.PROMISED}  # whether two agreed or one alone, something was undertaken
    if not {one.modality, other.modality} <= told:
        return 0.0
    longest = max(len(side.of.stems) for side in (a, b))
    said_with_no = bool(a.negated or b.negated)
    if words and actors:
        # A "no" turns what stands beside the point as well: then more must speak for it.
        beside = words > said_with_no or not a.negated & b.topic | b.negated & a.topic
        return 1.0 + words + actors if longest <= LONGER and beside else 0.0
    one_of_all = all_of_it(a) != all_of_it(b) and longest <= BRIEF and not said_with_no
    return float(one_of_all and characters_between(a, b) <= SIDE_BY_SIDE)


def _actors(side: Side) -> frozenset[str]:
    return frozenset(code for _, _, code in side.of.who)


def opposed_matters(a: Side, b: Side) -> tuple[str, ...]:
    """Return the matters on opposite sides of which two claims stand, sorted."""
    return tuple(sorted(m for m, side in a.stances.items() if b.stances.get(m) == -side))


def _points(side: Side) -> bool:
    """Return whether a denial says little itself: what it denies stands before it."""
    words = fold_words(side.claim.quote)
    if _POINTING.search(words) is not None:
        return True
    return side.denies and len(side.topic) <= SAYS_LITTLE and bool(_POINTERS & set(words.split()))


def _reason(one: Side, other: Side) -> Reason:
    a, b = sorted((one, other), key=lambda s: (is_voice(s), s.claim.span))
    if not is_voice(a):
        return Reason(
            "The text says “{0}”; {1} says the opposite: “{2}”.", (a.gist, b.speaker, b.gist)
        )
    return Reason(
        "{0} says “{1}”; {2} says the opposite: “{3}”.", (a.speaker, a.gist, b.speaker, b.gist)
    )
