"""Which words does a page show, in which order?

One walk over the page's elements, by a stack and never by recursion, so that no
nesting is too deep. Block elements begin and end lines; cells of a row are
parted by tabs; runs of white space are one space, as a browser shows them. Left
out: script, style, head, noscript, and what ``hidden`` or an inline style hides.
Style sheets are not read: what only they hide is shown here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

import lxml.etree
import lxml.html

_UNSEEN = frozenset((
    "applet", "audio", "canvas", "datalist", "embed", "frameset", "head", "iframe", "map",
    "math", "noframes", "noscript", "object", "script", "style", "svg", "template", "title",
    "video",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center",
    "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html",
    "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "section",
    "select", "summary", "table", "tbody", "textarea", "tfoot", "thead", "tr", "ul",
))  # fmt: skip
_CELLS = frozenset({"td", "th"})
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr",
))  # fmt: skip
_LANDMARKS = frozenset(["nav", "header", "footer", "aside", "form", "article", "main", "figure"])
_NO_DISPLAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_CELL = "\x1f"  # stands for the tab between cells until white space is settled
_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the rendition, and where in the page it stands.

    ``parent`` numbers the element around the line's own block; ``landmark`` is the
    nearest nav, header, footer, aside, form, article, main or figure.
    """

    text: str
    parent: int
    tag: str
    landmark: str
    letters: int
    is_link: bool


@dataclass(slots=True)
class _Open:
    """An element whose end has not come yet."""

    tag: str
    number: int
    hides: bool
    landmark: str
    block_tag: str
    parent: int


@dataclass
class _Walk:
    """The lines so far and the elements that are open."""

    lines: list[Line] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    hidden: int = 0
    links: int = 0
    linked: int = 0
    numbers: int = 0

    def start(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        if tag in _BLOCKS:
            self.end_line()
        hides = tag in _UNSEEN or "hidden" in attributes
        hides = hides or _NO_DISPLAY.search(attributes.get("style") or "") is not None
        above = self.stack[-1] if self.stack else _Open("", 0, False, "", "", 0)
        self.numbers += 1
        landmark = tag if tag in _LANDMARKS else above.landmark
        is_block = tag in _BLOCKS
        self.stack.append(
            _Open(
                tag,
                self.numbers,
                hides,
                landmark,
                tag if is_block else above.block_tag,
                above.number if is_block else above.parent,
            )
        )
        self.hidden += hides
        self.links += tag == "a"

    def text(self, text: str | None) -> None:
        if not text or self.hidden:
            return
        if self.stack and self.stack[-1].block_tag in ("pre", "textarea") and "\n" in text:
            *whole, last = text.splitlines()
            for line in whole:
                self._add(line)
                self.end_line()
            self._add(last)
            return
        self._add(text)

    def end(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_line()
        elif tag in _CELLS and not self.hidden:
            self.words.append(_CELL)
        closed = self.stack.pop()
        self.hidden -= closed.hides
        self.links -= closed.tag == "a"

    def end_line(self) -> None:
        text = _SPACE.sub(" ", "".join(self.words)).strip(" " + _CELL)
        text = re.sub(f" ?{_CELL}[ {_CELL}]*", "\t", text)
        if text.strip():
            at = self.stack[-1] if self.stack else _Open("", 0, False, "", "", 0)
            letters = len(_LETTER.findall(text))
            self.lines.append(
                Line(
                    text, at.parent, at.block_tag, at.landmark, letters, 0 < letters <= self.linked
                )
            )
        self.words.clear()
        self.linked = 0

    def _add(self, text: str) -> None:
        # A page's own control characters would be taken for the mark between cells.
        text = text.replace(_CELL, " ")
        self.words.append(text)
        if self.links:
            self.linked += len(_LETTER.findall(text))


def of_tree(tree: lxml.html.HtmlElement) -> tuple[Line, ...]:
    """Return the lines of a parsed page."""
    walk = _Walk()
    for event, element in lxml.etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if not isinstance(tag, str):
            continue
        tag = tag.lower()
        if event == "start":
            walk.start(tag, element.attrib)
            walk.text(element.text)
        else:
            walk.end(tag)
            walk.text(element.tail)
    walk.end_line()
    return tuple(walk.lines)


def of_markup(markup: str) -> tuple[Line, ...]:
    """Return the lines of a page from its markup, without a tree: for any depth."""
    parser = _Markup()
    parser.feed(markup)
    parser.close()
    while parser.walk.stack:
        parser.walk.end(parser.walk.stack[-1].tag)
    parser.walk.end_line()
    return tuple(parser.walk.lines)


class _Markup(HTMLParser):
    """Feeds a walk with the elements of markup, closing what the markup leaves open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.walk = _Walk()
        self.open: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.walk.start(tag, dict(attrs))
        if tag in _VOID:
            self.walk.end(tag)
        else:
            self.open[tag] = self.open.get(tag, 0) + 1

    def handle_endtag(self, tag: str) -> None:
        if not self.open.get(tag):
            return
        while True:
            closed = self.walk.stack[-1].tag
            self.open[closed] -= 1
            self.walk.end(closed)
            if closed == tag:
                return

    def handle_data(self, data: str) -> None:
        self.walk.text(data)
