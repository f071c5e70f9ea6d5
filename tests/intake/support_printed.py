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


HARD = (
    ("rtl", "قال (الوزير) [أمس] إن 14 دولة «من أصل 22» وافقت {بالإجماع} على القرار."),
    ("rtl", "الأولاد والآباء لا يلاحظون الإسلام والأمل والآن ولإيران في لآلئ البحر وحدها هنا."),
    ("rtl", "بلغ سعر البرميل 85.40 دولارا (Brent) و 82,15 دولارا (WTI) يوم 2023-05-04 عند 14:30."),
    ("rtl", "مُحَمَّدٌ رَسُولٌ كَرِيمٌ، وَقَالَ: «إِنَّ هَذَا لَحَقٌّ» في كِتَابِهِ."),
    ("rtl", "السـلام عليكم ورحمـــة الله وبركاته، كتبها بتطويل للتأكيد على المعنى."),
    ("rtl", "أعلنت شركة Sonatrach (SH) عن عقد بقيمة $1,250,000 مع ENI S.p.A. لمدة 3 سنوات."),
    ("rtl", "اتصل على الرقم +213 21 54 30 00 أو عبر البريد contact@example.org قبل 31/12/2024."),
    ("rtl", "النسبة: 12.5%، والدرجة 25°C حسب التقرير 45/2023."),
    ("rtl", "ارتفع العدد من ١٢٫٥ إلى ١٤٬٠٠٠ نسمة بين عامي ٢٠١٩ و٢٠٢٣."),
    ("ltr", "Le ministre (محمد الأمين) a dit « نعم » à 14 h 30, selon l'agence."),
    ("ltr", "The word القاعدة (al-Qaida, القاعدة في المغرب) appears twice here."),
    ("rtl", "- البند الأول: (أ) تأمين الحدود؛ (ب) تبادل المعلومات؛ (ج) تدريب 500 جندي."),
    ("rtl", "ﻻ ﺗﻮﺟﺪ ﻣﻌﻠﻮﻣﺎت عن الحادث حتى الآن في المنطقة."),
)
"""Lines of both scripts, figures, brackets, vowel signs, tatweel, shaped letters."""


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
    body += "".join(f'<p dir="{way}">{escape(text)}</p>' for way, text in HARD)
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{TITLE}</title><style>'
        f'@page {{ size: A4; margin: 2.5cm; @top-center {{ content: "{HEAD}" }} '
        '@bottom-center { content: "صفحة " counter(page) " من " counter(pages) } }'
        "p { text-align: justify; hyphens: auto; font: 14pt 'Noto Naskh Arabic', 'DejaVu Sans' }"
        f"</style></head><body><h1>{TITLE}</h1>{body}<p>يأتي النص هنا<sup>1</sup> وبعده جدول.</p>"
        '<table width="100%" style="width: 100%; table-layout: fixed"><tr><td width="40%">مالي (الشمال)</td><td width="30%">1,204</td><td width="30%">ACLED</td></tr>'
        "<tr><td>النيجر</td><td>٣٥</td><td>أ.ف.ب</td></tr></table>"
        '<p style="font-size: 9pt">1. حاشية توضح المصدر (الوكالة).</p></body></html>'
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
