"""What became of what each source said, how far is it to be relied on, and a claim to be believed?

A source is whoever speaks and can be known in another text: an outlet, as publisher or as
link of a chain, or a resolved entity. A *case* is an event of which it is a root
(`tawatur.weighing.standings`). It is *confirmed* where an independent root asserts the same and
was surely not there before, and *contradicted* where a claim of another root stands against it
in a conflict that nobody dismissed. Only what is stated as a fact counts; plans, opinions and
questions do not.

What a document says of who speaks in it (`voices`) turns on that document alone, and what becomes
of it in an event on the component of that event: whoever keeps these two has only to set them
together (`heard`, `contradictions`) when somebody asks.

Grades come from two versioned tables and count for nothing else. Laws, under test: order never
matters; repeating a report changes no grade; a denial that is added never raises one, since a
denial confirms nothing: two who deny may each defend themselves. F and 6, which say that
nothing can be said, are no step of the order; a denial leads from F to E alone, and from 6 to
4 or 5.

Known limits: a source that only echoes what others said first has no cases confirmed; one
that is right where nobody else looks stays F.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple, TypeAlias

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
    Tally,
)
from tawatur.model.ids import ClaimId, DocumentId, EntityId, SourceId, keyed_id
from tawatur.model.picture import Conflict, Reason, Standing, Told
from tawatur.model.reading import SourceKind
from tawatur.weighing.components import Unions
from tawatur.weighing.names import plain_name

_SILENT = {SourceKind.ANONYMOUS, SourceKind.RUMOUR}
_KINDS = (SourceKind.PERSON, SourceKind.GROUP, SourceKind.OUTLET, SourceKind.BODY)
"""What a source is that is taken for several things: a person first, so that none is graded."""

_ENTITY, _OUTLET = "e ", "o "
"""With what the keys of tellings begin that hold in other texts as well."""

Against: TypeAlias = Mapping[ClaimId, Mapping[ClaimId, str]]
"""By each claim stated as a fact the claims of other roots that contradict it, with these roots."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody through whom claims of one document came, under one name.

    ``local`` is the document's named thing that it is; None where it is none.
    """

    document: DocumentId
    local: str | None
    kind: SourceKind
    name: str
    claims: tuple[ClaimId, ...]


class Called(NamedTuple):
    """What an entity is called, and whether it is a person."""

    name: str
    person: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """All sources by id, and what came through each.

    ``of`` has the source of each key under which one speaks or is a root: "e " and the entity,
    or "o " and the plain name of an outlet.
    """

    sources: Mapping[SourceId, Source]
    of: Mapping[str, SourceId]
    claims: Mapping[SourceId, frozenset[ClaimId]]

    def only(self, source: SourceId) -> "Heard":
        """Return one source alone."""
        keys = {key: source for key, id_ in self.of.items() if id_ == source}
        return Heard({source: self.sources[source]}, keys, {source: self.claims[source]})


def voices(claims: Iterable[Claim]) -> tuple[Voice, ...]:
    """Return who speaks in the claims of documents and could be known in another text, sorted."""
    found: dict[tuple[DocumentId, str, SourceKind, str], list[ClaimId]] = defaultdict(list)
    for claim in claims:
        for link in claim.content.chain:
            name = claim.publisher if link.kind is SourceKind.AUTHOR else link.source_text
            if name and link.kind not in _SILENT and plain_name(name):
                found[claim.document, link.entity or "", link.kind, name].append(claim.id)
    return tuple(
        Voice(
            document, local or None, kind, name, tuple(sorted(found[document, local, kind, name]))
        )
        for document, local, kind, name in sorted(found)
    )


def heard(
    said: Iterable[Voice],
    who: Mapping[tuple[DocumentId, str], EntityId],
    called: Mapping[EntityId, Called],
    key: bytes,
) -> Heard:
    """Return the sources that speak.

    Args:
        said: All voices of one picture.
        who: The entity of each named thing that speaks.
        called: What these entities are called.
        key: The node's id key; a source's id is keyed over an outlet's name where it has one.
    """
    kinds: dict[str, set[SourceKind]] = defaultdict(set)
    names: dict[str, Counter[str]] = defaultdict(Counter)
    through: dict[str, set[ClaimId]] = defaultdict(set)
    for voice in said:
        found = _speaker(voice, who, called)
        if found is not None:
            kind, speaker = found
            kinds[speaker].add(kind)
            names[speaker][voice.name] += len(voice.claims)
            through[speaker].update(voice.claims)
    sources: dict[SourceId, Source] = {}
    of: dict[str, SourceId] = {}
    claims: dict[SourceId, frozenset[ClaimId]] = {}
    for members in _together(names):
        id_ = SourceId(keyed_id("s", key, members[0]))
        counts = sum((names[member] for member in members), Counter[str]())
        spelled = sorted(counts, key=lambda name: (-counts[name], name))
        known = (called.get(EntityId(member[2:])) for member in members if member[:2] == _ENTITY)
        name = next((each.name for each in known if each), spelled[0])
        taken_for = {kind for member in members for kind in kinds[member]}
        kind = next((k for k in _KINDS if k in taken_for), SourceKind.DOCUMENT)
        sources[id_] = Source(id_, kind, name, tuple(spelled))
        of |= dict.fromkeys(members, id_)
        claims[id_] = frozenset().union(*(through[member] for member in members))
    return Heard(sources, of, claims)


def contradictions(conflicts: Iterable[Conflict], standings: Iterable[Standing]) -> Against:
    """Return what other roots say against each claim that is stated as a fact.

    Args:
        conflicts: Those that nobody dismissed.
        standings: Those that hold their sides, at least; equal roots are one wherever they are.
    """
    roots: dict[ClaimId, str] = {}
    stated: set[ClaimId] = set()
    for standing in standings:
        roots |= dict.fromkeys(standing.claims, standing.root)
        stated |= set(standing.stated)
    found: dict[ClaimId, dict[ClaimId, str]] = defaultdict(dict)
    for conflict in conflicts:
        for one, other in ((conflict.a, conflict.b), (conflict.b, conflict.a)):
            known = one in stated and other in roots
            if known and not conflict.same_root and roots[one] != roots[other]:
                found[one][other] = roots[other]
    return found


def records(of: Heard, standings: Iterable[Standing], against: Against) -> tuple[Record, ...]:
    """Return what each source said and what became of it, in order of the source's id.

    Args:
        of: The sources.
        standings: By whose roots each has its cases.
        against: What contradicts the claims of these.
    """
    cases: dict[SourceId, list[Case]] = defaultdict(list)
    for standing in standings:
        if standing.root in of.of:
            cases[of.of[standing.root]].append(_case(standing, against))
    return tuple(
        Record(
            of.sources[id_],
            tuple(sorted(of.claims[id_])),
            tuple(sorted(cases[id_], key=lambda case: case.event)),
        )
        for id_ in sorted(of.sources)
    )


def _case(standing: Standing, against: Against) -> Case:
    contradicting = {other for claim in standing.claims for other in against.get(claim, ())}
    return Case(
        standing.event,
        standing.subject,
        standing.claims,
        standing.later,
        tuple(sorted(contradicting)),
    )


def graded(source: Source, tally: Tally) -> SourceGrade | None:
    """Return the letter of a source with its reasons; None of a kind that is given none."""
    if source.kind not in GRADED:
        return None
    version, lines = _letters()
    confirmed, contradicted = tally.confirmed, tally.contradicted
    share = 100 * contradicted / ((confirmed + contradicted) or 1)
    line = next(line for line in lines if line.fits(confirmed, contradicted, share))
    reasons = [
        Reason(
            "Of {0} events that it is a root of, others confirmed {1} and contradicted {2}.",
            (str(tally.cases), str(confirmed), str(contradicted)),
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
    return SourceGrade(source, line.letter, tuple(reasons), f"grades/{version}")


def credibility(standings: Iterable[Standing], against: Against) -> dict[ClaimId, ClaimGrade]:
    """Return the number of every claim of events, with its reasons; arguments as in `records`."""
    return {
        claim: _numbered(claim, standing, len(set(against.get(claim, {}).values())))
        for standing in standings
        for claim in standing.claims
    }


def _numbered(claim: ClaimId, standing: Standing, contradicting: int) -> ClaimGrade:
    version, lines = _numbers()
    reasons: list[Reason] = []
    asserted = claim in standing.asserted
    confirmed = standing.told if asserted else Told.NO
    if claim not in standing.stated:
        number = Credibility.UNJUDGED
        reasons.append(Reason("It does not state that something is so or is not."))
    else:
        number = next(
            number
            for number, wanted, least in lines
            if wanted in {"-", confirmed} and contradicting >= least
        )
        if confirmed is Told.YES and standing.by is not None:
            reasons.append(Reason("An independent root asserts the same: {0}.", (standing.by,)))
        elif confirmed is Told.PERHAPS:
            reasons.append(Reason("Others assert the same, who may have it from the same root."))
        elif not asserted:
            reasons.append(Reason("Another denial would not confirm a denial."))
        else:
            reasons.append(Reason("No other root asserts the same."))
        if contradicting:
            reasons.append(Reason("Other roots contradict it: {0}.", (str(contradicting),)))
    return ClaimGrade(claim, number, tuple(reasons), f"credibility/{version}")


# ------------------------------------------------------------ who speaks


def _speaker(
    voice: Voice,
    who: Mapping[tuple[DocumentId, str], EntityId],
    called: Mapping[EntityId, Called],
) -> tuple[SourceKind, str] | None:
    """Return what kind of source speaks, and its key; None where it cannot be known elsewhere."""
    entity = who.get((voice.document, voice.local)) if voice.local else None
    if entity is not None:
        known = called.get(entity)
        return SourceKind.PERSON if known and known.person else voice.kind, f"{_ENTITY}{entity}"
    if voice.kind in {SourceKind.AUTHOR, SourceKind.OUTLET}:
        return SourceKind.OUTLET, f"{_OUTLET}{plain_name(voice.name)}"
    return None


def _together(names: Mapping[str, Iterable[str]]) -> Iterable[list[str]]:
    """Return the keys of each source, an outlet's first: its id lasts whoever else it is.

    An outlet that one text publishes and another names is one.
    """
    unions: Unions[str] = Unions()
    for speaker in sorted(names):
        for name in names[speaker]:
            if (outlet := f"{_OUTLET}{plain_name(name)}") in names:
                unions.join(speaker, outlet)
    groups: dict[str, list[str]] = defaultdict(list)
    for speaker in sorted(names, reverse=True):
        groups[unions.find(speaker)].append(speaker)
    return groups.values()


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
