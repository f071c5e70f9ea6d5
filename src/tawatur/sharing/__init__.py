"""What goes from node to node: partner cards, sealed releases, the lists of communities."""

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
    read_release,
    sealed_release,
)

__all__ = [
    "Card",
    "Item",
    "LogProof",
    "Papers",
    "Release",
    "coarsened",
    "commitment",
    "fingerprint",
    "joined",
    "open_card",
    "open_papers",
    "open_release",
    "papers_body",
    "papers_of",
    "read_release",
    "sealed_card",
    "sealed_papers",
    "sealed_release",
    "signed",
]
