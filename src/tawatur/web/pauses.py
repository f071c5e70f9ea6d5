"""How long does the collector of the language hold up whoever asks?

Now and then it goes through everything that is kept, to find cycles that nobody refers to. On a
large node that is most of a million things, which stay: 0.3 to 0.9 s in which no page is
answered. Inside `short_pauses` what has lived through one such look is not looked at again,
so that a look costs what was made since the last. Cycles among it that are let go later are
found once in `_EVERYTHING_AGAIN_S`; what is in no cycle is freed at once, as ever.
"""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager

_EVERYTHING_AGAIN_S = 3600.0
"""Seconds after which everything is looked at: a pause an hour, for what a request may leave."""
_ALL = 2
"""The generation of which the collector looks at everything."""


@contextmanager
def short_pauses() -> Iterator[None]:
    """Have the collector pass over what has lived long, in this process."""
    last = time.monotonic()

    def pass_over(phase: str, info: dict[str, int]) -> None:
        nonlocal last
        if info["generation"] != _ALL:
            return
        if phase == "stop":
            gc.freeze()
        elif time.monotonic() - last > _EVERYTHING_AGAIN_S:
            last = time.monotonic()
            gc.unfreeze()

    gc.collect()
    gc.freeze()
    gc.callbacks.append(pass_over)
    try:
        yield
    finally:
        gc.callbacks.remove(pass_over)
        gc.unfreeze()
