"""What news sets one voice against another with: figures side by side, a pronoun, a lie."""

import pytest
from tests.reading.support_reading import claim_with, reading_of

from tawatur.model.reading import EventType, Modality, Polarity, Proposal


def sources(claim: Proposal) -> list[str | None]:
    """Return the sources of a claim's chain without the author."""
    return [link.source_text for link in claim.chain[1:]]


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        pytest.param(
            "L'explosion a fait 40 blessés selon la mairie, plus de 90 selon les pompiers.",
            "fr",
            {"40 blessés": "la mairie", "plus de 90": "les pompiers"},
            id="fr",
        ),
        pytest.param(
            "The fire killed 40 people according to the mayor and at least 90 according to medics.",
            "en",
            {"40 people": "the mayor", "at least 90": "medics"},
            id="en, joined by and",
        ),
        pytest.param(
            "The blast wounded 40 people, according to the mayor, and 90 according to doctors.",
            "en",
            {"40 people": "the mayor", "90 according": "doctors"},
            id="en, a number alone with who gives it",
        ),
        pytest.param(
            "أسفر الانفجار عن إصابة 40 شخصا بحسب البلدية، وأكثر من 90 بحسب الشرطة.",
            "ar",
            {"40 شخصا": "البلدية", "أكثر من 90": "الشرطة"},
            id="ar",
        ),
    ],
)
def test_two_figures_of_one_sentence_have_each_its_source(
    text: str, language: str, told: dict[str, str]
) -> None:
    """Two claims, and no source cites the other."""
    for words, source in told.items():
        assert sources(claim_with(text, words, language)) == [source]


@pytest.mark.parametrize(
    "text",
    [
        "La mairie évoque 300 grévistes. Le syndicat parle, lui, de 450 grévistes.",
        "La mairie évoque 300 grévistes. Le syndicat parle, quant à lui, de 450 grévistes.",
        "La mairie évoque 300 grévistes. Le syndicat parle, de son côté, de 450 grévistes.",
    ],
    ids=["a pronoun", "as for him", "a phrase"],
)
def test_what_is_inserted_between_a_verb_and_its_object_hides_no_speaker(text: str) -> None:
    """A pronoun between commas only sets the subject against another."""
    assert sources(claim_with(text, "450", "fr")) == ["Le syndicat"]


def test_a_pronoun_before_a_clause_is_no_insertion() -> None:
    """One comma opens a clause; only two enclose."""
    text = "Le syndicat parle, elle se tait devant 450 grévistes de la ville."
    assert sources(claim_with(text, "450", "fr")) == []


def test_who_claims_to_belong_to_a_group_asks_for_nothing() -> None:
    """Se réclamer de is no réclamer."""
    text = "Hier, des hommes se réclamant du Front du fleuve ont attaqué le poste de Tilem."
    (claim,) = [c for c in reading_of(text, "fr").claims if "attaqué" in text]
    assert (claim.modality, claim.event_type) == (Modality.FACT, EventType.ASSAULT)


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("لكن الناطق باسم الحركة كذب هذه الأنباء.", "هذه الأنباء", "الناطق باسم الحركة"),
        ("وكذبت الحركة تلك المزاعم.", "تلك المزاعم", "الحركة"),
        ("وكذبت الوزارة ذلك.", "ذلك", "الوزارة"),
    ],
    ids=["subject first", "verb first", "that"],
)
def test_who_belies_news_denies_it(text: str, words: str, source: str) -> None:
    """Though nothing says what the news were."""
    said = "كشف مصدر أمني أن القائد سلّم نفسه للسلطات أمس. "
    claim = claim_with(said + text, words)
    assert sources(claim) == [source]
    assert claim.polarity is Polarity.DENIED


def test_who_describes_news_is_heard_without_them() -> None:
    """The object is no part of who speaks."""
    text = "قالت الإذاعة إن القائد فر إلى الجنوب. ووصف الناطق باسم الجيش الخبر بأنه كاذب."
    assert sources(claim_with(text, "كاذب")) == ["الناطق باسم الجيش"]


@pytest.mark.parametrize(
    ("text", "language", "speaker"),
    [
        ("A week later the group said that it had shelled the town.", "en", "the group"),
        ("Hours earlier the ministry said that four soldiers died.", "en", "the ministry"),
        ("The following week the mayor said that the road was closed.", "en", "the mayor"),
        ("Earlier that day the governor said that the road was shut.", "en", "the governor"),
        ("That same evening the army said that it held the town.", "en", "the army"),
        ("Last week residents said that the army shelled the town.", "en", "residents"),
        ("A month before the attack the mayor said that all was calm.", "en", "the mayor"),
        ("In the capital last week the minister said that all was calm.", "en", "the minister"),
        ("The Weekly Herald said that four soldiers died.", "en", "The Weekly Herald"),
        ("Deux jours plus tard le groupe a affirmé avoir tué dix soldats.", "fr", "le groupe"),
        ("Deux jours plus tard, le groupe a affirmé avoir tué dix soldats.", "fr", "le groupe"),
        ("Peu après l'armée a affirmé avoir tué dix rebelles.", "fr", "l'armée"),
        ("Le lendemain le maire a affirmé que la route était fermée.", "fr", "le maire"),
        ("Au bout d'une semaine le groupe a affirmé avoir fui.", "fr", "le groupe"),
        ("وبعد أسبوع قالت الجماعة إنها قصفت البلدة.", "ar", "الجماعة"),
        ("وفي وقت لاحق قال المحافظ إن الطريق مغلق.", "ar", "المحافظ"),
        ("وزارة الصحة في وقت لاحق قالت إن أربعة قتلوا.", "ar", "وزارة الصحة"),
    ],
)
def test_what_says_when_is_no_part_of_the_speaker(text: str, language: str, speaker: str) -> None:
    """What stands in front of a subject states nothing of its own either."""
    assert [sources(claim) for claim in reading_of(text, language).claims] == [[speaker]]
