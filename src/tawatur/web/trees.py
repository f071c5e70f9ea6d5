"""The tree of who had it from whom, drawn: roots at the inline start, a column for each step.

The first who had it from somebody stands in the same row, the next below; so a chain reads
along a line, and rows are the ways by which the thing was passed on.
"""

from collections.abc import Sequence
from unicodedata import bidirectional

from tawatur.web.contexts import DrawnTeller, TellerRow, TreeDrawing, Words
from tawatur.web.words import text_direction

COLUMN, ROW, EDGE = 190, 44, 16
"""Pixels from one step to the next, from one way to the next, and around."""
LABEL = 25
"""Letters of a name."""


def drawn(tellers: Sequence[TellerRow], unnamed: str, language: str) -> TreeDrawing:
    """Return the drawing of a tree.

    Args:
        tellers: In the tree's order, each before those who had it from there.
        unnamed: What stands for a source that no text names.
        language: Of the page; it tells from where the drawing begins.
    """
    back = text_direction(language) == "rtl"
    width = (1 + max((teller.depth for teller in tellers), default=0)) * COLUMN + EDGE
    row, before = -1, -1  # the row drawn last, and how deep that teller is
    parents: list[tuple[int, int]] = []  # by depth, where the last teller stands
    found = []
    for teller in tellers:
        if teller.depth <= before or row < 0:
            row += 1
        before = teller.depth
        x, y = EDGE + teller.depth * COLUMN, EDGE + row * ROW
        x = width - x if back else x
        parent = parents[teller.depth - 1] if teller.depth else None
        parents[teller.depth :] = [(x, y)]
        found.append(_teller(teller, unnamed, x, y, parent, back=back))
    return TreeDrawing(width, (row + 1) * ROW + EDGE, tuple(found))


def written(text: str) -> str:
    """Return the direction of the first letter of ``text`` that has one; ltr if none has."""
    sides = (bidirectional(letter) for letter in text)
    return next(({"L": "ltr"}.get(s, "rtl") for s in sides if s in {"L", "R", "AL"}), "ltr")


def shortened(text: str, most: int) -> str:
    """Return ``text`` on one line, cut to so many characters."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _teller(
    teller: TellerRow,
    unnamed: str,
    x: int,
    y: int,
    parent: tuple[int, int] | None,
    *,
    back: bool,
) -> DrawnTeller:
    whole = " · ".join(name.text for name in teller.names) or unnamed
    direction = written(whole)
    kind = " · ".join(part for part in (teller.kind, teller.how) if part)
    line = ""
    if parent is not None:
        bend = x + COLUMN // 5 if back else x - COLUMN // 5
        line = f"M{parent[0]} {parent[1]}H{bend}V{y}H{x}"
    return DrawnTeller(
        href=teller.places[0].href if teller.places else "",
        x=x,
        y=y,
        line=line,
        name=Words(shortened(whole, LABEL), "", direction),
        anchor="start" if back == (direction == "rtl") else "end",
        label_x=x - 10 if back else x + 10,
        title=f"{whole} · {kind}",
        root=parent is None,
        doubtful=teller.doubtful,
    )
