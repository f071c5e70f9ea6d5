"""A brief → files: one self-contained HTML, or Markdown with its documents beside it."""

from pathlib import Path

from tawatur.briefs import Brief, documents_page, html, markdown
from tawatur.errors import UsageError, system_message


def brief_text(brief: Brief, out: Path) -> str:
    """Return what the file ``out`` is to hold, by its suffix.

    Raises:
        UsageError: Another suffix.
    """
    match out.suffix:
        case ".html":
            return html(brief)
        case ".md":
            return markdown(brief, _beside(out).name)
    raise UsageError("{0}: give a file that ends in .html or .md", out)


def write_brief(brief: Brief, out: Path, text: str | None = None) -> tuple[Path, ...]:
    """Write ``brief`` by the suffix of ``out`` and return the files written.

    Args:
        brief: The brief.
        out: The file.
        text: What it is to hold, where that is a copy of `brief_text`.

    Raises:
        UsageError: Another suffix, or a folder that cannot be written.
    """
    text = brief_text(brief, out) if text is None else text
    beside = _beside(out)
    try:
        out.write_text(text, "utf-8")
        if out.suffix == ".html":
            return (out,)
        beside.write_text(documents_page(brief), "utf-8")
    except OSError as cause:
        raise UsageError("{0} cannot be written ({1})", out, system_message(cause)) from cause
    return out, beside


def _beside(out: Path) -> Path:
    """Return where the reports lie that a text links to."""
    return out.with_name(f"{out.stem}.documents.html")
