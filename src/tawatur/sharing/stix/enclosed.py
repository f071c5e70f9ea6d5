"""How does a letter travel where only STIX objects do?

A letter (`tawatur.sharing.letters`) lies whole in the extension of one note, as a release does
in the object of its item, so that whoever reads releases out of STIX finds it. The note says no
more than that there is one.
"""

import base64
from datetime import datetime

import msgspec

from tawatur.sharing.cards import Card
from tawatur.sharing.stix.fields import Object
from tawatur.sharing.stix.markings import stamp
from tawatur.sharing.stix.objects import sender_id
from tawatur.sharing.stix.shapes import ExtensionShape
from tawatur.sharing.stix.terms import SPEC_VERSION, TAWATUR_EXTENSION


def letter_object(
    letter: bytes,
    kind: str,
    sender: Card,
    uuid: str,
    time: datetime,
    *,
    first: datetime | None = None,
) -> Object:
    """Return a letter as a STIX object.

    Args:
        letter: The file, as its sender signed it.
        kind: What it is: notice, receipt, heads, or several letters.
        sender: Whose it is.
        uuid: Of the object.
        time: When it was laid ready, UTC.
        first: When the first letter of this id was, UTC; this one comes in its place.
    """
    id_ = f"note--{uuid}"
    ours = ExtensionShape(
        extension_type="property-extension",
        item=id_,
        kind=kind,
        sealed=base64.b64encode(letter).decode(),
    )
    return {
        "type": "note",
        "spec_version": SPEC_VERSION,
        "id": id_,
        "created_by_ref": sender_id(sender.id),
        "created": stamp(first or time),
        "modified": stamp(time),
        "content": "A letter of one node to another; Tawatur opens it.",
        "object_refs": [sender_id(sender.id)],
        "extensions": {TAWATUR_EXTENSION: msgspec.to_builtins(ours)},
    }
