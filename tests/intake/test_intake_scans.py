"""A scanned page is read however it lay on the glass."""

# ruff: noqa: D103 - the tests' names are their claims

import io
from html import escape

import pypdfium2
import pytest
from tests.intake.support_formats import ARABIC, FRENCH
from tests.intake.support_printed import paragraphs

from tawatur.errors import TooLargeError, UnreadableFileError
from tawatur.intake import extract
from tawatur.intake.ocr import missing
from tawatur.intake.scans import slant

weasyprint = pytest.importorskip("weasyprint", exc_type=ImportError)
image = pytest.importorskip("PIL.Image", reason="Pillow is not installed: no scan can be made")

reads = pytest.mark.skipif(missing() is not None, reason=f"no pictures can be read: {missing()}")


def _scan(texts: list[str], *, language: str, columns: int, degrees: int, kind: str) -> bytes:
    """Return a printed page as a picture, as if it had lain on the glass turned leftwards."""
    way = "rtl" if language == "ar" else "ltr"
    body = "".join(f"<p>{escape(text)}</p>" for text in texts)
    page = (
        f'<html lang="{language}" dir="{way}"><style>@page {{ size: A4; margin: 2cm }}'
        f"body {{ font: 13pt 'Noto Naskh Arabic', 'DejaVu Serif'; text-align: justify }}"
        f"div {{ columns: {columns}; column-gap: 1cm }}</style><div>{body}</div></html>"
    )
    drawing = pypdfium2.PdfDocument(weasyprint.HTML(string=page).write_pdf())[0]
    picture = drawing.render(scale=200 / 72, grayscale=True).to_pil()
    buffer = io.BytesIO()
    turned = picture.rotate(degrees, expand=True, fillcolor=255, resample=image.BICUBIC)
    turned.save(buffer, kind, resolution=200)
    return buffer.getvalue()


_OF_ARABIC = [text for text in paragraphs() if text.startswith("الخبر")][:8]
_OF_FRENCH = [f"{number}. {text}" for number in range(1, 5) for text in FRENCH]


@reads
@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "columns", "degrees", "kind"),
    [
        pytest.param("fr", 2, 96, "PDF", id="French in two columns, on its side and slanting"),
        pytest.param("ar", 2, 188, "PDF", id="Arabic in two columns, upside down and slanting"),
        pytest.param("ar", 1, -8, "JPEG", id="Arabic, a slanting photograph"),
        pytest.param("fr", 2, 90, "PNG", id="French in two columns, a picture on its side"),
        pytest.param("fr", 1, 9, "TIFF", id="French, a slanting fax"),
    ],
)
def test_the_words_come_in_the_order_in_which_a_person_reads_them(
    language: str, columns: int, degrees: int, kind: str
) -> None:
    texts = _OF_ARABIC if language == "ar" else _OF_FRENCH
    content = _scan(texts, language=language, columns=columns, degrees=degrees, kind=kind)
    found = extract(f"scan.{kind.lower()}", content).text
    wanted = " ".join(texts).split()
    read = found.split()
    assert len(set(wanted) & set(read)) > 0.85 * len(set(wanted))
    openings = [found.find(word) for word in _once(wanted, found)]
    assert openings == sorted(openings)


def _once(wanted: list[str], found: str) -> list[str]:
    """Return the words that stand once in the text and once in what was read of it."""
    return [word for word in wanted if wanted.count(word) == found.count(word) == 1]


@pytest.mark.parametrize("degrees", [-12, -4, 0, 1, 7, 93])
def test_a_slant_is_measured_to_half_a_degree(degrees: int) -> None:
    """One of a degree is left to Tesseract, which reads such a page as well as a level one."""
    content = _scan(list(ARABIC) * 4, language="ar", columns=1, degrees=degrees, kind="PDF")
    turn, wanted = (90, degrees - 90) if degrees > 45 else (0, degrees)
    measured = slant(pypdfium2.PdfDocument(content)[0], turn)
    assert measured == pytest.approx(0 if abs(wanted) <= 1 else wanted, abs=0.5)


def test_a_page_without_a_line_lies_level() -> None:
    document = pypdfium2.PdfDocument.new()
    assert slant(document.new_page(595, 842), 0) == 0


@reads
@pytest.mark.slow
def test_every_page_of_a_fax_is_read_whatever_its_colours() -> None:
    texts = [_OF_FRENCH[:2], _OF_FRENCH[2:4]]
    pages = [
        image.open(io.BytesIO(_scan(t, language="fr", columns=1, degrees=0, kind="PNG")))
        for t in texts
    ]
    clear = pages[1].convert("RGBA")
    buffer = io.BytesIO()
    pages[0].convert("1").save(buffer, "TIFF", save_all=True, append_images=[clear])
    found = extract("fax.tiff", buffer.getvalue()).text
    for text in texts:
        words = set(" ".join(text).split())
        assert len(words & set(found.split())) > 0.85 * len(words)


def test_a_picture_of_too_many_pixels_is_refused() -> None:
    buffer = io.BytesIO()
    image.new("1", (30_000, 20_000)).save(buffer, "PNG")
    with pytest.raises((TooLargeError, UnreadableFileError)):
        extract("huge.png", buffer.getvalue())
