"""Who is one? The named things of many documents, made into entities.

What names say (`tawatur.weighing.names`) makes edges between spellings; beside that, people
rule that two named things are one, or are not. The nodes are spellings, each for all named
things spelled so, and apart from it every named thing that somebody ruled on. Edges are
taken in one order: what people ruled to be one; one spelling; the rules of names, the
surest first; an abbreviation last, and only where all that it may stand for is one.

Invariants: two named things that were ruled not to be one are never in one entity, whatever
else says that they are: the edge that would bring them together is left out, and is among
the reasons. A ruling taken back leaves no trace, since everything is worked out again
from edges and rulings. Which half of a spelling that was cut in two keeps the named things
that nobody ruled on does not depend on the order in which they came.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import TypeAlias

import msgspec

from tawatur.model.ids import DocumentId, EntityId, RulingId, keyed_id
from tawatur.model.picture import Entity, Name, Reason
from tawatur.model.reading import EntityType
from tawatur.weighing.components import parted
from tawatur.weighing.names import ABBREVIATION, RULES, LocalName, abbreviates, same_entity

Node: TypeAlias = tuple[str, ...]
"""A spelling; or a spelling, a document and a local id: one named thing that is ruled on."""

NameEdge: TypeAlias = tuple[str, str, Reason]
"""Two spellings of one name, the smaller first, and which rule says so."""

_Pair: TypeAlias = tuple[Node, Node]

_RULED_ONE = "{0} and {1} are one, as {2} rules."
_RULED_APART = "{0} and {1} are not one, as {2} rules."
_KEPT_APART = "{0} and {1} would be one by their names, but {2} rules that they are not."


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a person ruled of two named things, each found where its words stand today."""

    ruling: RulingId
    a: Node
    b: Node
    same: bool

    @property
    def pair(self) -> _Pair:
        """Both, the smaller first."""
        return (self.a, self.b) if self.a < self.b else (self.b, self.a)


@dataclass(frozen=True, slots=True)
class Group:
    """Spellings, and named things ruled on, that are one entity; sorted, with the reasons."""

    nodes: tuple[Node, ...]
    why: tuple[Reason, ...]

    def id(self, key: bytes) -> EntityId:
        """Return the id of the entity: it lasts while its first spelling does."""
        spellings = [node for node in self.nodes if len(node) == 1]
        first = spellings[0] if spellings else self.nodes[0][1:]
        return EntityId(keyed_id("e", key, *first))


def spelling_of(local: LocalName) -> str:
    """Return the spelling of a named thing as one word: all that `same_entity` looks at."""
    return msgspec.json.encode(local.spelling).decode()


def node_of(local: LocalName) -> Node:
    """Return the node of one named thing, apart from all others of its spelling."""
    return (spelling_of(local), *local.place)


def joins(local: LocalName) -> bool:
    """Return whether this spelling in two documents is one entity."""
    return same_entity(local, replace(local, document=DocumentId(""))) is not None


def groups(
    spellings: Mapping[str, LocalName], edges: Iterable[NameEdge], ruled: Iterable[Ruled] = ()
) -> tuple[Group, ...]:
    """Return what the spellings of some components come to, sorted.

    Args:
        spellings: One named thing of each. Of a spelling that does not join two documents only
            the named things that are ruled on are in a group.
        edges: Between spellings.
        ruled: What people ruled; of a spelling that is not among these it counts for nothing.
    """
    held = sorted(
        (r for r in ruled if r.a[0] in spellings and r.b[0] in spellings), key=lambda r: r.ruling
    )
    nodes: dict[str, list[Node]] = {
        spelling: [(spelling,)] if joins(spellings[spelling]) else []
        for spelling in sorted(spellings)
    }
    for node in sorted({node for each in held for node in each.pair}):
        nodes[node[0]].append(node)
    apart = {each.pair: each for each in reversed(held) if not each.same}
    sure, weak = _ties(nodes, edges, held, spellings)
    every = [node for each in nodes.values() for node in each]
    found, _ = parted(every, sure, apart)
    only = _only_meant(weak, found)
    meant = {pair: why for pair, why in weak.items() if pair in only}
    found, cut = parted(every, [*sure, *meant], apart)
    return _with_reasons(found, {**sure, **meant}, cut, apart, spellings)


def _ties(
    nodes: Mapping[str, Sequence[Node]],
    edges: Iterable[NameEdge],
    ruled: Iterable[Ruled],
    spellings: Mapping[str, LocalName],
) -> tuple[dict[_Pair, Reason | None], dict[_Pair, Reason]]:
    """Return the edges between nodes, surest first, and apart from them those of abbreviations.

    One spelling needs no reason.
    """
    sure: dict[_Pair, Reason | None] = {}
    weak: dict[_Pair, Reason] = {}
    for each in ruled:
        if each.same:
            why = Reason(_RULED_ONE, (*_names(each.pair, spellings), each.ruling))
            sure.setdefault(each.pair, why)
    for held in nodes.values():
        if held and len(held[0]) == 1:  # the spelling itself: it joins
            sure |= {pair: sure.get(pair) for pair in combinations(held, 2)}
    surest = sorted(edges, key=lambda edge: (RULES.index(edge[2].template), *edge[:2]))
    for a, b, why in surest:
        if why.template == ABBREVIATION:
            short, full = (a, b) if abbreviates(spellings[a], spellings[b]) else (b, a)
            weak |= dict.fromkeys(product(nodes[short], nodes[full]), why)
        else:
            sure |= {pair: sure.get(pair) or why for pair in product(nodes[a], nodes[b])}
    return sure, weak


def _only_meant(weak: Mapping[_Pair, Reason], found: Iterable[Sequence[Node]]) -> set[_Pair]:
    """Return the edges from abbreviations to all that they may stand for, where that is one."""
    group_of = {node: at for at, group in enumerate(found) for node in group}
    meant: dict[int, set[int]] = defaultdict(set)
    for short, full in weak:
        meant[group_of[short]].add(group_of[full])
    return {pair for pair in weak if len(meant[group_of[pair[0]]]) == 1}


def _with_reasons(
    found: Iterable[tuple[Node, ...]],
    ties: Mapping[_Pair, Reason | None],
    cut: Mapping[_Pair, _Pair],
    apart: Mapping[_Pair, Ruled],
    spellings: Mapping[str, LocalName],
) -> tuple[Group, ...]:
    """Return the groups with why each is one, and why it is not more."""
    whys: dict[Node, set[Reason]] = defaultdict(set)
    for pair, why in ties.items():
        if pair not in cut and why is not None:
            whys[pair[0]].add(why)
    for pair in [*apart, *cut]:
        template = _RULED_APART if pair in apart else _KEPT_APART
        ruling = apart[_sorted(cut.get(pair, pair))].ruling
        why = Reason(template, (*_names(pair, spellings), ruling))
        for node in pair:
            whys[node].add(why)
    return tuple(
        Group(nodes, _in_order(set().union(*(whys.get(node, set()) for node in nodes))))
        for nodes in found
    )


def _names(pair: _Pair, spellings: Mapping[str, LocalName]) -> tuple[str, ...]:
    return tuple(sorted(spellings[node[0]].name for node in pair))


def _sorted(pair: _Pair) -> _Pair:
    return pair if pair[0] < pair[1] else (pair[1], pair[0])


def _in_order(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted(reasons, key=lambda reason: (reason.template, reason.args)))


def group_entities(
    locals: Iterable[LocalName],  # noqa: A002 - what they are called throughout
    edges: Iterable[tuple[LocalName, LocalName, Reason]],
    key: bytes,
    ruled: Iterable[Ruled] = (),
) -> tuple[Entity, ...]:
    """Return the entities, sorted by id; every named thing is in exactly one.

    Args:
        locals: The named things of all documents of the components.
        edges: The pairs that `same_entity` found, with its reasons.
        key: The node's id key; an entity's id is keyed over its first spelling.
        ruled: What people ruled.
    """
    held = tuple(locals)
    found = _grouped(held, edges, ruled)
    of: dict[EntityId, list[LocalName]] = defaultdict(list)
    for local, group in zip(held, whose(map(node_of, held), found), strict=True):
        of[group.id(key)].append(local)
    why = {group.id(key): group.why for group in found}
    entities = (entity_of(id_, members, why.get(id_, ())) for id_, members in of.items())
    return tuple(sorted(entities, key=lambda entity: entity.id))


def entity_ids(
    locals: Iterable[LocalName],  # noqa: A002 - what they are called throughout
    edges: Iterable[tuple[LocalName, LocalName, Reason]],
    key: bytes,
    ruled: Iterable[Ruled] = (),
) -> dict[tuple[DocumentId, str], EntityId]:
    """Return the id of the entity of each local, by document and local id; as `group_entities`."""
    held = tuple(locals)
    found = whose(map(node_of, held), _grouped(held, edges, ruled))
    return {local.place: group.id(key) for local, group in zip(held, found, strict=True)}


def _grouped(
    locals: Sequence[LocalName],  # noqa: A002 - as above
    edges: Iterable[tuple[LocalName, LocalName, Reason]],
    ruled: Iterable[Ruled],
) -> tuple[Group, ...]:
    # Of one spelling the things differ in their places alone: any of them will do.
    spellings = {spelling_of(local): local for local in locals}
    pairs = ((spelling_of(a), spelling_of(b), why) for a, b, why in edges)
    between = {(min(a, b), max(a, b), why) for a, b, why in pairs if a != b}
    return groups(spellings, between, ruled)


def whose(nodes: Iterable[Node], found: Iterable[Group]) -> tuple[Group, ...]:
    """Return the group of each single named thing: its own, its spelling's, or itself alone."""
    at = {node: group for group in found for node in group.nodes}
    return tuple(at.get(node) or at.get(node[:1]) or Group((node,), ()) for node in nodes)


def entity_of(id: EntityId, group: Iterable[LocalName], why: Iterable[Reason]) -> Entity:  # noqa: A002 - the field's word
    """Return the entity that the named things of ``group`` are; equal in any order of them."""
    documents: dict[tuple[str, str], set[DocumentId]] = {}
    types: dict[EntityType, int] = {}
    for local in group:
        documents.setdefault((local.name, local.language), set()).add(local.document)
        types[local.type] = types.get(local.type, 0) + 1
    names = sorted(
        (Name(text, language, len(held)) for (text, language), held in documents.items()),
        key=lambda n: (-n.documents, -len(n.text), n.text, n.language),
    )
    return Entity(
        id=id,
        type=min(types, key=lambda t: (-types[t], t.value)),
        name=names[0].text,
        names=tuple(names),
        documents=tuple(sorted({local.document for local in group})),
        why=_in_order(why),
    )
