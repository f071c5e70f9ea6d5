"""Does the grouping of names hold across documents, against what a careful person noted?

    TAWATUR_EVAL_DATA=DIR python -m evals.cross [--rows]

The rows of ``gold/cross.json`` quote one mention in each of two documents or more. Of
``same_entity`` rows those count in which one entity has a mention at each quote; of
``not_same_entity`` and ``no_counterpart`` rows those in which no entity has a mention at
quotes that differ, or in another document. A mention stands at a quote when they share at
least `SHARED` of the letters that both span together, at any of the quote's occurrences.
"""

import argparse
import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import TypedDict

from tawatur.intake import extract
from tawatur.model.document import Extraction
from tawatur.model.ids import DocumentId, EntityId
from tawatur.model.reading import Reading
from tawatur.model.span import Span
from tawatur.reading import read
from tawatur.weighing.entities import entity_ids
from tawatur.weighing.names import local_names
from tawatur.weighing.picture import all_same

SHARED = 0.3
KINDS = ("same_entity", "not_same_entity", "no_counterpart")


class Row(TypedDict):
    """One thing that holds between documents: quotes, one for each name of a document."""

    kind: str
    docs: list[str]
    quotes: list[str]


class Grouped:
    """The documents with the entities that their names were grouped into."""

    def __init__(self, paths: list[Path]) -> None:
        """Read and group the documents at ``paths``."""
        self.texts: dict[str, Extraction] = {p.name: extract(p.name, p.read_bytes()) for p in paths}
        self.readings: dict[str, Reading] = {name: read(t) for name, t in self.texts.items()}
        names = [
            local
            for document, reading in self.readings.items()
            for local in local_names(DocumentId(document), reading, self.texts[document].text)
        ]
        self.entities: Mapping[tuple[DocumentId, str], EntityId] = entity_ids(
            names, all_same(names), b"evals"
        )
        self.documents: dict[EntityId, set[str]] = defaultdict(set)
        for (document, _), entity in self.entities.items():
            self.documents[entity].add(document)

    def at(self, document: str, quote: str) -> frozenset[EntityId]:
        """Return the entities that are named at a quote: of each occurrence the nearest name."""
        return frozenset(
            self.entities[DocumentId(document), local]
            for place in occurrences(self.texts[document].text, quote)
            for shared, local in [max(self._shared(document, place), default=(0.0, ""))]
            if shared >= SHARED
        )

    def _shared(self, document: str, place: Span) -> Iterator[tuple[float, str]]:
        for local in self.readings[document].entities:
            for span in local.mentions:
                both = span.overlap(place)
                yield both / (len(span) + len(place) - both), local.id

    def holds(self, row: Row) -> bool:
        """Return whether the entities are as a row has them."""
        named = [self.at(*place) for place in zip(row["docs"], row["quotes"], strict=True)]
        if row["kind"].startswith("same_entity"):
            return bool(frozenset.intersection(*named))
        if row["kind"] == "no_counterpart":
            return all(len(self.documents[entity]) == 1 for found in named for entity in found)
        quotes = zip(named, row["quotes"], strict=True)
        return all(a.isdisjoint(b) for (a, q), (b, r) in combinations(quotes, 2) if q != r)


def occurrences(text: str, quote: str) -> Iterator[Span]:
    """Yield where a quote stands in a text."""
    at = text.find(quote)
    while at >= 0:
        yield Span(at, at + len(quote))
        at = text.find(quote, at + 1)


def rows(data: Path) -> list[Row]:
    """Return the rows about names."""
    every: list[Row] = json.loads((data / "gold" / "cross.json").read_text("utf-8"))
    return [row for row in every if row["kind"].startswith(KINDS)]


def corpus(data: Path) -> list[Path]:
    """Return the files measured on."""
    return [data / "gold" / "cross.json", *sorted((data / "documents").glob("*.txt"))]


def figures(data: Path, *, show: bool = False) -> dict[str, float]:
    """Return the share of rows that hold, by kind."""
    grouped = Grouped(corpus(data)[1:])
    held: dict[str, list[bool]] = {kind: [] for kind in KINDS}
    for row in rows(data):
        held[row["kind"].partition(":")[0]].append(grouped.holds(row))
        if show:
            named = map(partial(_named, grouped), row["docs"], row["quotes"])
            print("holds" if held[row["kind"].partition(":")[0]][-1] else "FAILS", row["kind"])
            print("".join(f"    {line}\n" for line in named), end="")
    return {kind: sum(found) / len(found) for kind, found in held.items() if found}


def _named(grouped: Grouped, document: str, quote: str) -> str:
    return f"{document[:3]} {quote}: {', '.join(sorted(grouped.at(document, quote))) or 'no name'}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", action="store_true", help="each row, with its entities")
    args = parser.parse_args()
    if "TAWATUR_EVAL_DATA" not in os.environ:
        sys.exit("TAWATUR_EVAL_DATA does not say where the data are")
    for kind, share in figures(Path(os.environ["TAWATUR_EVAL_DATA"]), show=args.rows).items():
        print(f"{kind:24}{share:.3f}")


if __name__ == "__main__":
    main()
