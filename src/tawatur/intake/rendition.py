"""Which words does a page show, in which order?

One walk over the page's elements, by a stack and never by recursion, so that no
nesting is too deep. Block elements begin and end lines; cells of a row are
parted by tabs; runs of white space are one space, as a browser shows them. Left
out: script, style, head, noscript, and what ``hidden`` or an inline style hides.
Style sheets are not read: what only they hide is shown here.

The walk also notes where in the page each line stands, for whoever tells the report
from what is around it: elements that say by their tag, class or id that they are a
menu, a list of related articles, a form for comments or a notice, and which lines each
element holds.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from typing import Final, TypedDict

import lxml.etree


class Parsing(TypedDict):
    """How lxml's parsers of HTML are made here."""

    encoding: str
    no_network: bool
    remove_comments: bool
    remove_pis: bool
    huge_tree: bool


PARSING: Final = Parsing(
    encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
)
"""Every page is parsed from UTF-8, within libxml2's limits, and never off this machine."""

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
# What sites call the parts of a page in class and id, as the landmark that each amounts to.
_NAMED = {
    word: landmark
    for landmark, words in {
        "nav": "nav navbar navigation menu breadcrumb breadcrumbs crumb crumbs pager pagination "
        "share sharing sharedaddy social toolbar",
        "aside": "related recommended recommendation recommendations reco trending popular poll "
        "readmore readalso lireaussi seealso mostread sidebar ticker newsletter subscribe signup "
        "cta upsell donate promo ad ads advert advertisement sponsor sponsored taboola outbrain "
        "tags keywords bio authorbox pullquote",
        "author": "author authors vcard",
        "form": "comment comments commentlist disqus respond",
        "footer": "footer cookie cookies consent gdpr onetrust didomi paywall popup modal "
        "copyright disclaimer",
    }.items()
    for word in words.split()
}
_NAMELESS = frozenset({"html", "body", "main", "article"})  # their classes speak of the whole page
_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_NAMES = 300  # characters of a class or an id that are looked at, and kept in memory
_NEGATING = frozenset({"no", "has", "with", "without", "hide", "not"})  # "has-sidebar", "no-menu"
_NO_DISPLAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_UNSETTLED = ("  ", "\n", "\t", "\r", "\f", "\v")  # most lines have none, and a pattern is slow
_CELL = "\x1f"  # stands for the tab between cells until white space is settled
_CELLS_APART = re.compile(f" ?{_CELL}[ {_CELL}]*")
_LETTER = re.compile(r"[^\W_]")
_NO_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the rendition, and where in the page it stands.

    ``parent`` numbers the element around the line's own block; ``landmark`` is the
    nearest nav, header, footer, aside, form, article, main or figure, or block whose class
    or id says that it is one of those or an ``author``'s.
    """

    text: str
    parent: int
    tag: str
    landmark: str
    letters: int
    is_link: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """The lines of a page in reading order, and those of each element that has several.

    Elements come in the order in which they end: one within another comes before it.
    """

    lines: tuple[Line, ...]
    elements: tuple[range, ...]


@dataclass(slots=True)
class _Open:
    """An element whose end has not come yet; ``first`` is the line that it may begin."""

    tag: str
    number: int
    hides: bool
    landmark: str
    block_tag: str
    parent: int
    first: int


_NOTHING = _Open("", 0, False, "", "", 0, 0)


@dataclass(slots=True)
class _Walk:
    """The lines so far and the elements that are open."""

    lines: list[Line] = field(default_factory=list)
    elements: list[range] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=lambda: [_NOTHING])
    words: list[str] = field(default_factory=list)
    hidden: int = 0
    links: int = 0
    unlinked: bool = False
    numbers: int = 0

    @property
    def shown(self) -> Shown:
        return Shown(tuple(self.lines), tuple(self.elements))

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        above = self.stack[-1]
        block_tag, parent, landmark = above.block_tag, above.parent, above.landmark
        if tag in _BLOCKS:
            self.end_line()
            block_tag, parent = tag, above.number
            landmark = _landmark(tag, attributes) or landmark
        elif tag in _CELLS:
            # In a page laid out as a table each cell holds lines of its own.
            block_tag, parent = tag, self.numbers + 1
        hides = tag in _UNSEEN or "hidden" in attributes or _undisplayed(attributes.get("style"))
        self.numbers += 1
        first = len(self.lines)
        self.stack.append(_Open(tag, self.numbers, hides, landmark, block_tag, parent, first))
        self.hidden += hides
        self.links += tag == "a"

    def text(self, text: str | None) -> None:
        if not text or self.hidden:
            return
        if self.stack[-1].block_tag in ("pre", "textarea") and "\n" in text:
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
        if len(self.lines) - closed.first > 1:
            self.elements.append(range(closed.first, len(self.lines)))
        self.hidden -= closed.hides
        self.links -= closed.tag == "a"

    def end_line(self) -> None:
        if not self.words:
            return
        text = "".join(self.words)
        if any(space in text for space in _UNSETTLED):
            text = _SPACE.sub(" ", text)
        text = text.strip(" " + _CELL)
        if _CELL in text:
            text = _CELLS_APART.sub("\t", text)
        if text and not text.isspace():
            at = self.stack[-1]
            letters = len(_NO_LETTER.sub("", text))
            is_link = letters > 0 and not self.unlinked
            self.lines.append(Line(text, at.parent, at.block_tag, at.landmark, letters, is_link))
        self.words.clear()
        self.unlinked = False

    def _add(self, text: str) -> None:
        # A page's own control characters would be taken for the mark between cells.
        text = text.replace(_CELL, " ")
        self.words.append(text)
        if not self.links and not self.unlinked:
            self.unlinked = _LETTER.search(text) is not None


def _undisplayed(style: str | None) -> bool:
    return style is not None and _NO_DISPLAY.search(style) is not None


def _landmark(tag: str, attributes: Mapping[str, str]) -> str | None:
    """Return the landmark that a block is by its tag or else by its names, if any."""
    if tag in _LANDMARKS:
        return tag
    if tag in _NAMELESS or not attributes:
        return None
    return _named(attributes.get("class", "")[:_NAMES], attributes.get("id", "")[:_NAMES])


@lru_cache(4_000)
def _named(classes: str, own: str) -> str | None:
    """Return the landmark that one of an element's classes, or its id, names."""
    for name in (*classes.split(), own):
        words = [word.lower() for word in _NAME.findall(name)]
        for before, word in zip(["", *words], words, strict=False):
            if before in _NEGATING:
                continue
            landmark = _NAMED.get(word) or _NAMED.get(before + word)
            if landmark is not None:
                return landmark
    return None


def of_tree(tree: lxml.etree._Element) -> Shown:
    """Return what a parsed page shows."""
    walk = _Walk()
    for event, element in lxml.etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if event == "start":
            walk.start(tag, dict(element.items()))
            walk.text(element.text)
        else:
            walk.end(tag)
            walk.text(element.tail)
    walk.end_line()
    return walk.shown


def of_markup(markup: str) -> Shown:
    """Return what a page shows from its markup, without a tree: for any depth."""
    parser = _Markup()
    parser.feed(markup)
    parser.close()
    walk = parser.walk
    while len(walk.stack) > 1:
        walk.end(walk.stack[-1].tag)
    walk.end_line()
    return walk.shown


class _Markup(HTMLParser):
    """Feeds a walk with the elements of markup, closing what the markup leaves open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.walk = _Walk()
        self.open: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.walk.start(tag, {name: value or "" for name, value in attrs})
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
