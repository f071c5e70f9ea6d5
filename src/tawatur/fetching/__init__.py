"""The second way out: one address is fetched, safely and politely, and kept as evidence.

Nothing here opens a connection before somebody has allowed the network and named an
address. `Fetcher` is the whole of it: which machines may be asked, how long and how much,
what their robots.txt allows, how often, and the WARC records of what went over the line.
"""

from tawatur.fetching.addresses import Address, Resolve, is_public, resolved
from tawatur.fetching.evidence import warc
from tawatur.fetching.fetcher import Fetched, Fetcher, Limits, Validators
from tawatur.fetching.wire import Exchange

__all__ = [
    "Address",
    "Exchange",
    "Fetched",
    "Fetcher",
    "Limits",
    "Resolve",
    "Validators",
    "is_public",
    "resolved",
    "warc",
]
