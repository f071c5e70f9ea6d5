"""``tawatur watch``: round after round of one feed, a line for everything that came."""

import re
import signal
import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from tawatur.errors import NotNowError, UsageError
from tawatur.i18n import Translate, said

if TYPE_CHECKING:
    from tawatur.node.watching import Came, Watch

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_SHORTEST, _LONGEST = 60, 30 * 86400
_PATIENCE = 86400.0
"""Seconds between two rounds at most while the feed cannot be had."""


def pause_of(every: str) -> float:
    """Return the seconds of a pause such as ``90s``, ``15m``, ``2h`` or ``1d``.

    Raises:
        UsageError: It is none, or less than a minute.
    """
    found = re.fullmatch(r"(\d{1,6})([smhd])", every.strip())
    seconds = int(found[1]) * _UNITS[found[2]] if found else 0
    if not _SHORTEST <= seconds <= _LONGEST:
        raise UsageError(
            "{0} is no pause; write one as 90s, 15m, 2h or 1d, a minute at least", repr(every)
        )
    return float(seconds)


def one_round(
    watch: "Watch", say: Callable[[str], None], complain: Callable[[str], None], _: Translate
) -> bool:
    """Say what came of each new entry and how many there were; return whether all was taken.

    Raises:
        FetchError: The feed cannot be had.
    """
    taken = held = refused = later = 0
    for came in watch.round():
        if came.again:
            later += 1
            complain(_later(came, came.again, _))
        elif came.why:
            refused += 1
            complain(_("refused {0}: {1}").format(came.address, said(came.why, _)))
        elif came.documents:
            taken += 1
            say(_("taken in: {0}, {1}").format(", ".join(came.documents), came.address))
        else:
            held += 1
    counts = (taken, held, refused, later)
    if any(counts):
        say(_("{0} taken, {1} already held, {2} refused, {3} to be tried again").format(*counts))
    else:
        say(_("nothing new"))
    return not refused and not later


def _later(came: "Came", again: datetime, _: Translate) -> str:
    why = said(came.why, _) if came.why else ""
    when = again.isoformat(timespec="minutes")
    return _("not yet {0}: {1}; tried again from {2} on").format(came.address, why, when)


def follow(
    watch: "Watch",
    pause: float,
    say: Callable[[str], None],
    complain: Callable[[str], None],
    _: Translate,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Go round after round until interrupted, less often while the feed cannot be had.

    Args:
        watch: The feed.
        pause: Seconds between two rounds.
        say: Shows a line.
        complain: Shows a line about what did not go well.
        _: Translates.
        sleep: Lets seconds pass.

    Raises:
        FetchError: The feed may not be fetched, or is not there.
        IntakeError: It is no feed.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C does
    longer = pause
    try:
        while True:
            try:
                one_round(watch, say, complain, _)
                longer = pause
            except NotNowError as error:
                complain(said(error, _))
                longer = min(max(longer * 2, error.after or 0.0), max(pause, _PATIENCE))
            sleep(longer)
    except KeyboardInterrupt:
        say(_("stopped; what came is kept"))
