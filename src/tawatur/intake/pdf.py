"""What does a PDF show, in which order, and which of it is page furniture?

PDFium tells which characters stand where; `visual` puts those of a line in reading
order. Lines keep the order in which the file draws them, which is that of columns;
pieces of one line that the file draws apart are put together. Lines become
paragraphs: one ends where the next word would have had room, at a wider gap, at
another size or an indent. A word broken at a line's end is made whole. Lines that
come back at the same height on many pages are asides, and so are page numbers; a
paragraph that runs over a page's end is one, with the furniture behind it.

Pages that are pictures are read by `ocr` where the system has what that needs.
Nothing is fetched, no script or form is run: PDFium is built without either. Bounds:
pages and characters here, depth and objects by PDFium; time and memory of a page of
a million objects are those that the caller's worker is given.
"""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any
from unicodedata import combining

import pypdfium2
import pypdfium2.raw as pdfium

from tawatur.errors import EmptyFileError, TooLargeError, UnreadableFileError
from tawatur.intake import ocr
from tawatur.intake.composed import Piece, composed
from tawatur.intake.decode import MAX_TEXT
from tawatur.intake.plain import Properties
from tawatur.intake.properties import finished
from tawatur.intake.visual import (
    Glyph,
    in_reading_order,
    is_right_to_left,
    ligature,
)
from tawatur.model.document import Extraction, Extractor
from tawatur.model.text import fold_words

MEDIA_TYPE = "application/pdf"
_VERSION = "0.3"
_MAX_PAGES = 5000  # twice the longest reports
_MAX_CHARACTERS = 500_000  # of one page; a newspaper's has 40,000

_SPACE = 0.16  # em: narrower than any word space, wider than letters stand apart
_SAME_LINE = 0.35  # em between baselines
_RAISED = 0.6  # em: a note's number above the line
_NOTE_DIGITS = 3
_NO_WIDTH = 0.01  # points
_ONE_PLACE = 0.03  # em: glyphs as near together are the halves of one ligature
_COLUMN = 2.0  # em: a gap between cells of a table or parts of a page's head
_SIZE = 0.12  # share by which sizes of one paragraph may differ
_LEADING = 1.35  # of the usual distance of lines, from which a gap parts paragraphs
_FEW_STEPS = 15  # lines of a page that tell no distance of their own
_INDENT = 0.8  # em
_FLUSH = 0.3  # em by which letters at one edge may differ
_COLUMN_LINES = 10  # before and after a line that tell where its column ends
_SHORT = 3.0  # em that a line stops short of its column's edge
_LEAST_SIZE, _MOST_SIZE = 0.5, 2000.0  # points
_HEIGHT = 1.2  # em that a font's box is high where its size is not told
_MARGIN_LINES = 3  # from the top and from the foot of a page
_MARGIN_SHARE = 0.3  # of pages on which a line must come back
_SAME_HEIGHT = 4.0  # points
_LONGEST_HEAD = 100  # code points of a running head in a picture
_FURNITURE_GAP = 1.9  # em between a page's head or foot and its text
_NARROW = 12.0  # em: lines of a block no wider are entries, not a paragraph's
_HEADING = 1.15  # of the usual size
_FEW_LETTERS = 3  # on a page that may be a picture

_BROWSERS = re.compile(r"Skia/PDF|wkhtmltopdf|Mozilla/|Firefox|Chrom|Safari|Qt \d", re.IGNORECASE)
_WORD = 60  # characters, and more than the longest of one
_HYPHENS = "-\u2010\u00ad\x02\ufffe"
_SOFT = "\u2010\u00ad"
_SENTENCE_END = re.compile(r"""[.!?؟…:؛;]["'”“»’)\]\s]*$""")
_STOPS = ".!?؟؛"
_ITEM = re.compile(r"^(?:[•▪■●*–—-]\s|\(?[\d٠-٩]{1,3}[.)–-]\s|\(?[a-zأ-ي][.)]\s)")
_PAGE_NUMBER = re.compile(
    r"^\W*(?:(?:page|p|pg|seite|صفحة|الصفحة|ص)\W*)?(\d{1,4}|[٠-٩]{1,4})"
    r"(?:\W*(?:of|sur|de|من|/)\W*(?:\d{1,4}|[٠-٩]{1,4}))?\W*$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")
_LETTER = re.compile(r"[^\W\d_]")
_BROKEN = re.compile(rf"[^\W\d_][{_HYPHENS}]\s*$")


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a page; places in points, the origin at the page's lower left."""

    text: str
    left: float
    right: float
    base: float
    size: float
    right_to_left: bool
    page: int
    furniture: str | None = None
    from_picture: bool = False  # its place is then not known


@dataclass(slots=True)
class _Run:
    """Characters on one baseline, one behind the other in the file."""

    glyphs: list[Glyph]
    base: float
    size: float
    left: float
    right: float
    turned: str | None = None  # text that stands at an angle, in the file's order


def read_pdf(name: str, content: bytes) -> Extraction:
    """Return the rendition of a PDF and its parts.

    Raises:
        EmptyFileError: No page, or none that shows a word.
        TooLargeError: Too many pages or characters.
        UnreadableFileError: Damaged, locked by a password, or made of pictures that
            nothing on this system can read.
    """
    start = content.find(b"%PDF-", 0, 1024)
    try:
        document = pypdfium2.PdfDocument(content[max(0, start) :])
    except pypdfium2.PdfiumError as cause:
        if getattr(cause, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise UnreadableFileError(
                "{0} needs a password; open it and save it without one", name
            ) from cause
        raise UnreadableFileError("{0} is damaged, or no PDF ({1})", name, cause) from cause
    try:
        return _read(name, document)
    finally:
        document.close()


def _read(name: str, document: Any) -> Extraction:
    count = len(document)
    if not count:
        raise EmptyFileError("{0} has no pages; nothing to take in", name)
    if count > _MAX_PAGES:
        raise TooLargeError(
            "{0} has {1} pages, over the limit of {2}; split it into its reports",
            name,
            f"{count:,}",
            f"{_MAX_PAGES:,}",
        )
    pages: list[list[_Line]] = []
    pictures, damaged, letters = [], 0, 0
    for number in range(count):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            damaged += 1
            pages.append([])
            continue
        lines = _lines(name, page, number)
        shown = sum(len(line.text) for line in lines)
        letters += shown
        if letters > MAX_TEXT:
            raise TooLargeError(
                "{0} has more than {1} characters, the limit for one document; "
                "split it into its reports",
                name,
                f"{MAX_TEXT:,}",
            )
        if shown < _FEW_LETTERS and _has_picture(page):
            pictures.append(number)
        pages.append(lines)
        page.close()
    if damaged == count:
        raise UnreadableFileError("{0} is damaged: none of its pages can be opened", name)
    settings = [f"pdfium {pypdfium2.PDFIUM_INFO.build}"]
    if damaged:
        settings.append(f"{damaged} damaged pages left out")
    if pictures and (ocr.missing() is None or not any(pages)):
        settings.append(ocr.program())
        for number, text in ocr.pages_read(name, document, pictures):
            pages[number] = [
                _of_picture(line, number) for line in text.splitlines() if line.strip()
            ]
    elif pictures:
        settings.append(f"{len(pictures)} pages of pictures left out")
    metadata = document.get_metadata_dict()
    printed = _BROWSERS.search(metadata["Producer"] + " " + metadata["Creator"]) is not None
    dates = (metadata["CreationDate"], metadata["ModDate"])
    return composed(
        name,
        _pieces(_without_furniture(pages)),
        media_type=MEDIA_TYPE,
        extractor=Extractor("tawatur.pdf", _VERSION, "; ".join(settings)),
        properties=Properties(
            title=metadata["Title"],
            # A browser's print is dated by whoever printed, not by who published.
            published=None if printed or pictures else finished(*dates, "document properties"),
        ),
        from_page=printed,
    )


# ------------------------------------------------------------ characters to lines


def _lines(name: str, page: Any, number: int) -> list[_Line]:
    """Return a page's lines in the order in which the file draws them."""
    textpage = page.get_textpage()
    if textpage.count_chars() > _MAX_CHARACTERS:
        raise TooLargeError(
            "{0} has more than {1} characters on page {2}, as no page of a report does",
            name,
            f"{_MAX_CHARACTERS:,}",
            number + 1,
        )
    runs = _joined_runs(_runs(textpage))
    textpage.close()
    directions = [is_right_to_left("".join(g.text for g in run.glyphs)) for run in runs]
    mixed = [
        direction is not None and _both_ways(r)
        for r, direction in zip(runs, directions, strict=True)
    ]
    lines: list[_Line] = []
    for mirror in (True, False):
        lines, faults, mirrored = _read_runs(runs, directions, mixed, number, mirror=mirror)
        if mirrored <= faults:
            break
    return lines


def _read_runs(
    runs: Sequence[_Run],
    directions: Sequence[bool | None],
    mixed: Sequence[bool],
    number: int,
    *,
    mirror: bool,
) -> tuple[list[_Line], int, int]:
    lines, faults, mirrored = [], 0, 0
    for place, run in enumerate(runs):
        rtl = directions[place] or False
        if run.turned is not None:
            text = run.turned
        else:
            if mixed[place] or directions[place] is None:
                rtl = _paragraph_direction(runs, directions, mixed, place)
            read = in_reading_order(
                run.glyphs,
                right_to_left=rtl,
                space=_SPACE * run.size,
                column=_COLUMN * run.size,
                mirror=mirror,
            )
            faults, mirrored = faults + read.faults, mirrored + read.faults_mirrored
            text = read.text
        if text.strip():
            lines.append(_Line(text.strip(), run.left, run.right, run.base, run.size, rtl, number))
    return lines, faults, mirrored


def _both_ways(run: _Run) -> bool:
    text = "".join(g.text for g in run.glyphs)
    sides = {is_right_to_left(c) for c in text}
    return {True, False} <= sides


def _paragraph_direction(
    runs: Sequence[_Run], directions: Sequence[bool | None], mixed: Sequence[bool], place: int
) -> bool:
    """Return the direction of a line of both scripts or of figures alone.

    A line that begins at one edge of its column and stops short of the other runs from
    there, unless lines of one script show that edges tell nothing; else it goes with most
    letters around it, and figures alone are as they stand.
    """
    run = runs[place]
    near = runs[max(0, place - 1) : place + 2]
    around = bool(is_right_to_left("".join(g.text for run in near for g in run.glyphs)))
    column = [
        other
        for other in range(max(0, place - _COLUMN_LINES), min(len(runs), place + _COLUMN_LINES + 1))
        if runs[other].left < run.right and run.left < runs[other].right
    ]
    fifth = len(column) // 5  # a line across two columns, a figure in the margin
    left = sorted(runs[other].left for other in column)[fifth]
    right = sorted((runs[other].right for other in column), reverse=True)[fifth]
    from_edge = _from_edge(run, left, right)
    telling = all(
        _from_edge(runs[other], left, right) in (None, directions[other])
        for other in column
        if directions[other] is not None and not mixed[other]
    )
    if directions[place] is None:
        return around and telling and from_edge is True
    if from_edge is not None and telling:
        return from_edge
    stop = _from_stop(run)
    return around if stop is None else stop


def _from_edge(run: _Run, left: float, right: float) -> bool | None:
    """Return whether a line begins at the right edge of its column, None if that is open."""
    before, after = run.left - left, right - run.right
    at_left, at_right = before <= run.size, after <= run.size
    if at_left == at_right or max(before, after) <= _SHORT * run.size:
        return None
    return at_right


def _from_stop(run: _Run) -> bool | None:
    """Return whether the full stop stands at a line's left, None if it stands at neither end."""
    shown = sorted((g for g in run.glyphs if g.text.strip()), key=lambda glyph: glyph.left)
    first, last = shown[0].text in _STOPS, shown[-1].text in _STOPS
    return None if first == last else first


def _runs(textpage: Any) -> Iterator[_Run]:
    """Yield the characters of a page by baseline, in the order of the file."""
    raw = textpage.raw
    x, y = ctypes.c_double(), ctypes.c_double()
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    sizes: dict[float, float] = {}  # by the height of the box, since asking costs time
    chars: list[tuple[str, float, float, float, float]] = []
    for at in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, at)
        if code <= 32 and pdfium.FPDFText_IsGenerated(raw, at) == 1:
            # A vowel sign is drawn before its letter, and taken for a line of its own.
            if code != 32 and not all(_is_mark(char) for char in chars):
                yield from _split(chars)
                chars = []
            continue
        pdfium.FPDFText_GetLooseCharBox(raw, at, box)
        left, right = box.left, box.right
        if code == 32 and right - left < _NO_WIDTH:
            continue  # PDFium's guess, or the file's in no place; gaps tell more
        pdfium.FPDFText_GetCharOrigin(raw, at, x, y)
        height = round(abs(box.top - box.bottom), 2)
        size = sizes.get(height)
        if size is None:
            size = pdfium.FPDFText_GetFontSize(raw, at)
            if pdfium.FPDFText_GetMatrix(raw, at, matrix):
                size *= math.hypot(matrix.c, matrix.d)
            if not _LEAST_SIZE < size < _MOST_SIZE:
                size = height / _HEIGHT or 1.0
            sizes[height] = size
        start = min(x.value, left) if right > left else x.value
        # A glyph without a character, such as the stretch of a kashida, shows but says nothing.
        text = chr(code) if 31 < code < 0x110000 or code == 2 else ""
        chars.append((text, start, max(start, right), y.value, size))
    if chars:
        yield from _split(chars)


def _is_mark(char: tuple[str, float, float, float, float]) -> bool:
    return bool(char[0]) and combining(char[0]) > 0


def _split(chars: list[tuple[str, float, float, float, float]]) -> Iterator[_Run]:
    """Yield runs of characters that stand on one baseline, vowel signs with their letters."""
    letters = [char for char in chars if not _is_mark(char)] or chars
    heights = Counter(round(c[3], 1) for c in letters)
    if len(letters) > 3 and len(heights) > 0.7 * len(letters):
        text = "".join(c[0] for c in chars)
        size = median(c[4] for c in chars)
        yield _Run([], chars[0][3], size, chars[0][1], chars[-1][2], turned=text)
        return
    usual = heights.most_common(1)[0][0]
    run: list[tuple[str, float, float, float, float]] = []
    base, size, only_marks = 0.0, 0.0, True
    for char in chars:
        mark = _is_mark(char)
        limit = _SAME_LINE * size
        if mark or only_marks or char[4] < 0.85 * size:
            limit = max(limit, _RAISED * max(size, char[4]))
        if run and abs(char[3] - base) > limit:
            yield _run(run)
            run = []
        if not run or (not mark and (only_marks or char[4] > size)):
            size, only_marks = char[4], mark
            base = usual if abs(char[3] - usual) <= _SAME_LINE * size else char[3]
        run.append(char)
    if run:
        yield _run(run)


def _run(chars: list[tuple[str, float, float, float, float]]) -> _Run:
    letters = [char for char in chars if not _is_mark(char)] or chars
    size = max(Counter(round(c[4], 1) for c in letters).items(), key=lambda item: item[1])[0]
    base = Counter(c[3] for c in letters if round(c[4], 1) == size).most_common(1)[0][0]
    return _Run(
        list(_glyphs(chars)), base, size, min(c[1] for c in chars), max(c[2] for c in chars)
    )


def _glyphs(chars: Sequence[tuple[str, float, float, float, float]]) -> Iterator[Glyph]:
    """Yield what each glyph shows: characters that share a place are one ligature."""
    groups: list[list[tuple[str, float, float, float, float]]] = []
    for char in chars:
        last = groups[-1][-1] if groups else None
        if last is not None and abs(last[1] - char[1]) <= _ONE_PLACE * char[4]:
            groups[-1].append(char)
        else:
            groups.append([char])
    for place, group in enumerate(groups):
        left, right = group[0][1], max(c[2] for c in group)
        if len(group) == 1:
            yield Glyph(group[0][0], left, right)
            continue
        before = groups[place - 1][0][1] if place else None
        after = groups[place + 1][0][1] if place + 1 < len(groups) else None
        falling = (before is not None and before > left) or (
            before is None and after is not None and after < left
        )
        letters = "".join(c[0] for c in group if not (c[0] and combining(c[0])))
        marks = "".join(c[0] for c in group if c[0] and combining(c[0]))
        if is_right_to_left(letters):
            letters = ligature(letters, reversed_=falling)
        yield Glyph(letters + marks, left, right)


def _joined_runs(runs: Iterator[_Run]) -> list[_Run]:
    """Return the runs with those of one line put together."""
    joined: list[_Run] = []
    for run in runs:
        place = _line_of(joined, run)
        if place is None:
            joined.append(run)
            continue
        line = joined[place]
        line.glyphs += run.glyphs
        line.left, line.right = min(line.left, run.left), max(line.right, run.right)
        if run.size > line.size:
            line.size, line.base = run.size, run.base
    return joined


def _line_of(joined: Sequence[_Run], run: _Run) -> int | None:
    """Return the place of the line that a run belongs to, among the last few."""
    if run.turned is not None:
        return None
    for back in range(1, min(6, len(joined)) + 1):
        line = joined[-back]
        if line.turned is not None:
            continue
        size = max(line.size, run.size)
        unlike = min(line.size, run.size) < 0.85 * size or _is_note(line) or _is_note(run)
        if abs(line.base - run.base) > (_RAISED if unlike else _SAME_LINE) * size:
            continue
        gap = max(run.left - line.right, line.left - run.right)
        if gap <= size or (back == 1 and not unlike):
            return len(joined) - back
    return None


def _is_note(run: _Run) -> bool:
    """Whether a run is as short as the number of a note, which stands above its line."""
    return len(run.glyphs) <= _NOTE_DIGITS and all(g.text.isdigit() for g in run.glyphs)


def _has_picture(page: Any) -> bool:
    return (
        next(page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3), None) is not None
    )


def _of_picture(text: str, page: int) -> _Line:
    return _Line(text.strip(), 0, 0, 0, 0, bool(is_right_to_left(text)), page, from_picture=True)


# ------------------------------------------------------------ page furniture


def _without_furniture(pages: Sequence[Sequence[_Line]]) -> list[list[_Line]]:
    """Return the pages with the lines marked that come back, and page numbers."""
    edges = [_edges(lines) for lines in pages]
    places: dict[str, list[tuple[float, int]]] = {}
    for number, lines in enumerate(pages):
        for place in {place for edge in edges[number] for place in edge}:
            line = lines[place]
            places.setdefault(_furniture_key(line), []).append((line.base, number))
    least = max(2, _MARGIN_SHARE * sum(1 for lines in pages if lines))
    marked = []
    for number, lines in enumerate(pages):
        kinds: dict[int, str] = {}
        for edge in edges[number]:
            for place in edge:  # inwards, up to the first line of the page's own
                line = lines[place]
                others = places[_furniture_key(line)]
                same = {n for base, n in others if abs(base - line.base) <= _SAME_HEIGHT}
                numbered = _PAGE_NUMBER.match(line.text)
                if numbered is not None and (len(same) >= least or _is(numbered[1], number + 1)):
                    kinds[place] = "page number"
                elif len(same) >= least and _stands_apart(lines, edge, place):
                    kinds[place] = "page header"
                else:
                    break
        marked.append(
            [replace(line, furniture=kinds.get(i, line.furniture)) for i, line in enumerate(lines)]
        )
    heads = Counter(key for lines in marked for key in _heads(lines))
    return [[_marked_in_picture(line, lines, heads, least) for line in lines] for lines in marked]


def _heads(lines: Sequence[_Line]) -> set[str]:
    """Return the running heads of a page; of one that was read from a picture, what may be one."""
    read = _ends_of_picture(lines)
    return {_furniture_key(line) for line in lines if line.furniture == "page header"} | {
        _furniture_key(line) for line in read if len(line.text) <= _LONGEST_HEAD
    }


def _ends_of_picture(lines: Sequence[_Line]) -> list[_Line]:
    read = [line for line in lines if line.from_picture]
    return [*read[:1], *read[-1:]]


def _marked_in_picture(
    line: _Line, lines: Sequence[_Line], heads: Counter[str], least: float
) -> _Line:
    """Return a line of a picture, marked where it is the first or the last and comes back."""
    if not line.from_picture or line not in _ends_of_picture(lines):
        return line
    numbered = _PAGE_NUMBER.match(line.text)
    if numbered is not None and _is(numbered[1], line.page + 1):
        return replace(line, furniture="page number")
    if heads[_furniture_key(line)] >= least:
        return replace(line, furniture="page header")
    return line


def _is(digits: str, number: int) -> bool:
    return int(digits) == number


def _edges(lines: Sequence[_Line]) -> tuple[list[int], list[int]]:
    """Return the places of the lines nearest the top and the foot of the page, from without."""
    order = sorted(
        (i for i, line in enumerate(lines) if not line.from_picture), key=lambda i: lines[i].base
    )
    most = _MARGIN_LINES + 1  # the last is only looked at as a neighbour
    return order[::-1][:most], order[:most]


def _stands_apart(lines: Sequence[_Line], edge: Sequence[int], place: int) -> bool:
    """Whether a line at a page's edge is parted from the text within by room or by size."""
    rest = edge[edge.index(place) :]
    for outer, inner in pairwise(rest):
        one, other = lines[outer], lines[inner]
        step = abs(one.base - other.base)
        if step > _FURNITURE_GAP * max(one.size, other.size):
            return True
        if abs(one.size - other.size) > _SIZE * max(one.size, other.size):
            return True
    return len(rest) == 1 and len(edge) <= _MARGIN_LINES


def _furniture_key(line: _Line) -> str:
    return _NUMBER.sub("#", fold_words(line.text[:200]))


# ------------------------------------------------------------ lines to paragraphs


def _pieces(pages: Sequence[Sequence[_Line]]) -> Iterator[Piece]:
    """Yield paragraphs in reading order; furniture comes behind the paragraph it parts."""
    words = Counter(word for lines in pages for line in lines for word in line.text.lower().split())
    sizes = [line.size for lines in pages for line in lines if line.size and not line.furniture]
    usual = median(sizes or [0.0])
    leading = median([step for lines in pages for step in _steps(lines)] or [math.inf])
    titled = False
    open_: list[_Line] = []
    waiting: list[Piece] = []
    for lines in pages:
        read = [line for line in lines if line.from_picture]
        placed = [line for line in lines if not line.from_picture]
        paragraphs = list(_paragraphs([line for line in placed if line.furniture is None], leading))
        above = [line for line in placed if line.furniture is not None]
        if open_ and paragraphs and _goes_on(open_, paragraphs[0]):
            waiting += [Piece(line.text, line.furniture) for line in above]
            open_ += paragraphs.pop(0)
        else:
            if open_:
                yield Piece(_text(open_, words))
                open_ = []
            yield from waiting
            waiting = [Piece(line.text, line.furniture) for line in above]
        if paragraphs:
            if open_:
                yield Piece(_text(open_, words))
            yield from waiting
            waiting = []
            for paragraph in paragraphs[:-1]:
                is_title = not titled and _is_title(paragraph, usual)
                titled = titled or is_title
                yield Piece(_text(paragraph, words), is_title=is_title)
            open_ = paragraphs[-1]
        yield from (Piece(line.text, line.furniture) for line in read)
    if open_:
        yield Piece(_text(open_, words))
    yield from waiting


def _is_title(paragraph: Sequence[_Line], usual: float) -> bool:
    first = paragraph[0]
    letters = sum(len(_LETTER.findall(line.text)) for line in paragraph)
    return first.page == 0 and first.size >= _HEADING * usual and 8 <= letters <= 300


def _steps(lines: Sequence[_Line]) -> list[float]:
    """Return how far each line of a page stands below the one before, in its size."""
    steps = ((a.base - b.base) / a.size for a, b in pairwise(lines) if a.size and not a.furniture)
    return [step for step in steps if 0 < step < 4]


def _paragraphs(lines: Sequence[_Line], leading: float) -> Iterator[list[_Line]]:
    """Yield the lines of each paragraph of a page, in a document of this usual ``leading``."""
    if not lines:
        return
    steps = _steps(lines)
    usual = median(steps) if steps else 0.0
    if len(steps) < _FEW_STEPS:
        usual = min(usual, leading)  # a page of one-line paragraphs has no other distance
    page_ragged = _starts_ragged(lines)
    for block in _blocks(lines, usual):
        left, right = min(line.left for line in block), max(line.right for line in block)
        ragged = page_ragged or _starts_ragged(block)
        paragraph = [block[0]]
        for before, line in pairwise(block):
            first = len(paragraph) == 1
            if _ends(before, line, left, right, first=first, ragged=ragged):
                yield paragraph
                paragraph = []
            paragraph.append(line)
        yield paragraph


def _blocks(lines: Sequence[_Line], usual: float) -> list[list[_Line]]:
    """Return lines that follow one another at the usual distance, in one size and direction."""
    blocks: list[list[_Line]] = [[lines[0]]]
    for before, line in pairwise(lines):
        step = before.base - line.base
        apart = step <= 0 or step > _LEADING * max(min(usual, 2.0), 1.0) * before.size
        other_size = abs(line.size - before.size) > _SIZE * max(line.size, before.size)
        overlap = min(line.right, before.right) - max(line.left, before.left)
        cells = "\t" in line.text or "\t" in before.text
        if (
            apart
            or other_size
            or overlap <= 0
            or cells
            or line.right_to_left != before.right_to_left
        ):
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _starts_ragged(lines: Sequence[_Line]) -> bool:
    """Whether lines are centred, or flush where they end, as Arabic set from the left is."""
    reach = _FLUSH * lines[0].size
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    at_left = sum(line.left - left <= reach for line in lines)
    at_right = sum(right - line.right <= reach for line in lines)
    starts, ends = (at_right, at_left) if lines[0].right_to_left else (at_left, at_right)
    centred = all(abs(line.left + line.right - left - right) <= 2 * reach for line in lines)
    return 2 * starts <= len(lines) and (ends > starts or centred)


def _ends(
    before: _Line, line: _Line, left: float, right: float, *, first: bool, ragged: bool
) -> bool:
    """Whether a paragraph ends between two lines of a block from ``left`` to ``right``."""
    em = line.size
    if right - left < _NARROW * em:
        return True
    room = (before.left - left) if before.right_to_left else (right - before.right)
    indent = (right - line.right) if line.right_to_left else (line.left - left)
    own = (right - before.right) if line.right_to_left else (before.left - left)
    word = line.text.split(maxsplit=1)[0]
    width = (line.right - line.left) * len(word) / max(1, len(line.text))
    if ragged:
        room = right - left - (before.right - before.left)
    if room > width + 0.5 * em and not _BROKEN.search(before.text):
        return True
    if not ragged and indent > _INDENT * em and own <= _INDENT * em:
        return True
    hanging = first and own < indent  # an item whose later lines stand in
    return not hanging and _ITEM.match(line.text) is not None


def _goes_on(open_: Sequence[_Line], after: Sequence[_Line]) -> bool:
    """Whether a paragraph goes on upon the next page."""
    last, first = open_[-1], after[0]
    return (
        _SENTENCE_END.search(last.text) is None
        and abs(last.size - first.size) <= _SIZE * max(last.size, first.size)
        and last.right_to_left == first.right_to_left
        and "\t" not in last.text + first.text
        and len(last.text.split()) > 3
        and _ITEM.match(first.text) is None
        and abs((last.right - first.right) if first.right_to_left else (last.left - first.left))
        <= 3 * first.size
    )


def _text(paragraph: Sequence[_Line], words: Counter[str]) -> str:
    """Return one paragraph's text, its broken words made whole."""
    text = ""
    for line in paragraph:
        if not text:
            text = line.text
        elif _BROKEN.search(text[-8:]) and line.text[:1].islower():
            text = _rejoined(text.rstrip(), line.text, words)
        elif _BROKEN.search(text[-8:]):
            text = text.rstrip()[:-1] + "-" + line.text
        else:
            text += " " + line.text
    return text.replace("\x02", "-").replace("\ufffe", "-")


def _rejoined(text: str, following: str, words: Counter[str]) -> str:
    """Return both with the word between them whole: its hyphen is its own where it has one."""
    head, tail = (
        text[-_WORD:-1].rsplit(maxsplit=1)[-1].lower(),
        following.split(maxsplit=1)[0].lower(),
    )
    compound = words[f"{head}-{tail}"] > words[head + tail]
    if text[-1] not in _SOFT and compound:
        return text[:-1] + "-" + following
    return text[:-1] + following
