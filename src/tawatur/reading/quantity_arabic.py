"""What does Arabic count without a figure before the noun?

Duals ("هجومين"), definite nouns with their number behind them ("الحدود الثلاثة"), "many"
and "one" behind their noun. A dual counts only where it is indefinite: "هجومين" says that
there were two, "البلدين" speaks of two that are known.
"""

import re

from tawatur.model.reading import Quantity
from tawatur.model.text import Folded
from tawatur.reading.cues import group
from tawatur.reading.pieces import Pieces
from tawatur.reading.quantity_phrases import Words, is_definite

_CARDINAL_AFTER = re.compile(r"_w")


def _construct(word: str, words: Words) -> tuple[str, str] | None:
    """Return a feminine dual before its genitive, as in "the two ministries of", with its unit."""
    for plain in (word, word[1:]) if word[0] in "وبلف" else (word,):
        unit = words.counted.get(plain[:-2] + "ه")
        if unit is not None:
            return plain, unit
    return None


def duals(line: Pieces, words: Words, text: str, folded: Folded) -> list[Quantity]:
    """Indefinite duals: of nouns in the table, and feminine ones by their ending."""
    out = []
    for at, (kind, word) in enumerate(zip(line.kinds, line.words, strict=True)):
        if (
            kind == "_"
            and word.endswith("تي")
            and line.words[at + 1 : at + 2]
            and (pair := _construct(word, words))
        ):
            follows = line.words[at + 1]
            if follows.startswith("ال") and line.kinds[at + 1] == "_":
                span = folded.original(line.ends[at] - len(pair[0]), line.ends[at + 1])
                out.append(Quantity(span, 2.0, pair[1], span.of(text)))
            continue
        if kind != "_" or len(word) < 5 or not word.endswith(("ين", "ان")):
            continue
        plain = word[1:] if word[0] in "وبلف" and word[1:] in words.duals else word
        unit = words.duals.get(plain)
        told = line.kinds[at + 1 : at + 2] == "w" and line.values[at + 1] == 2  # "two drivers, two"
        if unit is None and told:
            span = folded.original(line.starts[at], line.ends[at + 1])
            out.append(Quantity(span, 2.0, words.counted.get(plain[:-2]), span.of(text)))
            continue
        if unit is None and plain[:-2] in words.counted and plain not in words.counted:
            unit = words.counted[plain[:-2]]
        if unit is None:
            singular = plain.removeprefix("ب")[:-3] + "ه"
            if not plain.endswith(("تين", "تان")) or singular not in words.counted:
                continue
            unit = words.counted[singular]
        last = at
        if at + 1 < len(line.words) and line.words[at + 1].endswith(word[-2:]):
            last += line.kinds[at + 1] == "_" and not line.words[at + 1].startswith("ال")
        start = line.starts[at] + len(word) - len(plain)
        span = folded.original(start, line.ends[last])
        out.append(Quantity(span, 2.0, unit, span.of(text)))
    return out


_SIDES = frozenset(("جانب", "طرف", "ان", "وقت", "صف", "راي"))  # "unilaterally", "at once"


_MANY = frozenset(("عديده", "عديدين", "متعدده", "عديدون"))


def counted_by_words(line: Pieces, words: Words, text: str, folded: Folded) -> list[Quantity]:
    """Return "many" behind its noun, "one" behind its noun, and two persons who are named.

    "Many ways" has no figure; "one sheet" has; "the two presidents A and B" says that they
    are two, as the names that follow are new.
    """
    out = []
    for at, word in enumerate(line.words):
        if word in _TWO_OFFICES and _named_two(line, at + 1):
            span = folded.original(line.starts[at], line.ends[at])
            out.append(Quantity(span, 2.0, "person", span.of(text)))
        if not at or not (word in _MANY or word in _ONE):
            continue
        noun = line.words[at - 1]
        if line.kinds[at - 1] != "_" or len(noun) < 4 or noun.startswith("ال"):
            continue
        plain = noun[1:] if noun[0] in "بلوف" and noun[1:] in words.counted else noun
        unit = words.counted.get(plain)
        one = line.kinds[at] == "w" and word in _ONE and unit is not None
        one = one and plain not in _SIDES
        if not one and (word not in _MANY or noun.endswith(("يه", "يين", "يون"))):
            continue
        start = line.starts[at - 1] + (len(noun) - len(plain)) * one
        span = folded.original(start, line.ends[at])
        of = folded.original(start, line.ends[at - 1]).of(text)
        out.append(Quantity(span, 1.0 if one else None, unit, of))
    return out


def _named_two(line: Pieces, at: int) -> bool:
    """Return whether names joined by "and" follow a definite dual of persons."""
    if at >= len(line.words) or line.kinds[at] != "_":
        return False
    first = line.words[at]
    if first.startswith(("ال", "و", "ب", "ل", "في")) or first in group("ar", "not_counted"):
        return False
    for k in range(at + 1, min(at + 6, len(line.kinds))):
        if line.kinds[k] not in "_a":
            return False
        if line.words[k].startswith("و"):
            return True
    return False


_OFFICES = frozenset(("رئيس", "وزير", "سفير", "جنرال", "زعيم", "مبعوث", "امير", "ملك", "متحدث"))


# Of most persons the same ending is a plural.
_TWO_OFFICES = frozenset(f"ال{office}{dual}" for office in _OFFICES for dual in ("ين", "ان"))


_ONE = frozenset(("واحد", "واحده", "واحدا"))


def definite_counts(line: Pieces, words: Words, text: str, folded: Folded) -> list[Quantity]:
    """Definite nouns with their number after them: "الحدود الثلاثة"."""
    out = []
    said: set[str] = set()
    for match in _CARDINAL_AFTER.finditer(line.kinds):
        noun, number = match.start(), match.end() - 1
        value = line.values[number]
        if not is_definite(line.words[number]) or len(line.words[noun]) < 3 or not value:
            continue
        span = folded.original(line.starts[noun], line.ends[number])
        if noun and line.words[noun - 1] in ("مجموعه", "مجموعات"):
            continue  # "the Group of Seven" is a name
        phrase = f"{line.words[noun]} {line.words[number]}"
        if phrase in said:
            continue  # the same ones again
        said.add(phrase)
        of = folded.original(line.starts[noun], line.ends[noun]).of(text)
        plain = line.words[noun].removeprefix("ال")
        unit = words.counted.get(line.words[noun]) or words.counted.get(plain)
        out.append(Quantity(span, value, unit, of))
    return out
