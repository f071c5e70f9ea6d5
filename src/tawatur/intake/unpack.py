"""Which documents does a container hold?

``unpack`` opens archives, mailboxes, the attachments of mails, web archives, feeds and
files of rows, and what lies in them in turn, within limits on number, size, ratio and
depth. It is a pure function of name and bytes: members are read in memory, and their
names are labels. What is wrong with one part stands on that part; what is wrong with
the whole is raised, and the parts yielded before remain.
"""

import io
from collections.abc import Iterator
from dataclasses import replace

from tawatur.errors import (
    BinaryFileError,
    EmptyFileError,
    IntakeError,
    TooLargeError,
    UnreadableFileError,
)
from tawatur.intake.archives import damaged, limited, of_tar, of_zip, said_by, too_large, unpacked
from tawatur.intake.kinds import CONTAINERS, Kind, kind_of
from tawatur.intake.parts import DEFAULT, Budget, Limits, Part
from tawatur.intake.rows import DEFAULT as DEFAULT_COLUMNS
from tawatur.intake.rows import Columns, of_rows

_STREAMED = {Kind.GZIP: "gzip", Kind.BZIP2: "bzip2", Kind.XZ: "xz"}


def is_container(name: str, content: bytes, media_type: str | None = None) -> bool:
    """Return whether ``unpack`` may find documents in it; a mail is a document as well."""
    return kind_of(name, content, media_type) in CONTAINERS


def unpack(
    name: str,
    content: bytes,
    *,
    media_type: str | None = None,
    limits: Limits = DEFAULT,
    columns: Columns = DEFAULT_COLUMNS,
) -> Iterator[Part]:
    """Yield the documents in a container, those of containers within it in their place.

    A mail within a container is yielded itself, and its attachments after it; of a mail
    that is the container, only the attachments are.

    Args:
        name: The file's name.
        content: The bytes, unchanged.
        media_type: As a server or a person stated it.
        limits: What may come out.
        columns: Of rows of JSON Lines.

    Raises:
        BinaryFileError: No container.
        EmptyFileError: Nothing in it.
        TooLargeError: Over a limit, raised when it is met.
        UnreadableFileError: Damaged as a whole.
    """
    kind = kind_of(name, content, media_type)
    if kind not in CONTAINERS:
        raise BinaryFileError("{0} is no archive, mailbox, feed or web archive", name)
    budget = Budget(name, limits, len(content))
    any_ = False
    for part in _guarded(kind, name, content, budget, columns, depth=1):
        any_ = True
        yield part
    if not any_ and kind is not Kind.MAIL:
        raise EmptyFileError("{0} holds no document; nothing to take in", name)


def _guarded(
    kind: Kind, name: str, content: bytes, budget: Budget, columns: Columns, *, depth: int
) -> Iterator[Part]:
    budget.level(depth)
    try:
        for part in _opened(kind, name, content, budget, columns):
            budget.part()
            yield from _further(part, budget, columns, depth)
    except (IntakeError, MemoryError):
        raise
    except Exception as cause:  # what libraries raise on damaged bytes shares no parent
        raise UnreadableFileError(
            "{0} is damaged and cannot be unpacked ({1})", name, said_by(cause)
        ) from cause


def _further(part: Part, budget: Budget, columns: Columns, depth: int) -> Iterator[Part]:
    """Yield a part, or what lies in it where it is a container itself."""
    kind = kind_of(part.name, part.content, part.media_type) if part.content else None
    if part.refused is not None or kind not in CONTAINERS:
        yield part
        return
    if kind is Kind.MAIL:
        yield replace(part, media_type="message/rfc822")
    try:
        for inner in _guarded(kind, part.name, part.content, budget, columns, depth=depth + 1):
            yield replace(
                inner,
                path=part.path + inner.path,
                address=inner.address or part.address,
                captured=inner.captured or part.captured,
            )
    except TooLargeError:
        raise
    except IntakeError as error:
        if kind is not Kind.MAIL:
            yield replace(part, content=b"", refused=error.message)


def _opened(
    kind: Kind, name: str, content: bytes, budget: Budget, columns: Columns
) -> Iterator[Part]:
    if kind is Kind.ZIP:
        return of_zip(name, content, budget)
    if kind is Kind.TAR:
        return of_tar(name, io.BytesIO(content), budget)
    if kind in _STREAMED:
        return _under(kind, name, content, budget, columns)
    # here, because mail and XML take longer to load than a plain text to read
    from tawatur.intake.feeds import of_feed  # noqa: PLC0415
    from tawatur.intake.mailparts import of_mail, of_mailbox  # noqa: PLC0415
    from tawatur.intake.webarchives import of_mhtml, of_warc  # noqa: PLC0415

    if kind is Kind.MAIL:
        return of_mail(name, content, budget)
    if kind is Kind.MAILBOX:
        return of_mailbox(content, budget)
    if kind is Kind.WARC:
        return of_warc(name, io.BytesIO(content), budget)
    if kind is Kind.MHTML:
        return of_mhtml(name, content, budget)
    if kind is Kind.FEED:
        return of_feed(name, content, budget)
    return of_rows(name, io.BytesIO(content), budget, columns)


def _under(
    kind: Kind, name: str, content: bytes, budget: Budget, columns: Columns
) -> Iterator[Part]:
    """Yield what lies under a compression: the members of a tar, rows, pages, or one file."""
    stream = unpacked(content, _STREAMED[kind], budget)
    inner = _inner_name(name)
    head = stream.peek(512)[:512]
    if head.startswith(b"WARC/"):
        from tawatur.intake.webarchives import of_warc  # noqa: PLC0415 - as above

        yield from of_warc(name, stream, budget)
    elif kind_of(inner, head) is Kind.TAR:
        yield from of_tar(name, stream, budget)
    elif kind_of(inner, head) is Kind.ROWS:
        yield from of_rows(name, stream, budget, columns)
    else:
        try:
            whole = limited(stream, budget, counted=True)
        except (TooLargeError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - zlib, bz2 and lzma share no error
            yield Part((inner,), refused=damaged(error))
            return
        if whole is None:
            yield Part((inner,), refused=too_large())
        else:
            yield Part((inner,), whole)


def _inner_name(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    if suffix.lower() in ("tgz", "tbz", "tbz2", "txz"):
        return f"{stem}.tar"
    return stem if dot and suffix.lower() in ("gz", "bz2", "xz") and stem else name
