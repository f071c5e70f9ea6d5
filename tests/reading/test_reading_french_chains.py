"""Who says it, through whom, in French: infinitives, views, acts, and words that stand around."""

import pytest
from tests.reading.support_reading import claim_with, reading_of

from tawatur.model.reading import Modality, Polarity, Proposal

FILED = "Bamako, 3 mars. "


def sources(claim: Proposal) -> list[str | None]:
    """Return the sources of a claim's chain without the author."""
    return [link.source_text for link in claim.chain[1:]]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        pytest.param(
            "Le ministre Idrissa Kane a tenu à rappeler que la frontière restait fermée.",
            "la frontière",
            ["Le ministre Idrissa Kane"],
            id="an infinitive that another verb governs",
        ),
        pytest.param(
            "Le ministre Idrissa Kane a dit que la route était sûre, avant d'ajouter que le "
            "calme régnait.",
            "le calme",
            ["Le ministre Idrissa Kane"],
            id="an infinitive after avant de goes on",
        ),
        pytest.param(
            "Le gouvernement s'est dit préoccupé par la sécheresse.",
            "préoccupé",
            ["Le gouvernement"],
            id="a noun in -ement is no adverb",
        ),
        pytest.param(
            "Pour Idriss Koné, l'accord est mort.",
            "l'accord",
            ["Idriss Koné"],
            id="whose view a sentence opens with",
        ),
        pytest.param(
            "Pour les familles, l'attente continue.", "l'attente", [], id="for whom, not whose view"
        ),
        pytest.param(
            "Les salaires n'ont pas été versés depuis mars, dénonce le syndicat des mineurs.",
            "Les salaires",
            ["le syndicat des mineurs"],
            id="an act after its words, without marks of quotation",
        ),
        pytest.param(
            "L'attaque était prévisible, a déclaré de son côté le secrétaire d'État.",
            "L'attaque",
            ["le secrétaire d'État"],
            id="an adverbial between verb and speaker",
        ),
        pytest.param(
            "D'ici là, prévient le préfet, les rations seront réduites de moitié.",
            "les rations",
            ["le préfet"],
            id="the words follow verb and speaker",
        ),
        pytest.param(
            "Le président Sow, que l'opposition accuse de fraude, a annoncé qu'il partirait.",
            "il partirait",
            ["Le président Sow"],
            id="a relative clause about the speaker",
        ),
        pytest.param(
            "On apprend de source judiciaire que le suspect a été libéré.",
            "le suspect",
            ["source judiciaire"],
            id="on apprend de",
        ),
        pytest.param(
            "Le préfet a reçu l'ambassadeur. Ce dernier a indiqué que la base fermerait.",
            "la base",
            ["l'ambassadeur"],
            id="the latter is who was named last",
        ),
        pytest.param(
            "Le site Littoral a écrit, sur la foi d'un document, que la base existait.",
            "la base",
            ["Le site Littoral", "un document"],
            id="what a source relies on stands behind it",
        ),
        pytest.param(
            "Un communiqué diffusé dimanche par l'état-major précise que la piste est minée.",
            "la piste",
            ["Un communiqué diffusé dimanche par l'état-major"],
            id="a document is named with its issuer",
        ),
        pytest.param(
            "Une rescapée a raconté comment l'eau était montée dans la cale.",
            "l'eau",
            ["Une rescapée"],
            id="how a thing went",
        ),
    ],
)
def test_french_ways_of_saying(text: str, words: str, expected: list[str]) -> None:
    """The chain names who speaks, outermost first, and nobody else."""
    assert sources(claim_with(FILED + text, words, "fr")) == expected


def test_a_clause_after_an_inverted_speaker_is_not_lost() -> None:
    """…, a assuré le préfet, alors que …: what comes after is told as well."""
    text = "La route est ouverte, a assuré le préfet, alors que les camions attendent toujours."
    claim = claim_with(FILED + text, "les camions", "fr")
    assert sources(claim) == []


def test_what_is_not_excluded_is_supposed() -> None:
    """Il n'exclut pas un report: he supposes it, and denies nothing."""
    claim = claim_with(FILED + "Le ministre n'exclut pas un report du scrutin.", "report", "fr")
    assert claim.modality is Modality.HEDGED
    assert claim.polarity is Polarity.ASSERTED
    assert sources(claim) == ["Le ministre"]


def test_not_confirmed_by_the_army_is_not_its_word() -> None:
    """A denied passive names no speaker."""
    claim = claim_with(FILED + "Le bilan n'a pas été confirmé par l'armée.", "bilan", "fr")
    assert sources(claim) == []


def test_he_is_not_those_who_spoke_together() -> None:
    """After "d'après ses services", il is the general and not his services."""
    text = (
        "Le général Dossa a dit que la ville était calme. D'après ses services, trois groupes "
        "ont passé la frontière. Il a ajouté que le pont était détruit."
    )
    [link] = claim_with(FILED + text, "le pont", "fr").chain[1:]
    assert "Dossa" in (link.source_text or "")


def test_a_communique_speaks_for_its_issuer() -> None:
    """Where the body that issues a communiqué is said to speak, its author speaks."""
    text = (
        "SYNDICAT DES AGENTS DES DOUANES\n\nCOMMUNIQUÉ\n\n"
        "Le Syndicat rappelle que la prime a été instituée en 2016. Il exige le retrait de la "
        "note avant le 20 juin. La direction affirme que la note sera appliquée."
    )
    assert sources(claim_with(text, "la prime", "fr")) == []
    assert sources(claim_with(text, "le retrait", "fr")) == []
    assert sources(claim_with(text, "sera appliquée", "fr")) == ["La direction"]


def test_an_answer_is_of_whom_its_label_names() -> None:
    """In an interview a name before a colon speaks to the end of its paragraph."""
    text = (
        "L'Écho : Où en est la réouverture du dispensaire ?\n\n"
        "Mariama Sylla : Nulle part. Le bâtiment est toujours vide.\n\n"
        "L'Écho : Que demandez-vous ?\n\n"
        "M. S. : Une date pour la réouverture."
    )
    assert sources(claim_with(text, "le bâtiment".capitalize(), "fr")) == ["Mariama Sylla"]
    assert sources(claim_with(text, "Une date", "fr")) == ["Mariama Sylla"]


def test_a_telegram_in_capitals_is_read_like_its_prose() -> None:
    """All capitals and no accents: the verbs still are verbs, and no names."""
    text = "LE PREFET A DECLARE MARDI QUE LA ROUTE ETAIT COUPEE AU NORD DE LA VILLE."
    claim = claim_with(text, "LA ROUTE", "fr")
    assert sources(claim) == ["LE PREFET"]


def test_a_condition_stays_with_what_hangs_on_it() -> None:
    """Si X, Y is one statement, and a conditional one."""
    text = "Si la piste reste fermée, le personnel sera évacué par avion."
    [claim] = [
        c for c in reading_of(FILED + text, "fr").claims if "piste" in c.span.of(FILED + text)
    ]
    assert claim.modality is Modality.CONDITIONAL
    assert "évacué" in claim.span.of(FILED + text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "D'après un topographe, qui tient l'information d'un chef d'équipe, le barrage aurait "
            "été rempli lundi.",
            ["un topographe", "un chef d'équipe"],
            id="tenir l'information de",
        ),
        pytest.param(
            "Selon des commerçants, qui le tiennent d'un chef de village, le barrage aurait été "
            "rempli lundi.",
            ["des commerçants", "un chef de village"],
            id="le tenir de",
        ),
        pytest.param(
            "D'après une source onusienne, qui dit s'appuyer sur le récit de deux chauffeurs, le "
            "barrage aurait été rempli lundi.",
            ["une source onusienne", "le récit de deux chauffeurs"],
            id="s'appuyer sur",
        ),
        pytest.param(
            "Reçu le 7 mars par le chargé d'affaires, le secrétaire général, M. Hery Rakoto, a "
            "expliqué que le barrage était rempli.",
            ["le secrétaire général, M. Hery Rakoto"],
            id="a participle that describes the subject is none",
        ),
    ],
)
def test_who_holds_his_word_from_whom(text: str, expected: list[str]) -> None:
    """A source behind a source stands one link further in."""
    assert sources(claim_with(FILED + text, "barrage", "fr")) == expected


def test_the_classification_of_a_paragraph_is_no_part_of_its_first_sentence() -> None:
    """(C) and (S/NF) say who may read it."""
    text = "(S/NF) Le préfet a dit que la route était coupée."
    assert sources(claim_with(text, "route", "fr")) == ["Le préfet"]
