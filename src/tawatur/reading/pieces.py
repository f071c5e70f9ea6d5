"""What can each word of a text be, as far as times and figures go?

A folded text is cut into pieces (words, marks, figures); number words that belong
together become one piece with one value ("خمسة وعشرون ألف" is 25,000). Every piece
gets one letter for what it can do in an expression, so that a grammar over whole
expressions is a regular expression over a short string of letters (`Pieces.kinds`),
whatever the language. Words are in tables; this module knows only how words combine.

Letters: figures ``m`` 1-12, ``d`` 13-31, ``y`` a four-figure year, ``z`` other below 100,
``n`` any other; ``w`` number words, ``!`` a word that is "one" or an article, ``o`` ordinal,
``#`` hundreds of, thousands of, ``@`` a third, half, ``*`` twice. ``M`` month, ``O`` month that
is also an ordinary word, ``c`` Islamic month, ``D`` weekday, ``S`` season, ``J K H U`` year,
month, day, other unit of time, ``V`` such a unit in the dual, ``1`` the Arabic word for both
"the day" and "today"; the others are in ``_LETTERS``. ``$`` money, ``%`` a measure, ``_`` any
other word; of the marks ``/ - ( ) , . : ;`` stand for themselves, the rest are ``~``.

Cost: one regular expression over the text, then one dictionary look-up per piece.
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from tawatur.model.text import Folded, fold
from tawatur.reading.tables import rows

LANGUAGES = ("ar", "fr", "en")

_PIECE = re.compile(
    r"(?<=[$€£])\d+(?:[.,]\d+)*\s?(?:bn|mn|tn|m|k)\b|"
    r"\d{1,3}(?:[,.٬]\d{3})+(?![\d])(?:[.,٫]\d+)?"
    r"|\d{1,3}(?: \d{3})+(?!\d)"
    r"|(?<!\d[.,])\d+[.,٫ر]\d+(?![.,٫]?\d)"
    r"|\d+(?:er|re|e|eme|st|nd|rd|th)\b|(?:\d\d)?\d0'?s\b|\d+"
    r"|aujourd'hui|(?:[cdjlmnst]|qu)'(?=[^\W\d_])|'(?:s|ll)\b"
    r"|(?:ا|ب)?ل?(?:كلم|كم|km)[2²](?!\d)"
    r"|[^\W\d_]+|[^\w\s]"
)
_LETTERS = {
    "last": "L", "lastadj": "0", "next": "X", "this": "T", "begin": "B", "mid": "I", "end": "N",
    "about": "A", "more": "G", "less": "E", "between": "b", "from": "p", "and": "a", "or": "v",
    "since": "i", "until": "u", "ago": "g", "after": "f", "within": "r", "same": "t",
    "relday": "x", "century": "C", "decade": "Z", "decadeword": "2", "deixis": "R", "part": "P",
    "every": "e", "setword": "k", "few": "q", "fewafter": "Q", "season": "S", "prep": "p",
    "article": "l", "future_cue": "F", "era": "h", "ad": "j", "apposition": "=", "clock": "s",
    "halfyear": "9", "ampm": "Y", "timezone": "W", "fiscal": "8", "holiday": "7", "fewword": "A",
    "none": "_", "per": "3", "past_cue": "4", "then_after": "5", "then_before": "6",
    "occasion": ">", "half": "&",
}  # fmt: skip
_ATTACHED = ("وب", "ول", "فب", "و", "ف", "ب", "ل", "ك")  # Arabic words written into the next one
_OTHER_NUMBERS = {"vague": "#", "fraction": "@", "times": "*"}
_NUMBER = frozenset(("unit", "teen", "ten", "hundred", "hundreds", "scale", "scaled"))
_MARKS = {**{mark: mark for mark in "/-(),.:;"}, "،": ",", "؛": ";", "–": "-", "—": "-"}
_YEARS = range(1000, 2200)
_LONGEST_FIGURE = 24  # characters, "999,999,999,999,999,999" and a rest: longer is a code, no count


@dataclass(frozen=True, slots=True)
class Sense:
    """What a word of the tables can do: its letter, and a value that depends on the letter."""

    letter: str
    value: str = ""
    number: str = ""  # of a unit: s, p, d


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The pieces of a folded text, side by side; all fields have one item per piece."""

    kinds: str
    words: tuple[str, ...]
    starts: Sequence[int]  # folded offsets
    ends: Sequence[int]
    values: tuple[float | None, ...]  # of figures, number words and ordinals
    senses: tuple[Sense | None, ...]


def says_from(line: Pieces, at: int) -> bool:
    """Return whether the piece at ``at`` is "from", of the many prepositions with its letter."""
    return line.words[at] in ("من", "de", "du", "from")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    words: dict[str, Sense]
    phrases: dict[str, tuple[tuple[tuple[str, ...], Sense], ...]]  # by first word, longest first
    numbers: dict[str, tuple[float, str]]
    number_phrases: dict[str, tuple[tuple[tuple[str, ...], float, str], ...]]
    known: frozenset[str]


# One text is asked for its times, its figures and its date in turn; the caller then forgets it.
@lru_cache(maxsize=1)
def pieces(folded: Folded, language: str) -> Pieces:
    """Return the pieces of ``folded`` read as ``language`` (ar, fr or en), in order."""
    lexicon = _lexicon(language)
    raw = _gathered((m.group(), *m.span()) for m in _PIECE.finditer(folded.text))
    if language == "ar":
        raw = _gathered(_detached(raw, lexicon))
    known, roman = lexicon.known, language == "fr"  # French centuries are in no table
    words = raw.words
    kinds: list[str] = []
    texts: list[str] = []
    starts, ends = array("l"), array("l")
    values: list[float | None] = []
    senses: list[Sense | None] = []
    at = 0
    while at < len(words):
        word = text = words[at]
        first = word[0]
        if first.isalpha() and word not in known and not (roman and first in "ivx"):
            taken, letter, value, sense = 1, "_", None, None
        else:
            taken, letter, value, sense = _piece(words, at, lexicon, language)
            text = word if taken == 1 else " ".join(words[at : at + taken])
        kinds.append(letter)
        texts.append(text)
        starts.append(raw.starts[at])
        ends.append(raw.ends[at + taken - 1])
        values.append(value)
        senses.append(sense)
        at += taken
    return Pieces("".join(kinds), tuple(texts), starts, ends, tuple(values), tuple(senses))


def _piece(
    words: list[str], at: int, lexicon: _Lexicon, language: str
) -> tuple[int, str, float | None, Sense | None]:
    """Return how many words the piece at ``at`` takes, its letter, value and sense."""
    word = words[at]
    for phrase, sense in lexicon.phrases.get(word, ()):
        if tuple(words[at : at + len(phrase)]) == phrase:
            return len(phrase), sense.letter, None, sense
    if language == "fr" and (roman := _ROMAN.fullmatch(word)):
        return 1, "o", float(_roman(roman[1])), None
    if word[0].isdecimal() and len(word) > _LONGEST_FIGURE:
        return 1, "~", None, None
    if word[0].isdecimal() and (scale := _SCALES.get(word.lstrip(_DIGITS))):
        return 1, "n", figure(word.rstrip(_LETTERS_OF_SCALE)) * scale, None
    if word[0].isdecimal() and word[-1].isalpha():
        letter = "Z" if word.endswith(("0s", "0's")) else "o"
        return 1, letter, float(re.sub(r"\D", "", word)), None
    if word[0].isdecimal():
        taken, value = _amount(words, at, lexicon, language)
        if taken == 1:
            return 1, _figure_letter(word, value), value, None
        return taken, "w", value, None
    number = _number_at(words, at, lexicon)
    if number is not None:
        kind = number[2]
        if kind in _NUMBER and word not in lexicon.words:
            taken, value = _amount(words, at, lexicon, language)
            if language == "en" and (year := _spoken_year(words, at, taken, value, lexicon)):
                return year[0], "y", year[1], None
            return taken, "w", value, None
        if kind == "one":
            after = _number_at(words, at + 1, lexicon)
            if after is not None and after[2] in ("hundred", "scale", "teen", "ten"):
                taken, value = _amount(words, at + 1, lexicon, language)
                return taken + 1, "w", value, None
            return number[0], "!", 1.0, None
        if kind == "ordinal":
            return number[0], "o", number[1], None
        if kind in _OTHER_NUMBERS:
            return number[0], _OTHER_NUMBERS[kind], number[1], None
    found = lexicon.words.get(word)
    if found is not None:
        return 1, found.letter, None, found
    return 1, "_" if word[0].isalnum() else _MARKS.get(word, "~"), None, None


def _spoken_year(
    words: list[str], at: int, taken: int, value: float, lexicon: _Lexicon
) -> tuple[int, float] | None:
    """Return how many words "nineteen ninety-six" takes, and the year that it says."""
    rest = at + taken
    if not 17 <= value <= 20 or _number_at(words, rest, lexicon) is None:
        return None
    more, final = _amount(words, rest, lexicon, "en")
    if not 10 <= final <= 99:
        return None
    return taken + more, value * 100 + final


_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}  # behind money: "$900m"
_DIGITS, _LETTERS_OF_SCALE = "0123456789., ", "bkmnt "


_ROMAN = re.compile(r"(?=[ivx]{2})(x{0,3}(?:ix|iv|v?i{0,3}))e(?:me)?")  # of centuries: XIXe
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}


def _roman(letters: str) -> int:
    """Return the number that small Roman numerals write, each less than the next taken away."""
    values = [_ROMAN_VALUES[letter] for letter in letters]
    return sum(
        -value if value < after else value
        for value, after in zip(values, [*values[1:], 0], strict=True)
    )


def _figure_letter(word: str, value: float) -> str:
    if not word.isdecimal():
        return "n"
    number = int(value)
    if 1 <= number <= 12 and len(word) <= 2:
        return "m"
    if 13 <= number <= 31:
        return "d"
    if len(word) == 4 and number in _YEARS:
        return "y"
    return "z" if number < 100 and len(word) <= 2 else "n"


def figure(word: str) -> float:
    """Return the number that ``word`` writes: "50,000", "2.3", "10 000", "3,5"."""
    plain = word.replace(" ", "").replace("٬", ",").replace("٫", ".").replace("ر", ".")
    if re.fullmatch(r"\d{1,3}(?:[,.]\d{3})+", plain):
        return float(re.sub("[,.]", "", plain))
    match = re.fullmatch(r"(\d{1,3}(?:[,.]\d{3})+)[.,](\d+)", plain)
    if match:
        return float(re.sub("[,.]", "", match[1]) + "." + match[2])
    return float(plain.replace(",", "."))


def _number_at(words: list[str], at: int, lexicon: _Lexicon) -> tuple[int, float, str] | None:
    """Return the words taken, value and kind of the table's longest number word at ``at``."""
    if at >= len(words):
        return None
    for phrase, value, kind in lexicon.number_phrases.get(words[at], ()):
        if tuple(words[at : at + len(phrase)]) == phrase:
            if kind == "fraction" and words[at + len(phrase) : at + len(phrase) + 1] == ["-"]:
                continue  # "a third-quarter loss"
            return len(phrase), value, kind
    single = lexicon.numbers.get(words[at])
    return (1, *single) if single else None


def _amount(words: list[str], at: int, lexicon: _Lexicon, language: str) -> tuple[int, float]:
    """Return how many words the number at ``at`` takes, and its value.

    Within a number sizes fall (hundreds, tens, units; in Arabic units stand before
    tens), or a larger scale multiplies what stands before it.
    """
    start, total, current, last = at, 0.0, 0.0, ""
    if words[at][0].isdecimal():
        current, last, at = figure(words[at]), "figure", at + 1
    elif (first := _number_at(words, at, lexicon)) is not None:
        at, total, current, last = at + first[0], *_added(0.0, 0.0, first[1], first[2])
    while at < len(words):
        skip = 0
        joined = words[at] in ("و", "and", "et", "-") and last != "figure"
        if joined:
            skip = 1
        if joined and last == "scale" and language == "ar" and _below_thousand(words, at + skip):
            current, last, at = figure(words[at + skip]), "figure", at + skip + 1
            break  # "13 ألفا و994"
        number = _number_at(words, at + skip, lexicon)
        if number is None:
            break
        taken, value, kind = number
        if kind == "one":
            kind = "unit" if last in ("ten", "hundreds", "scale") and language == "fr" else kind
        if kind not in _NUMBER or not _follows(last, kind, value, current, language, joined=joined):
            break
        total, current, last = _added(total, current, value, kind)
        at += skip + taken
    return at - start, round(
        total + current, 4
    )  # 4.1 times a thousand million is no more than it says


def _below_thousand(words: list[str], at: int) -> bool:
    return at < len(words) and words[at].isdecimal() and len(words[at]) <= 3


def _added(total: float, current: float, value: float, kind: str) -> tuple[float, float, str]:
    if kind == "scale":
        return total + (current or 1.0) * value, 0.0, kind
    if kind == "scaled":
        return total + value, 0.0, kind
    if kind == "hundred":
        return total, (current or 1.0) * value, "hundreds"
    return total, current + value, kind


def _follows(
    last: str, kind: str, value: float, current: float, language: str, *, joined: bool
) -> bool:
    if last == "figure":
        return kind == "scale"
    if kind == "scale":
        return not joined and last in ("unit", "teen", "ten", "hundreds", "scale")
    if kind == "hundred":
        return (last == "unit" and not joined) or last in ("scale", "scaled")
    if kind in ("hundreds", "scaled"):
        return last in ("scale", "scaled")
    if language == "ar":
        if not joined:
            return False
        return (last == "unit" and kind == "ten" and value > 10) or last in (
            "hundreds", "scale", "scaled",
        )  # fmt: skip
    falls = (last == "ten" and kind == "unit") or (last == "ten" and kind == "teen" and joined)
    return falls or last in ("hundreds", "scale", "scaled")


@dataclass(slots=True)
class _Cut:
    """Words and marks with their folded offsets, as compact as a text of megabytes asks for."""

    words: list[str]
    starts: "array[int]"
    ends: "array[int]"


def _gathered(parts: Iterable[tuple[str, int, int]]) -> _Cut:
    """Return words with their offsets, each word kept once."""
    found, once = _Cut([], array("l"), array("l")), dict[str, str]()
    for word, start, end in parts:
        found.words.append(once.setdefault(word, word))
        found.starts.append(start)
        found.ends.append(end)
    return found


def _detached(raw: _Cut, lexicon: _Lexicon) -> Iterator[tuple[str, int, int]]:
    """Yield the pieces with attached Arabic words cut off, where the rest is in a table."""
    known, words = lexicon.known, raw.words
    for at, (word, start, end) in enumerate(zip(words, raw.starts, raw.ends, strict=True)):
        cut = 0
        if word[0] == "و" and word in known and len(word) > 3:
            after = words[at + 1] if at + 1 < len(words) else ""
            if any(phrase[:2] == (word[1:], after) for phrase in _heads(lexicon, word[1:])):
                cut = 1  # "and eleven" is spelt like "one" and "ten"
        if word not in known and len(word) > 3 and word[0] in "وفبلك":
            for prefix in _ATTACHED:
                rest = word[len(prefix) :]
                if word.startswith(prefix) and len(rest) >= 3 and rest in known:
                    cut = len(prefix)
                    break
            if not cut and word.startswith("لل") and "ال" + word[2:] in known:
                yield "ل", start, start + 1
                yield "ال" + word[2:], start + 1, end
                continue
        if cut:
            yield word[:cut], start, start + cut
        yield word[cut:], start + cut, end


def _heads(lexicon: _Lexicon, word: str) -> Iterator[tuple[str, ...]]:
    return (phrase for phrase, _, _ in lexicon.number_phrases.get(word, ()))


@cache
def _lexicon(language: str) -> _Lexicon:
    """Return the tables of one language, folded, by first word; later entries do not win."""
    words: dict[str, Sense] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], Sense]]] = {}
    for written, sense in _entries(language):
        plain = fold(written).text
        # "d'" is a piece only before a letter.
        parts = tuple(
            _PIECE.findall(plain + "a")[:-1] if plain[-1] == "'" else _PIECE.findall(plain)
        )
        if len(parts) == 1:
            words.setdefault(parts[0], sense)
        else:
            phrases.setdefault(parts[0], []).append((parts, sense))
    numbers: dict[str, tuple[float, str]] = {}
    number_phrases: dict[str, list[tuple[tuple[str, ...], float, str]]] = {}
    for row in rows(language, "numerals"):
        parts = tuple(_PIECE.findall(fold(row["word"]).text))
        value, kind = float(row["value"]), row["kind"]
        if kind == "and":
            continue
        if len(parts) == 1:
            numbers.setdefault(parts[0], (value, kind))
            continue
        number_phrases.setdefault(parts[0], []).append((parts, value, kind))
        if language == "ar" and parts[1].startswith("وال"):  # as it is cut in a text
            parts = (parts[0], "و", parts[1][1:], *parts[2:])
            number_phrases[parts[0]].append((parts, value, kind))
    for found in phrases.values():
        found.sort(key=lambda entry: -len(entry[0]))
    for listed in number_phrases.values():
        listed.sort(key=lambda entry: -len(entry[0]))
    return _Lexicon(
        words,
        {first: tuple(found) for first, found in phrases.items()},
        numbers,
        {first: tuple(listed) for first, listed in number_phrases.items()},
        frozenset((*words, *phrases, *numbers, *number_phrases)),
    )


def _entries(language: str) -> Iterator[tuple[str, Sense]]:
    for row in rows(language, "months"):
        yield row["word"], Sense("M" if row["alone"] == "yes" else "O", row["month"])
    for row in rows(language, "hijri_months"):
        yield row["word"], Sense("c", row["month"])
    for row in rows(language, "weekdays"):
        yield row["word"], Sense("D", row["day"])
    for row in rows(language, "time_words"):
        years = "p" if row["class"] == "decadeword" else ""  # "huit années", as "les années 1990"
        yield row["words"], Sense(_LETTERS[row["class"]], row["value"], years)
    today = fold("اليوم").text
    for row in rows(language, "units"):
        if row["kind"] == "time":
            letter = {"Y": "J", "M": "K", "D": "H"}.get(row["unit"], "U")
            if row["number"] == "d":
                letter = "V"
            if fold(row["word"]).text == today:
                letter = "1"
            yield row["word"], Sense(letter, row["unit"], row["number"])
        else:
            yield row["word"], Sense("$" if row["kind"] == "money" else "%", row["unit"])
