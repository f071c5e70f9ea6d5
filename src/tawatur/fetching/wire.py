"""One question to one machine that was checked, and its answer within limits.

A connection serves one question. It goes to the numeric addresses given and to nothing
else, while the name stays what the server is asked for and what its certificate must
hold. Every byte is counted and kept as it passes, so that the evidence is what went over
the line and not what a library made of it. Each wait is as long as what is left of the
whole time, so that a server which sends one byte a second ends with the rest.

Unpacking stops at the limit of size too. Packings other than gzip and deflate are asked
for by nobody here, and are refused.
"""

import ssl
import time
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpcore

from tawatur.errors import FetchError, NotNowError
from tawatur.fetching.addresses import Address

MEGABYTE = 1024 * 1024

_OVERHEAD = MEGABYTE
"""Bytes that heads and the sizes of chunks may add to a body."""

_STEP = 64 * 1024


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer, and both as the bytes that went over the line."""

    address: Address
    time: datetime  # UTC, when it was asked
    machine: str  # numeric
    sent: bytes
    received: bytes
    status: int
    headers: Mapping[str, str]  # by lower-case name; of several the first
    body: bytes  # unpacked


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bytes and seconds that one answer may take; ``cut``: what is longer is read so far."""

    size: int
    seconds: float
    cut: bool = False


def exchange(
    address: Address,
    machines: Sequence[str],
    headers: Mapping[str, str],
    *,
    bounds: Bounds,
    trust: ssl.SSLContext | None,
    now: datetime,
) -> Exchange:
    """Return what one of ``machines`` answers to a question for ``address``.

    Args:
        address: What is asked for; its host is the name that the certificate must hold.
        machines: Numeric addresses, tried in order until one takes the connection.
        headers: Beside Host and Connection.
        bounds: How much, and for how long.
        trust: Whose certificates are believed; https needs it.
        now: The time, for the record.

    Raises:
        NotNowError: No answer, or none within the time.
        FetchError: An answer that is over a limit, damaged, or not to be trusted.
    """
    line = _Line(address, machines, bounds)
    head = {"Host": address.place, **headers, "Connection": "close"}
    try:
        with (
            httpcore.ConnectionPool(ssl_context=trust, network_backend=line) as pool,
            pool.stream(
                "GET",
                httpcore.URL(
                    scheme=address.scheme.encode(),
                    host=address.host.encode(),
                    port=address.port,
                    target=address.target.encode(),
                ),
                headers=[(name.encode(), value.encode()) for name, value in head.items()],
            ) as answer,
        ):
            found: dict[str, str] = {}
            for name, value in answer.headers:
                found.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
            body = _body(answer, address, found, bounds)
            status = answer.status
    except httpcore.TimeoutException as cause:
        raise line.too_slow() from cause
    except httpcore.ConnectError as cause:
        raise _not_connected(address, cause) from cause
    except (httpcore.NetworkError, httpcore.ProtocolError) as cause:
        raise NotNowError("{0} broke off, or does not speak HTTP ({1})", address.place,
                          _few(cause)) from cause  # fmt: skip
    sent, received = bytes(line.sent), bytes(line.received)
    return Exchange(address, now, line.machine, sent, received, status, found, body)


def _not_connected(address: Address, cause: Exception) -> FetchError:
    if isinstance(cause.__cause__, ssl.SSLCertVerificationError):
        why = cause.__cause__.verify_message
        return FetchError("the certificate of {0} does not hold ({1})", address.place, why)
    return NotNowError("{0} cannot be reached ({1})", address.place, _few(cause))


def _few(cause: Exception) -> str:
    """Return what a library says of a fault, as a few printable words."""
    words = str(cause) or type(cause).__name__
    return "".join(c if c.isprintable() else " " for c in words)[:120]


class _Line(httpcore.NetworkBackend):
    """The connection of one question: where it may go, how long and how much."""

    def __init__(self, address: Address, machines: Sequence[str], bounds: Bounds) -> None:
        self._address, self._machines, self._bounds = address, machines, bounds
        self._end = time.monotonic() + bounds.seconds
        self.machine = ""
        self.sent, self.received = bytearray(), bytearray()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        """Connect to a machine that was checked; ``host`` is never resolved again."""
        backend = httpcore.SyncBackend()
        fault: Exception = httpcore.ConnectError("no machine")
        for tried, machine in enumerate(self._machines):
            fair = self.left() / (len(self._machines) - tried)  # one that is silent leaves time
            try:
                stream = backend.connect_tcp(machine, port, timeout=fair)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                fault = error
            else:
                self.machine = machine
                return _Kept(stream, self)
        raise fault

    def left(self) -> float:
        """Return the seconds left.

        Raises:
            NotNowError: None are.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.too_slow()
        return left

    def came(self, data: bytes) -> None:
        """Count and keep what came.

        Raises:
            FetchError: It is too much.
        """
        self.received += data
        if len(self.received) > self._bounds.size + _OVERHEAD:
            raise too_large(self._address, self._bounds)

    def too_slow(self) -> NotNowError:
        """Return the error that says so."""
        seconds = f"{self._bounds.seconds:g}"
        return NotNowError(
            "{0} did not answer whole within {1} seconds", self._address.place, seconds
        )


class _Kept(httpcore.NetworkStream):
    """A stream whose bytes are counted and kept; under TLS, those within."""

    def __init__(self, stream: httpcore.NetworkStream, line: _Line) -> None:
        self._stream, self._line = stream, line

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._stream.read(max_bytes, self._line.left())
        self._line.came(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._line.left())
        self._line.sent += buffer

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        inner = self._stream.start_tls(ssl_context, server_hostname, self._line.left())
        return _Kept(inner, self._line)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def too_large(address: Address, bounds: Bounds) -> FetchError:
    """Return the error that an answer is over the limit of size."""
    return FetchError(
        "{0} sends more than {1} MB, the limit in the settings",
        address.place,
        f"{bounds.size / MEGABYTE:g}",
    )


def _body(
    answer: httpcore.Response, address: Address, headers: Mapping[str, str], bounds: Bounds
) -> bytes:
    """Return the body unpacked, whole or as far as the limit.

    Raises:
        FetchError: It is over the limit, or its packing is damaged or unknown.
    """
    packed = bytearray()
    for piece in answer.iter_stream():
        packed += piece
        if len(packed) > bounds.size:
            if not bounds.cut:
                raise too_large(address, bounds)
            break
    packing = headers.get("content-encoding", "").strip().lower()
    if packing in ("", "identity") or not packed:
        return bytes(packed[: bounds.size])
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise FetchError(
            "{0} packed its answer in a way that nobody asked for ({1})",
            address.place,
            packing[:40],
        )
    try:
        body = _unpacked(bytes(packed), bounds)
    except zlib.error as cause:
        raise FetchError("{0} sent a damaged answer ({1})", address.place, _few(cause)) from cause
    if len(body) > bounds.size and not bounds.cut:
        raise too_large(address, bounds)
    return body[: bounds.size]


def _unpacked(packed: bytes, bounds: Bounds) -> bytes:
    """Return what gzip or deflate hold, no more than one byte over the limit."""
    body, rest = bytearray(), packed
    while rest and len(body) <= bounds.size:
        unpacker = zlib.decompressobj(47 if _is_wrapped(rest) else -15)
        body += unpacker.decompress(rest, bounds.size + 1 - len(body))
        if not unpacker.eof and len(body) <= bounds.size and not bounds.cut:
            raise zlib.error("it is cut short")
        rest = unpacker.unused_data if unpacker.unused_data.startswith(b"\x1f\x8b") else b""
    return bytes(body)


def _is_wrapped(packed: bytes) -> bool:
    """Whether gzip's or zlib's head is there; some servers send deflate without it."""
    is_zlib = packed[0] & 15 == 8 and int.from_bytes(packed[:2]) % 31 == 0
    return packed.startswith(b"\x1f\x8b") or is_zlib
