"""How processes are started beside this one, whatever program uses Tawatur, and end with it."""

import multiprocessing
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_starting = threading.Lock()


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
