"""How far has it come? A bar on a terminal, nothing in a pipe."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tawatur.cli import rows
from tawatur.cli.shared import translate as _
from tawatur.node import Spent


class Bar:
    """Progress on a terminal, nothing in a pipe; remembers what a language model took."""

    def __init__(self, show: Callable[..., None] = lambda **fields: None) -> None:
        self._show = show
        self.last: Spent | None = None

    def done(self, done: int, total: int | None, name: str) -> None:
        """Show how many are done and the name of the last."""
        self._show(completed=done, total=total, name=name)

    def spent(self, spent: Spent) -> None:
        """Show what a language model took so far."""
        self.last = spent
        self._show(spent="  ".join(rows.tokens(spent, _)))


@contextmanager
def progress(what: str) -> Iterator[Bar]:
    """Show how far ``what`` has come, for as long as it lasts."""
    if not sys.stderr.isatty():
        yield Bar()
        return
    from rich.console import Console  # noqa: PLC0415 - a pipe sees none of it
    from rich.progress import (  # noqa: PLC0415 - as above
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}"),
        TextColumn("{task.fields[spent]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None, name="", spent="")
        yield Bar(lambda **fields: bar.update(task, **fields))
