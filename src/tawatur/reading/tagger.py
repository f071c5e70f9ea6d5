"""Which Arabic words does a trained tagger take for names of people, places and bodies?

A linear model over words and their neighbours, decoded by Viterbi, in plain
Python: a structured perceptron with averaged weights (Collins 2002). The
features of a word are looked up once per word form and kept, so that a document
costs a dozen additions a word and a small Viterbi step. Weights are whole numbers;
their file names the data and the licence. ``script/train-names``
makes them with the functions of this module, so that training and reading see
the same features.
"""

import gzip
import struct
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from tawatur.reading.lexicon import bare, lexicon, stems

LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG")
_WEIGHTS = Path(__file__).parent / "weights" / "names-ar.gz"
_NEVER = -(1 << 60)
_SIZE = len(LABELS)
_ZEROS = (0,) * _SIZE
_IMPOSSIBLE = (_NEVER,) * (_SIZE - 1)

Vector = tuple[int, ...]

# An I- label may follow only the B- or I- of its own type.
ALLOWED = tuple(
    tuple(
        not after.startswith("I-") or (before != "O" and before[2:] == after[2:])
        for after in LABELS
    )
    for before in LABELS
)


_BEFORE = tuple(tuple(a for a in range(_SIZE) if ALLOWED[a][b]) for b in range(_SIZE))


@lru_cache(maxsize=2_000)
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


@lru_cache(maxsize=12_000)
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
    core = (
        known.get(stem) or known.get(short) or "-" if stem is not word or short is not word else ""
    )
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


def far_features(word: str) -> list[str]:
    """Return the few features of a word two places away."""
    return [word, *marks(word)] if word[0].isalpha() else [word]


PLACES = (0, -1, 1, -2, 2)

# The seven weights of a feature are lanes of one integer, so that adding features is adding
# integers; a lane is far wider than any sum. The offset keeps lanes positive when they are read.
_LANE = 32
_OFFSET = sum(1 << (_LANE - 1) << (_LANE * label) for label in range(_SIZE))
_READ = struct.Struct(f"<{_SIZE}I").unpack


def packed(vector: Sequence[int]) -> int:
    """Return seven weights as the lanes of one integer."""
    return sum(weight << (_LANE * label) for label, weight in enumerate(vector))


class Sums:
    """Summed weights of feature groups, those of single words worked out once per word form."""

    def __init__(self, weights: dict[str, int]) -> None:
        self._get = weights.get
        self.of = lru_cache(maxsize=12_000)(self._of)

    def _of(self, word: str) -> tuple[int, ...]:
        """Return the sums of a word for each of `PLACES`."""
        get = self._get
        near, far = word_features(word), far_features(word)
        return tuple(
            sum([get(f"{place}{f}", 0) for f in (near if -2 < place < 2 else far)])
            for place in PLACES
        )

    def emissions(self, words: Sequence[str], phrase: Sequence[str]) -> list[Vector]:
        """Return the scores of the labels for each word of one sentence, all plus one constant.

        ``phrase`` says for each word which phrase of the gazetteer covers it (``""``: none).
        """
        get = self._get
        edge = self.of("^")
        sums = [edge, edge, *map(self.of, words), edge, edge]
        padded = ("^", *words, "^")
        kinds = ("", *phrase, "")
        found = []
        for i, word in enumerate(words):
            total = sums[i + 2][0] + sums[i + 1][1] + sums[i + 3][2] + sums[i][3] + sums[i + 4][4]
            for feature in joint_features(padded[i], word, padded[i + 2]):
                total += get(feature, 0)
            total += get(f"P{kinds[i]}|{kinds[i + 1]}|{kinds[i + 2]}", 0)
            found.append(_READ((total + _OFFSET).to_bytes(_LANE // 8 * _SIZE, "little")))
        return found


def best_labels(
    scores: Sequence[Sequence[float]], steps: Sequence[Sequence[float]], sure: float | None = None
) -> list[int]:
    """Return the best sequence of labels; ``steps[a][b]`` is the weight of b after a.

    A word whose O leads by more than ``sure`` is O without further comparison, which
    saves most of the work and is exact when no steps can outweigh the lead.
    """
    best: list[float] = [
        score if ALLOWED[0][label] else _NEVER for label, score in enumerate(scores[0])
    ]
    back: list[Sequence[int]] = []
    columns = [[(a, steps[a][b]) for a in before] for b, before in enumerate(_BEFORE)]
    from_o, out = steps[0], False
    for score in scores[1:]:
        outside = sure is not None and score[0] - max(score[1:]) > sure
        if out and outside:
            best = [best[0] + from_o[0] + score[0], *_IMPOSSIBLE]
            back.append(_ZEROS)
            continue
        now: list[float] = []
        came: list[int] = []
        for b in range(1 if outside else _SIZE):
            if out:
                top, source = (best[0] + from_o[b] if ALLOWED[0][b] else _NEVER), 0
            else:
                top, source = _NEVER << 1, 0
                for a, step in columns[b]:
                    value = best[a] + step
                    if value > top:
                        top, source = value, a
            now.append(top + score[b])
            came.append(source)
        best = [*now, *_IMPOSSIBLE] if outside else now
        back.append(came)
        out = outside
    label = max(range(_SIZE), key=best.__getitem__)
    path = [label]
    for source_of in reversed(back):
        label = source_of[label]
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
    weights: dict[str, int] = {}
    steps: list[Vector] = []
    shared: dict[str, int] = {}  # many features have the same few numbers
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("#"):
                continue
            feature, numbers = line.rstrip("\n").rsplit("\t", 1)
            if feature == "STEP":
                steps.append(tuple(map(int, numbers.split(" "))))
                continue
            if numbers not in shared:
                shared[numbers] = packed(tuple(map(int, numbers.split(" "))))
            weights[feature] = shared[numbers]
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
    sure = 2 * (max(map(max, steps)) - min(map(min, steps)))
    return [LABELS[label] for label in best_labels(sums.emissions(words, phrase), steps, sure)]
