"""Which reports does a feed carry, and to which does it lead?

Each entry of RSS (0.9 to 2.0) and Atom becomes a page of its own: its title and the
fullest text that it has. Address, date and the feed's own title come along as stated.
Who follows a feed asks for its entries alone, and for the feed that a page names.

lxml reads it, in the same limits as every XML here; feedparser would bring a parser of
its own, of a language that is no more, and open addresses it is given.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass

import lxml.etree
import lxml.html

from tawatur.errors import UnreadableFileError
from tawatur.intake.packages import attribute, local, parsed
from tawatur.intake.parts import Budget, Part, label
from tawatur.intake.properties import stated_day
from tawatur.model.document import Stated

_ENTRIES = frozenset({"item", "entry"})
_TEXTS = ("encoded", "content", "description", "summary")  # the fullest first
_DATES = ("pubDate", "published", "date", "issued", "created")
_UNPARSED = ("xhtml", "xml")
_ROOTS = frozenset({"rss", "feed", "RDF", "channel"})
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml"})
_PAGE_HEAD = 512 * 1024  # bytes of a page in which it names its feed


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed: its id (RSS calls it guid), and its address as the feed has it."""

    id: str
    address: str


def of_feed(name: str, content: bytes, budget: Budget) -> Iterator[Part]:
    """Yield the entries of a feed in its order.

    Raises:
        UnreadableFileError: No feed.
    """
    root = _root(name, content)
    channel = next((e for e in root.iter() if local(e) == "channel"), root)
    publisher = _text(channel, "title")
    items = _items(root)
    if not items:
        raise UnreadableFileError("{0} is a feed without entries; nothing to take in", name)
    for number, entry in enumerate(items, 1):
        title = " ".join(_shown(_text(entry, "title")).split())
        address = _address(entry)
        body = next((text for text in (_markup(entry, tag) for tag in _TEXTS) if text), "")
        day = next((d for d in (stated_day(_text(entry, tag)) for tag in _DATES) if d), None)
        page = (
            f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{html.escape(title)}</title>"
            f"</head><body><article><h1>{html.escape(title)}</h1>\n{body}\n</article></body></html>"
        )
        encoded = page.encode("utf-8", "replace")
        budget.bytes(len(encoded))
        yield Part(
            (label(address or f"entry {number}"),),
            encoded,
            media_type="text/html; charset=utf-8",
            address=address or None,
            title=title,
            publisher=Stated(publisher, "feed title") if publisher else None,
            published=Stated(day, "feed entry") if day is not None else None,
        )


def entries(name: str, content: bytes) -> tuple[Entry, ...]:
    """Return the entries of a feed in its order; one without an id is known by its address.

    Raises:
        UnreadableFileError: No feed.
    """
    root = _root(name, content)
    if local(root) not in _ROOTS:
        raise UnreadableFileError("{0} is damaged, or no feed ({1})", name, local(root))
    found = []
    for entry in _items(root):
        address = _address(entry)
        found.append(Entry(_text(entry, "guid") or _text(entry, "id") or address, address))
    return tuple(found)


def linked_feed(content: bytes) -> str | None:
    """Return the address of the first feed that a page names as its own, None if it names none."""
    try:
        tree = lxml.html.document_fromstring(content[:_PAGE_HEAD])
    except (lxml.etree.LxmlError, ValueError):
        return None
    for link in tree.iter("link"):
        kinds = (link.get("rel") or "").lower().split()
        if "alternate" in kinds and (link.get("type") or "").strip().lower() in _FEED_TYPES:
            address = (link.get("href") or "").strip()
            if address:
                return address
    return None


def _root(name: str, content: bytes) -> lxml.etree._Element:
    try:
        root = parsed(content.lstrip(), recover=True)
    except lxml.etree.XMLSyntaxError as cause:
        raise UnreadableFileError("{0} is damaged, or no feed ({1})", name, cause) from cause
    if root is None:
        raise UnreadableFileError("{0} is damaged, or no feed ({1})", name, "no element")
    return root


def _items(root: lxml.etree._Element) -> list[lxml.etree._Element]:
    return [element for element in root.iter() if local(element) in _ENTRIES]


def _child(parent: lxml.etree._Element, name: str) -> lxml.etree._Element | None:
    return next((child for child in parent if local(child) == name), None)


def _text(parent: lxml.etree._Element, name: str) -> str:
    child = _child(parent, name)
    return "".join(map(str, child.itertext())).strip() if child is not None else ""


def _markup(entry: lxml.etree._Element, name: str) -> str:
    """Return a child's content as HTML: some hold it escaped, some as elements, some as text."""
    child = _child(entry, name)
    if child is None:
        return ""
    if len(child) and attribute(child, "type") in _UNPARSED:
        return "".join(
            lxml.etree.tostring(each, encoding="unicode", method="html") for each in child
        )
    text = "".join(map(str, child.itertext())).strip()
    if "<" in text and ">" in text:
        return text
    paragraphs = (line.strip() for line in text.split("\n"))
    return "\n".join(f"<p>{html.escape(html.unescape(p))}</p>" for p in paragraphs if p)


def _shown(text: str) -> str:
    """Return a title's words: many feeds escape them twice."""
    return html.unescape(text)


def _address(entry: lxml.etree._Element) -> str:
    links = [child for child in entry if local(child) == "link"]
    best = [e for e in links if attribute(e, "rel") in (None, "alternate")] or links
    for link in best:
        address = attribute(link, "href") or (link.text or "")
        if address.strip():
            return address.strip()
    guid = _text(entry, "guid")
    return guid if guid.startswith(("http://", "https://")) else ""
