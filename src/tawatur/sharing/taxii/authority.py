"""Whose request is it?

A port: `Authority.who` says on whose behalf a request is answered, or that it is nobody's.
`Doorkeeper` is for programs that know nothing else than names with passwords (HTTP Basic) or
tokens; the node keeps hashes only. A password is stretched (scrypt) once, then known by a
keyed digest for a quarter of an hour; a token has 256 random bits and needs no stretching.
Passwords that fail are counted by address; who is known is not held up by them.
"""

import base64
import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from tawatur.model.ids import NodeId
from tawatur.model.label import Viewer
from tawatur.sharing.taxii.asked import Asked
from tawatur.sharing.taxii.pace import Pace, verify_pace

_KNOWN_S = 900.0
_KNOWN = 1000
_SCRYPT = {"n": 2**14, "r": 8, "p": 1}
_TOKEN = "token"  # noqa: S105 - a word, not a secret
_PASSWORD = "scrypt"  # noqa: S105 - as above


class Authority(Protocol):
    """Says who asks."""

    def who(self, asked: Asked) -> Viewer | None:
        """Return on whose behalf a request is answered; None where nobody's. Safe for threads.

        Its body is not there yet.

        Raises:
            Refused: Somebody tries too often.
        """

    @property
    def challenge(self) -> str:
        """What an answer of 401 asks for (RFC 9110, section 11.6.1)."""


def password_hash(password: str) -> str:
    """Return what the settings hold of a password."""
    salt = secrets.token_bytes(16)
    return f"{_PASSWORD}${salt.hex()}${_stretched(password, salt).hex()}"


def new_token() -> tuple[str, str]:
    """Return a token and what the settings hold of it."""
    token = secrets.token_urlsafe(32)
    return token, f"{_TOKEN}${hashlib.sha256(token.encode()).hexdigest()}"


@dataclass(slots=True)
class Doorkeeper:
    """Knows programs by name and password, or by token.

    Args:
        accounts: For each name the organisation that it stands for, and the hash of its
            password or token.
        viewer: Returns an organisation as the lists have it; None for one that is no partner.
        clock: Seconds that never go back.
        failures: How many wrong passwords may come from one address.
    """

    accounts: Mapping[str, tuple[NodeId, str]]
    viewer: Callable[[NodeId], Viewer | None]
    clock: Callable[[], float] = time.monotonic
    failures: Pace = field(default_factory=lambda: Pace(60.0))
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    _known: dict[bytes, tuple[str, float]] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def challenge(self) -> str:
        """See `Authority.challenge`."""
        return 'Basic realm="TAXII", charset="UTF-8", Bearer'

    def who(self, asked: Asked) -> Viewer | None:
        """See `Authority.who`."""
        given = asked.headers.get("authorization", "")
        if not given:
            return None
        digest = hmac.digest(self._key, given.encode("utf-8", "replace"), "sha256")
        name, until = self._known.get(digest, ("", 0.0))
        if self.clock() >= until:
            found = self._named(given, asked.client)
            if found is None:
                return None
            name = found
            with self._lock:
                if len(self._known) >= _KNOWN:
                    self._known.clear()
                self._known[digest] = name, self.clock() + _KNOWN_S
        return self.viewer(self.accounts[name][0])

    def _named(self, given: str, client: str) -> str | None:
        """Return the account that proves itself with an Authorization header."""
        scheme, _, rest = given.partition(" ")
        if scheme.lower() == "bearer":
            digest = f"{_TOKEN}${hashlib.sha256(rest.strip().encode()).hexdigest()}"
            matches = [n for n, (_, held) in self.accounts.items()
                       if hmac.compare_digest(held.encode(), digest.encode())]  # fmt: skip
            return matches[0] if matches else None
        if scheme.lower() != "basic":
            return None
        try:
            name, _, password = base64.b64decode(rest, validate=True).decode("utf-8").partition(":")
        except ValueError:
            return None
        # An unknown name costs as much as a wrong password.
        held = self.accounts.get(name, (NodeId(""), f"{_PASSWORD}${'00' * 16}$"))[1]
        kind, _, salted = held.partition("$")
        if kind != _PASSWORD:
            return None
        salt, _, digest = salted.partition("$")
        verify_pace(self.failures.wait(client, count=False))
        if hmac.compare_digest(_stretched(password, bytes.fromhex(salt)).hex(), digest):
            return name
        self.failures.wait(client)
        return None


def _stretched(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode("utf-8"), salt=salt, dklen=32, **_SCRYPT)
