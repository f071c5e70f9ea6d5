"""What does each figure of a text count?

A quantity is a figure with what it counts: people, soldiers, money, distances,
percentages; "the fifth round" is an ordinal, "a number of officers" a quantity
without a figure. Like time expressions it is a pattern over the kinds of pieces
(`tawatur.reading.pieces`), and it never stands inside one of those.

In Arabic the counted noun is indefinite after a figure ("5 دول"), or follows "من"
("12 من حراس الحدود"); a definite one after a figure belongs to something else. A
dual counts only where it is indefinite: "هجومين" says that there were two, "البلدين"
speaks of two that are known.
"""

import math
import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cache

from tawatur.model.reading import Quantity, TimeExpression
from tawatur.model.span import Span
from tawatur.model.text import Folded, fold
from tawatur.reading.pieces import LANGUAGES, Pieces, pieces
from tawatur.reading.tables import rows

_BOUNDS = {"A": "about", "G": "at least", "E": "at most"}
_NUMBER = "[mdzynw]"
# With what may be counted: a figure, then at most one "of", then words that are in no table.
_AMOUNT = re.compile(
    rf"(?P<mod>[GAE]{{0,4}})(?:(?P<pre>\$)(?P<n1>{_NUMBER})(?P<mod2>A?)"
    rf"|(?P<n2>{_NUMBER})(?P<money>p?[$])"
    rf"|(?P<n3>{_NUMBER})(?P<measure>%)"
    rf"|(?P<n4>{_NUMBER})(?:(?P<of>(?:pl?)?)o?(?P<noun>_+))?"
    rf"|(?P<vague>\#)(?:(?P<of2>p?)(?P<noun2>[_%]+))?"
    rf"|(?P<share>@)(?P<noun3>_?)|(?P<times>\*))"
)
_VERB = re.compile(r"[يت]\w+ون")  # "they carry": no noun
_ORDINAL_AFTER = re.compile(r"_o")
_ORDINAL_BEFORE = re.compile(r"o_")
_CARDINAL_AFTER = re.compile(r"_w")
_SCALES_ALONE = frozenset(
    fold(word).text for word in ("آلاف", "ملايين", "مليارات")
)  # "thousands of"


@dataclass(frozen=True, slots=True)
class _Words:
    counted: dict[str, str]
    duals: dict[str, str]
    several: re.Pattern[str]
    numbered: frozenset[str]


@cache
def _words(language: str) -> _Words:
    several = sorted((fold(row["words"]).text for row in rows(language, "vague_counts")), key=len)
    return _Words(
        {fold(row["word"]).text: row["unit"] for row in rows(language, "counted")},
        {fold(row["word"]).text: row["unit"] for row in rows(language, "duals")},
        re.compile(rf"(?<!\w)[وفب]?({'|'.join(reversed(several))}) (\w+)"),
        frozenset(fold(row["word"]).text for row in rows(language, "numbered")),
    )


_NO_WORDS = _Words({}, {}, re.compile(r"(?!)"), frozenset())


def quantities(
    text: str,
    folded: Folded,
    spans: tuple[Span, ...],
    language: str,
    times: tuple[TimeExpression, ...],
) -> tuple[Quantity, ...]:
    """Return the figures of the main stretches with what they count, in order.

    ``value`` is None where the text gives no figure, of a range its lower end; ``unit`` is an
    ISO 4217 code, a unit of measure, ``ordinal``, ``share``, a singular English noun, or None
    if no table has the noun; ``of`` is the counted phrase as it stands; ``bound`` is about,
    at least, at most.

    Args:
        text: The rendition.
        folded: The same, folded.
        spans: Its main stretches, in order.
        language: ``ar``, ``fr`` or ``en``; any other gives nothing.
        times: Its time expressions, in order; no quantity overlaps one.
    """
    if language not in LANGUAGES:
        return ()
    line, words = pieces(folded, language), _words(language)
    found = [
        *_amounts(line, words, text, folded, language),
        *_ordinals(line, folded, language),
        *_several(words, text, folded),
        *_tolls(line, words, text, folded, language),
    ]
    if language == "ar":
        found += _duals(line, words, text, folded)
        found += _definite(line, words, text, folded)
    found.sort(key=lambda q: (q.span.start, -q.span.end))
    starts = [span.start for span in spans]
    taken = [time.span for time in times]
    at_time = [span.start for span in taken]
    out: list[Quantity] = []
    for quantity in found:
        span = quantity.span
        home = bisect_right(starts, span.start) - 1
        if home < 0 or span.end > spans[home].end or (out and span.start < out[-1].span.end):
            continue
        near = bisect_right(at_time, span.end - 1) - 1
        if near >= 0 and taken[near].end > span.start:
            continue
        if "\n" in span.of(text).strip("\n") and "\n\n" in span.of(text):
            continue
        out.append(quantity)
    return tuple(out)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a figure stands among the pieces, and what the words around it say."""

    first: int
    at: int  # the figure; of a range, the upper one
    last: int
    value: float | None
    unit: str | None = None
    noun: tuple[int, int] | None = None
    bound: str | None = None
    high: float | None = None


def _amounts(
    line: Pieces, words: _Words, text: str, folded: Folded, language: str
) -> list[Quantity]:
    out = []
    for match in _AMOUNT.finditer(line.kinds):
        place = _place(match, line, words, text, folded, language)
        if place is None:
            continue
        of = None
        if place.noun:
            of = folded.original(line.starts[place.noun[0]], line.ends[place.noun[1]]).of(text)
        span = folded.original(line.starts[place.first], line.ends[place.last])
        out.append(Quantity(span, place.value, place.unit, of, place.bound, place.high))
    return out


def _place(
    match: re.Match[str], line: Pieces, words: _Words, text: str, folded: Folded, language: str
) -> _Place | None:
    """Return the figure of ``match`` with all that belongs to it; None if it counts nothing."""
    group = next(g for g in ("n1", "n2", "n3", "n4", "vague", "share", "times") if match[g])
    at = match.start(group)
    low = _low(line, at)
    if low is None and _is_label(line, at, words):
        return None
    value = None if group == "vague" or line.words[at] in _SCALES_ALONE else line.values[at]
    bound = _bound(match["mod"] or "") or _rounded(line.words[at])
    place = _Place(match.start(), at, at, value, bound=bound)
    if group in ("n1", "n2", "n3"):
        mark = {"n1": match.start("pre"), "n2": match.end("money") - 1, "n3": match.end() - 1}[
            group
        ]
        sense = line.senses[mark]
        if sense is None or (group == "n3" and not _next_to(line, at, mark)):
            return None
        found: _Place | None = replace(place, last=max(at, mark), unit=sense.value)
    elif group in ("share", "times"):
        found = _share(match, place, line, language) if group == "share" else place
    else:
        found = _with_noun(match, place, line, words, text, folded, language)
        if found is None:
            found = _alone(place, line, text, folded, language)
    if found is None:
        return None
    found = _behind(found, line, language)
    return _ranged(found, low, line) if low is not None else found


def _with_noun(
    match: re.Match[str],
    place: _Place,
    line: Pieces,
    words: _Words,
    text: str,
    folded: Folded,
    language: str,
) -> _Place | None:
    """Return the figure with the words that it counts, None if none of them follow it."""
    if not (match["noun"] or match["noun2"]):
        return None
    at, of = place.at, match["of"] or match["of2"]
    start = match.start("noun" if match["noun"] else "noun2")
    if of and not _is_of(line.words[at + 1]):
        return None
    vague = line.kinds[at] == "#" or line.words[at] in _SCALES_ALONE
    length = _phrase(
        line, start, match.end(), of=bool(of), vague=vague, language=language, words=words
    )
    if not length or "\n" in folded.original(line.starts[at], line.ends[start]).of(text):
        return None
    if language == "ar" and (_is_definite(line.words[at]) or line.values[at] == 1) and not vague:
        return None  # both stand after what they count
    last = start + length - 1
    unit = _unit(line, start, words, language)
    return replace(place, last=last, unit=unit, noun=(start, last))


def _share(match: re.Match[str], place: _Place, line: Pieces, language: str) -> _Place | None:
    """Return a fraction: "a third", "ثلث المسار"; the Arabic word counts only before its whole."""
    if language == "ar":
        if not match["noun3"] or not line.words[place.at + 1].startswith("ال"):
            return None
        return replace(place, last=place.at + 1, unit="share", noun=(place.at + 1, place.at + 1))
    if line.words[place.at] == "a third" and match["noun3"]:
        last = place.at + 1  # an ordinal: "a third meeting"
        return replace(place, last=last, value=3.0, unit="ordinal", noun=(last, last))
    of_them = line.words[place.at + 1 : place.at + 2] == ("of",) and (
        line.words[place.at + 2 : place.at + 3] in _THEM
    )
    last = place.at + 2 * of_them
    return replace(place, last=last, unit="share")


_THEM = (("them",), ("it",), ("whom",))
_OF_THEM = {
    "ar": frozenset(("منهم", "منها", "منهن", "منهما")),
    "fr": frozenset(("d'entre",)),
    "en": frozenset(("of",)),
}
_COUNTS_BARE = {
    "ar": frozenset(("بينهم", "بينها", "بينهن", "منهم", "منها")),
    "fr": frozenset(("dont", "sur", "que")),
    "en": frozenset(("including", "only")),
}
_VERBS = frozenset(
    [
        "sont",
        "ont",
        "etaient",
        "avaient",
        "seraient",
        "auraient",
        "furent",
        "seulement",
        "were",
        "are",
        "have",
        "had",
        "died",
        "was",
        "remain",
        "remained",
        "others",
    ]
)
_MILLION = 1_000_000


def _alone(place: _Place, line: Pieces, text: str, folded: Folded, language: str) -> _Place | None:
    """Return a figure whose noun was named before: "22 of them", "dont trois", "un millier"."""
    at, word, kind = place.at, line.words[place.at], line.kinds[place.at]
    before = line.words[at - 1] if at else ""
    after = line.words[at + 1 : at + 3]
    if kind == "#":
        return None if language == "ar" and word.startswith("ال") else place
    if after and after[0] in _OF_THEM[language]:
        if language == "ar":
            return replace(place, last=at + 1)
        if language == "en" and after[1:] not in _THEM:
            return None
        return replace(place, last=at + 2) if language == "en" else place
    number = line.values[at]
    if number is None or "\n" in folded.original(line.starts[max(0, at - 1)], line.ends[at]).of(
        text
    ):
        return None
    if language == "ar" and kind == "w" and number >= _MILLION and not _is_definite(word):
        return place  # "an increase of two billion"
    rounded = language == "fr" and word.endswith(_ROUND)
    elided = before in _COUNTS_BARE[language] and kind in "mdznw"
    verb = bool(after) and after[0] in _VERBS and kind == "w" and line.kinds[at - 1 : at] != "l"
    if language == "ar" and _is_definite(word):
        return None
    return place if rounded or elided or verb else None


_ROUND = ("aine", "aines", "millier", "milliers")


def _behind(place: _Place, line: Pieces, language: str) -> _Place:
    """Read the bound behind a figure: "21 people at least", "ten Afghan soldiers at least"."""
    if place.bound is not None:
        return place
    kinds, last = line.kinds, place.last
    if language == "ar" and kinds[last + 1 : last + 3] == "_G":
        return replace(place, bound="at least")  # the adjective stands between
    if kinds[last + 1 : last + 2] in ("G", "A", "E") and _ends(line, last):
        return replace(place, bound=_BOUNDS[kinds[last + 1]])
    return place


_TO = frozenset(("to", "a", "الي", "and", "et", "و"))


def _low(line: Pieces, at: int) -> int | None:
    """Return where the lower figure of a range stands, of which ``at`` is the upper one."""
    if at < 2 or line.kinds[at - 2] not in "mdzynw" or line.kinds[at - 1] not in "av-":
        return None
    low, high, joint = line.values[at - 2], line.values[at], line.kinds[at - 1]
    if low is None or high is None or not low < high * (1 if high < _THOUSAND_FOLD else 1000):
        return None
    opened = line.kinds[at - 3 : at - 2] == "b"
    if joint == "a" and (line.words[at - 1] not in _TO or not (opened or _is_to(line, at - 1))):
        return None
    if joint == "-" and (line.starts[at] != line.ends[at - 1] or line.words[at - 2][0] == "0"):
        return None
    return at - 2


_THOUSAND_FOLD = 1000


def _is_to(line: Pieces, at: int) -> bool:
    return line.words[at] in ("to", "a", "الي")


def _ranged(place: _Place, low: int, line: Pieces) -> _Place | None:
    """Return the range: "between 300 and 400 fighters", "two to three million"."""
    value, high = line.values[low], place.value
    if value is None or high is None:
        return place
    scale = 1000.0 ** int(math.log(high, 1000)) if high >= _THOUSAND_FOLD else 1.0
    if line.kinds[place.at] == "w" and value < _THOUSAND_FOLD <= high and value * scale < high:
        value *= scale
    first = low - (line.kinds[low - 1 : low] == "b")
    bound = place.bound
    while first > 0 and line.kinds[first - 1] in "GAE":
        first -= 1
        bound = _BOUNDS[line.kinds[first]]
    if value >= high or _is_label(line, low, _NO_WORDS):
        return place
    return replace(place, first=first, value=value, high=high, bound=bound)


def _ends(line: Pieces, last: int) -> bool:
    """Return whether the bound after a figure belongs to it, not to another that follows."""
    return line.kinds[last + 2 : last + 3] not in tuple("mdyznw$")


def _rounded(number: str) -> str | None:
    """Return ``about`` for number words that never mean the exact number: "une trentaine"."""
    return "about" if number.endswith(("aine", "dozen")) else None


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


def _tolls(line: Pieces, words: _Words, text: str, folded: Folded, language: str) -> list[Quantity]:
    """Return the bare figures that a toll governs: "the number of dead reached 31"."""
    out = []
    told, governors = _victims(language)
    last: int | None = None  # the last word that told of victims
    for at, kind in enumerate(line.kinds):
        word = line.words[at]
        if _plain(word, language) in told:
            last = at
        value = line.values[at]
        if last is None or kind not in "mdznw" or value is None or _is_label(line, at, words):
            continue
        before, bound = at - 1, _rounded(word)
        while before > last and line.kinds[before] in "AGEP1D":
            bound = _BOUNDS.get(line.kinds[before], bound)
            before -= 1
        if not (before == last or line.words[before] in governors):
            continue
        after = at + 1
        if after < len(line.kinds) and line.kinds[after] in "GAE":
            bound = _BOUNDS[line.kinds[after]]
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


_THOUSAND = fold("ألف").text  # begins like the article


def _is_definite(number: str) -> bool:
    """Return whether an Arabic number word has the article."""
    plain = not number.startswith(_THOUSAND) and number not in _SCALES_ALONE
    return plain and number.startswith("ال")


def _bound(marks: str) -> str | None:
    return next((_BOUNDS[mark] for mark in reversed(marks) if mark in _BOUNDS), None)


def _is_label(line: Pieces, at: int, words: _Words) -> bool:
    """Return whether the figure is part of a name, code or list: 007, no. 5, F-16, 3."""
    word = line.words[at]
    if word[0] == "0" and len(word) > 1 and word.isdecimal():
        return True
    if at == 0:
        return False
    before = line.words[at - 1]
    glued = line.starts[at] == line.ends[at - 1] and word[0].isdecimal()
    return (glued and before in ("-", "/", ":", ".", "_")) or before in words.numbered


def _next_to(line: Pieces, one: int, other: int) -> bool:
    return abs(one - other) == 1


def _is_of(word: str) -> bool:
    return word in ("من", "de", "d'", "of", "des")


# Words right after a figure that are not what it counts.
_NO_NOUNS = {
    "ar": frozenset(
        [
            "فقط",
            "وحده",
            "وحدها",
            "امام",
            "مقابل",
            "باتجاه",
            "عندما",
            "حيث",
            "بعدما",
            "كما",
            "لكل",
            "دون",
            "ضد",
            "فيما",
            "ايضا",
            "عند",
            "ضمن",
            "حول",
            "هو",
            "هي",
            "وهو",
            "وهي",
            "ليس",
            "وليس",
            "بتوقيت",
            "بالتوقيت",
            "بجروح",
            "برصيد",
            "عالميا",
            "سنويا",
            "يوميا",
            "شهريا",
            "كلها",
            "كلهم",
            "جميعا",
            "التي",
            "الذي",
            "الذين",
            "هذا",
            "هذه",
            "ذلك",
            "تلك",
            "لان",
            "لكن",
            "غير",
            "كان",
            "كانت",
            "قال",
        ]
    ),
    "fr": frozenset(
        [
            "sont",
            "ont",
            "etaient",
            "avaient",
            "seraient",
            "auraient",
            "furent",
            "avec",
            "sans",
            "sous",
            "dans",
            "chez",
            "vers",
            "entre",
            "plus",
            "moins",
            "tres",
            "alors",
            "mais",
            "nous",
            "vous",
            "ils",
            "elles",
            "leurs",
            "ses",
            "ces",
            "les",
            "des",
            "aux",
            "puis",
            "ailleurs",
            "toujours",
            "jamais",
            "tous",
            "toutes",
            "lors",
            "apres",
            "pres",
            "seulement",
            "est",
            "etait",
            "a",
        ]
    ),
    "en": frozenset(
        [
            "is",
            "was",
            "has",
            "this",
            "his",
            "its",
            "as",
            "less",
            "us",
            "plus",
            "yes",
            "does",
            "says",
            "thus",
            "perhaps",
            "always",
            "besides",
            "were",
            "are",
            "have",
            "had",
            "who",
            "that",
            "which",
            "when",
            "while",
            "but",
            "more",
            "others",
            "it",
        ]
    )
    - {"others"},
}


def _phrase(
    line: Pieces, start: int, end: int, *, of: bool, vague: bool, language: str, words: _Words
) -> int:
    """Return how many pieces the counted phrase at ``start`` takes; 0 if nothing is counted."""
    noun = line.words[start]
    if language == "ar":
        if len(noun) < 3 or (noun.startswith("ال") and not (of or vague)):
            return 0
        if noun in _NO_NOUNS["ar"]:
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
        if word in _NO_NOUNS[language]:
            return 0
        plural = word[-1] in "sx" and len(word) > 3
        if word in words.counted or plural:
            return length
    return 0


def _unit(line: Pieces, start: int, words: _Words, language: str) -> str | None:
    for at in range(start, min(start + 3, len(line.words))):
        word = line.words[at]
        plain = word.removeprefix("ال")
        unit = words.counted.get(word) or words.counted.get(plain)
        if unit or language == "ar":
            return unit
        if language == "en" and word.endswith("s"):
            return word[:-3] + "y" if word.endswith("ies") else word[:-1]
    return None


def _ordinals(line: Pieces, folded: Folded, language: str) -> list[Quantity]:
    out = []
    pattern = _ORDINAL_AFTER if language == "ar" else _ORDINAL_BEFORE
    for match in pattern.finditer(line.kinds):
        at = match.start() + (language == "ar")
        value = line.values[at]
        noun = line.words[match.start() if language == "ar" else match.start() + 1]
        if value is None or len(noun) < 3 or (language != "ar" and value < 2):
            continue
        definite = noun.startswith(("ال", "لل"))
        ordinal = line.words[at]
        feminine = ordinal.endswith("ه") or value == 1
        if language == "ar" and (
            ordinal.startswith("ال") != definite or feminine != noun.endswith("ه")
        ):
            continue
        span = folded.original(line.starts[match.start()], line.ends[match.end() - 1])
        out.append(Quantity(span, value, "ordinal", None))
    return out


def _several(words: _Words, text: str, folded: Folded) -> list[Quantity]:
    out = []
    for match in words.several.finditer(folded.text):
        span = folded.original(match.start(1), match.end(2))
        of = folded.original(match.start(2), match.end(2)).of(text)
        out.append(Quantity(span, None, words.counted.get(match[2]), of))
    return out


def _construct(word: str, words: _Words) -> tuple[str, str] | None:
    """Return a feminine dual before its genitive, as in "the two ministries of", with its unit."""
    for plain in (word, word[1:]) if word[0] in "وبلف" else (word,):
        unit = words.counted.get(plain[:-2] + "ه")
        if unit is not None:
            return plain, unit
    return None


def _duals(line: Pieces, words: _Words, text: str, folded: Folded) -> list[Quantity]:
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


def _definite(line: Pieces, words: _Words, text: str, folded: Folded) -> list[Quantity]:
    """Definite nouns with their number after them: "الحدود الثلاثة"."""
    out = []
    said: set[str] = set()
    for match in _CARDINAL_AFTER.finditer(line.kinds):
        noun, number = match.start(), match.end() - 1
        value = line.values[number]
        if not _is_definite(line.words[number]) or len(line.words[noun]) < 3 or not value:
            continue
        span = folded.original(line.starts[noun], line.ends[number])
        phrase = f"{line.words[noun]} {line.words[number]}"
        if phrase in said:
            continue  # the same ones again
        said.add(phrase)
        of = folded.original(line.starts[noun], line.ends[noun]).of(text)
        plain = line.words[noun].removeprefix("ال")
        unit = words.counted.get(line.words[noun]) or words.counted.get(plain)
        out.append(Quantity(span, value, unit, of))
    return out
