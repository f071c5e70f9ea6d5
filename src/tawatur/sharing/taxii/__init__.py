"""TAXII 2.1: a server over shelves, and a client for any other."""

from tawatur.sharing.taxii.asked import Asked
from tawatur.sharing.taxii.authority import Authority, Doorkeeper, new_token, password_hash
from tawatur.sharing.taxii.server import Answer, Collection, Limits, Records, Root, Server

__all__ = [
    "Answer",
    "Asked",
    "Authority",
    "Collection",
    "Doorkeeper",
    "Limits",
    "Records",
    "Root",
    "Server",
    "new_token",
    "password_hash",
]
