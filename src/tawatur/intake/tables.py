"""The room's tables of words: data files under ``tables/NAME.tsv``, one line per entry.

The first line that is no comment names the columns; lines beginning with ``#``
are comments. Tables are read once, when first asked for.
"""

from functools import cache
from pathlib import Path

from tawatur.errors import UnreadableFileError

_FOLDER = Path(__file__).parent / "tables"


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the entries of one table in file order, each as column name to cell.

    Raises:
        UnreadableFileError: A line has another number of cells than the heading.
    """
    lines = [
        (number, line.split("\t"))
        for number, line in enumerate((_FOLDER / f"{name}.tsv").read_text("utf-8").splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]
    heading = lines[0][1]
    for number, cells in lines[1:]:
        if len(cells) != len(heading):
            raise UnreadableFileError(
                "table {0}.tsv, line {1}: {2} cells, expected {3}",
                name,
                number,
                len(cells),
                len(heading),
            )
    return tuple(dict(zip(heading, cells, strict=True)) for _, cells in lines[1:])
