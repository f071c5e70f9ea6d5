"""Which Arabic words does a trained tagger take for names of people, places and bodies?

A linear model over words and their neighbours, decoded by Viterbi, in plain
Python: the weights of a conditional random field (Lafferty, McCallum and Pereira 2001),
fitted with L1 and L2 penalties, as whole numbers. The features of a word are
looked up once per word form and kept, so that a document costs two dozen additions
a word and a small Viterbi step. The file of weights names the data and the licence.
``script/train-names`` makes it with the functions of this module, so that training
and reading see the same features.
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


_NEUTRAL = 60  # what a sequence of letters counts that neither names nor other words have


@lru_cache(maxsize=12_000)
def likeness(word: str) -> str:
    """Return from 0 to 9 how much the letters of a word are like those of names of people."""
    if word[0] < "\u0600":
        return "x"
    known = lexicon("ar").grams
    whole = f"^{word}$"
    grams = [whole[i : i + 3] for i in range(len(word))]
    grams += [whole[i : i + 2] for i in range(len(word) + 1)]
    mean = sum([known.get(gram, _NEUTRAL) for gram in grams]) // len(grams)
    return str(max(0, min(9, (mean + 200) // 40)))


def _best_likeness(word: str) -> str:
    return max([likeness(form) for _, form in stems(word)])


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
        by_place = {str(place): _WIDTH * i for i, place in enumerate(PLACES)}
        for feature, weight in weights.items():
            kind = feature[:2] if feature[0] == "-" else feature[0]
            if kind in by_place:
                name = feature[len(kind) :]
                self._single[name] = self._single.get(name, 0) + (weight << by_place[kind])
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
        self.of = lru_cache(maxsize=12_000)(self._of)

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

    def emissions(self, words: Sequence[str], phrase: Sequence[str]) -> list[Vector]:
        """Return the scores of the labels for each word of one sentence, all plus one constant.

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
            found.append(_READ(total.to_bytes(_LANE // 8 * _SIZE, "little")))
            if here.trigger:
                trigger = here.r
            elif word in _CLAUSE_ENDS:
                trigger = self._no_trigger
        return found


_NOTHING: Beside = {}
_NO_PAIRS: dict[str, Beside] = {}


@dataclass(frozen=True, slots=True)
class Lead:
    """By how much O must lead the other labels of a word so that no step outweighs it.

    Take the best sequence with a name on the word and put O there: the steps about it
    lose at most ``alone``. If the name went on, its next word must now begin one:
    then the steps lose at most ``joined``, and that word what B- costs it.
    """

    alone: float
    joined: float


def lead(steps: Sequence[Sequence[float]]) -> Lead:
    """Return the lead of O for these steps."""
    every, named = range(_SIZE), range(1, _SIZE)
    outer = [
        (max([0.0, *(steps[a][b] - steps[a][0] for a in every if ALLOWED[a][b])]), b) for b in named
    ]  # nothing stands before the first word and after the last, so that no step is lost there
    alone = max(
        into + max([0.0, *(steps[b][c] - steps[0][c] for c in every if ALLOWED[0][c])])
        for into, b in outer
    )
    joined = max(
        into
        + steps[b][c]
        - steps[0][c - 1]
        + max(0.0, *(steps[c][d] - steps[c - 1][d] for d in every if ALLOWED[c - 1][d]))
        for into, b in outer
        for c in (2, 4, 6)
        if ALLOWED[b][c]
    )
    return Lead(alone, joined)


def best_labels(
    scores: Sequence[Sequence[float]],
    steps: Sequence[Sequence[float]],
    sure: Lead | None = None,
) -> list[int]:
    """Return the best sequence of labels; ``steps[a][b]`` is the weight of b after a.

    With ``sure``, what `lead` returns for the steps, words that are surely O are not
    compared further and part the sentence; the answer is the same.
    """
    if sure is None:
        return _compared(scores, steps, after=False, before=False)
    found = [0] * len(scores)
    extra, first = 0.0, -1
    size = len(scores)
    outside = [False] * size
    for i in range(size - 1, -1, -1):
        out, b1, i1, b2, i2, b3, i3 = scores[i]
        ahead = out - max(b1, i1, b2, i2, b3, i3)
        outside[i] = ahead > sure.alone and ahead > sure.joined + extra
        extra = max(i1 - b1, i2 - b2, i3 - b3)
    for i in range(size + 1):
        if i < size and not outside[i]:
            first = i if first < 0 else first
        elif first >= 0:
            found[first:i] = _compared(scores[first:i], steps, after=first > 0, before=i < size)
            first = -1
    return found


def _compared(
    scores: Sequence[Sequence[float]],
    steps: Sequence[Sequence[float]],
    *,
    after: bool,
    before: bool,
) -> list[int]:
    """Return the best sequence, which stands after O or at the start, before O or at the end."""
    best: list[float] = [
        score + (steps[0][label] if after else 0) if ALLOWED[0][label] else _NEVER
        for label, score in enumerate(scores[0])
    ]
    if len(scores) == 1 and before:
        best = [best[b] + steps[b][0] for b in range(_SIZE)]
        return [best.index(max(best))]
    back: list[Sequence[int]] = []
    columns = tuple(zip(*steps, strict=True))
    for score in scores[1:]:
        now: list[float] = []
        came: list[int] = []
        for b, sources in enumerate(_BEFORE):
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
        best = now
        back.append(came)
    if before:
        best = list(map(add, best, columns[0]))
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
def _lead(steps: tuple[Vector, ...]) -> Lead:
    return lead(steps)


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
    sure = _lead(steps)
    return [LABELS[label] for label in best_labels(sums.emissions(words, phrase), steps, sure)]
