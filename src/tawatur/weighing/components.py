"""What hangs together: edges between ids, and the groups that they make.

Grouping is decided within connected components, so that only those a change
touches are worked out again. Every result is sorted: equal input in any order
gives equal output.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from tawatur.model.ids import ClaimId
from tawatur.model.picture import Reason

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
