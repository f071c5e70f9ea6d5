"""What is only known to exist, for the tests of pages: two things, one of them behind a caveat."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tawatur.errors import UnknownIdError
from tawatur.model.desk import Request
from tawatur.model.ids import DeskId, NodeId
from tawatur.node.pointers import Pointed
from tawatur.sharing import Pointer, Whom

_HERE, _THERE = NodeId("n-0000000000000001"), NodeId("n-0000000000000002")


def _held() -> list[Pointed]:
    ask = (Whom(_HERE, "مرصد السهل"), Whom(_THERE, "Harbour"))
    return [
        Pointed("o-0000000000000001", Pointer("حركة على معبر ودريل", ask), _THERE),
        Pointed("o-0000000000000002", Pointer(None, ask[:1]), None, ("not for the press",)),
    ]


@dataclass
class SimulatedIncoming:
    """What the pages ask of what partners handed over: who lays what to whom."""

    laid: dict[str, tuple[str, str]] = field(default_factory=dict)

    def unproven(self, item: str) -> tuple[tuple[str, str], ...]:
        """Return who says of an item whose it is."""
        return (self.laid[item],) if item in self.laid else ()

    def unproven_among(self, items: Iterable[str]) -> dict[str, tuple[tuple[str, str], ...]]:
        """Return the same of those of some items of which nothing proves it."""
        return {item: self.unproven(item) for item in items if item in self.laid}


@dataclass
class SimulatedPointers:
    """What the pages ask of pointers."""

    held: list[Pointed] = field(default_factory=_held)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def all(self) -> tuple[Pointed, ...]:
        """Return them."""
        return tuple(self.held)

    def ask(self, given: str, what: str) -> Request:
        """Note what is asked."""
        pointed = self._one(given)
        self.asked.append((given, what))
        return Request(DeskId("q-0000000000000001"), "us", pointed.pointer.ask[0].name, what)

    def acknowledge(self, given: str) -> tuple[str, ...]:
        """Take away what was behind caveats."""
        pointed = self._one(given)
        self.held.remove(pointed)
        return pointed.caveats

    def _one(self, given: str) -> Pointed:
        found = next((each for each in self.held if each.id == given), None)
        if found is None:
            raise UnknownIdError("pointer", given)
        return found
