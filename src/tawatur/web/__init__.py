"""The pages of ``tawatur serve``: what a node holds, for whoever may see it.

`app` makes the site for a node; `serve` puts it on the loopback address and
announces the link that opens it, for the one person who started them, or the page
where people with accounts come in. Everything is rendered here; no address
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
from tawatur.settings import verify_web
from tawatur.web.guard import LOOPBACK, Guard
from tawatur.web.pages import install
from tawatur.web.ports import ShownNode
from tawatur.web.visits import Room

__all__ = ["ShownNode", "app", "listen", "now", "serve"]


def now() -> datetime:
    """Return the time in UTC."""
    return datetime.now(UTC)


def app(node: ShownNode, token: str | None, *, clock: Callable[[], datetime] = now) -> FastAPI:
    """Return the site over ``node``.

    Args:
        node: What is shown.
        token: ``/start?token=…`` opens it with this, once; without one a name and a password do.
        clock: The time in UTC.
    """
    site = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    guard = Guard(token, node.id, node.settings.web, clock)
    install(site, Room(node, guard, clock, threading.Lock()))
    return site


def serve(
    node: ShownNode,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    accounts: bool = False,
    announce: Callable[[str], None],
    clock: Callable[[], datetime] = now,
) -> None:
    """Show the pages until interrupted; ``announce`` is called with the link that opens them.

    Where there are accounts, the link leads to a page that asks for a name and a password.
    That no other command shows the same node is the caller's to hold (`Node.serving`).

    Args:
        node: What is shown.
        host: A loopback address; no other is served.
        port: Where; 0 takes any free one. Without it the node's setting, or any if that is taken.
        accounts: Serve only if there are accounts.
        announce: Called once, when the link answers.
        clock: The time in UTC, for what is overdue.

    Raises:
        UsageError: ``host`` is no loopback address; there are no accounts and only for them
            it was to be served; or the settings of the pages cannot be.
        NodeError: The port that was asked for is taken.
    """
    verify_web(node.settings.web)
    by_name = node.accounts.exist()
    if accounts and not by_name:
        raise UsageError("there is no account yet; add one with `tawatur account add`")
    token = None if by_name else secrets.token_urlsafe(32)
    site, way = app(node, token, clock=clock), "login" if by_name else f"start?token={token}"
    listen(
        site,
        host=host,
        port=port,
        usual=node.settings.port,
        announce=lambda address: announce(f"{address}/{way}"),
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
            timeout_graceful_shutdown=1,  # pages that lie open would hold it for minutes
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
