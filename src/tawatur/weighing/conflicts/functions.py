"""Is one person given two functions that nobody holds at one time?

Where a text calls one speaker the minister of defence and, further on, of the interior, one of
the two is a slip, or there are two people. Only what stands beside the name of a speaker is
read, and only ministers and secretaries, whose fields stand in a table in every language.
A former function is none; who is set over several fields at once has them all.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from tawatur.model.picture import ConflictKind, Reason
from tawatur.model.text import fold, fold_words
from tawatur.weighing.conflicts.found import Found
from tawatur.weighing.conflicts.sides import Side

_SET_OVER = frozenset(
    fold(
        """
        minister secretary undersecretary ministre secretaire وزير وزيره وكيل وكيله كاتب كاتبه
        لوزير للوزير مساعد مساعده
        """
    ).text.split()
)
_FORMER = frozenset(
    fold("former ex late then previous ancien ancienne السابق السابقه سابقا الاسبق").text.split()
)


def functions(sides: Sequence[Side]) -> Iterator[Found]:
    """Yield the claims whose speaker is one person with two functions."""
    first: dict[str, tuple[Side, frozenset[str]]] = {}
    for side in sorted(sides, key=lambda s: (s.claim.span, s.claim.id)):
        person, fields = side.claim.root.entity, _fields(side)
        if person is None or not fields:
            continue
        other, others = first.setdefault(person, (side, fields))
        if not fields & others:
            why = Reason(
                "One calls the speaker “{0}”, the other “{1}”.", (other.speaker, side.speaker)
            )
            yield Found(ConflictKind.FUNCTION, other, side, why)


def _fields(side: Side) -> frozenset[str]:
    """Return what the speaker of a claim is set over, as the text names them."""
    words = fold_words(side.speaker).split()
    if not _SET_OVER & set(words) or _FORMER & set(words):
        return frozenset()
    said = f" {' '.join(words)} "
    return frozenset(field for phrase, field in _table().items() if f" {phrase} " in said)


@cache
def _table() -> Mapping[str, str]:
    """Return by phrase the field that it names."""
    path = Path(__file__).parent.with_name("tables") / "offices.txt"
    lines = [line for line in path.read_text("utf-8").splitlines() if line[:1] not in ("", "#")]
    return {
        fold(phrase.replace("_", " ")).text: name
        for name, _, phrases in (line.partition(":") for line in lines)
        for phrase in phrases.split()
    }
