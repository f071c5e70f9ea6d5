"""The commands that make a node, take reports in and read them."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from tawatur.cli import rows
from tawatur.cli.progress import progress
from tawatur.cli.shared import SOME_REFUSED, complain, opened, writing
from tawatur.cli.shared import translate as _
from tawatur.i18n import said
from tawatur.node import Incoming, Node, Readers, Refusal, Spent

Jobs = Annotated[
    int,
    typer.Option(
        "--jobs", "-j", min=0, max=256, help=_("Processes that read; 0 for as many as usual.")
    ),
]
ReadBy = Annotated[
    Readers,
    typer.Option(
        "--reader",
        help=_("Who reads: the built-in rules, the language model in the settings, or both."),
    ),
]
Columns = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="PART=NAME,...",
        help=_(
            "Names of columns in JSON Lines: text, title, published, publisher, address; "
            "text=body,title=headline."
        ),
    ),
]


def init(
    folder: Annotated[Path, typer.Argument(help=_("The folder to make."))],
    name: Annotated[str | None, typer.Option("--name", help=_("The organisation's name."))] = None,
    ledger: Annotated[
        str,
        typer.Option(
            "--ledger", help=_("Where the ledger is kept: sqlite, or postgresql://… on a server.")
        ),
    ] = "sqlite",
) -> None:
    with Node.init(folder, name=name, ledger=ledger) as node:
        typer.echo(_("made the node {0} ({1}) in {2}").format(node.name, node.id, folder))


def add(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help=_("Files, folders or addresses, or -."))
    ],
    purpose: Annotated[
        str | None, typer.Option("--purpose", help=_("Why the personal data in them is held."))
    ] = None,
    expires: Annotated[
        datetime | None,
        typer.Option("--expires", formats=["%Y-%m-%d"], help=_("When it must be erased.")),
    ] = None,
    reader: ReadBy = Readers.RULES,
    columns: Columns = None,
    jobs: Jobs = 0,
) -> None:
    until = expires.replace(tzinfo=UTC) if expires else None
    with opened("add") as node, progress(_("taking in")) as bar:
        summary = node.add(
            _things(paths, node),
            purpose=purpose,
            expires=until,
            readers=reader,
            columns=columns,
            processes=jobs or None,
            progress=bar.done,
            spending=bar.spent,
        )
    for refusal in summary.refused:
        complain(_refused(refusal))
    counts = (len(summary.taken), len(summary.held), len(summary.refused))
    typer.echo(_("{0} taken, {1} already held, {2} refused").format(*counts))
    _account(bar.last, summary.unread)
    if summary.refused or summary.unread:
        raise typer.Exit(SOME_REFUSED)


def read(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help=_("Files or folders."))],
    out: Annotated[Path, typer.Option("--out", "-o", help=_("The folder to write to."))],
    weigh: Annotated[
        bool, typer.Option("--weigh", help=_("Look for conflicts within each document."))
    ] = False,
    reader: ReadBy = Readers.RULES,
    columns: Columns = None,
    jobs: Jobs = 0,
) -> None:
    from tawatur.node.intake import files  # noqa: PLC0415 - only this command does without a node

    count, refused, unread = 0, 0, list[Refusal]()
    with ExitStack() as stack:
        asking = None
        if reader is not Readers.RULES:
            asking = stack.enter_context(closing(files.model_of(os.environ)))
        with writing(out):
            out.mkdir(parents=True, exist_ok=True)
        bar = stack.enter_context(progress(_("reading")))
        processes = jobs or min(4, os.cpu_count() or 1)
        for outcome in files.read_files(
            paths,
            weighed=weigh,
            processes=processes,
            readers=reader,
            asking=asking,
            columns=columns,
        ):
            if isinstance(outcome, Refusal):
                refused += 1
                complain(_refused(outcome))
            else:
                with writing(out):
                    files.write_reading(outcome, out)
                count += 1
                if outcome.unread:
                    unread.append(Refusal(outcome.name, outcome.unread))
            bar.done(count + refused, None, outcome.name)
            if asking:
                bar.spent(asking.spent)
    typer.echo(_("{0} read, {1} refused").format(count, refused))
    _account(bar.last, unread)
    if refused or unread:
        raise typer.Exit(SOME_REFUSED)


def reread(
    reader: ReadBy = Readers.RULES,
    document: Annotated[
        list[str] | None,
        typer.Option("--document", help=_("Only this document; may be repeated.")),
    ] = None,
    everything: Annotated[
        bool,
        typer.Option("--all", help=_("Also what this version has read already.")),
    ] = False,
    again: Annotated[
        bool,
        typer.Option("--extract", help=_("First make the texts again that an older version made.")),
    ] = False,
    jobs: Jobs = 0,
) -> None:
    with opened("reread") as node, progress(_("reading")) as bar:
        summary = node.reread(
            reader,
            documents=document or None,
            everything=everything,
            extract=again,
            processes=jobs or None,
            progress=bar.done,
            spending=bar.spent,
        )
    for refusal in summary.renewed.refused:
        complain(_refused(refusal))
    if again:
        typer.echo(_("{0} texts made again").format(len(summary.renewed.documents)))
    typer.echo(_("{0} read again").format(summary.read))
    _account(bar.last, summary.unread)
    if summary.unread or summary.renewed.refused:
        raise typer.Exit(SOME_REFUSED)


def _refused(refusal: Refusal) -> str:
    """Return one line that names a thing once, with the way to it, and says why it was refused."""
    why = refusal.why
    if why.args and refusal.name.endswith(str(why.args[0])):  # the reason has a place for the name
        return _("refused: {0}").format(said(replace(why, args=(refusal.name, *why.args[1:])), _))
    return _("refused {0}: {1}").format(refusal.name, said(why, _))


def _account(spent: Spent | None, unread: Iterable[Refusal]) -> None:
    """Say what a language model took, what was dropped of its answers, and what it did not read."""
    for refusal in unread:
        why = said(refusal.why, _)
        complain(_("not read by the language model: {0} ({1})").format(refusal.name, why))
    if spent:
        for line in rows.spent_lines(spent, _):
            typer.echo(line)


def _things(paths: Iterable[str], node: Node) -> Iterator[Path | Incoming | Refusal]:
    for path in paths:
        if path.lower().startswith(("http://", "https://")):
            yield node.fetched(path)
        elif path == "-":
            yield Incoming("stdin.txt", "standard input", content=sys.stdin.buffer.read())
        else:
            yield Path(path)
