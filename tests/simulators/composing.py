"""Composed briefs for the tests of pages: kept in a list, nothing worked out."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tawatur.errors import UnknownIdError, UsageError
from tawatur.model.ids import ActorId, RenditionId, RulingId
from tawatur.model.label import Label
from tawatur.model.ruling import Composition, Part, Place
from tawatur.model.span import Span
from tawatur.node.briefs.composing import Line, Recipient

if TYPE_CHECKING:
    from tests.simulators.node import SimulatedNode

_PLACE = Place(RenditionId("r-0000000000000001"), Span(0, 1))


@dataclass
class Composed:
    """What the pages ask of composed briefs."""

    node: "SimulatedNode"
    held: dict[str, Composition] = field(default_factory=dict)
    cited: dict[str, list[str]] = field(default_factory=dict)

    def all(self) -> tuple[Composition, ...]:
        """Return them in the order in which they were begun."""
        return tuple(self.held.values())

    def one(self, given: str) -> Composition:
        """Return one."""
        if given not in self.held:
            raise UnknownIdError("ruling", given)
        return self.held[given]

    def lines(self, given: str) -> tuple[Line, ...]:
        """Return the parts with their claims."""
        claims = iter(self.cited[self.one(given).id])
        return tuple(
            Line(part, self.node.claim(next(claims)) if part.place else None)
            for part in self.one(given).parts
        )

    def recipients(self, given: str) -> tuple[Recipient, ...]:
        """Return two partners: one may have it, one not with the first part."""
        self.one(given)
        return Recipient("Harbour", ()), Recipient("المرفأ", (1,))

    def start(self, title: str, language: str = "en") -> Composition:
        """Begin one."""
        if not title.strip():
            raise UsageError("a brief has a title")
        made = Composition(
            id=RulingId(f"j-{len(self.held):016d}"),
            by=ActorId("a-0000000000000001"),
            time=datetime(2021, 10, 1, tzinfo=UTC),
            why=title,
            title=title,
            language=language,
        )
        self.held[made.id], self.cited[made.id] = made, []
        return made

    def add(self, given: str, items: Sequence[str], at: int | None = None) -> Composition:
        """Put claims in at the end."""
        for item in items:
            self.cited[self.one(given).id].append(self.node.claim(item).id)
        return self._put(given, [Part(place=_PLACE) for _ in items])

    def write(self, given: str, text: str, at: int | None = None) -> Composition:
        """Put words in at the end."""
        if not text.strip():
            raise UsageError("write something")
        return self._put(given, [Part(text=text)])

    def rewrite(self, given: str, number: int, text: str) -> Composition:
        """Put other words in the place of some."""
        held = self.one(given)
        parts = list(held.parts)
        if not 1 <= number <= len(parts):
            raise UsageError("there is no part {0}; there are {1} parts", number, len(parts))
        parts[number - 1] = Part(text=text)
        return self._keep(held, parts)

    def move(self, given: str, number: int, to: int) -> Composition:
        """Refuse: the order is not what the pages are tested for."""
        raise UsageError("there is no part {0}; there are {1} parts", number, to)

    def drop(self, given: str, number: int) -> Composition:
        """Refuse; likewise."""
        raise UsageError("there is no part {0}; there are {1} parts", number, number)

    def label(self, given: str) -> Label:
        """Return the node's own label."""
        self.one(given)
        return Label.by(self.node.id)

    def file(self, given: str, form: str) -> bytes:
        """Return the title."""
        return self.one(given).title.encode()

    def _put(self, given: str, parts: list[Part]) -> Composition:
        return self._keep(self.one(given), [*self.one(given).parts, *parts])

    def _keep(self, held: Composition, parts: list[Part]) -> Composition:
        self.held[held.id] = replace(held, parts=tuple(parts))
        return self.held[held.id]
