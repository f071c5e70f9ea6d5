"""A brief → files: HTML, PDF or DOCX by itself, or Markdown with its documents beside it."""

import io
import zipfile
from pathlib import Path

from tawatur.briefs import Brief, documents_page, docx, html, markdown, pdf
from tawatur.errors import UsageError, system_message

MARKED = (".html", ".md")
"""Suffixes of the files whose copies can be marked: marks lie in text."""


def brief_text(brief: Brief, out: Path) -> str:
    """Return what the text file ``out`` is to hold, by its suffix.

    Raises:
        UsageError: Another suffix than one of `MARKED`.
    """
    match out.suffix:
        case ".html":
            return html(brief)
        case ".md":
            return markdown(brief, _beside(out).name)
    raise UsageError("{0}: a copy that can be marked ends in .html or .md", out)


def write_brief(brief: Brief, out: Path, text: str | None = None) -> tuple[Path, ...]:
    """Write ``brief`` by the suffix of ``out`` and return the files written.

    Args:
        brief: The brief.
        out: The file.
        text: What it is to hold, where that is a copy of `brief_text`.

    Raises:
        UsageError: Another suffix, a brief too long for paper, or a folder that cannot be written.
    """
    content = brief_bytes(brief, out) if text is None else text.encode()
    beside = _beside(out)
    try:
        out.write_bytes(content)
        if out.suffix != ".md":
            return (out,)
        beside.write_text(documents_page(brief), "utf-8")
    except OSError as cause:
        raise UsageError("{0} cannot be written ({1})", out, system_message(cause)) from cause
    return out, beside


def brief_bytes(brief: Brief, out: Path) -> bytes:
    """Return what a file is to hold, by its suffix.

    Raises:
        UsageError: Another suffix, or a brief too long for paper.
    """
    match out.suffix:
        case ".pdf":
            return pdf(brief)
        case ".docx":
            return docx(brief)
        case suffix if suffix in MARKED:
            return brief_text(brief, out).encode()
    raise UsageError("{0}: give a file that ends in .html, .pdf, .docx or .md", out)


def brief_archive(brief: Brief, name: str) -> bytes:
    """Return a brief as Markdown and the page of its documents, in one ZIP archive."""
    out = Path(f"{name}.md")
    files = {out.name: brief_text(brief, out), _beside(out).name: documents_page(brief)}
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for each, text in files.items():
            packed.writestr(zipfile.ZipInfo(each), text, zipfile.ZIP_DEFLATED)
    return archive.getvalue()


def _beside(out: Path) -> Path:
    """Return where the reports lie that a text links to."""
    return out.with_name(f"{out.stem}.documents.html")
