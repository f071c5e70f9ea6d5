"""Which Arabic words does a trained tagger take for names of people, places and bodies?

A linear model over words and their neighbours, decoded by Viterbi, in plain
Python: a structured perceptron with averaged weights (Collins 2002). The
features of a word are looked up once per word form and kept, so that a document
costs three sums of seven numbers a word and a small Viterbi step. Weights are
whole numbers; their file names the data and the licence. ``script/train-names``
makes them with the functions of this module, so that training and reading see
the same features.
"""

import gzip
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from pathlib import Path

from tawatur.reading.lexicon import bare, lexicon, stems

LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG")
_WEIGHTS = Path(__file__).parent / "weights" / "names-ar.gz"
_NEVER = -10_000_000
_SIZE = len(LABELS)

Vector = tuple[int, ...]
_NOTHING: Vector = (0,) * _SIZE

# An I- label may follow only the B- or I- of its own type.
ALLOWED = tuple(
    tuple(
        not after.startswith("I-") or (before != "O" and before[2:] == after[2:])
        for after in LABELS
    )
    for before in LABELS
)


@lru_cache(maxsize=20_000)
def marks(word: str) -> tuple[str, ...]:
    """Return what the lexicon knows of one folded word, proclitics and article aside."""
    known = lexicon("ar")
    found = []
    for _, form in stems(word):
        short = bare(form)
        if any(not rest for rest, _ in known.phrases.get(form, ())):
            entry = next(entry for rest, entry in known.phrases[form] if not rest)
            found.append(f"g{entry.type.value}{'' if entry.sure else '?'}")
        if short in known.nationalities:
            found.append("N")
        if short in known.heads:
            found.append("H" + known.heads[short].type.value)
        if short in known.titles:
            found.append("T" + known.titles[short])
        if form in known.particles:
            found.append("a")
        count = known.name_words.get(form, 0)
        if count:
            found.append("w3" if count > 100 else "w2" if count > 10 else "w1")
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=20_000)
def _main_mark(word: str) -> str:
    found = marks(word)
    if found:
        return found[0]
    habits = lexicon("ar").habits.get(word, "-")
    return word if len(word) < 3 or habits > "f5" else habits[:1] + habits[2:]


def word_features(word: str) -> list[str]:
    """Return the features of a word by itself, the same for each place beside it."""
    if not word[0].isalpha():
        return ["1" if word[0].isdigit() else word]
    stem = stems(word)[-1][1]
    short = bare(stem)
    found = [word, "s" + short, "p" + word[:2], "q" + word[:3], "e" + word[-2:], "f" + word[-3:]]
    found.append(f"l{min(len(word), 9)}")
    found += marks(word)
    known = lexicon("ar").habits
    habits = known.get(word) or "-"
    core = known.get(stem) or known.get(short) or "-" if stem is not word or short is not word else ""
    found += ["h" + habits, "i" + habits[2:], "j" + core[:2], "k" + core[2:], f"m{habits}|{core}"]
    if word[0] < "\u0600":
        found.append("latin")
    return found


def joint_features(before: str, word: str, after: str) -> list[str]:
    """Return the features of a word with its neighbours."""
    left, here, right = _main_mark(before), _main_mark(word), _main_mark(after)
    return [
        f"a{left}|{here}",
        f"b{here}|{right}",
        f"c{left}|{here}|{right}",
        f"d{before}|{word}",
        f"e{word}|{after}",
        f"f{before}|{here}",
        f"g{left}|{word[:2]}|{word[-2:]}",
    ]


Lookup = Callable[[str], Sequence[int]]


def emissions(words: Sequence[str], phrase: Sequence[str], sums: "Sums") -> list[Vector]:
    """Return the scores of the labels for each word of one sentence.

    ``phrase`` says for each word which phrase of the gazetteer covers it (``""``: none).
    """
    edge = "^"
    length = len(words)
    found = []
    for i in range(length):
        before = words[i - 1] if i else edge
        after = words[i + 1] if i + 1 < length else edge
        vectors = (
            sums.of(0, words[i]),
            sums.of(-1, before),
            sums.of(1, after),
            sums.of(-2, words[i - 2] if i > 1 else edge),
            sums.of(2, words[i + 2] if i + 2 < length else edge),
            sums.joint(before, words[i], after),
            sums.one(
                f"P{phrase[i - 1] if i else ''}|{phrase[i]}|{phrase[i + 1] if i + 1 < length else ''}"
            ),
        )
        found.append(tuple(map(sum, zip(*vectors, strict=True))))
    return found


class Sums:
    """Summed weights of feature groups, each worked out once per word form."""

    def __init__(self, weights: dict[str, Vector]) -> None:
        self._weights = weights
        self.of = lru_cache(maxsize=30_000)(self._of)
        self.joint = lru_cache(maxsize=30_000)(self._joint)

    def one(self, feature: str) -> Vector:
        """Return the weights of one feature."""
        return self._weights.get(feature, _NOTHING)

    def _of(self, place: int, word: str) -> Vector:
        return self._total([f"{place}{feature}" for feature in word_features(word)])

    def _joint(self, before: str, word: str, after: str) -> Vector:
        return self._total(joint_features(before, word, after))

    def _total(self, features: list[str]) -> Vector:
        vectors = [w for f in features if (w := self._weights.get(f)) is not None]
        return tuple(map(sum, zip(*vectors, strict=True))) if vectors else _NOTHING


def best_labels(scores: Sequence[Vector], steps: Sequence[Vector]) -> list[int]:
    """Return the best sequence of labels; ``steps[a][b]`` is the weight of b after a."""
    best: list[int] = [
        score if ALLOWED[0][label] else _NEVER for label, score in enumerate(scores[0])
    ]
    back: list[list[int]] = []
    columns = [
        [(a, steps[a][b]) for a in range(_SIZE) if ALLOWED[a][b]] for b in range(_SIZE)
    ]
    for score in scores[1:]:
        now, came = [], []
        for b in range(_SIZE):
            top, source = _NEVER * 2, 0
            for a, step in columns[b]:
                value = best[a] + step
                if value > top:
                    top, source = value, a
            now.append(top + score[b])
            came.append(source)
        best = now
        back.append(came)
    label = max(range(_SIZE), key=best.__getitem__)
    path = [label]
    for came in reversed(back):
        label = came[label]
        path.append(label)
    return path[::-1]


@cache
def _model() -> tuple[Sums, tuple[Vector, ...]] | None:
    """Return the weights as shipped, or None where there are none."""
    if not _WEIGHTS.exists():
        return None
    return load(_WEIGHTS)


def load(path: Path) -> tuple[Sums, tuple[Vector, ...]]:
    """Return the weights of a file written by ``script/train-names``."""
    weights: dict[str, Vector] = {}
    steps: list[Vector] = []
    shared: dict[Vector, Vector] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("#"):
                continue
            feature, numbers = line.rstrip("\n").rsplit("\t", 1)
            vector = tuple(map(int, numbers.split(" ")))
            vector = shared.setdefault(vector, vector)
            if feature == "STEP":
                steps.append(vector)
            else:
                weights[feature] = vector
    return Sums(weights), tuple(steps)


def tags(
    words: Sequence[str],
    phrase: Sequence[str],
    model: tuple[Sums, tuple[Vector, ...]] | None = None,
) -> list[str]:
    """Return one label of `LABELS` for each word of one sentence, without weights always O."""
    model = model or _model()
    if model is None or not words:
        return ["O"] * len(words)
    sums, steps = model
    return [LABELS[label] for label in best_labels(emissions(words, phrase, sums), steps)]
