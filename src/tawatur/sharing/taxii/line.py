"""How does a request come off the line, within limits of size and time, and an answer go onto it?

The bytes of an ASGI 3 application, and nothing of what they mean.
"""

import asyncio
import base64
import hashlib
import hmac
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from typing import Any

from tawatur.errors import Message
from tawatur.sharing.taxii.asked import MEDIA, Asked, Refused

_ALSO = {"cache-control": "no-store", "x-content-type-options": "nosniff"}

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    media: str = MEDIA


def asked_of(scope: Scope) -> Asked:
    """Return a request without its body."""
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        held = headers.get(name.decode("latin-1"))
        text = value.decode("latin-1")
        headers[name.decode("latin-1")] = text if held is None else f"{held},{text}"
    headers["x-scheme"] = scope.get("scheme", "http")
    path = scope["path"].removeprefix(scope.get("root_path", ""))
    client = (scope.get("client") or ("", 0))[0]
    return Asked(scope["method"], path, scope["query_string"].decode("latin-1"), headers, client)


async def whole_of(asked: Asked, receive: Receive, most: int, seconds: float) -> Asked:
    """Return a request with what was sent, which only a POST has.

    Args:
        asked: Without its body.
        receive: Gives the body piece by piece.
        most: Bytes of it.
        seconds: Until its last byte.

    Raises:
        Refused: It is too large, too slow or cut short, or not what its Content-Digest names.
    """
    if asked.method != "POST":
        return asked
    length = asked.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > most:
        raise _too_large(most)
    parts, size, more = list[bytes](), 0, True
    end = asyncio.get_running_loop().time() + seconds
    while more:
        try:
            async with asyncio.timeout_at(end):
                message = await receive()
        except TimeoutError as cause:
            why = Message("the rest of it did not come within {0} s", (f"{seconds:g}",))
            raise Refused(408, why, connection="close") from cause
        if message["type"] == "http.disconnect":
            raise Refused(499, Message("the connection was cut"))  # which nobody reads any more
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        more = message.get("more_body", False)
        if size > most:
            raise _too_large(most)
    whole = b"".join(parts)
    promised = asked.headers.get("content-digest")
    if promised is not None and not hmac.compare_digest(promised.encode(), digest_of(whole)):
        raise Refused(400, Message("the body is not the one that was signed"))
    return replace(asked, body=whole)


def _too_large(most: int) -> Refused:
    why = Message("it is too large: at most {0} bytes are opened", (str(most),))
    return Refused(413, why, connection="close")


def digest_of(body: bytes) -> bytes:
    """Return what Content-Digest says of a body (RFC 9530)."""
    return b"sha-256=:%s:" % base64.b64encode(hashlib.sha256(body).digest())


async def sent(answer: Answer, send: Send, *, head: bool = False) -> None:
    """Put an answer on the line; to HEAD without its body."""
    headers = {
        "content-type": answer.media,
        "content-length": str(len(answer.body)),
        **_ALSO,
        **answer.headers,
    }
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": raw})
    await send({"type": "http.response.body", "body": b"" if head else answer.body})


async def lifespan(receive: Receive, send: Send) -> None:
    """Answer that all is well when the application starts and ends."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
