"""Document → Reading: names, moments, quantities, claims with their chains.

`read` asks the built-in reader. Tables of words are data files, one line per
entry, under ``tables/LANGUAGE``; grammar is code.
"""

from typing import Protocol

from tawatur.model.document import Extraction
from tawatur.model.reading import Reading
from tawatur.reading.format import reading_format
from tawatur.reading.other_languages import LIMIT, limit
from tawatur.reading.rules import READER, read

__all__ = ["LIMIT", "READER", "Reader", "limit", "read", "reading_format"]


class Reader(Protocol):
    """Any way of reading: pure, same input, same output, nothing that the text does not hold."""

    def __call__(self, extraction: Extraction) -> Reading:
        """Return what this reader proposes about one extraction."""
        ...  # a protocol has no body
