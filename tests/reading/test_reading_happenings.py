"""What a statement claims: polarity, modality, type, when."""

import pytest
from tests.reading.support_reading import cases, reading_of

from tawatur.model.reading import Proposal
from tawatur.reading.happenings import tells_past
from tawatur.reading.text import tokens


def only_claim(text: str, language: str) -> Proposal:
    """Return the first claim of a text that is all content."""
    return reading_of(text, language).claims[0]


@pytest.mark.parametrize(
    ("field", "language", "text", "value"),
    cases("statements.tsv", "field", "language", "text", "value"),
)
def test_a_statement_is_described_as_its_words_tell(
    field: str, language: str, text: str, value: str
) -> None:
    """Its own predicate gives the type, what negates it denies it, words of mood weigh."""
    assert getattr(only_claim(text, language), field) == value


def test_when_is_the_time_that_stands_in_the_statement() -> None:
    """When is the time that stands in the statement."""
    assert only_claim("هاجمت الجماعة القرية في عام 2012.", "ar").when == "2012"
    assert only_claim("هاجمت الجماعة القرية مرتين.", "ar").when is None


@pytest.mark.parametrize(
    ("language", "text", "when"),
    [
        pytest.param("en", "The staff were not paid the sum promised in 2019.", None, id="thing"),
        pytest.param("fr", "Le maire réclame les fonds annoncés en 2019.", None, id="thing-fr"),
        pytest.param("en", "The dam burst in 2019 and 2020.", "2019/2020", id="together"),
        pytest.param("ar", "هاجمت الجماعة القرية في 2019 و2020.", "2019/2020", id="together-ar"),
        pytest.param(
            "fr",
            "Les travaux, interrompus depuis mai 2019, reprendront en juin 2023.",
            "2023-06",
            id="aside",
        ),
        pytest.param(
            "fr", "La rencontre, prévue en juin 2023, est incertaine.", "2023-06", id="aside-alone"
        ),
    ],
)
def test_a_statement_takes_no_date_that_only_says_which_thing(
    language: str, text: str, when: str | None
) -> None:
    """A participle behind a noun dates the thing; between commas it gives way to a later date."""
    assert only_claim(text, language).when == when


@pytest.mark.parametrize(
    ("text", "past"),
    [("ليس الطريق مفتوحا", False), ("ما زال الطريق مغلقا", False), ("عاد الهدوء", True)],
)
def test_what_is_not_or_is_still_is_no_past(text: str, past: bool) -> None:
    """Arabic says both with the form of a past."""
    cut = tokens(text, "ar")
    assert tells_past(cut, (0, len(cut)), "ar") is past


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("يكون المهاجمون قد خطفوا السائق", True),
        ("تكون الجماعة هي التي نفذته", True),
        ("يكون الطريق مفتوحا", False),
    ],
)
def test_what_will_have_been_is_a_past(text: str, past: bool) -> None:
    """Behind a form of "to be", قد or a relative with a past makes a perfect."""
    cut = tokens(text, "ar")
    assert tells_past(cut, (0, len(cut)), "ar") is past
