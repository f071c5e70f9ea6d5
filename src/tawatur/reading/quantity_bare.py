"""Which figures count without their noun right beside them?

Parts of a whole ("six of the nine members"), figures with separators or bounds ("29,000 a
week ago"), compounds and ages in English, and the figures that a toll governs: "the number
of dead reached 31".
"""

import re
from functools import cache

from tawatur.model.reading import Quantity
from tawatur.model.text import Folded, fold
from tawatur.reading.pieces import Pieces
from tawatur.reading.quantity_phrases import (
    BOUNDS,
    Words,
    bound_of,
    is_definite,
    is_label,
    phrase_length,
    rounded,
    unit_of,
)
from tawatur.reading.quantity_ranges import lower_end
from tawatur.reading.tables import rows

_PART_OF = frozenset(
    ("the", "these", "those", "its", "his", "her", "our", "their", "les", "ces", "ses", "leurs")
)


_OF_A_WHOLE = re.compile(r"(?P<mod>[GAE]*)(?P<n>[mdznw])(?=[pa_li])")


def parts_of_wholes(
    line: Pieces, words: Words, text: str, folded: Folded, language: str
) -> list[Quantity]:
    """Return "six of the nine members", "six de ces villages": the part is what counts."""
    if language == "ar":
        return []
    out = []
    for match in _OF_A_WHOLE.finditer(line.kinds):
        at = match.start("n")
        of = at + 1
        value = line.values[at]
        if line.words[of] not in ("of", "de", "des", "d'") or value is None:
            continue
        noun = of + 1
        if line.words[of] == "des":
            pass
        elif noun < len(line.words) and line.words[noun] in _PART_OF:
            noun += 1
        else:
            continue
        if is_label(line, at, words) or line.kinds[noun : noun + 1] == "":
            continue
        noun += line.kinds[noun] in "mdznw"
        end = noun
        while end < len(line.kinds) and line.kinds[end] == "_" and end < noun + 3:
            end += 1
        length = phrase_length(
            line, noun, end, of=True, vague=False, language=language, words=words
        )
        if not length:
            continue
        last = noun + length - 1
        span = folded.original(line.starts[match.start()], line.ends[last])
        whole = folded.original(line.starts[noun], line.ends[last]).of(text)
        bound = bound_of(match["mod"])
        out.append(Quantity(span, value, unit_of(line, noun, words, language), whole, bound))
    return out


_BARE = re.compile(
    r"(?P<mod>[GAE]*)(?P<n>[mdznw])(?![%$:/JKHUVy1]|o_|-[a-zA-Z_]|p?[$%MOc]|[av-][mdzynw]|\()"
)


_QUARTER = re.compile(r"(?:(?P<mod>[GAE]+)|(?<=[u_pg]))!(?P<n>U)")


_RATE = re.compile(r"(?P<n>[mw])!(?P<u>[JKHU])")


_COMPOUND = re.compile(r"(?P<n>[mdznw])-(?P<noun>[_%])")


_YEAR_OLD = re.compile(r"(?P<n>[mdzw])-J-_")


_AGE = re.compile(r",(?P<n>[mdzw])(?=[,.R]|a_|;)")


def bare_figures(
    line: Pieces, words: Words, text: str, folded: Folded, language: str
) -> list[Quantity]:
    """Return figures whose noun is not beside them: "29,000 a week ago", "plus de 200".

    Such a figure counts where it is written with separators of thousands, or where "more than"
    or the like stands before it; a year, a label or a time of the clock has neither.
    """
    out = []
    for match in _BARE.finditer(line.kinds):
        at = match.start("n")
        word, value = line.words[at], line.values[at]
        separated = bool(_THOUSANDS.fullmatch(word))
        if value is None or not (separated or bound_of(match["mod"])) or is_label(line, at, words):
            continue
        if language == "ar" and (is_definite(word) or value < 2):
            continue
        span = folded.original(line.starts[match.start()], line.ends[at])
        if "\n" in span.of(text):
            continue
        low, first = lower_end(line, at), match.start()
        if low is not None and (below := line.values[low]) is not None and below < value:
            opened = line.words[low - 1 : low] == ("from",) or line.kinds[low - 1 : low] == "b"
            span = folded.original(line.starts[low - opened], line.ends[at])
            out.append(Quantity(span, below, None, None, bound_of(match["mod"]), value))
            continue
        span = folded.original(line.starts[first], line.ends[at])
        out.append(Quantity(span, value, None, None, bound_of(match["mod"])))
    if language == "en":
        out += _english(line, words, text, folded)
    return out


_THOUSANDS = re.compile(r"\d{1,3}(?:[,٬ ]\d{3})+")


def _english(line: Pieces, words: Words, text: str, folded: Folded) -> list[Quantity]:
    """Return "three-page", "three a week", "less than a quarter", and an age after a name."""
    out = []
    for match in _COMPOUND.finditer(line.kinds):
        at, noun = match.start("n"), match.start("noun")
        value = line.values[at]
        glued = line.ends[at] == line.starts[at + 1] and line.ends[at + 1] == line.starts[noun]
        if not glued or value is None or is_label(line, at, words) or len(line.words[noun]) < 3:
            continue
        span = folded.original(line.starts[at], line.ends[noun])
        sense = line.senses[noun]
        word = line.words[noun]
        plain = words.counted.get(word) or (word if words.counted.get(word + "s") else None)
        unit = sense.value if sense is not None and sense.letter == "%" else plain
        if unit is None and line.words[noun] not in _COMPOUNDS:
            continue
        of = folded.original(line.starts[noun], line.ends[noun]).of(text)
        out.append(Quantity(span, value, unit or word, of))
    for match in _RATE.finditer(line.kinds):
        if line.words[match.start() + 1] in ("a", "an"):
            span = folded.original(line.starts[match.start()], line.ends[match.end() - 1])
            out.append(Quantity(span, line.values[match.start()], None, None))
    for match in _QUARTER.finditer(line.kinds):
        sense = line.senses[match.start("n")]
        if not match["mod"] and line.words[match.start() - 1] != "by":
            continue
        if sense is not None and sense.value == "Q" and line.words[match.start("n") - 1] == "a":
            span = folded.original(line.starts[match.start()], line.ends[match.end() - 1])
            out.append(Quantity(span, 0.25, "share", None, bound_of(match["mod"] or "")))
    for match in _YEAR_OLD.finditer(line.kinds):
        if line.words[match.end() - 1] == "old":
            span = folded.original(line.starts[match.start()], line.ends[match.end() - 1])
            out.append(Quantity(span, line.values[match.start()], "year", None))
    for match in _AGE.finditer(line.kinds):
        at = match.start("n")
        before = match.start() - 1
        if before < 1 or line.kinds[before] != "_" or not 0 < (line.values[at] or 0) < _OLDEST:
            continue
        name = folded.original(line.starts[before], line.ends[before]).of(text)
        if (
            not name[:1].isupper()
            or "\n" in text[folded.at(line.ends[before]) : folded.at(line.starts[at])]
        ):
            continue
        span = folded.original(line.starts[at], line.ends[at])
        out.append(Quantity(span, line.values[at], "year", None))
    return out


_OLDEST = 111


_COMPOUNDS = frozenset(
    [
        *("page", "member", "vehicle", "bed", "seat", "room", "storey", "story", "nation", "part"),
        *("car", "truck", "point", "person", "man", "party", "way", "lane", "judge", "bedroom"),
    ]
)


@cache
def _victims(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return words that say who fell victim, and those after which a bare figure counts them."""
    table = rows(language, "scenes")
    told = {fold(row["word"]).text for row in table if row["part"] in ("toll", "fate")}
    told |= {word.split()[-1] for word in told}
    governors = {fold(row["word"]).text for row in rows(language, "governors")}
    return frozenset(told), frozenset(governors)


def _plain(word: str, language: str) -> str:
    if language != "ar":
        return word
    word = word[1:] if word[:3] in ("وال", "فال", "بال") else word
    return word.removeprefix("ال")


_NOT_LESS = {"يقل": "at least", "تقل": "at least", "يزيد": "at most", "تزيد": "at most"}


def toll_figures(
    line: Pieces, words: Words, text: str, folded: Folded, language: str
) -> list[Quantity]:
    """Return the bare figures that a toll governs: "the number of dead reached 31"."""
    out = []
    told, governors = _victims(language)
    last: int | None = None  # the last word that told of victims
    for at, kind in enumerate(line.kinds):
        word = line.words[at]
        if _plain(word, language) in told:
            last = at
        value = line.values[at]
        if last is None or kind not in "mdznw" or value is None or is_label(line, at, words):
            continue
        before, bound = at - 1, rounded(word)
        while before > last and line.kinds[before] in "AGEP1D":
            bound = BOUNDS.get(line.kinds[before], bound)
            before -= 1
        if not (before == last or line.words[before] in governors):
            continue
        after = at + 1
        if after < len(line.kinds) and line.kinds[after] in "GAE":
            bound = BOUNDS[line.kinds[after]]
            after += 1
        if line.words[before] == "عن" and line.words[before - 1] in _NOT_LESS:
            bound = _NOT_LESS[line.words[before - 1]]
        if "minimum" in line.words[after : after + 2]:
            bound = "at least"
        # What is counted, a unit or a clock time follows: no bare figure.
        if line.kinds[after : after + 1] not in ("", *".,;~f!-)a") and not _parted(
            line, after, folded, text
        ):
            continue
        home = folded.original(line.starts[last], line.ends[at])
        if "\n" in home.of(text):
            last = None
            continue
        span = folded.original(line.starts[at], line.ends[at])
        of = folded.original(line.starts[last], line.ends[last]).of(text)
        out.append(Quantity(span, value, "person", of, bound))
    return out


def _parted(line: Pieces, at: int, folded: Folded, text: str) -> bool:
    """Return whether a line ends, or a word joined by "and" begins, before the piece at ``at``."""
    between = folded.original(line.ends[at - 1] - 1, line.starts[at] + 1).of(text)
    return "\n" in between or line.words[at].startswith("ولي")
