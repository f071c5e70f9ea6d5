"""Under which label is each row of a page held? Looked up for the whole page at once."""

from collections.abc import Iterable, Sequence
from dataclasses import Field, replace
from typing import Any, ClassVar, Protocol, TypeVar

from tawatur.model.label import Label
from tawatur.model.picture import Event
from tawatur.web.contexts import EventRow
from tawatur.web.ports import ShownNode
from tawatur.web.rows import Speech, event_row


class Labelled(Protocol):
    """A row of something that carries a label: its id, and the TLP word of the label."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def id(self) -> str:
        """The id of what is in the row."""

    @property
    def tlp(self) -> str:
        """The word, empty where nothing has that id yet."""


R = TypeVar("R", bound=Labelled)


def labelled(node: ShownNode, rows: Iterable[R]) -> tuple[R, ...]:
    """Return rows with the TLP words of what has their ids."""
    held = tuple(rows)
    found = node.labels_of(row.id for row in held)
    return tuple(
        replace(row, tlp=found[row.id].tlp.value) if row.id in found else row for row in held
    )


def event_rows(node: ShownNode, events: Sequence[Event], speech: Speech) -> tuple[EventRow, ...]:
    """Return the rows of events, each as restricted as the strictest of its reports."""
    found = node.labels_of(document for event in events for document in event.documents)
    return tuple(
        event_row(event, speech, strictest(found[d] for d in event.documents if d in found))
        for event in events
    )


def strictest(labels: Iterable[Label]) -> str:
    """Return the strictest TLP word of some labels, empty for none."""
    # Most of many are one object, and to compare labels costs more than all else of a row.
    few = {id(label): label for label in labels}.values()
    return max((label.tlp for label in few), key=lambda word: word.rank).value if few else ""
