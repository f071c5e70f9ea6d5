"""What ties a denial to what it answers, and the courses of reasoning that find other conflicts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.weighing.factory import KEY, ORG, PERSON, body, claim, person

from tawatur.model.claim import Claim
from tawatur.model.picture import ConflictKind
from tawatur.model.reading import EventType, Link, Modality, Polarity
from tawatur.weighing import conflicts_within
from tawatur.weighing.conflicts.kin import kin
from tawatur.weighing.words import stem

MINISTER, FRONT, PORT = person("وزير الدفاع", "e1"), body("جبهة الوادي"), body("the port authority")
DENIED = Polarity.DENIED


def told(quote: str, by: Link | None, at: int, **more: object) -> Claim:
    """Return a claim of one text, by one of its voices, at a place in it."""
    more.setdefault("type", EventType.STATE)
    return claim(quote, start=at, chain=(by,) if by else (), **more)  # type: ignore[arg-type]  # passed on to the factory


def kinds(*claims: Claim) -> list[ConflictKind]:
    """Return the kinds of conflict within one text."""
    return [c.kind for c in conflicts_within(claims, KEY).conflicts]


def test_who_is_accused_answers_what_another_voice_said_last() -> None:
    """A denial that names nothing is tied by who denies; one that answers nothing close is not."""
    accused = told(
        "اتهم الوزير جبهة الوادي بتدبير العملية", MINISTER, 0, who=[("جبهة الوادي", ORG)],
        type=EventType.ACCUSE,
    )  # fmt: skip
    denial = told("نفت الجبهة أي صلة لها بما حدث", FRONT, 60, polarity=DENIED)
    assert kinds(accused, denial) == [ConflictKind.POLARITY]
    far = told("نفت الجبهة أي صلة لها بما حدث", FRONT, 2_500, polarity=DENIED)
    assert kinds(accused, far) == []


def test_whom_the_author_tells_to_deny_denies() -> None:
    """The sentence is the author's, the denial the port's."""
    said = told("three containers of arms were unloaded", MINISTER, 0, language="en")
    denial = told(
        "the port authority denied this account", None, 60, language="en", type=EventType.REJECT
    )
    assert kinds(said, denial) == [ConflictKind.POLARITY]


@pytest.mark.parametrize(
    "quote", ["he did not comment on the arms", "لم يرد أي تعليق على شحنة الأسلحة"]
)
def test_who_does_not_comment_denies_nothing(quote: str) -> None:
    """However close it stands, and whatever words it shares."""
    said = told("a shipment of arms reached the port شحنة الأسلحة", MINISTER, 0)
    assert kinds(said, told(quote, PORT, 60, polarity=DENIED)) == []


def test_what_was_promised_and_not_done_is_a_conflict_of_a_promise() -> None:
    """The promise says nothing itself but that it was made; far from the breach it is another."""
    breach = told("لم ترسل الوزارة القافلة إلى الشمال", MINISTER, 0, polarity=DENIED)
    promise = "كما وعدت بذلك في الربيع"
    assert kinds(breach, told(promise, PORT, 40)) == [ConflictKind.DEADLINE]
    assert kinds(breach, told(promise, PORT, 400)) == []


PARTIES = [("جبهة الوادي", ORG), ("حكومة نومارة", ORG)]


@pytest.mark.parametrize(
    ("attacked", "found"),
    [("2021-07", [ConflictKind.CHRONOLOGY]), ("2021-03", []), ("2023-01", []), (None, [])],
    ids=["soon after", "before", "long after", "undated"],
)
def test_an_attack_within_a_year_tells_against_an_agreement(
    attacked: str | None, found: list[ConflictKind]
) -> None:
    """Both are dated and share names; what came before, or years later, has causes of its own."""
    agreed = told(
        "اتفاق سري بين جبهة الوادي وحكومة نومارة", MINISTER, 0, when="2021-05", who=PARTIES,
        type=EventType.AGREE,
    )  # fmt: skip
    attack = told(
        "هاجمت جبهة الوادي ثكنة في نومارة", None, 300, when=attacked, who=PARTIES,
        type=EventType.ASSAULT,
    )  # fmt: skip
    assert kinds(agreed, attack) == found


def test_what_one_side_does_alone_is_no_agreement() -> None:
    """One tells of an agreement, another of a halt that one side alone undertook."""
    front = [("جبهة الوادي", ORG)]
    agreed = told(
        "اتفاق بين جبهة الوادي والحكومة يوقف الهجمات", MINISTER, 0, who=front, type=EventType.AGREE
    )
    alone = told(
        "جبهة الوادي التزمت من جانب واحد بوقف النشاط", PORT, 3_000, who=front,
        modality=Modality.PROMISED, type=EventType.RETREAT,
    )  # fmt: skip
    assert kinds(agreed, alone) == [ConflictKind.POLARITY]


LEAK = told(
    "the leak attributed to the Harbour Post, its source is Ostran intelligence", None, 1_000,
    language="en", who=[("Harbour Post", ORG), ("Ostran intelligence", ORG)],
    modality=Modality.HEDGED,
)  # fmt: skip
LAID = told(
    "the source is Ostran intelligence, of the leak in the Harbour Post", None, 1_000,
    language="en", who=[("Ostran intelligence", ORG), ("Harbour Post", ORG)],
)  # fmt: skip


@pytest.mark.parametrize(
    ("laid", "other", "found"),
    [
        pytest.param(
            LAID,
            told("either the ministry lied or the Harbour Post did", None, 0, language="en"),
            [ConflictKind.ACTOR],
            id="two alternatives and a third",
        ),
        pytest.param(
            LEAK,
            told(
                "the Harbour Post published the leak on Monday", None, 0, language="en",
                who=[("Harbour Post", ORG)],
            ),
            [ConflictKind.ACTOR],
            id="attributed to whoever published it",
        ),
        pytest.param(
            LAID,
            told(
                "the letter was headed reports of Valley intelligence", None, 0, language="en",
                who=[("Valley intelligence", ORG)],
            ),
            [],
            id="bodies of another name",
        ),
        pytest.param(
            LAID,
            told("the Harbour Post moved to a new house", None, 0, language="en",
                 who=[("Harbour Post", ORG)]),
            [],
            id="of no report",
        ),
    ],
)  # fmt: skip
def test_origins_of_one_report_that_exclude_each_other_are_a_conflict(
    laid: Claim, other: Claim, found: list[ConflictKind]
) -> None:
    """A third beside two alternatives; a bearer of the name who published it."""
    assert kinds(laid, other) == found


def test_a_report_laid_to_the_services_of_two_states_is_a_conflict() -> None:
    """The kind of body is one, the state another; a person is of no kind."""
    one = told("مصدره المخابرات النومارية حسب التسريب", None, 0, who=[("المخابرات النومارية", ORG)])
    other = told(
        "رسالة عنوانها تقارير المخابرات الأوسترانية", None, 500,
        who=[("المخابرات الأوسترانية", ORG)],
    )  # fmt: skip
    assert kinds(one, other) == [ConflictKind.ACTOR]
    man = told("رسالة عنوانها تقارير سامي النوماري", None, 500, who=[("سامي النوماري", PERSON)])
    assert kinds(one, man) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("مفاوضات", "تفاوض"), ("يوقف", "بوقف"), ("négociations".replace("é", "e"), "negocier")],
)
def test_words_of_one_root_are_kin(one: str, other: str) -> None:
    """Nouns and verbs, with what grammar sets before them."""
    assert kin(stem(one)) == kin(stem(other))


@given(st.text(alphabet="ابتدرسعفقلمنوي", min_size=1, max_size=9))
def test_every_word_has_kin(word: str) -> None:
    """Nothing is cut to nothing, and what is left are letters of the word in their order."""
    letters = iter(word)
    assert kin(word)
    assert all(letter in letters for letter in kin(word))
