"""Where there are accounts, a name and a password open the pages, for as long as they should."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from tests.simulators.clock import Clock
from tests.web.support_web import HERE, paths

from tawatur.errors import UsageError
from tawatur.i18n import LANGUAGES
from tawatur.model.account import AccountRole, AccountState
from tawatur.model.claim import Status
from tawatur.node import Node
from tawatur.settings import Web
from tawatur.web import app, serve

HOST = "desk.example.org"
REPORT = "The army said on Monday that two soldiers were killed near Widril."


@dataclass
class Desk:
    """A node with accounts, its clock, and the passwords that were handed out."""

    node: Node
    clock: Clock
    passwords: dict[str, str]

    def __post_init__(self) -> None:
        """Put the pages before it."""
        self.site = app(self.node, None, clock=self.clock)

    def client(self, base: str = "http://127.0.0.1") -> TestClient:
        """Return a browser that nobody came in by."""
        return TestClient(self.site, base_url=base, follow_redirects=False)

    def enter(self, client: TestClient, name: str, password: str = "") -> Response:
        """Return what somebody is answered who comes in."""
        data = {"name": name, "password": password or self.passwords.get(name, "wrong")}
        answer: Response = client.post("/login", data=data, headers=HERE)
        return answer

    def of(self, name: str) -> TestClient:
        """Return the browser of somebody who came in."""
        client = self.client()
        assert self.enter(client, name).status_code == 303
        return client


def post(client: TestClient, address: str, **fields: str | list[str]) -> Response:
    """Return the answer to a form of one of the pages."""
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', client.get("/me").text)
    assert found
    data = {"csrf": found[1], **fields}
    answer: Response = client.post(address, data=data, headers=HERE)
    return answer


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Give a node with a report and three people."""
    clock = Clock()
    (tmp_path / "report.txt").write_text(REPORT)
    Node.init(tmp_path / "node", name="Joint staff").close()
    with Node.open(tmp_path / "node", clock=clock) as node:
        node.settings = replace(node.settings, web=Web(hosts=(HOST,)))
        node.add([tmp_path / "report.txt"])
        passwords = {
            name: node.accounts.add(name, roles=roles)[1]
            for name, roles in (
                ("Salma", [AccountRole.ADMINISTRATOR]),
                ("ريم", [AccountRole.ANALYST]),
                ("Nur", [AccountRole.READER]),
            )
        }
        yield Desk(node, clock, passwords)


def test_without_a_session_every_address_leads_to_the_login(desk: Desk) -> None:
    """And nothing is told but that; the start-up link is closed."""
    client = desk.client()
    for path in paths("GET"):
        if path not in {"/login", "/language", "/healthz", "/static/{path:path}"}:
            answer = client.get(path)
            assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/login")
    for path in paths("POST"):
        assert client.post(path, headers=HERE).status_code == 403
    for path in ("/login", "/static/none.css", "/nothing"):
        assert desk.node.name not in client.get(path).text
    for headers in (HERE, {"origin": "https://evil.example"}):
        assert desk.node.name not in client.post("/login", headers=headers).text
    assert client.get("/static/site.css").status_code == 200


def test_a_name_and_its_password_open_the_page_that_was_asked_for(desk: Desk) -> None:
    """In any case of letters; scripts and other sites do not get the cookie."""
    client = desk.client()
    data = {"name": "SALMA", "password": desk.passwords["Salma"], "back": "/documents"}
    answer = client.post("/login", data=data, headers=HERE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/documents")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "secure" not in cookie
    assert "Salma" in client.get("/").text
    evil = {**data, "back": "//evil.example"}
    assert client.post("/login", data=evil, headers=HERE).headers["location"] == "/"


@pytest.mark.parametrize(
    ("name", "password"), [("Salma", "wrong"), ("Nobody", "wrong"), ("", ""), ("ريم", "wrong")]
)
def test_a_wrong_password_is_answered_as_one_of_nobody(
    desk: Desk, name: str, password: str
) -> None:
    """After too many, even the right one is not heard for a while."""
    client = desk.client()
    answers = [desk.enter(client, name, password or "x") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [403] * 5 + [429]
    other = [desk.enter(client, "Somebody else", "x") for _ in range(6)]
    for one, another in zip(answers, other, strict=True):
        assert one.text == another.text
    assert desk.enter(client, name).status_code == 429
    desk.clock.now += timedelta(minutes=15)
    assert desk.enter(client, name).status_code == (303 if name in desk.passwords else 403)


def test_a_login_from_another_site_is_not_heard(desk: Desk) -> None:
    """It would be somebody else's session."""
    data = {"name": "Salma", "password": desk.passwords["Salma"]}
    for headers in ({}, {"sec-fetch-site": "cross-site"}, {"origin": "http://evil.example"}):
        assert desk.client().post("/login", data=data, headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("minutes", "open_"), [([29] * 3, True), ([30], False), ([29] * 24, True), ([29] * 25, False)]
)
def test_a_session_ends(desk: Desk, minutes: list[int], open_: bool) -> None:
    """Half an hour after the last request, and twelve hours after the first."""
    client = desk.of("Nur")
    for step in minutes:
        desk.clock.now += timedelta(minutes=step)
        answer = client.get("/")
    assert (answer.status_code == 200) is open_


def test_logging_out_ends_it(desk: Desk) -> None:
    """For the cookie too, wherever it was copied to."""
    client, copy = desk.of("Nur"), desk.client()
    copy.cookies.update(client.cookies)
    assert copy.get("/").status_code == 200
    assert post(client, "/logout").headers["location"] == "/login"
    assert client.get("/").status_code == 303
    assert copy.get("/").status_code == 303


@pytest.mark.parametrize("act", ["suspend", "remove", "password", "until"])
def test_an_account_that_is_closed_ends_its_sessions_at_once(desk: Desk, act: str) -> None:
    """By whichever door it was closed."""
    client, accounts = desk.of("Nur"), desk.node.accounts
    assert client.get("/documents").status_code == 200
    match act:
        case "suspend":
            accounts.change("Nur", state=AccountState.SUSPENDED)
        case "remove":
            accounts.change("Nur", state=AccountState.REMOVED)
        case "password":
            accounts.password("Nur")
        case _:
            accounts.change("Nur", until=desk.clock.now)
    assert client.get("/documents").headers["location"].startswith("/login")
    assert client.get("/documents").status_code == 303
    assert ("its last day is past" in desk.of("Salma").get("/accounts").text) == (act == "until")


def test_a_change_of_roles_holds_for_who_is_in(desk: Desk) -> None:
    """At the next request."""
    client, claim = desk.of("Nur"), desk.node.claims()[0].id
    refused = post(client, f"/claims/{claim}/accept")
    assert refused.status_code == 403
    assert "analyst" in refused.text
    assert desk.node.claim(claim).status is Status.PROPOSED
    desk.node.accounts.change("Nur", roles=frozenset({AccountRole.ANALYST}))
    assert post(client, f"/claims/{claim}/accept").status_code == 303
    (judgement,) = desk.node.claim(claim).judgements
    assert desk.node.ledger.entry(judgement).header.author == desk.node.accounts.one("Nur").id


def test_choosing_a_password_ends_one_s_other_sessions(desk: Desk) -> None:
    """The one in which it is chosen goes on."""
    here, there = desk.of("ريم"), desk.of("ريم")
    old, new = desk.passwords["ريم"], "a long new password"
    for fields in (
        {"old": "wrong", "new": new, "again": new},
        {"old": old, "new": new, "again": "another one, long"},
        {"old": old, "new": "short", "again": "short"},
    ):
        assert post(here, "/me", **fields).status_code == 422
    assert there.get("/").status_code == 200
    assert post(here, "/me", old=old, new=new, again=new).status_code == 303
    assert here.get("/me?changed=1").status_code == 200
    assert there.get("/").status_code == 303
    assert desk.enter(desk.client(), "ريم", new).status_code == 303


def test_an_administrator_keeps_the_accounts_on_a_page(desk: Desk) -> None:
    """Adds one, and it opens; suspends, restores, changes and removes it."""
    salma = desk.of("Salma")
    page = post(
        salma,
        "/accounts",
        name="Hadi",
        role=["reader", "analyst"],
        compartments="north، south",
        until="2031-12-31",
    ).text
    password = re.search(r"<code>([0-9a-z-]+)</code>", page)
    assert password
    assert password[1] not in salma.get("/accounts").text
    hadi = desk.node.accounts.one("Hadi")
    assert hadi.roles == {AccountRole.READER, AccountRole.ANALYST}
    assert hadi.compartments == {"north", "south"}
    assert desk.enter(desk.client(), "Hadi", password[1]).status_code == 303
    for act, status in (("suspend", 403), ("restore", 303)):
        assert post(salma, f"/accounts/{hadi.id}/{act}").status_code == 303
        assert desk.enter(desk.client(), "Hadi", password[1]).status_code == status
    assert post(salma, f"/accounts/{hadi.id}", role="reader", compartments="").status_code == 303
    changed = desk.node.accounts.one("Hadi")
    assert changed.roles == {AccountRole.READER}
    assert (len(changed.compartments), changed.until) == (0, None)
    assert "<code>" in post(salma, f"/accounts/{hadi.id}/password").text
    assert post(salma, f"/accounts/{hadi.id}/remove").status_code == 303
    assert "Hadi" not in salma.get("/accounts").text


def test_a_slip_on_the_page_is_said_and_changes_nothing(desk: Desk) -> None:
    """A name that is taken, no role, a day that is none, an account that is gone."""
    salma, size = desk.of("Salma"), desk.node.ledger.size
    me = desk.node.accounts.one("Salma").id
    for address, fields in (
        ("/accounts", {"name": "nur", "role": "reader"}),
        ("/accounts", {"name": "Hadi"}),
        ("/accounts", {"name": "Hadi", "role": "reader", "until": "tomorrow"}),
        (f"/accounts/{me}", {"role": "reader"}),
        (f"/accounts/{me}/suspend", {}),
        ("/accounts/a-0000000000000000/password", {}),
        ("/accounts/a-0000000000000000/suspend", {}),
    ):
        answer = post(salma, address, **fields)
        assert answer.status_code in {404, 422}, address
        assert "alert" in answer.text or answer.status_code == 404
    assert desk.node.ledger.size == size


@pytest.mark.parametrize("name", ["ريم", "Nur"])
def test_the_accounts_are_nobody_else_s_to_see_or_change(desk: Desk, name: str) -> None:
    """Whatever address they know."""
    client, salma = desk.of(name), desk.node.accounts.one("Salma").id
    page = client.get("/accounts")
    assert page.status_code == 403
    assert salma not in page.text
    for path in paths("POST"):
        if path.startswith("/accounts"):
            address = path.replace("{key}", salma)
            assert post(client, address, name="Hadi", role="reader").status_code == 403, path
    assert desk.node.accounts.one("Salma").state is AccountState.ACTIVE


def test_the_ledger_is_an_administrator_s_to_check(desk: Desk) -> None:
    """Its counts tell of what others may not see; reasons of erasures are told to nobody here."""
    item = desk.node.desk.commit(by="Banzura", what="send lorries").id
    desk.node.erase(item, why="asked for by the family")
    assert post(desk.of("Nur"), "/node/verify").status_code == 403
    page = post(desk.of("Salma"), "/node/verify")
    assert page.status_code == 200
    assert "family" not in page.text


def test_a_host_of_the_settings_is_served_over_https_alone(desk: Desk) -> None:
    """By a proxy that says how it was asked; the cookie goes nowhere else."""
    client = desk.client(f"https://{HOST}")
    assert client.get("/login").status_code == 421
    client.headers["x-forwarded-proto"] = "https"
    assert client.get("/login").status_code == 200
    data = {"name": "Salma", "password": desk.passwords["Salma"]}
    plain = {"origin": f"http://{HOST}"}
    assert client.post("/login", data=data, headers=plain).status_code == 403
    answer = client.post("/login", data=data, headers={"origin": f"https://{HOST}"})
    assert answer.status_code == 303
    assert "secure" in answer.headers["set-cookie"].lower()
    assert client.get("/").status_code == 200
    client.headers["x-forwarded-proto"] = "http"
    assert client.get("/").status_code == 421
    assert desk.client("https://other.example").get("/login").status_code == 421


def test_without_accounts_no_other_host_is_served(tmp_path: Path) -> None:
    """The start-up link is for this machine."""
    with Node.init(tmp_path / "node") as node:
        node.settings = replace(node.settings, web=Web(hosts=(HOST,)))
        client = TestClient(app(node, "once"), base_url=f"https://{HOST}")
        client.headers["x-forwarded-proto"] = "https"
        assert client.get("/start?token=once").status_code == 421


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_shown_in_each_language(desk: Desk, language: str) -> None:
    """With a direction; names of people stand apart."""
    client = desk.of("Salma")
    client.cookies.set("tawatur-language", language)
    for address in ("/login", "/me", "/accounts"):
        page = client.get(address).text
        assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in page
    assert '<bdi dir="auto">ريم</bdi>' in client.get("/accounts").text


def test_without_accounts_the_first_is_made_on_the_page(tmp_path: Path) -> None:
    """By whoever started them; nobody can log in or be anybody before."""
    with Node.init(tmp_path / "node") as node:
        client = TestClient(app(node, "once"), base_url="http://127.0.0.1", follow_redirects=False)
        client.get("/start?token=once")
        for address in ("/login", "/me"):
            assert client.get(address).status_code == 404
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', client.get("/accounts").text)
        assert found
        data = {"csrf": found[1], "name": "Salma", "role": [role.value for role in AccountRole]}
        assert "<code>" in client.post("/accounts", data=data, headers=HERE).text
        assert node.accounts.exist()
        with pytest.raises(UsageError, match="account"):
            serve(node, accounts=True, port=0, announce=_stop)


def _stop(address: str) -> None:
    assert address.endswith("/login")
    raise UsageError("the account page was announced")


def test_serving_for_accounts_alone_takes_some(tmp_path: Path) -> None:
    """Nobody waits before pages that nothing opens."""
    with Node.init(tmp_path / "node") as node, pytest.raises(UsageError, match="no account yet"):
        serve(node, accounts=True, announce=print)
