"""How well are attributions found in public English news: source, cue, content?

Compares the rules reader with PolNeAR, whose development part is read here. An
attribution is a cue with its source and its content, each a set of characters, since
a content may stand in pieces; only attributions whose source is written count. The
claims whose innermost link has the same cue are one attribution, and its content is
the union of their spans without the cue. Attributions pair by cue, best first; a part
is right at an intersection over union of one half, and a hit has all three.

A reader names whom a pronoun stands for, as the reading format asks; PolNeAR marks
the pronoun. So the source said is compared at the place of its name and at the words
beside the cue that stand for it, and the better one counts.

    TAWATUR_EVAL_DATA=DIR python -m evals.attribution [--errors COUNT]
"""

import os
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from tawatur.model.document import Extraction, Extractor
from tawatur.model.reading import Link, Manner, Reading
from tawatur.model.span import Span
from tawatur.reading import read

_TEXT_BOUND = re.compile(r"(T\d+)\t(\w+) ([\d ;]+)\t")
_RELATION = re.compile(r"E\d+\tAttribution:T\d+(.*)")
_ENOUGH = 0.5
_PRONOUN = re.compile(r"\b(?:he|she|they|it|who|i|we)\b", re.IGNORECASE)
_NEAR = 12
"""Characters between a cue and the pronoun that is its subject, at most."""
PARTS = ("cue", "source", "content", "all three")

Characters = frozenset[int]


@dataclass(slots=True)
class Attribution:
    """One attribution: the characters of each part; ``also`` is a second place of its source."""

    cue: Characters
    source: Characters
    content: Characters = field(default=frozenset())
    also: Characters = field(default=frozenset())


def corpus(data: Path) -> list[Path]:
    """Return the files measured on, in order."""
    folder = _folder(data)
    return [*sorted((folder / "text").glob("*.txt")), *sorted((folder / "attributions").glob("*"))]


def figures(data: Path) -> dict[str, float]:
    """Return F1 of each part and of all three over the development articles."""
    counts = _compared(data, 0)
    return {part: f1(counts[part], counts["said"], counts["gold"]) for part in PARTS}


def f1(hit: float, said: float, gold: float) -> float:
    """Return the harmonic mean of precision and recall."""
    return round(2 * hit / (said + gold), 3) if said + gold else 0.0


def annotated(lines: str) -> list[Attribution]:
    """Return the attributions of one annotation file whose source and cue are written."""
    parts: dict[str, Characters] = {}
    found = []
    for line in lines.splitlines():
        if bound := _TEXT_BOUND.match(line):
            pieces = (piece.split() for piece in bound[3].split(";"))
            parts[bound[1]] = frozenset().union(*(range(int(a), int(b)) for a, b in pieces))
    for line in lines.splitlines():
        if relation := _RELATION.match(line):
            roles: dict[str, Characters] = {}
            for role, name in re.findall(r"(Source|Cue|Content)\d*:(T\d+)", relation[1]):
                roles[role] = roles.get(role, frozenset()) | parts[name]
            if "Source" in roles and "Cue" in roles:
                content = roles.get("Content", frozenset())
                found.append(Attribution(roles["Cue"], roles["Source"], content))
    return found


def said(reading: Reading, text: str) -> list[Attribution]:
    """Return the attributions with a source that a reading proposes, in text order."""
    by_cue: dict[Span, Attribution] = {}
    last: Span | None = None
    for claim in reading.claims:
        link = claim.chain[-1]
        last = cue = link.cue_span or (last if link.manner is Manner.IMPLIED else None)
        if cue is None:
            continue
        one = by_cue.get(cue)
        if one is None:
            one = Attribution(_range(cue), _range(link.span), also=_pronoun(link, text))
            by_cue[cue] = one
        one.content |= _range(claim.span) - one.cue
    return [by_cue[cue] for cue in sorted(by_cue) if by_cue[cue].source or by_cue[cue].also]


def _pronoun(link: Link, text: str) -> Characters:
    """Return the place of a pronoun beside the cue, where the named source stands elsewhere."""
    cue = link.cue_span
    if cue is None:
        return frozenset()
    for start, end in ((max(0, cue.start - _NEAR), cue.start), (cue.end, cue.end + _NEAR)):
        for at in _PRONOUN.finditer(text, start, min(end, len(text))):
            return frozenset(range(*at.span()))
    return frozenset()


def _range(span: Span | None) -> Characters:
    return frozenset(range(span.start, span.end)) if span else frozenset()


def likeness(one: Characters, other: Characters) -> float:
    """Return the intersection over the union; 0 where both are empty."""
    return len(one & other) / len(one | other) if one or other else 0.0


def compare(gold: list[Attribution], found: list[Attribution], counts: Counter[str]) -> set[int]:
    """Add hits to ``counts`` and return the indexes of gold attributions that were hit."""
    counts["gold"] += len(gold)
    counts["said"] += len(found)
    near = sorted(
        ((likeness(g.cue, f.cue), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)),
        key=lambda pair: (-pair[0], pair[1:]),
    )
    hits: set[int] = set()
    used_gold: set[int] = set()
    used: set[int] = set()
    for alike, i, j in near:
        if not alike or i in used_gold or j in used:
            continue
        used_gold.add(i)
        used.add(j)
        cue = alike >= _ENOUGH
        by_name, by_pronoun = (
            likeness(gold[i].source, s) for s in (found[j].source, found[j].also)
        )
        source = max(by_name, by_pronoun) >= _ENOUGH
        content = likeness(gold[i].content, found[j].content) >= _ENOUGH
        counts["cue"] += cue
        counts["source"] += source
        counts["content"] += content
        counts["all three"] += cue and source and content
        if cue and source and content:
            hits.add(i)
    return hits


def _folder(data: Path) -> Path:
    return data / "data" / "attribution" / "polnear" / "data" / "dev"


def _compared(data: Path, shown: int) -> Counter[str]:
    folder = _folder(data)
    counts: Counter[str] = Counter()
    for path in sorted((folder / "text").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        # Named after the text and the annotator; the first annotator counts where there are two.
        notes = sorted((folder / "attributions").glob(f"{path.stem}_*.ann"))
        if not notes:
            continue
        gold = annotated(notes[0].read_text("utf-8"))
        made = Extraction(text, "text/plain", "utf-8", Extractor("eval", "1"), "en")
        began = perf_counter()
        reading = read(made)
        counts["nanoseconds"] += round((perf_counter() - began) * 1e9)
        counts["characters"] += len(text)
        found = said(reading, text)
        hits = compare(gold, found, counts)
        for i, missed in enumerate(gold):
            if i not in hits and shown > 0:
                shown -= 1
                near = [f for f in found if f.cue & missed.cue]
                for one in (missed, *near):
                    parts = (one.source, one.cue, one.content)
                    print(" | ".join(_words(text, p) for p in parts))
                print()
    return counts


def _words(text: str, part: Characters) -> str:
    return text[min(part) : max(part) + 1].replace("\n", " ") if part else "-"


def main() -> int:
    """Print one line per part; return 0, or 2 where the data is not told."""
    data = os.environ.get("TAWATUR_EVAL_DATA")
    if not data:
        print("set TAWATUR_EVAL_DATA to the folder that holds data/attribution", file=sys.stderr)
        return 2
    shown = int(sys.argv[2]) if sys.argv[1:2] == ["--errors"] and len(sys.argv) > 2 else 0
    counts = _compared(Path(data), shown)
    print(f"{'':12}{'precision':>10}{'recall':>8}{'F1':>7}{'gold':>7}{'said':>7}")
    for part in PARTS:
        p, r = counts[part] / max(1, counts["said"]), counts[part] / max(1, counts["gold"])
        all_of = f1(counts[part], counts["said"], counts["gold"])
        print(f"{part:12}{p:10.3f}{r:8.3f}{all_of:7.3f}{counts['gold']:7}{counts['said']:7}")
    print(
        f"{counts['characters'] / counts['nanoseconds'] * 2e5:.0f} of 5,000 characters per second"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
