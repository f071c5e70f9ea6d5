"""A partner that floods, and strangers who hold the line, cost a good partner some seconds at most.

Real sockets on the loopback, one process: whoever floods takes this machine's time too, which
is why the bound is in seconds.
"""

import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import httpx
import pytest
import trustme
from tests.sharing.support_taxii import MEDIA, listening
from tests.simulators.door import House, signed

from tawatur import settings
from tawatur.sharing.wire import Question, Stamp, signed_request
from tawatur.web.listening import Listener, Prompt

BOUND_S = 15.0
"""Seconds in which a good partner pulls and exchanges while everything below goes on."""
NOBODYS = 400
"""Connections on which strangers say nothing, or half of a head."""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Three nodes; the door of the first takes some requests a minute, and slow bodies for long."""
    made = House(tmp_path, requests_per_minute=600)
    made.nodes["Observatory"].wire.settings = settings.Wire(seconds=30.0)
    yield made
    for node in made.nodes.values():
        node.verify()
        node.close()


@contextmanager
def serving(house: House) -> Iterator[str]:
    """Serve the door with its collections as `serve --partners` does."""
    node = house.nodes["Observatory"]
    server = node.taxii.server(node.wire.guard())
    door = node.wire.door(server)
    with listening(door, log_level="critical", http=Prompt) as url:
        house.tell("Observatory", url)
        yield url


@contextmanager
def meanwhile(*acts: Callable[[threading.Event], object]) -> Iterator[None]:
    """Let others act, again and again, until what is within is done."""
    done = threading.Event()
    threads = [threading.Thread(target=act, args=(done,), daemon=True) for act in acts]
    for thread in threads:
        thread.start()
    time.sleep(0.5)  # so that all of them are at it
    try:
        yield
    finally:
        done.set()
        for thread in threads:
            thread.join()


def opened(url: str, said: bytes) -> socket.socket:
    """Open a connection and say something on it."""
    line = socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=10)
    line.sendall(said)
    return line


def head_of(request: httpx.Request) -> bytes:
    """Return the head of a request, with the length that it names."""
    lines = [f"{request.method} {request.url.raw_path.decode()} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in request.headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def handing_in(house: House, url: str, nonce: str, length: int) -> httpx.Request:
    """Return a request of Harbour's program to hand in so many bytes."""
    harbour, observatory = house.nodes["Harbour"], house.nodes["Observatory"]
    path = "/tawatur/collections/inbox/objects/"
    stamp = Stamp(harbour.id, int(observatory.wire.drafter.now().timestamp()), nonce)
    question = Question("POST", path, "", observatory.id)
    headers = signed_request(question, b"", stamp, harbour.wire.key)
    request = httpx.Request("POST", f"{url}{path}", headers={**headers, "accept": MEDIA})
    request.headers["content-length"] = str(length)
    return request


def test_a_good_partner_is_served_while_another_floods(house: House) -> None:
    """Harbour asks without end, sends slow and huge bodies; strangers hold hundreds of lines."""
    observatory, hills = house.nodes["Observatory"], house.nodes["Hills"]
    house.give("Observatory", "Hills", "from here")
    house.give("Hills", "Observatory", "from there")
    offered = observatory.desk.commit(by="Observatory", what="send boats").id
    observatory.taxii.offer(offered, "Hills")
    codes: Counter[int] = Counter()

    def asks(done: threading.Event, turn: int) -> None:
        number = 0
        with httpx.Client(trust_env=False) as client:
            while not done.is_set():
                number += 1
                nonce = f"{turn:015x}{number:016x}0"
                with suppress(httpx.TransportError):  # a line may be cut: it asks on another
                    answer = client.send(signed(house, "Harbour", url=url, nonce=nonce))
                    codes[answer.status_code] += 1

    def drips(done: threading.Event) -> None:
        """Hold as many bodies as it is let, a byte at a time, and one that names 100 MB."""
        with ExitStack() as stack:
            lines = [
                stack.enter_context(
                    opened(url, head_of(handing_in(house, url, f"{n:031x}f", size)))
                )
                for n, size in enumerate([100 * 1024 * 1024] + [9_000_000] * 60)
            ]
            while not done.wait(0.05):
                for line in lines:
                    with suppress(OSError):
                        line.send(b" ")

    def holds(done: threading.Event) -> None:
        with ExitStack() as stack:
            for number in range(NOBODYS):
                with suppress(OSError):
                    said = b"POST /exchange HTTP/1.1\r\nhost: x\r\n" if number % 2 else b""
                    stack.enter_context(opened(url, said))
            done.wait()

    with serving(house) as url:
        floods = [lambda done, n=n: asks(done, n) for n in range(3)]
        with meanwhile(*floods, drips, holds):
            began = time.monotonic()
            pulled = hills.taxii.pull(f"{url}/tawatur/collections/released/", "Observatory")
            done = hills.wire.exchange("Observatory")
            took = time.monotonic() - began
            while not codes[429] and time.monotonic() < began + BOUND_S:
                time.sleep(0.05)  # so quick was the partner served: the flood goes on
    assert pulled.objects
    assert (done.sent > 0, done.bundles) == (True, 1)
    assert sorted(house.held("Hills")) == ["from here", "from there", "send boats"]
    assert "from there" in house.held("Observatory")
    assert took < BOUND_S
    assert set(codes) == {200, 429}
    assert "over TAXII: it is too large: at most 10485760 bytes are opened" in house.refused()


def test_of_too_many_silent_lines_the_oldest_is_closed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And whoever asks something on a newer one is answered."""
    monkeypatch.setattr("tawatur.web.listening._WAITING", 10)
    with serving(house) as url, ExitStack() as stack:
        lines = [stack.enter_context(opened(url, b"")) for _ in range(12)]
        for line in lines[:2]:
            with suppress(ConnectionResetError):
                assert line.recv(1) == b""
        assert httpx.get(f"{url}/exchange", trust_env=False).status_code == 404
        lines[-1].sendall(b"GET /exchange HTTP/1.1\r\nhost: x\r\n\r\n")
        assert b" 404 " in lines[-1].recv(4096).splitlines()[0]


def test_handshakes_that_do_not_end_keep_nobody_out(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two hundred, silent or after a few bytes; a partner exchanges beside them, and they end."""
    monkeypatch.setattr("tawatur.web.listening._WAITING", 100)
    monkeypatch.setattr("tawatur.web.listening._HANDSHAKE_S", 1.5)
    made, chain, key = trustme.CA().issue_cert("127.0.0.1"), tmp_path / "c", tmp_path / "k"
    made.cert_chain_pems[0].write_to_path(str(chain))
    made.private_key_pem.write_to_path(str(key))
    tls = {"ssl_certfile": str(chain), "ssl_keyfile": str(key)}
    door = house.nodes["Observatory"].wire.door()
    house.give("Hills", "Observatory", "from there")
    with ExitStack() as stack:
        url = stack.enter_context(
            listening(door, server=Listener, log_level="critical", http=Prompt, **tls)
        )
        house.tell("Observatory", url, str(chain))
        greeting = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"  # of a hello of 512 bytes
        lines = [stack.enter_context(opened(url, greeting[: number % 12])) for number in range(200)]
        began = time.monotonic()
        house.nodes["Hills"].wire.exchange("Observatory")
        assert time.monotonic() - began < BOUND_S
        closed = 0
        for line in lines:
            with suppress(ConnectionResetError):
                assert line.recv(1) == b""
            closed += 1
    assert closed == len(lines)
    assert "from there" in house.held("Observatory")


def test_an_answer_that_nobody_reads_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its connection is closed, whatever was asked; one that reads slowly gets all of it."""
    monkeypatch.setattr("tawatur.web.listening._UNREAD_S", 0.3)
    size = 32 * 1024 * 1024

    async def large(_scope: object, _receive: object, send: Callable[..., object]) -> None:
        headers = [(b"content-length", str(size).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})  # type: ignore[misc]  # ASGI's
        await send({"type": "http.response.body", "body": bytes(size)})  # type: ignore[misc]  # likewise

    with listening(large, log_level="critical", http=Prompt) as url:
        asked = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"
        with opened(url, asked) as unread, opened(url, asked) as slow:
            got = 0
            while got < size:
                got += len(slow.recv(1024 * 1024))
                time.sleep(0.02)
            time.sleep(1.0)
            assert len(unread.recv(size, socket.MSG_WAITALL)) < size  # what was on the line
