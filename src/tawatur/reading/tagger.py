"""Which Arabic words does a trained tagger take for names of people, places and bodies?

A linear model over words and their neighbours, decoded by Viterbi, in plain
Python: the weights of a conditional random field (Lafferty, McCallum and Pereira 2001),
fitted with L1 and L2 penalties, as whole numbers. The features of a word are
looked up once per word form and kept, so that a document costs two dozen additions
a word and a small Viterbi step. A document is read twice: what the first reading says of
a word where it stands again is a feature of the second (Krishnan and Manning 2006),
for the few sentences that have such words. The file of weights names the data and the licence.
``script/train-names`` makes it with the functions of this module, so that training
and reading see the same features.
"""

import gzip
import struct
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import repeat
from operator import add
from pathlib import Path

from tawatur.reading.lexicon import bare, lexicon, stems

LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG")
_WEIGHTS = Path(__file__).parent / "weights" / "names-ar.gz"
_NEVER = -(1 << 60)
_SIZE = len(LABELS)

Vector = tuple[int, ...]

# An I- label may follow only the B- or I- of its own type.
ALLOWED = tuple(
    tuple(
        not after.startswith("I-") or (before != "O" and before[2:] == after[2:])
        for after in LABELS
    )
    for before in LABELS
)


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


_NEUTRALS = repeat(60)  # what a sequence of letters counts that no name and no other word has


@lru_cache(maxsize=12_000)
def likeness(word: str) -> str:
    """Return from 0 to 9 how much the letters of a word are like those of names of people."""
    if word[0] < "\u0600":
        return "x"
    known = lexicon("ar").grams
    whole = f"^{word}$"
    shifted, twice = whole[1:], whole[2:]
    total = sum(map(known.get, map(add, whole, shifted), _NEUTRALS))
    total += sum(map(known.get, map(add, map(add, whole, shifted), twice), _NEUTRALS))
    mean = total // (2 * len(word) + 1)
    return "0123456789"[max(0, min(9, (mean + 200) // 40))]


def _best_likeness(word: str) -> str:
    forms = stems(word)
    return likeness(word) if len(forms) == 1 else max([likeness(form) for _, form in forms])


@lru_cache(maxsize=12_000)
def main_mark(word: str) -> str:
    """Return the one thing that tells most of a word where it stands beside others."""
    if not word[0].isalpha():
        return word
    found = marks(word)
    if found:
        return found[0]
    habits = lexicon("ar").habits.get(word, "")
    if len(word) < 3 or habits > "f5":
        return word
    return habits[:1] + habits[2:] if habits else "n" + _best_likeness(word)


def word_features(word: str) -> list[str]:
    """Return the features of a word by itself, the same for each place beside it."""
    if not word[0].isalpha():
        return ["1" if word[0].isdigit() else word]
    stem = stems(word)[-1][1]
    short = bare(stem)
    found = [word, "s" + short, f"l{min(len(word), 9)}"]
    found += ["p" + word[:n] for n in (1, 2, 3, 4)]
    found += ["e" + word[-n:] for n in (1, 2, 3, 4)]
    found += ["P" + short[:n] for n in (2, 3, 4)]
    found += marks(word)
    known = lexicon("ar").habits
    habits = known.get(word) or "-"
    core = (
        known.get(stem) or known.get(short) or "-" if stem is not word or short is not word else ""
    )
    found += ["h" + habits, "i" + habits[2:], "j" + core[:2], "k" + core[2:], f"m{habits}|{core}"]
    found += ["n" + likeness(word), "N" + _best_likeness(word), "L" + likeness(short)]
    if word[0] < "\u0600":
        found.append("latin")
    return found


def joint_features(window: Sequence[str], phrases: Sequence[str], trigger: str) -> list[str]:
    """Return the features of a word with its neighbours.

    ``window`` is five words with it in the middle, ``phrases`` which phrase of the gazetteer
    covers the word before, the word and the word after, ``trigger`` the last title or head
    word of the clause before it (see `triggers`).
    """
    far, left, here, right, _ = window
    m0, m1, m2, m3 = map(main_mark, (far, left, here, right))
    before, phrase, after = phrases
    return [
        f"a{m1}|{m2}",
        f"b{m2}|{m3}",
        f"c{m1}|{m2}|{m3}",
        f"d{left}|{here}",
        f"e{here}|{right}",
        f"f{left}|{m2}",
        f"g{m1}|{here[:2]}|{here[-2:]}",
        f"h{m0}|{m2}",
        f"i{far}|{m2}",
        f"k{m2}|{right}",
        f"o{m1}|{here}",
        f"q{left}|{right}",
        f"r{trigger}|{m2}",
        f"t{left}|{phrase}",
        f"u{phrase}|{m2}",
        f"v{before}|{phrase}|{after}",
        f"w{phrase}",
    ]


def triggers(words: Sequence[str]) -> list[str]:
    """Return for each word the last title or head word before it in its clause, or nothing."""
    found = []
    last = ""
    for word in words:
        found.append(last)
        if word in _CLAUSE_ENDS:
            last = ""
        elif main_mark(word)[0] in "HT":
            last = word
    return found


_CLAUSE_ENDS = frozenset(".،,؛:")


def far_features(word: str) -> list[str]:
    """Return the few features of a word two places away."""
    if not word[0].isalpha():
        return [word]
    return [word, *marks(word), "n" + _best_likeness(word)]


Sentence = tuple[Sequence[str], Sequence[str]]  # words, and the phrase that covers each


@lru_cache(maxsize=12_000)
def _repeated_form(word: str) -> str:
    return stems(word)[-1][1] if len(word) > 3 else word


def repeats(sentences: Sequence[Sentence], labels: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return for each sentence what the labels say of its words where they stand again.

    The cell of a word is empty if it stands once, or nowhere with a name; ``O`` if its other
    places are outside of names; else the commonest label there, with ``?`` if O is commoner.
    """
    seen: dict[str, Counter[str]] = {}
    for (words, _), given in zip(sentences, labels, strict=True):
        for word, label in zip(words, given, strict=True):
            if label != "O":
                seen.setdefault(_repeated_form(word), Counter())
    for (words, _), given in zip(sentences, labels, strict=True):
        for word, label in zip(words, given, strict=True):
            if (counts := seen.get(_repeated_form(word))) is not None:
                counts[label] += 1
    return [
        [
            _elsewhere(seen.get(_repeated_form(word)), word, label)
            for word, label in zip(words, given, strict=True)
        ]
        for (words, _), given in zip(sentences, labels, strict=True)
    ]


def _elsewhere(counts: Counter[str] | None, word: str, label: str) -> str:
    if counts is None or counts.total() < 2 or not word[0].isalpha():
        return ""
    others = {one: n - (one == label) for one, n in counts.items()}
    outside = others.pop("O", 0)
    best = max(sorted(others), key=others.__getitem__) if any(others.values()) else ""
    return (best if others[best] >= outside else best + "?") if best else "O"


def repeat_features(cells: Sequence[str]) -> list[list[str]]:
    """Return the features of each word of a sentence for which `repeats` has cells."""
    padded = ("", *cells, "")
    found = []
    for before, here, after in zip(padded, padded[1:], padded[2:], strict=False):
        features = ["D" + here] if here else []
        if before:
            features.append("E" + before)
        if after:
            features.append("F" + after)
        if here:
            features.append(f"G{before}|{here}|{after}")
        found.append(features)
    return found


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
    """What one word form adds to the scores of words about it.

    The letters are the templates of `joint_features` by their part on the left, where this
    word or its mark is that part; of ``k`` and ``e`` by their part that is the word itself.
    """

    word: str
    sums: tuple[int, ...]  # by place, as in `PLACES`
    mark: str
    edges: str
    trigger: bool
    a: Beside
    b: Beside
    c: dict[str, Beside]
    d: Beside
    e: Beside
    f: Beside
    g: Beside
    h: Beside
    i: Beside
    k: Beside
    o: Beside
    q: Beside
    r: Beside
    t: Beside


class Sums:
    """Summed weights of feature groups, those of single words worked out once per word form.

    The weights of one feature in all `PLACES` stand side by side in one wide integer, and
    those of two neighbours are found by the one and then by the other, so that no name of
    a feature is put together while reading.
    """

    def __init__(self, weights: dict[str, int]) -> None:
        self._single: dict[str, int] = {}
        self._pairs: dict[str, dict[str, Beside]] = {letter: {} for letter in "abdefghikoqrtu"}
        self._triples: dict[str, dict[str, Beside]] = {}
        self._phrases: dict[tuple[str, ...], int] = {}
        self._repeats: dict[str, int] = {}
        by_place = {str(place): _WIDTH * i for i, place in enumerate(PLACES)}
        for feature, weight in weights.items():
            kind = feature[:2] if feature[0] == "-" else feature[0]
            if kind in by_place:
                name = feature[len(kind) :]
                self._single[name] = self._single.get(name, 0) + (weight << by_place[kind])
            elif kind in "DEFG":
                self._repeats[feature] = weight
            elif kind in "vw":
                self._phrases[tuple(feature[1:].split("|"))] = weight
            elif kind == "c":
                left, here, right = feature[1:].split("|", 2)
                self._triples.setdefault(left, {}).setdefault(here, {})[right] = weight
            else:
                left, _, right = feature[1:].partition("|")
                self._pairs[kind].setdefault(left, {})[right] = weight
        self._under = self._pairs["u"]
        self._no_trigger = self._pairs["r"].get("", _NOTHING)
        self.of = lru_cache(maxsize=30_000)(self._of)

    def _of(self, word: str) -> _Form:
        """Return what a word form adds."""
        get, pairs = self._single.get, self._pairs
        near, far = word_features(word), far_features(word)
        whole = sum([get(feature, 0) for feature in near])
        rest = sum([get(feature, 0) for feature in far])
        sums = tuple(
            (((whole if -2 < place < 2 else rest) + _EVERYWHERE) >> (_WIDTH * i) & _MASK) - _OFFSET
            for i, place in enumerate(PLACES)
        )
        mark = main_mark(word)
        by_mark = {letter: pairs[letter].get(mark, _NOTHING) for letter in "abghko"}
        by_word = {letter: pairs[letter].get(word, _NOTHING) for letter in "defiqrt"}
        return _Form(
            word=word,
            sums=sums,
            mark=mark,
            edges=f"{word[:2]}|{word[-2:]}",
            trigger=mark[0] in "HT",
            c=self._triples.get(mark, _NO_PAIRS),
            **by_mark,
            **by_word,
        )

    def again(self, totals: Sequence[int], cells: Sequence[str]) -> list[int]:
        """Return the totals of one sentence with what `repeats` says added."""
        get = self._repeats.get
        return [
            total + sum([get(feature, 0) for feature in features])
            for total, features in zip(totals, repeat_features(cells), strict=True)
        ]

    def totals(self, words: Sequence[str], phrase: Sequence[str]) -> list[int]:
        """Return the scores of the labels for each word of one sentence, packed (see `scores`).

        ``phrase`` says for each word which phrase of the gazetteer covers it (``""``: none).
        """
        edge = self.of("^")
        known = [edge, edge, *map(self.of, words), edge, edge]
        phrases, under = self._phrases.get, self._under.get
        kinds = ("", *phrase, "")
        trigger = self._no_trigger
        found = []
        for i, (far, left, here, right, farther) in enumerate(
            zip(known, known[1:], known[2:], known[3:], known[4:], strict=False)
        ):
            mark, word, after, kind = here.mark, here.word, right.word, phrase[i]
            total = (
                _OFFSET
                + here.sums[0]
                + left.sums[1]
                + right.sums[2]
                + far.sums[3]
                + farther.sums[4]
                + left.a.get(mark, 0)
                + here.b.get(right.mark, 0)
                + left.d.get(word, 0)
                + here.e.get(after, 0)
                + left.f.get(mark, 0)
                + left.g.get(here.edges, 0)
                + far.h.get(mark, 0)
                + far.i.get(mark, 0)
                + here.k.get(after, 0)
                + left.o.get(word, 0)
                + left.q.get(after, 0)
                + trigger.get(mark, 0)
                + left.t.get(kind, 0)
                + under(kind, _NOTHING).get(mark, 0)
                + phrases((kind,), 0)
                + phrases(kinds[i : i + 3], 0)
            )
            if mark in left.c:
                total += left.c[mark].get(right.mark, 0)
            found.append(total)
            if here.trigger:
                trigger = here.r
            elif word in _CLAUSE_ENDS:
                trigger = self._no_trigger
        return found


def scores(totals: Sequence[int]) -> list[Vector]:
    """Return the seven scores of each word, all plus one constant."""
    return [_READ(total.to_bytes(_LANE // 8 * _SIZE, "little")) for total in totals]


_NOTHING: Beside = {}
_NO_PAIRS: dict[str, Beside] = {}


Model = tuple[Sums, tuple[Vector, ...]]


@lru_cache(maxsize=4)
def _columns(steps: tuple[Vector, ...]) -> tuple[tuple[tuple[float, ...], float], ...]:
    """Return for each label the steps to it, and the best of them from a name."""
    return tuple(
        (column, max(column[a] for a in range(1, _SIZE) if ALLOWED[a][b]))
        for b, column in enumerate(zip(*steps, strict=True))
    )


def best_labels(scores: Sequence[Sequence[float]], steps: tuple[Vector, ...]) -> list[int]:
    """Return the best sequence of labels; ``steps[a][b]`` is the weight of b after a.

    Most words are no names: where O leads so far that no step from a name outweighs it,
    the sources of a label are not compared one by one.
    """
    columns = _columns(steps)
    first = scores[0]
    best = [score if ALLOWED[0][label] else _NEVER for label, score in enumerate(first)]
    back: list[Sequence[int]] = []
    outer = tuple((b, *columns[b]) for b in (0, 1, 3, 5))
    inner = tuple((b, columns[b][0][b - 1], columns[b][0][b]) for b in (2, 4, 6))
    for score in scores[1:]:
        now = [0.0] * _SIZE
        came = [0] * _SIZE
        outside = best[0]
        named = max(best[1:])
        for b, column, most in outer:
            top = outside + column[0]
            if top < named + most:
                values = list(map(add, best, column))
                top = max(values)
                came[b] = values.index(top)
            now[b] = top + score[b]
        for b, begun, gone_on in inner:
            top, second = best[b - 1] + begun, best[b] + gone_on
            if second > top:
                now[b] = second + score[b]
                came[b] = b
            else:
                now[b] = top + score[b]
                came[b] = b - 1
        best = now
        back.append(came)
    label = max(range(_SIZE), key=best.__getitem__)
    path = [label]
    for source_of in reversed(back):
        label = source_of[label]
        path.append(label)
    return path[::-1]


@cache
def _model() -> Model | None:
    """Return the weights as shipped, or None where there are none."""
    if not _WEIGHTS.exists():
        return None
    return load(_WEIGHTS)


def load(path: Path) -> Model:
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


def tags(sentences: Sequence[Sentence], model: Model | None = None) -> list[list[str]]:
    """Return a label of `LABELS` for each word of a document's sentences, in their order.

    Without weights every label is O.
    """
    model = model or _model()
    if model is None:
        return [["O"] * len(words) for words, _ in sentences]
    sums, steps = model
    totals = [sums.totals(words, phrase) for words, phrase in sentences]
    first = [_labels(total, steps) for total in totals]
    cells = repeats(sentences, first)
    return [
        _labels(sums.again(total, row), steps) if any(row) else labels
        for total, row, labels in zip(totals, cells, first, strict=True)
    ]


def _labels(totals: Sequence[int], steps: tuple[Vector, ...]) -> list[str]:
    if not totals:
        return []
    return [LABELS[label] for label in best_labels(scores(totals), steps)]
