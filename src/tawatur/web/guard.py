"""Who may ask at all: the start-up link, the session, and what every answer carries.

The pages are for the one person who started them. Four things stand in the way
of everybody else on the machine or in the same browser:

* the address: only a ``Host`` of the loopback is answered, so that a name which
  somebody points at 127.0.0.1 (DNS rebinding) reaches nothing;
* the link: `serve` prints one link with a token that works once;
* the session: a random cookie that scripts cannot read and other sites' pages
  cannot send; without it every address but ``/start`` and ``/healthz`` is closed,
  style sheets included, so that no site can tell by them what runs here;
* for what changes something: where the request comes from, and a token in the form.

Nothing of it is stored: when the process ends, every session ends.
"""

import hmac
import secrets
from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import urlsplit

from tawatur.model.ids import NodeId

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

OPEN = frozenset({"/start", "/healthz"})
"""What is answered without a session."""

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""On every answer."""


class Guard:
    """The token of one `serve` and the sessions that came of it; held in memory only."""

    def __init__(self, token: str, node: NodeId) -> None:
        self._token: bytes | None = _digest(token)
        self._sessions: set[bytes] = set()
        self._key = secrets.token_bytes(32)
        # Cookies do not tell ports apart: two nodes open at once need two names.
        self.cookie = "tawatur-" + sha256(node.encode()).hexdigest()[:12]

    def start(self, token: str) -> str | None:
        """Return a new session for the right token, which is then spent; None for any other."""
        if self._token is None or not hmac.compare_digest(self._token, _digest(token)):
            return None
        self._token = None
        session = secrets.token_urlsafe(32)
        self._sessions.add(_digest(session))
        return session

    def knows(self, session: str | None) -> bool:
        """Return whether ``session`` is one that was given out."""
        return session is not None and _digest(session) in self._sessions

    def form_token(self, session: str) -> str:
        """Return the token that forms of this session carry."""
        return hmac.new(self._key, session.encode(), sha256).hexdigest()

    def from_form(self, session: str, given: str) -> bool:
        """Return whether ``given`` is the token of this session's forms."""
        return hmac.compare_digest(self.form_token(session).encode(), given.encode())


def is_loopback(host: str | None) -> bool:
    """Return whether a ``Host`` header names this machine's loopback."""
    try:
        return urlsplit(f"//{host or ''}").hostname in LOOPBACK
    except ValueError:
        return False


def from_here(headers: Mapping[str, str]) -> bool:
    """Return whether a request that changes something comes from one of these pages.

    Under this site's referrer policy browsers send forms with ``Origin: null``; then
    ``Sec-Fetch-Site`` must say it. One of the two must be there.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if origin not in {None, "null"} and origin != f"http://{headers.get('host')}":
        return False
    return site == "same-origin" or (site is None and origin not in {None, "null"})


def local(address: str, default: str = "/") -> str:
    """Return ``address`` if it is a path of this site, else ``default``."""
    if not address.startswith("/") or address.startswith(("//", "/\\")):
        return default
    return default if any(c in address for c in "\r\n\t\\") else address


def _digest(secret: str) -> bytes:
    return sha256(secret.encode()).digest()
