"""How well are time expressions found and dated in public English and French news?

Compares `tawatur.reading.moments` with the TimeML annotation of TimeBank, AQUAINT
and the public half of the French TimeBank, as TempEval-3 did: a span is strictly
right if it is the same, relaxed if it overlaps; a value counts where spans overlap,
and its F1 is over all expressions. The document's own date is given, not found.

    TAWATUR_EVAL_DATA=DIR python -m evals.times [--errors SET]
"""

import os
import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from tawatur.model.moment import Moment
from tawatur.model.span import Span
from tawatur.model.text import fold
from tawatur.reading.moments import Anchor, timexes

SETS = {"tbaq_en": "en", "fr_timebank": "fr"}


@dataclass(frozen=True, slots=True)
class Document:
    """One annotated text: ``gold`` is span and TIMEX3 value, ``created`` its own date."""

    name: str
    text: str
    created: str | None
    gold: tuple[tuple[Span, str], ...]


def document(path: Path) -> Document:
    """Return the body of one TimeML file with its annotation."""
    root = ET.fromstring(path.read_bytes())  # noqa: S314 - the data set is at hand and trusted
    created = next(
        (
            t.get("value")
            for t in root.iter("TIMEX3")
            if t.get("functionInDocument") in ("CREATION_TIME", "PUBLICATION_TIME")
        ),
        None,
    )
    body = root.find("TEXT")
    parts: list[str] = []
    gold: list[tuple[Span, str]] = []

    def walk(node: ET.Element) -> None:
        start = sum(map(len, parts))
        parts.append(node.text or "")
        for child in node:
            walk(child)
            parts.append(child.tail or "")
        end = sum(map(len, parts))
        if node.tag == "TIMEX3" and end > start:
            gold.append((Span(start, end), node.get("value") or ""))

    if body is not None:
        walk(body)
    return Document(path.name, "".join(parts), created, tuple(gold))


def proposed(doc: Document, language: str) -> list[tuple[Span, str]]:
    """Return what the program finds, with TIMEX3 values."""
    day = re.match(r"\d{4}-\d\d-\d\d", doc.created or "")
    anchor = Anchor(Moment.parse(day.group()) if day else None)
    whole = (Span(0, len(doc.text)),) if doc.text else ()
    found = timexes(doc.text, fold(doc.text), whole, language, anchor, intervals=False)
    return [(span, timex.value or "") for span, timex, _ in found]


def tally(docs: list[Document], language: str, *, errors: bool) -> Counter[str]:
    """Return counts of gold, said, strict, relaxed and value over ``docs``."""
    counts: Counter[str] = Counter()
    for doc in docs:
        said = proposed(doc, language)
        counts["gold"] += len(doc.gold)
        counts["said"] += len(said)
        used: set[int] = set()
        for span, value in doc.gold:
            hits = [i for i, (s, _) in enumerate(said) if i not in used and s.overlap(span)]
            best = max(hits, key=lambda i: said[i][0].likeness(span), default=None)
            if best is None:
                report(errors, doc, "missed", span, value)
                continue
            used.add(best)
            counts["relaxed"] += 1
            strict, right = said[best][0] == span, said[best][1] == value
            counts["strict"] += strict
            counts["value"] += right
            if not strict:
                report(errors, doc, f"span, said «{said[best][0].of(doc.text)}»", span, value)
            if not right:
                report(
                    errors, doc, f"value, said {said[best][1]} (text of {doc.created})", span, value
                )
        for i, (span, value) in enumerate(said):
            if i not in used:
                report(errors, doc, "false", span, value)
    return counts


def report(wanted: bool, doc: Document, what: str, span: Span, value: str) -> None:
    """Print one difference, if asked to, with what stands around it."""
    if wanted:
        around = doc.text[max(0, span.start - 40) : span.end + 25].replace("\n", " ")
        print(f"{what}\t«{span.of(doc.text)}» {value}\t…{around}…".replace("\n", " "))


def corpus(data: Path, name: str) -> list[Path]:
    """Return the annotated files of one set, in order."""
    return sorted((data / "data" / "temporal" / name).rglob("*.tml"))


def figures(data: Path, name: str) -> dict[str, float]:
    """Return F1 of strict spans, relaxed spans and values on one set."""
    docs = [document(path) for path in corpus(data, name)]
    counts = tally(docs, SETS[name], errors=False)
    all_of = counts["said"] + counts["gold"]
    return {k: round(2 * counts[k] / max(1, all_of), 3) for k in ("strict", "relaxed", "value")}


def main() -> int:
    """Print one table, a set per line; return 0, or 2 where the data is not told."""
    data = os.environ.get("TAWATUR_EVAL_DATA")
    if not data:
        print("set TAWATUR_EVAL_DATA to the folder that holds data/temporal", file=sys.stderr)
        return 2
    shown = sys.argv[2] if sys.argv[1:2] == ["--errors"] and len(sys.argv) > 2 else None
    print(f"{'':14}{'':8}{'precision':>10}{'recall':>8}{'F1':>7}{'gold':>7}{'said':>7}")
    for name, language in SETS.items():
        docs = [document(path) for path in corpus(Path(data), name)]
        began = perf_counter()
        counts = tally(docs, language, errors=shown == name)
        rate = sum(len(d.text) for d in docs) / (perf_counter() - began) / 5000
        for kind in ("strict", "relaxed", "value"):
            p, r = counts[kind] / max(1, counts["said"]), counts[kind] / max(1, counts["gold"])
            f1 = 2 * p * r / (p + r) if p + r else 0.0
            print(
                f"{name:14}{kind:8}{p:10.3f}{r:8.3f}{f1:7.3f}{counts['gold']:7}{counts['said']:7}"
            )
        print(f"{name:14}{len(docs)} documents, {rate:.0f} of 5,000 characters per second")
    return 0


if __name__ == "__main__":
    sys.exit(main())
