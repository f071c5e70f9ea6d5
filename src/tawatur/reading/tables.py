"""The tables of words: data files under ``tables/LANGUAGE/NAME.tsv``, one line per entry.

The first line that is no comment names the columns. Lines beginning with ``#``
are comments. A missing table is empty: not every language needs every table.
"""

from functools import cache
from pathlib import Path

from tawatur.errors import ReadingError

_FOLDER = Path(__file__).parent / "tables"


@cache
def rows(language: str, name: str) -> tuple[dict[str, str], ...]:
    """Return the entries of one table in file order, each as column name to cell.

    Raises:
        ReadingError: A line has another number of cells than the heading.
    """
    path = _FOLDER / language / f"{name}.tsv"
    if not path.exists():
        return ()
    lines = [
        (number, line.split("\t"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]
    if not lines:
        return ()
    heading = lines[0][1]
    for number, cells in lines[1:]:
        if len(cells) != len(heading):
            raise ReadingError(
                f"{language}/{name}.tsv line {number}: {len(cells)} cells, expected {len(heading)}"
            )
    return tuple(dict(zip(heading, cells, strict=True)) for _, cells in lines[1:])


@cache
def pairs(language: str, name: str) -> dict[str, str]:
    """Return a table of two columns as first to second cell: for long ones, in a third of the time.

    Raises:
        ReadingError: A line has another number of cells than two.
    """
    path = _FOLDER / language / f"{name}.tsv"
    if not path.exists():
        return {}
    text = path.read_text("utf-8")
    lines = [line for line in text.split("\n") if line and line[0] != "#"]
    try:
        return dict([line.split("\t") for line in lines[1:]])
    except ValueError as error:
        raise ReadingError(f"{language}/{name}.tsv: a line has not two cells") from error
