"""The pages of the desk: every item has one, a wrong step says what is legal, nothing is lost."""

import csv
import html
import io
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from tests.simulators.node import SimulatedNode, filled
from tests.web.support_web import Person, person

from tawatur.model.desk import RequestKind, RequestStatus
from tawatur.node import Node
from tawatur.tables import write_csv


@pytest.fixture
def someone() -> Person[SimulatedNode]:
    """A person at the pages of a node with a commitment and a request."""
    return person(filled())


def test_an_item_shows_what_it_says_who_says_so_and_every_step(
    someone: Person[SimulatedNode],
) -> None:
    """After a step the page tells it with its reason."""
    promise = someone.node.desk.commitments()[0]
    page = someone.get(f"/commitments/{promise.id}").text
    assert promise.what in page
    assert promise.claims[0] in page
    step = someone.post(
        f"/commitments/{promise.id}", status="broken", why="لم يفتح الطريق", on="2021-09"
    )
    assert step.status_code == 303
    assert "لم يفتح الطريق" in someone.get(f"/commitments/{promise.id}").text


def test_an_illegal_step_is_refused_on_the_page_and_says_what_may_follow(
    someone: Person[SimulatedNode],
) -> None:
    """The page stays, with the refusal."""
    wish = someone.node.desk.requests()[0].id
    assert someone.post(f"/requests/{wish}", status="withdrawn", why="no need").status_code == 303
    refused = someone.post(f"/requests/{wish}", status="answered", why="late")
    assert refused.status_code == 422
    assert wish in refused.text
    assert someone.post(f"/requests/{wish}", status="perhaps", why="?").status_code == 422
    assert someone.get("/requests/q-none").status_code == 404


def test_a_request_much_like_an_open_one_is_noted_only_when_asked_for_again(
    someone: Person[SimulatedNode],
) -> None:
    """The open one is shown first."""
    held = someone.node.desk.requests()
    words = {"by": "Widril town council", "to": "eastern command", "what": held[0].what}
    shown = someone.post("/requests", **words)
    assert shown.status_code == 422
    assert f"/requests/{held[0].id}" in shown.text
    assert someone.node.desk.requests() == held
    assert someone.post("/requests", **words, again="1").status_code == 303
    assert len(someone.node.desk.requests()) == len(held) + 1


def test_the_state_of_the_mechanism_is_one_page(someone: Person[SimulatedNode]) -> None:
    """What is due with its reason, partners with what is owed, members, the next review."""
    page = someone.get("/state").text
    assert "review on 15 June 2031" in page
    for words in ("متابعة", "Widril", "Relief", "2031"):
        assert words in page


def test_a_request_is_passed_on_to_somebody(someone: Person[SimulatedNode]) -> None:
    """Who is asked now has a request of their own; without a name nothing is recorded."""
    wish = someone.node.desk.requests()[0]
    sent = {"status": "passed on", "why": "with their consent"}
    assert someone.post(f"/requests/{wish.id}", **sent).status_code == 422
    assert someone.node.desk.request(wish.id).status == wish.status
    answer = someone.post(f"/requests/{wish.id}", **sent, to="Relief committee")
    child = someone.node.desk.request(answer.headers["location"].rpartition("/")[2])
    assert (child.to, child.parent) == ("Relief committee", wish.id)


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_request_through_this_node_is_taken_up_and_told_back_on_its_page(
    tmp_path: Path, language: str
) -> None:
    """What may not be is refused there; a lesson is noted below it."""
    with Node.init(tmp_path / "node", name="Secretariat") as node:
        someone = person(node)
        sent = someone.post(
            "/requests", by="A ministry", to="Nomara", what="the lists", through="Secretariat"
        )
        assert sent.status_code == 303
        (first,) = node.desk.requests()
        page = f"/requests/{first.id}"
        assert f"{page}/take-up" in someone.get(page, language).text
        named = someone.post(f"{page}/take-up", what="what A ministry lost", to="Nomara")
        assert named.status_code == 422
        assert someone.post(f"{page}/take-up", what="the lists", to="Nomara").status_code == 303
        own = node.secretariat.taken_up_as(first.id)
        assert own is not None
        assert f"/requests/{own.id}" in someone.get(page, language).text
        assert "A ministry" not in someone.get(f"/requests/{own.id}", language).text
        assert someone.post(f"{page}/report-back").status_code == 422
        someone.post(f"/requests/{own.id}", status="declined", why="an embargo")
        assert someone.post(f"{page}/report-back").status_code == 303
        assert "an embargo" in someone.get(page, language).text
        assert someone.post(f"{page}/lessons", what="ask earlier").status_code == 303
        assert someone.post(f"{page}/lessons", what=" ").status_code == 422
        assert "ask earlier" in someone.get(page, language).text


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_lesson_is_noted_changed_and_taken_back_on_the_page_of_lessons(
    tmp_path: Path, language: str
) -> None:
    """It leads to the request on which it was learnt; nonsense is refused there."""
    with Node.init(tmp_path / "node", name="Secretariat") as node:
        someone = person(node)
        assert someone.post("/lessons", what=" ").status_code == 422
        assert someone.post("/lessons", what="ask earlier").status_code == 303
        (lesson,) = node.lessons.all()
        address = f"/lessons/{lesson.id}"
        assert someone.post(address, what="ask in writing").status_code == 303
        assert someone.post(f"{address}/withdraw", why=" ").status_code == 422
        assert "ask in writing" in someone.get("/lessons", language).text
        assert someone.post(f"{address}/withdraw", why="it was the mail").status_code == 303
        assert someone.post(address, what="again").status_code == 422
        request = node.desk.ask(by="Secretariat", to="Nomara", what="the lists")
        node.lessons.add("name the day", about=request.id)
        mine = someone.get(f"/lessons?about={request.id}", language).text
        assert "name the day" in mine
        assert "ask in writing" not in mine
        assert someone.get("/lessons?about=q-none").status_code == 404
        page = someone.get("/lessons", language).text
        assert "it was the mail" in page
        assert f'href="/requests/{request.id}"' in page


def test_a_review_that_a_report_proposes_is_planned_from_the_page(tmp_path: Path) -> None:
    """With its words and when; a number of weeks that is none is refused."""
    report = tmp_path / "a.txt"
    report.write_text(
        "14 March 2031\n\nHe said the parties will review the plan in June 2031.\n",
        "utf-8",
    )
    with Node.init(tmp_path / "node", name="Secretariat") as node:
        node.add([report])
        someone = person(node)
        (proposed,) = node.followup.proposed_reviews()
        assert proposed.words in html.unescape(someone.get("/reviews").text)
        confirm = f"/reviews/{proposed.claim}/confirm"
        assert confirm in someone.get("/reviews", "ar").text
        assert someone.post(confirm, weeks="often").status_code == 422
        assert someone.post(confirm, weeks="8").status_code == 303
        ((review, _day),) = node.followup.reviews()
        assert review.weeks == 8
        assert confirm not in someone.get("/reviews").text


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_sum_that_a_report_names_is_taken_over_on_the_page_of_the_collection(
    tmp_path: Path, language: str
) -> None:
    """With its words; a claim that states none is refused, and other requests show none."""
    report = tmp_path / "a.txt"
    report.write_text(
        "The minister said that Delmassa asked Nomara for flights over the border. "
        "The minister said that each flight would cost 50,000 dollars.\n",
        "utf-8",
    )
    with Node.init(tmp_path / "node", name="Observatory") as node:
        node.add([report])
        someone = person(node)
        asked = next(each.id for each in node.claims() if "flights" in each.quote)
        mission = node.desk.ask(
            by="Delmassa",
            to="Nomara",
            what="flights over the border",
            kind=RequestKind.COLLECTION,
            claims=[asked],
        )
        other = node.desk.ask(by="Delmassa", to="Nomara", what="the lists")
        (told,) = node.collecting.sums(mission.id)
        page = f"/requests/{mission.id}"
        shown = html.unescape(someone.get(page, language).text)
        assert f"{page}/cost" in shown
        assert " ".join(told.claim.quote.split()) in shown
        assert f"/requests/{other.id}/cost" not in someone.get(f"/requests/{other.id}").text
        assert someone.post(f"{page}/cost", claim=asked).status_code == 422
        assert someone.post(f"{page}/cost", claim=told.claim.id).status_code == 303
        assert str(node.desk.request(mission.id).estimate) == "50000 USD"
        assert told.claim.id in someone.get(page, language).text


LISTS = {
    "commitments": ["commitments"],
    "requests": ["requests"],
    "lessons": ["lessons"],
    "border-notices": ["border-notices"],
    "meetings": ["meetings"],
    "reviews": ["reviews"],
    "subjects": ["subjects"],
    "calendar": ["calendar"],
    "due": ["due"],
}
"""Each list of the desk on the pages, and the command that writes the same."""


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A node with one of each thing of the desk, one with words that a spreadsheet would run."""
    folder = tmp_path_factory.mktemp("desk") / "node"
    with Node.init(folder, name="أمانة اللجنة") as node:
        node.desk.commit(by="بانزورا", what='=HYPERLINK("http://example.org")', due="2021-03")
        wish = node.desk.ask(by="Delmassa", to="Lusmara", what="أجهزة تشويش", since="2019-09")
        node.desk.change_request(wish.id, RequestStatus.DECLINED, why="حظر")  # waits no more
        node.lessons.add("اطلبوا قبل أسبوع", about=wish.id)
        node.areas.add(what="دورية", contact="+223", places=["Tessalit, Mali"], start="2031-06-14")
        node.meetings.add(name="الحوار", when="2031-06-14")
        node.followup.plan("متابعة", weeks=4, start=date(2031, 6, 1))
        node.subjects.add("rançon")
    return folder


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_the_desk_as_csv_is_what_the_command_writes(name: str, followed: Path) -> None:
    """The same columns and cells; its beginning says that it is UTF-8, and nothing in it runs."""
    command = [sys.executable, "-m", "tawatur", "-n", str(followed), *LISTS[name]]
    written = subprocess.run([*command, "--format", "csv"], capture_output=True, check=True)
    with Node.open(followed) as node:
        someone = person(node)
        given = someone.get(f"/{name}.csv", "ar")
        page = someone.get({"due": "/state"}.get(name, f"/{name}"), "ar").text
    assert given.content.decode("utf-8-sig") == written.stdout.decode()
    assert given.content.startswith(b"\xef\xbb\xbf")
    assert given.headers["content-type"] == "text/csv; charset=utf-8"
    assert len(given.text.splitlines()) > 1
    assert ",=" not in given.text
    assert f'href="/{name}.csv"' in page


@pytest.mark.parametrize("file", ["border-notices.csv", "border-notices/export"])
def test_a_filter_that_cannot_be_read_gives_no_file(file: str, followed: Path) -> None:
    """A file of everything would pass for the few that were asked for."""
    with Node.open(followed) as node:
        answer = person(node).get(f"/{file}?at=2021-99", "en")
    assert answer.status_code == 422
    assert "2021-99" in answer.text
    assert "+223" not in answer.text


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_begins_with_what_a_spreadsheet_runs(first: str) -> None:
    """Nor with what it passes over on its way to that."""
    out = io.StringIO()
    write_csv([{"what": f"{first}1+1"}, {"what": f"x{first}1+1"}], ["what"], out)
    _, begun, held = csv.reader(io.StringIO(out.getvalue(), newline=""))
    kept = first.replace("\r", "\n")
    assert (begun, held) == ([f"'{kept}1+1"], [f"x{kept}1+1"])
    assert "\r" not in out.getvalue()
