"""A figure is read with what it counts, and never out of a date."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.model.moment import Moment
from tawatur.model.reading import Quantity
from tawatur.model.span import Span
from tawatur.model.text import fold
from tawatur.reading.moments import Anchor, time_expressions
from tawatur.reading.quantities import quantities


def read(text: str, language: str) -> tuple[Quantity, ...]:
    """Return what is read in the whole of ``text``."""
    folded, spans = fold(text), (Span(0, len(text)),) if text else ()
    times = time_expressions(text, folded, spans, language, Anchor(Moment.parse("2021-01-11")))
    return quantities(text, folded, spans, language, times)


@pytest.mark.parametrize(
    ("text", "language", "said", "value", "unit", "bound"),
    [
        pytest.param(
            "قتل 17 جنديا في الكمين",
            "ar",
            "17 جنديا",
            17,
            "soldier",
            None,
            id="accusative after 11-99",
        ),
        pytest.param(
            "مساحة 1.2 مليون كلم2 من",
            "ar",
            "1.2 مليون كلم2",
            1_200_000,
            "km2",
            None,
            id="decimal times million",
        ),
        pytest.param(
            "بنحو أربعين ألف دولار سنويا",
            "ar",
            "نحو أربعين ألف دولار",
            40_000,
            "USD",
            "about",
            id="number words and money",
        ),
        pytest.param(
            "أكثر من عشرين ألف رسالة مسربة",
            "ar",
            "أكثر من عشرين ألف رسالة",
            20_000,
            "message",
            "at least",
            id="more than",
        ),
        pytest.param(
            "خمسة وعشرون شخصا أصيبوا",
            "ar",
            "خمسة وعشرون شخصا",
            25,
            "person",
            None,
            id="units before tens",
        ),
        pytest.param(
            "وصل 6 من حراس السجن", "ar", "6 من حراس السجن", 6, "person", None, id="some of"
        ),
        pytest.param("نفذوا هجومين أمس", "ar", "هجومين", 2, "attack", None, id="indefinite dual"),
        pytest.param(
            "في الجولة الثالثة من الحوار", "ar", "الجولة الثالثة", 3, "ordinal", None, id="ordinal"
        ),
        pytest.param(
            "مئات من سكان القرية",
            "ar",
            "مئات من سكان القرية",
            None,
            None,
            None,
            id="hundreds, no figure",
        ),
        pytest.param("قتل ألف جندي", "ar", "ألف جندي", 1000, "soldier", None, id="a thousand"),
        pytest.param(
            "2,5 millions d'euros", "fr", "2,5 millions d'euros", 2.5e6, "EUR", None, id="of"
        ),
        pytest.param(
            "1 500 soldats déployés",
            "fr",
            "1 500 soldats",
            1500,
            "soldier",
            None,
            id="space between thousands",
        ),
        pytest.param(
            "environ 30 % des voix", "fr", "environ 30 %", 30, "%", "about", id="percentage"
        ),
        pytest.param(
            "worth $2.5 billion to them", "en", "$2.5 billion", 2.5e9, "USD", None, id="sign before"
        ),
        pytest.param(
            "at least 40 soldiers died",
            "en",
            "at least 40 soldiers",
            40,
            "soldier",
            "at least",
            id="at least",
        ),
    ],
)
def test_figures_are_read_with_what_they_count(
    text: str, language: str, said: str, value: float | None, unit: str | None, bound: str | None
) -> None:
    """Value, unit and bound of the first figure."""
    found = read(text, language)
    assert [(q.span.of(text), q.value, q.unit, q.bound) for q in found][:1] == [
        (said, value, unit, bound)
    ]


@pytest.mark.parametrize(
    ("text", "language", "said", "low", "high"),
    [
        ("between 300 and 400 fighters", "en", "between 300 and 400 fighters", 300, 400),
        ("three to five thousand troops", "en", "three to five thousand troops", 3000, 5000),
        ("5-10 soldiers", "en", "5-10 soldiers", 5, 10),
        ("de 8 à 10 soldats", "fr", "8 à 10 soldats", 8, 10),
        ("من 5 إلى 10 جنود", "ar", "5 إلى 10 جنود", 5, 10),
        ("بين ثلاثة وخمسة آلاف مقاتل", "ar", "بين ثلاثة وخمسة آلاف مقاتل", 3000, 5000),
    ],
)
def test_a_range_keeps_both_ends(
    text: str, language: str, said: str, low: float, high: float
) -> None:
    """A scale behind the second figure counts for the first as well."""
    (found,) = read(text, language)
    assert (found.span.of(text), found.value, found.high) == (said, low, high)


def test_two_figures_joined_by_and_are_no_range() -> None:
    """Twelve dead and fifteen wounded are two counts."""
    found = read("12 قتيلا و15 جريحا", "ar")
    assert [(q.value, q.high) for q in found] == [(12, None), (15, None)]


@pytest.mark.parametrize(
    ("text", "language", "said", "value"),
    [
        pytest.param("نُقل أربعة منهم إلى", "ar", "أربعة منهم", 4, id="ar of them"),
        pytest.param("22 of them had been killed", "en", "22 of them", 22, id="en of them"),
        pytest.param("neuf blessés, dont trois dans un état grave", "fr", "trois", 3, id="fr dont"),
        pytest.param("en intégrer un millier dans l'armée", "fr", "un millier", 1000, id="round"),
        pytest.param("بزيادة مليارين على", "ar", "مليارين", 2e9, id="two billion"),
        pytest.param("moins d'un tiers des voix", "fr", "moins d'un tiers", 0.333, id="a third"),
        pytest.param("until half of it was paid", "en", "half of it", 0.5, id="half of it"),
        pytest.param("نحو ثلث السكان", "ar", "نحو ثلث السكان", 0.333, id="third of the people"),
        pytest.param("up to $900m for it", "en", "up to $900m", 9e8, id="m behind money"),
        pytest.param("جريح وأحد عشر جريحا", "ar", "أحد عشر جريحا", 11, id="and eleven is not one"),
        pytest.param("356 ألفا و700 طلب", "ar", "356 ألفا و700 طلب", 356_700, id="and in figures"),
        pytest.param("أخذوا سائقَين اثنين", "ar", "سائقَين اثنين", 2, id="dual with two"),
        pytest.param("وزارتي الدفاع", "ar", "وزارتي الدفاع", 2, id="dual before a genitive"),
        pytest.param("عشرات النواب", "ar", "عشرات النواب", None, id="dozens of the deputies"),
        pytest.param(
            "plus d'une centaine de blessés",
            "fr",
            "plus d'une centaine de blessés",
            100,
            id="more than",
        ),
    ],
)
def test_figures_without_a_noun_behind_them(
    text: str, language: str, said: str, value: float | None
) -> None:
    """What they count was named before, or is part of the word."""
    assert (said, value) in [(q.span.of(text), q.value) for q in read(text, language)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("في 17 يناير 2013", id="a date"),
        pytest.param("طائرة بوينغ 747 الجديدة", id="a type"),
        pytest.param("البلدين الجارين", id="a dual that is known already"),
        pytest.param("رقم 12 شارع", id="a number of a thing"),
        pytest.param("10. وقال الوزير", id="a numbered paragraph"),
    ],
)
def test_dates_names_and_numbering_are_no_quantities(text: str) -> None:
    """A figure that counts nothing is left alone."""
    assert read(text, "ar") == ()


def test_of_stands_in_the_text() -> None:
    """What is counted is quoted, not translated."""
    text = "شاركت 5 دول إفريقية في القمة"
    (quantity,) = read(text, "ar")
    assert quantity.of == "دول إفريقية"


WORDS = st.sampled_from(
    (
        "12",
        "من",
        "5",
        "آلاف",
        "2.3",
        "مليون",
        "دولار",
        "قتل",
        "جنود",
        "جنديا",
        "عدد",
        "ثلاثة",
        "و",
        "عشرون",
        "مئة",
        "%",
        "50,000",
        "بعض",
        "عام",
        "2010",
        "،",
        ".",
        "hommes",
        "cent",
        "deux",
        "10",
        "000",
        "euros",
        "soldiers",
        "three",
        "hundred",
        "dozens",
        "of",
        "$",
        "5th",
    )
)


@settings(max_examples=150, deadline=None)
@given(words=st.lists(WORDS, max_size=20), language=st.sampled_from(["ar", "fr", "en"]))
def test_quantities_are_in_order_and_outside_times(words: list[str], language: str) -> None:
    """A year is never a number of things."""
    text = " ".join(words)
    folded, spans = fold(text), (Span(0, len(text)),) if text else ()
    times = time_expressions(text, folded, spans, language, Anchor())
    at = 0
    for quantity in quantities(text, folded, spans, language, times):
        assert at <= quantity.span.start < quantity.span.end <= len(text)
        at = quantity.span.end
        assert not any(quantity.span.overlap(time.span) for time in times)
        assert quantity.of is None or quantity.of in text


@pytest.mark.parametrize(
    ("text", "language", "value", "of", "bound"),
    [
        pytest.param(
            "بلغ عدد القتلى ٣١ على الأقل، وفق مصدر.", "ar", 31, "القتلى", "at least", id="ar"
        ),
        pytest.param(
            "أوقع الهجوم قتلى، لكن العدد لا يقل عن 26.",
            "ar",
            26,
            "قتلى",
            "at least",
            id="لا يقل عن",
        ),
        pytest.param("The death toll rose to 31, he said.", "en", 31, "toll", None, id="toll"),
        pytest.param(
            "Nobody disputes the toll. We consider 26 a minimum.",
            "en",
            26,
            "toll",
            "at least",
            id="a minimum",
        ),
        pytest.param("Le bilan est passé à 31.", "fr", 31, "bilan", None, id="bilan"),
    ],
)
def test_a_bare_figure_that_a_toll_governs_counts_people(
    text: str, language: str, value: float, of: str, bound: str | None
) -> None:
    """What befell them stands before the figure."""
    (found,) = read(text, language)
    assert (found.value, found.unit, found.of, found.bound) == (value, "person", of, bound)


@pytest.mark.parametrize(
    "text",
    ["The attack killed many. She is 46 years old.", "Two were dead. He came at 11:30."],
)
def test_no_age_or_hour_is_a_toll(text: str) -> None:
    """A figure with a unit of its own, or of the clock, counts nobody."""
    assert all(q.unit != "person" or q.value not in (46, 11, 30) for q in read(text, "en"))


def test_a_score_of_attackers_is_about_so_many() -> None:
    """French numbers in -aine never mean the exact number."""
    (found,) = read("L'armée a neutralisé une trentaine d'assaillants.", "fr")
    assert (found.value, found.unit, found.bound) == (30, "person", "about")


@pytest.mark.parametrize(
    ("text", "language", "said", "value"),
    [
        ("at least six of the nine council members voted", "en",
         "at least six of the nine council members", 6.0),
        ("se rendre dans six de ces villages.", "fr", "six de ces villages", 6.0),
        ("worth between $210 million and $240 million to", "en",
         "between $210 million and $240 million", 210_000_000.0),
        ("up from 29,000 a week ago", "en", "29,000", 29_000.0),
        ("Ils étaient plus de 200 devant", "fr", "plus de 200", 200.0),
        ("the three-page document", "en", "three-page", 3.0),
        ("Brian Ledgard, 58, a director", "en", "58", 58.0),
        ("a 62-year-old farmer", "en", "62-year-old", 62.0),
        ("not one rupee has come", "en", "not one rupee", 0.0),
        ("by less than a quarter so far", "en", "less than a quarter", 0.25),
        ("which financed two thirds of its cost", "en", "two thirds of its cost", 0.6667),
        ("يعطل نصف شاحناتنا", "ar", "نصف شاحناتنا", 0.5),
        ("وزعت 5200 بطانية على", "ar", "5200 بطانية", 5200.0),
        ("ليبرزوا ورقة واحدة", "ar", "ورقة واحدة", 1.0),
        ("اشتكى بطرق عديدة", "ar", "بطرق عديدة", None),
        ("ست رحلات على الأقل لم تقلع", "ar", "ست رحلات على الأقل", 6.0),
        ("قمتهم الرابعة في جدة", "ar", "قمتهم الرابعة", 4.0),
        ("Three to four hundred men came", "en", "Three to four hundred men", 300.0),
    ],
)  # fmt: skip
def test_parts_ranges_and_bare_figures(
    text: str, language: str, said: str, value: float | None
) -> None:
    """Shares are decimals, and a part counts before its whole."""
    assert (said, value) in [(q.span.of(text), q.value) for q in read(text, language)]


def test_a_bound_belongs_to_the_figure_behind_it() -> None:
    """It never ends the figure before."""
    text = "ثلاث عيادات متنقلة أكثر من 2900 مريض"
    assert [q.value for q in read(text, "ar")] == [3.0, 2900.0]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("التزم من جانب واحد بالهدنة", "ar", id="unilaterally"),
        pytest.param("جزء من مجموعة الساحل الخمسة التي", "ar", id="a group with a number"),
        pytest.param("قاموا بتنبيه المتمردين أن هواتفهم", "ar", id="a plural, no dual"),
        pytest.param("leur vive gratitude", "fr", id="no Roman numeral"),
        pytest.param("le premier ministre", "fr", id="an office"),
    ],
)
def test_words_that_only_look_like_numbers(text: str, language: str) -> None:
    """Idioms, names and plurals count nothing."""
    assert read(text, language) == ()
