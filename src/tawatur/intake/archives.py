"""What lies in a ZIP or tar archive, or under gzip, bzip2 and xz?

Members are read in order, in memory, one at a time, never past what one document may
be; nothing is unpacked to a disk. Links, devices and folders have no content and are
passed over, and so are the hidden files that systems leave in archives.
"""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO

from tawatur.errors import Message, TooLargeError, UnreadableFileError
from tawatur.intake.decode import MAX_BYTES, score_as_text
from tawatur.intake.parts import Budget, Part, label

_XZ_MEMORY = 192 * 1024**2  # bytes of the dictionary: `xz -9` needs 65 million
_CHUNK = 64 * 1024
_ENCRYPTED = 1
_UTF8_NAME = 0x800
_RECORDED, _ARCHIVED = "datapackage.json", "archive/"  # what a WACZ says of itself, and holds
_NAME_PAGES = ("cp437", "cp850", "cp720", "windows-1256", "windows-1252")


def of_zip(name: str, content: bytes, budget: Budget) -> Iterator[Part]:
    """Yield the members of a ZIP archive in their order; of a WACZ the web archives alone.

    Raises:
        TooLargeError: Over a limit.
        UnreadableFileError: No archive.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as cause:
        raise UnreadableFileError("{0} is damaged, or no ZIP archive ({1})", name, cause) from cause
    with archive:
        wanted = _ARCHIVED if _is_wacz(archive) else ""
        for entry in archive.infolist():
            if (
                entry.is_dir()
                or _passed_over(entry.filename)
                or not entry.filename.startswith(wanted)
            ):
                budget.part()
                continue
            path = (label(_zip_name(entry)),)
            if entry.flag_bits & _ENCRYPTED:
                yield Part(path, refused=Message("it needs a password; unpack it first"))
                continue
            try:
                with archive.open(entry) as stream:
                    yield _member(path, stream, budget)
            except (TooLargeError, MemoryError):
                raise
            except Exception as error:  # noqa: BLE001 - zlib, lzma and zipfile share no error
                yield Part(path, refused=damaged(error))


def of_tar(name: str, stream: IO[bytes], budget: Budget) -> Iterator[Part]:
    """Yield the regular files of a tar archive in their order.

    Raises:
        TooLargeError: Over a limit.
        UnreadableFileError: No archive.
    """
    try:
        archive = tarfile.open(fileobj=stream, mode="r|", errors="surrogateescape")  # noqa: SIM115 - closed below
    except tarfile.TarError as cause:
        raise UnreadableFileError("{0} is damaged, or no tar archive ({1})", name, cause) from cause
    with archive:
        for entry in archive:
            if not entry.isreg() or _passed_over(entry.name):
                budget.part()
                continue
            reader = archive.extractfile(entry)
            if reader is not None:
                yield _member((label(entry.name),), reader, budget, counted=True)


def unpacked(content: bytes, kind: str, budget: Budget) -> io.BufferedReader:
    """Return a stream of what lies under a compression: gzip, bzip2 or xz."""
    source = io.BytesIO(content)
    inner: IO[bytes] | gzip.GzipFile | bz2.BZ2File
    if kind == "gzip":
        inner = gzip.GzipFile(fileobj=source)
    elif kind == "bzip2":
        inner = bz2.BZ2File(source)
    else:
        inner = io.BufferedReader(_Xz(source))
    return io.BufferedReader(_Counted(inner, budget), _CHUNK)


def limited(stream: IO[bytes], budget: Budget, *, counted: bool = False) -> bytes | None:
    """Return what a stream holds, None if it is more than one document may be.

    Raises:
        TooLargeError: Over a limit of the container.
    """
    chunks, size = [], 0
    while chunk := stream.read(_CHUNK):
        if not counted:
            budget.bytes(len(chunk))
        size += len(chunk)
        if size > MAX_BYTES:
            return None
        chunks.append(chunk)
    return b"".join(chunks)


def too_large() -> Message:
    """Return why a part is refused that is larger than a document may be."""
    return Message(
        "over the limit of {0} MB for one document; split it into its reports",
        (str(MAX_BYTES // 1024**2),),
    )


def damaged(error: Exception) -> Message:
    """Return why a part is refused that cannot be unpacked."""
    return Message("it is damaged and cannot be unpacked ({0})", (said_by(error),))


def said_by(error: Exception) -> str:
    """Return what a library says of damage, in one short line."""
    return " ".join(str(error).split())[:120] or type(error).__name__


def _member(
    path: tuple[str, ...], stream: IO[bytes], budget: Budget, *, counted: bool = False
) -> Part:
    content = limited(stream, budget, counted=counted)
    return Part(path, content) if content is not None else Part(path, refused=too_large())


def _passed_over(name: str) -> bool:
    steps = [step for step in PurePosixPath(name).parts if step not in ("..", ".")]
    return any(step.startswith(".") or step == "__MACOSX" for step in steps) or (
        steps[-1:] in (["Thumbs.db"], ["desktop.ini"])
    )


def _is_wacz(archive: zipfile.ZipFile) -> bool:
    names = archive.namelist()
    archived = any(name.startswith(_ARCHIVED) and ".warc" in name for name in names)
    return archived and _RECORDED in names


def _zip_name(entry: zipfile.ZipInfo) -> str:
    """Return a member's name: old archivers wrote it in the code page of their system."""
    if entry.flag_bits & _UTF8_NAME or entry.filename.isascii():
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        found = [raw.decode(page, "replace") for page in _NAME_PAGES]
    words = [name.replace("_", " ").replace("/", " ") for name in found]
    best = max(range(len(found)), key=lambda i: (score_as_text(words[i]), -i))
    return found[best]


class _Counted(io.RawIOBase):
    """Counts what is read from a stream."""

    def __init__(self, inner: IO[bytes] | gzip.GzipFile | bz2.BZ2File, budget: Budget) -> None:
        self._inner, self._budget = inner, budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any buffer
        content = self._inner.read(len(buffer))
        self._budget.bytes(len(content))
        buffer[: len(content)] = content
        return len(content)


class _Xz(io.RawIOBase):
    """Unpacks xz with bounded memory, which the library's own file class cannot."""

    def __init__(self, source: io.BytesIO) -> None:
        self._source, self._left = source, b""
        self._unpacker = lzma.LZMADecompressor(memlimit=_XZ_MEMORY)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any buffer
        while True:
            if self._unpacker.eof:
                self._left = (self._unpacker.unused_data or self._source.read(_CHUNK)).lstrip(b"\0")
                if not self._left:
                    return 0
                self._unpacker = lzma.LZMADecompressor(memlimit=_XZ_MEMORY)
            packed = b""
            if self._unpacker.needs_input:
                packed = self._left or self._source.read(_CHUNK)
                self._left = b""
                if not packed:
                    raise EOFError("the file is cut short")
            content = self._unpacker.decompress(packed, len(buffer))
            if content:
                buffer[: len(content)] = content
                return len(content)
