"""Which paragraphs of a document are in which language?

A document in two languages is taken as one text: each paragraph of content is asked
for its own language, and neighbours in one language are one passage. A line of few
words (a name, a date) tells too little and goes with the paragraph before it; so does
a sentence that could be of several languages, if that one's letters are its own. Worked
out when it is asked for, stored nowhere.
"""

import re
from dataclasses import dataclass, replace

from tawatur.intake.blocks import Block, blocks
from tawatur.intake.language import language_of
from tawatur.model.document import Extraction
from tawatur.model.span import Span

_FEW = 4  # words: up to so many are a name or a label, in whatever language the text is
_SHORT = 25  # words: one sentence may hold no word that tells French from its neighbours
_ARABIC = re.compile("[\u0621-\u06d3]")


@dataclass(frozen=True, slots=True)
class Passage:
    """Paragraphs one after another in one language; they are counted from 1, asides apart."""

    language: str  # ar, fr, en or und
    span: Span
    first: int
    last: int


def passages(extraction: Extraction) -> tuple[Passage, ...]:
    """Return the passages of the content in order; a text of one language is one passage."""
    found: list[Passage] = []
    content = [
        block
        for block in blocks(extraction.text)
        if not any(aside.span.overlap(block.span) for aside in extraction.asides)
    ]
    told = [_language(block) for block in content]
    before = next((language for language in told if language), extraction.language)
    for number, (block, own) in enumerate(zip(content, told, strict=True), 1):
        joins = block.words <= _FEW or _in_script_of(before, block.text)
        language = own or (before if joins else "und")
        if found and language == before:
            span = Span(found[-1].span.start, block.span.end)
            found[-1] = replace(found[-1], span=span, last=number)
        else:
            found.append(Passage(language, block.span, number, number))
        before = language
    return tuple(found)


def _language(block: Block) -> str | None:
    """Return the language of a paragraph, None where it has too few words to tell."""
    if block.words <= _FEW:
        return None
    language = language_of(block.text)
    return None if language == "und" and block.words <= _SHORT else language


def _in_script_of(language: str, text: str) -> bool:
    """Whether ``text`` could be in ``language`` by its letters; a line without any always can."""
    letters = [letter for letter in text if letter.isalpha()]
    arabic = sum(_ARABIC.match(letter) is not None for letter in letters)
    return language == "und" or not letters or (arabic * 2 > len(letters)) is (language == "ar")
