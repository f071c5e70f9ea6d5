"""How well does a reader find what a careful person finds in a report?

Reads annotated reports with the command itself and compares with the scorer that
stands beside the data. Two kinds of gold: real documents, which are kept outside the
project, and the invented reports of ``evals/gold``, annotated by people who had not
seen the rules (see its README).

    TAWATUR_EVAL_DATA=DIR python -m evals.reports {documents,ar,ar-held,…} [--misses KIND]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

INVENTED = Path(__file__).parent / "gold"
LANGUAGES = ("ar", "fr", "en")
HELD = "held"
"""Marks the reports that no rule was written in view of."""
HELD_OUT = range(9, 13)
"""Their numbers, in each language; every other report is open to who writes rules."""
WORST = "claim + root source"
"""The row whose worst document is a figure of its own."""


def corpus(data: Path, name: str) -> list[Path]:
    """Return the files measured on: annotations, texts, scorer."""
    gold, texts = reports_of(data, name)
    return [*gold, *texts, _scorer(data)]


def figures(data: Path, name: str, reader: str = "rules") -> dict[str, float]:
    """Return F1 by name of row, and that of the worst document for the root source.

    A row of which the gold holds nothing measures nothing, and is left out.
    """
    said = json.loads(_scored(data, name, reader, "--json"))["figures"]
    found = {row: f["f1"] for row, f in said.items() if f["gold"]}
    found[f"{WORST}, worst document"] = said[WORST]["worst"]
    return found


def _scorer(data: Path) -> Path:
    return data / "measure" / "score.py"


def reports_of(data: Path, name: str) -> tuple[list[Path], list[Path]]:
    """Return the annotations and the texts of one collection, in the same order."""
    if name == "documents":
        return sorted((data / "gold").glob("0*.json")), sorted((data / "documents").glob("*.txt"))
    language, _, half = name.partition("-")
    every = sorted(INVENTED.glob(f"{language}-*.json"))
    gold = [path for path in every if (int(path.stem[-2:]) in HELD_OUT) == (half == HELD)]
    return gold, [path.with_suffix(".txt") for path in gold]


def _scored(data: Path, name: str, reader: str, *options: str) -> str:
    """Return what the scorer prints about the readings of one collection."""
    gold, texts = reports_of(data, name)
    with tempfile.TemporaryDirectory() as folder:
        out, notes = Path(folder) / "out", Path(folder) / "gold"
        notes.mkdir()
        for path in gold:
            (notes / path.name).symlink_to(path.resolve())
        read = [sys.executable, "-m", "tawatur", "read", *map(str, texts), "--out", str(out)]
        read += ["--weigh"] if reader == "rules" else ["--weigh", "--reader", reader]
        subprocess.run(read, check=True, stdout=subprocess.DEVNULL)
        places = (_scorer(data), notes, texts[0].parent, out)
        score = [sys.executable, *map(str, places), *options]
        said = subprocess.run(score, check=True, capture_output=True, text=True)
        return said.stdout


def main() -> int:
    """Print the scorer's table; return 0, or 2 where the data is not told."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    names = ("documents", *(f"{tongue}{half}" for tongue in LANGUAGES for half in ("", f"-{HELD}")))
    parser.add_argument("name", choices=names)
    parser.add_argument("--reader", default="rules", help="rules, llm or both")
    parser.add_argument("--misses", metavar="KIND", help="list what was missed, as the scorer does")
    given = parser.parse_args()
    data = os.environ.get("TAWATUR_EVAL_DATA")
    if not data:
        print("set TAWATUR_EVAL_DATA to the folder that holds the scorer", file=sys.stderr)
        return 2
    options = ["--misses", given.misses] if given.misses else []
    print(_scored(Path(data), given.name, given.reader, *options), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
