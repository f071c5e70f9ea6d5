"""Is the right Arabic form of a Latin name word found among all forms?

    TAWATUR_EVAL_DATA=DIR python -m evals.spellings [--words N] [--errors]

The development parts of two public collections of name words in both scripts. Each Latin
word is looked up among every Arabic form of its collection: those whose consonants are
close are ranked by how they are spelled (`tawatur.weighing.names.Forms`). A form counts
as right when the collection pairs it with the word. Prints the share found first and
among the first five. N words are drawn from each collection with a fixed seed.
"""

import argparse
import os
import random
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from tawatur.model.text import fold_words
from tawatur.weighing.names import Forms

SETS = {
    "wikidata": "wd_arabic_coling2018/wd_arabic_16",
    "google": "google_ar2en/ar2en-eval.txt",
}
WORDS, SEED, FIRST = 100, 20_211, 5


def source(data: Path, name: str) -> Path:
    """Return the file of a collection under the evaluation data."""
    return data / "data/names" / SETS[name]


def pairs(data: Path, name: str, *, least: int = 1) -> dict[str, set[str]]:
    """Return the folded Arabic forms of each folded Latin word of a collection.

    ``least`` is how often a pair must stand in names, as far as the collection counts that.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for line in source(data, name).read_text("utf-8").splitlines():
        one, other, *rest = line.split("\t")
        latin, arabic = (one, other.replace(" ", "")) if name == "wikidata" else (other, one)
        latin, arabic = folded(latin), folded(arabic)
        if latin and arabic and (name != "wikidata" or int(rest[0]) >= least):
            found[latin].add(arabic)
    return dict(found)


def folded(word: str) -> str:
    """Return a word as names are compared."""
    return fold_words(word).replace(" ", "")


def measured(
    right: dict[str, set[str]], count: int, *, errors: bool = False
) -> tuple[float, float]:
    """Return the shares of drawn words whose right form is found first, and among the first."""
    forms = Forms({form for held in right.values() for form in held})
    drawn = sorted(right)
    random.Random(SEED).shuffle(drawn)  # noqa: S311 - a sample, no secret
    del drawn[count:]
    first = among = 0
    for word in drawn:
        found = forms.nearest(word, FIRST)
        first += found[:1] != () and found[0] in right[word]
        among += not right[word].isdisjoint(found)
        if errors and right[word].isdisjoint(found[:1]):
            print(f"  {word}: {'، '.join(sorted(right[word]))}; found {'، '.join(found[:3])}")
    return first / len(drawn), among / len(drawn)


def figures(data: Path, count: int = WORDS, *, errors: bool = False) -> dict[str, float]:
    """Return what is found first and among the first, by collection."""
    found: dict[str, float] = {}
    for name in SETS:
        first, among = measured(pairs(data, name), count, errors=errors)
        found |= {f"{name}: first": first, f"{name}: among {FIRST}": among}
    return found


def corpus(data: Path) -> list[Path]:
    """Return the files measured on."""
    return [source(data, name) for name in SETS]


def printed(told: str, option: str, count: int, measure: Callable[..., dict[str, float]]) -> None:
    """Measure what a command line asks for, and print it; ``told`` is the command's help."""
    parser = argparse.ArgumentParser(description=told)
    parser.add_argument(option, dest="count", type=int, default=count)
    parser.add_argument("--errors", action="store_true")
    args = parser.parse_args()
    if "TAWATUR_EVAL_DATA" not in os.environ:
        sys.exit("TAWATUR_EVAL_DATA does not say where the data are")
    data = Path(os.environ["TAWATUR_EVAL_DATA"])
    for row, figure in measure(data, args.count, errors=args.errors).items():
        print(f"{row:48}{figure:.3f}")


if __name__ == "__main__":
    printed(__doc__, "--words", WORDS, figures)
