"""What is due goes by mail to whom the settings name, over TLS or not off this machine."""

import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tawatur.errors import NodeError, UsageError
from tawatur.node import Node
from tawatur.node.desk.mailing import Mailing
from tawatur.settings import Mail

EN = "en"


class _Server(socketserver.StreamRequestHandler):
    """Takes one message as a mail server does (RFC 5321)."""

    taken: list[bytes]

    def handle(self) -> None:
        """Answer every command, and keep what comes after DATA."""
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            if line.upper().startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                message = b""
                while (line := self.rfile.readline()) != b".\r\n":
                    message += line
                self.taken.append(message)
            self.wfile.write(
                b"250 ok\r\n" if not line.upper().startswith(b"QUIT") else b"221 bye\r\n"
            )


@pytest.fixture
def server() -> Iterator[tuple[int, list[bytes]]]:
    """Give the port of a mail server, and what it took."""
    taken: list[bytes] = []
    handler = type("Handler", (_Server,), {"taken": taken})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield found.server_address[1], taken
        found.shutdown()


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    """Give a node with a promise that is overdue."""
    with Node.init(tmp_path / "node", name="Observatory") as made:
        made.desk.commit(by="نومارة", what="إرسال الوقود", due="2021-03")
        yield made


def _mail(port: int) -> Mail:
    return Mail(
        host="127.0.0.1",
        port=port,
        security="none",
        sender="desk@example.org",
        to=("a@example.org", "b@example.org"),
        seconds=5.0,
    )


def test_the_message_says_why_each_line_is_there(
    node: Node, server: tuple[int, list[bytes]]
) -> None:
    """The subject says how much, and nothing of what it is; the calendar is attached."""
    port, taken = server
    mailing = replace(node.mailing, mail=_mail(port))
    sent = mailing.send(node.followup.due(), node.calendars.due("ics"), EN)
    assert sent == ("a@example.org", "b@example.org")
    message = message_from_bytes(taken[0], policy=policy.default)
    assert message["Subject"] == "Observatory: due now: 1"
    body, calendar = message.iter_parts()
    assert body.get_content().strip() == "overdue since 31 March 2021: إرسال الوقود (نومارة)"
    assert "BEGIN:VEVENT" in calendar.get_content()


def test_nothing_is_sent_where_nothing_is_due(node: Node, server: tuple[int, list[bytes]]) -> None:
    """No empty message."""
    port, taken = server
    assert replace(node.mailing, mail=_mail(port)).send((), b"", EN) == ()
    assert taken == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"host": ""}, "set host"),
        ({"to": ()}, "set host"),
        ({"host": "mail.example.org"}, "without TLS"),
        ({"security": "perhaps"}, "none of"),
        ({"user": "desk"}, "password_file"),
    ],
)
def test_settings_by_which_nothing_can_be_sent_are_refused(
    node: Node, changes: dict[str, object], said: str
) -> None:
    """Before anything is sent."""
    mail = replace(_mail(1), **changes)  # type: ignore[arg-type]  # fields of its own
    with pytest.raises(UsageError, match=said):
        Mailing("x", node.folder, mail).send(node.followup.due(), b"", EN)


def test_as_they_are_written_the_settings_send_nothing(node: Node) -> None:
    """Somebody has to name a server first."""
    with pytest.raises(UsageError, match="set host"):
        node.mailing.send(node.followup.due(), b"", EN)


def test_a_server_that_is_not_there_is_told_in_one_line(node: Node) -> None:
    """With the reason."""
    with pytest.raises(NodeError, match="did not take it"):
        replace(node.mailing, mail=_mail(9)).send(node.followup.due(), b"", EN)
