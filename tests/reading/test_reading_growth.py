"""Time and memory per character stay bounded, whatever the text; and no text breaks the reader.

Each input is read at two sizes, one eight times the other; a part that costs the square
of its length would take eight times as long per character, and three times is too much.
"""

import gc
import os
import random
import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.model.document import Aside, Extraction, Extractor
from tawatur.model.reading import verify_reading
from tawatur.model.span import Span
from tawatur.reading import read

SMALL, GROWTH, MOST = 2_500, 8, 3.0
REPEATS = 3
# The whole suite cannot wait for five million characters; set it to 5000000 to measure them.
LONGEST_LINE = int(os.environ.get("TAWATUR_GROWTH_CHARACTERS", "80000"))
BYTES_PER_CHARACTER = 500
"""Twice what a line of dense Arabic needs; a token, a piece and a word are a few objects each."""

AR_LINE = (
    "قال مصدر أمني إن خمسة جنود قتلوا في هجوم قرب غاو في 12 مارس 2021، وأضاف أن القوات انسحبت. "
)
EN_LINE = (
    "A security source said on 12 March 2021 that five soldiers were killed near Gao, and "
    "added that the forces of the Ministry of Defence had left. "
)
FR_LINE = (
    "Selon une source de sécurité, cinq soldats ont été tués le 12 mars 2021 près de Gao ; "
    "« l'armée s'est retirée », a-t-il ajouté. "
)

# Language and what is repeated; {a} and {b} are other words, {i} another number each time.
INPUTS: dict[str, tuple[str, str]] = {
    "one line of Arabic": ("ar", AR_LINE),
    "one line of English": ("en", EN_LINE),
    "one line of French": ("fr", FR_LINE),
    "numbers alone": ("ar", "12345 67 8.9 1,000,000 "),
    "digits without end": ("en", "1234567890"),
    "digits with separators": ("en", "1,234"),
    "digits with points": ("fr", "1.2"),
    "groups of three digits": ("fr", "000 "),
    "dates alone": ("ar", "12 مارس 2021 "),
    "dates of numbers": ("en", "12/03/2021 2021-03-12 "),
    "years joined": ("en", "2010-"),
    "one month again and again": ("en", "March "),
    "month beside month": ("ar", "مارس/"),
    "months and years": ("en", "March 2021 "),
    "weekdays": ("ar", "الاثنين "),
    "about about": ("en", "more than about "),
    "at least at least": ("ar", "أكثر من نحو "),
    "begin of the end of": ("en", "beginning of the end of "),
    "names alone": ("ar", "محمد بن علي الأمين "),
    "one name of people each": ("en", "Mr. {a} {b} said that he agreed. "),
    "one Arabic name each": ("ar", "قال الرئيس {a} {b} إنه وافق. "),
    "one given name, many families": ("en", "Mr. Mohamed {a}, "),
    "one body each": ("en", "Ministry of {a} of Mali, "),
    "one place each": ("en", "near {a}. "),
    "one Arabic place each": ("ar", "قرب {a}. "),
    "capital words": ("en", "Abc Def "),
    "capital letters": ("fr", "ABC "),
    "acronym in parentheses": ("en", "Ministry of Defence (MOD) "),
    "quotation marks alone": ("en", '"'),
    "opening marks alone": ("fr", "«"),
    "closing marks alone": ("ar", "”"),
    "quotations never closed": ("ar", "قال الوزير: “{a} "),
    "English quotations never closed": ("en", 'He said: "{a} '),
    "quotation in quotation": ("fr", "« il a dit “"),
    "parentheses nested": ("en", "(a "),
    "brackets alone": ("ar", "(["),
    "one sentence joined by و": ("ar", "وقال الرجل {a} وذهب "),
    "one sentence joined by and": ("en", "and he said "),
    "said said": ("en", "said "),
    "that that": ("ar", "أن "),
    "according to each": ("en", "according to {a}, "),
    "quoted from": ("ar", "نقلا عن {a} "),
    "relative clauses": ("ar", "التي {a} "),
    "speakers with a colon": ("en", "SMITH: I agree with {a}.\n"),
    "headings": ("en", "Attack in Mali on 3 May\n\nSome {a} text was said.\n\n"),
    "not known, then supposed": ("en", "It is not known who did it. He may {a} leave. "),
    "tolls": ("en", "{i} killed, reached {i}, "),
    "mixed scripts": ("ar", "قال said a déclaré Москва 北京 "),
    "direction marks": ("ar", "\u200f\u202bقال\u202c "),
    "direction marks alone": ("en", "\u200f\u202e"),
    "zero-width characters": ("en", "a\u200b"),
    "spaces alone": ("ar", " "),
    "spaces and tabs, then a word": ("en", " \t" * 40 + "a"),
    "non-breaking spaces": ("fr", "\u00a0"),
    "empty lines": ("ar", " \n"),
    "Windows line ends": ("en", "a\r\n"),
    "a a a a": ("en", "a "),
    "one letter": ("ar", "ا"),
    "one capital": ("en", "A"),
    "vowel marks alone": ("ar", "\u064b"),
    "tatweel alone": ("ar", "ـ"),
    "accents alone": ("fr", "e\u0301"),
    "points": ("en", "."),
    "points in a word": ("en", "a."),
    "commas": ("ar", "، "),
    "hyphens in a word": ("en", "a-"),
    "apostrophes in a word": ("fr", "l'"),
    "apostrophes alone": ("fr", "'"),
    "underlines": ("en", "_"),
    "addresses": ("en", "http://a.b/"),
    "Roman centuries": ("fr", "XIXe "),
    "numbers in words": ("en", "five hundred and "),
    "other words each": ("ar", "{a} {b} "),
    "other capital words each": ("en", "{a} {b} "),
    "another language": ("und", "Ibrahim Boubacar Keita dijo el 12/03/2021 en Malí. "),
    "dates in another language": ("und", "12.03.2021-"),
}


def taken(text: str, language: str, *asides: Aside) -> Extraction:
    """Return an extraction made by hand."""
    return Extraction(text, "text/plain", "utf-8", Extractor("test", "0"), language, asides=asides)


def grown(language: str, unit: str, size: int) -> str:
    """Return ``size`` characters of the unit, with other words each time where it has places."""
    if "{" not in unit:
        return (unit * (size // len(unit) + 1))[:size]
    chance = random.Random(1)
    letters = "بتثجحخدرزسشصطعغفقكلمنهوي" if language == "ar" else "abcdefghijklmnoprstuvz"
    parts: list[str] = []
    length = 0
    while length < size:
        a, b = ("".join(chance.choices(letters, k=chance.randint(4, 8))) for _ in "ab")
        parts.append(unit.format(a=a.capitalize(), b=b.capitalize(), i=len(parts)))
        length += len(parts[-1])
    return "".join(parts)[:size]


def seconds(text: str, language: str, repeats: int) -> float:
    """Return the least time of this process for one reading."""
    best = float("inf")
    for _ in range(repeats):
        gc.collect()
        begun = time.process_time()
        read(taken(text, language))
        best = min(best, time.process_time() - begun)
    return best


@pytest.mark.parametrize("name", INPUTS)
def test_time_per_character_does_not_grow_with_the_text(name: str) -> None:
    """Time per character does not grow with the text."""
    language, unit = INPUTS[name]
    small, large = (grown(language, unit, size) for size in (SMALL, SMALL * GROWTH))
    seconds(small, language, 1)  # tables and caches are loaded
    slope = float("inf")
    for _ in range(REPEATS):  # a busy machine may slow one measurement, not three
        one, many = seconds(small, language, 1), seconds(large, language, 1)
        slope = min(slope, (many / len(large)) / max(one / len(small), 1e-7))
        if slope <= MOST:
            break
    assert slope <= MOST


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_long_single_line_costs_per_character_what_a_short_one_does(language: str) -> None:
    """A long single line costs per character what a short one does, in time and memory."""
    line = AR_LINE if language == "ar" else EN_LINE
    short, long = grown(language, line, 20_000), grown(language, line, LONGEST_LINE)
    seconds(short, language, 1)
    one, many = seconds(short, language, 2), seconds(long, language, 1)
    assert many / len(long) <= MOST * one / len(short)


@pytest.mark.parametrize("name", ["one line of Arabic", "one name of people each", "(((("])
def test_memory_grows_with_the_text_and_no_faster(name: str) -> None:
    """Memory grows with the text and no faster."""
    language, unit = INPUTS.get(name, ("en", "("))
    peaks = []
    for size in (2_000, 16_000):
        text = grown(language, unit, size)
        read(taken(text[:1000], language))
        gc.collect()
        tracemalloc.start()
        read(taken(text, language))
        peaks.append(tracemalloc.get_traced_memory()[1] / size)
        tracemalloc.stop()
    assert peaks[1] <= 2 * peaks[0]
    assert peaks[1] <= BYTES_PER_CHARACTER


def test_a_word_of_200_000_letters_is_one_word() -> None:
    """A word of 200,000 letters is read like any other, and names nothing by likeness."""
    for word, language in (("ا" * 200_000, "ar"), ("Ab" * 100_000, "en"), ("é" * 200_000, "fr")):
        text = f"{word} {word}. Mr. {word} said that he agreed. Mr. {word}b agreed."
        verify_reading(read(taken(text, language)), text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("1" * 5000, "en"),
        ("1" * 400 + " killed", "en"),
        ("٩" * 400 + " قتيلا", "ar"),
        ("1," + "234," * 300 + "567 euros", "fr"),
        ("1" * 400 + "th of March 2021", "en"),
        ("in 9" + "9" * 30 + " days", "en"),
    ],
    ids=["digits alone", "counted", "Arabic-Indic", "groups", "ordinal", "days"],
)
def test_a_figure_too_long_to_count_is_no_figure(text: str, language: str) -> None:
    """A figure too long to count is no figure: no error, and no value without end."""
    found = read(taken(text, language))
    verify_reading(found, text)
    assert all(q.value is None or q.value < 1e30 for q in found.quantities)


def test_many_asides_cost_no_more_than_their_number() -> None:
    """A page cut into thousands of stretches is read in the time of its text."""
    language, size = "en", len(EN_LINE)
    slopes = []
    for lines in (20, 160):
        text = EN_LINE * lines
        asides = [Aside(Span(i * size, i * size + 3), "menu") for i in range(lines)]
        seconds(text, language, 1)
        gc.collect()
        begun = time.process_time()
        found = read(taken(text, language, *asides))
        slopes.append((time.process_time() - begun) / len(text))
        verify_reading(found, text)
    assert slopes[1] <= MOST * slopes[0]


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
MARKED = st.lists(
    st.sampled_from(
        (
            *("\u200f", "\u202e", "\u2067", "\u00ad", "\u0654", "\u064b", "ـ", "\ufeff", "\r\n"),
            *("“", "”", "«", "»", '"', "'", "’", "(", ")", "،", ".", "؟", "-", "\u2011", "٫", "``"),
            *("قال", "وأكد", "أن", "الوزير", "محمد", "2021", "١٢", "مارس", "5,000", "قتيل", "ة"),
            *("said", "that", "Mr", "l'", "qu'", "selon", "déclaré", "March", "km2", "XIXe"),
        )
    ),
    max_size=60,
)


@settings(max_examples=250, deadline=None, derandomize=True)
@given(ANY_TEXT, st.sampled_from(["ar", "fr", "en", "und"]))
def test_any_text_is_read_without_error_and_twice_alike(text: str, language: str) -> None:
    """Any text is read without error, from what stands in it, and twice alike."""
    found = read(taken(text, language))
    verify_reading(found, text)
    assert read(taken(text, language)) == found


@settings(max_examples=250, deadline=None, derandomize=True)
@given(MARKED, st.sampled_from(["", " "]), st.sampled_from(["ar", "fr", "en", "und"]))
def test_marks_of_all_kinds_between_words_break_nothing(
    parts: list[str], between: str, language: str
) -> None:
    """Marks of all kinds between words, glued or not, break nothing."""
    text = between.join(parts)
    found = read(taken(text, language))
    verify_reading(found, text)
    assert read(taken(text, language)) == found
