"""An address that somebody asks for → something to take in, where the settings allow it.

The page's bytes are the document's; what went over the line is kept beside them as
evidence. The document comes from where redirects ended, at the time it was fetched.
"""

from tawatur import __version__
from tawatur.errors import FetchError
from tawatur.fetching import Fetched, Fetcher, Limits
from tawatur.fetching.wire import MEGABYTE
from tawatur.node.views import Incoming, Refusal
from tawatur.settings import Network, verify_network


def fetcher_of(network: Network) -> Fetcher:
    """Return what fetches addresses as the settings say.

    Raises:
        UsageError: They allow none to be fetched, or hold values that cannot be.
    """
    verify_network(network)
    return Fetcher(
        private=frozenset(host.lower() for host in network.private),
        limits=Limits(
            size=int(network.size_mb * MEGABYTE),
            seconds=network.seconds,
            pause=network.pause,
            patience=network.patience,
        ),
        software=f"Tawatur/{__version__}",
        contact=network.contact,
    )


def fetched(fetcher: Fetcher, address: str) -> Incoming | Refusal:
    """Return what lies at an address that a person gave, or why it is not taken."""
    try:
        got = fetcher.fetch(address)
    except FetchError as error:
        return Refusal(address, error.message)
    assert got is not None  # noqa: S101 - nothing was known before
    return incoming_of(got)


def incoming_of(got: Fetched) -> Incoming:
    """Return what was fetched as something to take in."""
    return Incoming(
        got.name,
        got.address,
        content=got.content,
        media_type=got.media_type,
        address=got.address,
        captured=got.time.strftime("%Y-%m-%dT%H:%M:%SZ"),
        evidence=got.evidence,
    )
