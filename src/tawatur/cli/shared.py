"""What the commands share: the language they speak, their common options, the node they open."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tawatur.errors import UsageError, system_message
from tawatur.i18n import preferred, said, translator

if TYPE_CHECKING:
    from tawatur.model.ids import NodeId
    from tawatur.node import Node

DONE, WRONG, USAGE, SOME_REFUSED = 0, 1, 2, 3

LANGUAGE = preferred()
translate = _ = translator(LANGUAGE)


class Format(StrEnum):
    """How a listing is written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


class Before:
    """What the options before the command said."""

    node: Path = Path()
    account: str | None = None
    hijri: bool = False  # by the settings of the node that was opened


Form = Annotated[Format, typer.Option("--format", "-f", help=_("How the listing is written."))]
About = Annotated[str | None, typer.Option("--about", help=_("Words that it must hold."))]
Since = Annotated[
    str | None,
    typer.Option("--since", help=_("From this date on: 2021, 2021-03 or 2021-03-31.")),
]
Until = Annotated[str | None, typer.Option("--until", help=_("Up to this date."))]
Reverse = Annotated[bool, typer.Option("--reverse", help=_("In the other direction."))]
Out = Annotated[Path | None, typer.Option("--out", "-o", help=_("The file to write."))]
Why = Annotated[str, typer.Option("--why", help=_("The reason, for the record."))]


@contextmanager
def opened(command: str) -> "Iterator[Node]":
    """Open the node that the options named; others who wait are told for which command."""
    from tawatur.node import Node  # noqa: PLC0415 - help and figures need no node

    with Node.open(
        Before.node,
        account=Before.account,
        command=command,
        say=lambda why: complain(said(why, _)),
    ) as node:
        Before.hijri = node.settings.hijri
        yield node


def names_of(node: "Node") -> "dict[NodeId, str]":
    """Return what this node and its partners are called."""
    return {node.id: node.name} | {card.id: card.name for card in node.partners.all().values()}


def complain(line: str) -> None:
    """Write a line to standard error."""
    typer.echo(line, err=True)


def content(path: Path, most: int = -1) -> bytes:
    """Return what a file holds; of one that is larger than ``most`` bytes, one byte more.

    Raises:
        UsageError: It cannot be read.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(most if most < 0 else most + 1)
    except OSError as cause:
        raise UsageError("{0}: {1}", path, system_message(cause)) from cause


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the disk refuses while ``path`` is written into a refusal of the command."""
    try:
        yield
    except OSError as cause:
        raise UsageError("{0} cannot be written ({1})", path, system_message(cause)) from cause


def write(out: Path, file: bytes) -> None:
    """Write a file and say so."""
    with writing(out):
        out.write_bytes(file)
    typer.echo(_("wrote {0}").format(out))


def day(given: str, *, end: bool = False) -> datetime | None:
    """Return where a day begins or ends, UTC; None for never."""
    if given == "never":
        return None
    try:
        day = datetime.strptime(given, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as cause:
        raise UsageError("{0} is no day; write one as 2031-03-31, or never", repr(given)) from cause
    return day.replace(hour=23, minute=59, second=59) if end else day


def words_of(given: Iterable[str]) -> frozenset[str]:
    """Return what is not empty of what was given several times."""
    return frozenset(words for each in given if (words := each.strip()))
