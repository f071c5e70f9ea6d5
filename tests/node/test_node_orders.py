"""Lists in an order are that of what may be seen, as if the rest had never come."""

from pathlib import Path
from typing import Any

import pytest
from tests.node.test_node_paging import node, others

from tawatur import samples
from tawatur.model.moment import Moment
from tawatur.model.picture import Event
from tawatur.model.reading import EventType
from tawatur.model.ruling import Outcome
from tawatur.model.text import fold_words
from tawatur.node import Node
from tawatur.node.indexing.orders import EventOrder, Weight

__all__ = ["node"]  # a fixture, found by its name
pytestmark = pytest.mark.usefixtures("each_store")

BOTH_WAYS = [(order, reverse) for order in EventOrder for reverse in (False, True)]


def shown(events: tuple[Event, ...]) -> list[tuple[object, ...]]:
    """Return what of events is the same on two nodes."""
    return [(e.headline, e.when, e.where, len(e.claims), e.roots.at_least) for e in events]


@pytest.mark.parametrize(("order", "reverse"), BOTH_WAYS)
def test_events_stand_in_the_order_asked_for(
    node: Node, order: EventOrder, *, reverse: bool
) -> None:
    """By the column's own values, those of which it is not told last, in either direction."""
    for seen in (node, others(node)):
        found = seen.events(order=order, reverse=reverse)
        values: list[Any] = [column(event, order) for event in found]
        told = [value for value in values if value]
        assert values[: len(told)] == told
        assert len(told) > 3
        assert told == sorted(told, reverse=(order is not EventOrder.PLACE) != reverse)
        assert {e.id for e in found} == {e.id for e in seen.events()}


@pytest.mark.parametrize(("order", "reverse"), BOTH_WAYS)
def test_a_part_of_an_ordered_list_is_that_part_of_the_whole(
    node: Node, order: EventOrder, *, reverse: bool
) -> None:
    """Also of those of a type, or contested; the count is that of the whole."""
    for seen in (node, others(node)):
        for type_ in (None, EventType.ASSAULT):
            for contested in (None, True, False):
                asked = {"order": order, "reverse": reverse}
                only = {"type": type_, "contested": contested}
                whole = seen.events(**asked, **only)  # type: ignore[arg-type]
                assert seen.event_count(**only) == len(whole)  # type: ignore[arg-type]
                for limit, offset in ((3, 0), (4, 3), (500, 0), (5, 9_000)):
                    part = seen.events(**asked, **only, limit=limit, offset=offset)  # type: ignore[arg-type]
                    assert part == whole[offset : offset + limit]


def test_what_is_hidden_moves_nothing(node: Node, tmp_path: Path) -> None:
    """Somebody sees each list as on a node to which the hidden report never came."""
    hidden = next(line for line in node.documents() if line.id not in visible(others(node)))
    with Node.init(tmp_path / "bare", name="Observer") as bare:
        names = {line.name for line in node.documents()} - {hidden.name}
        bare.add([path for path in samples.paths()[:6] if path.name in names])
        assert len(bare.documents()) == 5
        for order, reverse in BOTH_WAYS:
            with_it = others(node).events(order=order, reverse=reverse)
            never = bare.events(order=order, reverse=reverse)
            # Ids are drawn with the node's own key: of equals either may come first.
            assert sorted(map(repr, shown(with_it))) == sorted(map(repr, shown(never)))
            keys = [Weight.of(event).key(order)[:-1] for event in with_it]
            assert keys == [Weight.of(event).key(order)[:-1] for event in never]
        assert shown(node.events()) != shown(others(node).events())


def column(event: Event, order: EventOrder) -> object:
    """Return what stands of an event in the column that an order sorts by."""
    return {
        EventOrder.DOCUMENTS: len(event.documents),
        EventOrder.CLAIMS: len(event.claims),
        EventOrder.ROOTS: event.roots.at_least,
        EventOrder.DATE: first_day(event.when),
        EventOrder.PLACE: fold_words(event.where[0]) if event.where else "",
    }[order]


def first_day(when: str | None) -> str:
    """Return the first day of an EDTF value, the last where that is open; empty for neither."""
    moment = Moment.parse(when) if when else None
    return str((moment and (moment.lower or moment.upper)) or "")


def visible(node: Node) -> set[str]:
    """Return the documents that may be seen."""
    return {line.id for line in node.documents()}


def test_an_event_is_contested_until_its_contradictions_are_settled(node: Node) -> None:
    """Those that hold a side of an open one, and no others."""
    sides = {side for each in node.conflicts() for side in (each.a, each.b)}
    contested = node.events(contested=True)
    assert contested
    for event in node.events():
        assert (not sides.isdisjoint(event.claims)) == (event in contested)
    for each in node.conflicts():
        node.settling.settle(each.id, Outcome.DISMISSED, "two different days")
    assert node.events(contested=True) == ()
    assert node.event_count(contested=False) == node.event_count()
