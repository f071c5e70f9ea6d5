"""Entry bodies: values on one side, JSON on the other, and nothing else in between.

Sets are written in order, so that equal values give equal bytes. A rendition's
text stands in its blob, not in the body. Unknown keys are kept in the entry and
ignored here, so that an older version reads what a later one wrote.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

import msgspec

from tawatur.model.area import BorderNotice
from tawatur.model.claim import ClaimJudgement
from tawatur.model.desk import Commitment, Lesson, Request, Review, Sitting, Step
from tawatur.model.document import Acquisition, Gloss, Rendition, Sifting
from tawatur.model.entry import Kind, Payload
from tawatur.model.ids import RenditionId
from tawatur.model.label import Label
from tawatur.model.marking import Marking
from tawatur.model.meeting import Meeting
from tawatur.model.reading import Reading
from tawatur.model.ruling import RULINGS, Ruling

T = TypeVar("T")

ITEMS: Mapping[Kind, type[Any]] = {
    Kind.COMMITMENT: Commitment,
    Kind.REQUEST: Request,
    Kind.LESSON: Lesson,
    Kind.BORDER_NOTICE: BorderNotice,
    Kind.MEETING: Meeting,
}
"""What an entry of a kind is a step of."""


def body_of(value: object) -> dict[str, Any]:
    """Return ``value`` as JSON: mappings, lists, strings, numbers, None."""
    body: dict[str, Any] = msgspec.to_builtins(value, order="deterministic")
    return body


def value_of(kind: type[T], body: Mapping[str, Any]) -> T:
    """Return the ``kind`` that ``body`` holds.

    Raises:
        msgspec.ValidationError: It holds something else.
    """
    return msgspec.convert(body, kind, strict=True)


def acquisition_body(acquisition: Acquisition) -> dict[str, Any]:
    """Return the body without the label, which the payload carries."""
    body = body_of(acquisition)
    del body["label"]
    return body


def acquisition(payload: Payload) -> Acquisition:
    """Return the acquisition that ``payload`` records, under its label."""
    return value_of(Acquisition, {**payload.body, "label": body_of(payload.label)})


def rendition_body(rendition: Rendition) -> dict[str, Any]:
    """Return the body without the text, which stands in the blob."""
    return body_of(replace(rendition, extraction=replace(rendition.extraction, text="")))


def rendition(payload: Payload, text: str) -> Rendition:
    """Return the rendition that ``payload`` records, with its text."""
    bare = value_of(Rendition, payload.body)
    return replace(bare, extraction=replace(bare.extraction, text=text))


def reading_body(rendition_id: RenditionId, reading: Reading) -> dict[str, Any]:
    """Return the body that ties a reading to its rendition."""
    return {"rendition": rendition_id, "reading": body_of(reading)}


def reading(payload: Payload) -> Reading:
    """Return the reading that ``payload`` records."""
    return value_of(Reading, payload.body["reading"])


def judgement(payload: Payload) -> ClaimJudgement:
    """Return the judgement that ``payload`` records."""
    return value_of(ClaimJudgement, payload.body)


def sifting(payload: Payload) -> Sifting:
    """Return the word on what is content that ``payload`` records."""
    return value_of(Sifting, payload.body)


def gloss(payload: Payload) -> Gloss:
    """Return the note as this entry has it."""
    return value_of(Gloss, payload.body)


def marking(payload: Payload) -> Marking:
    """Return the marking as this entry has it."""
    return value_of(Marking, payload.body)


def ruling_body(ruling: Ruling) -> dict[str, Any]:
    """Return the body, which says of which kind the ruling is."""
    word = next(word for word, kind in RULINGS.items() if type(ruling) is kind)
    return {"ruling": word, **body_of(ruling)}


def ruling(payload: Payload) -> Ruling | None:
    """Return the ruling as this entry has it; None of a kind that a later version made."""
    kind = RULINGS.get(payload.body["ruling"])
    return None if kind is None else value_of(kind, payload.body)


def step_body(step: Step[Any]) -> dict[str, Any]:
    """Return the body of a step of one item of the desk, without what is worked out."""
    body = {**body_of(step), "id": step.item.id, "step": step.id}
    del body["item"]["rivals"]
    return body


def step(kind: Kind, body: Mapping[str, Any]) -> Step[Any]:
    """Return the step that ``body``, of an entry of this kind, records."""
    item = ITEMS[kind]
    return value_of(Step[item], {**body, "id": body["step"]})  # type: ignore[valid-type]  # one of these


def item(
    kind: Kind, body: Mapping[str, Any]
) -> Commitment | Lesson | Request | BorderNotice | Meeting:
    """Return the item of the desk that ``body``, of this kind, holds."""
    found: Commitment | Lesson | Request | BorderNotice | Meeting = value_of(ITEMS[kind], body)
    return found


def review(body: Mapping[str, Any]) -> Review | Sitting:
    """Return the review, or its sitting, that ``body`` records."""
    if "sitting" in body:
        return value_of(Sitting, body["sitting"])
    return value_of(Review, body["review"])


def label_text(label: Label) -> str:
    """Return the label as one line of JSON, equal for equal labels."""
    return msgspec.json.encode(label, order="deterministic").decode()
