"""That there is something on a subject, and whom to ask: all that is handed over of an item.

A pointer goes as an item of its own in a release, so that it is relabelled, recalled and
answered like any other. It holds the words that the item's label has for it and the names of
those whose word is in that label; its own label has of the item's only who may have it, until
when, and whether it may go on. Nothing in it is of the item itself: no title, date or size.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from tawatur.model.ids import NodeId
from tawatur.model.label import Label, Leave, Terms

LONGEST = 500
"""Characters of a subject, or of a name, that are taken in."""


@dataclass(frozen=True, slots=True)
class Whom:
    """An organisation that can be asked."""

    id: NodeId
    name: str


@dataclass(frozen=True, slots=True)
class Pointer:
    """On what there is something, None where that is not told, and whom to ask, at least one."""

    subject: str | None
    ask: tuple[Whom, ...]


def pointer_body(pointer: Pointer) -> dict[str, Any]:
    """Return a pointer as it travels."""
    ask = [{"id": whom.id, "name": whom.name} for whom in pointer.ask]
    return {"subject": pointer.subject, "ask": ask}


def pointer_of(body: Mapping[str, Any]) -> Pointer:
    """Return the pointer that ``body`` holds.

    Raises:
        ValueError: It holds something else, or too much.
    """
    found = msgspec.convert(dict(body), Pointer)
    words = [found.subject or "", *(whom.name for whom in found.ask)]
    if not found.ask or max(map(len, words)) > LONGEST:
        raise ValueError("a pointer names a subject and whom to ask, in few words")
    return found


def pointing(label: Label, holder: NodeId, party: NodeId) -> Label:
    """Return the label under which ``holder`` points ``party`` to an item under ``label``."""
    return Label.of(
        *(
            Terms(
                terms.originator,
                terms.tlp,
                frozenset({holder, party}),
                onward=Leave.NO if terms.onward is Leave.NO else Leave.YES,
                expires=terms.expires,
                compartments=terms.compartments,
            )
            for terms in label.terms
        )
    )
