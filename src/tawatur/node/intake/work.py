"""What is done with untrusted bytes: a task → its answers, inside a worker process.

A *task* is one document to read, or one container to unpack; its answers are values that
are written and checked as data, so that a worker that hostile bytes took over can make
whoever started it run nothing. `tawatur.node.intake.workers` starts workers and ends them.

Before its first task a worker gives up what parsing needs none of: it makes no socket and
no file, starts no program but Tesseract, and keeps no core. Before each step it sets what the
step may take of processor and memory. What these limits cover, and what they do not, stands in
``docs/explanation/workers.md``.
"""

import hashlib
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from tawatur.errors import (
    BinaryFileError,
    EmptyFileError,
    IntakeError,
    Message,
    TawaturError,
    UnreadableFileError,
    system_message,
)
from tawatur.intake import Columns, Part, extract_part, unpack
from tawatur.intake.kinds import CONTAINERS, DOCUMENTS, kind_of
from tawatur.model.document import Extraction
from tawatur.model.reading import Reading, verify_reading
from tawatur.reading import read
from tawatur.settings import Intake

_MB = 1024**2
_TASKS = 1000
"""After so many a worker leaves: what libraries leak goes with it."""

_FOR_GOOD = EmptyFileError, BinaryFileError
"""What no other settings, and no program that is installed meanwhile, would read."""

_PROGRAMS = frozenset({"tesseract"})
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = frozenset(
    {"os.chmod", "os.chown", "os.exec", "os.fork", "os.forkpty", "os.link", "os.mkdir",
     "os.posix_spawn", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.system",
     "os.truncate", "os.utime", "pty.spawn"}
)  # fmt: skip
"""What a worker is refused, as the interpreter announces it before it happens."""


class ToRead(msgspec.Struct, frozen=True, tag="read"):
    """Read this document; ``alone`` says that no container has given it.

    ``text_only`` asks for no reading of the text.
    """

    part: Part
    alone: bool
    text_only: bool = False


class ToUnpack(msgspec.Struct, frozen=True, tag="unpack"):
    """Give the documents in this container, held here or lying at ``path``."""

    name: str
    digest: bytes  # sha256 of what is meant
    content: bytes | None
    path: bytes | None
    media_type: str | None
    columns: Columns


class Was(msgspec.Struct, frozen=True, tag="was"):
    """What a document was: text and reading, None if it is a container alone."""

    extraction: Extraction | None
    reading: Reading | None
    holds_more: bool  # other documents, for `ToUnpack`


class Holds(msgspec.Struct, frozen=True, tag="holds"):
    """The next document in a container."""

    part: Part


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """Why nothing, or nothing further, came of a task.

    ``for_good`` says that these bytes give nothing to this version, on any machine.
    """

    why: Message
    for_good: bool = False


class Done(msgspec.Struct, frozen=True, tag="done"):
    """Ends the answers to a task; ``leaves`` says that this worker takes no other."""

    leaves: bool


Task = ToRead | ToUnpack
Answer = Was | Holds | Refused | Done


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take."""

    seconds: int  # of a processor
    wall_seconds: int
    memory: int  # bytes beyond what the worker has before
    characters: int
    archive: int  # bytes of one container

    @classmethod
    def of(cls, settings: Intake) -> "Limits":
        """Return the limits that a node's settings, or their defaults, give."""
        return cls(
            settings.seconds,
            settings.wall_seconds,
            settings.memory_mb * _MB,
            settings.characters,
            settings.archive_mb * _MB,
        )


def serve(pipe: Connection, limits: Limits) -> None:
    """Answer tasks until there are enough, or nobody is left to give one; runs in a worker."""
    confine()
    decoder = msgspec.msgpack.Decoder(Task)
    leaves, tasks = False, 0
    with suppress(EOFError, ConnectionError):  # whoever gave tasks is gone
        while not leaves:
            task, tasks = decoder.decode(pipe.recv_bytes()), tasks + 1
            leaves = tasks >= _TASKS
            try:
                for answer in _within(_answers(task, limits), limits):
                    pipe.send_bytes(msgspec.msgpack.encode(answer))
            except MemoryError:
                leaves = True  # what it holds may be half made
                pipe.send_bytes(msgspec.msgpack.encode(Refused(_too_much_memory(limits))))
            pipe.send_bytes(msgspec.msgpack.encode(Done(leaves)))


def answer_to(task: ToRead, characters: int) -> Was | Refused:
    """Return what the document was, or why it is refused; whatever fails is a refusal.

    Raises:
        MemoryError: It needs more than there is.
    """
    part = task.part
    try:
        kind = kind_of(part.name, part.content, part.media_type) if task.alone else None
        holds_more = kind in CONTAINERS
        if holds_more and kind not in DOCUMENTS:
            return Was(None, None, holds_more)
        extraction = extract_part(part)
        if len(extraction.text) > characters:
            return Refused(
                Message(
                    "its text has {0} characters, more than the {1} that intake.characters "
                    "allows; split it, or raise that setting",
                    (f"{len(extraction.text):,}", f"{characters:,}"),
                )
            )
        if task.text_only:
            return Was(extraction, None, holds_more)
        reading = read(extraction)
        verify_reading(reading, extraction.text)
    except TawaturError as error:
        return Refused(error.message, for_good=isinstance(error, _FOR_GOOD))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault over one document must not stop the others
        fault = f"{type(error).__name__}: {error}"
        return Refused(Message("a fault of this program, please report it ({0})", (fault,)))
    return Was(extraction, reading, holds_more)


def _answers(task: Task, limits: Limits) -> Iterator[Answer]:
    if isinstance(task, ToRead):
        yield answer_to(task, limits.characters)
        return
    try:
        content = task.content if task.content is not None else _loaded(task, limits)
        parts = unpack(task.name, content, media_type=task.media_type, columns=task.columns)
        yield from map(Holds, parts)
    except IntakeError as error:
        yield Refused(error.message)


def _loaded(task: ToUnpack, limits: Limits) -> bytes:
    """Return the bytes of a container that lies on the disk.

    Their size is a limit of its own; memory is bounded for what comes on top.
    """
    assert task.path is not None  # noqa: S101 - either content or path
    _bound_memory(None)
    try:
        with open(task.path, "rb") as stream:  # noqa: PTH123 - a name may be no text
            content = stream.read(limits.archive + 1)
    except OSError as cause:
        raise UnreadableFileError("it may not be read ({0})", system_message(cause)) from cause
    if hashlib.sha256(content).digest() != task.digest:
        raise UnreadableFileError("it changed while it was being read; add it again")
    _bound_memory(limits.memory)
    return content


def _within(answers: Iterator[Answer], limits: Limits) -> Iterator[Answer]:
    """Yield answers, each worked out within the limits.

    Raises:
        MemoryError: One needed more than it may have.
    """
    more = True
    while more:
        _bound_processor(limits.seconds)
        _bound_memory(limits.memory)
        try:
            answer = next(answers, None)
        finally:
            _bound_memory(None)
        more = answer is not None
        if answer is not None:
            yield answer


def _too_much_memory(limits: Limits) -> Message:
    return Message(
        "it took more than {0} MB of memory, the limit intake.memory_mb; it was left out",
        (str(limits.memory // _MB),),
    )


def _bound_processor(seconds: int) -> None:
    """End this process by SIGXCPU once it has used so many seconds more."""
    used = time.process_time()
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used) + seconds + 1, hard))


def _bound_memory(more: int | None) -> None:
    """Let this process have so many bytes more of address space, any number for None.

    Counted from what it has, so that what an earlier document left behind costs a later
    one nothing. Where the system does not say how much that is, nothing is bounded.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = resource.RLIM_INFINITY
    if more is not None:
        try:
            pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        except (OSError, ValueError):
            return
        soft = pages * resource.getpagesize() + more
    with suppress(OSError, ValueError):  # a lower limit holds already
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def confine() -> None:
    """Give up, for this process and those it starts, what parsing needs none of."""
    os.setsid()  # so that it can be ended with all that it started
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.dont_write_bytecode = True
    sys.addaudithook(_refuse)


def _refuse(event: str, args: tuple[object, ...]) -> None:
    """Raise before a worker does what it has no business to do."""
    if event == "open":
        path, _, flags = args
        opened_before = isinstance(path, int)  # a pipe; no file is written whoever opened it
        refused = not opened_before and isinstance(flags, int) and bool(flags & _WRITES)
    elif event == "subprocess.Popen":
        refused = os.path.basename(str(args[0])) not in _PROGRAMS  # noqa: PTH119 - may be no path
    else:
        refused = event in _CHANGES or event.startswith("socket.")
    if refused:
        raise PermissionError(f"a worker was about to do what none may: {event}")
