"""Functions of people: the words right before or after a name, in three languages."""

import pytest

from tawatur.model.span import Span
from tawatur.reading.functions import functions


def found(text: str, language: str, name: str, *others: str) -> list[str]:
    """Return what a text says that the bearer of a name is."""
    places = [Span(text.index(each), text.index(each) + len(each)) for each in (name, *others)]
    return [span.of(text) for span in functions(text, language, places[0], places)]


@pytest.mark.parametrize(
    ("text", "language", "name", "function"),
    [
        ("The minister of defence Ali Koné spoke", "en", "Ali Koné", "minister of defence"),
        ("Ali Koné, the mayor of Tarsane, spoke", "en", "Ali Koné", "the mayor of Tarsane"),
        ("selon le ministre de la Santé Ali Koné", "fr", "Ali Koné", "ministre de la Santé"),
        ("Ali Koné, maire de Tarsane, a dit", "fr", "Ali Koné", "maire de Tarsane"),
        ("قال وزير الدفاع علي كونيه ذلك", "ar", "علي كونيه", "وزير الدفاع"),
        ("مساعدة نائب وزير الدفاع فيكي كونيه", "ar", "فيكي كونيه", "مساعدة نائب وزير الدفاع"),
        ("التقى بالرئيس علي كونيه", "ar", "علي كونيه", "الرئيس"),
    ],
)
def test_a_function_stands_beside_the_name(
    text: str, language: str, name: str, function: str
) -> None:
    """The very words, without a particle that is written into the first of them."""
    assert [words.removeprefix("ال") for words in found(text, language, name)] == [
        function.removeprefix("ال")
    ]


@pytest.mark.parametrize(
    ("text", "language", "name", "others"),
    [
        pytest.param("Mr Ali Koné spoke", "en", "Ali Koné", (), id="a form of address"),
        pytest.param("The minister said that Ali Koné left", "en", "Ali Koné", (), id="of another"),
        pytest.param("The minister left. Ali Koné spoke", "en", "Ali Koné", (), id="a sentence on"),
        pytest.param(
            "وزير الدفاع عمر با وعلي كونيه", "ar", "علي كونيه", ("عمر با",), id="whose it is"
        ),
        pytest.param(
            "حضر علي كونيه، ومدير المكتب عمر با",
            "ar",
            "علي كونيه",
            ("عمر با",),
            id="in a list",
        ),
        pytest.param("Ali Koné, who left early, spoke", "en", "Ali Koné", (), id="no title"),
    ],
)
def test_what_is_not_said_of_the_name_is_no_function(
    text: str, language: str, name: str, others: tuple[str, ...]
) -> None:
    """A wrong function is worse than none."""
    assert found(text, language, name, *others) == []
