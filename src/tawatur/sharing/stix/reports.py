"""STIX objects of others, as documents: which stand together, and what each of them says.

A report or grouping makes a document with what it refers to and what is said of it; so do an
incident and a note that stand in none; the rest is one more. Each object is written out in the
first document that holds it and named in the others, so that no text outgrows its bundle. Labels
of lines are STIX's own words.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from tawatur.errors import SharingError
from tawatur.model.moment import Moment
from tawatur.model.reading import (
    Channel,
    EntityType,
    EventType,
    Link,
    Manner,
    Modality,
    Polarity,
    Role,
    SourceKind,
)
from tawatur.model.span import Span
from tawatur.sharing.stix.fields import (
    Object,
    extension_of,
    object_in,
    objects_in,
    one_line,
    text_in,
    texts_in,
    time_of,
)
from tawatur.sharing.stix.markings import Markings
from tawatur.sharing.stix.rendition import (
    ForeignDocument,
    Page,
    RefusedObject,
    Source,
    link_of,
)
from tawatur.sharing.stix.shapes import ClaimShape
from tawatur.sharing.stix.terms import INCIDENT_EXTENSION

_HEADS = ("report", "grouping", "incident", "note")
"""Types that make a document, in the order in which they take what belongs to them."""

_SILENT = ("marking-definition", "extension-definition", "language-content")
"""Types that say something of other objects only."""

_CLASSES = {
    "individual": (SourceKind.PERSON, EntityType.PERSON),
    "group": (SourceKind.GROUP, EntityType.ORGANISATION),
}
_BODY = (SourceKind.BODY, EntityType.ORGANISATION)

_NAMED_AT_MOST = 500
"""Lines of one document on objects that are written out in another."""

_MARKINGS_AT_MOST = 20
"""Lines of one document on its markings; all of them count."""

_KEPT_OUT = ("contact_information", "phone_numbers")
"""How a person is reached is never kept."""


def reports(
    objects: Mapping[str, Object], taken: Iterable[str], sender: str | None
) -> Iterator[ForeignDocument | RefusedObject]:
    """Yield the documents that objects make, or why one of them makes none.

    Args:
        objects: By id, one version of each.
        taken: Ids of objects that belong to none of them.
        sender: The name of whoever handed them over.
    """
    store = _Store(objects, set(taken))
    for type_ in _HEADS:
        for head in store.of_type(type_):
            if head["id"] not in store.taken:
                yield _made(store, head, store.with_head(head), sender)
    rest = [o for id_, o in objects.items() if id_ not in store.taken and o["type"] not in _SILENT]
    if rest:
        yield _made(store, {"id": "bundle", "type": "bundle"}, rest, sender)


class _Store:
    """Objects by id, what is said of each, and which of them stand in a document already."""

    def __init__(self, objects: Mapping[str, Object], taken: set[str]) -> None:
        self.objects, self.taken = objects, taken
        self.markings = Markings(objects)
        self._about: dict[str, list[Object]] = {}
        for each in objects.values():
            if each["type"] in ("note", "opinion", "relationship"):
                for ref in _refs(each):
                    self._about.setdefault(ref, []).append(each)

    def of_type(self, type_: str) -> list[Object]:
        """Return the objects of a type, in their order."""
        return [each for each in self.objects.values() if each["type"] == type_]

    def with_head(self, head: Object) -> list[Object]:
        """Return a head and what belongs to it, none of which stands elsewhere."""
        found = {head["id"]: head}
        notes = [each for each in self._said_of(head["id"]) if each["type"] == "note"]
        for each in (head, *notes):
            found[each["id"]] = each
            found |= self._named_by(*_refs(each))
        for id_ in list(found):
            for each in self._said_of(id_):
                ends = set(_refs(each))
                opinion = each["type"] == "opinion"
                related = each["type"] == "relationship" and (
                    head["id"] in ends or ends <= found.keys()
                )
                if opinion or related:
                    found |= {each["id"]: each, **self._named_by(*ends)}
        for each in list(found.values()):
            found |= self._named_by(text_in(each, "created_by_ref"))
        return list(found.values())

    def _said_of(self, id_: str) -> Iterator[Object]:
        """Yield the notes, opinions and relationships on an object that stand nowhere yet."""
        yield from (each for each in self._about.get(id_, ()) if each["id"] not in self.taken)

    def _named_by(self, *refs: str) -> dict[str, Object]:
        """Return the objects of these ids that stand in no document yet, by id."""
        held = {ref: self.objects[ref] for ref in refs if ref in self.objects}
        return {
            ref: each
            for ref, each in held.items()
            if ref not in self.taken and each["type"] not in _SILENT
        }

    def named(self, id_: str) -> str:
        """Return what an object is called, its id if it is not here."""
        each = self.objects.get(id_)
        return one_line(text_in(each, "name") if each else "") or id_


def _made(
    store: _Store, head: Object, members: list[Object], sender: str | None
) -> ForeignDocument | RefusedObject:
    """Return the document of a head, or why it makes none; what is in it is taken either way."""
    store.taken |= {each["id"] for each in members}
    try:
        return _Writer(store, head, members, sender).document()
    except SharingError as error:
        return RefusedObject(head["id"], error.message)


class _Writer:
    """Writes one document: the head's own words, then each of its objects."""

    def __init__(
        self, store: _Store, head: Object, members: list[Object], sender: str | None
    ) -> None:
        self.store, self.head, self.members, self.sender = store, head, members, sender
        self.page = Page(_title(head))
        self.unknown: list[str] = []

    def document(self) -> ForeignDocument:
        """Return the document."""
        handling = self.store.markings.on(self.members)
        maker = self._maker(self.head)
        if maker:
            self.page.line("created_by:", maker)
        for word in handling.said[:_MARKINGS_AT_MOST]:
            self.page.line("marking:", word)
        for each in self.members:
            self._write(each)
            self._references(each)
        inside = {each["id"] for each in self.members}
        elsewhere = [ref for ref in dict.fromkeys(_refs(self.head)) if ref not in inside]
        for ref in elsewhere[:_NAMED_AT_MOST]:
            self.page.line("see:", self.store.named(ref))
        if len(elsewhere) > _NAMED_AT_MOST:
            self.page.line("see:", f"+{len(elsewhere) - _NAMED_AT_MOST}")
        return self.page.document(
            self.head["id"],
            map(_kept, self.members),
            handling,
            language=text_in(self.head, "lang")[:35] or None,
            published=_published(self.head),
            maker=maker,
            unknown=self.unknown,
        )

    def _write(self, each: Object) -> None:
        match each["type"]:
            case "report" | "grouping":
                self._report(each)
            case "note":
                self._note(each)
            case "opinion":
                self._opinion(each)
            case "relationship":
                self._relationship(each)
            case "incident":
                self._incident(each)
            case "identity":
                self._identity(each)
            case "location":
                self._location(each)
            case _:
                self._other(each)

    # -------------------------------------------------------- each type

    def _report(self, each: Object) -> None:
        if each is not self.head:
            self.page.line(f"{each['type']}:", text_in(each, "name"))
        self._claims(each, text_in(each, "description"))

    def _note(self, each: Object) -> None:
        if each is not self.head:
            self.page.line("note:", text_in(each, "abstract"))
        self._claims(each, text_in(each, "content"), shape=_shape(each))
        for author in texts_in(each, "authors"):
            self.page.line("author:", author)

    def _opinion(self, each: Object) -> None:
        refs = "; ".join(map(self.store.named, _refs(each)[:3]))
        span = self.page.line("opinion:", text_in(each, "opinion"), refs)
        places = self.page.paragraphs(text_in(each, "explanation")) or (span,)
        for place in places if _in_force(each) else ():
            self.page.claim(place, self._source(each), modality=Modality.OPINION)

    def _relationship(self, each: Object) -> None:
        ends = text_in(each, "source_ref"), text_in(each, "target_ref")
        kind = text_in(each, "relationship_type")
        span = self.page.line(self.store.named(ends[0]), kind, self.store.named(ends[1]))
        actor, other = map(self._entity, ends)
        self.page.paragraphs(text_in(each, "description"))
        if not _in_force(each) or kind == "related-to":
            return  # "related-to" says of nothing in particular that it is so
        at_place = ends[1].startswith("location--")
        who = [(actor, Role.ACTOR), (None if at_place else other, Role.AFFECTED)]
        self.page.claim(
            span,
            self._source(each),
            when=_day(each, "start_time"),
            where=[other] if other and at_place else [],
            who=[(id_, role) for id_, role in who if id_],
        )

    def _incident(self, each: Object) -> None:
        span = self.page.line("incident:", text_in(each, "name"))
        self._claims(each, text_in(each, "description"), event_type=_event_type(each), named=span)

    def _identity(self, each: Object) -> None:
        self.page.line("identity:", text_in(each, "name"), text_in(each, "identity_class"))
        self._entity(each["id"])

    def _location(self, each: Object) -> None:
        parts = ("name", "administrative_area", "region", "country")
        self.page.line("location:", *dict.fromkeys(text_in(each, part) for part in parts))
        self._entity(each["id"])

    def _other(self, each: Object) -> None:
        """Show an object whose type is not understood; it makes no claim."""
        self.unknown.append(each["type"])
        self.page.line(f"{each['type']}:", text_in(each, "name") or each["id"])
        self.page.paragraphs(text_in(each, "description"))

    # -------------------------------------------------------- claims

    def _claims(
        self,
        each: Object,
        words: str,
        *,
        shape: ClaimShape | None = None,
        event_type: EventType = EventType.STATE,
        named: Span | None = None,
    ) -> None:
        """Write an object's words, and what they claim unless it was revoked.

        Args:
            each: The object.
            words: Its description or content.
            shape: What our own extension says of the claim in it.
            event_type: Of what it is about.
            named: The line that stands for it where there are no words.
        """
        start = self.page.length
        places = self.page.paragraphs(words) or ((named,) if named else ())
        if not _in_force(each):
            self.page.line("revoked")
            return
        source = self._source(each)
        if shape is not None and shape.quote and shape.quote in words:
            at = start + words.index(shape.quote)
            if _claimed(self.page, Span(at, at + len(shape.quote)), source, shape):
                return
        for place in places:
            self.page.claim(place, source, event_type=event_type)

    def _source(self, each: Object) -> Source:
        """Return through whom an object says what it says, as far as it tells."""
        links = []
        maker = self.store.objects.get(text_in(each, "created_by_ref"))
        if maker is not None and text_in(maker, "name") not in ("", self.sender):
            kind, _ = _CLASSES.get(text_in(maker, "identity_class"), _BODY)
            links.append(link_of(text_in(maker, "name"), kind))
        authors = texts_in(each, "authors")
        if len(authors) == 1:
            links.append(link_of(authors[0], SourceKind.PERSON))
        references = [
            text_in(ref, "source_name") for ref in objects_in(each, "external_references")
        ]
        if len(references) == 1 and references[0]:
            links.append(link_of(references[0], SourceKind.DOCUMENT))
        return Source().then(*links)

    def _references(self, each: Object) -> None:
        for ref in objects_in(each, "external_references"):
            parts = ("source_name", "external_id", "url", "description")
            self.page.line("reference:", *(text_in(ref, part) for part in parts))

    def _entity(self, id_: str) -> str | None:
        """Return the local id of a named identity or location, None of anything else."""
        each = self.store.objects.get(id_)
        name = text_in(each, "name") if each else ""
        if each is None or not name.strip():
            return None
        if each["type"] == "location":
            return self.page.entity(name, EntityType.LOCATION)
        if each["type"] == "identity":
            _, type_ = _CLASSES.get(text_in(each, "identity_class"), _BODY)
            return self.page.entity(name, type_)
        return None

    def _maker(self, each: Object) -> str | None:
        maker = self.store.objects.get(text_in(each, "created_by_ref"))
        return one_line(text_in(maker, "name")) or None if maker else None


def _claimed(page: Page, span: Span, source: Source, shape: ClaimShape) -> bool:
    """Note the claim that our extension describes; return False where it cannot be read."""
    try:
        links = [
            Link(
                SourceKind(link.kind),
                link.name,
                cue=link.cue,
                manner=Manner(link.manner) if link.manner else None,
                to=link.to,
                channel=Channel(link.channel) if link.channel else None,
            )
            for link in shape.chain
            if link.name
        ]
        if shape.publisher:
            links.insert(0, link_of(shape.publisher, SourceKind.OUTLET))
        where = [page.entity(n.name, EntityType(n.type)) for n in shape.where]
        who = [(page.entity(n.name, EntityType(n.type)), Role(n.role)) for n in shape.who if n.role]
        page.claim(
            span,
            source.then(*links),
            polarity=Polarity(shape.polarity),
            modality=Modality(shape.modality),
            event_type=EventType(shape.event_type),
            when=Moment.parse(shape.when).edtf if shape.when else None,
            where=where,
            who=who,
        )
    except ValueError:
        return False
    return True


# ------------------------------------------------------------ fields, whatever they hold


def _refs(each: Object) -> list[str]:
    ends = (text_in(each, "source_ref"), text_in(each, "target_ref"))
    return [ref for ref in (*texts_in(each, "object_refs"), *ends) if ref]


def _title(head: Object) -> str:
    words = (text_in(head, name) for name in ("name", "abstract", "content"))
    return next(filter(None, words), f"STIX {head['type']}")


def _in_force(each: Object) -> bool:
    return each.get("revoked") is not True


def _shape(each: Object) -> ClaimShape | None:
    try:
        return msgspec.convert(extension_of(each).get("claim"), ClaimShape)
    except msgspec.ValidationError:
        return None


def _event_type(each: Object) -> EventType:
    """Return the type of an incident, where it is one of PLOVER's words."""
    core = object_in(object_in(each, "extensions"), INCIDENT_EXTENSION)
    types = texts_in(core, "incident_types")
    known = [each.upper() for each in types if each.upper() in list(EventType)]
    return EventType(known[0]) if len(known) == 1 else EventType.STATE


def _published(head: Object) -> str | None:
    """Return when a report was published, or anything else was written; EDTF."""
    told = extension_of(head).get("published")
    try:
        if isinstance(told, str):
            return Moment.parse(told).edtf
    except ValueError:
        pass
    return _day(head, "published") or _day(head, "created")


def _day(each: Object, name: str) -> str | None:
    try:
        time = time_of(each.get(name))
    except ValueError:
        return None
    return time.date().isoformat() if time else None


def _kept(each: Object) -> Object:
    """Return an object as it is kept: as it came, without how a person is reached."""
    return {name: value for name, value in each.items() if name not in _KEPT_OUT}
