"""What goes from node to node: cards, invitations, letters, bundles, lists, marked copies."""

from tawatur.sharing.bags import kind_of, open_bag, sealed_bag
from tawatur.sharing.bundles import (
    Bundle,
    card_in,
    is_encrypted,
    open_bundle,
    sealed_bundle,
)
from tawatur.sharing.cards import Card, fingerprint, open_card, sealed_card
from tawatur.sharing.heads import Head, Heads, Shown, open_heads, sealed_heads
from tawatur.sharing.invitations import (
    Invitation,
    open_invitation,
    sealed_invitation,
    spoken,
)
from tawatur.sharing.keys import (
    At,
    Identity,
    Succession,
    later,
    open_identity,
    sealed_identity,
    succession,
)
from tawatur.sharing.letters import LogProof
from tawatur.sharing.notices import (
    Notice,
    notice_leaf,
    open_notice,
    sealed_notice,
    standing,
)
from tawatur.sharing.papers import (
    Papers,
    joined,
    open_papers,
    papers_body,
    papers_of,
    sealed_papers,
    signed,
)
from tawatur.sharing.pointers import Pointer, Whom, pointer_body, pointer_of, pointing
from tawatur.sharing.receipts import (
    Receipt,
    ReceiptStatus,
    open_receipt,
    sealed_receipt,
)
from tawatur.sharing.redacting import Cuts, redacted
from tawatur.sharing.releases import (
    Item,
    Release,
    coarsened,
    commitment,
    open_release,
    sealed_release,
    verify_given,
)
from tawatur.sharing.tracing import Accusation, Code, Forms, Seen, accused

__all__ = [
    "Accusation",
    "At",
    "Bundle",
    "Card",
    "Code",
    "Cuts",
    "Forms",
    "Head",
    "Heads",
    "Identity",
    "Invitation",
    "Item",
    "LogProof",
    "Notice",
    "Papers",
    "Pointer",
    "Receipt",
    "ReceiptStatus",
    "Release",
    "Seen",
    "Shown",
    "Succession",
    "Whom",
    "accused",
    "card_in",
    "coarsened",
    "commitment",
    "fingerprint",
    "is_encrypted",
    "joined",
    "kind_of",
    "later",
    "notice_leaf",
    "open_bag",
    "open_bundle",
    "open_card",
    "open_heads",
    "open_identity",
    "open_invitation",
    "open_notice",
    "open_papers",
    "open_receipt",
    "open_release",
    "papers_body",
    "papers_of",
    "pointer_body",
    "pointer_of",
    "pointing",
    "redacted",
    "sealed_bag",
    "sealed_bundle",
    "sealed_card",
    "sealed_heads",
    "sealed_identity",
    "sealed_invitation",
    "sealed_notice",
    "sealed_papers",
    "sealed_receipt",
    "sealed_release",
    "signed",
    "spoken",
    "standing",
    "succession",
    "verify_given",
]
