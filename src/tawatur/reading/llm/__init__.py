"""A reader that asks a language model: what is asked, and what of an answer may be believed.

    Extraction → windows → questions …(asked elsewhere)… answers → grounding → Reading

Pure, like the rest of the room: no address, no clock, no disk. The model chooses: which
words of the text are a claim, who is its source, which of the labels fits. It writes
nothing: whatever it names must stand in the text, character for character, and what a
time or a figure amounts to is worked out by the rules from the words chosen.
"""

from tawatur.reading.llm.grounding import Dropped, Malformed, grounded, verify_answer
from tawatur.reading.llm.prompt import question, reader_name
from tawatur.reading.llm.schema import answer_schema
from tawatur.reading.llm.windows import Window, halves, windows

__all__ = [
    "Dropped",
    "Malformed",
    "Window",
    "answer_schema",
    "grounded",
    "halves",
    "question",
    "reader_name",
    "verify_answer",
    "windows",
]
