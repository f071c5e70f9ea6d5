"""Which nodes are compared depends on the nodes there are, not on how they came."""

from collections.abc import Collection, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tawatur.node.indexing.graph
from tawatur.ledger.stores import SqliteStore
from tawatur.node.indexing.graph import Changes, Graph, Tie, key_numbers, schema
from tawatur.weighing.components import SPEAKERS

pytestmark = pytest.mark.usefixtures("each_store")

Node = tuple[str, frozenset[str]]

NODES = st.dictionaries(
    st.integers(0, 400).map(lambda n: f"n{n:03}"),
    st.frozensets(st.sampled_from("abcdef"), min_size=1, max_size=3),
    min_size=1,
    max_size=45,
)


class _Kept:
    """A graph in memory whose pair test joins nodes with digits of one sum, modulo three."""

    def __init__(self) -> None:
        self.db = SqliteStore(":memory:", isolation_level=None)
        self.db.executescript(schema("g"))
        self.values: dict[str, str] = {}
        self.graph: Graph[str] = Graph(self.db, "g", self.load, self.test)

    def load(self, nodes: Collection[str]) -> Mapping[str, str]:
        return {n: self.values[n] for n in nodes if n in self.values}

    @staticmethod
    def test(a: str, b: str) -> Tie | None:
        return Tie(1.0, "joined") if (int(a[1:]) + int(b[1:])) % 3 else None

    def add(self, node: str, keys: frozenset[str]) -> set[str]:
        self.values[node] = node
        return self._settled(self.graph.change([], {node: key_numbers(keys)}))

    def remove(self, node: str) -> set[str]:
        del self.values[node]
        return self._settled(self.graph.change([node], {}))

    def _settled(self, changes: Changes, at_once: int = 400) -> set[str]:
        touched = changes.ends
        while some := self.graph.fresh(at_once):
            touched |= {*some, *self.graph.join(self.graph.compared(some)).ends}
        return touched & set(self.values)

    def add_all(self, nodes: Mapping[str, frozenset[str]], at_once: int) -> None:
        """Put nodes in, and compare so many of them at once only then."""
        self.values |= {node: node for node in nodes}
        new = {node: key_numbers(keys) for node, keys in nodes.items()}
        self._settled(self.graph.change([], new), at_once)

    def edges(self) -> list[tuple[str, str]]:
        return sorted(self.db.execute("SELECT a, b FROM g_edges").fetchall())

    def keys(self) -> list[tuple[int, str]]:
        return self.db.execute("SELECT key, node FROM g_keys ORDER BY 1, 2").fetchall()


@given(nodes=NODES, data=st.data())
def test_edges_do_not_depend_on_the_order_of_arrival(
    nodes: dict[str, frozenset[str]], data: st.DataObject
) -> None:
    """Two graphs that got the same nodes in another order hold the same edges."""
    first, second = _Kept(), _Kept()
    for node in data.draw(st.permutations(sorted(nodes))):
        first.add(node, nodes[node])
    for node in data.draw(st.permutations(sorted(nodes))):
        second.add(node, nodes[node])
    assert first.edges() == second.edges()


@given(nodes=NODES, at_once=st.integers(1, 20), known=st.integers(0, 45))
def test_edges_do_not_depend_on_how_many_are_compared_at_once(
    nodes: dict[str, frozenset[str]], at_once: int, known: int
) -> None:
    """Nodes that wait for one another have the edges of those that came one by one."""
    first, second = _Kept(), _Kept()
    for node in sorted(nodes):
        first.add(node, nodes[node])
    for node in sorted(nodes)[:known]:
        second.add(node, nodes[node])
    second.add_all({n: nodes[n] for n in sorted(nodes)[known:]}, at_once)
    assert first.edges() == second.edges()


@given(nodes=NODES, more=NODES, data=st.data())
def test_what_came_and_went_leaves_no_trace(
    nodes: dict[str, frozenset[str]], more: dict[str, frozenset[str]], data: st.DataObject
) -> None:
    """After others were added and taken out again, the edges are those of the nodes that stay."""
    alone, visited = _Kept(), _Kept()
    for node in sorted(nodes):
        alone.add(node, nodes[node])
    guests = {n: keys for n, keys in more.items() if n not in nodes}
    for node in data.draw(st.permutations(sorted({**nodes, **guests}))):
        visited.add(node, {**nodes, **guests}[node])
    for node in data.draw(st.permutations(sorted(guests))):
        visited.remove(node)
    assert visited.edges() == alone.edges()


@given(nodes=NODES)
def test_every_pair_of_a_small_group_is_compared(nodes: dict[str, frozenset[str]]) -> None:
    """Up to `SPEAKERS` holders of a key are compared each with each."""
    kept = _Kept()
    for node, keys in nodes.items():
        kept.add(node, keys)
    edges = set(kept.edges())
    for key in "abcdef":
        holders = sorted(n for n, keys in nodes.items() if key in keys)
        if len(holders) <= SPEAKERS:
            wanted = {(a, b) for a in holders for b in holders if a < b and kept.test(a, b)}
            assert wanted <= edges


@given(nodes=NODES, last=st.frozensets(st.sampled_from("abcdef"), min_size=1, max_size=3))
def test_a_change_names_every_component_that_it_touches(
    nodes: dict[str, frozenset[str]], last: frozenset[str]
) -> None:
    """A component none of whose nodes is a seed is the same before and after."""
    kept = _Kept()
    for node, keys in nodes.items():
        kept.add(node, keys)
    before = {frozenset(c) for c in kept.graph.components(nodes)}
    seeds = kept.add("n999", last)
    after = {frozenset(c) for c in kept.graph.components([*nodes, "n999"])}
    assert all(c in before for c in after if not c & seeds)


def test_the_cost_of_a_common_key_grows_with_its_holders_not_with_their_square() -> None:
    """Three hundred holders of one key have at most `SPEAKERS` edges each."""
    kept = _Kept()
    for number in range(300):
        kept.add(f"n{number:03}", frozenset("a"))
    assert len(kept.edges()) <= 300 * SPEAKERS


@given(nodes=NODES, data=st.data())
def test_nodes_that_come_and_go_together_leave_what_one_by_one_leave(
    nodes: dict[str, frozenset[str]], data: st.DataObject
) -> None:
    """Keys that are held back are there for whoever is compared later, and gone with their node."""
    known = data.draw(st.sets(st.sampled_from(sorted(nodes))))
    gone = data.draw(st.sets(st.sampled_from(sorted(nodes))))
    first, second = _Kept(), _Kept()
    for node, keys in nodes.items():
        first.add(node, keys)
    for node in sorted(gone):
        first.remove(node)
    for node in sorted(known):
        second.add(node, nodes[node])
    with second.graph.together():
        for node in sorted(set(nodes) - known):
            second.values[node] = node
            second.graph.change([], {node: key_numbers(nodes[node])})
        for node in sorted(gone):
            del second.values[node]
            second.graph.change([node], {})
    second._settled(Changes())
    assert first.edges() == second.edges()
    assert first.keys() == second.keys()


@given(nodes=NODES, data=st.data())
def test_keys_that_were_put_aside_are_all_there_before_the_first_are_compared(
    nodes: dict[str, frozenset[str]], data: st.DataObject
) -> None:
    """However many came at a time, whatever was sorted in between, and if some went again."""
    gone = data.draw(st.sets(st.sampled_from(sorted(nodes))))
    some = st.lists(st.sampled_from(sorted(nodes)), min_size=1, unique=True)
    first, second = _Kept(), _Kept()
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(tawatur.node.indexing.graph, "_MANY", 2)
        changed.setattr(tawatur.node.indexing.graph, "_GOES", 1)
        for together in [*data.draw(st.lists(some, max_size=4)), sorted(nodes)]:
            with second.graph.together():
                for node in set(together) - set(second.values):
                    second.values[node] = node
                    second.graph.change([], {node: key_numbers(nodes[node])})
            if data.draw(st.booleans()):
                second.graph.sort_some()
        with second.graph.together():
            for node in sorted(gone):
                del second.values[node]
                second.graph.change([node], {})
        while second.graph.sort_some():
            pass
        second._settled(Changes())
    for node in sorted(set(nodes) - gone):
        first.add(node, nodes[node])
    assert first.edges() == second.edges()
    assert first.keys() == second.keys()
    assert not second.db.execute("SELECT * FROM g_aside").fetchall()
