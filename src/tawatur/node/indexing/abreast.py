"""The same work on many things: how much of it in one step, and in how many processes?

Each process has an index of its own, open on the same files; what is asked of it only reads.
The processes start when there is first much to do, and end with whoever started them, however
that ends. While the one that writes keeps what a step comes to, they work on the next.
"""

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

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

State = tuple[int, int]
"""Of the tables: how many entries are worked in, and the count of steps."""


@dataclass(frozen=True, slots=True)
class Work(Generic[B]):
    """The work of one step, begun: what will wait no more after it, and what comes of it."""

    settles: Collection[str]
    found: Iterator[B]


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
        self._next: tuple[str, State, Work[Any]] | None = None
        self.processes = min(_MOST, len(os.sched_getaffinity(0)))

    @property
    def started(self) -> bool:
        """Whether the processes are there already."""
        return self._pool is not None

    def step(
        self,
        what: str,
        state: State,
        waiting: Callable[[int], list[str]],
        begin: Callable[[list[str]], Work[B]],
        each: int = 1,
    ) -> Work[B] | None:
        """Return the work of one step, begun, or None if nothing waits; the next is begun too.

        What is worked on ahead must turn on nothing that a step of its kind writes. It is thrown
        away where anything but this step was written before its own.

        Args:
            what: The kind of step.
            state: Of the tables, before this step.
            waiting: Gives the first things that wait, at most so many.
            begin: Begins with some of them.
            each: So many of them are in place of one document.
        """
        if self._next is not None and self._next[:2] == (what, state):
            work: Work[B] = self._next[2]
        else:
            some = waiting(_STEP * each)
            if not (self.started or len(some) >= _MANY * each):
                some = some[: FEW * each]
            if not some:
                return None
            work = begin(some)
        self._next = None
        if self.started:
            after = waiting(_STEP * each + len(work.settles))
            settled = frozenset(work.settles)
            after = [each for each in after if each not in settled][: _STEP * each]
            if after:
                self._next = what, (state[0], state[1] + 1), begin(after)
        return work

    def forget(self) -> None:
        """Throw away what was worked on ahead."""
        self._next = None

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
        self.forget()
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
