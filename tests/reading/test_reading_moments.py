"""Time expressions are found where they stand, and say no more than the text does."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.model.moment import Moment
from tawatur.model.reading import TimeExpression, TimeType
from tawatur.model.span import Span
from tawatur.model.text import fold
from tawatur.reading.moments import Anchor, time_expressions


def read(text: str, language: str, published: str | None = None) -> tuple[TimeExpression, ...]:
    """Return what is read in the whole of ``text``."""
    anchor = Anchor(Moment.parse(published) if published else None)
    spans = (Span(0, len(text)),) if text else ()
    return time_expressions(text, fold(text), spans, language, anchor)


def pairs(text: str, language: str, published: str | None = None) -> list[tuple[str, str | None]]:
    """Return text and value of each expression."""
    return [(t.span.of(text), t.value) for t in read(text, language, published)]


@pytest.mark.parametrize(
    ("text", "published", "said", "value"),
    [
        pytest.param("وقع في 5 مارس 2015 هجوم", None, "5 مارس 2015", "2015-03-05", id="full date"),
        pytest.param(
            "في ١٢ كانون الثاني/ يناير ٢٠١٤",
            None,
            "١٢ كانون الثاني/ يناير ٢٠١٤",
            "2014-01-12",
            id="Levantine beside Egyptian name, Arabic-Indic digits",
        ),
        pytest.param(
            "في مايو (أيار) 2016 بدأ",
            None,
            "مايو (أيار) 2016",
            "2016-05",
            id="second name in brackets",
        ),
        pytest.param("خلال شهر أوت 2013 تم", None, "شهر أوت 2013", "2013-08", id="Maghrebi month"),
        pytest.param("في غشت 2011", None, "غشت 2011", "2011-08", id="Moroccan month"),
        pytest.param(
            "بتاريخ 21 - 06 - 2019 صدر",
            None,
            "21 - 06 - 2019",
            "2019-06-21",
            id="spaced figures, day first",
        ),
        pytest.param(
            "بتاريخ 06/21/2019 صدر",
            None,
            "06/21/2019",
            "2019-06-21",
            id="month first where day first cannot be",
        ),
        pytest.param("أبريل 2012 شهد", None, "أبريل 2012", "2012-04", id="a month is no day"),
        pytest.param("منذ 2009 لم", None, "منذ 2009", "2009/..", id="since a year"),
        pytest.param(
            "بين 2005 و2008 شهد", None, "بين 2005 و2008", "2005/2008", id="between years, glued and"
        ),
        pytest.param(
            "ما بين 3 و7 فبراير الجاري",
            "2020-02-10",
            "ما بين 3 و7 فبراير الجاري",
            "2020-02-03/2020-02-07",
            id="days of this month",
        ),
        pytest.param("ثمانينيات القرن الماضي", None, "ثمانينيات القرن الماضي", "198X", id="decade"),
        pytest.param(
            "أواخر عام 2015 أعلن", None, "أواخر عام 2015", "2015-12~", id="late in a year"
        ),
        pytest.param("مساء أمس", "2021-01-11", "مساء أمس", "2021-01-10", id="yesterday evening"),
        pytest.param(
            "قال أمس الثلاثاء إن", None, "أمس الثلاثاء", None, id="yesterday, nobody knows when"
        ),
        pytest.param(
            "زار الشهر الماضي (مارس) العاصمة",
            "2019-04",
            "الشهر الماضي (مارس)",
            "2019-03",
            id="last month, named",
        ),
        pytest.param(
            "في يونيو المقبل", "2018-03", "يونيو المقبل", "2018-06", id="next June, from a month"
        ),
        pytest.param(
            "في الخامس من يوليو المقبل",
            None,
            "الخامس من يوليو المقبل",
            "XXXX-07-05",
            id="next 5 July, year unknown",
        ),
        pytest.param("ديسمبر الماضي", "2021-01-11", "ديسمبر الماضي", "2020-12", id="last December"),
        pytest.param("دامت خمس سنوات كاملة", None, "خمس سنوات", "P5Y", id="number word"),
        pytest.param("استمرت شهرين", None, "شهرين", "P2M", id="dual"),
        pytest.param(
            "في 1 محرم 1442 هـ", None, "1 محرم 1442 ه", "2020-08-20", id="Islamic calendar"
        ),
        pytest.param("كل عام", None, "كل عام", "P1Y", id="set"),
        pytest.param("قال مؤخرا إن", "2021-01-11", "مؤخرا", None, id="recently has no date"),
    ],
)
def test_arabic_expressions_have_the_value_that_the_text_supports(
    text: str, published: str | None, said: str, value: str | None
) -> None:
    """Neither more precise than the words, nor dated without an anchor."""
    assert pairs(text, "ar", published) == [(said, value)]


@pytest.mark.parametrize(
    ("text", "language", "published", "said", "value"),
    [
        ("arrivé le 3 mars 2019 à Gao", "fr", None, "le 3 mars 2019", "2019-03-03"),
        ("signé jeudi dernier", "fr", "2021-01-11", "jeudi dernier", "2021-01-07"),
        ("il y a trois jours", "fr", "2021-01-11", "il y a trois jours", "2021-01-08"),
        ("fin août 2013", "fr", None, "fin août 2013", "2013-08-20~/2013-08-31"),
        ("la semaine dernière", "fr", "2021-01-11", "la semaine dernière", "2021-01-04/2021-01-10"),
        ("les années 90", "fr", None, "les années 90", "199X"),
        ("a deal of March 2, 2020 with", "en", None, "March 2, 2020", "2020-03-02"),
        ("three days ago", "en", "2021-01-11", "three days ago", "2021-01-08"),
        ("early 2013", "en", None, "early 2013", "2013-01~"),
        ("since 2011 the", "en", None, "since 2011", "2011/.."),
        ("between March and May 2015", "en", None, "between March and May 2015", "2015-03/2015-05"),
        ("251234Z OCT 09", "en", None, "251234Z OCT 09", "2009-10-25"),
        ("last Thursday", "en", "2021-01-11", "last Thursday", "2021-01-07"),
    ],
)
def test_french_and_english_expressions(
    text: str, language: str, published: str | None, said: str, value: str
) -> None:
    """The same grammar with other tables."""
    assert pairs(text, language, published) == [(said, value)]


@pytest.mark.parametrize(
    ("text", "language", "said", "value"),
    [
        pytest.param("وقع منذ مطلع 2013", "ar", "منذ مطلع 2013", "2013-01~/..", id="since early"),
        pytest.param(
            "استمر حتى نهاية عام 2013",
            "ar",
            "حتى نهاية عام 2013",
            "../2013-12-31",
            id="until the end",
        ),
        pytest.param(
            "ينتهي قبل نهاية العام",
            "ar",
            "قبل نهاية العام",
            "2021-01-11/2021-12-31",
            id="before a day to come is from now on",
        ),
        pytest.param("وقع بعد عام 2014", "ar", "بعد عام 2014", "2014/..", id="after a year"),
        pytest.param(
            "قتل ليل السبت الأحد",
            "ar",
            "ليل السبت الأحد",
            "2021-01-09/2021-01-10",
            id="a night has two days",
        ),
        pytest.param("حدث عام ألفين وعشرة", "ar", "عام ألفين وعشرة", "2010", id="year in words"),
        pytest.param("حوالي عام 1990", "ar", "حوالي عام 1990", "1990~", id="about a year"),
        pytest.param(
            "في الربع الأول من عام 2013",
            "ar",
            "الربع الأول من عام 2013",
            "2013-01/2013-03",
            id="quarter",
        ),
        pytest.param(
            "أيام 5 و6 و7 مارس 2015",
            "ar",
            "أيام 5 و6 و7 مارس 2015",
            "2015-03-05/2015-03-07",
            id="list of days",
        ),
        pytest.param(
            "في شهر رمضان المقبل",
            "ar",
            "شهر رمضان المقبل",
            "2021-04-13/2021-05-12",
            id="next Ramadan",
        ),
        pytest.param(
            "أرجئ إلى ما بعد عيد الأضحى",
            "ar",
            "بعد عيد الأضحى",
            "2020-07-31~/..",
            id="a feast of the Islamic calendar",
        ),
        pytest.param(
            "منذ نحو ثلاثة أعوام ونصف",
            "ar",
            "منذ نحو ثلاثة أعوام ونصف",
            "2017~/..",
            id="and a half",
        ),
        pytest.param(
            "بعد شهرين أو ثلاثة أشهر",
            "ar",
            "بعد شهرين أو ثلاثة أشهر",
            "2021-03~/2021-04~",
            id="two or three months",
        ),
        pytest.param(
            "في غضون عشرة أيام",
            "ar",
            "في غضون عشرة أيام",
            "2021-01-11/2021-01-21",
            id="within ten days",
        ),
        pytest.param("لمدة ثماني سنوات", "ar", "لمدة ثماني سنوات", "P8Y", id="for eight years"),
        pytest.param(
            "لم يزره منذ إطاحة الرئيس، وقال", "ar", "منذ إطاحة الرئيس", None, id="since an event"
        ),
        pytest.param(
            "depuis le début de l'année",
            "fr",
            "depuis le début de l'année",
            "2021-01-01/..",
            id="since the beginning of the year",
        ),
        pytest.param(
            "d'ici à la fin du mois",
            "fr",
            "d'ici à la fin du mois",
            "2021-01-11/2021-01-31",
            id="by the end of the month",
        ),
        pytest.param(
            "à partir de lundi", "fr", "à partir de lundi", "2021-01-11/..", id="starting on Monday"
        ),
        pytest.param(
            "dans la nuit de samedi à dimanche",
            "fr",
            "dans la nuit de samedi à dimanche",
            "2021-01-09/2021-01-10",
            id="night of two days",
        ),
        pytest.param(
            "un retard de quatre à six mois",
            "fr",
            "quatre à six mois",
            "P4M/P6M",
            id="a length between two",
        ),
        pytest.param(
            "les travaux des transporteurs", "fr", "", None, id="the article des is not dès"
        ),
        pytest.param(
            "le 07/02/2025 à 18h42",
            "fr",
            "07/02/2025 à 18h42",
            "2025-02-07",
            id="the clock belongs to its day",
        ),
        pytest.param(
            "au premier semestre 2013",
            "fr",
            "premier semestre 2013",
            "2013-01/2013-06",
            id="half year",
        ),
        pytest.param(
            "later this month",
            "en",
            "later this month",
            "2021-01-11/2021-01-31",
            id="from now to the end of the month",
        ),
        pytest.param(
            "on March 3-7, 2019",
            "en",
            "March 3-7, 2019",
            "2019-03-03/2019-03-07",
            id="month first, range",
        ),
        pytest.param(
            "in nineteen ninety-six", "en", "nineteen ninety-six", "1996", id="spoken year"
        ),
        pytest.param("the late 1990s", "en", "the late 1990s", "1997~/1999", id="late in a decade"),
        pytest.param(
            "None has been freed so far, he said", "en", "so far", "../2021-01-11", id="so far"
        ),
        pytest.param(
            "over the past decade",
            "en",
            "the past decade",
            "2011~/2021-01-11",
            id="a decade until now",
        ),
        pytest.param(
            "on 03/04/2015 it", "en", "03/04/2015", "2015-03-04?", id="a guess is marked as one"
        ),
    ],
)
def test_what_holds_a_date_is_part_of_its_value(
    text: str, language: str, said: str, value: str | None
) -> None:
    """Since, until, before, after, begin, end, about: read on Monday 11 January 2021."""
    assert pairs(text, language, "2021-01-11") == ([(said, value)] if said else [])


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("سجلت 40 حالة في 2018، أي ضعف ما سجل في العام السابق", "ar", "2017"),
        ("في 10 مارس 2014 وقع الهجوم. وبعد ثلاثة أيام قتل الرجل", "ar", "2014-03-13"),
        ("Il est parti le 3 mars 2019. Trois jours plus tôt, il", "fr", "2019-02-28"),
        ("On 3 March 2019 he left. Two weeks later he", "en", "2019-03-17"),
        ("Le 3 mars 2019 il a parlé. Le lendemain, elle", "fr", "2019-03-04"),
    ],
)
def test_some_count_from_the_date_spoken_of(text: str, language: str, value: str) -> None:
    """The year before, three days later: not from the day of publication."""
    assert pairs(text, language, "2021-01-11")[-1][1] == value


def test_one_clear_date_tells_the_order_of_the_others() -> None:
    """Whoever writes 25/04 writes the day first."""
    found = pairs("on 03/04/2015 and 25/04/2015", "en", "2021-01-11")
    assert [value for _, value in found] == ["2015-04-03", "2015-04-25"]
    found = pairs("on 03/04/2015 and 04/25/2015", "en", "2021-01-11")
    assert [value for _, value in found] == ["2015-03-04", "2015-04-25"]


@pytest.mark.parametrize(("country", "value"), [("US", "2015-03-04"), ("KE", "2015-04-03")])
def test_the_country_of_the_outlet_tells_the_order(country: str, value: str) -> None:
    """Nairobi puts the day first, in English as well."""
    text = "on 03/04/2015 there"
    found = time_expressions(text, fold(text), (Span(0, len(text)),), "en", Anchor(country=country))
    assert [t.value for t in found] == [value]


def test_the_weekday_beside_yesterday_wins_over_the_stamp() -> None:
    """Stamped on Thursday, written on Wednesday: yesterday, Tuesday, is Tuesday."""
    assert pairs("قال أمس الثلاثاء إن", "ar", "2021-01-14") == [("أمس الثلاثاء", "2021-01-12")]


def test_a_name_that_folds_to_now_is_no_time() -> None:
    """Alan and "now" differ in one mark that folding removes."""
    assert pairs("قال آلان باترسون", "ar") == []


def test_doubled_spaces_change_no_value() -> None:
    """Slips of typing are read over."""
    assert [v for _, v in pairs("في  عام   2012  قتل", "ar")] == ["2012"]


def test_an_empty_line_ends_an_expression() -> None:
    """What two paragraphs hold is never one date."""
    assert all("\n\n" not in said for said, _ in pairs("في 5\n\nمارس 2015", "ar"))


def test_other_languages_give_nothing() -> None:
    """Nor do they raise."""
    assert pairs("am 3. Mai 2012", "und") == []


def test_what_is_outside_the_main_stretches_is_not_read() -> None:
    """Menus and headlines of others have dates of their own."""
    text = "عام 2010 ثم عام 2012"
    found = time_expressions(text, fold(text), (Span(0, 8),), "ar", Anchor())
    assert [t.span.of(text) for t in found] == ["عام 2010"]


def test_a_record_counts_from_the_day_of_the_conversation() -> None:
    """A cable sent on Friday tells what was said on Monday: "now" is Monday."""
    text = "استقبل الوزير السفير في 8 يونيو. وقال إن الوضع الآن أفضل."
    anchor = Anchor(Moment.parse("2012-06-12"), record=True)
    found = time_expressions(text, fold(text), (Span(0, len(text)),), "ar", anchor)
    assert [t.value for t in found] == ["2012-06-08", "2012-06-08"]


WORDS = st.sampled_from(
    [
        "في",
        "منذ",
        "بين",
        "و",
        "و2014",
        "2010",
        "عام",
        "أعوام",
        "شهر",
        "5",
        "17",
        "يناير",
        "تشرين",
        "الأول",
        "/",
        "(",
        ")",
        "الماضي",
        "المقبل",
        "الجاري",
        "قبل",
        "بعد",
        "سنوات",
        "ثلاث",
        "شهرين",
        "أكثر",
        "من",
        "نحو",
        "أمس",
        "الأربعاء",
        "يوم",
        "مطلع",
        "نهاية",
        "القرن",
        "التسعينيات",
        "كل",
        "الآن",
        "قال",
        "مالي",
        "،",
        ".",
        "\n",
        "\n\n",
        "le",
        "la",
        "semaine",
        "dernière",
        "mars",
        "2012",
        "il",
        "y",
        "a",
        "depuis",
        "trois",
        "ans",
        "early",
        "last",
        "Thursday",
        "of",
        "the",
        "May",
        "3",
        "to",
    ]
)


@settings(max_examples=150, deadline=None)
@given(words=st.lists(WORDS, max_size=25), language=st.sampled_from(["ar", "fr", "en"]))
def test_spans_lie_in_the_text_in_order_and_values_parse(words: list[str], language: str) -> None:
    """Whatever the order of words, every value is EDTF."""
    text = " ".join(words)
    at = 0
    for found in read(text, language, "2021-01-11"):
        assert at <= found.span.start < found.span.end <= len(text)
        at = found.span.end
        if found.value and found.type is TimeType.DATE:
            Moment.parse(found.value)


@settings(max_examples=100, deadline=None)
@given(
    words=st.lists(WORDS, max_size=20),
    more=st.lists(WORDS, max_size=20),
    language=st.sampled_from(["ar", "fr", "en"]),
)
def test_text_after_a_paragraph_changes_nothing_in_it(
    words: list[str], more: list[str], language: str
) -> None:
    """Reading goes forward only."""
    text = " ".join(words) + "."
    longer = text + "\n\n" + " ".join(more)
    before = [(t.span, t.value) for t in read(text, language, "2021-01-11")]
    after = [(t.span, t.value) for t in read(longer, language, "2021-01-11")]
    assert after[: len(before)] == before


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=60), language=st.sampled_from(["ar", "fr", "en", "und"]))
def test_no_text_is_an_error(text: str, language: str) -> None:
    """Superscripts, marks and other scripts included."""
    read(text, language)


def test_dates_of_the_gold_documents_are_found() -> None:
    """No year that the annotators dated is lost."""
    root = os.environ.get("TAWATUR_EVAL_DATA")
    if not root:
        pytest.skip("TAWATUR_EVAL_DATA is not set: the gold annotations are elsewhere")
    hits = total = 0
    for path in sorted((Path(root) / "gold").glob("0*.json")):
        gold = json.loads(path.read_text("utf-8"))
        text = (Path(root) / "documents" / gold["doc"]).read_bytes().decode("utf-8")
        said = {t.span.of(text) for t in read(text, "ar")}
        years = [g["text"] for g in gold["times"] if g["text"].strip()[-4:].isdigit()]
        total += len(years)
        hits += sum(any(year in s or s in year for s in said) for year in years)
    assert total
    assert hits / total >= 0.95


@pytest.mark.parametrize(
    ("text", "language", "said", "value"),
    [
        pytest.param(
            "tombées entre le 10 et le 14 mai",
            "fr",
            "le 10 et le 14 mai",
            "2019-05-10/2019-05-14",
            id="an article before the second day",
        ),
        pytest.param(
            "lieu la première semaine d'octobre 2019",
            "fr",
            "la première semaine d'octobre 2019",
            "2019-10-01/2019-10-07",
            id="a week of a month",
        ),
        pytest.param(
            "ouvert jusqu'à fin juillet",
            "fr",
            "jusqu'à fin juillet",
            "2019-06-12/2019-07-31",
            id="French counts until from now",
        ),
        pytest.param(
            "on 14 May last year he", "en", "14 May last year", "2018-05-14", id="of last year"
        ),
        pytest.param(
            "period 27 May to 3 June 2019.",
            "en",
            "27 May to 3 June 2019",
            "2019-05-27/2019-06-03",
            id="two days and to",
        ),
        pytest.param(
            "It will open by Easter.", "en", "by Easter", "../2020-04-12", id="Easter moves"
        ),
        pytest.param(
            "stocks would run out in ten days unless",
            "en",
            "ten days",
            "2019-06-22~",
            id="a term ahead",
        ),
        pytest.param(
            "Elections will be held on October 6.",
            "en",
            "October 6",
            "2019-10-06",
            id="a participle after be is not past",
        ),
        pytest.param(
            "no claim had come by Wednesday evening.",
            "en",
            "Wednesday evening",
            "2019-06-12",
            id="as of an hour that has passed",
        ),
        pytest.param(
            "before the end of the third quarter.",
            "en",
            "before the end of the third quarter",
            "../2019-09-30",
            id="the end of a quarter is a day",
        ),
        pytest.param(
            "a réuni sa cellule jeudi à 14 heures.",
            "fr",
            "jeudi à 14 heures",
            "2019-06-06",
            id="the hour belongs to the day",
        ),
        pytest.param(
            "النصف الأول من عام 1442هـ",
            "ar",
            "النصف الأول من عام 1442ه",
            "2020-08/2021-02",
            id="half an Islamic year",
        ),
        pytest.param(
            "سيفتح في رمضان المقبل",
            "ar",
            "رمضان المقبل",
            "2020-04-24/2020-05-23",
            id="the next Ramadan",
        ),
        pytest.param(
            "ولم يعرف حتى كتابة هذه الأسطر موعدها",
            "ar",
            "حتى كتابة هذه الأسطر",
            "../2019-06-12",
            id="until the writing",
        ),
    ],
)
def test_a_report_of_12_june_2019_dates_them_so(
    text: str, language: str, said: str, value: str
) -> None:
    """Published on a Wednesday."""
    assert (said, value) in pairs(text, language, "2019-06-12")


def test_a_story_that_lies_far_back_keeps_its_year() -> None:
    """Days without a year beside one of last year are of that year, unless one is near."""
    text = "The bridge fell on 14 May last year. He had sent a message on 3 May."
    assert pairs(text, "en", "2013-10-09")[-1] == ("3 May", "2012-05-03")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("ضرب أكثر من ١٩٠٠ شخص", "ar", id="more than"),
        pytest.param("ما بين ١٥٠٠ و١٨٠٠ هكتار من", "ar", id="a range with a unit"),
        pytest.param("less than a quarter had been paid", "en", id="a quarter of something"),
        pytest.param("il a 45 ans.", "fr", id="an age"),
    ],
)
def test_figures_of_something_else_are_no_times(text: str, language: str) -> None:
    """Neither years nor lengths."""
    assert pairs(text, language, "2019-06-12") == []


def test_today_at_the_end_of_a_short_quotation_is_a_name() -> None:
    """Newspapers are called so."""
    assert pairs("وذكرت صحيفة “أفق اليوم” أمس", "ar", "2019-06-12") == [("أمس", "2019-06-11")]


def test_the_day_after_an_event_has_no_date_of_its_own() -> None:
    """The text does not tell when the event was."""
    assert ("The day after", None) in pairs(
        "On 3 May he left. The day after the attack he came.", "en", "2019-06-12"
    )


@pytest.mark.parametrize(
    ("language", "text", "said", "value"),
    [
        ("en", "On Fridays they protest.", "Fridays", "P1W"),
        ("en", "It struck at about 4 am on Tuesday.", "4 am on Tuesday", "2024-05-14"),
        ("en", "By Tuesday evening nobody had come.", "Tuesday evening", "2024-05-14"),
        ("en", "He left the day before yesterday.", "the day before yesterday", "2024-05-13"),
        ("en", "Later on Wednesday he left.", "Later on Wednesday", "2024-05-15"),
        ("en", "In the last few days he left.", "the last few days", "2024-05~"),
        ("fr", "Dans les années 1990, il partit.", "années 1990", "199X"),
        ("fr", "Ce jeudi, ils partiront.", "Ce jeudi", "2024-05-16"),
        ("fr", "Dès lundi, la route sera fermée.", "Dès lundi", "2024-05-20/.."),
        ("fr", "Il l'avait dit au printemps.", "printemps", "2024-21"),
        ("fr", "La nuit dernière, il partit.", "La nuit dernière", "2024-05-14"),
        (
            "fr",
            "depuis le début du mois de mars",
            "depuis le début du mois de mars",
            "2024-03-01/..",
        ),
        ("ar", "تحدث في الثامن من الشهر الجاري.", "الثامن من الشهر الجاري", "2024-05-08"),
        ("ar", "بين عامي 2012 و2015 كان الطريق مفتوحا.", "بين عامي 2012 و2015", "2012/2015"),
        ("ar", "حتى مساء الثلاثاء لم يأت أحد.", "مساء الثلاثاء", "2024-05-14"),
    ],
)
def test_what_repeats_opens_or_counts_from_the_month_is_dated(
    language: str, text: str, said: str, value: str
) -> None:
    """An opening adverbial looks to the verb after it, a term of hours to what had not come."""
    assert pairs(text, language, "2024-05-15") == [(said, value)]


def test_a_participle_is_no_summer() -> None:
    """French "été" is a season with an article, or after "en", alone."""
    assert pairs("La route a été coupée.", "fr", "2024-05-15") == []
