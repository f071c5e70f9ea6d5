"""What does an OpenDocument text show?

Paragraphs, headings and tables in the order of the body; a note stands below the
paragraph that calls it. Tracked deletions, kept apart by the format, are not shown.
Page headers and footers, notes and comments are asides. The walk goes no deeper
than `packages` lets the XML go.
"""

from collections.abc import Iterator

import lxml.etree

from tawatur.errors import UnreadableFileError
from tawatur.intake.composed import Piece, composed
from tawatur.intake.packages import Package, attribute, local
from tawatur.intake.plain import Properties
from tawatur.intake.properties import finished
from tawatur.model.document import Extraction, Extractor

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_VERSION = "0.2"
_UNSEEN = frozenset((
    "tracked-changes", "forms", "sequence-decls", "variable-decls", "user-field-decls",
    "table-column", "table-columns", "table-header-columns", "script", "hidden-text",
    "hidden-paragraph", "ruby-text", "desc", "title", "object", "object-ole", "event-listeners",
))  # fmt: skip
_MAX_SPACES = 8  # that one element may stand for: more are a layout's, and a way to fill memory
_MAX_REPEATED = 10_000  # characters that a repeated cell may add
_MARGINS = frozenset((
    "header", "footer", "header-left", "footer-left", "header-first", "footer-first"
))  # fmt: skip


def read_odt(name: str, content: bytes) -> Extraction:
    """Return the rendition of an OpenDocument text and its parts.

    Raises:
        EmptyFileError: No letter in it.
        TooLargeError: A part or the text is over its limit.
        UnreadableFileError: No OpenDocument text, or one that needs a password.
    """
    package = Package(name, content)
    manifest = package.part("META-INF/manifest.xml")
    if manifest is not None and b"encryption-data" in manifest:
        raise UnreadableFileError("{0} needs a password; open it and save it without one", name)
    root = package.tree("content.xml")
    if root is None:
        raise UnreadableFileError("{0} has no text part; it is damaged, or no OpenDocument", name)
    return composed(
        name,
        _pieces(package, root),
        media_type=MEDIA_TYPE,
        extractor=Extractor("tawatur.odt", _VERSION),
        properties=_properties(package),
    )


def _pieces(package: Package, root: lxml.etree._Element) -> Iterator[Piece]:
    styles = package.tree("styles.xml")
    margins = list(_margins(styles)) if styles is not None else []
    titles = {"Title"} | {
        attribute(style, "name") or ""
        for style in root.iter()
        if local(style) == "style" and attribute(style, "parent-style-name") == "Title"
    }
    yield from (piece for kind, piece in margins if kind.startswith("header"))
    for body in root:
        if local(body) == "body":
            yield from _blocks(body, titles)
    yield from (piece for kind, piece in margins if kind.startswith("footer"))


def _margins(styles: lxml.etree._Element) -> Iterator[tuple[str, Piece]]:
    seen: set[str] = set()
    for element in styles.iter():
        kind = local(element)
        if kind in _MARGINS:
            for piece in _blocks(element, set()):
                if piece.text not in seen:
                    seen.add(piece.text)
                    yield kind, Piece(piece.text, "page header")


def _blocks(parent: lxml.etree._Element, titles: set[str]) -> Iterator[Piece]:
    for child in parent:
        tag = local(child)
        if tag in ("p", "h"):
            words: list[str] = []
            after: list[tuple[str, lxml.etree._Element]] = []
            _words(child, words, after)
            yield Piece("".join(words), is_title=attribute(child, "style-name") in titles)
            for kind, element in after:
                yield from _after(kind, element, titles)
        elif tag == "table":
            yield from _table(child, titles)
        elif tag == "section" and attribute(child, "display") == "none":
            continue
        elif tag not in _UNSEEN:
            yield from _blocks(child, titles)


def _after(kind: str, element: lxml.etree._Element, titles: set[str]) -> Iterator[Piece]:
    """Yield what stands in a paragraph yet is no part of its words."""
    if kind == "text-box":
        yield from _blocks(element, titles)
        return
    if kind == "annotation":
        author = next((e.text for e in element if local(e) == "creator" and e.text), "")
        said = " ".join(piece.text for piece in _blocks(element, set()))
        yield Piece(f"{author}: {said}" if author else said, "comment")
        return
    body = (e for e in element if local(e) == "note-body")
    text = " ".join(piece.text for e in body for piece in _blocks(e, set()))
    yield Piece(f"[{_citation(element)}] {text}", "footnote")


def _words(
    element: lxml.etree._Element,
    words: list[str],
    after: list[tuple[str, lxml.etree._Element]],
) -> None:
    words.append(element.text or "")
    for child in element:
        tag = local(child)
        if tag == "s":
            words.append(" " * min(_count(child, "c"), _MAX_SPACES))
        elif tag == "tab":
            words.append("\t")
        elif tag == "line-break":
            words.append("\n")
        elif tag == "note":
            words.append(f"[{_citation(child)}]")
            after.append(("note", child))
        elif tag in ("annotation", "text-box"):
            after.append((tag, child))
        elif tag not in _UNSEEN:
            _words(child, words, after)
        words.append(child.tail or "")


def _table(table: lxml.etree._Element, titles: set[str]) -> Iterator[Piece]:
    for row in _inner(table, "table-row"):
        shown: list[list[Piece]] = []
        for cell in row:
            if local(cell) in ("table-cell", "covered-table-cell"):
                pieces = [p for p in _blocks(cell, titles) if p.text.strip()]
                most = _MAX_REPEATED // max(1, sum(len(p.text) for p in pieces))
                times = min(_count(cell, "number-columns-repeated"), most) if pieces else 1
                shown += [pieces] * max(1, times)
        if all(len(entries) <= 1 for entries in shown):
            yield Piece("\t".join(e[0].text.strip() if e else "" for e in shown))
        else:
            for entries in shown:
                yield from entries


def _inner(parent: lxml.etree._Element, tag: str) -> Iterator[lxml.etree._Element]:
    for child in parent:
        if local(child) == tag:
            yield child
        elif local(child) in ("table-rows", "table-header-rows", "table-row-group"):
            yield from _inner(child, tag)


def _citation(note: lxml.etree._Element) -> str:
    return next(("".join(map(str, e.itertext())) for e in note if local(e) == "note-citation"), "")


def _count(element: lxml.etree._Element, name: str) -> int:
    value = attribute(element, name) or "1"
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 1


def _properties(package: Package) -> Properties:
    root = package.tree("meta.xml")
    values: dict[str, str] = {}
    for element in root.iter() if root is not None else ():
        values.setdefault(local(element), (element.text or "").strip())
    return Properties(
        title=values.get("title", ""),
        published=finished(values.get("creation-date"), values.get("date"), "document properties"),
    )
