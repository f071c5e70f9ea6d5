"""How tests of the reader read a text that is all content."""

import csv
from pathlib import Path

import pytest

from tawatur.model.document import CableHeader, Extraction, Extractor, NumberedParagraph
from tawatur.model.reading import Proposal, Reading
from tawatur.reading import read


def reading_of(text: str, language: str = "ar", *, cable: bool = False) -> Reading:
    """Return the reading of a text that is all content, as a cable if asked."""
    header = CableHeader(number="1") if cable else None
    paragraphs = (NumberedParagraph(1, 0),) if cable else ()
    return read(
        Extraction(
            text,
            "text/plain",
            "utf-8",
            Extractor("test", "0"),
            language,
            header=header,
            paragraphs=paragraphs,
        )
    )


def claim_with(text: str, words: str, language: str = "ar", *, cable: bool = False) -> Proposal:
    """Return the first claim whose span holds ``words``."""
    found = [c for c in reading_of(text, language, cable=cable).claims if words in c.span.of(text)]
    assert found, f"no claim holds {words!r}"
    return found[0]


def cases(table: str, *columns: str) -> list[object]:
    """Return the rows of a table beside the tests; what a row shows is its id."""
    lines = (Path(__file__).parent / table).read_text("utf-8").splitlines()
    rows = csv.DictReader(
        (line for line in lines if line[:1] != "#"), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    return [pytest.param(*(row[c] for c in columns), id=row["shows"] or None) for row in rows]
