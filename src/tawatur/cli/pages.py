"""The commands that make pages: a brief in a file, a copy for somebody, the pages of ``serve``."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from tawatur.cli.shared import About, Since, Until, complain, opened
from tawatur.cli.shared import translate as _
from tawatur.errors import UnknownIdError, UsageError
from tawatur.i18n import preferred
from tawatur.node.briefs import brief_files
from tawatur.node.sharing.tracing import Bearing


def brief(
    out: Annotated[
        Path, typer.Option("--out", "-o", help=_("The file: .html, .pdf, .docx or .md."))
    ],
    about: About = None,
    since: Since = None,
    until: Until = None,
    language: Annotated[
        str | None, typer.Option("--language", help=_("ar, fr or en; yours unless told."))
    ] = None,
    composed: Annotated[
        str | None,
        typer.Option("--composed", metavar="BRIEF", help=_("One that you composed, by its id.")),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option("--to", help=_("Give a copy to this partner: it is marked, and recorded.")),
    ] = None,
    unmarked: Annotated[
        str | None,
        typer.Option(
            "--unmarked",
            metavar="REASON",
            help=_(
                "Give it without marks, and why: the rule for press, courts and oversight bodies, "
                "who need not be partners."
            ),
        ),
    ] = None,
    second: Annotated[
        str | None,
        typer.Option(
            "--second", help=_("Who agreed to it, where the settings ask for a second person.")
        ),
    ] = None,
    marks: Annotated[
        bool,
        typer.Option("--marks", help=_("Say what marks it can carry, and write nothing.")),
    ] = False,
) -> None:
    if unmarked is not None and to is None:
        raise UsageError("say to whom the copy goes: --to")
    with opened("brief") as node:
        if composed is not None:
            if about or since or until or language:
                raise UsageError("a composed brief is written as it was composed")
            made = node.compositions.brief(composed)
        else:
            spoken = preferred(given=language or node.settings.language)
            made = node.brief(about=about, since=since, until=until, language=spoken)
        text = None
        if marks or (to is not None and unmarked is None):
            made = replace(made, marked=True)
            text = brief_files.brief_text(made, out)
            _bearing(node.tracing.bearing(made, text))
        if marks:
            return
        if to is not None and unmarked is not None:
            node.tracing.unmarked(made, to, unmarked, second=second)
        elif to is not None and text is not None:
            try:
                text = node.tracing.marked(made, text, to, second=second)
            except UnknownIdError:
                complain(_("to whoever is no partner it goes without marks: --unmarked REASON"))
                raise
        for path in brief_files.write_brief(made, out, text):
            typer.echo(_("wrote {0}").format(path))


def _bearing(bearing: Bearing) -> None:
    """Say how many marks a brief can carry, and what they bear."""
    typer.echo(
        _("marks: {0}, of which {1} survive retyping").format(bearing.marks, bearing.lasting)
    )
    if bearing.words is None:
        typer.echo(_("too few: a copy of it could probably not be traced"))
    else:
        typer.echo(
            _("one organisation that leaks about {0} words of it can be told").format(bearing.words)
        )
    if bearing.together:
        typer.echo(_("so can one of three that mix their copies of the whole"))


def serve(
    port: Annotated[
        int | None,
        typer.Option("--port", min=0, max=65535, help=_("The port; 0 for any free one.")),
    ] = None,
    accounts: Annotated[
        bool,
        typer.Option("--accounts", help=_("Only if there are accounts, by which people come in.")),
    ] = False,
    taxii: Annotated[
        bool,
        typer.Option("--taxii", help=_("Answer partners' programs (TAXII 2.1), and no pages.")),
    ] = False,
    partners: Annotated[
        bool,
        typer.Option(
            "--partners",
            help=_("Answer partners' nodes (exchange) and their programs, and no pages."),
        ),
    ] = False,
) -> None:
    from tawatur import web  # noqa: PLC0415 - only this command needs it

    if partners:
        _serve_partners(port)
        return
    if not taxii:
        with opened("serve") as node, node.serving():
            node.answer_at_once()
            web.serve(node, port=port, accounts=accounts, announce=typer.echo)
        return
    with opened("serve --taxii") as node:
        web.listen(
            node.taxii.server(),
            host="127.0.0.1",
            port=port,
            usual=node.settings.taxii.port,
            announce=lambda address: typer.echo(f"{address}/taxii2/"),
        )


def _serve_partners(port: int | None) -> None:
    """Answer partners' nodes, and beside them their programs."""
    from tawatur import web  # noqa: PLC0415 - only this command needs it

    # Two of the same node: neither has to wait while the other takes something in.
    with opened("serve --partners") as node, opened("serve --partners") as programs:
        wire = node.settings.wire
        files = node.folder / wire.certificate, node.folder / wire.key
        web.listen(
            node.wire.door(programs.taxii.server(node.wire.guard())),
            host=wire.host,
            port=port,
            usual=wire.port,
            announce=typer.echo,
            tls=files if wire.certificate else None,
        )
