"""A text in a language without tables is read as far as names and dates go, and says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.intake.language import language_of
from tawatur.model.document import Extraction, Extractor
from tawatur.model.reading import Reading, verify_reading
from tawatur.reading import LIMIT, limit, read, reading_format
from tawatur.reading.same_names import alike, traces

SPANISH = (
    "El presidente de Malí, Ibrahim Boubacar Keita, dijo el 12/03/2021 en Bamako que las tropas "
    "se retirarán antes del 25/03/2021. La ONU pidió calma."
)
TURKISH = (
    "Türkiye Dışişleri Bakanı, 12.03.2021 tarihinde Bamako'da yaptığı açıklamada Mali hükümetine "
    "destek verdi."
)
PERSIAN = (
    "رئیس جمهور ایران روز ۱۲.۰۳.۲۰۲۱ در کابل گفت که مذاکرات با آژانس بین‌المللی انرژی اتمی ادامه "
    "دارد و این گفتگوها به زودی به نتیجه می‌رسد."
)
PERSIAN_ON_AN_ARABIC_KEYBOARD = (
    "رئيس جمهور ايران روز سه شنبه در تهران گفت كه مذاكرات با آژانس بين المللي انرژي اتمي ادامه "
    "دارد. وي افزود كه اين گفتگوها به زودي به نتيجه مي رسد و كشورهاي منطقه بايد همكاري كنند."
)
RUSSIAN = "Президент Мали заявил 12.03.2021 в Бамако, что войска уйдут."
HAUSA = (
    "Shugaban kasar Nijar Mohamed Bazoum ya ce a ranar 2021-03-12 cewa sojojin za su fice daga "
    "Mali. Gwamnatin ta amince da shi."
)
URDU = (
    "وزیر اعظم نے کہا ہے کہ حکومت عوام کے مسائل حل کرنے کے لیے تمام وسائل استعمال کرے گی۔ انہوں نے "
    "اسلام آباد میں صحافیوں سے بات کی۔"
)
UNKNOWN = {
    "Spanish": SPANISH,
    "Turkish": TURKISH,
    "Persian": PERSIAN,
    "Persian on an Arabic keyboard": PERSIAN_ON_AN_ARABIC_KEYBOARD,
    "Russian": RUSSIAN,
    "Hausa": HAUSA,
    "Urdu": URDU,
    "a Hausa headline": "Shugaban kasar Nijar ya ce za a yi zabe",
    "Portuguese": "O presidente de Moçambique disse que as forças armadas mataram dez insurgentes.",
    "Italian": "Il presidente ha detto che le truppe italiane resteranno in Libia fino a giugno.",
    "Somali": "Madaxweynaha Soomaaliya ayaa sheegay in ciidamada dowladda ay la wareegeen degmada.",
    "Uyghur": "شىنجاڭ ئۇيغۇر ئاپتونوم رايونى ھەققىدە خەۋەر بېرىلدى",
}


def taken(text: str) -> Extraction:
    """Return an extraction in a language without tables."""
    return Extraction(text, "text/plain", "utf-8", Extractor("test", "0"), "und")


def found(text: str) -> tuple[set[str], list[tuple[str, str | None]]]:
    """Return names and dates of a text, checked to stand in it."""
    reading = read(taken(text))
    verify_reading(reading, text)
    assert (reading.claims, reading.quantities) == ((), ())
    return {e.name for e in reading.entities}, [(t.span.of(text), t.value) for t in reading.times]


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_fourth_language_is_not_taken_for_one_of_the_three(name: str) -> None:
    """A fourth language is not taken for one of the three."""
    assert language_of(UNKNOWN[name]) == "und"


@pytest.mark.parametrize(
    ("text", "names", "dates"),
    [
        (
            SPANISH,
            {"Malí", "Ibrahim Boubacar Keita", "Bamako", "ONU"},
            [("12/03/2021", "2021"), ("25/03/2021", "2021-03-25")],
        ),
        (TURKISH, {"Türkiye", "Bamako", "Mali"}, [("12.03.2021", "2021-03-12")]),
        (PERSIAN, {"ایران", "کابل"}, [("۱۲.۰۳.۲۰۲۱", "2021-03-12")]),
        (RUSSIAN, set(), [("12.03.2021", "2021-03-12")]),
        (HAUSA, {"Mali"}, [("2021-03-12", "2021-03-12")]),
    ],
    ids=["Spanish", "Turkish", "Persian", "Russian", "Hausa"],
)
def test_names_and_dates_of_a_fourth_language_are_read(
    text: str, names: set[str], dates: list[tuple[str, str]]
) -> None:
    """Names of the gazetteers and dates of numeric form are read in any language."""
    said, times = found(text)
    assert names <= said
    assert times == dates


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2021-03-12", "2021-03-12"),
        ("2021/3/12", "2021-03-12"),
        ("2021-03", "2021-03"),
        ("12.03.2021", "2021-03-12"),
        ("12/03/2021", "2021"),
        ("03/25/2021", "2021-03-25"),
        ("05/05/2021", "2021-05-05"),
        ("2021-02-30", None),
        ("31.02.2021", None),
        ("1399/12/22", None),
        ("192.168.10.2021", None),
        ("12-03-2021-7", None),
    ],
)
def test_a_numeric_date_says_what_is_certain_and_no_more(written: str, value: str | None) -> None:
    """A numeric date says what is certain: the year where day and month may change places."""
    _, times = found(f"Xabc {written} xyz")
    assert times == ([(written, value)] if value else [])


def test_the_reading_says_that_only_names_and_dates_were_read() -> None:
    """The reading says that only names and dates were read; one of the three says nothing."""
    assert limit(read(taken(SPANISH))) == LIMIT
    made = reading_format(taken(SPANISH), read(taken(SPANISH)), "a.txt", "0" * 64)
    assert made["limit"] == LIMIT
    english = Extraction("He left.", "text/plain", "utf-8", Extractor("test", "0"), "en")
    assert limit(read(english)) is None


def test_another_reader_than_the_rules_has_no_such_limit() -> None:
    """Another reader than the rules answers for itself."""
    rules = read(taken(SPANISH))
    other = Reading("llm/1", "und", rules.published)
    assert limit(other) is None


@given(
    st.text("اوبتمنabeilnor", min_size=1, max_size=9),
    st.integers(0, 9),
    st.text("اوبab", max_size=2),
)
def test_words_that_are_alike_share_a_trace(word: str, place: int, other: str) -> None:
    """Words that are alike share a trace, so that none is missed where names are looked up."""
    changed = word[:place] + other + word[place + 1 :]
    for one in (changed, word[:place] + other + word[place:]):
        if alike(word, one):
            assert set(traces(word)) & set(traces(one))
