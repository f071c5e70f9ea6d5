"""The whole text of a report with its cited places marked, as HTML that any text survives.

Marks may overlap and nest. Those that nest become nested elements; one that crosses
another's end is cut there and goes on in an element with ``data-of``, so that the pieces
of a mark are always its very characters. Nothing is added to the text: taken out of the
markup again, it is the report's, character for character (NUL, which HTML cannot hold,
becomes U+FFFD; carriage returns travel as character references).
"""

import heapq
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from tawatur.model.document import Aside
from tawatur.model.span import Span

_SAFE = re.compile(r"[^0-9A-Za-z-]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A cited place: the anchor by which it is reached, and that of its sentence, if any."""

    span: Span
    anchor: str
    back: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class _Piece:
    """Part of a mark or of an aside, in the order in which elements open."""

    start: int
    minus_end: int
    rank: int
    key: str
    first: bool
    last: bool
    back: str | None = None
    note: str = ""

    @property
    def end(self) -> int:
        return -self.minus_end


def anchor(claim: str) -> str:
    """Return the anchor of a claim's place, ``c-…``: letters, digits and hyphens only."""
    safe = _SAFE.sub(lambda m: f"-{ord(m.group()):x}-", claim)
    return safe if safe.startswith("c-") else f"c-{safe}"


def marked_text(
    text: str, marks: Iterable[Mark], asides: Iterable[Aside] = (), back_words: str = ""
) -> tuple[Markup, tuple[str, ...]]:
    """Return ``text`` as markup, and the anchors of the marks that had to be cut.

    Args:
        text: The whole text.
        marks: Anchors differ from one another.
        asides: What is not content; dimmed by style, never left out.
        back_words: What the link from a mark to its sentence is called.
    """
    out: list[str] = []
    cut: list[str] = []
    at = 0
    for offset, piece, opens in _nested(_pieces(marks, asides)):
        out.append(_escaped(text[at:offset]))
        at = offset
        if opens:
            out.append(_opening(piece))
            if not piece.last and piece.key not in cut and not piece.note:
                cut.append(piece.key)
        else:
            out.append(_closing(piece, back_words))
    out.append(_escaped(text[at:]))
    return Markup("".join(out)), tuple(cut)  # noqa: S704 - every part is escaped above


def _pieces(marks: Iterable[Mark], asides: Iterable[Aside]) -> list[_Piece]:
    whole = [
        _Piece(m.span.start, -m.span.end, 1, m.anchor, first=True, last=True, back=m.back)
        for m in marks
    ]
    whole += [
        _Piece(a.span.start, -a.span.end, 0, "", first=True, last=True, note=a.kind) for a in asides
    ]
    return whole


def _nested(pieces: list[_Piece]) -> Iterator[tuple[int, _Piece, bool]]:
    """Yield openings (True) and closings (False) with offsets, properly nested, in order."""
    heapq.heapify(pieces)
    open_: list[_Piece] = []
    while pieces or open_:
        if open_ and (not pieces or open_[-1].end <= pieces[0].start):
            closed = open_.pop()
            yield closed.end, closed, False
            continue
        piece = heapq.heappop(pieces)
        if open_ and piece.end > open_[-1].end:
            edge = open_[-1].end
            rest = _Piece(
                edge, piece.minus_end, piece.rank, piece.key, first=False, last=True,
                back=piece.back, note=piece.note,
            )  # fmt: skip
            heapq.heappush(pieces, rest)
            piece = _Piece(
                piece.start, -edge, piece.rank, piece.key, first=piece.first, last=False,
                back=piece.back, note=piece.note,
            )  # fmt: skip
        open_.append(piece)
        yield piece.start, piece, True


def _opening(piece: _Piece) -> str:
    if piece.note:
        return f'<span class="aside" data-kind="{escape(piece.note)}">'
    return f'<mark id="{piece.key}">' if piece.first else f'<mark data-of="{piece.key}">'


def _closing(piece: _Piece, back_words: str) -> str:
    if piece.note:
        return "</span>"
    if not piece.last or piece.back is None:
        return "</mark>"
    words = escape(back_words)
    link = f'<a class="back" href="#{piece.back}" aria-label="{words}" title="{words}"></a>'
    return f"</mark>{link}"


def _escaped(text: str) -> str:
    return str(escape(text)).replace("\r", "&#13;").replace("\0", "\ufffd")
