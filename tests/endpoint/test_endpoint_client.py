"""The way out: only to the address named, patient with what may pass, silent about the key."""

import json
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from tests.simulators.model_server import (
    ModelServer,
    answered,
    failed,
    serving,
    slow,
)

from tawatur.endpoint import Address, Endpoint, Pace
from tawatur.errors import EndpointError, EndpointRefusedError, UsageError

KEY = "sk-very-secret-0123456789"
BODY = {"model": "m", "messages": [{"role": "user", "content": "x"}], "max_tokens": 10}
FINE = answered("fine")


@pytest.fixture
def server() -> Iterator[ModelServer]:
    """A server that answers everything with one word."""
    with serving(FINE) as model:
        yield model


def _endpoint(server: ModelServer, **pace: Any) -> Endpoint:
    quick = {"timeout": 5.0, "tries": 3, "first_pause": 0.01} | pace
    return Endpoint(Address.parse(server.address), KEY, Pace(**quick))


@pytest.mark.parametrize(
    "given",
    [
        "http://127.0.0.1:8080/v1",
        "http://localhost/v1/",
        "http://[::1]:9/v1",
        "https://models.example.org/v1/chat/completions",
    ],
)
def test_loopback_and_https_are_addresses(given: str) -> None:
    """The path of the service itself may be given as well."""
    address = Address.parse(given)
    assert address.url.endswith("/v1")
    assert address.local == given.startswith("http:")


@pytest.mark.parametrize(
    "given",
    [
        "http://models.example.org/v1",
        "http://10.0.0.1/v1",
        "http://127.0.0.1.example.org/v1",
        "http://localhost@models.example.org/v1",
        "https://name:word@models.example.org/v1",
        "ftp://127.0.0.1/v1",
        "models.example.org/v1",
        "https://[::1",
        "https://models.example.org/v1?key=1",
        "",
    ],
)
def test_other_addresses_are_refused(given: str) -> None:
    """Plain HTTP to another machine above all, however the host is dressed up."""
    with pytest.raises(UsageError):
        Address.parse(given)


def test_an_answer_comes_with_what_it_took(server: ModelServer) -> None:
    """The request has the key and the body as given; nothing is asked before."""
    endpoint = _endpoint(server)
    assert server.asked == []
    answer = endpoint.ask(BODY)
    assert (answer.content, answer.finish, answer.tokens_out) == ("fine", "stop", 1)
    assert server.asked == [BODY]
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"
    endpoint.close()


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again(server: ModelServer, status: int) -> None:
    """Twice refused, then answered."""
    server.replies = [failed(status), failed(status)]
    assert _endpoint(server).ask(BODY).content == "fine"
    assert len(server.asked) == 3


def test_pauses_double(server: ModelServer) -> None:
    """Each try waits twice as long as the one before."""
    server.replies = [failed(503)] * 3
    _endpoint(server, tries=4, first_pause=0.1).ask(BODY)
    gaps = [b - a for a, b in zip(server.times, server.times[1:], strict=False)]
    assert gaps[0] >= 0.1
    assert gaps[1] >= 0.2
    assert gaps[2] >= 0.4


def test_the_server_says_how_long_to_wait(server: ModelServer) -> None:
    """In seconds, or by a date; either is honoured."""
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    server.replies = [failed(429, Retry_After="1"), failed(429, Retry_After=soon)]
    _endpoint(server).ask(BODY)
    assert server.times[1] - server.times[0] >= 1.0
    assert server.times[2] - server.times[0] >= 1.0


def test_an_hour_is_not_waited_for(server: ModelServer) -> None:
    """It is said at once."""
    server.replies = [failed(429, "quota", Retry_After="3600")]
    with pytest.raises(EndpointError, match="3600 seconds"):
        _endpoint(server).ask(BODY)
    assert len(server.asked) == 1


def test_after_the_last_try_it_says_what_was_answered(server: ModelServer) -> None:
    """No more requests than tries."""
    server.always = failed(503, "overloaded")
    with pytest.raises(EndpointError, match="503: overloaded"):
        _endpoint(server).ask(BODY)
    assert len(server.asked) == 3


@pytest.mark.parametrize("status", [401, 403, 404])
def test_what_will_not_pass_is_not_tried_again(server: ModelServer, status: int) -> None:
    """A wrong key or model is one error of its own kind."""
    server.always = failed(status, f"wrong key {KEY}")
    with pytest.raises(EndpointRefusedError) as raised:
        _endpoint(server).ask(BODY)
    assert len(server.asked) == 1
    assert KEY not in str(raised.value)


def test_the_key_is_never_shown(server: ModelServer) -> None:
    """Neither by what a server says back nor by a representation."""
    server.always = failed(400, f"no such thing: {KEY}\x1b[31m\n{'x' * 5000}")
    endpoint = _endpoint(server)
    with pytest.raises(EndpointError) as raised:
        endpoint.ask(BODY)
    assert KEY not in str(raised.value)
    assert "\x1b" not in str(raised.value)
    assert len(str(raised.value)) < 400
    assert KEY not in repr(endpoint)


def test_a_key_that_is_no_header_is_an_error_and_not_shown(server: ModelServer) -> None:
    """A key with a line break in it cannot smuggle a header."""
    with pytest.raises(UsageError) as raised:
        Endpoint(Address.parse(server.address), "a\r\nX-More: b")
    assert "X-More" not in str(raised.value)
    assert server.asked == []


def test_silence_is_tried_again_and_then_said(server: ModelServer) -> None:
    """A server that takes longer than it may."""
    server.always = slow(2.0, FINE)
    with pytest.raises(EndpointError, match="too slow"):
        _endpoint(server, timeout=0.2, tries=2).ask(BODY)
    assert len(server.asked) == 2


def test_nobody_there_is_said() -> None:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    endpoint = Endpoint(
        Address.parse(f"http://127.0.0.1:{port}/v1"), None, Pace(tries=2, first_pause=0.01)
    )
    with pytest.raises(EndpointError, match="cannot be reached"):
        endpoint.ask(BODY)


def test_no_redirect_is_followed(server: ModelServer) -> None:
    """Text goes to the address that was named, and to no other that it names."""
    with serving(FINE) as other:
        server.always = failed(307, Location=f"{other.address}/chat/completions")
        with pytest.raises(EndpointRefusedError, match="not followed"):
            _endpoint(server).ask(BODY)
        assert other.asked == []


def test_no_proxy_of_the_environment_is_used(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy is another machine that nobody named in the settings."""
    with serving(FINE) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.address.removesuffix("/v1"))
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        _endpoint(server).ask(BODY)
        assert proxy.asked == []
        assert len(server.asked) == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<html>not what you look for</html>",
        b"[]",
        b'{"choices": []}',
        b'{"choices": [{"message": {"content": null}}]}',
        b'{"choices": [{"message": {"content": 3}}]}',
        b'{"choices": [{"message": "x"}]}',
        b'{"choices": [{"message": {"content": "x"}}], "usage": {"prompt_tokens": "many"}}',
        b"[" * 100_000,
        b"\xff\xfe\x00",
    ],
)
def test_something_else_is_said_to_be_something_else(server: ModelServer, raw: bytes) -> None:
    """Whatever comes back, the error is Tawatur's own."""
    server.always = lambda body: (200, {}, raw)
    with pytest.raises(EndpointError, match="something else"):
        _endpoint(server).ask(BODY)


def test_a_refusal_of_the_model_is_said(server: ModelServer) -> None:
    """In the field for it, or as a filtered answer."""
    refusal = {"choices": [{"message": {"content": None, "refusal": "I cannot"}}]}
    server.replies = [lambda body: (200, {}, json.dumps(refusal).encode())]
    server.replies.append(answered("…", "content_filter"))
    for _ in range(2):
        with pytest.raises(EndpointError, match="refused to answer"):
            _endpoint(server).ask(BODY)


def test_an_endless_answer_is_cut_off(server: ModelServer) -> None:
    """Memory holds a few megabytes of it, no more."""
    server.always = answered("x" * 5_000_000)
    with pytest.raises(EndpointError, match="too long"):
        _endpoint(server).ask(BODY)


def test_requests_keep_the_pace(server: ModelServer) -> None:
    """No more starts in a minute than are allowed: here one in a tenth of a second."""
    endpoint = _endpoint(server, requests_per_minute=600)
    start = time.monotonic()
    for _ in range(4):
        endpoint.ask(BODY)
    assert time.monotonic() - start >= 0.3


def test_parameters_are_renamed_for_models_that_call_them_otherwise(server: ModelServer) -> None:
    """A refusal that names the parameter is met once, and remembered."""
    names = ["max_tokens", "temperature"]

    def picky(body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        wrong = next((n for n in names if n in body), None)
        if wrong:
            error = {"error": {"message": f"Unsupported: {wrong}", "param": wrong}}
            return 400, {}, json.dumps(error).encode()
        return FINE(body)

    server.always = picky
    endpoint = _endpoint(server, tries=4)
    asked = {**BODY, "temperature": 0}
    assert endpoint.ask(asked).content == "fine"
    assert endpoint.ask(asked).content == "fine"
    assert len(server.asked) == 4
    assert server.asked[-1]["max_completion_tokens"] == 10
    assert "temperature" not in server.asked[-1]


def test_nothing_is_contacted_by_importing_and_naming(server: ModelServer) -> None:
    """An endpoint that is never asked opens no connection, and closing it is fine."""
    _endpoint(server).close()
    assert server.asked == []
