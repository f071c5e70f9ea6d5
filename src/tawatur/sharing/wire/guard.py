"""Is a signed request from a partner, of now, and not one that came before?

A signature counts for five minutes around the clock of the node that is asked, and once: its
nonce is kept for as long as it counts. What is refused is on record with the reason, and with
whoever signed it, where that is sure.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from tawatur.errors import (
    AlteredFileError,
    Message,
    NotForUsError,
    SharingError,
    UnknownSenderError,
    UntimelyError,
)
from tawatur.model.ids import NodeId
from tawatur.model.label import Viewer
from tawatur.sharing.keys import Identity
from tawatur.sharing.taxii.asked import Asked, Refused
from tawatur.sharing.taxii.authority import Authority
from tawatur.sharing.taxii.pace import Pace, verify_pace
from tawatur.sharing.wire.signatures import TO, Question, Stamp, stamp_of, verify_request

COUNTS_S = 300
"""Seconds by which the clocks of two nodes may differ, the way included."""


class Nonces(Protocol):
    """The nonces that came, kept over restarts."""

    def spend(self, nonce: str, until: int, now: int) -> bool:
        """Keep a nonce until then (seconds since 1970); return whether it is new. Thread-safe."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Knows nodes by the signatures on their requests. Safe for threads.

    Args:
        me: The node that is asked.
        identity: Returns a partner as it is known here; None for one that is none.
        nonces: Those that came.
        clock: The time, UTC.
        refuse: Puts on record what is refused, and of whom if that is sure.
        strangers: Requests that nobody here signed, from one address in a minute.
    """

    me: NodeId
    identity: Callable[[NodeId], Identity | None]
    nonces: Nonces
    clock: Callable[[], datetime]
    refuse: Callable[[NodeId | None, Message], None]
    strangers: Pace = field(default_factory=lambda: Pace(600.0))

    def admitted(self, asked: Asked) -> Stamp | None:
        """Return who signed a request for this node, None where it is not signed.

        Raises:
            Refused: It is signed, and does not count; that is on record.
        """
        try:
            return self.signer(asked)
        except UntimelyError as refusal:
            self.refuse(NodeId(refusal.signer), refusal.message)
            raise Refused(409 if refusal.before else 401, refusal.message) from refusal
        except SharingError as refusal:
            verify_pace(self.strangers.wait(asked.client))
            self.refuse(None, refusal.message)
            raise Refused(401, refusal.message) from refusal

    def signer(self, asked: Asked) -> Stamp | None:
        """Return who signed a request for this node, None where it is not signed.

        The body is not there yet: its digest is signed (`tawatur.sharing.taxii.line.whole_of`).

        Raises:
            SharingError: It is signed, and does not count.
        """
        stamp = stamp_of(asked.headers)
        if stamp is None:
            return None
        known = self.identity(stamp.by)
        if known is None:
            raise UnknownSenderError("{0} is no partner here", stamp.by)
        if asked.headers.get(TO) != self.me:
            raise NotForUsError("it is for another node")
        if not asked.headers.get("content-digest"):
            raise AlteredFileError("it is not signed as nodes sign")
        now = int(self.clock().timestamp())
        signed = datetime.fromtimestamp(stamp.created, UTC)
        question = Question(asked.method, asked.path, asked.query, self.me)
        verify_request(question, asked.headers, stamp, known.keys_now(signed))
        if abs(stamp.created - now) > COUNTS_S:
            raise UntimelyError(
                "it was signed {0} seconds off this node's clock; one of the two clocks is wrong",
                stamp.created - now,
                signer=stamp.by,
            )
        if not self.nonces.spend(f"{stamp.by} {stamp.nonce}", stamp.created + COUNTS_S + 1, now):
            raise UntimelyError("it came before", signer=stamp.by, before=True)
        return stamp


@dataclass(frozen=True, slots=True)
class Signers:
    """Partners' nodes, beside those whom another authority knows (`taxii.Authority`).

    Args:
        guard: Knows nodes.
        viewer: Returns a partner as the lists have it; None for one that is given nothing.
        others: Knows programs.
    """

    guard: Guard
    viewer: Callable[[NodeId], Viewer | None]
    others: Authority

    @property
    def challenge(self) -> str:
        """See `taxii.Authority.challenge`."""
        return self.others.challenge

    def who(self, asked: Asked) -> Viewer | None:
        """See `taxii.Authority.who`."""
        stamp = self.guard.admitted(asked)
        return self.others.who(asked) if stamp is None else self.viewer(stamp.by)
