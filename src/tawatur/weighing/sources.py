"""What became of what each source said, how far is it to be relied on, and a claim to be believed?

A source is whoever speaks and can be known in another text: an outlet, as publisher or as
link of a chain, or a resolved entity. A *case* is an event of which it is a root. It is
*confirmed* where an independent root asserts the same and was surely not there before, and
*contradicted* where a claim of another root stands against it in a conflict that nobody
dismissed. Only what is stated as a fact counts; plans, opinions and questions do not.

Grades come from two versioned tables and count for nothing else. Laws, under test: order never
matters; repeating a report changes no grade; a denial that is added never raises one, since a
denial confirms nothing: two who deny may each defend themselves. F and 6, which say that
nothing can be said, are no step of the order; a denial leads from F to E alone, and from 6 to
4 or 5.

Known limits: a source that only echoes what others said first has no cases confirmed; one
that is right where nobody else looks stays F. Cost grows with the claims, and in one event
with the square of its roots.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import combinations

from tawatur.model.claim import Claim
from tawatur.model.grade import (
    GRADED,
    Case,
    ClaimGrade,
    Credibility,
    Record,
    Reliability,
    Source,
    SourceGrade,
)
from tawatur.model.ids import ClaimId, DocumentId, EntityId, SourceId, keyed_id
from tawatur.model.picture import Conflict, Entity, Event, Reason
from tawatur.model.reading import EntityType, Link, Modality, Polarity, SourceKind
from tawatur.weighing.components import Unions
from tawatur.weighing.events import moment
from tawatur.weighing.names import plain_name
from tawatur.weighing.roots import independent_roots
from tawatur.weighing.tellings import by_publication, root_keys

SHOWN = 5
"""Claims of other roots that are named where a case is confirmed: one of each root."""

_SILENT = {SourceKind.ANONYMOUS, SourceKind.RUMOUR}
_KINDS = (SourceKind.PERSON, SourceKind.GROUP, SourceKind.OUTLET, SourceKind.BODY)
"""What a source is that is taken for several things: a person first, so that none is graded."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What sources are weighed by: the picture of one viewer, and what it was worked out from.

    ``conflicts`` are those that nobody dismissed; ``who`` and ``families`` as in `weigh`.
    """

    events: tuple[Event, ...]
    claims: Mapping[ClaimId, Claim]
    conflicts: tuple[Conflict, ...]
    families: tuple[tuple[DocumentId, ...], ...] = ()
    who: Mapping[tuple[DocumentId, str], EntityId] | None = None
    entities: Mapping[EntityId, Entity] | None = None


class _Told(StrEnum):
    """Whether an independent root asserts the same."""

    YES = "yes"
    PERHAPS = "perhaps"
    NO = "no"


@dataclass(frozen=True, slots=True)
class _Heard:
    """The basis with what every question asks of it."""

    basis: Basis
    groups: Mapping[DocumentId, tuple[DocumentId, ...]]  # the family of each document
    roots: Mapping[ClaimId, str]
    against: Mapping[ClaimId, set[ClaimId]]

    def near(self, claims: Iterable[Claim]) -> set[tuple[DocumentId, ...]]:
        """Return the families of the documents of claims."""
        return {self.groups[c.document] for c in claims if c.document in self.groups}


@dataclass(frozen=True, slots=True)
class _Standing:
    """What other roots of one event make of what one root says in it."""

    claims: tuple[ClaimId, ...]
    confirmed: _Told
    by: tuple[ClaimId, ...]  # claims of independent roots that assert the same, first said first


def records(basis: Basis, key: bytes) -> tuple[Record, ...]:
    """Return what each source said and what became of it, in order of the source's id.

    Args:
        basis: What the viewer may see.
        key: The node's id key; a source's id is keyed over the names by which it is known.
    """
    sources, source_of = _sources(basis, key)
    heard = _heard(basis)
    told: dict[SourceId, list[ClaimId]] = defaultdict(list)
    for claim in basis.claims.values():
        for id_ in {source_of[name] for _, name, _ in _speakers(claim, basis)}:
            told[id_].append(claim.id)
    cases: dict[SourceId, list[Case]] = defaultdict(list)
    for event in basis.events:
        for root, standing in _standings(event, heard).items():
            if root in source_of:
                contradicting = {
                    other for c in standing.claims for other in heard.against.get(c, ())
                }
                case = Case(
                    event.id,
                    event.type,
                    standing.claims,
                    _not_before(standing, basis.claims)[:SHOWN],
                    tuple(sorted(contradicting)),
                )
                cases[source_of[root]].append(case)
    return tuple(
        Record(
            sources[id_],
            tuple(sorted(told[id_])),
            tuple(sorted(cases[id_], key=lambda case: case.event)),
        )
        for id_ in sorted(sources)
    )


def graded(record: Record) -> SourceGrade | None:
    """Return the letter of a source with its reasons; None of a kind that is given none."""
    if record.source.kind not in GRADED:
        return None
    version, lines = _letters()
    confirmed = sum(bool(case.confirmed_by) for case in record.cases)
    contradicted = sum(bool(case.contradicted_by) for case in record.cases)
    share = 100 * contradicted / ((confirmed + contradicted) or 1)
    line = next(line for line in lines if line.fits(confirmed, contradicted, share))
    reasons = [
        Reason(
            "Of {0} events that it is a root of, others confirmed {1} and contradicted {2}.",
            (str(len(record.cases)), str(confirmed), str(contradicted)),
        )
    ]
    if line.letter is Reliability.UNJUDGED:
        reasons.append(Reason("That is too little to judge it by."))
    elif line.letter is Reliability.UNRELIABLE:
        reasons.append(
            Reason(
                "{0} is for at least {1} contradicted, and {2} in a hundred or more.",
                (line.letter.value, str(line.contradicted), str(line.least)),
            )
        )
    else:
        reasons.append(
            Reason(
                "{0} is for at least {1} confirmed, and {2} in a hundred contradicted at most.",
                (line.letter.value, str(line.confirmed), str(line.most)),
            )
        )
    return SourceGrade(record.source, line.letter, tuple(reasons), f"grades/{version}")


def credibility(basis: Basis) -> dict[ClaimId, ClaimGrade]:
    """Return the number of every claim of the events, with its reasons."""
    heard = _heard(basis)
    found = {}
    for event in basis.events:
        for standing in _standings(event, heard).values():
            for id_ in standing.claims:
                others = {heard.roots[other] for other in heard.against.get(id_, ())}
                found[id_] = _numbered(basis.claims[id_], standing, len(others))
    return found


def _numbered(claim: Claim, standing: _Standing, contradicting: int) -> ClaimGrade:
    version, lines = _numbers()
    reasons: list[Reason] = []
    confirmed = standing.confirmed if claim.content.polarity is Polarity.ASSERTED else _Told.NO
    if claim.content.modality is not Modality.FACT or claim.content.polarity is Polarity.QUESTIONED:
        number = Credibility.UNJUDGED
        reasons.append(Reason("It does not state that something is so or is not."))
    else:
        number = next(
            number
            for number, wanted, least in lines
            if wanted in {"-", confirmed} and contradicting >= least
        )
        if confirmed is _Told.YES:
            reasons.append(Reason("An independent root asserts the same: {0}.", standing.by[:1]))
        elif confirmed is _Told.PERHAPS:
            reasons.append(Reason("Others assert the same, who may have it from the same root."))
        elif claim.content.polarity is Polarity.DENIED:
            reasons.append(Reason("Another denial would not confirm a denial."))
        else:
            reasons.append(Reason("No other root asserts the same."))
        if contradicting:
            reasons.append(Reason("Other roots contradict it: {0}.", (str(contradicting),)))
    return ClaimGrade(claim.id, number, tuple(reasons), f"credibility/{version}")


# ------------------------------------------------------------ who speaks


def _speakers(claim: Claim, basis: Basis) -> Iterator[tuple[SourceKind, str, str]]:
    """Yield kind, key and name of each source that a claim came through and that can be known."""
    for link in claim.content.chain:
        found = _speaker(link, claim, basis)
        if found is not None:
            yield found


def _speaker(link: Link, claim: Claim, basis: Basis) -> tuple[SourceKind, str, str] | None:
    name = claim.publisher if link.kind is SourceKind.AUTHOR else link.source_text
    if not name or link.kind in _SILENT or not plain_name(name):
        return None
    entity = (basis.who or {}).get((claim.document, link.entity)) if link.entity else None
    if entity is not None:
        known = (basis.entities or {}).get(entity)
        person = known is not None and known.type is EntityType.PERSON
        return SourceKind.PERSON if person else link.kind, f"e {entity}", name
    if link.kind in {SourceKind.AUTHOR, SourceKind.OUTLET}:
        return SourceKind.OUTLET, f"o {plain_name(name)}", name
    return None


def _sources(basis: Basis, key: bytes) -> tuple[dict[SourceId, Source], dict[str, SourceId]]:
    """Return all sources by id, and the id of each key under which one speaks or is a root."""
    kinds: dict[str, set[SourceKind]] = defaultdict(set)
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in basis.claims.values():
        for kind, speaker, name in _speakers(claim, basis):
            kinds[speaker].add(kind)
            names[speaker][name] += 1
    unions: Unions[str] = Unions()
    for speaker in sorted(names):
        for name in names[speaker]:  # an outlet that one text publishes and another names
            if (outlet := f"o {plain_name(name)}") in names:
                unions.join(speaker, outlet)
    groups: dict[str, list[str]] = defaultdict(list)
    for speaker in sorted(names):
        groups[unions.find(speaker)].append(speaker)
    known = {f"e {id_}": entity.name for id_, entity in (basis.entities or {}).items()}
    sources: dict[SourceId, Source] = {}
    source_of: dict[str, SourceId] = {}
    for first, members in groups.items():
        id_ = SourceId(keyed_id("s", key, first))
        counts = sum((names[member] for member in members), Counter[str]())
        spelled = sorted(counts, key=lambda name: (-counts[name], name))
        called = [known[member] for member in members if member in known]
        taken_for = {kind for member in members for kind in kinds[member]}
        kind = next((k for k in _KINDS if k in taken_for), SourceKind.DOCUMENT)
        sources[id_] = Source(id_, kind, (called or spelled)[0], tuple(spelled))
        source_of |= dict.fromkeys(members, id_)
    return sources, source_of


# ------------------------------------------------------------ what others made of it


def _heard(basis: Basis) -> _Heard:
    """Return the basis with each claim's root; what a copy repeats has that of its original."""
    groups = {document: group for group in basis.families for document in group}
    roots: dict[ClaimId, str] = {}
    heard = _Heard(basis, groups, roots, {})
    for event in basis.events:
        members = [basis.claims[id_] for id_ in event.claims]
        roots |= root_keys(members, heard.near(members), basis.who)
    return replace(heard, against=_against(basis, roots))


def _standings(event: Event, heard: _Heard) -> dict[str, _Standing]:
    """Return for each root of an event what the others make of what it asserts."""
    basis = heard.basis
    members = sorted((basis.claims[id_] for id_ in event.claims), key=by_publication)
    families = heard.near(members)
    by_root: dict[str, list[Claim]] = defaultdict(list)
    for claim in members:
        by_root[heard.roots[claim.id]].append(claim)
    first = {
        root: asserted[0]
        for root, claims in by_root.items()
        if (asserted := [claim for claim in claims if _asserts(claim)])
    }

    def independent(claims: Sequence[Claim]) -> bool:
        return independent_roots(claims, families, basis.who).at_least > 1

    several = len(first) > 1 and independent([claim for claim in members if _asserts(claim)])
    confirm = {
        frozenset((a.id, b.id))
        for a, b in combinations(first.values() if several else (), 2)
        if independent((a, b))
    }
    found = {}
    for root, claims in by_root.items():
        own, others = first.get(root), [said for other, said in first.items() if other != root]
        by = [each.id for each in others if own and frozenset((own.id, each.id)) in confirm]
        told = _Told.YES if by else _Told.PERHAPS if own and others else _Told.NO
        found[root] = _Standing(tuple(claim.id for claim in claims), told, tuple(by))
    return found


def _asserts(claim: Claim) -> bool:
    content = claim.content
    return content.polarity is Polarity.ASSERTED and content.modality is Modality.FACT


def _not_before(standing: _Standing, claims: Mapping[ClaimId, Claim]) -> tuple[ClaimId, ...]:
    """Return the confirming claims that were surely not there before the source asserted it."""
    asserted = (claims[id_] for id_ in standing.claims if _asserts(claims[id_]))
    first = next((moment(claim.published) for claim in asserted), None)
    return tuple(
        other
        for other in standing.by
        if first is None
        or (published := moment(claims[other].published)) is None
        or published.before(first) is not True
    )


def _against(basis: Basis, roots: Mapping[ClaimId, str]) -> dict[ClaimId, set[ClaimId]]:
    """Return for each claim stated as a fact those of other roots that contradict it."""
    found: dict[ClaimId, set[ClaimId]] = defaultdict(set)
    for conflict in basis.conflicts:
        for one, other in ((conflict.a, conflict.b), (conflict.b, conflict.a)):
            known = one in roots and other in roots
            if not known or conflict.same_root or roots[one] == roots[other]:
                continue
            if basis.claims[one].content.modality is Modality.FACT:
                found[one].add(other)
    return found


# ------------------------------------------------------------ the tables


@dataclass(frozen=True, slots=True)
class _Letter:
    """One line of the table of letters; shares are in a hundred."""

    letter: Reliability
    confirmed: int
    contradicted: int
    least: int
    most: int

    def fits(self, confirmed: int, contradicted: int, share: float) -> bool:
        """Return whether the line is for such a record."""
        enough = confirmed >= self.confirmed and contradicted >= self.contradicted
        return enough and self.least <= share <= self.most


@cache
def _letters() -> tuple[str, tuple[_Letter, ...]]:
    """Return version and lines of the table of letters."""
    (_, version), *lines = _table("grades.tsv")
    return version, tuple(_Letter(Reliability(x), *map(int, rest)) for x, *rest in lines)


@cache
def _numbers() -> tuple[str, tuple[tuple[Credibility, str, int], ...]]:
    """Return version and lines of the table of numbers: number, confirmed, least contradicting."""
    (_, version), *lines = _table("credibility.tsv")
    return version, tuple((Credibility(x), told, int(least)) for x, told, least in lines)


def _table(name: str) -> list[list[str]]:
    text = files("tawatur.weighing").joinpath(f"tables/{name}").read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and line[0] != "#"]
