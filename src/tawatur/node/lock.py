"""Who may write now: one lock per node folder, held for one batch at a time.

The lock is the operating system's (``flock``), so that it goes with its process
however that ends. The file says who holds it, for the line that a waiting
command prints. Correctness never depends on it alone: the ledger's own
transactions hold without it.
"""

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tawatur.errors import Message, NodeBusyError, NodeError, system_message

_POLL = 0.02
_SILENT = 1.0  # seconds before a waiting command says so


@contextmanager
def held(
    path: Path, command: str, *, wait: float, say: Callable[[Message], None] = lambda line: None
) -> Iterator[None]:
    """Hold the lock at ``path`` for ``command``; wait at most ``wait`` seconds for it.

    Raises:
        NodeBusyError: Another command still holds it; the error names it.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as cause:
        raise NodeError("{0} cannot be used ({1})", path, system_message(cause)) from cause
    try:
        began, told = time.monotonic(), False
        while not _taken(handle):
            waited = time.monotonic() - began
            if waited >= wait:
                raise NodeBusyError(
                    "the node is in use by {0}; try again when it ends", _holder(path)
                )
            if waited >= _SILENT and not told:
                say(Message("waiting for {0}", (_holder(path),)))
                told = True
            time.sleep(_POLL)
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps({"command": command, "pid": os.getpid()}).encode(), 0)
        yield
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(path: Path) -> Message:
    """Return the holder in words; the file may be read while it is being written."""
    try:
        held_by = json.loads(path.read_text("utf-8"))
        named = (str(held_by["command"]), str(held_by["pid"]))
        return Message("`tawatur {0}` (process {1})", named)
    except (OSError, ValueError, KeyError, TypeError):
        return Message("another command")
