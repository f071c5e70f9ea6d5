"""As what a thing is said, by words and by forms, in sentences that no report holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.model.document import Extraction, Extractor, Stated
from tawatur.model.reading import Modality
from tawatur.reading import read
from tawatur.reading.latin.tenses import Tense, tense_at
from tawatur.reading.text import tokens

HEDGED, PLANNED, PROMISED = Modality.HEDGED, Modality.PLANNED, Modality.PROMISED
REQUESTED, CONDITIONAL, OPINION = Modality.REQUESTED, Modality.CONDITIONAL, Modality.OPINION
FACT = Modality.FACT


def moods(text: str, language: str) -> list[Modality]:
    """Return the modality of each claim of ``text``."""
    stated = Stated("2021-03-18", "test")
    taken = Extraction(
        text, "text/plain", "utf-8", Extractor("test", "0"), language, published=stated
    )
    return [claim.modality for claim in read(taken).claims]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Le chef du groupe se trouverait toujours dans la région.", HEDGED),
        ("L'incendie serait d'origine criminelle.", HEDGED),
        ("La junte envisagerait de reporter le scrutin.", HEDGED),
        ("Selon plusieurs témoins, les soldats seraient partis avant l'aube.", HEDGED),
        ("Tout porte à croire que l'attaque avait été préparée.", HEDGED),
        ("Le procès devrait s'ouvrir lundi.", PLANNED),
        ("Il a indiqué que la mission durerait six mois.", PLANNED),
        ("Les électeurs sont appelés aux urnes le 5 juin.", PLANNED),
        ("La mission sera dirigée par un général tchadien.", PLANNED),
        ("Le directeur a déclaré qu'il publierait le contrat.", PROMISED),
        ("Le groupe a garanti la sécurité des convois.", PROMISED),
        ("« Nous reconstruirons chaque maison », a déclaré le gouverneur.", PROMISED),
        ("Le député a suggéré de créer une commission.", REQUESTED),
        ("Il est urgent d'agir, a plaidé le médecin.", REQUESTED),
        ("Il faudrait rouvrir la piste.", REQUESTED),
        ("En cas de refus, l'organisation suspendra le pays.", CONDITIONAL),
        ("Sans aide extérieure, le camp fermera.", CONDITIONAL),
        ("Le bilan du gouvernement est désastreux.", OPINION),
        ("C'est le seul moyen de sortir de la crise.", OPINION),
        ("Le convoi a quitté Gao dimanche matin.", FACT),
        ("Le maire était absent au moment des faits.", FACT),
        ("Le porte-parole n'a pas souhaité commenter.", FACT),
        ("Les députés ont rejeté le budget prévu pour la campagne à venir.", FACT),
        ("Éviter tout déplacement au nord du fleuve jusqu'à nouvel ordre.", REQUESTED),
        ("Il serait naïf de croire que la route suffira.", OPINION),
        ("Le navire n'aurait jamais dû quitter le port.", OPINION),
        ("Les bailleurs gagneraient à publier leurs comptes.", REQUESTED),
        ("Le port devait rouvrir en octobre.", PLANNED),
        ("La banque a annoncé qu'une aide de 5 millions serait versée.", PROMISED),
    ],
)
def test_french_says_it_by_words_and_by_forms(text: str, modality: Modality) -> None:
    """A conditional is hearsay, or a future that somebody saw from the past."""
    assert modality in moods(text, "fr")


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("من الوارد أن يتراجع الوفد عن موقفه.", HEDGED),
        ("ثمة أنباء غير مؤكدة عن مقتل القائد.", HEDGED),
        ("يرتقب أن تصدر المحكمة حكمها الخميس.", PLANNED),
        ("سوف تنسحب القوات قبل نهاية العام.", PLANNED),
        ("وعد الرئيس بفتح تحقيق.", PROMISED),
        ("على الحكومة أن تتحمل مسؤوليتها.", REQUESTED),
        ("أهاب المحافظ بالمواطنين التزام بيوتهم.", REQUESTED),
        ("لن تعود العائلات قبل إزالة الألغام.", CONDITIONAL),
        ("بدون دعم خارجي سيغلق المخيم.", CONDITIONAL),
        ("ما حدث وصمة عار.", OPINION),
        ("بات واضحا أن الوساطة استنفدت أغراضها.", OPINION),
        ("سترسل الوزارة وقودا إلى القرى.", PLANNED),
        ("دفعت سترات النجاة عن الصيادين الخطر.", FACT),
        ("غادرت القافلة غاو صباح الأحد.", FACT),
        ("وقد اعتقلت الشرطة خمسة أشخاص.", FACT),
    ],
)
def test_arabic_says_it_by_words_and_by_forms(text: str, modality: Modality) -> None:
    """What is not before a date is planned; what is not before something else hangs on it."""
    assert modality in moods(text, "ar")


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("A leak cannot be ruled out.", HEDGED),
        ("The leader is believed to be hiding in the mountains.", HEDGED),
        ("The party has decided to boycott the vote.", PLANNED),
        ("The firm gave an assurance that nobody would be dismissed.", PROMISED),
        ("The envoy pressed the president to step down.", REQUESTED),
        ("It is time to end impunity.", REQUESTED),
        ("In the event of a refusal, the agency will suspend its work.", CONDITIONAL),
        ("Without foreign aid the camp will close.", CONDITIONAL),
        ("This is the only way out of the crisis.", OPINION),
        ("There is no military solution to the crisis.", OPINION),
        ("The road has been closed since Monday.", FACT),
        ("The request for a visa was filed in March.", FACT),
    ],
)
def test_english_says_it_by_words(text: str, modality: Modality) -> None:
    """And what looks like a request may be the noun."""
    assert modality in moods(text, "en")


@pytest.mark.parametrize(
    ("word", "tense"),
    [
        ("durerait", Tense.CONDITIONAL),
        ("connaîtrait", Tense.CONDITIONAL),
        ("recevraient", Tense.CONDITIONAL),
        ("interviendra", Tense.FUTURE),
        ("iront", Tense.FUTURE),
        ("verserons", Tense.OUR_FUTURE),
        ("opérait", None),
        ("durait", None),
        ("retirait", None),
        ("encadrait", None),
        ("environs", None),
        ("front", None),
        ("choléra", None),
    ],
)
def test_an_ending_tells_a_future_from_an_imperfect(word: str, tense: Tense | None) -> None:
    """Of verbs in no table as well; a capital opens a name."""
    assert tense_at(tokens(word, "fr"), 0) is tense
    assert tense_at(tokens(word.capitalize(), "fr"), 0) is None


@given(st.sampled_from("aâbcçdeéèêilmnoprstuvz").map(str) | st.text("bcdeélmnprstv", max_size=9))
def test_an_imperfect_in_accented_e_is_no_conditional(stem: str) -> None:
    """Opérait, libéraient: the accent stays when the word is told apart."""
    assert tense_at(tokens(f"{stem}érait", "fr"), 0) is None
