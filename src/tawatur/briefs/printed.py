"""A brief on paper: PDF, right-to-left where it is Arabic, with the fonts it is set in.

Typst sets it: it resolves mixed directions within a line by the Unicode algorithm, shapes Arabic
and embeds what is used of the fonts. The words go to it as data, never as markup. Equal briefs
give equal files.
"""

import re
from importlib.resources import as_file, files

import msgspec

from tawatur.briefs.brief import Brief
from tawatur.briefs.outline import Block, blocks, direction_of
from tawatur.errors import UsageError

_COLOURS = {"red": "#ff2b2b", "amber": "#ffc000", "amber_strict": "#ffc000", "green": "#33ff00"}
_BY_LINE = re.compile(rb"(/ViewerPreferences\s*<<[^<>]{0,200}?/Direction\s*)/R2L\b")
"""How pages lie beside each other in an Arabic brief. PDFium, which reads for Chromium too, takes
it for the direction of every line, and copies the marking as AMBER:TLP; lines know their own."""
_MOST = 20_000
"""Blocks of a brief; a longer one is a book, and takes minutes."""


def pdf(brief: Brief) -> bytes:
    """Return the whole brief as PDF.

    Raises:
        UsageError: It is too long, or the fonts are not there.
    """
    import typst  # noqa: PLC0415 - a large library, which few commands need

    told = [_told(block) for block in blocks(brief)]
    if len(told) > _MOST:
        raise UsageError("the brief is too long for paper; ask for less with --about or --since")
    fonts = files("tawatur.briefs") / "fonts"
    if not fonts.is_dir():
        raise UsageError("the fonts for paper are not there; web/build puts them in their place")
    tlp = brief.label.tlp
    content = {
        "title": brief.title.replace("\u2068", "").replace("\u2069", ""),
        "language": brief.language,
        "direction": direction_of(brief.language),
        "tlp": tlp.value,
        "colour": _COLOURS.get(tlp.name.lower(), "#ffffff"),
        "blocks": told,
    }
    template = (files("tawatur.briefs") / "templates" / "brief.typ").read_bytes()
    with as_file(fonts) as folder:
        printed: bytes = typst.compile(
            template,
            format="pdf",
            font_paths=typst.Fonts(font_paths=[folder]),
            sys_inputs={"brief": msgspec.json.encode(content).decode()},
        )
    return _BY_LINE.sub(rb"\1/L2R", printed)


def _told(block: Block) -> dict[str, object]:
    """Return a block as the template reads it."""
    return {
        "type": type(block).__name__.lower(),
        "direction": direction_of(block.language),
        **msgspec.to_builtins(block),
    }
