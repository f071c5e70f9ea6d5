"""Where do the bytes of documents lie, and when are they there?

A blob is a file named for its SHA-256, ``ab/cdef…``, readable by the owner
only. It is written under another name, synced and renamed, and the folder is
synced, so that a name never stands for half a content. Putting and removing
happen under the ledger's write lock; reading needs none.
"""

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from tawatur.errors import VerificationError
from tawatur.ledger.forms import named_digest

_FILE_MODE = 0o600
_FOLDER_MODE = 0o700
_UNFINISHED = "unfinished"  # folder of files not yet renamed
_HEX = frozenset("0123456789abcdef")
_STEP = 1 << 20

Fault = Callable[[str], None]
"""Called before and after each step that touches storage; tests let it raise."""


def no_fault(step: str) -> None:
    """Let every step pass."""


class BlobFolder:
    """A folder of blobs."""

    def __init__(self, folder: Path, fault: Fault = no_fault) -> None:
        self.folder, self._fault = folder, fault

    def create(self) -> None:
        """Make the folder if it is not there."""
        self.folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        (self.folder / _UNFINISHED).mkdir(mode=_FOLDER_MODE, exist_ok=True)
        sync_folder(self.folder)

    def put(self, contents: Mapping[bytes, bytes], made: list[bytes]) -> None:
        """Store contents under their raw digests, durably.

        ``made`` receives the digests that were not there, before they get their names.
        """
        folders = set()
        for digest, content in contents.items():
            path = self._path(digest)
            folders.add(path.parent)
            if self._holds(path, content):
                continue  # its folder is synced all the same: who made it may have been killed
            if not path.parent.is_dir():
                path.parent.mkdir(mode=_FOLDER_MODE, exist_ok=True)
                folders.add(self.folder)
            if not path.exists():
                made.append(digest)
            self._write(path, content)
        for folder in sorted(folders):
            with self._step("blob folder"):
                sync_folder(folder)

    def read(self, digest: bytes) -> bytes:
        """Return a content after checking it.

        Raises:
            VerificationError: It is missing or altered.
        """
        try:
            content = self._path(digest).read_bytes()
        except FileNotFoundError as error:
            raise VerificationError(f"blob {named_digest(digest)}", "it is missing") from error
        if sha256(content).digest() != digest:
            raise VerificationError(f"blob {named_digest(digest)}", "it was altered")
        return content

    def fault(self, digest: bytes) -> str | None:
        """Return what is wrong with a stored blob, or None; memory stays bounded."""
        seen = sha256()
        try:
            with self._path(digest).open("rb") as file:
                while piece := file.read(_STEP):
                    seen.update(piece)
        except OSError as error:
            return "is missing" if isinstance(error, FileNotFoundError) else f"is {error.strerror}"
        return None if seen.digest() == digest else "was altered"

    def wipe(self, digest: bytes) -> None:
        """Overwrite and remove a blob, durably; it may be gone already."""
        path = self._path(digest)
        if path.exists():
            with self._step("blob wipe"):
                _wipe(path)
        if path.parent.is_dir():
            sync_folder(path.parent)

    def unfinished(self) -> Iterator[Path]:
        """Yield the files that never got their name."""
        with contextlib.suppress(FileNotFoundError):
            yield from sorted((self.folder / _UNFINISHED).iterdir())

    def stored(self) -> Iterator[bytes]:
        """Yield the digests of all files that have a blob's name; other files are left alone."""
        for folder in sorted(self.folder.iterdir()):
            if len(folder.name) == 2 and folder.is_dir():
                for file in sorted(folder.iterdir()):
                    name = folder.name + file.name
                    if len(name) == 64 and _HEX.issuperset(name):
                        yield bytes.fromhex(name)

    def drop(self, file: Path) -> None:
        """Overwrite and remove one of `unfinished`."""
        _wipe(file)

    def _path(self, digest: bytes) -> Path:
        return self.folder / digest.hex()[:2] / digest.hex()[2:]

    def _write(self, path: Path, content: bytes) -> None:
        """Write ``content`` so that ``path`` is there whole or not at all."""
        unfinished = self.folder / _UNFINISHED / f"{os.getpid()}-{path.parent.name}{path.name}"
        try:
            with self._step("blob write"):
                descriptor = os.open(
                    unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, _FILE_MODE
                )
                with open(descriptor, "wb") as file:  # noqa: PTH123 (a descriptor, for its mode)
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
            with self._step("blob rename"):
                unfinished.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                unfinished.unlink()
            raise

    @staticmethod
    def _holds(path: Path, content: bytes) -> bool:
        """Return whether ``path`` holds ``content`` already, whole and unaltered."""
        try:
            return path.stat().st_size == len(content) and path.read_bytes() == content
        except FileNotFoundError:
            return False

    @contextlib.contextmanager
    def _step(self, name: str) -> Iterator[None]:
        self._fault(f"before {name}")
        yield
        self._fault(f"after {name}")


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _wipe(path: Path) -> None:
    """Overwrite a file with zeros, sync it, and remove it."""
    with contextlib.suppress(FileNotFoundError):
        with path.open("r+b") as file:
            left = file.seek(0, os.SEEK_END)
            file.seek(0)
            while left:
                left -= file.write(bytes(min(left, _STEP)))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
