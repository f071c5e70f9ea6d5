"""How does what is due leave by mail? To the addresses that the settings name, and nowhere else.

One message a day is a person's to send (a crontab line); nothing is sent by itself. It goes
to the server of the settings over TLS, or without to one on this machine. The text holds
each line of the digest with its reason, the attachment the same as a calendar.
"""

import smtplib
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from tawatur.days import said_with_days
from tawatur.errors import NodeError, UsageError, system_message
from tawatur.i18n import Translate, translator
from tawatur.model.desk import Due
from tawatur.settings import Mail, secret_in

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Mailing:
    """The way out by mail of one node; `Node.mailing` is where the doors find it."""

    name: str
    folder: Path
    mail: Mail

    def send(self, due: Iterable[Due], calendar: bytes, language: str) -> tuple[str, ...]:
        """Send what is due, and return the addresses to which it went; none if nothing is due.

        Args:
            due: The lines of the digest.
            calendar: The same as an iCalendar file.
            language: Of the words around.

        Raises:
            UsageError: The settings name no server, no sender, nobody to send to, or a server
                elsewhere without TLS.
            NodeError: The server cannot be reached, or did not take it.
        """
        _verify(self.mail)
        lines = [_line(each, language) for each in due]
        if not lines:
            return ()
        message = EmailMessage()
        message["Subject"] = _subject(self.name, len(lines), translator(language))
        message["From"], message["To"] = self.mail.sender, ", ".join(self.mail.to)
        message.set_content("\n".join(lines) + "\n")
        message.add_attachment(calendar, maintype="text", subtype="calendar", filename="due.ics")
        try:
            self._hand_over(message)
        except (OSError, smtplib.SMTPException) as cause:
            why = system_message(cause) if isinstance(cause, OSError) else type(cause).__name__
            raise NodeError(
                "the mail server {0} did not take it: {1}", self.mail.host, why
            ) from cause
        return self.mail.to

    def _hand_over(self, message: EmailMessage) -> None:
        mail, context = self.mail, ssl.create_default_context()
        if mail.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                mail.host, mail.port, timeout=mail.seconds, context=context
            )
        else:
            server = smtplib.SMTP(mail.host, mail.port, timeout=mail.seconds)
        with server:
            if mail.security == "starttls":
                server.starttls(context=context)
            if mail.user:
                server.login(mail.user, secret_in(self.folder / mail.password_file))
            server.send_message(message)


def _verify(mail: Mail) -> None:
    """Refuse settings by which no mail can be sent, or by which it would go in the clear.

    Raises:
        UsageError: Says which setting.
    """
    if not mail.host or not mail.sender or not mail.to:
        raise UsageError("no mail is sent: set host, sender and to in [mail] of tawatur.toml")
    if mail.security not in ("starttls", "tls", "none"):
        raise UsageError("{0} is none of: {1}", repr(mail.security), "starttls, tls, none")
    if mail.security == "none" and mail.host not in LOOPBACK:
        raise UsageError("mail goes without TLS to this machine alone, not to {0}", mail.host)
    if mail.user and not mail.password_file:
        raise UsageError("no mail is sent: set password_file in [mail] of tawatur.toml")


def _line(due: Due, language: str) -> str:
    party = f" ({due.party})" if due.party else ""
    return f"{said_with_days(due.why, language)}: {due.what}{party}"


def _subject(name: str, lines: int, _: Translate) -> str:
    """Return the subject of a digest: how much is due, and where; nothing of what it is."""
    return _("{0}: due now: {1}").format(name, lines)
