"""Which documents are one text in two languages, as far as figures, dates and names tell?

A translation shares no words with its original, but it keeps what is written in digits,
the days it dates things to, and names as they sound. These are a text's *facts*, each with
the place where it first stands. Two texts are taken for translations of each other only if
they share several facts that few texts hold, if these make up most of what either has, come
in the same order at the same places, and if the texts are of like length. Two reports of
one happening share facts as well; it is the order and the completeness that they do not share.

Precision comes first. Known limits: a translation that is cut to a part, or whose text has
few figures and names, is not found; names that are translated rather than spelled (most
bodies) count only where a gazetteer knows them in both languages.
"""

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations

from tawatur.model.ids import DocumentId
from tawatur.model.picture import Copy, CopyKind, Reason
from tawatur.model.reading import EntityType, Reading, TimeType
from tawatur.model.span import Span
from tawatur.weighing.names import name_code

VERSION = "1"
"""Stands in every key: keys of another version never meet."""
RARE = 1.0
"""Weight from which on a fact is one of a key's two."""
MOST_KEYS = 20
LEAST_WEIGHT = 6.0
"""Least weight of the facts in common."""
LEAST_KINDS = 2
"""Of figures, dates and names at least so many kinds are in common."""
LEAST_NUMBERS = 2
"""Least number of figures and days in common."""
SHARE_OF_BOTH = 0.5
"""Least share of either text's facts, by weight, that the other has too."""
IN_ORDER = 0.75
"""Least share of the facts in common that come in one order in both texts."""
APART = 0.12
"""Most that a fact in common may stand elsewhere on average, as a share of the text."""
_WEIGHT_OF_DATE = {4: 0.3, 7: 0.6, 10: 1.0}  # by the length of a year, a month, a day in EDTF
LEAST_LENGTH = 0.5
"""Least length of the shorter text in words, as a share of the longer one's."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a translator keeps; ``at`` is its first place as a share of the text."""

    key: str
    weight: float
    at: float
    words: str  # as it is shown


@dataclass(frozen=True, slots=True)
class FactPrint:
    """The facts of one document in order of first place, and how long it is."""

    document: DocumentId
    language: str
    words: int
    facts: tuple[Fact, ...]


def fact_print(
    document: DocumentId, text: str, main: Sequence[Span], reading: Reading
) -> FactPrint:
    """Return the print of a document's reading.

    Args:
        document: Its id.
        text: The text that the reading's spans stand in.
        main: The spans of its main text, in order; facts outside do not count.
        reading: What was read.
    """
    found: list[Fact] = []
    starts = [span.start for span in main]
    before = [0, *accumulate(span.end - span.start for span in main)]

    def place(start: int) -> float | None:
        part = bisect_right(starts, start) - 1
        if part < 0 or start >= main[part].end:
            return None
        return (before[part] + start - starts[part]) / max(1, before[-1])

    def note(key: str, weight: float, start: int, words: str) -> None:
        at = place(start)
        if at is not None and weight > 0:
            found.append(Fact(key, weight, round(at, 4), words))

    for figure in reading.quantities:
        if figure.value is not None:
            shown = f"{figure.value:.12g}"
            note(f"f {shown}", _weight_of_figure(figure.value), figure.span.start, shown)
    for time in reading.times:
        if time.type is TimeType.DATE and time.value and "/" not in time.value:
            day = time.value.split("T")[0].rstrip("~?%")
            note(f"d {day}", _WEIGHT_OF_DATE.get(len(day), 0.0), time.span.start, day)
    for entity in reading.entities:
        english = next((name for language, name in entity.names if language == "en"), None)
        code = name_code(english or entity.name, entity.type)
        for mention in entity.mentions:
            note(
                f"n {code}", _weight_of_name(code, entity.type, english), mention.start, entity.name
            )
    first: dict[str, Fact] = {}
    for fact in sorted(found, key=lambda f: (f.at, f.key, f.words)):
        first.setdefault(fact.key, fact)
    words = sum(len(span.of(text).split()) for span in main)
    return FactPrint(document, reading.language, words, tuple(first.values()))


def _weight_of_name(code: str, kind: EntityType, english: str | None) -> float:
    """Return how much a name tells: what a gazetteer knows, many texts name."""
    if english is not None:
        return 0.5
    if kind is EntityType.ORGANISATION:
        return 0.0  # translated, not spelled
    return min(1.5, max(0.0, (len(code) - 4) / 3))


def fact_keys(of: FactPrint) -> tuple[str, ...]:
    """Return the keys under which translations meet; sorted.

    Each is two rare facts; of all such pairs those with the smallest hashes, so that texts
    with most facts in common have some of them in common.
    """
    rare = sorted(fact.key for fact in of.facts if fact.weight >= RARE)
    hashed = sorted(
        hashlib.blake2b(f"{a}\n{b}".encode(), digest_size=8).hexdigest()
        for a, b in combinations(rare, 2)
        if a[0] != "n" or b[0] != "n"
    )
    return tuple(f"t{VERSION}{digest}" for digest in hashed[:MOST_KEYS])


def translation(a: FactPrint, b: FactPrint) -> Copy | None:
    """Return how two documents are translations, or None; the same for ``a, b`` and ``b, a``."""
    if a.document == b.document or a.language == b.language:
        return None
    short, long = sorted((a.words, b.words))
    if short < LEAST_LENGTH * long:
        return None
    a, b = sorted((a, b), key=lambda p: p.document)
    ours, theirs = {f.key: f for f in a.facts}, {f.key: f for f in b.facts}
    common = [fact for fact in a.facts if fact.key in theirs]
    weight = _weight(common)
    if weight < LEAST_WEIGHT or len({fact.key[0] for fact in common}) < LEAST_KINDS:
        return None
    if sum(fact.key[0] != "n" and fact.weight >= RARE for fact in common) < LEAST_NUMBERS:
        return None
    of_a, of_b = weight / _weight(ours.values()), weight / _weight(theirs.values())
    if min(of_a, of_b) < SHARE_OF_BOTH:
        return None
    places = [theirs[fact.key].at for fact in common]
    apart = sum(abs(f.at - at) for f, at in zip(common, places, strict=True)) / len(common)
    if _rising(places) < IN_ORDER * len(common) or apart > APART:
        return None
    told = [fact.words for fact in sorted(common, key=lambda f: (-f.weight, f.at))]
    why = Reason(
        "{0} figures, dates and names are in common, in the same order: {1}.",
        (str(len(common)), ", ".join(told[:6])),
    )
    evidence = (
        Reason("They are {0} % of what one text has and {1} % of the other's.",
               (str(round(100 * of_a)), str(round(100 * of_b)))),
        Reason("One text has {0} words, the other {1}.", (str(a.words), str(b.words))),
    )  # fmt: skip
    share = max(of_a, of_b)
    return Copy(
        a.document,
        b.document,
        CopyKind.TRANSLATION,
        round(share, 3),
        why,
        of_a=round(of_a, 3),
        of_b=round(of_b, 3),
        evidence=evidence,
        common=tuple(fact.words for fact in common),
    )


def _weight(facts: Iterable[Fact]) -> float:
    return sum(fact.weight for fact in facts)


def _weight_of_figure(value: float) -> float:
    """Return how much a figure tells: one digit stands in any text, 5,137 in few."""
    digits = len(f"{value:.12g}".replace(".", "").strip("0-"))
    return {0: 0.0, 1: 0.3, 2: 1.0}.get(digits, 1.5)


def _rising(places: Sequence[float]) -> int:
    """Return the length of the longest run of ``places`` that rises, others left out."""
    ends: list[float] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(ends)
