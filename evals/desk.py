"""Are the commitments and requests that a careful person finds in a report proposed?

Takes annotated reports into a node with the commands themselves and compares what
``commitments --proposed`` and ``requests --proposed`` list. An item is found where one of its
claims overlaps the annotated one (intersection over union of a half at least) and the same party
promised or asked; where the annotation only describes that party, the place alone counts.

    TAWATUR_EVAL_DATA=DIR python -m evals.desk {documents,ar,ar-held,…}
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.reports import HELD, LANGUAGES, reports_of

from tawatur.model.reading import EntityType
from tawatur.weighing.names import name_within, same_name

BOOKS = ("commitments", "requests")
LEAST = 0.5
_KINDS = (EntityType.PERSON, EntityType.ORGANISATION, EntityType.COUNTRY_OR_CITY)

Row = Mapping[str, Any]


def corpus(data: Path, name: str) -> list[Path]:
    """Return the files measured on: annotations and texts."""
    gold, texts = reports_of(data, name)
    return [*gold, *texts]


def figures(data: Path, name: str) -> dict[str, float]:
    """Return recall and precision over both books, and of each."""
    gold, texts = reports_of(data, name)
    counts = {book: [0, 0, 0, 0] for book in BOOKS}
    with tempfile.TemporaryDirectory() as folder:
        node = Path(folder) / "node"
        _run("init", str(node))
        _run("-n", str(node), "add", *map(str, texts))
        claims = {row["id"]: row for row in _rows(node, "claims")}
        names = {row["id"]: row["name"] for row in _rows(node, "documents")}
        for book in BOOKS:
            said = [
                (row, claims[claim])
                for row in _rows(node, book, "--proposed")
                for claim in row["claims"]
            ]
            for notes, text in zip(gold, texts, strict=True):
                here = [each for each in said if names[each[1]["document"]] == text.name]
                _count(counts[book], json.loads(notes.read_text("utf-8")), book, text, here)
    found = {book: counts[book] for book in BOOKS}
    found["both"] = [sum(column) for column in zip(*counts.values(), strict=True)]
    return {
        f"{book} {row}": hits / max(1, of)
        for book, (wanted, said_, found_, right) in found.items()
        for row, hits, of in (("recall", found_, wanted), ("precision", right, said_))
    }


def _count(
    counts: list[int], notes: Row, book: str, text: Path, said: Sequence[tuple[Row, Row]]
) -> None:
    """Add to gold, said, gold found and said rightly those of one report."""
    words = text.read_text("utf-8")
    claims = {each["id"]: each for each in notes["claims"]}
    entities = {each["id"]: each for each in notes["entities"]}
    right: set[int] = set()
    for each in notes.get(book, ()):
        claim = claims[each["claim"]]
        start = _nth(words, claim["quote"], claim.get("nth", 1))
        hits = {
            number
            for number, (row, at) in enumerate(said)
            if _likeness(start, start + len(claim["quote"]), at["start"], at["end"]) >= LEAST
            and _is(row["by"], entities.get(each["by"]))
        }
        counts[0] += 1
        counts[2] += bool(hits)
        right |= hits
    counts[1] += len(said)
    counts[3] += len(right)


def _is(name: str, entity: Row | None) -> bool:
    """Return whether a name is one of an annotated party, which may only be described."""
    if entity is None:
        return True
    forms = [*entity["mentions"], entity.get("name_ar"), entity.get("name_en")]
    return any(form and _same(name, form) for form in forms)


def _same(a: str, b: str) -> bool:
    alike = any(same_name(a, b, kind) for kind in _KINDS)
    return a == b or alike or name_within(a, b) or name_within(b, a)


def _likeness(a: int, b: int, c: int, d: int) -> float:
    shared = min(b, d) - max(a, c)
    return shared / (max(b, d) - min(a, c)) if shared > 0 else 0.0


def _nth(text: str, words: str, nth: int) -> int:
    at = -1
    for _ in range(nth):
        at = text.find(words, at + 1)
    return at


def _rows(node: Path, *command: str) -> Iterable[Row]:
    lines = _run("-n", str(node), *command, "--format", "jsonl").splitlines()
    return [json.loads(line) for line in lines]


def _run(*command: str) -> str:
    whole = [sys.executable, "-m", "tawatur", *command]
    return subprocess.run(whole, check=True, capture_output=True, text=True).stdout


def main() -> int:
    """Print the figures; return 0, or 2 where the data is not told."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    halves = ("", f"-{HELD}")
    names = ("documents", *(f"{tongue}{half}" for tongue in LANGUAGES for half in halves))
    parser.add_argument("name", choices=names)
    given = parser.parse_args()
    data = os.environ.get("TAWATUR_EVAL_DATA")
    if not data:
        print("set TAWATUR_EVAL_DATA to the folder that holds the documents", file=sys.stderr)
        return 2
    for row, figure in figures(Path(data), given.name).items():
        print(f"{row:24} {figure:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
