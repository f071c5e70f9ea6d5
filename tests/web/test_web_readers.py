"""Whoever may only read is offered nothing that would be refused, nor shown what is not theirs."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.web.support_web import HERE
from tests.web.test_web_accounts import post

from tawatur.model.account import AccountRole
from tawatur.model.desk import Request, RequestKind
from tawatur.node import Node
from tawatur.web import app

REPORT = "The minister said that Delmassa asked Nomara for flights over the border.\n"
DEAR = "The minister said that flights over the border cost 70,000 dollars.\n"
LESSON = "ask the host a week before"
ITS_OWN = {"/logout", "/me"}
"""Where forms are sent that everybody who came in may send."""

FORM = re.compile(r'<form\b[^>]*method="post"[^>]*action="([^"]+)"')
LINK = re.compile(r'href="(/[^"#]*)')
LEAVE = ("/static/", "/language", "/keys", "/seen", "/logout")
"""Addresses that are no pages, or change what the person chose."""

MOST = 120
"""Pages that one walk sees; the node has fewer kinds than that."""


@dataclass(frozen=True)
class House:
    """A joint node with two reports, a collection, a lesson, and five people who may come in."""

    node: Node
    mission: Request
    passwords: dict[str, str]

    def of(self, name: str) -> TestClient:
        """Return the browser of somebody who came in."""
        client = TestClient(
            app(self.node, None), base_url="http://127.0.0.1", follow_redirects=False
        )
        data = {"name": name, "password": self.passwords[name]}
        assert client.post("/login", data=data, headers=HERE).status_code == 303
        return client


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Give the node; what the flights cost, and the lesson, lie in the compartment north."""
    with Node.init(tmp_path / "other", name="Neighbour") as other:
        card = other.partners.sealed_card()
    for name, words in (("report", REPORT), ("dear", DEAR)):
        (tmp_path / f"{name}.txt").write_text(words)
    with Node.init(tmp_path / "node", name="Joint staff") as node:
        node.partners.add(card)
        node.add([tmp_path / "report.txt", tmp_path / "dear.txt"])
        asked = next(each.id for each in node.claims() if "asked" in each.quote)
        mission = node.desk.ask(
            by="Delmassa",
            to="Nomara",
            what="flights over the border",
            kind=RequestKind.COLLECTION,
            claims=[asked],
        )
        north = {"compartments": frozenset({"north"})}
        dear = next(each.id for each in node.documents() if each.name == "dear.txt")
        node.labels.change(dear, north)
        lesson = node.lessons.add(LESSON, about=mission.id)
        node.labels.change(lesson.id, north)
        passwords = {}
        for name, role, compartments, of in (
            ("Salma", AccountRole.ADMINISTRATOR, (), None),
            ("Nur", AccountRole.READER, (), None),
            ("Rim", AccountRole.ANALYST, (), None),
            ("Hadi", AccountRole.READER, ("north",), None),
            ("Omar", AccountRole.READER, (), "Neighbour"),
        ):
            passwords[name] = node.accounts.add(
                name, roles=[role], compartments=frozenset(compartments), organisation=of
            )[1]
        yield House(node, mission, passwords)


def walked(client: TestClient) -> dict[str, str]:
    """Return the pages that links lead to from the first, by address."""
    pages: dict[str, str] = {}
    waiting = ["/"]
    while waiting and len(pages) < MOST:
        address = waiting.pop(0)
        if address in pages or address.startswith(LEAVE):
            continue
        answer = client.get(address)
        assert answer.status_code == 200, address
        pages[address] = answer.text
        waiting += map(html.unescape, LINK.findall(answer.text))
    return pages


@pytest.mark.parametrize("name", ["Nur", "Omar"])
def test_a_reader_is_offered_nothing_that_is_refused(house: House, name: str) -> None:
    """On no page that a link leads to, and every such page answers; an analyst has the forms."""
    read, worked = walked(house.of(name)), walked(house.of("Rim"))
    offered = {(page, form) for page, text in read.items() for form in FORM.findall(text)}
    assert {form for _, form in offered} <= ITS_OWN
    assert not any("data-correct" in text or 'form="choosing"' in text for text in read.values())
    assert {form for text in worked.values() for form in FORM.findall(text)} - ITS_OWN
    assert any("data-correct" in text for text in worked.values())


def test_a_reader_reads_lessons_and_cannot_change_them(house: House) -> None:
    """Whoever is let into the compartment reads it; the form that is not there is refused."""
    page = house.of("Hadi").get("/lessons").text
    lesson = house.node.lessons.all()[0]
    assert LESSON in page
    assert "/withdraw" not in page
    answer = post(house.of("Hadi"), f"/lessons/{lesson.id}/withdraw", why="not here")
    assert answer.status_code == 403
    assert house.node.lessons.all() == (lesson,)


@pytest.mark.parametrize("name", ["Nur", "Rim", "Omar"])
def test_lessons_and_sums_of_a_compartment_are_shown_to_nobody_else(
    house: House, name: str
) -> None:
    """Neither on their own pages nor on that of the request, nor is how many there are told."""
    client = house.of(name)
    lessons = client.get("/lessons").text
    assert LESSON not in lessons
    assert '<span class="total">0</span>' in lessons
    assert LESSON not in client.get(f"/lessons?about={house.mission.id}").text
    shown = client.get(f"/requests/{house.mission.id}?sums=1")
    assert "70,000" not in shown.text
    assert "70000" not in shown.text
    assert LESSON not in shown.text
    assert shown.status_code == (404 if name == "Omar" else 200)


def test_sums_are_shown_to_whoever_is_let_in_without_the_form_that_takes_them(
    house: House,
) -> None:
    """The same page, with the right to read and no other."""
    page = house.of("Hadi").get(f"/requests/{house.mission.id}?sums=1").text
    assert "70000 USD" in page
    assert LESSON in page
    assert not set(FORM.findall(page)) - ITS_OWN
