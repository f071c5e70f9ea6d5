"""One deed laid to two, one meeting on two days, a truce of some days, news called false."""

from typing import Any

import pytest
from tests.weighing.factory import GPE, KEY, ORG, body, claim

from tawatur.model.claim import Claim
from tawatur.model.picture import ConflictKind
from tawatur.model.reading import EventType, Link, Modality
from tawatur.weighing import conflicts_within

MINISTRY, ELDERS = body("وزارة الداخلية"), body("شيوخ القبيلة")
ACTOR, DATE, CHRONOLOGY = ConflictKind.ACTOR, ConflictKind.DATE, ConflictKind.CHRONOLOGY


def told(quote: str, by: Link, at: int = 0, language: str = "en", **more: object) -> Claim:
    """Return a claim of one text, by one of its voices, at a place in it."""
    return claim(quote, start=at, chain=(by,), language=language, **more)  # type: ignore[arg-type]  # passed on to the factory


def kinds(*claims: Claim) -> list[ConflictKind]:
    """Return the kinds of conflict within one text."""
    return [c.kind for c in conflicts_within(claims, KEY).conflicts]


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("the front kidnapped the teachers", "it was the army that kidnapped the teachers", "en"),
        ("le front a enlevé les maîtres", "ce sont les soldats qui ont enlevé les maîtres", "fr"),
        ("الجبهة اختطفت المعلمين", "الجيش هو الذي اختطف المعلمين", "ar"),
        ("the front fired at the convoy first", "the army fired first", "en"),
        ("الجبهة هاجمت القافلة أولا", "الجيش هاجم القافلة أولا", "ar"),
        (
            "the teachers were kidnapped by the front",
            "the teachers were kidnapped by soldiers",
            "en",
        ),
        (
            "les maîtres ont été enlevés par le front",
            "les maîtres ont été enlevés par des soldats",
            "fr",
        ),
        ("اختطف المعلمون من قبل الجبهة", "اختطف المعلمون على يد جنود", "ar"),
    ],
    ids=["cleft", "cleft, fr", "cleft, ar", "first", "first, ar", "by", "by, fr", "by, ar"],
)
def test_a_deed_laid_to_two_is_a_conflict(one: str, other: str, language: str) -> None:
    """Of two voices that speak one after the other; of one voice it is no conflict."""
    first, second = told(one, MINISTRY, 0, language), told(other, ELDERS, 90, language)
    assert kinds(first, second) == [ACTOR]
    assert kinds(first, told(other, ELDERS, 700, language)) == []
    assert kinds(first, told(other, MINISTRY, 90, language)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the front kidnapped the teachers", "it was the army that repaired the bridge"),
        ("the front kidnapped the teachers", "the army kidnapped the drivers"),
        ("the teachers were kidnapped by the front", "the teachers were kidnapped by 2019"),
        ("the teachers were kidnapped by the front", "the front kidnapped the teachers"),
    ],
    ids=["another deed", "others, by others", "by a year", "the same"],
)
def test_two_deeds_and_one_doer_are_none(one: str, other: str) -> None:
    """What is not one deed may have two doers."""
    assert kinds(told(one, MINISTRY), told(other, ELDERS, 90)) == []


MET: dict[str, Any] = {"type": EventType.CONSULT, "where": [("Tarfa", GPE)]}


def test_a_meeting_that_took_place_on_another_day_is_a_conflict() -> None:
    """Not where it is another meeting, nor where it was elsewhere, nor where nothing resumes it."""
    met = told("he met the envoy in Tarfa on 3 May 2019", MINISTRY, when="2019-05-03", **MET)

    def other(quote: str, **more: Any) -> Claim:
        return told(quote, ELDERS, 90, when="2019-05-11", **{**MET, **more})

    assert kinds(met, other("the meeting in Tarfa took place on 11 May 2019")) == [DATE]
    assert kinds(met, other("another meeting in Tarfa took place on 11 May 2019")) == []
    assert kinds(met, other("the elders met him in Tarfa on 11 May 2019")) == []
    away = other("the meeting in Birkat took place on 11 May 2019", where=[("Birkat", GPE)])
    assert kinds(met, away) == []


@pytest.mark.parametrize(
    ("day", "who", "found"),
    [
        ("2017-08-04", [], [CHRONOLOGY]),
        ("2017-08-14", [], []),
        ("2017-08-04", [("جبهة الوادي", ORG)], []),
    ],
    ids=["within its days", "after its days", "a truce of others"],
)
def test_an_attack_within_the_days_of_a_truce_breaks_it(
    day: str, who: list[tuple[str, object]], found: list[ConflictKind]
) -> None:
    """Of a truce that names those who made it, the attack must name one of them."""
    truce = told(
        "اتفق الطرفان على هدنة من 1 إلى 10 أوت 2017", MINISTRY, 0, "ar",
        type=EventType.AGREE, when="2017-08-01/2017-08-10", who=who,
    )  # fmt: skip
    attack = told(f"قصف الجيش البلدة يوم {int(day[-2:])} أوت 2017", ELDERS, 90, "ar", when=day)
    assert kinds(truce, attack) == found


@pytest.mark.parametrize(
    ("answer", "language"),
    [
        ("the spokesman called the report false", "en"),
        ("the ministry described the claims as untrue", "en"),
        ("le ministère a qualifié cette information de mensongère", "fr"),
        ("وصف الناطق الخبر بأنه كاذب", "ar"),
    ],
    ids=["en", "described as", "fr", "ar"],
)
def test_who_calls_news_false_denies_what_was_said_last(answer: str, language: str) -> None:
    """Opinions of other things deny nothing."""
    state = {"type": EventType.STATE, "modality": Modality.OPINION}
    said = told("the general has fled to the coast", MINISTRY, type=EventType.STATE)
    assert kinds(said, told(answer, ELDERS, 60, language, **state)) == [ConflictKind.POLARITY]
    other = told("the spokesman called the witness a false friend", ELDERS, 60, **state)
    assert kinds(said, other) == []
