"""What does a web page show, and which of it is the report?

The rendition is all visible text in reading order: block elements are lines,
script, style and what the page hides are left out. Trafilatura says which of it
is the main text; its output is aligned back to the rendition, so that the rest
is spans beside it, never cut out. Between two paragraphs of the report that lie
in one element, a paragraph that trafilatura dropped stays, unless its own words
say that it is an aside. Dates and the publisher come from the page's own data.

No parser here reaches the network, loads a document type or expands an entity of
a page's own making: pages are parsed as HTML, which knows only the named
characters. Pages nested deeper than the tree parser goes are read without a
tree, and without trafilatura. Costs are printed by ``evals/intake.py``.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

import lxml.etree
import lxml.html

from tawatur.errors import EmptyFileError
from tawatur.intake.asides import Layout, layout, merged, own_kind
from tawatur.intake.blocks import Block
from tawatur.intake.cable import cable
from tawatur.intake.decode import Decoded
from tawatur.intake.language import language_of
from tawatur.intake.pagedata import PageData, page_data
from tawatur.intake.paragraphs import numbered_paragraphs
from tawatur.intake.rendition import Line, of_markup, of_tree
from tawatur.intake.stated import stated_in_text
from tawatur.model.document import Aside, Extraction, Extractor, Stated
from tawatur.model.span import Span
from tawatur.model.text import fold_words

_XML_HEAD = re.compile(r"^[\s\ufeff]*<\?xml[^>]*\?>")

_NOT_LETTER = re.compile(r"[\W_]+")
_SENTENCES = re.compile(r"(?<=[.!?؟:;])\s+|\n")
_ANCHOR = 40  # letters of a line that no menu repeats
_NEAR = 3000  # letters around a neighbour in which a short line is looked for
_MAIN_SHARE = 0.6  # of a line's letters that trafilatura must have kept
_LEAST_MAIN = 120  # letters of main text below which the page is read as plain text is
_TITLE_SHARE = 0.5  # of the page's title that the report's title makes, beside the site's name
_SITE = re.compile(r"^(?P<title>.{8,}?)\s+[|–—\-»·:]\s+(?P<site>[^|–—»·]{2,60})$")
_MAX_LETTERS = 2_000_000  # trafilatura takes seconds for more, and no report is as long
_OPENING = 8  # lines between a title and the first paragraph: standfirst, byline, date
_HOLE = 12  # lines that trafilatura may have dropped between two it kept
_PROSE = 20  # words of a paragraph that is kept wherever between two others it stands
_OUTSIDE = frozenset({"nav", "footer", "aside", "form"})


def read_page(name: str, decoded: Decoded, extractor: Extractor) -> Extraction:
    """Return the rendition of a page and its parts.

    Raises:
        EmptyFileError: The page shows no word.
    """
    tree = _tree(decoded.text)
    lines = of_tree(tree) if tree is not None else of_markup(decoded.text)
    if not any(line.letters for line in lines):
        raise EmptyFileError(
            "{0} shows no words (a script may draw them); save the page as your browser shows it",
            name,
        )
    text = "\n".join(line.text for line in lines)
    data = page_data(tree) if tree is not None else PageData()
    main = _main_lines(tree, lines)
    found = _as_blocks(lines)
    header = cable(text)
    title = _title_line(lines, data.titles, main)
    if sum(lines[i].letters for i in main) >= _LEAST_MAIN:
        kept = _kept(lines, found, main, title)
        kinds = [None if i in kept else _kind(lines[i], found[i]) for i in range(len(lines))]
        plan = Layout(title, tuple(kinds))
    else:
        plan = layout(text, found, has_header=header is not None)
    asides = [
        Aside(block.span, kind)
        for block, kind in zip(found, plan.kinds, strict=True)
        if kind is not None
    ]
    if header is not None:
        asides += header.asides
    content = "\n".join(b.text for b, kind in zip(found, plan.kinds, strict=True) if kind is None)
    language = language_of(content or text)
    publisher, published = stated_in_text(text, found, plan, language)
    shown = _site_in_title(lines[title].text, data.titles) if title is not None else None
    return Extraction(
        text=text,
        media_type="text/html",
        encoding=decoded.encoding,
        extractor=extractor,
        language=language,
        title=found[plan.title].span if plan.title is not None else None,
        asides=merged(asides, text),
        publisher=data.publisher or publisher or shown,
        published=data.published or published,
        header=header.header if header is not None else None,
        paragraphs=numbered_paragraphs(
            text, header.end if header is not None else 0, inline=header is not None
        ),
    )


def visible_lines(markup: str) -> tuple[Line, ...]:
    """Return what markup shows, line by line, without telling main text from the rest."""
    tree = _tree(markup)
    return of_tree(tree) if tree is not None else of_markup(markup)


def _tree(text: str) -> lxml.html.HtmlElement | None:
    """Return the page's tree, or None where a limit of the parser would lose a part of it."""
    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    content = _XML_HEAD.sub("", text).lstrip("\ufeff").encode("utf-8", "replace")
    try:
        tree = lxml.html.document_fromstring(content, parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None
    fatal = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    return None if fatal else tree


def _main_lines(tree: lxml.html.HtmlElement | None, lines: Sequence[Line]) -> set[int]:
    """Return the places of the lines that trafilatura takes for the main text."""
    if tree is None or sum(line.letters for line in lines) > _MAX_LETTERS:
        return set()
    # here, because loading it costs more than reading a hundred plain texts
    import trafilatura  # noqa: PLC0415

    try:
        main = trafilatura.extract(
            tree, output_format="txt", include_comments=False, include_tables=True
        )
    except (ValueError, TypeError, AttributeError, lxml.etree.LxmlError, RecursionError):
        return set()  # what it cannot read is read as plain text is
    return _aligned(main or "", lines)


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


def _title_line(lines: Sequence[Line], titles: Sequence[str], main: set[int]) -> int | None:
    """Return the line that is the report's title: the page's own title if it is shown."""
    wanted = [fold_words(title) for title in titles]
    best, most = None, 0.0
    first = min(main, default=len(lines))
    for place, line in enumerate(lines):
        words = fold_words(line.text)
        if not words or len(words.split()) > 40:
            continue
        score = 2.0 * (line.tag == "h1") + (line.tag in ("h2", "h3")) * 0.5
        score += max((_same_title(words, title) for title in wanted), default=0.0)
        score -= 1.0 * (line.landmark in _OUTSIDE) + 1.0 * (place > first + _OPENING)
        if score >= max(most, 1.5):
            best, most = place, score
    return best


def _same_title(line: str, title: str) -> float:
    """Return 3 for a line that is the title, up to 2.5 for one that is its part, else 0."""
    if line == title:
        return 3.0
    if title.startswith(line + " ") or title.endswith(" " + line):
        share = len(line) / len(title)  # the site's name is the smaller part
        return 0.5 + 2.0 * share if share >= _TITLE_SHARE else 0.0
    return 0.0


def _site_in_title(line: str, titles: Sequence[str]) -> Stated | None:
    """Return the site's name that the page's title adds to the title that is shown."""
    for title in titles:
        shape = _SITE.match(title)
        if shape is not None and fold_words(shape["title"]) == fold_words(line):
            return Stated(shape["site"].strip(), "title element")
    return None


def _kept(
    lines: Sequence[Line], found: Sequence[Block], main: set[int], title: int | None
) -> set[int]:
    """Return the places of all content: the main lines, what belongs between them, the title."""
    kept = {i for i in main if own_kind(found[i]) is None}
    ordered = sorted(main)
    for before, after in pairwise(ordered):
        if 1 < after - before <= _HOLE:
            kept |= {
                i
                for i in range(before + 1, after)
                if _belongs(lines, found, i, parents={lines[before].parent, lines[after].parent})
            }
    if title is not None and ordered:
        kept.add(title)
        if 0 < ordered[0] - title <= _OPENING:
            kept |= {
                i
                for i in range(title + 1, ordered[0])
                if own_kind(found[i]) is None
                and lines[i].landmark not in _OUTSIDE
                and not lines[i].is_link
            }
    return kept


def _belongs(lines: Sequence[Line], found: Sequence[Block], place: int, parents: set[int]) -> bool:
    """Whether a line that trafilatura dropped between two it kept is part of the report."""
    line = lines[place]
    if line.landmark in _OUTSIDE or line.is_link or own_kind(found[place]) is not None:
        return False
    block = found[place]
    teaser = block.text.endswith(("…", "..."))
    return line.parent in parents or (block.is_prose and block.words >= _PROSE and not teaser)


def _kind(line: Line, block: Block) -> str:
    """Return what a line beside the report is."""
    own = own_kind(block)
    if own is not None:
        return own
    if line.landmark in ("nav", "header"):
        return "menu"
    if line.landmark == "footer":
        return "notice"
    if line.landmark == "form":
        return "comment form"
    return "menu" if block.words <= 4 else "headlines"


def _as_blocks(lines: Sequence[Line]) -> list[Block]:
    found, at = [], 0
    for line in lines:
        words = len(line.text.split())
        found.append(Block(Span(at, at + len(line.text)), line.text, 0, words))
        at += len(line.text) + 1
    return found
