"""How does the index keep up with the ledger while several commands read and write?

Whatever is written goes into the ledger first, under one lock held for a batch of less than
half a second. Every process works in what is new before it answers, whoever wrote it, and lets
others at the lock in between. So nothing is kept in memory that the ledger does not hold, and
a command that was cut off leaves nothing to be mended.

Pages are answered at once: what intake brings is worked in beside them, and only what takes from
somebody what may be seen, or what a person said, is worked in first (decision 37).
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property

from tawatur.errors import NodeError
from tawatur.ledger import TableLedger
from tawatur.model.entry import Draft, Entry
from tawatur.node.catching_up import CatchingUp
from tawatur.node.indexing.entering import PRESSING
from tawatur.node.indexing.index import Index, undamaged
from tawatur.node.views import Progress

_HOLD = 0.15
"""Seconds after which the index lets others at the lock."""
_LOOK = 0.1
"""Seconds between two looks at whether there is something to work in."""


class Upkeep:
    """A node's ledger and its index, in step; shared by all who ask it through one open node."""

    def __init__(
        self,
        ledger: TableLedger,
        opened: Callable[[], Index],
        writing: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """Nothing is opened yet.

        Args:
            ledger: What is appended to.
            opened: Opens the index; asked once, when it is first needed: `verify` needs none.
            writing: Holds the right to write.
        """
        self.ledger, self.writing, self._opened = ledger, writing, opened
        self._beside: CatchingUp | None = None

    @cached_property
    def index(self) -> Index:
        """The index as it is, perhaps behind."""
        return self._opened()

    def close(self) -> None:
        """Close the index, if it was opened."""
        if self._beside is not None:
            self._beside.end()
        if "index" in self.__dict__:
            self.index.close()

    # ------------------------------------------------------------ writing

    def append(self, drafts: Sequence[Draft]) -> tuple[Entry, ...]:
        """Append entries in one step, work them in, and return them."""
        with self.writing():
            entries = self.ledger.append(drafts)
            self._apply_some()
        self.catch_up()
        return entries

    @contextmanager
    def in_step(self) -> Iterator[None]:
        """Hold the right to write at a moment at which the index has every entry."""
        while True:
            self._apply_waiting()
            with self.writing():
                if self.index.applied >= self.ledger.size:
                    yield
                    return

    def finish(self) -> None:
        """Work all entries in, and what people said, without letting go; the caller holds the lock.

        Nothing of what was erased is in the index then, however much else waits.
        """
        while not self._apply_some():
            pass
        self.index.press()

    @undamaged
    def rebuild(self, progress: Progress | None = None) -> None:
        """Throw the index away and work everything out again from the ledger."""
        with self.writing():
            self.index.clear()
        self.catch_up(progress)

    # ------------------------------------------------------------ reading

    def applied(self) -> Index:
        """Return the index with every entry of the ledger in it, weighed or not."""
        if self._beside is None:
            self._apply_waiting()
        else:
            self._look(self._beside)
        return self.index

    def current(self) -> Index:
        """Return the index with every entry of the ledger in it."""
        self.catch_up()
        return self.index

    @property
    @undamaged
    def behind(self) -> int:
        """How many ledger entries the index has still to work in."""
        return self.ledger.size - self.index.applied

    @undamaged
    def catch_up(self, progress: Progress | None = None) -> None:
        """Work in what other commands appended, letting them at the lock in between."""
        if self._beside is not None:
            self._look(self._beside)
            return
        self._apply_waiting()
        known = self.index.stale
        while self.index.unsettled:
            with self.writing():
                self._settle_some()
            if progress and known:
                progress(known - self.index.stale, known, "")

    def answer_at_once(self, beside: CatchingUp) -> None:
        """From now on work in only what has to count at once, and have the rest done beside."""
        self._beside = beside

    def _look(self, beside: CatchingUp) -> None:
        """Work in what has to count in every answer, and see to it that the rest is."""
        if not 0 <= self.index.applied <= self.ledger.size:
            raise _damaged()
        waiting = self.ledger.entries(self.index.applied, kinds=PRESSING)
        last = max((entry.seq for entry in waiting), default=-1)
        while self.index.applied <= last:
            with self.writing():
                self._apply_some()
        while self.index.pressing:
            with self.writing():
                self.index.press()
        if self.behind or self.index.unsettled:
            beside.wake()

    def advance(self, seconds: float) -> bool:
        """Work in what there is for so long; return whether there was nothing all the time."""
        end, idle = time.monotonic() + seconds, True
        while time.monotonic() < end:
            if self.behind or self.index.unsettled:
                idle = False
                with self.writing():
                    _ = self._apply_some() and self._settle_some()
            else:
                time.sleep(_LOOK)
        return idle

    def _apply_waiting(self) -> None:
        """Work in the entries that wait, without weighing what they change."""
        applied = self.index.applied
        size = self.ledger.size  # read last: others append and apply meanwhile
        if not 0 <= applied <= size:
            raise _damaged()
        while self.index.applied < size:
            with self.writing():
                self._apply_some()

    @undamaged
    def _apply_some(self) -> bool:
        """Work entries into the index for a while; return whether all are in."""
        end = time.monotonic() + _HOLD
        waiting = self.ledger.entries(self.index.applied)
        return self.index.apply(waiting, lambda: time.monotonic() > end)

    @undamaged
    def _settle_some(self) -> bool:
        """Weigh for a while; return whether all is weighed."""
        end = time.monotonic() + _HOLD
        return self.index.settle(lambda: time.monotonic() > end)


def _damaged() -> NodeError:
    return NodeError("index.db is damaged; run `tawatur rebuild`")
