"""A stretch of a rendition, in Unicode code points, end exclusive."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points ``start`` to ``end`` of a named rendition; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the characters themselves."""
        return text[self.start : self.end]

    def overlap(self, other: "Span") -> int:
        """Return how many code points both hold."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def likeness(self, other: "Span") -> float:
        """Return intersection over union, 0.0 to 1.0."""
        shared = self.overlap(other)
        return shared / (len(self) + len(other) - shared)

    def holds(self, other: "Span") -> bool:
        """Return whether ``other`` lies within."""
        return self.start <= other.start and other.end <= self.end
