"""Bytes become a document's text and its parts.

``extract`` is a pure function of the name and the bytes: no disk, no clock, no
network. What is not content is marked, never cut out. What cannot become a text
is refused by an IntakeError whose one line says what, why and what to do.
"""

from pathlib import PurePath

from tawatur.errors import BinaryFileError, Message
from tawatur.intake.decode import MAX_BYTES, MAX_TEXT, binary_kind, check_size, decode
from tawatur.intake.plain import parts
from tawatur.intake.sniff import looks_like_page
from tawatur.model.document import Extraction, Extractor

__all__ = ["EXTRACTOR_VERSION", "MAX_BYTES", "MAX_TEXT", "check_size", "extract"]

EXTRACTOR_VERSION = "0.1"

_TEXT = (".txt", ".text", ".md", ".markdown", ".asc", ".log")
_PAGE = (".html", ".htm", ".xhtml", ".shtml")
_REFUSED = {
    ".pdf": "PDF files are not read yet; save the text as .txt",
    ".doc": "Word files are not read yet; save the text as .txt",
    ".docx": "Word files are not read yet; save the text as .txt",
    ".odt": "OpenDocument files are not read yet; save the text as .txt",
    ".rtf": "RTF files are not read yet; save the text as .txt",
    ".xls": "spreadsheets are not read; save what matters as .txt",
    ".xlsx": "spreadsheets are not read; save what matters as .txt",
    ".ods": "spreadsheets are not read; save what matters as .txt",
    ".csv": "tables are not read as reports; save what matters as .txt",
    ".tsv": "tables are not read as reports; save what matters as .txt",
    ".json": "JSON is data, not a report; save the text as .txt",
    ".jsonl": "JSON is data, not a report; save the text as .txt",
    ".ppt": "presentations are not read; save the text as .txt",
    ".pptx": "presentations are not read; save the text as .txt",
    ".eml": "mail is not read yet; save the text as .txt",
    ".msg": "mail is not read yet; save the text as .txt",
    ".mbox": "mailboxes are not read yet; save the texts as .txt",
    ".warc": "web archives are not read yet; save the pages as .html",
    ".mht": "web archives are not read yet; save the page as .html",
    ".mhtml": "web archives are not read yet; save the page as .html",
    ".epub": "EPUB files are not read; save the text as .txt",
    ".zip": "unpack it first",
    ".gz": "unpack it first",
    ".tar": "unpack it first",
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
        EmptyFileError: Nothing but white space, or a page that shows no word.
        BinaryFileError: Not text; the message names what it is.
        TooLargeError: Over MAX_BYTES or MAX_TEXT; the message names the limit.
        UnreadableFileError: No encoding makes a text of it.
    """
    check_size(len(content))
    suffix = PurePath(name).suffix.lower()
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
    found_parts = parts(decoded.text)
    return Extraction(
        text=decoded.text,
        media_type="text/markdown" if suffix in (".md", ".markdown") else "text/plain",
        encoding=decoded.encoding,
        extractor=Extractor("tawatur.plain", EXTRACTOR_VERSION, settings),
        language=found_parts.language,
        title=found_parts.title,
        asides=found_parts.asides,
        publisher=found_parts.publisher,
        published=found_parts.published,
        header=found_parts.header,
        paragraphs=found_parts.paragraphs,
    )


def _is_page(suffix: str, declared_type: str, text: str) -> bool:
    """Whether to read markup: what the text begins with counts more than a name."""
    if suffix in _PAGE or "html" in declared_type:
        return True
    if suffix in _TEXT and not declared_type:
        return looks_like_page(text, surely=True)
    return looks_like_page(text, surely=suffix in _TEXT)
