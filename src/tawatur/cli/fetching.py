"""The commands about what is fetched: a feed followed, and the record of how a page came."""

import re
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tawatur.cli.shared import SOME_REFUSED, complain, opened, writing
from tawatur.cli.shared import translate as _
from tawatur.errors import NodeBusyError, NotNowError, UsageError
from tawatur.i18n import said

if TYPE_CHECKING:
    from tawatur.node.intake.watching import Watch

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_SHORTEST, _LONGEST = 60, 30 * 86400
_PATIENCE = 86400.0
"""Seconds between two rounds at most while the feed cannot be had."""


def watch(
    feed: Annotated[
        str,
        typer.Argument(
            metavar="FEED", help=_("Address of the feed, or of a page that names its feed.")
        ),
    ],
    every: Annotated[
        str, typer.Option("--every", help=_("Pause between two looks: 90s, 15m, 2h, 1d."))
    ] = "15m",
    once: Annotated[bool, typer.Option("--once", help=_("Look once and end."))] = False,
    purpose: Annotated[
        str | None, typer.Option("--purpose", help=_("Why the personal data in them is held."))
    ] = None,
    expires: Annotated[
        datetime | None,
        typer.Option("--expires", formats=["%Y-%m-%d"], help=_("When it must be erased.")),
    ] = None,
) -> None:
    pause, until = _pause(every), expires.replace(tzinfo=UTC) if expires else None
    with opened("watch") as node:
        followed = node.watch(feed, purpose=purpose, expires=until)
        if not once:
            signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C does
            follow(followed, pause)
        elif not _round(followed):
            raise typer.Exit(SOME_REFUSED)


def evidence(
    document: Annotated[str, typer.Argument(help=_("Its id, or the beginning of it."))],
    out: Annotated[Path, typer.Option("--out", "-o", help=_("The file to write."))],
) -> None:
    with opened("evidence") as node:
        records = node.evidence(document)
        with writing(out):
            out.write_bytes(records)
        typer.echo(_("wrote {0}").format(out))


def follow(watched: "Watch", pause: float, sleep: Callable[[float], None] = time.sleep) -> None:
    """Go round after round until interrupted, less often while the feed cannot be had.

    A node that is in use for long costs a round, not the command.

    Args:
        watched: The feed.
        pause: Seconds between two rounds.
        sleep: Lets seconds pass.

    Raises:
        FetchError: The feed may not be fetched, or is not there.
        IntakeError: It is no feed.
    """
    longer = pause
    try:
        while True:
            try:
                _round(watched)
                longer = pause
            except NodeBusyError as error:
                complain(said(error, _))
            except NotNowError as error:
                complain(said(error, _))
                longer = min(max(longer * 2, error.after or 0.0), max(pause, _PATIENCE))
            sleep(longer)
    except KeyboardInterrupt:
        typer.echo(_("stopped; what came is kept"))


def _round(watched: "Watch") -> bool:
    """Say what came of each new entry and how many there were; return whether all was taken."""
    taken = held = refused = later = 0
    for came in watched.round():
        if came.why is None:
            taken, held = taken + bool(came.documents), held + (not came.documents)
            if came.documents:
                typer.echo(_("taken in: {0}, {1}").format(", ".join(came.documents), came.address))
        elif came.again is None:
            refused += 1
            complain(_("refused {0}: {1}").format(came.address, said(came.why, _)))
        else:
            later += 1
            again = came.again.isoformat(timespec="minutes")
            line = _("not yet {0}: {1}; tried again from {2} on")
            complain(line.format(came.address, said(came.why, _), again))
    counts = (taken, held, refused, later)
    line = _("{0} taken, {1} already held, {2} refused, {3} to be tried again")
    typer.echo(line.format(*counts) if any(counts) else _("nothing new"))
    return not refused and not later


def _pause(every: str) -> float:
    """Return the seconds of a pause such as ``90s``, ``15m``, ``2h`` or ``1d``.

    Raises:
        UsageError: It is none, or less than a minute.
    """
    found = re.fullmatch(r"([0-9]{1,6})([smhd])", every.strip())
    seconds = int(found[1]) * _UNITS[found[2]] if found else 0
    if not _SHORTEST <= seconds <= _LONGEST:
        raise UsageError(
            "{0} is no pause; write one as 90s, 15m, 2h or 1d, a minute at least", repr(every)
        )
    return float(seconds)
