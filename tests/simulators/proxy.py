"""A line between two nodes that does not hold: it loses, delays, cuts, doubles and reorders.

A TCP server that takes one HTTP request from each connection and does with it what it drew,
by a seed: `Fault` names what can happen. When ``calm`` is set everything passes.
"""

import asyncio
import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """What becomes of one request and its answer."""

    NONE = "passes"
    LOST = "is lost"
    DELAYED = "is late"
    REQUEST_CUT = "request cut in the middle"
    ANSWER_LOST = "answer lost"
    ANSWER_CUT = "answer cut in the middle"
    DOUBLED = "comes twice, the first answer returns"
    DOUBLED_LAST = "comes twice, the second answer returns"
    REORDERED = "comes after later ones"
    ALTERED = "altered on the way"
    ANSWER_ALTERED = "answer altered on the way"


@dataclass
class Line:
    """The line to one server.

    Args:
        target: Port of the server on the loopback.
        calm: Whether nothing happens to what passes.
        chance: Draws the faults.
    """

    target: int
    calm: bool = True
    chance: random.Random = field(default_factory=random.Random)
    port: int = 0
    faults: Counter[Fault] = field(default_factory=Counter)
    _late: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on one request, or not, or otherwise."""
        with suppress(OSError, asyncio.IncompleteReadError, TimeoutError):
            writer.write(await self._answer(await _message(reader)))
            await writer.drain()
        with suppress(OSError):
            writer.close()
            await writer.wait_closed()

    async def _answer(self, asked: bytes) -> bytes:
        fault = Fault.NONE if self.calm else self.chance.choice(list(Fault))
        self.faults[fault] += 1
        match fault:
            case Fault.LOST:
                return b""
            case Fault.DELAYED:
                await asyncio.sleep(self.chance.random() * 0.05)
            case Fault.REQUEST_CUT:
                await self._passed(asked[: self._inside(asked)], whole=False)
                return b""
            case Fault.REORDERED:
                self._late.append(asked)
                return b""
            case Fault.ALTERED:
                asked = self._altered(asked)
            case _:
                pass
        answer = await self._passed(asked)
        match fault:
            case Fault.ANSWER_LOST:
                return b""
            case Fault.ANSWER_CUT:
                return answer[: self._inside(answer)]
            case Fault.ANSWER_ALTERED:
                return self._altered(answer)
            case Fault.DOUBLED:
                await self._passed(asked)
            case Fault.DOUBLED_LAST:
                answer = await self._passed(asked)
            case _:
                pass
        late, self._late = self._late, []
        for each in late:
            await self._passed(each)
        return answer

    def _inside(self, message: bytes) -> int:
        return self.chance.randrange(1, max(2, len(message)))

    def _altered(self, message: bytes) -> bytes:
        """Return a message with one byte of its body changed, if it has a body."""
        body = message.find(b"\r\n\r\n") + 4
        if body >= len(message):
            return message
        at = self.chance.randrange(body, len(message))
        return message[:at] + bytes([message[at] ^ 1]) + message[at + 1 :]

    async def _passed(self, asked: bytes, *, whole: bool = True) -> bytes:
        """Give the server a message and return its answer; nothing of a message that is cut."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.target)
        try:
            writer.write(asked)
            await writer.drain()
            if whole:
                async with asyncio.timeout(30):
                    return await _message(reader)
            return b""
        finally:
            with suppress(OSError):
                writer.close()
                await writer.wait_closed()


async def _message(reader: asyncio.StreamReader) -> bytes:
    """Return one HTTP message with a length."""
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [
        int(line.partition(b":")[2])
        for line in head.lower().split(b"\r\n")
        if line.startswith(b"content-length:")
    ]
    return head + await reader.readexactly(sum(lengths))


@contextmanager
def faulty_line(target: int) -> Iterator[Line]:
    """Yield a line to the server at a port, calm at first."""
    line = Line(target)
    loop = asyncio.new_event_loop()
    ready, ended = threading.Event(), asyncio.Event()

    async def pass_on() -> None:
        async with await asyncio.start_server(line.serve, "127.0.0.1", 0) as server:
            line.port = server.sockets[0].getsockname()[1]
            ready.set()
            await ended.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(pass_on()), daemon=True)
    thread.start()
    ready.wait()
    try:
        yield line
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()
        loop.close()
