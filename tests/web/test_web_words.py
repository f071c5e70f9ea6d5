"""Values read as people of the field write them, and no message is left in English."""

from datetime import date
from string import Formatter

import pytest
from tests.web.support_web import in_code, in_templates, messages

from tawatur.days import month_in_words
from tawatur.i18n import catalogue, translator
from tawatur.model.claim import Status
from tawatur.model.community import Act
from tawatur.model.desk import CommitmentStatus, Priority, RequestKind, RequestStatus
from tawatur.model.hypothesis import Bears
from tawatur.model.label import Activity
from tawatur.model.picture import ConflictKind, CopyKind, Reason
from tawatur.model.reading import (
    Channel,
    EntityType,
    EventType,
    Manner,
    Modality,
    Polarity,
    Quantity,
    Role,
    SourceKind,
)
from tawatur.model.ruling import Outcome
from tawatur.model.span import Span
from tawatur.node import PartnerState, ReceiptStatus
from tawatur.node.views import WorkedOut
from tawatur.web import rows, words

KINDS = (
    Status, Polarity, Modality, EventType, SourceKind, Manner, Channel, EntityType, Role,
    Act, Activity, PartnerState, ReceiptStatus,
    ConflictKind, CopyKind, CommitmentStatus, RequestStatus, RequestKind, Priority, Outcome, Bears,
    WorkedOut,
)  # fmt: skip


def test_messages_are_found_in_templates_and_code() -> None:
    """So that the next test looks at something."""
    assert "Accept" in in_templates()
    assert {"Overview", "rumour"} <= in_code()


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_message_is_translated(language: str) -> None:
    """With the same places to fill in."""
    known = catalogue(language)
    assert sorted(m for m in messages() if not known.get(m)) == []
    for message in messages():
        asked = {name for _, name, _, _ in Formatter().parse(message) if name is not None}
        given = {name for _, name, _, _ in Formatter().parse(known[message]) if name is not None}
        assert asked == given, message


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_of_the_model_has_a_word_on_the_page(kind: type[Status]) -> None:
    """A new event type does not appear as a code."""
    for value in kind:
        assert words.label(value, translator("en"))


def test_equal_codes_of_two_kinds_have_their_own_words() -> None:
    """A role and a conflict are both called "actor" in the code."""
    english = translator("en")
    assert words.label(Role.ACTOR, english) != words.label(ConflictKind.ACTOR, english)


@pytest.mark.parametrize(
    ("edtf", "language", "said"),
    [
        ("2021-07-21", "en", "21 July 2021"),
        ("2021-07-21", "fr", "21 juillet 2021"),
        ("2021-07-21", "ar", "21 تموز/يوليو 2021"),
        ("2012-04", "en", "April 2012"),
        ("2012", "en", "2012"),
        ("2021-07~", "en", "about July 2021"),
        ("2010/2014", "en", "from 2010 to 2014"),
        ("../2021-09-01", "en", "until 1 September 2021"),
        ("2021-01/..", "fr", "à partir de\u00a0: janvier 2021"),
        ("2021-22", "en", "from June 2021 to August 2021"),
        ("[..2008]", "en", "not after 2008"),
        ("[..2008]", "ar", "في موعد أقصاه 2008"),
        ("199X", "en", "in one of the years from 1990 to 1999"),
        ("2021-XX-XX", "en", "2021"),
        ("XXXX-11-01", "en", "1 November, of which year is not told"),
        ("XXXX-11-01", "fr", "1 novembre, sans indication de l’année"),
        ("XXXX-11-01", "ar", "1 تشرين الثاني/نوفمبر، ولم تُذكر السنة"),
        ("XXXX-11", "en", "November, of which year is not told"),
        (None, "en", "not told"),
        ("/", "en", "not told"),
    ],
)
def test_times_read_as_people_write_them(edtf: str | None, language: str, said: str) -> None:
    """A month stays a month; an open end is said."""
    assert words.when(edtf, language, translator(language)) == said


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "One counts at least 31, the other roughly 19: killed."),
        ("fr", "L’un compte au moins 31, l’autre environ 19 : killed."),
        ("ar", "أحدهما يذكر العدد على الأقل 31 والآخر نحو 19: killed."),
    ],
)
def test_bounds_of_figures_are_words_in_reasons(language: str, told: str) -> None:
    """A sign beside a figure turns round where one reads from right to left."""
    why = Reason("One counts {0}, the other {1}: {2}.", ("≥ 31", "≈ 19", "killed"))
    said = words.sentence(why, translator(language))
    assert said.replace("\u2068", "").replace("\u2069", "").replace("\xa0", " ") == told


@pytest.mark.parametrize(
    ("language", "written", "bound", "counted", "told"),
    [
        ("ar", "نحو ٤٠ شخصا", "about", "شخصا", "نحو 40 شخصا"),
        ("ar", "at least 31 people", "at least", "people", "على الأقل 31 people"),
        ("fr", "une quarantaine de blessés", "about", "blessés", "environ 40 blessés"),
        ("en", "31 شخصا على الأقل", "at least", "شخصا", "at least 31 شخصا"),
        ("en", "nearly 2 km", "about", None, "nearly 2 km"),
        ("en", "40 people", None, "people", "40 people"),
    ],
)
def test_a_figure_says_its_bound_once(
    language: str, written: str, bound: str | None, counted: str | None, told: str
) -> None:
    """In the reader's words, not in those of the text as well."""
    value = 31.0 if "31" in written else 2.0 if "2 km" in written else 40.0
    figure = Quantity(Span(0, len(written)), value, "person" if counted else "km", counted, bound)
    said = words.figure(figure, written, translator(language))
    assert said.replace("\u2068", "").replace("\u2069", "").replace("\xa0", " ") == told


def test_what_is_no_edtf_stays_as_it_is() -> None:
    """A value of a later version is shown, not guessed at."""
    assert "soon" in words.when("soon", "en", translator("en"))


def test_names_do_not_disturb_the_sentence_around_them() -> None:
    """They stand between Unicode isolates."""
    reason = Reason("{0} cites {1}", ("وكالة أنباء", "Le Courrier"))
    said = words.sentence(reason, translator("en"))
    assert said == "\u2068وكالة أنباء\u2069 cites \u2068Le Courrier\u2069"


def test_each_arabic_month_has_both_names_of_the_press() -> None:
    """Levantine first, the Egyptian after it; none twice."""
    names = [month_in_words(date(2021, n, 1), "ar") for n in range(1, 13)]
    assert len(set(names)) == 12
    assert names[0] == "كانون الثاني/يناير"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "One dates it on 7 June 2021, the other in June 2021."),
        ("fr", "L’un le situe le 7 juin 2021, l’autre en juin 2021."),
        ("ar", "أحدهما يجعل تاريخه في 7 حزيران/يونيو 2021، والآخر في حزيران/يونيو 2021."),
    ],
)
def test_a_reason_says_its_dates_in_words(language: str, told: str) -> None:
    """And a figure, or a name, as it stands."""
    speech = rows.Speech(language, translator(language))
    dates = Reason("One dates it {0}, the other {1}.", ("2021-06-07", "2021-06"))
    places = Reason("One sets it in {0}, the other in {1}.", ("2021", "Widril"))
    assert speech.says(dates) == told
    assert "2021" in speech.says(places)
