"""What a denial answers, and what two voices tell one after the other."""

import pytest
from tests.weighing.factory import KEY, body, claim, person

from tawatur.model.claim import Claim
from tawatur.model.picture import ConflictKind
from tawatur.model.reading import EventType, Link, Modality, Polarity, Quantity
from tawatur.model.span import Span
from tawatur.weighing import conflicts_within

GOVERNOR, DRIVERS = body("محافظ الإقليم"), body("اتحاد السائقين")
PARTY, SPOKESMAN = body("le Parti du fleuve"), person("Idriss Kamaté", "e1")
DENIED = Polarity.DENIED


def told(quote: str, by: Link, at: int = 0, **more: object) -> Claim:
    """Return a claim of one text, by one of its voices, at a place in it."""
    more.setdefault("type", EventType.STATE)
    return claim(quote, start=at, chain=(by,), **more)  # type: ignore[arg-type]  # passed on to the factory


def pairs(*claims: Claim) -> list[tuple[str, str]]:
    """Return what contradicts what within one text."""
    quote = {c.id: c.quote for c in claims}
    return [(quote[c.a], quote[c.b]) for c in conflicts_within(claims, KEY).conflicts]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("الطريق الساحلي أعيد فتحه", "الطريق الساحلي لا يزال مغلقا"),
        ("المفاوضات أحرزت تقدما", "المحادثات وصلت إلى طريق مسدود"),
        ("the talks made progress", "the negotiations were a failure"),
    ],
    ids=["still is no negation", "one matter in two words", "en"],
)
def test_the_opposite_told_right_behind_contradicts(one: str, other: str) -> None:
    """Neither denies; of everyday matters it holds side by side only."""
    assert pairs(told(one, GOVERNOR), told(other, DRIVERS, 70)) == [(one, other)]
    assert pairs(told(one, GOVERNOR), told(other, DRIVERS, 400)) == []
    assert pairs(told(one, GOVERNOR), told(other, GOVERNOR, 70)) == []


def test_what_may_be_contradicts_nothing_told_beside_it() -> None:
    """A doubt is no opposite."""
    one = told("the talks made progress", GOVERNOR)
    doubt = told("the talks may end in failure", DRIVERS, 70, modality=Modality.HEDGED)
    assert pairs(one, doubt) == []


@pytest.mark.parametrize(
    "answer", ["C'est un pur mensonge", "هذا الكلام عار عن الصحة", "this is a lie"]
)
def test_who_calls_what_was_said_untrue_denies_it(answer: str) -> None:
    """Though no word of it denies."""
    said = told("le ministre a vendu le port", PARTY, language="fr")
    assert pairs(said, told(answer, SPOKESMAN, 60)) == [(said.quote, answer)]


def test_who_denies_accusations_answers_an_accusation() -> None:
    """What another voice happens to say right before is none."""
    accused = told("اتهم الحزب كمارا باختلاس أموال", PARTY, type=EventType.ACCUSE)
    law = told("الجميع سواسية أمام القانون", PARTY)
    denial = told("نفى كل التهم الموجهة إليه", SPOKESMAN, 50, polarity=DENIED)
    assert pairs(accused, denial) == [(accused.quote, denial.quote)]
    assert pairs(law, denial) == []


def test_who_is_called_the_candidate_takes_no_side_on_candidacies() -> None:
    """The name of who denies is not what he denies."""
    candidate = person("المرشح لرئاسة المحكمة", "e2")
    denial = told(
        "نفى المرشح لرئاسة المحكمة ما ورد في خطاب اللجنة من تفاصيل", candidate, polarity=DENIED
    )
    later = told("تعيين مرشحين جدد انهيار كامل", DRIVERS, 90)
    assert pairs(denial, later) == []


def test_words_that_the_whole_text_repeats_tie_no_two_claims() -> None:
    """Every claim speaks of the Orsk dam: a denial of something about it answers none of them."""
    said = told("engineers inspected the Orsk dam", GOVERNOR, language="en")
    denial = told(
        "denied that the Orsk dam had flooded", DRIVERS, 300, polarity=DENIED, language="en"
    )
    others = [
        told(f"the Orsk dam {does}", GOVERNOR, 5_000 + 90 * at, language="en")
        for at, does in enumerate(("feeds mills", "cools furnaces", "draws anglers", "hums"))
    ]
    assert pairs(said, denial) == [(said.quote, denial.quote)]
    assert pairs(said, denial, *others) == []


def test_one_figure_ties_a_denial_to_a_claim() -> None:
    """Numbers are rarer than words."""
    sum_ = Quantity(Span(12, 19), 130_000.0, "USD")
    said = told("she received 130,000 dollars", PARTY, quantities=[sum_], language="en")
    denial = told(
        "he denied the payment of 130,000", SPOKESMAN, 90, polarity=DENIED, quantities=[sum_],
        language="en",
    )  # fmt: skip
    assert pairs(said, denial) == [(said.quote, denial.quote)]


def test_a_dispute_that_is_a_noun_denies_nothing() -> None:
    """Who speaks of territorial disputes disputes nothing."""
    said = told("markets need stability", PARTY, language="en")
    noun = told("territorial disputes with neighbours", SPOKESMAN, 60, language="en",
                type=EventType.REJECT, polarity=DENIED)  # fmt: skip
    assert pairs(said, noun) == []


def test_what_will_not_be_may_have_been() -> None:
    """A plan denied contradicts no fact."""
    said = told("there was corruption in the ministry", PARTY, language="en")
    vow = told("there will be no corruption", SPOKESMAN, 60, language="en", polarity=DENIED,
               modality=Modality.PLANNED)  # fmt: skip
    assert pairs(said, vow) == []
    so = told("there was no corruption", SPOKESMAN, 60, language="en", polarity=DENIED)
    assert [c.kind for c in conflicts_within([said, so], KEY).conflicts] == [ConflictKind.POLARITY]
