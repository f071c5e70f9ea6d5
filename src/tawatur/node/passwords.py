"""Does a password open an account? The only place where anything of passwords is kept.

One file in the node's folder, for its owner alone, holds an Argon2id hash for each account
(decision 26). The ledger holds none: what is signed and proven for good is no place for
what may be guessed one day.
"""

import json
import os
import secrets
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from nacl import pwhash
from nacl.exceptions import InvalidkeyError

from tawatur.errors import NodeError, UsageError, system_message
from tawatur.model.ids import ActorId, id_of

SHORTEST = 12
"""Characters of a password that a person chooses, at least."""
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Passwords:
    """The hashes of one node; whoever calls holds the node's right to write."""

    path: Path

    def right(self, actor: ActorId | None, password: str) -> bool:
        """Return whether a password opens an account.

        Whether there is such an account (None: there is none) does not show in the time taken.
        """
        known = self._all().get(actor) if actor is not None else None
        try:
            return pwhash.verify((known or _NOBODY).encode(), _bytes(password)) and bool(known)
        except InvalidkeyError:
            return False

    def stamp(self, actor: ActorId) -> str:
        """Return what is another one once the password is, empty where there is none."""
        known = self._all().get(actor)
        return sha256(known.encode()).hexdigest() if known else ""

    def new(self, actor: ActorId) -> str:
        """Give an account a password that nobody knew before, and return it."""
        letters = id_of("p", secrets.token_bytes(10))[2:]
        password = "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))
        self._keep(actor, password)
        return password

    def choose(self, actor: ActorId, password: str) -> None:
        """Give an account the password that its person chose.

        Raises:
            UsageError: It is too short.
        """
        if len(password.strip()) < SHORTEST or len(password) > _LONGEST:
            raise UsageError("a password has at least {0} characters", SHORTEST)
        self._keep(actor, password)

    def forget(self, actor: ActorId) -> None:
        """Leave an account without a password; nothing opens it."""
        self._write({each: known for each, known in self._all().items() if each != actor})

    def _keep(self, actor: ActorId, password: str) -> None:
        made = pwhash.argon2id.str(
            _bytes(password),
            opslimit=pwhash.argon2id.OPSLIMIT_INTERACTIVE,
            memlimit=pwhash.argon2id.MEMLIMIT_INTERACTIVE,
        )
        self._write({**self._all(), actor: made.decode()})

    def _all(self) -> dict[str, str]:
        try:
            if self.path.stat().st_mode & 0o077:
                raise NodeError("{0} can be read by others; run `chmod 600 {0}`", self.path)
            held = json.loads(self.path.read_text("ascii"))
        except FileNotFoundError:
            return {}
        except OSError as cause:
            raise NodeError(
                "{0} may not be read ({1})", self.path, system_message(cause)
            ) from cause
        except ValueError as cause:
            raise NodeError("{0} holds no passwords: {1}", self.path, cause) from cause
        return {str(actor): str(known) for actor, known in held.items()}

    def _write(self, held: dict[str, str]) -> None:
        """Put all of them in the place of the file at once; a crash leaves the old or the new."""
        beside = self.path.with_suffix(".new")
        try:
            beside.unlink(missing_ok=True)
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as stream:
                json.dump(held, stream)
                stream.flush()
                os.fsync(stream.fileno())
            beside.replace(self.path)
        except OSError as cause:
            raise NodeError(
                "{0} cannot be written ({1})", self.path, system_message(cause)
            ) from cause


def _bytes(password: str) -> bytes:
    """Return what is hashed: equal for a password however a keyboard composes its letters."""
    return unicodedata.normalize("NFKC", password).strip().encode()[: 4 * _LONGEST]


_NOBODY = (
    "$argon2id$v=19$m=65536,t=2,p=1$zRYJLMu5svTLdIo+LOxppw$"
    "kt5v+8sCoo/65uT81j8zzH6A630uI71e7Sg/3OsBGO4"
)
"""What a password is held against where there is no account: it takes as long."""
