"""Who says it, through whom, in French and English prose: the ways that news writing has."""

from time import process_time

import pytest
from tests.reading.support_reading import claim_with, reading_of

from tawatur.model.reading import Modality, Polarity, Proposal


def sources(claim: Proposal) -> list[str | None]:
    """Return the sources of a claim's chain without the author."""
    return [link.source_text for link in claim.chain[1:]]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        pytest.param(
            "Erik Flannigan, the channel's head of music, a former drummer, said it would close.",
            "it would close",
            ["Erik Flannigan, the channel's head of music"],
            id="two appositions before the verb",
        ),
        pytest.param(
            "The minister, according to Radio Tamarin, said that the bridge was closed.",
            "the bridge",
            ["Radio Tamarin", "The minister"],
            id="who tells that somebody said it",
        ),
        pytest.param(
            "Citing two officials, the Rift Herald reported that the bridge was closed.",
            "the bridge",
            ["the Rift Herald", "two officials"],
            id="citing, before the subject",
        ),
        pytest.param(
            "It was the minister who said that the bridge was closed.",
            "the bridge",
            ["the minister"],
            id="it was somebody who said it",
        ),
        pytest.param(
            "Ten deaths were confirmed by the health office on Monday.",
            "Ten deaths",
            ["the health office"],
            id="confirmed by somebody",
        ),
        pytest.param(
            "After the minister said that the bridge was closed, the market was moved to the town.",
            "the market",
            [],
            id="an opening clause ends at its pause",
        ),
        pytest.param(
            "Nothing was signed, the mayor said, and the bridge was still closed.",
            "the bridge",
            ["the mayor"],
            id="and goes on with what was said",
        ),
        pytest.param(
            "The ministry is convinced that the bridge is closed.",
            "the bridge",
            ["The ministry"],
            id="is convinced that",
        ),
        pytest.param(
            "As Radio Tamarin reported, the bridge was closed.",
            "the bridge",
            ["Radio Tamarin"],
            id="as somebody reported",
        ),
        pytest.param(
            "In Colonel Amadou Sy's words, the bridge was closed.",
            "the bridge",
            ["Colonel Amadou Sy"],
            id="in somebody's words",
        ),
        pytest.param(
            "Radio Tamarin carried a report that the bridge was closed.",
            "the bridge",
            ["Radio Tamarin"],
            id="who carries a report says what it says",
        ),
        pytest.param(
            "The army issued a statement on Monday saying that the bridge was closed.",
            "the bridge",
            ["The army"],
            id="who issues a statement says what it says",
        ),
        pytest.param(
            "Radio Tamarin quoted Colonel Amadou Sy as saying that the bridge was closed.",
            "the bridge",
            ["Radio Tamarin", "Colonel Amadou Sy"],
            id="quoted as saying",
        ),
        pytest.param(
            "The bridge was closed, the Rift Herald reported, quoting a security source.",
            "The bridge",
            ["the Rift Herald", "a security source"],
            id="quoting, at the very end",
        ),
        pytest.param(
            "The Rift Herald, citing Kourma Post, said that the bridge was closed.",
            "the bridge",
            ["The Rift Herald", "Kourma Post"],
            id="citing, between subject and verb",
        ),
        pytest.param(
            "According to the Rift Herald, Colonel Amadou Sy said that the bridge was closed.",
            "the bridge",
            ["the Rift Herald", "Colonel Amadou Sy"],
            id="according to a paper, somebody said",
        ),
        pytest.param(
            "According to a source who asked not to be named, the bridge was closed.",
            "the bridge",
            ["a source who asked not to be named"],
            id="a source with the reserve that it makes",
        ),
        pytest.param(
            "The bridge was closed on Monday, a local official told the Rift Herald.",
            "The bridge",
            ["Rift Herald", "a local official"],
            id="whoever tells a paper comes last",
        ),
        pytest.param(
            "The convoy was hit, a security source told Rift Press late on Tuesday on condition "
            "of anonymity.",
            "The convoy",
            ["Rift Press", "a security source"],
            id="whoever tells a paper without giving a name",
        ),
        pytest.param(
            "On Monday, the governor told parliament that the bridge was closed.",
            "the bridge",
            ["the governor"],
            id="whoever tells comes first, behind a time",
        ),
        pytest.param(
            "Nurses that have joined the strike say the pay is too low.",
            "the pay is",
            ["Nurses"],
            id="a relative clause within the subject",
        ),
        pytest.param(
            '"We were promised it. Not one coin has come," the mayor, Jo Banda, told reporters.',
            "We were promised",
            ["the mayor, Jo Banda"],
            id="the speaker comes after the second quoted sentence",
        ),
        pytest.param(
            "Stocks, the commissioner said, would last until spring.",
            "would last",
            ["the commissioner"],
            id="the verb of saying parts subject and verb",
        ),
        pytest.param(
            "According to the weekly, which cited two agents, prices rose in May.",
            "prices rose",
            ["the weekly", "two agents"],
            id="whom a source cites in a relative clause",
        ),
        pytest.param(
            "A source quoted by the news agency said the bridge was closed.",
            "the bridge was closed",
            ["the news agency", "A source"],
            id="quoted by",
        ),
        pytest.param(
            "The rebels were quoted as saying they would leave.",
            "they would leave",
            ["The rebels"],
            id="quoted as saying",
        ),
        pytest.param(
            "The minister told the paper he had resigned.",
            "he had resigned",
            ["The minister"],
            id="told without that",
        ),
        pytest.param(
            "The company denied the report. It began this week, residents said.",
            "It began",
            ["residents"],
            id="words first",
        ),
        pytest.param(
            "Foreign Minister Ann Diop arrived. The minister said talks had begun.",
            "talks had begun",
            ["Ann Diop"],
            id="a title stands for whom it named",
        ),
        pytest.param(
            "The new survey shows the river rising by a metre.",
            "the river rising",
            ["The new survey"],
            id="a survey shows",
        ),
        pytest.param(
            "The army killed ten, according to the mayor, who gave no names.",
            "The army killed",
            ["the mayor"],
            id="what follows the source is the author's",
        ),
    ],
)
def test_english_chains(text: str, words: str, expected: list[str]) -> None:
    """An English claim rests on whom the sentence names, in whatever order."""
    assert sources(claim_with(text, words, "en")) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        pytest.param(
            "Comme l'a rapporté lundi Fleuve Info, le pont est coupé.",
            "le pont",
            ["Fleuve Info"],
            id="as somebody reported",
        ),
        pytest.param(
            "Fleuve Info a rapporté, citant une source de sécurité, que le pont était coupé.",
            "le pont",
            ["Fleuve Info", "une source de sécurité"],
            id="citing, before the conjunction",
        ),
        pytest.param(
            "Le pont est coupé, a rapporté Horizon du Nord, citant le général Faris Sy.",
            "Le pont",
            ["Horizon du Nord", "le général Faris Sy"],
            id="citing, at the very end",
        ),
        pytest.param(
            "Selon Fleuve Info, le général Faris Sy a déclaré que le pont était coupé.",
            "le pont",
            ["Fleuve Info", "le général Faris Sy"],
            id="according to a paper, somebody said",
        ),
        pytest.param(
            "« Tout brûlait », a déclaré à l'Agence Sud le maire de Koura, Souley Magaria.",
            "Tout brûlait",
            ["Agence Sud", "le maire de Koura, Souley Magaria"],
            id="addressee between verb and subject",
        ),
        pytest.param(
            "Le rapport, publié lundi, indique que les ventes ont chuté.",
            "les ventes ont chuté",
            ["Le rapport"],
            id="a verb in -que is no participle",
        ),
        pytest.param(
            "Selon des sources citées par le quotidien, un accord aurait été signé.",
            "un accord",
            ["le quotidien", "des sources"],
            id="citées par",
        ),
        pytest.param(
            "Le maire a démenti. Selon lui, personne n'est mort.",
            "personne n'est mort",
            ["Le maire"],
            id="selon lui",
        ),
        pytest.param(
            "Leurs familles affirment n'avoir reçu aucune nouvelle.",
            "aucune nouvelle",
            ["Leurs familles"],
            id="an infinitive is what they say",
        ),
        pytest.param(
            "« Le prix double », soupire la boulangère, qui ajoute que la farine manque.",
            "la farine manque",
            ["la boulangère"],
            id="a verb that no table knows, then a relative clause",
        ),
        pytest.param(
            "Le barrage ne sera pas prêt. C'est ce qu'a reconnu le ministère.",
            "Le barrage",
            ["le ministère"],
            id="c'est ce qu'a reconnu",
        ),
        pytest.param(
            "Le préfet a promis des renforts ; rien n'est venu, a noté un élu.",
            "rien n'est venu",
            ["un élu"],
            id="after a semicolon",
        ),
        pytest.param(
            "Le pont est coupé, a déclaré mardi soir à Rift-Presse une source de sécurité.",
            "Le pont",
            ["une source de sécurité"],
            id="time and addressee between verb and subject",
        ),
        pytest.param(
            "Le pont est coupé, a déclaré un officier, tandis que le préfet parle de travaux.",
            "Le pont",
            ["un officier"],
            id="the que of a conjunction opens no words of the speaker",
        ),
        pytest.param(
            "La route est coupée, ont raconté par téléphone à un envoyé du journal plusieurs "
            "habitants.",
            "La route",
            ["plusieurs habitants"],
            id="manner and addressee between verb and subject",
        ),
        pytest.param(
            "Le général est mort, a indiqué à l'agence sous couvert d'anonymat un responsable.",
            "Le général",
            ["un responsable"],
            id="whoever tells without giving a name",
        ),
        pytest.param(
            "Le syndicat, qui réclame une hausse, a jugé l'offre « insuffisante ».",
            "a jugé l'offre",
            ["Le syndicat"],
            id="verb after a relative clause",
        ),
    ],
)
def test_french_chains(text: str, words: str, expected: list[str]) -> None:
    """A French claim rests on whom the sentence names, in whatever order."""
    assert sources(claim_with(text, words, "fr")) == expected


def test_whoever_asks_not_to_be_named_claims_nothing_by_it() -> None:
    """That a source wants no name is no claim of the text."""
    text = "An official, who asked not to be named, said the road was mined."
    spans = [c.span.of(text) for c in reading_of(text, "en").claims]
    assert spans == ["the road was mined"]


def test_a_preposition_is_no_verb() -> None:
    """Folding makes à of a: it must not cut a French sentence."""
    text = "Le convoi, parti à deux reprises, est arrivé à Gao."
    assert len(reading_of(text, "fr").claims) == 1


def test_an_unknown_speaker_is_not_the_author() -> None:
    """A pronoun that nobody fits still stands for somebody."""
    text = "He said the dam had burst."
    assert sources(claim_with(text, "the dam", "en")) == ["He"]


def test_comments_of_a_record_are_its_author_s() -> None:
    """Under "Comment" the embassy speaks, not whom it met."""
    text = (
        "1. (C) Minister Odiambe said the navy had two boats.\n\nCOMMENT\n\n"
        "2. (C) The minister is frank. He may not last."
    )
    last = reading_of(text, "en", cable=True).claims[-1]
    assert sources(last) == []


@pytest.mark.parametrize(
    ("text", "words", "language", "modality"),
    [
        pytest.param(
            "Le chef aurait quitté la ville.", "aurait", "fr", Modality.HEDGED, id="hearsay"
        ),
        pytest.param(
            "Il a confirmé que les travaux reprendraient en mai.",
            "reprendraient",
            "fr",
            Modality.PLANNED,
            id="future in the past",
        ),
        pytest.param(
            "Le préfet a promis que les patrouilles seraient doublées.",
            "seraient",
            "fr",
            Modality.PROMISED,
            id="promise",
        ),
        pytest.param(
            "Les deux équipes comptent dix joueurs.", "comptent", "fr", Modality.FACT, id="count"
        ),
        pytest.param(
            "Traffic could treble if the line were rebuilt.",
            "treble",
            "en",
            Modality.CONDITIONAL,
            id="a condition outweighs may",
        ),
        pytest.param(
            "Workers downed tools over a plan to lease the port.",
            "downed",
            "en",
            Modality.FACT,
            id="a plan is a noun here",
        ),
    ],
)
def test_how_it_is_said(text: str, words: str, language: str, modality: Modality) -> None:
    """Conditionals, promises and nouns of planning keep apart."""
    assert claim_with(text, words, language).modality is modality


def test_only_is_no_denial() -> None:
    """Ne … que restricts; it denies nothing."""
    text = "La capitale n'en reconnaît que 900."
    assert claim_with(text, "900", "fr").polarity is Polarity.ASSERTED


def test_ne_by_itself_is_no_denial() -> None:
    """What somebody fears, or what comes before, has "ne" and denies nothing; il ne peut denies."""
    feared = claim_with("Les habitants craignent qu'elle ne soit suivie d'autres.", "suivie", "fr")
    unable = claim_with("Le ministre ne peut répondre à la question.", "répondre", "fr")
    assert (feared.polarity, unable.polarity) == (Polarity.ASSERTED, Polarity.DENIED)


def test_a_rumour_is_a_hedge() -> None:
    """What a rumour has is nobody's fact."""
    claim = claim_with("Rumours that the mayor had fled spread quickly.", "had fled", "en")
    assert (sources(claim), claim.modality) == (["Rumours"], Modality.HEDGED)


def test_what_is_rejected_is_denied() -> None:
    """Rejecting reports that something happened denies it; rejecting an offer does not."""
    denied = claim_with("The firm rejected reports that it paid bribes.", "it paid", "en")
    refused = claim_with("The firm rejected the offer.", "the offer", "en")
    assert (denied.polarity, refused.polarity) == (Polarity.DENIED, Polarity.ASSERTED)


def test_the_verb_group_is_the_cue() -> None:
    """Auxiliaries and adverbs belong to the verb of saying."""
    claim = claim_with("Le préfet a toutefois reconnu que la route est coupée.", "la route", "fr")
    assert claim.chain[-1].cue == "a toutefois reconnu"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_many_quotations_take_time_in_proportion(language: str) -> None:
    """A quotation that spans sentences is given its speaker without walking back over all."""
    said = {
        "en": '"We came here. It was dark," the mayor told reporters.\n',
        "fr": "« Nous sommes venus. Il faisait nuit », a déclaré le maire.\n",
    }[language]

    def seconds(times: int) -> float:
        began = process_time()
        reading_of(said * times, language)
        return process_time() - began

    seconds(10)
    few, many = (min(seconds(times) for _ in range(3)) for times in (100, 800))
    assert many < 24 * max(few, 0.01)  # eight times as many; a square would be 64 times as long
