"""What does the match of a rule hold: which number, sense or letters under a name?"""

import re
from collections.abc import Callable
from functools import cache

from tawatur.model.text import fold
from tawatur.reading.pieces import Pieces
from tawatur.reading.tables import rows
from tawatur.reading.times.values import Meaning

Build = Callable[[re.Match[str], Pieces], Meaning | None]


def number_at(match: re.Match[str], line: Pieces, group: str) -> int | None:
    """Return the number that a group matched; None without one."""
    at = match.start(group) if group in match.re.groupindex else -1
    if at < 0 or match.end(group) == at:
        return None
    value = line.values[at]
    sense = line.senses[at]
    if value is not None:
        return int(value)
    return int(sense.value) if sense and sense.value.lstrip("-").isdigit() else None


def sense_at(match: re.Match[str], line: Pieces, group: str) -> str:
    """Return what the piece that a group matched means; empty without one."""
    at = match.start(group) if group in match.re.groupindex else -1
    if at < 0 or match.end(group) == at:
        return ""
    sense = line.senses[at]
    return sense.value if sense else ""


def letters_at(match: re.Match[str], group: str) -> str:
    """Return the letters of the pieces that a group matched."""
    return (match.group(group) or "") if group in match.re.groupindex else ""


def months_of(match: re.Match[str], line: Pieces) -> tuple[int, int]:
    """Return the month, and the second one of a pair (the same, if it is another name)."""
    numbers = [
        int(sense.value)
        for at in range(match.start("mon"), match.end("mon"))
        if (sense := line.senses[at]) and sense.letter in "MO"
    ]
    return numbers[0], numbers[-1]


@cache
def words_of(language: str, table: str) -> frozenset[str]:
    """Return the words of a table of one language, folded."""
    return frozenset(fold(row["word"]).text for row in rows(language, table))


def language_at(line: Pieces, at: int) -> str:
    """Return ``ar`` beside Arabic words; the tables of the other two serve both."""
    around = line.words[max(0, at - 1)][:1] + "".join(line.words[at + 1 : at + 2])[:1]
    return "ar" if any("\u0600" <= letter <= "\u06ff" for letter in around) else "en"


def count_of(match: re.Match[str], line: Pieces) -> tuple[float | None, float | None, str] | None:
    """Return count, second count and unit of "two or three months"; count None if not told."""
    sense = line.senses[match.start("u")]
    if sense is None:
        return None
    unit = sense.value
    if sense.letter == "V":
        count: float | None = 2.0
    elif "n" in match.re.groupindex and match.start("n") >= 0:
        count = line.values[match.start("n")]
        if count is None:
            word = line.senses[match.start("n")]
            count = 2.0 if word and (word.letter == "V" or word.value == "2") else None
    elif sense.number == "p":
        count = None
    else:
        count = 1.0
    second = None
    if "n2" in match.re.groupindex and match.start("n2") >= 0:
        second = line.values[match.start("n2")]
    if "&" in (letters_at(match, "half"), letters_at(match, "half2")) and count is not None:
        count += 0.5
    return count, second, unit


_MODS = {"A": "APPROX", "G": "MORE_THAN", "E": "LESS_THAN"}


def modifier(match: re.Match[str]) -> str | None:
    """Return what the words beside say of an amount: about, more or less."""
    marks = letters_at(match, "mod") + letters_at(match, "mod2")
    return next((_MODS[mark] for mark in marks if mark in _MODS), None)


def modifier_at(line: Pieces, at: int) -> str:
    """Return what the word at ``at`` makes of a date: its begin, middle, end; "later this week"."""
    sense = line.senses[at]
    if sense is not None and sense.value:
        return sense.value.upper()
    return {"B": "START", "I": "MID", "N": "END", "A": "APPROX"}[line.kinds[at]]
