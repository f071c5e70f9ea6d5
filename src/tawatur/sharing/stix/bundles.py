"""STIX bundles as bytes: written in one order, read within limits.

What comes in may be anything: no part of it is followed, fetched or run, and what is too large,
too deep or too entangled is refused before it costs more than its own length.
"""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from tawatur.errors import ForeignFileError

MAX_BYTES = 64 * 1024**2
"""Of a bundle or a MISP file: the size of the largest document that is taken in."""

MAX_DEPTH = 64
MAX_OBJECTS = 100_000


def bundle(objects: Iterable[Mapping[str, Any]]) -> bytes:
    """Return objects as a STIX bundle: one line of JSON in UTF-8, each object once.

    Its id is worked out from the ids of the objects: a bundle is no object of its own, and
    equal ones are equal bytes.
    """
    found = {(each["id"], each.get("modified")): each for each in objects}
    name = "\n".join(f"{id_} {modified}" for id_, modified in found)
    id_ = f"bundle--{uuid.uuid5(uuid.NAMESPACE_URL, name)}"
    whole = {"type": "bundle", "id": id_, "objects": list(found.values())}
    return msgspec.json.encode(whole) + b"\n"


def parsed(content: bytes) -> Any:
    """Return the JSON that ``content`` holds.

    Raises:
        ForeignFileError: It is too large, too deep, or no JSON.
    """
    if len(content) > MAX_BYTES:
        raise ForeignFileError(
            "it has {0} MB; at most {1} MB are taken in at once",
            len(content) // 1024**2,
            MAX_BYTES // 1024**2,
        )
    try:
        whole = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as cause:
        raise ForeignFileError("it is not JSON: {0}", cause) from cause
    level = [[whole]]
    for _ in range(MAX_DEPTH):
        level = [inner for each in level for inner in _inside(each)]
        if not level:
            return whole
    raise ForeignFileError("it is nested more than {0} levels deep", MAX_DEPTH)


def _inside(value: Any) -> Iterable[Any]:
    """Return the lists and objects within a list or an object."""
    found = value.values() if isinstance(value, dict) else value
    return [each for each in found if isinstance(each, dict | list)]
