"""Which reports can a person try Tawatur on, before bringing any of their own?

Twelve short reports on one invented region, in the shapes that real ones have:
translated cables, agency texts, statements, pages with menus and comment forms.
They share one world and one time line and contradict, repeat and answer one
another; ``README.md`` beside this file lists where. Everything in them is
invented, names included. One is encoded in Windows-1256, one page has no date,
and the slips of typing and translation are meant to be there.
"""

from pathlib import Path

__all__ = ["REPORTS", "paths"]

REPORTS = Path(__file__).parent / "reports"
"""The folder that holds them, and nothing else."""


def paths() -> tuple[Path, ...]:
    """Return the sample files in name order, which is the order to read them in."""
    return tuple(sorted(REPORTS.iterdir()))
