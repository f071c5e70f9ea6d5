"""How does a question to a partner's server leave this machine?

As the settings allow it: to machines of the public internet, or to hosts that they name, by
https, or plain http to the loopback. The name is resolved once and the connection goes to a
machine that was checked (`tawatur.fetching`). No redirect is followed, no proxy, cookie or
password of the environment is used, and an answer has a size and a time.

A partner that told which certificate it shows is asked only where that one is shown, whoever
signed it; everybody else's is verified as the machine verifies any.
"""

import hashlib
import hmac
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx

from tawatur.errors import NotAllowedError, NotNowError, system_message
from tawatur.fetching import Address, Resolve, is_public, resolved
from tawatur.settings import Network, verify_network
from tawatur.sharing.taxii import Reply

_MEGABYTE = 1024 * 1024

Fault = TypeVar("Fault", bound=BaseException)


@dataclass(slots=True)
class Far:
    """Asks other machines; one connection to each is kept.

    Args:
        network: The settings.
        resolve: Finds the machines behind a name.
        trust: Whose certificates are believed.
    """

    network: Network
    resolve: Resolve = resolved
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    _client: httpx.Client = field(init=False, repr=False)

    def __post_init__(self) -> None:
        verify_network(self.network)
        self._client = httpx.Client(
            verify=self.trust, trust_env=False, follow_redirects=False,
            timeout=self.network.seconds,
        )  # fmt: skip

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def __call__(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """See `tawatur.sharing.taxii.client.Send`."""
        address = Address.parse(url)
        machine = self._machine(address)
        host = f"[{machine}]" if ":" in machine else machine
        end = time.monotonic() + self.network.seconds
        size = int(self.network.size_mb * _MEGABYTE)
        try:
            with self._client.stream(
                method,
                f"{address.scheme}://{host}:{address.port}{address.target}",
                headers={"host": address.place, "accept-encoding": "identity", **headers},
                content=body,
                extensions={"sni_hostname": address.host},
            ) as answer:
                parts, come = list[bytes](), 0
                for part in answer.iter_raw():
                    parts.append(part)
                    come += len(part)
                    if come > size:
                        raise NotAllowedError("{0} gives more than {1} bytes", address.place, size)
                    if time.monotonic() > end:
                        raise NotNowError("{0} is too slow", address.place)
                self._client.cookies.clear()
                found = {name.lower(): value for name, value in answer.headers.items()}
                return Reply(answer.status_code, found, b"".join(parts))
        except httpx.HTTPError as cause:
            untrusted = _behind(cause, ssl.SSLCertVerificationError)
            if isinstance(untrusted, _ChangedError):
                raise NotAllowedError(
                    "{0} shows another certificate than it told; ask for its new card",
                    address.place,
                ) from cause
            if untrusted is not None:
                raise NotAllowedError(
                    "the certificate of {0} does not hold ({1})",
                    address.place,
                    untrusted.verify_message,
                ) from cause
            refused = _behind(cause, OSError)
            why = system_message(refused) if refused else str(cause) or type(cause).__name__
            raise NotNowError("{0} does not answer ({1})", address.place, why) from cause

    def _machine(self, address: Address) -> str:
        """Return the machine to ask, of those behind an address, each of which may be asked."""
        named = address.is_among(frozenset(host.lower() for host in self.network.private))
        machines = tuple(self.resolve(address.host, address.port))
        inside = [machine for machine in machines if not is_public(machine)]
        if inside and not named:
            raise NotAllowedError(
                "{0} is no machine of the public internet ({1}); to allow it, name it under "
                "private in the [network] part of tawatur.toml",
                address.place,
                inside[0],
            )
        if address.scheme != "https" and not all(m.startswith(("127.", "::1")) for m in machines):
            raise NotAllowedError("{0} is asked by https only", address.place)
        return machines[0]


def showing(certificate: str) -> ssl.SSLContext:
    """Return the trust in one certificate alone, by its SHA-256, hexadecimal."""
    context = _Showing(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # that one is compared, before anything is sent
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.certificate = certificate
    return context


class _ChangedError(ssl.SSLCertVerificationError):
    """Another certificate is shown than the one that is believed."""


class _Showing(ssl.SSLContext):
    """Ends every connection on which another certificate is shown."""

    certificate: str

    def wrap_socket(self, *args: Any, **more: Any) -> ssl.SSLSocket:
        line = super().wrap_socket(*args, **more)
        shown = hashlib.sha256(line.getpeercert(binary_form=True) or b"").hexdigest()
        if not hmac.compare_digest(shown, self.certificate):
            line.close()
            raise _ChangedError(f"another certificate is shown: {shown}")
        return line


def _behind(fault: BaseException | None, kind: type[Fault]) -> Fault | None:
    """Return the fault of a kind that is behind a fault, None if there is none."""
    while fault is not None and not isinstance(fault, kind):
        fault = fault.__cause__ or fault.__context__
    return fault
