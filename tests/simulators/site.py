"""A web site on the loopback interface: honest, slow, huge or hostile, path by path.

Real HTTP, over TLS where it is given a certificate. What it was asked is kept.
"""

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Reply = Callable[[BaseHTTPRequestHandler], None]
"""Writes one answer."""


@dataclass
class Site:
    """One site: where it is, what lies there, and what it was asked."""

    port: int = 0
    scheme: str = "http"
    pages: dict[str, Reply] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)  # paths, in order
    headers: list[dict[str, str]] = field(default_factory=list)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """Return the address of a path."""
        return f"{self.scheme}://{host}:{self.port}{path}"

    @property
    def place(self) -> str:
        """Host and port, as the settings name it."""
        return f"127.0.0.1:{self.port}"


def page(content: bytes | str, status: int = 200, **headers: str) -> Reply:
    """Return the reply that holds ``content``; underscores in names of headers are hyphens."""
    raw = content.encode() if isinstance(content, str) else content

    def reply(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(status)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in ({"Content-Type": "text/html; charset=utf-8"} | given).items():
            asked.send_header(name, value)
        asked.send_header("Content-Length", str(len(raw)))
        asked.end_headers()
        asked.wfile.write(raw)

    return reply


def leads(location: str, status: int = 302) -> Reply:
    """Return the reply that sends elsewhere."""
    return page("elsewhere", status, Location=location)


def in_turn(*replies: Reply) -> Reply:
    """Return the reply that is another one each time, the last for ever."""
    left = list(replies)

    def reply(asked: BaseHTTPRequestHandler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(asked)

    return reply


def kept(content: str, etag: str) -> Reply:
    """Return the reply of a server that says when nothing changed."""

    def reply(asked: BaseHTTPRequestHandler) -> None:
        if asked.headers.get("If-None-Match") == etag:
            page(b"", 304)(asked)
        else:
            page(content, ETag=etag)(asked)

    return reply


def dripping(seconds: float) -> Reply:
    """Return the reply that sends a byte now and then, never all of them."""

    def reply(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(200)
        asked.send_header("Content-Length", "1000000")
        asked.end_headers()
        for _ in range(400):
            asked.wfile.write(b"x")
            asked.wfile.flush()
            time.sleep(seconds)

    return reply


def endless(chunk: bytes = b"x" * 65536) -> Reply:
    """Return the reply that says no length and goes on."""

    def reply(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(200)
        asked.send_header("Content-Type", "text/plain")
        asked.end_headers()
        for _ in range(100_000):
            asked.wfile.write(chunk)

    return reply


def chunked(*pieces: bytes) -> Reply:
    """Return the reply that comes in chunks."""

    def reply(asked: BaseHTTPRequestHandler) -> None:
        asked.protocol_version = "HTTP/1.1"
        asked.send_response(200)
        asked.send_header("Content-Type", "text/plain; charset=utf-8")
        asked.send_header("Transfer-Encoding", "chunked")
        asked.end_headers()
        for piece in (*pieces, b""):
            asked.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))

    return reply


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        """Answer as the site's pages say; what is not there is not found."""
        self.site.asked.append(self.path)
        self.site.headers.append({name.lower(): value for name, value in self.headers.items()})
        with suppress(ConnectionError, ssl.SSLError):  # who asked has gone
            self.site.pages.get(self.path, page("not here", 404))(self)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that break off are what some tests are about."""


@contextmanager
def serving_site(pages: dict[str, Reply], tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Yield a site with these pages."""
    site = Site(pages=dict(pages))
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"site": site}))
    server.daemon_threads = True
    if tls:
        site.scheme = "https"
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
