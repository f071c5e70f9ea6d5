"""Every error that leaves Tawatur, as one tree.

    TawaturError
    ├── UsageError                what was asked cannot be asked            exit 2
    │   ├── UnknownIdError        no such claim, document, partner …
    │   │   └── UnconfirmedPartnerError  nobody has compared its fingerprint
    │   ├── AmbiguousIdError      a shortened id fits several
    │   └── OutdatedError         what was looked at is not as it was
    ├── IntakeError               bytes that do not become a document
    │   ├── EmptyFileError
    │   ├── BinaryFileError
    │   ├── TooLargeError
    │   └── UnreadableFileError
    ├── ReadingError              a reader proposed what the text does not hold
    ├── EndpointError             a language model's server gave no usable answer
    │   └── EndpointRefusedError  … and will give none, whatever is asked
    ├── FetchError                an address gave nothing that can be taken in
    │   ├── NotAllowedError       settings, network or robots.txt forbid it
    │   └── NotNowError           it may be there later
    ├── LedgerError
    │   ├── VerificationError     a stored or received byte is not what was signed
    │   │   └── StaleCopyError    the ledger is older than a checkpoint in hand
    │   └── StorageFullError
    ├── NodeError
    │   ├── NotANodeError         the folder is not a node
    │   ├── NewerNodeError        the folder was written by a later version
    │   ├── NodeBusyError         another command holds the node
    │   └── RoleNeededError       whoever asks may not do this
    └── SharingError
        ├── NotReleasableError    the label does not allow it
        ├── UnknownSenderError
        ├── NotForUsError
        ├── AlteredFileError
        ├── UntimelyError         a request is a partner's, and not for now
        ├── NotTakenError         a partner says that it does not take what it was brought
        └── ForeignFileError      what another program wrote cannot be taken in

An error carries the ids at fault as attributes and says what was expected, what
was found and what to do. Nothing foreign escapes an edge: it is raised ``from``
its cause. What it says is a `Message`, so that the doors can say it in Arabic,
French or English (`tawatur.i18n.said`); ``str()`` gives English. The texts that
``ReadingError`` and ``VerificationError`` carry inside stay English.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, Union

Filling: TypeAlias = Union[str, "Message"]
"""What fills a place: words as they are, or a message that is translated as well."""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for a person: an English template with ``{0}`` places, and what fills them.

    The template is the key under which catalogues hold its translations; without
    arguments it is taken as it stands, braces and all. ``str()`` gives English.
    """

    template: str
    args: tuple[Filling, ...] = ()

    def __str__(self) -> str:
        return self.template.format(*self.args) if self.args else self.template


class TawaturError(Exception):
    """Anything that Tawatur refuses; its text is one line meant for a person.

    Attributes:
        template: The English sentence with ``{0}`` places.
        args_: What fills them: words, or messages that are translated in their turn.
    """

    def __init__(self, template: str = "", *args: object) -> None:
        super().__init__(template, *args)
        self.template = template
        self.args_ = tuple(map(_filling, args))

    @property
    def message(self) -> Message:
        """What the error says, apart from it: may be kept, and sent between processes."""
        return Message(self.template, self.args_)

    def __str__(self) -> str:
        return " ".join(str(self.message).split())  # one line, whatever a path or a cause holds


def _filling(value: object) -> Filling:
    """Return what fills a place: an error does with its own message."""
    if isinstance(value, TawaturError):
        return value.message
    return value if isinstance(value, Message) else str(value)


def system_message(cause: OSError) -> Message:
    """Return what the operating system said, in the few words it has for it."""
    return Message(cause.strerror or str(cause))


class UsageError(TawaturError):
    """What was asked cannot be asked."""


class OutdatedError(UsageError):
    """What somebody looked at was changed by another since; nothing was recorded."""


_NONE_SUCH = {
    "account": "no account {0}; `tawatur account list` lists those there are",
    "blob": "no blob {0}",
    "border-notice": "no border notice {0}; `tawatur border-notices` lists those there are",
    "calendar": "no calendar address {0}; `tawatur calendar-address list` lists those there are",
    "claim": "no claim {0}; `tawatur claims` lists those there are",
    "commitment": "no commitment {0}; `tawatur commitments` lists those there are",
    "community": "no community {0}; `tawatur communities` lists those there are",
    "conflict": "no conflict {0}; `tawatur conflicts` lists those there are",
    "document": "no document {0}; `tawatur documents` lists those there are",
    "entity": "no entity {0}; `tawatur entities` lists those there are",
    "entry": "no entry {0}",
    "interest": "no area of interest {0}; `tawatur border-notice interests` lists those there are",
    "hypothesis": "no explanation {0}; `tawatur hypotheses` lists those there are",
    "gloss": "no note {0}; `tawatur document` lists those on a document",
    "marking": "no name or time marked by hand has the id {0}",
    "event": "no event {0}; `tawatur events` lists those there are",
    "lesson": "no lesson {0}; `tawatur lessons` lists those there are",
    "pointer": "no pointer {0}; `tawatur pointers` lists those there are",
    "meeting": "no meeting {0}; `tawatur meetings` lists those there are",
    "partner": "no partner {0}; `tawatur partners` lists those there are",
    "relation": "no relation {0}; `tawatur entity` lists those of an entity",
    "release": "no release {0}; `tawatur outbox` lists those that wait",
    "request": "no request {0}; `tawatur requests` lists those there are",
    "trace": "no trace {0} that names somebody; `tawatur traces` lists those there are",
    "review": "no review {0}; `tawatur reviews` lists those there are",
    "root": "no root {0}; `tawatur roots` lists those of an event",
    "subject": "no subject {0}; `tawatur subjects` lists those there are",
    "source": "no source {0}; `tawatur sources` lists those there are",
    "ruling": "no ruling {0}; `tawatur rulings` lists those that hold",
}


class UnknownIdError(UsageError):
    """No such thing, or none that the viewer may see; the two are not told apart."""

    def __init__(self, kind: str, given: str) -> None:
        super().__init__(_NONE_SUCH.get(kind, "no such thing: {0}"), repr(given))
        self.kind, self.given = kind, given


class UnconfirmedPartnerError(UnknownIdError):
    """A partner whose fingerprint nobody has compared yet: nothing goes, nothing is believed."""

    def __init__(self, given: str) -> None:
        UsageError.__init__(
            self,
            "{0} has to be confirmed first: compare its fingerprint, then "
            "`tawatur partner confirm {0} …`",
            given,
        )
        self.kind, self.given = "partner", given


class AmbiguousIdError(UsageError):
    """A shortened id fits several."""

    def __init__(self, given: str, found: Sequence[str]) -> None:
        super().__init__("{0} could be {1}; give more of it", repr(given), ", ".join(found[:4]))
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


class EndpointError(TawaturError):
    """A language model's server gave no answer that can be used."""


class EndpointRefusedError(EndpointError):
    """It will give none, whatever is asked: the key, the model or the address is wrong."""


class FetchError(TawaturError):
    """An address gave nothing that can be taken in."""


class NotAllowedError(FetchError):
    """The settings, its network or its site's robots.txt do not allow it to be fetched."""


class NotNowError(FetchError):
    """It may be there later; ``after`` seconds, where the site names them."""

    def __init__(self, template: str = "", *args: object, after: float | None = None) -> None:
        super().__init__(template, *args)
        self.after = after


class LedgerError(TawaturError):
    """The ledger refuses."""


class VerificationError(LedgerError):
    """A stored or received byte is not what was signed.

    What it says is a finding for whoever repairs the node, and for the maintainers: it
    stays English in every language of the interface, and the doors frame it in theirs.
    """

    def __init__(self, where: str, what: str, *, seq: int | None = None) -> None:
        super().__init__("{0}: {1}", where, what)
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
        super().__init__("{0} is not a node; make one with `tawatur init {0}`", folder)
        self.folder = folder


class NewerNodeError(NodeError):
    """The folder was written by a later version."""

    def __init__(self, folder: Path, found: int, known: int) -> None:
        super().__init__(
            "{0} was written by a newer Tawatur (format {1}, this one knows {2}); "
            "update Tawatur; nothing was changed",
            folder,
            found,
            known,
        )
        self.folder, self.found, self.known = folder, found, known


class NodeBusyError(NodeError):
    """Another command holds the node longer than this one may wait."""


class RoleNeededError(NodeError):
    """Whoever asks has not the role that this takes, or is of another organisation."""


class SharingError(TawaturError):
    """A release, a notice or a receipt that may not be.

    Attributes:
        letter: The id of what a partner signed for this node, where the refusal was recorded.
    """

    letter: str | None = None


class NotReleasableError(SharingError):
    """The label does not allow it."""


class UnknownSenderError(SharingError):
    """A file from a node, the ``sender``, that is no partner."""

    def __init__(self, template: str, *args: object, sender: str = "") -> None:
        super().__init__(template, *args)
        self.sender = sender


class NotForUsError(SharingError):
    """A file for another node."""


class AlteredFileError(SharingError):
    """A file that is not what its sender signed."""


class UntimelyError(SharingError):
    """A request is signed by a partner, and not for now: clocks differ, or it came ``before``."""

    def __init__(
        self, template: str, *args: object, signer: str = "", before: bool = False
    ) -> None:
        super().__init__(template, *args)
        self.signer, self.before = signer, before


class NotTakenError(SharingError):
    """A partner says, signed, that it does not take what it was brought."""


class ForeignFileError(SharingError):
    """A file of another program that is not, or is more than, what can be taken in."""
