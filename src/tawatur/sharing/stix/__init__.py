"""Released items as STIX 2.1, and what other programs say in STIX or MISP: pure, both ways."""

from tawatur.sharing.stix.bundles import bundle
from tawatur.sharing.stix.enclosed import letter_object
from tawatur.sharing.stix.foreign import Imported, items_of
from tawatur.sharing.stix.ids import Ids, keyed_ids
from tawatur.sharing.stix.objects import objects_of, release_in, sealed_bytes, sender_id
from tawatur.sharing.stix.rendition import ForeignDocument, RefusedObject
from tawatur.sharing.stix.shapes import extension_definition, extension_schema

__all__ = [
    "ForeignDocument",
    "Ids",
    "Imported",
    "RefusedObject",
    "bundle",
    "extension_definition",
    "extension_schema",
    "items_of",
    "keyed_ids",
    "letter_object",
    "objects_of",
    "release_in",
    "sealed_bytes",
    "sender_id",
]
