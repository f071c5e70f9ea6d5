"""Files → what came of each, in order, within bounded memory: read in worker processes.

    thing → its bytes and their hash → held? → a worker reads it → a document, and, of a
    container, another worker unpacks it → documents, in its place

Whatever is held already costs its hash, a container that was taken whole included. Only a
few short texts are read in this process; everything else in workers with limits
(`tawatur.node.intake.workers`), handed out a few at a time, so that a folder or an archive of any
number of documents needs no more memory than a handful of them. What a worker may not
read is refused with the reason, and the rest goes on. The order does not depend on which
worker is first.
"""

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tawatur.errors import (
    IntakeError,
    Message,
    TooLargeError,
    UnreadableFileError,
    system_message,
)
from tawatur.intake import MAX_BYTES, Columns, Part, check_size
from tawatur.intake.kinds import CONTAINERS, Kind, kind_of
from tawatur.model.document import Extraction
from tawatur.model.ids import BlobDigest
from tawatur.model.reading import Reading
from tawatur.node.intake.work import Holds, Refused, ToRead, ToUnpack, Was, answer_to
from tawatur.node.intake.workers import Workers
from tawatur.node.views import Incoming, Refusal

_ALONE = 6
"""Up to so many things the short texts among them are read here: a worker starts in seconds."""

_SHORT = 64 * 1024
"""Bytes of a short text: read in a second."""

_HEAD = 4096

WITHIN = " » "
"""Between what holds and what is held, in the origin of a document that came out of something."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A document made of one incoming thing, and what the reader proposes about it.

    ``also`` is a second reader's, ``unread`` says why one that was asked for is missing.
    """

    incoming: Incoming
    content: bytes
    extraction: Extraction
    reading: Reading
    also: Reading | None = None
    unread: Message | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """An incoming thing whose bytes the caller said it holds."""

    incoming: Incoming
    content: bytes


@dataclass(frozen=True, slots=True)
class TakenBefore:
    """A container of which the caller said that it took all that is in it."""

    incoming: Incoming


@dataclass(frozen=True, slots=True)
class Emptied:
    """Follows the last document of a container; ``whole`` if this version gets no more out of it.

    That is so where nothing of it was refused, or for good.
    """

    incoming: Incoming
    digest: bytes  # sha256
    whole: bool


Outcome = Taken | Known | TakenBefore | Emptied | Refusal


def incoming(paths: Iterable[Path]) -> Iterator[Incoming | Refusal]:
    """Yield what lies at ``paths``: files as they are, folders walked in name order.

    Hidden files and folders, and links to folders, are passed over; a folder that may not
    be read is one refusal.
    """
    for path in paths:
        try:
            inside = sorted(p for p in path.iterdir() if _walked(p))
        except NotADirectoryError:
            place = os.path.abspath(path)  # noqa: PTH100 - "a/../b" is b, links keep their names
            yield Incoming(_shown(path.name), _shown(place), path)
        except FileNotFoundError:
            yield Refusal(_shown(str(path)), Message("no such file"))
        except (OSError, ValueError) as error:
            cause = system_message(error) if isinstance(error, OSError) else str(error)
            yield Refusal(str(path), Message("this folder may not be read ({0})", (cause,)))
        else:
            yield from incoming(inside)


def _walked(path: Path) -> bool:
    """Whether to take what a folder holds; a link to a folder may lead back to where it stands."""
    return not path.name.startswith(".") and not (path.is_symlink() and path.is_dir())


def _shown(name: str) -> str:
    """Return a file's name as text that can be signed, whatever bytes the disk has for it."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class Held:
    """What the caller has already, by SHA-256: it is not read again."""

    document: Callable[[bytes], bool] = lambda digest: False
    container: Callable[[bytes, str], bool] = lambda digest, origin: False
    """Whether all that is in a container was taken from this origin."""
    refusal: Callable[[bytes, Incoming], Message | None] = lambda digest, thing: None
    """Why these bytes, so named, were refused for good before; None if they were not."""
    note_refusal: Callable[[bytes, Incoming, Message], None] = lambda digest, thing, why: None
    """Told of bytes that are refused for good."""


@dataclass(frozen=True, slots=True)
class _Begun:
    """A thing on its way: what came of it, where that is known, or a worker's answer to come."""

    thing: Incoming
    shown: str  # its name; of what a container holds, with the way to it
    digest: bytes = b""
    content: bytes | None = None  # None where it is too large for a document, and not in hand
    came: Known | TakenBefore | Refusal | None = None
    answer: Callable[[], Was | Refused] | None = None
    opens: bool = False  # known to be a container, before any answer


class Taking:
    """Things being taken in: iterated once, it yields what came of each, in their order.

    ``known`` counts what was found so far: the things, and what their containers gave.
    """

    def __init__(
        self,
        things: Iterable[Incoming | Refusal],
        workers: Workers,
        held: Held | None = None,
        columns: Columns | None = None,
    ) -> None:
        """Begin nothing yet.

        Args:
            things: What to take in.
            workers: Who reads and unpacks.
            held: What is not to be read again.
            columns: Of rows of JSON Lines.
        """
        self._things = list(things)
        self._workers, self._held = workers, held or Held()
        self._columns = columns or Columns()
        self.known = len(self._things)

    def __iter__(self) -> Iterator[Outcome]:
        for begun in self._workers.ahead(map(self._begun, self._things), _size):
            yield from self._outcomes(begun)

    def _begun(self, thing: Incoming | Refusal) -> _Begun:
        """Hash a thing and give it to a worker, unless that is settled already."""
        if isinstance(thing, Refusal):
            return _Begun(Incoming(thing.name, ""), thing.name, came=thing)
        try:
            digest, content = _loaded(thing, self._workers.limits.archive)
        except IntakeError as error:
            return _Begun(thing, thing.name, came=Refusal(thing.name, error.message))
        begun = partial(_Begun, thing, thing.name, digest, content)
        taken_whole = self._held.container(digest, thing.origin)
        if content is None or len(content) > MAX_BYTES:
            return begun(came=TakenBefore(thing)) if taken_whole else begun(opens=True)
        if self._held.document(digest):
            return begun(came=Known(thing, content), opens=not taken_whole and _is_mail(begun()))
        if taken_whole:
            return begun(came=TakenBefore(thing))
        if why := self._held.refusal(digest, thing):
            return begun(came=Refusal(thing.name, why, for_good=True))
        task = ToRead(Part((thing.name,), content, thing.media_type), alone=True)
        if len(self._things) <= _ALONE and _is_short(task.part):
            return begun(answer=partial(answer_to, task, self._workers.limits.characters))
        return begun(answer=self._workers.read(task).result)

    def _outcomes(self, begun: _Begun) -> Iterator[Outcome]:
        """Yield what came of a thing, and then of what it holds."""
        document: Outcome | None = begun.came
        opens = begun.opens
        if begun.answer is not None:
            answer = begun.answer()
            document = _document(begun, answer)
            if isinstance(answer, Refused) and answer.for_good:
                self._held.note_refusal(begun.digest, begun.thing, answer.why)
            opens = isinstance(answer, Was) and answer.holds_more
        if document is not None:
            yield document
        else:
            self.known -= 1  # what it holds stands in its place
        if opens:
            yield from self._inside(begun)

    def _inside(self, begun: _Begun) -> Iterator[Outcome]:
        """Yield what came of each document in a container, and that this was all."""
        thing, whole = begun.thing, True
        path = None if begun.content is not None or thing.path is None else thing.path.absolute()
        task = ToUnpack(
            thing.name,
            begun.digest,
            begun.content,
            os.fsencode(path) if path else None,
            thing.media_type,
            self._columns,
        )
        parts = map(partial(self._part_begun, begun), self._workers.unpack(task))
        for part in self._workers.ahead(parts, _size):
            for outcome in self._outcomes(part):
                whole = whole and (not isinstance(outcome, Refusal) or outcome.for_good)
                yield outcome
        yield Emptied(thing, begun.digest, whole)

    def _part_begun(self, container: _Begun, answer: Holds | Refused) -> _Begun:
        """Hash what a container holds and give it to a worker, unless that is settled already."""
        self.known += 1
        holder = container.thing
        if isinstance(answer, Refused):
            return _Begun(holder, holder.name, came=Refusal(holder.name, answer.why))
        part = answer.part
        inside = WITHIN.join(("", *part.path))
        shown = holder.name + inside
        if part.refused is not None:
            return _Begun(holder, shown, came=Refusal(shown, part.refused))
        thing = Incoming(
            part.name,
            holder.origin + inside,
            media_type=part.media_type,
            address=part.address or holder.address,
            captured=part.captured or holder.captured,
            evidence=holder.evidence,
            container=BlobDigest(f"sha256:{container.digest.hex()}"),
        )
        digest = hashlib.sha256(part.content).digest()
        begun = partial(_Begun, thing, shown, digest, part.content)
        if self._held.document(digest):
            return begun(came=Known(thing, part.content))
        if why := self._held.refusal(digest, thing):
            return begun(came=Refusal(shown, why, for_good=True))
        return begun(answer=self._workers.read(ToRead(part, alone=False)).result)


def _document(begun: _Begun, answer: Was | Refused) -> Taken | Refusal | None:
    """Return what a worker made of a document, None if it is a container alone."""
    if isinstance(answer, Refused):
        return Refusal(begun.shown, answer.why, answer.for_good)
    if answer.extraction is None or answer.reading is None or begun.content is None:
        return None
    return Taken(begun.thing, begun.content, answer.extraction, answer.reading)


def _size(begun: _Begun) -> int:
    return len(begun.content or b"")


def _loaded(thing: Incoming, largest: int) -> tuple[bytes, bytes | None]:
    """Return the SHA-256 of a thing and its bytes, None where only a container may be so large.

    Raises:
        TooLargeError: Larger than a document or, if it is one, a container may be.
        UnreadableFileError: The system refuses it.
    """
    if thing.content is not None:
        _check_large(thing, thing.content[:_HEAD], len(thing.content), largest)
        return hashlib.sha256(thing.content).digest(), thing.content
    assert thing.path is not None  # noqa: S101 - either path or content
    try:
        size = thing.path.stat()
        if not stat.S_ISREG(size.st_mode):
            raise UnreadableFileError("not a regular file")
        with thing.path.open("rb") as stream:
            if size.st_size <= MAX_BYTES:
                content = stream.read(MAX_BYTES + 1)
                check_size(len(content))
                return hashlib.sha256(content).digest(), content
            _check_large(thing, stream.read(_HEAD), size.st_size, largest)
            stream.seek(0)
            return hashlib.file_digest(stream, "sha256").digest(), None
    except FileNotFoundError as cause:
        raise UnreadableFileError("no such file") from cause
    except OSError as cause:
        raise UnreadableFileError("it may not be read ({0})", system_message(cause)) from cause


def _check_large(thing: Incoming, head: bytes, size: int, largest: int) -> None:
    """Return if a thing may be so large; a container may, by what its first bytes say.

    Raises:
        TooLargeError: It may not.
    """
    if size > MAX_BYTES and kind_of(thing.name, head, thing.media_type) not in CONTAINERS:
        check_size(size)
    if size > largest:
        raise TooLargeError(
            "over the {0} MB that intake.archive_mb allows for one container; unpack it and "
            "take in its parts, or raise that setting",
            f"{largest // 1024**2:,}",
        )


def _is_mail(begun: _Begun) -> bool:
    """Whether bytes that are held may have others attached; nothing is parsed to tell."""
    thing, content = begun.thing, begun.content or b""
    return not _is_zip(content) and kind_of(thing.name, content, thing.media_type) is Kind.MAIL


def _is_short(part: Part) -> bool:
    """Whether this is a text or a page so short that it can be read in this process."""
    name, content = part.name, part.content
    if len(content) > _SHORT or b"\0" in content or _is_zip(content):
        return False
    return kind_of(name, content, part.media_type) is None


def _is_zip(content: bytes) -> bool:
    return content.startswith(b"PK")  # to be told from an office document by opening it
