"""By which keys does this node sign and open what is encrypted for it, and how do they change?

``keys/signing`` is the present signing key; ``keys/former`` lists the verifier keys before it,
by which the older part of the log is signed. ``keys/recipients`` holds the keys of age by
which bundles are opened, the newest first: each signing key begins with a new one, and those
before stay for what is on its way.

A change of keys is an entry, the last that the key before signs. ``keys/next`` holds the new
key from before that entry until it is in its place, so that a change which was cut off is
finished when the node is opened next.
"""

import hashlib
import os
import ssl
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from nacl.signing import SigningKey

from tawatur.errors import AlteredFileError, NodeError, NotForUsError, UsageError, system_message
from tawatur.ledger import Ledger, Signer, TableLedger, database_of
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import NodeId
from tawatur.node import bodies
from tawatur.node.drafting import Drafter
from tawatur.node.folder import Folder, secret_of, write_secret
from tawatur.settings import Wire, verify_wire
from tawatur.sharing import At, Card, Identity, Succession, succession

_SEED_BYTES = 32
_BEGIN, _END = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
_OTHERS = "No matching keys found"  # how age says that none of ours is meant


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Entries that were signed by a key since it may have been in other hands; both ends in."""

    since: datetime  # UTC
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one node; `Node.keys` is where the doors find them."""

    drafter: Drafter
    card: Card
    folder: Folder
    ledger: Ledger
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]
    wire: Wire
    since: datetime  # UTC, when the settings were written

    def identity(self) -> Identity:
        """Return what partners know this node by.

        Raises:
            UsageError: The settings name a certificate that cannot be read.
        """
        return Identity(self.card, self.chain(), self.recipient(), self.at())

    def at(self) -> At | None:
        """Return where partners ask this node, as the settings had it when it was opened."""
        if not self.wire.address:
            return None
        verify_wire(self.wire)
        shown, since = None, self.since
        if self.wire.certificate:
            file = self.folder.path / self.wire.certificate
            shown, since = certificate_digest(file), max(since, changed(file))
        return At(self.wire.address.rstrip("/"), shown, since)

    def chain(self) -> tuple[Succession, ...]:
        """Return how the keys of this node followed one another, oldest first."""
        return tuple(
            msgspec.convert(entry.payload.body, Succession)
            for entry in self.ledger.entries(kinds=(Kind.KEY,))
            if entry.payload is not None
        )

    def recipient(self) -> str:
        """Return the key for which others encrypt, made when it is first asked for."""
        import pyrage  # noqa: PLC0415 - few commands encrypt

        return str(pyrage.x25519.Identity.from_str(self._recipients()[0]).to_public())

    def opened(self, encrypted: bytes) -> bytes:
        """Return what was encrypted for this node.

        Raises:
            NotForUsError: It is for another key.
            AlteredFileError: It was altered or cut short.
        """
        import pyrage  # noqa: PLC0415 - as above

        own = [pyrage.x25519.Identity.from_str(each) for each in self._recipients()]
        try:
            return bytes(pyrage.decrypt(encrypted, own))
        except pyrage.DecryptError as cause:
            if _OTHERS in str(cause):
                raise NotForUsError("it is encrypted for another node") from cause
            raise AlteredFileError("the bundle was altered or cut short") from cause

    @staticmethod
    def encrypted(content: bytes, recipient: str) -> bytes:
        """Return what one recipient alone can open.

        Raises:
            AlteredFileError: It is no key of age.
        """
        import pyrage  # noqa: PLC0415 - as above

        try:
            to = pyrage.x25519.Recipient.from_str(recipient)
            return bytes(pyrage.encrypt(content, [to]))
        except pyrage.RecipientError as cause:
            raise AlteredFileError("the card does not hold what a card holds") from cause

    def succeed(self, why: str, revoked: datetime | None = None) -> Succession:
        """Put a new key in the place of the present one and return the word on it.

        The caller holds the node alone, and opens it anew: what is open signs by the old key.

        Args:
            why: The reason, for the record.
            revoked: Since when the present key may be in other hands, UTC.

        Raises:
            UsageError: No reason is given, or the time lies ahead.
        """
        if not why.strip():
            raise UsageError("give a reason, for the record")
        now = self.drafter.now()
        if revoked is not None and revoked > now:
            raise UsageError("that day is not yet")
        seed = self.drafter.entropy(_SEED_BYTES)
        origin = self.card.key.partition("+")[0]
        done = succession(
            self.card.id,
            (self.card.key, SigningKey(secret_of(self.folder.key_files[0]))),
            (Signer.from_seed(origin, seed).vkey, SigningKey(seed)),
            now,
            revoked,
        )
        draft = self.drafter.entry(Kind.KEY, {**bodies.body_of(done), "why": why.strip()})
        self.folder.next_key.unlink(missing_ok=True)
        write_secret(self.folder.next_key, seed.hex())
        self.append([draft])
        finish(self.folder, self.ledger)
        return done

    def note_lost(self, former: str, why: str) -> Succession:
        """Record that the key before the present one is lost, and return the word on it."""
        present = self.card.key, SigningKey(secret_of(self.folder.key_files[0]))
        done = succession(self.card.id, (former, None), present, self.drafter.now())
        body = {**bodies.body_of(done), "why": why}
        self.append([self.drafter.entry(Kind.KEY, body)])
        return done

    def doubtful(self) -> tuple[Doubtful, ...]:
        """Return which entries of this node were signed when its key may have been elsewhere."""
        changes = [
            (entry.seq, msgspec.convert(entry.payload.body, Succession).revoked)
            for entry in self.ledger.entries(kinds=(Kind.KEY,))
            if entry.payload is not None
        ]
        found = []
        for last, since in changes:
            if since is not None:
                entries = self.ledger.entries(0, last)
                first = next((e.seq for e in entries if e.header.time >= since), last)
                found.append(Doubtful(since, first, last))
        return tuple(found)

    def _recipients(self) -> list[str]:
        """Return the secret keys of age, newest first; one is made where there is none."""
        try:
            return self.folder.recipients.read_text("ascii").split()
        except FileNotFoundError:
            _add_recipient(self.folder)
            return self.folder.recipients.read_text("ascii").split()
        except OSError as cause:
            raise NodeError(
                "{0} may not be read ({1})", self.folder.recipients, system_message(cause)
            ) from cause


def finish(folder: Folder, ledger: Ledger) -> bool:
    """Put the next key in its place if the ledger says that it follows; return whether it did."""
    if not folder.next_key.exists():
        return False
    changes = [e.payload.body for e in ledger.entries(kinds=(Kind.KEY,)) if e.payload]
    seed = secret_of(folder.next_key)
    if not changes:
        return False
    origin = changes[-1]["key"].partition("+")[0]
    if Signer.from_seed(origin, seed).vkey != changes[-1]["key"]:
        return False  # it was never announced
    former = "".join(f"{each['former']}\n" for each in changes)
    _replace(folder.former, former)
    _add_recipient(folder)
    folder.next_key.replace(folder.key_files[0])
    return True


def replace_lost(folder: Folder, node: NodeId, store: str) -> str:
    """Put a new signing key where the old one is lost, and return the verifier key before it.

    The keys before are read from the ledger, which says by which key it was signed; whoever
    has a checkpoint from elsewhere can check it by that.

    Raises:
        UsageError: The key is there.
        LedgerError: The ledger cannot be used.
    """
    if folder.key_files[0].exists():
        raise UsageError("the key is not lost; `tawatur key rotate` puts another in its place")
    seed = os.urandom(_SEED_BYTES)
    signer = Signer.from_seed(f"tawatur.{node}", seed)
    with closing(TableLedger(database_of(store, folder.ledger), folder.blobs, signer, node)) as log:
        entries = (e.payload for e in log.entries(kinds=(Kind.NODE,)) if e.payload)
        former = list(dict.fromkeys(str(payload.body["key"]) for payload in entries))
    _replace(folder.former, "\n".join(former))
    write_secret(folder.key_files[0], seed.hex())
    return former[-1]


def changed(path: Path) -> datetime:
    """Return when a file was last written, UTC, to the millisecond; long ago if it is not there."""
    try:
        milliseconds = path.stat().st_mtime_ns // 1_000_000
    except OSError:
        milliseconds = 0
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=milliseconds)


def certificate_digest(path: Path) -> str:
    """Return the SHA-256 of the certificate in a file, the first where there are several.

    Raises:
        UsageError: There is none.
    """
    try:
        text = path.read_text("ascii")
        begin = text.index(_BEGIN)
        first = text[begin : text.index(_END, begin) + len(_END)]
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(first)).hexdigest()
    except OSError as cause:
        raise UsageError("{0} may not be read ({1})", path, system_message(cause)) from cause
    except ValueError as cause:
        raise UsageError("{0} holds no certificate", path) from cause


def _add_recipient(folder: Folder) -> None:
    import pyrage  # noqa: PLC0415 - few commands encrypt

    held = folder.recipients.read_text("ascii") if folder.recipients.exists() else ""
    _replace(folder.recipients, f"{pyrage.x25519.Identity.generate()}\n{held}")


def _replace(path: Path, text: str) -> None:
    """Write a file of secrets whole, or leave it as it was."""
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    write_secret(new, text.rstrip("\n"))
    new.replace(path)
