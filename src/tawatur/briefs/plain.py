"""A brief as Markdown: the same sentences, with links into the page of the cited reports.

Everything that comes from a report is escaped, so that it stays text: no heading, link,
image or HTML of its own.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote

from tawatur.briefs.brief import Brief
from tawatur.briefs.outline import Block, Cites, Heading, Items, Line, Quote, Words, blocks

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&$^=:@])")
_LINES = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def markdown(brief: Brief, documents_href: str) -> str:
    """Return the brief as Markdown in its language.

    Args:
        brief: The brief.
        documents_href: Where the page of `documents_page` will lie, relative to this file.
    """
    href = quote(documents_href, safe="/%")
    lines = [f"**{_text(brief.label.tlp.value)}**", ""]
    for block in blocks(brief, texts=False):
        lines += [*_written(block, href), ""]
    return "\n".join(lines).rstrip() + "\n"


def _written(block: Block, href: str) -> Iterator[str]:
    """Yield the lines of one block."""
    match block:
        case Heading(level, words, _, anchor):
            yield f"{'#' * level} {_link(words, href, anchor) if anchor else _text(words)}"
        case Words(words):
            yield _text(words)
        case Items(items):
            yield from (f"- {_text(item)}" for item in items)
        case Quote(words):
            yield from (f"> {_text(line)}" for line in _LINES.split(words))
        case Cites(places, facts):
            cited = (_link(words, href, anchor) for words, anchor in places)
            yield " · ".join([*map(_text, facts), *cited])
        case Line(pieces):
            yield _text("".join(piece.words for piece in pieces))


def _link(words: str, href: str, anchor: str) -> str:
    return f"[{_text(words)}]({href}#{anchor})"


def _text(words: str) -> str:
    """Return words as Markdown that shows exactly them, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(_LINES.split(words)))
