"""How surely is a leaked brief traced? Attacks on marked copies of a brief of the samples.

``python -m benchmarks.tracing [TRIALS] [LANGUAGE …]``. In each trial a new key marks copies for
50 organisations, one or three of them leak, and the leak is compared with all copies; an
organisation is named up to a probability of 0.001 of naming anybody wrongly. Every leak is
plain text: links, quotation signs and marks of direction are gone and all spaces are alike,
but for the rows that say that copies are mixed as files. What is marked is a part of the brief
of at least 3,500 words, another one in each trial, or as much of it as has 500 marks.
"""

import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tawatur import briefs
from tawatur.briefs import Rendering
from tawatur.model.ids import NodeId
from tawatur.node import Node
from tawatur.samples import REPORTS
from tawatur.sharing import Code, Forms, accused

_PART = 3500
"""Words of a part of the brief, at least."""
RECIPIENTS = tuple(NodeId(f"n-{n:02}") for n in range(50))
SLIP = 0.02
"""Of the words that somebody retypes: letters change places, or the word is left out."""
OWN_WORD = 0.1
"""Of the wordings that somebody retypes: the other one of the pair is typed."""

_TARGET = re.compile(r"\]\([^)]*\)")
_SIGNS = re.compile("[\\\\*\u2068\u2069]|^> |^#+ ", re.MULTILINE)

Leak = Callable[[random.Random, Rendering, Sequence[Forms]], str]
"""Makes a leak from the forms of the copies of those who leak."""


@dataclass(frozen=True, slots=True)
class Attack:
    """What is done to which text; ``marks`` cuts the brief to so many places that last."""

    name: str
    leakers: int
    leak: Leak
    marks: int | None = None
    every: bool = False  # the marks are of every kind, not only those that last


@dataclass(frozen=True, slots=True)
class Rates:
    """In which share of the trials somebody who leaked was named, and in which somebody else."""

    rightly: float
    wrongly: float


@cache
def rendering(language: str, marks: int | None = None, *, every: bool = False) -> Rendering:
    """Return the brief of the sample reports as text, whole or up to so many marks."""
    if marks is None:
        with (
            tempfile.TemporaryDirectory() as folder,
            Node.init(Path(folder) / "node", name="Observatory") as node,
        ):
            node.add([REPORTS])
            brief = node.brief(language=language)
        return Rendering.of(briefs.markdown(brief, "reports.html"), language)
    whole = rendering(language)
    places = [place for place in whole.places if every or not place.is_space]
    return Rendering.of(whole.text[: places[marks - 1].end + 1], language)


@cache
def parts(language: str) -> tuple[Rendering, ...]:
    """Return the brief of the sample reports cut into parts between paragraphs."""
    found: list[str] = []
    here: list[str] = []
    for paragraph in rendering(language).text.split("\n\n"):
        here.append(paragraph)
        if sum(len(plain(each).split()) for each in here) >= _PART:
            found.append("\n\n".join(here))
            here = []
    return tuple(Rendering.of(each, language) for each in found)


def plain(text: str) -> str:
    """Return the words of a brief as somebody copies them into a message."""
    return " ".join(_SIGNS.sub("", _TARGET.sub("]", text)).split())


def _part(chance: random.Random, text: str, count: int) -> str:
    words = plain(text).split()
    at = chance.randrange(max(1, len(words) - count))
    return " ".join(words[at : at + count])


def _copied(count: int) -> Leak:
    def leak(chance: random.Random, whole: Rendering, forms: Sequence[Forms]) -> str:
        return _part(chance, whole.copy(forms[0]), count)

    return leak


def _retyped(chance: random.Random, whole: Rendering, forms: Forms) -> str:
    """Return a copy as somebody types it from sight."""
    typed = tuple(1 - form if chance.random() < OWN_WORD else form for form in forms)
    words = []
    for word in plain(whole.copy(typed)).split():
        slip = chance.random()
        if slip >= SLIP:
            words.append(word)
        elif slip > SLIP / 3 and len(word) > 2:
            words.append(word[1] + word[0] + word[2:])
    return " ".join(words)


def _third_retyped(chance: random.Random, whole: Rendering, forms: Sequence[Forms]) -> str:
    start = chance.randrange(3)
    copied = _part(chance, whole.copy(forms[0]), 3000).split()
    typed = _part(chance, _retyped(chance, whole, forms[0]), 1000)
    return " ".join([*copied[: start * 1000], typed, *copied[(start + 1) * 1000 :]])


def _only_retyped(chance: random.Random, whole: Rendering, forms: Sequence[Forms]) -> str:
    return _part(chance, _retyped(chance, whole, forms[0]), 1000)


def _mixed(choice: Callable[[random.Random, tuple[int, ...]], int], *, clean: bool = True) -> Leak:
    def leak(chance: random.Random, whole: Rendering, forms: Sequence[Forms]) -> str:
        mixed = whole.copy(tuple(choice(chance, each) for each in zip(*forms, strict=True)))
        return plain(mixed) if clean else mixed

    return leak


def _passages(chance: random.Random, whole: Rendering, forms: Sequence[Forms]) -> str:
    copies = [whole.copy(each).split("\n\n") for each in forms]
    return plain("\n\n".join(chance.choice(each) for each in zip(*copies, strict=True)))


def _any(chance: random.Random, forms: tuple[int, ...]) -> int:
    return chance.choice(forms)


def _most(chance: random.Random, forms: tuple[int, ...]) -> int:
    return int(2 * sum(forms) > len(forms))


def _fewest(chance: random.Random, forms: tuple[int, ...]) -> int:
    return forms[0] if len(set(forms)) == 1 else 1 - _most(chance, forms)


def _other(chance: random.Random, whole: Rendering, forms: Sequence[Forms]) -> str:
    """Return the text in which nobody marked anything, and somebody chose every wording."""
    return _part(chance, whole.copy(tuple(chance.randrange(2) for _ in whole.places)), 3000)


ATTACKS = (
    Attack("1,500 words copied as plain text", 1, _copied(1500)),
    Attack("3,000 words, a third of them retyped", 1, _third_retyped),
    Attack("1,000 words, all retyped", 1, _only_retyped),
    Attack("300 words copied as plain text", 1, _copied(300)),
    Attack("three mix 500 lasting marks, one by one", 3, _mixed(_any), 500),
    Attack("three mix 500 lasting marks, by passages", 3, _passages, 500),
    Attack("three take what most have, 500 lasting marks", 3, _mixed(_most), 500),
    Attack("three take what fewest have, 500 lasting marks", 3, _mixed(_fewest), 500),
    Attack("three mix files with 500 marks of every kind", 3, _mixed(_any, clean=False), 500, True),
    Attack("3,000 words of nobody's copy", 0, _other),
)


def rates(attack: Attack, language: str, trials: int) -> Rates:
    """Return how often an attack was traced, and how often somebody else was accused."""
    rightly = wrongly = 0
    for trial in range(trials):
        chance = random.Random(f"{attack.name} {language} {trial}")
        if attack.marks is None:
            whole = chance.choice(parts(language))
        else:
            whole = rendering(language, attack.marks, every=attack.every)
        code = Code(chance.randbytes(32), "g-benchmark", len(whole.places))
        words = code.words(RECIPIENTS)
        leakers = chance.sample(RECIPIENTS, attack.leakers)
        seen = whole.read(attack.leak(chance, whole, [words[each] for each in leakers]))
        named = {found.organisation for found in accused([code.chances(seen, words)])}
        rightly += bool(named & set(leakers))
        wrongly += bool(named - set(leakers))
    return Rates(rightly / trials, wrongly / trials)


def main() -> None:
    """Print a table of attacks and languages."""
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    for language in sys.argv[2:] or ["ar", "fr", "en"]:
        whole = rendering(language)
        words = len(plain(whole.text).split())
        print(
            f"{language}: {words} words, {len(whole.places)} marks, of them lasting "
            f"{whole.lasting}: {100 * whole.lasting / words:.1f} in 100 words"
        )
        for attack in ATTACKS:
            began = time.process_time()
            found = rates(attack, language, trials)
            took = time.process_time() - began
            print(
                f"  {attack.name:48} named {found.rightly:7.2%}  wrongly {found.wrongly:7.3%}"
                f"  ({trials} trials, {1000 * took / trials:.0f} ms each)",
                flush=True,
            )


if __name__ == "__main__":
    main()
