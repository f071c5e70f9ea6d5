"""Which pages and documents does a web archive hold?

WARC (ISO 28500): every response and resource that may be a report (pages, plain text,
PDF, office documents), with its address and the time it was fetched; pictures, scripts
and styles are passed over, and so are answers that are errors. WACZ is a ZIP archive
of those, whose lists and logs say nothing that they do not. MHTML: the page that was saved.

Records are read here and not by warcio, which writes what it finds wrong, pages and
all, to the terminal, and unpacks without a limit. What HTTP adds (chunks, gzip,
deflate, Brotli, Zstandard, also one within another) is undone; an answer in another
packing is refused by its name.
"""

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import IO

import brotli
import zstandard

from tawatur.errors import Message, UnreadableFileError
from tawatur.intake.archives import damaged, too_large
from tawatur.intake.decode import MAX_BYTES
from tawatur.intake.kinds import DOCUMENTS, Kind, kind_of
from tawatur.intake.mail import header, leaves, message_of, payload, sent
from tawatur.intake.parts import Budget, Part, label

_TEXTS = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf", "text/rtf",
          "application/rtf", "application/msword", "application/epub+zip")  # fmt: skip
_TEXT_FAMILIES = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml",
    "application/vnd.oasis.opendocument.text",
)
_UNSURE = ("", "application/octet-stream", "application/force-download", "binary/octet-stream")
_NOT_PACKED = ("", "identity", "none", "utf-8")  # the last by servers that mistake the field
_ANSWERED = re.compile(rb"HTTP/\d(?:\.\d)? 200\b")
_VERSION = re.compile(rb"WARC/[01]\.\d+\r?\n")
_CHUNK_SIZE = re.compile(rb"\r?\n?([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r?\n")
_HTTP_HEAD = 64 * 1024  # bytes an answer's header may add to what a document may be
_MAX_LINE = 16 * 1024
_MAX_HEADERS = 200
_STEP = 1024 * 1024
_WINDOW = 8 * 1024 * 1024  # bytes that Zstandard may look back over HTTP (RFC 9659)


def of_warc(name: str, stream: IO[bytes], budget: Budget) -> Iterator[Part]:
    """Yield what was fetched, in the order of the archive; what damage ends is one refused part.

    Raises:
        TooLargeError: Over a limit.
        UnreadableFileError: Not one whole record.
    """
    at = 0
    while True:
        at += 1
        try:
            headers = _record(stream)
            if headers is None:
                return
            budget.part()
            part = _fetched(stream, headers, budget, at)
        except (ValueError, EOFError, OSError, zlib.error) as error:
            if at == 1:
                raise UnreadableFileError(
                    "{0} is damaged, or no WARC ({1})", name, error
                ) from error
            yield Part((f"record {at}",), refused=damaged(error))
            return
        if part is not None:
            yield part


def _record(stream: IO[bytes]) -> dict[str, str] | None:
    """Return the next record's headers by lower-case name, None at the end."""
    line = b"\n"
    while line and not line.strip():
        line = stream.readline(_MAX_LINE)
    if not line:
        return None
    if not _VERSION.match(line):
        raise ValueError("a record does not begin as one")
    headers: dict[str, str] = {}
    for _ in range(_MAX_HEADERS):
        line = stream.readline(_MAX_LINE)
        if not line:
            raise EOFError("a record is cut short")
        if not line.strip():
            return headers
        key, _, value = line.decode("utf-8", "replace").partition(":")
        headers.setdefault(key.strip().lower(), value.strip())
    raise ValueError("a record has too many headers")


def _fetched(stream: IO[bytes], headers: Mapping[str, str], budget: Budget, at: int) -> Part | None:
    """Return what a record holds if it may be a report; the stream is then behind it."""
    stated_length = headers.get("content-length", "")
    if not stated_length.isascii() or not stated_length.isdigit() or len(stated_length) > 15:
        raise ValueError("a record does not say how long it is")
    length = int(stated_length)
    kind = headers.get("warc-type")
    if kind not in ("response", "resource"):
        _skip(stream, length)
        return None
    address = headers.get("warc-target-uri", "").strip("<>")
    path = (label(address or f"record {at}"),)
    if length > MAX_BYTES + _HTTP_HEAD:
        _skip(stream, length)
        return Part(path, refused=too_large())
    content = _exactly(stream, length)
    budget.bytes(length)
    stated = headers.get("content-type", "")
    if kind == "response" or stated.startswith("application/http"):
        answer, parted, content = content.partition(b"\r\n\r\n")
        if not parted or not _ANSWERED.match(answer):
            return None
        http = _http_headers(answer)
        stated = http.get("content-type", "")
        if not _may_be_report(stated):
            return None
        packings = _packings(http)
        unknown = next((packing for packing in packings if packing not in _UNPACKERS), None)
        if unknown is not None:
            return Part(
                path, refused=Message("the answer is packed as {0}, which is not read", (unknown,))
            )
        unpacked = _body(content, http, packings, budget)
        if unpacked is None:
            return Part(path, refused=too_large())
        content = unpacked
    if not content or not _may_be_report(stated):
        return None
    if _bare(stated) in _UNSURE and kind_of(address, content) not in DOCUMENTS - {Kind.PICTURE}:
        return None
    return Part(
        path,
        content,
        media_type=stated or None,
        address=address or None,
        captured=headers.get("warc-date"),
    )


def _http_headers(answer: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in answer.decode("latin-1").split("\r\n")[1:_MAX_HEADERS]:
        key, _, value = line.partition(":")
        found.setdefault(key.strip().lower(), value.strip())
    return found


def _packings(http: Mapping[str, str]) -> list[str]:
    """Return the packings of a body, outermost first."""
    stated = http.get("content-encoding", "").lower().split(",")
    return [packing.strip() for packing in reversed(stated) if packing.strip() not in _NOT_PACKED]


def _body(
    content: bytes, http: Mapping[str, str], packings: Sequence[str], budget: Budget
) -> bytes | None:
    """Return an answer's body as its sender meant it, None if it is too large for a document."""
    if "chunked" in http.get("transfer-encoding", "").lower():
        content = _unchunked(content)
    for packing in packings:
        if not content:
            break
        unpacked = _UNPACKERS[packing](content)
        budget.bytes(len(unpacked) if unpacked is not content else 0)
        content = unpacked
        if len(content) > MAX_BYTES:
            return None
    return content if len(content) <= MAX_BYTES else None


def _gunzipped(content: bytes) -> bytes:
    """Return the first bytes of what gzip packed; as it is where it is none."""
    packed = content.startswith(b"\x1f\x8b")  # else unpacked by whoever wrote the archive
    return _inflated(content) if packed else content


def _inflated(content: bytes) -> bytes:
    """Return the first bytes of what deflate packed, one more than a document may have."""
    try:
        return zlib.decompressobj(47).decompress(content, MAX_BYTES + 1)  # gzip or zlib
    except zlib.error:
        # deflate without its wrapper, as some servers send it
        return zlib.decompressobj(-15).decompress(content, MAX_BYTES + 1)


def _unbrotlied(content: bytes) -> bytes:
    """Return the first bytes of what Brotli packed; as it is where it is no whole stream of it."""
    unpacker = brotli.Decompressor()
    pieces: list[bytes] = []
    size, given = 0, content
    try:
        while size <= MAX_BYTES:
            piece = unpacker.process(given, output_buffer_limit=_STEP)
            given = b""
            pieces.append(piece)
            size += len(piece)
            if unpacker.is_finished():
                break
            if not piece and unpacker.can_accept_more_data():
                return content
    except brotli.error:
        return content  # unpacked by whoever wrote the archive
    return b"".join(pieces)


def _unzstandarded(content: bytes) -> bytes:
    """Return the first bytes of what Zstandard packed; as it is where it is no stream of it."""
    unpacker = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
    pieces: list[bytes] = []
    size = 0
    try:
        with unpacker.stream_reader(content, read_across_frames=True) as stream:
            while size <= MAX_BYTES and (piece := stream.read(_STEP)):
                pieces.append(piece)
                size += len(piece)
    except zstandard.ZstdError:
        return content  # unpacked by whoever wrote the archive
    return b"".join(pieces)


_UNPACKERS = {
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
    "deflate": _inflated,
    "br": _unbrotlied,
    "zstd": _unzstandarded,
}
"""How each packing of HTTP is undone, up to one byte more than a document may have."""


def _unchunked(content: bytes) -> bytes:
    """Return the body without its chunk sizes; as it is if it has none."""
    pieces, at = [], 0
    while found := _CHUNK_SIZE.match(content, at):
        size = int(found[1], 16)
        if not size:
            break
        pieces.append(content[found.end() : found.end() + size])
        at = found.end() + size
    return b"".join(pieces) if pieces else content


def _exactly(stream: IO[bytes], length: int) -> bytes:
    content = stream.read(length)
    if len(content) < length:
        raise EOFError("a record is cut short")
    return content


def _skip(stream: IO[bytes], length: int) -> None:
    while length > 0:
        step = len(stream.read(min(length, _STEP)))
        if not step:
            raise EOFError("a record is cut short")
        length -= step


def of_mhtml(name: str, content: bytes, budget: Budget) -> Iterator[Part]:
    """Yield the page that was saved.

    Raises:
        TooLargeError: More parts than a page has.
        UnreadableFileError: No page in it.
    """
    message = message_of(content)
    pages = [part for part, _ in leaves(name, message) if part.get_content_type() == "text/html"]
    if not pages:
        raise UnreadableFileError("{0} holds no page; it is damaged, or no MHTML", name)
    wanted = header(message, "Snapshot-Content-Location")
    page = next((p for p in pages if header(p, "Content-Location") == wanted), pages[0])
    charset = page.get_content_charset()
    budget.bytes(len(content))
    address = header(page, "Content-Location") or wanted
    shown = payload(page)
    if not shown:
        yield Part((label(address or name),), refused=Message("the saved page is empty"))
        return
    yield Part(
        (label(address or name),),
        shown,
        media_type=f"text/html; charset={charset}" if charset else "text/html",
        address=address or None,
        captured=sent(message, time=True),
    )


def _bare(stated: str) -> str:
    return stated.partition(";")[0].strip().lower()


def _may_be_report(stated: str) -> bool:
    kind = _bare(stated)
    return kind in _TEXTS or kind in _UNSURE or kind.startswith(_TEXT_FAMILIES)
