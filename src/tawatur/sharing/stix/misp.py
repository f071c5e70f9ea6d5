"""MISP events of others, as documents: one for each event, an attribute a claim.

Reads the core format (JSON): an event, events under ``response``, or a list of them; attributes,
objects, event reports, tags and galaxies. The tags of the traffic light decide how it may be
used; of other tags none does. Positions, telephones and journeys of persons are left out, of what
is kept as well.
"""

from collections.abc import Iterator
from typing import Any

from tawatur.errors import ForeignFileError
from tawatur.model.moment import Moment
from tawatur.model.reading import SourceKind
from tawatur.sharing.stix.fields import Object, object_in, objects_in, one_line, text_in
from tawatur.sharing.stix.markings import UNMARKED, Handling, handling_of_tags, strictest
from tawatur.sharing.stix.rendition import ForeignDocument, Page, Source, link_of

_NEVER_KEPT = frozenset(
    {
        "phone-number",
        "prtn",
        "whois-registrant-phone",
        "imei",
        "imsi",
        "travel-details",
        "passenger-name-record-locator-number",
        "place-port-of-original-embarkation",
        "place-port-of-clearance",
        "place-port-of-onward-foreign-destination",
        "latitude",
        "longitude",
    }
)
"""Types and relations of attributes that hold a person's telephone, position or journey."""

_GOES_ON = frozenset({"2", "3", "5"})
"""Distributions that do not end here: connected communities, all, as the event's own."""


def events_in(whole: Any) -> list[Any] | None:
    """Return the events that a MISP file holds; None if it is no MISP file."""
    if isinstance(whole, dict) and "response" in whole:
        whole = whole["response"]
    found = whole if isinstance(whole, list) else [whole]
    events = [each["Event"] for each in found if isinstance(each, dict) and "Event" in each]
    return events if events and len(events) == len(found) else None


def misp_document(event: Any, sender: str | None) -> ForeignDocument:
    """Return an event as a document.

    Raises:
        ForeignFileError: It is no event, or larger than a text may be.
    """
    if not isinstance(event, dict):
        raise ForeignFileError("it is no MISP event")
    maker = _named(event, "Orgc") or _named(event, "Org")
    page = Page(text_in(event, "info"))
    page.line("Orgc:", maker)
    page.line("date:", text_in(event, "date"))
    for name in _tags(event):
        page.line("tag:", name)
    for galaxy in objects_in(event, "Galaxy"):
        for cluster in objects_in(galaxy, "GalaxyCluster"):
            page.line("galaxy:", text_in(cluster, "type"), text_in(cluster, "value"))
    source = Source()
    if maker not in ("", sender):
        source = source.then(link_of(maker, SourceKind.BODY))
    for report in objects_in(event, "EventReport"):
        if not _deleted(report):
            page.line("EventReport:", text_in(report, "name"))
            for place in page.paragraphs(text_in(report, "content")):
                page.claim(place, source)
    _attributes(page, event, source)
    for each in objects_in(event, "Object"):
        if not _deleted(each):
            page.line(text_in(each, "name") or "object", text_in(each, "comment"))
            _attributes(page, each, source)
    return page.document(
        text_in(event, "uuid") or "event",
        [_kept(event)],
        _handling(event),
        language=None,
        published=_date(event),
        maker=maker or None,
    )


def _attributes(page: Page, holder: Object, source: Source) -> None:
    """Write the attributes of an event or object, each a claim."""
    for each in objects_in(holder, "Attribute"):
        if _deleted(each) or _is_personal(each):
            continue
        label = text_in(each, "object_relation") or text_in(each, "type")
        span = page.line(f"{label}:", text_in(each, "value"), text_in(each, "comment"))
        page.claim(span, source, when=_moment(each))


def _handling(event: Object) -> Handling:
    """Return what the tags of an event and of all in it allow, and its distribution."""
    holders = list(_holders(event))
    found = [handling_of_tags(_tags(each)) for each in holders]
    told = {str(each["distribution"]) for each in holders if "distribution" in each}
    found += [
        Handling(UNMARKED, said=(f"distribution: {n[:20]}",)) for n in sorted(told - _GOES_ON)
    ]
    return strictest(found)


def _holders(event: Object) -> Iterator[Object]:
    """Yield the event and all in it that may have tags."""
    yield event
    yield from objects_in(event, "Attribute")
    for each in objects_in(event, "Object"):
        yield each
        yield from objects_in(each, "Attribute")


def _tags(each: Object) -> list[str]:
    return [name for tag in objects_in(each, "Tag") if (name := text_in(tag, "name"))]


def _kept(event: Object) -> Object:
    """Return an event as it is kept: as it came, without what is never kept of persons."""
    kept = {**event, "Attribute": _impersonal(event)}
    kept["Object"] = [
        {**each, "Attribute": _impersonal(each)} for each in objects_in(event, "Object")
    ]
    return kept


def _impersonal(holder: Object) -> list[Object]:
    return [each for each in objects_in(holder, "Attribute") if not _is_personal(each)]


def _is_personal(attribute: Object) -> bool:
    return bool({text_in(attribute, "type"), text_in(attribute, "object_relation")} & _NEVER_KEPT)


def _deleted(each: Object) -> bool:
    return each.get("deleted") in (True, 1, "1")


def _date(event: Object) -> str | None:
    try:
        return Moment.parse(text_in(event, "date")).edtf
    except ValueError:
        return None


def _moment(attribute: Object) -> str | None:
    """Return when something was first seen, to the day; EDTF."""
    try:
        return Moment.parse(text_in(attribute, "first_seen")[:10]).edtf
    except ValueError:
        return None


def _named(each: Object, name: str) -> str:
    return one_line(text_in(object_in(each, name), "name"))
