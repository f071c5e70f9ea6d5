"""Pages printed by several programs, for the tests that read them back."""

# ruff: noqa: E501 - markup stays on one line

import shutil
import subprocess
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from tests.intake.support_formats import ARABIC, FRENCH, TITLE

HEAD = "نشرة الوزارة اليومية"
PAGES = 4


def paragraphs() -> list[str]:
    """Return paragraphs, no two the same, in Arabic and French."""
    found = []
    for i in range(PAGES * 2):
        letter = "بتثجحخدذ"[i]
        found += [f"الخبر {letter}: {text}" for text in ARABIC]
        found += [f"{chr(65 + i) * 3} {text}" for text in FRENCH]
    return found


def page() -> str:
    """Return a page for print: a running head, page numbers, a table, hyphens."""
    body = "".join(
        f"<p>{escape(text)}</p>"
        if text.startswith("ا")
        else f'<p lang="fr" dir="ltr">{escape(text)}</p>'
        for text in paragraphs()
    )
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{TITLE}</title><style>'
        f'@page {{ size: A4; margin: 2.5cm; @top-center {{ content: "{HEAD}" }} '
        '@bottom-center { content: "صفحة " counter(page) " من " counter(pages) } }'
        "p { text-align: justify; hyphens: auto; font: 14pt 'Noto Naskh Arabic', 'DejaVu Sans' }"
        f"</style></head><body><h1>{TITLE}</h1>{body}<table><tr><td>مالي</td><td>12</td></tr>"
        "<tr><td>النيجر</td><td>7</td></tr></table></body></html>"
    )


def _weasyprint(folder: Path) -> bytes:
    weasyprint = pytest.importorskip("weasyprint", exc_type=ImportError)
    written = weasyprint.HTML(string=page()).write_pdf()
    assert isinstance(written, bytes)
    return written


def _chromium(folder: Path) -> bytes:
    return _printed(
        folder,
        "chromium",
        ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile",
         f"--print-to-pdf={folder}/page.pdf", f"{folder}/page.html"],
    )  # fmt: skip


def _libreoffice(folder: Path) -> bytes:
    return _printed(
        folder,
        "soffice",
        ["--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf",
         "--outdir", str(folder), f"{folder}/page.html"],
    )  # fmt: skip


def _printed(folder: Path, program: str, arguments: list[str]) -> bytes:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed: its way of printing is not tested here")
    (folder / "page.html").write_text(page(), "utf-8")
    subprocess.run([program, *arguments], check=False, capture_output=True, timeout=120)
    assert (folder / "page.pdf").exists(), f"{program} printed nothing"
    return (folder / "page.pdf").read_bytes()


PRODUCERS: dict[str, Callable[[Path], bytes]] = {
    "WeasyPrint": _weasyprint,
    "Chromium": _chromium,
    "LibreOffice": _libreoffice,
}
