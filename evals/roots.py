"""Does the interval of independent roots hold the one that a perfect reader justifies?

The cases are those of `evals.press`, once by hand and once through the reader. By hand the
chains, the copies and who is who are given, and `independent_roots` is measured alone.
Through the reader everything is worked out from the pages; of each report the claim that
lies over the clause that tells of the happening is counted, so that the grouping of claims
into events is not measured here.

    python -m evals.roots [--cases 1000] [--seed 1] [--misses CLASS]
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import combinations
from pathlib import Path

from evals import press
from tawatur.intake import extract
from tawatur.model.claim import Claim, Content, Status, fold_claims
from tawatur.model.document import Extraction, Rendition
from tawatur.model.ids import ClaimId, DocumentId, EntityId, RenditionId, blob_digest
from tawatur.model.picture import Copy, RootInterval
from tawatur.model.reading import AUTHOR, Link, Reading
from tawatur.model.span import Span
from tawatur.reading import read
from tawatur.weighing import (
    FactPrint,
    LocalName,
    entity_ids,
    fact_print,
    families,
    independent_roots,
    local_names,
    quoting,
    translation,
)
from tawatur.weighing.picture import all_copies, all_same

CASES, FEW = 1_000, 100
"""Cases measured in all, and where there are seconds only; both have the mix of classes."""
WIDER = 2
"""From so many roots more than the truth on, an interval is too wide to tell anything."""
_KEY = bytes(32)
_LEARNT = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Counted:
    """One case and what was made of it; ``by`` is ``by hand`` or ``through the reader``."""

    number: int
    case: press.Case
    by: str
    interval: RootInterval
    claims: tuple[Claim, ...]

    @property
    def inside(self) -> bool:
        """Whether the truth lies inside ours."""
        low, high = self.case.truth
        return self.interval.at_least <= low and high <= self.interval.at_most

    @property
    def equal(self) -> bool:
        """Whether both ends are those of the truth."""
        return (self.interval.at_least, self.interval.at_most) == self.case.truth

    @property
    def narrow(self) -> bool:
        """Whether ours is wider than the truth by less than `WIDER`."""
        low, high = self.case.truth
        return (self.interval.at_most - self.interval.at_least) - (high - low) < WIDER


def corpus(_data: Path | None = None) -> list[Path]:
    """Return the files that make the cases."""
    return [*sorted(press.TABLES.glob("*.toml")), Path(press.__file__)]


def figures(_data: Path | None = None, *, cases: int = CASES) -> dict[str, float]:
    """Return the shares by name of row: all cases, then class by class."""
    return shares(counted(range(cases)))


def counted(numbers: Iterable[int], seed: int = press.SEED) -> list[Counted]:
    """Return each case counted both ways."""
    found = []
    for number in numbers:
        case = press.case(number, seed)
        for by, count in (("by hand", by_hand), ("through the reader", through_the_reader)):
            claims, interval = count(case)
            found.append(Counted(number, case, by, interval, claims))
    return found


def shares(found: Iterable[Counted]) -> dict[str, float]:
    """Return the shares of cases by name of row."""
    rows: dict[str, list[bool]] = defaultdict(list)
    for one in found:
        for where in ("", f", {one.case.kind}"):
            rows[f"{one.by}, inside{where}"].append(one.inside)
            rows[f"{one.by}, both ends{where}"].append(one.equal)
            rows[f"{one.by}, not wide{where}"].append(one.narrow)
    return {row: round(sum(held) / len(held), 3) for row, held in sorted(rows.items())}


def by_hand(case: press.Case) -> tuple[tuple[Claim, ...], RootInterval]:
    """Return the claims of a case with chains made by hand, and the roots counted in them."""
    claims = []
    who: dict[tuple[DocumentId, str], EntityId] = {}
    texts: dict[int, list[DocumentId]] = defaultdict(list)
    for at, report in enumerate(case.reports):
        document = DocumentId(f"d-{at:02}")
        texts[report.text_of].append(document)
        links = []
        for source in report.chain:
            known = source.kind in press.NAMED
            entity = f"e{source.kind}{source.at}" if known else None
            if entity:
                who[document, entity] = EntityId(f"n-{entity}")
            links.append(Link(source.kind, press.name(source, report.language), entity=entity))
        claims.append(_claim(document, report, tuple(links)))
    groups = [tuple(group) for group in texts.values() if len(group) > 1]
    return tuple(claims), independent_roots(claims, groups, who)


def through_the_reader(case: press.Case) -> tuple[tuple[Claim, ...], RootInterval]:
    """Return the claims that the reader finds over the clauses, and the roots in them."""
    texts: dict[DocumentId, str] = {}
    claims: list[Claim] = []
    names: list[LocalName] = []
    facts: list[FactPrint] = []
    for at, report in enumerate(case.reports):
        document = DocumentId(f"d-{at:02}")
        extraction = extract("report.html", report.page())
        main = extraction.main()
        texts[document] = "\n".join(span.of(extraction.text) for span in main)
        reading = read(extraction)
        claims += _over(report, document, extraction, reading)
        names += local_names(document, reading)
        facts.append(fact_print(document, extraction.text, main, reading))
    copies: list[Copy] = list(all_copies(texts))
    copies += [c for a, b in combinations(facts, 2) if (c := translation(a, b)) is not None]
    groups = families(copies)
    who = entity_ids(names, all_same(names), _KEY)
    return tuple(claims), independent_roots(claims, groups, who, quoting(copies, groups))


def _over(
    report: press.Report, document: DocumentId, extraction: Extraction, reading: Reading
) -> list[Claim]:
    """Return the claim that covers most of the clause that tells of the happening, if one does."""
    rendition = Rendition(RenditionId(f"r-{document}"), document, blob_digest(b""), extraction)
    id_of = partial(_id_in, document)
    found = fold_claims(rendition, [reading], id_of=id_of, learnt=_LEARNT)
    start = extraction.text.index(report.telling)
    clause = Span(start, start + len(report.telling))
    most = max(found, key=lambda c: c.span.overlap(clause), default=None)
    return [most] if most is not None and most.span.overlap(clause) else []


def _id_in(document: DocumentId, span: Span) -> ClaimId:
    return ClaimId(f"c-{document}-{span.start}")


def _claim(document: DocumentId, report: press.Report, links: tuple[Link, ...]) -> Claim:
    return Claim(
        id=ClaimId(f"c-{document}"),
        document=document,
        rendition=RenditionId(f"r-{document}"),
        span=Span(0, len(report.telling)),
        quote=report.telling,
        language=report.language,
        content=Content((AUTHOR, *links)),
        status=Status.PROPOSED,
        readers=("hand",),
        published=str(report.day),
        learnt=_LEARNT,
        publisher=press.name(report.outlet, report.language),
    )


def _shown(one: Counted) -> str:
    """Return a case that was missed, report by report, as made and as found."""
    ends = (one.interval.at_least, one.interval.at_most)
    lines = [f"{one.number} {one.case.kind}, {one.by}: {ends}, truth {one.case.truth}"]
    chains = {c.document: [f"{k.kind}: {k.source_text}" for k in c.content.chain[1:]]
              for c in one.claims}  # fmt: skip
    for at, report in enumerate(one.case.reports):
        made = [press.name(source, report.language) for source in report.chain]
        sentence = next(p for p in report.paragraphs if report.telling in p)
        outlet = press.name(report.outlet, report.language)
        lines.append(f"  {outlet}: {sentence}\n    {made} of text {report.text_of}")
        lines.append(f"    {chains.get(DocumentId(f'd-{at:02}'), 'no claim')}")
    return "\n".join([*lines, *(f"  {reason}" for reason in one.interval.reasons)])


def main() -> int:
    """Print the shares, or the cases that were missed; return 0."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--seed", type=int, default=press.SEED)
    parser.add_argument("--misses", metavar="CLASS", help="list the cases not met, of a class")
    parser.add_argument("--by", default="", help="by hand, or through the reader")
    parser.add_argument("--of", choices=("inside", "equal", "narrow"), default="inside")
    given = parser.parse_args()
    found = counted(range(given.cases), given.seed)
    if given.misses is not None:
        missed: Callable[[Counted], bool] = lambda one: not getattr(one, given.of)  # noqa: E731 - one test
        for one in found:
            if given.misses in one.case.kind and given.by in one.by and missed(one):
                print(_shown(one))
        return 0
    for row, share in shares(found).items():
        print(f"{row:44}{share:7.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
