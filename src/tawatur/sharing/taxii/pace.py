"""How often may somebody ask, and how long does whoever asks wait before the next try?

A bucket for each name: it holds a tenth of a minute's requests and fills at an even pace.
Pauses double, and chance spreads them, so that many who were cut off do not come back as one.
"""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tawatur.errors import Message
from tawatur.sharing.taxii.asked import Refused

_NAMES = 10_000


@dataclass(slots=True)
class Pace:
    """Requests of each name in a minute at most; 0: no limit. Safe for threads."""

    a_minute: float
    clock: Callable[[], float] = time.monotonic
    _left: dict[str, tuple[float, float]] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def wait(self, name: str, *, count: bool = True) -> float:
        """Return the seconds after which ``name`` may ask again; 0 if now.

        Args:
            name: Who asks.
            count: Whether this is a request that counts.
        """
        if self.a_minute <= 0:
            return 0.0
        size, a_second = max(1.0, self.a_minute / 10), self.a_minute / 60
        with self._lock:
            now = self.clock()
            held, then = self._left.get(name, (size, now))
            held = min(size, held + (now - then) * a_second)
            if held < 1:
                return (1 - held) / a_second
            if count:
                if name not in self._left and len(self._left) >= _NAMES:
                    self._left.clear()
                self._left[name] = held - 1, now
            return 0.0


def verify_pace(wait: float) -> None:
    """Raise Refused if somebody has to wait."""
    if wait:
        raise Refused(429, Message("too many requests"), retry_after=str(math.ceil(wait)))


def pause_before(again: int, first: float, chance: Callable[[], float]) -> float:
    """Return the seconds before a try that is made again, half to one and a half times the usual.

    Args:
        again: Which: 1 after the first failure.
        first: Seconds before that one; double before each later one.
        chance: Gives a number from 0 on, below 1.
    """
    return first * float(2 ** (again - 1)) * (0.5 + chance())
