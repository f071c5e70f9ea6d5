"""How do paragraphs that a format's reader found become a rendition and its parts?

Every reader of a format with a structure of its own (PDF, word processors, mail,
books) yields *pieces*: one paragraph, heading or row of a table each, in reading
order, with a kind where it is no main text. Here they become lines of one text.
What the words themselves say (a cable's header, the title, a dateline, comment
forms) is found as it is in plain text, but only a text that was printed or pasted
from a web page is searched for menus: a memorandum may well open with short lines.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tawatur.errors import EmptyFileError, TooLargeError
from tawatur.intake.blocks import Block
from tawatur.intake.decode import MAX_TEXT
from tawatur.intake.plain import Given, Properties, parted
from tawatur.model.document import Extraction, Extractor
from tawatur.model.span import Span

_BREAK = re.compile("[\r\n\v\f\x85\u2028\u2029]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LETTER = re.compile(r"[^\W_]")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph; ``aside`` says what it is where it is no main text."""

    text: str
    aside: str | None = None
    is_title: bool = False


def composed(
    name: str,
    pieces: Iterable[Piece],
    *,
    media_type: str,
    extractor: Extractor,
    properties: Properties | None = None,
    encoding: str | None = None,
    from_page: bool = False,
) -> Extraction:
    """Return the rendition of ``pieces`` and its parts.

    Args:
        name: The file's name, for messages.
        pieces: In reading order; a line break within one makes two lines.
        media_type: Of the document.
        extractor: Who found the pieces.
        properties: Used where the text itself states no publisher or date.
        encoding: Where the document is text in one.
        from_page: Whether it was printed or pasted from a web page, menus and all.

    Raises:
        EmptyFileError: No letter in any piece.
        TooLargeError: More than MAX_TEXT characters.
    """
    lines, found = _lines(name, pieces)
    if not any(_LETTER.search(block.text) for block in found):
        raise EmptyFileError("{0} holds no text; nothing to take in", name)
    titles = (
        block.span
        for line, block in zip(lines, found, strict=True)
        if line.is_title and line.aside is None
    )
    return parted(
        "\n".join(block.text for block in found),
        Given(found, [line.aside for line in lines], next(titles, None), menus=from_page),
        properties or Properties(),
        media_type,
        encoding,
        extractor,
    )


def _lines(name: str, pieces: Iterable[Piece]) -> tuple[list[Piece], list[Block]]:
    """Return one piece and one block for each line that shows something."""
    lines: list[Piece] = []
    found: list[Block] = []
    at = 0
    for piece in pieces:
        for part in _BREAK.split(_characters(piece.text)):
            line = part.strip()
            if not line:
                continue
            lines.append(piece)
            span = Span(at, at + len(line))
            found.append(Block(span, line, 0, len(_WORD.findall(line))))
            at += len(line) + 1
            if at > MAX_TEXT:
                raise TooLargeError(
                    "{0} has more than {1} characters, the limit for one document; "
                    "split it into its reports",
                    name,
                    f"{MAX_TEXT:,}",
                )
    return lines, found


def _characters(text: str) -> str:
    """Return ``text`` without what no text may hold: control characters, half characters."""
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _CONTROL.sub("", text)
