"""How processes are started beside this one, whatever program uses Tawatur, and end with it."""

import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_starting = threading.Lock()
_MANY_MADE = 50_000
"""Things made after which cycles among them are looked for; the language's own number is 700."""


@contextmanager
def nameless_main() -> Iterator[None]:
    """Keep processes that are started within from importing the program that uses Tawatur.

    They need nothing of it; a script without a main guard would run itself in each of them,
    and one typed at a prompt could not be found.
    """
    with _starting:
        main = sys.modules["__main__"]
        spec, file = getattr(main, "__spec__", None), main.__dict__.pop("__file__", None)
        main.__spec__ = None
        try:
            yield
        finally:
            main.__spec__ = spec
            if file is not None:
                main.__file__ = file


def end_with_parent() -> None:
    """End this process as soon as whoever started it is gone.

    It would wait for work for ever: each process of a pool holds both ends of its queue open.
    """
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # a thread cannot end a process otherwise


def collect_rarely() -> None:
    """Have the language look for cycles seldom in a process that reads much which has none.

    Values that come from tables by the hundred thousand stay or go whole. Looked at after every
    700, they took a tenth of what an index costs, and more the more is kept.
    """
    gc.set_threshold(_MANY_MADE, *gc.get_threshold()[1:])


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Do so within."""
    before = gc.get_threshold()
    collect_rarely()
    try:
        yield
    finally:
        gc.set_threshold(*before)
