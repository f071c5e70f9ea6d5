"""The brief's own words: nothing untranslated, times and counts in words of three languages."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

import tawatur
from tawatur.briefs import moment_in_words, reason_in_words, roots_in_words
from tawatur.i18n import translator
from tawatur.model.picture import Reason, RootInterval

SRC = Path(tawatur.__file__).parent
PLACES = re.compile(r"\{\d\}")


def _spoken(folder: Path, callers: set[str]) -> set[str]:
    """Return every message that a room passes to one of ``callers``, or its templates to say."""
    found = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            name = node.func.id if isinstance(node.func, ast.Name) else name
            first = node.args[0]
            if name in callers and isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(first.value)
    for path in folder.glob("templates/*.html"):
        found |= set(re.findall(r'say\("((?:[^"\\]|\\.)*)"', path.read_text("utf-8")))
    return found


def _written(folder: Path) -> set[str]:
    """Return every string in a room's code, and every cell of its tables."""
    found = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    for path in folder.rglob("*.tsv"):
        found |= set(re.split(r"[\t\n]", path.read_text("utf-8")))
    return found


def _catalogue(language: str, room: str) -> dict[str, str]:
    with (SRC / "locale" / language / f"{room}.po").open("rb") as stream:
        return {str(m.id): str(m.string) for m in read_po(stream) if m.id and not m.fuzzy}


ROOMS = [
    ("briefs", {"say", "_say", "marked", "gap"}),
    ("weighing", {"Reason"}),
]


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize(("room", "callers"), ROOMS, ids=lambda v: v if isinstance(v, str) else "")
def test_nothing_is_untranslated_and_nothing_is_left_over(
    room: str, callers: set[str], language: str
) -> None:
    """Catalogue and code hold the same messages, each with words and with the same places."""
    spoken, known = _spoken(SRC / room, callers), _catalogue(language, room)
    assert len(spoken) > 5
    assert sorted(spoken - known.keys()) == []
    held = _written(SRC / room)  # a sentence may have a name, or stand in a table
    assert sorted(known.keys() - spoken - held) == []
    for message, words in known.items():
        assert words.strip(), message
        assert translator(language)(message) == words, "another room has other words for it"
        assert sorted(PLACES.findall(message)) == sorted(PLACES.findall(words)), message


@pytest.mark.parametrize(
    ("edtf", "en", "fr", "ar"),
    [
        ("2021-06-08", "on 8 June 2021", "le 8 juin 2021", "في 8 حزيران/يونيو 2021"),
        ("2012-04", "in April 2012", "en avril 2012", "في نيسان/أبريل 2012"),
        ("2012", "in the year 2012", "en 2012", "في عام 2012"),
        ("2010/2014", "between 2010 and 2014", "entre 2010 et 2014", "بين 2010 و2014"),
        ("2021-01-01/..", "not before 1 January 2021", "au plus tôt le 1er janvier 2021",
         "ليس قبل 1 كانون الثاني/يناير 2021"),
        ("../2021-01", "not after January 2021", "au plus tard janvier 2021",
         "في موعد أقصاه كانون الثاني/يناير 2021"),
        ("2012~", "around 2012", "vers 2012", "نحو 2012"),
        ("2012-21", "spring 2012", "printemps 2012", "ربيع 2012"),
        ("2021-06-08T09:40", "on 8 June 2021 09:40", "le 8 juin 2021 09:40",
         "في 8 حزيران/يونيو 2021 09:40"),
        ("199X", "in one of the years from 1990 to 1999", "dans l’une des années 1990 à 1999",
         "في إحدى السنوات من 1990 إلى 1999"),
        ("[..2008]", "not after 2008", "au plus tard 2008", "في موعد أقصاه 2008"),
        ("2008-XX", "in the year 2008", "en 2008", "في عام 2008"),
        ("XXXX-11", "\u2068XXXX-11\u2069", "\u2068XXXX-11\u2069", "\u2068XXXX-11\u2069"),
        ("yesterday", "\u2068yesterday\u2069", "\u2068yesterday\u2069", "\u2068yesterday\u2069"),
        ("../..", "\u2068../..\u2069", "\u2068../..\u2069", "\u2068../..\u2069"),
    ],
)  # fmt: skip
def test_times_read_as_a_sentence_says_them(edtf: str, en: str, fr: str, ar: str) -> None:
    """Days, months, years, intervals, doubt; Western digits in Arabic."""
    assert moment_in_words(edtf, "en") == en
    assert moment_in_words(edtf, "fr") == fr
    assert moment_in_words(edtf, "ar") == ar


@given(
    st.from_regex(
        r"\A[0-9]{4}(-(0[1-9]|1[0-2]|2[1-4])(-[0-3][0-9])?)?[~?%]?(/(\.\.|[0-9]{4})?)?\Z"
    ),
    st.sampled_from(["ar", "fr", "en"]),
)
def test_no_time_is_refused_and_no_digit_is_eastern(edtf: str, language: str) -> None:
    """Whatever stands for a time gets words."""
    words = moment_in_words(edtf, language)
    assert words
    assert not re.search("[\u0660-\u0669\u06f0-\u06f9]", words)


def test_reasons_are_translated_with_the_times_in_them() -> None:
    """The template is translated, dates in it are put in words, names are isolated."""
    reason = Reason("One dates it {0}, the other {1}.", ("2012-04", "2013-01-05"))
    assert (
        reason_in_words(reason, "fr") == "L’un le situe en avril 2012, l’autre le 5 janvier 2013."
    )
    same = Reason("{0} may be the same source as {1}.", ("ا", "ب"))
    assert reason_in_words(same, "ar") == "قد يكون \u2068ا\u2069 و\u2068ب\u2069 مصدرا واحدا."


def test_roots_are_an_interval_in_words() -> None:
    """At least and at most, one number where they are equal."""
    assert roots_in_words(RootInterval(1, 3, (), ()), "en").endswith("at least 1, at most 3")
    assert roots_in_words(RootInterval(2, 2, (), ()), "ar").endswith(": 2")
