"""A person with a session, one address of every page, and every message of the pages."""

import ast
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Generic, TypeVar

from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from httpx import Response
from jinja2 import Environment, FileSystemLoader, nodes
from tests.simulators.node import SimulatedNode

import tawatur.web
from tawatur.web import ShownNode, app

N = TypeVar("N", bound=ShownNode)

WEB = Path(tawatur.web.__file__).parent
TEMPLATES = WEB / "templates"


def in_templates() -> set[str]:
    """Return what templates give to ``_``; each is a constant."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    found = set()
    for path in sorted(TEMPLATES.glob("*.html")):
        for call in environment.parse(path.read_text("utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "_":
                message = call.args[0]
                assert isinstance(message, nodes.Const), f"{path.name}: not a constant"
                found.add(str(message.value))
    return found


def in_code() -> set[str]:
    """Return the constants that code gives to ``_``, ``marked`` and a visit."""
    found = set()
    for path in sorted(WEB.glob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(call, ast.Call) or not call.args:
                continue
            name = call.func.id if isinstance(call.func, ast.Name) else ""
            name = call.func.attr if isinstance(call.func, ast.Attribute) else name
            first = call.args[0]
            if name in {"_", "marked", "visit", "translate"} and isinstance(first, ast.Constant):
                found.add(str(first.value))
    return found


def messages() -> set[str]:
    """Return all of them."""
    return in_templates() | in_code()


NOW = datetime(2021, 10, 1, 12, 0, tzinfo=UTC)
HERE = {"sec-fetch-site": "same-origin"}


@dataclass(slots=True)
class Person(Generic[N]):
    """Somebody with a session, as a browser would send it."""

    node: N
    client: TestClient

    def get(self, address: str, language: str = "en") -> Response:
        """Return the answer to a page asked for in a language."""
        self.client.cookies.set("tawatur-language", language)
        answer: Response = self.client.get(address)
        return answer

    def token(self) -> str:
        """Return the token of this session's forms, read from a page."""
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', self.get("/commitments").text)
        assert found
        return found[1]

    def post(self, address: str, **fields: str | list[str]) -> Response:
        """Return the answer to a form sent from one of the pages."""
        data = {"csrf": self.token(), **fields}
        answer: Response = self.client.post(
            address, data=data, headers=HERE, follow_redirects=False
        )
        return answer


def person(node: N) -> Person[N]:
    """Return somebody who has opened the start-up link."""
    client = TestClient(app(node, "once", clock=lambda: NOW), base_url="http://127.0.0.1")
    assert client.get("/start?token=once", follow_redirects=False).status_code == 303
    return Person(node, client)


def paths(method: str) -> list[str]:
    """Return the address of every route that answers a method, in order."""
    site = app(SimulatedNode(), "once")
    nested = [getattr(route, "original_router", None) for route in site.routes]
    routes = [*site.routes, *(route for router in nested if router for route in router.routes)]
    found = {r.path for r in routes if isinstance(r, APIRoute) and method in (r.methods or ())}
    assert len(found) > 15
    return sorted(found)


def addresses(node: SimulatedNode) -> list[str]:
    """Return one address of every page there is."""
    document, claim = next(iter(node.views)), next(iter(node.all_claims))
    return [
        "/",
        "/documents",
        *(f"/documents/{each}" for each in node.views),
        f"/documents/{document}?claim={claim}",
        "/review",
        "/review?language=ar&type=ASSAULT",
        f"/review?claim={claim}&did=accept:{claim}&undo=i-0000000000000000",
        "/review/shares",
        "/review/differing",
        "/claims",
        "/claims?status=proposed&q=%D9%88%D8%AF%D8%B1%D9%8A%D9%84",
        f"/claims/{claim}",
        "/events",
        f"/events/{node.all_events[0].id}",
        "/timeline",
        "/timeline?since=2021-07&until=2021-07-20T10&kind=event",
        "/map",
        "/map?at=36.200,37.100,9.00&since=2021",
        "/actors",
        "/actors?kind=accused&since=2021",
        "/actors/tie?a=e-0000000000000001&b=e-0000000000000002&kind=accused",
        "/conflicts",
        "/entities",
        "/entities?q=%D8%B3&kind=PER",
        *(f"/entities/{each}" for each in node.who.found),
        "/entities/e-0000000000000001?like=e-0000000000000002",
        "/conflicts?unsettled=1",
        *(f"/conflicts/{each.id}" for each in node.all_conflicts),
        "/gaps",
        "/gaps?q=%D9%88",
        f"/why/{node.all_gaps[0].claim}",
        f"/why/{node.all_events[0].id}?part=1",
        "/boards",
        f"/boards/{node.all_events[0].id}",
        "/sources",
        "/sources/s-0000000000000001",
        "/sources/s-0000000000000002",
        "/search",
        "/search/typed?q=%D9%88%D8%AF%D8%B1",
        "/search?q=%D9%88%D8%AF%D8%B1%D9%8A%D9%84&kind=claims&language=ar",
        "/search?q=%D9%88%D8%AF%D8%B1%D9%8A%D9%84",
        "/commitments",
        f"/commitments?claim={claim}",
        "/commitments?proposed=1",
        *(f"/commitments/{each.id}" for each in node.desk.commitments()),
        "/requests",
        "/requests?proposed=1",
        *(f"/requests/{each.id}" for each in node.desk.requests()),
        "/pointers",
        "/meetings",
        *(f"/meetings/{each.id}" for each in node.meetings.all()),
        "/promised?at=%D9%82%D9%85%D8%A9",
        "/reviews",
        "/lessons",
        "/reviews/l-0000000000000001",
        "/calendar",
        "/state",
        "/border-notices",
        "/border-notices?near=Kidal&at=2031-06&over=1",
        *(f"/border-notices/{each.id}" for each in node.areas.notices()),
        "/subjects",
        *(f"/subjects/{each.id}" for each in node.subjects.all()),
        "/outbox",
        "/disclosures",
        *(f"/disclosures?to={each}&since=2031-01-01" for each in node.partners.all()),
        *(f"/disclosures/{each.piece.item}" for each in node.outgoing.waiting()[:1]),
        "/partners",
        "/communities",
        *(f"/communities/{each.id}" for each in node.communities.all()),
        "/accounts",
        "/node",
    ]
