"""How well are Arabic names found in news that the tagger was not trained on?

    TAWATUR_EVAL_DATA=DIR python -m evals.names [--tagger] [--errors]

The last sixth of ANERcorp's training part (CAMeL Lab split), in its order, read
twenty sentences at a time as one document each. A name counts when its words and
its type are those of the corpus; types are PER, LOC (GPE, LOC and FAC together)
and ORG; MISC is left out. Prints precision, recall and F1 by type, and words a
second. The reader follows another convention than the corpus (it takes "وزارة" and
"مدينة" into the name, and "الجيش المصري" for a name), so the line "near" counts a
name of the same type that shares at least half of the words.
"""

import os
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tawatur.model.span import Span
from tawatur.model.text import fold
from tawatur.reading.lexicon import lexicon
from tawatur.reading.names import entities
from tawatur.reading.stream import covered, phrase_marks, spelled, stream
from tawatur.reading.tagger import tags

TOGETHER = 20
PLACES = ("GPE", "LOC", "FAC")
Name = tuple[int, int, str]


def sentences(path: Path) -> list[list[tuple[str, str]]]:
    """Return the corpus as sentences of words and labels."""
    found: list[list[tuple[str, str]]] = [[]]
    for line in path.read_text("utf-8").splitlines():
        cells = line.split()
        if len(cells) == 2:
            found[-1].append((cells[0], cells[1]))
        elif found[-1]:
            found.append([])
    return [sentence for sentence in found if sentence]


def gold_names(labels: list[str]) -> set[Name]:
    """Return the names as first word, word after the last, type."""
    found, start, kind = set(), -1, ""
    for i, label in enumerate([*labels, "O"]):
        if kind and label != f"I-{kind}":
            found.add((start, i, kind))
            kind = ""
        if label != "O" and not kind:
            start, kind = i, label[2:]
    return {name for name in found if name[2] != "MISC"}


def said_names(text: str, starts: list[int], only_tagger: bool) -> set[Name]:
    """Return what the reader finds, in words of the corpus."""
    spans: list[tuple[int, int, str]] = []
    folded = fold(text)
    whole = (Span(0, len(text)),)
    if only_tagger:
        words = stream(text, folded, whole)
        marks = phrase_marks(words, covered(words, lexicon("ar")))
        written, parts = spelled(text, words), words.sentences()
        given = tags([(written[a:b], marks[a:b]) for a, b in parts])
        for (first, _), labels in zip(parts, given, strict=True):
            for a, b, kind in gold_names(labels):
                spans.append((words.starts[first + a], words.ends[first + b - 1], kind))
    else:
        for entity in entities(text, folded, whole, "ar"):
            kind = "LOC" if entity.type.value in PLACES else entity.type.value
            spans += [(m.start, m.end, kind) for m in entity.mentions]
    found = set()
    for start, end, kind in spans:
        first = max(i for i, at in enumerate(starts) if at <= start)
        last = max(i for i, at in enumerate(starts) if at < end)
        found.add((first, last + 1, kind))
    return found


def paired(right: set[Name], found: set[Name]) -> dict[Name, Name]:
    """Return gold names with the said name that shares at least half of the words, one to one."""
    pairs: dict[Name, Name] = {}
    free = sorted(found)
    for name in sorted(right):
        for other in free:
            shared = min(name[1], other[1]) - max(name[0], other[0])
            longest = max(name[1], other[1]) - min(name[0], other[0])
            if name[2] == other[2] and 2 * shared >= longest:
                pairs[name] = other
                free.remove(other)
                break
    return pairs


def corpus(data: Path) -> list[Path]:
    """Return the file measured on."""
    return [data / "data/ner/anercorp/anercorp_camel_train.conll"]


def figures(data: Path) -> dict[str, float]:
    """Return F1 of the whole reader by type and over all."""
    found = counted(data, only_tagger=False, errors=False)
    kinds = [*sorted(found.gold), "all"]
    return {kind: round(_rates(*found.of(kind))[2], 3) for kind in kinds}


@dataclass(slots=True)
class Counted:
    """Names hit, in the corpus and said, by type; near ones over all; words and seconds."""

    hit: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    near: int = 0
    words: int = 0
    seconds: float = 0.0

    def of(self, kind: str) -> tuple[int, int, int]:
        """Return hits, corpus and said of one type, or of all."""
        tallies = (self.hit, self.gold, self.said)
        hit, gold, said = (t.total() if kind == "all" else t[kind] for t in tallies)
        return hit, gold, said


def counted(data: Path, *, only_tagger: bool, errors: bool) -> Counted:
    """Return what the reader finds in the held-out part, and print what differs if asked to."""
    every = sentences(corpus(data)[0])
    held = every[len(every) * 5 // 6 :]
    found_all = Counted()
    began = time.perf_counter()
    for at in range(0, len(held), TOGETHER):
        text, starts, labels = "", [], []
        for sentence in held[at : at + TOGETHER]:
            for word, label in sentence:
                starts.append(len(text))
                labels.append(label)
                text += word + " "
            text += "\n"
            found_all.words += len(sentence)
        right, found = gold_names(labels), said_names(text, starts, only_tagger)
        found_all.hit.update(name[2] for name in right & found)
        found_all.near += len(paired(right, found))
        found_all.gold.update(name[2] for name in right)
        found_all.said.update(name[2] for name in found)
        if errors:
            cut = text.split()
            for name in sorted(right ^ found):
                print("-" if name in right else "+", name[2], " ".join(cut[name[0] : name[1]]))
    found_all.seconds = time.perf_counter() - began
    return found_all


def _rates(hit: int, gold: int, said: int) -> tuple[float, float, float]:
    precision, recall = hit / max(1, said), hit / max(1, gold)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main() -> None:
    """Measure and print."""
    data = Path(os.environ["TAWATUR_EVAL_DATA"])
    found = counted(data, only_tagger="--tagger" in sys.argv, errors="--errors" in sys.argv)
    for kind in (*sorted(found.gold), "all"):
        precision, recall, f1 = _rates(*found.of(kind))
        names = found.of(kind)[1]
        print(f"{kind:5} precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f} ({names} names)")
    _, gold, said = found.of("all")
    precision, recall, f1 = _rates(found.near, gold, said)
    print(f"near  precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}")
    print(f"{found.words / found.seconds:,.0f} words/s")


if __name__ == "__main__":
    main()
