"""Which voices of one text answer each other: one denies what the other says?

A report sets voices against each other: who is accused denies, who is asked plays down. Each
denial answers the claims that most speaks for (`evidence`), few of them. So does an author's
"the ministry denied it": whoever is told to deny, denies.

Two claims that stand on opposite sides of a matter without a denial need one that is no everyday
word, and more: that they share names and words, or that of two close to each other one speaks of
all ("all bills are paid") and the other tells of some ("three statements are overdue").
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from tawatur.model.claim import Claim, same_source
from tawatur.model.picture import ConflictKind, Reason
from tawatur.model.reading import AUTHOR, EventType, Modality, Polarity, SourceKind
from tawatur.model.text import fold, fold_words
from tawatur.weighing.conflicts.evidence import OUTRIGHT, PASSAGE, answering, opposed_matters
from tawatur.weighing.conflicts.found import Found
from tawatur.weighing.conflicts.reports import first_told
from tawatur.weighing.conflicts.sides import (
    Side,
    all_of_it,
    both_so,
    characters_between,
    is_so,
    is_voice,
    two_voices,
)
from tawatur.weighing.stances import everyday, rejects, stems_of, unjoined, words_that
from tawatur.weighing.words import content_stems, stem

REACH = 3_000
"""Code points within which a denial answers another voice."""
COMMON, SHARE_COMMON = 3, 0.08
"""So many claims, and so great a share of them, may hold a root that tells one from another."""
RIGHT_BEFORE = 250
"""Code points within which it may point at what was said last."""
RIGHT_BESIDE = 120
"""Code points between what two voices tell one after the other, the one against the other."""
GOES_ON = 30
"""Code points between a denial that only points and what it goes on to say."""
SIDE_BY_SIDE = 400
"""Code points within which one voice that speaks of all is set against one that tells of some."""
LONGER = 16
"""Stems at most of two claims on opposite sides that share names and words."""
ANSWERED = 2
"""So many claims at most does one denial answer, so many does one claim stand against."""
BRIEF = 14
"""Stems at most of a claim that says one thing: in longer ones the words of a matter stray."""
SAYS_LITTLE = 4
"""Stems at most outside names of a denial in which "this" or "that" can be what is denied."""
BETWEEN = 2
"""Actors that a claim of the author's own shares with one of its kind that contradicts it."""

_NOT_SAID = frozenset({Modality.CONDITIONAL, Modality.REQUESTED, Modality.PROMISED})
_POINTING = re.compile(
    r"\b(?:(?:this|that|such an?|these|those) (?:\w+ )?(?:report|claim|account|version"
    r"|allegation|accusation|information|story|rumour|statement|charge|figure|number|toll|count"
    r"|estimate|assessment)s?|no such|of this|of that"
    r"|untrue|(?:cette|ces|cet|ce|l|les) (?:information|version|accusation|affirmation|allegation"
    r"|rumeur|recit|nouvelle|propos|implication|these|chiffre|decompte|bilan|estimation|constat"
    r"|lecture)s?|de ce genre|en ce sens|le dement\w*"
    r"|(?:هذا|هذه|تلك|ذلك) ال(?:خبر|انباء|كلام|اتهام|اتهامات|معلومات|مزاعم|تصريح|تصريحات|روايه"
    r"|تسريب|ارقام|رقم|حصيله|عدد|تقدير|تقديرات|احصاءات)|هذا القبيل|غير صحيح"
    r"|(?:نفي|نفت|كذب|كذبت|نفاه|نفته) (?:ذلك|الامر|هذا|هذه))\b"
)

_THIS = frozenset(fold("this such هذا هذه cette ce cet ces cela").text.split())
_ACCUSATIONS = frozenset(
    fold(
        "accusation accusations allegation allegations charges الاتهام الاتهامات اتهامات مزاعم "
        "التهم التهمه تهم تهمه"
    ).text.split()
)
_NO_ANSWER = frozenset(
    map(
        stem,
        fold(
            """
            comment commented respond responded response reply replied verify
            verified immediately elaborate commentaire commentaires commenter repondu repondre
            reagi reagir reaction verifier recouper precise detailler
            تعليق التعليق يعلق تعلق التاكد التحقق للتحقق يتسن التثبت يوضح توضح
            """
        ).text.split(),
    )
)
"""Who did not comment, and what could not be confirmed, denies nothing."""
_SAYING = frozenset(
    fold(
        """
        saying adding insisting stressing explaining arguing disant ajoutant affirmant assurant
        expliquant precisant soutenant قائلا قائله قائلين مؤكدا مؤكده موضحا موضحه مضيفا مضيفه
        مشددا مشدده مبينا مبينه
        """
    ).text.split()
)
"""Words by which one goes on to say what he denies."""
_POINTERS = frozenset(
    fold(
        "this that such these those it c ce sont هذا هذه ذلك تلك cette ce cet ces cela"
    ).text.split()
)


def denials(sides: Sequence[Side]) -> Iterator[Found]:
    """Yield each denial with what it answers, and what only looks like it."""
    denying = list(filter(_denies, sides))
    common = _common(sides) if denying else frozenset()
    for denial in denying:
        if first_told(denial, sides) is not None:
            continue  # it names what it denies
        others = [
            s for s in sides if characters_between(denial, s) <= REACH and two_voices(s, denial)
        ]
        last = _meant(denial, _last_said(denial, others))
        pointed = () if _names_it(denial, others) else _pointed_at(denial, last)
        so: list[tuple[float, Side]] = []
        not_so: list[tuple[float, Side]] = []
        for s in others:
            strength = answering(denial, s, points=s in pointed, last=s in last, common=common)
            if s in pointed and _names_untrue(denial):
                strength += OUTRIGHT  # as good as a "deny"
            if both_so(denial, s, said=_is_said(denial, s, points=s in pointed)) is None:
                so.append((strength, s))
            else:
                not_so.append((strength, s))
        spelled = _spelled_out(denial, sides)
        for other in _most(denial, so, 1 if _only_points(denial) else ANSWERED):
            yield Found(ConflictKind.POLARITY, spelled, other, _reason(spelled, other))
        for other in _most(denial, not_so):
            why_not = both_so(denial, other, said=_is_said(denial, other, points=other in pointed))
            if why_not is not None:
                yield Found(ConflictKind.POLARITY, denial, other, why_not, near=True)


def opposites(sides: Sequence[Side]) -> Iterator[Found]:
    """Yield the claims that stand on opposite sides of a matter without one denying the other."""
    for a, b in pairwise(side for side in sides if is_voice(side)):
        if _said_against(a, b) and two_voices(a, b):
            yield Found(ConflictKind.POLARITY, a, b, _reason(a, b))
    sides = [side for side in sides if not everyday().issuperset(side.stances)]
    for side in sides:
        found = [(shared, s) for s in sides if (shared := _shared(side, s))]
        for other in _most(side, [(shared, s) for shared, s in found if two_voices(side, s)]):
            yield Found(ConflictKind.POLARITY, side, other, _reason(side, other))


def _said_against(a: Side, b: Side) -> bool:
    """Return whether one voice tells the opposite of what another told right before.

    That they speak of one thing shows in a word, or in another matter on whose one side they are.
    """
    if characters_between(a, b) > RIGHT_BESIDE or not (is_so(a) and is_so(b)):
        return False
    if any(s.claim.content.modality is not Modality.FACT or s.negates for s in (a, b)):
        return False
    if max(len(s.of.stems) for s in (a, b)) > BRIEF or not opposed_matters(a, b):
        return False
    return bool(a.kin & b.kin) or any(b.said.get(m) == side for m, side in a.said.items())


def _common(sides: Sequence[Side]) -> frozenset[str]:
    """Return the roots that many claims of a text hold: what it is about, not what one says."""
    held = Counter(root for side in sides for root in side.kin)
    most = max(COMMON, SHARE_COMMON * len(sides))
    return frozenset(root for root, times in held.items() if times > most)


def _only_points(denial: Side) -> bool:
    """Return whether a denial says no more than that something is not so."""
    return _points(denial) and denial.denies and len(denial.topic) <= SAYS_LITTLE


def _spelled_out(denial: Side, sides: Sequence[Side]) -> Side:
    """Return what a denial that only points goes on to deny, or the denial itself.

    "He denied this, saying: we have never seen him".
    """
    if not _only_points(denial):
        return denial
    after = [s for s in sides if s.claim.span > denial.claim.span and s.root == denial.root]
    following = min(after, key=lambda s: s.claim.span, default=denial)
    near = characters_between(denial, following) <= GOES_ON
    denied = following.claim.content.polarity is Polarity.DENIED
    saying = fold_words(following.claim.root.cue or "").split()
    return following if near and denied and not _SAYING.isdisjoint(saying) else denial


def _most(side: Side, found: Iterable[tuple[float, Side]], most: int = ANSWERED) -> list[Side]:
    """Return the few for which most speaks that ``side`` stands against them."""
    held = [
        (-strength, characters_between(side, s), s.claim.span, s)
        for strength, s in found
        if strength
    ]
    return [other for *_, other in sorted(held, key=lambda h: h[:3])[:most]]


def _denies(side: Side) -> bool:
    content = side.claim.content
    if content.modality in _NOT_SAID:
        return False
    if not _NO_ANSWER.isdisjoint(side.word_stems):
        return False
    if content.polarity is not Polarity.DENIED:
        said, denies = side.plain_words, words_that("outright") - words_that("or nouns")
        if _calls_untrue(side):
            return True
        return side.of.type is EventType.REJECT and (bool(denies & said) or rejects(said))
    return is_voice(side) or (side.plain and bool(_THIS & set(side.words)) and _points(side))


def _calls_untrue(side: Side) -> bool:
    """Return whether a voice says of what was said, and no more, that it is untrue.

    So it does with "this is false" and with "called the report false".
    """
    if side.stances.get("truth") != -1 or not is_voice(side):
        return False
    if not _POINTERS.isdisjoint(side.words[:2]):
        return len(side.topic) <= SAYS_LITTLE
    return _names_untrue(side)


def _names_untrue(side: Side) -> bool:
    """Return whether a claim says, and no more, that news or accusations are called untrue."""
    if side.stances.get("truth") != -1:
        return False
    calls, told = words_that("calls"), words_that("told")
    if calls.isdisjoint({*side.words, *side.plain_words}) or told.isdisjoint(side.words):
        return False
    beside = side.topic - _stems(calls) - _stems(told) - stems_of("truth")
    return len({unjoined(word) for word in beside} - _stems(calls)) <= SAYS_LITTLE


@cache
def _stems(words: frozenset[str]) -> frozenset[str]:
    return frozenset(map(stem, words))


def _is_said(denial: Side, said: Side, *, points: bool) -> bool:
    """Return whether what is denied was said to be so.

    A plan was if plans are denied, what hangs on a condition if conditions are; who calls it
    untrue that somebody asked for a thing, as another tells, denies that he did.
    """
    modality = said.claim.content.modality
    if denial.claim.content.modality is Modality.PLANNED and modality is Modality.FACT:
        return points or denial.denies  # what will not be may have been
    if modality is Modality.CONDITIONAL:
        return "condition" in opposed_matters(denial, said)
    if modality is Modality.PLANNED:
        return points or "plan" in opposed_matters(denial, said)
    if modality is Modality.REQUESTED:
        return points and _retold(said.claim)
    return modality not in _NOT_SAID


def _retold(claim: Claim) -> bool:
    """Return whether somebody else than the author tells what the root of a claim said."""
    *_, teller, root = (AUTHOR, *claim.content.chain)
    return teller.kind is not SourceKind.AUTHOR and not same_source(teller, root)


def _last_said(denial: Side, others: Sequence[Side]) -> tuple[Side, ...]:
    """Return what the last voice before a denial said right before it."""
    before = [
        s
        for s in others
        if is_voice(s)
        and s.claim.span < denial.claim.span
        and characters_between(denial, s) <= RIGHT_BEFORE
        and s.claim.content.polarity is Polarity.ASSERTED
    ]
    last = max(before, key=lambda s: s.claim.span, default=None)
    return tuple(s for s in before if last and s.root == last.root)


def _meant(denial: Side, last: Sequence[Side]) -> tuple[Side, ...]:
    """Return what a denial can mean of what was said last; of accusations, an accusation."""
    if not _ACCUSATIONS & denial.plain_words:
        return tuple(last)
    who = content_stems(denial.speaker)
    return tuple(s for s in last if s.accuses or who & s.of.stems)


def _pointed_at(denial: Side, last: Sequence[Side]) -> tuple[Side, ...]:
    """Return what a denial points back at: "denied this account" denies what was said last."""
    if not _points(denial):
        return ()
    accusing = tuple(s for s in last if s.accuses)
    return accusing if _ACCUSATIONS & denial.plain_words else tuple(last)


def _names_it(denial: Side, others: Sequence[Side]) -> bool:
    """Return whether a denial names the matter that another voice of the passage raised.

    "No such condition" points at a condition, not at what happens to stand before it.
    """
    return any(
        matter not in everyday()
        for s in others
        if characters_between(denial, s) <= PASSAGE
        for matter in opposed_matters(denial, s)
    )


def _shared(a: Side, b: Side) -> float:
    """Return how much two claims share that stand on opposite sides of a matter, 0.0 for no two."""
    matters = opposed_matters(a, b)
    if not any(matter not in everyday() for matter in matters):
        return 0.0
    one, other = a.claim.content, b.claim.content
    if {one.polarity, other.polarity} == {Polarity.ASSERTED, Polarity.DENIED}:
        return 0.0  # a denial is looked at as one
    if _denies_a_no(a) or _denies_a_no(b):
        return 0.0
    words, actors = len(a.kin & b.kin), len(_actors(a) & _actors(b))
    if not (is_voice(a) and is_voice(b)) and not (actors >= BETWEEN and a.of.type is b.of.type):
        return 0.0  # what the author tells of is mostly another thing
    told = {Modality.FACT, Modality.OPINION}
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


def _denies_a_no(side: Side) -> bool:
    """Return whether a claim denies that something was not: "they lied that there was none"."""
    return side.denies and bool(words_that("negations") & side.plain_words)


def _actors(side: Side) -> frozenset[str]:
    return frozenset(code for _, _, code in side.of.who)


def _points(side: Side) -> bool:
    """Return whether a denial says little itself: what it denies stands before it."""
    words = fold_words(side.claim.quote)
    if _POINTING.search(words) is not None:
        return True
    little = side.denies and len(side.topic) <= SAYS_LITTLE
    return _calls_untrue(side) or (little and bool(_POINTERS & set(words.split())))


def _reason(one: Side, other: Side) -> Reason:
    a, b = sorted((one, other), key=lambda s: (is_voice(s), s.claim.span))
    if not is_voice(a):
        return Reason(
            "The text says “{0}”; {1} says the opposite: “{2}”.", (a.gist, b.speaker, b.gist)
        )
    return Reason(
        "{0} says “{1}”; {2} says the opposite: “{3}”.", (a.speaker, a.gist, b.speaker, b.gist)
    )
