"""How is a scanned page drawn so that its lines lie level?

PDFium draws the page in grey, at 300 dots an inch. Tesseract finds by itself which quarter
turn a page lies in, but loses lines that slant by more than some five degrees. So the slant
is measured on a small drawing: lines of text lie level at that angle at which the darkness of
the rows differs most from row to row. The page is then drawn again, turned back.

Costs: 0.1 seconds of a page; a second drawing of one that slants.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

_DOTS = 300  # an inch
_MAX_PIXELS = 40_000_000  # of one page: A3 at 300 dots an inch has 17 million
_SMALL = 700  # pixels of the longer side of the drawing on which the slant is measured
_STRIPS = 48  # upright strips of that drawing: within one, a line may be taken for level
_STEEPEST = 15.0  # degrees; beyond, whoever scanned saw it
_STEP, _FINE = 1.0, 0.25  # degrees
_LEVEL = 1.5  # degrees that Tesseract reads as well as none: measured on pages at 1 and 3

_Strip = tuple[float, Sequence[int]]
"""How far from the middle a strip of a page stands, and how dark its rows are."""


def drawn(page: Any, slant: float = 0.0) -> bytes:
    """Return a page as a grey picture (PGM), turned back by ``slant`` degrees."""
    width, height = page.get_size()
    scale = min(_DOTS / 72, (_MAX_PIXELS / max(1.0, width * height)) ** 0.5)
    if not slant:
        return _pgm(page.render(scale=scale, grayscale=True))
    angle = math.radians(slant)
    cos, sin = math.cos(angle), math.sin(angle)
    across = math.ceil(scale * (width * cos + height * abs(sin)))
    down = math.ceil(scale * (width * abs(sin) + height * cos))
    bitmap = pypdfium2.PdfBitmap.new_native(across, down, pdfium.FPDFBitmap_Gray)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, across, down)
    x, y = width / 2, height / 2  # the middle stays the middle
    turned = pdfium.FS_MATRIX(
        a=scale * cos,
        b=scale * sin,
        c=-scale * sin,
        d=scale * cos,
        e=across / 2 - scale * (x * cos - y * sin),
        f=down / 2 - scale * (x * sin + y * cos),
    )
    whole = pdfium.FS_RECTF(left=0, top=0, right=across, bottom=down)
    pdfium.FPDF_RenderPageBitmapWithMatrix(bitmap, page, turned, whole, 0)
    return _pgm(bitmap)


def slant(page: Any, turn: int) -> float:
    """Return by how many degrees the lines of a page rise to the right, 0.0 if they lie level.

    Args:
        page: The page as PDFium opened it.
        turn: Degrees, of 0, 90, 180 and 270, by which it is to be turned clockwise to be read.
    """
    scale = _SMALL / max(1.0, *page.get_size())
    strips = _strips(page.render(scale=scale, grayscale=True, rotation=turn))
    coarse = _sharpest(strips, around=0.0, reach=_STEEPEST, step=_STEP)
    found = _sharpest(strips, around=coarse, reach=_STEP, step=_FINE)
    return found if abs(found) > _LEVEL else 0.0


def _sharpest(strips: Sequence[_Strip], *, around: float, reach: float, step: float) -> float:
    """Return the angle of most contrast within ``reach``; of equals the nearest to level."""
    steps = round(reach / step)
    angles = (around + step * n for n in range(-steps, steps + 1))
    return max(angles, key=lambda angle: (_contrast(strips, angle), -abs(angle)))


def _strips(bitmap: Any) -> tuple[_Strip, ...]:
    """Return upright strips of a drawing, from the left."""
    grey, width = memoryview(bytes(bitmap.buffer)), bitmap.width
    starts = range(0, bitmap.stride * bitmap.height, bitmap.stride)
    edges = [width * n // _STRIPS for n in range(_STRIPS + 1)]
    return tuple(
        (
            (left + right - width) / 2,
            [255 * (right - left) - sum(grey[at + left : at + right]) for at in starts],
        )
        for left, right in pairwise(edges)
    )


def _contrast(strips: Sequence[_Strip], degrees: float) -> int:
    """Return how much the rows differ from one to the next once turned back by ``degrees``."""
    tangent = math.tan(math.radians(degrees))
    shifts = [round(away * tangent) for away, _ in strips]
    most = max(map(abs, shifts))
    height = len(strips[0][1])
    shifted = [
        rows[max(0, most - shift) : max(0, height - most - shift)]
        for shift, (_, rows) in zip(shifts, strips, strict=True)
    ]
    sums = list(map(sum, zip(*shifted, strict=True)))
    return sum((below - above) ** 2 for above, below in pairwise(sums))


def _pgm(bitmap: Any) -> bytes:
    grey = bytes(bitmap.buffer)
    rows = (grey[at : at + bitmap.width] for at in range(0, len(grey), bitmap.stride))
    return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(rows)
