"""What goes from node to node: cards, sealed releases, lists of communities, marked copies."""

from tawatur.sharing.cards import Card, fingerprint, open_card, sealed_card
from tawatur.sharing.papers import (
    Papers,
    joined,
    open_papers,
    papers_body,
    papers_of,
    sealed_papers,
    signed,
)
from tawatur.sharing.releases import (
    Item,
    LogProof,
    Release,
    coarsened,
    commitment,
    open_release,
    sealed_release,
)
from tawatur.sharing.tracing import Accusation, Code, Forms, Seen, accused

__all__ = [
    "Accusation",
    "Card",
    "Code",
    "Forms",
    "Item",
    "LogProof",
    "Papers",
    "Release",
    "Seen",
    "accused",
    "coarsened",
    "commitment",
    "fingerprint",
    "joined",
    "open_card",
    "open_papers",
    "open_release",
    "papers_body",
    "papers_of",
    "sealed_card",
    "sealed_papers",
    "sealed_release",
    "signed",
]
