"""Are two full names one person's? Pairs made of public name words, near misses among them.

    TAWATUR_EVAL_DATA=DIR python -m evals.identity [--names N] [--errors]

Names of two and three words are drawn with a fixed seed from the development parts of the two
collections of `evals.spellings`, each word in Arabic and in Latin letters. Of the collection
from Wikidata only pairs that stand in it twice or more are taken: many of the others pair
two words of one name that do not spell each other.

Each name is tried as what is one (both scripts; the words in another order; "son of" put in;
one word in its second Latin spelling, where the collection has one) and as what is not: one
word exchanged for the nearest other by letters, in either script, or dropped, or cut to
its initial. A pair counts as joined when both have a key in common and are found the same,
as in the program. Prints precision, recall and F1 of all pairs, how many of each kind
were decided rightly, and how many of the pairs that are one meet in a key.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.spellings import SEED, SETS, pairs, printed
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from tawatur.model.ids import DocumentId
from tawatur.model.reading import EntityType
from tawatur.weighing.names import LocalName, entity_keys, same_entity

NAMES = 150
LEAST_WORD = 3  # letters; a shorter word is an initial or a particle


@dataclass(frozen=True, slots=True)
class Pair:
    """Two full names, whether they are one person's, and what was done to make them."""

    a: str
    b: str
    one: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Words:
    """The name words of a collection, and what stands near each."""

    right: dict[str, set[str]]  # the Arabic forms of each Latin word
    latin: dict[str, set[str]]  # and back

    def nearest(self, word: str, *, arabic: bool) -> str:
        """Return the other word of one script nearest by letters that the data keep apart."""
        back, there = (self.latin, self.right) if arabic else (self.right, self.latin)
        own = set().union(*(there[x] for x in back[word]))
        near = process.extract(word, list(back), scorer=Levenshtein.distance, limit=len(own) + 1)
        return next(x for x, *_ in near if x not in own)

    def second(self, latin: str, arabic: str) -> str | None:
        """Return another Latin spelling of one Arabic form, the nearest by letters, if any."""
        others = sorted(self.latin[arabic] - {latin})
        return min(others, key=lambda x: Levenshtein.distance(x, latin), default=None)


def collected(data: Path, name: str) -> Words:
    """Return the words of a collection that full names are made of."""
    right = {
        latin: kept
        for latin, forms in pairs(data, name, least=2 if name == "wikidata" else 1).items()
        if len(latin) >= LEAST_WORD and (kept := {x for x in forms if len(x) >= LEAST_WORD})
    }
    latin: dict[str, set[str]] = defaultdict(set)
    for word, forms in right.items():
        for form in forms:
            latin[form].add(word)
    return Words(right, dict(latin))


def made(words: Words, count: int) -> Iterator[Pair]:
    """Yield the pairs of ``count`` names, name by name."""
    draw = random.Random(SEED)  # noqa: S311 - a sample, no secret
    known = sorted(words.right)
    for number in range(count):
        latin = draw.sample(known, 2 + number % 2)
        arabic = [draw.choice(sorted(words.right[word])) for word in latin]
        yield from tried(words, latin, arabic, draw.randrange(len(latin)))


def tried(words: Words, latin: Sequence[str], arabic: Sequence[str], at: int) -> Iterator[Pair]:
    """Yield the pairs made of one name, changed at its word ``at``."""

    def pair(a: Sequence[str], b: Sequence[str], kind: str, *, one: bool) -> Pair:
        return Pair(" ".join(a), " ".join(b), one, kind)

    def put(name: Sequence[str], *new: str) -> list[str]:
        return [*name[:at], *new, *name[at + 1 :]]

    yield pair(arabic, latin, "two scripts", one=True)
    yield pair(arabic, [*latin[1:], latin[0]], "another order", one=True)
    yield pair([arabic[0], "بن", *arabic[1:]], latin, "son of", one=True)
    second = words.second(latin[at], arabic[at])
    if second:
        yield pair(arabic, put(latin, second), "second spelling, two scripts", one=True)
        yield pair(latin, put(latin, second), "second spelling, one script", one=True)
    other = words.nearest(latin[at], arabic=False)
    yield pair(arabic, put(latin, other), "nearest Latin word", one=False)
    yield pair(latin, put(latin, other), "nearest Latin word, one script", one=False)
    near = words.nearest(arabic[at], arabic=True)
    yield pair(put(arabic, near), latin, "nearest Arabic word", one=False)
    yield pair(arabic, put(latin), "a word less", one=False)
    yield pair(arabic, put(latin, latin[at][0]), "an initial", one=False)


def joined(pair: Pair) -> tuple[bool, bool]:
    """Return whether the names of a pair meet in a key, and whether they are then one."""
    a, b = (
        LocalName(DocumentId(document), "e", EntityType.PERSON, name, "")
        for document, name in (("d-1", pair.a), ("d-2", pair.b))
    )
    meet = not entity_keys(a).isdisjoint(entity_keys(b))
    return meet, meet and same_entity(a, b) is not None


def figures(data: Path, count: int = NAMES, *, errors: bool = False) -> dict[str, float]:
    """Return precision, recall and F1 of pairs, keys that meet, and what each kind comes to."""
    decided = [
        (pair, *joined(pair)) for name in SETS for pair in made(collected(data, name), count)
    ]
    held: dict[str, list[bool]] = defaultdict(list)
    for pair, _, found in decided:
        held[pair.kind].append(found == pair.one)
        if errors and found != pair.one:
            print(f"  {pair.kind}: {pair.a} / {pair.b}")
    right = sum(found and pair.one for pair, _, found in decided)
    ones = sum(pair.one for pair, *_ in decided)
    every = sum(found for *_, found in decided)
    return {
        "pairs (F1)": 2 * right / (ones + every),
        "pairs (precision)": right / every,
        "pairs (recall)": right / ones,
        "keys (recall)": sum(pair.one and meet for pair, meet, _ in decided) / ones,
        **{f"rightly decided: {kind}": sum(held[kind]) / len(held[kind]) for kind in held},
    }


if __name__ == "__main__":
    printed(__doc__, "--names", NAMES, figures)
