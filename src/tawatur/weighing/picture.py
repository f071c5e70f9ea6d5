"""What do these claims come to: events with their roots and what these say, and conflicts?

The pieces have one shape: keys, candidates, pair test, connected component, result.
Whoever keeps the picture up to date stores keys, edges and copies, and calls `weigh`
for the components that a change touches: those of the claims whose keys are new, and
those with a claim in a document whose family or whose entities changed. What the voices
of one text say against each other turns on that text alone (`conflicts_within`). `weigh_all`
does the whole from nothing; what is kept incrementally equals it.

Equal input in any order gives equal output, sorted by id. An event's id is keyed over
its first claim, a conflict's over its two: claims elsewhere change neither.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tawatur.model.claim import Claim, Status
from tawatur.model.ids import ClaimId, DocumentId, EntityId, EventId, keyed_id
from tawatur.model.picture import (
    Compared,
    Conflict,
    Copy,
    Entity,
    Event,
    NearMiss,
    Picture,
    Reason,
    RootInterval,
    Standing,
)
from tawatur.model.reading import Modality, Polarity
from tawatur.weighing.components import Edge, PlainEdge, candidates
from tawatur.weighing.conflicts import conflicts, conflicts_opposed, conflicts_within
from tawatur.weighing.copies import families, quoting, same_text, shingle_keys, text_print
from tawatur.weighing.entities import Ruled, entity_ids, group_entities
from tawatur.weighing.events import (
    ClaimPrint,
    claim_print,
    cluster,
    moment,
    print_edge,
)
from tawatur.weighing.names import (
    LocalName,
    Spelling,
    entity_keys,
    name_code,
    same_entity,
)
from tawatur.weighing.oppositions import link_keys, print_link
from tawatur.weighing.roots import roots_told
from tawatur.weighing.standings import standings
from tawatur.weighing.tellings import by_publication, tellings

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything that weighing makes of an archive, and what it was made from."""

    picture: Picture
    entities: tuple[Entity, ...]
    copies: tuple[Copy, ...]
    edges: tuple[Edge, ...]


def weigh(
    claims: Iterable[Claim],
    edges: Iterable[PlainEdge],
    families: Iterable[tuple[DocumentId, ...]] = (),
    who: Mapping[tuple[DocumentId, str], EntityId] | None = None,
    quotes: Iterable[tuple[DocumentId, DocumentId]] = (),
    *,
    key: bytes,
    print_of: Callable[[Claim], ClaimPrint] = claim_print,
) -> Picture:
    """Return the events and conflicts of one connected component, or of several at once.

    Args:
        claims: All claims of the components; rejected ones count for nothing.
        edges: The edges between them, each once; those to other claims are left out.
        families: The groups of copies that hold a document of the claims, each whole.
        who: The entity of each local entity that a link names.
        quotes: The pairs of documents that share text and are of no one family.
        key: The node's id key.
        print_of: Gives the print of a claim, for whoever keeps them.
    """
    quotes, who = tuple(quotes), who or {}
    held = {claim.id: claim for claim in claims if claim.status is not Status.REJECTED}
    edges = sorted(edges)
    group_of = {document: group for group in families for document in group}
    prints: dict[ClaimId, ClaimPrint] = {}

    def linked(a: ClaimId, b: ClaimId) -> bool:
        for id_ in (a, b):
            if id_ not in prints:
                prints[id_] = print_of(held[id_])
        return print_edge(prints[a], prints[b]) is not None

    clusters = cluster(held, edges, linked)
    central = _centrality(clusters, edges)
    events: list[Event] = []
    stood: list[Standing] = []
    found: list[Compared] = []
    for ids in clusters:
        members = sorted((held[i] for i in ids), key=by_publication)
        groups = (group_of.get(c.document, ()) for c in members)
        # By its first: to hash a family takes as long as it is large.
        near = list({group[0]: group for group in groups if group}.values())
        documents = {c.document for c in members}
        quoted = [pair for pair in quotes if documents.issuperset(pair)]
        told = tellings(members, near, who)
        at_source = tellings(members, near, who, quoted) if quoted else told
        event = _event(members, central, roots_told(at_source, near), key)
        events.append(event)
        stood.extend(standings(event, told, near, who, quoted))
        if len(members) > 1:
            found.append(conflicts(told, key, near))
    already = {frozenset((c.a, c.b)) for each in found for c in each.conflicts}
    pairs = [  # opposed, and of no one event
        (held[a], held[b])
        for a, b, strength in edges
        if not strength and a in held and b in held and frozenset((a, b)) not in already
    ]
    if pairs:
        found.append(conflicts_opposed(pairs, key, group_of.values(), who))
    stood.sort(key=lambda standing: (standing.event, standing.root))
    return Picture(
        tuple(sorted(events, key=lambda e: e.id)), *_together(found), standings=tuple(stood)
    )


def weigh_all(
    texts: Mapping[DocumentId, str],
    claims: Iterable[Claim],
    locals: Iterable[LocalName] = (),  # noqa: A002 - what they are called throughout
    ruled: Iterable[Ruled] = (),
    *,
    key: bytes,
) -> Whole:
    """Return the whole picture, worked out from nothing: the oracle for every shorter way.

    Args:
        texts: The main text of each document.
        claims: All claims; rejected ones count for nothing.
        locals: The named things of all documents.
        ruled: What people ruled of them.
        key: The node's id key.
    """
    held = [claim for claim in claims if claim.status is not Status.REJECTED]
    copies = all_copies(texts)
    edges = all_edges(held)
    names, rulings = tuple(locals), tuple(ruled)
    same = all_same(names)
    groups = families(copies)
    who = entity_ids(names, same, key, rulings)
    told = weigh(
        held, [(e.a, e.b, e.strength) for e in edges], groups, who, quoting(copies, groups), key=key
    )
    return Whole(
        Picture(
            told.events,
            *_together((told, *_within_texts(held, key))),
            standings=told.standings,
        ),
        group_entities(names, same, key, rulings),
        copies,
        edges,
    )


def _within_texts(claims: Iterable[Claim], key: bytes) -> Iterator[Compared]:
    """Yield what each text says against itself."""
    told: dict[DocumentId, list[Claim]] = defaultdict(list)
    for claim in claims:
        told[claim.document].append(claim)
    for held in told.values():
        yield conflicts_within(held, key)


def _together(
    found: Iterable[Compared | Picture],
) -> tuple[tuple[Conflict, ...], tuple[NearMiss, ...]]:
    """Return all conflicts, and all near misses, in order of id."""
    held = tuple(found)
    return (
        tuple(sorted((c for each in held for c in each.conflicts), key=lambda c: c.id)),
        tuple(sorted((n for each in held for n in each.near), key=lambda n: n.id)),
    )


def all_copies(texts: Mapping[DocumentId, str]) -> tuple[Copy, ...]:
    """Return every pair of documents that share a text, sorted by ids."""
    prints = {document: text_print(document, text) for document, text in texts.items()}
    pairs = candidates({document: shingle_keys(text) for document, text in texts.items()})
    return tuple(c for a, b in pairs if (c := same_text(prints[a], prints[b])) is not None)


def all_edges(claims: Iterable[Claim]) -> tuple[Edge, ...]:
    """Return every pair of claims about one thing, or opposed, sorted by ids."""
    prints = {c.id: claim_print(c) for c in claims if c.status is not Status.REJECTED}
    pairs = candidates({id_: link_keys(of) for id_, of in prints.items()})
    return tuple(e for a, b in pairs if (e := print_link(prints[a], prints[b])) is not None)


def all_same(
    locals: Iterable[LocalName],  # noqa: A002 - what they are called throughout
) -> tuple[tuple[LocalName, LocalName, Reason], ...]:
    """Return edges that connect all named things that are one, sorted by document and local id.

    Not every pair, which for a country would grow with the square of the archive: one for each
    two spellings, and for each spelling one from each of its documents to the first.
    """
    spellings: dict[Spelling, list[LocalName]] = defaultdict(list)
    for local in sorted(locals, key=lambda x: x.place):
        spellings[local.spelling].append(local)
    pairs = {
        pair for held in spellings.values() if entity_keys(held[0]) for pair in _across(held, held)
    }
    keys = {spelling: entity_keys(held[0]) for spelling, held in spellings.items()}
    for first, second in candidates(keys):
        pairs |= _across(spellings[first], spellings[second])
    found = ((a, b, same_entity(a, b)) for a, b in pairs)
    return tuple(
        sorted(
            ((a, b, why) for a, b, why in found if why is not None),
            key=lambda e: (e[0].place, e[1].place),
        )
    )


def _across(a: Sequence[LocalName], b: Sequence[LocalName]) -> set[tuple[LocalName, LocalName]]:
    """Return pairs of two documents each that connect whatever all such pairs would connect."""
    pairs: set[tuple[LocalName, LocalName]] = set()
    for some, others in ((a, b), (b, a)):
        for one in some:
            other = next((x for x in others if x.document != one.document), None)
            if other is not None:
                pairs.add((one, other) if one.place < other.place else (other, one))
            if some is not others and len({x.document for x in some}) > 1 and pairs:
                break  # the spelling is connected in itself: one pair is enough
    return pairs


def _centrality(
    clusters: Iterable[Sequence[ClaimId]], edges: Iterable[PlainEdge]
) -> dict[ClaimId, float]:
    """Return how strongly each claim is linked within its cluster; ``edges`` in one order."""
    cluster_of = {id_: ids[0] for ids in clusters for id_ in ids}
    central: dict[ClaimId, float] = defaultdict(float)
    for a, b, strength in edges:
        if a in cluster_of and cluster_of[a] == cluster_of.get(b):
            central[a] += strength
            central[b] += strength
    return central


def _event(
    members: Sequence[Claim],
    central: Mapping[ClaimId, float],
    roots: RootInterval,
    key: bytes,
) -> Event:
    """Return the event of ``members``, which are in order of publication."""
    head = members[_head(members, central)]
    return Event(
        id=EventId(keyed_id("v", key, min(claim.id for claim in members))),
        type=_commonest([c.content.event_type for c in members], head.content.event_type),
        headline=head.quote,
        language=head.language,
        claims=tuple(claim.id for claim in members),
        documents=tuple(dict.fromkeys(claim.document for claim in members)),
        when=_when(members),
        where=_names(members, places=True),
        who=_names(members, places=False),
        roots=roots,
    )


def _head(members: Sequence[Claim], central: Mapping[ClaimId, float]) -> int:
    """Return the place of the claim that stands for all: said as a fact, central, first."""
    return min(
        range(len(members)),
        key=lambda i: (
            members[i].content.polarity is not Polarity.ASSERTED,
            members[i].content.modality not in (Modality.FACT, Modality.HEDGED),
            -round(central.get(members[i].id, 0.0), 3),
            i,
        ),
    )


def _when(members: Sequence[Claim]) -> str | None:
    """Return the time that most claims give, the narrowest of those, the first said of those."""
    counts = Counter(c.content.when for c in members if c.content.when)
    return min(counts, key=lambda w: (-counts[w], _days(w)), default=None)


def _days(edtf: str) -> int:
    time = moment(edtf)
    if time is None or time.lower is None or time.upper is None:
        return 1 << 30
    return (time.upper - time.lower).days


def _names(members: Sequence[Claim], *, places: bool) -> tuple[str, ...]:
    """Return names as the claims have them, one spelling each, those of most claims first."""
    counts: Counter[str] = Counter()
    first: dict[str, str] = {}
    for claim in members:
        named = claim.content.where if places else claim.content.who
        for code, name in {name_code(n.name, n.type): n.name for n in reversed(named)}.items():
            counts[code] += 1
            first.setdefault(code, name)
    order = {code: at for at, code in enumerate(first)}
    return tuple(first[c] for c in sorted(counts, key=lambda c: (-counts[c], order[c])))


def _commonest(values: Sequence[_Value], default: _Value) -> _Value:
    """Return the value that occurs most, ``default`` before others of equal count."""
    counts = Counter(values)
    most = max(counts.values())
    return default if counts[default] == most else next(v for v in values if counts[v] == most)
