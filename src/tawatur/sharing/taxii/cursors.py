"""Where does the next page begin, and for whom, said so that nobody can make it up?

`next` holds the filters, the size of the pages and the place, and a MAC (HMAC-SHA256, cut to
128 bits) over them, the one who asked and the resource. Nothing is kept for it: it outlives
restarts and means the same to every process that has the key.
"""

import base64
import hashlib
import hmac
from dataclasses import replace

import msgspec

from tawatur.errors import Message
from tawatur.sharing.shelves import Query
from tawatur.sharing.taxii.asked import Filters, Refused

_MAC = 16
_LONGEST = 16_384


class _Place(msgspec.Struct, array_like=True):
    after: int
    limit: int
    ids: tuple[str, ...]
    types: tuple[str, ...]
    versions: tuple[str | int, ...]
    specs: tuple[str, ...]


def cursor(key: bytes, bound: tuple[str, ...], filters: Filters, after: int) -> str:
    """Return the `next` of a page whose last line was added ``after``.

    Args:
        key: The node's.
        bound: Who asked for what.
        filters: Of the page.
        after: Microseconds since 1970.
    """
    query = filters.query
    place = _Place(after, filters.limit, query.ids, query.types, query.versions, query.specs)
    raw = msgspec.msgpack.encode(place)
    return base64.urlsafe_b64encode(_mac(key, bound, raw) + raw).decode().rstrip("=")


def followed(key: bytes, bound: tuple[str, ...], asked: Filters, plain: Query) -> Filters:
    """Return the filters that go on where `next` says, or as they were asked without one.

    Args:
        key: The node's.
        bound: Who asks for what.
        asked: As it stands in the request.
        plain: What a request without filters asks for here.

    Raises:
        Refused: `next` was made for something else, or by somebody else.
    """
    if asked.next is None:
        return asked
    if len(asked.next) > _LONGEST:
        raise Refused(400, Message("next is none that this server gave"))
    try:
        whole = base64.b64decode(asked.next + "=" * (-len(asked.next) % 4), b"-_", validate=True)
    except ValueError as cause:
        raise Refused(400, Message("next is none that this server gave")) from cause
    mac, raw = whole[:_MAC], whole[_MAC:]
    if not hmac.compare_digest(mac, _mac(key, bound, raw)):
        raise Refused(400, Message("next is none that this server gave for this resource"))
    place = msgspec.msgpack.decode(raw, type=_Place)
    query = Query(place.ids, place.types, place.versions, place.specs)
    if asked.query not in (query, plain):
        raise Refused(400, Message("the filters are not those that next was given for"))
    return replace(asked, query=query, after=place.after, limit=asked.limit or place.limit)


def _mac(key: bytes, bound: tuple[str, ...], raw: bytes) -> bytes:
    mac = hmac.new(key, b"taxii next", hashlib.sha256)
    for part in (*(word.encode() for word in bound), raw):
        mac.update(len(part).to_bytes(8, "big") + part)
    return mac.digest()[:_MAC]
