"""How well are attributions found in public English news: source, cue, content?

Compares the rules reader with PolNeAR, whose development part is read here. The
claims whose innermost link has the same cue are one attribution; its content is
the stretch that they cover. A part is right if the spans share at least half of
their union (a cue: any character). An attribution counts when its cue pairs with
one of the annotation; "all three" when source and content are right as well. An
annotated attribution without a source asks for none; a pronoun asks for some source,
since the reader names whom it stands for and PolNeAR does not.

    TAWATUR_EVAL_DATA=DIR python evals/attribution.py [--errors COUNT]
"""

import os
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from tawatur.model.document import Extraction, Extractor
from tawatur.model.reading import Manner, Reading
from tawatur.model.span import Span
from tawatur.reading import read

_TEXT_BOUND = re.compile(r"(T\d+)\t(\w+) ([\d ;]+)\t")
_RELATION = re.compile(r"E\d+\tAttribution:T\d+(.*)")
_ENOUGH = 0.5
_PRONOUNS = {"he", "she", "they", "it", "who", "which"}


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution; a part that is not there is None, a part in pieces is their hull."""

    source: Span | None
    cue: Span | None
    content: Span | None


def annotated(lines: str) -> list[Attribution]:
    """Return the attributions of one annotation file."""
    parts: dict[str, Span] = {}
    found = []
    for line in lines.splitlines():
        if bound := _TEXT_BOUND.match(line):
            numbers = [int(n) for n in re.findall(r"\d+", bound[3])]
            parts[bound[1]] = Span(min(numbers), max(numbers))
    for line in lines.splitlines():
        if relation := _RELATION.match(line):
            roles: dict[str, Span] = {}
            for role, name in re.findall(r"(Source|Cue|Content)\d*:(T\d+)", relation[1]):
                roles[role] = _hull(roles.get(role), parts[name])
            found.append(Attribution(roles.get("Source"), roles.get("Cue"), roles.get("Content")))
    return [a for a in found if a.cue]


def _hull(one: Span | None, other: Span) -> Span:
    if one is None:
        return other
    return Span(min(one.start, other.start), max(one.end, other.end))


def said(reading: Reading) -> list[Attribution]:
    """Return the attributions that a reading proposes, in text order."""
    by_cue: dict[Span, Attribution] = {}
    last: Span | None = None
    for claim in reading.claims:
        link = claim.chain[-1]
        cue = link.cue_span or (last if link.manner is Manner.IMPLIED else None)
        last = cue
        if cue is None:
            continue
        content = claim.span
        if link.cue_span and link.cue_span.end < content.end and content.holds(link.cue_span):
            content = Span(link.cue_span.end + 1, content.end)  # PolNeAR leaves the verb out
        known = by_cue.get(cue)
        by_cue[cue] = Attribution(
            known.source if known else link.span,
            cue,
            _hull(known.content if known else None, content),
        )
    return [by_cue[cue] for cue in sorted(by_cue)]


def _same(gold: Span | None, found: Span | None) -> bool:
    if gold is None or found is None:
        return gold is None
    return gold.likeness(found) >= _ENOUGH or gold.holds(found) or found.holds(gold)


def _pronoun(text: str, source: Span | None) -> bool:
    return source is not None and source.of(text).casefold() in _PRONOUNS


def compare(
    text: str, gold: list[Attribution], found: list[Attribution], counts: Counter[str]
) -> set[int]:
    """Add hits to ``counts`` and return the indexes of gold attributions whose cue was found."""
    counts["gold"] += len(gold)
    counts["said"] += len(found)
    paired: set[int] = set()
    for one in found:
        at = next(
            (
                i
                for i, g in enumerate(gold)
                if i not in paired and g.cue and one.cue and g.cue.overlap(one.cue)
            ),
            None,
        )
        if at is None:
            continue
        paired.add(at)
        source = _pronoun(text, gold[at].source) or _same(gold[at].source, one.source)
        wanted = gold[at].content
        content = bool(wanted and one.content and wanted.likeness(one.content) >= _ENOUGH)
        counts["cue"] += 1
        counts["source"] += source
        counts["content"] += content
        counts["all three"] += source and content
    return paired


def main() -> int:
    """Print one line per part; return 0, or 2 where the data is not told."""
    data = os.environ.get("TAWATUR_EVAL_DATA")
    if not data:
        print("set TAWATUR_EVAL_DATA to the folder that holds data/attribution", file=sys.stderr)
        return 2
    shown = int(sys.argv[2]) if sys.argv[1:2] == ["--errors"] and len(sys.argv) > 2 else 0
    folder = Path(data) / "data" / "attribution" / "polnear" / "data" / "dev"
    counts: Counter[str] = Counter()
    length, began = 0, perf_counter()
    for path in sorted((folder / "text").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        length += len(text)
        # Named after the text and the annotator; the first annotator counts where there are two.
        notes = sorted((folder / "attributions").glob(f"{path.stem}_*.ann"))
        if not notes:
            continue
        gold = annotated(notes[0].read_text("utf-8"))
        made = Extraction(text, "text/plain", "utf-8", Extractor("eval", "1"), "en")
        found = said(read(made))
        paired = compare(text, gold, found, counts)
        for i, missed in enumerate(gold):
            if i not in paired and shown > 0 and missed.cue and missed.content:
                shown -= 1
                parts = (missed.source, missed.cue, missed.content)
                print(" | ".join(p.of(text).replace("\n", " ") if p else "-" for p in parts))
    seconds = perf_counter() - began
    print(f"{'':12}{'precision':>10}{'recall':>8}{'F1':>7}{'gold':>7}{'said':>7}")
    for part in ("cue", "source", "content", "all three"):
        p, r = counts[part] / max(1, counts["said"]), counts[part] / max(1, counts["gold"])
        f1 = 2 * p * r / (p + r) if p + r else 0.0
        print(f"{part:12}{p:10.3f}{r:8.3f}{f1:7.3f}{counts['gold']:7}{counts['said']:7}")
    print(f"{length / seconds / 5000:.0f} of 5,000 characters per second, names and times included")
    return 0


if __name__ == "__main__":
    sys.exit(main())
