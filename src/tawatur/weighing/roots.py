"""How many independent roots stand behind claims: at least, at most?

Ten reports that trace back to one spokesman are one witness, not ten. Whose word each claim
is, once copies and citations are followed, `tellings` says.

*At most* takes every doubt for a difference: each unnamed source, each person of one
name only and each body without a resolved entity may be another in every text, and is
one only within one text and its copies, under the same words; so is an unnamed source that
several texts have from one outlet. Named sources that `names` resolved are one wherever they
speak, and sources that only cite one another in a circle are one.

*At least* takes every doubt for an identity. Adjacent links become "heard it from"
edges, and a root is a sink of that graph; sources that only quote one another are one
sink, and so are the authors of copies. Whoever passed somebody's word on may have all of
it from there. All unnamed sources may be one person, or one of the named: together they
add one root, and none beside a named one, unless `stations` rules it out: a shepherd is no
officer. A name that may be a shorter form of another is that other. What a translation
lays to a source that does not match may be the word of the first in its original.

Laws, under test: order never matters; repetition never adds a root; a later copy of a
held document, its chains being the same, changes neither end; at least <= at most; a claim
adds at most one to each end. *At most* never falls when a claim is added that is no copy,
whose author nobody cites and that passes on no outlet's word. *At least* is not monotone: a
chain that is added can show that two roots were one.

Known limits: a minister and "the minister" are two; an office that changed hands is one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, groupby, pairwise

from tawatur.model.claim import Claim
from tawatur.model.ids import ClaimId, DocumentId, EntityId
from tawatur.model.picture import (
    Copy,
    Lineage,
    Passing,
    Reason,
    Root,
    RootInterval,
    Teller,
)
from tawatur.model.reading import SourceKind
from tawatur.weighing.components import Unions
from tawatur.weighing.stations import (
    STATIONS,
    needing_a_root,
    stations_of,
    stations_of_named,
)
from tawatur.weighing.tellings import (
    Source,
    Telling,
    alike_by,
    author_of,
    followed,
    may_be_one,
    tellings,
)

VERSION = "2"
"""Told with what rests on it; another one may count otherwise."""
_UNNAMED = "?"  # whoever they are: one person, for all that can be proven


def independent_roots(
    claims: Iterable[Claim],
    families: Iterable[tuple[DocumentId, ...]] = (),
    who: Mapping[tuple[DocumentId, str], EntityId] | None = None,
    quotes: Iterable[tuple[DocumentId, DocumentId]] = (),
) -> RootInterval:
    """Return how many independent roots stand behind ``claims``, with reasons.

    ``roots`` holds those of the upper end, named ones first, then by how many claims rest
    on them. Equal input in any order gives equal output.

    Args:
        claims: What is said of one event.
        families: The groups of documents that hold one text, as `copies.families` gives them.
        who: The entity of each document's local entity, as far as names were resolved.
        quotes: Pairs of documents of which one holds a long stretch of the other.
    """
    families = tuple(families)
    return roots_told(tellings(claims, families, who or {}, quotes), families)


def roots_told(told: Iterable[Telling], families: Iterable[tuple[DocumentId, ...]]) -> RootInterval:
    """Return the same as `independent_roots`, of claims of which it is known whose word they are.

    Args:
        told: The tellings of one event.
        families: The groups of documents that hold one text.
    """
    return _interval(_found(told, tuple(families)))


def lineage(
    claims: Iterable[Claim],
    families: Iterable[tuple[DocumentId, ...]] = (),
    who: Mapping[tuple[DocumentId, str], EntityId] | None = None,
    quotes: Iterable[tuple[DocumentId, DocumentId]] = (),
    copies: Iterable[Copy] = (),
) -> Lineage:
    """Return who had it from whom, and how many independent roots that makes.

    Below each root, in the order of the interval's, stand those who had it from there, first
    published first, each followed by whoever had it from them. Equal input in any order gives
    equal output.

    Args:
        claims: What is said of one event.
        families: The groups of documents that hold one text, as `copies.families` gives them.
        who: The entity of each document's local entity, as far as names were resolved.
        quotes: Pairs of documents of which one holds a long stretch of the other.
        copies: How documents share a text, to say why one is a copy of the other.
    """
    families = tuple(families)
    found = _found(tellings(claims, families, who or {}, quotes), families)
    return Lineage(_interval(found), _tellers(found, copies))


def least_roots(
    claims: Iterable[Claim],
    families: Iterable[tuple[DocumentId, ...]] = (),
    who: Mapping[tuple[DocumentId, str], EntityId] | None = None,
    quotes: Iterable[tuple[DocumentId, DocumentId]] = (),
) -> int:
    """Return the lower end of `independent_roots` alone; the arguments are the same."""
    families = tuple(families)
    return _at_least(_found(tellings(claims, families, who or {}, quotes), families))


def surely_two(
    a: Claim,
    b: Claim,
    families: Iterable[tuple[DocumentId, ...]] = (),
    who: Mapping[tuple[DocumentId, str], EntityId] | None = None,
    quotes: Iterable[tuple[DocumentId, DocumentId]] = (),
) -> bool:
    """Return whether two claims rest on two roots at least, as `independent_roots` counts them.

    Args:
        a: One claim.
        b: The other.
        families: The groups that hold the documents of both: another joins them by nothing.
        who: The entity of each document's local entity, as far as names were resolved.
        quotes: The documents of both, if one quotes the other.
    """
    # An unnamed source adds a root only by its station: two such claims have one between them.
    if any(_silent(claim) for claim in (a, b)):
        return False
    return least_roots((a, b), families, who, quotes) > 1


def _silent(claim: Claim) -> bool:
    """Return whether a claim rests on somebody of whom the text says nothing that tells apart."""
    root = claim.root
    hidden = root.kind in {SourceKind.ANONYMOUS, SourceKind.RUMOUR} and root.entity is None
    return hidden and stations_of(root.source_text or "", claim.language) == STATIONS


@dataclass(frozen=True, slots=True)
class _Found:
    """What both ends are read off: the tellings, and which sources are one, or may be."""

    told: tuple[Telling, ...]
    families: tuple[tuple[DocumentId, ...], ...]
    circles: Mapping[str, str]  # a source's key to the first of its circle
    at_most: Mapping[str, list[Telling]]  # the tellings of each root, by its key
    merged: Mapping[str, str]  # a source's key to the one that stands for all it may be
    sinks: tuple[tuple[str, ...], ...]  # of named sources, at least
    may_serve: Mapping[str, frozenset[str]]  # the stations that each root may have, by its key
    apart: int  # unnamed sources that can be none of the named ones

    def unnamed(self) -> list[str]:
        """Return the keys of the roots that no text names, first told first."""
        return [key for key, chains in self.at_most.items() if chains[0].root.kind == "unnamed"]


def _found(heard: Iterable[Telling], families: tuple[tuple[DocumentId, ...], ...]) -> _Found:
    told = followed(heard)
    circles = _circles(told)
    at_most: dict[str, list[Telling]] = {}
    for chain in told:
        at_most.setdefault(circles.get(chain.root.key, chain.root.key), []).append(chain)
    merged = _merged(told, families)
    sinks = _sinks(told, merged)
    may_serve = {key: _stations(chains) for key, chains in at_most.items()}
    described = [may_serve[k] for k, c in at_most.items() if c[0].root.kind == "unnamed"]
    apart = needing_a_root(described, _hosts(told, merged, sinks))
    return _Found(told, families, circles, at_most, merged, sinks, may_serve, apart)


def _interval(found: _Found) -> RootInterval:
    return RootInterval(
        at_least=_at_least(found),
        at_most=len(found.at_most),
        roots=tuple(sorted(map(_root, found.at_most.values()), key=_standing)),
        reasons=_reasons(found),
    )


def _at_least(found: _Found) -> int:
    return len(found.sinks) + found.apart or min(1, len(found.told))


def _stations(chains: Iterable[Telling]) -> frozenset[str]:
    """Return the stations that one root may have, by all that texts call it."""
    may_have = STATIONS
    for chain in chains:
        if chain.maybe is None:  # else it may be somebody of whom the original says otherwise
            may_have &= _stations_of(chain.root, chain.claim.language)
    return may_have


def _stations_of(source: Source, language: str) -> frozenset[str]:
    """Return the stations of whoever stands behind a source; of a report's author, anybody's."""
    if source.kind == "unnamed":
        return stations_of(source.name or "", language)
    if source.speaker in (SourceKind.PERSON, SourceKind.BODY):
        return stations_of_named(source.name or "")
    return STATIONS


def _hosts(
    told: Iterable[Telling], merged: Mapping[str, str], sinks: Iterable[tuple[str, ...]]
) -> list[frozenset[str]]:
    """Return for each sink the stations that an unnamed source may have if it is of that sink."""
    may_have: dict[str, frozenset[str]] = {}
    for chain in told:
        for source in chain.sources:
            if source.kind != "unnamed":
                key = merged.get(source.key, source.key)
                stations = _stations_of(source, chain.claim.language)
                may_have[key] = may_have.get(key, STATIONS) & stations
    return [frozenset[str]().union(*(may_have[key] for key in sink)) for sink in sinks]


def _merged(told: Iterable[Telling], families: Iterable[tuple[DocumentId, ...]]) -> dict[str, str]:
    """Return for each source's key the one that stands for all it may be."""
    told = tuple(told)
    spellings: dict[str, tuple[str, set[str]]] = {}
    for chain in told:
        for source in (*chain.sources, *chain.own, chain.author):
            if source.kind != "unnamed":
                spelled = spellings.setdefault(source.key, (source.kind, set()))[1]
                spelled |= {source.name} if source.name else set()
    holders: dict[str, list[str]] = {}
    for key, (_, names) in sorted(spellings.items()):
        for sound in {sound for name in names for sound in alike_by(name)}:
            holders.setdefault(sound, []).append(key)
    unions: Unions[str] = Unions()
    for first, second in {pair for held in holders.values() for pair in combinations(held, 2)}:
        (kind, names), (other, others) = spellings[first], spellings[second]
        if kind == other and any(may_be_one(a, b) for a in names for b in others):
            unions.join(first, second)
    family = {d: first for group in families for first in (min(group),) for d in group}
    authors: dict[DocumentId, str] = {}
    for chain in told:
        if chain.maybe is not None and "unnamed" not in (chain.root.kind, chain.maybe.kind):
            unions.join(chain.root.key, chain.maybe.key)
        if chain.claim.document in family:
            first = authors.setdefault(family[chain.claim.document], chain.author.key)
            unions.join(first, chain.author.key)
    return {key: unions.find(key) for key in sorted(spellings)}


def _sinks(told: Iterable[Telling], merged: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Return the groups of named sources that heard it from nobody else, at least; each sorted.

    That somebody passed it on in a copy's own chain is a doubt as good as another.
    """
    told = tuple(told)
    heard_from = _heard_from(told, merged)
    for chain in told:
        for teller, origin in pairwise(_keys(chain.own, merged)):
            if teller in heard_from and origin in heard_from:
                heard_from[teller].add(origin)
    upstream = {source: _upstream(source, heard_from) for source in heard_from}
    sinks = {u for u in upstream.values() if all(upstream[s] == u for s in u)}
    return tuple(sorted(tuple(sorted(sink)) for sink in sinks - {frozenset({_UNNAMED})}))


def _circles(told: Iterable[Telling]) -> dict[str, str]:
    """Return for each source that has it from itself in the end the first of its circle."""
    heard_from = _heard_from(told, {})
    upstream = {source: _upstream(source, heard_from) for source in heard_from}
    return {
        source: min(s for s in above if source in upstream[s])
        for source, above in upstream.items()
        if source != _UNNAMED
    }


def _heard_from(told: Iterable[Telling], merged: Mapping[str, str]) -> dict[str, set[str]]:
    """Return for each source, under the key that ``merged`` gives it, whom it heard it from."""
    heard_from: dict[str, set[str]] = {}
    for chain in told:
        links = _keys(chain.sources, merged)
        for link in links:
            heard_from.setdefault(link, set())
        for teller, origin in pairwise(links):
            heard_from[teller].add(origin)
    return heard_from


def _keys(sources: Sequence[Source], merged: Mapping[str, str]) -> list[str]:
    """Return a chain in keys; in its midst who is not named is left out."""
    named = [merged.get(s.key, s.key) for s in sources if s.kind != "unnamed"]
    return [*named, _UNNAMED] if sources and sources[-1].kind == "unnamed" else named


def _upstream(source: str, heard_from: Mapping[str, set[str]]) -> frozenset[str]:
    """Return the source itself and everyone it heard from, at any remove."""
    seen, todo = {source}, [source]
    while todo:
        new = heard_from[todo.pop()] - seen
        seen |= new
        todo.extend(new)
    return frozenset(seen)


def _root(chains: list[Telling]) -> Root:
    first = chains[0].root
    return Root(
        sources=tuple(sorted({chain.root.name for chain in chains if chain.root.name})),
        claims=tuple(sorted(chain.claim.id for chain in chains)),
        named=first.kind in ("person", "body"),
    )


def _standing(root: Root) -> tuple[bool, int, tuple[str, ...], tuple[ClaimId, ...]]:
    return not root.named, -len(root.claims), root.sources, root.claims


def _reasons(found: _Found) -> tuple[Reason, ...]:
    """Return why the two ends are what they are, merges first; in one fixed order."""
    reasons = [*_of_one_text(found), *_of_one_source(found), *_of_unnamed(found)]
    return tuple(dict.fromkeys(reasons))


def _of_one_text(found: _Found) -> Iterator[Reason]:
    """Yield why reports count as one: copies, translations, quotations, citations."""
    present = {chain.claim.document for chain in found.told}
    for group in sorted(found.families):
        held = present & set(group)
        languages = {c.claim.language for c in found.told if c.claim.document in held}
        if len(held) > 1:
            yield Reason(
                "{0} reports hold one text and count as one."
                if len(languages) == 1
                else "{0} reports hold one text, some in translation, and count as one.",
                (str(len(held)),),
            )
    quoting = {chain.claim.document for chain in found.told if chain.quotes}
    if quoting:
        yield Reason(
            "What reports quote at length of a text that is held counts once: {0}.",
            (str(len(quoting)),),
        )
    citing = {chain.claim.document for chain in found.told if chain.cites}
    if citing:
        yield Reason(
            "What reports have from an outlet counts with its own report: {0}.",
            (str(len(citing)),),
        )


def _of_one_source(found: _Found) -> Iterator[Reason]:
    """Yield why sources are one, or may be."""
    for chains in found.at_most.values():
        documents = {chain.claim.document for chain in chains}
        name = chains[0].root.name
        if len(documents) > 1 and name and chains[0].root.kind != "unnamed":
            yield Reason("{0} reports rest on one source, {1}.", (str(len(documents)), name))
    for sink in found.sinks:
        if len(sink) > 1:
            yield Reason("{0} sources quote one another and count as one.", (str(len(sink)),))
    names = {s.key: s.name for chain in found.told for s in chain.sources if s.name}
    for key, other in sorted(found.merged.items()):
        pair = sorted(names[each] for each in (key, other) if each in names)
        if key != other and len(pair) > 1 and may_be_one(pair[0], pair[1]):
            yield Reason("{0} may be the same source as {1}.", tuple(pair))
    for name in sorted({found.at_most[key][0].root.name or "" for key in _passed_on(found)} - {""}):
        yield Reason("{0} may only pass on what another source said.", (name,))


def _passed_on(found: _Found) -> set[str]:
    """Return the keys of the named roots that may have had it from another."""
    tops = {key for sink in found.sinks for key in sink}
    return {k for k in found.at_most if k in found.merged and found.merged[k] not in tops}


def _of_unnamed(found: _Found) -> Iterator[Reason]:
    """Yield what is known of the unnamed sources: whom they may be, and whom they cannot."""
    unnamed = found.unnamed()
    told_apart = {
        station: found.at_most[key][0].root.name or ""
        for key in reversed(unnamed)
        for station in found.may_serve[key]
        if len(found.may_serve[key]) == 1
    }
    if len(told_apart) > 1:
        two = tuple(told_apart[station] for station in sorted(told_apart))
        yield Reason("{0} and {1} cannot be one source, by what the texts call them.", two)
    elif found.apart and found.sinks:
        (name,) = told_apart.values()
        yield Reason("{0} can be none of the named sources, by what the texts call them.", (name,))
    if len(unnamed) == 1 and len(found.at_most) > 1 and not found.apart:
        yield Reason("The unnamed source may be one of the others, or may not.")
    elif len(unnamed) > max(1, len(told_apart)):
        yield Reason(
            "{0} unnamed sources may be one person, or each another."
            if len(told_apart) < 2
            else "{0} unnamed sources may be two people, or each another.",
            (str(len(unnamed)),),
        )


# ------------------------------------------------------------ who had it from whom


@dataclass(slots=True)
class _Branch:
    """One teller of the tree while it is being made."""

    source: Source
    passing: Passing = Passing.ROOT
    why: Reason | None = None
    names: dict[str, None] = field(default_factory=dict)  # in order
    told: list[Claim] = field(default_factory=list)
    heard_by: dict[str, "_Branch"] = field(default_factory=dict)

    def call(self, sources: Iterable[Source]) -> None:
        """Note what texts call the source, or those who only cite one another."""
        self.names |= dict.fromkeys(source.name for source in sources if source.name)


def _tellers(found: _Found, copies: Iterable[Copy]) -> tuple[Teller, ...]:
    """Return the tree, each teller before those who had it from there."""
    held = {(copy.a, copy.b): copy for copy in copies}
    tops: dict[str, _Branch] = {}
    for chain in found.told:
        _grown(tops, chain, found.circles, held).told.append(chain.claim)
    order = sorted(tops, key=lambda key: _standing(_root(found.at_most[key])))
    todo = [(tops[key], 0, _may_be_another(found, key)) for key in reversed(order)]
    out = []
    while todo:
        branch, depth, doubtful = todo.pop()
        out.append(_teller(branch, depth, doubtful))
        todo += [(each, depth + 1, False) for each in reversed(branch.heard_by.values())]
    return tuple(out)


def _grown(
    tops: dict[str, _Branch],
    chain: Telling,
    circles: Mapping[str, str],
    copies: Mapping[tuple[DocumentId, DocumentId], Copy],
) -> _Branch:
    """Return the branch on which a claim stands, grown where it was not there yet."""
    (top, sources), *others = _way(chain, circles)
    branch = tops.setdefault(top, _Branch(sources[0]))
    branch.call(sources)
    for key, sources in others:
        if key not in branch.heard_by:
            why = _heard(chain, sources[-1], branch)
            branch.heard_by[key] = _Branch(sources[-1], Passing.HEARD, why)
        branch = branch.heard_by[key]
        branch.call(sources)
    if chain.repeats is None:
        return branch
    key, author = f"copy {chain.claim.document}", author_of(chain.claim)
    if key not in branch.heard_by:
        branch.heard_by[key] = _Branch(author, *_again(chain, chain.repeats, copies))
        branch.heard_by[key].call([author])
    return branch.heard_by[key]


def _way(chain: Telling, circles: Mapping[str, str]) -> list[tuple[str, list[Source]]]:
    """Return through whom a claim came, its root first; who cite one another are one."""
    way = groupby(reversed(chain.sources), key=lambda s: circles.get(s.key, s.key))
    return [(key, list(sources)) for key, sources in way]


def _heard(chain: Telling, source: Source, above: _Branch) -> Reason:
    """Return what shows that a source had it from the one above."""
    if chain.cites and source == chain.author and chain.claim.root.source_text:
        cited = (chain.claim.root.source_text,)
        return Reason("It cites {0}, whose own report is held.", cited)
    name = next(iter(above.names), None)
    return Reason("It names {0} as its source.", (name,)) if name else Reason("It names no source.")


def _again(
    chain: Telling, first: Claim, copies: Mapping[tuple[DocumentId, DocumentId], Copy]
) -> tuple[Passing, Reason]:
    """Return how a claim repeats one of another text, and what shows it."""
    a, b = sorted((chain.claim.document, first.document))
    copy = copies.get((a, b))
    if chain.quotes:
        passing = Passing.QUOTED
    elif chain.claim.language != first.language:
        passing = Passing.TRANSLATED
    else:
        passing = Passing.COPIED
    return passing, copy.why if copy else Reason("Both are of one family of copies.")


def _may_be_another(found: _Found, key: str) -> bool:
    """Return whether a root may be one with another of the roots."""
    others = [other for other in found.at_most if other != key]
    if found.at_most[key][0].root.kind == "unnamed":
        return any(found.may_serve[key] & found.may_serve[other] for other in others)
    one = found.merged.get(key, key)
    alike = any(found.merged.get(other, other) == one for other in others)
    return alike or key in _passed_on(found)


def _teller(branch: _Branch, depth: int, doubtful: bool) -> Teller:
    return Teller(
        names=tuple(branch.names),
        kind=branch.source.speaker,
        depth=depth,
        passing=branch.passing,
        why=branch.why,
        may_be_another=doubtful,
        claims=tuple(claim.id for claim in branch.told),
        documents=tuple(dict.fromkeys(claim.document for claim in branch.told)),
    )
