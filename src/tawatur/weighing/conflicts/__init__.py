"""Which claims cannot both be so, or seem so?

`conflicts` looks at what several texts say of one event, `conflicts_within` at the voices of
one text, whatever they speak of. No pair of claims is found by both.
"""

from tawatur.weighing.conflicts.across import conflicts
from tawatur.weighing.conflicts.within import conflicts_within

__all__ = ["conflicts", "conflicts_within"]
