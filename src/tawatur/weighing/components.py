"""What hangs together: edges between ids, and the groups that they make.

Grouping is decided within connected components, so that only those a change
touches are worked out again. Every result is sorted: equal input in any order
gives equal output. Where some nodes may never come together, an edge that would bring
two of them into one group is left out (`parted`).
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from tawatur.model.ids import ClaimId
from tawatur.model.picture import Reason

SPEAKERS = 8
"""So many of the holders of a key, the first by id, are compared with all the others; the others
with them alone. A key that thousands hold tells little, and all its pairs would cost the square
of that. Which pairs are compared follows from who holds what, not from who came first; another
number makes other pairs, and what was kept has to be worked out again."""

_Node = TypeVar("_Node", bound=Any)  # hashable, and sortable among its kind


@dataclass(frozen=True, slots=True)
class Edge:
    """Two claims that are about the same thing; ``a`` sorts before ``b``; strength 0.0 to 1.0.

    At 0.0 they are not, and may yet contradict each other (`oppositions`).
    """

    a: ClaimId
    b: ClaimId
    strength: float
    why: Reason


PlainEdge: TypeAlias = tuple[ClaimId, ClaimId, float]
"""An edge without its reason: ends and strength. A family of ten thousand copies has three hundred
thousand, so they are plain tuples."""


class Unions(Generic[_Node]):
    """Disjoint sets under construction; the smallest member stands for its set."""

    def __init__(self) -> None:
        self._parent: dict[_Node, _Node] = {}

    def find(self, node: _Node) -> _Node:
        """Return the smallest member of the set that holds ``node``."""
        root = node
        while (above := self._parent.get(root, root)) != root:
            root = above
        while node != root:
            self._parent[node], node = root, self._parent.get(node, node)
        return root

    def join(self, a: _Node, b: _Node) -> None:
        """Make one set of the two that hold ``a`` and ``b``."""
        first, second = sorted((self.find(a), self.find(b)))
        self._parent[second] = first


def components(
    nodes: Iterable[_Node], edges: Iterable[tuple[_Node, _Node]]
) -> tuple[tuple[_Node, ...], ...]:
    """Return the connected components, members sorted, components by their first member.

    Nodes that only ``edges`` name are included.
    """
    unions: Unions[_Node] = Unions()
    held = set(nodes)
    for a, b in edges:
        held |= {a, b}
        unions.join(a, b)
    groups: dict[_Node, list[_Node]] = {}
    for node in sorted(held):
        groups.setdefault(unions.find(node), []).append(node)
    return tuple(tuple(group) for group in groups.values())


def parted(
    nodes: Iterable[_Node],
    edges: Iterable[tuple[_Node, _Node]],
    apart: Iterable[tuple[_Node, _Node]],
) -> tuple[tuple[tuple[_Node, ...], ...], Mapping[tuple[_Node, _Node], tuple[_Node, _Node]]]:
    """Return components of which none holds a pair of ``apart``, and the edges that this cut.

    Args:
        nodes: All nodes; those that only ``edges`` name are included.
        edges: The strongest first: each is left out if those before it make it bring a pair
            together.
        apart: The pairs.

    Returns:
        The groups, as `components` has them; and by each edge left out the first pair that it
        would have brought together.
    """
    unions: Unions[_Node] = Unions()
    held = tuple(edges)
    foes: dict[_Node, set[tuple[_Node, _Node]]] = {}  # by the member that stands for a set
    for a, b in sorted(apart):
        foes.setdefault(a, set()).add((a, b))
        foes.setdefault(b, set()).add((b, a))
    kept: list[tuple[_Node, _Node]] = []
    cut: dict[tuple[_Node, _Node], tuple[_Node, _Node]] = {}
    for a, b in held:
        first, second = sorted((unions.find(a), unions.find(b)))
        against = [pair for pair in foes.get(first, ()) if unions.find(pair[1]) == second]
        if against:
            cut[a, b] = min(against)
            continue
        kept.append((a, b))
        if first != second:
            unions.join(first, second)
            foes[first] = foes.get(first, set()) | foes.pop(second, set())
    return components({*nodes, *(node for edge in held for node in edge)}, kept), cut


def candidates(keys: Mapping[_Node, Iterable[Hashable]]) -> Iterator[tuple[_Node, _Node]]:
    """Yield each pair to be compared once, smaller first, pairs in order.

    Those are the pairs with a key in common of which one is among its first `SPEAKERS` holders.
    """
    holders: dict[Hashable, list[_Node]] = defaultdict(list)
    for node in sorted(keys):
        for key in keys[node]:
            holders[key].append(node)
    later: dict[_Node, set[_Node]] = defaultdict(set)
    for nodes in holders.values():
        for at, first in enumerate(nodes[:SPEAKERS]):
            later[first].update(nodes[at + 1 :])
    for first in sorted(later):
        for second in sorted(later[first]):
            yield first, second
