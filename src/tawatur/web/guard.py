"""Who may ask at all: the start-up link or a password, the session, and what every answer carries.

While a node has no account, its pages are for the one person who started them. Four things
stand in the way of everybody else on the machine or in the same browser:

* the address: only a ``Host`` of the loopback is answered, so that a name which
  somebody points at 127.0.0.1 (DNS rebinding) reaches nothing;
* the link: `serve` prints one link with a token that works once;
* the session: a random cookie that scripts cannot read and other sites' pages
  cannot send; without it every address but ``/start``, ``/healthz`` and those of
  calendars (`tawatur.node.desk.calendars`) is closed, style sheets included, so that no site can
  tell by them what runs here;
* for what changes something: where the request comes from, and a token in the form.

Where there are accounts, a name and a password stand in the place of the link; sessions
end when nobody asks for a while, and after some hours in any case; wrong passwords close an
account for a while. A proxy on this machine may hand on what others ask under a host that the
settings name, over https alone.

Nothing of it is stored: when the process ends, every session ends.
"""

import hmac
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from tawatur.model.ids import ActorId, NodeId
from tawatur.settings import LOOPBACK, Web

OPEN = frozenset({"/start", "/healthz"})
"""What is answered without a session."""

OPEN_TO_NAMES = frozenset({"/login", "/language", "/healthz"})
"""What is answered without a session where there are accounts, with the style of the pages."""

CALENDARS = "/calendar/"
"""Where calendars are read without a session, by a word that stands in for one."""

MOST_NAMES = 10_000
"""Names of which wrong passwords are remembered; after so many, the oldest is forgotten."""

MOST_WAITING = 8
"""Who wait at once for the turn to have a password tried; others are sent away."""

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


@dataclass(frozen=True, slots=True)
class Session:
    """Who came in, when (UTC), and when they asked last.

    ``actor`` is None for whoever opened the start-up link: that session ends with the process.
    ``stamp`` is that of the password by which they came in (`Passwords.stamp`).
    """

    began: datetime
    asked: datetime
    actor: ActorId | None = None
    name: str = ""
    stamp: str = ""


class Guard:
    """The sessions of one `serve`, and how they begin; held in memory only."""

    def __init__(
        self, token: str | None, node: NodeId, web: Web, clock: Callable[[], datetime]
    ) -> None:
        """Let in by the start-up link with ``token``; by name and password where it is None."""
        self._token = None if token is None else _digest(token)
        self.by_name = token is None
        self._web, self._clock = web, clock
        self._sessions: dict[bytes, Session] = {}
        self._key = secrets.token_bytes(32)
        self.attempts = Attempts(web, clock)
        # Cookies do not tell ports apart: two nodes open at once need two names.
        self.cookie = "tawatur-" + sha256(node.encode()).hexdigest()[:12]

    def start(self, token: str) -> str | None:
        """Return a new session for the right token, which is then spent; None for any other."""
        if self._token is None or not hmac.compare_digest(self._token, _digest(token)):
            return None
        self._token = None
        return self._begun(None, "", "")

    def enter(self, actor: ActorId, name: str, stamp: str) -> str:
        """Return a new session for somebody whose password was right."""
        for cookie, session in list(self._sessions.items()):
            if not self._lasts(session):
                self._sessions.pop(cookie, None)
        return self._begun(actor, name, stamp)

    def session(self, cookie: str | None) -> Session | None:
        """Return the session of a cookie, which then has asked now; None if there is none."""
        held = self.lasting(cookie)
        if cookie is None or held is None:
            return None
        now = replace(held, asked=self._clock())
        self._sessions[_digest(cookie)] = now
        return now

    def lasting(self, cookie: str | None) -> Session | None:
        """Return the session of a cookie as it is, for what a page asks by itself."""
        if cookie is None or (held := self._sessions.get(_digest(cookie))) is None:
            return None
        if self._lasts(held):
            return held
        self.leave(cookie)
        return None

    def leave(self, cookie: str) -> None:
        """End a session."""
        self._sessions.pop(_digest(cookie), None)

    def form_token(self, session: str) -> str:
        """Return the token that forms of this session carry."""
        return hmac.new(self._key, session.encode(), sha256).hexdigest()

    def from_form(self, session: str, given: str) -> bool:
        """Return whether ``given`` is the token of this session's forms."""
        return hmac.compare_digest(self.form_token(session).encode(), given.encode())

    def is_open(self, path: str) -> bool:
        """Return whether an address is answered without a session."""
        if path.startswith(CALENDARS) and path.endswith((".ics", ".atom")):
            return True
        if not self.by_name:
            return path in OPEN
        return path in OPEN_TO_NAMES or path.startswith("/static/")

    def is_named(self, host: str | None) -> bool:
        """Return whether a ``Host`` header is one under which the settings serve."""
        return self.by_name and (host or "").lower() in {each.lower() for each in self._web.hosts}

    def _begun(self, actor: ActorId | None, name: str, stamp: str) -> str:
        cookie, now = secrets.token_urlsafe(32), self._clock()
        self._sessions[_digest(cookie)] = Session(now, now, actor, name, stamp)
        return cookie

    def _lasts(self, session: Session) -> bool:
        if session.actor is None:
            return True
        now, web = self._clock(), self._web
        idle, whole = timedelta(minutes=web.idle_minutes), timedelta(hours=web.hours)
        return now - session.asked < idle and now - session.began < whole


class Attempts:
    """Wrong passwords, by the name that was given: too many in a row close it for a while.

    Whether there is such an account makes no difference.
    """

    def __init__(self, web: Web, clock: Callable[[], datetime]) -> None:
        self._web, self._clock = web, clock
        self._failed: dict[str, tuple[int, datetime]] = {}
        self._trying, self._waiting = threading.Lock(), threading.BoundedSemaphore(MOST_WAITING)

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Give the turn to try a password, False where too many wait for theirs.

        One is tried at a time: each takes 64 MiB, and threads that wait answer no page.
        """
        if not self._waiting.acquire(blocking=False):
            yield False
            return
        try:
            with self._trying:
                yield True
        finally:
            self._waiting.release()

    def closed(self, name: str) -> bool:
        """Return whether a name is closed now."""
        count, last = self._failed.get(name, (0, self._clock()))
        if self._clock() - last >= timedelta(minutes=self._web.closed_minutes):
            self._failed.pop(name, None)
            return False
        return count >= self._web.failures

    def failed(self, name: str) -> None:
        """Note a wrong password."""
        count, _ = self._failed.pop(name, (0, self._clock()))
        if len(self._failed) >= MOST_NAMES:
            self._failed.pop(next(iter(self._failed)))
        self._failed[name] = (count + 1, self._clock())

    def succeeded(self, name: str) -> None:
        """Forget what was wrong before."""
        self._failed.pop(name, None)


def is_loopback(host: str | None) -> bool:
    """Return whether a ``Host`` header names this machine's loopback."""
    try:
        return urlsplit(f"//{host or ''}").hostname in LOOPBACK
    except ValueError:
        return False


def from_here(headers: Mapping[str, str], scheme: str = "http") -> bool:
    """Return whether a request that changes something comes from one of these pages.

    Under this site's referrer policy browsers send forms with ``Origin: null``; then
    ``Sec-Fetch-Site`` must say it. One of the two must be there.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if origin not in {None, "null"} and origin != f"{scheme}://{headers.get('host')}":
        return False
    return site == "same-origin" or (site is None and origin not in {None, "null"})


def local(address: str, default: str = "/") -> str:
    """Return ``address`` if it is a path of this site, else ``default``."""
    if not address.startswith("/") or address.startswith(("//", "/\\")):
        return default
    return default if any(c in address for c in "\r\n\t\\") else address


def _digest(secret: str) -> bytes:
    return sha256(secret.encode()).digest()
