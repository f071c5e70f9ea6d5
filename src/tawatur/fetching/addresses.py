"""Which addresses may be asked at all, and which machine is behind one?

An address is taken apart once, and what was checked is what is asked for. A host is
judged by what its name resolves to, never by how it is spelt: ``0x7f.1``, ``2130706433``
and a name of one's own that leads to 127.0.0.1 are the same machine. Every answer of the
resolver must be public, and the connection goes to one of those very answers (`wire`), so
that a name which answers otherwise a moment later (DNS rebinding) changes nothing.

Public is what IANA's registries of special-purpose addresses leave: of IPv6 only global
unicast (2000::/3), without the ranges that carry an IPv4 address inside; a NAT64 address
of the well-known prefix is judged by the IPv4 address in it. A NAT64 prefix of an
operator's own cannot be told from any other network's and is not looked into.
"""

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import httpx

from tawatur.errors import NotAllowedError, NotNowError

Resolve = Callable[[str, int], Sequence[str]]
"""From a host and a port to the numeric addresses behind it, the preferred first."""

_LONGEST = 8000
"""Characters of an address at most; servers take some 8000."""

_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"(?=.{1,253}\Z)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_-]{1,63})*")

_NOT_PUBLIC = tuple(
    ipaddress.ip_network(each)
    for each in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by the customers of a provider
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, and the metadata of hosted machines
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address inside
        "3fff::/20",  # documentation
    )
)
_UNICAST = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Address:
    """An address of the web: http or https, a host, no name or password; ASCII throughout."""

    scheme: str
    host: str  # lower case, an IPv6 address without its brackets
    port: int
    target: str  # path and query; what stands behind "#" is the reader's

    @classmethod
    def parse(cls, given: str) -> "Address":
        """Return the address that ``given`` is.

        Raises:
            NotAllowedError: It is none of the web, or carries a name or password.
        """
        return cls._of(given, lambda: httpx.URL(given.strip()))

    def joined(self, location: str) -> "Address":
        """Return where ``location``, as a page here names it, leads.

        Raises:
            NotAllowedError: As `parse` does.
        """
        return self._of(location, lambda: httpx.URL(self.url).join(location.strip()))

    @classmethod
    def _of(cls, given: str, parsed: Callable[[], httpx.URL]) -> "Address":
        """Return the address that was parsed from words of at most so many characters."""
        if len(given) > _LONGEST:
            raise NotAllowedError("an address of more than {0} characters is not fetched", _LONGEST)
        try:
            url = parsed()
        except (httpx.InvalidURL, ValueError) as cause:
            raise _no_address(given) from cause
        host = url.raw_host.decode("ascii").lower().removesuffix(".")
        port = _PORTS.get(url.scheme, 0) if url.port is None else url.port
        target = url.raw_path.decode("ascii")
        if url.scheme not in _PORTS or not _is_host(host) or not 0 < port < 65536:
            raise _no_address(given)
        if url.userinfo:
            raise NotAllowedError("an address with a name or a password in it is not fetched")
        return cls(url.scheme, host, port, target)

    @property
    def place(self) -> str:
        """Host, and port where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and place: what one robots.txt is for."""
        return f"{self.scheme}://{self.place}"

    @property
    def url(self) -> str:
        """The address in one piece."""
        return self.origin + self.target

    def is_among(self, named: frozenset[str]) -> bool:
        """Whether host, or host and port, stand among those named in the settings."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return not named.isdisjoint((host, f"{host}:{self.port}"))


def _is_host(host: str) -> bool:
    if ":" in host:
        try:
            return bool(ipaddress.IPv6Address(host)) and "%" not in host
        except ValueError:
            return False
    return _NAME.fullmatch(host) is not None


def _no_address(given: str) -> NotAllowedError:
    shown = given.strip()[:100]
    return NotAllowedError("{0} is not an address of the web, http:// or https://", repr(shown))


def is_public(address: str) -> bool:
    """Whether a numeric address is one of the public internet; what is none is not."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found in _NAT64:
            return is_public(str(ipaddress.IPv4Address(found.packed[-4:])))
        if found not in _UNICAST:
            return False
    return not any(found in network for network in _NOT_PUBLIC if network.version == found.version)


def resolved(host: str, port: int) -> tuple[str, ...]:
    """Return the addresses that the operating system has for a host, in its order.

    Known cost: how long it waits for an answer is its own affair.

    Raises:
        NotNowError: It has none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as cause:
        why = getattr(cause, "strerror", None) or "not a name"
        raise NotNowError("no machine is known as {0} ({1})", host, why) from cause
    return tuple(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))
