"""The same work on many things, in several processes at once.

Each process has an index of its own, open on the same files; what is asked of it only reads.
The processes start when there is first much to do, and end with whoever started them.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from typing import Any, TypeVar

from tawatur.errors import NodeError
from tawatur.node.processes import nameless_main

A = TypeVar("A")
B = TypeVar("B")

_CHUNK = 4
"""Things that a process is given at a time; of more the last processes would wait for one."""
_MOST = 4
"""More processes would wait for the one that writes."""

_opened: Any = None
"""In a process of `Abreast`: what it works with."""


class Abreast:
    """Processes that do one thing after the other, each beside the others."""

    def __init__(self, open_: Callable[[], object]) -> None:
        """Nothing is started yet.

        Args:
            open_: Gives a process what it works with; a function of a module, to be sent there.
        """
        self._open = open_
        self._pool: ProcessPoolExecutor | None = None
        self.processes = min(_MOST, len(os.sched_getaffinity(0)))

    @property
    def started(self) -> bool:
        """Whether the processes are there already."""
        return self._pool is not None

    def map(self, work: Callable[[Any, A], B], things: Iterable[A]) -> Iterator[B]:
        """Return what ``work`` makes of what a process works with and each thing, in their order.

        The things are taken at once, what is made of them as it is asked for.

        Raises:
            NodeError: A process ended before its work was done.
        """
        with nameless_main():
            made = self._running().map(_done, _with(work, things), chunksize=_CHUNK)
        return self._watched(made)

    def _watched(self, made: Iterator[B]) -> Iterator[B]:
        try:
            yield from made
        except BrokenExecutor as cause:
            self.end()
            raise NodeError(
                "a process that worked the index out was ended from outside; try again"
            ) from cause

    def end(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _running(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # here, because a command that works on little starts no process
            from multiprocessing import get_context  # noqa: PLC0415

            context = get_context("forkserver")
            self._pool = ProcessPoolExecutor(self.processes, context, _begin, (self._open,))
        return self._pool


def _with(work: Callable[[Any, A], B], things: Iterable[A]) -> Iterator[tuple[Any, A]]:
    return ((work, thing) for thing in things)


def _begin(open_: Callable[[], object]) -> None:
    global _opened  # noqa: PLW0603 - a process of a pool has no other place to keep it
    _opened = open_()


def _done(asked: tuple[Callable[[Any, A], B], A]) -> B:
    work, thing = asked
    return work(_opened, thing)
