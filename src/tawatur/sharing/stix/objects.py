"""One released item as STIX 2.1 objects that a program of others can show and store.

    document    report, a note for each claim in force, an opinion for each judgement
    claim       note
    event       incident with the core extension of OASIS, a note for each claim
    commitment, request   note, and a relationship between the two parties
    meeting     note on the parties that meet

    with each: identities and locations as the claims name them, relationships along the
    chains, markings, Tawatur's extension; the sealed release whole, in exactly one object

What is somebody's word stays that: a note says who says it and through whom, in the item's
language. No grade travels, and no address, key or place of a person. Ids come from a port
(`tawatur.sharing.stix.ids`); times of versions are those of the release.
"""

import base64
import binascii
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import pairwise
from typing import Any

import msgspec
from babel import Locale

from tawatur.errors import AlteredFileError, Message
from tawatur.model.claim import Claim, ClaimJudgement, Content, Status, Verdict, fold_claims
from tawatur.model.document import Extraction, Rendition
from tawatur.model.ids import ActorId, BlobDigest, ClaimId, DocumentId, EntryId, RenditionId
from tawatur.model.moment import Moment
from tawatur.model.reading import EntityType, Link, Reading, SourceKind
from tawatur.model.span import Span
from tawatur.sharing.cards import Card
from tawatur.sharing.releases import Item, Release
from tawatur.sharing.stix.ids import Ids
from tawatur.sharing.stix.markings import markings_of, stamp
from tawatur.sharing.stix.shapes import (
    ClaimShape,
    EventShape,
    ExtensionShape,
    FigureShape,
    LessonShape,
    LinkShape,
    MatterShape,
    MeetingShape,
    NamedShape,
    PromiseShape,
    RootsShape,
)
from tawatur.sharing.stix.terms import (
    CONSTANT,
    INCIDENT_EXTENSION,
    NODES,
    SPEC_VERSION,
    TAWATUR_EXTENSION,
)
from tawatur.sharing.stix.words import (
    claim_words,
    commitment_words,
    event_words,
    heard_words,
    judged_words,
    lesson_words,
    meeting_words,
    request_words,
    shortened,
    unknown_words,
)

Object = dict[str, Any]
"""A STIX object as JSON."""

_STANDS_FOR = {"document": "report", "event": "incident"}
_CLASS = {
    SourceKind.OUTLET: "organization",
    SourceKind.BODY: "organization",
    SourceKind.GROUP: "group",
    SourceKind.PERSON: "individual",
}
"""Identity class by kind of source; the others name nobody."""
_ENTITY_CLASS = {EntityType.PERSON: "individual", EntityType.ORGANISATION: "organization"}


def objects_of(
    release: Release, sealed: bytes, ids: Ids, *, created: datetime | None = None
) -> tuple[Object, ...]:
    """Return a release as STIX objects: its markings, its sender, then what the item holds.

    Equal arguments give equal objects in equal order. The same ids with a later release are a
    later version of the same objects.

    Args:
        release: What goes to one partner.
        sealed: The file of it, as its sender signed it.
        ids: Gives the UUID of each part of the item, for this audience.
        created: When the item first went to this audience, UTC; with this release by default.

    Raises:
        AlteredFileError: The item does not hold what such an item holds.
    """
    making = _Making(release, ids, created or release.time)
    try:
        _MAKERS.get(release.item.kind, _other)(making, release.item)
    except (KeyError, TypeError, ValueError, RecursionError) as cause:
        what = Message(release.item.kind)
        raise AlteredFileError("the {0} in it cannot be read: {1}", what, cause) from cause
    extension = making.found[making.root]["extensions"][TAWATUR_EXTENSION]
    extension["sealed"] = base64.b64encode(sealed).decode()
    return (*making.markings, making.sender, *making.found.values())


def release_in(sealed: bytes) -> Release:
    """Return the release in a file that this very node sealed; nothing is verified.

    Raises:
        AlteredFileError: It is no release.
    """
    try:
        return msgspec.convert(msgspec.json.decode(sealed)["release"], Release)
    except (KeyError, TypeError, ValueError, RecursionError) as cause:
        raise AlteredFileError(
            "the release does not hold what a release holds: {0}", cause
        ) from cause


def sealed_bytes(objects: Iterable[Mapping[str, Any]]) -> bytes | None:
    """Return the sealed release that the objects of one item carry; None where it was stripped.

    Raises:
        AlteredFileError: What is there is not base64, or of more than one release.
    """
    found = {text for each in objects if (text := _sealed_in(each)) is not None}
    if not found:
        return None
    if len(found) > 1:
        raise AlteredFileError("the objects carry {0} releases, not one", len(found))
    return unsealed(found.pop())


def unsealed(text: str) -> bytes:
    """Return the bytes of a sealed release in an extension.

    Raises:
        AlteredFileError: It is not base64.
    """
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as cause:
        raise AlteredFileError("the release in the STIX extension is not base64") from cause


def sender_id(node: str) -> str:
    """Return the STIX id of the identity of a node: the same for all who have its card."""
    return f"identity--{uuid.uuid5(uuid.UUID(NODES), node)}"


def _sealed_in(each: Mapping[str, Any]) -> str | None:
    extensions = each.get("extensions")
    ours = extensions.get(TAWATUR_EXTENSION) if isinstance(extensions, Mapping) else None
    text = ours.get("sealed") if isinstance(ours, Mapping) else None
    return text if isinstance(text, str) else None


# ------------------------------------------------------------ making


class _Making:
    """The objects of one item while they are made, by id, in order."""

    def __init__(self, release: Release, ids: Ids, created: datetime) -> None:
        self.release, self.ids, self.created = release, ids, created
        self.found: dict[str, Object] = {}
        self.markings = markings_of(release.label, ids, created)
        self.type = _STANDS_FOR.get(release.item.kind, "note")
        self.root = f"{self.type}--{ids('item')}"  # stands for the item
        self.sender = _sender(release.sender)

    def add(
        self,
        type_: str,
        part: str,
        extension: dict[str, Any] | None = None,
        *,
        language: str = "und",
        **fields: Any,
    ) -> str:
        """Add an object unless it is there already; return its id.

        Args:
            type_: Of the object.
            part: The name of what it stands for within the item.
            extension: Fields of `ExtensionShape`.
            language: Of its words.
            fields: Its own; those that are None or empty are left out.
        """
        id_ = f"{type_}--{self.ids(part)}"
        if id_ in self.found:
            return id_
        ours = ExtensionShape(
            extension_type="property-extension", item=self.root, **(extension or {})
        )
        extensions = {
            **fields.pop("extensions", {}),
            TAWATUR_EXTENSION: msgspec.json.decode(msgspec.json.encode(ours)),
        }
        whole = {
            "type": type_,
            "spec_version": SPEC_VERSION,
            "id": id_,
            "created_by_ref": sender_id(self.release.sender.id),
            "created": stamp(self.created),
            "modified": stamp(max(self.created, self.release.time)),
            "lang": None if language == "und" else language,
            "object_marking_refs": [each["id"] for each in self.markings],
            **fields,
            "extensions": extensions,
        }
        self.found[id_] = {name: value for name, value in whole.items() if value not in (None, [])}
        return id_

    def add_item(self, extension: dict[str, Any], **fields: Any) -> str:
        """Add the object that stands for the item; return its id."""
        extension = {"kind": self.release.item.kind, **extension}
        return self.add(self.type, "item", extension, **fields)


def _sender(card: Card) -> Object:
    return {
        "type": "identity",
        "spec_version": SPEC_VERSION,
        "id": sender_id(card.id),
        "created": CONSTANT,
        "modified": CONSTANT,
        "name": card.name,
        "identity_class": "organization",
    }


def _document(making: _Making, item: Item) -> None:
    body = item.body
    extraction = msgspec.convert(body["extraction"], Extraction)
    reading = msgspec.convert(body["reading"], Reading)
    claims = _claims(extraction, reading, body["judgements"], making.release.time)
    publisher = extraction.publisher.value if extraction.publisher else None
    published = reading.published.value or reading.published.bounds
    name = extraction.title.of(extraction.text) if extraction.title else str(body["name"])
    refs = [_identity(making, publisher, "organization")] if publisher else []
    notes: list[str] = []
    for claim in claims:
        shape = _claim_shape(claim.quote, claim.language, publisher, published, claim.content)
        part = f"claim/{claim.id}"
        note, found = _note(making, part, shape, about=making.root)
        notes.append(note)
        refs += found
        if claim.judgements:
            made = [body["judgements"][int(entry)] for entry in claim.judgements]
            refs.append(_opinion(making, part, claim.language, made, note))
    refs += notes
    header = extraction.header
    making.add_item(
        {"published": published},
        language=extraction.language,
        name=" ".join(name.split()),
        description="".join(span.of(extraction.text) for span in extraction.main()),
        published=_instant(published, making.release.time),
        external_references=_references(publisher, name, header.number if header else None),
        object_refs=_each(refs) or [making.sender["id"]],
    )


def _claim(making: _Making, item: Item) -> None:
    body = item.body
    content = msgspec.convert(body["content"], Content)
    publisher, published = body["publisher"], body["published"]
    shape = _claim_shape(
        str(body["quote"]),
        str(body["language"]),
        str(publisher) if publisher else None,
        str(published) if published else None,
        content,
    )
    _note(making, "item", shape)


def _event(making: _Making, item: Item) -> None:
    body = item.body
    shapes = []
    for each in body["claims"]:
        content = msgspec.convert(each["content"], Content)
        shapes.append(
            _claim_shape(
                each["quote"], each["language"], each["publisher"], each["published"], content
            )
        )
    event = EventShape(
        type=body["type"],
        headline=body["headline"],
        language=body["language"],
        when=body.get("when"),
        claims=tuple(shapes),
        roots=msgspec.convert(body["roots"], RootsShape),
    )
    incident = making.add_item(
        {"event": event},
        language=event.language,
        name=shortened(event.headline),
        description=event_words(event),
        extensions={
            INCIDENT_EXTENSION: {
                "extension_type": "property-extension",
                # what is told is never more than suspected here: a person decides that
                "determination": "suspected",
                "investigation_status": "open",
                "incident_types": [event.type.lower()],
            }
        },
    )
    for n, shape in enumerate(shapes):
        part = f"claim/{n}"
        _note(making, part, shape, about=incident)
        for place in shape.where:
            heading, _ = claim_words(shape)
            _relate(making, part, incident, "located-at", _place(making, place, shape), heading)


def _commitment(making: _Making, item: Item) -> None:
    promise = _promise_shape(item.body, due=item.body.get("due"))
    _parties(making, promise, "commitment", *commitment_words(promise))


def _request(making: _Making, item: Item) -> None:
    promise = _promise_shape(item.body, due=item.body.get("needed_by"))
    _parties(making, promise, "request", *request_words(promise))


def _meeting(making: _Making, item: Item) -> None:
    body = item.body
    hours = body.get("hours") or {}
    meeting = MeetingShape(
        name=str(body["name"]),
        status=str(body.get("status", "planned")),
        parties=tuple(map(str, body.get("parties", ()))),
        when=body.get("when"),
        hours=" ".join(filter(None, map(hours.get, ("begins", "ends", "zone")))) or None,
        place=body.get("place"),
        series=body.get("series"),
        number=body.get("number"),
        next_review=body.get("next_review"),
        agenda=tuple(
            MatterShape(
                what=str(each["what"]), status=str(each["status"]), decision=each.get("decision")
            )
            for each in body.get("matters", ())
        ),
    )
    heading, words = meeting_words(meeting)
    refs = [_identity(making, party, "unknown") for party in meeting.parties]
    making.add_item(
        {"meeting": meeting},
        abstract=heading,
        content=words,
        object_refs=_each(refs) or [making.sender["id"]],
    )


def _lesson(making: _Making, item: Item) -> None:
    body = item.body
    lesson = LessonShape(
        by=str(body["by"]),
        what=str(body["what"]),
        status=str(body.get("status", "noted")),
        on=body.get("on"),
    )
    heading, words = lesson_words(lesson)
    making.add_item(
        {"lesson": lesson},
        abstract=heading,
        content=words,
        object_refs=[_identity(making, lesson.by, "unknown")],
    )


def _other(making: _Making, item: Item) -> None:
    """Add the note that stands for an item of a later version."""
    making.add_item(
        {}, content=unknown_words(item.kind), object_refs=[making.sender["id"]], abstract=item.kind
    )


_MAKERS = {
    "document": _document,
    "claim": _claim,
    "event": _event,
    "commitment": _commitment,
    "lesson": _lesson,
    "meeting": _meeting,
    "request": _request,
}


# ------------------------------------------------------------ claims


def _claims(
    extraction: Extraction, reading: Reading, judged: Iterable[Any], learnt: datetime
) -> tuple[Claim, ...]:
    """Return the claims in force of a document as it travels, rejected ones left out."""
    rendition = RenditionId("")
    judgements = [
        (
            EntryId(str(n)),
            ClaimJudgement(
                rendition,
                msgspec.convert(each["span"], Span),
                Verdict(each["verdict"]),
                msgspec.convert(each["content"], Content),
                msgspec.convert(each["judged"], tuple[str, ...]),
                ActorId(""),
            ),
        )
        for n, each in enumerate(judged)
    ]
    text = Rendition(rendition, DocumentId(""), BlobDigest(""), extraction)
    claims = fold_claims(
        text,
        [reading, *judgements],
        id_of=lambda span: ClaimId(f"{span.start}-{span.end}"),
        learnt=learnt,
    )
    return tuple(claim for claim in claims if claim.status is not Status.REJECTED)


def _claim_shape(
    quote: str, language: str, publisher: str | None, published: str | None, content: Content
) -> ClaimShape:
    return ClaimShape(
        quote=quote,
        language=language,
        publisher=publisher,
        published=published,
        chain=tuple(_link_shape(link) for link in content.chain),
        polarity=content.polarity.value,
        modality=content.modality.value,
        event_type=content.event_type.value,
        when=content.when,
        where=tuple(NamedShape(name=n.name, type=n.type.value) for n in content.where),
        who=tuple(
            NamedShape(name=n.name, type=n.type.value, role=n.role.value if n.role else None)
            for n in content.who
        ),
        figures=tuple(
            FigureShape(
                value=q.value, high=q.high, unit=q.unit, of=q.of, bound=q.bound, as_of=q.as_of
            )
            for q in content.quantities
        ),
        gist=content.gist,
        not_known=content.gap is not None,
    )


def _link_shape(link: Link) -> LinkShape:
    return LinkShape(
        kind=link.kind.value,
        name=link.source_text,
        cue=link.cue,
        manner=link.manner.value if link.manner else None,
        to=link.to,
        channel=link.channel.value if link.channel else None,
    )


def _note(
    making: _Making, part: str, shape: ClaimShape, about: str | None = None
) -> tuple[str, list[str]]:
    """Add a claim with whom and what it names; return the note's id, and those of the rest.

    Args:
        making: Where to.
        part: The name of the claim within the item; ``item`` if it is the item.
        shape: The claim.
        about: The report or incident that the note is on.
    """
    sources = [_source(making, link, shape) for link in shape.chain]
    refs = [source[0] for source in sources if source is not None]
    for who in shape.who:
        class_ = _ENTITY_CLASS.get(EntityType(who.type))
        refs.append(_identity(making, who.name, class_) if class_ else _place(making, who, shape))
    refs += [_place(making, place, shape) for place in shape.where]
    for one, other in pairwise(sources):
        if one and other and one[0] != other[0]:
            words = heard_words(one[1], other[1], shape.language)
            refs.append(_relate(making, part, one[0], "related-to", other[0], words))
    heading, words = claim_words(shape)
    fields: dict[str, Any] = {
        "language": shape.language,
        "abstract": heading,
        "content": words,
        "object_refs": _each([*([about] if about else []), *refs]) or [making.sender["id"]],
    }
    if part == "item":
        return making.add_item({"claim": shape}, **fields), refs
    return making.add("note", part, {"claim": shape}, **fields), refs


def _opinion(
    making: _Making, part: str, language: str, judgements: Iterable[Any], note: str
) -> str:
    """Add people's judgements on how a claim was read; return the opinion's id."""
    corrected = sorted({name for each in judgements for name in each["judged"]})
    return making.add(
        "opinion",
        f"{part}/judged",
        language=language,
        opinion="agree",
        explanation=judged_words(corrected, language),
        object_refs=[note],
    )


def _source(making: _Making, link: LinkShape, shape: ClaimShape) -> tuple[str, str] | None:
    """Return id and name of the identity that a link names; None where it names nobody."""
    name, kind = link.name, SourceKind(link.kind)
    if kind is SourceKind.AUTHOR and name is None:
        name, kind = shape.publisher, SourceKind.OUTLET
    class_ = _CLASS.get(kind)
    return (_identity(making, name, class_), name) if name and class_ else None


def _identity(making: _Making, name: str, class_: str) -> str:
    name = " ".join(name.split())
    return making.add("identity", f"identity/{class_}/{name}", name=name, identity_class=class_)


def _place(making: _Making, place: NamedShape, shape: ClaimShape) -> str:
    """Add a place as it is named: with the country's code if it is one, else as a region."""
    name = " ".join(place.name.split())
    country = _countries(shape.language).get(name.casefold())
    where: dict[str, Any] = {"country": country} if country else {"region": name}
    return making.add("location", f"location/{name}", language=shape.language, name=name, **where)


@cache
def _countries(language: str) -> dict[str, str]:
    """Return the codes of ISO 3166 by the names that countries have in a language."""
    names = Locale(language if language in ("ar", "fr") else "en").territories
    return {name.casefold(): code for code, name in names.items() if len(code) == 2}


def _relate(making: _Making, part: str, one: str, kind: str, other: str, words: str) -> str:
    return making.add(
        "relationship",
        f"{part}/{kind}/{one}/{other}",
        relationship_type=kind,
        source_ref=one,
        target_ref=other,
        description=words,
    )


# ------------------------------------------------------------ the desk


def _promise_shape(body: Mapping[str, Any], due: str | None) -> PromiseShape:
    return PromiseShape(
        by=str(body["by"]),
        what=str(body["what"]),
        status=str(body.get("status", "open")),
        to=body.get("to"),
        due=due,
        since=body.get("since"),
        next_step=body.get("next_step"),
    )


def _parties(making: _Making, promise: PromiseShape, kind: str, heading: str, words: str) -> None:
    """Add who promised or asked and whom, what is between them, and the note on it."""
    refs = [_identity(making, promise.by, "unknown")]
    if promise.to:
        refs.append(_identity(making, promise.to, "unknown"))
        if refs[0] != refs[1]:
            refs.append(_relate(making, "item", refs[0], "related-to", refs[1], heading))
    making.add_item({kind: promise}, abstract=heading, content=words, object_refs=_each(refs))


# ------------------------------------------------------------ fields


def _instant(edtf: str | None, otherwise: datetime) -> str:
    """Return the first possible instant of an EDTF value as STIX writes it."""
    day = Moment.parse(edtf).lower if edtf else None
    return f"{day.isoformat()}T00:00:00.000Z" if day else stamp(otherwise)


def _references(publisher: str | None, name: str, number: str | None) -> list[dict[str, str]]:
    if publisher is None and number is None:
        return []
    reference = {"source_name": publisher or "cable", "description": " ".join(name.split())}
    return [{**reference, "external_id": number} if number else reference]


def _each(refs: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(refs))
