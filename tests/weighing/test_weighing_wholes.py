"""What leaves no room beside it: all, only, the first, so many of so many, causes, places."""

import pytest
from tests.weighing.factory import GPE, KEY, LOC, ORG, between, body, claim, outlet, person

from tawatur.model.claim import Claim
from tawatur.model.picture import ConflictKind
from tawatur.model.reading import EventType, Link, Modality, Polarity, Quantity, SourceKind
from tawatur.model.span import Span
from tawatur.weighing import conflicts_within

MAYOR, UNION, DOCTOR = person("the mayor", "e1"), body("the union"), person("the doctor", "e3")
GOVERNOR, NURSE = person("المحافظ", "e4"), person("الممرضة", "e5")
PREFET, SYNDICAT = person("le préfet", "e6"), body("le syndicat")
DENIED = Polarity.DENIED
FLIGHTS = Quantity(Span(10, 20), 16.0, "flight", "flights")
NOT_FLOWN = Quantity(Span(200, 216), 6.0, "flight", "flights", "at least")
RIHLAT = Quantity(Span(17, 20), 16.0, "رحلة", "رحلة")
NOT_FLOWN_AR = Quantity(Span(200, 207), 6.0, "رحلة", "رحلات", "at least")


def told(quote: str, by: Link | None, at: int, **more: object) -> Claim:
    """Return a claim of one text, by one of its voices, at a place in it."""
    more.setdefault("type", EventType.STATE)
    return claim(quote, start=at, chain=(by,) if by else (), **more)  # type: ignore[arg-type]  # passed on to the factory


def kinds(*claims: Claim) -> list[ConflictKind]:
    """Return the kinds of conflict within one text."""
    return [c.kind for c in conflicts_within(claims, KEY).conflicts]


NO_ROOM = [
    pytest.param(
        told("only the market had been hit", MAYOR, 0, language="en"),
        told("the market and the school had been hit", DOCTOR, 200, language="en"),
        ConflictKind.POLARITY,
        id="only, and more",
    ),
    pytest.param(
        told("القصف أصاب السوق فقط", GOVERNOR, 0),
        told("القصف أصاب السوق والمدرسة", NURSE, 200),
        ConflictKind.POLARITY,
        id="only, and more, Arabic",
    ),
    pytest.param(
        told("tous les otages ont été libérés", PREFET, 0, language="fr"),
        told("trois otages sont toujours détenus", SYNDICAT, 200, language="fr"),
        ConflictKind.POLARITY,
        id="all, and some are not",
    ),
    pytest.param(
        told("14 of the 16 flights took off", MAYOR, 0, language="en", quantities=[FLIGHTS]),
        told(
            "at least six flights did not take off", UNION, 200, language="en",
            quantities=[NOT_FLOWN], polarity=DENIED,
        ),
        ConflictKind.FIGURE,
        id="so many of so many",
    ),
    pytest.param(
        told("سيرت 14 رحلة من أصل 16 رحلة", GOVERNOR, 0, quantities=[
            Quantity(Span(20, 27), 16.0, "رحلة", "رحلة")]),
        told("ست رحلات لم تقلع", NURSE, 200, quantities=[NOT_FLOWN_AR], polarity=DENIED),
        ConflictKind.FIGURE,
        id="so many of so many, Arabic",
    ),
    pytest.param(
        told("the school closed because of the strike", MAYOR, 0, language="en"),
        told("the closure had nothing to do with the strike", UNION, 400, language="en",
             polarity=DENIED),
        ConflictKind.POLARITY,
        id="a cause denied",
    ),
    pytest.param(
        told("إغلاق المصنع جاء بسبب الإضراب", GOVERNOR, 0),
        told("الإغلاق لا علاقة له بالإضراب", NURSE, 400, polarity=DENIED),
        ConflictKind.POLARITY,
        id="a cause denied, Arabic",
    ),
    pytest.param(
        told("le groupe est incapable de frapper la capitale", PREFET, 0, language="fr"),
        told("le groupe est capable de frapper la capitale", SYNDICAT, 400, language="fr"),
        ConflictKind.POLARITY,
        id="an ability denied",
    ),
    pytest.param(
        told("the bus was attacked on the road near Tilma", MAYOR, 0, language="en",
             type=EventType.ASSAULT, where=[("Tilma", LOC)]),
        told("the bus was attacked on the road near Gorsa", UNION, 200, language="en",
             type=EventType.ASSAULT, where=[("Gorsa", LOC)]),
        ConflictKind.PLACE,
        id="two places",
    ),
    pytest.param(
        told("the Dune Front has operated there since 2010", MAYOR, 0, language="en",
             who=[("Dune Front", ORG)], when="2010/.."),
        told("the Dune Front was founded in 2014", UNION, 400, language="en",
             who=[("Dune Front", ORG)], when="2014"),
        ConflictKind.CHRONOLOGY,
        id="going on before it began",
    ),
    pytest.param(
        told("the first attack in Kafra since 2015", MAYOR, 0, language="en",
             type=EventType.ASSAULT, where=[("Kafra", GPE)], when="2015/.."),
        told("gunmen attacked a convoy in Kafra", None, 400, language="en",
             type=EventType.ASSAULT, where=[("Kafra", GPE)], when="2018-03"),
        ConflictKind.CHRONOLOGY,
        id="the first, and one before",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("whole", "other", "kind"), NO_ROOM)
def test_what_leaves_no_room_for_the_other_is_a_conflict(
    whole: Claim, other: Claim, kind: ConflictKind
) -> None:
    """In whatever order the two are given."""
    assert kinds(whole, other) == kinds(other, whole) == [kind]


ROOM = [
    pytest.param(
        told("not only the market had been hit", MAYOR, 0, language="en"),
        told("the road had been hit and closed", DOCTOR, 200, language="en"),
        id="only, of another thing",
    ),
    pytest.param(
        told("all the hostages have been freed", MAYOR, 0, language="en"),
        told("three drivers are being held", DOCTOR, 200, language="en"),
        id="all of others",
    ),
    pytest.param(
        told("14 of the 16 flights took off", MAYOR, 0, language="en", quantities=[FLIGHTS]),
        told(
            "two flights did not take off", UNION, 200, language="en", polarity=DENIED,
            quantities=[Quantity(Span(200, 211), 2.0, "flight", "flights")],
        ),
        id="two of sixteen are left",
    ),
    pytest.param(
        told("the school closed because of the strike", MAYOR, 0, language="en"),
        told("the fire had nothing to do with the weather", UNION, 400, language="en",
             polarity=DENIED),
        id="another cause",
    ),
    pytest.param(
        told("the bus was attacked on the road near Tilma", MAYOR, 0, language="en",
             type=EventType.ASSAULT, where=[("Tilma", LOC)]),
        told("another bus was attacked on the road near Gorsa", UNION, 200, language="en",
             type=EventType.ASSAULT, where=[("Gorsa", LOC)]),
        id="another bus",
    ),
    pytest.param(
        told("the Dune Front has operated there since 2016", MAYOR, 0, language="en",
             who=[("Dune Front", ORG)], when="2016/.."),
        told("the Dune Front was founded in 2014", UNION, 400, language="en",
             who=[("Dune Front", ORG)], when="2014"),
        id="founded before",
    ),
    pytest.param(
        told("the first attack in Kafra since 2015", MAYOR, 0, language="en",
             type=EventType.ASSAULT, where=[("Kafra", GPE)], when="2015/.."),
        told("gunmen attacked a convoy in Kafra", None, 400, language="en",
             type=EventType.ASSAULT, where=[("Kafra", GPE)], when="2014-03"),
        id="before the day since which it is the first",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ROOM)
def test_what_leaves_room_for_the_other_is_none(one: Claim, other: Claim) -> None:
    """The figures add up, the things are two, the days allow both."""
    assert kinds(one, other) == []


SITE = Link(SourceKind.OUTLET, "the leak on the site")
LEAKED = told(
    "a secret agreement between the Dune Front and the ministry", SITE, 0, language="en",
    type=EventType.AGREE, who=[("Dune Front", ORG)],
)  # fmt: skip
AGAIN = told(
    "the Dune Front came to a secret understanding with the army", DOCTOR, 2_500, language="en",
    type=EventType.AGREE, who=[("Dune Front", ORG)],
)  # fmt: skip
UNTRUE = told("the leak is untrue", MAYOR, 1_200, language="en", polarity=DENIED)


def test_who_calls_a_report_untrue_denies_each_telling_of_it() -> None:
    """Wherever in the text it is told, but not what the report tells besides."""
    assert kinds(LEAKED, UNTRUE, AGAIN) == [ConflictKind.POLARITY] * 2
    beside = told("the road to Kafra is closed", DOCTOR, 2_500, language="en")
    assert kinds(LEAKED, UNTRUE, beside) == [ConflictKind.POLARITY]


def test_who_received_a_letter_vouches_for_it() -> None:
    """Against who calls it a forgery; a letter that nobody sent or signed has no such voice."""
    forged = told("cette lettre est un faux", PREFET, 0, language="fr", polarity=DENIED)
    received = told("le courrier lui a bien été remis", SYNDICAT, 900, language="fr")
    assert kinds(forged, received) == [ConflictKind.POLARITY]
    spoken_of = told("le courrier évoque la zone", SYNDICAT, 900, language="fr")
    assert kinds(forged, spoken_of) == []


def published(quote: str, day: str, polarity: Polarity = Polarity.ASSERTED) -> Claim:
    """Return what an outlet of its own says of one attack on a day."""
    return claim(
        quote, f"d-{day}", chain=(outlet(f"Post of {day}"),), published=day, polarity=polarity,
        when="2021-06-01", where=[("Kafra", LOC)], language="en",
    )  # fmt: skip


def test_what_is_said_after_its_denial_is_told_as_said_again() -> None:
    """From text to text, by the days on which they were published."""
    words = "the Dune Front attacked the convoy near Kafra on the eastern road"
    denied = published(words.replace("attacked", "denied that it attacked"), "2021-06-04", DENIED)
    (again,) = between((published(words, "2021-06-09"), denied)).conflicts
    (before,) = between((published(words, "2021-06-02"), denied)).conflicts
    assert "after" in str(again.why)
    assert "after" not in str(before.why)


def test_a_request_that_somebody_else_tells_of_can_be_denied() -> None:
    """Who denies that he asked contradicts who told of it; an own request is no claim."""
    post = outlet("the Post")
    asked = claim(
        "Nomara asked for a seat on the board", start=0, language="en", type=EventType.REQUEST,
        chain=(post, body("Nomara")), modality=Modality.REQUESTED,
    )  # fmt: skip
    untrue = told(
        "a spokesman called this report untrue", MAYOR, 60, language="en", polarity=DENIED
    )
    assert kinds(asked, untrue) == [ConflictKind.POLARITY]
