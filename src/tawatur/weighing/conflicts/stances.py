"""On which side of a matter do the words of a claim stand: paid or unpaid, met or not?

A table of opposites names matters that reports argue about, with the words for either side
in every language. The side on which a claim stands is that of its word, turned round by
each negation that reaches it: by a denial, by "without" before it, by what ceases
("the meetings never ceased" says that they met). What stands behind "before" or "until" is
out of reach of a negation ("will not sign before there are guarantees" asks for guarantees).

A claim that stands on both sides of a matter stands on none.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from tawatur.model.text import fold
from tawatur.weighing.words import stem

REACH = 4
"""Words behind a "no" or "without" in an assertion that it negates."""
BEHIND, AHEAD = 8, 4
"""The same in a denial, and words before it: what is denied may stand on either side."""
TOLD = 14
"""Words of a claim that is denied by whoever passes it on, as far as the denial reaches."""

_NO = frozenset(
    fold(
        """
        دون بدون بلا لا لم لن ليس ليست ليسوا غير عدم نفي نفت ينفي تنفي نفاه كذب ne n sans aucun
        aucune ni pas jamais personne nie dement conteste without no not never nothing nobody none
        neither nor didn doesn wasn isn denied denies disputes disputed
        """
    ).text.split()
)
_NEXT = frozenset(fold("غير non un").text.split())
"""What negates the next word alone: "unofficial"."""
_BEFORE = frozenset(fold("قبل الا before until unless avant tant sauf").text.split())
_CEASED = frozenset(
    fold(
        "ceased cease cesse cesser cessent stopped توقف توقفت يتوقف تتوقف انقطع انقطعت تنقطع"
    ).text.split()
)
_OVER = "activity"
"""The matter that words of ceasing belong to themselves: they do not turn it round."""


def negated(words: list[str], *, denied: bool) -> frozenset[int]:
    """Return the places of the words that a negation reaches.

    Args:
        words: The folded words of a claim.
        denied: Whether it was read as a denial.
    """
    end = next((at for at, word in enumerate(words) if word in _BEFORE), len(words))
    said = [at for at, word in enumerate(words[:end]) if _plain(word) in _NO]
    if not denied:
        reach = [range(at + 1, at + 1 + (words[at] in _NEXT or REACH)) for at in said]
    elif said:
        reach = [range(at - AHEAD, at + 1 + BEHIND) for at in said]
    else:
        reach = [range(TOLD)]
    return frozenset(at for places in reach for at in places if 0 <= at < end)


def _plain(word: str) -> str:
    return word[1:] if word[0] in "وف" and len(word) > 2 else word


def stances(words: list[str], reached: frozenset[int], *, denied: bool) -> Mapping[str, int]:
    """Return for each matter that a claim speaks of 1 or -1, the side on which it stands.

    Args:
        words: Its folded words.
        reached: The places of those that a negation reaches.
        denied: Whether it was read as a denial: then only those tell where it stands.
    """
    ceased = bool(_CEASED & set(words))
    sides: dict[str, set[int]] = {}
    for at, matter, side in _found(words):
        if denied and at not in reached:
            continue
        turned = (at in reached) + (ceased and matter != _OVER)
        sides.setdefault(matter, set()).add(side * (-1) ** turned)
    return {matter: found.pop() for matter, found in sides.items() if len(found) == 1}


def against(words: list[str]) -> bool:
    """Return whether a word stands on the far side of a matter by itself: "a forgery"."""
    return any(side < 0 for _, _, side in _found(words))


def _found(words: list[str]) -> Iterator[tuple[int, str, int]]:
    """Yield place, matter and side of each word of the table among ``words``."""
    table = _table()
    stems = [stem(word) for word in words]
    for at in range(len(words)):
        for length in (3, 2, 1):
            phrase = " ".join(stems[at : at + length])
            if at + length <= len(words) and phrase in table:
                for matter, side in table[phrase]:
                    yield at, matter, side
                break


@cache
def everyday() -> frozenset[str]:
    """Return the matters of which reports speak on both sides without contradiction."""
    return frozenset(name.rstrip("*") for name, _, _ in _lines() if name.endswith("*"))


@cache
def _table() -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Return by phrase, in stems, the matters that it speaks of and on which side."""
    found: dict[str, list[tuple[str, int]]] = {}
    for name, side, words in _lines():
        for entry in words.split():
            phrase = " ".join(stem(w) for w in fold(entry.replace("_", " ")).text.split())
            held = found.setdefault(phrase, [])
            if (name.rstrip("*"), side) not in held:
                held.append((name.rstrip("*"), side))
    return {phrase: tuple(held) for phrase, held in found.items()}


@cache
def _lines() -> tuple[tuple[str, int, str], ...]:
    """Return name, side and words of each line of the table."""
    path = Path(__file__).parent.with_name("tables") / "opposites.txt"
    found = []
    name, side = "", 1
    for line in path.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        before, colon, words = line.partition(":")
        if colon:
            name, side = before, 1
        elif line.strip().startswith("|"):
            side, words = -1, line.replace("|", " ")
        else:
            words = line
        found.append((name, side, words))
    return tuple(found)
