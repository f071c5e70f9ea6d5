"""How a listing shows under which label each item is held.

Every item has one, and it is never left out: a table has its TLP word behind the id, data have
the object `LabelShape`. It says as well whose word a partner passed on that nothing proves. What
is worked out of several items (an event, a conflict, a gap) has their labels joined, as a brief
of them would, so it is as strict as the strictest.

Known cost: one look-up for so many rows, however many labels they have.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Annotated, Protocol, TypedDict, TypeVar

from msgspec import Meta

from tawatur.model.ids import NodeId
from tawatur.model.label import Label, Leave, join
from tawatur.tables import Row

_AT_ONCE = 10_000
"""Rows whose labels are looked up together: a listing of all claims stays small in memory."""

T = TypeVar("T")


class UnprovenShape(TypedDict):
    """That somebody passed something on as another's, which nothing proves."""

    sender: Annotated[str, Meta(description="Who says so, by name.")]
    originator: Annotated[str, Meta(description="Whose it is by that, name or id.")]


class LabelShape(TypedDict):
    """Under which label something is held; to whom it may go is what `label` says."""

    tlp: Annotated[str, Meta(description="The strictest word of TLP 2.0 in it: TLP:AMBER.")]
    originators: Annotated[list[str], Meta(description="Whose terms it holds, ids of nodes.")]
    existence: Annotated[bool, Meta(description="Whether others learn only that it exists.")]
    until: Annotated[str | None, Meta(description="Until when others have it, ISO 8601, UTC.")]
    purpose: Annotated[str | None, Meta(description="For what it may be used.")]
    unproven: Annotated[list[UnprovenShape], Meta(description="What is the relay's word alone.")]


class Incoming(Protocol):
    """What partners handed over."""

    def unproven_among(self, items: Iterable[str]) -> Mapping[str, Sequence[tuple[str, str]]]:
        """Return who says of which of some items that it is whose, where nothing proves it."""


class Holder(Protocol):
    """A node, as far as labels go."""

    @property
    def id(self) -> NodeId:
        """Its id."""

    @property
    def incoming(self) -> Incoming:
        """What partners handed over."""

    def labels_of(self, items: Iterable[str]) -> Mapping[str, Label]:
        """Return the labels of those of some items that may be seen."""


def labelled(
    node: Holder,
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


def joined(node: Holder, items: Iterable[str], labels: Mapping[str, Label]) -> Label | None:
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
