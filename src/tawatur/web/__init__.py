"""The pages of ``tawatur serve``: what a node holds, for the one person who started them.

`app` makes the site for a node; `serve` puts it on the loopback address and
announces the link that opens it. Everything is rendered here; no address
outside the machine is contacted, by the pages or for them.
"""

import secrets
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import uvicorn
from fastapi import FastAPI

from tawatur.errors import NodeError, UsageError, system_message
from tawatur.web.guard import LOOPBACK, Guard
from tawatur.web.pages import install
from tawatur.web.ports import ShownNode
from tawatur.web.visits import Room

__all__ = ["ShownNode", "app", "listen", "now", "serve"]


def now() -> datetime:
    """Return the time in UTC."""
    return datetime.now(UTC)


def app(node: ShownNode, token: str, *, clock: Callable[[], datetime] = now) -> FastAPI:
    """Return the site over ``node``; ``/start?token=…`` with ``token`` opens it, once."""
    site = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    install(site, Room(node, Guard(token, node.id), clock, threading.Lock()))
    return site


def serve(
    node: ShownNode,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    announce: Callable[[str], None],
    clock: Callable[[], datetime] = now,
) -> None:
    """Show the pages until interrupted; ``announce`` is called with the link that opens them.

    That no other command shows the same node is the caller's to hold (`Node.serving`).

    Args:
        node: What is shown.
        host: A loopback address; no other is served.
        port: Where; 0 takes any free one. Without it the node's setting, or any if that is taken.
        announce: Called once, when the link answers.
        clock: The time in UTC, for what is overdue.

    Raises:
        UsageError: ``host`` is no loopback address.
        NodeError: The port that was asked for is taken.
    """
    token = secrets.token_urlsafe(32)
    site = app(node, token, clock=clock)
    listen(
        site,
        host=host,
        port=port,
        usual=node.settings.port,
        announce=lambda address: announce(f"{address}/start?token={token}"),
    )


def listen(
    application: Any, *, host: str, port: int | None, usual: int, announce: Callable[[str], None]
) -> None:
    """Serve an ASGI application on the loopback until interrupted.

    Args:
        application: What answers.
        host: A loopback address; no other is served.
        port: Where; 0 takes any free one. Without it the usual, or any if that is taken.
        usual: The port that the settings name.
        announce: Called once with the address, without a slash at the end, when it answers.

    Raises:
        UsageError: ``host`` is no loopback address.
        NodeError: The port that was asked for is taken.
    """
    if host not in LOOPBACK:
        raise UsageError("the pages are for this machine only: {0} is no loopback address", host)
    with _bound(host, port, usual) as door:
        shown = f"[{host}]" if ":" in host else host
        announce(f"http://{shown}:{door.getsockname()[1]}")
        # No access log: the start-up link would stand in it.
        config = uvicorn.Config(
            application,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
        )
        with suppress(KeyboardInterrupt):  # the usual way to end it
            uvicorn.Server(config).run(sockets=[door])


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
