"""What Tawatur's STIX extension holds: the names, kinds and meaning of each of its fields.

The published JSON Schema is made from these. What is not told is left out, never null, as STIX
asks; what a later version adds is passed over.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from tawatur.sharing.stix.terms import DEFINITIONS

Edtf = Annotated[str, Meta(description="EDTF (ISO 8601-2).")]


class LinkShape(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One who passed the claim on."""

    kind: Annotated[str, Meta(description="author, outlet, named person, official body …")]
    name: Annotated[
        str | None, Meta(description="As the text has it; absent for the text's own author.")
    ] = None
    cue: Annotated[str | None, Meta(description="The words that give the speech.")] = None
    manner: Annotated[str | None, Meta(description="direct quote, indirect or implied.")] = None
    to: Annotated[str | None, Meta(description="To whom it was said.")] = None
    channel: Annotated[str | None, Meta(description="public, private, diplomatic or leaked.")] = (
        None
    )


class NamedShape(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who or what takes part, or where."""

    name: str
    type: Annotated[str, Meta(description="PER, ORG, GPE, LOC or FAC.")]
    role: Annotated[str | None, Meta(description="actor, recipient, affected or instrument.")] = (
        None
    )


class FigureShape(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A figure and what it counts."""

    value: float | None = None
    high: Annotated[float | None, Meta(description="The upper end of a range.")] = None
    unit: str | None = None
    of: Annotated[str | None, Meta(description="What is counted.")] = None
    bound: Annotated[str | None, Meta(description="about, at least or at most.")] = None
    as_of: Edtf | None = None


class ClaimShape(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody's word, and who passed it on."""

    quote: Annotated[str, Meta(description="The words of the text, character for character.")]
    language: Annotated[str, Meta(description="BCP 47, und where it is not known.")]
    chain: Annotated[
        tuple[LinkShape, ...], Meta(description="Outermost first, the root last; never empty.")
    ]
    polarity: Annotated[str, Meta(description="asserted, denied or questioned.")] = "asserted"
    modality: Annotated[
        str,
        Meta(description="fact, hedged, planned, promised, requested, opinion or conditional."),
    ] = "fact"
    event_type: Annotated[str, Meta(description="PLOVER's word, STATE or CRIME.")] = "STATE"
    when: Edtf | None = None
    where: tuple[NamedShape, ...] = ()
    who: tuple[NamedShape, ...] = ()
    figures: tuple[FigureShape, ...] = ()
    gist: str | None = None
    not_known: Annotated[
        bool, Meta(description="The claim says itself that this is not known.")
    ] = False
    publisher: str | None = None
    published: Edtf | None = None


class RootsShape(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How many independent roots stand behind an event."""

    at_least: Annotated[int, Meta(ge=0)]
    at_most: Annotated[int, Meta(ge=0)]
    reasons: Annotated[tuple[str, ...], Meta(description="Why, in English sentences.")] = ()


class EventShape(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What several claims are about."""

    type: Annotated[str, Meta(description="PLOVER's word, STATE or CRIME.")]
    headline: Annotated[str, Meta(description="The words of the claim that stands for it.")]
    language: str
    claims: tuple[ClaimShape, ...]
    roots: RootsShape
    when: Edtf | None = None


class PromiseShape(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A commitment or a request: who promised whom, or asked whom for, what."""

    by: str
    what: str
    status: str
    to: str | None = None
    due: Annotated[Edtf | None, Meta(description="When it is to be done, or needed.")] = None
    since: Annotated[Edtf | None, Meta(description="Since when it is asked.")] = None
    next_step: Annotated[str | None, Meta(description="The party that owes it.")] = None


class MatterShape(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A matter on the agenda of a meeting, and what was decided."""

    what: str
    status: Annotated[str, Meta(description="open, decided or put off.")]
    decision: str | None = None


class LessonShape(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What somebody learnt of how something was done."""

    by: str
    what: str
    status: Annotated[str, Meta(description="noted or withdrawn.")]
    on: Edtf | None = None


class MeetingShape(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A meeting: who meets, when, about what."""

    name: str
    status: Annotated[str, Meta(description="planned, held, put off or cancelled.")]
    parties: Annotated[tuple[str, ...], Meta(description="Organisations and offices.")] = ()
    when: Edtf | None = None
    hours: Annotated[str | None, Meta(description="Begin, end and IANA time zone.")] = None
    place: str | None = None
    series: str | None = None
    number: Annotated[int | None, Meta(description="Which session of the series.")] = None
    next_review: Edtf | None = None
    agenda: tuple[MatterShape, ...] = ()


class ExtensionShape(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The extension on an object of an item that Tawatur exports.

    Every object of one item names the object that stands for the item; that one has ``kind``
    and ``sealed``. A letter is an object that stands for itself.
    """

    extension_type: Literal["property-extension"]
    item: Annotated[str, Meta(description="The STIX id of the object that stands for the item.")]
    kind: Annotated[
        str | None,
        Meta(
            description="document, claim, event, commitment, lesson, meeting, request; "
            "or a kind of letter."
        ),
    ] = None
    claim: ClaimShape | None = None
    event: EventShape | None = None
    commitment: PromiseShape | None = None
    lesson: LessonShape | None = None
    meeting: MeetingShape | None = None
    request: PromiseShape | None = None
    published: Annotated[
        Edtf | None,
        Meta(description="When the document was published; STIX's own field has one instant."),
    ] = None
    sealed: Annotated[
        str | None,
        Meta(description="The letter as its sender signed it, base64: what alone is verified."),
    ] = None


def extension_schema() -> dict[str, Any]:
    """Return the JSON Schema of the extension, as it is published."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Tawatur's extension of STIX 2.1",
        **msgspec.json.schema(ExtensionShape),
    }


def extension_definition() -> list[dict[str, Any]]:
    """Return the STIX objects that define the extension, as they are published."""
    return list(DEFINITIONS)
