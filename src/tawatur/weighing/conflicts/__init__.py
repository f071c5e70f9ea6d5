"""Which claims cannot both be so, or seem so?

`conflicts` looks at what several texts say of one event, `conflicts_opposed` at what they say of
one matter, and `conflicts_within` at the voices of one text, whatever they speak of.
"""

from tawatur.weighing.conflicts.across import conflicts, conflicts_opposed
from tawatur.weighing.conflicts.within import conflicts_within

__all__ = ["conflicts", "conflicts_opposed", "conflicts_within"]
