"""How a listing shows under which label each item is held.

Every item has one, and it is never left out: a table has its TLP word behind the id, data have
the object `LabelShape`. It says as well whose word a partner passed on that nothing proves. What
is worked out of several items (an event, a conflict, a gap) has their labels joined, as a brief
of them would, so it is as strict as the strictest.

Known cost: one look-up for so many rows, however many labels they have.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import TypeVar

from tawatur.cli.shapes import LabelShape
from tawatur.cli.shared import Row
from tawatur.model.label import Label, Leave, join
from tawatur.node import Node

_AT_ONCE = 10_000
"""Rows whose labels are looked up together: a listing of all claims stays small in memory."""

T = TypeVar("T")


def labelled(
    node: Node,
    found: Iterable[T],
    row: Callable[[T], Row],
    parts: Callable[[T], Iterable[str]] | None = None,
) -> Iterator[Row]:
    """Yield the row of each thing, with the label under which it is held as ``label``.

    Args:
        node: Which holds them.
        found: The things, in order.
        row: Returns the row of one.
        parts: Returns the ids of the items whose labels one has, joined; the ``id`` in its row
            unless told.
    """
    things = iter(found)
    while page := list(islice(things, _AT_ONCE)):
        rows = [row(each) for each in page]
        held: list[tuple[str, ...]] = (
            [tuple(parts(each)) for each in page]
            if parts
            else [(str(each["id"]),) for each in rows]
        )
        labels = node.labels_of(chain.from_iterable(held))
        unproven = node.incoming.unproven_among(labels)
        for each, items in zip(rows, held, strict=True):
            told = chain.from_iterable(unproven.get(item, ()) for item in items)
            yield {**each, "label": label_object(joined(node, items, labels), told)}


def joined(node: Node, items: Iterable[str], labels: Mapping[str, Label]) -> Label | None:
    """Return the labels of some items as one; None where none of them has any."""
    some = {labels[item] for item in items if item in labels}
    return join(node.id, some) if len(some) > 1 else next(iter(some), None)


def label_object(
    label: Label | None, unproven: Iterable[tuple[str, str]] = ()
) -> LabelShape | None:
    """Return a label as data have it, with who says without proof that it is whose."""
    if label is None:
        return None
    return {
        "tlp": label.tlp,
        "originators": list(label.originators),
        "existence": label.gives is not Leave.YES,
        "until": label.expires.isoformat(timespec="seconds") if label.expires else None,
        "purpose": label.purpose,
        "unproven": [
            {"sender": sender, "originator": originator}
            for sender, originator in dict.fromkeys(unproven)
        ],
    }
