"""Nobody but the person with the start-up link sees or changes anything."""

from contextlib import ExitStack
from threading import Thread

import pytest
from fastapi.testclient import TestClient
from tests.simulators.clock import Clock
from tests.simulators.node import filled
from tests.web.support_web import HERE, addresses, paths, person

from tawatur.errors import UsageError
from tawatur.settings import Web
from tawatur.web import app, serve
from tawatur.web.guard import (
    MOST_NAMES,
    MOST_WAITING,
    Attempts,
    from_here,
    is_loopback,
    local,
)

BASE = "http://127.0.0.1"


def posts() -> list[str]:
    """Return every address that changes something; who comes in by a name has no session yet."""
    return [path for path in paths("POST") if path != "/login"]


def test_no_page_is_shown_without_a_session() -> None:
    """Nor a style sheet: by that a site could tell what runs here."""
    node = filled()
    client = TestClient(app(node, "once"), base_url=BASE)
    for address in (*addresses(node), "/static/site.css", "/nothing", "/language?to=ar"):
        answer = client.get(address, follow_redirects=False)
        assert answer.status_code == 403, address
        assert "start-up link" in answer.text
        assert node.name not in answer.text


def test_the_token_works_once() -> None:
    """Whoever finds it in a history later stays outside."""
    site = app(filled(), "once")
    first, second = TestClient(site, base_url=BASE), TestClient(site, base_url=BASE)
    assert first.get("/start?token=wrong", follow_redirects=False).status_code == 403
    opened = first.get("/start?token=once", follow_redirects=False)
    assert (opened.status_code, opened.headers["location"]) == (303, "/")
    cookie = opened.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert second.get("/start?token=once", follow_redirects=False).status_code == 403
    assert second.get("/").status_code == 403
    assert first.get("/").status_code == 200


def test_health_is_told_to_anyone_and_nothing_else() -> None:
    """It says that a process answers, not whose."""
    answer = TestClient(app(filled(), "once"), base_url=BASE).get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok")


def test_a_name_that_points_at_the_loopback_reaches_nothing() -> None:
    """DNS rebinding: the browser believes it talks to the attacker's site."""
    client = person(filled()).client
    for host in ("attacker.example", "127.0.0.1.attacker.example", ""):
        assert client.get("/", headers={"host": host}).status_code == 421
    assert client.get("/healthz", headers={"host": "attacker.example"}).status_code == 421


def test_there_are_addresses_that_change_something() -> None:
    """So that the next test looks at something."""
    assert "/claims/{key}/accept" in posts()


@pytest.mark.parametrize("path", posts())
def test_a_form_from_elsewhere_changes_nothing(path: str) -> None:
    """Neither without the form's token, nor with it from another site."""
    someone = person(filled())
    address = path.replace("{key}", next(iter(someone.node.all_claims)))
    before = dict(someone.node.all_claims), list(someone.node.desk.steps)
    token, fields = someone.token(), {"by": "أ", "to": "ب", "what": "ج", "polarity": "denied"}
    for headers, csrf in (
        (HERE, ""),
        (HERE, "0" * 64),
        ({}, token),
        ({"sec-fetch-site": "cross-site"}, token),
        ({"sec-fetch-site": "same-site"}, token),
        ({"origin": "http://attacker.example", "sec-fetch-site": "same-origin"}, token),
        ({"origin": "null"}, token),
    ):
        data = {**fields, "csrf": csrf}
        answer = someone.client.post(address, data=data, headers=headers, follow_redirects=False)
        assert answer.status_code == 403, (headers, csrf)
    assert (dict(someone.node.all_claims), list(someone.node.desk.steps)) == before


def test_an_endless_form_is_refused() -> None:
    """Its length is asked before it is read."""
    someone = person(filled())
    data = {"csrf": someone.token(), "what": "س" * 600_000}
    assert someone.client.post("/commitments", data=data, headers=HERE).status_code == 413


def test_every_answer_forbids_what_the_pages_do_not_need() -> None:
    """Pages, refusals and files alike."""
    client = person(filled()).client
    for address in ("/", "/nothing", "/static/site.css", "/healthz"):
        headers = client.get(address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"


def test_files_outside_the_static_folder_are_not_served() -> None:
    """Whatever the path says."""
    client = person(filled()).client
    for path in (
        "../pages.py",
        "..%2fpages.py",
        "%2e%2e/pages.py",
        "/etc/passwd",
        "vendor/../x.py",
    ):
        assert client.get(f"/static/{path}").status_code == 404


def test_only_the_loopback_is_served() -> None:
    """The pages have no password, and need none there."""
    with pytest.raises(UsageError, match="loopback"):
        serve(filled(), host="0.0.0.0", announce=print)  # noqa: S104 - refused, as it should be


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1:8420", True),
        ("localhost", True),
        ("[::1]:8420", True),
        ("127.0.0.1.example", False),
        ("[::1", False),
        (None, False),
    ],
)
def test_a_host_is_loopback_by_its_whole_name(host: str | None, loopback: bool) -> None:
    """Not by how it begins."""
    assert is_loopback(host) is loopback


def test_a_form_comes_from_here_when_the_browser_says_so() -> None:
    """By Sec-Fetch-Site, or by Origin where a browser does not send that."""
    host = {"host": "127.0.0.1:8420"}
    assert from_here({**host, "origin": "http://127.0.0.1:8420"})
    assert from_here({**host, "origin": "null", "sec-fetch-site": "same-origin"})
    assert not from_here({**host, "origin": "http://127.0.0.1:9"})
    assert not from_here(host)


@pytest.mark.parametrize(
    "address", ["//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nb", ""]
)
def test_nothing_leads_to_another_site(address: str) -> None:
    """Not even an address that the person was made to bring along."""
    assert local(address) == "/"
    answer = person(filled()).client.get(
        "/language", params={"to": "fr", "back": address}, follow_redirects=False
    )
    assert answer.headers["location"] == "/"


def test_few_wait_for_their_password_to_be_tried() -> None:
    """Whoever sends many at once keeps no thread from answering pages; turns come back."""
    attempts = Attempts(Web(), Clock())
    with ExitStack() as turns:
        assert turns.enter_context(attempts.turn())
        waiting = [Thread(target=_wait, args=(attempts,)) for _ in range(MOST_WAITING - 1)]
        for each in waiting:
            each.start()
        while attempts._waiting._value:
            pass
        with attempts.turn() as mine:
            assert not mine
    for each in waiting:
        each.join()
    with attempts.turn() as mine:
        assert mine


def _wait(attempts: Attempts) -> None:
    with attempts.turn() as mine:
        assert mine


def test_names_of_which_nobody_asks_again_are_forgotten() -> None:
    """So that memory is bounded whatever is tried."""
    attempts = Attempts(Web(failures=1), Clock())
    for number in range(MOST_NAMES + 1):
        attempts.failed(str(number))
    assert not attempts.closed("0")
    assert attempts.closed(str(MOST_NAMES))
