"""Bytes become a document's text and its parts.

``extract`` is a pure function of the name and the bytes: no disk, no clock, no
network. What is not content is marked, never cut out. What cannot become a text
is refused by an IntakeError whose one line says what, why and what to do.
``unpack`` yields the documents that a container holds; ``extract_part`` reads one.
Pictures alone need a program beside this one (`ocr`).
"""

from dataclasses import replace
from importlib import import_module
from pathlib import PurePath

from tawatur.errors import BinaryFileError, IntakeError, Message, UnreadableFileError
from tawatur.intake.decode import MAX_BYTES, MAX_TEXT, binary_kind, check_size, decode
from tawatur.intake.kinds import DOCUMENTS, Kind, kind_named, kind_of
from tawatur.intake.parts import Limits, Part
from tawatur.intake.passages import Passage, passages
from tawatur.intake.plain import plain
from tawatur.intake.rows import Columns
from tawatur.intake.sniff import looks_like_page
from tawatur.intake.unpack import is_container, unpack
from tawatur.model.document import Extraction, Extractor
from tawatur.model.span import Span

__all__ = [  # noqa: RUF022 - in plain order, as a test asks of every room
    "Columns",
    "EXTRACTOR_VERSION",
    "Limits",
    "MAX_BYTES",
    "MAX_TEXT",
    "Part",
    "Passage",
    "check_size",
    "extract",
    "extract_part",
    "is_container",
    "passages",
    "unpack",
]

EXTRACTOR_VERSION = "0.2"
"""Of plain text and pages; every other format's module has its own."""

# Loaded when the first file of a format comes: most nodes never see some of them.
_READERS = {
    Kind.PDF: ("tawatur.intake.pdf", "read_pdf"),
    Kind.DOCX: ("tawatur.intake.docx", "read_docx"),
    Kind.ODT: ("tawatur.intake.odt", "read_odt"),
    Kind.RTF: ("tawatur.intake.rtf", "read_rtf"),
    Kind.MAIL: ("tawatur.intake.mail", "read_mail"),
    Kind.EPUB: ("tawatur.intake.epub", "read_epub"),
    Kind.PICTURE: ("tawatur.intake.ocr", "read_picture"),
}
_TEXT = (".txt", ".text", ".md", ".markdown", ".asc", ".log")
_PAGE = (".html", ".htm", ".xhtml", ".shtml")
_REFUSED = {
    ".doc": "Word files of before 2007 are not read; save it as .docx",
    ".xls": "spreadsheets are not read; save what matters as .txt",
    ".xlsx": "spreadsheets are not read; save what matters as .txt",
    ".ods": "spreadsheets are not read; save what matters as .txt",
    ".csv": "tables are not read as reports; save what matters as .txt",
    ".tsv": "tables are not read as reports; save what matters as .txt",
    ".json": "JSON is data, not a report; save the text as .txt",
    ".ppt": "presentations are not read; save the text as .txt",
    ".pptx": "presentations are not read; save the text as .txt",
    ".odp": "presentations are not read; save the text as .txt",
    ".msg": "mail of Outlook is not read; save it as .eml",
    ".pst": "mail of Outlook is not read; save it as .eml",
    ".mobi": "books of this format are not read; save the text as .txt",
    ".7z": "unpack it first",
    ".rar": "unpack it first",
}


def extract(name: str, content: bytes, *, media_type: str | None = None) -> Extraction:
    """Return the text of ``content`` and its parts.

    Args:
        name: The file's name; its suffix tells text from page where media_type does not.
        content: The bytes, unchanged.
        media_type: As a server or a person stated it, with or without a charset;
            contents that say otherwise overrule it.

    Raises:
        EmptyFileError: Nothing but white space, or a document that shows no word.
        BinaryFileError: Nothing that is read, or a container; the message names what it is.
        TooLargeError: Over MAX_BYTES or MAX_TEXT; the message names the limit.
        UnreadableFileError: Damaged, locked, or in no encoding that makes a text of it.
    """
    check_size(len(content))
    kind = kind_of(name, content, media_type)
    if kind in DOCUMENTS:
        return _read(kind, name, content)
    if kind is not None:
        raise BinaryFileError("{0} may hold several documents; they are taken in one by one", name)
    suffix = PurePath(name).suffix.lower()
    if media_type is None and content.strip():
        _check_promise(name, content)
    if media_type is None and suffix in _REFUSED:
        found, why = binary_kind(content), Message(_REFUSED[suffix])
        if found is None:
            raise BinaryFileError("{0}: {1}", name, why)
        raise BinaryFileError("{0} ({1}): {2}", name, Message(found), why)
    declared_type, _, charset = (media_type or "").partition("charset=")
    decoded = decode(name, content, charset.strip(" \"';") or None)
    settings = "damaged bytes replaced" if decoded.damaged else ""
    if _is_page(suffix, declared_type, decoded.text):
        # here, because plain texts, the most of them, need no tree of elements
        from tawatur.intake.page import read_page  # noqa: PLC0415

        return read_page(name, decoded, Extractor("tawatur.page", EXTRACTOR_VERSION, settings))
    return plain(
        decoded.text,
        media_type="text/markdown" if suffix in (".md", ".markdown") else "text/plain",
        encoding=decoded.encoding,
        extractor=Extractor("tawatur.plain", EXTRACTOR_VERSION, settings),
    )


def extract_part(part: Part) -> Extraction:
    """Return the text of a part of a container, with what the container states of it.

    Raises:
        IntakeError: As ``extract`` does, or because the part was refused on its way out.
    """
    if part.refused is not None:
        raise UnreadableFileError("{0}: {1}", part.name, part.refused)
    found = extract(part.name, part.content, media_type=part.media_type)
    title = found.title
    if part.title and found.text.startswith(part.title):
        title = Span(0, len(part.title))
    return replace(
        found,
        title=title,
        publisher=part.publisher or found.publisher,
        published=part.published or found.published,
    )


def _read(kind: Kind, name: str, content: bytes) -> Extraction:
    """Return what a format's own reader makes of ``content``; whatever fails is a refusal."""
    module, function = _READERS[kind]
    reader = getattr(import_module(module), function)
    try:
        extraction: Extraction = reader(name, content)
    except (IntakeError, MemoryError):
        raise
    except RecursionError as cause:
        raise UnreadableFileError(
            "{0} is nested more deeply than any report; it was left out", name
        ) from cause
    except Exception as cause:  # what libraries raise on damaged bytes shares no parent
        said = f"{type(cause).__name__}: {cause}"[:160]
        raise UnreadableFileError(
            "{0} is damaged and cannot be read as {1} ({2})", name, Message(kind.value), said
        ) from cause
    return extraction


def _check_promise(name: str, content: bytes) -> None:
    """Refuse bytes that are not what the name says; a page under any name is read as one."""
    promised = kind_named(name)
    if promised is None or binary_kind(content) is not None:
        return
    if not looks_like_page(content[:4096].decode("latin-1"), surely=True):
        raise UnreadableFileError(
            "{0} is no {1} file, whatever its name says; it may be damaged, or cut short",
            name,
            Message(promised.value),
        )


def _is_page(suffix: str, declared_type: str, text: str) -> bool:
    """Whether to read markup: what the text begins with counts more than a name."""
    if suffix in _PAGE or "html" in declared_type:
        return True
    if suffix in _TEXT and not declared_type:
        return looks_like_page(text, surely=True)
    return looks_like_page(text, surely=suffix in _TEXT)
