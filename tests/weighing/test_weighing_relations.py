"""Relations between bodies and people: what a claim says, in three languages, and no more."""

import pytest
from tests.weighing.factory import GPE, ORG, PERSON, claim

from tawatur.model.reading import EntityType, LocalEntity
from tawatur.model.span import Span
from tawatur.weighing.relations import relations

BODIES = ("Front", "Dunes", "Union", "الجبهة", "كتيبة الرمال", "تنظيم الوادي")
PEOPLE = ("Ali Koné", "علي كونيه")
PLACES = ("Delmassa",)
PLEDGED, RENAMED, PART = "pledged allegiance to", "was renamed to", "is part of"


def told(text: str, language: str) -> set[tuple[str, str, str]]:
    """Return what one claim says, by name; every name above that stands in it is found."""
    kinds: dict[str, EntityType] = {
        **dict.fromkeys(BODIES, ORG),
        **dict.fromkeys(PEOPLE, PERSON),
        **dict.fromkeys(PLACES, GPE),
    }
    entities = [
        LocalEntity(name, kind, name, (Span(at, at + len(name)),))
        for name, kind in kinds.items()
        if (at := text.find(name)) >= 0
    ]
    one = claim(text, language=language)
    return {(each.kind.value, each.a, each.b) for each in relations(one, entities)}


@pytest.mark.parametrize(
    ("text", "language", "what"),
    [
        ("The Dunes split from the Front in May", "en", ("split from", "Dunes", "Front")),
        ("The Dunes, led by Ali Koné, met", "en", ("leads", "Ali Koné", "Dunes")),
        ("the leader of the Dunes Ali Koné spoke", "en", ("leads", "Ali Koné", "Dunes")),
        ("Dunes, formerly known as Front, met", "en", (RENAMED, "Front", "Dunes")),
        ("The Dunes pledged allegiance to the Union", "en", (PLEDGED, "Dunes", "Union")),
        ("Le Front a fusionné avec Union hier", "fr", ("merged with", "Front", "Union")),
        ("le Front dirigé par Ali Koné", "fr", ("leads", "Ali Koné", "Front")),
        ("le Front, branche de l’Union", "fr", (PART, "Front", "Union")),
        (
            "انشقت كتيبة الرمال عن تنظيم الوادي",
            "ar",
            ("split from", "كتيبة الرمال", "تنظيم الوادي"),
        ),
        ("بايعت كتيبة الرمال تنظيم الوادي", "ar", (PLEDGED, "كتيبة الرمال", "تنظيم الوادي")),
        ("الجبهة بقيادة علي كونيه", "ar", ("leads", "علي كونيه", "الجبهة")),
        ("قال علي كونيه زعيم الجبهة ذلك", "ar", ("leads", "علي كونيه", "الجبهة")),
        ("كتيبة الرمال التابعة لتنظيم الوادي", "ar", (PART, "كتيبة الرمال", "تنظيم الوادي")),
    ],
)
def test_a_relation_goes_from_who_does_it_to_whom(
    text: str, language: str, what: tuple[str, str, str]
) -> None:
    """Whichever of the two the sentence names first."""
    assert what in told(text, language)


def test_the_inset_between_commas_is_not_who_splits() -> None:
    """Its leader stands nearer to the verb than the body that it is said of."""
    found = told("The Dunes, led by Ali Koné, split from the Front", "en")
    assert ("split from", "Dunes", "Front") in found
    assert ("split from", "Ali Koné", "Front") not in found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("The Front led Delmassa to a new vote", "en", id="a country is no body"),
        pytest.param("The Front met. Led by no one, the Dunes left", "en", id="two sentences"),
        pytest.param("The Front of old days had long split from all Dunes", "en", id="far off"),
        pytest.param("وتابعت الجبهة أن تنظيم الوادي غادر", "ar", id="went on to say"),
        pytest.param("The Front and the Dunes met", "en", id="named together"),
    ],
)
def test_names_that_only_stand_together_have_no_relation(text: str, language: str) -> None:
    """A wrong tie is worse than a missed one."""
    assert told(text, language) == set()
