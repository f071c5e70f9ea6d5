"""The pages of ``tawatur serve``: what a node holds, for whoever may see it.

`app` makes the site for a node; `serve` puts it on the loopback address and
announces the link that opens it, for the one person who started them, or the page
where people with accounts come in. Everything is rendered here; no address
outside the machine is contacted, by the pages or for them.
"""

import secrets
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from fastapi import FastAPI

from tawatur.errors import UsageError
from tawatur.settings import verify_web
from tawatur.web.guard import Guard
from tawatur.web.listening import listen
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
