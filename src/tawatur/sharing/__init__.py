"""One item to one neighbour: partner cards, sealed releases, and what opening one proves."""

from tawatur.sharing.cards import Card, fingerprint, open_card, sealed_card
from tawatur.sharing.releases import (
    Item,
    LogProof,
    Release,
    coarsened,
    commitment,
    open_release,
    sealed_release,
)

__all__ = [
    "Card",
    "Item",
    "LogProof",
    "Release",
    "coarsened",
    "commitment",
    "fingerprint",
    "open_card",
    "open_release",
    "sealed_card",
    "sealed_release",
]
