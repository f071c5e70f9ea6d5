"""What every signed file from one node to another has in common, and what opening one proves.

A letter is one line of canonical JSON, signed as a whole: who sends it to whom, when, and
what it says. Releases and notices also stand in the sender's *release log* for that
audience: the leaf is a salted commitment, so that the log shows how many there were and
when, never what (decision 5). Opening checks, in this order: form, sender among the
partners, signature, times, receiver, place in the log.

A time that lies more than a day ahead of this node's clock is refused: one of two clocks is
wrong, and a time that was believed would end what others gave (`tawatur.model.label.latest`).
"""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

import msgspec
import rfc8785
from nacl.signing import SigningKey

from tawatur.errors import AlteredFileError, Message, NotForUsError, UnknownSenderError
from tawatur.model.ids import NodeId
from tawatur.sharing.cards import Card, parsed, sealed, verify_card, verify_seal
from tawatur.sharing.keys import Identity, verify_by_one

AHEAD = timedelta(days=1)
"""How far a partner's clock may be ahead of this node's."""


class Letter(Protocol):
    """Whatever one node tells another."""

    @property
    def sender(self) -> Card:
        """Who sends it."""
        ...

    @property
    def receiver(self) -> NodeId:
        """Whom it is for."""
        ...

    @property
    def times(self) -> tuple[datetime, ...]:
        """Every time that it names, that of its writing first."""
        ...


L = TypeVar("L", bound=Letter)


@dataclass(frozen=True, slots=True)
class LogProof:
    """Where a letter stands in the sender's log for this audience."""

    salt: str  # hexadecimal, 32 bytes
    index: int
    checkpoint: str  # signed note
    hashes: tuple[str, ...]  # inclusion proof, hexadecimal, leaf to root


VerifyLog = Callable[[Identity, bytes, LogProof], None]
"""Raises `AlteredFileError` unless the commitment stands in the log as told."""


@dataclass(frozen=True, slots=True)
class Form:
    """How one kind of letter is written: its format, and under which name its content stands."""

    format: str
    name: str


def leaf_of(content: Mapping[str, Any], salt: bytes) -> bytes:
    """Return the 32-byte salted commitment to a letter's content."""
    return hmac.new(salt, rfc8785.dumps(dict(content)), hashlib.sha256).digest()


def sealed_letter(
    form: Form,
    content: Mapping[str, Any],
    key: SigningKey,
    proof: LogProof | None = None,
    beside: Mapping[str, object] | None = None,
) -> bytes:
    """Return the file to hand over; what goes ``beside`` the content is not in the log."""
    log = {} if proof is None else {"log": msgspec.to_builtins(proof)}
    return sealed({"format": form.format, form.name: dict(content), **log, **(beside or {})}, key)


def opened_letter(
    content: bytes,
    form: Form,
    kind: type[L],
    me: NodeId,
    partners: Mapping[NodeId, Identity],
    now: datetime,
) -> tuple[L, Identity, dict[str, Any]]:
    """Return what a file says as it was signed, its sender as known here, and the whole file.

    Args:
        content: The file.
        form: Which kind of letter is expected.
        kind: What its content is.
        me: This node.
        partners: Those whose cards a person here has added.
        now: UTC.

    Raises:
        NotForUsError: It is for another node.
        UnknownSenderError: Its sender is no partner here.
        AlteredFileError: It is not what its sender signed, or signed later than now.
    """
    body = parsed(content, form.format)
    try:
        letter = msgspec.convert(body[form.name], kind)
        times = letter.times
    except (KeyError, ValueError, RecursionError) as cause:
        raise unlike(form, cause) from cause
    verify_card(letter.sender)
    known = partners.get(letter.sender.id)
    if known is None:
        raise UnknownSenderError(
            "it comes from {0}, which is no partner here; "
            "ask for its card and add it with `tawatur partner add CARD`",
            letter.sender.id,
            sender=letter.sender.id,
        )
    # Another time could not be compared with now.
    if any(time.utcoffset() != timedelta(0) for time in times):
        raise unlike(form, Message("a time in UTC"))
    try:
        verify_by_one(body, known.keys_now(times[0]))
    except AlteredFileError as cause:
        raise _by_another_key(body, letter.sender, known) or cause from cause
    if times[0] > now + AHEAD:
        raise AlteredFileError(
            "it was signed {0} days ahead of this node's clock; one of the two clocks is wrong",
            (times[0] - now).days,
        )
    if letter.receiver != me:
        raise NotForUsError("it is for the node {0}, and this is {1}", letter.receiver, me)
    return letter, known, body


def _by_another_key(body: dict[str, Any], sender: Card, known: Identity) -> AlteredFileError | None:
    """Return the refusal of a letter that is signed well, by a key that does not count; or None."""
    try:
        verify_seal(body, sender.key)
    except AlteredFileError:
        return None
    if sender.key in known.keys[1:]:
        return AlteredFileError("it is signed by a key that {0} has given up", known.card.name)
    return AlteredFileError(
        "it is signed by another key than is known of {0}; ask for the new card", known.card.name
    )


def proof_in(form: Form, body: Mapping[str, Any]) -> tuple[LogProof, bytes]:
    """Return where a letter says that it stands in its sender's log, and its salt.

    Raises:
        AlteredFileError: It does not say so as letters do.
    """
    try:
        proof = msgspec.convert(body["log"], LogProof)
        return proof, bytes.fromhex(proof.salt)
    except (KeyError, ValueError, RecursionError) as cause:
        raise unlike(form, cause) from cause


def unlike(form: Form, cause: object) -> AlteredFileError:
    """Return the refusal of a file that does not hold what its format says."""
    return AlteredFileError(
        "the {0} does not hold what such a file holds: {1}", Message(form.name), cause
    )
