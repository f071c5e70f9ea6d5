"""A language model's server on the loopback interface: honest, slow, broken or hostile, as asked.

It speaks the chat completions of OpenAI over real HTTP. Unless told otherwise it answers
as a model would that reads like the built-in rules; a test gives it a list of what to
answer instead, request by request.
"""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tawatur.model.document import Extraction, Extractor
from tawatur.model.reading import Link, Reading
from tawatur.reading import read

Reply = Callable[[dict[str, Any]], tuple[int, dict[str, str], bytes]]
"""From a request's body to status, headers and body of the response."""

EMPTY: dict[str, list[Any]] = {"names": [], "times": [], "quantities": [], "claims": []}


@dataclass
class ModelServer:
    """One server: what it was asked, and what it is to answer next."""

    address: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)  # used up first
    always: Reply | None = None  # then this one, or the honest one
    most: int = 0  # requests that were under way at once
    under_way: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def reply(self, body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        """Return the next response."""
        with self.lock:
            next_one = self.replies.pop(0) if self.replies else self.always
        return (next_one or honest)(body)


def window_of(body: dict[str, Any]) -> str:
    """Return the words of the report in a request, between its marks."""
    lines = body["messages"][1]["content"].split("\n")
    assert re.fullmatch(r"<report [0-9a-f]{24}>", lines[0])
    assert lines[-1] == lines[0].replace("<report", "</report")
    return "\n".join(lines[1:-1])


def answered(content: str | dict[str, Any], finish: str = "stop") -> Reply:
    """Return the reply that holds ``content``."""
    words = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)

    def reply(body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        asked = sum(len(m["content"]) for m in body["messages"])
        whole = {
            "object": "chat.completion",
            "choices": [
                {
                    "index": 0,
                    "message": {"role": "assistant", "content": words},
                    "finish_reason": finish,
                }
            ],
            "usage": {"prompt_tokens": asked // 4, "completion_tokens": len(words) // 4},
        }
        return 200, {}, json.dumps(whole).encode()

    return reply


def failed(status: int, message: str = "", **headers: str) -> Reply:
    """Return the reply of a server that does not answer."""
    body = json.dumps({"error": {"message": message}}).encode()
    return lambda asked: (status, {k.replace("_", "-"): v for k, v in headers.items()}, body)


def slow(seconds: float, then: Reply | None = None) -> Reply:
    """Return the reply of a server that takes its time."""

    def reply(body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        time.sleep(seconds)
        return (then or honest)(body)

    return reply


def honest(body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
    """Answer as a model that reads like the built-in rules."""
    return answered(answer_of(window_of(body)))(body)


def obedient(body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
    """Answer as a model that does what the report says: whatever answer stands in it."""
    text = window_of(body)
    found = re.search(r"\{.*\}", text, re.DOTALL)
    return answered(found.group() if found else EMPTY)(body)


def answer_of(text: str) -> dict[str, Any]:
    """Return the rules' reading of a text as a model's answer."""
    arabic = sum("\u0600" <= c <= "\u06ff" for c in text) * 2 > sum(c.isalpha() for c in text)
    language = "ar" if arabic else "fr" if re.search(r"\b(?:le|les|des|une)\b", text) else "en"
    reading = read(Extraction(text, "text/plain", "utf-8", Extractor("x", "1"), language))
    names = {e.id: e.name for e in reading.entities if e.name in text}
    return {
        "names": [
            {
                "name": e.name,
                "type": str(e.type),
                "forms": sorted({m.of(text) for m in e.mentions}),
            }
            for e in reading.entities
        ],
        "times": [
            {"words": t.span.of(text), "nth": _nth(text, t.span.start, t.span.end), "type": t.type}
            for t in reading.times
        ],
        "quantities": [
            {"words": q.span.of(text), "nth": _nth(text, q.span.start, q.span.end)}
            for q in reading.quantities
        ],
        "claims": [_claim(text, reading, names, number) for number in range(len(reading.claims))],
    }


def _claim(text: str, reading: Reading, names: dict[str, str], number: int) -> dict[str, Any]:
    claim = reading.claims[number]
    return {
        "quote": claim.span.of(text),
        "nth": _nth(text, claim.span.start, claim.span.end),
        "chain": [_link(link) for link in claim.chain[1:]],
        "polarity": claim.polarity,
        "modality": claim.modality,
        "event_type": claim.event_type,
        "when": None,
        "where": [names[e] for e in claim.where if e in names],
        "who": [{"name": names[p.entity], "role": p.role} for p in claim.who if p.entity in names],
        "quantities": [reading.quantities[q].span.of(text) for q in claim.quantities],
    }


def _link(link: Link) -> dict[str, Any]:
    return {
        "source": link.source_text,
        "kind": link.kind if link.kind != "author" else "outlet",
        "cue": link.cue,
        "manner": link.manner or "indirect",
        "to": link.to,
        "channel": link.channel,
    }


def _nth(text: str, start: int, end: int) -> int:
    words, at, count = text[start:end], -1, 0
    while at < start:
        at = text.index(words, at + 1)
        count += 1
    return count


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of those who waited no more."""


@contextmanager
def serving(always: Reply | None = None) -> Iterator[ModelServer]:
    """Run a server on a free port of the loopback interface."""
    model = ModelServer(always=always)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            body = json.loads(raw)
            with model.lock:
                model.asked.append(body)
                model.headers.append(dict(self.headers))
                model.times.append(time.monotonic())
                model.under_way += 1
                model.most = max(model.most, model.under_way)
            try:
                status, headers, content = model.reply(body)
            finally:
                with model.lock:
                    model.under_way -= 1
            try:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
            except OSError:
                pass  # whoever asked waits no more

        do_GET = do_POST  # noqa: N815 - the name that http.server calls

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = _Quiet(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    model.address = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
