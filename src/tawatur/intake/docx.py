"""What does a Word document show?

Paragraphs, headings and tables in the order of the body; list numbers are counted
as Word counts them; a footnote stands below the paragraph that calls it, endnotes
stand at the end. Deleted and hidden text is not shown, inserted text is. Page
headers and footers, and comments, are asides. Of a row whose cells hold one
paragraph each the cells are parted by tabs; other cells are read one by one.

The walk keeps its own stack; XML goes no deeper than `packages` lets it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import lxml.etree

from tawatur.errors import UnreadableFileError
from tawatur.intake.composed import Piece, composed
from tawatur.intake.packages import Package, attribute, local
from tawatur.intake.plain import Properties
from tawatur.intake.properties import finished
from tawatur.model.document import Extraction, Extractor

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_VERSION = "0.2"

_UNSEEN = frozenset((
    "del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "tblPr", "tblGrid",
    "trPr", "tcPr", "sectPr", "sdtPr", "Fallback", "annotationRef", "proofErr",
    "posOffset", "wp14", "pctWidth", "pctHeight",
))  # fmt: skip
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_TITLE_STYLES = frozenset({"title", "titre", "العنوان"})
_COUNTERS = 9  # levels of a list
_PLACE = re.compile(r"%([1-9])")


def read_docx(name: str, content: bytes) -> Extraction:
    """Return the rendition of a Word document and its parts.

    Raises:
        EmptyFileError: No letter in it.
        TooLargeError: A part or the text is over its limit.
        UnreadableFileError: No Word document, or one that needs a password.
    """
    package = Package(name, content)
    main = _related(package, "", "officeDocument") or ["word/document.xml"]
    root = package.tree(main[0])
    if root is None:
        raise UnreadableFileError("{0} has no text part; it is damaged, or no Word document", name)
    body = _Body(package, main[0])
    return composed(
        name,
        body.pieces(root),
        media_type=MEDIA_TYPE,
        extractor=Extractor("tawatur.docx", _VERSION),
        properties=_properties(package),
    )


@dataclass(slots=True)
class _Paragraph:
    """The words of a paragraph so far, and what is to follow it."""

    words: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    boxes: list[lxml.etree._Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.words)


class _Body:
    """Reads the parts of one document."""

    def __init__(self, package: Package, main: str) -> None:
        self.package, self.main = package, main
        self.styles = self._styles()
        self.lists = _Lists(self._one("numbering"))
        self.footnotes = self._notes("footnotes")
        self.endnotes = self._notes("endnotes")
        self.called: list[str] = []

    def pieces(self, root: lxml.etree._Element) -> Iterator[Piece]:
        """Yield the document: page headers, body with footnotes, endnotes, footers, comments."""
        yield from self._margins("header")
        for body in root:
            if local(body) == "body":
                yield from self._blocks(body)
        for note in self.called:
            yield from self._note(self.endnotes, note)
        yield from self._margins("footer")
        comments = self._one("comments")
        for comment in comments if comments is not None else ():
            said = " ".join(piece.text for piece in self._blocks(comment))
            author = attribute(comment, "author")
            yield Piece(f"{author}: {said}" if author else said, "comment")

    def _blocks(self, parent: lxml.etree._Element) -> Iterator[Piece]:
        for child in parent:
            tag = local(child)
            if tag == "p":
                yield from self._paragraph(child)
            elif tag == "tbl":
                yield from self._table(child)
            elif tag not in _UNSEEN and len(child):
                yield from self._blocks(child)  # content controls, alternate contents, insertions

    def _paragraph(self, element: lxml.etree._Element) -> Iterator[Piece]:
        style = self.styles.get(_below(element, "pPr", "pStyle") or "", "")
        found = self._words(element)
        number = self.lists.number(element) if found.text.strip() else ""
        yield Piece(f"{number}{found.text}", is_title=style in _TITLE_STYLES)
        for note in found.notes:
            yield from self._note(self.footnotes, note)
        for box in found.boxes:
            yield from self._blocks(box)

    def _words(self, element: lxml.etree._Element) -> _Paragraph:
        found = _Paragraph()
        todo = list(reversed(element))
        while todo:
            child = todo.pop()
            tag = local(child)
            if tag == "t":
                found.words.append(child.text or "")
            elif tag in _CHARACTERS:
                found.words.append(_CHARACTERS[tag])
            elif tag == "footnoteReference":
                number = attribute(child, "id") or ""
                found.words.append(f"[{number}]")
                found.notes.append(number)
            elif tag == "endnoteReference":
                number = attribute(child, "id") or ""
                found.words.append(f"[{number}]")
                self.called.append(number)
            elif tag == "sym":
                found.words.append(_symbol(child))
            elif tag == "txbxContent":
                found.boxes.append(child)
            elif tag not in _UNSEEN and not (tag == "r" and _hidden(child)):
                todo += reversed(child)
        return found

    def _table(self, table: lxml.etree._Element) -> Iterator[Piece]:
        for row in _inner(table, "tr"):
            cells = [list(self._blocks(cell)) for cell in _inner(row, "tc")]
            shown = [[p for p in cell if p.text.strip()] for cell in cells]
            if all(len(cell) <= 1 for cell in shown):
                yield Piece("\t".join(cell[0].text.strip() if cell else "" for cell in shown))
            else:
                for cell in shown:
                    yield from cell

    def _note(self, notes: dict[str, lxml.etree._Element], number: str) -> Iterator[Piece]:
        note = notes.get(number)
        if note is not None:
            text = " ".join(piece.text.strip() for piece in self._blocks(note))
            yield Piece(f"[{number}] {text}", "footnote")

    def _margins(self, kind: str) -> Iterator[Piece]:
        """Yield the page headers or footers, each once."""
        seen: set[str] = set()
        for path in sorted(_related(self.package, self.main, kind)):
            root = self.package.tree(path)
            for piece in self._blocks(root) if root is not None else ():
                if piece.text not in seen:
                    seen.add(piece.text)
                    yield Piece(piece.text, "page header")

    def _one(self, kind: str) -> lxml.etree._Element | None:
        paths = _related(self.package, self.main, kind)
        return self.package.tree(paths[0]) if paths else None

    def _notes(self, kind: str) -> dict[str, lxml.etree._Element]:
        root = self._one(kind)
        return {attribute(n, "id") or "": n for n in root} if root is not None else {}

    def _styles(self) -> dict[str, str]:
        """Return the name of each style by its id: ids differ with Word's language."""
        root = self._one("styles")
        found = {}
        for style in root if root is not None else ():
            if local(style) == "style":
                named = _below(style, "name")
                found[attribute(style, "styleId") or ""] = (named or "").lower()
        return found


class _Lists:
    """Counts the items of numbered lists."""

    def __init__(self, root: lxml.etree._Element | None) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.counts: dict[str, list[int]] = {}
        kinds: dict[str, dict[int, tuple[str, str, int]]] = {}
        for child in root if root is not None else ():
            if local(child) == "abstractNum":
                kinds[attribute(child, "abstractNumId") or ""] = {
                    _int(attribute(level, "ilvl")): (
                        _below(level, "numFmt") or "",
                        _below(level, "lvlText") or "",
                        _int(_below(level, "start"), 1),
                    )
                    for level in _inner(child, "lvl")
                }
        for child in root if root is not None else ():
            if local(child) == "num":
                kind = _below(child, "abstractNumId") or ""
                self.levels[attribute(child, "numId") or ""] = kinds.get(kind, {})

    def number(self, paragraph: lxml.etree._Element) -> str:
        """Return what Word shows before a paragraph ("2.1 "), empty for none and for bullets."""
        name = _below(paragraph, "pPr", "numPr", "numId")
        levels = self.levels.get(name or "")
        depth = _int(_below(paragraph, "pPr", "numPr", "ilvl"))
        if not levels or depth not in levels or not 0 <= depth < _COUNTERS:
            return ""
        counts = self.counts.setdefault(name or "", [0] * _COUNTERS)
        start = levels[depth][2]
        counts[depth] = counts[depth] + 1 if counts[depth] else start
        counts[depth + 1 :] = [0] * (_COUNTERS - depth - 1)
        shape, text, _ = levels[depth]
        if shape in ("bullet", "none", ""):
            return ""

        def shown(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            kind, _, first = levels.get(at, ("decimal", "", 1))
            return _numeral(counts[at] or first, kind)

        return _PLACE.sub(shown, text) + " "


def _numeral(value: int, kind: str) -> str:
    if kind in ("lowerLetter", "upperLetter") and 0 < value <= 26:
        letter = chr(96 + value)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("lowerRoman", "upperRoman") and 0 < value < 40:
        roman = "x" * (value // 10)
        roman += ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[value % 10]
        return roman.upper() if kind == "upperRoman" else roman
    if kind in ("arabicAbjad", "arabicAlpha") and 0 < value <= 28:
        order = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ" if kind == "arabicAbjad" else (
            "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
        )  # fmt: skip
        return order[value - 1]
    return str(value)


def _properties(package: Package) -> Properties:
    paths = _related(package, "", "core-properties") or ["docProps/core.xml"]
    root = package.tree(paths[0])
    values = {local(e): (e.text or "").strip() for e in root} if root is not None else {}
    return Properties(
        title=values.get("title", ""),
        published=finished(values.get("created"), values.get("modified"), "document properties"),
    )


def _related(package: Package, part: str, kind: str) -> list[str]:
    """Return the parts that ``part`` names as its ``kind``; the package's own for ""."""
    folder, _, file = part.rpartition("/")
    folder = f"{folder}/" if folder else ""
    root = package.tree(f"{folder}_rels/{file}.rels")
    found = []
    for link in root if root is not None else ():
        if (attribute(link, "Type") or "").rpartition("/")[2] != kind:
            continue
        target = attribute(link, "Target") or ""
        if attribute(link, "TargetMode") != "External":
            found.append(target[1:] if target.startswith("/") else folder + target)
    return found


def _inner(parent: lxml.etree._Element, tag: str) -> Iterator[lxml.etree._Element]:
    """Yield the elements of one name, also those within content controls and insertions."""
    for child in parent:
        name = local(child)
        if name == tag:
            yield child
        elif name not in _UNSEEN and name in ("sdt", "sdtContent", "ins", "customXml", "moveTo"):
            yield from _inner(child, tag)


def _below(element: lxml.etree._Element, *path: str) -> str | None:
    """Return the value of the element at the end of a path of names."""
    for name in path:
        below = next((child for child in element if local(child) == name), None)
        if below is None:
            return None
        element = below
    return attribute(element, "val")


def _hidden(run: lxml.etree._Element) -> bool:
    for properties in run:
        if local(properties) == "rPr":
            for each in properties:
                if local(each) == "vanish" and attribute(each, "val") not in ("0", "false"):
                    return True
    return False


def _symbol(element: lxml.etree._Element) -> str:
    """Return the character that a symbol stands for; pictures of symbol fonts are left out."""
    try:
        code = int(attribute(element, "char") or "", 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code < 0xD800 else ""


def _int(value: str | None, default: int = 0) -> int:
    try:
        return int(value or default)
    except ValueError:
        return default
