"""Which STIX id does a part of an item have: the same for the same audience, for nobody else.

An id is a UUID keyed by the node's own secret over the audience, the item's entry and the name
of the part: random to whoever lacks the key, never a hash of contents, and unlike for two
audiences, so that two partners who compare what they hold learn nothing from ids.
"""

import hashlib
import hmac
import uuid
from collections.abc import Callable

Ids = Callable[[str], str]
"""Gives the UUID of a part of one item for one audience: equal for equal names."""


def keyed_ids(key: bytes, audience: str, item: str) -> Ids:
    """Return the ids of the parts of ``item`` for ``audience``.

    Args:
        key: The node's secret for ids.
        audience: The id of the partner or community.
        item: The id that the item has on this node.
    """

    def id_of(part: str) -> str:
        mac = hmac.new(key, b"stix", hashlib.sha256)
        for each in (audience, item, part):
            raw = each.encode()
            mac.update(len(raw).to_bytes(8, "big") + raw)
        return str(uuid.UUID(bytes=mac.digest()[:16], version=4))

    return id_of
