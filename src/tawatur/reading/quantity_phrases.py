"""Which words after a figure does it count, and in which unit?

What the other modules of figures share: the tables, where a counted phrase ends, what a
bound says, and which figures are labels that count nothing.
"""

import re
from dataclasses import dataclass
from functools import cache

from tawatur.model.text import fold
from tawatur.reading.cues import group
from tawatur.reading.pieces import Pieces
from tawatur.reading.tables import rows

BOUNDS = {"A": "about", "G": "at least", "E": "at most"}


_VERB = re.compile(r"[يت]\w+ون")  # "they carry": no noun


SCALES_ALONE = frozenset(
    fold(word).text for word in ("آلاف", "ملايين", "مليارات")
)  # "thousands of"


@dataclass(frozen=True, slots=True)
class Words:
    """The tables of one language: units of counted nouns and duals, "several", what is numbered."""

    counted: dict[str, str]
    duals: dict[str, str]
    several: re.Pattern[str]
    numbered: frozenset[str]


@cache
def words_of(language: str) -> Words:
    """Return the tables of one language."""
    several = sorted((fold(row["words"]).text for row in rows(language, "vague_counts")), key=len)
    return Words(
        {fold(row["word"]).text: row["unit"] for row in rows(language, "counted")},
        {fold(row["word"]).text: row["unit"] for row in rows(language, "duals")},
        re.compile(rf"(?<!\w)[وفب]?({'|'.join(reversed(several))}) (\w+)"),
        frozenset(fold(row["word"]).text for row in rows(language, "numbered")),
    )


NO_WORDS = Words({}, {}, re.compile(r"(?!)"), frozenset())


def rounded(number: str) -> str | None:
    """Return ``about`` for number words that never mean the exact number: "une trentaine"."""
    return "about" if number.endswith(("aine", "dozen")) else None


_THOUSAND = fold("ألف").text  # begins like the article


def is_definite(number: str) -> bool:
    """Return whether an Arabic number word has the article."""
    plain = not number.startswith(_THOUSAND) and number not in SCALES_ALONE
    return plain and number.startswith("ال")


def bound_of(marks: str) -> str | None:
    """Return the bound that the last of some pieces of bounds sets, None without one."""
    return next((BOUNDS[mark] for mark in reversed(marks) if mark in BOUNDS), None)


def is_label(line: Pieces, at: int, words: Words) -> bool:
    """Return whether the figure is part of a name, code or list: 007, no. 5, F-16, 3."""
    word = line.words[at]
    if word[0] == "0" and len(word) > 1 and word.isdecimal():
        return True
    if at == 0:
        return False
    before = line.words[at - 1]
    glued = line.starts[at] == line.ends[at - 1] and word[0].isdecimal()
    return (glued and before in ("-", "/", ":", ".", "_")) or before in words.numbered


def is_of(word: str) -> bool:
    """Return whether a word joins a figure to what it counts."""
    return word in ("من", "de", "d'", "of", "des")


def phrase_length(
    line: Pieces, start: int, end: int, *, of: bool, vague: bool, language: str, words: Words
) -> int:
    """Return how many pieces the counted phrase at ``start`` takes; 0 if nothing is counted."""
    noun = line.words[start]
    if language == "ar":
        if len(noun) < 3 or (noun.startswith("ال") and not (of or vague)):
            return 0
        if noun in group("ar", "not_counted"):
            return 0
        if noun not in words.counted and noun.startswith(("ب", "ل", "و", "ف")):
            return 0  # a preposition written into the next word
        if _VERB.fullmatch(noun):
            return 0
        length = 1
        while start + length < end and length < 3:
            word = line.words[start + length]
            idafa = of and length == 1 and word.startswith("ال")
            adjective = not word.startswith(("ال", "و")) and bool(
                re.search(r"(?:يه|يا|يين)$", word)
            )
            if not (idafa or adjective) or length == 2:
                break
            length += 1
        return length
    for length in range(1, min(4, end - start + 1)):
        word = line.words[start + length - 1]
        if word in group(language, "not_counted"):
            return 0
        plural = word[-1] in "sx" and len(word) > 3
        plural = plural or (
            language == "en" and line.words[start - 1] == "one" and _is_person(word)
        )
        if word in words.counted or plural:
            return length
    return 0


_PERSON = re.compile(r"\w{2,}(?:man|woman|person|[dtv]er|or|ist|ian|ee)")


def _is_person(word: str) -> bool:
    """Return whether an English word names one person by its ending: fireman, witness no."""
    return bool(_PERSON.fullmatch(word)) and word not in ("under", "over", "after", "for", "nor")


def unit_of(line: Pieces, start: int, words: Words, language: str) -> str | None:
    """Return the unit of the counted phrase at ``start``, None if no table has its noun."""
    for at in range(start, min(start + 3, len(line.words))):
        word = line.words[at]
        plain = word.removeprefix("ال")
        unit = words.counted.get(word) or words.counted.get(plain)
        if unit or language == "ar":
            return unit
        if language == "en" and word.endswith("s"):
            return word[:-3] + "y" if word.endswith("ies") else word[:-1]
    return None
