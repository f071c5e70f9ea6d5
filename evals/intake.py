"""Measure intake: main text of web pages, asides of plain text, and speed.

Finds its data through TAWATUR_EVAL_DATA. For each page of news/trafilatura_eval
there are strings that the main text must hold and strings that it must not; the
same is asked of the page's rendition taken in as plain text, which is what
somebody gets who copies the whole page. Prints precision, recall and F1 over the
strings, what went wrong with ``--misses``, and pages per second.
"""

import argparse
import html
import json
import os
import sys
import time
from pathlib import Path

from tawatur.errors import TawaturError
from tawatur.intake import extract
from tawatur.model.document import Extraction


def main() -> int:
    """Print the figures; exit status 2 if the data are not there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="list the strings gone wrong")
    parser.add_argument("--json", action="store_true", help="figures as one JSON object")
    args = parser.parse_args()
    data = os.environ.get("TAWATUR_EVAL_DATA")
    folder = Path(data or "", "news", "trafilatura_eval")
    if data and not folder.exists():
        folder = Path(data, "data", "news", "trafilatura_eval")
    if not data or not folder.exists():
        print("set TAWATUR_EVAL_DATA to the folder that holds the data", file=sys.stderr)
        return 2
    cases = json.loads((folder / "evaldata_ar_fr.json").read_text("utf-8"))
    cases = {k: c for k, c in cases.items() if (folder / c["file"]).exists()}
    figures = {}
    for way in ("pages", "as plain text"):
        figures[way] = _measure(folder, cases, way, misses=args.misses)
    if args.json:
        print(json.dumps(figures))
    else:
        for way, found in figures.items():
            print(f"{way:16}" + "  ".join(f"{name} {value}" for name, value in found.items()))
    return 0


def _measure(
    folder: Path, cases: dict[str, dict[str, list[str]]], way: str, *, misses: bool
) -> dict[str, float]:
    held = missed = wrong = refused = 0
    seconds = 0.0
    for case in cases.values():
        name = str(case["file"])
        content = (folder / name).read_bytes()
        try:
            if way != "pages":
                name, content = name + ".txt", extract(name, content).text.encode()
            begun = time.perf_counter()
            taken = extract(name, content)
            seconds += time.perf_counter() - begun
        except TawaturError as error:
            refused += 1
            print(f"refused: {error}")
            continue
        kept = _squeezed(_main_text(taken))
        for wanted in case["with"]:
            there = _squeezed(wanted) in kept
            held, missed = held + there, missed + (not there)
            if misses and not there:
                print(f"  {way}: {name}: missing: {wanted!r}")
        for unwanted in [*case["without"], *case.get("comments", ())]:
            there = _squeezed(unwanted) in kept
            wrong += there
            if misses and there:
                print(f"  {way}: {name}: not content: {unwanted!r}")
    precision, recall = held / max(1, held + wrong), held / max(1, held + missed)
    return {
        "pages": len(cases),
        "refused": refused,
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "F1": round(2 * precision * recall / max(1e-9, precision + recall), 3),
        "per second": round(len(cases) / seconds, 1) if seconds else 0.0,
    }


def _main_text(taken: Extraction) -> str:
    return "\n".join(span.of(taken.text) for span in taken.main())


def _squeezed(text: str) -> str:
    """Return the text without differences of white space and of entities."""
    return " ".join(html.unescape(text).split())


if __name__ == "__main__":
    sys.exit(main())
