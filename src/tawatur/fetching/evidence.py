"""What went over the line, as a file that any archive of the web can read?

WARC 1.1 (ISO 28500:2017), each record a gzip member of its own: one that says which
program wrote it, then an answer and its question for every hop of the way. The bytes are
those that passed, in whatever packing the server chose; the digests are SHA-256. As in
every program that writes WARC, the payload is what stands behind the head of the answer.
"""

import gzip
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from uuid import UUID, uuid4

from tawatur.fetching.wire import Exchange

_HTTP = "application/http; msgtype="


def warc(
    exchanges: Sequence[Exchange], *, software: str, new_id: Callable[[], UUID] = uuid4
) -> bytes:
    """Return the records of ``exchanges`` in their order, as a ``.warc.gz``.

    Args:
        exchanges: One for each hop, one at least.
        software: The program and its version.
        new_id: Makes the records' ids.
    """
    info = f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()
    pieces = [
        _record(
            "warcinfo",
            new_id(),
            _date(exchanges[0]),
            [("Content-Type", "application/warc-fields")],
            info,
        )
    ]
    for each in exchanges:
        answer_id, block = new_id(), _final(each.received)
        _, _, payload = block.partition(b"\r\n\r\n")
        where = [("WARC-Target-URI", each.address.url), ("WARC-IP-Address", each.machine)]
        answer = [("WARC-Payload-Digest", _digest(payload)), ("Content-Type", _HTTP + "response")]
        question = [
            ("WARC-Concurrent-To", f"<urn:uuid:{answer_id}>"),
            ("Content-Type", _HTTP + "request"),
        ]
        date = _date(each)
        pieces.append(_record("response", answer_id, date, where + answer, block))
        pieces.append(_record("request", new_id(), date, where + question, each.sent))
    return b"".join(pieces)


def _record(
    kind: str, id_: UUID, date: str, fields: Iterable[tuple[str, str]], block: bytes
) -> bytes:
    lines = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", f"<urn:uuid:{id_}>"),
        ("WARC-Date", date),
        *fields,
        ("WARC-Block-Digest", _digest(block)),
        ("Content-Length", str(len(block))),
    ]
    head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines) + "\r\n"
    return gzip.compress(head.encode() + block + b"\r\n\r\n", mtime=0)


def _date(exchange: Exchange) -> str:
    return exchange.time.strftime("%Y-%m-%dT%H:%M:%SZ")


def _digest(content: bytes) -> str:
    return f"sha256:{sha256(content).hexdigest()}"


def _final(received: bytes) -> bytes:
    """Return an answer without the interim ones (1xx) before it: a record holds one."""
    while received.startswith((b"HTTP/1.1 1", b"HTTP/1.0 1")):
        _, _, received = received.partition(b"\r\n\r\n")
    return received
