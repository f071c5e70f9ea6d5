"""What do two nodes say to each other in one turn, and how is it written?

A turn is one request and its answer. Each side brings one bundle at most, encrypted for the
other, and says which bundles of the other it has: those have arrived, all others go again. So
a turn that is lost, cut, doubled or late is made up for by the next one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import parse_qsl, urlencode

from tawatur.errors import AlteredFileError

EXCHANGE, CARD = "/exchange", "/exchange/card"

_RANGES = re.compile(r"(?:[0-9]{1,9}(?:-[0-9]{1,9})?(?:,(?!$)|$))*")
_MOST = 1_000_000
"""Bundles from one node to another at most."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one side brings: a bundle, or none; and the numbers of those that it has.

    ``first`` says that an exchange begins: lists and heads go along, whatever else waits.
    """

    bundle: bytes
    taken: frozenset[int]
    first: bool = False

    @property
    def query(self) -> str:
        """What stands in the address of the request."""
        return urlencode({"first": int(self.first), "taken": ranges(self.taken)})


def turn_of(query: str, bundle: bytes) -> Turn:
    """Return the turn that a request is.

    Raises:
        AlteredFileError: It is none.
    """
    given = dict(parse_qsl(query, keep_blank_values=True))
    if set(given) != {"first", "taken"} or given["first"] not in ("0", "1"):
        raise AlteredFileError("it does not say which bundles have come")
    return Turn(bundle, numbers(given["taken"]), given["first"] == "1")


def ranges(found: Iterable[int]) -> str:
    """Return numbers in few characters: ``1-6,8``."""
    runs = groupby(enumerate(sorted(found)), key=lambda at: at[1] - at[0])
    whole = ([number for _, number in run] for _, run in runs)
    return ",".join(f"{r[0]}-{r[-1]}" if len(r) > 1 else f"{r[0]}" for r in whole)


def numbers(said: str) -> frozenset[int]:
    """Return the numbers that `ranges` wrote.

    Raises:
        AlteredFileError: They are not written so, or too many.
    """
    found: set[int] = set()
    if not _RANGES.fullmatch(said):
        raise AlteredFileError("it does not say which bundles have come")
    for each in filter(None, said.split(",")):
        first, _, last = each.partition("-")
        if int(last or first) > _MOST:
            raise AlteredFileError("it does not say which bundles have come")
        found.update(range(int(first), int(last or first) + 1))
    return frozenset(found)
