"""What does a TAXII request ask for, and what can be wrong with it?

TAXII 2.1 (OASIS Standard, 10 June 2021), sections 1.6.8 (media types), 3.2 to 3.5 (errors,
paging, filters). What a server may answer otherwise than with a page is a `Refused`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from tawatur.errors import Message
from tawatur.sharing.parcels import micros
from tawatur.sharing.shelves import ALL, FIRST, LAST, Query

MEDIA = "application/taxii+json;version=2.1"

_NAMED = ("id", "type", "version", "spec_version")
_VALUES = 100
"""Values of one filter at most."""
_MEDIA_RANGE = re.compile(r"application/taxii\+json(;version=2\.1)?|application/\*|\*/\*")
_CONTENT = re.compile(r"application/taxii\+json(;version=2\.1)?(;charset=utf-8)?", re.IGNORECASE)


class Refused(Exception):  # noqa: N818 - an answer, which never leaves the server as an error
    """A request that gets an error object (section 3.6.1) in the place of what it asks for."""

    def __init__(self, status: int, why: Message, **headers: str) -> None:
        super().__init__(str(why))
        self.status, self.why = status, why
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came; header names are in lower case."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    client: str = ""  # numeric address
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters, place and size of the page that is asked for."""

    query: Query
    after: int | None
    limit: int
    next: str | None


def verify_accepts(headers: Mapping[str, str]) -> None:
    """Raise Refused unless the media type of TAXII 2.1 is among those that are accepted."""
    for each in headers.get("accept", "").replace(" ", "").lower().split(","):
        kind, _, weight = each.partition(";q=")
        if _MEDIA_RANGE.fullmatch(kind) and weight not in {"0", "0.0", "0.00", "0.000"}:
            return
    raise Refused(406, Message("this server speaks {0}", (MEDIA,)))


def verify_content(headers: Mapping[str, str]) -> None:
    """Raise Refused unless what was sent says that it is TAXII 2.1."""
    if not _CONTENT.fullmatch(headers.get("content-type", "").replace(" ", "")):
        raise Refused(415, Message("this server takes {0}", (MEDIA,)))


def filters_of(
    query: str, allowed: Sequence[str], *, largest: int, usual: Sequence[str | int] = (LAST,)
) -> Filters:
    """Return what the query of an address asks for.

    Args:
        query: As it stands after the question mark.
        allowed: The match fields that this resource has.
        largest: Objects on a page at most, and where no limit is asked for.
        usual: The versions that are meant where none are named.

    Raises:
        Refused: It cannot be asked.
    """
    try:
        pairs = parse_qsl(
            query, keep_blank_values=True, strict_parsing=bool(query), errors="strict"
        )
    except ValueError as cause:
        raise Refused(400, Message("the query cannot be read")) from cause
    given = dict(pairs)
    if len(given) != len(pairs):
        raise Refused(400, Message("a parameter is given twice"))
    matched = {name[6:-1]: _listed(name, value) for name, value in given.items()
               if name.startswith("match[") and name.endswith("]")}  # fmt: skip
    for name in matched:
        if name not in allowed:
            raise Refused(400, Message("there is no such match filter on this resource"))
    wanted = Query(
        ids=matched.get("id", ()),
        types=matched.get("type", ()),
        versions=tuple(map(_version, matched["version"])) if "version" in matched else (*usual,),
        specs=matched.get("spec_version", ()),
    )
    limit = _number("limit", given["limit"]) if "limit" in given else 0
    return Filters(
        wanted,
        _read(micros, "added_after", given["added_after"]) if "added_after" in given else None,
        min(limit, largest),
        given.get("next"),
    )


def _listed(name: str, value: str) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value.split(",")))
    if not all(values) or len(values) > _VALUES:
        most = str(_VALUES)
        raise Refused(400, Message("{0} names nothing, or more than {1} values", (name, most)))
    return values


def _version(value: str) -> str | int:
    return value if value in (FIRST, LAST, ALL) else _read(micros, "match[version]", value)


def _read(parse: Callable[[str], int | None], name: str, value: str) -> int:
    found = parse(value)
    if found is None:
        raise Refused(400, Message("{0} is no time as TAXII writes it", (name,)))
    return found


def _number(name: str, value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", value) or not int(value):
        raise Refused(400, Message("{0} is no number above 0", (name,)))
    return int(value)
