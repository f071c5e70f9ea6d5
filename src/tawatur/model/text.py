"""Folded text: for matching only, and every position maps back to the original.

Folding removes what writers of Arabic, French and English vary without meaning:
combining marks, tatweel and invisible characters go; alef, ya and ta marbuta
forms become one; digits become ASCII; letters lose case and accents; apostrophes and
hyphens become one each; any run of
white space (non-breaking ones included) becomes one space. Nothing folded is
ever shown or stored as text.

Cost: about one pass of two regular expressions and one ``str.translate``.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from tawatur.model.span import Span

MARKS = (  # of a character class: what stands on or between letters without being one
    "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
)
# Marks within white space go with it: a direction mark between two spaces leaves one space.
_DROPPED = re.compile(rf"[{MARKS}]+|\s[\s{MARKS}]+")
# Of these, what is never seen: soft hyphens, zero-width characters, marks of direction.
UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff" + "".join(
    map(chr, range(0x2060, 0x206A))
)
_SPACES = re.compile(r"\s")
_UNSEEN = re.compile(f"[{UNSEEN}]+")
APOSTROPHES = "'’ʼ‘`´′＇"  # one mark that stands for one letter left out, however it is typed
_HYPHENS = "\u2010\u2011"
_HAMZA_ABOVE = "\u0654"  # on waw and ya, where decomposed text has it as a mark of its own
_NO_WORD = re.compile(rf"(?:[^\w ]|[{MARKS}])+")
_TOKEN = re.compile(r"\S+")
_WORD = re.compile(r"\w+")
_CODE_PAGE = "cp1256"
"""Holds the letters of Arabic, French and English, one byte each."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; ``original`` maps its spans back."""

    text: str
    _starts: tuple[int, ...]  # folded offsets at which the shift changes
    _shifts: tuple[int, ...]  # original minus folded offset from there on

    def at(self, offset: int) -> int:
        """Return the original offset of the folded character at ``offset``."""
        return offset + self._shifts[bisect_right(self._starts, offset) - 1]

    def way(self) -> Callable[[int], int]:
        """Return `at` for offsets asked in rising order, faster by far where all are asked."""
        starts, shifts, last = self._starts, self._shifts, len(self._starts) - 1
        here = 0

        def at(offset: int) -> int:
            nonlocal here
            while here < last and starts[here + 1] <= offset:
                here += 1
            return offset + shifts[here]

        return at

    def original(self, start: int, end: int) -> Span:
        """Return the original span of folded ``start`` to ``end``, trailing marks left out."""
        return Span(self.at(start), self.at(end - 1) + 1)


def fold(text: str) -> Folded:
    """Return ``text`` folded, with its way back."""
    starts, shifts, parts, at, shift = [0], [0], [], 0, 0
    length = 0
    for gap in _DROPPED.finditer(text):
        keep = _SPACES.match(gap.group()) is not None  # a run of white space leaves one space
        cut = gap.start() + keep
        part = text[at:cut]
        if part and text[gap.start()] == _HAMZA_ABOVE:
            part = part[:-1] + _WITH_HAMZA.get(part[-1], part[-1])
        parts.append(part)
        length += cut - at
        shift += gap.end() - cut
        at = gap.end()
        starts.append(length)
        shifts.append(shift)
    parts.append(text[at:])
    return Folded("".join(parts).translate(_LETTERS), tuple(starts), tuple(shifts))


_WITH_HAMZA = {"و": "ؤ", "ي": "ئ", "ى": "ئ"}


def without_marks(text: str) -> str:
    """Return ``text`` without what stands on or between its letters, else as it is."""
    return _DROPPED_MARKS.sub("", text)


def composed(text: str) -> str:
    """Return ``text`` without invisible characters, each letter one with its accent."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text))


_DROPPED_MARKS = re.compile(f"[{MARKS}]+")


def fold_text(text: str) -> str:
    """Return ``text`` folded, where no way back is needed: most lines have no mark to drop."""
    return fold(text).text if _DROPPED.search(text) else text.translate(_LETTERS)


@lru_cache(maxsize=10_000)
def fold_words(text: str) -> str:
    """Return the folded words of ``text`` joined by single spaces: a key for tables and names."""
    return " ".join(_WORD.findall(fold_text(text)))


def token_bytes(text: str) -> list[bytes]:
    """Return what stands between spaces, folded, letters and digits alone, in order.

    Each token is bytes that are equal for equal folded tokens, and good for nothing but to be
    compared: nine times as fast as `fold`, for work on every word of an archive. A token
    without letters and digits is left out.
    """
    try:
        return text.encode(_CODE_PAGE).translate(*_FOLDED_BYTES).split()
    except UnicodeEncodeError:
        folded = _NO_WORD.sub("", " ".join(text.split()).translate(_LETTERS))
        folded = folded.replace(
            "\u03bc", "\u00b5"
        )  # mu: the one letter that folding takes off the page
        return folded.encode(_CODE_PAGE, "backslashreplace").split()


def token_spans(text: str) -> Iterator[Span]:
    """Yield where each of the `token_bytes` of ``text`` stands, punctuation with it, in order."""
    for token in _TOKEN.finditer(text):
        if _NO_WORD.sub("", token.group().translate(_LETTERS)):
            yield Span(*token.span())


def _folded_letter(letter: str) -> str:
    """Return the one character that stands for ``letter``."""
    if letter.isspace():
        return " "
    if letter in "آأإٱ":
        return "ا"
    if letter in "ىی":
        return "ي"
    if letter == "ة":
        return "ه"
    if letter == "ک":
        return "ك"
    if letter in APOSTROPHES:
        return "'"
    if letter in _HYPHENS:
        return "-"
    digit = unicodedata.decimal(letter, None)
    if digit is not None:
        return str(digit)
    if "\u0600" <= letter <= "\u06ff":
        return letter  # hamza on waw and ya is spelling, not a variant
    base = unicodedata.normalize("NFD", letter)[0].casefold()
    if base in APOSTROPHES:
        return "'"
    return base if len(base) == 1 else letter


class _Letters(dict[int, str]):
    """What each letter becomes, worked out when it is first met; as `str.translate` asks."""

    def __missing__(self, code: int) -> str:
        self[code] = letter = _folded_letter(chr(code))
        return letter


_LETTERS = _Letters()


def _folded_bytes() -> tuple[bytes, bytes]:
    """Return what each byte of the code page becomes, and which ones go."""
    table, gone = bytearray(range(256)), bytearray()
    for code in range(256):
        letter = bytes([code]).decode(_CODE_PAGE)
        folded = " " if letter.isspace() else _NO_WORD.sub("", _folded_letter(letter))
        if folded:
            table[code] = folded.replace("\u03bc", letter).encode(_CODE_PAGE)[0]
        else:
            gone.append(code)
    return bytes(table), bytes(gone)


_FOLDED_BYTES = _folded_bytes()
