"""What does a mail say itself, and which of it is header, quotation or signature?

The header's own lines open the rendition, as asides; the subject is the title. The
body is its plain text or, where that is missing or says only that there is none, the
words of its HTML. Earlier mail below ("On … wrote:", "-----Original Message-----",
lines behind ``>``) and a signature behind ``-- `` are asides. Sender and date are
what the mail states of itself; nothing here tells whether they are true. Attachments
are named; they are documents of their own (`unpack`).
"""

import email
import email.header
import email.message
import email.utils
import re
from collections.abc import Iterator
from datetime import UTC
from email._policybase import Compat32

from tawatur.errors import EmptyFileError, IntakeError, TooLargeError, UnreadableFileError
from tawatur.intake.composed import Piece, composed
from tawatur.intake.decode import decode
from tawatur.intake.markings import marking_of
from tawatur.intake.page import visible_lines
from tawatur.intake.plain import Properties
from tawatur.model.document import Extraction, Extractor, Marking, Stated

MEDIA_TYPE = "message/rfc822"
_VERSION = "0.2"
_MAX_PARTS = 1000  # of one message
_MAX_DEPTH = 20
_MAX_HEADER = 32_000  # characters: a thousand addresses
_SHOWN = ("From", "Sender", "To", "Cc", "Reply-To", "Date")
_STUB = 0.2  # of the HTML's letters: plain text with fewer is a notice that there is HTML

_QUOTED = re.compile(r"^\s*>")
_OPENS_QUOTE = re.compile(
    r"^\s*(?:(?:On|Le|Am|El)\b.{5,200}\b(?:wrote|a écrit|schrieb|escribió)\s*:?\s*"
    r"|(?:في|بتاريخ)\s.{5,200}\sكتب.{0,120}:?\s*"
    r"|.{3,120}\b(?:wrote|a écrit)\s?:)\s*$"
)
_DIVIDER = re.compile(
    r"^\s*(?:-{3,}|_{5,})\s*(?:(?:original message|forwarded message|message d'origine|"
    r"message original|message transféré|الرسالة الأصلية|رسالة أصلية|رسالة محولة|"
    r"رسالة معاد توجيهها)\s*-*)?\s*$",
    re.IGNORECASE,
)
_NAMED_DIVIDER = re.compile(r"[^\W\d_]")
_HEADS = re.compile(
    r"^\s*\*?(?:from|sent|to|subject|date|de|envoyé|à|objet|من|أرسلت|إلى|الموضوع|"
    r"التاريخ|تاريخ الإرسال)\s?\*?\s?:",
    re.IGNORECASE,
)
_FORWARDED = re.compile(r"forward|transféré|محولة|معاد", re.IGNORECASE)
_SIGNATURE = re.compile(r"^--\s?$")
# RFC 4021, RFC 7444, and what governments and mail programs add for the same end.
_MARKING_HEADER = re.compile(
    r"sensitivity|sio-label|x-[\w-]{0,40}?(?:classification|marking|tlp|sensitivity|security-label)",
    re.IGNORECASE,
)
_MARKING_FIELD = re.compile(r"\b(?:sec|marking)\s*=\s*\"?(?P<value>[^\",;]{2,80})", re.IGNORECASE)
_MARK_OPEN, _MARK_CLOSE = "\ue0f0", "\ue0f1"  # private use: around quotations in HTML
_QUOTE_ELEMENT = re.compile(
    r"<blockquote\b[^<>]{0,300}\btype\s{0,3}=\s{0,3}[\"']?cite"
    r"|<(?:div|blockquote)\b[^<>]{0,300}?\bclass\s{0,3}=\s{0,3}[\"']?"
    r"[^\"'<>]{0,100}?(?:gmail_quote|yahoo_quoted|moz-cite)"
    r"|<div\b[^<>]{0,300}?\bid\s{0,3}=\s{0,3}[\"']?(?:divRplyFwdMsg|appendonsend|reply-intro)",
    re.IGNORECASE,
)


class _Short(Compat32):
    """Parses as usual, but cuts a header that no mail has: reading one costs its square."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        kept, size = [], 0
        for line in sourcelines:
            kept.append(line[: _MAX_HEADER - size])
            size += len(line)
            if size >= _MAX_HEADER:
                break
        return super().header_source_parse(kept)


def message_of(content: bytes) -> email.message.Message:
    """Return the parsed message; headers as they stand, decoded where they are asked for."""
    return email.message_from_bytes(content, policy=_Short())


def read_mail(name: str, content: bytes) -> Extraction:
    """Return the rendition of a mail and its parts.

    Raises:
        EmptyFileError: Neither a subject nor a word.
        TooLargeError: More parts than a mail has, or too long a text.
        UnreadableFileError: No header of a mail.
    """
    message = message_of(content)
    if not message.keys() or not any(message.get(key) for key in ("From", "Date", "Subject", "To")):
        raise UnreadableFileError("{0} has no header of a mail; it is damaged, or no mail", name)
    subject = header(message, "Subject")
    sender = header(message, "From")
    day = sent(message)
    return composed(
        name,
        _pieces(name, message, subject),
        media_type=MEDIA_TYPE,
        extractor=Extractor("tawatur.mail", _VERSION),
        properties=Properties(
            title=subject,
            publisher=Stated(_who(sender), "mail From") if sender else None,
            published=Stated(day, "mail Date") if day is not None else None,
            marking=_marking(message),
        ),
    )


def header(message: email.message.Message, name: str) -> str:
    """Return a header's text on one line, its encoded words decoded; empty if there is none."""
    value = message.get(name)
    if value is None:
        return ""
    try:
        text = str(email.header.make_header(email.header.decode_header(value)))
    except (ValueError, LookupError, UnicodeError, email.errors.HeaderParseError):
        text = str(value)
    # Bytes beyond ASCII come as half characters; they are nearly always UTF-8.
    text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return " ".join(text.split())


def sent(message: email.message.Message, *, time: bool = False) -> str | None:
    """Return the day that the Date header states, or its time in UTC; None if it states none."""
    value = header(message, "Date")
    try:
        when = email.utils.parsedate_to_datetime(value)
        if time:
            when = when if when.tzinfo is not None else when.replace(tzinfo=UTC)
            return when.astimezone(UTC).isoformat(timespec="seconds")
        return when.date().isoformat() if when.year >= 1970 else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def leaves(
    name: str, message: email.message.Message
) -> Iterator[tuple[email.message.Message, bool]]:
    """Yield the parts that hold no others, and whether each is an attachment.

    A mail within the mail is one part.

    Raises:
        TooLargeError: More parts, or deeper ones, than a mail has.
    """
    todo = [(message, 0)]
    count = 0
    while todo:
        part, depth = todo.pop()
        count += 1
        if count > _MAX_PARTS or depth > _MAX_DEPTH:
            raise TooLargeError(
                "{0} has more parts than a mail (limits: {1} parts, {2} within one another)",
                name,
                _MAX_PARTS,
                _MAX_DEPTH,
            )
        inside = part.get_payload()
        kind = part.get_content_type()
        if kind.startswith("multipart/") and isinstance(inside, list):
            held = [p for p in reversed(inside) if isinstance(p, email.message.Message)]
            todo += [(p, depth + 1) for p in held]
            continue
        named = filename(part) != ""
        attached = part.get_content_disposition() == "attachment" or named
        yield part, attached or kind not in ("text/plain", "text/html")


def filename(part: email.message.Message) -> str:
    """Return the name that a part states for itself, as a label."""
    try:
        name = part.get_filename("")
    except (ValueError, LookupError, UnicodeError, TypeError):
        return ""
    try:
        decoded = str(email.header.make_header(email.header.decode_header(name)))
    except (ValueError, LookupError, UnicodeError, email.errors.HeaderParseError):
        decoded = name
    return " ".join(decoded.encode("utf-8", "surrogateescape").decode("utf-8", "replace").split())


def payload(part: email.message.Message) -> bytes:
    """Return a part's bytes, its transfer encoding undone as far as it can be."""
    if part.get_content_type() == "message/rfc822":
        inside = part.get_payload()
        if isinstance(inside, list) and inside and isinstance(inside[0], email.message.Message):
            return inside[0].as_bytes()
    decoded = part.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else b""


def _pieces(name: str, message: email.message.Message, subject: str) -> Iterator[Piece]:
    for key in _SHOWN:
        value = header(message, key)
        if value:
            yield Piece(f"{key}: {value}", "mail header")
    if subject:
        yield Piece(subject, is_title=True)
    bodies: dict[str, list[str]] = {"text/plain": [], "text/html": []}
    attached = []
    for part, is_attachment in leaves(name, message):
        if is_attachment:
            attached.append(filename(part) or part.get_content_type())
        else:
            bodies[part.get_content_type()].append(_characters(name, part))
    plain = "\n".join(bodies["text/plain"])
    marked = [line for markup in bodies["text/html"] for line in _of_html(markup)]
    of_html = sum(len(line) for line in marked)
    if len(plain) >= _STUB * of_html:
        yield from _parted(plain.split("\n"))
    else:
        yield from _parted(marked)
    for each in attached:
        yield Piece(f"Attachment: {each}", "mail header")


def _characters(name: str, part: email.message.Message) -> str:
    """Return the text of a part, flowed lines joined."""
    content = payload(part)
    charset = part.get_content_charset()
    try:
        text = decode(name, content, charset).text
    except EmptyFileError:
        return ""
    except TooLargeError:
        raise
    except IntakeError:
        text = content.decode("ascii", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if part.get_content_type() == "text/plain" and part.get_param("format") == "flowed":
        text = re.sub(r"(?<=[^\n-]) \n(?!>|\n)", " ", text)
    return text


def _of_html(markup: str) -> list[str]:
    """Return the lines that the HTML shows, with marks where a quotation begins."""
    markup = markup.replace(_MARK_OPEN, "").replace(_MARK_CLOSE, "")
    markup = _QUOTE_ELEMENT.sub(lambda at: f"<p>{_MARK_OPEN}</p>{at.group()}", markup)
    return [line.text for line in visible_lines(markup)]


def _parted(lines: list[str]) -> Iterator[Piece]:
    """Yield the lines, those of earlier mail and of the signature as asides.

    A forwarded mail is what the sender sends: its text is content, its header is not.
    """
    aside: str | None = None
    forwarded = False  # in the header of a forwarded mail
    for place, line in enumerate(lines):
        if line.strip() == _MARK_OPEN:
            aside = "quoted mail"
            continue
        if aside == "signature" and (_QUOTED.match(line) or _begins_quote(lines, place)):
            aside = None
        if aside is None and _SIGNATURE.match(line):
            aside = "signature"
        forwarded = forwarded and (not line.strip() or _HEADS.match(line) is not None)
        if forwarded:
            yield Piece(line, "mail header")
            continue
        if aside is None and _begins_quote(lines, place):
            if _FORWARDED.search(line):
                forwarded = True
                yield Piece(line, "mail header")
                continue
            aside = "quoted mail" if not _followed_by_marks(lines, place) else None
            yield Piece(line, "quoted mail")
            continue
        kind = aside or ("quoted mail" if _QUOTED.match(line) else None)
        yield Piece(line, kind)


def _begins_quote(lines: list[str], place: int) -> bool:
    line = lines[place]
    if _OPENS_QUOTE.match(line):
        return True
    following = [each for each in lines[place + 1 : place + 8] if each.strip()][:3]
    if _DIVIDER.match(line):
        return _NAMED_DIVIDER.search(line) is not None or _heads(following)
    return _HEADS.match(line) is not None and _heads([line, *following])


def _heads(lines: list[str]) -> bool:
    """Whether three lines in a row are a mail's header written into the text."""
    return len(lines) >= 3 and sum(_HEADS.match(line) is not None for line in lines) >= 3


def _followed_by_marks(lines: list[str], place: int) -> bool:
    following = next((each for each in lines[place + 1 : place + 4] if each.strip()), "")
    return _QUOTED.match(following) is not None


def _marking(message: email.message.Message) -> Marking | None:
    """Return what a header made for it says of who may read: any of those in use."""
    for key in message:
        if _MARKING_HEADER.fullmatch(key):
            value = header(message, key)
            stated = _MARKING_FIELD.search(value)
            marking = marking_of(stated["value"] if stated else value, f"mail {key}")
            if marking is not None:
                return marking
    return None


def _who(sender: str) -> str:
    """Return the sender's name, or the address where there is none."""
    named, address = email.utils.parseaddr(sender)
    return named.strip() or address or sender
