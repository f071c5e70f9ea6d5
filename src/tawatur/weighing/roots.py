"""How many independent roots stand behind claims: at least, at most?

Ten reports that trace back to one spokesman are one witness, not ten. The root of a
claim is the last link of its chain; of a claim that its author vouches for, the
publisher of the text, or the text itself where the publisher is not known. What a copy
repeats, in like words with a like root, is the claim of the text that had it first, chain
and all; so is what a text quotes at length of another; what an edited copy adds is its own.
Of a translation, which repeats no words, the first body, the second person and so on are
those of its original. Who only cites an outlet has it from that outlet's report, where one
that was out by then is among the texts: its root is theirs.

*At most* takes every doubt for a difference: each unnamed source, each person of one
name only and each body without a resolved entity may be another in every text, and is
one only within one text and its copies, under the same words; so is an unnamed source that
several texts have from one outlet. Named sources that `names` resolved are one wherever they
speak, and sources that only cite one another in a circle are one.

*At least* takes every doubt for an identity. Adjacent links become "heard it from"
edges, and a root is a sink of that graph; sources that only quote one another are one
sink, and so are the authors of copies. Whoever passed somebody's word on may have all of
it from there. All unnamed sources may be one person, or one of the named: together they
add one root, and none beside a named one. A name that may be a shorter form of another is
that other. What a translation lays to a source that does not match may be the word of the
first in its original.

Laws, under test: order never matters; repetition never adds a root; a later copy of a
held document, its chains being the same, changes neither end; at least <= at most; a claim
adds at most one to each end. *At most* never falls when a claim is added that is no copy,
whose author nobody cites and that passes on no outlet's word. *At least* is not monotone: a
chain that is added can show that two roots were one.

Known limits: what a translation leaves out shifts its sources; a minister and "the
minister" are two; an office that changed hands is one; which of an outlet's reports another
cites is not known, the first is taken.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from tawatur.model.claim import Claim
from tawatur.model.ids import ClaimId, DocumentId, EntityId
from tawatur.model.picture import Reason, Root, RootInterval
from tawatur.model.reading import Link, SourceKind
from tawatur.weighing.components import Unions
from tawatur.weighing.events import moment
from tawatur.weighing.names import name_within, plain_name
from tawatur.weighing.words import content_stems, likeness

_UNNAMED = "?"  # whoever they are: one person, for all that can be proven
_VAGUE = {SourceKind.ANONYMOUS, SourceKind.GROUP, SourceKind.RUMOUR}
_LATEST = "9999"
REPEATED = 0.8
"""Least likeness of the words of two claims of which one repeats the other in a copy."""


@dataclass(frozen=True, slots=True)
class _Source:
    """One source as far apart from others as it may be; ``key`` is its identity at most."""

    key: str
    kind: str  # "person", "body", "text" or "unnamed"
    name: str | None  # as the text has it
    known: bool = False  # would be the same in another text
    outlet: bool = False


@dataclass(frozen=True, slots=True)
class _Told:
    """One claim's chain in sources, outermost first; unnamed ones count only as the last."""

    claim: Claim
    sources: tuple[_Source, ...]
    author: _Source  # of the text that the claim stands in
    stems: frozenset[str]
    quotes: bool = False  # repeats a claim of a text that this one only quotes
    cites: bool = False  # has it from the report of an outlet that is among the texts
    maybe: _Source | None = None  # in a translation, of whom in the original it may be the word

    @property
    def root(self) -> _Source:
        return self.sources[-1]


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
    told = _followed(_told(claims, families, who or {}, quotes))
    circles = _circles(told)
    at_most: dict[str, list[_Told]] = {}
    for chain in told:
        at_most.setdefault(circles.get(chain.root.key, chain.root.key), []).append(chain)
    merged = _merged(told, families)
    sinks = _sinks(told, merged)
    return RootInterval(
        at_least=len(sinks),
        at_most=len(at_most),
        roots=tuple(sorted(map(_root, at_most.values()), key=_standing)),
        reasons=_reasons(told, at_most, sinks, merged, families),
    )


def root_keys(
    claims: Iterable[Claim],
    families: Iterable[tuple[DocumentId, ...]] = (),
    who: Mapping[tuple[DocumentId, str], EntityId] | None = None,
) -> dict[ClaimId, str]:
    """Return for each claim a key of its root; equal keys are surely one root."""
    return {chain.claim.id: chain.root.key for chain in _told(claims, families, who or {})}


def by_publication(claim: Claim) -> tuple[str, str, str, str, int, str]:
    """Return the sort key of who said it first: published, learnt, document, place.

    Published means surely out by then; a text of which only the earliest day is known comes last.
    """
    published = moment(claim.published)
    latest, earliest = (published.upper, published.lower) if published else (None, None)
    return (
        latest.isoformat() if latest else _LATEST,
        earliest.isoformat() if earliest else _LATEST,
        claim.learnt.isoformat(),
        claim.document,
        claim.span.start,
        claim.id,
    )


def _told(
    claims: Iterable[Claim],
    families: Iterable[tuple[DocumentId, ...]],
    who: Mapping[tuple[DocumentId, str], EntityId],
    quotes: Iterable[tuple[DocumentId, DocumentId]] = (),
) -> tuple[_Told, ...]:
    """Return the chains in sources, in order of publication."""
    group_of = {document: group[0] for group in families for document in group}
    quoted: dict[DocumentId, list[DocumentId]] = {}
    for a, b in sorted(quotes):
        quoted.setdefault(a, []).append(b)
        quoted.setdefault(b, []).append(a)
    ranks = _ranks(claims := tuple(claims), who) if group_of else {}
    of_text: dict[DocumentId, list[_Told]] = {}
    of_family: dict[DocumentId, list[_Told]] = {}  # in order of publication, as they come
    publishers = {author.key for c in claims if (author := _author_of(c)).known}
    out: list[_Told] = []
    for claim in sorted(claims, key=by_publication):
        document = claim.document
        told = _own(claim, who, publishers)
        family = of_family.setdefault(group_of.get(document, document), [])
        of_quoted = [t for other in quoted.get(document, ()) for t in of_text.get(other, ())]
        of_quoted.sort(key=lambda t: by_publication(t.claim))
        for before, quoting in ((family, False), (of_quoted, True)):
            likely = (t for t in before if t.claim.document != document)
            first = next((t for t in likely if _repeats(told, t, {} if quoting else ranks)), None)
            if first is not None:
                told = replace(told, sources=first.sources, author=first.author, quotes=quoting)
                break
        else:
            other = (t for t in family if t.claim.language != claim.language)
            told = replace(told, maybe=next((t.root for t in other), None))
        of_text.setdefault(document, []).append(told)
        family.append(told)
        out.append(told)
    return tuple(out)


def _followed(told: Iterable[_Told]) -> tuple[_Told, ...]:
    """Return the chains, those that end in an outlet's word gone on with its own earlier report.

    An unnamed source that several have from one outlet is the one of its report, or one.
    """
    earlier: dict[str, list[_Told]] = {}
    out: list[_Told] = []
    for chain in told:
        followed = _at_its_source(chain, earlier)
        earlier.setdefault(_author_of(chain.claim).key, []).append(followed)
        out.append(followed)
    return tuple(out)


def _at_its_source(chain: _Told, earlier: Mapping[str, list[_Told]]) -> _Told:
    """Return one chain gone on with that of the outlet that it cites; see `_followed`."""
    *passing, root = chain.sources
    if not passing:
        return chain
    if root.kind != "unnamed":
        reports = earlier.get(root.key, ()) if root.key != chain.author.key else ()
        first = next((t for t in reports if t.claim.document != chain.claim.document), None)
        if first is None:
            return chain
        return replace(chain, sources=(*chain.sources, *first.sources), cites=True)
    outlet = passing[-1]
    if not outlet.outlet or outlet.key == chain.author.key:
        return chain
    for report in earlier.get(outlet.key, ()):
        other = report.root
        if other.kind == "unnamed" and _may_be_one(root.name or "", other.name or ""):
            return replace(chain, sources=(*passing, *report.sources), cites=True)
    through = replace(root, key=f"u {outlet.key} {plain_name(root.name or '')}")
    return replace(chain, sources=(*passing, through))


def _own(
    claim: Claim,
    who: Mapping[tuple[DocumentId, str], EntityId],
    publishers: Collection[str] = (),
) -> _Told:
    """Return a claim's chain as its own text tells it."""
    author = _author_of(claim)
    sources = tuple(
        _source(link, claim.document, author, who, publishers) for link in claim.content.chain
    )
    return _Told(claim, sources, author, content_stems(claim.quote))


def _ranks(
    claims: Iterable[Claim], who: Mapping[tuple[DocumentId, str], EntityId]
) -> dict[ClaimId, tuple[SourceKind, int]]:
    """Return the kind of each claim's root, and which of that kind it is in its document.

    Counted from 0 in order of place.
    """
    keys: dict[tuple[DocumentId, SourceKind], list[str]] = {}
    ranks: dict[ClaimId, tuple[SourceKind, int]] = {}
    for claim in sorted(claims, key=lambda c: (c.document, c.span, c.id)):
        kind, key = claim.root.kind, _own(claim, who).root.key
        held = keys.setdefault((claim.document, kind), [])
        if key not in held:
            held.append(key)
        ranks[claim.id] = (kind, held.index(key))
    return ranks


def _repeats(later: _Told, first: _Told, ranks: Mapping[ClaimId, tuple[SourceKind, int]]) -> bool:
    """Return whether a claim of a copy repeats one of an earlier text of its family.

    In a translation no words are alike: there the first body, the second person and so on are
    those of the earlier text, which comes in the same order.
    """
    kind, other_kind = later.claim.root.kind, first.claim.root.kind
    if later.claim.language != first.claim.language:
        rank = ranks.get(later.claim.id)
        return rank is not None and rank == ranks.get(first.claim.id)
    if later.claim.quote != first.claim.quote and likeness(later.stems, first.stems) < REPEATED:
        return False
    one, other = later.root, first.root
    if one.key == other.key or {kind, other_kind} == {SourceKind.AUTHOR}:
        return True
    if one.kind != other.kind:
        return False
    # One name in one text is one source, though names did not resolve it across texts.
    name, other_name = one.name or "", other.name or ""
    if plain_name(name) == plain_name(other_name):
        return True
    # A source of which the text tells too little to know it elsewhere, under a like description.
    return not (one.known or other.known) and _may_be_one(name, other_name)


def _may_be_one(a: str, b: str) -> bool:
    return name_within(a, b) or name_within(b, a) or plain_name(a) == plain_name(b)


def _author_of(claim: Claim) -> _Source:
    name = plain_name(claim.publisher) if claim.publisher else ""
    if name:
        return _Source(f"o {name}", "body", claim.publisher, known=True, outlet=True)
    return _Source(f"t {claim.document}", "text", None)


def _source(
    link: Link,
    text: DocumentId,
    author: _Source,
    who: Mapping[tuple[DocumentId, str], EntityId],
    publishers: Collection[str],
) -> _Source:
    """Return who a link is, told apart from everybody whom it need not be.

    One of the ``publishers`` is known by its name, whoever a reader takes it for.
    """
    if link.kind is SourceKind.AUTHOR:
        return author
    name = link.source_text
    plain = plain_name(name) if name else ""
    if not plain or (link.kind in _VAGUE and link.entity is None) or link.kind is SourceKind.RUMOUR:
        return _Source(f"u {text} {plain}", "unnamed", name)
    kind = "person" if link.kind is SourceKind.PERSON else "body"
    outlet = link.kind is SourceKind.OUTLET
    if f"o {plain}" in publishers:
        return _Source(f"o {plain}", "body", name, known=True, outlet=True)
    entity = who.get((text, link.entity)) if link.entity is not None else None
    if entity is not None:
        return _Source(f"e {entity}", kind, name, known=True, outlet=outlet)
    if kind == "person" and " " in plain:
        return _Source(f"p {' '.join(sorted(plain.split()))}", kind, name, known=True)
    if outlet:
        return _Source(f"o {plain}", kind, name, known=True, outlet=True)
    return _Source(f"s {text} {plain}", kind, name)


def _merged(told: Iterable[_Told], families: Iterable[tuple[DocumentId, ...]]) -> dict[str, str]:
    """Return for each source's key the one that stands for all it may be."""
    told = tuple(told)
    spellings: dict[str, tuple[str, set[str]]] = {}
    for chain in told:
        for source in (*chain.sources, chain.author):
            if source.kind != "unnamed":
                spelled = spellings.setdefault(source.key, (source.kind, set()))[1]
                spelled |= {source.name} if source.name else set()
    unions: Unions[str] = Unions()
    keys = sorted(spellings)
    for i, first in enumerate(keys):
        for second in keys[i + 1 :]:
            (kind, names), (other, others) = spellings[first], spellings[second]
            if kind == other and any(_may_be_one(a, b) for a in names for b in others):
                unions.join(first, second)
    family = {document: min(group) for group in families for document in group}
    authors: dict[DocumentId, str] = {}
    for chain in told:
        if chain.maybe is not None and "unnamed" not in (chain.root.kind, chain.maybe.kind):
            unions.join(chain.root.key, chain.maybe.key)
        if chain.claim.document in family:
            first = authors.setdefault(family[chain.claim.document], chain.author.key)
            unions.join(first, chain.author.key)
    return {key: unions.find(key) for key in keys}


def _sinks(told: Iterable[_Told], merged: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Return the groups of sources that heard it from nobody else, at least; each sorted."""
    upstream = _all_upstream(told, merged)
    sinks = {u for u in upstream.values() if all(upstream[s] == u for s in u)}
    sinks = sinks - {frozenset({_UNNAMED})} or sinks
    return tuple(sorted(tuple(sorted(sink)) for sink in sinks))


def _circles(told: Iterable[_Told]) -> dict[str, str]:
    """Return for each source that has it from itself in the end the first of its circle."""
    upstream = _all_upstream(told, {})
    return {
        source: min(s for s in above if source in upstream[s])
        for source, above in upstream.items()
        if source != _UNNAMED
    }


def _all_upstream(told: Iterable[_Told], merged: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return for each source, under the key that ``merged`` gives it, whom it heard it from."""
    heard_from: dict[str, set[str]] = {}
    for chain in told:
        named = [merged.get(s.key, s.key) for s in chain.sources if s.kind != "unnamed"]
        links = [*named, _UNNAMED] if chain.root.kind == "unnamed" else named
        for link in links:
            heard_from.setdefault(link, set())
        for teller, origin in pairwise(links):
            heard_from[teller].add(origin)
    return {source: _upstream(source, heard_from) for source in heard_from}


def _upstream(source: str, heard_from: Mapping[str, set[str]]) -> frozenset[str]:
    """Return the source itself and everyone it heard from, at any remove."""
    seen, todo = {source}, [source]
    while todo:
        new = heard_from[todo.pop()] - seen
        seen |= new
        todo.extend(new)
    return frozenset(seen)


def _root(chains: list[_Told]) -> Root:
    first = chains[0].root
    return Root(
        sources=tuple(sorted({chain.root.name for chain in chains if chain.root.name})),
        claims=tuple(sorted(chain.claim.id for chain in chains)),
        named=first.kind in ("person", "body"),
    )


def _standing(root: Root) -> tuple[bool, int, tuple[str, ...], tuple[ClaimId, ...]]:
    return not root.named, -len(root.claims), root.sources, root.claims


def _reasons(
    told: tuple[_Told, ...],
    at_most: Mapping[str, list[_Told]],
    sinks: tuple[tuple[str, ...], ...],
    merged: Mapping[str, str],
    families: Iterable[tuple[DocumentId, ...]],
) -> tuple[Reason, ...]:
    """Return why the two ends are what they are, merges first; in one fixed order."""
    reasons: list[Reason] = []
    present = {chain.claim.document for chain in told}
    for group in sorted(families):
        held = present & set(group)
        languages = {c.claim.language for c in told if c.claim.document in held}
        if len(held) > 1 and len(languages) == 1:
            reasons.append(Reason("{0} reports hold one text and count as one.", (str(len(held)),)))
        elif len(held) > 1:
            reasons.append(
                Reason(
                    "{0} reports hold one text, some in translation, and count as one.",
                    (str(len(held)),),
                )
            )
    quoting = {chain.claim.document for chain in told if chain.quotes}
    if quoting:
        reasons.append(
            Reason(
                "What {0} reports quote at length of a text that is held counts once.",
                (str(len(quoting)),),
            )
        )
    citing = {chain.claim.document for chain in told if chain.cites}
    if citing:
        reasons.append(
            Reason(
                "What {0} reports have from an outlet counts with its own report.",
                (str(len(citing)),),
            )
        )
    for chains in at_most.values():
        documents = {chain.claim.document for chain in chains}
        name = chains[0].root.name
        if len(documents) > 1 and name and chains[0].root.kind != "unnamed":
            reasons.append(
                Reason("{0} reports rest on one source, {1}.", (str(len(documents)), name))
            )
    names = {s.key: s.name for chain in told for s in chain.sources if s.name}
    reasons += [
        Reason("{0} sources quote one another and count as one.", (str(len(sink)),))
        for sink in sinks
        if len(sink) > 1
    ]
    reasons += [
        Reason("{0} may be the same source as {1}.", tuple(sorted((names[key], names[other]))))
        for key, other in sorted(merged.items())
        if key != other and key in names and other in names
        if _may_be_one(names[key], names[other])
    ]
    tops = {key for sink in sinks for key in sink}
    passed_on = sorted(
        {
            chains[0].root.name or ""
            for key, chains in at_most.items()
            if key in merged and merged[key] not in tops
        }
        - {""}
    )
    reasons += [Reason("{0} may only pass on what another source said.", (n,)) for n in passed_on]
    unnamed = sum(chains[0].root.kind == "unnamed" for chains in at_most.values())
    if unnamed == 1 and len(at_most) > 1:
        reasons.append(Reason("The unnamed source may be one of the others, or may not."))
    elif unnamed > 1:
        reasons.append(
            Reason("{0} unnamed sources may be one person, or each another.", (str(unnamed),))
        )
    return tuple(sorted(set(reasons), key=reasons.index))
