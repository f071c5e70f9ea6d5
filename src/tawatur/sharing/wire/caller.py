"""How does a node call at a partner's door, and how does it know that it was the partner?

Every request is signed anew, with a nonce of its own; an answer counts if the partner signed
it under that nonce. What may pass by itself is tried again, with pauses that double and are
spread by chance. Where one of the two does not know the other's newest key, cards are shown
once. How a question travels is a port (`Send`); nothing here opens a connection.
"""

import random
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from nacl.signing import SigningKey

from tawatur.errors import AlteredFileError, Message, NotNowError, NotTakenError, SharingError
from tawatur.model.ids import NodeId
from tawatur.sharing.keys import Identity
from tawatur.sharing.taxii.client import AGAIN, PATIENCE, Reply, Send, retry_after
from tawatur.sharing.taxii.pace import pause_before
from tawatur.sharing.wire.door import BUNDLE_MEDIA, why_of
from tawatur.sharing.wire.signatures import (
    TAKEN,
    Question,
    Stamp,
    signed_request,
    verify_answer,
)
from tawatur.sharing.wire.turns import CARD, EXCHANGE, Turn, numbers

_REFUSED, _CAME_BEFORE = 422, 409


@dataclass(frozen=True, slots=True)
class Signing:
    """A way to a partner on which every request is signed by this node (`taxii.Send`)."""

    send: Send
    me: NodeId
    to: NodeId
    key: SigningKey = field(repr=False)
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes] = field(repr=False)

    def __call__(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """See `taxii.Send`."""
        return self.asked(method, url, headers, body)[0]

    def asked(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[Reply, Stamp]:
        """Return the answer, and the stamp of the request."""
        parts = urlsplit(url)
        question = Question(method, parts.path, parts.query, self.to)
        stamp = Stamp(self.me, int(self.clock().timestamp()), self.entropy(16).hex())
        signed = signed_request(question, body, stamp, self.key)
        return self.send(method, url, {**headers, **signed}, body), stamp


class _LaterError(Exception):
    """No answer; ``after`` seconds, where the partner names them."""

    def __init__(self, why: Message, after: float | None = None) -> None:
        super().__init__(str(why))
        self.why, self.after = why, after


@dataclass(frozen=True, slots=True)
class Caller:
    """Calls at one partner's door.

    Args:
        way: To the partner.
        base: Where the partner is asked, without a slash at the end.
        partner: Returns it as it is known now.
        card: Returns this node's card, for a partner that does not know its newest key.
        hear: Takes the partner's card.
        tries: How often in a row a turn may fail.
        first_pause: Seconds before the second try, about; doubles with each.
        wait: Waits so many seconds.
        chance: Spreads the pauses; gives a number from 0 on, below 1.
    """

    way: Signing
    base: str
    partner: Callable[[], Identity]
    card: Callable[[], bytes]
    hear: Callable[[bytes], None]
    tries: int = 5
    first_pause: float = 1.0
    wait: Callable[[float], object] = time.sleep
    chance: Callable[[], float] = random.random

    def turn(self, turn: Turn) -> Turn:
        """Bring something and return what is given for it.

        Raises:
            NotTakenError: The partner refuses what was brought, and says so.
            SharingError: The partner refuses the request, or does not answer in so many tries;
                or somebody else answers.
        """
        failed, shown = 0, False
        while True:
            try:
                return self._once(turn)
            except _LaterError as later:
                failed += 1
                if failed >= self.tries or (later.after or 0) > PATIENCE:
                    raise SharingError("{0} gives no answer: {1}", self.base, later.why) from later
                usual = pause_before(failed, self.first_pause, self.chance)
                self.wait(usual if later.after is None else later.after)
            except _UnknownError as unknown:
                if shown:
                    raise unknown.refusal from unknown
                self._show_cards(unknown)
                shown = True

    # ------------------------------------------------------------ within

    def _once(self, turn: Turn) -> Turn:
        reply, stamp = self._asked("POST", EXCHANGE, turn.query, turn.bundle)
        if reply.status in AGAIN | {_CAME_BEFORE}:
            why = Message("it answered {0}", (str(reply.status),))
            raise _LaterError(why, retry_after(reply.headers))
        if reply.status == 401:
            raise _UnknownError(self._refused(reply), theirs=False)
        if reply.status not in (200, _REFUSED):
            raise self._refused(reply)
        self._verify(reply, stamp)
        if reply.status == _REFUSED:
            raise NotTakenError("{0} refuses it: {1}", self._name, why_of(reply.body))
        return Turn(reply.body, numbers(reply.headers.get(TAKEN, "")))

    def _asked(
        self, method: str, path: str, query: str = "", body: bytes = b""
    ) -> tuple[Reply, Stamp]:
        """Return the answer to a signed request, and the stamp of that."""
        url = f"{self.base}{path}{'?' if query else ''}{query}"
        try:
            return self.way.asked(method, url, {"content-type": BUNDLE_MEDIA}, body)
        except NotNowError as error:
            raise _LaterError(error.message, error.after) from error

    def _verify(self, reply: Reply, stamp: Stamp) -> None:
        """Return if the partner signed an answer, for this very question."""
        partner = self.partner()
        try:
            verify_answer(reply.status, reply.headers, reply.body, partner, stamp.nonce)
        except AlteredFileError as cause:
            refusal = AlteredFileError(
                "what answers at {0} is not {1}: {2}", self.base, self._name, cause
            )
            raise _UnknownError(refusal, theirs=True) from cause

    def _show_cards(self, unknown: "_UnknownError") -> None:
        """Hear the newest card of the partner, or show it this node's; the next try tells."""
        with suppress(_LaterError, NotNowError):
            if unknown.theirs:
                reply, _ = self._asked("GET", CARD)
                if reply.status == 200:
                    self.hear(reply.body)
            else:
                headers = {"content-type": BUNDLE_MEDIA}
                self.way.send("POST", f"{self.base}{CARD}", headers, self.card())

    def _refused(self, reply: Reply) -> SharingError:
        why = why_of(reply.body) or str(reply.status)
        return SharingError("{0} refuses to answer: {1}", self._name, why)

    @property
    def _name(self) -> str:
        return self.partner().card.name


class _UnknownError(Exception):
    """One of the two may not know the other's newest key: this node, or the partner."""

    def __init__(self, refusal: SharingError, *, theirs: bool) -> None:
        super().__init__(str(refusal))
        self.refusal, self.theirs = refusal, theirs
