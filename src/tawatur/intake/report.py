"""Which lines of a web page are the report?

Most pages keep the report in one element, with little beside it that reads as prose
once menus, notices, lists of related articles and comments are set aside. There the
lines of that element are the report (`clear_report`). Where that is in doubt (two
articles on one page, a cell of a layout table, a page of lists) trafilatura is asked,
and its answer is aligned back to the lines. Figures of both ways, and how many pages
go which, are printed by ``evals/intake.py``.

A clear page costs one pass over its lines; asking trafilatura costs several times as
much as all the rest of the intake of a page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, pairwise

from tawatur.intake.blocks import Block
from tawatur.intake.lines import own_kind
from tawatur.intake.rendition import PARSING, Line, Shown
from tawatur.model.span import Span

OUTSIDE = frozenset({"nav", "footer", "aside", "form"})
"""Landmarks under which no line of a report stands."""

OPENING = 8
"""Lines between a title and the first paragraph at most: standfirst, byline, date."""

_HOLE = 12  # lines that may be left out between two of the report
_PROSE = 20  # words of a paragraph that is kept wherever between two others it stands
_LEAST_PROSE = 3  # paragraphs of a report that can be told from its page by them alone
_LEAST_LETTERS = 300
_NEARLY_ALL = 0.95  # of the page's prose that one element must hold
_MOSTLY = 0.75  # of the element's letters that prose must make
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PARTS = _HEADINGS | frozenset({"li", "tr", "dt", "dd", "pre", "blockquote"})

_NOT_LETTER = re.compile(r"[\W_]+")
_SENTENCES = re.compile(r"(?<=[.!?؟:;])\s+|\n")
_ANCHOR = 40  # letters of a line that no menu repeats
_NEAR = 3000  # letters around a neighbour in which a short line is looked for
_MAIN_SHARE = 0.6  # of a line's letters that trafilatura must have kept
_MAX_LETTERS = 2_000_000  # trafilatura takes seconds for more, and no report is as long


@dataclass(frozen=True)
class Page:
    """A page's lines, as paragraphs too."""

    shown: Shown
    _kinds: dict[int, str | None] = field(default_factory=dict, repr=False)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines in reading order."""
        return self.shown.lines

    @cached_property
    def text(self) -> str:
        """The rendition: all lines, each on its own."""
        return "\n".join(line.text for line in self.lines)

    @cached_property
    def found(self) -> tuple[Block, ...]:
        """The lines as paragraphs of the rendition."""
        found, at = [], 0
        for line in self.lines:
            words = len(line.text.split())
            found.append(Block(Span(at, at + len(line.text)), line.text, 0, words))
            at += len(line.text) + 1
        return tuple(found)

    def own_kind(self, place: int) -> str | None:
        """Return what the line is by its own words alone; worked out when first asked."""
        if place not in self._kinds:
            self._kinds[place] = own_kind(self.found[place])
        return self._kinds[place]

    def may_be_content(self, place: int) -> bool:
        """Whether neither its words nor its place say that the line is beside a report."""
        line = self.lines[place]
        if line.is_link or line.landmark in OUTSIDE or self.own_kind(place) is not None:
            return False
        # A name beside a date is a byline; sentences there are about who wrote the report.
        return line.landmark != "author" or not self.found[place].is_prose


def clear_report(page: Page) -> set[int] | None:
    """Return the places of the report's lines, or None where it is in doubt which they are."""
    lines, found = page.lines, page.found
    likely = [page.may_be_content(i) for i in range(len(lines))]
    prose = [i for i in range(len(lines)) if likely[i] and found[i].is_prose]
    element = _element(page, prose)
    if element is None:
        return None
    inside = [i for i in element if lines[i].landmark not in OUTSIDE]
    own = [i for i in prose if i in element]
    parents = {lines[i].parent for i in own}
    told = set(own) | {
        i for i in inside if likely[i] and (lines[i].parent in parents or lines[i].tag in _PARTS)
    }
    letters = sum(lines[i].letters for i in own)
    if letters < _MOSTLY * sum(lines[i].letters for i in inside):
        return None
    if any(lines[i].is_link and lines[i].tag in _HEADINGS for i in inside):
        return None  # a heading that leads elsewhere is another article's
    if any(after - before > _HOLE for before, after in pairwise(own)):
        return None
    return told


def _element(page: Page, prose: Sequence[int]) -> range | None:
    """Return the lines of the smallest element that holds nearly all the prose, if any does."""
    letters = [0] * len(page.lines)
    for place in prose:
        letters[place] = page.lines[place].letters
    sums = [0, *accumulate(letters)]
    if len(prose) < _LEAST_PROSE or sums[-1] < _LEAST_LETTERS:
        return None
    enough = _NEARLY_ALL * sums[-1]
    return next((e for e in page.shown.elements if sums[e.stop] - sums[e.start] >= enough), None)


def report_lines(page: Page, markup: bytes | None) -> set[int]:
    """Return the places of the report's lines; empty where nothing reads as one.

    Args:
        page: Its lines.
        markup: The page in UTF-8, for trafilatura; None if it is not to be asked.
    """
    clear = clear_report(page)
    if clear is not None:
        return clear
    if markup is None or sum(line.letters for line in page.lines) > _MAX_LETTERS:
        return set()
    return _aligned(_by_trafilatura(markup), page.lines)


def _by_trafilatura(markup: bytes) -> str:
    # here, because loading it costs more than reading a hundred plain texts
    import lxml.html  # noqa: PLC0415
    import trafilatura  # noqa: PLC0415

    try:
        tree = lxml.html.document_fromstring(markup, parser=lxml.html.HTMLParser(**PARSING))
        main = trafilatura.extract(
            tree, output_format="txt", include_comments=False, include_tables=True
        )
    except (ValueError, TypeError, AttributeError, lxml.etree.LxmlError, RecursionError):
        return ""  # what it cannot read is read as plain text is
    return main or ""


def _aligned(main: str, lines: Sequence[Line]) -> set[int]:
    """Return the places of the lines of which ``main`` holds most letters, in its order."""
    squeezed = [_NOT_LETTER.sub("", line.text) for line in lines]
    joined = "".join(squeezed)
    covered = bytearray(len(joined))
    for start, end in _stretches(joined, main):
        covered[start:end] = b"\x01" * (end - start)
    found, at = set(), 0
    for place, letters in enumerate(squeezed):
        share = covered.count(1, at, at + len(letters))
        if letters and share >= _MAIN_SHARE * len(letters):
            found.add(place)
        at += len(letters)
    return found


def _stretches(joined: str, main: str) -> list[tuple[int, int]]:
    """Return where the lines of ``main`` stand in ``joined``.

    Long ones are found first; a short one, whose words a menu may hold as well,
    is looked for only between its neighbours.
    """
    pieces = [_NOT_LETTER.sub("", part) for part in _parts(joined, main)]
    places: list[tuple[int, int] | None] = [None] * len(pieces)
    cursor = 0
    for i, piece in enumerate(pieces):
        if len(piece) >= _ANCHOR:
            at = joined.find(piece, cursor)
            at = joined.find(piece) if at < 0 else at
            if at >= 0:
                places[i] = (at, at + len(piece))
                cursor = at + len(piece)
    following = [len(joined)] * (len(pieces) + 1)
    for i in range(len(pieces) - 1, -1, -1):
        held = places[i]
        following[i] = held[0] if held is not None else following[i + 1]
    before: int | None = None
    for i, piece in enumerate(pieces):
        held = places[i]
        if held is None and piece:
            if before is None:
                at = joined.rfind(piece, max(0, following[i] - _NEAR), following[i])
            else:
                at = joined.find(piece, before, min(following[i], before + _NEAR))
            held = (at, at + len(piece)) if at >= 0 else None
            places[i] = held
        before = held[1] if held is not None else before
    return [place for place in places if place is not None]


def _parts(joined: str, main: str) -> list[str]:
    """Return the lines of ``main``, and a line that is not found whole by its sentences."""
    parts: list[str] = []
    for line in main.split("\n"):
        whole = _NOT_LETTER.sub("", line) in joined
        parts += [line] if whole else _SENTENCES.split(line)
    return parts


def kept_lines(page: Page, main: set[int], title: int | None) -> set[int]:
    """Return the places of all content: the main lines, what belongs between them, the title."""
    lines = page.lines
    kept = {i for i in main if page.own_kind(i) is None}
    within = {i for i in kept if lines[i].landmark not in OUTSIDE}
    if 2 * sum(lines[i].letters for i in within) > sum(lines[i].letters for i in kept):
        kept = within  # else the page has its report in what calls itself a form or the like
    ordered = sorted(main)
    for before, after in pairwise(ordered):
        if 1 < after - before <= _HOLE:
            parents = {lines[before].parent, lines[after].parent}
            kept |= {i for i in range(before + 1, after) if _belongs(page, i, parents)}
    if title is not None and ordered:
        kept.add(title)
        if 0 < ordered[0] - title <= OPENING:
            kept |= {i for i in range(title + 1, ordered[0]) if page.may_be_content(i)}
    return kept


def _belongs(page: Page, place: int, parents: set[int]) -> bool:
    """Whether a line left out between two of the report is part of it nonetheless.

    One beside either of them in one element is, and so is a whole paragraph that is no
    other article's opening.
    """
    if not page.may_be_content(place):
        return False
    block = page.found[place]
    teaser = block.text.endswith(("…", "..."))
    whole = block.is_prose and block.words >= _PROSE and not teaser
    return page.lines[place].parent in parents or whole
