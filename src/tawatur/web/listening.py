"""How does an application come onto the line, and who may hold the line without asking anything?

One process, one socket: on the loopback, or with a certificate wherever the settings say. Who
opens a connection has so many seconds to ask something whole, again after each answer; then it
is closed, as is one on which nobody reads, and the oldest of too many on which nothing was
asked: idle connections cannot use up the process. The same holds for those whose TLS handshake
does not end, for which uvicorn would wait a minute, and hold any number.
"""

import asyncio
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from tawatur.errors import NodeError, UsageError, system_message
from tawatur.settings import LOOPBACK
from tawatur.web.pauses import short_pauses

_HEAD_S = 20.0
"""Seconds for the head of a request, from the first byte of it or the connection's beginning."""
_HEAD = 64 * 1024
"""Bytes of it."""
_WAITING = 256
"""Connections of which no head has come, or no end of a handshake; of more the oldest is closed."""
_HANDSHAKE_S = 5.0
"""Seconds for the handshake of TLS, and for whoever is told that its connection ends."""
_FULL_S = 0.1
"""Seconds until it is tried again to take a connection, where the process can hold no more."""
_UNREAD_S = 60.0
"""Seconds in which some of an answer is read, or its connection is closed."""


class Prompt(H11Protocol):
    """HTTP/1.1 that waits for whoever asks, and for whoever reads, no longer than they may take."""

    late: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """See `asyncio.Protocol`."""
        super().connection_made(transport)
        self._wait_for_head()
        self._make_room()

    def data_received(self, data: bytes) -> None:
        """See `asyncio.Protocol`."""
        if self._is_idle() and self.late is None:
            self._wait_for_head()
        super().data_received(data)
        if not self._is_idle():
            self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        """See `asyncio.Protocol`."""
        self._stop_waiting()
        self._is_read()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """See `asyncio.BaseProtocol`: more of an answer waits than the line takes."""
        super().pause_writing()
        self._wait_for_reader(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        """See `asyncio.BaseProtocol`."""
        self._is_read()
        super().resume_writing()

    def _is_idle(self) -> bool:
        """Whether no request is being answered."""
        return self.cycle is None or self.cycle.response_complete

    def _wait_for_head(self) -> None:
        self.late = self.loop.call_later(_HEAD_S, self.transport.close)

    def _stop_waiting(self) -> None:
        if self.late is not None:
            self.late.cancel()
            self.late = None

    def _make_room(self) -> None:
        """Close the connection on which nothing was asked for longest, if there are too many."""
        open_ = (
            c for c in self.connections if isinstance(c, Prompt) and not c.transport.is_closing()
        )
        late = {each: each.late.when() for each in open_ if each.late is not None}
        if len(late) > _WAITING:
            min(late, key=late.__getitem__).transport.abort()

    def _wait_for_reader(self, unread: int) -> None:
        """Close the connection unless less than ``unread`` bytes are left in a while."""
        self._unread = self.loop.call_later(_UNREAD_S, self._look_again, unread)

    def _look_again(self, unread: int) -> None:
        left = self.transport.get_write_buffer_size()
        if left < unread:
            self._wait_for_reader(left)
        else:
            self.transport.abort()

    def _is_read(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None


class Listener(uvicorn.Server):
    """Takes connections over TLS as they come; waits for few handshakes, and for none long."""

    _taking: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """See `uvicorn.Server`: it takes no connection itself where they come over TLS."""
        if self.config.ssl is None or not sockets:
            await super().startup(sockets)
        else:
            await super().startup([])
            self._taking = asyncio.create_task(self._take(sockets[0]))

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """See `uvicorn.Server`."""
        if self._taking is not None:
            self._taking.cancel()
            await asyncio.wait([self._taking])
        await super().shutdown(sockets)

    async def _take(self, door: socket.socket) -> None:
        door.setblocking(False)
        loop, begun = asyncio.get_running_loop(), dict[asyncio.Task[None], None]()
        while True:
            try:
                line, _ = await loop.sock_accept(door)
            except OSError:  # it went away, or too many files are open
                await asyncio.sleep(_FULL_S)
                continue
            task = loop.create_task(self._begin(line))
            begun[task] = None  # the oldest first
            task.add_done_callback(begun.pop)
            if len(begun) > _WAITING:
                next(iter(begun)).cancel()

    async def _begin(self, line: socket.socket) -> None:
        """End the handshake of one connection, which is then its protocol's; or close it."""
        loop = asyncio.get_running_loop()
        try:
            await loop.connect_accepted_socket(
                self._protocol,
                line,
                ssl=self.config.ssl,
                ssl_handshake_timeout=_HANDSHAKE_S,
                ssl_shutdown_timeout=_HANDSHAKE_S,
            )
        except (OSError, asyncio.CancelledError):
            line.close()

    def _protocol(self) -> asyncio.Protocol:
        return Prompt(self.config, self.server_state, self.lifespan.state)


def listen(
    application: Any,
    *,
    host: str,
    port: int | None,
    usual: int,
    announce: Callable[[str], None],
    tls: tuple[Path, Path] | None = None,
) -> None:
    """Serve an ASGI application until interrupted: on the loopback, or anywhere over TLS.

    Args:
        application: What answers.
        host: A loopback address; without TLS no other is served.
        port: Where; 0 takes any free one. Without it the usual, or any if that is taken.
        usual: The port that the settings name.
        announce: Called once with the address, without a slash at the end, when it answers.
        tls: Files of a certificate and of its key.

    Raises:
        UsageError: ``host`` is no loopback address, or certificate and key cannot be used.
        NodeError: The port that was asked for is taken.
    """
    if host not in LOOPBACK and tls is None:
        raise UsageError("the pages are for this machine only: {0} is no loopback address", host)
    with _bound(host, port, usual) as door:
        shown = f"[{host}]" if ":" in host else host
        scheme = "http" if tls is None else "https"
        announce(f"{scheme}://{shown}:{door.getsockname()[1]}")
        # No access log: the start-up link would stand in it.
        config = uvicorn.Config(
            application,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=1,  # pages that lie open would hold it for minutes
            http=Prompt,
            h11_max_incomplete_event_size=_HEAD,
            ssl_certfile=None if tls is None else tls[0],
            ssl_keyfile=None if tls is None else tls[1],
        )
        if tls is not None:
            verify_tls(config)
        # KeyboardInterrupt is the usual way to end it.
        with short_pauses(), suppress(KeyboardInterrupt):
            Listener(config).run(sockets=[door])


def _bound(host: str, port: int | None, usual: int) -> socket.socket:
    """Return a listening socket on the port asked for, or on the usual one, or on any."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    wishes = (usual, 0) if port is None else (port,)
    for wish in wishes:
        # TCP is named so that small answers leave at once: the event loop looks for it.
        door = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, wish))
            door.listen()
        except OSError as error:
            door.close()
            cause = error
            continue
        return door
    raise NodeError(
        "port {0} is taken ({1}); choose another with --port", wishes[0], system_message(cause)
    ) from cause


def verify_tls(config: uvicorn.Config) -> None:
    """Return if the certificate and key of a server can be used.

    Raises:
        UsageError: They cannot.
    """
    try:
        config.load()
    except (OSError, ssl.SSLError) as cause:
        raise UsageError(
            "the certificate or its key cannot be used ({0})", str(cause) or type(cause).__name__
        ) from cause
