"""Which words does a picture show, where this system can tell?

Tesseract reads the picture from its standard input and writes the text to its
standard output: no file is made. Pages of a PDF go the same way as they are drawn in
`scans`, so that neither OCRmyPDF nor Ghostscript is needed (decision 18). Arabic, French and
English must all be there: a page read with the wrong letters is worse than one refused. What
was read is marked by its extractor, which names the program's version: another version makes
another rendition.

A page is looked at before it is read: in which quarter turn it lies, how far its lines
slant, and which script most of it is in. The last decides which language is named first, and
with it whether columns are read from the right or from the left.

Costs: a few seconds a page, one processor, of which the look takes one; ended after
``SECONDS`` a page, and with the worker process that asked for it.
"""

import io
import os
import re
import shutil
import struct
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pypdfium2
from PIL import Image, ImageOps

from tawatur.errors import EmptyFileError, Message, TooLargeError, UnreadableFileError
from tawatur.intake import scans
from tawatur.intake.composed import Piece, composed
from tawatur.model.document import Extraction, Extractor

SECONDS = 60
_ALL_SECONDS = 540  # of one document
_VERSION = "0.4"
_LANGUAGES = ("ara", "fra", "eng")  # columns are read in the order of the first one's script
_LATIN_FIRST = ("fra", "eng", "ara")
_LOOKS = "osd"  # Tesseract's data for the look at a page, named as a language
_MAX_PAGES = 200
_MEMORY = 3 * 1024**3  # bytes of address space that the program may take
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e]")  # which Tesseract adds
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]\n(?=[a-zà-ÿ])")
_SAID = re.compile(r"^(Rotate|Script): (\w+)", re.MULTILINE)
_PAGE_INCHES = 11.7  # the longer side of an A4 page, as which a photograph is drawn
_MAX_PIXELS = 80_000_000  # of one page of a picture: more than a sheet of A3 at 600 dots an inch
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
_DAMAGED = (OSError, SyntaxError, ValueError, EOFError, struct.error, Image.DecompressionBombError)
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
    lacking = [data for data in (*_LANGUAGES, _LOOKS) if data not in _installed()]
    if lacking:
        packages = ", ".join(f"tesseract-ocr-{data}" for data in lacking)
        return Message("Tesseract lacks languages; install {0} (the names in Debian)", (packages,))
    return None


def program() -> str:
    """Return the program's name, version and languages, for a rendition's settings."""
    return f"{_version()} {'+'.join(_LANGUAGES)}"


def read_picture(name: str, content: bytes) -> Extraction:
    """Return the rendition of a picture of a text.

    Raises:
        EmptyFileError: Nothing was read.
        TooLargeError: More pages, or more pixels on one, than are read this way.
        UnreadableFileError: The system lacks what this needs, or the picture is damaged.
    """
    _required(name)
    ends = time.monotonic() + _ALL_SECONDS
    text = "\n\n".join(_of_photograph(name, each, ends) for each in _greys(name, content))
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
    _verify_count(name, len(numbers))
    ends = time.monotonic() + _ALL_SECONDS
    for number in numbers:
        page = document[number]
        text = _of_page(name, page, ends)
        page.close()
        yield number, "\n".join(paragraphs(text))


def paragraphs(text: str) -> list[str]:
    """Return Tesseract's paragraphs: lines joined, since it parts paragraphs by blank lines."""
    whole = _BROKEN.sub("", _MARKS.sub("", text))
    blocks = whole.replace("\f", "\n\n").split("\n\n")
    return [" ".join(block.split()) for block in blocks if block.strip()]


def _required(name: str) -> None:
    lacking = missing()
    if lacking is not None:
        raise UnreadableFileError("{0} is a picture of a text: {1}", name, lacking)


@dataclass(frozen=True, slots=True)
class _Look:
    """What a page is like before it is read."""

    turn: int = 0  # degrees by which it is to be turned clockwise
    script: str = "Arabic"  # as Tesseract names it


def _verify_count(name: str, pages: int) -> None:
    if pages > _MAX_PAGES:
        raise TooLargeError(
            "{0} has {1} pages of pictures, over the limit of {2}; split it into its reports",
            name,
            pages,
            _MAX_PAGES,
        )


def _greys(name: str, content: bytes) -> Iterator[Image.Image]:
    """Yield the pages of a picture in grey on white, as its camera was held; of a film the first.

    Raises:
        TooLargeError: More pages, or more pixels on one, than are read this way.
        UnreadableFileError: It is damaged.
    """
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            pages = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
            _verify_count(name, pages)
            for number in range(pages):
                picture.seek(number)
                _verify_size(name, *picture.size)
                yield _grey(ImageOps.exif_transpose(picture))
    except _DAMAGED as cause:
        raise UnreadableFileError(
            "{0} is damaged: no picture can be read ({1})", name, cause
        ) from cause


def _verify_size(name: str, width: int, height: int) -> None:
    if width * height > _MAX_PIXELS:
        raise TooLargeError(
            "{0} is a picture of {1} by {2} pixels, over the limit of {3} million; make it smaller",
            name,
            width,
            height,
            _MAX_PIXELS // 1_000_000,
        )


def _grey(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I;16"):
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    if not picture.has_transparency_data:
        return picture.convert("L")
    shown = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown).convert("L")


def _of_photograph(name: str, picture: Image.Image, ends: float) -> str:
    """Return the text of a picture, which may slant as a scanned page may."""
    document = pypdfium2.PdfDocument.new()
    try:
        placed = pypdfium2.PdfImage.new(document)
        placed.set_bitmap(pypdfium2.PdfBitmap.from_pil(picture))
        points = _PAGE_INCHES * 72 / max(1, *picture.size)
        size = (picture.width * points, picture.height * points)
        placed.set_matrix(pypdfium2.PdfMatrix().scale(*size))
        page = document.new_page(*size)
        page.insert_obj(placed)
        page.gen_content()
        return _of_page(name, page, ends)
    finally:
        document.close()


def _of_page(name: str, page: Any, ends: float) -> str:
    """Return the text of a page, given no more seconds than are left until ``ends``."""
    seconds = min(SECONDS, max(1.0, ends - time.monotonic()))
    picture = scans.drawn(page)
    look = _looked(name, picture, seconds)
    slant = scans.slant(page, look.turn)
    return _read(name, scans.drawn(page, slant) if slant else picture, look, seconds)


def _looked(name: str, picture: bytes, seconds: float) -> _Look:
    """Return what a page is like; one with too few letters to tell is taken as it lies."""
    said, _, _ = _tesseract(name, ("--psm", "0", "-l", _LOOKS), picture, seconds)
    found = dict(_SAID.findall(said))
    return _Look(int(found.get("Rotate", 0)), found.get("Script", "Arabic"))


def _read(name: str, picture: bytes, look: _Look, seconds: float) -> str:
    languages = _LATIN_FIRST if look.script == "Latin" else _LANGUAGES
    options = ("-l", "+".join(languages), "--psm", "1")
    said, complaint, code = _tesseract(name, options, picture, seconds)
    if code:
        last = complaint.strip().splitlines()[-1:] or [""]
        raise UnreadableFileError("{0} is damaged: no picture can be read ({1})", name, last[0])
    return said


def _tesseract(
    name: str, options: Sequence[str], picture: bytes, seconds: float
) -> tuple[str, str, int]:
    """Return what Tesseract says of a picture, what it complains of, and its exit status.

    Raises:
        UnreadableFileError: It met a limit.
    """
    with subprocess.Popen(
        ["tesseract", "stdin", "stdout", *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
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
    return said.decode("utf-8", "replace"), complaint.decode("utf-8", "replace"), running.returncode


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
