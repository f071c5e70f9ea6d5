"""Which sources does somebody ask for, and in which order?

Numbers and letters order and narrow outlets, bodies and documents alone. Whoever is a person, or
may be one, has none that could be sorted by: beside those, and behind them, people stand by name,
also where somebody recorded a letter for one of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tawatur.model.grade import GRADED, Reliability
from tawatur.model.reading import EventType, SourceKind
from tawatur.model.text import fold_words
from tawatur.node.views import SourceLine


class SourceOrder(StrEnum):
    """What a list of sources is ordered by."""

    NAME = "name"
    GRADE = "grade"
    CLAIMS = "claims"
    ROOT_OF = "root-of"
    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"

    def falls(self, reverse: bool) -> bool:
        """Return whether the greatest come first: numbers fall, names and letters rise."""
        return (self not in (SourceOrder.NAME, SourceOrder.GRADE)) != reverse


@dataclass(frozen=True, slots=True)
class AskedSources:
    """Which sources somebody asks for, and in which order.

    Attributes:
        words: That one of its names must hold.
        kind: Only those of this kind.
        subject: Only those that are a root of an event of this type.
        grade: Only outlets, bodies and documents with this letter.
        order: What they are ordered by; of equals by name.
        reverse: The other way round.
    """

    words: str = ""
    kind: SourceKind | None = None
    subject: EventType | None = None
    grade: Reliability | None = None
    order: SourceOrder = SourceOrder.NAME
    reverse: bool = False

    def among(self, lines: Iterable[SourceLine]) -> tuple[SourceLine, ...]:
        """Return those of ``lines``, which come by name, that are asked for, in order."""
        found = tuple(filter(self._fits, lines))
        if self.order is SourceOrder.NAME:
            return found[::-1] if self.reverse else found
        values = [_value(line, self.order) for line in found]
        ranked = [(v, line) for v, line in zip(values, found, strict=True) if v is not None]
        ranked.sort(key=lambda each: each[0], reverse=self.order.falls(self.reverse))
        others = (line for v, line in zip(values, found, strict=True) if v is None)
        return (*(line for _, line in ranked), *others)

    def _fits(self, line: SourceLine) -> bool:
        source, words = line.source, fold_words(self.words)
        return (
            (self.kind is None or source.kind is self.kind)
            and (self.subject is None or self.subject in line.subjects)
            and (self.grade is None or (source.kind in GRADED and line.letter is self.grade))
            and (not words or any(words in fold_words(name) for name in source.names))
        )


EVERY_SOURCE = AskedSources()


def _value(line: SourceLine, order: SourceOrder) -> str | int | None:
    """Return what a source is ordered by; None of people, and where nothing can be said."""
    if line.source.kind not in GRADED:
        return None
    if order is SourceOrder.GRADE:
        return None if line.letter in (None, Reliability.UNJUDGED) else line.letter
    tally = line.tally
    return {
        SourceOrder.CLAIMS: tally.claims,
        SourceOrder.ROOT_OF: tally.cases,
        SourceOrder.CONFIRMED: tally.confirmed,
        SourceOrder.CONTRADICTED: tally.contradicted,
    }[order]
