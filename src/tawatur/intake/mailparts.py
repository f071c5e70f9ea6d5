"""Which documents came with a mail, and which mails are in a mailbox?"""

import re
from collections.abc import Iterator

from tawatur.intake.mail import filename, leaves, message_of, payload
from tawatur.intake.parts import Budget, Part, label

# A line that begins with "From " stands behind a blank one, and a header follows.
_MESSAGE = re.compile(
    rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From \S[^\n]*\n(?=>?From |[A-Za-z][A-Za-z0-9-]*:)"
)
_ESCAPED = re.compile(rb"^>(?=>*From )", re.MULTILINE)
_ENVELOPE = re.compile(rb"\A>?From [^\n]*\n")


def of_mail(name: str, content: bytes, budget: Budget) -> Iterator[Part]:
    """Yield the attachments of a mail in its order, mails attached to it among them.

    Raises:
        TooLargeError: More parts than a mail has.
    """
    for number, (part, attached) in enumerate(leaves(name, message_of(content)), 1):
        kind = part.get_content_type()
        if not attached or kind.startswith("multipart/"):
            continue
        shown = payload(part)
        budget.bytes(len(shown))
        named = filename(part)
        if not named:
            named = f"part {number}.eml" if kind == "message/rfc822" else f"part {number}"
        inline = part.get_content_disposition() == "inline" or "Content-ID" in part
        if kind.startswith("image/") and inline:
            continue  # a picture of the mail's layout: a logo, a rule
        if shown:
            stated = None if kind == "application/octet-stream" else kind
            charset = part.get_content_charset()
            if stated is not None and charset:
                stated = f"{stated}; charset={charset}"
            yield Part((label(named),), shown, media_type=stated)


def of_mailbox(content: bytes, budget: Budget) -> Iterator[Part]:
    """Yield the mails of a mailbox in its order."""
    starts = [found.start() for found in _MESSAGE.finditer(content)]
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(content)
        message = _ENVELOPE.sub(b"", content[start:end])
        message = _ESCAPED.sub(b"", _ENVELOPE.sub(b"", message))
        budget.bytes(len(message))
        yield Part((f"message {number + 1}.eml",), message, media_type="message/rfc822")
