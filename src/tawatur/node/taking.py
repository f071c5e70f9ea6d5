"""Files → what came of each: read in worker processes, in order, within bounded memory.

A worker opens the file, makes the rendition and reads it; the parent only
appends. Files are handed out a few at a time, so that a folder of any size needs
no more memory than a handful of documents. A document that kills its worker is
refused with that reason, and the rest goes on.
"""

import hashlib
import os
import stat
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from tawatur.errors import (
    IntakeError,
    Message,
    TawaturError,
    UnreadableFileError,
    system_message,
)
from tawatur.model.document import Extraction
from tawatur.model.reading import Reading, verify_reading
from tawatur.node.views import Incoming, Refusal

_ALONE = 6
"""Up to so many files are read in this process: starting workers takes longer."""

_AHEAD = 4
"""Documents handed to each worker ahead of need."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A document made of one incoming thing, and what the reader proposes about it.

    ``also`` is a second reader's, ``unread`` says why one that was asked for is missing.
    """

    incoming: Incoming
    content: bytes
    extraction: Extraction
    reading: Reading
    also: Reading | None = None
    unread: Message | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """An incoming thing whose bytes the caller said it holds."""

    incoming: Incoming
    content: bytes


def incoming(paths: Iterable[Path]) -> Iterator[Incoming | Refusal]:
    """Yield what lies at ``paths``: files as they are, folders walked in name order.

    Hidden files and folders, and links to folders, are passed over; a folder that may not
    be read is one refusal.
    """
    for path in paths:
        try:
            inside = sorted(p for p in path.iterdir() if _walked(p))
        except NotADirectoryError:
            yield Incoming(_shown(path.name), _shown(str(path.absolute())), path)
        except FileNotFoundError:
            yield Refusal(_shown(str(path)), Message("no such file"))
        except (OSError, ValueError) as error:
            cause = system_message(error) if isinstance(error, OSError) else str(error)
            yield Refusal(str(path), Message("this folder may not be read ({0})", (cause,)))
        else:
            yield from incoming(inside)


def _walked(path: Path) -> bool:
    """Whether to take what a folder holds; a link to a folder may lead back to where it stands."""
    return not path.name.startswith(".") and not (path.is_symlink() and path.is_dir())


def _shown(name: str) -> str:
    """Return a file's name as text that can be signed, whatever bytes the disk has for it."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def taken(
    things: Iterable[Incoming | Refusal], *, held: Callable[[bytes], bool], processes: int
) -> Iterator[Taken | Known | Refusal]:
    """Yield what came of each thing, in their order.

    Args:
        things: What to take in.
        held: Whether a document with this SHA-256 is held; it is then not read again.
        processes: Worker processes at most.
    """
    queue = deque(things)
    if len(queue) <= _ALONE or processes <= 1:
        while queue:
            yield _refusable(queue.popleft(), held)
        return
    yield from _spread(queue, held, processes)


def _spread(
    queue: deque[Incoming | Refusal], held: Callable[[bytes], bool], processes: int
) -> Iterator[Taken | Known | Refusal]:
    pool = _pool(processes)
    try:
        running: deque[tuple[Incoming, bytes, Future[Taken | Refusal]]] = deque()
        while queue or running:
            while queue and len(running) < processes * _AHEAD:
                thing = queue[0]
                loaded = _loaded(thing, held)
                if isinstance(loaded, bytes):
                    assert isinstance(thing, Incoming)  # noqa: S101 - only those have bytes
                    with _nameless_main():
                        running.append((thing, loaded, pool.submit(_read, thing, loaded)))
                elif running:
                    break  # keep the order: what runs comes first
                else:
                    yield loaded
                queue.popleft()
            if not running:
                continue
            thing, content, future = running.popleft()
            try:
                yield future.result()
            except BrokenProcessPool:
                pool.shutdown(cancel_futures=True)
                lost = [(thing, content), *((t, c) for t, c, _ in running)]
                running.clear()
                for one, its_content in lost:
                    yield _read_apart(one, its_content)
                pool = _pool(processes)
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(processes: int) -> ProcessPoolExecutor:
    # Not forked from here: this process may hold threads and open databases.
    context = get_context("forkserver")
    context.set_forkserver_preload(["tawatur.node.warm"])
    return ProcessPoolExecutor(processes, mp_context=context)


@contextmanager
def _nameless_main() -> Iterator[None]:
    """Keep workers from importing the program that uses Tawatur.

    They need nothing of it; a script without a main guard would run itself in each of them,
    and one typed at a prompt could not be found.
    """
    main = sys.modules["__main__"]
    spec, file = getattr(main, "__spec__", None), main.__dict__.pop("__file__", None)
    main.__spec__ = None
    try:
        yield
    finally:
        main.__spec__ = spec
        if file is not None:
            main.__file__ = file


def _read_apart(thing: Incoming, content: bytes) -> Taken | Refusal:
    """Read one document in a process of its own, after a neighbour or it broke the pool."""
    with _pool(1) as alone:
        try:
            with _nameless_main():
                waiting = alone.submit(_read, thing, content)
            return waiting.result()
        except BrokenProcessPool:
            why = Message("reading it ended the worker process; it was left out")
            return Refusal(thing.name, why)


def _refusable(thing: Incoming | Refusal, held: Callable[[bytes], bool]) -> Taken | Known | Refusal:
    loaded = _loaded(thing, held)
    if not isinstance(loaded, bytes):
        return loaded
    assert isinstance(thing, Incoming)  # noqa: S101 - only those have bytes
    return _read(thing, loaded)


def _loaded(thing: Incoming | Refusal, held: Callable[[bytes], bool]) -> bytes | Known | Refusal:
    """Return the bytes of ``thing``, unless it is refused or held already."""
    if isinstance(thing, Refusal):
        return thing
    try:
        content = thing.content if thing.content is not None else _bytes_of(thing)
    except IntakeError as error:
        return Refusal(thing.name, error.message)
    if held(hashlib.sha256(content).digest()):
        return Known(thing, content)
    return content


def _bytes_of(thing: Incoming) -> bytes:
    from tawatur.intake import check_size  # noqa: PLC0415 - listings take nothing in

    assert thing.path is not None  # noqa: S101 - either path or content
    try:
        status = thing.path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFileError("not a regular file")
        check_size(status.st_size)
        return thing.path.read_bytes()
    except FileNotFoundError as cause:
        raise UnreadableFileError("no such file") from cause
    except OSError as cause:
        raise UnreadableFileError("it may not be read ({0})", system_message(cause)) from cause


def _read(thing: Incoming, content: bytes) -> Taken | Refusal:
    """Return the document and its reading; runs in a worker."""
    from tawatur.intake import extract  # noqa: PLC0415 - listings take nothing in
    from tawatur.reading import read  # noqa: PLC0415 - and read nothing

    try:
        extraction = extract(thing.name, content)
        reading = read(extraction)
        verify_reading(reading, extraction.text)
    except TawaturError as error:
        return Refusal(thing.name, error.message)
    except Exception as error:  # noqa: BLE001 - a fault over one document must not stop the others
        fault = f"{type(error).__name__}: {error}"
        why = Message("a fault of this program, please report it ({0})", (fault,))
        return Refusal(thing.name, why)
    return Taken(thing, content, extraction, reading)
