"""What a text introduces once, its later statements take place and time from."""

import pytest

from tawatur.model.document import Extraction, Extractor, Stated
from tawatur.model.reading import EventType, Proposal, Reading
from tawatur.model.span import Span
from tawatur.reading import read


def whole(text: str, language: str) -> Reading:
    """Return the reading of a text that is all content."""
    return read(Extraction(text, "text/plain", "utf-8", Extractor("test", "0"), language))


def claim_with(reading: Reading, text: str, words: str) -> tuple[Proposal, list[str]]:
    """Return the claim that holds ``words``, and the names of its places."""
    names = {e.id: e.name for e in reading.entities}
    (found,) = [c for c in reading.claims if words in c.span.of(text)]
    return found, [names[e] for e in found.where]


ARABIC = """هاجم مسلحون في 8 حزيران 2021 ثكنة أنزيفات.

وقال مصدر طبي إن الحصيلة ارتفعت إلى 16 قتيلا.

وقُتل 9 جنود في هجوم آخر أمس.
"""
ENGLISH = """Gunmen attacked the army near Anzifat on 8 June 2021, a medic said.

The toll rose to 16 dead, according to the ministry of health.

The minister arrived after the attack and promised help to the families.
"""
FRENCH = """Des hommes armés ont attaqué le 8 juin 2021 la caserne d'Anzifat, selon l'armée.

Le bilan est passé à 16 morts, selon une source médicale de la ville.
"""


@pytest.mark.parametrize(
    ("text", "language", "words", "place"),
    [
        pytest.param(ARABIC, "ar", "16 قتيلا", "أنزيفات", id="ar"),
        pytest.param(ENGLISH, "en", "16 dead", "Anzifat", id="en"),
        pytest.param(FRENCH, "fr", "16 morts", "Anzifat", id="fr"),
    ],
)
def test_a_toll_belongs_to_the_attack_introduced_above(
    text: str, language: str, words: str, place: str
) -> None:
    """Place, day and kind of the attack are those of the toll."""
    claim, places = claim_with(whole(text, language), text, words)
    assert (places, claim.when, claim.event_type) == ([place], "2021-06-08", EventType.ASSAULT)


def test_another_attack_takes_nothing_from_the_first() -> None:
    """A text that tells of two attacks does not give the second the first one's place."""
    _, places = claim_with(whole(ARABIC, "ar"), ARABIC, "9 جنود")
    assert places == []


def test_an_attack_that_is_only_a_point_in_time_gives_no_place() -> None:
    """Who came after the attack need not have come to it."""
    _, places = claim_with(whole(ENGLISH, "en"), ENGLISH, "arrived after the attack")
    assert places == []


def test_an_unknown_name_after_a_kind_of_place_is_a_place() -> None:
    """With all its mentions, whatever letter is joined to them."""
    text = "استهدف هجوم ثكنة أنزيفات. وعاد الهدوء أمس لأنزيفات."
    (place,) = [e for e in whole(text, "ar").entities if e.name == "أنزيفات"]
    assert [m.of(text) for m in place.mentions] == ["أنزيفات", "أنزيفات"]


@pytest.mark.parametrize("text", ["استهدف هجوم ثكنة عسكرية أمس.", "وقع الهجوم قرب مدرسة أمس."])
def test_a_kind_of_place_without_a_name_makes_none(text: str) -> None:
    """What follows may be an adjective or another kind of place."""
    assert whole(text, "ar").entities == ()


def test_a_day_to_come_in_a_title_is_that_of_no_scene() -> None:
    """A court will decide on Thursday; the wounded are not of Thursday."""
    title = "VAULMONT : le tribunal tranchera le 10 juin 2021"
    text = f"{title}\n\nDeux gardes ont été blessés dans une bousculade."
    stated = Stated("2021-06-08", "meta")
    extraction = Extraction(
        text,
        "text/plain",
        "utf-8",
        Extractor("test", "0"),
        "fr",
        title=Span(0, len(title)),
        published=stated,
    )
    (claim,) = read(extraction).claims
    assert claim.when != "2021-06-10"
