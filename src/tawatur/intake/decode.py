"""Which characters do these bytes stand for?

A byte order mark decides, then UTF-8 if the bytes are valid as such: text in
another encoding almost never is. What is left is tried in every encoding that
Arabic, French and English reports are found in, the declared one among them,
and each outcome is scored as text: function words, Arabic words built as Arabic
words are, accents where French has them, against mixed scripts within a word
and control characters. So a wrong declaration is overruled by the text itself.

The characters are returned untouched: a byte order mark stays, no newline is
translated. Cost: one or two passes over the bytes for UTF-8; about 10 ms more
for the scoring, whose sample is bounded.
"""

import codecs
import re
from dataclasses import dataclass
from functools import cache

from tawatur.errors import (
    BinaryFileError,
    EmptyFileError,
    Message,
    TooLargeError,
    UnreadableFileError,
)
from tawatur.intake.tables import rows

# One document is one report or page. A book has about 1 million characters; the limits keep a
# reading within a few hundred megabytes of memory, since a character may cost 4 bytes and is
# held two or three times while a text is folded and split.
MAX_BYTES = 64 * 1024 * 1024
MAX_TEXT = 20_000_000

_MARKS = (  # longest first: the UTF-32 mark begins with the UTF-16 one
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"BM", "a BMP image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"PK\x03\x04", "a spreadsheet, a presentation or another package"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an office document of before 2007, or one with a password",
    ),
    (b"\x1f\x8b", "gzip-compressed data; unpack it first"),
    (b"BZh", "bzip2-compressed data; unpack it first"),
    (b"\xfd7zXZ\x00", "xz-compressed data; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed data; unpack it first"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"OggS", "an Ogg recording"),
    (b"ID3", "an MP3 recording"),
    (b"fLaC", "a FLAC recording"),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM video"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"bplist00", "a binary property list"),
)
# Magic of printable letters also begins honest texts ("BM", "MZ"): those need a control
# character near the start as well.
_PRINTABLE_MAGIC = (b"BM", b"MZ", b"BZh", b"OggS", b"ID3", b"fLaC", b"wOFF", b"wOF2", b"bplist00")
_RIFF = {b"WEBP": "a WebP image", b"WAVE": "a WAV recording", b"AVI ": "an AVI video"}

_CANDIDATES = ("windows-1252", "windows-1256", "iso8859-6", "iso8859-15", "cp720", "cp850")
# What the web's encoding standard and common use make of these names.
_READ_AS = {"iso8859-1": "windows-1252", "cp1252": "windows-1252", "ascii": "windows-1252",
            "cp1256": "windows-1256", "utf-16": "utf-8", "utf-7": "utf-8"}  # fmt: skip

_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r\f\x0b\x1a\x1b\x08") + b"\x7f"
_MAX_CONTROLS = 0.01  # plain text has none; odd exports have a few form feeds and backspaces
_SAMPLE = 40_000  # bytes scored: about 5,000 words, far more than a decision needs
_MAX_DAMAGE = 0.02  # broken sequences per valid one up to which a text is still UTF-8
_CONTROLS_TOLERATED = 3
_LEAST_SCORE = 0.25  # right encodings of real texts score 0.8 to 2, wrong ones below 0

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})""", re.IGNORECASE
)
_XML_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{2,40})""")
_HEAD = 4096

_VISIBLE = re.compile(r"[^\s\x00-\x1f\x7f\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
_WORD = re.compile(r"[^\W\d_]+")
_ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a]+")
_OTHER_ARABIC = re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]")
_LATIN = re.compile("[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+")
_FRENCH = frozenset("àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ")
_INNER_CAPITAL = re.compile(r"[a-zà-öø-ÿ][A-ZÀ-ÖØ-Þ]")
_ACCENT_RUN = re.compile("[\u00c0-\u024f]{2}")
_MISPLACED = re.compile("[ةى](?=[\u0621-\u064a])|^[ةىئؤ]|\u0621\u0621")
_SYMBOL_IN_WORD = re.compile(
    "(?<=[^\\W\\d_])[\u00a1-\u00a9\u00ac-\u00b6\u00b8-\u00ba\u00bc-\u00bf\u2500-\u25ff\u00d7\u00f7](?=[^\\W\\d_])"
)  # one set reads better than a joined one


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters, the encoding that gave them, and whether some bytes were damaged."""

    text: str
    encoding: str
    damaged: bool = False


def check_size(size: int) -> None:
    """Return nothing for a size in bytes that is taken; ask before reading a file.

    Raises:
        TooLargeError: ``size`` is over MAX_BYTES, which the message names.
    """
    if size > MAX_BYTES:
        raise TooLargeError(
            "{0} MB is over the limit of {1} MB for one document; split it into its reports",
            f"{size / 1024 / 1024:.0f}",
            MAX_BYTES // 1024 // 1024,
        )


def decode(name: str, content: bytes, declared: str | None = None) -> Decoded:
    """Return the characters of ``content``; ``declared`` is an encoding stated outside it.

    Raises:
        EmptyFileError: No bytes, or nothing but white space.
        BinaryFileError: Not text; the message names what it is, where known.
        TooLargeError: Over MAX_BYTES or MAX_TEXT.
        UnreadableFileError: No encoding makes a text of it.
    """
    check_size(len(content))
    if not content.strip(b" \t\r\n\f\x0b\x00\xef\xbb\xbf\xff\xfe"):
        raise EmptyFileError("{0} holds no text; nothing to take in", name)
    decoded = _decoded(name, content, declared)
    if len(decoded.text) > MAX_TEXT:
        raise TooLargeError(
            "{0} has {1} characters, over the limit of {2} for one document; "
            "split it into its reports",
            name,
            f"{len(decoded.text):,}",
            f"{MAX_TEXT:,}",
        )
    if _VISIBLE.search(decoded.text) is None:
        raise EmptyFileError("{0} holds nothing but white space; nothing to take in", name)
    return decoded


def _decoded(name: str, content: bytes, declared: str | None) -> Decoded:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _marked(name, content, encoding)
    kind = binary_kind(content)
    if kind is not None:
        raise BinaryFileError("{0} is {1}, which is not read", name, Message(kind))
    if b"\x00" in content:
        return _unmarked_utf16(name, content)
    if (
        len(content.translate(None, _CONTROLS))
        < len(content) * (1 - _MAX_CONTROLS) - _CONTROLS_TOLERATED
    ):
        raise BinaryFileError(
            "{0} is {1}, which is not read",
            name,
            Message("binary data (many control characters)"),
        )
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        damaged = _damaged_utf8(content)
    return damaged or _guessed(name, content, declared or declared_encoding(content))


def binary_kind(content: bytes) -> str | None:
    """Return what the first bytes say it is ("a PNG image"), or None for what may be text."""
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            sure = magic not in _PRINTABLE_MAGIC
            if sure or content[:512].translate(None, _CONTROLS) != content[:512]:
                return kind
    if content.startswith(b"RIFF"):
        return _RIFF.get(content[8:12])
    if content[4:8] == b"ftyp":
        return "an MP4 video or a HEIF image"
    if content[257:262] == b"ustar":
        return "a tar archive; unpack it first"
    return None


def declared_encoding(content: bytes) -> str | None:
    """Return the encoding that an HTML or XML head names, as Python calls it; None if none does."""
    head = content[:_HEAD]
    found = _XML_DECLARED.search(head) or _DECLARED.search(head)
    return found.group(1).decode("ascii") if found else None


def _marked(name: str, content: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(content.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        text = content.decode(encoding, "replace")
        if text.count("\ufffd") > max(1, len(text) * _MAX_DAMAGE) or "\x00" in text:
            raise BinaryFileError(
                "{0} begins with the mark of {1} but is not text in it; save it again as UTF-8",
                name,
                encoding,
            ) from error
        return Decoded(text, encoding, damaged=True)


def _unmarked_utf16(name: str, content: bytes) -> Decoded:
    """UTF-16 without a mark has NUL or the number of the Arabic block in every other byte."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and _share_of_text(text[:_SAMPLE]) > 0.95:
            return Decoded(text, encoding)
    raise BinaryFileError("{0} is {1}, which is not read", name, Message("binary data (NUL bytes)"))


def _share_of_text(text: str) -> float:
    """Return the share of characters that Latin and Arabic texts are made of."""
    known = sum(
        c.isspace()
        or " " <= c <= "\u024f"
        or "\u0600" <= c <= "\u06ff"
        or "\u2010" <= c <= "\u2044"
        for c in text
    )
    return known / max(1, len(text))


def _damaged_utf8(content: bytes) -> Decoded | None:
    """Return UTF-8 with some broken sequences (a cut file, a careless join), else None."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    valid = sum(1 for c in text[: 4 * _SAMPLE] if c > "\x7f") - text[: 4 * _SAMPLE].count("\ufffd")
    if broken <= max(1, valid * _MAX_DAMAGE) and valid > broken:
        return Decoded(text, "utf-8", damaged=True)
    return None


def _guessed(name: str, content: bytes, declared: str | None) -> Decoded:
    sample = _sample(content)
    candidates = list(_CANDIDATES)
    named = _known(declared)
    if named is not None and named not in candidates:
        candidates.insert(0, named)
    scored = []
    for place, encoding in enumerate(candidates):
        try:
            text = sample.decode(encoding, "replace")
        except (LookupError, UnicodeError, ValueError):
            continue
        scored.append((score_as_text(text) + 0.05 * (encoding == named), -place, encoding))
    for score, _, encoding in sorted(scored, reverse=True):
        if score < _LEAST_SCORE:
            break
        text = content.decode(encoding, "replace")
        return Decoded(text, encoding, damaged="\ufffd" in text)
    return _last_help(name, content)


def _last_help(name: str, content: bytes) -> Decoded:
    # here, because few texts come this far and loading it takes 30 ms
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(_sample(content)).best()
    if best is not None and best.encoding not in ("utf_8", "ascii"):
        text = content.decode(best.encoding, "replace")
        if text.count("\ufffd") <= len(text) * _MAX_DAMAGE and score_as_text(text[:_SAMPLE]) > 0:
            return Decoded(text, codecs.lookup(best.encoding).name, damaged="\ufffd" in text)
    raise UnreadableFileError(
        "{0} is in no encoding that makes a readable text of it; save it again as UTF-8", name
    )


def _known(declared: str | None) -> str | None:
    """Return the declared encoding as a codec of text that is not UTF-8, or None."""
    if declared is None:
        return None
    try:
        name = codecs.lookup(declared.strip()).name
        "a".encode(name)
    except (LookupError, UnicodeError, TypeError, ValueError):
        return None
    name = _READ_AS.get(name, name)
    if name.startswith(("utf", "idna", "punycode", "raw", "unicode", "undefined")):
        return None
    return name


def _sample(content: bytes) -> bytes:
    """Return lines with bytes beyond ASCII, up to the sample's size: only they differ."""
    if len(content) <= _SAMPLE:
        return content
    parts, size = [], 0
    for line in re.finditer(rb"[^\n]*[\x80-\xff][^\n]*", content):
        parts.append(line.group()[: _SAMPLE - size])
        size += len(parts[-1])
        if size >= _SAMPLE:
            break
    return b"\n".join(parts)


def score_as_text(text: str) -> float:
    """Return how much ``text`` looks like words, a mean over its words beyond ASCII.

    About 0.8 to 2 for the right encoding of Arabic or French, below 0 for wrong ones.
    """
    points, count = 0.0, 0
    for word in _WORD.findall(text):
        if not word.isascii():
            points += _word_points(word)
            count += 1
    strange = sum(1 for c in text if "\x80" <= c <= "\x9f" or c == "\ufffd")
    strange += len(_SYMBOL_IN_WORD.findall(text))
    if not count:
        return (
            0.5 - strange
        )  # signs such as a bullet or a quotation mark, and no letter, decide nothing
    return (points - 3 * strange) / count


@cache
def _word_points(word: str) -> float:
    if _ARABIC.fullmatch(word):
        if word in _function_words():
            return 3.0
        if _MISPLACED.search(word):
            return -1.5
        return (2.0 if word.startswith("ال") else 0.8) if len(word) > 1 else -0.3
    if _LATIN.fullmatch(word):
        if _INNER_CAPITAL.search(word) or _ACCENT_RUN.search(word.replace("éé", "é")):
            return -2.0
        if word.lower() in _function_words():
            return 2.0
        accents = [c for c in word if not c.isascii()]
        return 1.0 if all(c in _FRENCH for c in accents) and len(accents) < len(word) else -0.5
    if _OTHER_ARABIC.search(word) or not word.isalpha():
        return -2.0
    return 0.3 if not re.search("[A-Za-z]", word) and not _LATIN.search(word) else -2.0


@cache
def _function_words() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("function_words")) | {"à", "À", "où", "été"}
