"""What may a model answer? A JSON schema of quotations and labels, and the values it becomes.

Strict in the sense of structured outputs: every key is there, no other is. Where servers
turn the schema into a grammar, ``bounded`` adds limits, so that a model that repeats
itself comes to an end; some hosted servers refuse such limits.

Labels are those of the model's nouns; a chain begins after the author, whom no answer
names. Nothing asks for a value: what a time or a figure amounts to is not the model's.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

import msgspec

from tawatur.model.reading import (
    Channel,
    EntityType,
    EventType,
    Manner,
    Modality,
    Polarity,
    Role,
    SourceKind,
    TimeType,
)

MOST_ITEMS = 60
"""Items of one kind in a bounded answer; a window of six thousand characters has some forty."""

MOST_CHARACTERS = 400
"""Characters of one quotation in a bounded answer."""


class NamedThing(msgspec.Struct, frozen=True):
    """A name in its fullest form, its type, and each form in which it stands."""

    name: str
    type: EntityType
    forms: tuple[str, ...]


class Words(msgspec.Struct, frozen=True):
    """A time expression or a figure with what it counts; ``nth`` of several equal ones, from 1."""

    words: str
    nth: int


class TimeWords(msgspec.Struct, frozen=True):
    """A time expression."""

    words: str
    nth: int
    type: TimeType


class Source(msgspec.Struct, frozen=True):
    """One who passes a claim on; ``cue`` is the word of saying, ``to`` whom it is said to."""

    source: str
    kind: SourceKind
    cue: str | None
    manner: Manner
    to: str | None
    channel: Channel | None


class Part(msgspec.Struct, frozen=True):
    """A name and what its bearer does in the thing claimed."""

    name: str
    role: Role


class Said(msgspec.Struct, frozen=True):
    """One claim: its words, through whom, and how it is meant."""

    quote: str
    nth: int
    chain: tuple[Source, ...]
    polarity: Polarity
    modality: Modality
    event_type: EventType
    when: str | None
    where: tuple[str, ...]
    who: tuple[Part, ...]
    quantities: tuple[str, ...]


KINDS: dict[str, type[msgspec.Struct]] = {
    "names": NamedThing,
    "times": TimeWords,
    "quantities": Words,
    "claims": Said,
}
"""The lists of an answer, in the order in which a model writes them."""


def answer_schema(*, bounded: bool = False) -> dict[str, Any]:
    """Return the JSON schema of an answer, in one order."""
    text: dict[str, Any] = {"type": "string"}
    if bounded:
        text["maxLength"] = MOST_CHARACTERS
    may_be_text = {**text, "type": ["string", "null"]}
    nth: dict[str, Any] = {"type": "integer"}
    few, many = (8, MOST_ITEMS) if bounded else (None, None)
    source = _object(
        source=text,
        kind=_labels(kind for kind in SourceKind if kind is not SourceKind.AUTHOR),
        cue=may_be_text,
        manner=_labels(Manner),
        to=may_be_text,
        channel=_labels(Channel, or_none=True),
    )
    return _object(
        names=_list(_object(name=text, type=_labels(EntityType), forms=_list(text, few)), many),
        times=_list(_object(words=text, nth=nth, type=_labels(TimeType)), many),
        quantities=_list(_object(words=text, nth=nth), many),
        claims=_list(
            _object(
                quote=text,
                nth=nth,
                chain=_list(source, few),
                polarity=_labels(Polarity),
                modality=_labels(Modality),
                event_type=_labels(EventType),
                when=may_be_text,
                where=_list(text, few),
                who=_list(_object(name=text, role=_labels(Role)), few),
                quantities=_list(text, few),
            ),
            many,
        ),
    )


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: dict[str, Any], most: int | None) -> dict[str, Any]:
    limit = {} if most is None else {"maxItems": most}
    return {"type": "array", "items": items, **limit}


def _labels(kind: Iterable[StrEnum], *, or_none: bool = False) -> dict[str, Any]:
    values: list[str | None] = [str(label) for label in kind]
    if or_none:
        return {"type": ["string", "null"], "enum": [*values, None]}
    return {"type": "string", "enum": values}
