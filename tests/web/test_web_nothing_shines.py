"""Whoever works for another organisation sees nothing of what is not for it, at any address."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from tests.web.support_web import HERE, NOW, paths

from tawatur import samples
from tawatur.model.account import AccountRole
from tawatur.model.hypothesis import Bears
from tawatur.model.ruling import Outcome
from tawatur.node import Node
from tawatur.web import app

SECRET = "Qazzumbar"  # noqa: S105 - a name
REPORT = f"""Two sources on the bridge
Plain Observer, 8 July 2021

Colonel Idris {SECRET} said on Monday that 350 soldiers of the Banzura battalion were sent to
Anzifat. The ministry denied on Tuesday that any soldier was sent to Anzifat. It is not known who
gave the order.
Idris {SECRET} promised to send 350 soldiers to Anzifat before September.
"""
EVERYTHING = {
    "why": "because", "what": "a thing", "by": "somebody", "to": "somebody else", "text": "text",
    "outcome": "settled", "status": "kept", "polarity": "denied", "part": "1", "note": "note",
    "words": SECRET, "letter": "B", "bears": "for", "other": "e-0000000000000000",
}  # fmt: skip
"""Fields of any form there is."""


@dataclass(frozen=True)
class Place:
    """A node with the pages of a liaison officer, and what is kept from them."""

    node: Node
    officer: TestClient
    others: TestClient

    def get(self, address: str) -> Response:
        """Return what the officer is answered."""
        answer: Response = self.officer.get(address, follow_redirects=False)
        return answer

    def token(self) -> str:
        """Return that of the officer's forms."""
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', self.get("/commitments").text)
        assert found
        return found[1]

    def post(self, address: str, token: str, more: dict[str, str]) -> Response:
        """Return what the officer is answered to a form."""
        data = {**EVERYTHING, **more, "csrf": token}
        answer: Response = self.officer.post(
            address, data=data, headers=HERE, follow_redirects=False
        )
        return answer

    def pages(self) -> dict[str, str]:
        """Return all that the officer can be shown, by address."""
        found = {}
        for address in self.addresses():
            found[address] = self.get(address).text
        return found

    def addresses(self) -> Iterator[str]:
        """Yield every address of a page, with the id of everything that the officer may see."""
        seen = self.seen()
        keys = [*seen["documents"], *seen["claims"], *seen["events"], *seen["entities"], "x-1"]
        for path in asked("GET"):
            if "{" not in path:
                yield path
                for more in (f"q={SECRET}", "q=350&status=proposed&unsettled=1"):
                    yield f"{path}?{more}"
            else:
                for key in keys:
                    yield re.sub(r"\{\w+\}", key, path)
        for key in seen["briefs"]:
            for more in (f"q={SECRET}", "q=350", "since=2000", "place=Banzura"):
                yield f"/briefs/{key}?{more}"

    def seen(self) -> Mapping[str, Sequence[str]]:
        """Return the ids of what the officer's organisation may see."""
        node = self.node.asked_by(self.node.accounts.person("Omar"))
        return {
            "documents": [each.id for each in node.documents()],
            "claims": [each.id for each in node.claims()][:1],
            "events": [each.id for each in node.events()][:1],
            "entities": [each.id for each in node.entities()][:1],
            "briefs": [each.id for each in node.compositions.all()],
        }


def asked(method: str) -> list[str]:
    """Return every address that answers a method, but for files and what is the session's own."""
    without = {"/static/{path:path}", "/logout", "/login", "/language", "/keys", "/start", "/me"}
    return [path for path in paths(method) if path not in without]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Give a node of which one report is for a neighbour, with two people before its pages."""
    folder: Path = tmp_path_factory.mktemp("joint")
    with Node.init(folder / "other", name="Neighbour") as other:
        card = other.partners.sealed_card()
    Node.init(folder / "node", name="Joint staff").close()
    with Node.open(folder / "node", clock=lambda: NOW) as node:
        node.partners.add(card)
        node.add(samples.paths()[1:3])
        for document in node.documents()[:1]:
            node.labels.change(document.id, {}, also=[node.partners.one("Neighbour").id])
        roles = {"Salma": tuple(AccountRole), "Omar": (AccountRole.READER, AccountRole.ANALYST)}
        clients = {}
        site = app(node, None, clock=lambda: NOW)
        for name, of in (("Salma", None), ("Omar", "Neighbour")):
            _, password = node.accounts.add(name, roles=roles[name], organisation=of)
            clients[name] = TestClient(site, base_url="http://127.0.0.1")
            answer = clients[name].post(
                "/login", data={"name": name, "password": password}, headers=HERE
            )
            assert answer.status_code == 200
        node.asked_by(node.accounts.person("Omar")).compositions.start("What is told")
        yield Place(node, clients["Omar"], clients["Salma"])


@pytest.fixture(scope="module")
def told(place: Place, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Sequence[str]]:
    """Write secrets of every kind, between two looks of the officer at all pages; return ids."""
    node, before = place.node, place.pages()
    assert any("Banzura" in page or "بانزورا" in page for page in before.values())
    report = tmp_path_factory.mktemp("secret") / "secret.txt"
    report.write_text(REPORT)
    node.add([report])
    document = node.documents()[0].id
    claims = [claim.id for claim in node.claims(document=document)]
    event = next(each for each in node.events() if claims[0] in each.claims)
    node.gloss(document, "of the Banzura battalion", f"{SECRET} is a dam")
    commitment = node.desk.commit(by=SECRET, what=f"open {SECRET}", claims=claims[:1])
    request = node.desk.ask(by=SECRET, to="army", what=f"who is in {SECRET}", claims=claims[:1])
    notice = node.areas.add(
        f"near {SECRET}", contact=SECRET, start="2031-06-14", places=["Kidal, Mali"]
    ).notice
    subject = node.subjects.add(SECRET)
    hypothesis = node.boards.add(event.id, f"{SECRET} is a decoy", "seen")
    node.boards.weigh(hypothesis.id, claims[0], Bears.FOR, f"{SECRET} says so")
    brief = node.compositions.start(f"On {SECRET}").id
    node.compositions.add(brief, claims[:1])
    node.compositions.write(brief, f"{SECRET} again")
    conflicts = [c for c in node.conflicts() if {c.a, c.b} <= set(claims)]
    for conflict in conflicts[:1]:
        node.settling.settle(conflict.id, Outcome.SETTLED, f"{SECRET} settled it")
    entity = next(each for each in node.entities() if SECRET in each.name)
    after = place.pages()
    assert set(before) == set(after)
    for address in before:
        assert before[address] == after[address], address
    return {
        "document": [document],
        "claim": claims[:1],
        "event": [event.id],
        "desk": [commitment.id, request.id, notice.id, subject.id],
        "ruling": [brief, hypothesis.id, *(r.ruling.id for r in node.rulings.lines())],
        "conflict": [each.id for each in conflicts[:1]],
        "entity": [entity.id],
    }


def test_no_page_differs_by_a_byte_for_a_secret(told: Mapping[str, Sequence[str]]) -> None:
    """Counts, orders, suggestions and searches among them: the fixture compares them all."""
    assert all(told.values())


def test_what_is_secret_is_on_the_pages_of_whoever_may_see_it(
    place: Place, told: Mapping[str, Sequence[str]]
) -> None:
    """So that its absence elsewhere says something."""
    for address in (
        *("/documents", "/claims", "/entities", "/commitments", "/requests", "/boards"),
        *("/border-notices", "/subjects"),
    ):
        assert SECRET in place.others.get(address).text or address == "/documents", address
    assert SECRET in place.others.get(f"/documents/{told['document'][0]}").text


def test_the_address_of_a_secret_answers_as_that_of_nothing(
    place: Place, told: Mapping[str, Sequence[str]]
) -> None:
    """Of every page, with the id of everything that is kept from the officer."""
    ids = [id_ for kept in told.values() for id_ in kept]
    for path, id_ in product([p for p in asked("GET") if "{" in p], ids):
        there, nowhere = (
            place.get(re.sub(r"\{\w+\}", each, path)) for each in (id_, f"{id_[:2]}{'0' * 16}")
        )
        assert there.status_code == nowhere.status_code, (path, id_)
        assert there.text.replace(id_, "") == nowhere.text.replace(f"{id_[:2]}{'0' * 16}", "")
        assert SECRET not in there.text
    for claim in told["claim"]:
        for path in ("/commitments", "/requests"):
            assert place.get(f"{path}?claim={claim}").status_code == 404


def test_a_form_on_a_secret_is_answered_as_one_on_nothing(
    place: Place, told: Mapping[str, Sequence[str]]
) -> None:
    """And changes nothing."""
    size, token = place.node.ledger.size, place.token()
    ids = [id_ for kept in told.values() for id_ in kept]
    for path, id_ in product([p for p in asked("POST") if "{" in p], ids):
        nothing = f"{id_[:2]}{'0' * 16}"
        there, nowhere = (
            place.post(
                re.sub(r"\{\w+\}", each, path),
                token,
                {"claim": each, "claims": each, "hypothesis": each, "with": each},
            )
            for each in (id_, nothing)
        )
        assert there.status_code == nowhere.status_code, (path, id_)
        assert there.text.replace(id_, "") == nowhere.text.replace(nothing, ""), (path, id_)
    assert place.node.ledger.size == size
