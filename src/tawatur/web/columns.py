"""By which column is a list sorted? Headings lead to the list sorted by them, in the address.

A heading sorts as its column reads best: numbers and days from the greatest down, names up. That
of the column by which the list is sorted turns it round.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from tawatur.web import rows
from tawatur.web.contexts import Choice, Hidden, Pick
from tawatur.web.contexts import Heading as Shown


class Order(Protocol):
    """What a list may be sorted by."""

    @property
    def value(self) -> str:
        """Its word, as an address has it."""

    def falls(self, reverse: bool) -> bool:
        """Return whether the greatest come first."""


By = TypeVar("By", bound=Order)
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Column(Generic[By]):
    """One column: its heading, by what it sorts if it does, and whether it holds numbers."""

    label: str
    order: By | None = None
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Sorting(Generic[By]):
    """How a list is sorted, and what else its address says, a page of it left out."""

    base: str
    asked: Mapping[str, str]
    order: By
    reverse: bool

    @property
    def address(self) -> dict[str, Any]:
        """What the address of any page of the list says."""
        return {**self.asked, "sort": self.order.value, "reverse": "1" if self.reverse else ""}

    @property
    def hidden(self) -> tuple[Hidden, ...]:
        """What a form that narrows the list sends along."""
        kept = {name: self.address[name] for name in ("sort", "reverse")}
        return tuple(Hidden(name, value) for name, value in kept.items() if value)

    def headings(self, columns: Iterable[Column[By]]) -> tuple[Shown, ...]:
        """Return the headings of columns, each leading to the list sorted by it."""
        return tuple(map(self._heading, columns))

    def _heading(self, column: Column[By]) -> Shown:
        if column.order is None:
            return Shown(column.label, "", "", column.numeric)
        current = column.order is self.order
        turned = "1" if current and not self.reverse else ""
        href = rows.address(self.base, **self.asked, sort=column.order.value, reverse=turned)
        way = "descending" if self.order.falls(self.reverse) else "ascending"
        return Shown(column.label, href, way if current else "", column.numeric)


def given(kind: type[E], word: str) -> E | None:
    """Return the value of ``kind`` that an address names, None where it names none."""
    return next((each for each in kind if each.value == word), None)


def pick(name: str, label: str, whole: str, values: Iterable[tuple[str, str]], chosen: str) -> Pick:
    """Return a list to choose from, with ``whole`` for what narrows nothing.

    Args:
        name: What the form calls it.
        label: What the person reads before it.
        whole: What the person reads for all.
        values: What the form sends, with what the person reads.
        chosen: What is chosen now; empty for all.
    """
    choices = (Choice(value, words, value == chosen) for value, words in values)
    return Pick(name, label, (Choice("", whole, not chosen), *choices))
