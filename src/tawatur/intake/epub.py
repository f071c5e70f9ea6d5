"""What does an EPUB book show?

Its chapters in the order of its spine, each as the words its page shows; the title,
the publisher and the date of publication as its package states them. A chapter that
is damaged is passed over where others can be read.
"""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

import lxml.etree

from tawatur.errors import IntakeError, UnreadableFileError
from tawatur.intake.composed import Piece, composed
from tawatur.intake.decode import decode
from tawatur.intake.packages import Package, attribute, local
from tawatur.intake.page import visible_lines
from tawatur.intake.plain import Properties
from tawatur.intake.properties import day_of
from tawatur.model.document import Extraction, Extractor, Stated

MEDIA_TYPE = "application/epub+zip"
_VERSION = "0.2"


def read_epub(name: str, content: bytes) -> Extraction:
    """Return the rendition of a book and its parts.

    Raises:
        EmptyFileError: No letter in it.
        TooLargeError: A part or the text is over its limit.
        UnreadableFileError: No EPUB, or a locked one.
    """
    package = Package(name, content)
    if "META-INF/encryption.xml" in package.names and _locked(package):
        raise UnreadableFileError("{0} is locked by its seller; it cannot be read", name)
    container = package.tree("META-INF/container.xml")
    files = container.iter() if container is not None else ()
    path = next((attribute(e, "full-path") for e in files if local(e) == "rootfile"), None)
    root = package.tree(path or "")
    if path is None or root is None:
        raise UnreadableFileError("{0} has no contents; it is damaged, or no EPUB", name)
    values: dict[str, str] = {}
    for element in root.iter():
        values.setdefault(local(element), (element.text or "").strip())
    day = day_of(values.get("date"))
    publisher = values.get("publisher")
    return composed(
        name,
        _pieces(package, root, posixpath.dirname(path)),
        media_type=MEDIA_TYPE,
        extractor=Extractor("tawatur.epub", _VERSION),
        properties=Properties(
            title=values.get("title", ""),
            publisher=Stated(publisher, "book metadata") if publisher else None,
            published=Stated(day, "book metadata") if day is not None else None,
        ),
    )


def _pieces(package: Package, root: lxml.etree._Element, folder: str) -> Iterator[Piece]:
    items = {
        attribute(e, "id"): attribute(e, "href") or "" for e in root.iter() if local(e) == "item"
    }
    for reference in root.iter():
        if local(reference) != "itemref" or attribute(reference, "idref") not in items:
            continue
        path = posixpath.normpath(
            posixpath.join(folder, unquote(items[attribute(reference, "idref")]))
        )
        chapter = package.part(path)
        if chapter is None:
            continue
        try:
            markup = decode(package.name, chapter).text
        except IntakeError:
            continue
        yield from (Piece(line.text) for line in visible_lines(markup))


def _locked(package: Package) -> bool:
    """Whether more than fonts is encrypted: publishers do that to fonts alone."""
    root = package.tree("META-INF/encryption.xml")
    paths = (attribute(e, "URI") or "" for e in root.iter()) if root is not None else ()
    return any(path.lower().endswith((".html", ".xhtml", ".htm", ".xml")) for path in paths)
