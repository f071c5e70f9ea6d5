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
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import add
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


_WIDTH = _LANE * _SIZE
_MASK = (1 << _WIDTH) - 1
_EVERYWHERE = sum(_OFFSET << (_WIDTH * place) for place in range(len(PLACES)))

Beside = dict[str, int]  # weights by what stands beside


@dataclass(frozen=True, slots=True)
class _Form:
    """What one word form adds to the scores of words about it."""

    sums: tuple[int, ...]  # by place, as in `PLACES`
    mark: str
    edges: str
    marks_after: Beside  # by the mark of the word after: templates a and b of `joint_features`
    marks_before: Beside
    two_after: dict[str, Beside]  # c
    words_after: Beside  # d
    words_before: Beside  # e
    mark_after_word: Beside  # f
    edges_after: Beside  # g


class Sums:
    """Summed weights of feature groups, those of single words worked out once per word form.

    The weights of one feature in all `PLACES` stand side by side in one wide integer, and
    those of two neighbours are found by the one and then by the other, so that no name of
    a feature is put together while reading.
    """

    def __init__(self, weights: dict[str, int]) -> None:
        self._single: dict[str, int] = {}
        self._pairs: dict[str, dict[str, Beside]] = {letter: {} for letter in "abdefg"}
        self._triples: dict[str, dict[str, Beside]] = {}
        self._phrases: dict[tuple[str, ...], int] = {}
        by_place = {str(place): _WIDTH * i for i, place in enumerate(PLACES)}
        for feature, weight in weights.items():
            kind = feature[:2] if feature[0] == "-" else feature[0]
            if kind in by_place:
                name = feature[len(kind) :]
                self._single[name] = self._single.get(name, 0) + (weight << by_place[kind])
            elif kind == "P":
                self._phrases[tuple(feature[1:].split("|"))] = weight
            elif kind == "c":
                left, here, right = feature[1:].split("|", 2)
                self._triples.setdefault(left, {}).setdefault(here, {})[right] = weight
            else:
                left, _, right = feature[1:].partition("|")
                self._pairs[kind].setdefault(left, {})[right] = weight
        self.of = lru_cache(maxsize=12_000)(self._of)

    def _of(self, word: str) -> _Form:
        """Return what a word form adds."""
        get, pairs = self._single.get, self._pairs
        near, far = word_features(word), far_features(word)
        whole = sum([get(feature, 0) for feature in near])
        rest = whole if word[0].isalpha() else sum([get(feature, 0) for feature in far])
        sums = tuple(
            (((whole if -2 < place < 2 else rest) + _EVERYWHERE) >> (_WIDTH * i) & _MASK) - _OFFSET
            for i, place in enumerate(PLACES)
        )
        mark = _main_mark(word)
        return _Form(
            sums,
            mark,
            f"{word[:2]}|{word[-2:]}",
            pairs["a"].get(mark, _NOTHING),
            pairs["b"].get(mark, _NOTHING),
            self._triples.get(mark, _NO_PAIRS),
            pairs["d"].get(word, _NOTHING),
            pairs["e"].get(word, _NOTHING),
            pairs["f"].get(word, _NOTHING),
            pairs["g"].get(mark, _NOTHING),
        )

    def emissions(self, words: Sequence[str], phrase: Sequence[str]) -> list[Vector]:
        """Return the scores of the labels for each word of one sentence, all plus one constant.

        ``phrase`` says for each word which phrase of the gazetteer covers it (``""``: none).
        """
        edge = self.of("^")
        known = [edge, edge, *map(self.of, words), edge, edge]
        phrases = self._phrases.get
        kinds = ("", *phrase, "")
        found = []
        for i, (far, left, here, right, farther) in enumerate(
            zip(known, known[1:], known[2:], known[3:], known[4:], strict=False)
        ):
            mark = here.mark
            total = (
                _OFFSET
                + here.sums[0]
                + left.sums[1]
                + right.sums[2]
                + far.sums[3]
                + farther.sums[4]
                + left.marks_after.get(mark, 0)
                + here.marks_before.get(right.mark, 0)
                + left.words_after.get(words[i], 0)
                + here.words_before.get(words[i + 1] if i + 1 < len(words) else "^", 0)
                + left.mark_after_word.get(mark, 0)
                + left.edges_after.get(here.edges, 0)
                + phrases(kinds[i : i + 3], 0)
            )
            if mark in left.two_after:
                total += left.two_after[mark].get(right.mark, 0)
            found.append(_READ(total.to_bytes(_LANE // 8 * _SIZE, "little")))
        return found


_NOTHING: Beside = {}
_NO_PAIRS: dict[str, Beside] = {}


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
    columns = [[step[b] for step in steps] for b in range(_SIZE)]
    from_o, out = steps[0], False
    for score in scores[1:]:
        outside = sure is not None and score[0] - max(score[1:]) > sure
        if out:
            if outside:
                best = [best[0] + from_o[0] + score[0], *_IMPOSSIBLE]
            else:
                best = [
                    (best[0] + from_o[b] if ALLOWED[0][b] else _NEVER) + score[b]
                    for b in range(_SIZE)
                ]
            back.append(_ZEROS)
            out = outside
            continue
        now: list[float] = []
        came: list[int] = []
        for b in range(1 if outside else _SIZE):
            sources = _BEFORE[b]
            if len(sources) == 2:
                one, other = sources
                top, source = best[one] + columns[b][one], one
                second = best[other] + columns[b][other]
                if second > top:
                    top, source = second, other
            else:
                values = list(map(add, best, columns[b]))
                top = max(values)
                source = values.index(top)
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


@lru_cache(maxsize=4)
def _sure(steps: tuple[Vector, ...]) -> int:
    """Return the lead of O that no steps can outweigh."""
    return 2 * (max(map(max, steps)) - min(map(min, steps)))


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
    sure = _sure(steps)
    return [LABELS[label] for label in best_labels(sums.emissions(words, phrase), steps, sure)]
