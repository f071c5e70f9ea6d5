"""Picture → cited brief: every sentence names who said it, through whom, and where.

Pure functions over frozen values: `compose` makes the brief, `html`, `markdown`, `pdf` and
`docx` write it out, `Rendering` marks what they wrote, `chain_in_words` says one chain.
No clock, no disk but the room's own tables and fonts.
"""

from tawatur.briefs.brief import (
    Brief,
    Contradiction,
    Entry,
    Footnote,
    Gap,
    Passage,
    Place,
    Section,
    Sentence,
    SourceDocument,
)
from tawatur.briefs.chains import chain_in_words, source_in_words
from tawatur.briefs.compose import compose
from tawatur.briefs.marks import Rendering
from tawatur.briefs.minutes import minutes
from tawatur.briefs.page import documents_page, html
from tawatur.briefs.plain import markdown
from tawatur.briefs.printed import pdf
from tawatur.briefs.word import docx
from tawatur.briefs.words import moment_in_words, reason_in_words, roots_in_words

__all__ = [
    "Brief",
    "Contradiction",
    "Entry",
    "Footnote",
    "Gap",
    "Passage",
    "Place",
    "Rendering",
    "Section",
    "Sentence",
    "SourceDocument",
    "chain_in_words",
    "compose",
    "documents_page",
    "docx",
    "html",
    "markdown",
    "minutes",
    "moment_in_words",
    "pdf",
    "reason_in_words",
    "roots_in_words",
    "source_in_words",
]
