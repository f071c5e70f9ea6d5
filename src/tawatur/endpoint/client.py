"""One question to a server that speaks OpenAI's chat completions, and one answer or one refusal.

What leaves this machine goes to the address given and nowhere else: no redirect is
followed, no proxy of the environment is used, no cookie is kept, and plain HTTP goes to
the loopback interface only. The key is sent and never shown: neither in an error, nor in
a representation, nor in what a server answers back.

What may pass by itself is tried again (too many requests, faults of the server, silence),
with pauses that double unless the server names one; what cannot is one error that says
why. Requests start no closer to each other than the pace allows. Safe for threads.

Known cost: an answer is read whole, four megabytes at most.
"""

import ipaddress
import json
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tawatur.errors import EndpointError, EndpointRefusedError, Message, UsageError

if TYPE_CHECKING:
    import httpx

LARGEST = 4_000_000
"""Bytes of one answer at most; a window's answer has some ten thousand."""

PATIENCE = 120.0
"""Seconds that a server may ask to be left alone; longer is an error that says so."""

_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_PATH = "/chat/completions"


@dataclass(frozen=True, slots=True)
class Address:
    """A server's address, up to and with ``/v1``, checked before anything is sent."""

    url: str

    @classmethod
    def parse(cls, given: str) -> "Address":
        """Return the address that ``given`` is.

        Raises:
            UsageError: It is none, carries a name and password, or is plain HTTP to
                another machine.
        """
        try:
            parts = urlsplit(given.strip())
            host, _ = parts.hostname, parts.port
        except ValueError as cause:
            raise UsageError("{0} is not an address of a server", repr(given)) from cause
        if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment:
            raise UsageError("{0} is not an address of a server", repr(given))
        if parts.username or parts.password:
            raise UsageError("an address holds no password; give the key by itself")
        if parts.scheme == "http" and not _loopback(host):
            raise UsageError(
                "{0} is another machine: it is asked over https only, so that nobody between "
                "reads the reports",
                host,
            )
        path = parts.path.rstrip("/").removesuffix(_PATH)
        return cls(f"{parts.scheme}://{parts.netloc}{path}")

    @property
    def local(self) -> bool:
        """Whether it is this machine's own loopback interface."""
        return _loopback(urlsplit(self.url).hostname or "")


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the words, why they end (``stop``, ``length`` …), and what they took."""

    content: str
    finish: str
    tokens_in: int = 0
    tokens_out: int = 0


@dataclass(frozen=True, slots=True)
class Pace:
    """How a server is asked: seconds, counts; ``first_pause`` doubles with each try."""

    timeout: float = 300.0
    tries: int = 5
    requests_per_minute: float = 0.0  # 0: as fast as it answers
    first_pause: float = 1.0


@dataclass(slots=True)
class Endpoint:
    """A server, a key for it and how it is asked; opened at the first question.

    Raises:
        UsageError: The key is no line of printable ASCII.
    """

    address: Address
    key: str | None = field(repr=False, default=None)
    pace: Pace = Pace()
    wait: Callable[[float], object] = time.sleep  # returns true to give up waiting
    _client: "httpx.Client | None" = field(default=None, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _next: float = 0.0
    _changed: dict[str, str | None] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        if self.key is not None and not (self.key.isascii() and self.key.isprintable()):
            raise UsageError("the key for the language model holds characters that no key has")

    def close(self) -> None:
        """Let go of the connections."""
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = None

    def ask(self, body: Mapping[str, Any]) -> Answer:
        """Return the answer to one chat completion.

        Args:
            body: The request as JSON values; ``stream`` is never set.

        Raises:
            EndpointRefusedError: It refuses whatever is asked: key, model, address.
            EndpointError: No answer came, or none that can be understood.
        """
        why = Message("it did not answer")
        pause = self.pace.first_pause
        for left in reversed(range(max(1, self.pace.tries))):
            self._keep_pace()
            told: float | None = None
            try:
                status, headers, raw = self._post(body)
            except _FaultError as fault:
                why = fault.why
            else:
                if status == 200:
                    return _answer(raw)
                why = self._why(status, raw)
                if status == 400 and self._adapted(raw, body):
                    continue
                if status not in _AGAIN:
                    raise _error(status, why)
                told = _told(headers)
                if told is not None and told > PATIENCE:
                    raise EndpointError(
                        "the language model's server wants to be left alone for {0} seconds ({1})",
                        str(round(told)),
                        why,
                    )
            if left:
                if self.wait(pause if told is None else told):
                    break
                pause *= 2
        raise EndpointError("the language model's server gave no answer: {0}", why)

    # ------------------------------------------------------------ within

    def _keep_pace(self) -> None:
        """Wait until the next request may start."""
        if self.pace.requests_per_minute <= 0:
            return
        with self._lock:
            now = time.monotonic()
            start = max(now, self._next)
            self._next = start + 60.0 / self.pace.requests_per_minute
        if start > now:
            self.wait(start - now)

    def _opened(self) -> "httpx.Client":
        import httpx  # noqa: PLC0415 - a tenth of a second that only this way out may cost

        with self._lock:
            if self._client is None:
                self._client = httpx.Client(
                    timeout=self.pace.timeout,
                    # The machine's own certificates; no proxy, no password file.
                    verify=ssl.create_default_context(),
                    trust_env=False,
                    follow_redirects=False,
                )
            return self._client

    def _post(self, body: Mapping[str, Any]) -> tuple[int, Mapping[str, str], bytes]:
        """Return status, headers and body of one attempt.

        Raises:
            _FaultError: It may pass by itself.
        """
        import httpx  # noqa: PLC0415 - as above

        client = self._opened()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        end = time.monotonic() + self.pace.timeout
        content = json.dumps(self._as_taken(body), ensure_ascii=False).encode("utf-8")
        try:
            with client.stream(
                "POST", self.address.url + _PATH, content=content, headers=headers
            ) as answer:
                parts, size = [], 0
                for part in answer.iter_bytes():
                    parts.append(part)
                    size += len(part)
                    if size > LARGEST:
                        raise EndpointError("the language model's answer is too long")
                    if time.monotonic() > end:
                        raise _FaultError(Message("it was too slow"))
                client.cookies.clear()
                return answer.status_code, dict(answer.headers), b"".join(parts)
        except httpx.TimeoutException as cause:
            raise _FaultError(Message("it was too slow")) from cause
        except httpx.HTTPError as cause:
            reason = self._clean(str(cause) or type(cause).__name__)
            raise _FaultError(Message("it cannot be reached ({0})", (reason,))) from cause
        except (ValueError, ssl.SSLError, httpx.InvalidURL) as cause:  # a key that is no header
            raise EndpointRefusedError(
                "the language model's server cannot be asked ({0})", type(cause).__name__
            ) from cause

    def _as_taken(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Return the body with the parameters named as this model takes them."""
        named = {name: self._changed.get(name, name) for name in body}
        return {new: body[name] for name, new in named.items() if new is not None}

    def _adapted(self, raw: bytes, body: Mapping[str, Any]) -> bool:
        """Whether the refusal names a parameter that can be called otherwise, or left out."""
        try:
            name = str(json.loads(raw)["error"]["param"])
        except (ValueError, KeyError, TypeError, RecursionError):
            return False
        changes: dict[str, str | None] = {
            "max_tokens": "max_completion_tokens",
            "temperature": None,
        }
        if name not in changes or name in self._changed or name not in body:
            return False
        self._changed[name] = changes[name]
        return True

    def _why(self, status: int, raw: bytes) -> Message:
        """Return what a refusal says, in few characters, without the key."""
        if status in (401, 403):
            return Message("it does not accept the key ({0})", (str(status),))
        if status in (301, 302, 303, 307, 308):
            return Message("it sends to another address, which is not followed")
        try:
            error = json.loads(raw)["error"]
            said = error["message"] if isinstance(error, dict) else error
        except (ValueError, KeyError, TypeError, RecursionError):
            said = ""
        words = self._clean(str(said))
        code = f"{status}: {words}" if words else str(status)
        return Message("it answered {0}", (code,))

    def _clean(self, words: str) -> str:
        """Return foreign words as one short printable line that does not hold the key."""
        if self.key:
            words = words.replace(self.key, "…")
        return " ".join("".join(c for c in words if c.isprintable() or c == " ").split())[:200]


class _FaultError(Exception):
    """An attempt failed in a way that may pass."""

    def __init__(self, why: Message) -> None:
        super().__init__(str(why))
        self.why = why


def _error(status: int, why: Message) -> EndpointError:
    if status in (400, 413, 422):  # this question, perhaps not the next
        return EndpointError("the language model's server refuses: {0}", why)
    return EndpointRefusedError("the language model's server refuses: {0}", why)


def _told(headers: Mapping[str, str]) -> float | None:
    """Return the seconds after which a server wants to be asked again, None if it names none."""
    given = headers.get("retry-after", "").strip()
    if not given:
        return None
    try:
        return max(0.0, float(given))
    except ValueError:
        pass
    try:
        at = parsedate_to_datetime(given)
    except (ValueError, TypeError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())


def _answer(raw: bytes) -> Answer:
    """Return the answer in what a server sent.

    Raises:
        EndpointError: It is none, or the model refused.
    """
    try:
        whole = json.loads(raw)
        choice = whole["choices"][0]
        message = choice["message"]
        content, refusal = message.get("content"), message.get("refusal")
        finish = str(choice.get("finish_reason") or "stop")
        usage = whole.get("usage") or {}
        tokens = [max(0, int(usage.get(n) or 0)) for n in ("prompt_tokens", "completion_tokens")]
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as cause:
        raise EndpointError("the language model's server answered something else") from cause
    if refusal or finish == "content_filter":
        raise EndpointError("the language model refused to answer")
    if not isinstance(content, str):
        raise EndpointError("the language model's server answered something else")
    return Answer(content, finish, tokens[0], tokens[1])
