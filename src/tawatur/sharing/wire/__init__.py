"""Between nodes over HTTP: signed requests, turns of an exchange, the door and who calls there."""

from tawatur.sharing.wire.caller import Caller, Signing
from tawatur.sharing.wire.door import Door, Party
from tawatur.sharing.wire.guard import COUNTS_S, Guard, Nonces, Signers
from tawatur.sharing.wire.signatures import (
    Question,
    Stamp,
    signature_base,
    signed_answer,
    signed_request,
    stamp_of,
    verify_answer,
    verify_request,
)
from tawatur.sharing.wire.turns import CARD, EXCHANGE, Turn, numbers, ranges, turn_of

__all__ = [
    "CARD",
    "COUNTS_S",
    "EXCHANGE",
    "Caller",
    "Door",
    "Guard",
    "Nonces",
    "Party",
    "Question",
    "Signers",
    "Signing",
    "Stamp",
    "Turn",
    "numbers",
    "ranges",
    "signature_base",
    "signed_answer",
    "signed_request",
    "stamp_of",
    "turn_of",
    "verify_answer",
    "verify_request",
]
