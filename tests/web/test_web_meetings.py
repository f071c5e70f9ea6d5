"""The pages of meetings, reviews and the calendar, and the addresses others read it under."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.simulators.node import SimulatedNode, filled
from tests.web.support_web import NOW, Person, person

from tawatur.model.account import AccountRole
from tawatur.model.meeting import MeetingStatus
from tawatur.node import Node
from tawatur.web import app


@pytest.fixture
def someone() -> Person[SimulatedNode]:
    """A person at the pages of a node with a meeting."""
    return person(filled())


@pytest.fixture
def joint(tmp_path: Path) -> Iterator[Person[Node]]:
    """A person at the pages of a real node."""
    with Node.init(tmp_path / "node", name="Joint staff") as node:
        yield person(node)


def test_a_meeting_shows_its_agenda_what_was_decided_and_who_agrees(
    someone: Person[SimulatedNode],
) -> None:
    """And each form of the page records what it says."""
    (meeting,) = someone.node.meetings.all()
    here = f"/meetings/{meeting.id}"
    page = someone.get(here).text
    for words in ("الطريق", "يفتح الطريق", "10:00–12:00 Africa/Bamako", "not asked"):
        assert words in page
    forms = {
        "/agenda": {"matter": "water\nfuel"},
        "/decide": {"decision": "nobody", "matter": "2"},
        "/put-off": {"matter": "3"},
        "/papers": {"name": "minutes", "text": "يفتح الطريق غدا"},
        "/clear": {
            "name": "minutes",
            "party": "eastern command",
            "clearance": "objects",
            "why": "tomorrow is a feast",
        },
        "/promised": {"by": "eastern command", "what": "open the road", "due": "2021-12"},
        "": {"status": "held", "why": "both came"},
    }
    for form, fields in forms.items():
        assert someone.post(f"{here}{form}", **fields).status_code == 303, form
    page = someone.get(here).text
    for words in ("water", "nobody", "put off", "tomorrow is a feast", "both came"):
        assert words in page


def test_a_matter_is_put_off_to_a_meeting_that_is_chosen_by_its_name(joint: Person[Node]) -> None:
    """Nobody types an id; what is over is not offered, nor the meeting itself."""
    add = joint.node.meetings.add
    first = add("Talks", when="2031-06-14", agenda=("the road", "water"))
    later = add("Second talks", when="2031-07-01")
    over = add("Old talks", when="2021-01-01")
    joint.node.meetings.close(over.id, MeetingStatus.CANCELLED, why="nobody came")
    page = joint.get(f"/meetings/{first.id}").text
    assert set(re.findall(r'<option value="(mt-[^"]+)">', page)) == {later.id}
    assert "Second talks" in page
    put = joint.post(f"/meetings/{first.id}/put-off", matter="1", to=later.id)
    assert put.status_code == 303
    assert [each.what for each in joint.node.meetings.one(later.id).matters] == ["the road"]


def test_what_cannot_be_comes_back_with_the_reason(someone: Person[SimulatedNode]) -> None:
    """The page stays, and what was filled in."""
    (meeting,) = someone.node.meetings.all()
    wrong = someone.post(
        "/meetings", name="ليل", when="2031-03-30", hours="02:30", zone="Europe/Paris"
    )
    assert wrong.status_code == 422
    assert "ليل" in wrong.text
    assert (
        someone.post(f"/meetings/{meeting.id}/decide", decision="x", matter="9").status_code == 422
    )
    assert someone.post(f"/meetings/{meeting.id}", status="perhaps", why="?").status_code == 422
    assert someone.get("/meetings/mt-none").status_code == 404


def test_a_review_shows_its_agenda_and_the_trend_as_a_chart(
    someone: Person[SimulatedNode],
) -> None:
    """A line for each number, with the numbers in a table for whoever reads no chart."""
    page = someone.get("/reviews/l-0000000000000001").text
    assert page.count('<g class="trend ') == 3
    assert page.count("<circle") == 9
    for words in ("وعد الطرفان", "الجسر مفتوح", "فتح الطريق"):
        assert words in page


def test_reviews_are_planned_and_recorded_on_the_pages(joint: Person[Node]) -> None:
    """And the chart begins once one was held."""
    made = joint.post("/reviews", name="متابعة", weeks="4", start="2021-10-01", subjects="الطريق")
    assert made.status_code == 303
    ((review, _day),) = joint.node.followup.reviews()
    here = f"/reviews/{review.id}"
    assert "<circle" not in joint.get(here).text
    assert joint.post(here, outcome="يسأل المجلس", day="2021-10-01").status_code == 303
    assert "<circle" in joint.get(here).text
    assert joint.post(here, outcome=" ").status_code == 422
    assert joint.post(here, outcome="x", day="soon").status_code == 422
    assert joint.post("/reviews", name="x", weeks="0").status_code == 422


def test_a_calendar_is_read_under_its_address_without_a_session(tmp_path: Path) -> None:
    """Until it is revoked; a wrong word tells no more than any closed page."""
    with Node.init(tmp_path / "node", name="Joint staff") as node:
        node.meetings.add("الحوار", when="2031-06-14", hours="10:00-12:00", zone="Europe/Paris")
        node.accounts.add("Rim", roles=[AccountRole.ADMINISTRATOR])
        feed, word = node.calendars.give("Rim")
        site = app(node, "once", clock=lambda: NOW)
        client = TestClient(site, base_url="http://127.0.0.1", follow_redirects=False)
        answer = client.get(f"/calendar/{word}.ics")
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/calendar")
        assert "الحوار" in answer.text
        assert "TZID=Europe/Paris" in answer.text
        atom = client.get(f"/calendar/{word}.atom")
        assert atom.headers["content-type"].startswith("application/atom+xml")
        assert client.get("/calendar/wrong.ics").status_code == 403
        assert client.get(f"/calendar/{word}.pdf").status_code == 403
        node.calendars.revoke(feed.id, "a telephone was lost")
        gone = client.get(f"/calendar/{word}.ics")
        assert gone.status_code == 410
        assert gone.text == "this calendar address was revoked; ask for another"


def test_an_address_is_shown_once_and_revoked_on_the_page(joint: Person[Node]) -> None:
    """Whoever started the pages says whose calendar it is."""
    assert joint.post("/calendar").status_code == 422
    joint.node.accounts.add("Rim", roles=[AccountRole.ADMINISTRATOR])
    shown = joint.post("/calendar", whose="Rim")
    found = re.search(r"http://127\.0\.0\.1/calendar/([0-9a-z]+)\.ics", shown.text)
    assert found
    assert found[1] not in joint.get("/calendar").text
    (feed,) = joint.node.calendars.given()
    assert joint.post(f"/calendar/{feed.id}/revoke", why="lost").status_code == 303
    assert "lost" in joint.get("/calendar").text
    assert joint.get("/calendar.ics").text.startswith("BEGIN:VCALENDAR")
