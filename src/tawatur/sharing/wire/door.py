"""The door at which partners' nodes call: turns of an exchange, and cards, over HTTP.

    request ─▶ signed by whom? ─▶ how often, and only one at a time ─▶ body ─▶ the node's answer

Nobody's body is read before it is known whose it is, and one partner has one turn at a time:
whoever floods this door waits for itself. Answers to partners are signed, under the nonce of
the request. A card is believed by its own signatures and may be brought unsigned, so that
a partner whose key is new is known again. All else is another application's (TAXII).
"""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from nacl.signing import SigningKey

from tawatur.errors import Message, SharingError, StorageFullError, TawaturError
from tawatur.model.ids import NodeId
from tawatur.sharing.taxii.asked import Asked, Refused
from tawatur.sharing.taxii.line import (
    Answer,
    Receive,
    Scope,
    Send,
    asked_of,
    lifespan,
    sent,
    whole_of,
)
from tawatur.sharing.taxii.pace import Pace, verify_pace
from tawatur.sharing.wire.guard import Guard
from tawatur.sharing.wire.signatures import Stamp, signed_answer
from tawatur.sharing.wire.turns import CARD, EXCHANGE, Turn, ranges, turn_of

T = TypeVar("T")

BUNDLE_MEDIA = "application/octet-stream"

_THREADS = 8
_CARD = 256 * 1024
"""Bytes of a card at most; each change of keys adds some 700."""
_ANYBODY, _CARDS = NodeId(""), 16
"""Cards may come from anybody: so many at a time."""
_ON_RECORD = frozenset({400, 408, 413})
"""What a partner signed and did not send as it said."""


class Party(Protocol):
    """The node behind the door; safe for threads."""

    def turn(self, sender: NodeId, turn: Turn) -> Turn:
        """Take what a partner brings in a turn, and return what it is given.

        Raises:
            SharingError: It is refused; that is on record.
        """

    def card(self) -> bytes:
        """Return this node's own card."""

    def hear(self, card: bytes) -> None:
        """Take the newer card of somebody who is known.

        Raises:
            SharingError: It is none, or its keys do not follow those that are known.
        """

    def refuse(self, what: str, sender: NodeId | None, why: Message) -> None:
        """Put on record that a request is refused."""


@dataclass(slots=True)
class Door:
    """The application; called as ASGI 3.

    Args:
        party: The node.
        guard: Says who signed a request.
        key: Of the node, for its answers.
        beside: Answers what is no exchange; None where nothing does.
        most: Bytes of one body.
        seconds: Until its last byte.
        pace: Requests of one partner in a minute.
    """

    party: Party
    guard: Guard
    key: SigningKey = field(repr=False)
    beside: Callable[[Scope, Receive, Send], Awaitable[None]] | None = None
    most: int = 64 * 1024 * 1024
    seconds: float = 60.0
    pace: Pace = field(default_factory=lambda: Pace(600.0))
    _busy: Counter[NodeId] = field(default_factory=Counter, repr=False)  # the event loop's alone
    _threads: ThreadPoolExecutor = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="wire")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI 3)."""
        if scope["type"] == "lifespan":
            await lifespan(receive, send)
            return
        if scope["type"] != "http":
            return
        asked = asked_of(scope)
        if asked.path not in (EXCHANGE, CARD) and self.beside is not None:
            await self.beside(scope, receive, send)
            return
        try:
            answer = await self._answered(asked, receive)
        except Refused as refused:
            answer = _plain(refused.status, refused.why, refused.headers)
        await sent(answer, send)

    async def _answered(self, asked: Asked, receive: Receive) -> Answer:
        match asked.method, asked.path:
            case "POST", path if path == CARD:
                verify_pace(self.guard.strangers.wait(asked.client))
                with self._alone(_ANYBODY, _CARDS):
                    whole = await whole_of(asked, receive, _CARD, self.seconds)
                    return await self._in_thread(lambda: self._heard(whole))
            case "GET", path if path == CARD:
                await self._in_thread(lambda: self._signer(asked))
                return Answer(200, await self._in_thread(self.party.card), media=BUNDLE_MEDIA)
            case "POST", path if path == EXCHANGE:
                stamp = await self._in_thread(lambda: self._signer(asked))
                with self._alone(stamp.by):
                    whole = await self._whole(asked, receive, stamp)
                    return await self._in_thread(lambda: self._turned(whole, stamp))
        raise Refused(404, Message("there is no such resource here"))

    async def _whole(self, asked: Asked, receive: Receive, stamp: Stamp) -> Asked:
        """Return a partner's request with its body; what is too large or slow is on record."""
        try:
            return await whole_of(asked, receive, self.most, self.seconds)
        except Refused as refused:
            if refused.status in _ON_RECORD:
                why = refused.why
                await self._in_thread(lambda: self.party.refuse("request", stamp.by, why))
            raise

    async def _in_thread(self, act: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, act)

    @contextmanager
    def _alone(self, party: NodeId, most: int = 1) -> Iterator[None]:
        """Hold the one turn that a partner may have, or one of several."""
        if self._busy[party] >= most:
            raise Refused(429, Message("one turn at a time"), retry_after="1")
        self._busy[party] += 1
        try:
            yield
        finally:
            self._busy[party] -= 1

    def _signer(self, asked: Asked) -> Stamp:
        """Return which partner signed a request; nobody else is answered."""
        stamp = self.guard.admitted(asked)
        if stamp is None:
            raise Refused(401, Message("it is not signed as nodes sign"))
        verify_pace(self.pace.wait(stamp.by))
        return stamp

    def _turned(self, asked: Asked, stamp: Stamp) -> Answer:
        """Return the answer to a turn, signed."""
        status, body, taken = 200, b"", ""
        try:
            given = self.party.turn(stamp.by, turn_of(asked.query, asked.body))
            body, taken = given.bundle, ranges(given.taken)
        except StorageFullError:
            status, body = 507, _why(Message("the disk is full; nothing was kept"))
        except SharingError as refusal:
            status, body = 422, _why(refusal.message)
        except TawaturError:
            status, body = 503, _why(Message("it cannot be answered now"))
        own = Stamp(self.guard.me, int(self.guard.clock().timestamp()), stamp.nonce)
        headers = signed_answer(status, body, taken, own, self.key)
        return Answer(status, body, headers, BUNDLE_MEDIA)

    def _heard(self, asked: Asked) -> Answer:
        try:
            self.party.hear(asked.body)
        except SharingError as refusal:
            return _plain(422, refusal.message)
        return Answer(204)


def _plain(status: int, why: Message, headers: dict[str, str] | None = None) -> Answer:
    """Return an answer that nobody signed."""
    return Answer(status, _why(why), headers or {}, "application/json")


def _why(why: Message) -> bytes:
    return json.dumps({"why": str(why)}, ensure_ascii=False).encode()


def why_of(body: bytes) -> str:
    """Return what an answer says of a refusal, in one short printable line."""
    try:
        said = str(json.loads(body)["why"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return " ".join("".join(c for c in said if c.isprintable()).split())[:200]
