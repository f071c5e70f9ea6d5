"""The reader never proposes what the text does not hold, whatever the text."""

import hashlib
import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tawatur.intake import extract
from tawatur.model.document import Aside, Extraction, Extractor
from tawatur.model.reading import AUTHOR, verify_reading
from tawatur.model.span import Span
from tawatur.reading import READER, read

WORDS = [
    "قال",
    "وأضاف",
    "أن",
    "إن",
    "بأن",
    "الوزير",
    "مصدر",
    "أمني",
    "نقلت",
    "عن",
    "قوله",
    "بحسب",
    "لم",
    "نفى",
    "التي",
    "حيث",
    "وهاجمت",
    "في",
    "مالي",
    "“",
    "”",
    '"',
    "«",
    "»",
    "(",
    ")",
    "،",
    ".",
    "؟",
    ":",
    "–",
    "2012",
    "5100",
    "said",
    "that",
    "the",
    "minister,",
    "according",
    "to",
    "“",
    "”",
    "who",
    "not",
    "a",
    "déclaré",
    "que",
    "selon",
    "l'",
    "«",
    "»",
    "il",
    "n'a",
    "pas",
    "\n",
]


def extraction(text: str, language: str = "ar", *asides: Span) -> Extraction:
    """Return an extraction made by hand."""
    return Extraction(
        text,
        "text/plain",
        "utf-8",
        Extractor("test", "0"),
        language,
        asides=tuple(Aside(span, "menu") for span in asides),
    )


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join), st.sampled_from(["ar", "fr", "en"])
)
def test_any_mixture_of_words_quotes_and_cues_gives_a_reading_that_stands_in_the_text(
    text: str, language: str
) -> None:
    """Any mixture of words quotes and cues gives a reading that stands in the text."""
    found = read(extraction(text, language))
    verify_reading(found, text)
    assert all(claim.chain[0] == AUTHOR for claim in found.claims)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["ar", "fr", "en", "und"]))
def test_any_characters_give_a_reading_that_stands_in_the_text(text: str, language: str) -> None:
    """Any characters give a reading that stands in the text."""
    verify_reading(read(extraction(text, language)), text)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join))
@example("قال " * 14 + "بحسب")  # names nobody: the text ends
def test_reading_twice_gives_the_same(text: str) -> None:
    """Reading twice gives the same."""
    assert read(extraction(text)) == read(extraction(text))


def test_a_language_without_tables_gives_no_claims_and_no_error() -> None:
    """A language without tables gives no claims and no error."""
    found = read(extraction("Сказал, что всё спокойно.", "und"))
    assert (found.reader, found.claims) == (READER, ())


def test_no_claim_stands_in_what_is_no_content() -> None:
    """No claim stands in what is no content."""
    text = "قال الوزير إن الطريق آمن تماما. أضف تعليقا قال الوزير إن الموقع مغلق اليوم."
    aside = Span(text.index("أضف"), len(text))
    found = read(extraction(text, "ar", aside))
    assert found.claims
    assert not any(claim.span.overlap(aside) for claim in found.claims)


def test_claims_stand_in_text_order_and_never_share_a_character() -> None:
    """Claims stand in text order and never share a character."""
    text = (
        "أكد مصدر أمني أن القوات غادرت المدينة، وأن الطريق مفتوح، فيما هاجم مسلحون قرية مجاورة. "
        "وأضاف أن الوضع هادئ."
    )
    spans = [claim.span for claim in read(extraction(text)).claims]
    assert len(spans) >= 4
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.skipif(
    "TAWATUR_EVAL_DATA" not in os.environ, reason="TAWATUR_EVAL_DATA names no folder of documents"
)
def test_every_real_document_gives_a_reading_that_stands_in_it() -> None:
    """Every real document gives a reading that stands in it."""
    from tawatur.intake import extract

    for path in sorted((Path(os.environ["TAWATUR_EVAL_DATA"]) / "documents").glob("*.txt")):
        taken = extract(path.name, path.read_bytes())
        found = read(taken)
        verify_reading(found, taken.text)
        assert found.claims, hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    "unit",
    ["قال إن ", "قال الوزير: “", "قال الوزير إن المصدر أكد أن ", '"yes", said the minister, '],
)
def test_a_sentence_without_end_is_read_in_pieces_and_chains_stay_short(unit: str) -> None:
    """A sentence without end is read in pieces, in time that grows with its length alone."""
    language = "en" if unit.isascii() else "ar"
    text = unit * 1500
    found = read(extraction(text, language))
    verify_reading(found, text)
    assert all(len(claim.chain) <= 9 for claim in found.claims)


def test_a_place_and_a_date_that_open_a_report_state_nothing() -> None:
    """A dateline is no claim, and what follows counts from its day."""
    body = "Des hommes armés ont attaqué mardi un convoi près de la ville, selon le préfet."
    text = f"Niamey, 14 mars 2022. {body}\n\nLe préfet a promis des renforts aux habitants.\n"
    found = read(extract("depeche.txt", text.encode()))
    assert found.published.value == "2022-03-14"
    assert not any("14 mars" in claim.span.of(text) for claim in found.claims)
    assert found.claims[0].when == "2022-03-08"
