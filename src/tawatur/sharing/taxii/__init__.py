"""TAXII 2.1: a server over shelves, and a client for any other."""

from tawatur.sharing.taxii.asked import Asked
from tawatur.sharing.taxii.authority import Authority, Doorkeeper, new_token, password_hash
from tawatur.sharing.taxii.client import Client, Posted, Pulled, Reply, Send
from tawatur.sharing.taxii.line import Answer
from tawatur.sharing.taxii.server import Collection, Limits, Records, Root, Server

__all__ = [
    "Answer",
    "Asked",
    "Authority",
    "Client",
    "Collection",
    "Doorkeeper",
    "Limits",
    "Posted",
    "Pulled",
    "Records",
    "Reply",
    "Root",
    "Send",
    "Server",
    "new_token",
    "password_hash",
]
