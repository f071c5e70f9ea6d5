"""A node's folder: where everything lies, made by ``init``, checked by ``open``.

tawatur.toml   settings, for people
keys/          signing key, id key, keys of age, and what they were before; for the owner alone
passwords      hashes of the passwords of accounts, for the owner alone
ledger.db      the log, its payloads and checkpoints, unless PostgreSQL keeps them
blobs/         originals and texts, under their digests
answers/       what a language model answered about them; may be deleted
index.db       everything derived; may be deleted
shelves.db     what lies ready for partners, and what they handed in
wire.db        bundles on their way to partners, and which requests came
containers.db  which archives were taken whole; may be deleted
feeds/         what was seen of the feeds that are watched; may be deleted
write.lock     who writes now
bundle.lock    who writes a bundle now
serve.lock     who serves pages now
"""

import os
from dataclasses import dataclass
from pathlib import Path

from tawatur.errors import NodeError, NotANodeError, UsageError, system_message
from tawatur.ledger import verify_unused
from tawatur.model.ids import NodeId, id_of
from tawatur.settings import FILE, LedgerPlace, Settings, save

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Keys:
    """The node's secrets, 32 bytes each, and the verifier keys before the present one."""

    signing: bytes  # Ed25519 seed
    ids: bytes  # for keyed ids
    former: tuple[str, ...] = ()  # oldest first


@dataclass(frozen=True, slots=True)
class Folder:
    """The paths within one node folder."""

    path: Path

    @property
    def ledger(self) -> Path:
        """The log's database."""
        return self.path / "ledger.db"

    @property
    def blobs(self) -> Path:
        """Where originals and texts are."""
        return self.path / "blobs"

    @property
    def answers(self) -> Path:
        """What a language model answered, in one folder per document."""
        return self.path / "answers"

    @property
    def feeds(self) -> Path:
        """What was seen of feeds, in one file for each."""
        return self.path / "feeds"

    @property
    def index(self) -> Path:
        """The derived database."""
        return self.path / "index.db"

    @property
    def shelves(self) -> Path:
        """What lies ready for partners."""
        return self.path / "shelves.db"

    @property
    def wire(self) -> Path:
        """Bundles on their way to partners."""
        return self.path / "wire.db"

    @property
    def containers(self) -> Path:
        """Which containers were taken whole."""
        return self.path / "containers.db"

    @property
    def passwords(self) -> Path:
        """The hashes of passwords, where there are accounts."""
        return self.path / "passwords"

    @property
    def write_lock(self) -> Path:
        """Held for a batch."""
        return self.path / "write.lock"

    @property
    def bundle_lock(self) -> Path:
        """Held while a bundle is written, so that its number is no other's."""
        return self.path / "bundle.lock"

    @property
    def serve_lock(self) -> Path:
        """Held while pages are served."""
        return self.path / "serve.lock"

    @property
    def key_files(self) -> tuple[Path, Path]:
        """Signing key and id key."""
        return self.path / "keys" / "signing", self.path / "keys" / "ids"

    @property
    def next_key(self) -> Path:
        """The signing key that is about to follow, while it does."""
        return self.path / "keys" / "next"

    @property
    def former(self) -> Path:
        """The verifier keys before the present one, a line for each."""
        return self.path / "keys" / "former"

    @property
    def recipients(self) -> Path:
        """The secret keys of age, newest first, a line for each."""
        return self.path / "keys" / "recipients"


def made(path: Path, name: str | None, place: LedgerPlace) -> Folder:
    """Make a node folder at ``path`` and return it; its ledger will be kept at ``place``.

    Raises:
        UsageError: There is a node, or something else, already.
        NodeError: The folder cannot be written.
        LedgerError: The database holds a ledger already, or cannot be asked.
    """
    if (path / FILE).exists():
        raise UsageError("{0} is a node already", path)
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise UsageError("{0} is not empty; give a new or an empty folder", path)
    folder = Folder(path)
    verify_unused(place.store, folder.ledger)
    try:
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o700)
        folder.blobs.mkdir(mode=0o700)
        folder.key_files[0].parent.mkdir(mode=0o700)
        for key_file in folder.key_files:
            write_secret(key_file, os.urandom(_KEY_BYTES).hex())
        # Last, so that what has settings is whole.
        node = NodeId(id_of("n", os.urandom(10)))
        save(path, Settings(node, name or path.absolute().name, ledger=place))
    except OSError as cause:
        raise NodeError("{0} cannot be written ({1})", path, system_message(cause)) from cause
    return folder


def keys_of(folder: Folder) -> Keys:
    """Return the node's keys.

    Raises:
        NotANodeError: They are missing.
        NodeError: They may be read by others than their owner, or are damaged.
    """
    signing, ids = map(secret_of, folder.key_files)
    former = folder.former.read_text("ascii").split() if folder.former.exists() else ()
    return Keys(signing, ids, tuple(former))


def secret_of(path: Path) -> bytes:
    """Return the 32 bytes of a key file; raises as `keys_of` does."""
    try:
        if path.stat().st_mode & 0o077:
            raise NodeError("{0} can be read by others; run `chmod 600 {0}`", path)
        raw = bytes.fromhex(path.read_text("ascii").strip())
    except FileNotFoundError as cause:
        folder = Folder(path.parent.parent)
        if not (folder.path / FILE).exists():
            raise NotANodeError(folder.path) from cause
        if path == folder.key_files[0]:
            raise NodeError(
                "{0} is gone: put it back from a backup; if it is lost, `tawatur key lost` "
                "makes another",
                path,
            ) from cause
        raise NodeError("{0} is gone: only a backup brings it back", path) from cause
    except OSError as cause:
        raise NodeError("{0} may not be read ({1})", path, system_message(cause)) from cause
    except ValueError as cause:
        raise NodeError("{0} is not a key: {1}", path, cause) from cause
    if len(raw) != _KEY_BYTES:
        raise NodeError("{0} is not a key: {1} bytes, expected {2}", path, len(raw), _KEY_BYTES)
    return raw


def write_secret(path: Path | str, secret: str) -> None:
    """Write a new file that its owner alone may read."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as stream:
        stream.write(f"{secret}\n")
