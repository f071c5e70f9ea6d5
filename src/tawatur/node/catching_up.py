"""What works a node's index out while its pages are looked at?

A process of its own, which is started when something waits and ends when nothing does. It does
a second's work at a time, at a lower priority than whoever answers, so that a page waits for
none of it and closing the node waits for one second at most. What it does is what every command
does before it answers: two of them do each other no harm.
"""

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import suppress
from typing import Protocol

from tawatur.node.processes import end_with_parent, nameless_main

_TURN = 1.0
"""Seconds of work after which it is asked whether it is still wanted."""
_REST = 10.0
"""Seconds after a turn that failed, until another is tried."""
_BEHIND = 5
"""By how much whoever answers is before it (see `os.nice`)."""


class Worker(Protocol):
    """What works, in the process that does."""

    def advance(self, seconds: float) -> bool:
        """Work for so long; return whether there was nothing to do all the time."""

    def close(self) -> None:
        """Let go of everything, processes that help among it."""


_worker: Worker | None = None
"""In the process that works: what does it."""


class CatchingUp:
    """The process that works the rest out, while there is any. Safe for threads."""

    def __init__(self, opened: Callable[[], Worker]) -> None:
        """Nothing is started yet.

        Args:
            opened: Gives the process its worker; a function of a module, to be sent there.
        """
        self._opened = opened
        self._pool: ProcessPoolExecutor | None = None
        self._lock = threading.Lock()
        self._wanted, self._rested = True, 0.0

    def wake(self) -> None:
        """Have what waits worked out; returns at once."""
        with self._lock:
            if self._pool is None and self._wanted and time.monotonic() >= self._rested:
                # here, because most nodes are never behind
                from multiprocessing import get_context  # noqa: PLC0415

                context = get_context("forkserver")
                self._pool = ProcessPoolExecutor(1, context, _begin, (self._opened,))
                self._go_on(self._pool)

    def end(self) -> None:
        """End the process, after its second of work."""
        with self._lock:
            self._wanted, pool = False, self._pool
        if pool is not None:
            _ended(pool, wait=True)

    def _go_on(self, pool: ProcessPoolExecutor) -> None:
        with nameless_main(), suppress(RuntimeError):  # it is being ended
            pool.submit(_turn).add_done_callback(lambda turn: self._done(pool, turn))

    def _done(self, pool: ProcessPoolExecutor, turn: "Future[bool]") -> None:
        """Go on after one turn, unless nothing was left to do."""
        failed = turn.cancelled() or turn.exception() is not None
        with self._lock:
            if not self._wanted:
                return
            if not failed and not turn.result():
                self._go_on(pool)
                return
            self._pool = None
            if failed:
                self._rested = time.monotonic() + _REST
        _ended(pool, wait=False)


def _ended(pool: ProcessPoolExecutor, *, wait: bool) -> None:
    with suppress(RuntimeError):  # the process is gone
        # It would wait for the processes that help it, and these for work.
        pool.submit(_close)
    pool.shutdown(wait=wait)


def _begin(opened: Callable[[], Worker]) -> None:
    global _worker  # noqa: PLW0603 - a process of a pool has no other place to keep it
    end_with_parent()
    os.nice(_BEHIND)
    _worker = opened()


def _turn() -> bool:
    assert _worker is not None  # noqa: S101 - `_begin` was before
    return _worker.advance(_TURN)


def _close() -> None:
    if _worker is not None:
        _worker.close()
