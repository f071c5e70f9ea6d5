"""What does a web page show, and which of it is the report?

The rendition is all visible text in reading order: block elements are lines,
script, style and what the page hides are left out. The report is lines of it
(``intake.report`` says which), the rest is spans beside it, never cut out. Dates and
the publisher come from the page's own data.

No parser here reaches the network, loads a document type or expands an entity of
a page's own making: pages are parsed as HTML, which knows only the named
characters. Pages nested deeper than the tree parser goes are read without a
tree, and without trafilatura. ``script/bench intake`` prints what a page costs.
"""

import re
from collections.abc import Sequence

import lxml.etree

from tawatur.errors import EmptyFileError
from tawatur.intake.asides import Layout, layout, merged
from tawatur.intake.cable import cable
from tawatur.intake.decode import Decoded
from tawatur.intake.language import language_of
from tawatur.intake.markings import markings
from tawatur.intake.pagedata import PageData, page_data
from tawatur.intake.paragraphs import numbered_paragraphs
from tawatur.intake.rendition import PARSING, Line, of_markup, of_tree
from tawatur.intake.report import OPENING, OUTSIDE, Page, kept_lines, report_lines
from tawatur.intake.stated import stated_in_text
from tawatur.model.document import Aside, Extraction, Extractor, Stated
from tawatur.model.text import fold_words

_XML_HEAD = re.compile(r"^[\s\ufeff]*<\?xml[^>]*\?>")

_LEAST_MAIN = 120  # letters of main text below which the page is read as plain text is
_TITLE_SHARE = 0.5  # of the page's title that the report's title makes, beside the site's name
_SITE = re.compile(r"^(?P<title>.{8,}?)\s+[|–—\-»·:]\s+(?P<site>[^|–—»·]{2,60})$")
_LANDMARKS = {"nav": "menu", "header": "menu", "footer": "notice", "form": "comment form"}
_TITLE_TAGS = {"h1": 2.0, "h2": 0.5, "h3": 0.5}  # what a heading of this level counts
_TITLE_WORDS = 40
_MENU_WORDS = 4


def read_page(name: str, decoded: Decoded, extractor: Extractor) -> Extraction:
    """Return the rendition of a page and its parts.

    Raises:
        EmptyFileError: The page shows no word.
    """
    markup = _bytes(decoded.text)
    tree = _tree(markup)
    page = Page(of_tree(tree) if tree is not None else of_markup(decoded.text))
    lines, found, text = page.lines, page.found, page.text
    if not any(line.letters for line in lines):
        raise EmptyFileError(
            "{0} shows no words (a script may draw them); save the page as your browser shows it",
            name,
        )
    data = page_data(tree) if tree is not None else PageData()
    main = report_lines(page, markup if tree is not None else None)
    header = cable(text)
    title = _title_line(lines, data.titles, main)
    if sum(lines[i].letters for i in main) >= _LEAST_MAIN:
        kept = kept_lines(page, main, title)
        kinds = [None if i in kept else _kind(page, i) for i in range(len(lines))]
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
    told = [block for block, kind in zip(found, plan.kinds, strict=True) if kind is None]
    content = "\n".join(block.text for block in told)
    language = language_of(content or text)
    publisher, published = stated_in_text(text, found, plan, language)
    site = _site_in_title(lines[title].text, data.titles) if title is not None else None
    return Extraction(
        text=text,
        media_type="text/html",
        encoding=decoded.encoding,
        extractor=extractor,
        language=language,
        title=found[plan.title].span if plan.title is not None else None,
        asides=merged(asides, text),
        publisher=data.publisher or publisher or site,
        published=data.published or published,
        header=header.header if header is not None else None,
        paragraphs=numbered_paragraphs(
            text, header.end if header is not None else 0, inline=header is not None
        ),
        markings=markings(text, [block.span for block in told]),
    )


def visible_lines(markup: str) -> tuple[Line, ...]:
    """Return what markup shows, line by line, without telling main text from the rest."""
    tree = _tree(_bytes(markup))
    return (of_tree(tree) if tree is not None else of_markup(markup)).lines


def _bytes(markup: str) -> bytes:
    """Return markup for a parser of HTML, which a head of XML would put off."""
    return _XML_HEAD.sub("", markup).lstrip("\ufeff").encode("utf-8", "replace")


def _tree(markup: bytes) -> lxml.etree._Element | None:
    """Return the page's tree, or None where a limit of the parser would lose a part of it."""
    parser = lxml.etree.HTMLParser(**PARSING)
    try:
        tree = lxml.etree.fromstring(markup, parser=parser)
    except (lxml.etree.LxmlError, ValueError):
        return None
    fatal = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    return None if fatal else tree


def _title_line(lines: Sequence[Line], titles: Sequence[str], main: set[int]) -> int | None:
    """Return the line that is the report's title: the page's own title if it is shown."""
    wanted = {folded for title in titles if (folded := fold_words(title))}
    # A line may be longer than its folded words, and shorter by what abbreviations fold to.
    lengths = range(
        int(0.8 * _TITLE_SHARE * min(map(len, wanted), default=0)),
        2 * max(map(len, wanted), default=0),
    )
    best, most = None, 0.0
    first = min(main, default=len(lines))
    for place, line in enumerate(lines):
        if line.tag not in _TITLE_TAGS and len(line.text) not in lengths:
            continue
        words = fold_words(line.text)
        if not words or words.count(" ") >= _TITLE_WORDS:
            continue
        score = _TITLE_TAGS.get(line.tag, 0.0)
        score += line.tag in ("h2", "h3") and 0 < first - place <= OPENING and " " in words
        score += max((_same_title(words, title) for title in wanted), default=0.0)
        score -= 1.0 * (line.landmark in OUTSIDE) + 1.0 * (place > first + OPENING)
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


def _kind(page: Page, place: int) -> str:
    """Return what a line beside the report is."""
    landmark = _LANDMARKS.get(page.lines[place].landmark)
    if landmark is not None:
        return landmark
    few = page.found[place].words <= _MENU_WORDS
    return page.own_kind(place) or ("menu" if few else "headlines")
