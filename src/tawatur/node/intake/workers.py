"""Worker processes that may die: tasks go in, answers or the limit that was met come out.

A thread of this process stands for each worker: it hands over a task, waits for the answer
as long as the limit says, and ends a worker that gives none, with every program that the
worker started. The next task then gets a new worker. Workers are forked from a process that
holds nothing but what all of them need (`tawatur.node.intake.warm`), never from this one, which
may hold threads and open databases; they start when they are first needed.

The answer to a task does not depend on the worker or on what it did before. Unpacking
has a worker of its own, so that what comes out can be read meanwhile.
"""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Self, TypeVar

import msgspec

from tawatur.errors import Message
from tawatur.intake import MAX_BYTES
from tawatur.node.intake.work import (
    Answer,
    Done,
    Holds,
    Limits,
    Refused,
    Task,
    ToRead,
    ToUnpack,
    Was,
    serve,
)
from tawatur.node.processes import nameless_main

_PER_CHARACTER = 64
"""Bytes of an answer for one character of text; a dense report has five."""

_AHEAD = 4
"""Documents handed to each worker ahead of need."""

_HELD = 192 * 1024**2
"""Bytes of documents handed out, or waiting for those before them, at most."""

_ENDING = 5.0
"""Seconds to wait for a worker that was ended."""

_T = TypeVar("_T")

_ENDED = Message("reading it ended the worker process; it was left out")
_ANSWERS = msgspec.msgpack.Decoder(Answer)


class _LostError(Exception):
    """The worker met a limit, or is gone; says which."""

    def __init__(self, why: Message) -> None:
        self.why = why


class Workers:
    """So many processes that read, at most, and one that unpacks; closed at the end."""

    def __init__(self, processes: int, limits: Limits) -> None:
        self.processes, self.limits = processes, limits
        self._threads = ThreadPoolExecutor(processes, thread_name_prefix="reading")
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._closed = False

    def read(self, task: ToRead) -> Future[Was | Refused]:
        """Return what will be the answer to a task of reading."""
        return self._threads.submit(self._read, task)

    def unpack(self, task: ToUnpack) -> Iterator[Holds | Refused]:
        """Yield what a container holds, in its order; what ends it early comes last."""
        for answer in self._answers(task):
            assert isinstance(answer, Holds | Refused)  # noqa: S101 - as `work` answers
            yield answer

    def ahead(self, begun: Iterable[_T], size: Callable[[_T], int]) -> Iterator[_T]:
        """Yield tasks in their order, a few for each worker begun ahead of the one waited for.

        Args:
            begun: Begins a task whenever it is asked for the next.
            size: Bytes that are held while a task waits.
        """
        waiting: deque[_T] = deque()
        room, held = self.processes * _AHEAD, 0
        for each in begun:
            waiting.append(each)
            held += size(each)
            while waiting and (len(waiting) > room or held > _HELD):
                held -= size(waiting[0])
                yield waiting.popleft()
        yield from waiting

    def close(self) -> None:
        """End every worker, whatever it does."""
        self._closed = True
        for worker in tuple(self._all):
            worker.kill()
        self._threads.shutdown(cancel_futures=True)
        for worker in tuple(self._all):
            self._end(worker)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self.close()

    def _read(self, task: ToRead) -> Was | Refused:
        answers = tuple(self._answers(task))
        assert isinstance(answers[-1], Was | Refused)  # noqa: S101 - as `work` answers
        return answers[-1]

    def _answers(self, task: Task) -> Iterator[Answer]:
        """Yield the answers of a worker; the last says why where it is lost."""
        worker = self._worker()
        stays = False
        try:
            worker = self._given(worker, task)
            while not isinstance(answer := worker.answer(), Done):
                yield answer
            stays = not answer.leaves
        except _LostError as lost:
            yield Refused(lost.why)
        finally:
            if stays and not self._closed:
                self._idle.append(worker)
            else:
                self._end(worker)

    def _given(self, worker: "_Worker", task: Task) -> "_Worker":
        """Give the task to a worker, to a new one if it died while it waited for any."""
        raw = msgspec.msgpack.encode(task)
        try:
            worker.give(raw)
        except OSError:
            self._end(worker)
            worker = self._started()
            worker.give(raw)
        return worker

    def _worker(self) -> "_Worker":
        try:
            return self._idle.pop()
        except IndexError:
            return self._started()

    def _started(self) -> "_Worker":
        worker = _Worker(self.limits)
        self._all.add(worker)
        return worker

    def _end(self, worker: "_Worker") -> None:
        self._all.discard(worker)
        worker.end()


class _Worker:
    """One process and the pipe to it; used by one thread at a time."""

    def __init__(self, limits: Limits) -> None:
        # here, because a command that reads a short text or two starts no process
        from multiprocessing import get_context  # noqa: PLC0415

        context = get_context("forkserver")
        context.set_forkserver_preload(["tawatur.node.intake.warm"])
        self._limits = limits
        self._largest = max(MAX_BYTES, limits.characters * _PER_CHARACTER) + 2**20
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, limits), daemon=True)
        with nameless_main():
            self._process.start()
        theirs.close()

    def give(self, raw: bytes) -> None:
        """Hand over a task.

        Raises:
            OSError: The worker died before.
        """
        self._pipe.send_bytes(raw)

    def answer(self) -> Answer:
        """Return the next answer.

        Raises:
            _LostError: There is none: the worker met a limit, or died.
        """
        try:
            if not self._pipe.poll(self._limits.wall_seconds):
                raise _LostError(
                    Message(
                        "it took more than {0} seconds, the limit intake.wall_seconds; "
                        "it was left out",
                        (str(self._limits.wall_seconds),),
                    )
                )
            raw = self._pipe.recv_bytes(self._largest)
        except EOFError as cause:
            raise _LostError(self._cause_of_death()) from cause
        except OSError as cause:  # so says the pipe of a message over the size asked for
            size = str(self._largest // 1024**2)
            why = Message("what was read of it is larger than {0} MB; it was left out", (size,))
            raise _LostError(why) from cause
        try:
            answer: Answer = _ANSWERS.decode(raw)
        except msgspec.MsgspecError as cause:  # whatever took it over, it is no worker any more
            raise _LostError(_ENDED) from cause
        return answer

    def kill(self) -> None:
        """End the process and those that it started, at once."""
        if self._process.pid:
            with suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()

    def end(self) -> None:
        """End the process and let go of what stands for it here."""
        self.kill()
        self._process.join(_ENDING)
        self._pipe.close()

    def _cause_of_death(self) -> Message:
        self._process.join(_ENDING)
        status = self._process.exitcode or 0
        if status == -signal.SIGXCPU:
            return Message(
                "it took more than {0} seconds of a processor, the limit intake.seconds; "
                "it was left out",
                (str(self._limits.seconds),),
            )
        if status >= 0:
            return _ENDED
        try:
            name = signal.Signals(-status).name
        except ValueError:
            name = str(-status)
        return Message("reading it ended the worker process ({0}); it was left out", (name,))
