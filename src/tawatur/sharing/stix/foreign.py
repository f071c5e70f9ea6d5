"""What another program says in STIX or MISP, as documents and claims by that other.

    bytes → JSON within limits → our own releases, sealed, to be verified elsewhere
                               → documents, one for each report, note, incident or MISP event

Nothing in it is followed, fetched, matched or run. Objects of unknown types are shown by type,
name or id and kept as they came; an object that cannot be read is refused by its id, and the
rest goes on. All of it is unsigned: it is the word of whoever handed it over.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tawatur.errors import ForeignFileError, Message, SharingError
from tawatur.sharing.stix.bundles import MAX_OBJECTS, parsed
from tawatur.sharing.stix.fields import Object, extension_of, one_line, text_in
from tawatur.sharing.stix.misp import events_in, misp_document
from tawatur.sharing.stix.objects import unsealed
from tawatur.sharing.stix.rendition import ForeignDocument, RefusedObject
from tawatur.sharing.stix.reports import reports
from tawatur.sharing.stix.terms import DEFINITIONS

_ID = re.compile(r"([a-z][a-z0-9-]{0,249})--[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file of another program holds."""

    sealed: tuple[bytes, ...] = ()  # our own releases, not yet verified
    documents: tuple[ForeignDocument, ...] = ()
    refused: tuple[RefusedObject, ...] = ()


def items_of(content: bytes, *, sender: str | None = None) -> Imported:
    """Return what a STIX bundle, a TAXII envelope or a MISP file holds, in its order.

    Args:
        content: The file.
        sender: The name of whoever handed it over: the author of every document in it.

    Raises:
        ForeignFileError: It is too large or too deep, no JSON, or neither STIX nor MISP.
    """
    whole = parsed(content)
    events = events_in(whole)
    if events is not None:
        found = [_taken(event, n, sender) for n, event in enumerate(events, 1)]
        return _sorted((), found)
    objects = whole.get("objects") if isinstance(whole, dict) else whole
    if not isinstance(objects, list):
        raise ForeignFileError("it is neither a STIX bundle nor a MISP event")
    if len(objects) > MAX_OBJECTS:
        raise ForeignFileError("it holds {0} objects; at most {1}", len(objects), MAX_OBJECTS)
    known, refused = _known(objects)
    sealed, ours = _sealed(known)
    return _sorted(sealed, [*refused, *reports(known, ours, sender)])


def _taken(event: Any, n: int, sender: str | None) -> ForeignDocument | RefusedObject:
    try:
        return misp_document(event, sender)
    except SharingError as error:
        return RefusedObject(f"event {n}", error.message)


def _sorted(sealed: Iterable[bytes], found: Iterable[ForeignDocument | RefusedObject]) -> Imported:
    documents, refused = [], []
    for each in found:
        if isinstance(each, RefusedObject):
            refused.append(each)
        else:
            documents.append(each)
    return Imported(tuple(sealed), tuple(documents), tuple(refused))


def _known(objects: Iterable[Any]) -> tuple[dict[str, Object], list[RefusedObject]]:
    """Return the objects by id, the newest version of each, and what is none or contradicts."""
    found: dict[str, Object] = {}
    strange: dict[str, RefusedObject] = {}
    for n, each in enumerate(objects, 1):
        id_ = _id_of(each)
        if id_ is None:
            name = one_line(text_in(each, "id")) if isinstance(each, dict) else ""
            name = name or f"object {n}"
            strange[f"object {n}"] = RefusedObject(name, Message("it is no STIX object"))
            continue
        held = found.get(id_)
        if held is None or _version(each) > _version(held):
            found[id_] = each
            strange.pop(id_, None)
        elif held != each and _version(each) == _version(held):
            strange[id_] = RefusedObject(id_, Message("one id and version with two contents"))
    return {id_: o for id_, o in found.items() if id_ not in strange}, list(strange.values())


def _id_of(each: Any) -> str | None:
    """Return the id of a STIX object, None if it is none."""
    if not isinstance(each, dict):
        return None
    match = _ID.fullmatch(text_in(each, "id"))
    return match[0] if match and match[1] == each.get("type") else None


def _version(each: Object) -> str:
    return str(each.get("modified") or each.get("created") or "")


def _sealed(objects: Mapping[str, Object]) -> tuple[list[bytes], set[str]]:
    """Return the releases that objects carry sealed, and all ids that belong to those items.

    What stands beside a sealed release says nothing that it does not say, or says what its
    sender did not sign.
    """
    sealed, roots = [], set()
    for id_, each in objects.items():
        ours = extension_of(each)
        text = ours.get("sealed")
        if ours.get("item") == id_ and isinstance(text, str):
            try:
                sealed.append(unsealed(text))
            except SharingError:
                continue  # whatever was made of it, it is no release: taken as it stands
            roots.add(id_)
    named = {text_in(objects[id_], "created_by_ref") for id_ in roots}
    makers = {id_ for id_ in named if id_.startswith("identity--")}
    beside = {id_ for id_, each in objects.items() if extension_of(each).get("item") in roots}
    return sealed, beside | makers | {each["id"] for each in DEFINITIONS}
