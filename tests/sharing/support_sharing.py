"""What the tests of sharing share: two parties with keys, and releases between them."""

import base64
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from nacl.signing import SigningKey

from tawatur.errors import AlteredFileError, VerificationError
from tawatur.ledger import Proof, Signer, leaf_hash, release_vkey
from tawatur.model.ids import NodeId, ReleaseId
from tawatur.model.label import Label
from tawatur.sharing import (
    Card,
    Identity,
    Item,
    LogProof,
    Release,
    commitment,
    open_release,
    sealed_release,
    verify_given,
)

NOW = datetime(2031, 3, 1, 12, tzinfo=UTC)
SENDER = NodeId("n-4t9x0a7c2m5k8q1w")
RECEIVER = NodeId("n-7h3d6b0z9y2v5r8p")
THIRD = NodeId("n-1k5f8s2g6j9c3m7t")
SEED = bytes(range(32))
KEY = SigningKey(SEED)
SIGNER = Signer.from_seed(f"tawatur.{SENDER}", SEED)
CARD = Card(SENDER, "مرصد أزرمال", SIGNER.vkey)
LABEL = Label.by(SENDER).given_to(RECEIVER)
SALT = bytes(range(100, 132))


def release(**fields: Any) -> Release:
    """Return a release of a commitment from the sender to the receiver."""
    whole: dict[str, Any] = {
        "id": ReleaseId("z-0000000000000001"),
        "sender": CARD,
        "receiver": RECEIVER,
        "time": NOW,
        "label": LABEL,
        "item": Item("o-0000000000000001", "commitment", {"by": "بانزورا", "what": "كتيبة"}),
    }
    return Release(**{**whole, **fields})


def proof(given: Release, *, audience: NodeId = RECEIVER, index: int = 0) -> LogProof:
    """Return where ``given`` stands, alone, in the sender's log for ``audience``."""
    root = leaf_hash(commitment(given, SALT))
    return LogProof(SALT.hex(), index, SIGNER.release(audience).sign_checkpoint(1, root), ())


def verify_log(sender: Identity, leaf: bytes, told: LogProof) -> None:
    """Check a release log as a node does."""
    try:
        path = tuple(bytes.fromhex(h) for h in told.hashes)
        key = release_vkey(sender.card.key, RECEIVER)
        Proof(told.index, path, told.checkpoint).verify(leaf, key)
    except (VerificationError, ValueError) as cause:
        raise AlteredFileError("it does not stand in its sender's release log") from cause


def opened(
    content: bytes,
    *,
    me: NodeId = RECEIVER,
    partners: Mapping[NodeId, Identity] = {SENDER: Identity(CARD)},
    now: datetime = NOW + timedelta(hours=1),
) -> Release:
    """Return what the receiver reads in a file."""
    release, _leaf = open_release(content, me, partners, now, verify_log)
    verify_given(release, now)
    return release


def sealed(given: Release) -> bytes:
    """Return the file of a release as its sender makes it."""
    return sealed_release(given, proof(given), KEY)


def base64_of(raw: bytes) -> str:
    """Return the standard form."""
    return base64.b64encode(raw).decode()
