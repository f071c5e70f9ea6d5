"""Which claims cannot both be so, or seem so?

`conflicts` looks at what several texts say of one event, `conflicts_tied` at what they say of
one matter, and `conflicts_within` at the voices of one text, whatever they speak of.
"""

from tawatur.weighing.conflicts.across import conflicts, conflicts_tied
from tawatur.weighing.conflicts.within import conflicts_within

__all__ = ["conflicts", "conflicts_tied", "conflicts_within"]
