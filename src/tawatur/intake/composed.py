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
from tawatur.intake.asides import layout, merged
from tawatur.intake.blocks import Block
from tawatur.intake.cable import cable, numbered_paragraphs
from tawatur.intake.decode import MAX_TEXT
from tawatur.intake.language import language_of
from tawatur.intake.stated import stated_in_text
from tawatur.model.document import Aside, Extraction, Extractor, Stated
from tawatur.model.span import Span
from tawatur.model.text import fold_words

_BREAK = re.compile("[\r\n\v\f\x85\u2028\u2029]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LETTER = re.compile(r"[^\W_]")
_WORD = re.compile(r"\w+")
_TITLE_AMONG = 12  # content lines from the head among which the properties' title is looked for


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph; ``aside`` says what it is where it is no main text."""

    text: str
    aside: str | None = None
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class Properties:
    """What a document states about itself beside its text."""

    title: str = ""
    publisher: Stated | None = None
    published: Stated | None = None


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
    stated = properties or Properties()
    lines, found = _lines(name, pieces)
    if not any(_LETTER.search(block.text) for block in found):
        raise EmptyFileError("{0} holds no text; nothing to take in", name)
    text = "\n".join(block.text for block in found)
    content = [i for i, line in enumerate(lines) if line.aside is None]
    header = cable(text)
    main = [found[i] for i in content]
    plan = layout(text, main, has_header=header is not None or not from_page)
    kinds = [line.aside for line in lines]
    for place, kind in zip(content, plan.kinds, strict=True):
        kinds[place] = kind
    asides = [Aside(b.span, k) for b, k in zip(found, kinds, strict=True) if k is not None]
    if header is not None:
        asides = [a for a in asides if a.span.start >= header.end] + list(header.asides)
    kept = "\n".join(b.text for b, kind in zip(found, kinds, strict=True) if kind is None)
    language = language_of(kept or text)
    publisher, published = None, None
    if header is None:
        publisher, published = stated_in_text(text, main, plan, language)
        publisher = publisher or stated.publisher
        published = published or stated.published
    title = _title(lines, found, kinds, stated.title)
    if title is None and plan.title is not None:
        title = main[plan.title].span
    if header is not None and (title is None or title.end > header.start):
        title = header.subject
    return Extraction(
        text=text,
        media_type=media_type,
        encoding=encoding,
        extractor=extractor,
        language=language,
        title=title,
        asides=merged(asides, text),
        publisher=publisher,
        published=published,
        header=header.header if header is not None else None,
        paragraphs=numbered_paragraphs(
            text, header.end if header is not None else 0, inline=header is not None
        ),
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


def _title(
    lines: list[Piece], found: list[Block], kinds: list[str | None], stated: str
) -> Span | None:
    """Return the line marked as title, or the one that the properties' title names."""
    for line, block in zip(lines, found, strict=True):
        if line.is_title and line.aside is None:
            return block.span
    wanted = fold_words(stated)
    shown = [b for b, kind in zip(found, kinds, strict=True) if kind is None][:_TITLE_AMONG]
    same = (block.span for block in shown if wanted and fold_words(block.text) == wanted)
    return next(same, None)
