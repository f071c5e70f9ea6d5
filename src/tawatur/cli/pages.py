"""The commands that make pages: a brief in a file, and the pages of ``serve``."""

from pathlib import Path
from typing import Annotated

import typer

from tawatur.cli.shared import About, Since, Until, opened
from tawatur.cli.shared import translate as _
from tawatur.i18n import preferred
from tawatur.node import brief_files


def brief(
    out: Annotated[Path, typer.Option("--out", "-o", help=_("The file: .html or .md."))],
    about: About = None,
    since: Since = None,
    until: Until = None,
    language: Annotated[
        str | None, typer.Option("--language", help=_("ar, fr or en; yours unless told."))
    ] = None,
    for_: Annotated[
        str | None,
        typer.Option("--for", help=_("The person who is handed it, for the record.")),
    ] = None,
) -> None:
    with opened("brief") as node:
        made = node.brief(
            about=about,
            since=since,
            until=until,
            language=preferred(given=language or node.settings.language),
        )
        for path in brief_files.write_brief(made, out):
            typer.echo(_("wrote {0}").format(path))
        if for_:
            reports = {source.report for source in made.documents}
            node.disclosures.record(for_, reports, "brief")


def serve(
    port: Annotated[
        int | None,
        typer.Option("--port", min=0, max=65535, help=_("The port; 0 for any free one.")),
    ] = None,
) -> None:
    from tawatur.web import serve as serve_pages  # noqa: PLC0415 - only this command needs it

    with opened("serve") as node, node.serving():
        serve_pages(node, port=port, announce=typer.echo)
