"""How well are time expressions found and dated in public English and French news?

Compares `tawatur.reading.moments` with the TimeML annotation of TimeBank, AQUAINT
and the public half of the French TimeBank, as TempEval-3 did: a span is strictly
right if it is the same, relaxed if it overlaps; a value counts where spans overlap,
and its F1 is over all expressions. The document's own date is given, not found.

Readings hold EDTF, the annotation TIMEX3 values. Both are compared: as TIMEX3 (value), and
as EDTF after `MAPPING`, the table of what each kind of TIMEX3 value becomes. A value that
no line of it matches is never counted as right; the last lines of the output say how many
there were, and of which kinds.

    TAWATUR_EVAL_DATA=DIR python -m evals.times [--errors SET]
"""

import os
import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from time import perf_counter

from tawatur.model.moment import Moment
from tawatur.model.span import Span
from tawatur.model.text import fold
from tawatur.reading.moments import Anchor, timexes
from tawatur.reading.times.values import Timex, edtf

SETS = {"tbaq_en": "en", "fr_timebank": "fr"}


def _week(found: re.Match[str], _: str) -> str | None:
    year, week = int(found[1]), int(found[2])
    try:
        first = date.fromisocalendar(year, week, 6 if found[3] else 1)
    except ValueError:
        return None
    return f"{first}/{date.fromisocalendar(year, week, 7)}"


def _months(found: re.Match[str], _: str) -> str:
    size = 3 if found[2] == "Q" else 6
    start = (int(found[3]) - 1) * size + 1
    return f"{found[1]}-{start:02}/{found[1]}-{start + size - 1:02}"


_SEASONS = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}

# What a TIMEX3 value (TimeML 1.2.1) becomes in EDTF, first match first; the second argument is
# the day of the document. "" stands for "the text tells no date", which EDTF has no value for.
MAPPING: tuple[tuple[str, str, Callable[[re.Match[str], str], str | None]], ...] = (
    ("present", r"PRESENT_REF", lambda _, day: day),
    ("past, no date told", r"PAST_REF", lambda _, day: ""),
    ("future, from now on", r"FUTURE_REF", lambda _, day: f"{day}/.."),
    ("year, month or day", r"(\d{4}(?:-\d\d(?:-\d\d)?)?)", lambda f, _: f[1]),
    ("day with a time of day", r"(\d{4}-\d\d-\d\d)T.*", lambda f, _: f[1]),
    ("week, weekend", r"(\d{4})-W(\d{1,2})(-WE)?", _week),
    ("quarter, half year", r"(\d{4})-([QH])(\d)", _months),
    ("season", r"(\d{4})-(SP|SU|FA|WI)", lambda f, _: f"{f[1]}-{_SEASONS[f[2]]}"),
    ("decade", r"(\d{3})X?", lambda f, _: f"{f[1]}X"),
    ("century", r"(\d{2})(?:XX)?", lambda f, _: f"{f[1]}XX"),
    ("some week or quarter of a year", r"(\d{4})-(?:WXX|W?X|QX|XX)", lambda f, _: f[1]),
    ("some day of a month", r"(\d{4}-\d\d)-XX", lambda f, _: f[1]),
    ("unknown year", r"(XXXX-\d\d(?:-\d\d)?)", lambda f, _: f[1]),
    ("length", r"(PT?\d+(?:\.\d+)?[YMWDHS](?:T?\d+[YMWDHS])*)", lambda f, _: f[1]),
    ("length, no number told", r"PT?X+[YMWDHS]?", lambda _, day: ""),
)


def mapped(value: str, created: str | None) -> str | None:
    """Return ``value`` as EDTF by `MAPPING`; None where no line of it matches."""
    day = (created or "")[:10]
    for _, pattern, build in MAPPING:
        if found := re.fullmatch(pattern, value):
            return build(found, day)
    return None


def kind(value: str) -> str:
    """Return ``value`` with its digits levelled, to count the kinds that `MAPPING` lacks."""
    return re.sub(r"\d", "9", value) or "(none)"


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


@dataclass(frozen=True, slots=True)
class Proposal:
    """An expression found, with its value in both notations ("" where it has none)."""

    span: Span
    value: str
    edtf: str


def proposed(doc: Document, language: str) -> list[Proposal]:
    """Return what the program finds."""
    day = re.match(r"\d{4}-\d\d-\d\d", doc.created or "")
    anchor = Anchor(Moment.parse(day.group()) if day else None)
    whole = (Span(0, len(doc.text)),) if doc.text else ()
    found = timexes(doc.text, fold(doc.text), whole, language, anchor, intervals=False)
    # The annotation has since, until, begin and end beside the value, EDTF has them in it.
    return [Proposal(span, t.value or "", edtf(_bare(t), day) or "") for span, t, day in found]


def _bare(timex: Timex) -> Timex:
    end = None if timex.type == "DURATION" else timex.end
    return replace(timex, open=None, mod=None, start=None, until=None, end=end)


def tally(docs: list[Document], language: str, *, errors: bool) -> Counter[str]:
    """Return counts of gold, said, strict, relaxed and value over ``docs``."""
    counts: Counter[str] = Counter()
    for doc in docs:
        said = proposed(doc, language)
        counts["gold"] += len(doc.gold)
        counts["said"] += len(said)
        used: set[int] = set()
        for span, value in doc.gold:
            hits = [i for i, s in enumerate(said) if i not in used and s.span.overlap(span)]
            best = max(hits, key=lambda i: said[i].span.likeness(span), default=None)
            wanted = mapped(value, doc.created)
            if wanted is None:
                counts["unmapped"] += 1
                counts[f"unmapped {kind(value)}"] += 1
            if best is None:
                report(errors, doc, "missed", span, value)
                continue
            used.add(best)
            counts["relaxed"] += 1
            one = said[best]
            strict, right = one.span == span, one.value == value
            counts["strict"] += strict
            counts["value"] += right
            counts["edtf"] += wanted is not None and _same(one.edtf, wanted)
            if not strict:
                report(errors, doc, f"span, said «{one.span.of(doc.text)}»", span, value)
            if not right:
                report(errors, doc, f"value, said {one.value} (text of {doc.created})", span, value)
        for i, one in enumerate(said):
            if i not in used:
                report(errors, doc, "false", one.span, one.value)
    return counts


def _same(said: str, wanted: str) -> bool:
    """Return whether two EDTF values name the same days; how sure they are is left out."""
    return said.translate(_DOUBT) == wanted.translate(_DOUBT)


_DOUBT = str.maketrans("", "", "~?%")


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
        for what in ("strict", "relaxed", "value", "edtf"):
            p, r = counts[what] / max(1, counts["said"]), counts[what] / max(1, counts["gold"])
            f1 = 2 * p * r / (p + r) if p + r else 0.0
            print(
                f"{name:14}{what:8}{p:10.3f}{r:8.3f}{f1:7.3f}{counts['gold']:7}{counts['said']:7}"
            )
        lacking = sorted(
            ((n, k.removeprefix("unmapped ")) for k, n in counts.items() if k[:9] == "unmapped "),
            reverse=True,
        )
        shown_kinds = ", ".join(f"{k} {n}" for n, k in lacking)
        print(f"{name:14}{counts['unmapped']} TIMEX3 values are not mapped to EDTF: {shown_kinds}")
        print(f"{name:14}{len(docs)} documents, {rate:.0f} of 5,000 characters per second")
    return 0


if __name__ == "__main__":
    sys.exit(main())
