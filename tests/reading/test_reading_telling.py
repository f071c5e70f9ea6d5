"""A statement that names no time takes it from how it is told."""

import pytest

from tawatur.model.document import CableHeader, Extraction, Extractor, NumberedParagraph, Stated
from tawatur.reading import read


def when(text: str, words: str, language: str, *, published: str | None = "2021-06-10") -> object:
    """Return the time of the statement that holds ``words``."""
    stated = Stated(published, "meta") if published else None
    extraction = Extraction(
        text, "text/plain", "utf-8", Extractor("test", "0"), language, published=stated
    )
    (found,) = [c for c in read(extraction).claims if words in c.span.of(text)]
    return found.when


def recounted(text: str, words: str, language: str) -> object:
    """Return the time of the statement that holds ``words`` in the one paragraph of a cable."""
    extraction = Extraction(
        text,
        "text/plain",
        "utf-8",
        Extractor("test", "0"),
        language,
        published=Stated("2021-06-14", "header"),
        header=CableHeader(number="21X1"),
        paragraphs=(NumberedParagraph(1, 0),),
    )
    (found,) = [c for c in read(extraction).claims if words in c.span.of(text)]
    return found.when


STILL = {
    "en": "Workers blocked the port on 9 June 2021. The minister said the road is still closed.",
    "fr": "Des ouvriers ont bloqué le port le 9 juin 2021. Le ministre a déclaré que la route "
    "reste fermée.",
    "ar": "أغلق عمال الميناء في 9 حزيران 2021. وقال الوزير إن الطريق لا يزال مغلقا.",
}


@pytest.mark.parametrize(
    ("language", "words"), [("en", "closed"), ("fr", "fermée"), ("ar", "لا يزال مغلقا")]
)
def test_what_is_still_so_holds_on_the_day_of_the_report(language: str, words: str) -> None:
    """Whatever day the event is of that the report opens with."""
    assert when(STILL[language], words, language) == "2021-06-10"


def test_what_is_still_so_has_no_time_where_the_report_has_none() -> None:
    """A text that does not say when it was written gives no day to its present."""
    text = "Nobody knows the minister. He said the road is still closed."
    assert when(text, "closed", "en", published=None) is None


def test_a_report_that_opens_without_a_day_speaks_of_its_month() -> None:
    """An analysis published on a day tells of the weeks around it."""
    text = "The two armies distrust each other. The minister said the road is still closed."
    assert when(text, "closed", "en") == "2021-06"


MET = {
    "en": (
        (
            "The ministers of the lake states met in Kisumu on 3 and 4 June 2021. "
            "They condemned the theft of boats. Nobody owns a lake."
        ),
        "condemned the theft",
    ),
    "fr": (
        (
            "Les ministres du bassin se sont réunis à Kisumu les 3 et 4 juin 2021. "
            "Les délégations ont exprimé leur gratitude au gouvernement."
        ),
        "gratitude",
    ),
}


@pytest.mark.parametrize("language", MET)
def test_what_those_who_met_did_is_of_their_meeting(language: str) -> None:
    """A communiqué tells what was said and done as of the days of the conference."""
    text, words = MET[language]
    assert when(text, words, language) == "2021-06-03/2021-06-04"


CABLE: dict[str, tuple[str, dict[str, str | None]]] = {
    "en": (
        (
            "1. The minister received the ambassador on 8 June 2021. He said the navy has two "
            "boats. He refused to comment on the licences. We did not see the boats."
        ),
        {
            "two boats": "2021-06-08",
            "refused to comment": "2021-06-08",
            "We did not": None,
        },
    ),
    "ar": (
        (
            "1. استقبل الوزير السفير في 8 حزيران 2021. وقال الوزير إن الأسطول يملك زورقين فقط. "
            "وأضاف أن المسلحين هاجموا الميناء."
        ),
        {"زورقين": "2021-06-08", "هاجموا الميناء": "../2021-06-08"},
    ),
}


@pytest.mark.parametrize(
    ("language", "words"),
    [(language, words) for language, (_, expected) in CABLE.items() for words in expected],
)
def test_a_record_speaks_from_the_day_of_the_conversation(language: str, words: str) -> None:
    """What is, is of that day; what is recounted lies before it; the author's own is neither."""
    text, expected = CABLE[language]
    assert recounted(text, words, language) == expected[words]


BULLETIN = {
    "en": (
        (
            "Reporting period: 27 May to 3 June 2021\n\nWater trucks reached four villages. "
            "Our teams distributed 900 tents. The soil is poor."
        ),
        "distributed 900 tents",
        "2021-05-27/2021-06-03",
    ),
    "fr": (
        (
            "Période couverte : du 27 mai au 3 juin 2021\n\n"
            "Nos équipes ont distribué 900 tentes dans la région."
        ),
        "ont distribué",
        "2021-05-27/2021-06-03",
    ),
}


@pytest.mark.parametrize("language", BULLETIN)
def test_what_a_bulletin_says_was_done_fell_into_its_period(language: str) -> None:
    """The head of a situation report gives the days of all that it reports as done."""
    text, words, expected = BULLETIN[language]
    assert when(text, words, language) == expected


def test_what_a_bulletin_says_is_so_did_not_happen_in_its_period() -> None:
    """A lasting state is of the month in which it was written, not of the days covered."""
    assert when(BULLETIN["en"][0], "soil is poor", "en") == "2021-06"


def test_witnesses_of_an_attack_tell_of_its_day() -> None:
    """What they tell in the past; not what they promise."""
    text = (
        "Gunmen attacked a convoy near Tin-Azara on 8 June 2021, the army said. "
        '"Our men fell into a trap," the colonel said. '
        '"The army will hunt them," he added.'
    )
    assert when(text, "fell into a trap", "en") == "2021-06-08"
    assert when(text, "will hunt them", "en") != "2021-06-08"


def test_a_promise_runs_up_to_its_term() -> None:
    """A span of time set for what lies ahead is counted from the day spoken from."""
    text = "اجتمع القادة أمس الأربعاء 9 حزيران 2021. وطلبوا من الأمانة رفع تقرير خلال ستة أشهر."
    assert when(text, "ستة أشهر", "ar") == "2021-06-10/2021-12-10"


def test_what_happens_again_and_again_has_no_day() -> None:
    """A habit is told in the present and is of no day."""
    text = "اجتمع القادة أمس الأربعاء 9 حزيران 2021. وقال الوزير إن ستين سفينة تعبر المضيق يوميا."
    assert when(text, "يوميا", "ar") is None


@pytest.mark.parametrize(
    ("text", "words", "language"),
    [
        pytest.param(
            "Workers blocked the port on 9 June 2021. The company declined to comment.",
            "declined to comment",
            "en",
            id="en",
        ),
        pytest.param(
            "أغلق عمال الميناء في 9 حزيران 2021. ولم يتسن التحقق من عددهم.",
            "لم يتسن التحقق",
            "ar",
            id="ar",
        ),
    ],
)
def test_what_is_not_known_is_not_known_on_the_day_of_the_report(
    text: str, words: str, language: str
) -> None:
    """A gap is one as of the writing, not as of the event."""
    assert when(text, words, language) == "2021-06-10"


def test_what_never_was_lasts_until_the_day_of_the_report() -> None:
    """The perfect with "never" or "already" tells of any time until now."""
    text = "Le ministre a reçu la presse le 9 juin 2021. « L'État n'a jamais payé ces factures. »"
    assert when(text, "jamais payé", "fr") == "../2021-06-10"


def test_what_the_author_tells_on_stays_on_its_day_in_every_language() -> None:
    """In one paragraph; indirect speech is another matter."""
    text = "Les salariés ont bloqué le site le 9 juin 2021. Aucun camion n'est sorti du dépôt."
    assert when(text, "camion", "fr") == "2021-06-09"


@pytest.mark.parametrize(
    ("language", "text", "words", "expected"),
    [
        pytest.param(
            "en",
            "Workers blocked the port on 9 June 2021. Two ships are waiting outside.",
            "are waiting",
            "2021-06-10",
            id="what is so, is so on the day of the report",
        ),
        pytest.param(
            "en",
            "Workers blocked the port on 9 June 2021. The port holds a market every Friday.",
            "holds a market",
            None,
            id="what repeats has no day",
        ),
        pytest.param(
            "ar",
            "سينعقد الاجتماع في 12 حزيران 2021. وقال الوزير إن الوزارة رصدت مبلغا للإصلاح.",
            "رصدت مبلغا",
            "2021-06-10",
            id="what somebody tells in the past is of the day of the report",
        ),
        pytest.param(
            "ar",
            "أغلق عمال الميناء في 9 حزيران 2021. ودعا الوزير إلى فتح حوار مع العمال.",
            "فتح حوار",
            "2021-06-10",
            id="what is asked, is asked on the day of the report",
        ),
        pytest.param(
            "ar",
            "قصفت طائرات القرية في 3 أيار 2020.\n\nوقتل تسعة من السكان.\n\nوفر الباقون إلى الجبل.",
            "وفر الباقون",
            "2020-05-03",
            id="a story goes on over short paragraphs",
        ),
    ],
)
def test_a_report_of_a_day_tells_of_that_day(
    language: str, text: str, words: str, expected: str | None
) -> None:
    """What its sentences give no other time for."""
    assert when(text, words, language) == expected


@pytest.mark.parametrize(
    ("text", "words", "language"),
    [
        pytest.param(
            "La maire a reçu les salariés hier. “Je ne laisserai pas mourir cette vallée”, "
            "a-t-elle lancé dimanche 6 juin 2021 devant les habitants.",
            "laisserai pas",
            "fr",
            id="promise",
        ),
        pytest.param(
            "استقبل الوزير السفير أمس. وفي 6 حزيران 2021، قال قائد الأركان: "
            '"يتعين علينا توسيع دائرة الصناعة".',
            "يتعين",
            "ar",
            id="request",
        ),
    ],
)
def test_who_speaks_on_a_day_speaks_from_it(text: str, words: str, language: str) -> None:
    """The sentence gives the day of saying: what lies ahead begins with it, not with the report."""
    assert str(when(text, words, language)).startswith("2021-06-06")


def test_who_is_named_beside_a_statement_leaves_its_tense() -> None:
    """The past of "according to the police" is of the scene, as in the author's own words."""
    text = (
        "Samedi 5 juin 2021, la tension est montée au port. "
        "Deux gardes ont été blessés dans une bousculade, d'après les gendarmes."
    )
    assert when(text, "ont été blessés", "fr") == "2021-06-05"


def test_not_yet_is_of_the_day_of_the_report() -> None:
    """Arabic has one word for "yet" and "after"; before a definite noun it is "after"."""
    yet = "أغلق عمال الميناء في 9 حزيران 2021. ولم تتمكن الفرق بعد من الوصول إلى القرية."
    after = "أغلق عمال الميناء في 9 حزيران 2021. ولم تعد الفرق بعد الهجوم إلى القرية."
    assert when(yet, "لم تتمكن", "ar") == "2021-06-10"
    assert when(after, "لم تعد", "ar") == "2021-06-09"


def test_what_a_bulletin_tells_beside_a_source_fell_into_its_period() -> None:
    """Who counted it changes nothing in when it was."""
    text = (
        "Reporting period: 27 May to 3 June 2021\n\nOur teams distributed 900 tents. "
        "According to the clinic, nine people drowned in the floods."
    )
    assert when(text, "drowned", "en") == "2021-05-27/2021-06-03"


def test_a_phrase_without_a_verb_that_opens_a_sentence_dates_it() -> None:
    """What only says during which visit states nothing of its own."""
    text = "خلال زيارة رئيس الأركان إلى الجزائر في 5 حزيران 2021، دعا الوزير إلى تعزيز التعاون."
    assert when(text, "دعا الوزير", "ar") == "2021-06-05"


def test_what_is_asked_how_is_of_the_day_of_asking() -> None:
    """In a conversation, "how can it be done" waits for an answer; "it must be done" lies ahead."""
    text = (
        "1. استقبل الوزير السفير في 8 حزيران 2021. وسأل السفير كيف يمكن أن تدعم بلاده هذا الجهد. "
        "وطلب الوزير أن تدعم السفارة هذا المشروع."
    )
    assert recounted(text, "كيف يمكن", "ar") == "2021-06-08"
    assert recounted(text, "هذا المشروع", "ar") == "2021-06-08/.."


def test_a_clause_of_when_dates_what_it_goes_on() -> None:
    """Who was hurt when the bridge gave way was hurt on the day on which it did."""
    text = "Two pupils were seriously hurt when the bridge gave way on 14 May 2020."
    assert when(text, "were seriously hurt", "en") == "2020-05-14"


def test_now_is_of_the_month_where_a_text_speaks_from_no_day() -> None:
    """The present of an analysis is no closer than the rest of it."""
    text = "The two armies distrust each other. Officials now smile. The minister is a patient man."
    assert when(text, "now smile", "en") == "2021-06"


def test_a_past_day_told_in_the_present_goes_on_so() -> None:
    """A note on an incident tells it in the present; the day named first holds to its end."""
    text = (
        "Le 8 juin vers 6 heures, trois véhicules sont arrêtés à un barrage. Le chauffeur est "
        "frappé. Les assaillants repartent vers la forêt.\n\nLa route reste fermée."
    )
    assert when(text, "est frappé", "fr") == "2021-06-08"
    assert when(text, "repartent", "fr") == "2021-06-08"
    assert when(text, "reste fermée", "fr") != "2021-06-08"


def test_what_is_done_and_so_still_is_of_the_day_on_which_it_is_said() -> None:
    """What is blocked is so still; what has arrived is told as a past."""
    text = (
        "Le maire a reçu la presse le 10 juin. Selon la directrice, deux turbines sont bloquées "
        "au port.\n\nSelon le syndicat, deux turbines sont arrivées au port."
    )
    assert when(text, "bloquées", "fr") == "2021-06-10"
    assert when(text, "arrivées", "fr") != "2021-06-10"


def test_a_denial_has_the_time_of_what_is_denied() -> None:
    """Who contests an account speaks of what it tells."""
    text = (
        "Deux vigiles ont été blessés lundi dans une bousculade, selon les gendarmes. La déléguée "
        "conteste cette version."
    )
    assert when(text, "conteste", "fr") == "2021-06-07"
