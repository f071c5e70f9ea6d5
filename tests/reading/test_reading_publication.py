"""A publication date is the stated one, or bounds with their reasons."""

from dataclasses import replace

import pytest

from tawatur.model.document import Aside, CableHeader, Extraction, Extractor, Stated
from tawatur.model.moment import Moment
from tawatur.model.reading import Publication
from tawatur.model.span import Span
from tawatur.model.text import fold
from tawatur.reading.moments import Anchor, time_expressions
from tawatur.reading.publication import outlet_country, publication


def extraction(text: str, **more: object) -> Extraction:
    """Return ``text`` as intake would hand it over."""
    return Extraction(text, "text/plain", "utf-8", Extractor("test", "1"), "ar", **more)  # type: ignore[arg-type]  # keywords of several types


def read(one: Extraction) -> Publication:
    """Return what is read in the whole of ``text``."""
    spans = one.main()
    times = time_expressions(one.text, fold(one.text), spans, one.language, Anchor())
    return publication(one, times)


def test_a_stated_date_wins_over_the_content() -> None:
    """Even where the content would bound it elsewhere."""
    stated = extraction("في عام 2015", published=Stated("2021-01-11T08:00", "meta"))
    assert read(stated) == Publication("2021-01-11", None, ("stated in meta",))


def test_a_cable_is_dated_by_its_header() -> None:
    """Its own field says when it was sent."""
    cable = extraction("في عام 2015", header=CableHeader(datetime="2009-10-25"))
    assert read(cable).value == "2009-10-25"


def test_the_latest_past_date_is_the_lower_bound() -> None:
    """A text cannot be older than what it tells of."""
    found = read(extraction("وقع الهجوم عام 2011. ثم في 3 مايو 2013 قتل الزعيم."))
    assert found.value is None
    assert found.bounds == "2013-05-03/.."
    assert "2013-05-03" in found.reasons[0]


def test_a_date_that_is_to_come_is_no_lower_bound() -> None:
    """A year that is announced, as in "by 2030", says nothing about the day of writing."""
    found = read(extraction("وقع الهجوم عام 2011. ومن المتوقع أن ينتهي بحلول عام 2030."))
    assert found.bounds == "2011/.."


def test_last_month_named_gives_the_month_of_writing() -> None:
    """Last month was December, and the text dates that December: so this is January."""
    text = "في ديسمبر 2016 تبادل البلدان الرسائل. وزار الوزير الشهر الماضي (ديسمبر) العاصمة."
    found = read(extraction(text))
    assert found.bounds == "2017-01"
    assert any("الشهر الماضي" in reason for reason in found.reasons)


def test_an_older_date_does_not_give_last_month_its_year() -> None:
    """What was founded in May 2016 may be written of in any later year."""
    text = "تأسست اللجنة في مايو 2016. وزار الوزير الشهر الماضي (ديسمبر) العاصمة."
    found = read(extraction(text))
    assert found.bounds == "2016-05/.."
    assert any("but no date in the text gives the year" in reason for reason in found.reasons)


@pytest.mark.parametrize(
    ("text", "language", "bounds"),
    [
        ("تأسست اللجنة في جويلية 2019، أي قبل عامين.", "ar", "2021"),
        ("تأسست اللجنة في مايو 2016، قبل 3 سنوات. واجتمعت الشهر الماضي (مايو).", "ar", "2019-06"),
        ("The body was founded in July 2019, two years ago.", "en", "2021"),
        ("Le comité est né en mai 2018, il y a trois ans.", "fr", "2021"),
    ],
)
def test_years_since_a_date_beside_it_date_the_text(text: str, language: str, bounds: str) -> None:
    """Two years ago beside 2019 is written in 2021, whatever else was then."""
    found = read(replace(extraction(text), language=language))
    assert found.bounds == bounds
    assert found.value is None


def test_years_before_something_else_do_not_date_the_text() -> None:
    """Two years before the vote are not counted from the day of writing."""
    assert (
        read(extraction("تأسست اللجنة في مايو 2016، قبل عامين من الانتخابات.")).bounds
        == "2016-05/.."
    )


def test_next_june_is_an_upper_bound_where_the_past_is_dated_well() -> None:
    """Then the next June has not come yet."""
    found = read(extraction("في 2 فبراير 2018 أعلن البلدان عن لقاء في يونيو المقبل."))
    assert found.bounds is not None
    assert Moment.parse(found.bounds).upper == Moment.parse("2018-05-31").upper


def test_what_is_no_content_bounds_nothing() -> None:
    """An article may stand under headlines of later years."""
    text = "عام 2010 عناوين أخرى 2024/05/01"
    aside = Aside(Span(text.index("عناوين"), len(text)), "headlines")
    assert read(extraction(text, asides=(aside,))).bounds == "2010/.."


def test_a_text_without_dates_has_no_bounds() -> None:
    """Not known is not guessed."""
    assert read(extraction("قال الوزير إن الوضع تحسن")) == Publication(None, None, ())


@pytest.mark.parametrize(
    ("address", "country"),
    [("www.lejournal.dz", "DZ"), ("state.gov", "US"), ("bbc.co.uk/arabic", "GB"), ("الخبر", None)],
)
def test_the_address_of_an_outlet_tells_its_country(address: str, country: str | None) -> None:
    """A name alone tells none."""
    one = extraction("في عام 2015", publisher=Stated(address, "meta"))
    assert outlet_country(one) == country


@pytest.mark.parametrize(
    ("head", "language"),
    [
        pytest.param("BAMAKO, 3 juin 2019 (Agence) — Le chef a dit", "fr", id="dateline"),
        pytest.param("LONDON, June 3, 2019 (Agency) - The chief said", "en", id="month first"),
        pytest.param("Mis à jour le 3 juin 2019", "fr", id="updated"),
        pytest.param("Last updated: 2019-06-03T10:00", "en", id="in figures"),
        pytest.param(
            "REPORT #4 | 3 June 2019 | Covering 27 May - 2 June 2019", "en", id="bulletin"
        ),
        pytest.param(
            "Period: 27 May to 2 June 2019\nIssued in Lomé on Monday 3 June 2019",
            "en",
            id="issued, after the period",
        ),
        pytest.param("٣ حزيران ٢٠١٩ (تغطي الفترة من ٢٠ أيار ٢٠١٩)", "ar", id="Arabic bulletin"),
    ],
)
def test_the_first_lines_say_when_a_text_was_issued(head: str, language: str) -> None:
    """A dateline or a word such as "issued" beside a complete date."""
    one = replace(extraction(f"{head}\n\n2015."), language=language)
    assert publication(one, ()).value == "2019-06-03"


def test_a_sentence_that_opens_with_a_date_is_no_dateline() -> None:
    """It tells of that day, maybe years later."""
    one = replace(extraction("Le 3 juin 2019, le ministre a dit oui."), language="fr")
    assert publication(one, ()).value is None


@pytest.mark.parametrize(
    ("language", "heading", "value", "bounds"),
    [
        pytest.param("en", "Policy brief, March 2023", None, "2023-03", id="month"),
        pytest.param("en", "Minutes, 14 June 2021, Ouahara", "2021-06-14", None, id="place behind"),
        pytest.param("en", "SITREP 12 (as of 5 May 2021)", "2021-05-05", None, id="as of"),
        pytest.param("fr", "Mis à jour le 05/05/2021 à 18h20", "2021-05-05", None, id="updated"),
        pytest.param("fr", "Édition du mercredi 5 mai 2021", "2021-05-05", None, id="edition"),
        pytest.param("fr", "12/03/24", "2024-03-12", None, id="two figures"),
        pytest.param("en", "Attacks rose in March 2023.", None, "2023-03/..", id="a sentence"),
        pytest.param("fr", "Du 4 au 10 mars 2024 et suites.", None, "2024-03-10/..", id="a period"),
    ],
)
def test_a_heading_dates_the_text(
    language: str, heading: str, value: str | None, bounds: str | None
) -> None:
    """A day or month set off by a mark in a line without a stop is that of the text."""
    found = read(replace(extraction(f"{heading}\n\nX.\n"), language=language))
    assert (found.value, found.bounds) == (value, bounds)
