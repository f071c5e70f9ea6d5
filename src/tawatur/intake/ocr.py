"""Which words does a picture show, where this system can tell?

Tesseract reads the picture from its standard input and writes the text to its
standard output: no file is made. Pages of a PDF are drawn in grey by PDFium, at 300
dots an inch, and go the same way, so that neither OCRmyPDF nor Ghostscript is
needed. Arabic, French and English must all be there: a page read with the wrong
letters is worse than one refused. What was read is marked by its extractor, which
names the program's version: another version makes another rendition.

Costs: a few seconds a page, one processor; ended after ``SECONDS`` a page, and with the
worker process that asked for it.
"""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from tawatur.errors import EmptyFileError, Message, TooLargeError, UnreadableFileError
from tawatur.intake.composed import Piece, composed
from tawatur.model.document import Extraction, Extractor

SECONDS = 60
_ALL_SECONDS = 540  # of one document
_VERSION = "0.2"
_LANGUAGES = ("ara", "fra", "eng")
_DOTS = 300  # an inch
_MAX_PIXELS = 40_000_000  # of one page: A3 at 300 dots an inch has 17 million
_MAX_PAGES = 200
_MEMORY = 3 * 1024**3  # bytes of address space that the program may take
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e]")  # which Tesseract adds
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]\n(?=[a-zà-ÿ])")
_KINDS = {
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
    b"BM": "image/bmp",
    b"GIF8": "image/gif",
    b"RIFF": "image/webp",
}


def missing() -> Message | None:
    """Return what to install before pictures can be read, None if all is there."""
    if shutil.which("tesseract") is None:
        return Message(
            "reading pictures needs Tesseract; install the packages "
            "tesseract-ocr, tesseract-ocr-ara and tesseract-ocr-fra (their names in Debian)"
        )
    lacking = [language for language in _LANGUAGES if language not in _installed()]
    if lacking:
        packages = ", ".join(f"tesseract-ocr-{language}" for language in lacking)
        return Message("Tesseract lacks languages; install {0} (the names in Debian)", (packages,))
    return None


def program() -> str:
    """Return the program's name, version and languages, for a rendition's settings."""
    return f"{_version()} {'+'.join(_LANGUAGES)}"


def read_picture(name: str, content: bytes) -> Extraction:
    """Return the rendition of a picture of a text.

    Raises:
        EmptyFileError: Nothing was read.
        UnreadableFileError: The system lacks what this needs, or the picture is damaged.
    """
    _required(name)
    text = _read(name, content, SECONDS)
    if not text.strip():
        raise EmptyFileError("{0} shows no words that could be read; nothing to take in", name)
    return composed(
        name,
        (Piece(paragraph) for paragraph in paragraphs(text)),
        media_type=next((k for m, k in _KINDS.items() if content.startswith(m)), "image/*"),
        extractor=Extractor("tawatur.ocr", _VERSION, program()),
    )


def pages_read(name: str, document: Any, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield the number and the text of each page of a PDF that is a picture.

    Raises:
        TooLargeError: More pages than are read this way.
        UnreadableFileError: The system lacks what this needs, or reading took too long.
    """
    _required(name)
    if len(numbers) > _MAX_PAGES:
        raise TooLargeError(
            "{0} has {1} pages of pictures, over the limit of {2}; split it into its reports",
            name,
            len(numbers),
            _MAX_PAGES,
        )
    ends = time.monotonic() + _ALL_SECONDS
    for number in numbers:
        page = document[number]
        width, height = page.get_size()
        scale = min(_DOTS / 72, (_MAX_PIXELS / max(1.0, width * height)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
        grey = bytes(bitmap.buffer)
        rows = (grey[at : at + bitmap.width] for at in range(0, len(grey), bitmap.stride))
        picture = b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(rows)
        page.close()
        left = ends - time.monotonic()
        yield number, "\n".join(paragraphs(_read(name, picture, min(SECONDS, max(1.0, left)))))


def paragraphs(text: str) -> list[str]:
    """Return Tesseract's paragraphs: lines joined, since it parts paragraphs by blank lines."""
    whole = _BROKEN.sub("", _MARKS.sub("", text))
    blocks = whole.replace("\f", "\n\n").split("\n\n")
    return [" ".join(block.split()) for block in blocks if block.strip()]


def _required(name: str) -> None:
    lacking = missing()
    if lacking is not None:
        raise UnreadableFileError("{0} is a picture of a text: {1}", name, lacking)


def _read(name: str, picture: bytes, seconds: float) -> str:
    command = ["tesseract", "stdin", "stdout", "-l", "+".join(_LANGUAGES), "--psm", "3"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    ) as running:
        _limit(running.pid)
        try:
            said, complaint = running.communicate(picture, timeout=seconds)
        except subprocess.TimeoutExpired as cause:
            running.kill()
            raise UnreadableFileError(
                "{0}: reading its pictures took longer than {1} seconds and was ended",
                name,
                f"{seconds:.0f}",
            ) from cause
    if running.returncode < 0:  # as this process may be bounded, so is what it starts
        raise UnreadableFileError("{0}: reading its pictures met a limit and was ended", name)
    if running.returncode:
        last = complaint.decode("utf-8", "replace").strip().splitlines()[-1:] or [""]
        raise UnreadableFileError("{0} is damaged: no picture can be read ({1})", name, last[0])
    return said.decode("utf-8", "replace")


def _limit(process: int) -> None:
    """Bound the program's memory where the system can bound another process's."""
    try:
        import resource  # noqa: PLC0415 - not on every system

        resource.prlimit(process, resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    except (ImportError, AttributeError, OSError):
        return


@cache
def _installed() -> frozenset[str]:
    return frozenset(_said("--list-langs").split())


@cache
def _version() -> str:
    return " ".join(_said("--version").split()[:2]) or "tesseract"


def _said(option: str) -> str:
    try:
        done = subprocess.run(["tesseract", option], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (done.stdout or done.stderr).decode("utf-8", "replace")
