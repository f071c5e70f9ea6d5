"""Which format is this, going by its bytes first and by its name second?

The first bytes decide where a format has any of its own; a ZIP archive is told by
what lies in it. Text formats without such a mark (mail, feeds, JSON Lines) need the
name or a stated media type to say so as well, so that a text about a mail stays text.
"""

import enum
import io
import re
import zipfile
from pathlib import PurePath


class Kind(enum.Enum):
    """A format that is not plain text or a web page."""

    PDF = "PDF"
    DOCX = "Word"
    ODT = "OpenDocument"
    RTF = "RTF"
    MAIL = "mail"
    EPUB = "EPUB"
    PICTURE = "picture of a text"
    ZIP = "ZIP"
    TAR = "tar"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    MAILBOX = "mailbox"
    WARC = "WARC"
    MHTML = "MHTML"
    FEED = "feed"
    ROWS = "JSON Lines"


DOCUMENTS = frozenset((Kind.PDF, Kind.DOCX, Kind.ODT, Kind.RTF, Kind.MAIL, Kind.EPUB, Kind.PICTURE))
"""Kinds that are one document each."""

CONTAINERS = frozenset(
    (
        Kind.ZIP, Kind.TAR, Kind.GZIP, Kind.BZIP2, Kind.XZ, Kind.MAIL, Kind.MAILBOX, Kind.WARC,
        Kind.MHTML, Kind.FEED, Kind.ROWS,
    )
)  # fmt: skip
"""Kinds that may hold others; a mail is both."""

_SUFFIXES = {
    ".pdf": Kind.PDF, ".docx": Kind.DOCX, ".docm": Kind.DOCX, ".dotx": Kind.DOCX,
    ".odt": Kind.ODT, ".ott": Kind.ODT, ".rtf": Kind.RTF, ".eml": Kind.MAIL,
    ".epub": Kind.EPUB, ".zip": Kind.ZIP, ".wacz": Kind.ZIP, ".tar": Kind.TAR,
    ".gz": Kind.GZIP, ".tgz": Kind.GZIP, ".bz2": Kind.BZIP2, ".tbz": Kind.BZIP2,
    ".tbz2": Kind.BZIP2, ".xz": Kind.XZ, ".txz": Kind.XZ, ".mbox": Kind.MAILBOX,
    ".mbx": Kind.MAILBOX, ".warc": Kind.WARC, ".mht": Kind.MHTML, ".mhtml": Kind.MHTML,
    ".rss": Kind.FEED, ".atom": Kind.FEED, ".jsonl": Kind.ROWS, ".ndjson": Kind.ROWS,
}  # fmt: skip
_TYPES = {
    "message/rfc822": Kind.MAIL, "application/mbox": Kind.MAILBOX,
    "application/rss+xml": Kind.FEED, "application/atom+xml": Kind.FEED,
    "application/rdf+xml": Kind.FEED, "application/xml": Kind.FEED, "text/xml": Kind.FEED,
    "application/jsonl": Kind.ROWS, "application/x-ndjson": Kind.ROWS,
    "application/x-jsonlines": Kind.ROWS, "multipart/related": Kind.MHTML,
}  # fmt: skip
_MAGIC = (
    (b"{\\rtf", Kind.RTF),
    (b"\x1f\x8b", Kind.GZIP),
    (b"\xfd7zXZ\x00", Kind.XZ),
    (b"\x89PNG\r\n\x1a\n", Kind.PICTURE),
    (b"\xff\xd8\xff", Kind.PICTURE),
    (b"GIF87a", Kind.PICTURE),
    (b"GIF89a", Kind.PICTURE),
    (b"II*\x00", Kind.PICTURE),
    (b"MM\x00*", Kind.PICTURE),
)
_PLAIN = (".txt", ".text", ".md", ".markdown", ".asc", ".log", ".html", ".htm", ".xhtml", ".shtml")
_BMP = re.compile(rb"BM.{4}\x00\x00\x00\x00", re.DOTALL)
_WARC = re.compile(rb"WARC/[01]\.\d\r?\n")
_BZIP = re.compile(rb"BZh[1-9]1AY&SY")
_MAILBOX = re.compile(rb"From \S.*\r?\n(?:>?From .*\r?\n)?[A-Za-z][A-Za-z0-9-]*:", re.ASCII)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|(?:\w+:)?feed|channel)[\s>]")
_HEADS = re.compile(
    rb"^(?:received|return-path|delivered-to|message-id|from|to|subject|date|mime-version|"
    rb"x-[a-z-]+|dkim-signature|content-type|reply-to|cc|sender):",
    re.IGNORECASE | re.MULTILINE,
)
_RELATED = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_SAVED = re.compile(
    rb"^(?:snapshot-content-location:|from: *<saved by)", re.IGNORECASE | re.MULTILINE
)
_HEAD = 4096
_PACKAGES = (Kind.DOCX, Kind.ODT, Kind.EPUB)
_OFFICE = {
    b"application/vnd.oasis.opendocument.text": Kind.ODT,
    b"application/vnd.oasis.opendocument.text-template": Kind.ODT,
    b"application/vnd.oasis.opendocument.text-master": Kind.ODT,
    b"application/vnd.oasis.opendocument.text-web": Kind.ODT,
    b"application/epub+zip": Kind.EPUB,
}


def kind_of(name: str, content: bytes, media_type: str | None = None) -> Kind | None:
    """Return the format of ``content``, None for plain text, pages and what is not read."""
    suffix = PurePath(name).suffix.lower()
    stated = (media_type or "").partition(";")[0].strip().lower()
    found = _by_bytes(content)
    promised = _SUFFIXES.get(suffix)
    if found is Kind.ZIP and promised in _PACKAGES:
        return promised  # what is damaged in it is for its reader to say
    return found or _by_words(suffix, stated, content[:_HEAD])


def kind_named(name: str) -> Kind | None:
    """Return the format that a name's suffix promises."""
    return _SUFFIXES.get(PurePath(name).suffix.lower())


def _by_bytes(content: bytes) -> Kind | None:
    if content[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zipped(content)
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    if b"%PDF-" in content[:1024] and (content.startswith(b"%PDF-") or b"\x00" not in content[:8]):
        before = content[: content.index(b"%PDF-")]
        if not before.strip() or not before.isascii():
            return Kind.PDF
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return Kind.PICTURE
    if _BMP.match(content):
        return Kind.PICTURE
    if _BZIP.match(content):
        return Kind.BZIP2
    if content[257:262] == b"ustar":
        return Kind.TAR
    return Kind.WARC if _WARC.match(content) else None


def _by_words(suffix: str, stated: str, head: bytes) -> Kind | None:
    """Return the format of a text that its name or type and its first words agree on."""
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    said = _SUFFIXES.get(suffix) or _TYPES.get(stated)
    if suffix in (".xml", ".rdf") or said is Kind.FEED:
        return Kind.FEED if _FEED.search(head) else None
    if said is Kind.ROWS:
        return Kind.ROWS if head.startswith(b"{") else None
    unnamed = said is None and suffix not in _PLAIN
    if (said in (Kind.MAILBOX, Kind.MAIL) or unnamed) and _MAILBOX.match(head):
        return Kind.MAILBOX
    heads = len({found.lower() for found in _HEADS.findall(head.partition(b"\n\n")[0])})
    if said is Kind.MHTML or ((said is Kind.MAIL or unnamed) and _SAVED.search(head)):
        return Kind.MHTML if heads and (_RELATED.search(head) or said is Kind.MHTML) else None
    if said is Kind.MAIL:
        return Kind.MAIL if heads else None
    first = _HEADS.match(head) is not None
    return Kind.MAIL if unnamed and not stated and first and heads >= 4 else None


def _zipped(content: bytes) -> Kind | None:
    """Return which of the formats that are ZIP archives this is, None for a spreadsheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {entry.filename for entry in archive.filelist[:20_000]}
            if "mimetype" in names:
                with archive.open("mimetype") as stream:
                    kind = _OFFICE.get(stream.read(200).strip())
                if kind is not None:
                    return kind
                if "content.xml" in names:
                    return None
    except Exception:  # noqa: BLE001 - the errors of damaged archives have no common parent
        return Kind.ZIP  # whose reader says what is wrong with it
    if any(name.startswith("word/") for name in names):
        return Kind.DOCX
    return None if "[Content_Types].xml" in names else Kind.ZIP
