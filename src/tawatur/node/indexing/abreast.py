"""The same work on many things: how much of it in one step, and in how many processes?

Each process has an index of its own, open on the same files; what is asked of it only reads.
The processes start when there is first much to do, and end with whoever started them, however
that ends.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from typing import Any, TypeVar

from tawatur.errors import NodeError
from tawatur.node.processes import collect_rarely, end_with_parent, nameless_main

A = TypeVar("A")
B = TypeVar("B")

FEW, _MANY, _STEP = 4, 64, 256
"""Documents that are worked out again in one step, for whose end other commands wait: by this
process alone; where there are enough to start others, or these have been started; at most. In a
larger step the processes wait less for one another, and a page of the file that holds keys of
several documents is written once for them."""
_CHUNK = 4
"""Things that a process is given at a time; of more the last processes would wait for one."""
_MOST = 4
"""More processes would wait for the one that writes."""

_opened: Any = None
"""In a process of `Abreast`: what it works with."""


class Abreast:
    """Processes that do one thing after the other, each beside the others."""

    def __init__(
        self,
        here: object,
        open_: Callable[[], object] | None = None,
        started: Callable[[], object] = lambda: None,
    ) -> None:
        """Nothing is started yet.

        Args:
            here: What this process works with.
            open_: Gives another process what it works with; a function of a module, to be sent
                there. Without one there is only this process.
            started: Hears that processes are started: there is much to do.
        """
        self._here, self._open, self._started = here, open_, started
        self._pool: ProcessPoolExecutor | None = None
        self.processes = min(_MOST, len(os.sched_getaffinity(0)))

    @property
    def started(self) -> bool:
        """Whether the processes are there already."""
        return self._pool is not None

    def portion(self, found: Callable[[int], list[str]], each: int = 1) -> list[str]:
        """Return what is worked out in one step.

        Args:
            found: Gives the first things that wait, at most so many.
            each: So many of them are in place of one document.
        """
        some = found(_STEP * each)
        return some if self.started or len(some) >= _MANY * each else some[: FEW * each]

    def each(self, work: Callable[[Any, A], B], things: Iterable[A], count: int) -> Iterator[B]:
        """Return what ``work`` makes of each of so many things, elsewhere if they are many."""
        if self._open is not None and count >= (FEW if self.started else _MANY):
            return self.map(work, things)
        return (work(self._here, thing) for thing in things)

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
            assert self._open is not None  # noqa: S101 - `each` goes elsewhere only with it
            # here, because a command that works on little starts no process
            from multiprocessing import get_context  # noqa: PLC0415

            context = get_context("forkserver")
            self._pool = ProcessPoolExecutor(self.processes, context, _begin, (self._open,))
            self._started()
        return self._pool


def _with(work: Callable[[Any, A], B], things: Iterable[A]) -> Iterator[tuple[Any, A]]:
    return ((work, thing) for thing in things)


def _begin(open_: Callable[[], object]) -> None:
    global _opened  # noqa: PLW0603 - a process of a pool has no other place to keep it
    end_with_parent()
    collect_rarely()
    _opened = open_()


def _done(asked: tuple[Callable[[Any, A], B], A]) -> B:
    work, thing = asked
    return work(_opened, thing)
