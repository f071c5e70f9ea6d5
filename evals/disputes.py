"""Are the contradictions between short reports found, and nothing else taken for one?

The cases of ``gold/disputes`` are a few lines each, of one report or of two, with the quotes
that contradict each other; some hold none, though they look as if. They were written before
their author had seen the rules, and are open to who writes rules since. A contradiction is
found when a conflict stands between two claims that overlap its quotes; a conflict between
any others is wrong. Texts are read and weighed as a node does, with nothing judged.

    python -m evals.disputes [ar|fr|en] [--misses]
"""

import argparse
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypedDict

from tawatur.intake import extract
from tawatur.model.claim import Claim, fold_claims
from tawatur.model.document import Rendition
from tawatur.model.ids import ClaimId, DocumentId, RenditionId, blob_digest
from tawatur.model.span import Span
from tawatur.reading import read
from tawatur.weighing.names import LocalName, local_names
from tawatur.weighing.picture import weigh_all

TABLES = Path(__file__).parent / "gold" / "disputes"
LANGUAGES = ("ar", "fr", "en")
_KEY = bytes(32)
_LEARNT = datetime(2024, 1, 1, tzinfo=UTC)


class Case(TypedDict):
    """One report or two, and the pairs of quotes in them that contradict each other."""

    name: str
    documents: list[str]
    pairs: list[list[str]]


@dataclass(frozen=True, slots=True)
class Scored:
    """One case: the pairs that were found and were not, and what was found without being one."""

    case: Case
    claims: tuple[Claim, ...]
    found: tuple[list[str], ...]
    missed: tuple[list[str], ...]
    wrong: tuple[tuple[Claim, Claim, str], ...]
    right: int


def corpus(_data: Path | None = None, *, name: str) -> list[Path]:
    """Return the files measured on, for one language."""
    return [TABLES / f"{name}.toml"]


def cases(name: str) -> list[Case]:
    """Return the cases of one language, in their order."""
    (path,) = corpus(name=name)
    listed: list[Case] = tomllib.loads(path.read_text("utf-8"))["case"]
    return listed


def figures(_data: Path | None = None, *, name: str) -> dict[str, float]:
    """Return the share of the contradictions that is found, and of what is found that is right."""
    return shares([scored(case) for case in cases(name)])


def shares(of: Iterable[Scored]) -> dict[str, float]:
    """Return recall and precision over ``of``; both are 1 where nothing could be missed."""
    every = list(of)
    found = sum(len(each.found) for each in every)
    wanted = found + sum(len(each.missed) for each in every)
    right = sum(each.right for each in every)
    said = right + sum(len(each.wrong) for each in every)
    return {
        "contradictions found": round(found / wanted, 3) if wanted else 1.0,
        "found and right": round(right / said, 3) if said else 1.0,
    }


def scored(case: Case) -> Scored:
    """Return what is found in one case, against what is there."""
    texts: dict[DocumentId, str] = {}
    claims: list[Claim] = []
    names: list[LocalName] = []
    for number, written in enumerate(case["documents"]):
        document = DocumentId(f"d-{number}")
        extraction = extract(f"{document}.txt", written.encode())
        reading = read(extraction)
        texts[document] = extraction.text
        rendition = Rendition(RenditionId(f"r-{number}"), document, blob_digest(b""), extraction)
        id_of = partial(_id_in, document)
        claims += fold_claims(rendition, [reading], id_of=id_of, learnt=_LEARNT)
        names += local_names(document, reading, extraction.text)
    picture = weigh_all(texts, claims, names, key=_KEY).picture
    by_id = {claim.id: claim for claim in claims}
    pairs = [tuple(list(_at(quote, texts)) for quote in pair) for pair in case["pairs"]]
    conflicts = [(by_id[c.a], by_id[c.b], c) for c in picture.conflicts]
    hits = [{i for i, (x, y) in enumerate(pairs) if _is(a, b, x, y)} for a, b, _ in conflicts]
    met = set().union(*hits)
    return Scored(
        case,
        tuple(claims),
        tuple(pair for i, pair in enumerate(case["pairs"]) if i in met),
        tuple(pair for i, pair in enumerate(case["pairs"]) if i not in met),
        tuple(
            (a, b, f"{c.kind}: {c.why}")
            for (a, b, c), hit in zip(conflicts, hits, strict=True)
            if not hit
        ),
        sum(bool(hit) for hit in hits),
    )


def _id_in(document: DocumentId, span: Span) -> ClaimId:
    return ClaimId(f"c-{document}-{span.start}")


_Place = tuple[DocumentId, Span]


def _at(quote: str, texts: dict[DocumentId, str]) -> Iterator[_Place]:
    for document, text in texts.items():
        start = text.find(quote)
        if start >= 0:
            yield document, Span(start, start + len(quote))


def _is(a: Claim, b: Claim, x: list[_Place], y: list[_Place]) -> bool:
    return (_over(a, x) and _over(b, y)) or (_over(a, y) and _over(b, x))


def _over(claim: Claim, places: list[_Place]) -> bool:
    return any(claim.document == d and claim.span.overlap(span) for d, span in places)


def _shown(one: Scored) -> Iterator[str]:
    yield f"== {one.case['name']}"
    yield from (f"  missed: {a} | {b}" for a, b in one.missed)
    yield from (f"  wrong: {a.quote} | {b.quote} | {why}" for a, b, why in one.wrong)
    for claim in one.claims:
        said = claim.content
        chain = " > ".join(str(link.source_text or link.kind) for link in said.chain)
        yield f"    {claim.quote} [{chain}] {said.polarity} {said.modality} {said.event_type}"


def main() -> int:
    """Print the shares of one language or of all, and what falls short where asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("name", nargs="?", choices=LANGUAGES)
    parser.add_argument("--misses", action="store_true", help="show the cases that fall short")
    given = parser.parse_args()
    for name in (given.name,) if given.name else LANGUAGES:
        every = [scored(case) for case in cases(name)]
        print(name, len(every), shares(every))
        for one in every:
            if given.misses and (one.missed or one.wrong):
                print("\n".join(_shown(one)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
