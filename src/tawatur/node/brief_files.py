"""A brief → files: one self-contained HTML, or Markdown with its documents beside it."""

from pathlib import Path

from tawatur.briefs import Brief, documents_page, html, markdown
from tawatur.errors import UsageError, system_message


def write_brief(brief: Brief, out: Path) -> tuple[Path, ...]:
    """Write ``brief`` by the suffix of ``out`` and return the files written.

    Raises:
        UsageError: Another suffix, or a folder that cannot be written.
    """
    if out.suffix not in (".html", ".md"):
        raise UsageError("{0}: give a file that ends in .html or .md", out)
    beside = out.with_name(f"{out.stem}.documents.html")
    try:
        if out.suffix == ".html":
            out.write_text(html(brief), "utf-8")
            return (out,)
        out.write_text(markdown(brief, beside.name), "utf-8")
        beside.write_text(documents_page(brief), "utf-8")
    except OSError as cause:
        raise UsageError("{0} cannot be written ({1})", out, system_message(cause)) from cause
    return out, beside
