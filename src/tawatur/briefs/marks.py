"""Where a brief can be marked, the copy that is, and which marks a leaked text still shows.

A mark is which of two forms stands in a place of our own words: one of two wordings that say
the same (``tables/interchangeable.tsv``), one of two ways to write a day, or a space that does
or does not break. Wordings and dates survive retyping, spaces only a copy of the file. What is
somebody else's is never touched: quotations, names, titles, citations, links, the reports. In
text that is what stands between isolates, in quoted lines and in links; in HTML what stands in
an element with a direction of its own, in links and in ``bdi``.

A leak is read by the words around the marks. Both wordings of a pair, both forms of a date
count as one word; runs of words that the rendering has only once are looked up in the leak and
followed in both directions. So a leak may be any part of it, in any order, with slips and gaps.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

from tawatur.days import month_in_words
from tawatur.model.text import fold_words
from tawatur.sharing import Forms, Seen

_RUN = 3
"""Words that find a place in a rendering."""
_CLEANED = 12
"""If so many spaces are read and all are of one kind, the leak was cleaned: they say nothing."""
_NEVER_BREAKS = "\u00a0"

_WORD = re.compile("[\\w\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]+")
_SPACE = re.compile("[,،] | · ")
_UNSPOKEN_HTML = re.compile(r"<(style|title)\b.*?</\1>|<[^>]*>|&#?\w+;", re.DOTALL)
_UNSPOKEN_TEXT = re.compile(r"(?<=\])\([^)\s]*\)")  # where links lead
_TAG = re.compile(r"<(style|title)\b.*?</\1>|<!?(/?)(\w+)([^>]*)>|&#?\w+;", re.DOTALL)
_EMPTY_ELEMENTS = {"meta", "br", "hr", "img", "link", "doctype"}
_NOT_OURS = re.compile(
    r"^> .*$|\[(?:\\.|[^\]\\])*\]\([^)]*\)|`[^`\n]*`|\u2068[^\u2069\n]*\u2069?", re.MULTILINE
)
_IS_HTML = re.compile(r"<(?:!doctype|html|body|p|div)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a rendering that can be marked: its characters, and what may stand there.

    ``token`` is the word that it is, or after which it stands where it is a space.
    """

    start: int
    end: int
    forms: tuple[str, str]
    token: int
    is_space: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    """A word as it is compared, or one of two forms of what counts as one word."""

    symbol: str
    start: int
    end: int
    form: int | None = None
    forms: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Rendering:
    """A brief as it is written out, HTML or text, with the places in it, in their order."""

    text: str
    places: tuple[Place, ...]
    symbols: tuple[str, ...]
    language: str

    @classmethod
    def of(cls, text: str, language: str) -> "Rendering":
        """Return the rendering that ``text`` is; ``language`` is that of the brief's own words."""
        tokens = _tokens(_spoken(text), language)
        ours = _ours(text)
        places = [*_worded(text, tokens, ours), *_spaced(text, tokens, ours)]
        places.sort(key=lambda place: place.start)
        return cls(text, tuple(places), tuple(token.symbol for token in tokens), language)

    @property
    def kept(self) -> str:
        """The text without where its links lead: equal for equal briefs, wherever files lie."""
        return self.text if _IS_HTML.search(self.text) else _UNSPOKEN_TEXT.sub("()", self.text)

    @property
    def words(self) -> int:
        """How many words there are from the first place to the last, as a reader counts them."""
        if not self.places:
            return 0
        first, last = self.places[0].start, self.places[-1].end
        return len(_spoken(self.text)[first:last].split())

    @property
    def lasting(self) -> int:
        """How many of the places survive retyping."""
        return sum(not place.is_space for place in self.places)

    def copy(self, forms: Forms) -> str:
        """Return the text with the forms given, one for each place."""
        out: list[str] = []
        at = 0
        for place, form in zip(self.places, forms, strict=True):
            out += (self.text[at : place.start], place.forms[form])
            at = place.end
        return "".join((*out, self.text[at:]))

    def read(self, leak: str) -> Seen:
        """Return which forms a leaked text has, by place; None where that cannot be told."""
        spoken = _spoken(leak)
        tokens = _tokens(spoken, self.language)
        theirs = _aligned(self.symbols, tuple(token.symbol for token in tokens))
        seen = [
            _space_after(spoken, tokens, theirs, place.token)
            if place.is_space
            else _form_of(tokens, theirs, place.token)
            for place in self.places
        ]
        spaces = [form for form, p in zip(seen, self.places, strict=True) if p.is_space]
        told = [form for form in spaces if form is not None]
        if len(told) < _CLEANED or len(set(told)) > 1:
            return tuple(seen)
        return tuple(
            None if place.is_space else form for form, place in zip(seen, self.places, strict=True)
        )


# ------------------------------------------------------------ whose words


def _spoken(text: str) -> str:
    """Return what a reader sees of ``text``, every character at its place."""
    unspoken = _UNSPOKEN_HTML if _IS_HTML.search(text) else _UNSPOKEN_TEXT
    return unspoken.sub(lambda found: " " * len(found.group()), text)


def _ours(text: str) -> list[tuple[int, int]]:
    """Return the stretches of our own words in a rendering, in their order."""
    between = _foreign_elements(text) if _IS_HTML.search(text) else _foreign_text(text)
    found, at = [], 0
    for start, end in between:
        if at < start:
            found.append((at, start))
        at = max(at, end)
    return [*found, (at, len(text))]


def _foreign_text(text: str) -> Iterator[tuple[int, int]]:
    for found in _NOT_OURS.finditer(text):
        yield found.span()


def _foreign_elements(text: str) -> Iterator[tuple[int, int]]:
    """Yield every tag, every character reference, and the elements that are not ours whole."""
    open_: list[bool] = []  # of each element around: whether it is foreign
    since = 0
    for found in _TAG.finditer(text):
        closing, name, attributes = found[2], (found[3] or "").lower(), found[4] or ""
        if not any(open_):
            since = found.start()
        if closing and open_:
            open_.pop()
        elif name and not closing and name not in _EMPTY_ELEMENTS:
            own_direction = " dir=" in attributes and name != "html"
            open_.append(own_direction or name in {"a", "bdi", "head", "q"})
        if not any(open_):
            yield since, found.end()
    if any(open_):
        yield since, len(text)


def _within(ours: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_right(ours, (start, len(ours) and ours[-1][1])) - 1
    return at >= 0 and ours[at][0] <= start and end <= ours[at][1]


# ------------------------------------------------------------ places


def _worded(
    text: str, tokens: Sequence[_Token], ours: Sequence[tuple[int, int]]
) -> Iterator[Place]:
    """Yield the places with a choice of words, and the days."""
    for at, token in enumerate(tokens):
        if token.form is not None and _within(ours, token.start, token.end):
            ours_, other = token.forms
            if text[token.start].isupper():
                ours_, other = _capital(ours_), _capital(other)
            yield Place(token.start, token.end, (ours_, other), at)


def _spaced(
    text: str, tokens: Sequence[_Token], ours: Sequence[tuple[int, int]]
) -> Iterator[Place]:
    """Yield the spaces of our own that may break or not, one between two words at most."""
    starts = [token.start for token in tokens]
    taken: set[int] = set()
    for found in _SPACE.finditer(text):
        at = bisect_right(starts, found.start()) - 1
        if at < 0 or at + 1 >= len(tokens) or at in taken or found.start() < tokens[at].end:
            continue
        if not _within(ours, *found.span()):
            continue
        if _NEVER_BREAKS in text[tokens[at].end : tokens[at + 1].start]:
            continue
        taken.add(at)
        kept = found.group().replace(" ", _NEVER_BREAKS)
        yield Place(*found.span(), (found.group(), kept), at, is_space=True)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


# ------------------------------------------------------------ words


def _tokens(text: str, language: str) -> list[_Token]:
    """Return the words of a text in order, what has two forms as one word."""
    days = list(_days(text, language))
    starts = [day.start for day in days]
    words = []
    for found in _WORD.finditer(text):
        at = bisect_right(starts, found.start()) - 1
        if at < 0 or found.start() >= days[at].end:
            words.append(_Token(_folded(found.group()), *found.span()))
    tokens = sorted([*_paired(words, language), *days], key=lambda token: token.start)
    return [token for token in tokens if token.symbol]


def _paired(words: Sequence[_Token], language: str) -> Iterator[_Token]:
    """Yield the words, those of an interchangeable wording as one."""
    pairs = _pairs(language)
    at = 0
    while at < len(words):
        for wording, form, forms in pairs.get(words[at].symbol, ()):
            if tuple(w.symbol for w in words[at : at + len(wording)]) == wording:
                last = words[at + len(wording) - 1]
                yield _Token(f"={forms[0]}", words[at].start, last.end, form, forms)
                at += len(wording)
                break
        else:
            yield words[at]
            at += 1


@cache
def _pairs(language: str) -> dict[str, list[tuple[tuple[str, ...], int, tuple[str, str]]]]:
    """Return the wordings by their first word, the longest first."""
    table = files("tawatur.briefs") / "tables" / "interchangeable.tsv"
    found: dict[str, list[tuple[tuple[str, ...], int, tuple[str, str]]]] = {}
    for line in table.read_text("utf-8").splitlines():
        if line.startswith(f"{language}\t"):
            _language, ours, other = line.split("\t")
            for form, words in enumerate((ours, other)):
                wording = tuple(_folded(word) for word in _WORD.findall(words))
                found.setdefault(wording[0], []).append((wording, form, (ours, other)))
    return {first: sorted(them, key=lambda each: -len(each[0])) for first, them in found.items()}


def _days(text: str, language: str) -> Iterator[_Token]:
    """Yield the days and months of a text in either form."""
    numbers = _month_numbers(language)
    for found in _day_pattern(language).finditer(text):
        usual, other, year = found["month"], found["month1"], found["year"]
        named = usual or other
        month = int(named) if named.isdigit() else numbers[named]
        day = (found["day"] or found["day1"] or "").removesuffix("er").lstrip("0")
        symbol = f"={year}-{month}-{day}"
        forms = _day_forms(language, day, month, year)
        yield _Token(symbol, *found.span(), int(usual is None), forms)


def _day_forms(language: str, day: str, month: int, year: str) -> tuple[str, str]:
    """Return how a day, or a month, is written: as we do, and in another way."""
    name = _months(language)[month - 1]
    if language == "ar":
        before = f"{day} " if day else ""
        return f"{before}{name} {year}", f"{before}{_turned(name)} {year}"
    if language == "fr":
        if not day:
            return f"{name} {year}", f"{name} de l’année {year}"
        number = "1er" if day == "1" else day
        return f"{number} {name} {year}", f"{int(day):02}/{month:02}/{year}"
    if not day:
        return f"{name} {year}", f"{name} of {year}"
    return f"{day} {name} {year}", f"{name} {day}, {year}"


@cache
def _day_pattern(language: str) -> re.Pattern[str]:
    """Return what finds days and months; ``month`` is told as we write it, ``month1`` otherwise."""
    names, day = "|".join(_months(language)), "[0-9]{1,2}"
    turned = "|".join(map(_turned, _months(language)))
    usual = rf"(?:(?P<day>{day}{'|1er' * (language == 'fr')})\s+)?(?P<month>{names})\s+"
    otherwise = {
        "ar": rf"(?:(?P<day1>{day})\s+)?(?P<month1>{turned})\s+",
        "fr": rf"(?:(?P<day1>[0-9]{{2}})/(?=[01])|(?=[a-zéû]+ de l))"
        rf"(?P<month1>0[1-9]|1[0-2]|{names})(?:/|\s+de l.année\s+)",
        "en": rf"(?P<month1>{names})\s+(?:(?P<day1>{day}),?|of)\s+",
    }[language]
    return re.compile(rf"(?<!\w)(?:{otherwise}|{usual})(?P<year>[0-9]{{4}})(?!\w)")


def _turned(name: str) -> str:
    """Return the two names of an Arabic month the other way round: the press writes both."""
    return "/".join(reversed(name.split("/")))


@cache
def _months(language: str) -> tuple[str, ...]:
    """Return the names of the months, in order."""
    return tuple(month_in_words(date(2000, month, 1), language) for month in range(1, 13))


@cache
def _month_numbers(language: str) -> dict[str, int]:
    """Return the number of each month, by its name however it is put."""
    names = dict(zip(_months(language), range(1, 13), strict=True))
    return {_turned(name): month for name, month in names.items()} | names


@lru_cache(maxsize=1 << 16)
def _folded(word: str) -> str:
    return fold_words(word)


# ------------------------------------------------------------ what a leak shows


def _aligned(ours: tuple[str, ...], theirs: tuple[str, ...]) -> dict[int, int]:
    """Return which word of a leak stands for which of a rendering, where there is no doubt."""
    once, there = _runs(ours), _runs(theirs)  # ours is asked for again with each leak
    found: dict[int, int] = {}
    doubtful: set[int] = set()
    for run, at in once.items():
        other = there.get(run)
        if other is None or found.get(at) == other:
            continue
        for mine, theirs_ in _followed(ours, theirs, at, other):
            if found.setdefault(mine, theirs_) != theirs_:
                doubtful.add(mine)
    return {mine: other for mine, other in found.items() if mine not in doubtful}


@lru_cache(maxsize=4)
def _runs(symbols: tuple[str, ...]) -> dict[tuple[str, ...], int]:
    """Return where each run of words begins that stands in a text once."""
    found: dict[tuple[str, ...], int] = {}
    again = set()
    for at in range(len(symbols) - _RUN + 1):
        run = symbols[at : at + _RUN]
        if found.setdefault(run, at) != at:
            again.add(run)
    return {run: at for run, at in found.items() if run not in again}


def _followed(
    ours: Sequence[str], theirs: Sequence[str], at: int, other: int
) -> Iterator[tuple[int, int]]:
    """Yield the words that agree from a place on in both directions, past single slips."""
    for step, since in ((1, 0), (-1, -1)):
        i, j = at + since, other + since
        while 0 <= i < len(ours) and 0 <= j < len(theirs):
            if ours[i] == theirs[j]:
                yield i, j
            elif not (
                0 <= i + step < len(ours)
                and 0 <= j + step < len(theirs)
                and ours[i + step] == theirs[j + step]
            ):
                break
            i, j = i + step, j + step


def _form_of(tokens: Sequence[_Token], theirs: dict[int, int], token: int) -> int | None:
    at = theirs.get(token)
    return None if at is None else tokens[at].form


def _space_after(
    text: str, tokens: Sequence[_Token], theirs: dict[int, int], token: int
) -> int | None:
    at = theirs.get(token)
    if at is None or theirs.get(token + 1) != at + 1:
        return None
    return int(_NEVER_BREAKS in text[tokens[at].end : tokens[at + 1].start])
