"""A clock that tests set, for nodes that are told the time."""

from dataclasses import dataclass
from datetime import UTC, datetime

START = datetime(2031, 3, 1, 12, tzinfo=UTC)


@dataclass
class Clock:
    """The time that nodes are told; a test moves it."""

    now: datetime = START

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now
