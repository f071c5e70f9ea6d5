"""A headline of a few words has a language as well, and a neighbour's is none of ours."""

import pytest

from tawatur.intake.language import language_of


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Le convoi a quitté Gao dimanche matin.", "fr"),
        ("Aucun blessé.", "fr"),
        ("Négociations : Lomé dément, Cotonou maintient", "fr"),
        ("Bilan : 12 morts, 9 blessés", "fr"),
        ("Army denies abuses", "en"),
        ("Talks collapse", "en"),
        ("مقتل سبعة عشر شخصا في كمين", "ar"),
        ("Le gouverneur a nié.", "fr"),
        ("La route nationale a rouvert.", "fr"),
        ("Trois otages libérés.", "fr"),
        ("Il a fui.", "fr"),
        ("A bomb killed two.", "en"),
        ("No one was hurt.", "en"),
        ("Rebels seize town", "en"),
        ("نفى الوزير.", "ar"),
        ("El alcalde ha muerto", "und"),
        ("No me digas", "und"),
        ("A polícia nega", "und"),
        ("Presiden pergi", "und"),
        ("Asdf qwer zxcv", "und"),
        ("Der Minister sagte am Montag", "und"),
        ("Governo nega acordo", "und"),
    ],
)
def test_a_few_words_tell_their_language(line: str, language: str) -> None:
    """Days, ranks and the words of news tell what function words leave open."""
    assert language_of(line) == language
