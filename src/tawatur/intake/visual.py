"""In which order are the characters of a printed line read, going by where they stand?

A PDF states places, not an order. Producers write Arabic right to left, left to
right, or word by word, some put brackets and digits of another font first; readers
that trust the order of the file reverse words or move figures. Here only places
count: the glyphs of a line are put in visual order, and the reordering that the
Unicode Bidirectional Algorithm (UAX #9) did for print is undone.

Undone is what it does without embeddings: letters of one direction run together,
numbers run left to right, a number behind Arabic letters takes commas, stops,
colons and slashes within (W4) but no sign before or after (a percent sign stands
to its left, a date with hyphens comes apart), and neutral characters go with the
line. Brackets are mirrored where that makes pairs of them, since some producers
name the glyph and others the character; where neither does, one font having named a
glyph by the first character it was drawn for, they are named in turn. Pure functions;
cost is linear in the line.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import bidirectional, combining, normalize

_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_OPENING, _CLOSING = ("(", "[", "{", "«", "‹"), (")", "]", "}", "»", "›")
_WITHIN_NUMBER = ",.:/\u060c\u066b\u066c\u00a0"
_SHAPED = re.compile("[\ufb00-\ufb06\ufb50-\ufdcf\ufdf0-\ufdfb\ufe70-\ufefc]+")
_ALEFS = "اأإآٱ"
_CELL = "S"
_BESIDE_MARKS = 1.3  # times the least gap: some producers give a letter its vowel sign's width


@dataclass(frozen=True, slots=True)
class Glyph:
    """What one glyph shows and where.

    Several characters for a ligature, in reading order; none for a stroke that only
    fills the line.
    """

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Read:
    """A line's text, and how many of its brackets find no partner, mirrored or not."""

    text: str
    faults: int = 0
    faults_mirrored: int = 0


def in_reading_order(
    glyphs: Sequence[Glyph],
    *,
    right_to_left: bool,
    space: float,
    column: float = math.inf,
    mirror: bool = True,
) -> Read:
    """Return the text of one line.

    Args:
        glyphs: In any order.
        right_to_left: The direction of the paragraph that the line is of.
        space: The least gap between two glyphs that parts words, in their unit.
        column: The least gap that parts cells, which a tab then stands for.
        mirror: Whether to mirror brackets where the line alone does not tell.
    """
    visual = _with_spaces(glyphs, space, column)
    if not right_to_left and not any(_side(text) == "R" for text in visual):
        return Read(shaped("".join(visual)))
    turned: list[int] = []
    order = _of_right_to_left if right_to_left else _of_left_to_right
    ordered = order(visual, turned)
    mirrored = list(ordered)
    for place in turned:
        mirrored[place] = ordered[place].translate(_MIRRORED)
    if ordered == mirrored and not _faults(ordered):
        return Read(shaped("".join(ordered)))
    faults, others = _faults(ordered), _faults(mirrored)
    chosen = mirrored if others < faults or (others == faults and mirror) else ordered
    if faults and others:
        chosen = _paired(chosen)  # one glyph under one name for both, as fonts cut down have it
    return Read(shaped("".join(chosen)), faults, others)


def shaped(text: str) -> str:
    """Return ``text`` with letters for their shapes: presentation forms, Latin ligatures."""
    return _SHAPED.sub(lambda found: normalize("NFKC", found.group()), text)


def ligature(text: str, *, reversed_: bool) -> str:
    """Return a ligature's characters in reading order; ``reversed_`` if they come backwards.

    Lam and alef join only in that order, and the name of God in its own, whatever is said.
    """
    if sorted(text) == sorted("لله"):
        return "لله"
    if len(text) == 2 and "ل" in text and (text[0] in _ALEFS or text[1] in _ALEFS):
        return text if text[0] == "ل" else text[::-1]
    return text[::-1] if reversed_ else text


def is_right_to_left(text: str) -> bool | None:
    """Return whether most letters run right to left; None without letters."""
    right = sum(_side(c) == "R" for c in text)
    left = sum(_side(c) == "L" for c in text)
    return None if not right + left else right > left


def _with_spaces(glyphs: Sequence[Glyph], space: float, column: float) -> list[str]:
    """Return what the glyphs show, left to right, marks behind their letter, gaps as they part."""
    marks = [g for g in glyphs if g.text and all(map(combining, g.text))]
    bases = [g for g in glyphs if not g.text or not all(map(combining, g.text))]
    bases.sort(key=lambda g: (g.left, g.right))
    over: dict[int, str] = {}
    if marks and bases:
        middles = [(g.left + g.right) / 2 for g in bases]
        for mark in sorted(marks, key=lambda g: g.left):
            at = (mark.left + mark.right) / 2
            right = bisect_left(middles, at)
            near = [i for i in (right - 1, right) if 0 <= i < len(bases)]
            base = min(near, key=lambda i: abs(middles[i] - at))
            over[base] = over.get(base, "") + mark.text
    visual: list[str] = []
    edge: float | None = None
    for place, glyph in enumerate(bases):
        if glyph.text.isspace():
            continue  # its width is a gap
        if edge is not None and glyph.text:
            before, gap = bases[place - 1].text, glyph.left - edge
            vowelled = any(map(combining, glyph.text + before))
            if gap > column:
                visual.append("\t")
            elif gap > (_BESIDE_MARKS if vowelled else 1) * space or before.isspace():
                visual.append(" ")
        visual += [glyph.text + over.get(place, "")] if glyph.text else []
        edge = glyph.right if edge is None else max(edge, glyph.right)
    return visual


def _side(text: str) -> str:
    """Return R, L, N for a number, S between cells, or "" for what has no direction of its own."""
    kind = bidirectional(text[0]) if text else ""
    if kind == "S":
        return _CELL
    if kind in ("R", "AL"):
        return "R"
    if kind == "L":
        return "L"
    return "N" if kind in ("EN", "AN") else ""


def _of_right_to_left(visual: Sequence[str], turned: list[int]) -> list[str]:
    """Return the reading order of a line of a right-to-left paragraph.

    Adds to ``turned`` the places there of neutral characters that are read right to left.
    """
    ordered: list[str] = []
    sides = [_side(text) for text in visual]
    at = len(visual) - 1
    while at >= 0:
        start = at
        if sides[at] in ("L", "N"):
            start = _latin_start(sides, at)
            if "L" not in sides[start : at + 1] or _in_degrees(visual, sides, at):
                start = _number_start(visual, sides, at)
        elif not sides[at] and visual[at] in _OPENING + _CLOSING:
            start = _latin_bracketed(visual, sides, at)
        if start == at and not sides[at]:
            turned.append(len(ordered))
        ordered += visual[start : at + 1]
        at = start - 1
    return ordered


def _of_left_to_right(visual: Sequence[str], turned: list[int]) -> list[str]:
    """Return the reading order of a line of a left-to-right paragraph."""
    ordered: list[str] = []
    sides = [_side(text) for text in visual]
    at = 0
    while at < len(visual):
        if sides[at] != "R" and not (sides[at] == "N" and _leads_to_right(sides, at)):
            ordered.append(visual[at])
            at += 1
            continue
        last = at
        for end in range(at, len(visual)):
            if sides[end] in ("L", _CELL):
                break
            if sides[end] == "R":
                last = end
        inner: list[int] = []
        run = _of_right_to_left(visual[at : last + 1], inner)
        turned += [len(ordered) + place for place in inner]
        ordered += run
        at = last + 1
    return ordered


def _leads_to_right(sides: Sequence[str], at: int) -> bool:
    """Whether a number stands left of right-to-left letters with nothing between: part of them."""
    later = next((side for side in sides[at + 1 :] if side and side != "N"), "")
    earlier = next((side for side in reversed(sides[:at]) if side), "")
    return later == "R" and earlier != "L"


def _latin_start(sides: Sequence[str], at: int) -> int:
    """Return where the stretch of letters and numbers that ends at ``at`` begins."""
    start = at
    for place in range(at, -1, -1):
        if sides[place] in ("R", _CELL):
            break
        if sides[place]:
            start = place
    return start


def _number_start(visual: Sequence[str], sides: Sequence[str], at: int) -> int:
    """Return where the number that ends at ``at`` begins."""
    start = at
    while start > 0:
        if sides[start - 1] == "N":
            start -= 1
        elif start > 1 and visual[start - 1] in _WITHIN_NUMBER and sides[start - 2] == "N":
            start -= 2
        else:
            break
    return start


def _in_degrees(visual: Sequence[str], sides: Sequence[str], at: int) -> bool:
    """Whether a number ends at ``at`` that a degree sign follows: the letter is its scale's."""
    start = _number_start(visual, sides, at)
    return sides[at] == "N" and start > 0 and visual[start - 1] == "°"


def _latin_bracketed(visual: Sequence[str], sides: Sequence[str], at: int) -> int:
    """Return where left-to-right words begin that end in a bracket opened among them."""
    if at == 0 or sides[at - 1] not in ("L", "N"):
        return at
    start = _latin_start(sides, at - 1)
    kind = _kind(visual[at])
    letters = any(side == "L" for side in sides[start:at])
    # The partner is counted under either name: some producers have one name for both.
    partners = sum(_kind(text) == kind for text in visual[start:at])
    return start if letters and partners % 2 else at


def _kind(text: str) -> int | None:
    """Return which pair of brackets a character is of, None if it is no bracket."""
    for brackets in (_OPENING, _CLOSING):
        if text in brackets:
            return brackets.index(text)
    return None


def _paired(ordered: Sequence[str]) -> list[str]:
    """Return the line with its brackets named in turn, those of each kind that come in pairs."""
    named = list(ordered)
    for kind, pair in enumerate(zip(_OPENING, _CLOSING, strict=True)):
        places = [place for place, text in enumerate(ordered) if _kind(text) == kind]
        if len(places) % 2 == 0:
            for turn, place in enumerate(places):
                named[place] = pair[turn % 2]
    return named


def _faults(ordered: Sequence[str]) -> int:
    """Return how many brackets have no partner in reading order."""
    open_: list[str] = []
    faults = 0
    for bracket in ordered:
        if bracket in _OPENING:
            open_.append(bracket)
        elif bracket in _CLOSING:
            if open_ and _CLOSING.index(bracket) == _OPENING.index(open_[-1]):
                open_.pop()
            else:
                faults += 1
    return faults + len(open_)
