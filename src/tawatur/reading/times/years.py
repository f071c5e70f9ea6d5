"""What do years, decades and centuries say, and which number is none?"""

import re

from tawatur.reading.pieces import LANGUAGES, Pieces
from tawatur.reading.times.islamic import hijri
from tawatur.reading.times.matched import language_at, letters_at, number_at, words_of
from tawatur.reading.times.values import Context, Meaning, Timex, fixed


def year_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """A year of the civil or, if it says so, of the Islamic calendar."""
    year = number_at(match, line, "y")
    if year is None:
        return None
    if letters_at(match, "era") or (
        1300 <= year <= 1460 and "J" in match.group() and "ar" in line.words
    ):
        return hijri(year, None, None)
    if not 1500 <= year <= 2100 and "J" not in match.group():
        return None
    if "J" not in match.group() and (
        _is_amount(line, match.start("y")) or _is_bare_number(line, match.start("y"), year)
    ):
        return None
    end = number_at(match, line, "y2")
    if end is not None and end < _CENTURY:
        end += year - year % _CENTURY
    if "y2" in match.re.groupindex and end != year + 1:
        return None
    return fixed(Timex(f"{year:04}", end=f"{end:04}" if end else None))


_CENTURY = 100
_UNMARKED_FROM = 1900  # an older year has a word of time before it, or stands in brackets


_BEFORE_YEARS = frozenset("piubBINfrT(/-8J")  # in, since, until, before, between; a range


def _is_bare_number(line: Pieces, at: int, year: int) -> bool:
    """Return whether nothing says that the figure is a year: n° 1905, STATE 1794."""
    before = line.words[at - 1] if at else ""
    if before == "°" or any(before in words_of(language, "numbered") for language in LANGUAGES):
        return True
    if line.kinds[at - 2 : at - 1] == "y" and line.kinds[at - 1] in "av":
        at -= 2  # between 1530 and 1630
    return year < _UNMARKED_FROM and (not at or line.kinds[at - 1] not in _BEFORE_YEARS)


def _is_amount(line: Pieces, at: int) -> bool:
    """Return whether the figure counts something: "between 1500 and 1800 hectares"."""
    if line.kinds[at - 1 : at] in ("G", "E") and at:
        return True  # no year is "more than 1900"
    if line.kinds[at + 1 : at + 2] in ("a", "v", "-") and line.kinds[at + 2 : at + 3] == "y":
        at += 2
    if line.kinds[at + 1 : at + 2] in ("%", "$"):
        return True
    after = line.words[at + 1 : at + 2]
    counts = line.kinds[at + 1 : at + 2] == "_" and after[0] in words_of(
        language_at(line, at), "counted"
    )
    return counts and not after[0].startswith("ال")


def named_year_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """A year that says which one of its kind: "the 1996 bombing", "انتخابات 2019"."""
    year = number_at(match, line, "y")
    at = match.start("y")
    if year is None or not 1900 <= year < 2050:
        return None
    language = language_at(line, at)
    before, after = line.words[at - 1], line.words[at + 1 : at + 2]
    if before in words_of(language, "numbered"):
        return None
    named = line.kinds[at + 1 : at + 2] == "_"
    if named and (after[0] in words_of(language, "counted") or after[0].endswith("s")):
        return None
    alone = before in _POSSESSIVES or (named and after[0] in _CONJUNCTIONS)
    if named and language != "ar" and not alone:
        return None
    if named and not after[0].startswith("ال") and language == "ar":
        return None
    return fixed(Timex(f"{year:04}"))


_CONJUNCTIONS = frozenset(("that", "when", "where", "which", "who", "while", "as", "but", "if"))
_POSSESSIVES = frozenset(("the", "its", "his", "her", "their", "our", "a", "an"))


def short_year_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """Read "en 97"; only French writes a year of the last century with two figures."""
    at = match.start("y")
    if line.words[at - 1] != "en" or (line.values[at] or 0) < 50:
        return None
    return fixed(Timex(f"19{line.words[at]}"))


def decade_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The nineties, the 1990s."""
    decade = number_at(match, line, "dec")
    if decade is None:
        return None
    century = number_at(match, line, "cent")
    at = match.start("dec")
    figure = line.kinds[at] == "Z" and line.words[at][0].isdecimal() and decade < 100
    if figure and line.kinds[at - 1 : at] not in tuple("l~BIN"):
        return None  # "in his 30s"
    if decade >= 100:
        return fixed(Timex(f"{decade // 10:03}X"))
    if decade % 10 or decade < 10:
        return None
    base = 19 if century is None else century - 1
    return fixed(Timex(f"{base}{decade // 10}X"))


def century_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """The nineteenth century, the last century."""
    number, rel = number_at(match, line, "n"), letters_at(match, "rel")
    if number is not None:
        return fixed(Timex(f"{number - 1:02}XX")) if 0 < number < 23 else None
    shift = -1 if "L" in rel else 1 if "X" in rel else 0

    def meaning(context: Context) -> Timex | None:
        # Without any anchor a text of today is meant: "last century" is the twentieth.
        base = context.day.year // 100 if context.known else 20
        return Timex(f"{base + shift:02}XX")

    return meaning
