"""What was promised or held for a time, and what broke it: do the dates leave room for both?

* *pledge*: somebody undertakes to stop or avoid attacks, or makes peace; another claim tells
  of an attack that shares a name with it and did not surely come before; where it is made from
  one day to another and names nobody, of an attack between those days;
* *never since*: a text denies that a thing happened in a stretch of time; another claim tells
  of such a thing within it, with a name in common.

Days are compared in three values: what cannot be told to be earlier may break a pledge.
"""

from collections.abc import Iterator, Sequence

from tawatur.model.picture import ConflictKind, Reason
from tawatur.model.reading import EventType, Modality, Polarity
from tawatur.model.text import fold
from tawatur.weighing.conflicts.found import Found
from tawatur.weighing.conflicts.sides import (
    SAID_AS_SO,
    Side,
    characters_between,
    dates_itself,
    is_so,
    may_meet,
)
from tawatur.weighing.events import apart
from tawatur.weighing.words import stem

_CEASING = frozenset(
    map(
        stem,
        fold(
            """
            stop stops halt cease avoid refrain suspend renounce end abandon cesser arreter eviter
            renoncer suspendre يوقف توقف وقف يتوقف ايقاف وقفا يتجنب تجنب
            الامتناع يمتنع تعليق ينهي انهاء الكف يكف بوقف بايقاف بتجنب
            """
        ).text.split(),
    )
)
_ATTACKS = frozenset(
    map(
        stem,
        fold(
            """
            attack attacks attacked hostilities violence raid raids shelling offensive fighting
            attaque attaques attaquer attaquent violences hostilites raids offensive combats
            هجمات هجماته هجماتها هجوم هاجم هاجمت هاجموا اعتداء اعتداءات دمويه العنف القتال قصف
            انتحاريه عدائيه
            """
        ).text.split(),
    )
)
_WARS = frozenset(map(stem, ("war", "guerre", "حرب", "حربا")))
"""What may be ended as attacks are; that there is one breaks no undertaking."""
_CALLS = frozenset(
    map(
        stem,
        fold(
            """
            call calls called calling urge urges urged demand demands demanded appeal appeals
            appel appels appelle appele exhorte exige exigent reclame reclament demande demandent
            دعا دعت دعوا يدعو تدعو دعوه دعوات طالب طالبت مطالب مطالبه يطالب تطالب ناشد ناشدت
            refuse refuses refused refusal reject rejected rejects fail failed fails failure talks
            refuser refusent rejette rejet echec echoue pourparlers
            رفض رفضت رفضوا يرفض فشل فشلت محادثات مفاوضات المفاوضات المحادثات
            try tries tried trying attempt attempts seek seeks sought want wants wanted lack
            tente tentent tentative tentatives essaie essaient cherche cherchent veut veulent
            يحاول تحاول يحاولون حاول محاوله محاولات يسعي تسعي يسعون سعي مساعي جهود يريد تريد
            يريدون عدم
            """
        ).text.split(),
    )
)
"""Who calls for an end to attacks, refuses it, tries for it or talks of it undertakes none."""
_AFTER = frozenset(map(stem, ("after", "since", "apres", "depuis", "بعد", "منذ", "عقب")))
"""What comes after an end is told of as what followed it; nobody undertakes that end."""
_ON = ("علي",)
REACH = 2_000
"""Code points within which a text sets an attack against a pledge."""
SPAN = 9
"""Words from one that speaks of ceasing to the attacks that are to cease."""

LATER = 366
"""Days within which an attack tells against an agreement: later ones have causes of their own."""
SHARED = 2
"""Stems of names that such an attack shares with the agreement."""

_VIOLENT = {EventType.ASSAULT, EventType.COERCE, EventType.CRIME, EventType.STATE}
_UNDERTAKEN_AS = SAID_AS_SO | {Modality.PROMISED}
_UNDERTAKEN = "One tells of an undertaking, “{0}”; the other of what would break it: “{1}”."
_AGREED = "One tells of an agreement, “{0}”; the other of an attack that followed: “{1}”."
_NEVER = "One says that there was none in that time, “{0}”; the other tells of one: “{1}”."


def broken(sides: Sequence[Side]) -> Iterator[Found]:
    """Yield each pledge, or each "never since", with what broke it."""
    attacks = [side for side in sides if _tells_of(side, _ATTACKS)]
    fought = [side for side in sides if _tells_of(side, _ATTACKS | _WARS)]
    for kept in sides:
        in_its_days: list[Side] = []
        if _pledges(kept):
            breaking, why = [s for s in attacks if _may_break(kept, s)], _UNDERTAKEN
            in_its_days = [s for s in sides if _in_its_days(kept, s)]
        elif _agrees(kept):
            breaking, why = [s for s in attacks if _follows(kept, s)], _AGREED
        elif _never_since(kept):
            breaking, why = [s for s in fought if _falls_within(kept, s)], _NEVER
        else:
            continue
        for act in sides:
            if act is kept or characters_between(kept, act) > REACH:
                continue
            if act in in_its_days or (act in breaking and _of_the_same(kept, act)):
                yield Found(ConflictKind.CHRONOLOGY, kept, act, Reason(why, (kept.gist, act.gist)))


def _pledges(side: Side) -> bool:
    """Return whether a claim tells of peace made, or of attacks that are to cease."""
    content = side.claim.content
    if content.polarity is not Polarity.ASSERTED or content.modality not in _UNDERTAKEN_AS:
        return False
    if side.stances.get("peace") == 1 and side.stances.get("agreement") == 1:
        return True
    return _ceases(side)


def _in_its_days(kept: Side, act: Side) -> bool:
    """Return whether an attack is told of between the days from which to which peace was made.

    Of those whom the peace names: who names nobody speaks of the two that the text is about.
    """
    first, stroke, last = (kept.claim.content.when or "").partition("/")
    if not stroke or ".." in (first, last) or not is_so(act) or not dates_itself(act):
        return False
    attack = act.of.type is EventType.ASSAULT or act.stances.get("bombing") == 1
    named = not kept.of.names or bool(kept.of.names & act.of.names)
    within = act.of.when is not None and may_meet(kept, act)
    return attack and named and within and act.stances.get("peace") != 1


def _of_the_same(kept: Side, act: Side) -> bool:
    """Return whether an attack is by, or on, those whom a pledge binds or protects.

    Of a peace between two any place may hear; so one of the two takes part in the attack.
    """
    if _pledges(kept) and not _ceases(kept):
        return bool({code for *_, code in kept.of.who} & {code for *_, code in act.of.who})
    return bool(kept.of.names & act.of.names)


def _ceases(side: Side) -> bool:
    """Return whether a claim speaks of attacks that stop or are to stop."""
    if side.of.type is EventType.ASSAULT:
        return False  # "struck, against all calls to stop the attacks"
    words = side.word_stems
    ceasing = [
        at
        for at, word in enumerate(words)
        if word in _CEASING
        and not _AFTER & set(words[max(0, at - 2) : at])
        and side.words[at + 1 : at + 2] != _ON  # a comment on attacks
    ]
    return not _CALLS & set(words) and any(
        set(words[at + 1 : at + 1 + SPAN]) & (_ATTACKS | _WARS) for at in ceasing
    )


def _tells_of(side: Side, attacks: frozenset[str]) -> bool:
    """Return whether a claim tells of one of some kinds of attack as of a fact."""
    content = side.claim.content
    if content.polarity is not Polarity.ASSERTED or content.modality not in SAID_AS_SO:
        return False
    if side.of.type not in _VIOLENT or side.stances.get("peace") == 1:
        return False  # "attacks on his record", "a truce after the attacks"
    return bool(set(side.word_stems) & attacks)


def _agrees(side: Side) -> bool:
    """Return whether a claim tells of a dated agreement between some who are named."""
    content = side.claim.content
    if content.polarity is not Polarity.ASSERTED or content.modality not in SAID_AS_SO:
        return False
    between = len({code for *_, code in side.of.who})
    agreed = side.of.type is EventType.AGREE and side.stances.get("agreement") == 1
    return agreed and between > 1 and side.of.when is not None


def _follows(agreement: Side, act: Side) -> bool:
    """Return whether an attack came within a year of an agreement and shares two names with it."""
    if act.of.type is not EventType.ASSAULT:
        return False
    made, done = agreement.of.when, act.of.when
    if made is None or done is None or made.before(done) is not True:
        return False
    return apart(made, done) <= LATER and len(agreement.of.names & act.of.names) >= SHARED


def _never_since(side: Side) -> bool:
    """Return whether a claim denies attacks over a stretch of time."""
    content = side.claim.content
    if content.polarity is not Polarity.DENIED or content.modality not in SAID_AS_SO:
        return False
    return side.of.type is EventType.ASSAULT and "/" in (content.when or "")


def _may_break(pledge: Side, act: Side) -> bool:
    """Return whether an attack is not surely older than a pledge; of a dated one it is dated."""
    if pledge.of.when is None:
        return True
    return act.of.when is not None and act.of.when.before(pledge.of.when) is not True


def _falls_within(stretch: Side, act: Side) -> bool:
    """Return whether an attack has a time of its own, and one that meets the stretch."""
    return act.of.when is not None and may_meet(stretch, act)
