"""Every error that leaves Tawatur, as one tree.

    TawaturError
    ├── UsageError                what was asked cannot be asked            exit 2
    │   ├── UnknownIdError        no such claim, document, partner …
    │   └── AmbiguousIdError      a shortened id fits several
    ├── IntakeError               bytes that do not become a document
    │   ├── EmptyFileError
    │   ├── BinaryFileError
    │   ├── TooLargeError
    │   └── UnreadableFileError
    ├── ReadingError              a reader proposed what the text does not hold
    ├── LedgerError
    │   ├── VerificationError     a stored or received byte is not what was signed
    │   ├── StaleCopyError        the ledger is older than a checkpoint in hand
    │   └── StorageFullError
    ├── NodeError
    │   ├── NotANodeError         the folder is not a node
    │   ├── NewerNodeError        the folder was written by a later version
    │   └── NodeBusyError         another command holds the node
    └── SharingError
        ├── NotReleasableError    the label does not allow it
        ├── UnknownSenderError
        ├── NotForUsError
        └── AlteredFileError

An error carries the ids at fault as attributes and says what was expected, what
was found and what to do. Nothing foreign escapes an edge: it is raised ``from``
its cause.
"""

from collections.abc import Sequence
from pathlib import Path


class TawaturError(Exception):
    """Anything that Tawatur refuses; its text is one line meant for a person."""


class UsageError(TawaturError):
    """What was asked cannot be asked."""


_LISTED = {
    "claim": "claims",
    "commitment": "commitments",
    "conflict": "conflicts",
    "document": "documents",
    "entity": "entities",
    "event": "events",
    "partner": "partners",
    "request": "requests",
}


class UnknownIdError(UsageError):
    """No such thing, or none that the viewer may see; the two are not told apart."""

    def __init__(self, kind: str, given: str) -> None:
        hint = f"; `tawatur {_LISTED[kind]}` lists those there are" if kind in _LISTED else ""
        super().__init__(f"no {kind} {given!r}{hint}")
        self.kind, self.given = kind, given


class AmbiguousIdError(UsageError):
    """A shortened id fits several."""

    def __init__(self, given: str, found: Sequence[str]) -> None:
        super().__init__(f"{given!r} could be {', '.join(found[:4])}; give more of it")
        self.given, self.found = given, tuple(found)


class IntakeError(TawaturError):
    """Bytes that do not become a document."""


class EmptyFileError(IntakeError):
    """No text in it."""


class BinaryFileError(IntakeError):
    """Not text, whatever its name says."""


class TooLargeError(IntakeError):
    """Over a limit, which the message names."""


class UnreadableFileError(IntakeError):
    """The operating system or the format refused it."""


class ReadingError(TawaturError):
    """A reader proposed what the text does not hold."""


class LedgerError(TawaturError):
    """The ledger refuses."""


class VerificationError(LedgerError):
    """A stored or received byte is not what was signed."""

    def __init__(self, where: str, what: str, *, seq: int | None = None) -> None:
        super().__init__(f"{where}: {what}")
        self.where, self.what, self.seq = where, what, seq


class StaleCopyError(VerificationError):
    """The ledger holds less than, or other than, a checkpoint in hand says."""


class StorageFullError(LedgerError):
    """The disk is full; nothing of the batch was kept."""


class NodeError(TawaturError):
    """A node folder refuses."""


class NotANodeError(NodeError):
    """The folder is not a node."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} is not a node; make one with `tawatur init {folder}`")
        self.folder = folder


class NewerNodeError(NodeError):
    """The folder was written by a later version."""

    def __init__(self, folder: Path, found: int, known: int) -> None:
        super().__init__(
            f"{folder} was written by a newer Tawatur (format {found}, this one knows {known}); "
            "update Tawatur; nothing was changed"
        )
        self.folder, self.found, self.known = folder, found, known


class NodeBusyError(NodeError):
    """Another command holds the node longer than this one may wait."""


class SharingError(TawaturError):
    """A release or a receipt that may not be."""


class NotReleasableError(SharingError):
    """The label does not allow it."""


class UnknownSenderError(SharingError):
    """A file from a node that is no partner."""


class NotForUsError(SharingError):
    """A file for another node."""


class AlteredFileError(SharingError):
    """A file that is not what its sender signed."""
