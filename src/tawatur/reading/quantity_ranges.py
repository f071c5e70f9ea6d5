"""Where does the lower figure of a range stand, and what is it worth?

"Between 300 and 400 fighters", "two to three million", "$210 million to $240 million": the
upper figure is found with what it counts; the lower one stands before it.
"""

import math
from dataclasses import dataclass, replace

from tawatur.reading.pieces import Pieces
from tawatur.reading.quantity_phrases import BOUNDS, NO_WORDS, is_label


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands among the pieces, and what the words around it say."""

    first: int
    at: int  # the figure; of a range, the upper one
    last: int
    value: float | None
    unit: str | None = None
    noun: tuple[int, int] | None = None
    bound: str | None = None
    high: float | None = None


_TO = frozenset(("to", "a", "الي", "and", "et", "و"))


def lower_end(line: Pieces, at: int) -> int | None:
    """Return where the lower figure of a range stands, of which ``at`` is the upper one."""
    if line.kinds[max(0, at - 4) : at] in _MONEY_RANGES and line.words[at - 2] in _TO:
        low, high = line.values[at - 3], line.values[at]
        opened = line.kinds[max(0, at - 5) : at - 4] in ("b", "p") or _is_to(line, at - 2)
        return at - 3 if low is not None and high is not None and low < high and opened else None
    if at < 2 or line.kinds[at - 2] not in "mdzynw" or line.kinds[at - 1] not in "av-":
        return None
    low, high, joint = line.values[at - 2], line.values[at], line.kinds[at - 1]
    if low is None or high is None or not low < high * (1 if high < _THOUSAND_FOLD else 1000):
        return None
    opened = line.kinds[at - 3 : at - 2] == "b"
    if joint == "a" and (line.words[at - 1] not in _TO or not (opened or _is_to(line, at - 1))):
        return None
    if joint == "-" and (line.starts[at] != line.ends[at - 1] or line.words[at - 2][0] == "0"):
        return None
    return at - 2


_THOUSAND_FOLD = 1000


_MONEY_RANGES = frozenset(f"${number}a$" for number in "mdzynw")  # "$210 million and $240 million"


def _is_to(line: Pieces, at: int) -> bool:
    return line.words[at] in ("to", "a", "الي")


def ranged(place: Place, low: int, line: Pieces) -> Place | None:
    """Return the range: "between 300 and 400 fighters", "two to three million"."""
    value, high = line.values[low], place.value
    if value is None or high is None:
        return place
    scale = 1000.0 ** int(math.log(high, 1000)) if high >= _THOUSAND_FOLD else 1.0
    if line.kinds[place.at] == "w" and value < _THOUSAND_FOLD <= high and value * scale < high:
        value *= scale
    elif _is_hundreds(line, place.at, value, high):
        value *= 100
    first = low - (line.kinds[low - 1 : low] == "$" and line.kinds[place.at - 1] == "$")
    first -= line.kinds[first - 1 : first] == "b"
    bound = place.bound
    while first > 0 and line.kinds[first - 1] in "GAE":
        first -= 1
        bound = BOUNDS[line.kinds[first]]
    if value >= high or is_label(line, low, NO_WORDS):
        return place
    return replace(place, first=first, value=value, high=high, bound=bound)


def _is_hundreds(line: Pieces, at: int, low: float, high: float) -> bool:
    """Return whether the scale behind the upper figure is that of both: "three to four hundred"."""
    both = line.kinds[at] == "w" and low < 10 and high % 100 == 0
    return both and 100 < high < _THOUSAND_FOLD and low * 100 < high
