"""Answers of a language model, kept so that the same question costs nothing a second time.

One file per question, under the digest of all that was asked (words, model, wording,
schema), in one folder per document, so that a document's answers can be erased with it.
They hold words of reports: the folder is its owner's alone. Whatever cannot be read, or
not be written, is as if it had not been kept.
"""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from tawatur.endpoint import Answer

_FORM = 1


class _Kept(msgspec.Struct, frozen=True):
    """One answer as it lies in its file."""

    form: int
    question: str
    answer: Answer


def digest_of(body: Mapping[str, Any]) -> str:
    """Return the name of a question: equal for equal questions only."""
    return hashlib.sha256(msgspec.json.encode(body, order="deterministic")).hexdigest()


@dataclass(frozen=True, slots=True)
class Answers:
    """The folder; ``path`` None keeps nothing."""

    path: Path | None

    def kept(self, document: str, question: str) -> Answer | None:
        """Return the answer to a question about a document, None if none is kept."""
        if self.path is None:
            return None
        try:
            raw = (self.path / document / f"{question}.json").read_bytes()
            found = msgspec.json.decode(raw, type=_Kept)
        except (OSError, msgspec.MsgspecError, RecursionError, ValueError):
            return None
        return found.answer if (found.form, found.question) == (_FORM, question) else None

    def keep(self, document: str, question: str, answer: Answer) -> None:
        """Keep an answer: whole or not at all."""
        if self.path is None:
            return
        folder = self.path / document
        raw = msgspec.json.encode(_Kept(_FORM, question, answer))
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.path.chmod(0o700)
            new = folder / f"{question}.{os.getpid()}.new"
            handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as stream:
                stream.write(raw)
            new.replace(folder / f"{question}.json")

    def forget(self, document: str) -> None:
        """Erase the answers about one document.

        Raises:
            OSError: They cannot be removed.
        """
        if self.path is not None and (folder := self.path / document).exists():
            shutil.rmtree(folder)

    def forget_others(self, held: Callable[[str], bool]) -> None:
        """Erase the answers about documents that are not ``held``.

        Raises:
            OSError: They cannot be removed.
        """
        if self.path is None or not self.path.is_dir():
            return
        for folder in sorted(self.path.iterdir()):
            if not held(folder.name):
                shutil.rmtree(folder)
